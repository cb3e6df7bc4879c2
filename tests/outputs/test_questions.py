"""The form that people fill in: every kind of answer in every format, and strangers' words as text."""

import json
from datetime import date
from typing import Any, get_args

import pytest

from license_audit.model.questionnaire import (
    AnswerKind,
    Asked,
    Choice,
    Count,
    Effect,
    Form,
    Questionnaire,
    Section,
    Step,
    Waiting,
)
from license_audit.outputs.questions import FORMATS, choices, render_questions, said_to_write
from license_audit.outputs.questions_diff import render_diff
from license_audit.outputs.questions_words import blanks
from tests.outputs.test_html import Page

HOSTILE = "evil/<script>alert(1)</script>\"'&x\u202e\x1b[31m[a](javascript:x)"
CHOICES = (
    Choice(value="one", meaning="the first", matters=True),
    Choice(value="two", meaning="", matters=True),
    Choice(value="three", meaning="", matters=False),
)


def form(kind: AnswerKind, **facts: object) -> Form:
    """A form with the given parts."""
    values: dict[str, object] = {"kind": kind, "expected": f"Expected {kind}."}
    return Form.model_validate(values | facts)


def section(name: str = "lic/1.a", *, compared: tuple[str, ...] = ()) -> Section:
    """A section that asks."""
    gist = f"Gist of {name}."
    return Section(clause=name, license="lic", title="The License", section="1.a", gist=gist, compared=compared)


def waiting(
    count: int = 1, *, decides: int = 0, use: str = "shop", verdict: str = "undetermined"
) -> tuple[Waiting, ...]:
    """Models that wait."""
    return tuple(
        Waiting.model_validate({"model": f"org/m{number}", "use": use, "verdict": verdict, "decides": number < decides})
        for number in range(count)
    )


def asked(shape: Form, **facts: object) -> Asked:
    """A question."""
    values: dict[str, Any] = {
        "number": 1,
        "path": "uses.shop.fact",
        "text": "What is it?",
        "use": "shop",
        "description": "Sells books.",
        "reason": "",
        "decides": False,
        "form": shape,
        "sections": (section(),),
        "waiting": waiting(),
        "effects": (),
    }
    return Asked(**(values | facts))


def step(**facts: object) -> Step:
    """Something that no answer settles."""
    values: dict[str, Any] = {
        "number": 1,
        "path": "evidence.license_text",
        "text": "Which text?",
        "todo": "Obtain it.",
        "noticed": (),
        "sections": (),
        "waiting": waiting(),
    }
    return Step(**(values | facts))


def sheet(*questions: Asked, steps: tuple[Step, ...] = (), organization: str | None = "Acme") -> Questionnaire:
    """A questionnaire."""
    return Questionnaire(
        tool_version="0",
        on=date(2026, 11, 26),
        manifest="models.yaml",
        profile="profile.yaml",
        organization=organization,
        total=3,
        decided=1,
        questions=questions,
        steps=steps,
    )


def test_the_form_in_text() -> None:
    one = asked(
        form("yes-no"),
        decides=True,
        reason="Days count.",
        waiting=waiting(2, decides=1),
        sections=(section(compared=("the a is b", "the a is c")), section("lic/2")),
        effects=(
            Effect(answer="yes", counts=(Count(verdict="allowed", number=1),)),
            Effect(answer="no", counts=(Count(verdict="conditional", number=1), Count(verdict="disallowed", number=1))),
        ),
    )
    assert render_questions(sheet(one, steps=(step(noticed=("m: says other",)),)), "text") == (
        "Still to be answered: models.yaml judged against profile.yaml of Acme for 2026-11-26\n"
        "1 of 3 verdicts are decided. 1 question for the profile; 1 more that no answer in it settles.\n"
        "Tick one box or fill in a line for each question. What nobody knows stays open: tick the last box.\n"
        "An answer that is left out is never taken for yes or no.\n"
        "\n"
        "1. What is it?\n"
        "   uses.shop.fact\n"
        "   About the use shop: Sells books.\n"
        "   Days count.\n"
        "   Waits for it: org/m0, org/m1 in shop. An answer to this alone can settle 1 of 2.\n"
        "   asked by lic/1.a, section 1.a of The License: Gist of lic/1.a. It looks whether the a is b; or\n"
        "     whether the a is c.\n"
        "   asked by lic/2, section 1.a of The License: Gist of lic/2.\n"
        "   What an answer does: yes: allowed; no: 1 conditional, 1 disallowed.\n"
        "   [ ] Yes\n"
        "   [ ] No\n"
        "   [ ] Not known here. It stays open; nothing is guessed.\n"
        "\n"
        "No answer in the profile settles these:\n"
        "\n"
        "1. Which text?\n"
        "   evidence.license_text\n"
        "   Waits for it: org/m0 in shop. Needed together with other answers.\n"
        "   To do: Obtain it.\n"
        "   Noticed: m: says other.\n"
    )


