"""Sections of any text, and which of them changed."""

import pytest

from license_audit.engine.identify.outline import differing, outline
from tests.published import scancode

OURS = """House Rules for Models

By opening the box you agree.

1. Grant. You may run the model.
2. Users. Nobody with more than 700 users.
   a) Users are counted by month.
   b) Affiliates count.
3. End. It ends when broken.
"""


def test_sections_are_named_as_the_text_numbers_them() -> None:
    names = [name for name, _ in outline(OURS)]
    assert names == ["paragraph 1", "paragraph 2", "1", "2", "2.a", "2.b", "3"]


def test_an_empty_text_has_no_sections() -> None:
    assert outline(" \n\n") == ()


@pytest.mark.parametrize(
    ("old", "new", "changed"),
    [
        ("700", "800", ("2",)),
        ("   b) Affiliates count.\n", "", ("2.b",)),
        ("You may run", "You  may\n   run", ()),
        ("3. End.", "3. Show. Show our name.\n4. End.", ("3",)),
        ("By opening", "On opening", ("paragraph 2",)),
    ],
)
def test_what_changed(old: str, new: str, changed: tuple[str, ...]) -> None:
    assert old in OURS
    assert differing(outline(OURS), outline(OURS.replace(old, new))) == changed


def test_a_duty_after_a_text_without_numbers() -> None:
    mit = scancode("mit")
    longer = mit.rstrip() + "\n\nWhoever earns much shows the name of the model on the screen.\n"
    old, new = outline(mit), outline(longer)
    assert differing(old, new) == (new[-1][0],)
    assert len(new) == len(old) + 1
