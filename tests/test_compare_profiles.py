"""Two profiles, or two reports: what changed, and what it changed."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from license_audit.audit import run
from license_audit.compare import Ask, compare
from license_audit.compare_facts import changed_facts, declared, shown
from license_audit.compare_profiles import NO_MANIFEST
from license_audit.compare_uses import Causes
from license_audit.engine.binder import Binder
from license_audit.errors import AuditError
from license_audit.model.comparison import Comparison, OutcomePair, Row, UseComparison
from license_audit.model.profile import Profile
from license_audit.model.report import Evaluated, FactUsed
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.outputs import samples

CATALOG = PackagedCatalog(ROOT)
ON = date(2026, 11, 24)
OLD = """
schema: 1
organization:
  kind: company
  monthly_active_users: {2023-06: 1_200_000, at_most: 5_000_000}
  agreements: []
  claims_against: []
uses:
  shop:
    purpose: commercial
    environment: production
    acts: [run, build-product]
    audience: public
    domains: [customer-service]
    received_as: weights
    outputs: {train_models: none}
    derivative: {public_statements: false}
    fulfils: [danger-disclosure]
"""
MANIFEST = """
schema: 1
models:
  - {id: meta-llama/Llama-2-7b-hf, use: shop}
  - {id: tiiuae/falcon-180B, use: shop}
"""
LIMIT, COPY, DANGER = "llama-2-community/2", "llama-2-community/1.b.i", "llama-2-aup/4"


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a profile and a manifest."""
    (tmp_path / "old.yaml").write_text(OLD)
    (tmp_path / "models.yaml").write_text(MANIFEST)
    return tmp_path


def compared(folder: Path, *changes: tuple[str, str], **more: Any) -> Comparison:
    """The profile beside one in which some words are replaced."""
    text = OLD
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (folder / "new.yaml").write_text(text)
    options = {"manifest": folder / "models.yaml", **more}
    return compare(Ask(str(folder / "old.yaml"), str(folder / "new.yaml"), ON, **options), CATALOG)


def answer(found: Comparison, model: str) -> UseComparison:
    """What is said of a model."""
    return next(one for one in found.uses if model in one.model)


def outcome(use: UseComparison, clause: str) -> OutcomePair:
    """What is said of a clause."""
    return next(one for one in use.clauses if clause in (one.a, one.b))


def causes(use: UseComparison, clause: str) -> list[tuple[str, str | None, str | None]]:
    """The facts that are said to have changed the outcome of a clause."""
    return [(row.what, row.a, row.b) for row in outcome(use, clause).facts]


def test_a_profile_does_not_differ_from_itself(files: Path) -> None:
    found = compared(files)
    assert not found.differs
    assert (found.facts, len(found.uses)) == ((), 2)
    assert [(one.a, one.b) for one in found.uses] == [("allowed", "allowed"), ("conditional", "conditional")]
    assert not any(clause.facts for one in found.uses for clause in one.clauses)


def test_users_above_the_line_bar_llama_2_and_the_month_is_told(files: Path) -> None:
    found = compared(
        files, ("2023-06: 1_200_000", "2023-06: 700_000_001"), ("at_most: 5_000_000", "at_most: 800_000_000")
    )
    use = answer(found, "Llama-2")
    assert (use.a, use.b) == ("allowed", "disallowed")
    assert (outcome(use, LIMIT).outcome_a, outcome(use, LIMIT).outcome_b) == ("clear", "barred")
    # The bound is another fact that changed, and the clause did not look at it: the month is exact on both sides.
    assert causes(use, LIMIT) == [("organization.monthly_active_users.2023-06", "1,200,000", "700,000,001")]
    assert [row.what for row in found.facts] == [
        "organization.monthly_active_users.2023-06",
        "organization.monthly_active_users.at_most",
    ]
    assert not answer(found, "falcon").differs
    assert found.differs


