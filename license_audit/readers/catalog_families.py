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
    weight: int
    """Letters and digits in it: the more, the more specific."""


Patterns = dict[str, tuple[tuple[int, Pattern], ...]]
"""By the first word, which a name must hold: each spelling with its rank, the most specific first."""


def folded(text: str) -> str:
    """A name without capitals, with one hyphen for every run of spaces, hyphens, underscores and dots."""
    if text.isalnum():
        return text.lower()
    return re.sub(r"[-_.\s]+", "-", text.lower()).strip("-")


def data_key(name: str) -> str:
    """What a data set is looked up by: a Hub id without capitals, any other name folded."""
    return name.strip().lower() if "/" in name else folded(name)


def patterns(families: dict[str, dict[str, Any]]) -> Patterns:
    """Every spelling of every family."""
    found: list[Pattern] = []
    for name, entry in families.items():
        member = family(name, entry)
        found += [_pattern(member, text, starts=False) for text in entry.get("names") or ()]
        found += [_pattern(member, text, starts=True) for text in entry.get("starts") or ()]
    known: dict[str, list[tuple[int, Pattern]]] = {}
    for rank, pattern in enumerate(sorted(found, key=lambda pattern: -pattern.weight)):
        known.setdefault(pattern.words[0], []).append((rank, pattern))
    return {first: tuple(ranked) for first, ranked in known.items()}


def _pattern(member: Family, text: str, *, starts: bool) -> Pattern:
    words = tuple(folded(word) for word in text.split())
    return Pattern(member, words, starts, sum(len(word.replace("-", "")) for word in words))


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
    near = (ranked for first, spellings in known.items() if first in name for ranked in spellings)
    for _, pattern in sorted(near, key=lambda ranked: ranked[0]):
        match = _expression(pattern.words, pattern.starts).search(name)
        if match is not None:
            yield pattern.family, tuple(match.span(group) for group in range(1, match.re.groups + 1))


@cache
def _expression(words: tuple[str, ...], starts: bool) -> re.Pattern[str]:  # part of the cache's key
    """Finds a pattern in a folded name; one group for each of its words. A manifest needs few of them."""
    between = r"(?=-|$)(?:-[^/]*?)?-"
    start = "^" if starts else "(?:^|-)"
    return re.compile(start + between.join(f"({re.escape(word)})" for word in words) + "(?=-|$)")


def _within(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    """Whether each of the inner spans lies in one of the outer."""
    return all(any(start <= first and last <= end for start, end in outer) for first, last in inner)
