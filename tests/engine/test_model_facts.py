"""What an organization's own rules may ask of a model."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from license_audit.engine.binder import Binder
from license_audit.engine.ground import Atom, ground_atom
from license_audit.engine.lineage import MAX_DEPTH, resolve
from license_audit.engine.model_facts import DEGREES
from license_audit.engine.own_terms import Moment
from license_audit.engine.situation import EvidenceFacts, Situation, facts, kind_of
from license_audit.model.evidence import DataSource, Evidence, FoundText, Origin, Parent
from license_audit.model.profile import Organization, Use
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

ON = date(2026, 11, 26)
CATALOG = PackagedCatalog(ROOT, ROOT / "examples" / "house-rules")
ALPACA = DataSource(name="tatsu-lab/alpaca", basis="declared")
DOLLY = DataSource(name="databricks/databricks-dolly-15k", basis="declared")


def look(evidence: Evidence, obtained: date | None = None, on: date = ON) -> EvidenceFacts:
    """The facts of a model."""
    return resolve(evidence, Binder(CATALOG), Moment(on, obtained)).terms.evidence


def parent(model: str, relation: Any = "fine-tune", basis: Any = "declared", **keys: Any) -> Parent:
    """A parent of a model."""
    return Parent(evidence=Evidence(model=model, **keys), relation=relation, basis=basis)


def test_nobody_looks_where_no_rule_asks(catalog: PackagedCatalog) -> None:
    evidence = Evidence(model="mistralai/Mistral-7B-v0.1", notice_file=True)
    found = resolve(evidence, Binder(catalog), Moment(ON, None)).terms.evidence
    assert found == EvidenceFacts(notice_file=True)
    assert look(evidence).notice_file is True


@pytest.mark.parametrize(
    ("own", "above", "relation", "expected"),
    [
        (False, True, "fine-tune", True),
        (False, None, "fine-tune", None),
        (False, False, "fine-tune", False),
        (True, None, "fine-tune", True),
        (None, True, "fine-tune", True),
        (False, True, "train-on-outputs", False),
        (False, None, "train-on-outputs", False),
    ],
)
def test_a_notice_of_what_went_into_a_model_counts(
    catalog: PackagedCatalog, own: bool | None, above: bool | None, relation: str, expected: bool | None
) -> None:
    base = parent("lab/base", relation, declared=("apache-2.0",), notice_file=above)
    child = Evidence(model="lab/child", declared=("apache-2.0",), notice_file=own, parents=(base,))
    assert resolve(child, Binder(catalog), Moment(ON, None)).terms.evidence.notice_file is expected
    assert look(child).notice_file is expected


UNKNOWN = tuple(degree for degree in DEGREES if degree != "api")


@pytest.mark.parametrize(
    ("evidence", "possible"),
    [
        (Evidence(model="a/b", declared=("apache-2.0",)), ("open",)),
        (Evidence(model="a/b", declared=("gemma-tou-2024-04-01",)), ("community",)),
        (Evidence(model="a/b", declared=("cc-by-nc-4.0",)), ("non-commercial",)),
        (Evidence(model="a/b"), UNKNOWN),
        (Evidence(model="openai:gpt-4", provider="openai"), ("api",)),
        # the child's license is known, the parent's is not: no more open than the child's
        (
            Evidence(model="a/b", declared=("cc-by-nc-4.0",), parents=(parent("c/d"),)),
            ("non-commercial", "research-only"),
        ),
        # a parent that is only stated may be none
        (
            Evidence(
                model="a/b", declared=("mit",), parents=(parent("c/d", basis="stated", declared=("cc-by-nc-4.0",)),)
            ),
            ("open", "non-commercial"),
        ),
        (
            Evidence(
                model="a/b", declared=("cc-by-nc-4.0",), parents=(parent("c/d", basis="stated", declared=("mit",)),)
            ),
            ("non-commercial",),
        ),
        (
            Evidence(
                model="a/b",
                declared=("mit",),
                parents=(parent("c/d", basis="stated", declared=("gemma-tou-2024-04-01",)),),
            ),
            ("open", "community"),
        ),
        # a license of the SPDX list whose openness nobody wrote down
        (Evidence(model="a/b", texts=(FoundText(file="LICENSE", key="HPND", status="unaltered"),)), UNKNOWN),
    ],
)
def test_openness(evidence: Evidence, possible: tuple[str, ...]) -> None:
    found = look(evidence)
    assert found.possible == possible
    assert found.openness == (possible[0] if len(possible) == 1 else None)


def test_openness_by_the_day_of_the_copy() -> None:
    falcon = Evidence(model="tiiuae/falcon-7b")
    assert look(falcon).possible == ("open", "community")
    assert look(falcon, date(2023, 5, 28)).possible == ("community",)
    assert look(falcon, date(2024, 5, 20)).possible == ("open",)


def test_licenses_of_which_one_is_not_known_to_be_open_are_not_open() -> None:
    texts = tuple(FoundText(file=key, key=key, status="unaltered") for key in ("apache-2.0", "HPND"))
    found = resolve(Evidence(model="a/b", texts=texts), Binder(CATALOG), Moment(ON, None))
    assert (found.licenses, found.is_known, found.openness) == (("apache-2.0", "HPND"), True, None)
    assert found.terms.evidence.possible == UNKNOWN


@pytest.mark.parametrize(
    ("possible", "wanted", "expected"),
    [
        (("open",), ("open", "permissive"), True),
        (("community",), ("open", "permissive"), False),
        (("open", "permissive"), ("open", "permissive"), True),
        (("community", "research-only"), ("open", "permissive"), False),
        (("open", "community"), ("open", "permissive"), None),
    ],
)
def test_openness_is_decided_as_soon_as_it_can_be(
    possible: Any, wanted: tuple[str, ...], expected: bool | None
) -> None:
    situation = Situation(Organization(), "main", Use(), ON, EvidenceFacts(possible=possible))
    found = ground_atom(Atom("evidence.openness", "one-of", wanted), situation)
    assert (found if isinstance(found, bool) else None) is expected


@pytest.mark.parametrize(
    ("evidence", "publisher"),
    [
        (Evidence(model="meta-llama/x"), "Meta"),
        (Evidence(model="old/x", renamed="meta-llama/x"), "Meta"),
        (Evidence(model="acme-labs/router-1"), "Acme GmbH"),
        (Evidence(model="nobody/x"), None),
        (Evidence(model="meta-llama/x", origin=Origin(source="folder", is_named=False)), None),
    ],
)
def test_publisher(evidence: Evidence, publisher: str | None) -> None:
    assert look(evidence).publisher == publisher


@pytest.mark.parametrize(
    ("model", "on", "bounds"),
    [
        # first offered on 27 September 2023
        ("mistralai/Mistral-7B-v0.1", date(2026, 9, 26), (35, 35)),
        ("mistralai/Mistral-7B-v0.1", date(2026, 9, 27), (36, 36)),
        ("mistralai/Mistral-7B-v0.1", date(2023, 9, 27), (0, 0)),
        ("mistralai/Mistral-7B-v0.1", date(2020, 1, 1), (0, 0)),
    ],
)
def test_age(model: str, on: date, bounds: tuple[int, int]) -> None:
    age = look(Evidence(model=model), on=on).age_in_months
    assert age is not None
    assert (age.at_least, age.at_most) == tuple(map(Decimal, bounds))


@pytest.mark.parametrize(
    ("since", "bounds"),
    [("2025-09", (13, 14)), ("2025", (10, 22)), ("2025-11-26", (12, 12)), ("2024-02", (32, 33)), ("2026-11", (0, 0))],
)
def test_age_of_what_is_dated_by_month_or_year(tmp_path: Path, since: str, bounds: tuple[int, int]) -> None:
    text = (
        "schema: 1\npublisher: We\nmodels: {we/a: {terms: [{license: mit, since: '%s', source: s, confidence: low}]}}\n"
    )
    (tmp_path / "licenses" / "models").mkdir(parents=True)
    (tmp_path / "licenses" / "models" / "we.yaml").write_text(text % since, encoding="utf-8")
    policy = (ROOT / "examples/house-rules/licenses/acme-house.yaml").read_text(encoding="utf-8")
    (tmp_path / "licenses" / "house.yaml").write_text(policy.replace("acme-house", "house"), encoding="utf-8")
    for rule in (ROOT / "examples/house-rules/rules").glob("*.yaml"):
        (tmp_path / "rules").mkdir(exist_ok=True)
        (tmp_path / "rules" / rule.name).write_text(rule.read_text(encoding="utf-8"), encoding="utf-8")
    catalog = PackagedCatalog(ROOT, tmp_path)
    age = resolve(Evidence(model="we/a"), Binder(catalog), Moment(ON, None)).terms.evidence.age_in_months
    assert age is not None
    assert (age.at_least, age.at_most) == tuple(map(Decimal, bounds))


def test_no_model_is_older_than_its_ancestors() -> None:
    old, young = "mistralai/Mistral-7B-v0.1", "mistralai/Mistral-7B-Instruct-v0.3"
    one = look(Evidence(model="a/b", parents=(parent(old),))).age_in_months
    assert one is not None
    assert (one.at_least, one.at_most) == (None, Decimal(37))
    both = look(Evidence(model="a/b", parents=(parent(old), parent(young)))).age_in_months
    assert both is not None
    assert (both.at_least, both.at_most) == (None, Decimal(30))
    assert look(Evidence(model="a/b", parents=(parent(old, basis="stated"),))).age_in_months is None
    assert look(Evidence(model="a/b")).age_in_months is None


def data(*sources: DataSource, disclosed: bool | None = True, **keys: Any) -> EvidenceFacts:
    """The facts of a model trained on data."""
    return look(Evidence(model="a/b", declared=("mit",), data=sources, data_disclosed=disclosed, **keys))


@pytest.mark.parametrize(
    ("sources", "items", "is_open"),
    [
        ((ALPACA,), ("non-commercial", "generator-terms"), False),
        ((DOLLY,), ("share-alike",), False),
        ((ALPACA, DOLLY), ("non-commercial", "generator-terms", "share-alike"), False),
        ((DataSource(name="openai", basis="declared"),), ("generator-terms",), False),
        ((DataSource(name="we/own", basis="declared", declared=("mit",)),), (), False),
        ((DataSource(name="we/own", basis="declared", declared=("cc-by-nc-4.0",)),), ("non-commercial",), False),
        ((DataSource(name="we/own", basis="declared", declared=("gemma-tou-2024-04-01",)),), ("own-terms",), False),
        # what nobody knows leaves it open
        ((DataSource(name="we/own", basis="declared"),), (), True),
        ((DataSource(name="we/own", basis="declared", declared=("mit", "what")),), (), True),
        ((DataSource(name="we/own", basis="declared", declared=("llama-2-aup",)),), (), True),
        # what is only stated is not certain
        ((DataSource(name="tatsu-lab/alpaca", basis="stated"),), (), True),
        ((DataSource(name="we/own", basis="stated", declared=("mit",)),), (), False),
    ],
)
def test_limits_of_training_data(sources: tuple[DataSource, ...], items: tuple[str, ...], is_open: bool) -> None:
    found = data(*sources).data_limits
    assert found is not None
    assert (found.items, found.open) == (items, is_open)


def test_data_of_ancestors_counts() -> None:
    above = {"declared": ("mit",), "data": (ALPACA,), "data_disclosed": True}
    certain = data(parents=(parent("c/d", **above),))
    assert certain.data_limits is not None
    assert (certain.data_limits.items, certain.data_limits.open) == (("non-commercial", "generator-terms"), False)
    stated = data(parents=(parent("c/d", basis="stated", **above),))
    assert stated.data_limits is not None
    assert (stated.data_limits.items, stated.data_limits.open) == ((), True)
    by_outputs = data(parents=(parent("c/d", "distill", **above, parents=(parent("e/f"),)),))
    assert by_outputs.data_limits is not None
    assert (by_outputs.data_limits.items, by_outputs.data_limits.open) == ((), False)
    unread = data(parents=(parent("c/d"),))
    assert unread.data_limits is not None
    assert (unread.data_limits.items, unread.data_limits.open) == ((), True)


def test_a_lineage_that_is_followed_no_further_leaves_its_data_open() -> None:
    above = parent("m/0", declared=("mit",), data_disclosed=True)
    for number in range(1, MAX_DEPTH + 2):
        above = parent(f"m/{number}", declared=("mit",), data_disclosed=True, parents=(above,))
    found = data(parents=(above,))
    assert found.data_limits is not None
    assert (found.data_limits.open, found.data_disclosed) == (True, None)


@pytest.mark.parametrize(
    ("own", "above", "disclosed"),
    [(True, True, True), (True, False, False), (False, None, False), (True, None, None), (None, True, None)],
)
def test_whether_data_is_disclosed(own: bool | None, above: bool | None, disclosed: bool | None) -> None:
    found = data(disclosed=own, parents=(parent("c/d", declared=("mit",), data_disclosed=above),))
    assert found.data_disclosed is disclosed


def test_every_fact_has_a_path() -> None:
    for path in facts():
        assert kind_of(path).name
    assert {"use.tags", "evidence.openness", "use.outputs.train_models", "organization.agreements"} <= set(facts())
    assert "evidence.possible" not in facts()
    with pytest.raises(LookupError, match=r"evidence\.possible is no single fact"):
        kind_of("evidence.possible")


@pytest.mark.parametrize("declared", [(), None])
def test_a_flag_that_is_wanted_false(declared: Any) -> None:
    situation = Situation(Organization(agreements=declared, claims_against=declared), "main", Use(), ON)
    for fact in ("organization.agreements", "organization.claims_against"):
        wanted, unwanted = (ground_atom(Atom(fact, "is", (word,)), situation) for word in ("true", "false"))
        if declared is None:
            assert not isinstance(wanted, bool)
            assert not isinstance(unwanted, bool)
            assert wanted != unwanted
        else:
            assert (wanted, unwanted) == (False, True)
