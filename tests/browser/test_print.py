"""The page on paper: it holds every word, it cuts nothing that it need not cut, and its sheets are numbered."""

from pathlib import Path

import pytest

from tests.browser.bench import Bench, Scheme
from tests.browser.printing import cut_items, cut_rows, lost, pieces, printed, without_number

NAMES = ("acme", "gate", "house-rules")


@pytest.mark.parametrize("name", NAMES)
def test_paper_holds_every_word(bench: Bench, reports: dict[str, Path], tmp_path: Path, name: str) -> None:
    with bench.visit(reports[name]) as visit:
        assert len(pieces(visit.page)) > 100
        paper = printed(visit.page, tmp_path / "report.pdf")
        assert not lost(visit.page, paper)
        facts = paper.facts()
    assert facts["Tagged"] == "yes"
    assert facts["Page size"].startswith("59")
    assert facts["Title"]
    assert not without_number(paper)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_cut_that_fits_on_a_sheet(bench: Bench, reports: dict[str, Path], tmp_path: Path, name: str) -> None:
    with bench.visit(reports[name]) as visit:
        paper = printed(visit.page, tmp_path / "report.pdf")
        assert not cut_rows(visit.page, paper)
        assert not cut_items(visit.page, paper)


@pytest.mark.parametrize(("scheme", "scripts"), [("dark", True), ("light", False)])
def test_paper_is_the_same_from_the_dark_and_without_scripts(
    bench: Bench, reports: dict[str, Path], tmp_path: Path, scheme: Scheme, scripts: bool
) -> None:
    with bench.visit(reports["gate"], scheme=scheme, scripts=scripts) as visit:
        assert not lost(visit.page, printed(visit.page, tmp_path / "report.pdf"))


def test_what_is_not_on_paper_is_noticed(bench: Bench, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<!DOCTYPE html><title>T</title><style>@media print { .off { display: none } }</style>"
        "<p>Here it is.</p><p class=off>Here it is not.</p><details><summary>More</summary>"
        "<p>Closed words.</p></details>"
        "<p>Twice.</p><p class=off>Twice.</p><table><tbody>"
        + "<tr><td>Left</td><td style='height: 25cm'>Right</td></tr>" * 2
        + "</table><ul><li><p>From the first sheet</p><p style='break-before: page'>to the second</p></ul>",
        encoding="utf-8",
    )
    with bench.visit(path) as visit:
        paper = printed(visit.page, tmp_path / "page.pdf")
        assert lost(visit.page, paper) == ["Here it is not.", "Closed words.", "Twice."]
        assert not cut_rows(visit.page, paper)
        assert cut_items(visit.page, paper) == ["From the first sheet\n\nto the second"]
        assert without_number(paper) == list(range(1, len(paper.pages) + 1))
