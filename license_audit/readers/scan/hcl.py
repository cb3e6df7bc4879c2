"""Texts of Terraform and other HCL files with their places and the blocks they stand in. Nothing is evaluated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from license_audit.readers.scan.commands_settings import Setting
from license_audit.readers.scan.commands_shell import Word

_TOKEN = re.compile(
    r"(?P<comment>\#[^\n]*|//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?)"
    r"|(?P<here><<[-~]?[A-Za-z_][\w-]*[ \t\r]*\n)"
    r"|(?P<quote>\")"
    r"|(?P<newline>\n)"
    r"|(?P<space>[ \t\r]+)"
    r"|(?P<sign>[{}\[\](),=:])"
    r"|(?P<bare>[A-Za-z_][\w.-]*)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_STRING = re.compile(
    r"(?P<text>[^\"\\$%\n]+)|(?P<escaped>\\.)|(?P<open>[$%]\{)|(?P<end>\")|(?P<other>[$%\\])|(?P<broken>\n)"
)
_TEMPLATE = re.compile(r"(?P<open>\{)|(?P<close>\})|(?P<quote>\")|(?P<other>[^{}\"]+)")
_OPENED = {"{": "}", "[": "]", "(": ")"}
_MAX_DEPTH = 50
_MAX_WORDS = 4
"""Words before a value or a block that are kept."""


@dataclass
class _Open:
    """A block, object, list or call that is being read."""

    keys: tuple[str, ...]
    group: int
    kind: str = "{"
    words: list[str] = field(default_factory=list)
    """Words since the last value: a key, or a block's kind and labels."""
    has_value: bool = False


def hcl_settings(text: str) -> Iterator[Setting]:
    """Each text of an HCL file with the blocks and keys that lead to it. Reads on behind whatever is not HCL."""
    yield from _Reading(text).read()


class _Reading:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._line, self._start = 1, 0
        self._groups = 0
        self._open = [_Open((), 0)]

    def read(self) -> Iterator[Setting]:
        """All texts, in one pass."""
        while (token := _TOKEN.match(self._text, self._at)) is not None:
            kind = str(token.lastgroup)
            self._at = token.end()
            if kind == "quote":
                yield from self._string(token.end())
            elif kind == "here":
                self._moved(token.start(), token.end())
                yield from self._here(token[0])
            else:
                self._other(kind, token[0])
                self._moved(token.start(), token.end())

    def _moved(self, start: int, end: int) -> None:
        breaks = self._text.count("\n", start, end)
        if breaks:
            self._line += breaks
            self._start = self._text.rindex("\n", start, end) + 1

    def _other(self, kind: str, text: str) -> None:
        top = self._open[-1]
        if kind == "bare":
            if not top.has_value and top.kind == "{":
                top.words = [*top.words[-_MAX_WORDS:], text]
        elif kind == "sign":
            self._sign(top, text)
        elif kind == "newline" and top.kind == "{":
            top.words, top.has_value = [], False

    def _sign(self, top: _Open, sign: str) -> None:
        if sign in _OPENED:
            self._groups += sign != "("
            keys = (*top.keys, *top.words) if top.kind == "{" else top.keys
            if len(self._open) < _MAX_DEPTH:
                group = self._groups if sign != "(" else top.group
                self._open.append(_Open(keys, group, sign if sign != "(" else "(", [], sign != "{"))
        elif sign in "}])":
            if len(self._open) > 1 and _OPENED[self._open[-1].kind] == sign:
                self._open.pop()
        elif sign in "=:" and top.kind == "{":
            top.has_value = True
        elif sign == "," and top.kind == "{":
            top.words, top.has_value = [], False

    def _string(self, start: int) -> Iterator[Setting]:
        """A text between quotes; what it takes from elsewhere stays in it as it is written."""
        pieces = []
        line, column = self._line, start - self._start + 1
        while (token := _STRING.match(self._text, self._at)) is not None and token.lastgroup not in ("end", "broken"):
            self._at = token.end()
            if token.lastgroup == "open":
                self._template()
                pieces.append(self._text[token.start() : self._at])
            else:
                pieces.append(_ESCAPES.get(token[0], token[0]))
        self._at += token is not None and token.lastgroup == "end"
        self._moved(start, self._at)
        yield from self._value(Word("".join(pieces), line, column))

    def _template(self) -> None:
        """Go behind the end of `${`. Braces and quotes in it come in pairs."""
        depth, quoted = 1, False
        while depth and (token := _TEMPLATE.match(self._text, self._at)) is not None:
            self._at = token.end()
            if token.lastgroup == "quote":
                quoted = not quoted
            elif token.lastgroup in ("open", "close") and not quoted:
                depth += 1 if token.lastgroup == "open" else -1

    def _here(self, opening: str) -> Iterator[Setting]:
        end = opening.strip("<-~ \t\r\n")
        first, line = self._at, self._line
        at = first
        while at < len(self._text):
            stop = self._text.find("\n", at)
            stop = len(self._text) if stop < 0 else stop
            if self._text[at:stop].strip() == end:
                break
            at = stop + 1
        body = self._text[first:at]
        self._at = min(at, len(self._text))
        self._moved(first, self._at)
        rows = [row for row in body.split("\n") if row.strip()]
        indent = min((len(row) - len(row.lstrip(" \t")) for row in rows), default=0)
        text = "\n".join(row[indent:] for row in body.split("\n"))
        turns = tuple((0, line + number, indent + 1) for number in range(2))
        yield from self._value(Word(text, line, indent + 1, turns), is_block=True)

    def _value(self, word: Word, *, is_block: bool = False) -> Iterator[Setting]:
        top = self._open[-1]
        if top.kind == "{" and not top.has_value:
            top.words = [*top.words[-_MAX_WORDS:], word.text]
            return
        in_list = top.kind == "["
        keys = (*top.keys, *top.words) if top.kind == "{" else top.keys
        yield Setting(keys or ("",), word, top.group, in_list=in_list, is_block=is_block)


_ESCAPES = {'\\"': '"', "\\n": "\n", "\\t": "\t", "\\\\": "\\"}
