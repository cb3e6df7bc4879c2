"""The numbering of a text: which lines open a section, and what it is called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.identify.sections import Numbering


def names(*lines: str) -> list[str | None]:
    """What each line opens."""
    numbering = Numbering()
    return [opening.name if (opening := numbering.opening(line)) else None for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        {"1. One": "1", "2. Two": "2", "5. Three are missing": "5"},
        {"1. One": "1", "9. Too many are missing": None, "2. Two": "2"},
        {"1. One": "1", "a. First": "1.a", "b. Second": "1.b", "i. Inner": "1.b.i", "v. Fifth": None, "2. Two": "2"},
        {"(a) First": "a", "(b) Second": "b", "(1) Inner": "b.1", "(c) Third": "c"},
        {"a) First": "a", "(a) Another style": "a.a", "b) Second": "b"},
        {"1.1 Deep": "1.1", "1.2.3 Deeper": "1.2.3", "2.1. Next": "2.1", "9.1 Too far": None, "3 Bare": "3"},
        {"3. Three": None, "1. One": "1", "1.1 In it": "1.1", "2. Two": "2", "2.1) In it": "2.1"},
        {"3.2 Deep": "3.2", "4. Next": "4"},
        {"Section 1. One": "1", "a. First": "1.a", "Section 2 – Two": "2", "a. First ": "2.a"},
        {"Article I": "I", "Article II": "II", "ARTICLE 3.": None, "Clause 1.1 Deep": "1.1"},
        {"§ 1 One": "1", "§ 2 Two": "2"},
        {"Section I: PREAMBLE": "I", "1. One": "I.1", "Section II: RIGHTS": "II", "2. It runs on": "II.2"},
        {"第一条 甲": "一", "第二条 乙": "二", "第三章 丙": "三"},
        {"一、 甲": "一", "二、 乙": "二", "（一） 丙": "二.一", "三、 丁": "三"},
        {"第1条 甲": "1", "第2条 乙": "2", "第十二条 丙": None},
        {"**1.** One": "1", "## 2. Two": "2", "> 3. Three": "3", "* 4. Four": "4", " * (a) Four a": "4.a"},
        {"1  Definitions": "1", "2 Grant of Rights": "2", "3 persons were asked today.": None},
        {"h. Eight": None, "a. One": "a", "b. Two": "b", "c. Three": "c"},
        {"g. x": None, "i. One": "i", "ii. Two": "ii", "iii. Three": "iii", "iv. Four": "iv", "v. Five": "v"},
        {"1. One": "1", "END OF TERMS AND CONDITIONS": None, "1. After": "appendix.1"},
        {"1. One": "1", "Attachment A": None, "(a) First": "appendix.a", "(b) Second": "appendix.b"},
        {"1. One": "1", "An appendix, which follows, says more.": None, "2. Two": "2"},
        {"A copy of it": None, "I agree": None, "e.g. this": None, "2024. A year": None, "": None, "Text": None},
        {"1): One": None, "(xiv) Late": None},
    ],
)
def test_sections_by_their_numbers(lines: dict[str, str | None]) -> None:
    assert names(*lines) == list(lines.values())


def test_a_letter_may_be_a_roman_number() -> None:
    letters = [f"{letter}. Item" for letter in "abcdefghij"]
    assert names(*letters) == list("abcdefghij")
    assert names("a. Item", "i. Inner", "ii. Inner", "b. Item") == ["a", "a.i", "a.ii", "b"]


def test_where_the_number_stands() -> None:
    opening = Numbering().opening("  **(a)** First")
    assert opening is not None
    assert "  **(a)** First"[opening.start : opening.end] == "a"


def test_nothing_is_open_before_the_first() -> None:
    numbering = Numbering()
    assert numbering.name == ""
    numbering.opening("1. One")
    assert numbering.name == "1"


@given(st.lists(st.text("1239aivxIV.()§* 第一条、SectionAppendix:\t", max_size=12)))
def test_no_line_makes_it_fail(lines: list[str]) -> None:
    numbering = Numbering()
    for line in lines:
        opening = numbering.opening(line)
        if opening is not None:
            assert opening.name == numbering.name
            assert 0 <= opening.start < opening.end <= len(line)
