"""Readings that lie long ago."""

from datetime import date

import pytest

from license_audit.lint_reviews import stale_reviews
from license_audit.model.license import Review
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.mutation import MutantCatalog

CATALOG = PackagedCatalog(ROOT)


def old(read: str, on: str) -> list[str]:
    """What is said of one text that was last read on a day."""
    license_ = CATALOG.license("mit")
    review = Review(by="somebody", on=date.fromisoformat(read), confidence="high")
    catalog = MutantCatalog(CATALOG, license_.model_copy(update={"reviewed": review}))
    return [str(problem).partition(": ")[2] for problem in stale_reviews(catalog, ["mit"], date.fromisoformat(on))]


@pytest.mark.parametrize(
    ("read", "on", "is_old"),
    [
        ("2024-05-26", "2025-11-26", False),
        ("2024-05-25", "2025-11-26", True),
        ("2024-12-31", "2026-06-30", False),
        ("2024-12-29", "2026-06-30", True),
        ("2024-02-29", "2025-08-31", False),
        ("2024-02-28", "2025-08-31", True),
        ("2024-06-30", "2025-12-31", False),
        ("2024-06-29", "2025-12-31", True),
        ("2025-12-01", "2025-11-26", False),
    ],
)
def test_a_reading_counts_for_eighteen_months(read: str, on: str, is_old: bool) -> None:
    told = [f"mit was last read on {read}, more than 18 months before {on}"]
    assert old(read, on) == (told if is_old else [])


def test_the_place_is_that_of_the_reading() -> None:
    (problem,) = stale_reviews(CATALOG, ["mit"], date(2100, 1, 1))
    line = (ROOT / problem.file).read_text("utf-8").splitlines()[problem.line - 1]
    assert (problem.file, line.startswith("reviewed: ")) == ("licenses/mit.yaml", True)
    assert stale_reviews(CATALOG, [], date(2100, 1, 1)) == []
