"""A baseline lets pass what is exactly as it was, and hides no change."""

from datetime import date
from pathlib import Path

import pytest

from license_audit.audit import run
from license_audit.baseline import against, read_baseline
from license_audit.errors import AuditError
from license_audit.model.report import Finding, Report
from license_audit.outputs import render
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

ACME = ROOT / "examples" / "acme"


@pytest.fixture(scope="module")
def report(catalog: PackagedCatalog) -> Report:
    return run(ACME / "models.yaml", ACME / "profile.yaml", catalog, date(2026, 11, 24))


def test_the_same_again_is_known_and_nothing_fails(report: Report, catalog: PackagedCatalog, tmp_path: Path) -> None:
    stored = tmp_path / "baseline.json"
    stored.write_text(render("json", report, catalog), encoding="utf-8")
    again = against(report, read_baseline(stored))
    failing = [use.gate == "fails" for use in report.uses]
    assert any(failing)
    assert [use.gate == "known" for use in again.uses] == failing
    # A report in which all is known serves as the next baseline.
    assert against(report, again) == again


@pytest.mark.parametrize(
    "change",
    [
        {"commit": "0" * 40},
        {"digests": ("0" * 64,)},
        {"declared": ("mit",)},
        {"concluded": ("mit",)},
        {"use": "another"},
        {"model": "another/model"},
        {"findings": (Finding(kind="terms-moved", level="error", message="moved"),)},
        {"gate": "passes"},
        {"gate": "waived"},
    ],
)
def test_what_changed_in_any_way_fails_again(report: Report, change: dict[str, object]) -> None:
    baseline = report.model_copy(update={"uses": tuple(use.model_copy(update=change) for use in report.uses)})
    assert against(report, baseline) == report


@pytest.mark.parametrize("change", [{"verdict": "conditional"}, {"owed": ("x/1",)}, {"decisive": ()}, {"clauses": ()}])
def test_a_verdict_that_changed_or_got_milder_is_new(report: Report, change: dict[str, object]) -> None:
    failing = [use for use in report.uses if use.gate == "fails"]
    older = [use.model_copy(update={"assessment": use.assessment.model_copy(update=change)}) for use in failing]
    older = [one for one, use in zip(older, failing, strict=True) if one != use]
    baseline = report.model_copy(update={"uses": tuple(older)})
    names = {(use.model, use.use) for use in older}
    assert names
    again = against(report, baseline)
    assert all(use.gate == "fails" for use in again.uses if (use.model, use.use) in names)


def test_a_line_may_move(report: Report) -> None:
    moved = report.model_copy(update={"uses": tuple(use.model_copy(update={"line": 99}) for use in report.uses)})
    assert not any(use.gate == "fails" for use in against(report, moved).uses)


@pytest.mark.parametrize(
    ("text", "told"),
    [("", "is no report"), ("[]", "is no report"), ('{"schema_version": "1"}', "tool_version: Field required")],
)
def test_what_is_no_report_is_told(tmp_path: Path, text: str, told: str) -> None:
    stored = tmp_path / "baseline.json"
    stored.write_text(text, encoding="utf-8")
    with pytest.raises(AuditError, match=told):
        read_baseline(stored)


def test_a_baseline_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="cannot be read"):
        read_baseline(tmp_path / "none.json")
