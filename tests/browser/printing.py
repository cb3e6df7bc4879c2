"""A page on paper: printed by the browser, read again by pdftotext, and held against what the page says."""

import re
import shutil
import subprocess
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

APART = 4_000
"""Characters within which the parts of a passage stand that a page break, its header or its footer divides."""
SHORT = 1_200
"""Characters of a clause that surely fits on a page."""
EDGE = 2
"""Lines at the top and at the foot of a page in which headers, footers and page numbers stand."""

PIECES = """() => {
  const inline = (part) => getComputedStyle(part).display.startsWith('inline');
  const shown = (part) => part.checkVisibility({visibilityProperty: true});
  const controls = 'input, select, textarea, button, form';
  const forScreens = (part) => {
    if (shown(part)) { return false; }
    let hidden = part;
    while (hidden.parentElement && !shown(hidden.parentElement)) { hidden = hidden.parentElement; }
    return part.closest('a[href^="#"]') || hidden.matches(controls) || hidden.querySelector(controls);
  };
  const blocks = new Map();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    let around = text.parentElement;
    if (!text.data.trim() || !window.onScreen.has(around) || forScreens(around)) { continue; }
    while (inline(around) && around !== document.body) { around = around.parentElement; }
    blocks.set(around, (blocks.get(around) ?? []).concat(text.data));
  }
  return [...blocks.values()].map((texts) => texts.join(' '));
}"""
"""Blocks with text on a screen. Links within the page, and parts with controls, may be missing on paper."""
ON_SCREEN = """() => {
  const never = 'script, style, template, noscript, svg, option';
  window.onScreen = new Set([...document.body.querySelectorAll('*')].filter((part) => !part.closest(never)
    && (part.checkVisibility({visibilityProperty: true}) || part.closest('details:not([open])'))));
}"""
PARTS = """(names) => [...document.querySelectorAll(names)].filter((one) => !one.querySelector(names)
  && one.checkVisibility({visibilityProperty: true})).map((one) => one.innerText)"""


@dataclass(frozen=True)
class Printed:
    """A printed page."""

    path: Path
    pages: tuple[tuple[str, ...], ...]
    """Lines of each sheet, in the order in which they were drawn."""

    def facts(self) -> dict[str, str]:
        """What pdfinfo tells of the file."""
        told = subprocess.run(["pdfinfo", str(self.path)], check=True, capture_output=True, text=True, timeout=60)
        return {name: value.strip() for name, _, value in (line.partition(":") for line in told.stdout.splitlines())}

    def sheets(self) -> list[str]:
        """The characters of each sheet, without its header and footer."""
        odd = {re.sub(r"\d+", "0", line) for line in self._repeated()}
        return [
            characters(
                "\n".join(
                    line
                    for place, line in enumerate(lines)
                    if EDGE <= place < len(lines) - EDGE or re.sub(r"\d+", "0", line) not in odd
                )
            )
            for lines in self.pages
        ]

    def _repeated(self) -> list[str]:
        """Lines at the edges that stand on most sheets, but for their numbers."""
        edges = [{*lines[:EDGE], *lines[-EDGE:]} for lines in self.pages]
        counts: dict[str, list[str]] = {}
        for lines in edges:
            for line in lines:
                counts.setdefault(re.sub(r"\d+", "0", line), []).append(line)
        return [line for lines in counts.values() if len(lines) > max(1, len(edges) // 2) for line in lines]


def printed(page: "Page", path: Path) -> Printed:
    """The page as a PDF. Skips the test, with the reason, where nothing reads PDFs."""
    for name in ("pdftotext", "pdfinfo"):
        if shutil.which(name) is None:
            pytest.skip(f"{name} of poppler-utils is not on PATH")
    page.pdf(path=path, format="A4", tagged=True, outline=True, print_background=True, prefer_css_page_size=True)
    read = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True, text=True, timeout=120
    )
    sheets = read.stdout.removesuffix("\f").split("\f")
    return Printed(path, tuple(tuple(line for line in sheet.splitlines() if line.strip()) for sheet in sheets))


def characters(text: str) -> str:
    """Text without what printing changes: spaces, line ends, hyphens, ligatures, case, and marks nobody sees."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(one for one in plain if not one.isspace() and unicodedata.category(one) not in ("Cf", "Pd", "Cc"))


def pieces(page: "Page") -> list[str]:
    """The text of each block of the page, closed parts included, in order."""
    page.evaluate(ON_SCREEN)
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(PIECES)
    page.emulate_media(media="null")
    return [text for text in found if characters(text)]


def lost(page: "Page", paper: Printed) -> list[str]:
    """Blocks of the page that are not on paper about where the page has them, each as often as the page has it."""
    drawn = "".join(paper.sheets())
    place, missing = 0, []
    for piece in pieces(page):
        spans = _found(drawn, characters(piece), max(0, place - APART))
        if not spans:
            missing.append(piece)
        for start, end in spans:
            # What is read once counts once.
            drawn = drawn[:start] + "\0" * (end - start) + drawn[end:]
            place = max(place, end)
    return missing


def _found(drawn: str, wanted: str, start: int) -> list[tuple[int, int]]:
    """Where a block stands from a place on; in two parts where what a new sheet repeats divides it."""
    whole = drawn.find(wanted, start)
    if whole >= 0:
        return [(whole, whole + len(wanted))]
    for cut in range(len(wanted) - 1, 0, -1):
        first = drawn.find(wanted[:cut], start)
        end = first + cut
        rest = drawn.find(wanted[cut:], end, end + APART) if first >= 0 else -1
        if rest >= 0:
            return [(first, end), (rest, rest + len(wanted) - cut)]
    return []


def cut_rows(page: "Page", paper: Printed) -> list[str]:
    """Rows of tables that would fit on a sheet and that no sheet holds whole."""
    return _cut(page, paper, "tbody tr")


def cut_items(page: "Page", paper: Printed) -> list[str]:
    """Entries of lists, clauses among them, that would fit on a sheet and that no sheet holds whole.

    Of entries within each other only the innermost count.
    """
    return _cut(page, paper, "li")


def _cut(page: "Page", paper: Printed, names: str) -> list[str]:
    page.emulate_media(media="print")
    texts: list[str] = page.evaluate(PARTS, names)
    page.emulate_media(media="null")
    sheets = paper.sheets()
    short = [text for text in texts if len(" ".join(text.split())) <= SHORT]
    return [text for text in short if not any(characters(text) in sheet for sheet in sheets)]


def without_number(paper: Printed) -> list[int]:
    """Sheets that do not bear their number at the edge."""
    return [
        number
        for number, lines in enumerate(paper.pages, start=1)
        if not any(re.search(rf"(?<!\d){number}(?!\d)", line) for line in (*lines[:EDGE], *lines[-EDGE:]))
    ]