def test_a_month_that_is_no_longer_declared_leaves_it_to_the_bound(files: Path) -> None:
    found = compared(files, ("2023-06: 1_200_000, at_most: 5_000_000", "at_most: 800_000_000"))
    use = answer(found, "Llama-2")
    assert (use.a, use.b) == ("allowed", "undetermined")
    assert [name for name, _, _ in causes(use, LIMIT)] == [
        "organization.monthly_active_users.2023-06",
        "organization.monthly_active_users.at_most",
    ]
    assert [(asked.path, asked.a, asked.b) for asked in use.questions] == [
        ("organization.monthly_active_users.2023-06", False, True)
    ]


def test_another_act_brings_duties_and_bars(files: Path) -> None:
    found = compared(files, ("acts: [run, build-product]", "acts: [run, build-product, host-as-api]"))
    llama, falcon = answer(found, "Llama-2"), answer(found, "falcon")
    acts = ("uses.shop.acts", "run, build-product", "run, build-product, host-as-api")
    assert causes(llama, COPY) == [acts]
    assert [(one.a, one.b) for one in llama.owed] == [(None, COPY)]
    assert (llama.a, llama.b) == ("allowed", "conditional")
    assert falcon.b == "disallowed"
    assert causes(falcon, "falcon-180b-1.0/9.3") == [acts]
    assert found.facts[0].only_b == ("host-as-api",)


def test_a_duty_no_longer_shown_done_is_owed(files: Path) -> None:
    found = compared(files, ("fulfils: [danger-disclosure]", "fulfils: []"))
    use = answer(found, "Llama-2")
    assert (use.a, use.b) == ("allowed", "conditional")
    assert causes(use, DANGER) == [("uses.shop.fulfils", "duty danger-disclosure", "none")]
    assert (outcome(use, DANGER).outcome_a, outcome(use, DANGER).outcome_b) == ("fulfilled", "owed")


def test_a_field_that_the_policy_closes_reaches_the_clause_that_makes_it_part_of_the_license(files: Path) -> None:
    found = compared(files, ("domains: [customer-service]", "domains: [customer-service, weapons]"))
    use = answer(found, "Llama-2")
    fields = ("uses.shop.domains", "customer-service", "customer-service, weapons")
    assert causes(use, "llama-2-aup/2.2") == [fields]
    assert causes(use, "llama-2-community/1.b.iv") == [fields]


def test_what_excepts_a_bar_and_what_lifts_it_are_causes(files: Path) -> None:
    big = ("2023-06: 1_200_000", "2023-06: 700_000_001"), ("at_most: 5_000_000", "at_most: 800_000_000")
    found = compared(files, *big, ("received_as: weights", "received_as: integrated-product"))
    assert not outcome(answer(found, "Llama-2"), LIMIT).differs
    (files / "old.yaml").write_text((files / "new.yaml").read_text())
    text = (files / "old.yaml").read_text()
    (files / "new.yaml").write_text(text.replace("received_as: integrated-product", "received_as: weights"))
    again = compare(Ask(str(files / "old.yaml"), str(files / "new.yaml"), ON, manifest=files / "models.yaml"), CATALOG)
    assert causes(answer(again, "Llama-2"), LIMIT) == [("uses.shop.received_as", "integrated-product", "weights")]
    (files / "old.yaml").write_text((files / "new.yaml").read_text())
    held = "agreements: [{licensor: Meta, covers: [llama-2-community], until: 2027-01-01}]"
    (files / "new.yaml").write_text((files / "old.yaml").read_text().replace("agreements: []", held))
    lifted = compare(Ask(str(files / "old.yaml"), str(files / "new.yaml"), ON, manifest=files / "models.yaml"), CATALOG)
    assert causes(answer(lifted, "Llama-2"), LIMIT) == [
        ("organization.agreements", "none", "licensor Meta, covers llama-2-community, until 2027-01-01")
    ]


def test_uses_that_only_one_profile_has(files: Path) -> None:
    found = compared(files, ("  shop:", "  other:"))
    assert [(row.what, row.a, row.b) for row in found.facts] == [
        ("uses.other", None, "declared"),
        ("uses.shop", "declared", None),
    ]
    use = answer(found, "Llama-2")
    assert (use.a, use.b, use.reason_b, use.differs) == ("allowed", None, "", True)
    assert use.terms.b is None
    assert {clause.outcome_b for clause in use.clauses} == {None}
    assert compared(files, ("  shop:", "  other:"), uses=("other",)).uses == ()
    assert len(compared(files, uses=("shop",)).uses) == 2


