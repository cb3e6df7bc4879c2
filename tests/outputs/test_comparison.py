"""Comparisons as text and as a page: complete, with both sections, and with strangers' words as text."""

from datetime import date
from typing import Any

import pytest

from license_audit.compare import Ask, compare
from license_audit.model.comparison import (
    Asked,
    Cited,
    Comparison,
    Matter,
    OutcomePair,
    Owed,
    Pair,
    Remark,
    Row,
    State,
    UseComparison,
)
from license_audit.outputs.comparison import render_text
from license_audit.outputs.comparison_html import render_html
from license_audit.outputs.comparison_words import NOT_KNOWN, READ_BOTH, SCOPE, summary
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.outputs.test_html import HOSTILE, Page

ON = date(2026, 11, 24)
ACME = ROOT / "examples" / "acme"
SAME = Row(what="terms in force", a="mit", b="mit")


def use(**more: Any) -> UseComparison:
    """One use in which nothing differs, but for what is given."""
    whole = {
        "model": "org/model",
        "use": "shop",
        "a": "allowed",
        "b": "allowed",
        "reason_a": "As it is.",
        "reason_b": "As it is.",
        "terms": SAME,
        "clauses": (),
        "owed": (),
        "questions": (),
    }
    return UseComparison(**{**whole, **more})


def comparison(**more: Any) -> Comparison:
    """A comparison of two profiles that differ in nothing, but for what is given."""
    whole = {
        "tool_version": "1",
        "on": ON,
        "kind": "profiles",
        "a": "old.yaml",
        "b": "new.yaml",
        "differs": True,
        "is_complete": True,
        "identity": (),
    }
    return Comparison(**{**whole, **more})


def cited(clause: str, **more: Any) -> Cited:
    """A clause of one side."""
    whole = {
        "clause": clause,
        "license": "x",
        "section": "1",
        "gist": f"What {clause} says.",
        "acts": (),
        "condition": None,
        "travels": "never",
    }
    return Cited(**{**whole, **more})


def pair(**more: Any) -> Pair:
    """A pair of clauses that are the same, but for what is given."""
    whole = {
        "group": "limits",
        "rule": "some-rule",
        "kind": "bar",
        "title": "Some limit",
        "state": "same",
        "a": cited("x/1"),
        "b": cited("y/1"),
        "differences": (),
        "see": (),
    }
    return Pair(**{**whole, **more})


def lines(found: Comparison) -> str:
    """The text with single spaces."""
    return " ".join(render_text(found).split())


def words(found: Comparison) -> str:
    """The page with single spaces."""
    return Page(render_html(found)).words()


@pytest.mark.parametrize(
    ("a", "b", "more"),
    [
        ("llama-2", "falcon-180b-1.0", {}),
        ("falcon-180b-1.0", "falcon-2-11b-1.0", {}),
        ("mnpl", "mrl", {}),
        ("cc-by-4.0", "cc-by-nc-4.0", {}),
        ("llama-2", "llama-3.1-community", {}),
        ("tiiuae/falcon-40b", "tiiuae/falcon-180B", {"profile": ACME / "profile.yaml"}),
    ],
)
def test_a_page_holds_every_clause_of_both_with_section_and_gist(
    a: str, b: str, more: dict[str, Any], catalog: PackagedCatalog
) -> None:
    found = compare(Ask(a, b, ON, **more), catalog)
    page, text = words(found), lines(found)
    for one in found.clauses:
        for side in (one.a, one.b):
            if side is not None:
                assert f"{side.clause} section {side.section}" in page
                assert side.gist in page
                assert side.clause in text.replace("- ", "-").replace(" /", "/")
        for row in one.differences:
            assert all(value in page for value in (row.what, row.a, row.b) if value is not None)
    for answer in found.uses:
        assert answer.use in page
        assert answer.reason_a in page
        assert answer.reason_b in page
    assert all(remark.text in page for remark in found.remarks)
    assert summary(found) in page
    reworded = sum(one.state == "same" and not one.is_told_alike for one in found.clauses)
    assert (page.count(READ_BOTH), text.count(READ_BOTH)) == (reworded, reworded)
    assert render_html(found) == render_html(found)


