"""Tests reach this machine only, and see none of the settings of whoever runs them."""

import os
import socket
from pathlib import Path
from typing import Any

import httpx2
import pytest
from huggingface_hub import constants, get_token

from tests.loopback import LoopbackHub
from tests.loopback.client import Time, ask

AWAY = ("192.0.2.1", 443)
"""An address that is kept for documentation; nobody is there."""


@pytest.mark.parametrize("address", [AWAY, ("example.org", 443), (b"example.org", 443), ("0.0.0.0", 9)])  # noqa: S104  # never bound
def test_no_socket_leads_elsewhere(address: Any) -> None:
    with socket.socket() as one:
        one.settimeout(1)
        for connect in (one.connect, one.connect_ex):
            with pytest.raises(AssertionError, match="this machine only"):
                connect(address)


def test_no_packet_leads_elsewhere() -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as one:
        for rest in ((AWAY,), (0, AWAY)):
            with pytest.raises(AssertionError, match="this machine only"):
                one.sendto(b"x", *rest)


def test_no_name_is_looked_up() -> None:
    with pytest.raises(AssertionError, match="not example\\.org"):
        socket.getaddrinfo("example.org", 443)
    assert socket.getaddrinfo("localhost", 80)


def test_sockets_of_the_system_and_of_this_machine_work(tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as here, socket.socket(socket.AF_UNIX) as there:
        here.bind(str(tmp_path / "s"))
        here.listen()
        there.connect(str(tmp_path / "s"))
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_connection(here.getsockname()):
        pass
    with socket.socket(type=socket.SOCK_DGRAM) as here, socket.socket(type=socket.SOCK_DGRAM) as there:
        here.bind(("127.0.0.1", 0))
        assert there.sendto(b"x", here.getsockname()) == 1


def test_a_reader_that_leads_elsewhere_fails_loudly(paused: Time) -> None:
    with pytest.raises(AssertionError, match="this machine only"):
        ask("https://hub.example", paused).describe("m1")
    with pytest.raises(AssertionError, match="this machine only"), httpx2.Client() as client:
        client.get("http://192.0.2.1/")


def test_the_library_sees_no_settings() -> None:
    assert Path(constants.HF_HOME) == Path(os.environ["HF_HOME"])
    assert Path.home() not in Path(constants.HF_HOME).parents
    assert not constants.HF_HUB_OFFLINE
    assert get_token() is None
    assert constants.ENDPOINT.startswith("http://127.0.0.1:")


def test_the_loopback_hub_ends_with_its_block() -> None:
    with LoopbackHub() as hub:
        kept = socket.create_connection(("127.0.0.1", hub.server_port))
        kept.sendall(b"GET /nothing HTTP/1.1\r\n\r\n")
        assert kept.recv(12) == b"HTTP/1.1 404"
    with kept:
        kept.settimeout(5)
        while kept.recv(1000):
            pass
    with socket.socket() as one:
        assert one.connect_ex(("127.0.0.1", hub.server_port)) != 0
