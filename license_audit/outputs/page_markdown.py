"""A page as Markdown. What data says stays words: no link, tag or heading comes out of it."""

import re
from collections.abc import Iterable
from typing import assert_never
from urllib.parse import quote

from license_audit.model.page import (
    Block,
    Bullets,
    Code,
    Entries,
    Entry,
    Link,
    Page,
    Paragraph,
    Section,
    Table,
    Words,
)
from license_audit.outputs.markup import cell, code, prose

MARK = "<!-- Made by `license-audit explain --pages`. Changes here are lost: change the rules and licenses. -->"
"""First line of every page. A file without it is somebody else's."""
_GUARDED = re.compile(r"^(\d*)\\([-+=.):])")
"""What `prose` guards at the start of a line, and what needs no guard elsewhere."""
_PLACE = re.compile(r"[^a-z0-9.-]+")
_EMPTY = "–"


def render(page: Page) -> str:
    """The whole page, with one line feed at its end."""
    name: Words = ("name ", Code(page.name), " · ") if page.name else ()
    blocks = [
        MARK,
        f"# {prose(page.title)}",
        *(_line(words, page) for words in ((*name, *page.facts), *page.head) if words),
    ]
    for section in page.sections:
        blocks += [f"{'#' * section.level} {prose(section.title)}", *_blocks(section, page)]
    return "\n\n".join(blocks) + "\n"


def place(anchor: str) -> str:
    """The name of a place on a page."""
    return _PLACE.sub("-", anchor.lower())


def _blocks(section: Section, page: Page) -> Iterable[str]:
    for block in section.blocks:
        yield "\n".join(_block(block, page))


def _block(block: Block, page: Page) -> Iterable[str]:
    match block:
        case Paragraph():
            yield _line(block.words, page)
        case Bullets():
            yield from (f"- {_line(words, page)}" for words in block.items)
        case Table():
            yield _row(_cell((name,), page) for name in block.columns)
            yield _row("---" for _ in block.columns)
            yield from (_row(_cell(words, page) for words in row) for row in block.rows)
        case Entries():
            for entry in block.entries:
                yield from _entry(entry, page)
        case _:
            assert_never(block)


def _entry(entry: Entry, page: Page) -> Iterable[str]:
    title = _linked(Link(entry.title, entry.rule.page), page)
    yield f'- <a id="{place(entry.anchor)}"></a>**{_inner(entry.anchor)}** {title}: {_inner(entry.gist)}'
    yield from (f"  - {_line(words, page)}" for words in entry.details)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(words: Words, page: Page) -> str:
    told = "".join(cell(part.text) if isinstance(part, Code) else _part(_barless(part), page) for part in words)
    return told or _EMPTY


def _barless(part: str | Link) -> str | Link:
    """Without the mark that ends a cell, even inside of code."""
    if isinstance(part, Link):
        return Link(part.text.replace("|", "¦"), part.page, part.anchor)
    return part.replace("|", "¦")


def _line(words: Words, page: Page) -> str:
    first, rest = words[0], words[1:]
    start = prose(first) + _after(first) if isinstance(first, str) else _part(first, page)
    return start + "".join(_part(part, page) for part in rest)


def _part(part: str | Link | Code, page: Page) -> str:
    """A part that no line begins with."""
    if isinstance(part, Code):
        return code(part.text)
    if isinstance(part, Link):
        return _linked(part, page)
    before = " " if part[:1].isspace() else ""
    return f"{before}{_inner(part)}{_after(part)}" if part.strip() else before


def _after(part: str) -> str:
    return " " if part[-1:].isspace() else ""


def _inner(text: str) -> str:
    return _GUARDED.sub(r"\1\2", prose(text))


def _linked(link: Link, page: Page) -> str:
    anchor = f"#{place(link.anchor)}" if link.anchor else ""
    if link.page == page.path and anchor:
        return f"[{_inner(link.text)}]({anchor})"
    up = "../" * page.path.count("/")
    return f"[{_inner(link.text)}]({up}{quote(link.page)}{anchor})"