def test_the_form_in_markdown() -> None:
    one = asked(form("date", declared="x"), reason="Days count.", waiting=waiting(1, decides=1))
    many = tuple(section(f"lic/{number}") for number in range(8))
    text = render_questions(
        sheet(one, asked(form("yes-no"), sections=many), steps=(step(noticed=("odd",)),)), "markdown"
    )
    for line in (
        "### 1. What is it?",
        "`uses.shop.fact`",
        "- Days count.",
        "- Waits for it: `org/m0` in shop. An answer to this alone can settle it.",
        "- Asked by `lic/1.a`, section 1\\.a of The License: Gist of `lic/1.a`.",
        "- Asked as well by `lic/6`, `lic/7`.",
        "- Declared so far: x",
        "- Date: year, month, day " + r"\_" * 20,
        "- [ ] Yes",
        "- To do: Obtain it.",
        "- Noticed: odd",
    ):
        assert line in text.splitlines(), line


def test_nothing_left_to_ask() -> None:
    empty = sheet(organization=None)
    assert render_questions(empty, "text") == "Nothing is left to ask: every verdict is decided.\n"
    for name in ("markdown", "html"):
        assert "Nothing is left to ask: every verdict is decided." in render_questions(empty, name)
    only_steps = sheet(steps=(step(),))
    assert "Tick one box" not in "".join(render_questions(only_steps, name) for name in FORMATS)


def test_json_has_everything() -> None:
    whole = sheet(asked(form("choice", choices=CHOICES)), steps=(step(),))
    data = json.loads(render_questions(whole, "json"))
    assert data["on"] == "2026-11-26"
    assert data["questions"][0]["form"]["choices"][0] == {"value": "one", "meaning": "the first", "matters": True}
    assert Questionnaire.model_validate_json(render_questions(whole, "json")) == whole


KINDS: list[tuple[Form, list[str]]] = [
    (form("yes-no"), ["Yes", "No"]),
    (form("choice", choices=CHOICES), ["one", "two", "three"]),
    (form("list", choices=CHOICES), ["one", "two", "None of these", "Others_", "The list is not complete"]),
    (form("list"), ["None", "All of them_", "The list is not complete"]),
    (form("count", period="2023-06"), ["Figure for 2023-06_", "Or at least_", "Or at most_"]),
    (form("money"), ["Figure_", "Or at least_", "Or at most_"]),
    (form("rate"), ["Rate_"]),
    (form("date"), ["Date_"]),
    (form("held-since", choices=CHOICES[:1]), ["First day_"]),
    (
        form("agreements"),
        ["No separate license is held", "Licensor_", "What it covers_", "Reference_", "First day_", "Last day_"],
    ),
    (
        form("claims"),
        [
            "No claim was brought",
            "Against whom_",
            "About which model or license_",
            "Which right_",
            "Day of filing_",
            "It answers a claim that was first brought against us",
        ],
    ),
    (form("text", choices=CHOICES), ["Answer_"]),
    (form("text"), ["Answer_"]),
]


@pytest.mark.parametrize(("shape", "labels"), KINDS)
def test_every_kind_of_answer_can_be_filled_in(shape: Form, labels: list[str]) -> None:
    found = [f"{blank.label}{'_' if blank.is_line else ''}" for blank in blanks(shape)]
    assert found == [*labels, "Not known here. It stays open; nothing is guessed."]
    for name in FORMATS[:3]:
        text = render_questions(sheet(asked(shape)), name)
        assert all(label.rstrip("_") in text for label in labels)


def test_every_kind_is_tried_above() -> None:
    assert {shape.kind for shape, _ in KINDS} == set(get_args(AnswerKind))


def test_meanings_and_currencies_are_told() -> None:
    (first, *_) = blanks(form("money", currency="USD"))
    assert first.meaning == "in USD"
    (first, *_) = blanks(form("money"))
    assert first.meaning == "with its currency"
    (first, *_) = blanks(form("text", choices=CHOICES))
    assert first.meaning == "such as one, two, three"
    assert [blank.meaning for blank in blanks(form("list", choices=CHOICES))][:4] == ["the first", "", "", "of three"]


