"""From a published text to what is kept of it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from license_audit.engine.identify.reference import (
    NEEDED,
    TITLE,
    Identity,
    Known,
    Pattern,
    Presence,
    Unit,
    Variable,
    merged,
)
from license_audit.engine.identify.sections import Numbering
from license_audit.engine.identify.words import digest, equal_spelling, shadow, shown, words_of

MIN_UNIT = 12
"""Words that a paragraph without a number of its own needs to be a unit."""
MAX_TITLE = 14
"""Words of a line that may be a title."""
MAX_LENGTH = 65_000
"""Words of a text that can be kept."""
_STAMP = re.compile(r"copyright|spdx|all rights reserved|\bdates?\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
"""Lines that say more than a name: what a date in a title is for, the sections below it say."""
_HOLDER = re.compile(r"[\W_]*copyright\b(?=.*(?:\d{4}|year|yyyy|holder|owner)).{0,200}$", re.IGNORECASE)
MAX_BEFORE = 60
"""Words after which a copyright line is part of the terms."""

Wording = tuple[Sequence[str], Sequence[str], bool]
"""What a variable part may say: fixed words at its start, at its end, and whether anything may stand between."""


class Draft:
    """Collects a text piece by piece."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbering = Numbering()
        self._sections: list[tuple[int, str, Presence]] = [(0, "", NEEDED)]
        self._labels: list[tuple[int, int]] = []
        self._variables: list[tuple[int, int, tuple[Pattern, ...]]] = []
        self._paragraph_due = False
        self._presence: Presence = NEEDED

    def line(self, line: str, *, starts_paragraph: bool = False) -> None:
        """Add a line, which may open a section."""
        if starts_paragraph:
            self.paragraph()
        opening = self._numbering.opening(line)
        if opening is not None:
            start = opening.start - line[: opening.start].endswith(("(", "（"))
            end = opening.end + line[opening.end :].startswith((")", "）"))
            before, label = words_of(line[:start]), words_of(line[start:end])
            self._open(opening.name)
            place = len(self.words) + len(before)
            self.words += [*before, *label]
            self._labels.append((place, place + len(label)))
            line = line[end:]
        self.add(line)

    def paragraph(self) -> None:
        """Say that what comes next is a paragraph of its own."""
        self._paragraph_due = True

    def add(self, text: str) -> None:
        """Add words to what is open."""
        words = words_of(text)
        if words and self._paragraph_due:
            self._paragraph_due = False
            if len(self.words) - self._sections[-1][0] >= MIN_UNIT:
                self._open(self._numbering.name)
        self.words += words

    def variable(self, text: str, wordings: Iterable[Wording]) -> None:
        """Add words that may differ from copy to copy."""
        self.add("")
        start = len(self.words)
        self.add(text)
        wordings = list(wordings)
        if not any(words_of(text) or wording[0] or wording[1] or wording[2] for wording in wordings):
            return
        patterns = [_pattern(wording) for wording in [(words_of(text), (), False), *wordings]]
        self._variables.append((start, len(self.words), tuple(dict.fromkeys(patterns))))

    def presence(self, presence: Presence) -> None:
        """Say whether what comes next may be missing."""
        self._presence = presence
        self._open(self._numbering.name)

    def _open(self, name: str) -> None:
        self._paragraph_due = False
        place = len(self.words)
        if self._sections[-1][0] == place:
            self._sections.pop()
        self._sections.append((place, name, self._presence))

    def known(self, identity: Identity, whole: bytes) -> Known:
        """What is kept of the text, `whole` being the digest of its letters. ValueError when it has too many words."""
        if not 0 < len(self.words) <= MAX_LENGTH:
            raise ValueError(f"{identity.key}: a text has 1 to {MAX_LENGTH:,} words, this one {len(self.words):,}")
        self.words = list(equal_spelling(self.words))
        numbering = tuple(span for span in self._labels if span[0] < span[1])
        loose = merged([*numbering, *(variable[:2] for variable in self._variables)])
        units = tuple(
            Unit(name, start, end, presence, digest(kept(self.words, start, end, loose)))
            for name, start, end, presence in self._units()
        )
        variables = tuple(Variable(*variable) for variable in self._variables)
        return Known(identity, whole, shadow(self.words), units, numbering, variables)

    def _units(self) -> Iterable[tuple[str, int, int, Presence]]:
        ends = [*(start for start, _, _ in self._sections[1:]), len(self.words)]
        numbered = any(name for _, name, _ in self._sections)
        paragraph = 0
        for (start, name, presence), end in zip(self._sections, ends, strict=True):
            if start < end:
                paragraph += 1
                yield name or ("preamble" if numbered else f"paragraph {paragraph}"), start, end, presence


def draft(text: str) -> Draft:
    """A draft of a plain text: paragraphs are divided by blank lines, titles and copyright lines may be left out."""
    found = Draft()
    lines = shown(text).split("\n")
    titles = _titles(lines)
    blank = True
    for number, line in enumerate(lines):
        if number == titles.start < titles.stop:
            found.presence(TITLE)
        if number == titles.stop > titles.start:
            found.presence(NEEDED)
        if not any(mark.isalnum() for mark in line):
            blank = True
            continue
        if _HOLDER.match(line) and len(found.words) < MAX_BEFORE:
            found.variable(line, [((), (), True), ((), (), False)])
        else:
            found.line(line, starts_paragraph=blank)
        blank = False
    return found


def _titles(lines: list[str]) -> range:
    """The lines at the start that only name the text: short paragraphs that are no sentences and open no list."""
    first = end = 0
    numbering = Numbering()
    for start, stop in _paragraphs(lines):
        text = " ".join(lines[start:stop])
        sentence = text.rstrip().endswith((".", ";", ",", ":", "-"))
        if len(words_of(text)) > MAX_TITLE or sentence or numbering.opening(lines[start]) or _STAMP.search(text):
            break
        first, end = first if end else start, stop
    return range(first, end)


def _paragraphs(lines: list[str]) -> Iterator[tuple[int, int]]:
    """First line of each paragraph, and the one after its last."""
    start: int | None = None
    for number, line in enumerate([*lines, ""]):
        told = any(map(str.isalnum, line))
        if told and start is None:
            start = number
        elif not told and start is not None:
            yield start, number
            start = None


def kept(words: Sequence[str], start: int, end: int, loose: Iterable[tuple[int, int]]) -> list[str]:
    """The words from `start` up to `end` that are in no loose part."""
    found: list[str] = []
    for first, last in loose:
        if last <= start:
            continue
        if first >= end:
            break
        found += words[start : max(start, first)]
        start = max(start, last)
    return [*found, *words[start:end]]


def _pattern(wording: Wording) -> Pattern:
    head, tail, is_open = wording
    head, tail = equal_spelling(head), equal_spelling(tail)
    return Pattern(len(head), len(tail), is_open, digest([*head, *tail]))
