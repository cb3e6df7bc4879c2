"""The page about one license, in Markdown, word by word where the small catalog has everything."""

from pathlib import Path

import pytest

from license_audit.outputs.page_markdown import render
from license_audit.pages import license_page
from license_audit.pages.shelf import Shelf
from tests.pages.small import FILES, laid, license_of

EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(laid(tmp_path))


@pytest.mark.parametrize("key", ["new", "next"])
def test_a_page_tells_everything_in_order(shelf: Shelf, key: str) -> None:
    assert render(license_page.page(key, shelf)) == (EXPECTED / f"{key}.md").read_text(encoding="utf-8")


def test_a_text_read_for_its_key_clauses_says_so(shelf: Shelf) -> None:
    text = render(license_page.page("part", shelf))
    assert "\n\nOnly its key clauses are encoded: what bars, what is capped and what must be shown. A person" in text
    assert "- Commercial use: not known\n- Figures that matter: none\n- Hosting for others: not known\n" in text
    assert "## What you owe\n\nNo key clause says anything of it.\n" in text
    assert "no clause" not in text
    assert "## What you may do" not in text
    assert "- coverage: key clauses only, 1 clause; 1 of 1 sections that were read covered\n" in text
    assert "holds when the organization has claimed that the model infringes its rights (patent)\n" in text


def test_a_policy_permits_nothing_and_has_no_columns(shelf: Shelf) -> None:
    text = render(license_page.page("aup", shelf))
    assert "## In short" not in text
    assert "## What you may do" not in text
    assert "- part of [New \\*Terms\\*](../licenses/new.md), [Next](../licenses/next.md)\n" in text


def test_a_license_that_follows_none_tells_no_change(shelf: Shelf) -> None:
    text = render(license_page.page("old", shelf))
    assert "## What changed" not in text
    assert "## Names\n\n- `ada` may mean it or another text; the date decides\n" in text


def test_of_many_models_the_first_are_named_and_the_rest_counted(tmp_path: Path) -> None:
    models = "".join(
        f"  ada/m{number:02}:\n    terms: [{{license: old, source: card, confidence: low}}]\n" for number in range(23)
    )
    head = "schema: 1\npublisher: Ada\nmodels:\n"
    text = render(license_page.page("old", Shelf(laid(tmp_path, {"licenses/models/ada.yaml": head + models}))))
    assert "23 models of the catalog:\n" in text
    assert "| `ada/m19` | – | – | low |\n\nand 3 more, which the catalog lists\n" in text
    assert "ada/m20" not in text


def test_what_is_gone_and_what_nobody_can_say(tmp_path: Path) -> None:
    names = FILES["licenses/names.yaml"].replace("supersedes: old", "supersedes: part")
    text = render(license_page.page("new", Shelf(laid(tmp_path, {"licenses/names.yaml": names}))))
    assert "compared with [Part](../licenses/part.md)\n" in text
    assert "- only the key clauses of part are encoded: what else it says is not compared\n" in text
    assert "| not known | Copies carry the text ([`new/3`](#3)) | – | Copies carry it. |\n" in text
    assert "| gone | A lawsuit ends it ([`part/7`](../licenses/part.md#7)) | Whoever sues loses it. | – |\n" in text


def test_a_predecessor_that_nobody_knows_is_named_and_not_compared(tmp_path: Path) -> None:
    names = FILES["licenses/names.yaml"].replace("supersedes: old", "supersedes: lost")
    text = render(license_page.page("new", Shelf(laid(tmp_path, {"licenses/names.yaml": names}))))
    assert "## What changed\n\ncompared with lost\n\n## How it was read" in text


def test_a_successor_without_clauses_is_compared_no_further(shelf: Shelf) -> None:
    assert "## What changed" not in render(license_page.page("next", shelf))


def test_a_predecessor_without_clauses_is_compared_no_further(tmp_path: Path) -> None:
    names = FILES["licenses/names.yaml"].replace("supersedes: old", "supersedes: next").replace("supersedes: new, ", "")
    text = render(license_page.page("new", Shelf(laid(tmp_path, {"licenses/names.yaml": names}))))
    told = "- the clauses of next are not encoded: only what the texts are is compared, and no clause\n"
    assert f"## What changed\n\ncompared with [Next](../licenses/next.md)\n\n{told}" in text


def test_a_policy_that_is_only_known_by_name_is_told(tmp_path: Path) -> None:
    more = license_of(
        "kept",
        '  - {id: "1", rule: conduct, acts: any, with: {policy: next}, anchor: a, gist: It holds.}\n',
        'incorporates: [{key: next, by: "1", held: true}]\n',
    )
    text = render(license_page.page("kept", Shelf(laid(tmp_path, more))))
    assert "- policy: [Next](../licenses/next.md) (clauses not encoded)\n" in text.replace("  - ", "- ")
    assert "- Commercial use: no: not granted\n" in text


def test_lines_are_told_as_they_bite(tmp_path: Path) -> None:
    clauses = (
        "  - {id: 1/1, rule: fee, acts: any, with: {limit: 2500, currency: USD}, anchor: a, gist: A fee.}\n"
        "  - {id: 1/2, rule: earnings, acts: any, with: {limit: 7, since: 2024-05}, anchor: b, gist: Too much.}\n"
    )
    text = render(license_page.page("paid", Shelf(laid(tmp_path, license_of("paid", clauses)))))
    assert "| A fee above a line | attributable revenue | more than 2,500 USD | – | – | – |\n" in text
    told = "at least 7 EUR | the licensee and its affiliates, added | any twelve months in a row, from 2024-05 on | – |"
    assert f"| Too much revenue | monthly revenue | {told}\n" in text
    figures = "attributable revenue more than 2,500 USD (duty): [`1/1`](#1-1); monthly revenue at least 7 EUR: [`1/2`]"
    assert f"- Figures that matter: {figures}(#1-2)\n" in text


def test_a_policy_of_ones_own_is_no_change_of_what_it_says(tmp_path: Path) -> None:
    """Both versions have a policy; one clause of it stays, and one moves into the license itself."""
    stays = '  - {id: "1", rule: closed, acts: any, with: {domains: [legal-advice]}, anchor: no law, gist: No law.}\n'
    moves = '  - {id: "2", rule: person, acts: any, anchor: a person, gist: A person looks.}\n'
    policy = license_of("rules", stays + moves)["licenses/rules.yaml"].replace("kind: license", "kind: policy")
    names = FILES["licenses/names.yaml"].replace("{key: aup, held: true}, {key: Lost Rules, held: false}", "")
    more = license_of("old", stays, 'incorporates: [{key: rules, by: "1", held: true}]\n')
    more["licenses/old.yaml"] = more["licenses/old.yaml"].replace(stays, "") + moves.replace(
        "person looks", "man looks"
    )
    more["licenses/aup.yaml"] = policy.replace("key: rules", "key: aup")
    new = license_of("new", "", 'incorporates: [{key: aup, by: "1", held: true}]\n')["licenses/new.yaml"]
    more |= {"licenses/rules.yaml": policy.replace(moves, ""), "licenses/names.yaml": names}
    more["licenses/new.yaml"] = new.replace("clauses:\n", "clauses: []\n")
    text = render(license_page.page("new", Shelf(laid(tmp_path, more))))
    assert "clauses: 1 the same, 1 changed\n" in text
    moved = "stands in | the license itself | the policy aup |"
    assert (
        f"| changed | A person judges ([`old/2`](../licenses/old.md#2), [`aup/2`](../licenses/aup.md#2)): {moved}"
        in text
    )
    assert "Closed fields" not in text.partition("## What changed")[2]
