"""What formats tell one by one: which, how grave, and known again in the next run."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.model.report import ModelUse, Obstacle
from license_audit.model.scan import Mention
from license_audit.outputs.kinds import KINDS, kind
from license_audit.outputs.notices import Notice, by_gravity, path, sentence, without_places
from license_audit.outputs.report_notices import notices_of_report
from license_audit.outputs.scan_notices import notices_of_scan
from tests.conftest import ROOT
from tests.outputs import samples
from tests.outputs.samples import Names, finding, mention, report, scan

KINDS_OF_FINDINGS = ("policy-denied", "terms-moved", "restriction-dropped", "evidence-odd")


def told(*uses: ModelUse, **more: object) -> tuple[Notice, ...]:
    return notices_of_report(report(*uses, **more), Names())


def one(*uses: ModelUse, **more: object) -> Notice:
    (found,) = told(*uses, **more)
    return found


def marks(notices: Iterable[Notice]) -> Counter[tuple[str, ...]]:
    """Fingerprints with what they stand for."""
    return Counter((notice.rule, notice.message, *notice.details, notice.fingerprint) for notice in notices)


def test_an_allowed_use_is_no_problem_unless_the_gate_stops_it() -> None:
    assert told(samples.allowed()) == ()
    stopped = one(samples.allowed(gate="fails"), fail_on="allowed")
    assert (stopped.rule, stopped.level, stopped.help != "") == ("use-allowed", "error", True)


@pytest.mark.parametrize(
    ("use", "fail_on", "level", "standing"),
    [
        (samples.disallowed(), "undetermined", "error", "fails"),
        (samples.undetermined(), "undetermined", "error", "fails"),
        (samples.undetermined(gate="passes"), "disallowed", "warning", "passes"),
        (samples.conditional(), "undetermined", "note", "passes"),
        (samples.conditional(gate="fails"), "conditional", "error", "fails"),
        (samples.waived(), "undetermined", "note", "waived"),
        (samples.known(), "undetermined", "warning", "known"),
        # The gate stands so because of something else than the verdict.
        (samples.conditional(gate="fails"), "undetermined", "note", "passes"),
        (samples.conditional(gate="known"), "undetermined", "note", "passes"),
    ],
)
def test_how_grave_a_verdict_is(use: ModelUse, fail_on: str, level: str, standing: str) -> None:
    found = one(use, fail_on=fail_on)
    assert (found.level, found.standing) == (level, standing)


def test_a_finding_is_told_once_for_all_uses_of_a_model() -> None:
    odd = finding("restriction-dropped", message="mit is declared, but up/stream comes under lic", clauses=("lic/1",))
    uses = [samples.allowed(findings=(odd, odd)).model_copy(update={"use": name}) for name in ("chat", "lab")]
    found = one(*uses)
    assert found.message == "org/free: mit is declared, but up/stream comes under lic (lic/1)."
    assert dict(found.facts) == {"use": "chat, lab", "clauses": "lic/1"}
    other = uses[1].model_copy(update={"line": 99})
    assert len(told(uses[0], other)) == 2


@pytest.mark.parametrize(
    ("given_", "gate", "level", "standing"),
    [
        (finding("policy-denied", "error"), "fails", "error", "fails"),
        (finding("policy-denied", "error"), "known", "warning", "known"),
        (finding("policy-denied", "error", waived="by me"), "passes", "note", "waived"),
        (finding("restriction-dropped"), "fails", "warning", "passes"),
        (finding("waiver-lapsed"), "fails", "warning", "fails"),
        (finding("waiver-lapsed"), "passes", "warning", "passes"),
    ],
)
def test_how_grave_a_finding_is(given_: object, gate: str, level: str, standing: str) -> None:
    found = one(samples.allowed(gate=gate, findings=(given_,)))
    assert (found.level, found.standing) == (level, standing)
    assert found.suppression == ("by me" if standing == "waived" else "")


def test_a_finding_stops_where_it_stops_one_of_the_uses() -> None:
    denied = finding("policy-denied", "error")
    uses = (
        samples.allowed(
            gate=gate,
            findings=(denied,),
        )
        for gate in ("known", "fails")
    )
    first, second = uses
    assert one(first, second.model_copy(update={"use": "lab"})).standing == "fails"


def test_notes_are_no_problems() -> None:
    assert told(samples.allowed(findings=(finding("text-missing", "note"),))) == ()


def test_the_gravest_come_first_and_the_rest_stays_in_order() -> None:
    found = [(notice.level, notice.standing) for notice in by_gravity(notices_of_report(samples.whole(), Names()))]
    assert found == [
        ("error", "fails"),
        ("error", "fails"),
        ("error", "fails"),
        ("warning", "fails"),
        ("warning", "known"),
        ("note", "waived"),
        ("note", "passes"),
    ]
    lines = [notice.line for notice in by_gravity(told(*samples.many(40).uses)) if notice.level == "error"]
    assert lines == [4, 14, 24, 34]


def test_a_place_is_one_in_the_repository() -> None:
    assert one(samples.disallowed()).file == "ml/models.yaml"
    assert one(samples.disallowed(), folder="").file == "models.yaml"
    assert path("", "./a//b/../c.py") == "a/c.py"
    assert path("/work", "c.py") == "work/c.py"


def test_what_is_named_in_source_is_told_where_it_is_not_listed() -> None:
    found = notices_of_scan(samples.whole_scan())
    assert [(notice.rule, notice.level, f"{notice.file}:{notice.line}") for notice in found] == [
        ("missing-model", "error", "app/main.py:3"),
        ("missing-model", "error", "app/main.py:8"),
        ("missing-model", "error", "app/values.yaml:2"),
        ("unclear-model", "note", "app/values.yaml:5"),
        ("unread-file", "warning", "app/huge.json:1"),
        ("unread-file", "error", "app/secret.py:4"),
    ]
    assert found[2].message == "Hosted model gpt-4 of openai (model) is not in models.yaml."
    assert notices_of_scan(scan(mention("a.py", 1, "org/x"), manifest="", folder="sub"))[0].file == "sub/a.py"


def test_sentences_have_an_end_and_are_not_endless() -> None:
    assert [sentence(text) for text in ("a", "a.", "a?", "", "a\nb")] == ["a.", "a.", "a?", "", "a b."]
    assert len(sentence("x" * 5000)) == 1500
    assert sentence("x" * 5000).endswith(" […]")


def test_long_lists_end_with_a_count() -> None:
    questions = [{"path": f"p{n}", "text": "t?", "clauses": (), "decides": False} for n in range(7)]
    found = one(samples.undetermined(assessment=samples.assessment("undetermined", questions=questions)))
    assert found.details == (*(f"Question p{n}: t?" for n in range(5)), "and 2 more of these")


def test_what_decides_is_told_with_its_kind() -> None:
    clauses = (
        samples.clause("lic/1", "barred", gist="Barred."),
        samples.clause("lic/2", "review"),
        samples.clause("lic/3", "open"),
    )
    decisive = ("host-as-api", "lic/1", "lic/2", "lic/3")
    found = samples.assessment("disallowed", reason="Barred.", decisive=decisive, clauses=clauses)
    assert one(samples.disallowed(assessment=found)).details == (
        "No clause of these terms grants: host-as-api",
        "Decided by lic/1 (section 1 of Title of lic).",
        "To be judged by a person: lic/2 (section 2 of Title of lic): Question of lic/2?",
    )


def test_what_else_stands_against_a_use_is_told() -> None:
    more = (
        Obstacle(finding="lic/3.1", verdict="disallowed"),
        Obstacle(finding="lic/5", verdict="undetermined"),
        Obstacle(finding="lic: run", verdict="disallowed"),
        Obstacle(finding="lic/2", verdict="conditional"),
    )
    use = samples.disallowed()
    found = use.assessment.model_copy(update={"obstacles": more})
    assert one(samples.disallowed(assessment=found)).details[1:] == (
        "Would stand against it as well: lic/5 (undetermined), lic: run (disallowed).",
    )
    mild = samples.conditional().assessment.model_copy(update={"obstacles": more})
    assert len(one(samples.conditional(assessment=mild)).details) == 1


def test_a_waiver_that_is_not_enough_is_told() -> None:
    waiver = finding("waived", "note", "lic/3.1 is waived", waived="by legal until 2027-01-01: bought")
    assert one(samples.disallowed(findings=(waiver,))).details[-1] == (
        "Not enough: lic/3.1 is waived by legal until 2027-01-01: bought"
    )


# Fingerprints.


def test_a_fingerprint_is_free_of_lines_version_day_and_order() -> None:
    first = samples.whole()
    moved = [use.model_copy(update={"line": use.line + 40}) for use in reversed(first.uses)]
    again = report(*moved, tool_version="9.0", on=date(2030, 1, 1))
    assert marks(notices_of_report(first, Names())) == marks(notices_of_report(again, Names()))
    places = samples.whole_scan()
    lower = [one.model_copy(update={"line": one.line + 7, "column": 1}) for one in places.mentions]
    shifted = places.model_copy(update={"mentions": tuple(lower), "tool_version": "9.0"})
    assert marks(notices_of_scan(places)) == marks(notices_of_scan(shifted))


def test_a_fingerprint_is_another_for_other_things() -> None:
    def mark(use: ModelUse, **more: object) -> str:
        return one(use, **more).fingerprint

    same = mark(samples.disallowed())
    assert same == mark(samples.disallowed())
    # A question of style decides nothing: the reason is told in other words.
    worded = samples.disallowed().assessment.model_copy(update={"reason": "In other words."})
    assert mark(samples.disallowed(assessment=worded)) == same
    other = samples.disallowed().assessment.model_copy(update={"decisive": ("lic/4",)})
    others = [
        mark(samples.disallowed(assessment=other)),
        mark(samples.disallowed().model_copy(update={"model": "org/b"})),
        mark(samples.disallowed().model_copy(update={"use": "lab"})),
        mark(samples.disallowed(), manifest="other.yaml"),
        mark(samples.disallowed(), folder="elsewhere"),
        mark(samples.undetermined()),
    ]
    assert len({same, *others}) == 7


def test_line_numbers_in_messages_are_no_part_of_it() -> None:
    assert without_places("m/README.md:4:12: odd, see line 9 and lines 3–4") == "m/README.md: odd, see  and "
    odd = [finding("evidence-odd", message=f"m/README.md:{line}:1: odd") for line in (4, 9)]
    found = [one(samples.allowed(findings=(part,))).fingerprint for part in odd]
    assert found[0] == found[1]
    both = told(samples.allowed(findings=tuple(odd)))
    assert len({notice.fingerprint for notice in both}) == 2
    assert marks(both) == marks(told(samples.allowed(findings=tuple(reversed(odd)))))


def test_parts_of_a_fingerprint_do_not_run_into_each_other() -> None:
    first = samples.conditional().model_copy(update={"model": "org/ab", "use": "c"})
    second = samples.conditional().model_copy(update={"model": "org/a", "use": "bc"})
    assert one(first).fingerprint != one(second).fingerprint


USES = st.builds(
    lambda base, model, name, line, kinds, clause: base.model_copy(
        update={
            "model": model,
            "use": name,
            "line": line,
            "findings": tuple(finding(kind, "error", f"{model}: x at f:{line}", clauses=clause) for kind in kinds),
        }
    ),
    st.sampled_from([samples.disallowed(), samples.undetermined(), samples.conditional(), samples.denied()]),
    st.sampled_from(["org/a", "org/b", "org/a:1"]),
    st.sampled_from(["chat", "lab"]),
    st.integers(1, 3),
    st.lists(st.sampled_from(KINDS_OF_FINDINGS), max_size=3),
    st.sampled_from([(), ("lic/1",), ("lic/1", "lic/2")]),
)


@given(st.lists(USES, max_size=8), st.randoms(use_true_random=False))
def test_no_two_results_share_a_fingerprint_and_order_does_not_matter(uses: list[ModelUse], random: object) -> None:
    found = told(*uses)
    assert len({notice.fingerprint for notice in found}) == len(found)
    shuffled = list(uses)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
    assert Counter(notice.fingerprint for notice in told(*shuffled)) == Counter(notice.fingerprint for notice in found)


PLACES = st.builds(
    mention,
    st.sampled_from(["a.py", "b.py"]),
    st.integers(1, 3),
    st.sampled_from(["org/a", "org/b"]),
    role=st.sampled_from(["load", "base"]),
    provider=st.sampled_from(["", "openai"]),
)


@given(st.lists(PLACES, max_size=10))
def test_no_two_places_share_a_fingerprint(places: list[Mention]) -> None:
    found = notices_of_scan(scan(*places))
    assert len({notice.fingerprint for notice in found}) == len(places)


# Kinds.


def raised() -> Iterator[str]:
    """Kinds of findings that the sources raise as warnings or errors."""
    for file in (ROOT / "license_audit").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        yield from re.findall(r'\bfinding\(\s*"([a-z-]+)", "(?:warning|error)"', text)
        yield from re.findall(r'\b_warning\(\s*"([a-z-]+)"', text)
        yield from re.findall(r'Finding\(kind="([a-z-]+)", level="(?:warning|error)"', text)
        yield from re.findall(r'\("([a-z-]+)", "(?:warning|error)"\)', text)


def test_each_kind_that_is_raised_is_explained() -> None:
    found = set(raised())
    assert {"restriction-dropped", "policy-denied", "text-altered", "gate-changed"} <= found
    assert found <= KINDS.keys()
    for name, meaning in KINDS.items():
        assert meaning.title[0].isupper(), name
        assert meaning.title[-1] not in ".!?", name
        assert meaning.meaning.endswith("."), name
        assert meaning.help.endswith("."), name


def test_a_kind_that_nobody_explained_speaks_for_itself() -> None:
    assert kind("brand-new") == (
        "Brand new",
        "A finding of the kind brand-new.",
        "See the report for what it is about.",
    )
