"""Words of a text, and a die that falls the same way everywhere."""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from typing import TypeVar

Kind = TypeVar("Kind")

_MASK = (1 << 64) - 1
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_COPYRIGHT = re.compile(
    r"^\W*(?:portions\s+)?(?:copyright\s*(?:\(c\)|©|\d{4}|[<\[{:]|by\b)|\(c\)\s|©|all rights reserved).*$",
    re.IGNORECASE | re.MULTILINE,
)
_MARK = re.compile(r"^[ \t]*(?:\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{2,4})[.)])(?=[ \t]+\S)", re.MULTILINE)
_TITLE = re.compile(r"\A\s*\S[^\n]{0,80}\n\s*\n")


def words(text: str) -> list[str]:
    """Letters and digits in lower case; a Chinese character is a word."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def bare(text: str) -> str:
    """The words without copyright lines, with a blank on each side, so that `in` compares whole words."""
    return f" {' '.join(words(_COPYRIGHT.sub(' ', text)))} "


def core(text: str) -> str:
    """The words that are terms: without copyright lines, marks of list items, and a title."""
    return bare(_MARK.sub(" ", _TITLE.sub("", _COPYRIGHT.sub("", text).lstrip())))


def digest(name: str) -> int:
    """A number that depends on the name alone."""
    return int.from_bytes(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def overlap(one: Sequence[str], other: Sequence[str], size: int = 4) -> float:
    """Share of word n-grams that two texts have in common, of all that either has."""
    left = {tuple(one[at : at + size]) for at in range(len(one) - size + 1)}
    right = {tuple(other[at : at + size]) for at in range(len(other) - size + 1)}
    return len(left & right) / max(1, len(left | right))


class Dice:
    """A small generator of numbers, the same on every Python: the seed is a name."""

    def __init__(self, name: str) -> None:
        self._state = digest(name)

    def below(self, limit: int) -> int:
        """A number from 0 to below the limit."""
        self._state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (self._state >> 24) % limit

    def pick(self, choices: Sequence[Kind]) -> Kind:
        """One of the choices."""
        return choices[self.below(len(choices))]

    def sample(self, limit: int, count: int) -> list[int]:
        """Different numbers below the limit, in order."""
        found: set[int] = set()
        while len(found) < min(count, limit):
            found.add(self.below(limit))
        return sorted(found)
