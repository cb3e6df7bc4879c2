"""The page for reviewers at 3, 60 and 500 models in three uses each: bytes, time to write it, time to its first screen.

`python benchmarks/report.py [RUNS]` prints medians of paired runs in one process. Goals at 500 models: under 5 MB,
written in under 3 times the time of JSON, and the first screen in under a second. Rendering alone is told beside the
whole command, and the first screen only where there is a browser.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from license_audit.audit import run
from license_audit.outputs import render
from license_audit.readers.catalog import PackagedCatalog
from tests.browser.bench import Bench, browser_path
from tests.browser.reports import DAY, check, first_screen, many_models

SIZES = (3, 60, 500)
MEGABYTE = 1_000_000
GOAL_SIZE, GOAL_TIMES, GOAL_SCREEN = 5.0, 3.0, 1000.0
FORMATS = ("json", "html")


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, without the collector, as in the command."""
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    work()
    spent = time.perf_counter() - start
    gc.enable()
    return spent


def paired(works: dict[str, Callable[[], object]], times: int) -> str:
    """Medians of JSON and of the page, and the median of their ratios."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(times):
        for name, work in works.items():
            found[name].append(seconds(work))
    ratio = statistics.median(page / plain for plain, page in zip(*found.values(), strict=True))
    told = ", ".join(f"{name} {statistics.median(all_) * 1000:,.0f} ms" for name, all_ in found.items())
    return f"{told}: {ratio:.2f} times (goal {GOAL_TIMES})"


def written(folder: Path, times: int) -> None:
    """Bytes of the page, and how long it takes to write it."""
    page = folder / "report.html"
    check(folder, "--report", str(page))
    print(f"  {page.stat().st_size / MEGABYTE:.2f} MB (goal {GOAL_SIZE})")
    commands: dict[str, Callable[[], object]] = {
        name: partial(check, folder, "--format", name, "--output", str(folder / "out")) for name in FORMATS
    }
    print(f"  the whole command: {paired(commands, times)}")
    catalog = PackagedCatalog()
    report = run(folder / "models.yaml", folder / "profile.yaml", catalog, date.fromisoformat(DAY))
    rendering: dict[str, Callable[[], object]] = {name: partial(render, name, report, catalog) for name in FORMATS}
    print(f"  rendering alone, without the what-if: {paired(rendering, times)}")


def drawn(bench: Bench, page: Path, times: int) -> None:
    """When something is on the screen, and when the file is read to its end."""
    found: dict[str, list[float]] = {"drawn": [], "read": []}
    for _ in range(times):
        with bench.visit(page) as visit:
            screen = first_screen(visit.page)
        for name, all_ in found.items():
            all_.append(screen[name])
    told = ", ".join(
        f"{name} {statistics.median(all_):,.0f} ms ({min(all_):,.0f} to {max(all_):,.0f})"
        for name, all_ in found.items()
    )
    print(f"  the browser: {told} (goal {GOAL_SCREEN:,.0f})")


def main() -> None:
    """Print the figures."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as name:
        folders = {count: Path(name) / str(count) for count in SIZES}
        for count, folder in folders.items():
            folder.mkdir()
            many_models(folder, count)
            print(f"{count} models in three uses")
            written(folder, times)
        path = browser_path()
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  # may not be there

        with sync_playwright() as playwright:
            bench = Bench(playwright, path)
            for count, folder in folders.items():
                print(f"{count} models in three uses")
                drawn(bench, folder / "report.html", times)
            bench.close()


if __name__ == "__main__":
    main()
