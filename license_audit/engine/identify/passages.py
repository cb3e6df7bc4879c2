"""Where a clause stands in a scanned text: in its section, by the words that its encoding names."""

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from license_audit.engine.identify.identification import Match
from license_audit.engine.identify.words import equal_spelling, readable, words_of

MAX_QUOTE = 1_500
"""Characters of a quotation; of longer lines the words around the clause's are given."""
AROUND = 40
"""Words that are given on either side of the clause's."""


class Passage(NamedTuple):
    """The lines on which a clause stands."""

    lines: tuple[int, int]
    """First and last line, counted from 1."""
    quote: str
    """The lines themselves, as the scanned text has them; only words of them where they are very long."""


def passage(match: Match, section: str, anchor: str) -> Passage | None:
    """The passage of a clause; None when its words are not there.

    Looked for in the clause's section first, then in the whole text: some copies print no numbers.
    """
    wanted = "".join(equal_spelling(words_of(readable(anchor))))
    if not wanted:
        return None
    for start, end in [*_sections(match, section), match.span]:
        found = _words_at(match, start, end, wanted)
        if found is not None:
            lines = match.words.lines(*found)
            quote = match.words.quote(*lines)
            return Passage(lines, quote if len(quote) <= MAX_QUOTE else _around(match, *found))
    return None


def _around(match: Match, start: int, end: int) -> str:
    words = match.words.words[max(0, start - AROUND) : end + AROUND]
    return f"… {' '.join(words)} …"[:MAX_QUOTE]


def _sections(match: Match, section: str) -> list[tuple[int, int]]:
    """Where a section stands, or the nearest one above it that has a number of its own."""
    name = section.partition("/")[0]
    while name:
        found = [(place.start, place.end) for place in match.places if _lies_in(place.section, name)]
        if found:
            return found
        name = name.rpartition(".")[0]
    return []


def _lies_in(section: str, name: str) -> bool:
    return section == name or section.startswith(f"{name}.")


def _words_at(match: Match, start: int, end: int, wanted: str) -> tuple[int, int] | None:
    """The words whose letters run on as wanted, however they are divided."""
    words = equal_spelling(match.words.words[start:end])
    letters = "".join(words)
    ends = list(accumulate(map(len, words)))
    at = letters.find(wanted)
    while at >= 0:
        first = _number(ends, at)
        if at == (ends[first - 1] if first else 0):
            return start + first, start + _number(ends, at + len(wanted) - 1) + 1
        at = letters.find(wanted, at + 1)
    return None


def _number(ends: list[int], letter: int) -> int:
    """Which word a letter belongs to."""
    return bisect_right(ends, letter)
