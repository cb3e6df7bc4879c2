"""Variables of a shell text: what they were set to, with the place of each value."""

import re
from collections.abc import Iterator

from license_audit.readers.scan.commands_shell import Word

_NAME = r"[A-Za-z_]\w*"
_WHOLE = re.compile(rf"\$(?:({_NAME})|\{{({_NAME})(?:\[[@*\w$]{{1,40}}\])?\}})")
_DEFAULT = re.compile(rf"\$\{{({_NAME}|[0-9]):?[-=](.*)\}}", re.DOTALL)
_WITHIN = re.compile(rf"\$(?:({_NAME})|\{{({_NAME})(?::?[-=]([^{{}}$]*))?\}})")
_MAX_DEPTH = 5
_MAX_TEXT = 1000
"""Characters of the longest word whose variables are filled in."""
_MAX_VALUES = 100
"""Values of one variable that are kept until it is used."""
_MAX_MOVES = 20_000
"""Values that are handed on in one file."""


class Variables:
    """What was set so far. A value that is used once is given away: each place is reported once."""

    def __init__(self) -> None:
        self._waiting: dict[str, list[Word]] = {}
        self._last: dict[str, str] = {}
        self._moves = 0
        self.made: set[str] = set()
        """Names under which commands put models of their own into a library."""

    def put(self, name: str, word: Word) -> None:
        """Set a variable. Values it had before stay until it is used: it may be set in two branches."""
        if len(word.text) > _MAX_TEXT:
            return
        waiting = self._waiting.setdefault(name, [])
        if len(waiting) < _MAX_VALUES:
            waiting.append(word)
        self._last[name] = word.text

    def resolved(self, word: Word, depth: int = 0) -> Iterator[Word]:
        """What a word stands for: the values of its variable, each at the place where it was written."""
        if "$" not in word.text or len(word.text) > _MAX_TEXT or depth > _MAX_DEPTH:
            yield word
            return
        whole = _WHOLE.fullmatch(word.text)
        default = None if whole else _DEFAULT.fullmatch(word.text)
        if whole:
            yield from self._values(whole[1] or whole[2])
        elif default and default[2].count("{") == default[2].count("}"):
            yield from self.resolved(word.part(default.start(2), default.end(2)), depth + 1)
            yield from self._values(default[1])
        else:
            filled = _WITHIN.sub(self._filled, word.text)
            yield Word(filled[:_MAX_TEXT], word.line, word.column)

    def _values(self, name: str) -> list[Word]:
        values = self._waiting.pop(name, [])
        self._moves += len(values)
        return values if self._moves <= _MAX_MOVES else []

    def _filled(self, found: re.Match[str]) -> str:
        name = found[1] or found[2]
        return self._last.get(name) or found[3] or found[0]
