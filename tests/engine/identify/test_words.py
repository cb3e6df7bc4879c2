"""A text as words and digits: what carries meaning, what does not, and where each word stands."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.identify import words as module
from license_audit.engine.identify.words import EQUAL, Words, digest, equal_spelling, readable, shadow, words_of
from tests.published import CORE, scancode

MARKED = st.text("ab \n<>/!-&;#[]()\\{}\"'*_pbrBR.:h1©cC39", max_size=60)


@pytest.mark.parametrize(
    "text",
    [
        "You may not sell it.",
        "YOU MAY NOT SELL IT",
        "You\tmay\n\n  not sell\r\nit!",
        "“You may not ‘sell’ it.”",
        "# You may not\n# sell it.",
        "// You may\n// not sell it.",
        "/* You may\n * not sell it. */",
        "<!-- You may not sell it. -->",
        "**You** may _not_ `sell` it",
        "> You may not\n> sell it.",
        "<p>You <b>may&nbsp;not</b> sell<br/>it.</p>",
        "&lt;p&gt;You may not sell it.&lt;/p&gt;",
        "<!doctype html><title>Shop</title><style>p { color: red }</style>You may not sell it<script>go()</script>",
        "You may [not sell](https://example.org/not-sold) it",
        "You may [not sell](https://example.org/very-\n  long/path) it",
        "<<var;name=x;match=.+>>You may not sell it",
        "© You may not sell it (c)",
        "You m\N{SOFT HYPHEN}ay not sell\N{ZERO WIDTH SPACE} it",
        "\N{FULLWIDTH LATIN CAPITAL LETTER Y}ou may not sell it",
        '"You may not\\nsell it"',
    ],
)
def test_marks_carry_no_meaning(text: str) -> None:
    assert Words(text).words == ["you", "may", "not", "sell", "it"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("不得用于 AI", ["不", "得", "用", "于", "ai"]),
        ("naïve ﬁle Straße", ["na", "ï", "ve", "file", "strasse"]),
        ("50% of 1,000", ["50", "percent", "of", "1,000"]),
        ("$5, €6, £7 and ¥8", ["dollar", "5", "euro", "6", "pound", "7", "and", "yen", "8"]),
        ("1.5 is not 15, nor 1. 5", ["1.5", "is", "not", "15", "nor", "1", "5"]),
        ("<style>never closed", ["never", "closed"]),
        ("<style>p</style><style>q<style>r", ["q", "r"]),
        ("", []),
        ("...", []),
        ("a < b", ["a", "b"]),
        ("a <unknown tag> b", ["a", "unknown", "tag", "b"]),
        ("AT&T and R&D;", ["at", "t", "and", "r", "d"]),
        ("&unknown; entity", ["unknown", "entity"]),
    ],
)
def test_words_of_other_texts(text: str, words: list[str]) -> None:
    assert Words(text).words == words
    assert words_of(readable(text)) == words


def test_a_page_of_html_is_one() -> None:
    assert Words("<html><body>Text</body></html>").is_page
    assert not Words("A text about html and body").is_page


@given(MARKED)
def test_lines_keep_their_numbers(text: str) -> None:
    assert readable(text).count("\n") == text.count("\n")


@given(st.text(st.characters(codec="ascii")))
def test_letter_case_carries_no_meaning(text: str) -> None:
    assert words_of(text.upper()) == words_of(text.lower()) == words_of(text)


@given(st.lists(st.text("abcxyz", min_size=1, max_size=6)))
def test_a_shadow_has_a_hexadecimal_digit_for_each_word(words: list[str]) -> None:
    assert len(shadow(words)) == len(words)
    assert set(shadow(words)) <= set("0123456789abcdef")
    assert shadow(words) == "".join(shadow([word]) for word in words)


def test_each_digit_stands_for_many_words() -> None:
    vocabulary = {word for name in CORE for word in words_of(scancode(name))}
    counts = Counter(shadow(sorted(vocabulary)))
    assert len(counts) == 16
    # About one word in sixteen; a digit that told its word would have few.
    assert min(counts.values()) > len(vocabulary) / 32
    assert max(counts.values()) < len(vocabulary) / 8


def test_digits_are_forgotten_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_DIGITS", type(module._DIGITS)())
    before = shadow(["one", "two", "three", "four"])
    monkeypatch.setattr(module, "MAX_KEPT", 2)
    assert shadow(["four", "three", "two", "one"]) == before[::-1]
    assert shadow(["five", "six", "seven", "one"])[-1] == before[0]
    assert len(module._DIGITS) <= 3


def test_a_digest_does_not_depend_on_how_letters_are_divided() -> None:
    assert digest(["sub", "license"]) == digest(["sublicense"])
    assert digest(["sub", "license"]) != digest(["license", "sub"])
    assert len(digest([])) == 8


@pytest.mark.parametrize("word", sorted(EQUAL))
def test_spellings_that_count_as_one_word(word: str) -> None:
    assert equal_spelling([word, "x"]) == [EQUAL[word], "x"]
    assert shadow([word]) == shadow([EQUAL[word]])
    assert EQUAL[word] not in EQUAL


def test_other_words_are_left_as_they_are() -> None:
    words = ["one", "two"]
    assert equal_spelling(words) is words


def test_places_of_words() -> None:
    words = Words("One two\nthree. - four\n\nfive\n")
    assert len(words) == 5
    assert [words.line(word) for word in range(5)] == [1, 1, 2, 2, 4]
    assert words.line(99) == 4
    assert words.lines(1, 4) == (1, 2)
    assert words.lines(3, 3) == (2, 2)
    assert [words.opens_line(word) for word in range(5)] == [True, False, True, False, True]
    assert words.between(1, 3) == "two\nthree. - "
    assert words.between(4, 9) == "five\n"
    assert words.between(9, 12) == ""
    assert words.line_at(0) == 1


def test_lines_are_quoted_as_they_were_given() -> None:
    words = Words("One\r\n  <b>TWO</b>\rthree\nfour")
    assert words.quote(2, 3) == "  <b>TWO</b>\nthree"


def test_a_text_without_words_has_one_line() -> None:
    assert Words("\n\n").lines(0, 0) == (1, 1)
