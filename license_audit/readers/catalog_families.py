"""Which family a model's name points to. A guess: it asks questions and never decides terms."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from license_audit.model.catalog import Family
from license_audit.readers.catalog_shapes import family

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One spelling of a family, as it stands in names."""

    family: Family
    expression: re.Pattern[str]
    """Finds it in a folded name; one group for each of its words."""
    weight: int
    """Letters and digits in it: the more, the more specific."""
    first: str
    """Its first word, which a name must hold to be looked at."""


def folded(text: str) -> str:
    """A name without capitals, with one hyphen for every run of spaces, hyphens, underscores and dots."""
    return re.sub(r"[-_.\s]+", "-", text.lower()).strip("-")


def data_key(name: str) -> str:
    """What a data set is looked up by: a Hub id without capitals, any other name folded."""
    return name.strip().lower() if "/" in name else folded(name)


def patterns(families: dict[str, dict[str, Any]]) -> tuple[Pattern, ...]:
    """Every spelling of every family, the most specific first."""
    found: list[Pattern] = []
    for name, entry in families.items():
        member = family(name, entry)
        found += [_pattern(member, text, "(?:^|-)") for text in entry.get("names") or ()]
        found += [_pattern(member, text, "^") for text in entry.get("starts") or ()]
    return tuple(sorted(found, key=lambda pattern: -pattern.weight))


def _pattern(member: Family, text: str, start: str) -> Pattern:
    words = [folded(word) for word in text.split()]
    between = r"(?=-|$)(?:-[^/]*?)?-"
    expression = start + between.join(f"({re.escape(word)})" for word in words) + "(?=-|$)"
    return Pattern(member, re.compile(expression), sum(len(word.replace("-", "")) for word in words), words[0])


def family_of(model_id: str, known: tuple[Pattern, ...]) -> Family | None:
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


def _hits(name: str, known: tuple[Pattern, ...]) -> Iterator[tuple[Family, tuple[Span, ...]]]:
    for pattern in known:
        match = pattern.expression.search(name) if pattern.first in name else None
        if match is not None:
            yield pattern.family, tuple(match.span(group) for group in range(1, pattern.expression.groups + 1))


def _within(inner: tuple[Span, ...], outer: tuple[Span, ...]) -> bool:
    """Whether each of the inner spans lies in one of the outer."""
    return all(any(start <= first and last <= end for start, end in outer) for first, last in inner)
