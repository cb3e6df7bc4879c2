"""The page at 3, 60 and 500 models in three uses each: small, written fast, and soon on the screen.

The limits on time are loose, since machines that run tests are busy; `benchmarks/report.py` has the figures.
"""

import time
from pathlib import Path
from statistics import median

import pytest
import yaml

from tests.browser.bench import NARROW, Bench
from tests.browser.checks import assert_accessible, assert_reflows
from tests.browser.reports import PROFILE, check, first_screen, many_models

SECONDS = 300.0
SIZES = (3, 60, 500)
MOST_BYTES = {3: 1_000_000, 60: 5_000_000, 500: 12_000_000}
"""By models; 500 of the catalog come under more than a hundred different texts, and each is told."""
TIMES_JSON = 3 * 1.5
"""Three times what JSON takes, and half of that on top for a busy machine."""
FIRST_SCREEN = 1000 * 3
"""Milliseconds: a second, and two for a busy machine."""


@pytest.mark.parametrize("count", SIZES)
def test_the_file_is_small(sizes: dict[int, Path], count: int) -> None:
    assert sizes[count].stat().st_size < MOST_BYTES[count]


@pytest.mark.parametrize("count", SIZES)
def test_every_model_and_use_is_on_the_page(bench: Bench, sizes: dict[int, Path], count: int) -> None:
    with bench.visit(sizes[count]) as visit:
        rows = visit.page.locator("tbody th[scope=row]")
        assert rows.count() >= count
        names = " ".join(rows.all_text_contents())
        listed = yaml.safe_load((sizes[count].parent / "models.yaml").read_text(encoding="utf-8"))["models"]
        assert len(listed) == count
        assert [model["id"] for model in listed if model["id"] not in names] == []
        columns = " ".join(visit.page.locator("thead th[scope=col]").all_text_contents())
        assert all(use in columns for use in PROFILE["uses"])


@pytest.mark.parametrize("count", SIZES)
def test_the_first_screen_is_there_soon(bench: Bench, sizes: dict[int, Path], count: int) -> None:
    drawn = []
    for _ in range(3):
        with bench.visit(sizes[count]) as visit:
            drawn.append(first_screen(visit.page)["drawn"])
    assert median(drawn) < FIRST_SCREEN, drawn


def test_it_is_written_nearly_as_fast_as_json(tmp_path: Path) -> None:
    many_models(tmp_path, 500)
    seconds: dict[str, list[float]] = {"json": [], "html": []}
    for _ in range(3):
        for format_, found in seconds.items():
            start = time.perf_counter()
            check(tmp_path, "--format", format_, "--output", str(tmp_path / "out"))
            found.append(time.perf_counter() - start)
    times = median(seconds["html"]) / median(seconds["json"])
    assert times < TIMES_JSON, seconds


@pytest.mark.parametrize("count", [3, 60])
def test_it_is_for_everyone_at_any_size(bench: Bench, sizes: dict[int, Path], count: int) -> None:
    with bench.visit(sizes[count], width=NARROW) as visit:
        assert_reflows(visit.page)
    if count < 60:
        with bench.visit(sizes[count]) as visit:
            assert_accessible(visit.page)


def test_the_largest_is_read_at_320_pixels(bench: Bench, sizes: dict[int, Path]) -> None:
    with bench.visit(sizes[500], width=NARROW) as visit:
        scrolled, seen = visit.page.evaluate(
            "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
    assert scrolled <= seen
