"""What strangers write is text on the page: nothing of it runs, is fetched, hides, or pushes the page out of shape."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.browser.bench import NARROW, Bench
from tests.browser.checks import assert_accessible, assert_reflows, open_all
from tests.browser.hostile import HOSTILE, LONE, MARKUP, SHOWN, TAME, UNSEEN, fill
from tests.browser.printing import characters, printed
from tests.browser.reports import make_report

SHAPE = """() => {
  const all = [...document.querySelectorAll('*')];
  const count = (names) => names.reduce((found, name) => ({...found, [name]: (found[name] ?? 0) + 1}), {});
  const comments = document.createNodeIterator(document, NodeFilter.SHOW_COMMENT);
  let said = 0;
  while (comments.nextNode()) { said += 1; }
  return {
    tags: count(all.map((one) => one.tagName.toLowerCase()).filter((name) => name !== 'wbr').sort()),
    attributes: count(all.flatMap((one) => one.getAttributeNames()).sort()),
    addresses: [...new Set(all.flatMap((one) => ['href', 'src', 'action', 'xlink:href', 'formaction', 'srcdoc']
      .map((name) => one.getAttribute(name))).filter((value) => value !== null && !value.startsWith('#')))].sort(),
    comments: said,
  };
}"""
ODD_TEXTS = """(pattern) => {
  const odd = new RegExp(pattern, 'u'), found = [];
  const told = ['title', 'alt', 'placeholder', 'value', 'label'];
  for (const one of document.querySelectorAll('*:not(script, style)')) {
    const texts = [...one.childNodes].filter((part) => part.nodeType === Node.TEXT_NODE).map((part) => part.data);
    const values = one.getAttributeNames().filter((name) => told.includes(name) || name.startsWith('aria-'))
      .map((name) => `${name}=${one.getAttribute(name)}`);
    for (const text of [...texts, ...values].filter((text) => odd.test(text))) {
      found.push(`${one.tagName.toLowerCase()}: ${text.slice(0, 40)} ${odd.exec(text)[0].codePointAt(0).toString(16)}`);
    }
  }
  return found;
}"""
BARE_NAMES = """(pattern) => {
  const turned = new RegExp(pattern, 'u'), found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const around = text.parentElement;
    if (!turned.test(text.data) || around.closest('script, option, textarea')) { continue; }
    const alone = around.textContent.trim() === text.data.trim() && getComputedStyle(around).display !== 'inline';
    if (!alone && getComputedStyle(around).unicodeBidi === 'normal') { found.push(around.outerHTML.slice(0, 200)); }
  }
  return found;
}"""
HEBREW, ARABIC = "\u05d0\u05d1\u05d2 1", "\u0634\u0643\u0631 2"
INJECT = """() => {
  const script = document.createElement('script');
  script.textContent = 'window.canary = "script"';
  document.body.append(script);
  const link = document.createElement('a');
  link.href = 'javascript:window.canary = "link"';
  document.body.append(link);
  link.click();
  const part = document.createElement('button');
  part.setAttribute('onclick', 'window.canary = "handler"');
  document.body.append(part);
  part.click();
  const image = document.createElement('img');
  image.src = 'https://example.org/x.png';
  document.body.append(image);
  const frame = document.createElement('iframe');
  frame.src = 'https://example.org/';
  document.body.append(frame);
  const file = document.createElement('script');
  file.src = 'https://example.org/x.js';
  document.body.append(file);
  const style = document.createElement('style');
  style.textContent = 'body { display: none }';
  document.head.append(style);
}"""


@pytest.fixture(scope="module")
def page_of_strangers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of an audit in which strangers wrote everything."""
    folder = fill(tmp_path_factory.mktemp("hostile"), HOSTILE)
    return make_report(folder, folder / "report.html")


