"""What every page has to hold: readable by everyone, at every width, by keyboard, and without scripts."""

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.bench import NARROW, Bench, Scheme

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
VOID = frozenset({"meta", "br", "link", "img", "input", "hr", "path", "rect", "circle", "line", "use", "col", "wbr"})
UNSEEN = frozenset({"script", "style", "template", "noscript", "head"})
"""Elements whose text is not for readers."""

OPEN_ALL = """() => {
  for (const part of document.querySelectorAll('details')) { part.open = true; }
  // What is far from the window may not have been drawn yet, and then has no text and no size.
  for (const part of document.querySelectorAll('*')) {
    if (getComputedStyle(part).contentVisibility === 'auto') { part.style.contentVisibility = 'visible'; }
  }
}"""
TOO_WIDE = """() => {
  const edge = document.documentElement.clientWidth + 1;
  const scrolls = (part) => part !== document.body && ['auto', 'scroll'].includes(getComputedStyle(part).overflowX);
  const found = [];
  for (const part of document.body.querySelectorAll('*')) {
    const box = part.getBoundingClientRect();
    if (!box.width || !box.height || box.right <= edge || part.closest('svg') !== null && part.tagName !== 'svg') {
      continue;
    }
    let around = part.parentElement;
    while (around && !scrolls(around)) { around = around.parentElement; }
    if (!around) { found.push(`${part.tagName.toLowerCase()} to ${Math.round(box.right)}: `
      + part.textContent.trim().slice(0, 60)); }
  }
  return found.slice(0, 10);
}"""
CONTROLS = """() => {
  const every = document.querySelectorAll(
    'a[href], button, input, select, textarea, summary, [tabindex], [contenteditable=true]');
  const groups = new Set();
  window.controls = [...every].filter((part) => {
    if (part.disabled || part.tabIndex < 0 || !part.checkVisibility({visibilityProperty: true})) { return false; }
    if (part.tagName === 'SUMMARY' && part.parentElement.tagName !== 'DETAILS') { return false; }
    if (part.type === 'radio') {
      // One of a group is in the order: the one that is chosen, or the first.
      const chosen = document.querySelector(`input[type=radio][name="${CSS.escape(part.name)}"]:checked`);
      if (chosen ? chosen !== part : groups.has(part.name)) { return false; }
      groups.add(part.name);
    }
    return true;
  });
  window.looks = window.controls.map(window.look = (part) => {
    const drawn = getComputedStyle(part);
    return [drawn.outlineStyle, drawn.outlineWidth, drawn.boxShadow, drawn.borderColor, drawn.backgroundColor].join();
  });
  return window.controls.map((part) => `${part.tagName.toLowerCase()} ${part.tabIndex} `
    + (part.getAttribute('aria-label') ?? part.textContent).trim().slice(0, 40));
}"""
FOCUSED = """() => {
  const part = document.activeElement;
  const place = window.controls.indexOf(part);
  if (part === document.body || part === document.documentElement) { return null; }
  const box = part.getBoundingClientRect();
  return {
    place,
    told: part.outerHTML.slice(0, 80),
    marked: place < 0 || window.look(part) !== window.looks[place] || part.matches('iframe'),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


class Words(HTMLParser):
    """The words of a file for readers, in order; those in elements that are hidden stand apart."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.hidden: list[str] = []
        self._open: list[tuple[str, bool, bool]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember whether what follows is for readers, and whether it is hidden."""
        if tag in VOID:
            return
        unseen, hidden = self._open[-1][1:] if self._open else (False, False)
        self._open.append((tag, unseen or tag in UNSEEN, hidden or "hidden" in dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Forget the element, and those in it that nobody closed."""
        while self._open and any(name == tag for name, _, _ in self._open):
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        unseen, hidden = self._open[-1][1:] if self._open else (False, False)
        if not unseen:
            (self.hidden if hidden else self.shown).append(data)


def words(text: str) -> list[str]:
    """Words without their case, which a stylesheet may change."""
    return text.casefold().split()


def open_all(page: "Page") -> None:
    """Open every part that opens."""
    page.evaluate(OPEN_ALL)


def assert_accessible(page: "Page") -> None:
    """No violation is found by axe on the page with every part open."""
    from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped]  # noqa: PLC0415  # has no types, and is not there where there is no browser
        Axe,
    )

    open_all(page)
    # Without the nodes that pass it is much faster.
    found = Axe().run(page, options={"runOnly": list(RULES), "resultTypes": ["violations"]})
    assert found.response["passes"], "axe looked at nothing"
    told = [
        f"{one['id']} ({one['impact']}): {one['help']}; {len(one['nodes'])} times, first {one['nodes'][0]['html']}"
        for one in found.response["violations"]
    ]
    assert not told, "\n".join(told)


def assert_reflows(page: "Page") -> None:
    """Nobody scrolls sideways to read: nothing stands beyond the edge but within parts that scroll by themselves."""
    for _ in ("as it opens", "all open"):
        scrolled, seen = page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        beyond = page.evaluate(TOO_WIDE)
        assert scrolled <= seen, (scrolled, seen, beyond)
        assert not beyond, beyond
        open_all(page)


