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
    return Kind(
        name=name.replace("_", "-"),
        read=module.read,
        patterns=tuple((len(pattern), re.compile(translate(pattern.lower()))) for pattern in module.NAMES),
        signs=getattr(module, "SIGNS", ()),
        hints=getattr(module, "HINTS", ()),
        head=getattr(module, "HEAD", 0),
    )


def fitting(path: str) -> tuple[Kind, ...]:
    """Kinds whose names fit a path, those with the most signs first, then those with the longest pattern."""
    small = path.lower()
    fits = [(len(kind.signs), kind.fit(small), kind) for kind in known()]
    ordered = sorted((fit for fit in fits if fit[1]), key=lambda fit: (-fit[0], -fit[1], fit[2].name))
    return tuple(kind for _, _, kind in ordered)


def kind_of(path: str, data: bytes) -> Kind | None:
    """The kind that reads a file; None when none does."""
    return next((kind for kind in fitting(path) if kind.claims(data)), None)
