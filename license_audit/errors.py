"""What can go wrong, told so that a person can mend it."""

from typing import NamedTuple


def printable(text: str) -> str:
    """The text with control characters, and those that turn its direction, written out. Strangers wrote it."""
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one == "\n" else _written(one) for one in text)


def _written(one: str) -> str:
    return " " if one.isspace() else one.encode("unicode_escape").decode()


class Problem(NamedTuple):
    """One thing that is wrong in one file."""

    file: str
    line: int
    """Counted from 1; 0 when the problem is about the whole file."""
    column: int
    """Counted from 1 in characters; 0 when the problem is about the whole file."""
    message: str
    """What is wrong, and what was expected."""

    def __str__(self) -> str:
        file = self.file.replace("\n", "\\n")
        place = f"{file}:{self.line}:{self.column}" if self.line else file
        return f"{place}: {self.message}"


class AuditError(Exception):
    """The audit could not be done. Carries every problem found, in the order of files and lines."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))