@pytest.fixture(scope="module")
def page_of_friends(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the same audit, in harmless words."""
    folder = fill(tmp_path_factory.mktemp("tame"), TAME)
    return make_report(folder, folder / "report.html")


def canary(page: Any) -> object:
    return page.evaluate("() => window.canary ?? null")


def test_the_page_has_the_same_parts_as_with_harmless_words(
    bench: Bench, page_of_friends: Path, page_of_strangers: Path
) -> None:
    with bench.visit(page_of_friends) as visit:
        plain = visit.page.evaluate(SHAPE)
    with bench.visit(page_of_strangers) as visit:
        found = visit.page.evaluate(SHAPE)
    assert plain["tags"]["h3"] > 3
    # How often most stand there depends on what is read in the words. Of those that act there are never more.
    for name in ("tags", "attributes"):
        assert found[name].keys() == plain[name].keys()
    acting = ("script", "style", "meta", "base", "link", "iframe", "object", "embed", "img", "form", "input", "svg")
    assert {name: found["tags"].get(name) for name in acting} == {name: plain["tags"].get(name) for name in acting}
    assert found["addresses"] == plain["addresses"]
    assert found["comments"] == plain["comments"]
    assert not [name for name in found["attributes"] if name.startswith("on")]
    assert not [one for one in found["addresses"] if not one.startswith("https://")]


def test_nothing_runs(bench: Bench, page_of_strangers: Path) -> None:
    with bench.visit(page_of_strangers) as visit:
        open_all(visit.page)
        for link in visit.page.locator("a[href]:visible").all()[:40]:
            link.press("Enter")
        for place in range(0, 3000, 300):
            visit.page.mouse.move(600, place % 800)
            visit.page.mouse.wheel(0, 300)
        assert canary(visit.page) is None


def test_what_they_write_is_shown_as_text(bench: Bench, page_of_strangers: Path) -> None:
    with bench.visit(page_of_strangers) as visit:
        open_all(visit.page)
        text = " ".join(visit.page.locator("body").inner_text().split())
        title = visit.page.title()
    for field in SHOWN:
        assert f"{field} {MARKUP}".casefold() in text.casefold(), field
    for path in (*HOSTILE.paths[:3], r"a b\u202ec\u200bd\u2066e"):
        assert path in text
    assert MARKUP[:8] in title


def test_no_character_hides_or_turns_the_text(bench: Bench, page_of_strangers: Path) -> None:
    with bench.visit(page_of_strangers) as visit:
        odd = visit.page.evaluate(ODD_TEXTS, UNSEEN)
    assert not odd, ascii(odd)


def test_names_that_run_the_other_way_do_not_turn_what_is_beside_them(bench: Bench, tmp_path: Path) -> None:
    (tmp_path / "models.yaml").write_text(
        f"schema: 1\nmodels: [{{path: '{HEBREW}', use: '{ARABIC}'}}]\n", encoding="utf-8"
    )
    (tmp_path / "profile.yaml").write_text(
        f"schema: 1\norganization: {{name: '{HEBREW}'}}\nuses: {{'{ARABIC}': {{purpose: research}}}}\n",
        encoding="utf-8",
    )
    (tmp_path / HEBREW).mkdir()
    with bench.visit(make_report(tmp_path, tmp_path / "report.html")) as visit:
        assert HEBREW in visit.page.locator("body").inner_text()
        assert visit.page.evaluate(BARE_NAMES, r"[\u0590-\u06ff]") == []


def test_the_page_keeps_its_width(bench: Bench, page_of_strangers: Path) -> None:
    with bench.visit(page_of_strangers, width=NARROW) as visit:
        assert_reflows(visit.page)


@pytest.mark.parametrize("width", [1200, NARROW])
def test_axe_finds_nothing(bench: Bench, page_of_strangers: Path, width: int) -> None:
    with bench.visit(page_of_strangers, width=width) as visit:
        assert_accessible(visit.page)


def test_it_prints(bench: Bench, page_of_strangers: Path, tmp_path: Path) -> None:
    with bench.visit(page_of_strangers) as visit:
        paper = printed(visit.page, tmp_path / "report.pdf")
    text = "".join(paper.sheets())
    for field in SHOWN:
        assert characters(f"{field} {MARKUP}")[:60] in text, field


def test_the_policy_refuses_what_gets_in_all_the_same(bench: Bench, page_of_strangers: Path) -> None:
    with bench.visit(page_of_strangers, quiet=False) as visit:
        visit.assert_quiet()
        visit.page.evaluate(INJECT)
        visit.page.wait_for_timeout(300)
        assert canary(visit.page) is None
        refused = " ".join(visit.violations())
        for directive in ("script-src", "img-src", "frame-src", "style-src"):
            assert directive in refused, (directive, refused)
        assert visit.page.locator("main").is_visible()
        reached = {address: why for address, why in visit.refused.items() if "example.org" in address}
        assert set(reached.values()) <= {"csp"}, reached
        assert {address for address in visit.requests if address != visit.address} == set(reached)


@pytest.mark.parametrize("odd", [LONE, "\x07", "\x1b", "\x85"])
def test_halves_of_characters_and_control_characters_never_get_that_far(tmp_path: Path, odd: str) -> None:
    (tmp_path / "models.yaml").write_text("schema: 1\nmodels: [{id: a/b, use: x}]\n", encoding="utf-8")
    profile = {"schema": 1, "organization": {"name": odd}, "uses": {"x": {}}}
    (tmp_path / "profile.yaml").write_text(json.dumps(profile), encoding="ascii")
    with pytest.raises(AssertionError, match=r"profile\.yaml:1:\d+: .*(character|escape)"):
        make_report(tmp_path, tmp_path / "report.html")
