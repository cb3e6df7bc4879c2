"""The browser, the pages that are opened in it, and how long a test may take."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.bench import Bench, browser_path
from tests.browser.reports import EXAMPLES, make_report, many_models

SECONDS = 120.0
"""For one test; a module that needs longer has a `SECONDS` of its own."""


# Not for the whole session: playwright keeps a loop of asyncio running in this thread, which other tests may want.
@pytest.fixture(scope="package")
def bench() -> Iterator[Bench]:
    """One browser for all tests of the package."""
    path = browser_path()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # not there where there is no browser

    with sync_playwright() as playwright:
        started = Bench(playwright, path)
        yield started
        started.close()


@pytest.fixture(autouse=True)
def _deadline(request: pytest.FixtureRequest) -> Iterator[None]:
    """Ends what a test waits for in the browser when its time is over."""
    if "bench" not in request.fixturenames:
        yield
        return
    bench: Bench = request.getfixturevalue("bench")
    with bench.at_most(getattr(request.module, "SECONDS", SECONDS)):
        yield


@pytest.fixture(scope="package")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The page of each example, by the name of its folder."""
    folder = tmp_path_factory.mktemp("reports")
    return {name: make_report(EXAMPLES / name, folder / f"{name}.html") for name in ("acme", "gate", "house-rules")}


@pytest.fixture(scope="package")
def sizes(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Pages of 3, 60 and 500 models in three uses each."""
    found = {}
    for count in (3, 60, 500):
        folder = tmp_path_factory.mktemp(f"models-{count}")
        many_models(folder, count)
        found[count] = make_report(folder, folder / "report.html")
    return found
