"""Keeps tests on this machine, and away from the settings of whoever runs them."""

import ipaddress
import socket
import tempfile
from typing import Any

import pytest

_NOWHERE = "http://127.0.0.1:9"
"""Where a test that names no hub asks; nobody listens there."""


def fence(patch: pytest.MonkeyPatch) -> None:
    """From now on sockets lead to this machine only, and huggingface_hub finds no settings, tokens or cached files."""
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _checked(getattr(socket.socket, name)))
    patch.setattr(socket.socket, "sendto", _checked_last(socket.socket.sendto))
    patch.setattr(socket, "getaddrinfo", _resolved(socket.getaddrinfo))
    for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "HF_TOKEN_PATH"):
        patch.delenv(name, raising=False)
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_ASSETS_CACHE", "HF_OIDC_RESOURCE"):
        patch.delenv(name, raising=False)
    patch.setenv("HF_HOME", tempfile.mkdtemp(prefix="hf-home-"))
    patch.setenv("HF_ENDPOINT", _NOWHERE)
    for name in ("NO_PROXY", "no_proxy"):
        patch.setenv(name, "127.0.0.1,localhost,::1")


def _refuse(host: object) -> None:
    """Raises for a host that is not this machine. A name that would have to be looked up is none."""
    if host in (None, "", "localhost", b"localhost"):
        return
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    try:
        is_here = ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        is_here = False
    if not is_here:
        # Not an OSError, which would pass for a hub that cannot be reached.
        raise AssertionError(f"tests reach this machine only, not {text}")


def _checked(real: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX:
            _refuse(address[0])
        return real(self, address)

    return connect


def _checked_last(real: Any) -> Any:
    def sendto(self: socket.socket, data: Any, *rest: Any) -> Any:
        if self.family != socket.AF_UNIX:
            _refuse(rest[-1][0])
        return real(self, data, *rest)

    return sendto


def _resolved(real: Any) -> Any:
    def getaddrinfo(host: Any, *rest: Any, **more: Any) -> Any:
        _refuse(host)
        return real(host, *rest, **more)

    return getaddrinfo
