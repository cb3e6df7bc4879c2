"""What must hold of rules and licenses beyond their shape."""

from collections.abc import Callable
from pathlib import Path

import pytest

from license_audit.lint import lint_catalog, uncovered
from license_audit.readers.catalog import PackagedCatalog

RULE = """\
rule: {name}
kind: prohibition
title: A rule
meaning: It means this.
parameters: [{parameters}]
when: {when}
question: What?
remedy: Stop.
"""
LICENSE = """\
schema: 1
key: own
kind: license
title: Own
publisher: Somebody
spdx: LicenseRef-own
version: "1"
date: null
incorporates: [{key: far-policy, by: "1", held: false}]
sections: ["1", 1.a, "2"]
reviewed: {by: somebody, on: 2026-11-24, confidence: low}
no_duty: [{section: "2", reason: Nothing.}]
clauses:
  - {id: 1.a, rule: first, acts: [run], anchor: a few words, gist: It says so., CLAUSE}
"""
DEFINITIONS = "definitions:\n  runs: {meaning: it runs, when: {fact: use.acts, op: includes-any, value: [run]}}\n"
NAMES = "schema: 1\nknown: {}\nambiguous: {}\nnothing: [none]\n"
Linting = Callable[..., list[str]]


@pytest.fixture
def lint(tmp_path: Path) -> Linting:
    """Lint one license with one clause and one rule."""

    def linting(
        when: str, parameters: str = "", clause: str = "with: {}", names: str = NAMES, license_: str = LICENSE
    ) -> list[str]:
        for name in ("rules", "licenses/models"):
            (tmp_path / name).mkdir(parents=True, exist_ok=True)
        rule = RULE.format(name="first", when=when, parameters=parameters)
        files = {
            "rules/first.yaml": rule,
            "rules/definitions.yaml": DEFINITIONS,
            "licenses/own.yaml": license_.replace("CLAUSE", clause),
            "licenses/names.yaml": names,
        }
        for name, text in files.items():
            (tmp_path / name).write_text(text, encoding="utf-8")
        return [str(problem) for problem in lint_catalog(PackagedCatalog(tmp_path))]

    return linting


def test_the_packaged_catalog_has_no_problem(catalog: PackagedCatalog) -> None:
    assert lint_catalog(catalog) == []


@pytest.mark.parametrize(
    ("when", "parameters", "clause"),
    [
        ("null", "", "with: {}"),
        ("{defined: runs}", "", "with: {}"),
        ("{defined: {parameter: name}}", "name", "with: {name: runs}"),
        ("{not: {fact: use.domains, op: includes-any, value: [spam]}}", "", "with: {}"),
        ("{policy: {parameter: key}}", "key", "with: {key: far-policy}"),
        ("{policy: own}", "", "with: {}"),
        ("{fact: use.purpose, op: is, value: {parameter: why}}", "why", "with: {why: research}"),
        ("{fact: use.accepted.by, op: is, value: anybody}", "", "with: {}"),
        (
            (
                "{any: [{fact: organization.annual_revenue, op: more-than, value: 5, time: annual, whose: group,"
                " currency: EUR}]}"
            ),
            "",
            "with: {}",
        ),
        (
            "{all: [{fact: use.purpose, op: is, value: {parameter: why}}]}",
            "why",
            "with: {why: research}, readings: [{name: a, difference: b, held_by: c, with: {why: education}}]",
        ),
    ],
)
def test_what_is_fine(lint: Linting, when: str, parameters: str, clause: str) -> None:
    assert lint(when, parameters, clause) == []


RULE_PLACE = "rules/first.yaml:6:"
CLAUSE_PLACE = "licenses/own.yaml:14:5: clause 1.a"


