"""Texts of which only the key clauses are encoded: what they bar stays barred, and nothing else is ever decided."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from license_audit.asking.sheet import questionnaire
from license_audit.asking.trial import Trial
from license_audit.audit import Audited, audited
from license_audit.compare_licenses import compare_licenses
from license_audit.desk import desk
from license_audit.engine.binding import BoundLicense, bind_license
from license_audit.engine.formula import Formula, Leaf
from license_audit.engine.ground import YES, YES_NO
from license_audit.engine.judge import assess
from license_audit.engine.situation import EvidenceFacts, Situation
from license_audit.engine.solve import Layer, Terms
from license_audit.explain import explain, explain_coverage
from license_audit.model.license import License
from license_audit.model.profile import Organization, Use
from license_audit.model.report import Assessment
from license_audit.outputs import render
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import load
from license_audit.what_if import what_if
from tests.conftest import ROOT
from tests.mutation import MutantCatalog
from tests.strategies import declared

CATALOG = PackagedCatalog(ROOT)
ON = date(2026, 11, 24)
KEYS = ("apache-2.0", "cc-by-nc-4.0", "falcon-180b-1.0", "llama-2-community", "mistral-mnpl-0.1", "mit")
MAYBE = Leaf("evidence.parents=x", "evidence.parents", YES, YES_NO)
NO_NOTICE = EvidenceFacts(notice_file=False)


def partial(key: str) -> License:
    """A license as if only its key clauses were encoded."""
    return CATALOG.license(key).model_copy(update={"coverage": "key-clauses"})


def bound(key: str, *, whole: bool = False) -> BoundLicense:
    return bind_license(CATALOG.license(key) if whole else partial(key), CATALOG)


def judged(*layers: Layer, on: date = ON, **use: object) -> Assessment:
    """What licenses come to in a use of an organization that is small and at peace."""
    organization = Organization.model_validate(
        {"monthly_active_users": {"2023-06": 5}, "affiliates": [], "agreements": [], "claims_against": []}
    )
    facts = {"acts": ["run"], "domains": ["translation"], "audience": "none", "received_as": "weights", **use}
    terms = Terms(layers, evidence=NO_NOTICE)
    return assess(terms, Situation(organization, "main", Use.model_validate(facts), on))


ASKED = (
    "Only the key clauses of mit are encoded here. Does anything else in its text rule this use out? "
    "A person must read it."
)


def test_what_would_be_allowed_is_left_to_a_person() -> None:
    assert judged(Layer(bound("mit", whole=True))).verdict == "allowed"
    found = judged(Layer(bound("mit")))
    assert (found.verdict, found.best, found.worst) == ("undetermined", "allowed", "disallowed")
    assert [(one.path, one.text, one.decides) for one in found.questions] == [("evidence.key_clauses.mit", ASKED, True)]
    assert found.reason == f"Not decided before this is answered: {ASKED}"
    assert [(one.finding, one.verdict) for one in found.obstacles] == [("evidence.key_clauses.mit", "undetermined")]


def test_a_duty_is_still_owed() -> None:
    assert judged(Layer(bound("mit", whole=True)), acts=["distribute-weights"]).verdict == "conditional"
    found = judged(Layer(bound("mit")), acts=["distribute-weights"])
    assert (found.verdict, found.best, found.worst) == ("undetermined", "conditional", "disallowed")
    assert found.owed == ("mit/notice",)


def test_what_is_barred_stays_barred_and_nobody_is_asked() -> None:
    found = judged(Layer(bound("cc-by-nc-4.0")), purpose="commercial")
    assert (found.verdict, found.best, found.decisive) == ("disallowed", "disallowed", ("cc-by-nc-4.0/2.a.1",))
    assert found.questions == ()


def test_that_no_clause_grants_an_act_cannot_be_said() -> None:
    license_ = CATALOG.license("mit")
    clauses = tuple(one for one in license_.clauses if one.id != "grant")
    for coverage, verdict in (("sections", "disallowed"), ("key-clauses", "undetermined")):
        cut = license_.model_copy(update={"coverage": coverage, "clauses": clauses})
        assert judged(Layer(bind_license(cut, CATALOG))).verdict == verdict


def test_a_policy_counts_as_the_text_that_it_is_part_of() -> None:
    whole = bound("llama-2-community", whole=True)
    assert judged(Layer(whole, policies=(bound("llama-2-aup", whole=True),))).verdict == "allowed"
    found = judged(Layer(whole, policies=(bound("llama-2-aup"),)))
    assert found.verdict == "undetermined"
    assert [one.path for one in found.questions] == ["evidence.key_clauses.llama-2-aup"]


@pytest.mark.parametrize(
    ("guard", "verdict", "asked"),
    [
        (True, "undetermined", ["evidence.key_clauses.mit"]),
        (MAYBE, "undetermined", ["evidence.key_clauses.mit", "evidence.parents"]),
        (False, "allowed", []),
    ],
)
def test_a_text_counts_when_it_is_in_force(guard: Formula, verdict: str, asked: list[str]) -> None:
    beside = Layer(bound("apache-2.0", whole=True))
    found = judged(beside, Layer(bound("mit"), guard))
    assert (found.verdict, [one.path for one in found.questions]) == (verdict, asked)
    assert len(found.obstacles) == len(asked[:1])
    assert judged(Layer(bound("apache-2.0")), Layer(bound("mit"), guard)).verdict == "undetermined"


@settings(deadline=None, derandomize=True, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(facts=declared(), key=st.sampled_from(KEYS), poor=st.booleans())
def test_no_profile_gets_more_than_undetermined(
    facts: tuple[Organization, Use, Organization, Use], key: str, poor: bool
) -> None:
    organization, use = facts[2:] if poor else facts[:2]
    situation = Situation(organization, "main", use, ON)
    whole = assess(Terms((Layer(bound(key, whole=True)),), names=frozenset([key]), evidence=NO_NOTICE), situation)
    found = assess(Terms((Layer(bound(key)),), names=frozenset([key]), evidence=NO_NOTICE), situation)
    assert found.verdict in ("undetermined", "disallowed")
    barred = [one for one in whole.clauses if one.outcome == "barred"]
    assert (found.verdict == "disallowed") is (whole.verdict == "disallowed" and (bool(barred) or not whole.obstacles))
    assert [one.outcome for one in found.clauses] == [one.outcome for one in whole.clauses]
    if found.verdict == "undetermined":
        assert found.worst == "disallowed"
        assert any(one.path == f"evidence.key_clauses.{key}" for one in found.questions)


PROFILE = """
schema: 1
organization: {monthly_active_users: {2023-06: 5}, affiliates: [], agreements: [], claims_against: []}
uses: {main: {purpose: research, acts: [run], audience: none, domains: [translation], received_as: weights}}
"""
WAIVER = """
policy: {fail_on: undetermined}
waivers: [{model: ./m, finding: evidence.key_clauses.mit, by: a@b.example, why: read it, until: 2027-01-01}]
"""
Auditing = Callable[..., Audited]


@pytest.fixture
def audit(tmp_path: Path) -> Auditing:
    """Audit a model whose card names MIT, of which only the key clauses are encoded."""

    def auditing(more: str = "") -> Audited:
        (tmp_path / "m").mkdir(exist_ok=True)
        (tmp_path / "m" / "README.md").write_text("---\nlicense: mit\n---\n", "utf-8")
        (tmp_path / "models.yaml").write_text("schema: 1\nmodels: [{path: m, use: main}]\n", "utf-8")
        (tmp_path / "profile.yaml").write_text(PROFILE + more, "utf-8")
        catalog = MutantCatalog(CATALOG, partial("mit"))
        return audited(tmp_path / "models.yaml", tmp_path / "profile.yaml", catalog, ON)

    return auditing


def test_every_output_says_it_in_words(audit: Auditing) -> None:
    found = audit()
    (use,) = found.report.uses
    told = (
        "only the key clauses of mit are encoded: what bars, what is capped and what must be shown; "
        "a person must read its text"
    )
    assert [one.message for one in use.findings if one.kind == "key-clauses-only"] == [told]
    text = " ".join(render("text", found.report, found.auditor.catalog).split())
    assert f"warning: key-clauses-only: {told}" in text
    assert f"question: evidence.key_clauses.mit: {ASKED}" in text
    page = desk(found, found.report, found.auditor.catalog, load(PROFILE, "p").data)
    assert "key clauses only:" in page
    assert told in page
    assert ASKED in page
    assert json.loads(what_if(found).text)["licenses"]["mit"]["partial"] is True


def test_whoever_asks_is_told_to_have_the_text_read(audit: Auditing) -> None:
    found = audit()
    (step,) = questionnaire(Trial(found, load(PROFILE, "p").data)).steps
    assert (step.path, step.text) == ("evidence.key_clauses.mit", ASKED)
    assert step.todo.startswith("Let counsel read the text")


def test_a_waiver_of_counsel_lets_it_pass(audit: Auditing) -> None:
    assert [use.gate for use in audit("policy: {fail_on: undetermined}").report.uses] == ["fails"]
    assert [use.gate for use in audit(WAIVER).report.uses] == ["waived"]
    assert [use.gate for use in audit(WAIVER.replace("clauses.mit", "clauses.isc")).report.uses] == ["fails"]


def test_explain_says_how_much_was_read() -> None:
    catalog = MutantCatalog(CATALOG, partial("mit"))
    assert "key clauses only" in explain("mit", catalog)
    assert "key clauses only" not in explain("mit", CATALOG)
    sections = len(partial("mit").sections)
    told = f"{sections} of {sections} sections that were read covered; only the key clauses are encoded\n"
    assert explain_coverage("mit", catalog).endswith(told)


def test_what_was_not_read_is_not_compared() -> None:
    whole = compare_licenses("falcon-2-11b-1.0", "mit", CATALOG)
    found = compare_licenses("falcon-2-11b-1.0", "mit", MutantCatalog(CATALOG, partial("mit")))
    assert whole.is_complete
    assert [(one.side, one.text) for one in found.remarks] == [
        ("b", "only the key clauses of mit are encoded: what else it says is not compared")
    ]
    states = [(one.state, other.state) for one, other in zip(whole.clauses, found.clauses, strict=True)]
    assert ("only-a", "not-known") in states
    assert all(one == other or (one, other) == ("only-a", "not-known") for one, other in states)


def test_a_policy_that_was_not_read_to_its_end_is_not_compared_to_its_end() -> None:
    catalog = MutantCatalog(CATALOG, partial("falcon-2-11b-aup"))
    found = compare_licenses("llama-2-community", "falcon-2-11b-1.0", catalog)
    named = "only the key clauses of falcon-2-11b-aup, part of falcon-2-11b-1.0, are encoded"
    assert [(one.side, one.text) for one in found.remarks] == [("b", f"{named}: what else it says is not compared")]
    alone = {one.a.clause: one.state for one in found.clauses if one.a is not None and one.b is None}
    of_policy = {clause for clause in alone if clause.startswith("llama-2-aup/")}
    assert of_policy
    assert of_policy == {clause for clause, state in alone.items() if state == "not-known"} < alone.keys()