def assert_keyboard(page: "Page", *, most: int = 1500) -> None:
    """Tab reaches every control once, in the order of the page, and leaves; each is marked while it has the focus."""
    controls: list[str] = page.evaluate(CONTROLS)
    assert controls
    assert not [name for name in controls if name.split(" ")[1] != "0"], "an order of its own"
    reached = _tabbed(page, "Tab", most)
    assert reached == list(range(len(controls))), _told(controls, reached)
    page.keyboard.press("Shift+Tab")
    last: dict[str, Any] | None = page.evaluate(FOCUSED)
    assert last is not None, "nothing is before the end of the page"


def _tabbed(page: "Page", key: str, most: int) -> list[int]:
    """Places of the controls that a key reaches one after the other, until it leaves the page."""
    reached: list[int] = []
    for _ in range(most):
        page.keyboard.press(key)
        focused: dict[str, Any] | None = page.evaluate(FOCUSED)
        if focused is None:
            return reached
        assert focused["place"] >= 0, f"not known to be a control: {focused['told']}"
        assert focused["marked"], f"nobody sees the focus: {focused['told']}"
        assert focused["seen"], f"the focus is out of sight: {focused['told']}"
        reached.append(focused["place"])
        if len(reached) > 1 and reached[-1] == reached[0]:
            return reached[:-1]
    raise AssertionError(f"Tab does not leave the page within {most} steps; a trap? {reached[-10:]}")


def _told(controls: list[str], reached: list[int]) -> str:
    missed = [name for place, name in enumerate(controls) if place not in reached]
    return f"reached {reached[:30]} of {len(controls)}; never reached: {missed[:10]}"


def assert_skips(page: "Page") -> None:
    """The first stop is a link that is seen when it has the focus, and leads past what comes first."""
    page.evaluate("() => { scrollTo(0, 0); document.activeElement.blur(); }")
    page.keyboard.press("Tab")
    box, target = page.evaluate(
        "() => { const at = document.activeElement, box = at.getBoundingClientRect();"
        " return [[box.left, box.top, box.right, box.bottom, box.width], at.getAttribute('href')]; }"
    )
    assert re.fullmatch(r"#\S+", target or ""), target
    assert box[0] >= 0
    assert box[1] >= 0
    assert box[4] > 1, "it is not seen"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside: bool = page.evaluate(
        "(name) => { const goal = document.querySelector(name), at = document.activeElement;"
        " return goal.contains(at) || Boolean(goal.compareDocumentPosition(at) & 4); }",
        target,
    )
    assert inside, "after the link, Tab goes on before its goal"


def assert_opens(page: "Page", *, most: int = 5) -> None:
    """Parts that open do so with Enter and with the space bar, and close again."""
    summaries = page.locator("details > summary:visible")
    for number in range(min(summaries.count(), most)):
        summary = summaries.nth(number)
        before = summary.evaluate("(part) => part.parentElement.open")
        for key, is_open in (("Enter", not before), ("Space", before)):
            summary.press(key)
            assert summary.evaluate("(part) => part.parentElement.open") is is_open, (number, key)


def assert_whole_without_scripts(page: "Page", path: Path) -> None:
    """Everything in the file for readers is on the page that runs no scripts, open or in parts that open at a click.

    What the file hides is for scripts to show. It may hold controls and what says how they came out, and no headings.
    """
    text = path.read_text(encoding="utf-8")
    for _ in range(10):
        closed = page.locator("details:not([open]) > summary:visible")
        count = closed.count()
        if not count:
            break
        for _ in range(count):
            closed.first.click()
    assert page.locator("details:not([open]) > summary:visible").count() == 0
    open_all(page)
    expected = Counter(words(" ".join(Words(text).shown)))
    shown = page.locator("body").inner_text()
    seen, joined = Counter(words(shown)), "".join(words(shown))
    missing = {word: count for word, count in (expected - seen).items() if joined.count(word) < count}
    assert sum(expected.values()) > 100, "nothing to read"
    assert not missing, dict(list(missing.items())[:20])
    assert page.locator("[hidden] h2, [hidden] h3, [hidden] table").count() == 0


def assert_all(bench: Bench, path: Path, schemes: tuple[Scheme, ...] = ("light", "dark")) -> None:
    """Everything above for a page of any kind, which other tests may ask for their pages."""
    for scheme in schemes:
        for width in (1200, NARROW):
            with bench.visit(path, scheme=scheme, width=width) as visit:
                assert_accessible(visit.page)
    with bench.visit(path, width=NARROW) as visit:
        assert_reflows(visit.page)
    with bench.visit(path) as visit:
        assert_skips(visit.page)
    with bench.visit(path) as visit:
        assert_keyboard(visit.page)
        assert_opens(visit.page)
    with bench.visit(path, scripts=False) as visit:
        assert_whole_without_scripts(visit.page, path)
