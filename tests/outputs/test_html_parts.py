"""Parts of the page for reviewers: pictures of lineage, headroom, and what the whole report comes to."""

from decimal import Decimal

import pytest

from license_audit.model.report import Edge, Headroom, Question
from license_audit.outputs.html_lineage import DEEPEST, GAP, HEIGHT, INDENT, LOSS, MOST, NAME, WIDTH, picture
from license_audit.outputs.html_lines import AT, LEAST, declared, left, rows
from license_audit.outputs.html_lines import WIDTH as CHART
from license_audit.outputs.html_models import chapters
from license_audit.outputs.merged import Line, duties_owed, lines_drawn, questions_asked
from tests.outputs.samples import assessment, clause, report, use


def edge(child: str, parent: str, *dropped: str, basis: str = "declared", contested: bool = False) -> Edge:
    data = {"child": child, "parent": parent, "relation": "fine-tune", "basis": basis, "contested": contested}
    return Edge.model_validate({**data, "where": "", "concluded": ("mit",), "dropped": dropped})


def line(**more: object) -> Headroom:
    data = {
        "clause": "lic/2",
        "path": "organization.annual_revenue.2025",
        "sentence": "the revenue is more than 100",
        "limit": Decimal(100),
        "currency": "USD",
        "low": None,
        "high": None,
        "side": "open",
        "is_fixed": False,
    }
    return Headroom.model_validate({**data, **more})


def test_a_model_without_parents_has_no_picture() -> None:
    assert picture(use("a", "chat", 1, assessment("allowed"))) is None


def test_each_parent_stands_below_its_child_and_further_right() -> None:
    found = picture(use("a", "chat", 1, assessment("allowed"), lineage=(edge("a", "b"), edge("b", "c", "lic/2"))))
    assert found is not None
    assert [box.name for box in found.boxes] == ["a", "b", "c"]
    assert [box.x for box in found.boxes] == [0, INDENT, 2 * INDENT]
    assert [box.y for box in found.boxes] == [0, HEIGHT + GAP, 2 * (HEIGHT + GAP)]
    assert [box.joint for box in found.boxes[1:]] == [HEIGHT, HEIGHT + GAP + HEIGHT]
    assert found.boxes[2].loss == "drops lic/2"
    assert found.height == 2 * (HEIGHT + GAP) + HEIGHT + LOSS
    assert all(box.x + box.width == WIDTH for box in found.boxes)


def test_what_is_not_declared_or_contested_is_not_sure() -> None:
    edges = (edge("a", "b", basis="inferred"), edge("a", "c", contested=True), edge("a", "d"))
    found = picture(use("a", "chat", 1, assessment("allowed"), lineage=edges))
    assert found is not None
    assert [box.is_sure for box in found.boxes] == [True, False, False, True]
    assert [box.relation for box in found.boxes[1:3]] == [
        "the model above is a fine-tune of this one (inferred)",
        "the model above is a fine-tune of this one (declared, contested)",
    ]


def test_loops_end_and_deep_lineages_stay_in_the_picture() -> None:
    loop = picture(use("a", "chat", 1, assessment("allowed"), lineage=(edge("a", "b"), edge("b", "a"))))
    assert loop is not None
    assert [box.name for box in loop.boxes] == ["a", "b", "a"]
    steps = tuple(edge(f"m{step}", f"m{step + 1}") for step in range(DEEPEST + 3))
    deep = picture(use("m0", "chat", 1, assessment("allowed"), lineage=steps))
    assert deep is not None
    assert max(box.x for box in deep.boxes) == DEEPEST * INDENT


def test_a_large_merge_is_cut_and_says_so() -> None:
    edges = tuple(edge("a", f"parent-{number}") for number in range(MOST + 5))
    found = picture(use("a", "chat", 1, assessment("allowed"), lineage=edges))
    assert found is not None
    assert (len(found.boxes), found.more) == (MOST, 6)


def test_long_names_keep_both_ends() -> None:
    name = "organization/" + "x" * 100 + "-instruct"
    found = picture(use(name, "chat", 1, assessment("allowed"), lineage=(edge(name, "b"),)))
    assert found is not None
    shown = found.boxes[0].name
    assert len(shown) == NAME
    assert shown.startswith("organization/")
    assert shown.endswith("-instruct")


