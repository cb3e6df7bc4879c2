"""What a person reads of a judgement: outcome, reason, questions, readings, changes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from license_audit.engine import solve as solving
from license_audit.engine.binder import Binder
from license_audit.engine.binding import BoundClause, BoundLicense, bind
from license_audit.engine.formula import TooManyCompletionsError
from license_audit.engine.ground import Atom, Branch, Negation, PolicyTest
from license_audit.engine.judge import assess
from license_audit.engine.questions import question
from license_audit.engine.sentences import sentence
from license_audit.engine.situation import EvidenceFacts, Situation
from license_audit.engine.solve import Layer, Terms, outcome_of, solve
from license_audit.model.condition import All, AnyOf, Defined, Fact, Not, Parameter, PolicyBroken, parameters_in
from license_audit.model.license import Rule
from license_audit.model.profile import Organization, Use
from license_audit.model.report import Assessment
from license_audit.model.words import ClauseId, ClauseKind
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

CATALOG = PackagedCatalog(ROOT)
BINDER = Binder(CATALOG)
ON = date(2026, 11, 24)
RUN = {"acts": ["run"], "audience": "none"}
CLEAN = {"agreements": [], "claims_against": [], "monthly_active_users": {"at_most": 5}}


def terms(*keys: str) -> Terms:
    """Whole licenses."""
    layers = (BINDER.layer(key, guard=True, is_derivative=False) for key in keys)
    return Terms(
        tuple(layer for layer in layers if layer), names=frozenset(keys), evidence=EvidenceFacts(notice_file=False)
    )


def situation(organization: dict[str, Any], use: dict[str, Any]) -> Situation:
    """A situation on the day of the tests."""
    return Situation(Organization.model_validate(organization), "main", Use.model_validate(use), ON)


def judged(key: str, organization: dict[str, Any], use: dict[str, Any]) -> Assessment:
    """One license in one situation."""
    return assess(terms(key), situation(organization, use))


def changed(found: Assessment) -> list[str]:
    """What would change a verdict."""
    return [change.what for change in found.changes]


def test_allowed_names_the_grant() -> None:
    found = judged("apache-2.0", CLEAN, RUN)
    assert (found.verdict, found.decisive) == ("allowed", ("apache-2.0/2",))
    assert not found.questions
    assert not found.changes


def test_conditional_says_what_to_do() -> None:
    found = judged("mit", {}, {"acts": ["distribute-weights"]})
    assert (found.verdict, found.owed) == ("conditional", ("mit/notice",))
    assert changed(found) == ["do what is owed and record it under fulfils"]


def test_a_record_for_one_license_does_not_count_for_another() -> None:
    use = {"acts": ["distribute-weights"], "fulfils": [{"license-copy": ["apache-2.0"]}, "attribution-notices"]}
    assert judged("apache-2.0", CLEAN, use).verdict == "allowed"
    assert judged("mit", CLEAN, use).verdict == "conditional"


def test_a_single_clause_can_be_shown_done() -> None:
    assert judged("mit", {}, {"acts": ["distribute-weights"], "fulfils": ["mit/notice"]}).verdict == "allowed"


def test_disallowed_says_what_would_help() -> None:
    use = {"acts": ["run"], "purpose": "commercial", "environment": "production", "audience": "none"}
    found = judged("mistral-mnpl-0.1", CLEAN | {"kind": "company"}, use)
    assert (found.verdict, found.decisive) == ("disallowed", ("mistral-mnpl-0.1/3.2/1",))
    assert changed(found) == ["hold a separate license of the licensor"]


def test_two_facts_have_to_change_together_when_one_is_not_enough() -> None:
    use = RUN | {"domains": ["military", "malware"], "received_as": "weights"}
    found = judged("llama-2-community", CLEAN | {"monthly_active_users": {"2023-06": 800_000_000}}, use)
    assert changed(found) == ["change organization.agreements and uses.main.domains together"]
    assert found.changes[0].verdict == "undetermined"


def test_one_fact_that_is_enough_is_named() -> None:
    use = {"acts": ["run"], "domains": ["military", "customer-service"], "audience": "none"}
    assert changed(judged("llama-2-community", CLEAN, use)) == ["leave military out of uses.main.domains"]
    training = {"acts": ["run", "distill"], "outputs": {"train_models": "other-llm"}, "domains": [], "audience": "none"}
    assert changed(judged("llama-2-community", CLEAN, training)) == [
        "leave distill out of uses.main.acts",
        "make uses.main.outputs.train_models none (now other-llm)",
        "make uses.main.outputs.train_models same-family (now other-llm)",
    ]
    doctor = {"acts": ["run"], "domains": ["medical-advice"], "licensed_practice": "false", "audience": "none"}
    assert "make uses.main.licensed_practice true (now false)" in changed(judged("llama-2-community", CLEAN, doctor))
    earning = {"acts": ["run"], "attributable_revenue": {"currency": "USD", "at_least": 5}}
    told = changed(judged("falcon-llm-1.0", CLEAN, earning))
    assert told == ["hold a separate license of the licensor", "bring uses.main.attributable_revenue down to 0"]


def test_three_bars_at_once_are_too_many_to_promise_anything() -> None:
    training = {"acts": ["run", "distill"], "outputs": {"train_models": "other-llm"}, "received_as": "weights"}
    use = RUN | training | {"domains": ["military", "malware"]}
    found = judged("llama-2-community", CLEAN | {"monthly_active_users": {"2023-06": 800_000_000}}, use)
    assert (found.verdict, found.changes) == ("disallowed", ())


def test_nothing_helps_against_a_lawsuit() -> None:
    suit = {"against": "Meta", "about": "llama-2-community", "on": "2024-01-01"}
    found = judged("llama-2-community", CLEAN | {"claims_against": [suit]}, RUN | {"domains": []})
    assert (found.verdict, found.changes) == ("disallowed", ())


def test_an_act_that_no_clause_grants_is_not_granted() -> None:
    mit = BINDER.bound("mit")
    assert mit is not None
    nothing = BoundLicense(mit.license, mit.clauses[1:], {})
    found = assess(Terms((Layer(nothing),)), situation({}, RUN))
    assert (found.verdict, found.decisive) == ("disallowed", ("mit: run",))
    assert found.reason == "No clause grants this act (mit: run)."
    undeclared = assess(Terms((Layer(nothing),)), situation({}, {}))
    assert "uses.main.acts" in {question.path for question in undeclared.questions}


def clause_of(kind: ClauseKind, when: Atom | Branch | Negation | PolicyTest) -> BoundClause:
    """A clause made for one test."""
    mit = BINDER.bound("mit")
    assert mit is not None
    base = mit.clauses[0]
    rule = Rule.model_validate(
        {
            "rule": "made-up",
            "kind": kind,
            "title": "t",
            "meaning": "m",
            "question": "Is it?",
            "remedy": "r",
            "when": WHEN,
        }
    )
    return BoundClause(ClauseId(f"mit/made-{kind}-{sentence(when)}"), base.clause, rule, (), when)


WHEN = {"fact": "use.purpose", "op": "is", "value": "research"}
RESEARCH = Atom("use.purpose", "is", values=("research",))


def test_a_clause_that_a_person_must_judge_stays_open_until_signed() -> None:
    mit = BINDER.bound("mit")
    assert mit is not None
    made = clause_of("judgement", RESEARCH)
    judging = Terms((Layer(BoundLicense(mit.license, (*mit.clauses, made), {})),))
    found = assess(judging, situation({}, RUN | {"purpose": "research"}))
    assert (found.verdict, found.best, found.worst) == ("undetermined", "allowed", "disallowed")
    assert {result.outcome for result in found.clauses if result.rule == "made-up"} == {"review"}
    assert [question.text for question in found.questions] == ["A person must judge this clause."]
    silent = solve(judging, situation({}, RUN | {"purpose": "personal"}))
    assert outcome_of(silent.grounded[-1]) == "not-applicable"
    assert silent.verdict == "allowed"


def test_a_verdict_that_every_completion_shares_is_definite() -> None:
    mit = BINDER.bound("mit")
    assert mit is not None
    either = (clause_of("bar", RESEARCH), clause_of("bar", Negation(RESEARCH)))
    found = assess(Terms((Layer(BoundLicense(mit.license, (*mit.clauses, *either), {})),)), situation({}, RUN))
    assert found.verdict == "disallowed"
    assert found.reason == "Whatever the open facts are, some clause bars it."


def test_a_search_that_is_cut_short_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(_: object) -> bool:
        raise TooManyCompletionsError

    monkeypatch.setattr(solving, "satisfiable", give_up)
    found = judged("llama-2-community", {}, {})
    assert found.capped
    assert found.verdict == "undetermined"


def test_readings_stand_beside_the_verdict_where_they_matter() -> None:
    own = {"2023-06": 800_000_000}
    sister = {"name": "Sister", "monthly_active_users": {"2023-06": 400_000_000}}
    facts = CLEAN | {"monthly_active_users": own, "affiliates": [sister]}
    (reading,) = judged("llama-2-community", facts, RUN | {"domains": []}).readings
    assert (reading.clause, reading.name, reading.verdict) == ("llama-2-community/2", "any", "allowed")


def test_questions_come_most_decisive_first() -> None:
    found = judged("llama-2-community", {}, RUN)
    assert found.questions[0].decides
    assert {question.path for question in found.questions} == {
        "organization.monthly_active_users.2023-06",
        "organization.claims_against",
        "uses.main.domains",
        "uses.main.licensed_practice",
        "uses.main.consents_held",
        "uses.main.received_as",
        "organization.agreements",
    }
    assert all(question.text.endswith((")", "?")) for question in found.questions)


def test_a_rule_is_bound_to_its_parameters() -> None:
    fact = Fact.model_validate({"fact": "use.purpose", "op": "one-of", "value": {"parameter": "purposes"}})
    policy = PolicyBroken(policy=Parameter(parameter="policy"))
    condition = All(all=(fact, AnyOf(any=(Not.model_validate({"not": fact}), Defined(defined="modifies"), policy))))
    assert parameters_in(condition) == {"purposes", "policy"}
    bound = bind(condition, {"purposes": ["research"], "policy": "p"}, CATALOG)
    modifies = bind(CATALOG.definition("modifies").when, {}, CATALOG)
    assert bound == Branch(
        conjunction=True,
        parts=(
            RESEARCH_ONE_OF,
            Branch(conjunction=False, parts=(Negation(RESEARCH_ONE_OF), modifies, PolicyTest("p"))),
        ),
    )


RESEARCH_ONE_OF = replace(RESEARCH, op="one-of")


def test_a_flag_compares_with_the_words_of_yaml() -> None:
    fact = Fact.model_validate({"fact": "use.consents_held", "op": "is", "value": "true"})
    assert bind(fact, {}, CATALOG) == Atom("use.consents_held", "is", values=("true",))
    plain = Fact(fact="use.consents_held", op="is", value=True)
    assert bind(plain, {}, CATALOG) == Atom("use.consents_held", "is", values=("true",))


def test_conditional_says_what_may_be_owed_as_well() -> None:
    found = assess(
        replace(terms("apache-2.0"), evidence=EvidenceFacts()), situation(CLEAN, {"acts": ["distribute-derivative"]})
    )
    assert found.verdict == "conditional"
    assert found.reason.endswith("Open is whether this is owed, too: Contents of the NOTICE file live on.")
    assert [question.path for question in found.questions] == ["evidence.notice_file"]


def test_undetermined_asks_in_words() -> None:
    found = judged("llama-2-community", {}, {"acts": ["run"]})
    assert found.reason.startswith("Not decided before this is answered: ")
    assert "?" in found.reason
    assert "organization." not in found.reason
    assert found.reason.endswith("…")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("organization.annual_revenue.2025", "How much revenue did the whole group have in 2025?"),
        ("organization.annual_revenue", "How much revenue did the whole group have in any twelve months?"),
        ("use.acts", "What is done with the model?"),
        ("signoff.a/1", "A person must judge this clause."),
        ("use.attributable_revenue", None),
        ("use.actsofgod", None),
    ],
)
def test_one_question_for_each_fact(path: str, text: str | None) -> None:
    assert question(path) == text


def test_a_registration_that_was_not_made_is_among_what_would_change_the_answer() -> None:
    use = RUN | {"purpose": "commercial", "fulfils": [], "domains": ["customer-service"]}
    found = judged("chatglm3-6b", {"kind": "company", "agreements": (), "claims_against": ()}, use)
    assert found.verdict == "disallowed"
    assert "do what registration means and record it under uses.main.fulfils" in changed(found)


def test_a_fact_that_nobody_declared_is_not_changed() -> None:
    """Outputs alone bar here; where the model is run is unknown and no way out."""
    use = RUN | {"purpose": "internal-business", "audience": "employees", "outputs": {"used_in": ["FR"]}}
    found = judged("tencent-hunyuan-large", {"kind": "company", "agreements": ()}, use)
    assert found.verdict == "disallowed"
    assert not [what for what in changed(found) if "operated_in" in what and "now" in what]
