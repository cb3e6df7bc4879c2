"""The bench itself: what it is meant to notice, it notices."""

from pathlib import Path

import pytest

from tests.browser.bench import NARROW, Bench
from tests.browser.checks import (
    assert_accessible,
    assert_keyboard,
    assert_opens,
    assert_reflows,
    assert_skips,
    assert_whole_without_scripts,
)

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>T</title>{}</head><body>'
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
FILLER = "<p>" + " ".join(f"word{number}" for number in range(120)) + "</p>"


def written(folder: Path, body: str, head: str = "") -> Path:
    path = folder / "page.html"
    path.write_text(HEAD.format(head) + body, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("body", "head"),
    [
        ('<img src="x.png" alt="">', ""),
        ('<img src="https://example.org/x.png" alt="">', ""),
        ("<script>console.error('x')</script>", ""),
        ("<script>throw new Error('x')</script>", ""),
        ("<script>window.x = 1</script>", POLICY),
        ('<img src="x.png" alt="">', POLICY),
    ],
)
def test_pages_that_are_not_quiet(bench: Bench, tmp_path: Path, body: str, head: str) -> None:
    path = written(tmp_path, body, head)
    with bench.visit(path, quiet=False) as visit:
        visit.page.wait_for_load_state()
        with pytest.raises(AssertionError):
            visit.assert_quiet()


@pytest.mark.parametrize(
    "body", ['<main><h1>T</h1><p style="color: #999; background: #fff">pale</p></main>', '<img src="data:,">']
)
def test_pages_that_not_everybody_can_read(bench: Bench, tmp_path: Path, body: str) -> None:
    with (
        bench.visit(written(tmp_path, body), quiet=False) as visit,
        pytest.raises(AssertionError, match="times, first"),
    ):
        assert_accessible(visit.page)


@pytest.mark.parametrize(
    "body",
    [
        '<div style="width: 400px">wide</div>',
        "<p>" + "w" * 200,
        '<div style="overflow: hidden"><p style="width: 400px">cut</p></div>',
        '<details><summary>s</summary><p style="width: 400px">within</p></details>',
    ],
)
def test_pages_that_are_too_wide(bench: Bench, tmp_path: Path, body: str) -> None:
    with bench.visit(written(tmp_path, body), width=NARROW) as visit, pytest.raises(AssertionError):
        assert_reflows(visit.page)


def test_a_part_may_scroll_by_itself(bench: Bench, tmp_path: Path) -> None:
    body = '<div style="overflow-x: auto" tabindex="0"><p style="width: 400px">wide</p></div>'
    with bench.visit(written(tmp_path, body), width=NARROW) as visit:
        assert_reflows(visit.page)


TRAP = """<button>a</button><button>b</button><script>
document.querySelectorAll('button')[1].addEventListener('keydown', (event) => event.preventDefault());</script>"""


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('<a href="#x" style="outline: none">a</a>', "nobody sees"),
        ('<a href="#x" tabindex="2">a</a><a href="#y" tabindex="1">b</a>', "an order of its own"),
        ('<a href="#x" style="position: absolute; left: -999px">a</a>', "out of sight"),
        (TRAP, "reached|trap"),
    ],
)
def test_pages_that_no_keyboard_can_use(bench: Bench, tmp_path: Path, body: str, why: str) -> None:
    with bench.visit(written(tmp_path, body)) as visit, pytest.raises(AssertionError, match=why):
        assert_keyboard(visit.page, most=10)


def test_pages_without_a_way_past_what_comes_first(bench: Bench, tmp_path: Path) -> None:
    for body in (
        '<a href="x.html">a</a><main id="m"></main>',
        '<a href="#m" style="position: fixed; top: -99px">a</a>',
    ):
        with bench.visit(written(tmp_path, body)) as visit, pytest.raises(AssertionError):
            assert_skips(visit.page)


def test_parts_that_do_not_open(bench: Bench, tmp_path: Path) -> None:
    body = '<details><summary onclick="return false">s</summary><p>x</p></details>'
    with bench.visit(written(tmp_path, body)) as visit, pytest.raises(AssertionError):
        assert_opens(visit.page)


@pytest.mark.parametrize(
    "body",
    [
        '<p style="display: none">unseen</p>',
        "<details><p>no summary is enough</p></details><p style='visibility: hidden'>unseen</p>",
        "<div hidden><h2>What a script shows</h2></div>",
    ],
)
def test_pages_that_need_scripts(bench: Bench, tmp_path: Path, body: str) -> None:
    path = written(tmp_path, FILLER + body)
    with bench.visit(path, scripts=False) as visit, pytest.raises(AssertionError):
        assert_whole_without_scripts(visit.page, path)


def test_who_waits_for_ever_is_told(bench: Bench, tmp_path: Path) -> None:
    from playwright.sync_api import Error  # noqa: PLC0415  # not there where there is no browser

    path = written(tmp_path, FILLER)
    with bench.visit(path, quiet=False) as visit, bench.at_most(2), pytest.raises(Error, match="closed"):
        visit.page.evaluate("() => new Promise(() => {})")
    with bench.visit(path) as visit:
        assert visit.page.title() == "T"