def test_what_is_not_known_is_never_told_as_missing(catalog: PackagedCatalog) -> None:
    found = compare(Ask("llama-2", "falcon-180b-1.0", ON), catalog)
    assert NOT_KNOWN in words(found)
    assert "not known, A alone is read: Field of use is closed: child-exploitation [llama-2-aup/1.1.2]" in lines(found)
    assert "B: falcon-180b-aup, part of falcon-180b-1.0 by section 5.1, is not held" in lines(found)
    table = 'aria-label="Fields of use that only one side speaks about"'
    closed = render_html(found).split(table)[1].split("<h3>")[0]
    assert "nothing" not in closed
    assert closed.count("not known</span>") >= 3
    complete = compare(Ask("mnpl", "mrl", ON), catalog)
    assert NOT_KNOWN not in words(complete)
    assert SCOPE in words(complete)


def test_the_text_of_a_pair_that_differs() -> None:
    wide = pair(
        state="differs",
        differences=(Row(what="acts", a="run, merge", b="run", only_a=("merge",)),),
        see=("y/2",),
    )
    bare = pair(state="only-a", b=None, a=cited("x/3", condition="the sky is blue", travels="with-derivatives"))
    other = pair(state="only-b", a=None, b=cited("y/3", acts=("run",), condition="it rains"))
    alike = pair(b=cited("z/1", gist="What x/1 says."))
    text = render_text(comparison(kind="licenses", on=None, clauses=(wide, bare, other, pair(), alike)))
    assert (
        text
        == """\
Comparison of two licenses
  A  old.yaml
  B  new.yaml

They differ; clauses: 2 the same, 1 different, 1 only in A, 1 only in B.

Limits and bars (2 the same, 1 different, 1 only in A, 1 only in B)
  DIFFERS: Some limit (bar)
    A  x/1, section 1: What x/1 says.
    B  y/1, section 1: What y/1 says.
      acts
        A  run, merge
        B  run
        →  only A: merge
      see also y/2
  ONLY IN A: Some limit (bar)
    A  x/3, section 1: What x/3 says.
       when the sky is blue
  ONLY IN B: Some limit (bar)
    B  y/3, section 1: What y/3 says.
       when it rains
  = Some limit: A x/1, B y/1 (the same in what is checked; told in other words, so read both)
    A  x/1, section 1: What x/1 says.
    B  y/1, section 1: What y/1 says.
  = Some limit: A x/1, B z/1

What reaches users of derivatives or outputs on one side and not in the same way on the other
  Some limit: A x/3 with-derivatives, B –

Compared is what the clauses come to: acts, limits, figures, exceptions, duties. Two clauses that are the same
here may still be worded in other ways. Sections without a checkable clause, e.g. disclaimers, are not
compared.
"""
    )


