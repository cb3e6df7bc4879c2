"""Which family a model's name points to. A guess: it asks questions and never decides terms."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from license_audit.model.catalog import Family
from license_audit.model.record import Record
from license_audit.readers.catalog_shapes import family

Span = tuple[int, int]


class Pattern(Record):
    """One spelling of a family, as it stands in names."""

    family: Family
    words: tuple[str, ...]
    """Folded; they stand in a name in this order."""
    starts: bool
    """Whether it stands at the start of a name."""
    rank: tuple[int, int]
    """The more letters and digits it has, the more specific it is; then the order of the list."""


class Patterns:
    """Every spelling of every family, by how its first word begins: a name must hold that between hyphens."""

    def __init__(self, families: dict[str, dict[str, Any]]) -> None:
        self._families = families
        self._spellings: dict[str, list[tuple[str, str, bool, int]]] = {}
        self._known: dict[str, tuple[Pattern, ...]] = {}
        for order, (name, text, starts) in enumerate(_spellings(families)):
            first = folded(text.split(None, 1)[0]).partition("-")[0]
            self._spellings.setdefault(first, []).append((name, text, starts, order))

    def near(self, name: str) -> list[Pattern]:
        """Spellings that a folded name may hold, the most specific first."""
        found = [pattern for part in dict.fromkeys(name.split("-")) for pattern in self._of(part)]
        return sorted(found, key=lambda pattern: pattern.rank)

    def _of(self, part: str) -> tuple[Pattern, ...]:
        if part not in self._known:
            self._known[part] = tuple(self._pattern(*spelling) for spelling in self._spellings.get(part, ()))
        return self._known[part]

    def _pattern(self, name: str, text: str, starts: bool, order: int) -> Pattern:
        words = tuple(folded(word) for word in text.split())
        weight = sum(len(word.replace("-", "")) for word in words)
        return Pattern(family(name, self._families[name]), words, starts, (-weight, order))


def _spellings(families: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, bool]]:
    """Name of the family, spelling, and whether it stands at the start of a name."""
    for name, entry in families.items():
        yield from ((name, text, False) for text in entry.get("names") or ())
        yield from ((name, text, True) for text in entry.get("starts") or ())


def folded(text: str) -> str:
    """A name without capitals, with one hyphen for every run of spaces, hyphens, underscores and dots."""
    if text.replace("-", "a").isalnum() and "--" not in text:
        return text.lower().strip("-")
    return re.sub(r"[-_.\s]+", "-", text.lower()).strip("-")


def data_key(name: str) -> str:
    """What a data set is looked up by: a Hub id without capitals, any other name folded."""
    return name.strip().lower() if "/" in name else folded(name)


def family_of(model_id: str, known: Patterns) -> Family | None:
    """The family whose spelling in the name is the most specific; None when other terms are as likely.

    A name that also points to a family under other licenses, in another place, points to neither.
    """
    name = folded(model_id.rstrip("/").rsplit("/", 1)[-1])
    best: Family | None = None
    spans: tuple[Span, ...] = ()
    for member, places in _hits(name, known):
        if best is None:
            best, spans = member, places
        elif member.licenses != best.licenses and not _within(places, spans):
            return None
    return best


def _hits(name: str, known: Patterns) -> Iterator[tuple[Family, tuple[Span, ...]]]:
    for pattern in known.near(name):
        match = _expression(pattern.words, pattern.starts).search(name)
        if match is not None:
            yield pattern.family, tuple(match.span(group) for group in range(1, match.re.groups + 1))


@cache
def _expression(words: tuple[str, ...], starts: bool) -> re.Pattern[str]:
    """Finds a pattern in a folded name; one group for each of its words. A manifest needs few of them."""
    between = r"(?=-|$)(?:-[^/]*?)?-"
    start = "^" if starts else "(?:^|-)"
    return re.compile(start + between.join(f"({re.escape(word)})" for word in words) + "(?=-|$)")


def _within(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    """Whether each of the inner spans lies in one of the outer."""
    return all(any(start <= first and last <= end for start, end in outer) for first, last in inner)
