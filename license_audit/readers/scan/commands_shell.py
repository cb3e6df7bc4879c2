"""Shell text as commands: words without their quotes, each with its place, and the here-documents that they read.

What the shell itself would only know at run time stays in a word as it is written: `$NAME`, `${NAME:-default}`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate, takewhile
from typing import NamedTuple

_PLAIN = re.compile(
    r"(?P<space>[ \t\r\f\v]+)"
    r"|(?P<newline>\n)"
    r"|(?P<joined>\\\r?\n)"
    r"|(?P<escaped>\\.)"
    r"|(?P<single>\$?'[^']*'?)"
    r"|(?P<quote>\$?\")"
    r"|(?P<number>\$\(\((?:[^()\n]|\([^()\n]*\))*\)\))"
    r"|(?P<open>\$\()"
    r"|(?P<tick>`)"
    r"|(?P<comment>\#[^\n]*)"
    r"|(?P<here><<-?[ \t]*(?:'[^'\n]+'|\"[^\"\n]+\"|\\?[A-Za-z_][\w.-]*))"
    r"|(?P<redirect>(?:&>>?|>>|>\||<<<?|[<>]&?)[ \t]*)"
    r"|(?P<end>[;|&]+)"
    r"|(?P<group>[()])"
    r"|(?P<text>[^\s\\'\"$`\#<>;|&()]+|.)",
)
_DOUBLE = re.compile(
    r"(?P<quote>\")|(?P<joined>\\\r?\n)|(?P<escaped>\\.)|(?P<open>\$\()|(?P<tick>`)|(?P<text>[^\"\\$`]+|[\\$])"
)
_ESCAPABLE = '"\\$`'
_ARRAY = re.compile(r"([A-Za-z_]\w*)\+?=")
_MAX_DEPTH = 50
"""Commands within commands that are told apart."""
_SUBSTITUTED = "$()"
"""Stands in a word for the output of a command."""


class Word(NamedTuple):
    """A word of a command, without its quotes, and where its text starts."""

    text: str
    line: int = 1
    column: int = 1
    turns: tuple[tuple[int, int, int], ...] = ()
    """Where the text goes on elsewhere, as after a quote: offset in the text, line, column."""

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character of the text."""
        at = bisect_right(self.turns, (offset, 1 << 60, 0)) - 1
        start, line, column = self.turns[at] if at >= 0 else (0, self.line, self.column)
        return line, column + offset - start

    def part(self, start: int, end: int | None = None) -> "Word":
        """A piece of this word."""
        line, column = self.place(start)
        moved = tuple((at - start, row, place) for at, row, place in self.turns if at > start)
        return Word(self.text[start:end], line, column, moved)


@dataclass(frozen=True)
class Command:
    """A command, the values of an array, or what a command reads from a here-document."""

    words: tuple[Word, ...]
    writes: str = ""
    """The file that its output goes to."""
    array: str = ""
    """The array that the words are values of."""
    body: Word | None = None
    """The here-document; the words are then those of the whole line."""


def commands(text: str, line: int = 1, column: int = 1, indent: int = 0) -> Iterator[Command]:
    """The commands of a shell text in their order, those inside of others first.

    `line` and `column` are where the text starts; its further lines start `indent` characters to the right.
    """
    yield from _Reader(text, line, column, indent).read()


@dataclass
class _Frame:
    """The command that is being read, at one depth of `$( )`, `( )` and backticks."""

    opened_by: str = ""
    array: str = ""
    double: bool = False
    """Whether the reader stands between double quotes."""
    words: list[Word] = field(default_factory=list)
    line: list[Word] = field(default_factory=list)
    """Words of the commands before this one on the same line."""
    pieces: list[str] = field(default_factory=list)
    turns: list[tuple[int, int, int]] = field(default_factory=list)
    length: int = 0
    writes: str = ""
    redirected: str = ""
    """The redirection that waits for its file."""
    here: list[tuple[str, bool]] = field(default_factory=list)
    """Ends of the here-documents that start with the next line, and whether their tabs are cut off."""


