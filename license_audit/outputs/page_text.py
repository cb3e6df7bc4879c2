"""A page as text for a terminal."""

from collections.abc import Iterable
from typing import assert_never

from license_audit.errors import printable
from license_audit.model.page import Block, Bullets, Entries, Entry, Page, Paragraph, Section, Table, Words, plain
from license_audit.outputs.paragraphs import wrap
from license_audit.outputs.plain import logged, one_line

WIDTH = 100
GAP = 2
NARROWEST = 8
"""A column is never made narrower than this; what does not fit then is longer than the terminal is wide."""


def render(page: Page) -> str:
    """The whole page."""
    name = f" ({page.name})" if page.name else ""
    lines = [f"{page.title}{name}", *(_wrapped(page.facts, "  ") if page.facts else ())]
    for words in page.head:
        lines += _wrapped(words, "  ")
    for section in page.sections:
        lines += ["", *_section(section)]
    return ended(lines)


def render_entries(entries: Iterable[Entry]) -> str:
    """Clauses alone."""
    return ended([line for entry in entries for line in (*_entry(entry, ""), "")])


def ended(lines: list[str]) -> str:
    """The lines as one text, harmless for whatever shows it."""
    return "\n".join(logged(printable(line).rstrip()) for line in lines) + "\n"


def _section(section: Section) -> Iterable[str]:
    yield section.title
    for number, block in enumerate(section.blocks):
        if number and isinstance(block, Table):
            yield ""
        yield from _block(block)


def _block(block: Block) -> Iterable[str]:
    match block:
        case Paragraph():
            yield from _wrapped(block.words, "  ")
        case Bullets():
            for words in block.items:
                yield from _wrapped(words, "  ")
        case Table():
            yield from _table(block)
        case Entries():
            for entry in block.entries:
                yield from _entry(entry, "  ")
        case _:
            assert_never(block)


def _entry(entry: Entry, indent: str) -> Iterable[str]:
    yield f"{indent}{entry.id}  [{entry.kind}: {entry.rule.text}]"
    for words in ((entry.gist,), *entry.details):
        yield from _wrapped(words, f"{indent}    ")


def _table(table: Table) -> Iterable[str]:
    """Columns as wide as their longest cell; where that is too wide, the widest give way, but never the first."""
    rows = [table.columns, *(tuple(one_line(plain(cell)) for cell in row) for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    room = WIDTH - GAP * len(widths)
    while sum(widths) > room and max(widths[1:], default=0) > NARROWEST:
        widths[widths.index(max(widths[1:]), 1)] -= 1
    for row in rows:
        cells = [wrap(cell, width, "", "") or [""] for cell, width in zip(row, widths, strict=True)]
        for number in range(max(map(len, cells))):
            parts = (cell[number] if number < len(cell) else "" for cell in cells)
            yield "".join(f"{' ' * GAP}{part:<{width}}" for part, width in zip(parts, widths, strict=True))


def _wrapped(words: Words, indent: str) -> list[str]:
    text = one_line(plain(words))
    return wrap(text, WIDTH, indent, f"{indent}  ") if text else []
