"""A page about a license, a rule or a family: made once, and written as text for a terminal or as Markdown."""

from typing import Literal

from license_audit.model.record import Record


class Link(Record):
    """Words that lead to another page, where pages have links."""

    text: str
    page: str
    """Path of the page, from the top of the set."""
    anchor: str = ""
    """A place on that page."""
    key: str = ""
    """What the page is called by, where the words do not say it and nothing leads there."""


class Code(Record):
    """A name that is written exactly so."""

    text: str


Words = tuple["str | Link | Code", ...]
"""One line or paragraph. Every string is somebody's words, and no markup."""


class Entry(Record):
    """One clause."""

    anchor: str
    """Its id within its license."""
    id: str
    """The same, with the key of the license before it."""
    title: str
    rule: Link
    kind: str
    gist: str
    details: tuple[Words, ...]


class Entries(Record):
    """Clauses, one after the other."""

    entries: tuple[Entry, ...]


class Bullets(Record):
    """Lines that belong together."""

    items: tuple[Words, ...]


class Table(Record):
    """Rows of as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]


class Paragraph(Record):
    """A sentence or a few."""

    words: Words


Block = Paragraph | Bullets | Table | Entries


class Section(Record):
    """A part of a page with a heading."""

    title: str
    blocks: tuple[Block, ...]
    level: Literal[2, 3] = 2


class Page(Record):
    """Everything that is told about one thing."""

    path: str
    """From the top of the set, e.g. `licenses/mit.md`."""
    title: str
    name: str
    """Its key; empty where it has none."""
    facts: Words
    """What it is, in one line; empty where that needs no line."""
    head: tuple[Words, ...]
    """What is to be known before all else."""
    sections: tuple[Section, ...]


def plain(words: Words) -> str:
    """The words without their marks, and with the keys of what they would lead to."""
    return "".join(part if isinstance(part, str) else _told(part) for part in words)


def _told(part: "Link | Code") -> str:
    return f"{part.text} ({part.key})" if isinstance(part, Link) and part.key else part.text


def joined(parts: "list[Words] | tuple[Words, ...]", between: str) -> Words:
    """All parts as one line, with something between each two."""
    found: list[str | Link | Code] = []
    for number, part in enumerate(parts):
        found += [between, *part] if number else part
    return tuple(found)