def test_choices_are_numbered_for_a_terminal() -> None:
    assert choices(form("choice", choices=CHOICES)) == ["   1 one: the first", "   2 two", "   also 3 three"]
    assert choices(form("agreements", choices=CHOICES[:1])) == ["   Looked for: one, the first"]
    held = (Choice(value="1", meaning="Meta, for x", matters=True),)
    assert choices(form("held-since", choices=held)) == ["   1: Meta, for x"]
    assert choices(form("yes-no")) == []
    assert said_to_write(form("list", declared="a")) == ["   Declared so far: a.", "   Write: Expected list."]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (waiting(1, decides=1), "An answer to this alone can settle it."),
        (waiting(3, decides=3), "An answer to this alone can settle all 3."),
        (waiting(3, decides=2), "An answer to this alone can settle 2 of 3."),
        (waiting(2), "Needed together with other answers."),
        (waiting(2, verdict="conditional"), "The verdict stands; a duty may be owed."),
        (waiting(8), "org/m5 and 2 more in shop."),
        ((*waiting(1), *waiting(1, use="lab")), "org/m0 in lab."),
    ],
)
def test_who_waits_and_how_much_an_answer_settles(found: tuple[Waiting, ...], told: str) -> None:
    for name in ("text", "html"):
        page = render_questions(sheet(asked(form("yes-no"), waiting=found)), name)
        words = " ".join((Page(page).text if name == "html" else page).split())
        assert told.removesuffix(".") in words


def test_the_page_is_closed_and_whole() -> None:
    many = tuple(section(f"lic/{number}", compared=("the a is b",)) for number in range(8))
    effects = (Effect(answer="yes", counts=(Count(verdict="allowed", number=1),)),)
    one = asked(form("list", choices=CHOICES, declared="x"), sections=many, effects=effects, reason="Days count.")
    other = asked(form("money", currency="USD"), number=2, use=None, description=None, sections=())
    page = Page(render_questions(sheet(one, other, steps=(step(noticed=("odd",), sections=many),)), "html"))
    names = [name for name, _ in page.tags]
    assert not {"script", "form", "input"} & set(names)
    goals = {f"#{name}" for name in page.values("id")}
    assert set(page.values("href")) <= goals
    assert {"#q1", "#q2", "#s1"} <= set(page.values("href"))
    assert names.count("h1") == 1
    assert len(page.values("id")) == len(set(page.values("id")))
    assert {"q1", "q2", "s1"} <= set(page.values("id"))
    assert "default-src 'none'" in page.values("content")[0]
    words = page.words()
    for told in (
        "Questions about models",
        "Acme",
        "2026-11-26",
        "About the use shop: Sells books.",
        "Declared so far: x",
        "Days count.",
        "Asked as well by lic/6, lic/7.",
        "It looks whether the a is b.",
        "yes: allowed",
        "Answered by",
        "odd",
    ):
        assert told in words, told
    assert words.count("About the use") == 1


def test_strangers_words_are_text() -> None:
    evil = Waiting(model=HOSTILE, use=HOSTILE, verdict="undetermined", decides=False)
    bad = Section(clause=HOSTILE, license=HOSTILE, title=HOSTILE, section=HOSTILE, gist=HOSTILE, compared=(HOSTILE,))
    shape = form("list", declared=HOSTILE, choices=(Choice(value=HOSTILE, meaning=HOSTILE, matters=True),))
    one = asked(
        shape,
        path=HOSTILE,
        text=HOSTILE,
        use=HOSTILE,
        description=HOSTILE,
        sections=(bad,),
        waiting=(evil,),
        effects=(Effect(answer=HOSTILE, counts=(Count(verdict="allowed", number=2),)),),
    )
    whole = sheet(one, steps=(step(noticed=(HOSTILE,), path=HOSTILE, waiting=(evil,)),), organization=HOSTILE)
    for name in FORMATS[:3]:
        text = render_questions(whole, name)
        assert "\x1b" not in text
        assert "\u202e" not in text
    page = Page(render_questions(whole, "html"))
    assert "script" not in [name for name, _ in page.tags]
    assert HOSTILE[:30] in page.text
    markdown = render_questions(whole, "markdown")
    assert "<script>" not in markdown.replace("`", "\0") or "`evil/<script>" in markdown


def test_a_diff_tells_what_changes() -> None:
    assert render_diff("a\nb\n", "a\nb\n", "p") == ""
    assert render_diff("a\r\nb", "a\r\nc\x1b", "p") == (
        "--- p\n+++ p (changed)\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\\x1b\n"
        "\\ No newline at end of file\n"
    )