@pytest.mark.parametrize(
    ("when", "parameters", "clause", "told"),
    [
        ("{fact: use.nothing, op: is, value: a}", "", "with: {}", f"{RULE_PLACE}14: no fact is called use.nothing"),
        ("{fact: use.nothing, op: is, value: a}", "", "with: {}", f"{CLAUSE_PLACE}: no fact is called use.nothing"),
        (
            "{fact: use.accepted, op: is, value: a}",
            "",
            "with: {}",
            f"{RULE_PLACE}14: use.accepted is no single fact; did you mean use.accepted.by?",
        ),
        ("{all: [{defined: walks}]}", "", "with: {}", f"{RULE_PLACE}24: the definition 'walks' does not exist"),
        ("{any: [{defined: walks}]}", "", "with: {}", f"{CLAUSE_PLACE}: 'walks' does not exist"),
        ("{not: {defined: walks}}", "", "with: {}", f"{RULE_PLACE}23: the definition 'walks' does not exist"),
        ("{defined: {parameter: a}}", "a", "with: {a: walks}", f"{CLAUSE_PLACE}: 'walks' does not exist"),
        (
            "{fact: use.purpose, op: includes-any, value: research}",
            "",
            "with: {}",
            f"{CLAUSE_PLACE}: use.purpose is compared by is, one-of, not by includes-any",
        ),
        (
            "{fact: use.domains, op: is, value: [spam]}",
            "",
            "with: {}",
            f"{CLAUSE_PLACE}: use.domains is compared by includes-any, not by is",
        ),
        (
            "{fact: organization.agreements, op: is, value: perhaps}",
            "",
            "with: {}",
            f"{CLAUSE_PLACE}: organization.agreements is never 'perhaps'",
        ),
        (
            "{fact: use.attributable_revenue, op: is, value: 5}",
            "",
            "with: {}",
            f"{CLAUSE_PLACE}: use.attributable_revenue is compared by more-than, at-least, ",
        ),
        (
            "{fact: use.attributable_revenue, op: at-least, value: 5}",
            "",
            "with: {}",
            f"{CLAUSE_PLACE}: use.attributable_revenue is money, and no currency is named",
        ),
        (
            "{fact: organization.monthly_active_users, op: at-least, value: 5}",
            "",
            "with: {}",
            f"{CLAUSE_PLACE}: organization.monthly_active_users is a series, and no time is named",
        ),
        ("{policy: far}", "", "with: {}", f"{CLAUSE_PLACE}: the policy 'far' does not exist"),
        ("{not: {policy: far}}", "", "with: {}", f"{CLAUSE_PLACE}: the policy 'far' does not exist"),
        ("{fact: use.purpose, op: is, value: fun}", "", "with: {}", f"{CLAUSE_PLACE}: use.purpose is never 'fun'"),
        ("{fact: use.domains, op: is, value: fun}", "", "with: {}", f"{CLAUSE_PLACE}: use.domains is never 'fun'"),
        (
            "{fact: use.purpose, op: {parameter: op}, value: research}",
            "op",
            "with: {op: like}",
            f"{CLAUSE_PLACE}: 'like' is not one of is, one-of, ",
        ),
        (
            "{fact: organization.annual_revenue, op: more-than, value: {parameter: limit}}",
            "limit",
            "with: {limit: much}",
            f"{CLAUSE_PLACE}: a number is compared with what is no number",
        ),
        (
            "{defined: {parameter: a}}",
            "",
            "with: {}",
            f"{RULE_PLACE}7: the condition needs the parameter 'a', which is not",
        ),
        ("{defined: {parameter: a}}", "a", "with: {}", f"{CLAUSE_PLACE} lacks the parameter 'a' of first"),
        ("null", "", "with: {b: c}", f"{CLAUSE_PLACE} gives 'b', which first does not have"),
        ("null", "", "unless: [1.b]", f"{CLAUSE_PLACE} names the exception '1.b', which does not exist"),
        (
            "{fact: use.purpose, op: is, value: {parameter: why}}",
            "why",
            "with: {why: research}, readings: [{name: a, difference: b, held_by: c, with: {why: fun}}]",
            f"{CLAUSE_PLACE}: use.purpose is never 'fun'",
        ),
    ],
)
def test_what_names_something_that_does_not_exist(
    lint: Linting, when: str, parameters: str, clause: str, told: str
) -> None:
    assert [problem for problem in lint(when, parameters, clause) if problem.startswith(told)]


