"""The texts of the corpus and their variants, where the corpus is."""

import json
from difflib import SequenceMatcher
from pathlib import Path

import pytest

from tests.conftest import CORPUS
from tests.engine.identify.test_identification import found, only
from tests.published import corpus

INDEX = CORPUS / "variants" / "index.json"
VARIANTS = json.loads(INDEX.read_text(encoding="utf-8"))["variants"] if INDEX.is_file() else []
FIRST_PART_OF_ANOTHER = {"codegeex2", "internlm-repo"}
"""Texts of which the first six tenths are word for word another license's."""


def variants(expect: str) -> list[object]:
    """Variants of which one thing is expected."""
    return [pytest.param(variant, id=variant["id"]) for variant in VARIANTS if variant["expect"] == expect]


def read(variant: dict[str, str]) -> str:
    """The text of a variant."""
    return (INDEX.parent / variant["file"]).read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in corpus("licenses")])
def test_a_text_of_the_corpus_is_unaltered(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert found(text) == [(path.stem, "unaltered")]
    assert found(f"Copyright (c) 2026 Jane Doe\n\n{text}") == [(path.stem, "unaltered")]


@pytest.mark.parametrize("variant", variants("match"))
def test_a_copy_has_its_exact_key(variant: dict[str, str]) -> None:
    outcomes = found(read(variant))
    assert {key for key, _ in outcomes} == {variant["expected_key"]}
    # Copies found elsewhere differ now and then; those that were made differ in nothing that counts.
    assert variant["kind"] == "natural" or outcomes == [(variant["expected_key"], "unaltered")]


@pytest.mark.parametrize("variant", variants("partial"))
def test_the_first_part_of_a_text_has_its_key(variant: dict[str, str]) -> None:
    match = only(read(variant))
    key = variant["expected_key"]
    assert key in {match.key, *match.alike} or key in FIRST_PART_OF_ANOTHER
    assert match.status in {"partial", "altered"}


@pytest.mark.parametrize("variant", variants("multi"))
def test_a_file_with_several_texts_has_all_their_keys(variant: dict[str, list[str]]) -> None:
    text = (INDEX.parent / str(variant["file"])).read_text(encoding="utf-8")
    assert set(variant["expected_keys"]) <= {key for key, _ in found(text)}


@pytest.mark.parametrize("variant", variants("altered"))
def test_an_altered_text_is_altered_on_the_lines_that_differ(variant: dict[str, str]) -> None:
    text, key = read(variant), variant["expected_key"]
    published = (CORPUS / "licenses" / f"{key}.txt").read_text(encoding="utf-8")
    match = only(text)
    assert (match.key, match.status) == (key, "altered")
    before, after = ([" ".join(line.split()) for line in one.splitlines()] for one in (published, text))
    for kind, _, _, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal" and any(after[first:last] or ["x"]):
            spans = [change.lines for change in match.changes]
            # What was left out has no line of its own; its neighbors are told.
            assert any(start - 3 <= last and first <= end + 3 for start, end in spans), (kind, first, last)
