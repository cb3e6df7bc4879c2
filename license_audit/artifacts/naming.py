"""Names and addresses in a text: the very ones, and no longer ones that hold them."""

import re
from collections.abc import Iterable
from functools import cache

HUB = "huggingface.co"
_BEFORE = r"(?<![\w./=@%&?#+~-])"
_SCHEME = r"(?:https?://)?(?:www\.)?"
_AFTER = r"/?(?![\w/%+~-]|\.[\w./-])"
"""A slash may close a name, and a full stop may end its sentence."""
_DEED = r"(?:/(?:deed|legalcode)(?:\.[a-z]{2}(?:[_-]\w+)?)?)?"
"""Pages of a license that stand below its address."""


def names_any(text: str, names: Iterable[str]) -> bool:
    """Whether a text names a model, by one of its names or by its address on the hub."""
    return any(_name(name).search(text) for name in names)


def without_names(text: str, names: Iterable[str]) -> str:
    """The text without these names, longer ones first."""
    for name in sorted(names, key=len, reverse=True):
        text = _name(name).sub(" ", text)
    return text


def without_address(text: str, address: str) -> str | None:
    """The text without an address; None when it is not there."""
    found, times = _address(address).subn(" ", text)
    return found if times else None


def tells_license(text: str, address: str) -> bool:
    """Whether a text holds the address of a license, or that of a page below it that shows it."""
    return _license(address).search(text) is not None


@cache
def _name(name: str) -> re.Pattern[str]:
    hub = rf"(?:{_SCHEME}(?:{re.escape(HUB)}|hf\.co)/)?"
    return re.compile(_BEFORE + hub + re.escape(name) + _AFTER, re.IGNORECASE)


@cache
def _address(address: str) -> re.Pattern[str]:
    return re.compile(_BEFORE + _SCHEME + re.escape(address) + _AFTER, re.IGNORECASE)


@cache
def _license(address: str) -> re.Pattern[str]:
    return re.compile(_BEFORE + _SCHEME + re.escape(address) + _DEED + _AFTER, re.IGNORECASE)
