"""The laws of the semantics, on generated profiles and every encoded license.

Licenses are dealt into hands, and each profile is judged under the licenses of one hand: each license meets as many
profiles as there were few licenses, and a profile is made once for several of them.
"""

import random
from collections.abc import Iterable
from datetime import date
from typing import get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from license_audit.engine.binder import Binder
from license_audit.engine.binding import BoundLicense, comparisons
from license_audit.engine.formula import leaves
from license_audit.engine.ground import Atom
from license_audit.engine.judge import assess
from license_audit.engine.situation import EvidenceFacts, Situation
from license_audit.engine.solve import Layer, Terms, outcome_of, solve
from license_audit.model.profile import Organization, Use
from license_audit.model.words import ClauseId, Outcome
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.strategies import declared

CATALOG = PackagedCatalog(ROOT)
BINDER = Binder(CATALOG)
KEYS = [key for key in CATALOG.license_keys() if CATALOG.license(key).kind == "license"]
HANDS = 20
"""Hands into which the licenses are dealt: of 150 profiles each meets seven or eight, however many there are."""
HAND = st.integers(0, min(HANDS, len(KEYS)) - 1).map(lambda hand: KEYS[hand::HANDS])
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
LAWS = settings(deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
Facts = tuple[Organization, Use, Organization, Use]


def terms_of(keys: Iterable[str], *, notice_file: bool | None = False) -> Terms:
    """Terms made of whole licenses."""
    layers = [BINDER.layer(key, guard=True, is_derivative=False) for key in keys]
    names = frozenset(keys)
    return Terms(
        tuple(layer for layer in layers if layer), names=names, evidence=EvidenceFacts(notice_file=notice_file)
    )


@LAWS
@given(facts=declared(), keys=HAND, on=DAYS)
def test_every_clause_has_exactly_one_outcome(facts: Facts, keys: list[str], on: date) -> None:
    _, _, organization, use = facts
    for key in keys:
        terms = terms_of([key], notice_file=None)
        found = assess(terms, Situation(organization, "main", use, on))
        expected = [
            clause.id for layer in terms.layers for part in (layer.bound, *layer.policies) for clause in part.clauses
        ]
        assert sorted(result.clause for result in found.clauses) == sorted(expected)
        assert {result.outcome for result in found.clauses} <= set(get_args(Outcome))


@LAWS
@given(facts=declared(), keys=HAND, on=DAYS)
def test_a_complete_profile_is_decided(facts: Facts, keys: list[str], on: date) -> None:
    """All but what a person has to judge: a clause, or the rest of a text that was read in part."""
    organization, use, _, _ = facts
    for key in keys:
        terms = terms_of([key])
        found = solve(terms, Situation(organization, "main", use, on))
        asked = {leaf.path for leaf in leaves(found.disallowed)} if len(found.verdicts) > 1 else set()
        judged = {path for path in asked if path.startswith("signoff.")}
        assert asked - judged <= terms.unread.keys(), key


@LAWS
@given(facts=declared(), keys=HAND, beside=st.none() | st.sampled_from(KEYS), on=DAYS)
def test_a_definite_answer_holds_for_every_completion(
    facts: Facts, keys: list[str], beside: str | None, on: date
) -> None:
    organization, use, poorer, poorer_use = facts
    for key in keys:
        terms = terms_of(dict.fromkeys([key, beside] if beside else [key]))
        complete = solve(terms, Situation(organization, "main", use, on))
        partial = solve(terms, Situation(poorer, "main", poorer_use, on))
        assert set(complete.verdicts) <= set(partial.verdicts)
        if complete.verdicts != ("disallowed",):
            assert set(partial.owed) <= set(complete.owed)


@LAWS
@given(facts=declared(), on=DAYS, seed=st.integers())
def test_the_order_of_licenses_and_clauses_does_not_matter(facts: Facts, on: date, seed: int) -> None:
    _, _, organization, use = facts
    keys = ["llama-2-community", "falcon-tii-2024-12"]
    situation = Situation(organization, "main", use, on)
    terms = terms_of(keys)
    shuffled = Terms(
        tuple(_shuffled(layer, seed) for layer in reversed(terms.layers)), names=terms.names, evidence=terms.evidence
    )
    one, other = solve(terms, situation), solve(shuffled, situation)
    assert one.verdicts == other.verdicts
    assert set(one.owed) == set(other.owed)


def _shuffled(layer: Layer, seed: int) -> Layer:
    clauses = list(layer.bound.clauses)
    random.Random(seed).shuffle(clauses)  # noqa: S311 - an order, not a secret
    return Layer(BoundLicense(layer.bound.license, tuple(clauses), {}), policies=layer.policies)


@LAWS
@given(facts=declared(), keys=HAND, on=DAYS)
def test_an_exception_that_holds_silences_what_it_excepts(facts: Facts, keys: list[str], on: date) -> None:
    organization, use, _, _ = facts
    for key in keys:
        solution = solve(terms_of([key]), Situation(organization, "main", use, on))
        outcomes = {clause.bound.id: outcome_of(clause) for clause in solution.grounded}
        for clause in CATALOG.license(key).clauses:
            if any(outcomes[ClauseId(f"{key}/{name}")] == "granted" for name in clause.unless):
                assert outcomes[ClauseId(f"{key}/{clause.id}")] not in ("barred", "owed")


@pytest.mark.parametrize("key", KEYS)
def test_nothing_declared_is_never_allowed(key: str) -> None:
    situation = Situation(Organization(), "main", Use(), date(2026, 11, 24))
    found = assess(terms_of([key], notice_file=None), situation)
    if asks_nothing(key):
        assert found.verdict == "allowed"
        return
    assert found.verdict != "allowed"
    assert found.questions


def asks_nothing(key: str) -> bool:
    """Whether a text gives everything away: each act is granted, and what else it says waits for an event."""
    (layer,) = terms_of([key]).layers
    compared = [part for clause in layer.bound.clauses for part in comparisons(clause.when)]
    is_waiting = all(isinstance(part, Atom) and part.fact == "use.events" for part in compared)
    always = [clause for clause in layer.bound.clauses if clause.kind != "grant" and not [*comparisons(clause.when)]]
    return is_waiting and not always and not layer.bound.not_granted
