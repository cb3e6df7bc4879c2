"""Lines of paragraphs, the same as those of `textwrap`."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.outputs.paragraphs import wrap

WORDS = (
    *(
        "a",
        "be",
        "fine-tune",
        "lab-0/model-42-instruct",
        "(declared",
        "x--y",
        "—",
        "re-re-do",
        "README.md:3)",
        "-",
        "--",
    ),
    *("4-bit", "e-mail", "é-à", "w" * 15, "w" * 40, "a-" * 10, "not-quite-so-long-a-word", "a_-_b", "a-b-cd-e", "--x"),
    *("o'clock-x", "-v", "end-", "a--", "x-1-y", "ab-c", "²a-bc"),
)
TEXTS = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=30).map(" ".join)
INDENTS = st.sampled_from(["", "  ", "    label: ", "      "])


def by_textwrap(text: str, width: int, first: str, rest: str) -> list[str]:
    """What is to come out."""
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest)


@given(TEXTS, st.integers(12, 60), INDENTS, INDENTS)
def test_the_same_lines(text: str, width: int, first: str, rest: str) -> None:
    assert wrap(text, width, first, rest) == by_textwrap(text, width, first, rest)


@given(st.lists(st.sampled_from(WORDS), min_size=20, max_size=60).map(" ".join))
def test_the_same_lines_of_long_paragraphs(text: str) -> None:
    assert wrap(text, 50, "    owed: ", "      ") == by_textwrap(text, 50, "    owed: ", "      ")


@pytest.mark.parametrize("text", ["", " a", "a ", "a  b", "a\tb\nc", "a\x1bb", "w" * 30, "b " + "w" * 30, "  "])
def test_what_textwrap_decides(text: str) -> None:
    assert wrap(text, 20, "  ", "    ") == by_textwrap(text, 20, "  ", "    ")
