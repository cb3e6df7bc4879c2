"""A file of a source tree as its reader gets it."""

import codecs
from dataclasses import dataclass
from functools import cached_property

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


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
        encoding = next((name for mark, name in _MARKS if self.data.startswith(mark)), "utf-8")
        return self.data.decode(encoding, errors="replace")


class UnreadableError(Exception):
    """A file that its reader cannot make sense of; the message says why, and at which line where it is known."""

    def __init__(self, message: str, line: int = 0) -> None:
        self.message, self.line = message, line
        super().__init__(message)
