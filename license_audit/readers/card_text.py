"""The prose of a card as sentences: with their lines, the headings above them, and what they point to."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from license_audit.readers.card_links import Mention, mark

MAX_LINE = 4000
"""Characters of a line that are read as prose; a longer one is a table, a picture or data."""
BREAK = "⏎"
"""Stands for a line break inside a line of HTML."""
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,400}?href\s{0,3}=\s{0,3}[\"']?([^\"'<>\s]{1,2000})[\"']?[^<>]{0,400}>(.{0,400}?)</a\s{0,3}>",
    re.IGNORECASE,
)
_TAGS = (
    *((re.compile(rf"<h{level}(?:\s[^<>]{{0,500}})?>", re.IGNORECASE), "#" * level + " ") for level in range(1, 7)),
    (re.compile(r"<li(?:\s[^<>]{0,500})?>", re.IGNORECASE), "- "),
    (re.compile(r"<tr(?:\s[^<>]{0,500})?>|</t[dh]\s{0,3}>", re.IGNORECASE), " | "),
    (re.compile(r"</?(?:b|strong)\s{0,3}>", re.IGNORECASE), "**"),
    (re.compile(r"</?code\s{0,3}>", re.IGNORECASE), "`"),
    (re.compile(r"<br\s{0,3}/?>", re.IGNORECASE), BREAK),
    (re.compile(r"</?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]{0,2000})?/?>"), ""),
)
"""Tags that mean something in Markdown too, then all others."""
_FENCE = re.compile(r"^\s{0,12}(?:[-*>]\s{1,3})?(`{3,}|~{3,})\s{0,3}([\w+-]{0,30})")
_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s{0,3}(\S.*?)[\s#]*$")
_BOLD_HEADING = re.compile(r"^\s{0,3}(?:\*\*|__)([^*_|⟦]{2,60}?):?(?:\*\*|__):?\s*$")
_ITEM = re.compile(r"^(\s{0,40})(?:[-*+•–]|\d{1,3}[.)])\s{1,8}(?=\S)")
_RULE = re.compile(r"^\s{0,3}(?:[-*_=]\s?){3,}$")
_END = re.compile(r"(?<=[.!?])[\"')*_]{0,3}\s+(?=[A-Z⟦\"'(*_\[¿¡0-9])|(?<=[。！？；])|\s*⏎\s*")
_EMBEDDED = re.compile(
    r"\b(?:original|upstream|base|parent|source)(?:\s\w+){0,2}\s(?:card|readme|description)s?\b", re.IGNORECASE
)
_SUBJECT = re.compile(r"[*`_\"\s]{0,6}⟦\d+⟧[*`_\"\s]{0,6}(?:\([^()]{0,40}\)\s?)?(?::|-|–|—|is\b|was\b)")
_EMBEDDED_LINE = re.compile(rf"\W{{0,6}}{_EMBEDDED.pattern}\W{{0,6}}", re.IGNORECASE)
_LABELLED = re.compile(r"\W{0,6}(?:[A-Z][A-Za-z0-9 /_-]{1,30}|[a-z]{2,20}(?:_[a-z]{2,20}){1,4})\W{0,4}:(?!//)")
_LICENSE_HEADING = re.compile(r"#+\s+(?:model |code )?licen[sc]e\W*$", re.IGNORECASE)
_BIBTEX = re.compile(r"^\s*@\w+\s*\{")
Kind = Literal["prose", "item", "heading", "row"]


@dataclass(slots=True)
class Unit:
    """A sentence, list item, heading or table row."""

    text: str
    """The words, each mention replaced by ⟦n⟧."""
    line: int
    """Line of the card on which it starts, counted from 1."""
    kind: Kind
    mentions: dict[int, Mention]
    headings: tuple[str, ...]
    """The headings above it, outermost first."""
    lead: str = ""
    """The sentence or heading that introduces the list or table it stands in."""
    sibling: bool = False
    """Whether it is an item, or part of one, that starts with a model and then tells of that model."""
    embedded: bool = False
    """Whether it stands in the card of another model that is copied into this one."""
    lines: tuple[tuple[int, int], ...] = ()
    """Where each further line starts in the text, for sentences that span several."""

    def line_of(self, position: int) -> int:
        """Line of the card on which a position of the text stands."""
        at = bisect_right(self.lines, (position, 1 << 60)) - 1
        return self.lines[at][1] if at >= 0 else self.line

    def plain(self) -> str:
        """The words, each mention by its label."""
        return re.sub(r"⟦(\d+)⟧", lambda m: self.mentions[int(m.group(1))].label, self.text)


@dataclass(slots=True)
class Code:
    """A block of code."""

    language: str
    lines: list[tuple[int, str]]
    headings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole block."""
        return "\n".join(line for _, line in self.lines)


@dataclass(slots=True)
class Body:
    """The prose of a card."""

    units: list[Unit] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    title: str = ""
    """The first heading."""


def read_body(text: str, first_line: int) -> Body:
    """The prose that follows the front matter; it starts on `first_line`, counted from 0."""
    reader = _Reader(Body())
    text = _COMMENT.sub(lambda match: "\n" * match.group().count("\n"), text)
    lines = text.split("\n")
    reader.last_fence = max((n for n, line in enumerate(lines, first_line + 1) if _FENCE.match(line)), default=0)
    for number, line in enumerate(lines, first_line + 1):
        reader.feed(line, number)
    reader.close()
    return reader.body


