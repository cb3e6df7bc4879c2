"""Entries are added, and nothing else of a manifest changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.errors import AuditError
from license_audit.readers.manifest_edit import with_entries
from license_audit.readers.strict_yaml import load

NEW = [{"id": "org/name", "use": "a"}, {"provider": "ollama", "id": "mistral:latest", "use": "a"}]
LINES = ["{id: org/name, use: a}", '{provider: ollama, id: "mistral:latest", use: a}']


def added(text: str) -> str:
    return with_entries(text, "models.yaml", NEW)


def test_an_empty_file_becomes_a_manifest() -> None:
    assert added("") == f"schema: 1\nmodels:\n  - {LINES[0]}\n  - {LINES[1]}\n"


def test_comments_order_and_indentation_stay() -> None:
    text = (
        "# ours\nschema: 1\nmodels:\n# first\n- {id: b/b, use: a}   # keep\n# second\n- id: a/a\n  use: [a,\n    b]\n"
        "# end\nscan:\n  skip: [] # none\n"
    )
    at = text.index("# end")
    assert added(text) == text[:at] + f"- {LINES[0]}\n- {LINES[1]}\n" + text[at:]


def test_after_the_last_item_s_last_word() -> None:
    text = "schema: 1\nmodels:\n    - id: a/a\n      use:\n        - a\n        - b  # last\n\n\n# end\n"
    at = text.index("\n\n# end")
    assert added(text) == text[:at] + f"    - {LINES[0]}\n    - {LINES[1]}\n" + text[at:]


def test_after_a_block_of_words() -> None:
    text = "schema: 1\nmodels:\n  - id: a/a\n    use: |-\n      a\nscan: {}\n"
    at = text.index("scan")
    assert added(text) == text[:at] + f"  - {LINES[0]}\n  - {LINES[1]}\n" + text[at:]


def test_a_list_in_brackets_stays_one() -> None:
    text = "schema: 1\nmodels: [{id: a/a, use: a},\n  {id: b/b, use: a} ] # both\n"
    place = " ] # both"
    assert added(text) == text.replace(place, f", {LINES[0]}, {LINES[1]}{place}")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("schema: 1\nmodels: []  # none yet\n", "schema: 1\nmodels:  # none yet\nNEW"),
        ("schema: 1\nmodels: [\n]\nscan: {}\n", "schema: 1\nmodels:\nNEWscan: {}\n"),
        ("models:\nschema: 1\n", "models:\nNEWschema: 1\n"),
        ("models: null\nschema: 1\n", "models:\nNEWschema: 1\n"),
        ("schema: 1\nmodels: # later\n", "schema: 1\nmodels: # later\nNEW"),
        ("schema: 1\n", "schema: 1\nmodels:\nNEW"),
        ("schema: 1", "schema: 1\nmodels:\nNEW"),
    ],
)
def test_a_list_that_is_empty_or_missing_begins(before: str, after: str) -> None:
    assert added(before) == after.replace("NEW", f"  - {LINES[0]}\n  - {LINES[1]}\n")


def test_line_ends_stay() -> None:
    text = "schema: 1\r\nmodels:\r\n  - {id: a/a, use: a}\r\n"
    assert added(text) == text + f"  - {LINES[0]}\r\n  - {LINES[1]}\r\n"


def test_what_cannot_be_added_to_is_left_alone_and_the_lines_are_told() -> None:
    with pytest.raises(AuditError, match=r"add by hand: \{id: org/name, use: a\}; \{provider: ollama"):
        added("{schema: 1, models: [{id: a/a, use: a}], scan: {}, models2: []}\n")
    with pytest.raises(AuditError, match="add by hand"):
        added("{schema: 1}\n")


def test_what_is_no_manifest_is_told_with_its_place() -> None:
    with pytest.raises(AuditError, match=r"models\.yaml:2:1: not valid YAML"):
        added("[")


@given(st.text(min_size=1, max_size=30).filter(str.isprintable))
def test_every_value_is_read_back_as_it_was_written(value: str) -> None:
    try:
        text = with_entries("schema: 1\nmodels: []\n", "m", [{"path": value, "use": value}])
    except AuditError:
        return  # what no manifest can say
    assert load(text, "m").data["models"] == [{"path": value, "use": value}]
