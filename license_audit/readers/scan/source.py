"""A file of a source tree as its reader gets it."""

import codecs
from dataclasses import dataclass
from functools import cached_property

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def as_utf_8(data: bytes) -> bytes:
    """The bytes of a text in UTF-16 as those of UTF-8, in which kinds look for their words; all others as they are."""
    return data.decode("utf-16", errors="replace").encode() if data.startswith(_UTF_16) else data


@dataclass(frozen=True)
class Source:
    """A file, its path from the top of the tree, and what it holds."""

    path: str
    """With `/` between its parts."""
    data: bytes
    """The whole file, or its head where the reader asks for no more."""

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @cached_property
    def text(self) -> str:
        """The file as text. What is not UTF-8 is replaced by marks, so that one odd byte hides nothing else."""
        return as_utf_8(self.data).decode("utf-8-sig", errors="replace")


class UnreadableError(Exception):
    """A file that its reader cannot make sense of; the message says why, and at which line where it is known."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.message, self.line = message, line
        super().__init__(message)
