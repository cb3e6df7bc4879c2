"""Words of a text with their lines, so that a required wording is found however its lines are broken."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple
from unicodedata import normalize

from license_audit.artifacts.visible import visible

_LINES = re.compile(r"\r\n|\r|\n")
UNKNOWN = "\ufffd"
"""Stands for a letter in an encoding that nobody knows."""
_WORD = re.compile(rf"[\w{UNKNOWN}]+")
_TAG = re.compile(r"<[^<>]*>")
_ENDED = re.compile(r"[.!?][^\w\s]*\s+\W*$")
"""The end of a sentence, after which another one begins."""
_DENIES = re.compile(
    r"(?<!\S)(?:that|not|never|false|untrue|wrong|unless|if)\W*$|(?<!\S)(?:not|never|false|untrue|wrong)\b[^.!?]*:\W*$",
    re.IGNORECASE,
)
"""Ends of a line after which nothing counts as said."""
_HIDDEN = "\n"
"""Stands for a line that is left out; no word is like it."""


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return _LINES.split(text)


def words_of(text: str) -> tuple[str, ...]:
    """The words, without regard to capitals, punctuation and spaces. The copyright sign is the letter c in brackets."""
    return tuple(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    return normalize("NFKC", text.replace("©", "(c)")).casefold()


class Hit(NamedTuple):
    """Where a run of words stands."""

    line: int
    """Line of its first word, counted from 1."""
    end: int
    """Where to go on searching."""
    is_whole: bool
    """Whether it begins and ends with a line."""
    first: int
    """Which word of the text is its first, counted from 0."""


class Paragraph(NamedTuple):
    """Lines between blank ones."""

    line: int
    """Its first line, counted from 1."""
    text: str

    def holds(self, words: tuple[str, ...]) -> bool:
        """Whether words, one or more, stand in it in one run."""
        return bool(words) and f" {' '.join(words)} " in f" {' '.join(words_of(self.text))} "


class _Row(NamedTuple):
    """All words of a text in one row."""

    text: str
    """The words with a space before and after each."""
    places: list[int]
    """Where these spaces stand that come before a word."""
    numbers: list[int]
    """The lines of the words."""


class Worded:
    """What is seen of a text as a row of words. Lines that are left out come between the words around them."""

    def __init__(self, text: str, without: Iterable[tuple[int, int]] = ()) -> None:
        """`without` holds first and last line of each part that is left out."""
        self._text = visible(text)
        hidden = {line for first, last in without for line in range(first, last + 1)}
        self._rows = [
            (number, (_HIDDEN,) if number in hidden else words_of(line))
            for number, line in enumerate(lines_of(self._text), start=1)
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
        return Hit(row.numbers[first], at + len(run) - 1, begins and ends, first)

    def find_lines(self, words: tuple[str, ...], start: int = 0) -> Hit | None:
        """The same for words that fill lines, so that a short line is not found inside of another one."""
        hit = self.find(words, start)
        while hit is not None and not hit.is_whole:
            hit = self.find(words, hit.end)
        return hit

    def find_sentence(self, words: tuple[str, ...]) -> Hit | None:
        """The same for words that begin a line or a sentence, so that they are not found inside of a denial."""
        hit = self.find(words)
        while hit is not None and not self._begins(hit):
            hit = self.find(words, hit.end)
        return hit

    def _begins(self, hit: Hit) -> bool:
        lines = lines_of(self._text)
        nth = hit.first - bisect_left(self._row.numbers, hit.line)
        line = _folded(lines[hit.line - 1])
        before = _TAG.sub("", line[: list(_WORD.finditer(line))[nth].start()])
        if any(map(str.isalnum, before)):
            return _ENDED.search(before) is not None
        return not self.is_denied(hit.line)

    def is_denied(self, line: int) -> bool:
        """Whether the words right above a line say that what follows is not so."""
        above = next((one for one in reversed(lines_of(self._text)[: line - 1]) if words_of(one)), "")
        return _DENIES.search(above) is not None

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
