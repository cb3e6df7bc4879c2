"""From a text to what is kept of it: units, numbering, and parts that may differ."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.identify.draft import MAX_LENGTH, Draft, draft, kept
from license_audit.engine.identify.reference import NEEDED, OPTIONAL, TITLE, Identity, Known, fits
from license_audit.engine.identify.words import digest, words_of
from tests.published import CORE, scancode

IDENTITY = Identity("own-1.0", ("LicenseRef-own",), "Own License", "1.0")
TEXT = """\
Own License 1.0
Of Nobody In Particular

Copyright (c) 2024 Nobody

Whoever has a copy of this work may dance with it in the garden, by day and by night.

1. Dancing
Every dance starts on the left foot.
  (a) Shoes are worn.
  (b) Hats are not.

2. Singing
Songs may be sung by everybody who has learned the words and the tune of them by heart.

Who does not sing hums, and who does not hum beats the time with two wooden spoons.

APPENDIX: how to dance
The feet are moved.
"""


def known(made: Draft) -> Known:
    """What is kept of a draft."""
    return made.known(IDENTITY, digest(made.words))


def units(text: str) -> list[tuple[str, str, int]]:
    """Each unit: section, its first words, and whether it may be missing."""
    made = draft(text)
    return [
        (unit.section, " ".join(made.words[unit.start : unit.end][:3]), unit.presence) for unit in known(made).units
    ]


def test_units_of_a_text_with_numbers() -> None:
    assert units(TEXT) == [
        ("preamble", "own license 1.0", TITLE),
        ("preamble", "copyright 2024 nobody", NEEDED),
        ("1", "1 dancing every", NEEDED),
        ("1.a", "a shoes are", NEEDED),
        ("1.b", "b hats are", NEEDED),
        ("2", "2 singing songs", NEEDED),
        ("2", "who does not", NEEDED),
        ("appendix", "appendix how to", NEEDED),
    ]


def test_units_of_a_text_without_numbers() -> None:
    text = f"{'One two three four. ' * 5}\n\nShort.\n\n{'Five six seven eight. ' * 5}\n"
    # A heading goes with what stands under it.
    assert units(text) == [("paragraph 1", "one two three", NEEDED), ("paragraph 2", "short five six", NEEDED)]


def test_numbers_are_no_fixed_words() -> None:
    made = draft(TEXT)
    assert [made.words[start:end] for start, end in known(made).numbering] == [["1"], ["a"], ["b"], ["2"]]
    other = draft(TEXT.replace("1. D", "I. D").replace("(a)", "1)").replace("(b)", "2)").replace("2. S", "II. S"))
    assert [unit.digest for unit in known(other).units] == [unit.digest for unit in known(made).units]


def test_a_copyright_line_may_be_anybody_s_or_missing() -> None:
    made = draft(TEXT)
    (part,) = known(made).variables
    assert made.words[part.start : part.end] == ["copyright", "2024", "nobody"]
    for words in ("copyright 2024 nobody", "copyright 2030 somebody else", ""):
        assert fits(part, words.split(), 40)
    assert not fits(part, ["x"] * 41, 40)


def test_a_copyright_line_far_below_is_one_of_the_terms() -> None:
    made = draft(f"{'word ' * 70}.\n\nCopyright (c) 2024 Nobody\n")
    assert known(made).variables == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A License\n\nThis is a sentence.", "a license"),
        ("A License\nVersion 1\n\nThis is a sentence.", "a license version 1"),
        ("\n\nA License\n\nThis is a sentence.", "a license"),
        ("This is a sentence.\n\nAnother sentence.", ""),
        ("A License:\n\nThis is a sentence.", ""),
        ("A line that goes on\nin the next one.", ""),
        ("1. Dancing\n\nThis is a sentence.", ""),
        ("Released on a date\n\nThis is a sentence.", ""),
        ("Copyright Nobody\n\nThis is a sentence.", ""),
        ("A License of 2024\n\nThis is a sentence.", ""),
        (f"{'A very long line ' * 4}\n\nThis is a sentence.", ""),
        ("A License", "a license"),
    ],
)
def test_titles_are_short_lines_at_the_top(text: str, title: str) -> None:
    made = draft(text)
    titles = [made.words[unit.start : unit.end] for unit in known(made).units if unit.presence == TITLE]
    assert " ".join(word for words in titles for word in words) == title


def test_a_draft_made_piece_by_piece() -> None:
    made = Draft()
    made.line("1. One two three")
    made.presence(OPTIONAL)
    made.add("four five six")
    made.presence(NEEDED)
    made.add("seven")
    made.variable("eight", [(["nine"], (), False)])
    made.variable("", [((), (), False)])
    made.variable("", [((), (), True)])
    found = known(made)
    assert [(unit.start, unit.end, unit.presence) for unit in found.units] == [
        (0, 4, NEEDED),
        (4, 7, OPTIONAL),
        (7, 9, NEEDED),
    ]
    assert {unit.section for unit in found.units} == {"1"}
    # Nothing for nothing is no variable part.
    assert [(part.start, part.end, len(part.patterns)) for part in found.variables] == [(8, 9, 2), (9, 9, 2)]


@pytest.mark.parametrize("text", ["", "...", "word " * (MAX_LENGTH + 1)])
def test_a_text_without_words_or_with_too_many_is_not_kept(text: str) -> None:
    with pytest.raises(ValueError, match=r"^own-1\.0: a text has 1 to 65,000 words, this one [\d,]+$"):
        known(draft(text))


@given(
    st.lists(
        st.sampled_from([*TEXT.splitlines(), "", "word " * 20, "(i) Inner", "Section 3. Three", "x", "----"]),
        min_size=1,
    )
)
def test_units_cover_the_words_without_a_hole(lines: list[str]) -> None:
    made = draft("\n".join(lines))
    if not made.words:
        return
    found = known(made)
    assert made.words == words_of("\n".join(lines).replace("(c)", ""))
    assert (found.units[0].start, found.units[-1].end) == (0, found.length)
    assert all(left.end == right.start for left, right in pairwise(found.units))
    assert all(unit.start < unit.end and unit.section for unit in found.units)
    spans = [*found.numbering, *((part.start, part.end) for part in found.variables)]
    assert all(0 <= start <= end <= found.length for start, end in spans)


@pytest.mark.parametrize("name", CORE)
def test_a_published_text_is_kept_in_units_without_a_hole(name: str) -> None:
    found = known(draft(scancode(name)))
    edges = [(unit.start, unit.end) for unit in found.units]
    assert (edges[0][0], edges[-1][1]) == (0, found.length)
    assert all(left[1] == right[0] for left, right in pairwise(edges))


def test_kept_words_stand_outside_of_loose_parts() -> None:
    words = list("abcdefgh")
    assert kept(words, 1, 7, []) == list("bcdefg")
    assert kept(words, 1, 7, [(0, 2), (3, 4), (6, 9)]) == list("cef")
    assert kept(words, 4, 6, [(0, 2), (5, 5), (7, 8)]) == list("ef")
    assert kept(words, 2, 4, [(0, 9)]) == []