class _Reader:
    def __init__(self, text: str, line: int, column: int, indent: int) -> None:
        self._text = text
        self._at = 0
        self._line, self._indent, self._first = line, indent, column - 1
        self._starts = [0, *accumulate(len(row) + 1 for row in text.split("\n"))]
        self._stack = [_Frame()]

    def read(self) -> Iterator[Command]:
        """All commands. Each character is looked at once."""
        while self._at < len(self._text):
            top = self._stack[-1]
            found = (_DOUBLE if top.double else _PLAIN).match(self._text, self._at)
            if found is None:  # pragma: no cover  # both patterns take any character
                break
            self._at = found.end()
            kind = str(found.lastgroup)
            yield from self._double(top, kind, found) if top.double else self._plain(top, kind, found)
        while self._stack:
            yield from self._close(self._stack.pop())

    def _place(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._starts, offset) - 1
        return self._line + row, offset - self._starts[row] + 1 + (self._indent if row else self._first)

    def _add(self, top: _Frame, text: str, offset: int) -> None:
        """Text to the word that is being read. A turn for each of its lines, so that every character has its place."""
        lines = text.split("\n") if "\n" in text else [text]
        for start in accumulate((len(row) + 1 for row in lines[:-1]), initial=0):
            line, column = self._place(offset + start)
            known = top.turns[-1] if top.turns else (0, 0, 0)
            if (line, column) != (known[1], known[2] + top.length + start - known[0]):
                top.turns.append((top.length + start, line, column))
        top.pieces.append(text)
        top.length += len(text)

    def _double(self, top: _Frame, kind: str, found: re.Match[str]) -> Iterator[Command]:
        token = found[0]
        if kind == "quote":
            top.double = False
        elif kind == "escaped" and token[1] in _ESCAPABLE:
            self._add(top, token[1], found.start() + 1)
        elif kind in ("open", "tick"):
            yield from self._nested(top, token)
        else:
            self._add(top, token, found.start())

    def _plain(self, top: _Frame, kind: str, found: re.Match[str]) -> Iterator[Command]:
        token, start = found[0], found.start()
        if kind == "space":
            self._end_word(top)
        elif kind == "newline":
            yield from self._end_line(top)
        elif kind == "end":
            yield from self._end_command(top)
        elif kind == "comment" and top.turns:
            # No comment starts within a word.
            self._at = start + 1
            self._add(top, "#", start)
        elif kind == "single":
            opening = token.index("'") + 1
            self._add(top, token[opening:].removesuffix("'"), start + opening)
        elif kind == "quote":
            top.double = True
            self._add(top, "", found.end())
        elif kind == "escaped":
            self._add(top, token[1], start + 1)
        elif kind in ("open", "tick"):
            yield from self._nested(top, token)
        elif kind in ("here", "redirect"):
            self._redirect(top, kind, token)
        elif kind == "group":
            yield from self._group(top, token)
        elif kind == "text":
            self._add(top, token, start)

    def _nested(self, top: _Frame, mark: str) -> Iterator[Command]:
        """The start of a command whose output goes into a word; of one in backticks also its end."""
        if mark == "`" and top.opened_by == "`":
            yield from self._close(self._stack.pop())
            return
        self._add(top, _SUBSTITUTED, self._at - len(mark))
        if len(self._stack) < _MAX_DEPTH:
            self._stack.append(_Frame(opened_by=mark))

    def _group(self, top: _Frame, mark: str) -> Iterator[Command]:
        if mark == "(":
            is_first = not top.words or top.words[0].text in ("declare", "export", "local", "readonly", "typeset")
            array = _ARRAY.fullmatch("".join(top.pieces)) if is_first else None
            if array is None:
                yield from self._end_command(top)
                if len(self._stack) < _MAX_DEPTH:
                    self._stack.append(_Frame(opened_by="("))
            else:
                self._end_word(top)
                self._stack.append(_Frame(opened_by="(", array=array[1]))
        elif top.opened_by in ("(", "$("):
            yield from self._close(self._stack.pop())
        else:
            # The end of a pattern of `case`.
            yield from self._end_command(top)

    def _redirect(self, top: _Frame, kind: str, token: str) -> None:
        if top.pieces and "".join(top.pieces).isdigit():
            top.pieces, top.turns, top.length = [], [], 0
        self._end_word(top)
        if kind == "here":
            end = token.lstrip("<-").strip().strip("'\"").lstrip("\\")
            top.here.append((end, token.startswith("<<-")))
        else:
            top.redirected = token.strip()

    def _end_word(self, top: _Frame) -> None:
        if not top.turns:
            return
        word = Word("".join(top.pieces), *top.turns[0][1:], tuple(top.turns))
        top.pieces, top.turns, top.length = [], [], 0
        if top.redirected:
            top.writes = word.text if top.redirected.startswith((">", "&>")) else top.writes
            top.redirected = ""
        else:
            top.words.append(word)

    def _end_command(self, top: _Frame) -> Iterator[Command]:
        self._end_word(top)
        if top.array:
            # Lines and operators do not end the list of values.
            return
        if top.words:
            yield Command(tuple(top.words), top.writes)
            top.line += [*top.words, *([Word(f">{top.writes}")] if top.writes else [])]
        top.words, top.writes, top.redirected = [], "", ""

    def _end_line(self, top: _Frame) -> Iterator[Command]:
        writes = top.writes
        yield from self._end_command(top)
        bodies = [self._body(end, cut=cut) for end, cut in top.here]
        written = next((word.text[1:] for word in top.line if word.text.startswith(">")), writes)
        for body in bodies:
            yield Command(tuple(word for word in top.line if not word.text.startswith(">")), written, body=body)
        top.line, top.here = [], []

    def _body(self, end: str, *, cut: bool) -> Word:
        start = self._at
        taken = list(takewhile(lambda row: (row.lstrip("\t") if cut else row).rstrip("\r") != end, self._rows(start)))
        after = start + sum(len(row) + 1 for row in taken)
        stop = self._text.find("\n", after)
        self._at = stop + 1 if stop >= 0 else len(self._text)
        return Word("\n".join(taken), *self._place(start))

    def _rows(self, start: int) -> Iterator[str]:
        while start <= len(self._text):
            stop = self._text.find("\n", start)
            stop = len(self._text) if stop < 0 else stop
            yield self._text[start:stop]
            start = stop + 1

    def _close(self, frame: _Frame) -> Iterator[Command]:
        self._end_word(frame)
        if frame.array:
            yield Command(tuple(frame.words), array=frame.array)
        else:
            yield from self._end_command(frame)
