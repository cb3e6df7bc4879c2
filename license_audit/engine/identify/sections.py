"""The text's own numbering: which section each line belongs to, and which words are only numbering.

Numbers, letters and Roman numerals at the start of a line open a section when they continue a list that is open, or
start one. A section is named by the way to it, `1.b.v`, as clauses are.
"""

import re
from typing import NamedTuple

_MARKUP = r"[\s#>*_+|;/\\•·▪◦●-]*"
_OPENING = re.compile(
    rf"{_MARKUP}(?:"
    r"(?P<word>(?i:section|article|clause|part)|§)\s*(?P<numbered>\d{1,3}(?:\.\d{1,3})*|[ivxIVX]{1,6})\b[*_]*"
    r"(?:[.:)]|\s*[-–—]|\s|$)"
    r"|第(?P<chinese>[一二三四五六七八九十百\d]{1,4})[条章节]"
    r"|(?P<cjk>[一二三四五六七八九十]{1,3})[、.．]"
    r"|(?P<dotted>\d{1,2}(?:\.\d{1,2}){1,4})(?:[.):]|\b)(?=\s|[A-Z“\"(]|[^\x00-\x7f]|$)"
    r"|[(（](?P<bracketed>\d{1,2}|[a-zA-Z]|[ivxIVX]{1,6}|[一二三四五六七八九十]{1,3})[)）]"
    r"|(?P<pointed>\d{1,2}|[a-zA-Z]|[ivxIVX]{1,6})[*_]*[.):：、．](?=[\s*_]|[A-Z“\"(]|[^\x00-\x7f]|$)"
    r"|(?P<bare>\d{1,2})(?:\t|[ ]{2,}(?=[A-Z])|[ ](?=[A-Z][A-Za-z ,&-]{2,50}$))"
    r")"
)
_AFTERWARDS = re.compile(
    rf"(?i){_MARKUP}(?:end of (?:the )?terms"
    r"|(?:appendix|attachment|exhibit|schedule|annex|addendum)\b[^.;,]{0,60}$)"
)
_TENS = ("", "x", "xx")
_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = {tens + units: 10 * ten + unit for ten, tens in enumerate(_TENS) for unit, units in enumerate(_UNITS)}
_CHINESE_UNITS = ("", *"一二三四五六七八九")
_CHINESE = {
    tens + units: 10 * ten + unit
    for ten, tens in enumerate(("", "十", "二十"))
    for unit, units in enumerate(_CHINESE_UNITS)
}
MAX_SKIP = 3
"""How many numbers of a list may be missing before the list is no longer recognized."""


class Opening(NamedTuple):
    """Where a line opens a section."""

    name: str
    """The way to the section, with dots."""
    start: int
    """First character of the numbering in the line."""
    end: int
    """The character after it."""


class _Level(NamedTuple):
    style: str
    number: int
    label: str
    indent: int


class Numbering:
    """Follows the numbering of a text line by line."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []
        self._last: dict[str, int] = {}
        self._root = ""

    @property
    def name(self) -> str:
        """The section that is open; empty before the first."""
        return ".".join(filter(None, (self._root, *(level.label for level in self._levels))))

    def opening(self, line: str) -> Opening | None:
        """What a line opens; None when it goes on with what is open."""
        match = _OPENING.match(line)
        if match is None:
            if _AFTERWARDS.match(line):
                self._root, self._levels = "appendix", []
            return None
        kind = match.lastgroup or ""
        label = match[kind]
        if kind == "dotted" or (kind == "numbered" and "." in label):
            if not self._dotted(label):
                return None
        elif not self._placed(kind, label, match.start(kind)):
            return None
        return Opening(self.name, match.start(kind), match.end(kind))

    def _dotted(self, label: str) -> bool:
        numbers = [int(number) for number in label.split(".")]
        first = next((level for level in self._levels if level.label.isdigit()), None)
        if first is not None and not 0 <= numbers[0] - first.number <= MAX_SKIP:
            return False
        self._levels = [_Level(f"dotted{place}", number, str(number), 0) for place, number in enumerate(numbers)]
        return True

    def _placed(self, kind: str, label: str, indent: int) -> bool:
        meanings = list(_meanings(kind, label))
        going_on = [
            (depth, _Level(style, number, label, indent))
            for depth in range(len(self._levels) - 1, -1, -1)
            for style, number in meanings
            if _same(self._levels[depth].style, style) and 1 <= number - self._levels[depth].number <= MAX_SKIP
        ]
        if going_on:
            # Where lists of one style lie in each other, 3 may go on with either; the one as far in is meant.
            as_far_in = (found for found in going_on if self._levels[found[0]].indent == indent)
            return self._open(*next(as_far_in, going_on[0]))
        for style, number in meanings:
            if number <= 1:
                top = style.startswith(("numbered", "chinese"))
                return self._open(0 if top else len(self._levels), _Level(style, number, label, indent))
        for style, number in meanings:
            # A list may run on under the next heading: Section II begins with paragraph 2.
            if 1 <= number - self._last.get(style, number) <= MAX_SKIP:
                return self._open(len(self._levels), _Level(style, number, label, indent))
        return False

    def _open(self, depth: int, level: _Level) -> bool:
        self._levels[depth:] = [level]
        self._last[level.style] = level.number
        return True


def _same(open_: str, style: str) -> bool:
    """Whether a list that is open may go on in a style; `4` after `3.2` goes on with the list that `3` is in."""
    return open_ == style or (open_ == "dotted0" and style.endswith("digit"))


def _meanings(kind: str, label: str) -> list[tuple[str, int]]:
    """What a label can stand for: styles of list, each with the number."""
    if label.isdigit():
        return [(f"{kind} digit", int(label))]
    if label in _CHINESE:
        return [(f"{kind} chinese", _CHINESE[label])]
    case = "upper" if label.isupper() else "lower"
    found = []
    if len(label) == 1 and label.isascii():
        found.append((f"{kind} letter {case}", ord(label.lower()) - ord("a") + 1))
    if label.lower() in _ROMAN:
        roman = (f"{kind} roman {case}", _ROMAN[label.lower()])
        found = [roman, *found] if label.lower() == "i" else [*found, roman]
    return found
