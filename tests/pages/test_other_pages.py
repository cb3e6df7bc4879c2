"""The pages about rules and families, and the first page."""

from pathlib import Path

import pytest

from license_audit.model.condition import AnyOf, Fact, Not
from license_audit.model.license import Rule
from license_audit.outputs.page_markdown import render
from license_audit.pages import family_page, index_page, license_page, rule_page
from license_audit.pages.conditions import sentence
from license_audit.pages.shelf import Shelf
from license_audit.readers.catalog import PackagedCatalog
from tests.pages.small import FILES, HEAD, laid, license_of

EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(laid(tmp_path))


def test_a_rule_tells_its_condition_and_every_value(shelf: Shelf) -> None:
    assert render(rule_page.page("cap", shelf)) == (EXPECTED / "cap.md").read_text(encoding="utf-8")


def test_the_first_page_has_a_row_for_each_license(shelf: Shelf) -> None:
    assert render(index_page.page(shelf)) == (EXPECTED / "README.md").read_text(encoding="utf-8")


def test_a_family_stands_side_by_side(shelf: Shelf) -> None:
    assert render(family_page.page("old", shelf)) == (EXPECTED / "old.md").read_text(encoding="utf-8")


def test_a_rule_of_no_clause_says_so(shelf: Shelf) -> None:
    text = render(rule_page.page("unused", shelf))
    assert "owed when completed years since the permission is at least \\[months\\]\n" in text
    assert text.endswith("## Which clauses are of it\n\n- used by no clause\n")
    assert "clause by clause" not in text


def test_values_of_a_rule_are_told_in_words(tmp_path: Path) -> None:
    more = license_of(
        "kept",
        '  - {id: "1", rule: alike, acts: any, with: {accepted: [mit, kept], sharing: shares}, anchor: a, gist: b.}\n',
    )
    text = render(rule_page.page("alike", Shelf(laid(tmp_path, more))))
    told = "what \\[sharing\\] names is so and it is not so that the license of the derivative is \\[accepted\\]"
    assert f"## Condition\n\nholds when {told}\n" in text
    assert (
        "| [`kept/1`](../licenses/kept.md#1) | any | mit, kept | a changed model leaves the house (shares) |\n" in text
    )


def test_a_clause_without_a_value_has_an_empty_cell(tmp_path: Path) -> None:
    more = license_of("kept", '  - {id: "1", rule: learn, acts: any, anchor: a, gist: b.}\n')
    rules = FILES["rules/learn.yaml"].replace("value: {parameter: targets}", "value: [other-llm]")
    text = render(rule_page.page("learn", Shelf(laid(tmp_path, more | {"rules/learn.yaml": rules}))))
    assert "| [`kept/1`](../licenses/kept.md#1) | any | – |\n" in text
    assert "holds when what is trained on the outputs is other-llm\n" in text


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("free", "the purpose is commercial or internal-business or the attributable revenue is more than 0"),
        ("conduct", "a clause of [policy] is broken"),
        ("closed", "the domains include [domains] and it is not so that the professional practice is licensed"),
        ("fee", "it is not so that the attributable revenue is at most [limit] [currency]"),
        ("suit", "the organization has claimed that the model infringes its rights (rights [rights])"),
        (
            "earnings",
            "the monthly revenue is at least [limit] EUR (measured any-12-months, month [since])",
        ),
    ],
)
def test_conditions_as_sentences(shelf: Shelf, rule: str, told: str) -> None:
    when = shelf.catalog.rule(rule).when
    assert when is not None
    assert sentence(when, shelf.catalog) == told


def test_parts_of_conditions_are_bracketed_and_definitions_told(shelf: Shelf) -> None:
    purpose = Fact.model_validate({"fact": "use.purpose", "op": "is", "value": "research"})
    shares = Rule.model_validate(
        {
            **dict.fromkeys(("rule", "title", "meaning", "question", "remedy"), "x"),
            "kind": "duty",
            "when": {
                "not": {"all": [{"defined": "shares"}, {"fact": "evidence.notice_file", "op": "is", "value": True}]}
            },
        }
    ).when
    assert shares is not None
    told = "it is not so that (a changed model leaves the house and the original ships a NOTICE file)"
    assert sentence(shares, shelf.catalog) == told
    either = AnyOf.model_validate({"any": [purpose, Not.model_validate({"not": purpose})]})
    assert sentence(either, shelf.catalog) == "the purpose is research or it is not so that the purpose is research"


def test_a_family_of_policies_has_no_columns_and_one_without_clauses_says_so(tmp_path: Path) -> None:
    names = FILES["licenses/names.yaml"].replace(
        "ambiguous:",
        """\
  rules-1: {title: Rules 1, publisher: Bo, spdx: LicenseRef-rules-1, kind: policy, version: "1", date: null,
            language: en, aliases: []}
  rules-2: {title: Rules 2, publisher: Bo, spdx: LicenseRef-rules-2, kind: policy, version: "2", date: null,
            language: en, supersedes: rules-1, aliases: []}
ambiguous:""",
    )
    shelf = Shelf(laid(tmp_path, {"licenses/names.yaml": names}))
    text = render(family_page.page("rules-1", shelf))
    assert "## Rule by rule\n\nNo clause of any version is encoded.\n" in text
    policy = HEAD.format(key="rules-2", kind="policy", title="Rules 2", version=2, date="2024-01-01")
    clauses = 'sections: ["1"]\nclauses:\n  - {id: "1", rule: person, acts: any, anchor: a, gist: b.}\n'
    shelf = Shelf(laid(tmp_path, {"licenses/names.yaml": names, "licenses/rules-2.yaml": policy + clauses}))
    text = render(family_page.page("rules-1", shelf))
    assert "| Commercial use | not encoded | – |\n" in text
    assert "| A person judges (judgement) | not encoded | [1](../licenses/rules-2.md#1) |\n" in text


def test_a_catalog_without_policies_families_and_missing_texts_says_so(tmp_path: Path) -> None:
    for name in ("rules/permit.yaml", "rules/definitions.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(FILES[name], encoding="utf-8")
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses/names.yaml").write_text("schema: 1\nknown: {}\n", encoding="utf-8")
    text = render(index_page.page(Shelf(PackagedCatalog(tmp_path))))
    assert "## Use policies (0)\n\nNone.\n" in text
    assert "## Version beside version\n\nNo license of the catalog replaced another.\n" in text
    assert text.endswith("## Texts that are not held\n\nAll texts that are named are held.\n")


def test_a_first_month_that_the_text_does_not_name_is_told_as_none(tmp_path: Path) -> None:
    clause = '  - {id: "1", rule: earnings, acts: any, with: {limit: 7, since: 0001-01}, anchor: b, gist: Too much.}\n'
    shelf = Shelf(laid(tmp_path, license_of("paid", clause)))
    assert "| [`paid/1`](../licenses/paid.md#1) | any | 7 | no first month |\n" in render(
        rule_page.page("earnings", shelf)
    )
    assert " | any twelve months in a row | – |\n" in render(license_page.page("paid", shelf))
