"""The law of an organization's own policies: they never make an answer milder."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from license_audit.engine import solve as solving
from license_audit.engine.binder import Binder
from license_audit.engine.formula import Formula, Leaf, TooManyCompletionsError, leaves, negate, satisfiable
from license_audit.engine.ground import YES, YES_NO
from license_audit.engine.judge import assess
from license_audit.engine.situation import Situation
from license_audit.engine.solve import Layer, Terms, solve
from license_audit.gate import LADDER
from license_audit.model.profile import Organization, Use
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.strategies import declared

BINDER = Binder(PackagedCatalog(ROOT))
KEYS = BINDER.catalog.license_keys()  # type: ignore[attr-defined]  # the catalog is the packaged one
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
LAWS = settings(deadline=None, derandomize=True, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
Facts = tuple[Organization, Use, Organization, Use]
MAYBE = Leaf("evidence.parents=x", "evidence.parents", YES, YES_NO)


def layer(key: str, *, guard: Formula = True, grants: bool = True) -> Layer:
    """A whole text as a layer of terms."""
    found = BINDER.layer(key, guard=guard, is_derivative=False)
    assert found is not None
    return replace(found, grants=grants)


def without_policies(terms: Terms) -> Terms:
    return replace(terms, layers=tuple(one for one in terms.layers if one.grants))


TERMS = st.builds(
    lambda licenses, house, unknown: Terms(
        (*(layer(key, guard=guard) for key, guard in licenses), *(layer(key, grants=False) for key in house)), unknown
    ),
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from([True, True, MAYBE])), max_size=2, unique_by=lambda one: one[0]
    ),
    st.lists(st.sampled_from(KEYS), min_size=1, max_size=2, unique=True),
    st.sampled_from([False, False, True]),
)
"""Licenses of a model, and other texts taken for policies of the organization's own."""


@LAWS
@given(facts=declared(), terms=TERMS, on=DAYS, whole=st.booleans())
def test_a_policy_of_ones_own_never_makes_an_answer_milder(facts: Facts, terms: Terms, on: date, whole: bool) -> None:
    organization, use, poorer, poorer_use = facts
    situation = Situation(organization if whole else poorer, "main", use if whole else poorer_use, on)
    bare, found = assess(without_policies(terms), situation), assess(terms, situation)
    for milder, graver in ((bare.verdict, found.verdict), (bare.best, found.best), (bare.worst, found.worst)):
        assert LADDER.index(graver) >= LADDER.index(milder)
    assert {one.finding for one in bare.obstacles} <= {one.finding for one in found.obstacles}


@LAWS
@given(facts=declared(), key=st.sampled_from(KEYS), on=DAYS)
def test_a_policy_of_ones_own_permits_nothing_and_needs_no_permission(facts: Facts, key: str, on: date) -> None:
    organization, use, _, _ = facts
    situation = Situation(organization, "main", use, on)
    found = solve(Terms((layer(key, grants=False),)), situation)
    assert found.not_granted == ()
    beside = solve(Terms((layer("apache-2.0"), layer(key, grants=False))), situation)
    assert beside.not_granted == solve(Terms((layer("apache-2.0"),)), situation).not_granted


def test_a_search_that_is_cut_short_makes_nothing_possible_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two licenses one holds, nobody knows which; both bar. The facts of a policy are too many to try."""
    use = Use.model_validate({"purpose": "commercial", "acts": ["run"]})
    situation = Situation(Organization(agreements=(), claims_against=()), "main", use, date(2026, 11, 24))
    licenses = (layer("mistral-mnpl-0.1", guard=MAYBE), layer("mistral-mrl-0.1", guard=negate(MAYBE)))

    def search(formula: Formula) -> bool:
        if any(leaf.path != MAYBE.path for leaf in leaves(formula)):
            raise TooManyCompletionsError
        return satisfiable(formula)

    monkeypatch.setattr(solving, "satisfiable", search)
    assert solve(Terms(licenses), situation).verdict == "disallowed"
    found = solve(Terms((*licenses, layer("llama-2-aup", grants=False))), situation)
    assert (found.verdict, found.verdicts, found.owed) == ("disallowed", ("disallowed",), ())
