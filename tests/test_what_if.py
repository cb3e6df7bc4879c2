"""The data of the what-if: what stands in it, each thing once, and safe to be put into a page."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from license_audit.audit import Audited, audited
from license_audit.engine.formula import Cut, Leaf, any_of, negate
from license_audit.engine.solve import Terms
from license_audit.model.profile import Profile
from license_audit.readers.catalog import PackagedCatalog
from license_audit.what_if import WhatIfData, embedded, profile_data, what_if
from tests.conftest import ROOT

ON = date(2026, 11, 24)
PROFILE = """
schema: 1
organization:
  founded: 2019-05-01
  monthly_active_users: {2023-06: 1_200_000.50, at_most: 5e6}
  exchange_rates: {EUR: {USD: 1.08}}
  agreements: []
uses:
  shop: {acts: [run], description: "</script><script>&\u2028", fulfils: [credit]}
  lab: {acts: {items: [run], open: true}, obtained_on: 2023-05-28}
"""


@pytest.fixture
def audit(tmp_path: Path, catalog: PackagedCatalog) -> Audited:
    """Llama 2 in both uses, another of its sizes in the first, and Falcon in the second."""
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    models = [
        "{id: meta-llama/Llama-2-7b-chat-hf, use: [shop, lab]}",
        "{id: meta-llama/Llama-2-13b-chat-hf, use: [shop]}",
        "{id: tiiuae/falcon-7b, use: [lab]}",
    ]
    (tmp_path / "models.yaml").write_text(f"schema: 1\nmodels: [{', '.join(models)}]\n", encoding="utf-8")
    return audited(tmp_path / "models.yaml", tmp_path / "profile.yaml", catalog, ON)


def data_of(audit: Audited) -> dict[str, Any]:
    """The data of an audit."""
    data: dict[str, Any] = json.loads(what_if(audit).text)
    return data


def test_each_use_of_the_report_has_its_analysis(audit: Audited) -> None:
    data, numbers = data_of(audit), what_if(audit).analyses
    assert len(numbers) == len(audit.report.uses)
    for use, number in zip(audit.report.uses, numbers, strict=True):
        analysis = data["analyses"][number]
        work = [line for line in analysis["copies"] if line[0] <= "2023-05-28"][-1][1]
        terms, names, meant = data["works"][work]
        assert {layer["key"] for layer in data["terms"][terms]["layers"]} <= meant.keys()
        assert analysis["use"] == use.use
        assert use.model.lower() in names
        assert tuple(layer["key"] for layer in data["terms"][terms]["layers"]) == use.assessment.terms


def test_models_under_the_same_terms_share_them(audit: Audited) -> None:
    data = data_of(audit)
    keys = [[layer["key"] for layer in terms["layers"]] for terms in data["terms"]]
    under_llama = [work for work in data["works"] if keys[work[0]] == ["llama-2-community"]]
    assert len(under_llama) == 2
    assert under_llama[0][0] == under_llama[1][0]
    assert set(data["licenses"]) == {"llama-2-community", "llama-2-aup", "falcon-llm-1.0", "apache-2.0"}


def test_the_terms_follow_the_day_of_the_copy(audit: Audited) -> None:
    """Falcon came under its own license, and from the last day of May 2023 on under Apache 2.0; both were read."""
    data = data_of(audit)
    copies = data["analyses"][what_if(audit).analyses[-1]]["copies"]
    keys = {
        first_day: [[layer["key"] for layer in data["terms"][data["works"][work][0]]["layers"]], later is not None]
        for first_day, work, later in copies
    }
    assert keys == {
        "": [["falcon-llm-1.0", "apache-2.0"], False],
        "0001-01-01": [[], False],
        "2023-05-25": [["falcon-llm-1.0"], True],
        "2023-05-31": [["apache-2.0"], False],
    }
    later = next(line[2] for line in copies if line[2] is not None)
    assert data["terms"][data["works"][later][0]]["layers"] == [{"key": "apache-2.0"}]


def test_a_copy_of_an_unknown_day_comes_under_terms_with_dates(audit: Audited) -> None:
    guards = [layer["guard"] for terms in data_of(audit)["terms"] for layer in terms["layers"] if "guard" in layer]
    since = {"variable": "use.obtained_on", "number": "20230531", "inclusive": True}
    assert guards == [since | {"negated": True}, since]


def test_conditions_are_spelled_out_with_their_parameters(audit: Audited) -> None:
    data = data_of(audit)
    clauses = {clause["id"]: clause for clause in data["licenses"]["llama-2-community"]["clauses"]}
    line = {"fact": "organization.monthly_active_users", "op": "more-than", "number": "700000000"}
    month = {"time": "fixed-month", "month": "2023-06"}
    assert clauses["2"]["when"] == line | month
    assert clauses["2"]["unless"] == ["1.b.ii"]
    assert clauses["2"]["cure"] == "separate-license"
    (other,) = clauses["2"]["alternatives"]
    assert other["when"] == line | month | {"whose": "licensee-or-affiliates-any"}
    assert other["reading"]["name"] == "any"
    assert "acts" not in other
    assert clauses["1.b.iv"]["when"] == {"policy": "llama-2-aup"}
    assert "when" not in clauses["1.a"]
    assert clauses["1.a"]["gist"].startswith("Use, copying, distribution")


def test_what_a_formula_looks_like() -> None:
    parent = Leaf("evidence.parents=a/b", "evidence.parents", frozenset({"yes"}), ("yes", "no"))
    dated = Leaf("use.obtained_on", "use.obtained_on", Cut(Decimal("5.50"), inclusive=False))
    made = WhatIfData(ON, Profile.model_validate({"schema": "1"}))
    made.work(Terms((), any_of(parent, negate(dated))))
    (terms,) = made.data()["terms"]
    assert terms["unknown"] == {
        "any": [
            {
                "variable": "evidence.parents=a/b",
                "path": "evidence.parents",
                "values": ["yes"],
                "domain": ["yes", "no"],
            },
            {"variable": "use.obtained_on", "number": "5.50", "negated": True},
        ]
    }


def test_facts_come_with_their_sort_and_their_words(audit: Audited) -> None:
    kinds = data_of(audit)["kinds"]
    assert kinds["use.attributable_revenue"] == {"name": "amount", "money": True}
    assert kinds["organization.monthly_active_users"] == {"name": "amount"}
    assert kinds["use.received_as"] == {"name": "choice", "values": ["weights", "integrated-product"]}
    assert kinds["use.acts"]["words"][0] == "run"


def test_a_profile_is_told_without_what_it_does_not_declare() -> None:
    data = {
        "schema": "1",
        "organization": {"monthly_active_users": {"2023-06": "1200000.50", "at_most": "5E+6"}, "founded": "2019-05-01"},
        "uses": {"lab": {"acts": {"items": ["run"], "open": True}, "consents_held": False}},
    }
    told = profile_data(Profile.model_validate(data))
    assert told["organization"] == {
        "founded": "2019-05-01",
        "monthly_active_users": {"at_most": "5000000", "figures": [["2023-06", "1200000.50"]]},
        "exchange_rates": {},
    }
    assert told["uses"]["lab"] == {
        "acts": {"items": ["run"], "open": True},
        "consents_held": False,
        "derivative": {},
        "events": {"items": [], "open": False},
        "outputs": {"trained_model": {}},
    }


def test_the_data_is_the_same_again(audit: Audited) -> None:
    assert what_if(audit) == what_if(audit)


def test_nothing_in_the_data_ends_its_element(audit: Audited) -> None:
    made = what_if(audit).text
    held = embedded(made)
    assert json.loads(held) == json.loads(made)
    assert json.loads(held)["profile"]["uses"]["shop"]["description"] == "</script><script>&\u2028"
    assert not set("<>&\u2028\u2029") & set(held)
    assert embedded('"\u2028\u2029"') == '"\\u2028\\u2029"'


def test_an_audit_with_rules_of_its_own() -> None:
    """A policy of the organization stands among the layers, and gives no permission."""
    folder = ROOT / "examples" / "house-rules"
    catalog = PackagedCatalog(rules=folder)
    data = data_of(audited(folder / "models.yaml", folder / "profile.yaml", catalog, ON))
    house = [layer for terms in data["terms"] for layer in terms["layers"] if layer["key"] == "acme-house"]
    assert len(house) == len(data["terms"])
    assert {layer["grants"] for layer in house} == {False}
    assert data["licenses"]["acme-weights"]["not_granted"] == ["distribute-weights", "distribute-derivative"]
    aged = [terms["evidence"]["age_in_months"] for terms in data["terms"] if "age_in_months" in terms["evidence"]]
    assert aged
    assert all(isinstance(age["at_most"], str) for age in aged)
