"""The page for reviewers in a real browser: it asks for nothing, says nothing, and everybody can use it."""

from pathlib import Path

import pytest

from tests.browser.bench import NARROW, WIDE, Bench, Scheme
from tests.browser.checks import (
    assert_accessible,
    assert_keyboard,
    assert_opens,
    assert_reflows,
    assert_skips,
    assert_whole_without_scripts,
    open_all,
)

NAMES = ("acme", "gate", "house-rules")
SECONDS = 300.0
"""For one test, on a busy machine."""


@pytest.mark.parametrize("name", NAMES)
def test_it_asks_for_nothing_and_says_nothing(bench: Bench, reports: dict[str, Path], name: str) -> None:
    with bench.visit(reports[name]) as visit:
        open_all(visit.page)
        links = visit.page.locator("a[href]")
        addresses = links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        assert addresses
        assert not [address for address in addresses if not address.startswith(("#", "https://"))]
        for number in range(min(links.count(), 5)):
            links.nth(number).focus()
        visit.page.mouse.wheel(0, 100_000)


@pytest.mark.parametrize("name", NAMES)
def test_links_within_the_page_lead_somewhere(bench: Bench, reports: dict[str, Path], name: str) -> None:
    with bench.visit(reports[name]) as visit:
        lost = visit.page.evaluate(
            "() => [...document.querySelectorAll('a[href^=\"#\"]')].map((one) => one.hash.slice(1))"
            ".filter((name) => !document.getElementById(decodeURIComponent(name)))"
        )
        assert not lost
        twice = visit.page.evaluate(
            "() => { const all = [...document.querySelectorAll('[id]')].map((one) => one.id);"
            " return all.filter((name, place) => all.indexOf(name) !== place); }"
        )
        assert not twice


@pytest.mark.parametrize(
    ("name", "scheme", "width"),
    [
        # The largest takes axe a minute, so it is looked at twice and not four times.
        ("acme", "light", WIDE),
        ("acme", "dark", NARROW),
        *((name, scheme, width) for name in NAMES[1:] for scheme in ("light", "dark") for width in (WIDE, NARROW)),
    ],
)
def test_axe_finds_nothing(bench: Bench, reports: dict[str, Path], name: str, scheme: Scheme, width: int) -> None:
    with bench.visit(reports[name], scheme=scheme, width=width) as visit:
        assert_accessible(visit.page)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_read_at_320_pixels(bench: Bench, reports: dict[str, Path], name: str) -> None:
    with bench.visit(reports[name], width=NARROW) as visit:
        assert_reflows(visit.page)


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_it_is_used_by_keyboard_alone(bench: Bench, reports: dict[str, Path], width: int) -> None:
    with bench.visit(reports["acme"], width=width) as visit:
        assert_skips(visit.page)
    with bench.visit(reports["acme"], width=width) as visit:
        assert_keyboard(visit.page)
        assert_opens(visit.page)


@pytest.mark.parametrize("name", NAMES)
def test_it_is_whole_without_scripts(bench: Bench, reports: dict[str, Path], name: str) -> None:
    with bench.visit(reports[name], scripts=False) as visit:
        assert_whole_without_scripts(visit.page, reports[name])


def test_dark_is_dark(bench: Bench, reports: dict[str, Path]) -> None:
    shades: dict[Scheme, int] = {}
    schemes: tuple[Scheme, ...] = ("light", "dark")
    for scheme in schemes:
        with bench.visit(reports["gate"], scheme=scheme) as visit:
            color = visit.page.evaluate(
                "() => [document.body, document.documentElement].map((one) => getComputedStyle(one).backgroundColor)"
                ".find((color) => color !== 'rgba(0, 0, 0, 0)') ?? 'rgb(255, 255, 255)'"
            )
        shades[scheme] = sum(int(part) for part in color.strip("rgba()").split(",")[:3])
    assert shades["dark"] < 200
    assert shades["light"] > 600
