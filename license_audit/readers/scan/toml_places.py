"""Texts of a TOML file with their places; the parser of the standard library tells none."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field

from license_audit.readers.scan.commands_settings import Setting
from license_audit.readers.scan.commands_shell import Word
from license_audit.readers.scan.source import UnreadableError

_TOKEN = re.compile(
    r"(?P<space>[ \t\r\n]+|\#[^\n]*)"
    r"|(?P<block>\"\"\"(?:[^\"\\]|\\.|\"(?!\"\"))*\"{3,5}|'''(?:[^']|'(?!''))*'{3,5})"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
    r"|(?P<sign>[\[\]{},=.])"
    r"|(?P<bare>[^\s\[\]{},=.\"'#]+)",
    re.DOTALL,
)
_LINE = re.compile(r"at line (\d+)")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "b": "\b", "f": "\f", "e": "\x1b"}
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([ \t]*\n\s*)|(.))", re.DOTALL)


def toml_settings(text: str) -> Iterator[Setting]:
    """Each text of a TOML file with the keys that lead to it. `UnreadableError` where the file is no TOML."""
    try:
        tomllib.loads(text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        raise UnreadableError(f"is not valid TOML: {error}", int(found[1]) if found else 0) from error
    except (RecursionError, ValueError) as error:
        raise UnreadableError("is not TOML that can be read") from error
    yield from _Reading(text).read()


@dataclass
class _Open:
    """A table or list that is being read."""

    keys: tuple[str, ...]
    group: int
    is_list: bool = False
    key: list[str] = field(default_factory=list)
    """The key before the next value."""
    has_value: bool = False
    """Whether a value is expected, and not a key."""


class _Reading:
    """One pass over the tokens of a file that is known to be well formed."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._line, self._start = 1, 0
        self._groups = 0
        self._open = [_Open((), 0)]
        self._header: list[str] | None = None
        self._brackets = 0

    def read(self) -> Iterator[Setting]:
        for token in _TOKEN.finditer(self._text):
            kind, text = str(token.lastgroup), token[0]
            if kind == "sign":
                self._sign(text)
            elif kind == "space":
                self._space(text)
            elif kind in ("block", "text"):
                yield from self._texts(token, kind)
            else:
                self._bare(text)
            self._count(token)

    def _count(self, token: re.Match[str]) -> None:
        breaks = token[0].count("\n")
        if breaks:
            self._line += breaks
            self._start = token.start() + token[0].rindex("\n") + 1

    def _space(self, text: str) -> None:
        top = self._open[-1]
        if "\n" in text and len(self._open) == 1:
            if self._header is not None:
                self._groups += 1
                self._open = [_Open(tuple(self._header), self._groups)]
                self._header, self._brackets = None, 0
            else:
                top.key, top.has_value = [], False

    def _sign(self, sign: str) -> None:
        top = self._open[-1]
        if sign == "[" and len(self._open) == 1 and not top.key and not top.has_value:
            self._header = self._header or []
        elif sign == "]" and self._header is not None:
            return
        elif sign == "=":
            top.has_value = True
        elif sign in "[{":
            self._groups += 1
            keys = top.keys if top.is_list else (*top.keys, *top.key)
            self._open.append(_Open(keys, self._groups, is_list=sign == "["))
        elif sign in "]}" and len(self._open) > 1:
            self._open.pop()
            self._open[-1].has_value = self._open[-1].is_list
            self._open[-1].key = []
        elif sign == "," and not top.is_list:
            top.key, top.has_value = [], False

    def _bare(self, text: str) -> None:
        top = self._open[-1]
        if self._header is not None:
            self._header.append(text)
        elif not top.has_value and not top.is_list:
            top.key.append(text)

    def _texts(self, token: re.Match[str], kind: str) -> Iterator[Setting]:
        top = self._open[-1]
        marks = 3 if kind == "block" else 1
        inner = token[0][marks:-marks]
        if self._header is not None or not (top.has_value or top.is_list):
            self._bare(inner)
            return
        start = token.start() + marks
        skipped = len(inner) - len(inner.removeprefix("\r\n").removeprefix("\n")) if kind == "block" else 0
        plain = inner[skipped:]
        line, column = self._line, start - self._start + 1
        if skipped:
            line, column = line + 1, 1
        text = plain if token[0].startswith("'") else _ESCAPE.sub(_unescaped, plain)
        keys = top.keys if top.is_list else (*top.keys, *top.key)
        yield Setting(keys or ("",), Word(text, line, column), top.group, in_list=top.is_list, is_block=kind == "block")


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else ""  # noqa: PLR2004  # the last character there is
    # A break that is written with a backslash joins lines; in a command it means the same, and keeps the places.
    return found[0] if found[3] else _ESCAPES.get(found[4], found[4])
