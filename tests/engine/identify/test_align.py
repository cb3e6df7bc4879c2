"""Runs in which two texts agree, and the gaps between them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.identify.align import Alignment, Gap, Run, align, refined, selected, windows_of

DIGITS = st.text("0123456789abcdef", min_size=1, max_size=200)
TEXT = "4f0a91c2e7d3b586c05e9a1d8b3f24678e1f5c0ad2947b364b0e7d19ca6f8235"
"""Four rows in which every digit occurs once, so that no window stands twice."""


def aligned(reference: str, scanned: str) -> Alignment | None:
    """A close alignment."""
    found = align(reference, scanned, [(at, scanned[at : at + 8]) for at in range(len(scanned) - 7)])
    return refined(reference, scanned, found) if found else None


def runs(reference: str, scanned: str) -> list[tuple[int, int, int]]:
    """The runs of a close alignment."""
    found = aligned(reference, scanned)
    return [(run.reference, run.scanned, run.length) for run in found.runs] if found else []


@pytest.mark.parametrize(
    ("scanned", "expected"),
    [
        (TEXT, [(0, 0, 64)]),
        ("ff" + TEXT + "00", [(0, 2, 64)]),
        (TEXT[:20] + "77" + TEXT[20:], [(0, 0, 20), (20, 22, 44)]),
        (TEXT[:20] + TEXT[23:], [(0, 0, 20), (23, 20, 41)]),
        (TEXT[:20] + "0" + TEXT[21:], [(0, 0, 20), (21, 21, 43)]),
        (TEXT[5:40], [(5, 0, 35)]),
        ("0" * 64, []),
        ("", []),
    ],
)
def test_runs_of_texts_that_differ_in_one_place(scanned: str, expected: list[tuple[int, int, int]]) -> None:
    assert runs(TEXT, scanned) == expected


def test_a_word_that_was_doubled() -> None:
    scanned = TEXT[:21] + TEXT[20] + TEXT[21:]
    found = aligned(TEXT, scanned)
    assert found is not None
    assert found.matched == 64
    assert [gap.scanned_end - gap.scanned for gap in found.gaps] == [1]


def test_differences_close_to_each_other_are_told_apart() -> None:
    scanned = TEXT[:20] + "0" + TEXT[21:26] + "0" + TEXT[27:30] + "0" + TEXT[31:]
    assert TEXT[20] + TEXT[26] + TEXT[30] != "000"
    assert runs(TEXT, scanned) == [(0, 0, 20), (21, 21, 5), (27, 27, 3), (31, 31, 33)]


def test_words_before_the_first_and_after_the_last_window_are_found() -> None:
    scanned = TEXT[:6] + "0" + TEXT[7:57] + "f" + TEXT[58:]
    assert runs(TEXT, scanned) == [(0, 0, 6), (7, 7, 50), (58, 58, 6)]


def test_the_heavier_of_two_orders_is_kept() -> None:
    assert runs(TEXT, TEXT[40:] + TEXT[:40]) == [(0, 24, 40)]


def test_a_window_that_stands_twice_in_the_reference_is_no_place() -> None:
    assert align(TEXT + TEXT, TEXT[:8], [(0, TEXT[:8])]) is None


def test_a_long_run_is_grown_in_steps() -> None:
    text = TEXT * 9
    marked = text[:300] + "0000000f" + text[300:]
    at = marked.index("0000000f")
    found = align(marked, "1" + marked[3:500] + "2", [(at - 2, marked[at : at + 8])])
    assert found is not None
    assert found.runs == [Run(3, 1, 497)]


def test_selected_windows_start_with_a_word_of_three_kinds() -> None:
    assert [window[0] for _, window in selected(TEXT)] == [digit for digit in TEXT[:-7] if digit in "4c8"]
    assert all(TEXT[at : at + 8] == window for at, window in selected(TEXT))


def test_no_window_holds_a_word_that_was_taken() -> None:
    assert windows_of("0123456.89abcdef") == ["89abcdef"]
    assert windows_of(TEXT)[3] == TEXT[3:11]


def test_places_of_the_reference_in_the_scanned_text() -> None:
    found = Alignment([Run(2, 10, 3), Run(7, 20, 3)], 12)
    assert found.span == (10, 23)
    assert found.gaps == (Gap(0, 2, 10, 10), Gap(5, 7, 13, 20), Gap(10, 12, 23, 23))
    assert [found.start(place) for place in range(13)] == [10, 10, 10, 11, 12, 20, 20, 20, 21, 22, 23, 23, 23]
    assert [found.end(place) for place in range(13)] == [10, 10, 10, 11, 12, 13, 13, 13, 21, 22, 23, 23, 23]
    assert [found.agreeing(0, place) for place in range(13)] == [0, 0, 0, 1, 2, 3, 3, 3, 4, 5, 6, 6, 6]


def test_a_difference_can_be_moved_between_its_runs() -> None:
    found = Alignment([Run(0, 0, 5), Run(5, 7, 3)], 8)
    (gap,) = found.gaps
    assert gap == Gap(5, 5, 5, 7)
    moves = list(found.moves(gap))
    assert moves == [Gap(5 + by, 5 + by, 5 + by, 7 + by) for by in (-1, 1, -2, 2, -3, -4)]
    assert found.moved(gap, moves[0]).runs == [Run(0, 0, 4), Run(4, 6, 4)]
    assert found.moved(gap, moves[1]).gaps == (moves[1],)


@pytest.mark.parametrize("gap", [Gap(0, 2, 10, 10), Gap(10, 12, 23, 23)])
def test_what_is_missing_at_an_end_cannot_be_moved(gap: Gap) -> None:
    assert list(Alignment([Run(2, 10, 3), Run(7, 20, 3)], 12).moves(gap)) == []


@given(DIGITS, DIGITS, st.integers(0, 200), st.integers(0, 200))
def test_runs_follow_each_other_and_really_agree(left: str, other: str, start: int, end: int) -> None:
    reference, scanned = left + other, left[start:] + other[:end]
    found = aligned(reference, scanned)
    if found is None:
        return
    place = (0, 0)
    for run in found.runs:
        assert run.length > 0
        assert (run.reference >= place[0], run.scanned >= place[1]) == (True, True)
        place = run.reference + run.length, run.scanned + run.length
        assert reference[run.reference : place[0]] == scanned[run.scanned : place[1]]
    assert (place[0] <= len(reference), place[1] <= len(scanned)) == (True, True)


@given(DIGITS, DIGITS, st.integers(0, 200), st.integers(0, 200))
def test_runs_and_gaps_cover_the_reference_and_the_span(left: str, other: str, start: int, end: int) -> None:
    found = aligned(left + other, left[start:] + other[:end])
    if found is None:
        return
    parts = sorted(
        [(run.reference, run.reference + run.length, run.scanned, run.scanned + run.length) for run in found.runs]
        + [tuple(gap) for gap in found.gaps]
    )
    assert (parts[0][0], parts[-1][1]) == (0, len(left + other))
    assert (parts[0][2], parts[-1][3]) == found.span
    assert all(before[1] == after[0] and before[3] == after[2] for before, after in pairwise(parts))
    missing = sum(gap.reference_end - gap.reference for gap in found.gaps)
    assert found.matched + missing == len(left + other) == found.agreeing(0, 999) + missing


@given(DIGITS.filter(lambda text: len(text) > 40), st.integers(0, 40), st.integers(0, 40))
def test_a_text_without_a_difference_has_one_run(text: str, before: int, after: int) -> None:
    found = align(text, "." * before + text + "." * after, [(before, text)])
    assert found is not None
    assert found.runs == [Run(0, before, len(text))]
    assert found.gaps == ()
