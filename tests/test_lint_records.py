"""What must hold of data sets, providers, families and organizations beyond their shape."""

from collections.abc import Callable
from pathlib import Path

import pytest

from license_audit.lint_records import lint_records
from license_audit.readers.catalog import PackagedCatalog

NAMES = """\
schema: 1
known:
  free: {title: Free, publisher: P, spdx: MIT, kind: license, openness: open, version: null, date: null, language: en,
         aliases: [libre]}
  closed: {title: Closed, publisher: P, spdx: LicenseRef-c, kind: license, openness: non-commercial, version: null,
           date: null, language: en, aliases: []}
  study: {title: Study, publisher: P, spdx: LicenseRef-s, kind: license, openness: research-only, version: null,
          date: null, language: en, aliases: []}
ambiguous: {either: {keys: [free, closed], decided_by: text}}
nothing: []
"""
PUBLISHER = "schema: 1\npublisher: {name}\norganizations: [{organizations}]\nmodels: {{}}\n"
Linting = Callable[..., list[str]]


@pytest.fixture
def lint(tmp_path: Path) -> Linting:
    """Lint some records."""

    def linting(**lists: str) -> list[str]:
        (tmp_path / "licenses" / "models").mkdir(parents=True)
        (tmp_path / "licenses" / "names.yaml").write_text(NAMES, encoding="utf-8")
        for name, records in lists.items():
            text = f"schema: 1\n{name}:\n" + "".join(f"  {line}\n" for line in records.splitlines())
            (tmp_path / "licenses" / f"{name}.yaml").write_text(text, encoding="utf-8")
        return [str(problem) for problem in lint_records(PackagedCatalog(tmp_path))]

    return linting


def record(**fields: str) -> str:
    """One record of data on one line, differing in some fields."""
    whole = {"title": "A", "license": "free", "note": "It is.", "source": "read", "confidence": "low", **fields}
    return "{" + ", ".join(f"{name}: {value}" for name, value in whole.items() if value) + "}"


OPENAI = "openai: {title: OpenAI, terms: Terms, license: null}"


def test_the_packaged_records_have_no_problem(catalog: PackagedCatalog) -> None:
    assert lint_records(catalog) == []


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"aliases": "[a b, A_B, x]"},
        {"license": "", "terms": "House Rules", "limits": "[own-terms]"},
        {"license": "", "limits": "[unlicensed]"},
        {"license": "closed", "limits": "[non-commercial]"},
        {"license": "study", "limits": "[research-only]"},
        {"limits": "[generator-terms]", "generators": "[openai, org/model]"},
    ],
)
def test_records_of_data_that_are_fine(lint: Linting, fields: dict[str, str]) -> None:
    assert lint(data=f"a/a: {record(**fields)}", providers=OPENAI) == []


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"license": "nobodys"}, "3:8: a/a: nobody knows a license 'nobodys'"),
        ({"license": "libre"}, "3:8: a/a: nobody knows a license 'libre'"),
        ({"license": "either"}, "3:8: a/a: nobody knows a license 'either'"),
        ({"terms": "House Rules"}, "3:8: a/a: has both a license and terms that no key stands for"),
        ({"license": ""}, "3:8: a/a: is unlicensed exactly when it has neither license nor terms"),
        ({"limits": "[unlicensed]"}, "3:8: a/a: is unlicensed exactly when it has neither license nor terms"),
        ({"license": "closed"}, "3:8: a/a: its license is non-commercial, and that limit is missing"),
        ({"license": "study"}, "3:8: a/a: its license is research-only, and that limit is missing"),
        ({"limits": "[generator-terms]"}, "3:8: a/a: names no generator whose terms limit it"),
        ({"generators": "[nobody]"}, "3:91: a/a: no provider is called 'nobody'"),
    ],
)
def test_what_is_wrong_with_a_record_of_data(lint: Linting, fields: dict[str, str], told: str) -> None:
    assert lint(data=f"a/a: {record(**fields)}", providers=OPENAI) == [f"licenses/data.yaml:{told}"]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("a/a", "A/A", "4:8: A/A: the name 'A/A' stands for a/a as well"),
        ("some name", "some_name", "4:14: some_name: the name 'some_name' stands for some name as well"),
    ],
)
def test_two_records_of_one_data_set(lint: Linting, first: str, second: str, told: str) -> None:
    data = f"{first}: {record()}\n{second}: {record()}"
    assert lint(data=data) == [f"licenses/data.yaml:{told}"]


def test_an_alias_stands_for_one_data_set(lint: Linting) -> None:
    data = f"a/a: {record(aliases='[x]')}\nb/b: {record(aliases='[X]')}"
    assert lint(data=data) == ["licenses/data.yaml:4:8: b/b: the name 'X' stands for a/a as well"]


def test_providers(lint: Linting) -> None:
    providers = (
        "one: {title: One, aliases: [shared name], terms: Terms, license: free}\n"
        "two: {title: Two, aliases: [Shared-Name], terms: Terms, license: nobodys}"
    )
    assert lint(providers=providers) == [
        "licenses/providers.yaml:4:8: two: the name 'Shared-Name' stands for one as well",
        "licenses/providers.yaml:4:68: nobody knows a license 'nobodys'",
    ]


def test_families(lint: Linting) -> None:
    families = (
        "one: {names: [a-7b, b c], licenses: [free]}\n"
        "two: {starts: [A_7B], licenses: [free, libre]}\n"
        "three: {names: [c b], licenses: [free]}\n"
        "four: {licenses: [closed]}"
    )
    assert lint(families=families) == [
        "licenses/families.yaml:4:8: two: the name 'A_7B' stands for one as well",
        "licenses/families.yaml:4:35: nobody knows a license 'libre'",
        "licenses/families.yaml:6:9: four has no spelling",
    ]


def test_an_organization_has_one_publisher(lint: Linting, tmp_path: Path) -> None:
    lint()
    for name, organizations in (("first", "org, other, Org"), ("second", "ORG")):
        text = PUBLISHER.format(name=name, organizations=organizations)
        (tmp_path / "licenses" / "models" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert [str(problem) for problem in lint_records(PackagedCatalog(tmp_path))] == [
        "licenses/models/second.yaml:1:1: the organization ORG stands in licenses/models/first.yaml as well"
    ]
