"""What a license comes to in a word: each case a license of one or two clauses, its answer from the rules."""

from pathlib import Path

import pytest

from license_audit.model.page import plain
from license_audit.pages.looks import Look, Reader
from license_audit.pages.shelf import Shelf
from tests.pages.small import laid, license_of

ALL = '  - {id: "1", rule: permit, acts: any, anchor: a, gist: All is permitted.}\n'


def look(folder: Path, clauses: str, more: str = "") -> Look:
    shelf = Shelf(laid(folder, license_of("one", ALL + clauses, more)))
    bound = shelf.bound("one")
    assert bound is not None
    return Reader(bound, shelf).look()


def clause(rule: str, acts: str = "any", **more: str) -> str:
    given = "".join(f", {name.rstrip('_')}: {value}" for name, value in more.items())
    return f"  - {{id: 1/2, rule: {rule}, acts: {acts}, anchor: b, gist: So it is.{given}}}\n"


READ = "[{name: a, difference: d, held_by: h}, {name: b, difference: e, held_by: i, effect: EFFECT}]"


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ("", "yes"),
        (clause("free"), "no: 1/2"),
        (clause("free", readings=READ.replace("EFFECT", "none")), "no: 1/2 (contested)"),
        (clause("free", readings=READ.replace("EFFECT", "duty")), "no: 1/2 (contested)"),
        (clause("free", readings=READ.replace("EFFECT", "review")), "no: 1/2 (contested)"),
        (clause("free", unless='["1/3"]') + clause("held").replace("1/2", "1/3"), "yes"),
        (clause("free", unless='["1/3"]') + clause("inside").replace("1/2", "1/3"), "no: 1/2"),
        (clause("free", acts="[distribute-weights]"), "yes"),
        (clause("cap", with_="{limit: 5, comparator: more-than, whose: licensee}"), "limited: 1/2"),
        (clause("person"), "limited: 1/2"),
        (clause("reserved", acts="[host-as-api]"), "yes"),
        (clause("closed", with_="{domains: [legal-advice]}"), "yes"),
        (clause("copies"), "yes"),
    ],
)
def test_commercial_use(tmp_path: Path, clauses: str, told: str) -> None:
    assert plain(look(tmp_path, clauses).commercial) == told


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ("", "yes"),
        (clause("reserved", acts="[host-as-api]"), "no: 1/2"),
        (clause("reserved", acts="[run, host-as-api]"), "yes"),
        (clause("free"), "yes"),
        (clause("free", acts="[host-as-api]"), "limited: 1/2"),
        (clause("copies", acts="[host-as-api]"), "with duties: 1/2"),
        (clause("copies", acts="[distribute-weights]"), "yes"),
    ],
)
def test_hosting(tmp_path: Path, clauses: str, told: str) -> None:
    assert plain(look(tmp_path, clauses).hosting) == told


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ("", "yes"),
        (clause("learn", with_="{targets: [other-llm]}"), "not for other-llm: 1/2"),
        (clause("learn", with_="{targets: [same-family, other-llm, other-model]}"), "no: 1/2"),
        (clause("free", acts="[train-on-outputs]"), "limited: 1/2"),
        (clause("copies", acts="[distill, train-on-outputs]"), "with duties: 1/2"),
        (clause("learn", acts="[run]", with_="{targets: [other-llm]}"), "yes"),
    ],
)
def test_training_on_outputs(tmp_path: Path, clauses: str, told: str) -> None:
    assert plain(look(tmp_path, clauses).outputs) == told


@pytest.mark.parametrize(
    ("clauses", "told"),
    [
        ("", "none"),
        (clause("alike", with_="{accepted: [one], sharing: shares}"), "share-alike: 1/2"),
        (clause("copies"), "license-copy, attribution-notices"),
        (clause("on-claim", with_="{event: third-party-claim}"), "none"),
    ],
)
def test_what_is_passed_on(tmp_path: Path, clauses: str, told: str) -> None:
    assert plain(look(tmp_path, clauses).passed_on) == told


@pytest.mark.parametrize(
    ("clauses", "told"),
    [("", "none"), (clause("copies"), "attribution-notices"), (clause("copies", fulfilled_by="[credit]"), "credit")],
)
def test_names_and_notices(tmp_path: Path, clauses: str, told: str) -> None:
    assert plain(look(tmp_path, clauses).notices) == told


@pytest.mark.parametrize(
    "more",
    [
        "coverage: key-clauses\n",
        'incorporates: [{key: Lost Rules, by: "1", held: false}]\n',
        'incorporates: [{key: part, by: "1", held: true}]\n',
    ],
)
def test_what_was_not_read_to_its_end_is_told_to_allow_nothing(tmp_path: Path, more: str) -> None:
    found = look(tmp_path, "", more)
    cells = [found.commercial, found.hosting, found.outputs, found.passed_on, found.notices]
    assert [plain(cell) for cell in cells] == ["not known"] * 5


def test_what_was_not_read_to_its_end_may_still_bar(tmp_path: Path) -> None:
    assert plain(look(tmp_path, clause("free"), "coverage: key-clauses\n").commercial) == "no: 1/2"


def test_a_policy_that_is_part_of_it_counts(tmp_path: Path) -> None:
    more = license_of("one", ALL, 'incorporates: [{key: house, by: "1", held: true}]\n')
    shelf = Shelf(laid(tmp_path, license_of("house", clause("free")) | more))
    bound = shelf.bound("one")
    assert bound is not None
    assert plain(Reader(bound, shelf).look().commercial) == "no: house/1/2"


def test_acts_that_no_clause_grants_are_no_less_than_barred(tmp_path: Path) -> None:
    shelf = Shelf(laid(tmp_path, license_of("one", ALL.replace("any", "[run, host-as-api]"))))
    bound = shelf.bound("one")
    assert bound is not None
    found = Reader(bound, shelf).look()
    assert [plain(found.commercial), plain(found.hosting)] == ["no: not granted", "yes"]