OWN = {
    "title": "Own",
    "publisher": "Somebody",
    "spdx": "LicenseRef-own",
    "kind": "license",
    "openness": "community",
    "version": '"1"',
    "date": "null",
    "language": "en",
    "aliases": "[]",
}


OLDER = (
    "{title: Old, publisher: Me, spdx: Old, kind: license, openness: open, version: null, date: 2000, language: en,"
    " aliases: []}"
)


def identity(**differing: str) -> str:
    """A names file with the identity record of the license, differing in some fields."""
    lines = "".join(f"    {field}: {value}\n" for field, value in {**OWN, **differing}.items())
    return NAMES.replace("known: {}\n", f"known:\n  own:\n{lines}")


@pytest.mark.parametrize(
    "names",
    [
        identity(),
        identity(version="null"),
        identity(incorporates="[{key: own, held: true}, {key: House Rules, held: false}]"),
        identity(supersedes="older").replace("known:\n", f"known:\n  older: {OLDER}\n"),
        identity().replace("  own:", "  other:"),
        identity(date="2024-05-01"),
    ],
)
def test_identity_records_that_are_fine(lint: Linting, names: str) -> None:
    assert lint("null", names=names) == []


@pytest.mark.parametrize(
    ("differing", "told"),
    [
        ({"title": "Mine"}, "licenses/own.yaml:4:8: the title is 'Own', licenses/names.yaml says 'Mine'"),
        ({"publisher": "Me"}, "licenses/own.yaml:5:12: the publisher is 'Somebody', licenses/names.yaml says 'Me'"),
        ({"spdx": "MIT"}, "licenses/own.yaml:6:7: the spdx is 'LicenseRef-own', licenses/names.yaml says 'MIT'"),
        (
            {"kind": "policy", "openness": "null"},
            "licenses/own.yaml:3:7: the kind is 'license', licenses/names.yaml says 'policy'",
        ),
        ({"openness": "null"}, "licenses/names.yaml:4:5: own has no openness"),
        ({"openness": "open"}, "licenses/names.yaml:8:15: a license that the OSI approved has an SPDX id"),
        ({"version": "1.1"}, "licenses/own.yaml:7:10: the version is '1', licenses/names.yaml says '1.1'"),
        (
            {"date": "2024", "published": "2025"},
            "licenses/names.yaml:13:16: published is for a text that prints no date",
        ),
        (
            {"incorporates": "[{key: own, held: true}, {key: far, held: true}]"},
            "licenses/names.yaml:13:44: nobody knows a text 'far'",
        ),
        ({"supersedes": "older"}, "licenses/names.yaml:13:17: nobody knows a text 'older'"),
    ],
)
def test_what_is_wrong_with_an_identity_record(lint: Linting, differing: dict[str, str], told: str) -> None:
    assert lint("null", names=identity(**differing)) == [told]


def test_a_policy_has_no_openness(lint: Linting) -> None:
    policy = LICENSE.replace("kind: license", "kind: policy")
    assert lint("null", names=identity(kind="policy"), license_=policy) == [
        "licenses/names.yaml:4:5: own is a policy, and a policy has no openness"
    ]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"date": "2024-05-01"}, []),
        ({"date": "2024-05"}, []),
        ({"date": "2024"}, []),
        ({"published": "2024-05"}, []),
        ({"date": "2024-04"}, ["licenses/own.yaml:8:7: the date is 2024-05-01, licenses/names.yaml says 2024-04"]),
        ({"published": "2023"}, ["licenses/own.yaml:8:7: the date is 2024-05-01, licenses/names.yaml says 2023"]),
    ],
)
def test_dates_agree_as_far_as_both_are_exact(lint: Linting, said: dict[str, str], told: list[str]) -> None:
    dated = LICENSE.replace("date: null", "date: 2024-05-01")
    assert lint("null", names=identity(**said), license_=dated) == told


def test_a_section_is_covered_by_its_parts_and_by_its_whole(catalog: PackagedCatalog) -> None:
    license_ = catalog.license("mit")
    assert uncovered(license_) == []
    assert uncovered(license_.model_copy(update={"sections": ("grant.a", "grant/2", "grants", "gran")})) == [
        "grants",
        "gran",
    ]
