"""What no case tries: clauses, both ends, and the sides of every line."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from license_audit.lint_cases import lint_cases
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

RULES = {
    "permission": "kind: grant\ncovers_acts: true",
    "closed": "kind: prohibition\nwhen: {fact: use.purpose, op: is, value: commercial}",
    "notice": "kind: duty\nfulfilled_by: [credit]",
    "capped": (
        "kind: bar\nparameters: [limit, time]\n"
        "when: {fact: organization.monthly_active_users, op: more-than, value: {parameter: limit},"
        " time: {parameter: time}, whose: licensee, month: 2023-06}"
    ),
    "paid": (
        "kind: bar\nparameters: [limit]\n"
        "when: {all: [{fact: use.attributable_revenue, op: more-than, value: {parameter: limit}, currency: USD},"
        " {fact: use.purpose, op: is, value: commercial},"
        " {not: {fact: use.attributable_revenue, op: at-most, value: {parameter: limit}, currency: USD}},"
        " {not: {fact: use.attributable_revenue, op: at-most, value: 7, currency: USD}}]}"
    ),
}
COMMON = "title: A rule\nmeaning: It means this.\nquestion: What?\nremedy: Stop."
LICENSE: dict[str, Any] = {
    "schema": 1, "key": "own", "kind": "license", "title": "Own", "publisher": "P", "spdx": "LicenseRef-own",
    "version": "1", "date": None, "sections": ["1"],
    "reviewed": {"by": "somebody", "on": date(2026, 11, 24), "confidence": "low"},
}  # fmt: skip
ON = date(2026, 11, 24)
GRANT = {"id": "1", "rule": "permission", "acts": "any"}
CLEAR = {"verdict": "allowed", "outcomes": {"own/1": "granted"}}
Linting = Callable[..., list[str]]


def case(expect: dict[str, Any], number: int = 1, **more: Any) -> dict[str, Any]:
    """A case about the license, or about something else."""
    about = {} if "model" in more else {"license": "own"}
    organization = more.pop("organization", {})
    use = more.pop("use", {})
    profile = {"organization": organization, "uses": {"main": use}}
    return {
        "id": f"c{number}", "profile": profile, "on": ON, "expect": expect, "why": "So.", **about, **more
    }  # fmt: skip


@pytest.fixture
def lint(tmp_path: Path) -> Linting:
    """Lint a license with some clauses against some cases."""

    def linting(
        clauses: list[dict[str, Any]], cases: list[dict[str, Any]], *others: dict[str, Any], **more: Any
    ) -> list[str]:
        for name in ("rules", "licenses/models", "tests/cases"):
            (tmp_path / name).mkdir(parents=True, exist_ok=True)
        for name, text in RULES.items():
            (tmp_path / "rules" / f"{name}.yaml").write_text(f"rule: {name}\n{COMMON}\n{text}\n", "utf-8")
        for license_ in (LICENSE | more | {"clauses": clauses}, *others):
            written = [{"anchor": "a word", "gist": "It says so.", **clause} for clause in license_["clauses"]]
            text = yaml.safe_dump({**license_, "clauses": written}, sort_keys=False)
            (tmp_path / "licenses" / f"{license_['key']}.yaml").write_text(text, "utf-8")
        (tmp_path / "tests" / "cases" / "own.yaml").write_text(yaml.safe_dump(cases, sort_keys=False), "utf-8")
        catalog = PackagedCatalog(tmp_path)
        return [str(problem).partition(": ")[2] for problem in lint_cases(catalog, catalog.license_keys())]

    return linting


def test_a_clause_is_named_wherever_a_case_may_name_it(lint: Linting) -> None:
    duty = {"id": "2", "rule": "notice", "acts": ["run"]}
    for name in ("decisive", "owed", "may_owe"):
        assert lint([GRANT, duty], [case(CLEAR | {name: ["own/2"]})]) == []
    assert (
        lint([GRANT, duty], [case({"verdict": "conditional", "outcomes": {"own/1": "granted", "own/2": "owed"}})]) == []
    )
    assert lint([GRANT, duty], [case(CLEAR)]) == ["no case names the clause 2"]
    assert lint([GRANT, duty], [case(CLEAR | {"decisive": ["own/20", "other/2"]})]) == ["no case names the clause 2"]


def test_a_part_of_a_clause_or_the_whole_of_it_names_it(lint: Linting) -> None:
    parts = [GRANT, {"id": "2/1", "rule": "notice", "acts": ["run"]}, {"id": "2/2", "rule": "notice", "acts": ["run"]}]
    assert lint(parts, [case(CLEAR | {"owed": ["own/2"]})]) == []
    assert lint(parts, [case(CLEAR | {"owed": ["own/2/1"]})]) == ["no case names the clause 2/2"]
    assert lint([GRANT, {"id": "2", "rule": "notice", "acts": ["run"]}], [case(CLEAR | {"owed": ["own/2/7"]})]) == []


CLOSED = {"id": "2", "rule": "closed", "acts": "any"}
NAMED = {"own/1": "granted", "own/2": "clear"}


@pytest.mark.parametrize(
    ("expects", "told"),
    [
        ([{"verdict": "disallowed"}, {"verdict": "allowed"}], []),
        ([{"verdict": "disallowed"}, {"verdict": "conditional"}], []),
        ([{"verdict": "undetermined", "outcomes": {"own/2": "barred"}}, {"verdict": "allowed"}], []),
        ([{"verdict": "allowed"}], ["no case of this license is disallowed"]),
        ([{"verdict": "disallowed"}], ["no case of this license is allowed or conditional"]),
        ([{"verdict": "disallowed"}, {"verdict": "undetermined", "best": "allowed"}],
         ["no case of this license is allowed or conditional"]),
    ],
)  # fmt: skip
def test_both_ends_are_tried(lint: Linting, expects: list[dict[str, Any]], told: list[str]) -> None:
    cases = [case({"outcomes": NAMED} | expect, number) for number, expect in enumerate(expects)]
    cases.append(case({"verdict": "undetermined", "outcomes": NAMED}, 9, model="a/b"))
    assert lint([GRANT, CLOSED], cases) == told


def test_a_license_without_bars_need_not_bar(lint: Linting) -> None:
    assert lint([GRANT], [case(CLEAR)]) == []
    assert lint([GRANT], [case({"verdict": "undetermined", "outcomes": NAMED})]) == [
        "no case of this license is allowed or conditional"
    ]


def test_a_case_about_a_model_is_about_the_licenses_in_force(lint: Linting) -> None:
    of_model = [case(expect | {"outcomes": NAMED, "terms": ["own", "mit"]}, number, model="a/b")
                for number, expect in enumerate([{"verdict": "disallowed"}, {"verdict": "allowed"}])]  # fmt: skip
    assert lint([GRANT, CLOSED], of_model) == []


def test_of_a_text_that_was_read_in_part_the_best_is_what_counts(lint: Linting) -> None:
    barred, best = {"verdict": "disallowed", "outcomes": NAMED}, {"verdict": "undetermined", "best": "conditional"}
    assert lint([GRANT, CLOSED], [case(barred), case(best, 2)], coverage="key-clauses") == []
    assert lint([GRANT, CLOSED], [case(barred), case(best | {"best": "disallowed"}, 2)], coverage="key-clauses") == [
        "no case of this license is undetermined with allowed or conditional as its best"
    ]


def test_a_policy_bars_for_the_license_that_it_is_part_of(lint: Linting) -> None:
    policy = LICENSE | {"key": "rules-of-use", "kind": "policy", "clauses": [CLOSED]}
    part = [{"key": "rules-of-use", "by": "1", "held": True}, {"key": "far", "by": "1", "held": False}]
    names = CLEAR | {"decisive": ["rules-of-use/2"]}
    assert lint([GRANT], [case(names)], policy, incorporates=part) == ["no case of this license is disallowed"]
    assert lint([GRANT], [case(names), case({"verdict": "disallowed"}, 2)], policy, incorporates=part) == []
    assert lint([GRANT], [case(CLEAR)], policy, incorporates=[]) == ["no case names the clause 2"]


def capped(time: str = "fixed-month") -> list[dict[str, Any]]:
    return [GRANT, {"id": "2", "rule": "capped", "acts": "any", "with": {"limit": "1_000", "time": time}}]


def users(*declared: Any, **more: Any) -> list[dict[str, Any]]:
    """Cases that name the clause on users, each with what it declares of them; and both ends."""
    ends = [case({"verdict": "disallowed"}, 98), case(CLEAR, 99)]
    found = [
        case({"verdict": "undetermined", "outcomes": NAMED} | more, number,
             organization={"affiliates": [], **({} if given is None else {"monthly_active_users": given})})
        for number, given in enumerate(declared)
    ]  # fmt: skip
    return [*found, *ends]


BELOW, AT, ABOVE, BOUND = {"2023-06": 999}, {"2023-06": 1000}, {"2023-06": 1001}, {"at_most": 7}
WHO = "the clause 2 compares organization.monthly_active_users with 1,000; not tried:"


@pytest.mark.parametrize(
    ("declared", "left"),
    [
        ([BELOW, AT, ABOVE, BOUND, None], []),
        ([AT, ABOVE, BOUND, None], ["below"]),
        ([BELOW, ABOVE, BOUND, None], ["at"]),
        ([BELOW, AT, BOUND, None], ["above"]),
        ([BELOW, AT, ABOVE, None], ["bounded"]),
        ([BELOW, AT, ABOVE, BOUND], ["missing"]),
        ([BELOW, AT, ABOVE, {"at_least": 5}, {"2023-05": 4}], []),
        ([{"2023-05": 999}, {"2023-06": 1000}, {"2023-07": 1001}], ["below", "above", "bounded"]),
    ],
)
def test_a_line_is_tried_on_all_sides(lint: Linting, declared: list[Any], left: list[str]) -> None:
    assert lint(capped(), users(*declared)) == ([f"{WHO} {', '.join(left)}"] if left else [])


@pytest.mark.parametrize("time", ["any-12-months", "at-any-time"])
def test_where_figures_only_say_at_least_they_count_as_figures(lint: Linting, time: str) -> None:
    given = [BELOW, AT, ABOVE, BOUND, None]
    assert lint(capped(time), users(*given)) == []
    assert lint(capped(time), users(*given[:3])) == [f"{WHO} bounded, missing"]


def test_a_case_that_asks_for_the_fact_tries_the_line_too(lint: Linting) -> None:
    asked = {"verdict": "undetermined", "questions": ["organization.monthly_active_users.2023-06"]}
    named = users(BELOW, AT, ABOVE, BOUND)
    organization: dict[str, Any] = {"affiliates": []}
    assert lint(capped(), [*named, case(asked, 50, organization=organization)]) == []
    asked["questions"] = ["organization.monthly_active_users.2023-07"]
    assert lint(capped(), [*named, case(asked, 50, organization=organization)]) == [f"{WHO} missing"]


def test_other_cases_try_nothing(lint: Linting) -> None:
    silent = [case({"verdict": "undetermined"}, 60 + n, organization={"affiliates": [], "monthly_active_users": given})
              for n, given in enumerate([BELOW, AT, ABOVE, BOUND])]  # fmt: skip
    assert lint(capped(), [*silent, *users(None)]) == [f"{WHO} below, at, above, bounded"]


def test_below_nothing_is_nothing_and_a_fact_counts_once(lint: Linting) -> None:
    paid = [GRANT, {"id": "2", "rule": "paid", "acts": "any", "with": {"limit": 0}}]
    money = [{"currency": "USD", "at_least": n, "at_most": n} for n in (0, 1)]
    named = {"verdict": "undetermined", "outcomes": NAMED}
    cases = [case(named, n, use={"attributable_revenue": given}) for n, given in enumerate(money)]
    ends = [case({"verdict": "disallowed"}, 98), case(CLEAR, 99)]
    assert lint(paid, [*cases, *ends]) == [
        "the clause 2 compares use.attributable_revenue with 0; not tried: bounded, missing"
    ]


def test_a_file_of_cases_that_cannot_be_read_is_told(lint: Linting, tmp_path: Path) -> None:
    lint([GRANT], [case(CLEAR)])
    (tmp_path / "tests" / "cases" / "bad.yaml").write_text("- {id: one}\n", "utf-8")
    catalog = PackagedCatalog(tmp_path)
    found = [str(problem) for problem in lint_cases(catalog, catalog.license_keys())]
    assert f"{tmp_path}/tests/cases/bad.yaml:1:3: expect is missing" in found
    assert all("bad.yaml:1:3" in told for told in found)


def test_what_an_unread_file_tries_nobody_knows(lint: Linting, tmp_path: Path) -> None:
    """Nothing is said of the text whose cases it holds; of the others it is."""
    lint([GRANT], [case(CLEAR)], LICENSE | {"key": "other", "clauses": [GRANT]})
    (tmp_path / "tests" / "cases" / "own.yaml").write_text("- []\n", "utf-8")
    catalog = PackagedCatalog(tmp_path)
    found = [str(problem) for problem in lint_cases(catalog, catalog.license_keys())]
    assert sorted(told.partition(":")[0].removeprefix(f"{tmp_path}/") for told in found) == [
        "licenses/other.yaml",
        "licenses/other.yaml",
        "tests/cases/own.yaml",
    ]


def test_nothing_is_missed_where_there_are_no_cases(lint: Linting, tmp_path: Path) -> None:
    lint([GRANT], [case(CLEAR)])
    (tmp_path / "tests" / "cases" / "own.yaml").unlink()
    catalog = PackagedCatalog(tmp_path)
    assert [str(problem) for problem in lint_cases(catalog, ["own"])] == [
        "licenses/own.yaml:16:1: no case of this license is allowed or conditional",
        "licenses/own.yaml:16:3: no case names the clause 1",
    ]
    (tmp_path / "tests" / "cases").rmdir()
    assert lint_cases(catalog, ["own"]) == []


def test_every_text_of_the_catalog_is_tried(catalog: PackagedCatalog) -> None:
    assert lint_cases(PackagedCatalog(ROOT), catalog.license_keys()) == []