def test_without_a_manifest_only_facts_are_compared(files: Path) -> None:
    found = compared(files, ("purpose: commercial", "purpose: research"), manifest=None)
    assert found.uses == ()
    assert [(row.what, row.a, row.b) for row in found.facts] == [("uses.shop.purpose", "commercial", "research")]
    assert [one.text for one in found.remarks] == [NO_MANIFEST]


def test_every_problem_of_every_file_is_told(files: Path) -> None:
    (files / "models.yaml").write_text(MANIFEST.replace("falcon-180B, use: shop", "falcon-180B, use: shp"))
    with pytest.raises(AuditError) as error:
        compared(files, uses=("nothing",))
    told = str(error.value)
    assert "models.yaml:5:35: neither profile has a use 'shp'" in told
    assert "no use is called 'nothing'" in told
    (files / "models.yaml").write_text("schema: 1\nmodels: 3\n")
    (files / "old.yaml").write_text("schema: 1\nuses: 3\n")
    with pytest.raises(AuditError) as error:
        compared(files, ("purpose: commercial", "purpose: comercial"))
    assert {Path(problem.file).name for problem in error.value.problems} == {"models.yaml", "old.yaml", "new.yaml"}
    with pytest.raises(AuditError, match=r"models\.lock"):
        compared(files, lock=files / "models.lock")


def test_folders_that_are_not_there_are_told(files: Path) -> None:
    (files / "models.yaml").write_text("schema: 1\nmodels:\n  - {path: gone, use: shop}\n")
    with pytest.raises(AuditError, match="gone"):
        compared(files)


def test_names_that_nobody_knows_are_told(files: Path) -> None:
    with pytest.raises(AuditError, match="nobody knows a license"):
        compared(files, ("public_statements: false", "public_statements: false, license: no-such"))


def test_facts_are_told_in_words() -> None:
    profile = Profile.model_validate(
        {
            "schema": "1",
            "organization": {
                "founded": "2019-05-01",
                "annual_revenue": {"currency": "EUR", "2025": 18, "at_least": 1},
                "exchange_rates": {"EUR": {"USD": "1.08"}},
                "affiliates": [],
                "claims_against": [{"against": "Meta", "about": "llama-2-community", "defensive": False}],
            },
            "uses": {
                "a.b": {
                    "acts": {"items": ["run"], "open": True},
                    "licensed_practice": True,
                    "outputs": {"used_in": ["DE", "AT"]},
                    "fulfils": [{"credit": ["mit", "apache-2.0"]}],
                }
            },
            "policy": {"deny": {"licenses": ["mit"]}, "fail_on": "disallowed"},
        }
    )
    assert {shown(path): fact.words for path, fact in declared(profile)} == {
        "organization.founded": "2019-05-01",
        "organization.annual_revenue.2025": "18 EUR",
        "organization.annual_revenue.at_least": "1 EUR",
        "organization.exchange_rates.EUR.USD": "1.08",
        "organization.affiliates": (),
        "organization.claims_against": ("against Meta, about llama-2-community, defensive no",),
        "uses.a.b.acts": ("run", "and perhaps others"),
        "uses.a.b.licensed_practice": "yes",
        "uses.a.b.outputs.used_in": ("DE", "AT"),
        "uses.a.b.fulfils": ("duty credit, licenses mit and apache-2.0",),
        "policy.deny.licenses": ("mit",),
        "policy.fail_on": "disallowed",
    }
    bare = Profile.model_validate({"schema": "1"})
    found = changed_facts(bare, profile)
    affiliates = found["organization", "affiliates"]
    assert (affiliates.a, affiliates.b) == (None, "none")
    assert found["uses", "a.b"].b == "declared"
    assert ("uses", "a.b", "acts") not in found
    assert changed_facts(profile, profile) == {}


META = {"licensor": "Meta", "covers": ["llama-2-community"]}


