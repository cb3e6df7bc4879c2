"""Which reader reads a file: the modules in `kinds`, as they describe themselves."""

import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
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
    endings: tuple[str, ...] | None = None
    """What stands behind the last dot of every name of this kind; None when some may have other endings."""

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
        endings=_endings(module.NAMES),
    )


def _endings(patterns: Sequence[str]) -> tuple[str, ...] | None:
    endings = [pattern.lower().rpartition(".") for pattern in patterns]
    if all(dot and ending.isalnum() for _, dot, ending in endings):
        return tuple(sorted({ending for _, _, ending in endings}))
    return None


@cache
def index() -> tuple[dict[str, tuple[Kind, ...]], tuple[Kind, ...]]:
    """Kinds by the ending that all of their names have, and those that have to be asked one by one."""
    by_ending: dict[str, tuple[Kind, ...]] = {}
    others = []
    for kind in known():
        if kind.endings is None:
            others.append(kind)
        for ending in kind.endings or ():
            by_ending[ending] = (*by_ending.get(ending, ()), kind)
    return by_ending, tuple(others)


def fitting(path: str) -> tuple[Kind, ...]:
    """Kinds whose names fit a path, those with the most signs first, then those with the longest pattern."""
    small = path.lower()
    by_ending, others = index()
    near = (*by_ending.get(small[small.rfind(".") + 1 :], ()), *others)
    fits = [(len(kind.signs), fit, kind) for kind in near if (fit := kind.fit(small))]
    if len(fits) > 1:
        fits.sort(key=lambda fit: (-fit[0], -fit[1], fit[2].name))
    return tuple(kind for _, _, kind in fits)


def kind_of(path: str, data: bytes) -> Kind | None:
    """The kind that reads a file; None when none does."""
    return next((kind for kind in fitting(path) if kind.claims(data)), None)
