"""Which reader reads a file: the modules in `kinds`, as they describe themselves."""

import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from functools import cache
from importlib import import_module
from typing import Any

from license_audit.model.reference import Hit
from license_audit.readers.scan import kinds
from license_audit.readers.scan.source import Source

_ENDING = re.compile(r"\*\.[a-z0-9]+")


@dataclass(frozen=True)
class Kind:
    """A kind of file."""

    name: str
    read: Callable[[Source], Iterator[Hit]]
    patterns: tuple[tuple[int, re.Pattern[str]], ...]
    """Each pattern with its length."""
    signs: tuple[bytes, ...] = ()
    hints: tuple[bytes, ...] = ()
    head: int = 0
    """Bytes that are read; 0 for the whole file."""
    endings: tuple[str, ...] = ()
    """Endings of names that are of this kind, whatever stands before them."""
    special: tuple[re.Pattern[str], ...] = ()
    """The patterns that look at more than the ending."""

    def fit(self, path: str) -> int:
        """Length of the longest pattern that fits a path in small letters; 0 when none does."""
        name = path.rpartition("/")[2]
        found = (length for length, pattern in self.patterns if pattern.match(name) or pattern.match(path))
        return max(found, default=0)

    def claims(self, data: bytes) -> bool:
        """Whether a file holds every sign of this kind."""
        return all(sign in data for sign in self.signs)

    def may_name(self, data: bytes) -> bool:
        """Whether a file holds any word without which it can name no model."""
        return not self.hints or any(hint in data for hint in self.hints)


@cache
def known() -> tuple[Kind, ...]:
    """Every kind of file, sorted by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(kinds.__path__))
    return tuple(_described(name, import_module(f"{kinds.__name__}.{name}")) for name in names)


def _described(name: str, module: Any) -> Kind:
    patterns = tuple(pattern.lower() for pattern in module.NAMES)
    return Kind(
        name=name.replace("_", "-"),
        read=module.read,
        patterns=tuple((len(pattern), re.compile(translate(pattern))) for pattern in patterns),
        signs=getattr(module, "SIGNS", ()),
        hints=getattr(module, "HINTS", ()),
        head=getattr(module, "HEAD", 0),
        endings=tuple(pattern[2:] for pattern in patterns if _ENDING.fullmatch(pattern)),
        special=tuple(re.compile(translate(pattern)) for pattern in patterns if not _ENDING.fullmatch(pattern)),
    )


@cache
def by_ending() -> dict[str, tuple[Kind, ...]]:
    """Kinds for files of which nothing but what stands behind the last dot of their name matters."""
    endings = {ending for kind in known() for ending in kind.endings}
    return {ending: _ordered(f"x.{ending}") for ending in endings}


@cache
def special() -> re.Pattern[str]:
    """Fits every path that fits a pattern which looks at more than the ending."""
    patterns = {pattern.pattern for kind in known() for pattern in kind.special}
    return re.compile("|".join(f"(?:.*/)?{pattern}" for pattern in sorted(patterns)) or r"(?!)", re.DOTALL)


def fitting(path: str) -> tuple[Kind, ...]:
    """Kinds whose names fit a path, those with the most signs first, then those with the longest pattern."""
    small = path.lower()
    if special().match(small):
        return _ordered(small)
    return by_ending().get(small[small.rfind(".") + 1 :], ())


def _ordered(path: str) -> tuple[Kind, ...]:
    fits = [(len(kind.signs), fit, kind) for kind in known() if (fit := kind.fit(path))]
    fits.sort(key=lambda fit: (-fit[0], -fit[1], fit[2].name))
    return tuple(kind for _, _, kind in fits)


def kind_of(path: str, data: bytes) -> Kind | None:
    """The kind that reads a file; None when none does."""
    return next((kind for kind in fitting(path) if kind.claims(data)), None)
