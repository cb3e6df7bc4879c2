"""Decisions of persons that fall when the terms they were taken for are others."""

from datetime import date

import pytest

from license_audit.lapses import acceptance, lapsed, moved
from license_audit.model.evidence import Evidence, FoundText, Move, Origin, Parent
from license_audit.model.profile import Acceptance, Waiver

DIGEST = "ab" * 32
TEXT = Move(kind="text", message="x/y: LICENSE changed", clauses=("mit/grant",))
NOTED = TEXT.model_copy(update={"on": "2026-05-02"})
PLAIN = Evidence(model="x/y", digests=(DIGEST,), origin=Origin(source="hub", commit="1" * 40))


def waiver(**keys: object) -> Waiver:
    """A waiver of one clause."""
    plain = {"model": "x/y", "finding": "mit/grant", "by": "a@b.example", "why": "w", "until": date(2030, 1, 1)}
    return Waiver.model_validate({**plain, **keys})


def child(parent: Evidence) -> Evidence:
    """A fine-tune of a model."""
    return Evidence(model="z/child", parents=(Parent(evidence=parent, relation="fine-tune", basis="declared"),))


@pytest.mark.parametrize(
    ("kind", "finding", "level"),
    [
        ("text", "terms-moved", "error"),
        ("license", "terms-moved", "error"),
        ("parent", "terms-moved", "error"),
        ("gone", "terms-moved", "error"),
        ("gate", "gate-changed", "warning"),
        ("renamed", "repository-renamed", "warning"),
    ],
)
def test_findings_of_moves(kind: str, finding: str, level: str) -> None:
    move = Move.model_validate({"kind": kind, "message": "m", "clauses": ("mit/grant",)})
    evidence = PLAIN.model_copy(update={"moves": (move,)})
    for told in (list(moved(evidence)), list(moved(child(evidence)))):
        assert [(one.kind, one.level, one.message, one.clauses) for one in told] == [
            (finding, level, "m", ("mit/grant",))
        ]


@pytest.mark.parametrize(
    ("keys", "update", "reason"),
    [
        ({}, {}, ""),
        ({"text": DIGEST[:12], "revision": "1111111"}, {}, ""),
        ({"text": "00" * 6}, {}, "it was given for a text that starts with 000000000000, and the text is another"),
        ({"revision": "222"}, {}, f"it was given for revision 222, and this is {'1' * 40}"),
        ({"revision": "222"}, {"origin": None}, "it was given for revision 222, and this is none"),
        ({}, {"moves": (TEXT,)}, "x/y: LICENSE changed"),
        ({"text": DIGEST}, {"moves": (TEXT,)}, "x/y: LICENSE changed"),
        (
            {"finding": "terms-moved"},
            {"moves": (TEXT,)},
            "x/y: LICENSE changed; it was given on no day that is recorded",
        ),
        ({"finding": "terms-moved", "on": date(2026, 5, 2)}, {"moves": (NOTED,)}, ""),
        (
            {"finding": "terms-moved", "on": date(2026, 5, 1)},
            {"moves": (NOTED,)},
            "x/y: LICENSE changed; it was given on 2026-05-01",
        ),
        ({"finding": "terms-moved", "text": DIGEST}, {"moves": (TEXT,)}, ""),
        (
            {"finding": "terms-moved", "text": DIGEST},
            {"moves": (NOTED,)},
            "x/y: LICENSE changed; it was given on no day that is recorded",
        ),
        ({}, {"moves": (Move(kind="gate", message="m"),)}, ""),
        (
            {},
            {"terms_since": "2026-05-02"},
            "the terms changed on 2026-05-02; it was given on no day that is recorded",
        ),
        (
            {"on": date(2026, 5, 1)},
            {"terms_since": "2026-05-02"},
            "the terms changed on 2026-05-02; it was given on 2026-05-01",
        ),
        ({"on": date(2026, 5, 2)}, {"terms_since": "2026-05-02"}, ""),
        ({"text": DIGEST}, {"terms_since": "2026-05-02"}, ""),
    ],
)
def test_when_a_waiver_lapses(keys: dict[str, object], update: dict[str, object], reason: str) -> None:
    assert lapsed(waiver(**keys), PLAIN.model_copy(update=update)) == reason


def test_a_waiver_lapses_with_the_terms_of_a_parent() -> None:
    assert lapsed(waiver(), child(PLAIN.model_copy(update={"moves": (TEXT,)}))) == "x/y: LICENSE changed"


def test_a_text_that_a_waiver_names_is_that_of_the_license_concerned() -> None:
    """An ancestor that still ships the old text keeps no waiver of the child's alive."""
    holder = PLAIN.model_copy(update={"texts": (FoundText(key="mit", status="unaltered"),)})
    assert lapsed(waiver(text=DIGEST[:8]), child(holder)) == ""
    assert lapsed(waiver(text=DIGEST[:8], finding="restriction-dropped"), child(holder)) != ""
    assert lapsed(waiver(text=DIGEST[:8]), child(PLAIN)) != ""


def told(evidence: Evidence, accepted: Acceptance | None) -> list[tuple[str, str]]:
    """Kinds and messages."""
    return [(finding.kind, finding.message) for finding in acceptance(evidence, accepted)]


def test_acceptance_of_a_gate() -> None:
    gated = PLAIN.model_copy(update={"gate": "manual"})
    accepted = Acceptance(by="a@b.example", on=date(2026, 5, 1))
    assert [kind for kind, _ in told(gated, None)] == ["gate-not-accepted"]
    assert told(gated, accepted) == []
    assert told(PLAIN, None) == []


def test_an_acceptance_lapses() -> None:
    accepted = Acceptance(by="a@b.example", on=date(2026, 5, 1))
    later = PLAIN.model_copy(update={"terms_since": "2026-05-02"})
    assert told(later, accepted) == [
        (
            "acceptance-lapsed",
            (
                "x/y: what a@b.example accepted were other terms: "
                "the terms changed on 2026-05-02; it was given on 2026-05-01"
            ),
        )
    ]
    assert [kind for kind, _ in told(later, Acceptance(by="a@b.example"))] == ["acceptance-lapsed"]
    assert told(later, Acceptance(by="a@b.example", on=date(2026, 6, 1))) == []


def test_a_loop_of_parents_ends() -> None:
    assert list(moved(child(child(PLAIN)))) == []
