"""Markdown, read by two parsers, of which one is GitHub's: nothing of strangers becomes active, nothing is too long."""

import re
from html.parser import HTMLParser

import cmarkgfm  # type: ignore[import-untyped]  # has no types
import pytest
from cmarkgfm.cmark import Options  # type: ignore[import-untyped]  # has no types
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from license_audit.outputs import render, render_scan
from license_audit.outputs.markup import Block, cell, code, fitted, prose
from tests.outputs import samples

NAMES = samples.Names()
OURS = {"h2", "h3", "p", "ul", "li", "code", "strong", "table", "thead", "tbody", "tr", "th", "td"}
ACTIVE = re.compile(r"@|://|www\.|#\d|\$")
"""What GitHub makes something of after the Markdown is read, unless it stands in code."""


class Page(HTMLParser):
    """Elements of a page, and its text outside and inside of code."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []
        self.code: list[str] = []
        self.cells: list[list[str]] = []
        self._in_code = self._in_cell = False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the element."""
        assert not attrs, attrs
        self.tags.append(tag)
        self._in_code = tag == "code" or self._in_code
        if tag == "tr":
            self.cells.append([])
        if tag in ("th", "td"):
            self.cells[-1].append("")
        self._in_cell = tag in ("th", "td") or self._in_cell

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        self._in_code = self._in_code and tag != "code"
        self._in_cell = self._in_cell and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        """Remember the text."""
        (self.code if self._in_code else self.text).append(data)
        if self._in_cell:
            self.cells[-1][-1] += data


def by_github(text: str) -> Page:
    """As GitHub's parser reads it, with its extensions, and with raw HTML let through so that it would be seen."""
    page: str = cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE)
    return Page(page)


def by_markdown_it(text: str) -> Page:
    return Page(MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(text))


READERS = (by_github, by_markdown_it)
HOSTILE = {
    "report": render("markdown", samples.hostile(), NAMES),
    "scan": render_scan("markdown", samples.hostile_scan()),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("read", READERS)
def test_what_strangers_write_stays_text(name: str, read: object) -> None:
    page = read(HOSTILE[name])  # type: ignore[operator]  # a function
    assert set(page.tags) <= OURS
    assert not [text for text in page.text if ACTIVE.search(text)]
    assert all(line.isprintable() for line in HOSTILE[name].splitlines())


def test_the_readers_see_what_is_active() -> None:
    for text, tag in (("<img src=x>", "img"), ("[a](b)", "a"), ("www.e.x", "a"), ("me@e.x", "a"), ("![a](b)", "img")):
        with pytest.raises(AssertionError):
            assert tag not in by_github(text).tags
    assert "b" in by_markdown_it("<b>x</b>").tags
    assert ACTIVE.search(by_github("@user").text[0])


def test_hostile_documents_keep_their_shape() -> None:
    plain, spoiled = by_github(render("markdown", samples.whole(), NAMES)), by_github(HOSTILE["report"])
    for tag in ("h2", "h3", "ul", "li", "table", "tr", "td"):
        assert plain.tags.count(tag) == spoiled.tags.count(tag), tag


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from(list("`|\\*_[]()<>&@#!~$:/. \n1-+="))))
def test_any_text_is_shown_as_it_is(text: str) -> None:
    for made in (prose(text), f"- {prose(text)}", code(text) or "x"):
        for read in READERS:
            page = read(made)
            assert set(page.tags) <= {"p", "ul", "li", "code"}
            assert not [part for part in page.text if ACTIVE.search(part)]
    for page in (by_github(f"| a | b |\n| - | - |\n| {cell(text)} | z |"),):
        assert [len(row) for row in page.cells] == [2, 2]
        assert page.cells[1][1] == "z"


@given(st.text(alphabet=st.sampled_from(list("`|\\*_[]()<>&@#!~$:/.ab -"))))
def test_words_and_code_come_out_as_they_went_in(text: str) -> None:
    plain = " ".join(text.split())
    for made in (prose(text), code(text)):
        page = by_github(made)
        shown = HTMLText(cmarkgfm.github_flavored_markdown_to_html(made)).text.strip()
        assert shown.split() == plain.split(), (made, page.tags)


class HTMLText(HTMLParser):
    """The text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.text += data


def test_what_stops_the_gate_comes_first() -> None:
    text = render("markdown", samples.whole(), NAMES)
    titles = [line for line in text.splitlines() if line.startswith("#")]
    assert titles == [
        "## Model licenses: the gate fails",
        "### Stops the gate (4)",
        "### Known from the baseline (1)",
        "### Waived (1)",
        "### Good to know (1)",
        "### All verdicts (7)",
    ]
    assert "denied by the policy" in text
    words = " ".join(by_github(text).text + by_github(text).code)
    assert "Decided by" in words
    assert "lic/3.1" in words
    assert "In which fields?" in words


def test_the_table_has_every_verdict() -> None:
    cells = by_github(render("markdown", samples.whole(), NAMES)).cells
    assert cells[0] == ["Model", "Use", "Verdict", "Gate"]
    assert cells[1] == ["org/bad", "chat", "disallowed", "fails"]
    assert [row[3] for row in cells[1:]] == ["fails", "fails", "passes", "passes", "waived", "known", "fails"]


def test_nothing_to_tell_is_short() -> None:
    assert render("markdown", samples.report(organization=None), NAMES) == (
        "## Model licenses: the gate passes\n\nno models; gate passes\n\n"
        "`models.yaml` judged against `profile.yaml` for 2026-11-24.\n"
    )
    assert render_scan("markdown", samples.scan()) == "## Models named in source\n\n12 files read; scan passes\n"


def test_a_comment_fits_and_says_what_is_left_out() -> None:
    text = render("markdown", samples.many(3000), NAMES)
    assert 60_000 < len(text.encode()) <= 65_536
    match = re.search(r"\*\*([\d,]+) more entries are left out here", text)
    assert match is not None
    # Each use is told once in a list and once in the table.
    shown = sum(line.startswith("- ") for line in text.splitlines())
    assert int(match[1].replace(",", "")) + shown == 6000
    places = render_scan("markdown", samples.many_places(3000))
    assert len(places.encode()) <= 65_536
    assert "more entries are left out here" in places


def test_blocks_are_whole_or_not_there() -> None:
    blocks = [Block("head", 0), Block("x" * 100), Block("y" * 100, 3)]
    assert fitted(blocks, 1000) == "\n".join(["head", "x" * 100, "y" * 100]) + "\n"
    cut = fitted(blocks, 250)
    assert cut.startswith("head\n" + "x" * 100 + "\n\n**3 more entries are left out here.**")
    assert len(cut.encode()) <= 250


def test_names_read_as_names() -> None:
    assert prose("org/model for my-use (see org/b), 1.5 times.") == "`org/model` for my-use (see `org/b`), 1.5 times."
    assert prose("1. no list") == r"1\. no list"
    assert prose("- no list") == r"\- no list"
    assert code("") == ""
    assert code("a`b") == "``a`b``"
    assert code("`b") == "`` `b ``"
    assert cell("a|b") == r"`a\x7cb`"
