"""What may differ without changing what a license says, and words that may never be passed over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.identify.tolerance import (
    first_sentence,
    first_terms,
    is_furniture,
    is_number,
    tells,
    title_words,
    without_numbers,
)

TITLE = title_words("Dance Noncommercial License 1.0")


@pytest.mark.parametrize("word", ["1", "12", "999", "a", "z", "iv", "xviii", "三", "第"])
def test_numbers_of_list_items(word: str) -> None:
    assert is_number(word)


@pytest.mark.parametrize("word", ["not", "no", "2024", "aa", "", "1a", "may", "mit"])
def test_words_that_number_nothing(word: str) -> None:
    assert not is_number(word)


@pytest.mark.parametrize(
    "text",
    [
        "You shall dance.",
        "You MUST dance.",
        "You may not dance.",
        "Dance only if it rains.",
        "You cannot dance.",
        "You can not dance.",
        "It is not permitted.",
        "without prior written consent",
        "Dancing is prohibited.",
        "We forbid it.",
        "Notwithstanding that",
        "research use",
        "non-commercial",
        "additional terms",
        "a royalty",
        "with written permission",
        "subject to that",
        "excluding Sundays",
        "except for Sundays",
        "terminates",
        "indemnify",
        "100 million monthly active users",
        "dedicated to the public domain",
        "不得跳舞",
        "仅限研究",
        "商业用途",
    ],
)
def test_words_that_tell_somebody_what_to_do(text: str) -> None:
    assert tells(text)
    assert first_terms(f"{text} and so forth, all day long, whoever may come along.", TITLE) is not None


@pytest.mark.parametrize("text", ["You may dance.", "A garden with a wall", "", "Copyright Nobody", "Dance License"])
def test_words_that_tell_nobody_anything(text: str) -> None:
    assert not tells(text)


def test_words_of_the_name_of_a_license_tell_nothing() -> None:
    assert tells("noncommercial")
    assert not tells("noncommercial", TITLE)
    assert not tells("Non-Commercial", TITLE)
    assert {"dance", "1", "0", "license", "version"} <= TITLE
    assert "commercial" not in title_words("Dance License")
    assert "noncommercial" in title_words("Dance Non Commercial")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A garden.\n\nYou must dance in it.\nAlways.\n\nThe end.", "You must dance in it.\nAlways."),
        ("You must dance.", "You must dance."),
        ("Dance Noncommercial License\n\nA garden.", None),
        ("Non-Commercial License 1.0 for the Dance", None),
        ("# Commercial dances and songs and walks in the garden", None),
        ("# You must dance", "# You must dance"),
        (
            "# Commercial dances\nand songs and walks in all of the garden",
            "# Commercial dances\nand songs and walks in all of the garden",
        ),
        ("commercial garden", None),
        ("cc-by-nc-must-4.0", None),
        ("SPDX-License-Identifier: only-if-it-must", None),
        ("", None),
    ],
)
def test_the_first_block_that_speaks_of_terms(text: str, told: str | None) -> None:
    place = first_terms(text, TITLE)
    assert (text[slice(*place)] if place else None) == told


@pytest.mark.parametrize(
    ("text", "but_about", "told"),
    [
        ("Too short for a clause.", False, None),
        ("Hospitals, banks and schools are outside.", False, "Hospitals, banks and schools are outside."),
        ("Hospitals, banks and schools are outside.", True, "Hospitals, banks and schools are outside."),
        ("The files of this project have one license.", True, None),
        ("The files of this project have one license.", False, "The files of this project have one license."),
        ("Copyright (c) 2020-2024 by all of the authors of it\n", False, None),
        ("The Dance Noncommercial License Version 1.0, the License", False, None),
        ("Page 3\n\nEverybody who dances brings two candles.\n", False, "Everybody who dances brings two candles."),
    ],
)
def test_the_first_block_that_says_anything(text: str, but_about: bool, told: str | None) -> None:
    place = first_sentence(text, TITLE, but_about=but_about)
    assert (text[slice(*place)] if place else None) == told


@pytest.mark.parametrize(
    "lines",
    [
        ["Copyright (c) 2024 Jane Doe"],
        ["  Copyright by Jane Doe", "All rights reserved."],
        ["2019-2024 Jane Doe and others"],
        ["SPDX-FileCopyrightText: 2024 Jane Doe"],
        ["Page 3 of 12"],
        ["- 3 -"],
        ["3/12"],
        ["Page"],
        ["The Dance Public License", "", "Version 1.0"],
        ["License Agreement, page 4"],
        ["Acme handbook"],
    ],
)
def test_furniture(lines: list[str]) -> None:
    assert is_furniture(lines, TITLE, {"Acme handbook"})


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["---"],
        ["Copyright (c) Jane Doe, who must be asked"],
        ["Everybody dances"],
        ["Dance License", "Everybody dances"],
        ["You must dance"],
        ["Acme handbook."],
        ["One of the many lines that stand on more than one page of it"],
        ["3.1 Dances"],
    ],
)
def test_no_furniture(lines: list[str]) -> None:
    heads = {"You must dance", "Acme handbook.", "One of the many lines that stand on more than one page of it"}
    assert not is_furniture(lines, TITLE, heads)


def test_heads_of_two_pages_are_equal_but_for_their_numbers() -> None:
    assert without_numbers("Acme, page 3 of 12") == without_numbers("Acme - page 4 of 12") == "Acme page of"


@given(st.text())
def test_no_text_makes_it_fail(text: str) -> None:
    for place in (first_terms(text, TITLE), first_sentence(text, TITLE, but_about=True)):
        assert place is None or 0 <= place[0] < place[1] <= len(text)
