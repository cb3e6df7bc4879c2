"""Pages as text and as Markdown: tables that fit, and words that stay words."""

import pytest
from markdown_it import MarkdownIt

from license_audit.model.page import Bullets, Code, Link, Page, Paragraph, Section, Table, Words
from license_audit.outputs.page_markdown import render as markdown
from license_audit.outputs.page_text import render as text


def page(*blocks: Bullets | Paragraph | Table, facts: Words = (), path: str = "rules/a.md") -> Page:
    return Page(path, "A", "", facts, (), (Section("S", blocks),))


def body(rendered: str) -> str:
    return rendered.partition("## S\n\n")[2]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2. a",), "2\\. a\n"),
        (("a ", "2. b"), "a 2. b\n"),
        (("a", "   ", "b"), "a b\n"),
        ((Code("a`b"), " c"), "``a`b`` c\n"),
        ((Link("a]b", "rules/a.md", "X y"),), "[a\\]b](#x-y)\n"),
        ((Link("b", "rules/b c.md"),), "[b](../rules/b%20c.md)\n"),
        ((Link("- b", "README.md", "q"), "# c"), "[- b](../README.md#q)\\# c\n"),
        (("see https://example.org @me <b> ![x](y)",), "see `https://example.org` `@me` \\<b\\> \\!\\[x\\](y)\n"),
        ((" a",), "a\n"),
    ],
)
def test_words_stay_words_in_markdown(words: Words, told: str) -> None:
    assert body(markdown(page(Paragraph(words)))) == told


def test_a_link_from_the_top_needs_no_way_up() -> None:
    assert body(markdown(page(Paragraph((Link("b", "rules/b.md"),)), path="README.md"))) == "[b](rules/b.md)\n"


def test_a_bar_ends_no_cell() -> None:
    cells: tuple[Words, ...] = (("a|b x/y|z",), (Code("c|d"), " ", Link("e|f", "rules/b.md")), ())
    rendered = markdown(page(Table(("One | two", "Three", "4."), (cells,))))
    rows = [token for token in MarkdownIt("commonmark").enable("table").parse(rendered) if token.type == "tr_open"]
    assert len(rows) == 2
    assert body(rendered).splitlines()[2].count(" | ") == 2
    assert body(rendered).splitlines()[0] == "| One ¦ two | Three | 4. |"
    assert body(rendered).endswith(" | – |\n")


def test_a_table_fits_into_the_terminal() -> None:
    long = "word " * 40
    rendered = text(page(Bullets((("a",),)), Table(("Name", "Told"), (((Code("x"),), (long.strip(),)), (("y",), ())))))
    lines = rendered.splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[:7] == ["A", "", "S", "  a", "", "  Name  Told", f"  x     {'word ' * 18}".rstrip()]
    assert lines[-1] == "  y"


def test_a_table_of_many_columns_is_wider_than_the_terminal_rather_than_unreadable() -> None:
    columns = tuple(f"column {number}" for number in range(10, 24))
    lines = text(page(Table(columns, ()))).splitlines()
    assert lines[3] == f"  column 10{'  column  ' * 13}".rstrip()
    assert lines[4] == f"{' ' * 11}{''.join(f'  {number:<8}' for number in range(11, 24))}".rstrip()


def test_the_first_column_of_a_table_is_never_broken() -> None:
    lines = text(page(Table(("Name", "Told"), ((("a-" * 30,), ("b " * 60,)),)))).splitlines()
    assert lines[4].startswith(f"  {'a-' * 30}  b b ")
    assert max(map(len, lines)) <= 100


def test_a_key_is_told_where_nothing_leads_to_the_page() -> None:
    words: Words = (Link("Terms", "licenses/t.md", key="t"),)
    assert text(page(Paragraph(words))).endswith("\n  Terms (t)\n")
    assert body(markdown(page(Paragraph(words)))) == "[Terms](../licenses/t.md)\n"


def test_a_name_stands_apart_from_the_title() -> None:
    assert "\n\n# A b\n\nname `a-b` · duty\n" in markdown(Page("rules/a.md", "A b", "a-b", ("duty",), (), ()))


def test_control_characters_are_written_out() -> None:
    rendered = text(page(Paragraph(("a\x1b[31mb",)), facts=("c\x07",)))
    assert "\x1b" not in rendered
    assert "a\\x1b[31mb" in rendered
    assert rendered.splitlines()[1] == "  c\\x07"


def test_an_empty_line_is_left_out() -> None:
    assert text(page(Bullets(((),)))) == "A\n\nS\n"