@pytest.mark.parametrize(
    ("field", "a", "b"),
    [
        (
            "agreements",
            [{**META, "reference": "LA-1, since 2024-01-01"}],
            [{**META, "reference": "LA-1", "since": "2024-01-01"}],
        ),
        ("agreements", [{**META, "covers": ["a", "b"]}], [{**META, "covers": ["a and b"]}]),
        ("agreements", [{**META, "covers": []}], [{**META, "covers": ["none"]}]),
        ("agreements", [{**META, "covers": []}], [{**META, "covers": [""]}]),
        ("agreements", [META], [{**META, "licensor": 'Meta", reference "x'}]),
        ("affiliates", [{"name": "A"}], [{"name": "A", "monthly_active_users": {}}]),
        ("annual_revenue", {"currency": "EUR"}, {"currency": "USD"}),
        ("claims_against", [{"against": "a, right b", "about": "c"}], [{"against": "a", "about": "c", "right": "b"}]),
    ],
)
def test_values_that_read_alike_are_told_apart(field: str, a: object, b: object) -> None:
    first, second = (Profile.model_validate({"schema": "1", "organization": {field: value}}) for value in (a, b))
    (row,) = changed_facts(first, second).values()
    assert row.what == f"organization.{field}"
    assert row.differs
    assert not changed_facts(first, first)


def test_numbers_are_compared_and_not_their_digits() -> None:
    first, second = (
        Profile.model_validate({"schema": "1", "organization": {"exchange_rates": {"EUR": {"USD": rate}}}})
        for rate in ("1.08", "1.080")
    )
    assert changed_facts(first, second) == {}


def test_agreements_that_differ_only_in_where_a_word_stands_fail_the_run(files: Path) -> None:
    (files / "other.yaml").write_text(
        OLD.replace("agreements: []", 'agreements: [{licensor: M, covers: [a], reference: "R, since 2024-01-01"}]')
    )
    (files / "new.yaml").write_text(
        OLD.replace("agreements: []", "agreements: [{licensor: M, covers: [a], reference: R, since: 2024-01-01}]")
    )
    ask = Ask(str(files / "other.yaml"), str(files / "new.yaml"), ON)
    found = compare(ask, CATALOG)
    assert found.differs
    assert [(row.a, row.b) for row in found.facts] == [
        (
            'licensor M, covers a, reference "R, since 2024-01-01"',
            "licensor M, covers a, reference R, since 2024-01-01",
        )
    ]


TWO = OLD + OLD.partition("uses:\n")[2].replace("shop:", "shop.v2:")
"""Two uses, of which one is named like a part of the other."""


def test_a_use_named_like_a_part_of_another_is_not_hidden(files: Path) -> None:
    # The first profile lacks `shop`; what changed in `shop.v2` is another matter.
    (files / "old.yaml").write_text(TWO.replace("  shop:", "  gone:"))
    (files / "new.yaml").write_text(TWO.replace("purpose: commercial", "purpose: research"))
    found = compare(Ask(str(files / "old.yaml"), str(files / "new.yaml"), ON), CATALOG)
    assert [(row.what, row.a, row.b) for row in found.facts] == [
        ("uses.shop.v2.purpose", "commercial", "research"),
        ("uses.gone", "declared", None),
        ("uses.shop", None, "declared"),
    ]


@pytest.mark.parametrize("name", ["shop.v2", "shop.acts"])
def test_a_use_is_no_cause_of_what_another_use_comes_to(files: Path, name: str) -> None:
    more = "acts: [run, build-product, host-as-api]"
    two = TWO.replace("shop.v2", name)
    (files / "old.yaml").write_text(two)
    (files / "new.yaml").write_text(two.replace("acts: [run, build-product]", more))
    (files / "models.yaml").write_text(MANIFEST.replace("use: shop", f"use: [shop, {name}]"))
    ask = Ask(str(files / "old.yaml"), str(files / "new.yaml"), ON, manifest=files / "models.yaml")
    found = compare(ask, CATALOG)
    for use in found.uses:
        clause = COPY if "Llama-2" in use.model else "falcon-180b-1.0/9.3"
        assert [one for one, _, _ in causes(use, clause)] == [f"uses.{use.use}.acts"]


