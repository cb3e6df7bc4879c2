"""Words of a text with their lines, so that a required wording is found however its lines are broken."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

_LINES = re.compile(r"\r\n|\r|\n")
_WORD = re.compile(r"\w+")
_HIDDEN = "\n"
"""Stands for a line that is left out; no word is like it."""


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return _LINES.split(text)


def words_of(text: str) -> tuple[str, ...]:
    """The words, without regard to capitals, punctuation and spaces. The copyright sign is the letter c in brackets."""
    return tuple(_WORD.findall(normalize("NFKC", text.replace("©", "(c)")).casefold()))


class Hit(NamedTuple):
    """Where a run of words stands."""

    line: int
    """Line of its first word, counted from 1."""
    end: int
    """Where to go on searching."""
    is_whole: bool
    """Whether it begins and ends with a line."""


class Paragraph(NamedTuple):
    """Lines between blank ones."""

    line: int
    """Its first line, counted from 1."""
    text: str

    def holds(self, words: tuple[str, ...]) -> bool:
        """Whether words, one or more, stand in it in one run."""
        return bool(words) and f" {' '.join(words)} " in f" {' '.join(words_of(self.text))} "

    def without(self, words: tuple[str, ...]) -> "Paragraph | None":
        """The words of the paragraph without one run of them; None when that run is not in it."""
        row = f" {' '.join(words_of(self.text))} "
        run = f" {' '.join(words)} "
        return Paragraph(self.line, row.replace(run, " \n ")) if run in row else None


class _Row(NamedTuple):
    """All words of a text in one row."""

    text: str
    """The words with a space before and after each."""
    places: list[int]
    """Where these spaces stand that come before a word."""
    numbers: list[int]
    """The lines of the words."""


class Worded:
    """A text as a row of words. Lines that are left out come between the words around them."""

    def __init__(self, text: str, without: Iterable[tuple[int, int]] = ()) -> None:
        """`without` holds first and last line of each part that is left out."""
        self._text = text
        hidden = {line for first, last in without for line in range(first, last + 1)}
        self._rows = [
            (number, (_HIDDEN,) if number in hidden else words_of(line))
            for number, line in enumerate(lines_of(text), start=1)
        ]

    @cached_property
    def _row(self) -> _Row:
        text, places, numbers = [], [], []
        at = 0
        for number, words in self._rows:
            for word in words:
                text.append(word)
                places.append(at)
                numbers.append(number)
                at += len(word) + 1
        return _Row(f" {' '.join(text)} ", places, numbers)

    def find(self, words: tuple[str, ...], start: int = 0) -> Hit | None:
        """Where one or more words stand in one run; None when they do not."""
        row, run = self._row, f" {' '.join(words)} "
        at = row.text.find(run, start) if words else -1
        if at < 0:
            return None
        first = bisect_right(row.places, at) - 1
        after = first + len(words)
        begins = first == 0 or row.numbers[first - 1] != row.numbers[first]
        ends = after == len(row.numbers) or row.numbers[after - 1] != row.numbers[after]
        return Hit(row.numbers[first], at + len(run) - 1, begins and ends)

    def find_lines(self, words: tuple[str, ...], start: int = 0) -> Hit | None:
        """The same for words that fill lines, so that a short line is not found inside of another one."""
        hit = self.find(words, start)
        while hit is not None and not hit.is_whole:
            hit = self.find(words, hit.end)
        return hit

    def paragraphs(self) -> Iterator[Paragraph]:
        """The lines between blank ones, in order."""
        first, held = 0, list[str]()
        for number, line in enumerate((*lines_of(self._text), ""), start=1):
            if line.strip():
                first = first if held else number
                held.append(line)
            elif held:
                yield Paragraph(first, "\n".join(held))
                held = []