@pytest.mark.parametrize(
    ("known", "told", "rest"),
    [
        ({}, "", "open: what is declared does not tell"),
        ({"low": 5, "high": 5, "side": "below"}, "USD 5", "at least USD 95 below the line (at most 5.0 % of it)"),
        ({"high": 25, "side": "below"}, "at most USD 25", "at least USD 75 below the line (at most 25.0 % of it)"),
        ({"low": 0, "high": 25, "side": "below"}, "at most USD 25",
         "at least USD 75 below the line (at most 25.0 % of it)"),
        ({"low": 5, "high": 25, "side": "below"}, "USD 5 to 25",
         "at least USD 75 below the line (at most 25.0 % of it)"),
        ({"low": 120, "side": "above"}, "at least USD 120", "crossed"),
        ({"low": 5, "side": "open"}, "at least USD 5", "open: what is declared does not tell"),
        ({"low": 0, "high": 0, "limit": 0, "side": "below"}, "USD 0", "not reached"),
        ({"low": 5, "high": 5, "currency": None, "side": "below", "is_fixed": True}, "5",
         "below it; the period is over and can no longer change"),
        ({"side": "open", "is_fixed": True}, "",
         "not known on which side; the period is over and can no longer change"),
        ({"low": "1.005", "high": "1234567.125", "limit": 10**7, "side": "below"}, "USD 1 to 1,234,567.12",
         "at least USD 8,765,432.88 below the line (at most 12.3 % of it)"),
    ],
)  # fmt: skip
def test_what_is_declared_and_left_in_words(known: dict[str, object], told: str, rest: str) -> None:
    assert declared(line(**known)) == told
    assert left(line(**known)) == rest


@pytest.mark.parametrize(
    ("known", "bar"),
    [
        ({}, None),
        ({"low": 5, "high": 5, "limit": 0}, None),
        ({"low": 0, "high": 50}, (0, AT // 2, False)),
        ({"low": 50, "high": 100}, (AT // 2, AT // 2, False)),
        ({"low": 50, "high": 50}, (AT // 2, LEAST, False)),
        ({"low": 50}, (AT // 2, CHART - AT // 2, True)),
        ({"low": 10**6, "high": 10**7}, (CHART - LEAST, LEAST, False)),
    ],
)
def test_a_bar_lies_where_the_number_does(known: dict[str, object], bar: tuple[int, int, bool] | None) -> None:
    (row,) = rows((Line(line(**known), ("lic/2",), (0,)),))
    assert row.bar == bar


def test_a_duty_is_told_once_with_all_that_ask_for_it() -> None:
    first = clause("a/1", "owed", fulfilled_by=("license-copy",))
    second = clause("b/1", "owed", fulfilled_by=("license-copy",))
    other = clause("b/2", "owed", fulfilled_by=("license-copy",), wording="Built with B")
    done = clause("b/3", "owed", fulfilled_by=("credit",))
    alone = assessment("conditional", clauses=(first,), owed=("a/1",))
    both = assessment("conditional", clauses=(second, other, done), owed=("b/1", "b/2"))
    found = duties_owed(report(use("x", "chat", 1, both), use("y", "chat", 2, alone), use("z", "chat", 3, alone)))
    assert [(one.clauses, one.uses) for one in found] == [(("b/1", "a/1"), (0, 1, 2)), (("b/2",), (0,))]


def test_a_question_is_asked_once_and_the_most_decisive_first() -> None:
    common = Question(path="p", text="P?", clauses=("a/1",), decides=False)
    deciding = Question(path="q", text="Q?", clauses=("a/2",), decides=True)
    again = Question(path="q", text="Other words?", clauses=("a/3",), decides=False)
    first = assessment("undetermined", questions=(common, again))
    second = assessment("undetermined", questions=(deciding, common))
    settled = assessment("conditional", questions=(common,))
    found = questions_asked(
        report(use("x", "chat", 1, first), use("y", "chat", 2, second), use("z", "chat", 3, settled))
    )
    assert [(one.question.text, one.clauses, one.uses, one.settles) for one in found] == [
        ("Q?", ("a/3", "a/2"), (0, 1), 1),
        ("P?", ("a/1",), (0, 1), 0),
    ]


def test_lines_are_told_once_a_license_and_open_ones_first() -> None:
    crossed = line(clause="lic/3", low=200, side="above", limit=150)
    fixed = line(clause="lic/4", low=1, high=1, side="below", is_fixed=True)
    found = assessment("undetermined", headroom=(fixed, crossed, line(), line(clause="lic/2/2")))
    drawn = lines_drawn(report(use("x", "chat", 1, found), use("y", "chat", 2, found)))
    assert [(one.clauses, one.uses) for one in drawn] == [
        (("lic/2", "lic/2/2"), (0, 1)),
        (("lic/3",), (0, 1)),
        (("lic/4",), (0, 1)),
    ]


def test_shared_terms_are_told_once_and_findings_where_they_hold() -> None:
    found = assessment("allowed", clauses=(clause("a/1", "granted"),))
    uses = (use("x", "chat", 1, found), use("x", "lab", 1, assessment("allowed")), use("y", "chat", 2, found))
    first, second = chapters(uses)
    assert [part.number for part in (*first.parts, *second.parts)] == [1, 2, 3]
    assert second.parts[0].same is not None
    assert second.parts[0].same.number == 1
    assert second.parts[0].anchors == {"a/1": "s1-c1"}
    assert first.parts[1].same is None


def test_terms_concluded_for_another_day_are_told_with_the_use() -> None:
    old = use("x", "chat", 1, assessment("allowed"), concluded=("old",), openness="community")
    new = use("x", "lab", 1, assessment("allowed"), concluded=("new",), openness="open")
    (chapter,) = chapters((old, new))
    assert [part.is_concluded_apart for part in chapter.parts] == [False, True]
