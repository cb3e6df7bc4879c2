"""Two models side by side: terms with lineage, clauses, and verdicts in the uses of a profile."""

from datetime import date
from pathlib import Path

import pytest

from license_audit.auditor import Auditor
from license_audit.compare import Ask, compare
from license_audit.compare_models import compare_models
from license_audit.errors import AuditError
from license_audit.model.comparison import Comparison, UseComparison
from license_audit.model.evidence import Evidence, Parent
from license_audit.model.profile import Profile
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

CATALOG = PackagedCatalog(ROOT)
ON = date(2026, 11, 24)
ACME = ROOT / "examples" / "acme"
BARE = Profile.model_validate({"schema": "1"})


def compared(a: str, b: str, *uses: str, profile: Path | None = ACME / "profile.yaml") -> Comparison:
    """Two models in uses of the example."""
    return compare(Ask(a, b, ON, profile=profile, uses=uses), CATALOG)


def by_use(found: Comparison) -> dict[str, UseComparison]:
    """The answers by the name of the use."""
    return {one.use: one for one in found.uses}


def test_a_model_does_not_differ_from_itself() -> None:
    found = compared("tiiuae/falcon-180B", "tiiuae/falcon-180B")
    assert not found.differs
    assert {pair.state for pair in found.clauses} == {"same"}
    assert len(found.uses) == 10
    assert not any(one.differs for one in found.uses)


def test_verdicts_duties_and_questions_stand_side_by_side() -> None:
    found = compared("mistralai/Mistral-7B-Instruct-v0.3", "tiiuae/falcon-180B", "answers-api", "support-assistant")
    assert found.kind == "models"
    assert (found.a, found.b, found.on) == ("mistralai/Mistral-7B-Instruct-v0.3", "tiiuae/falcon-180B", ON)
    # Apache grants hosting; Falcon 180B reserves it (section 9.3), and leaves a product alone (section 9.2).
    hosted = by_use(found)["answers-api"]
    assert (hosted.a, hosted.b, hosted.model) == ("allowed", "disallowed", "")
    barred = next(one for one in hosted.clauses if one.b == "falcon-180b-1.0/9.3")
    assert (barred.a, barred.outcome_a, barred.outcome_b, barred.matters) == (None, None, "barred", True)
    assert by_use(found)["support-assistant"].b == "allowed"
    told = {row.what: (row.a, row.b) for row in found.identity}
    assert told["own license"] == (
        "Apache License 2.0 (apache-2.0)",
        "Falcon 180B TII License Version 1.0 (falcon-180b-1.0)",
    )
    assert "mistralai/Mistral-7B-v0.3" in (told["comes from"][0] or "")
    assert told["comes from"][1] is None
    assert hosted.terms.only_b == ("falcon-180b-1.0",)


def test_what_travels_from_a_parent_is_compared_as_well() -> None:
    helper = str(ACME / "models" / "acme-helper-7b")
    found = compared(helper, "meta-llama/Llama-2-7b-hf", profile=None)
    limit = next(pair for pair in found.clauses if pair.rule == "user-threshold")
    assert limit.state == "same"
    assert {pair.a.license for pair in found.clauses if pair.a and pair.state == "only-a"} == {"apache-2.0"}
    assert found.uses == ()
    # The child drops the restrictions of its parent; that is to be known, and of this side alone.
    assert any(one.side == "a" and one.text.startswith("restriction-dropped") for one in found.remarks)


def test_terms_that_are_not_certain_or_not_known_make_nothing_equal() -> None:
    found = compared("org/nobody-knows-it", "tiiuae/falcon-40b", profile=None)
    assert {pair.state for pair in found.clauses} == {"not-known"}
    assert not found.is_complete
    told = [(one.side, one.text.split(":")[0]) for one in found.remarks]
    assert ("a", "it is not certain which terms hold") in told
    assert [one.side for one in found.remarks if "holds only under conditions" in one.text] == ["b", "b"]


def test_licenses_that_are_not_encoded_are_told() -> None:
    found = compared("tiiuae/falcon-mamba-7b", "meta-llama/Llama-2-7b-hf", profile=None)
    told = "the clauses of falcon-mamba-7b-1.0 are not encoded, and not compared"
    assert [one.side for one in found.remarks if one.text == told] == ["a"]
    assert {pair.state for pair in found.clauses} == {"not-known"}
    assert found.differs


def test_a_duty_or_a_question_of_one_model_alone_is_told() -> None:
    found = compared("meta-llama/Llama-2-7b-hf", "mistralai/Mistral-7B-v0.3", "support-assistant", "contract-notes")
    owed = [(one.title, one.a, one.b) for one in by_use(found)["support-assistant"].owed]
    assert owed == [("Known dangers are disclosed", "llama-2-aup/4", None)]
    asked = [(one.path, one.a, one.b) for one in by_use(found)["contract-notes"].questions]
    assert ("uses.contract-notes.licensed_practice", True, False) in asked


def test_two_models_that_declare_nothing_do_not_differ_in_it() -> None:
    auditor = Auditor(BARE, CATALOG, ON)
    base = Evidence(model="tiiuae/falcon-180B")
    parent = Parent(evidence=base, relation="fine-tune", basis="declared")
    child = Evidence(model="acme/child", declared=("apache-2.0",), parents=(parent,))
    found = compare_models(child, child, auditor, {})
    assert not found.differs
    assert all(one.side == "both" for one in found.remarks)
    other = compare_models(child, base, auditor, {})
    assert any("restriction-dropped" in one.text for one in other.remarks)


@pytest.mark.parametrize(
    ("uses", "told"),
    [(("no-such-use",), "has no use 'no-such-use'; it has support-assistant, ticket-triage")],
)
def test_a_use_that_nobody_has_is_an_error(uses: tuple[str, ...], told: str) -> None:
    with pytest.raises(AuditError, match=told):
        compared("tiiuae/falcon-40b", "tiiuae/falcon-180B", *uses)


def test_a_profile_without_uses_is_told_so(tmp_path: Path) -> None:
    profile = tmp_path / "profile.yaml"
    profile.write_text("schema: 1\n")
    with pytest.raises(AuditError, match="has no use 'x'; it has no uses"):
        compared("tiiuae/falcon-40b", "tiiuae/falcon-180B", "x", profile=profile)
    assert compared("tiiuae/falcon-40b", "tiiuae/falcon-180B", profile=profile).uses == ()
