"""Text for people, JSON for programs; the summary line; whole files or none."""

import json
from datetime import date
from pathlib import Path

import pytest

from license_audit.audit import run
from license_audit.errors import AuditError
from license_audit.model.evidence import FoundText, Passage
from license_audit.model.report import Assessment, Evaluated, FactUsed, Finding, ModelUse, Report
from license_audit.outputs import render, summary, write
from license_audit.outputs.text import grounds
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

ACME = ROOT / "examples" / "acme"


@pytest.fixture(scope="module")
def report(catalog: PackagedCatalog) -> Report:
    """The report of the example."""
    return run(ACME / "models.yaml", ACME / "profile.yaml", catalog, date(2026, 11, 24))


def test_text_tells_every_verdict_and_what_follows(report: Report, catalog: PackagedCatalog) -> None:
    text = render("text", report, catalog)
    for found in report.uses:
        assert f"{found.model}  for  {found.use}" in text
    told = " ".join(text.split())
    for part in (
        "decided by: ",
        "owed: ",
        "question: ",
        "would change it: ",
        "read otherwise: ",
        "restriction-dropped",
    ):
        assert part in told
    assert "Required wording: “" in told
    assert "\033[" not in text


def test_color_only_when_asked_for(report: Report, catalog: PackagedCatalog) -> None:
    assert "\033[31;1mDISALLOWED\033[0m" in render("text", report, catalog, color=True)


def test_json_is_the_whole_report(report: Report, catalog: PackagedCatalog) -> None:
    data = json.loads(render("json", report, catalog))
    assert Report.model_validate(data) == report
    assert next(iter(data)) == "schema_version"


def bare(verdict: str, **more: object) -> ModelUse:
    """A result with nothing in it but a verdict."""
    data = {
        "verdict": verdict,
        "best": "allowed",
        "worst": "disallowed",
        "reason": "r",
        **dict.fromkeys(["decisive", "terms", "clauses", "owed", "questions", "changes", "readings"], ()),
        **more,
    }
    finding = Finding(kind="policy-denied", level="error", message="denied", waived="by me until later: why")
    return ModelUse(
        model="m",
        use="u",
        line=1,
        declared=None,
        found=None,
        assessment=Assessment.model_validate(data),
        findings=(finding,),
        gate="waived",
    )


def around(*uses: ModelUse) -> Report:
    """A report of some results."""
    return Report(
        tool_version="0",
        on=date(2026, 11, 24),
        manifest="models.yaml",
        profile="profile.yaml",
        organization=None,
        fail_on="undetermined",
        uses=uses,
    )


def test_text_of_rare_things(catalog: PackagedCatalog) -> None:
    questions = [{"path": f"p{number}", "text": "t?", "clauses": (), "decides": False} for number in range(7)]
    text = render("text", around(bare("undetermined", questions=questions, capped=True)), catalog)
    assert "[waived]" in text
    assert "and 2 more questions" in text
    assert "cut short" in text
    assert "(waived by me until later: why)" in text
    assert "terms: not known" in text


def test_text_of_what_the_baseline_knows(catalog: PackagedCatalog) -> None:
    known = bare("disallowed").model_copy(update={"gate": "known"})
    assert "DISALLOWED [known from the baseline]  m  for  u" in render("text", around(known), catalog)


def test_text_of_what_is_declared_found_and_concluded(catalog: PackagedCatalog) -> None:
    passages = (Passage(clause="a/1", lines=(3, 4), quote="q"), Passage(clause="a/2", lines=(5, 5), quote="q"))
    read = (
        FoundText(file="m/LICENSE", key="mit", status="altered"),
        FoundText(file="m/COPYING", status="unknown", passages=passages),
    )
    use = bare("allowed").model_copy(update={"declared": ("mit",), "texts": read, "concluded": ("mit", "isc")})
    text = render("text", around(use), catalog)
    assert "license: declared mit; found mit (m/LICENSE, altered), a text nobody knows (m/COPYING, unknown);" in text
    assert "concluded mit, isc" in " ".join(text.split())
    nothing = render("text", around(bare("allowed").model_copy(update={"declared": ()})), catalog)
    assert "license: declared none; found no text; concluded nothing" in nothing
    clauses = [
        {
            "clause": name, "license": "a", "section": "1", "rule": "r", "kind": "duty", "title": "t", "gist": "g.",
            "outcome": outcome, "condition": None, "remedy": "Do.", "question": "q?",
        }
        for name, outcome in (("a/1", "barred"), ("a/2", "owed"), ("a/3", "owed"))
    ]  # fmt: skip
    decided = bare("disallowed", decisive=("a/1",), owed=("a/2", "a/3"), clauses=clauses)
    text = render("text", around(decided.model_copy(update={"texts": read})), catalog)
    assert "decided by: a/1: g. [m/COPYING:3]" in text
    assert "owed: a/2: g. Do. [m/COPYING:5]" in text
    assert "owed: a/3: g. Do.\n" in text


def test_the_summary_says_how_the_gate_stands(report: Report) -> None:
    assert "gate fails" in summary(report)
    assert summary(around()) == "no models; gate passes"
    assert summary(around(bare("disallowed"))) == "1 disallowed; gate passes, 1 waived"


def test_grounds_are_the_comparisons_that_made_it_so() -> None:
    def leaf(name: str, *, holds: bool) -> Evaluated:
        fact = FactUsed(path=name, declared="x" if holds else None, sentence=name, holds=holds)
        return Evaluated(sentence=name, holds=holds, fact=fact)

    negation = Evaluated(sentence="not b", holds=True, negation=True, parts=(leaf("b", holds=False),))
    both = Evaluated(
        sentence="a and not b", holds=True, parts=(leaf("a", holds=True), negation, leaf("c", holds=False))
    )
    assert grounds(both, holds=True) == ["a (declared: x)", "it is not so that b (declared: nothing)"]
    assert grounds(Evaluated(sentence="always", holds=True), holds=True) == ["always"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", "text")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    with pytest.raises(AuditError, match="cannot be written"):
        write(tmp_path / "missing" / "a.txt", "text")
