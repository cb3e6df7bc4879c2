"""The file of known texts: what it gives back, what it refuses, and that no wording can be read from it."""

import re
import struct
import sys
from random import Random
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.identify.align import selected
from license_audit.engine.identify.draft import draft
from license_audit.engine.identify.index import VERSION, Index, pack
from license_audit.engine.identify.reference import (
    Identity,
    Known,
    Pattern,
    Stored,
    Unit,
    Variable,
    encode,
    fits,
    merged,
)
from license_audit.engine.identify.words import Words, digest, words_of
from license_audit.known import text_index
from license_audit.resources import index_path, mapped
from tests.published import CORE, corpus, scancode

NAMES = ("mit", "isc", "apache-2.0", "zlib", "bsd-original")
NUMBER = st.integers(0, 65_535)
MARK = st.binary(min_size=8, max_size=8)
NAME = st.text("abc -.019", max_size=9)
UNITS = st.builds(Unit, NAME, NUMBER, NUMBER, st.sampled_from([0, 1, 2]), MARK)
PATTERNS = st.builds(Pattern, st.integers(0, 255), st.integers(0, 255), st.booleans(), MARK)
VARIABLES = st.builds(Variable, NUMBER, NUMBER, st.lists(PATTERNS, max_size=4).map(tuple))
KNOWN = st.builds(
    Known,
    st.builds(Identity, NAME, st.lists(NAME, min_size=1, max_size=3).map(tuple), NAME, NAME, st.booleans()),
    MARK,
    st.text("0123456789abcdef", min_size=1, max_size=300),
    st.lists(UNITS, min_size=1, max_size=5).map(tuple),
    st.lists(st.tuples(NUMBER, NUMBER), max_size=4).map(tuple),
    st.lists(VARIABLES, max_size=4).map(tuple),
)


def known(name: str) -> Known:
    """What is kept of a published text."""
    text = scancode(name)
    return draft(text).known(Identity(name, (name,), name, ""), digest(Words(text).words))


@pytest.fixture(scope="module")
def few() -> Index:
    """An index of a few texts."""
    return Index(pack(map(known, NAMES)))


# What it gives back.


@given(KNOWN)
def test_a_text_is_decoded_as_it_was_encoded(text: Known) -> None:
    assert Stored(memoryview(encode(text))).known() == text


@given(st.lists(KNOWN, max_size=5))
def test_every_text_of_an_index_comes_back_in_order(texts: list[Known]) -> None:
    found = [text.known() for text in Index(pack(texts)).texts()]
    assert found == sorted(texts, key=lambda text: (text.identity, encode(text)))


@given(st.lists(KNOWN, max_size=5), st.randoms(use_true_random=False))
def test_the_order_of_texts_changes_no_byte(texts: list[Known], dice: Random) -> None:
    other = list(texts)
    dice.shuffle(other)
    assert pack(other) == pack(texts)


def test_a_text_is_found_by_the_digest_of_its_letters(few: Index) -> None:
    for name in NAMES:
        text = few.whole(digest(Words(scancode(name)).words))
        assert text is not None
        assert text.identity.key == name
    assert few.whole(b"12345678") is None
    assert few.whole(b"\xff" * 8) is None
    assert len(few) == len(NAMES)


def test_texts_are_found_by_their_windows(few: Index) -> None:
    for number, text in enumerate(few.texts()):
        for _, window in selected(text.shadow):
            assert number in few.holding(window)
    assert len(few.holding("ffffffff")) == 0
    assert len(few.holding("00000000")) == 0


def test_every_window_of_a_short_text_is_kept(few: Index) -> None:
    short = [text for text in few.texts() if text.length < 120]
    assert short
    for text in short:
        number = list(few.texts()).index(text)
        windows = {text.shadow[at : at + 8] for at in range(text.length - 7)}
        assert list(few.short(windows)).count(number) == len(windows)
    assert list(few.short(["00000000"])) == []


def test_a_text_is_decoded_once(few: Index) -> None:
    assert few.text(1) is few.text(1)


def test_words_that_a_copy_may_be_without_are_marked() -> None:
    text = Stored(memoryview(encode(known("zlib"))))
    words = words_of(scancode("zlib"))
    loose = [word for word, mark in zip(words, text.spare, strict=True) if mark]
    assert loose == ["1", "2", "3"]


