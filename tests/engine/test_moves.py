"""What moved between two looks at a model."""

from typing import Any

import pytest

from license_audit.engine.identify.outline import outline
from license_audit.engine.moves import moves
from license_audit.model.evidence import DataSource, FoundText, Move, Statement
from license_audit.model.lock import SAME_WEIGHTS, Block, LockedParent, LockedText
from license_audit.readers.catalog import PackagedCatalog
from tests.engine.identify.test_outline import OURS

A, B = "a" * 64, "b" * 64
PLAIN = Block(source="hub", commit="1" * 40, declared=("mit",), gate="none", files={"LICENSE": A}, texts=("LICENSE",))


def text(of: str, key: str = "", status: Any = "unknown") -> LockedText:
    """A text as the lock file keeps it."""
    return LockedText(found=(FoundText(key=key, status=status),), sections=outline(of))


SAID = Statement(kind="research-only", quote="for research", line=3)
TEXTS = {A: text(OURS), B: text(OURS.replace("700", "800"))}


def look(catalog: PackagedCatalog, known: dict[str, LockedText] = TEXTS, **update: Any) -> list[Move]:
    """Moves from the plain block to one with some fields changed."""
    return list(moves("x/y", PLAIN, PLAIN.model_copy(update=update), known, catalog))


@pytest.mark.parametrize(
    ("update", "kind", "message"),
    [
        ({"unavailable": "no such repository"}, "gone", "x/y: no such repository"),
        ({"renamed": "z/y"}, "renamed", "x/y is called z/y now"),
        ({"gate": "manual"}, "gate", "x/y: the gate was none and is manual"),
        ({"declared": ()}, "license", "x/y: the card declared mit and declares none"),
        ({"declared": None}, "license", "x/y: the card declared mit and declares nothing that was read"),
        ({"files": {}, "texts": ()}, "text", "x/y: LICENSE is no longer there (a text nobody knows (unknown))"),
        (
            {"files": {"LICENSE": A, "NOTES": B}, "texts": ("LICENSE", "NOTES")},
            "text",
            "x/y: NOTES is new (a text nobody knows (unknown))",
        ),
        (
            {"files": {"LICENSE": B}},
            "text",
            "x/y: LICENSE is a text nobody knows (unknown) in other words; changed: section 2",
        ),
        ({"license_link": "x"}, "license", "x/y: the card's license_link was absent and is x"),
        ({"unread": ("LICENSE.md",)}, "text", "x/y: nobody could read none, and now LICENSE.md"),
        ({"hints": ("llama-2",)}, "parent", "x/y: tags named none and name llama-2"),
        (
            {"data": (DataSource(name="d/s", basis="declared"),)},
            "data",
            "x/y: its data were none and are d/s",
        ),
        ({"stated": (SAID,)}, "license", "x/y: the card says now: “for research”"),
        (
            {"stated": (SAID.model_copy(update={"file": "NOTICE"}),)},
            "license",
            "x/y: NOTICE says now: “for research”",
        ),
        (
            {"files": {"LICENSE": A, "NOTICE": B}},
            "text",
            "x/y: NOTICE is new (a text nobody knows (unknown))",
        ),
        (
            {"parents": (LockedParent(model="p/q", relation="merge", basis="inferred"),)},
            "parent",
            "x/y: its parents were none and are p/q (merge, inferred)",
        ),
        (
            {"parents": (LockedParent(model="p/q", relation="merge", basis="declared"),)},
            "parent",
            "x/y: its parents were none and are p/q (merge, declared)",
        ),
    ],
)
def test_each_move(catalog: PackagedCatalog, update: dict[str, Any], kind: str, message: str) -> None:
    assert [(move.kind, move.message) for move in look(catalog, **update)] == [(kind, message)]


@pytest.mark.parametrize(
    "update",
    [
        {"commit": "2" * 40},
        {"at": "2026-01-01T00:00:00Z"},
        {"gate": None},
        {"parents": (LockedParent(model="p/q", relation="copy", basis="declared", where=SAME_WEIGHTS),)},
    ],
)
def test_what_is_no_move(catalog: PackagedCatalog, update: dict[str, Any]) -> None:
    assert look(catalog, **update) == []


def test_other_bytes_with_the_same_words_are_no_move(catalog: PackagedCatalog) -> None:
    assert look(catalog, {A: text(OURS), B: text(OURS.replace("\n", "\r\n"))}, files={"LICENSE": B}) == []


def test_a_text_that_the_file_does_not_describe(catalog: PackagedCatalog) -> None:
    (move,) = look(catalog, {A: text(OURS)}, files={"LICENSE": B})
    assert move.message.startswith("x/y: LICENSE was a text nobody knows (unknown) and is no known text; changed:")


def test_another_license_with_the_clauses_that_lie_in_its_sections(catalog: PackagedCatalog) -> None:
    old, new = (
        text(OURS, "llama-2-community", "unaltered"),
        text(OURS.replace("700", "7"), "llama-2-community", "altered"),
    )
    (move,) = look(catalog, {A: old, B: new}, files={"LICENSE": B})
    assert move.message == (
        "x/y: LICENSE was llama-2-community (unaltered) and is llama-2-community (altered); changed: section 2"
    )
    assert (move.sections, move.clauses) == (("2",), ("llama-2-community/2",))


def test_a_statement_that_only_moved_to_another_line_is_no_news(catalog: PackagedCatalog) -> None:
    old = PLAIN.model_copy(update={"stated": (SAID,)})
    lower = PLAIN.model_copy(update={"stated": (SAID.model_copy(update={"line": 90, "quote": "For research."}),)})
    assert moves("x/y", old, lower, TEXTS, catalog) == ()
    gone = moves("x/y", old, PLAIN, TEXTS, catalog)
    assert [move.message for move in gone] == ["x/y: the card no longer says: “for research”"]


def test_a_document_that_nobody_can_read_changed_as_a_whole(catalog: PackagedCatalog) -> None:
    """It has no sections that could be compared."""
    pdf = LockedText(found=(FoundText(status="unknown"),))
    (move,) = look(catalog, {A: pdf, B: pdf}, files={"LICENSE": B})
    assert move.message == "x/y: LICENSE is a text nobody knows (unknown) in other words"


def test_gone_and_back(catalog: PackagedCatalog) -> None:
    gone = Block(source="hub", unavailable="no such repository")
    assert moves("x/y", gone, gone, {}, catalog) == ()
    back = moves("x/y", gone, PLAIN, TEXTS, catalog)
    assert back[0].message == "x/y can be read now; it could not before: no such repository"