def test_reports_of_a_use_with_a_dot_in_its_name_tell_causes(files: Path) -> None:
    dotted = OLD.replace("shop:", "shop.v2:")
    (files / "models.yaml").write_text(MANIFEST.replace("use: shop", "use: shop.v2"))
    before = written(files, "before", dotted)
    after = written(files, "after", dotted.replace("[customer-service]", "[customer-service, weapons]"))
    use = answer(compare(Ask(str(before), str(after), ON), CATALOG), "Llama-2")
    assert [name for name, _, _ in causes(use, "llama-2-aup/2.2")] == ["uses.shop.v2.domains"]


def test_facts_in_parts_of_a_condition_are_causes_for_a_use_with_any_name() -> None:
    for name in ("chat", "chat.v2"):
        used = FactUsed(path=f"uses.{name}.purpose", declared=None, sentence="it is", holds=True)
        part = Evaluated(sentence="it is", holds=True, fact=used)
        both = Evaluated(sentence="both", holds=True, parts=(part, part))
        a, b = (samples.clause("gone/1", outcome, condition=both) for outcome in ("barred", "clear"))
        rows: dict[tuple[str, ...], Row] = {
            ("uses", one, fact): Row(what=f"uses.{one}.{fact}", a="x", b="y")
            for one in ("chat", "chat.v2")
            for fact in ("purpose", "acts")
        }
        found = Causes(name, rows, Binder(CATALOG)).of(a, b)
        assert [row.what for row in found] == [f"uses.{name}.purpose"]


def written(folder: Path, name: str, profile: str) -> Path:
    """A report in JSON of the manifest under a profile."""
    (folder / "profile.yaml").write_text(profile)
    path = folder / f"{name}.json"
    report = run(folder / "models.yaml", folder / "profile.yaml", CATALOG, ON)
    path.write_text(report.model_dump_json())
    return path


def test_two_reports_are_compared_by_what_they_hold(files: Path) -> None:
    before = written(files, "before", OLD)
    after = written(
        files, "after", OLD.replace("2023-06: 1_200_000", "2023-06: 700_000_001").replace("5_000", "900_000")
    )
    found = compare(Ask(str(before), str(after), ON), CATALOG)
    assert (found.kind, found.on, found.facts) == ("reports", None, ())
    use = answer(found, "Llama-2")
    assert (use.a, use.b) == ("allowed", "disallowed")
    ((name, a, b),) = causes(use, LIMIT)
    assert name == "organization.monthly_active_users.2023-06"
    assert "1,200,000" in (a or "")
    assert "700,000,001" in (b or "")
    same = compare(Ask(str(before), str(before), ON), CATALOG)
    assert not same.differs
    assert {row.what for row in same.identity} >= {"date", "profile", "fails on"}


def test_results_that_only_one_report_has(files: Path) -> None:
    before = written(files, "before", OLD)
    (files / "models.yaml").write_text(MANIFEST + "  - {id: tiiuae/falcon-180B, use: shop}\n")
    after = written(files, "after", OLD)
    found = compare(Ask(str(before), str(after), ON), CATALOG)
    assert [(one.model, one.a, one.b) for one in found.uses][2] == ("tiiuae/falcon-180B", None, found.uses[1].b)
    assert found.differs
    back = compare(Ask(str(after), str(before), ON, uses=("shop",)), CATALOG)
    assert (back.uses[2].a, back.uses[2].b) == (found.uses[1].b, None)
    assert compare(Ask(str(after), str(before), ON, uses=("none",)), CATALOG).uses == ()


def test_a_clause_that_the_catalog_no_longer_has_is_told_by_what_the_report_holds(files: Path) -> None:
    before = written(files, "before", OLD)
    after = written(
        files, "after", OLD.replace("2023-06: 1_200_000", "2023-06: 700_000_001").replace("5_000", "900_000")
    )
    for path in (before, after):
        path.write_text(path.read_text().replace("llama-2-community", "forgotten-license"))
    use = answer(compare(Ask(str(before), str(after), ON), CATALOG), "Llama-2")
    assert [name for name, _, _ in causes(use, "forgotten-license/2")] == ["organization.monthly_active_users.2023-06"]