# What it refuses.


@pytest.mark.parametrize("data", [b"", b"mlatexts", b"PK\3\4" * 20, bytes(28), b"mlatexts" + bytes(20)])
def test_another_file_is_no_index(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"^is no index of texts of version \d+; make it again with"):
        Index(data)


def test_an_index_of_another_version_is_refused() -> None:
    data = bytearray(pack([known("mit")]))
    data[8:12] = struct.pack("<I", VERSION + 1)
    with pytest.raises(ValueError, match="is no index of texts of version"):
        Index(bytes(data))


def test_a_header_that_was_cut_off_is_refused() -> None:
    with pytest.raises(ValueError, match="is no index of texts of version"):
        Index(pack([known("mit")])[:27])


def test_a_processor_with_the_high_byte_first_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "byteorder", "big")
    with pytest.raises(ValueError, match="low byte first"):
        Index(pack([known("mit")]))


# Spans and variable parts.


def test_spans_that_touch_are_one() -> None:
    assert merged([(5, 7), (1, 3), (3, 4), (9, 9), (6, 8)]) == ((1, 4), (5, 8), (9, 9))
    assert merged([(1, 9), (2, 3)]) == ((1, 9),)
    assert merged([]) == ()


def test_what_fits_a_variable_part() -> None:
    name = Variable(
        0,
        3,
        (
            Pattern(1, 1, is_open=True, digest=digest(["the", "may"])),
            Pattern(1, 0, is_open=False, digest=digest(["none"])),
        ),
    )
    assert fits(name, ["the", "x", "may"], 2)
    assert fits(name, ["the", "x", "y", "may"], 2)
    assert not fits(name, ["the", "x", "y", "z", "may"], 2)
    assert fits(name, ["the", "may"], 2)
    assert fits(name, ["none"], 2)
    assert not fits(name, ["one"], 2)
    assert not fits(name, ["none", "x"], 2)
    assert not fits(name, [], 2)


# The index that ships.


def test_it_is_small() -> None:
    assert index_path().stat().st_size < 3_000_000


def test_it_opens_fast() -> None:
    def seconds() -> float:
        start = perf_counter()
        Index(mapped(index_path()))
        return perf_counter() - start

    assert min(seconds() for _ in range(20)) < 0.005


def test_it_holds_every_license_of_the_core() -> None:
    keys = {text.identity.key for text in text_index().texts()}
    assert set(CORE.values()) <= keys
    assert len(text_index()) > 700


def test_it_holds_every_known_text_under_its_own_key() -> None:
    keys = {text.identity.key for text in text_index().texts()}
    assert {path.stem for path in corpus("licenses")} <= keys


def test_the_same_entries_give_the_same_bytes() -> None:
    assert pack(text.known() for text in text_index().texts()) == index_path().read_bytes()


def test_all_words_in_it_are_names_and_section_numbers() -> None:
    sections = {unit.section for text in text_index().texts() for unit in text.units}
    assert all(re.fullmatch(r"(?:preamble|appendix|paragraph \d+|[\w.]+)", section) for section in sections)
    assert max(map(len, sections)) < 30


def test_shadows_are_hexadecimal_digits() -> None:
    assert {digit for text in text_index().texts() for digit in text.shadow} == set("0123456789abcdef")


def test_no_three_words_stand_in_it_but_in_titles() -> None:
    data = index_path().read_bytes()
    titles = {text.identity.title for text in text_index().texts()}
    found = {run.decode() for run in re.findall(rb"(?:[A-Za-z]{2,}[ ,.]+){2,}[A-Za-z]{2,}", data)}
    assert found
    assert [run for run in found if not any(run in title for title in titles)] == []


@pytest.mark.parametrize("name", ["mit", "apache-2.0", "cc-by-4.0", "llama-2-license-2023"])
def test_no_three_words_of_a_text_stand_in_it(name: str) -> None:
    data = index_path().read_bytes().lower()
    words = words_of(scancode(name))
    titles = " ".join(word for text in text_index().texts() for word in words_of(text.identity.title))
    phrases = {" ".join(words[at : at + 3]) for at in range(0, min(600, len(words) - 2), 2)}
    assert [phrase for phrase in phrases if phrase.encode() in data and phrase not in titles] == []