def without_tags(line: str) -> str:
    """A line without HTML; what headings, items, cells and links mean is kept in Markdown."""
    if "<" not in line:
        return line
    line = _ANCHOR.sub(lambda match: f"[{match.group(2).strip()}]({match.group(1)})", line)
    for pattern, written in _TAGS:
        line = pattern.sub(written, line)
    return line


class _Reader:
    """Takes the lines one by one and cuts them into units."""

    def __init__(self, body: Body) -> None:
        self.body = body
        self._headings: list[tuple[int, str]] = []
        self._open: list[tuple[int, str]] = []
        self._kind: Kind = "prose"
        self._indent = 0
        self._leads: list[tuple[int, str]] = []
        self._lead = ""
        self._code: Code | None = None
        self._fence = ""
        self._embedded = False
        self._count = 0
        self.last_fence = 0

    def feed(self, line: str, number: int) -> None:
        fence = _FENCE.match(line)
        if self._code is not None:
            if self._ends(line, fence):
                self._code = None
            elif line.startswith("## ") and (number > self.last_fence or _LICENSE_HEADING.match(line)):
                self._code = None  # the fence was never closed, or too late
                self.feed(line, number)
            else:
                self._code.lines.append((number, line))
            return
        if fence or _BIBTEX.match(line):
            self.close()
            self._fence = fence.group(1) if fence else ""
            if line.count("```") > 1:
                return  # opened and closed on one line
            self._code = Code(fence.group(2).lower() if fence else "bibtex", [(number, line)], self._above())
            if not self._embedded:
                self.body.codes.append(self._code)
            return
        self._prose(without_tags(line[:MAX_LINE]).rstrip(BREAK + " "), number)

    def _ends(self, line: str, fence: re.Match[str] | None) -> bool:
        """Whether a line ends the code: the same fence, or, for references that stand without one, a brace or blank."""
        if not self._fence:
            return not line.strip() or line.startswith("}")
        return fence is not None and fence.group(1).startswith(self._fence) and not fence.group(2)

    def _prose(self, line: str, number: int) -> None:
        if line.lstrip().startswith(">"):
            line = line.lstrip("> \t")
        heading = _HEADING.match(line) or _BOLD_HEADING.match(line)
        if not line.strip() or _RULE.match(line):
            self.close()
        elif heading:
            self.close()
            self._heading(line, number, heading)
        elif "|" in line and (line.lstrip().startswith("|") or line.count("|") > 1):
            self.close()
            self._kind, self._open = "row", [(number, line)]
            self.close()
        elif item := _ITEM.match(line):
            self.close()
            self._kind, self._indent = "item", len(item.group(1).expandtabs(4))
            self._open = [(number, line[item.end() :])]
        elif self._kind == "prose" and _EMBEDDED_LINE.fullmatch(line):
            self.close()
            self._embedded = True
        else:
            if self._open and self._kind == "prose" and _LABELLED.match(line):
                self.close()
            self._open.append((number, line.strip()))

    def _heading(self, line: str, number: int, match: re.Match[str]) -> None:
        level, text = (len(match.group(1)), match.group(2)) if line.lstrip().startswith("#") else (7, match.group(1))
        self._headings = [(above, words) for above, words in self._headings if above < level]
        self._kind, self._open = "heading", [(number, text)]
        self.close()
        plain = self.body.units[-1].plain()
        self._embedded = self._embedded or bool(level < 7 and _EMBEDDED.search(plain))  # noqa: PLR2004 - a bold line is no heading
        self._headings.append((level, plain))
        self._lead, self._leads = plain, []
        if not self.body.title and level < 7:  # noqa: PLR2004 - the same
            self.body.title = plain

    def _above(self) -> tuple[str, ...]:
        return tuple(words for _, words in self._headings)

    def close(self) -> None:
        """End the paragraph, item or row that is open."""
        opened, kind = self._open, self._kind
        self._open, self._kind = [], "prose"
        if not opened:
            return
        text, starts, mentions = "", [], dict[int, Mention]()
        for number, line in opened:
            marked, found = mark(line, self._count)
            mentions |= dict(enumerate(found, self._count))
            self._count += len(found)
            text += " " if text else ""
            starts.append((len(text), number))
            text += marked
        lead, nested = self._lead_of(kind)
        sibling = kind == "item" and bool(_SUBJECT.match(text) or (nested and _SUBJECT.match(lead)))
        for begin, end in _sentences(text, kind):
            part = text[begin:end]
            at = bisect_right(starts, (begin, 1 << 60)) - 1
            inside = tuple((max(start - begin, 0), number) for start, number in starts[at:] if start < end)
            held = {int(m): mentions[int(m)] for m in re.findall(r"⟦(\d+)⟧", part)} if mentions else {}
            self.body.units.append(
                Unit(part, starts[at][1], kind, held, self._above(), lead, sibling, self._embedded, inside)
            )
        self._introduce(kind, text)

    def _lead_of(self, kind: Kind) -> tuple[str, bool]:
        if kind != "item":
            return (self._lead if kind == "row" else ""), False
        self._leads = [(indent, words) for indent, words in self._leads if indent < self._indent]
        return (self._leads[-1][1], True) if self._leads else (self._lead, False)

    def _introduce(self, kind: Kind, text: str) -> None:
        """Remember what may introduce the list that follows."""
        if kind == "item":
            self._leads.append((self._indent, text))
        elif kind == "prose":
            self._lead, self._leads = text[-400:], []


def _sentences(text: str, kind: Kind) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; a row or heading is one."""
    begin = 0
    if kind in ("prose", "item"):
        for match in _END.finditer(text):
            yield begin, match.start()
            begin = match.end()
    yield begin, len(text)