def test_the_text_of_a_use_that_differs() -> None:
    month = Row(what="users", a="1", b=None)
    changed = use(
        b="disallowed",
        reason_b="Too many users.",
        terms=Row(what="terms in force", a="mit", b="x", only_a=("mit",), only_b=("x",)),
        clauses=(
            OutcomePair(title="Limit", a="x/2", b="x/2", outcome_a="clear", outcome_b="barred", facts=(month,)),
            OutcomePair(title="Copy", a="m/1", b="x/1", outcome_a="owed", outcome_b="fulfilled"),
            OutcomePair(title="Sentence", a=None, b="x/6", outcome_a=None, outcome_b="owed"),
            OutcomePair(title="Law", a="m/9", b=None, outcome_a="clear", outcome_b=None),
            OutcomePair(title="Grant", a="x/3", b="x/3", outcome_a="granted", outcome_b="granted"),
        ),
        owed=(
            Owed(title="Copy", a="m/1", b=None),
            Owed(title="Sentence", a=None, b="x/6"),
            Owed(title="Same", a="n", b="n"),
        ),
        questions=(
            Asked(path="p", text="Which?", a=True, b=False),
            Asked(path="q", text="How many?", a=False, b=True),
            Asked(path="r", text="Both?", a=True, b=True),
        ),
    )
    gone = use(use="gone", b=None, reason_b="")
    new = use(use="new", a=None, reason_a="")
    found = comparison(uses=(changed, gone, new, use(use="same")), remarks=(Remark(side="b", text="A remark."),))
    assert (
        render_text(found)
        == """\
Comparison of two profiles on 2026-11-24
  A  old.yaml
  B  new.yaml

They differ; declared facts that differ: 0; verdicts that differ: 3 of 4.

  note: B: A remark.

org/model for shop
  verdict: A ALLOWED  B DISALLOWED
    A  As it is.
    B  Too many users.
  terms in force
    A  mit
    B  x
  clause: A clear, B barred: Limit [x/2]
    changed: users: A 1; B –
  clause: A owed, B fulfilled: Copy [A m/1, B x/1]
  clause: A –, B owed: Sentence [A –, B x/6]
  clauses of one side alone that do not touch the use: 1
  duty: owed only in A: Copy [m/1]
  duty: owed only in B: Sentence [x/6]
  question: open only in A: p: Which?
  question: open only in B: q: How many?

org/model for gone
  only A has this use: allowed

org/model for new
  only B has this use: allowed

org/model for same
  verdict: allowed in both
  nothing differs
"""
    )
    page = words(found)
    for told in ("no such use", "x/6", "owed", "Which?", "How many?", "Copy m/1", "Sentence x/6", "Nothing differs."):
        assert told in page
    assert "2 clauses that came out alike, or do not touch the use" in page
    assert "Both?" not in page


def test_a_model_beside_another_is_not_named_in_each_use() -> None:
    found = comparison(kind="models", uses=(use(model=""),), differs=False)
    assert "\nshop\n  verdict: allowed in both\n" in render_text(found)
    assert summary(found) == "No difference was found."
    assert summary(comparison(differs=False, is_complete=False)) == "No difference was found in what could be compared."
    assert summary(comparison(kind="licenses")) == "They differ."


def test_matters_stand_together_by_what_is_said_of_them() -> None:
    told: list[tuple[str, State, tuple[str, ...], tuple[str, ...]]] = [
        ("run", "same", ("x/1",), ("y/1",)),
        ("merge", "only-a", ("x/1", "x/2"), ()),
        ("distill", "only-b", (), ("y/1",)),
        ("quantize", "not-known", (), ("y/1",)),
    ]
    acts = [
        Matter(topic="act", title="Permission to act", word=word, state=state, a=a, b=b) for word, state, a, b in told
    ]
    found = comparison(kind="licenses", matters=tuple(acts), clauses=(pair(),))
    text = render_text(found)
    assert "  only in A: Permission to act: merge [x/1, x/2]\n  only in B: Permission to act: distill [y/1]\n" in text
    assert "  not known, B alone is read: Permission to act: quantize [y/1]\n" in text
    assert "1 more on both sides." in words(found)


def test_strangers_words_are_text() -> None:
    long = HOSTILE + "\x1b[31m\u202e"
    found = comparison(
        a=long,
        identity=(Row(what=long, a=long, b=None, only_a=(long,)),),
        facts=(Row(what=long, a=long, b=long + "x", only_b=(long,)),),
        uses=(use(model=long, use=long, terms=Row(what=long, a=long, b="x")),),
        remarks=(Remark(side="both", text=long),),
    )
    page = render_html(found)
    assert "<script" not in page
    assert "\x1b" not in page + render_text(found)
    assert "\u202e" not in page + render_text(found)
    assert Page(page).text.count("<script>alert(1)</script>") >= 8
    assert "default-src 'none'" in page


def test_text_is_no_command_for_a_runner() -> None:
    found = comparison(
        remarks=(Remark(side="both", text="::error::x"),), facts=(Row(what="::error::x", a="##[x", b=None),)
    )
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in render_text(found).splitlines())
