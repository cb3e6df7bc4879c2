"""Answers go into a profile that people wrote, and everything else in it stays as it is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from license_audit.errors import AuditError
from license_audit.readers.profile_edit import merged, read_patch, read_whole, with_patch
from license_audit.readers.strict_yaml import load
from tests.conftest import ROOT

EXAMPLES = sorted((ROOT / "examples").glob("*/profile.yaml"))
WRITTEN = """\
# ours
schema: 1   # the first

organization:
  name:   "Acme"      # quoted
  # about users
  monthly_active_users:   # all of them
    2023-06: 1_200_000    # one month
    # later ones
    at_most: 5_000_000
  agreements:
    # the first
    - {licensor: Meta, covers: [llama-2-community], since: 2024-01-01}   # signed
    - licensor: TII   # by letter
      covers:
      - falcon-llm-1.0
  claims_against: [ ]
  # affiliates: nobody counted
uses:
  'the shop':
    purpose: commercial
    acts: [ run,  build-product ]   # no training
    outputs: {train_models: none,}
    description: >
      Two lines
      of text.
    audience:
    # nothing more is known
"""


def lines_that_differ(old: str, new: str) -> tuple[list[str], list[str]]:
    """Lines that went and lines that came, where the others keep their order."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    while before and after and before[0] == after[0]:
        before, after = before[1:], after[1:]
    while before and after and before[-1] == after[-1]:
        before, after = before[:-1], after[:-1]
    return before, after


def patched(patch: dict[str, Any], text: str = WRITTEN) -> tuple[list[str], list[str]]:
    """What a patch changes in a text."""
    return lines_that_differ(text, with_patch(text, "profile.yaml", patch))


def shop(**facts: Any) -> dict[str, Any]:
    """A patch of the one use."""
    return {"uses": {"the shop": facts}}


def organization(**facts: Any) -> dict[str, Any]:
    """A patch of the organization."""
    return {"organization": facts}


CHANGES: list[tuple[dict[str, Any], list[str], list[str]]] = [
    (
        organization(monthly_active_users={"at_most": 6_000_000}),
        ["    at_most: 5_000_000\n"],
        ["    at_most: 6_000_000\n"],
    ),
    (
        organization(monthly_active_users={"2026-10": 40}),
        [],
        ["    2026-10: 40\n"],
    ),
    (
        organization(monthly_active_users={"2023-06": 1_200_000, "2024-01": 9_999}),
        [],
        ["    2024-01: 9999\n"],
    ),
    (
        organization(monthly_active_users={"2023-06": None}),
        ["    2023-06: 1_200_000    # one month\n"],
        [],
    ),
    (
        organization(monthly_active_users=None),
        [
            "  monthly_active_users:   # all of them\n",
            "    2023-06: 1_200_000    # one month\n",
            "    # later ones\n",
            "    at_most: 5_000_000\n",
        ],
        [],
    ),
    (organization(name="Acme: Two"), ['  name:   "Acme"      # quoted\n'], ['  name:   "Acme: Two"      # quoted\n']),
    (organization(name=None), ['  name:   "Acme"      # quoted\n'], []),
    (organization(founded="2019-05-01"), [], ["  founded: 2019-05-01\n"]),
    (
        organization(claims_against=[{"against": "Meta", "about": "llama-2-community", "on": "2024-02-01"}]),
        ["  claims_against: [ ]\n"],
        ["  claims_against: [{against: Meta, about: llama-2-community, on: 2024-02-01}]\n"],
    ),
    (
        organization(
            agreements=[
                {"licensor": "Meta", "covers": ["llama-2-community"], "since": "2024-01-01", "until": "2027-01-01"},
                {"licensor": "TII", "covers": ["falcon-llm-1.0"], "since": "2025-01-31"},
                {"licensor": "Mistral AI", "covers": ["mistral-mnpl-0.1"]},
            ]
        ),
        [
            "    - {licensor: Meta, covers: [llama-2-community], since: 2024-01-01}   # signed\n",
            "    - licensor: TII   # by letter\n",
            "      covers:\n",
            "      - falcon-llm-1.0\n",
        ],
        [
            "    - {licensor: Meta, covers: [llama-2-community], since: 2024-01-01, until: 2027-01-01}   # signed\n",
            "    - licensor: TII   # by letter\n",
            "      covers:\n",
            "      - falcon-llm-1.0\n",
            "      since: 2025-01-31\n",
            "    - {licensor: Mistral AI, covers: [mistral-mnpl-0.1]}\n",
        ],
    ),
    (
        organization(agreements=[{"licensor": "Meta", "covers": ["llama-2-community"], "since": "2024-01-01"}]),
        ["    - licensor: TII   # by letter\n", "      covers:\n", "      - falcon-llm-1.0\n"],
        [],
    ),
    (
        shop(acts=["run", "build-product", "fine-tune"]),
        ["    acts: [ run,  build-product ]   # no training\n"],
        ["    acts: [ run,  build-product, fine-tune ]   # no training\n"],
    ),
    (
        shop(acts=["build-product"]),
        ["    acts: [ run,  build-product ]   # no training\n"],
        ["    acts: [ build-product ]   # no training\n"],
    ),
    (
        shop(acts=["run"]),
        ["    acts: [ run,  build-product ]   # no training\n"],
        ["    acts: [ run ]   # no training\n"],
    ),
    (
        shop(acts=["merge"]),
        ["    acts: [ run,  build-product ]   # no training\n"],
        ["    acts: [merge]   # no training\n"],
    ),
    (
        shop(acts=["fine-tune", "merge"]),
        ["    acts: [ run,  build-product ]   # no training\n"],
        ["    acts: [ fine-tune,  merge ]   # no training\n"],
    ),
    (
        shop(outputs={"used_in": ["DE"]}),
        ["    outputs: {train_models: none,}\n"],
        ["    outputs: {train_models: none, used_in: [DE],}\n"],
    ),
    (
        shop(outputs={"train_models": None}),
        ["    outputs: {train_models: none,}\n"],
        ["    outputs: {}\n"],
    ),
    (
        shop(outputs={"train_models": None, "used_in": ["DE"]}),
        ["    outputs: {train_models: none,}\n"],
        ["    outputs: {used_in: [DE]}\n"],
    ),
    (
        shop(audience="public", derivative={"public_statements": False}),
        ["    audience:\n"],
        ["    audience: public\n", "    derivative: {public_statements: false}\n"],
    ),
    (
        shop(description="One line."),
        ["    description: >\n", "      Two lines\n", "      of text.\n"],
        ["    description: One line.\n"],
    ),
    (shop(description=None), ["    description: >\n", "      Two lines\n", "      of text.\n"], []),
    (
        {"uses": {"api": {"purpose": "commercial", "outputs": {"train_models": "none"}}}},
        [],
        ["  api:\n", "    purpose: commercial\n", "    outputs: {train_models: none}\n"],
    ),
    (
        {"policy": {"fail_on": "conditional", "deny": {"openness": ["api"]}}},
        [],
        ["policy:\n", "  fail_on: conditional\n", "  deny: {openness: [api]}\n"],
    ),
    (
        {"waivers": [{"model": "a/b", "finding": "x", "by": "me", "why": "", "until": "2027-01-01"}]},
        [],
        ["waivers:\n", '  - {model: a/b, finding: x, by: me, why: "", until: 2027-01-01}\n'],
    ),
    (
        shop(attributable_revenue={"currency": "USD", "at_most": 1.5e3}),
        [],
        ["    attributable_revenue: {currency: USD, at_most: 1500.0}\n"],
    ),
    ({}, [], []),
    (shop(nothing=None), [], []),
    (organization(name="Acme"), [], []),
]


@pytest.mark.parametrize(("patch", "went", "came"), CHANGES, ids=[json.dumps(one[0])[:60] for one in CHANGES])
def test_only_what_the_patch_is_about_changes(patch: dict[str, Any], went: list[str], came: list[str]) -> None:
    found = patched(patch)
    # The first and the last lines that differ are told, and those between.
    assert found == lines_that_differ("".join(went), "".join(came))


@pytest.mark.parametrize(("patch", "went", "came"), CHANGES, ids=[json.dumps(one[0])[:60] for one in CHANGES])
def test_line_ends_marks_and_missing_ends_stay(patch: dict[str, Any], went: list[str], came: list[str]) -> None:
    del went, came
    plain = with_patch(WRITTEN, "p", patch)
    windows = with_patch(WRITTEN.replace("\n", "\r\n"), "p", patch)
    assert windows == plain.replace("\n", "\r\n")
    assert with_patch("\ufeff" + WRITTEN, "p", patch) == "\ufeff" + plain
    assert with_patch(WRITTEN[:-1], "p", patch) == plain.removesuffix("\n")


@pytest.mark.parametrize("example", EXAMPLES, ids=[path.parent.name for path in EXAMPLES])
def test_the_examples_keep_every_other_line(example: Path) -> None:
    text = read_whole(example)
    data = load(text, "p").data
    for use in data["uses"]:
        edited = with_patch(text, "p", {"uses": {use: {"obtained_on": "2024-05-06", "purpose": "education"}}})
        before, after = set(text.splitlines()), set(edited.splitlines())
        went, came = before - after, after - before
        assert all(re.match(r"    (purpose|obtained_on): ", line) for line in went)
        assert all(re.fullmatch(r"    (purpose: education|obtained_on: 2024-05-06)\s*(#.*)?", line) for line in came)
        assert edited.count("#") == text.count("#")
    assert with_patch(text, "p", {}) == text


def test_where_new_lines_go() -> None:
    text = "schema: 1\nuses:\n  shop:\n    purpose: commercial  # why\n    # a note\n\n  lab: {acts: [run]}\n"
    edited = with_patch(text, "p", {"uses": {"shop": {"audience": "public"}}, "organization": {"name": "A"}})
    assert edited == (
        "schema: 1\nuses:\n  shop:\n    purpose: commercial  # why\n    audience: public\n    # a note\n\n"
        "  lab: {acts: [run]}\norganization:\n  name: A\n"
    )


@pytest.mark.parametrize(
    ("text", "edited"),
    [
        ("", "schema: 1\norganization:\n  name: A\n"),
        ("\n", "\nschema: 1\norganization:\n  name: A\n"),
        ("# ours", "# ours\nschema: 1\norganization:\n  name: A"),
        ("# ours\r\n", "# ours\r\nschema: 1\r\norganization:\r\n  name: A\r\n"),
        ("schema: 1\norganization:\n", "schema: 1\norganization: {name: A}\n"),
        ("schema: 1\norganization: ~ # none\n", "schema: 1\norganization: {name: A} # none\n"),
        ("{schema: 1}", "{schema: 1, organization: {name: A}}"),
        ("schema: 1\norganization: {  }\n", "schema: 1\norganization: {name: A  }\n"),
        ("---\nschema: 1\n...\n", "---\nschema: 1\norganization:\n  name: A\n...\n"),
        ("schema: 1\norganization: {kind: company, # one\n  founded: 2020-01-01 # two\n  }\n",) * 1
        + ("schema: 1\norganization: {kind: company, # one\n  founded: 2020-01-01, name: A # two\n  }\n",),
    ],
)
def test_missing_parents_and_empty_files(text: str, edited: str) -> None:
    assert with_patch(text, "p", {"organization": {"name": "A"}}) == edited


ANCHORED = """\
schema: 1
uses:
  shop:
    acts: &acts [run]
    outputs: &out {train_models: none}
    domains: &words
      - education
  lab:
    acts: *acts
    outputs: *out
    domains: *words
organization: {kind: company, established_in: &de [DE], name: Acme}
"""


def test_anchors_stay_where_others_are_changed() -> None:
    edited = with_patch(ANCHORED, "p", {"uses": {"lab": {"purpose": "research"}, "api": {"acts": ["run"]}}})
    assert lines_that_differ(ANCHORED, edited) == (
        [],
        ["    purpose: research\n", "  api:\n", "    acts: [run]\n"],
    )
    edited = with_patch(ANCHORED, "p", {"organization": {"established_in": ["AT"]}})
    assert edited == ANCHORED.replace("&de [DE]", "&de [AT]")


@pytest.mark.parametrize(
    "facts",
    [
        {"shop": {"acts": ["merge"]}},
        {"shop": {"outputs": {"used_in": ["DE"]}}},
        {"lab": {"outputs": {"train_models": "other-llm"}}},
        {"lab": {"acts": ["run", "merge"]}},
        {"lab": {"acts": None}},
        {"lab": {"domains": []}},
    ],
)
def test_what_an_alias_stands_for_is_not_changed(facts: dict[str, Any]) -> None:
    with pytest.raises(AuditError, match=r"cannot be changed in it safely; change it by hand: \{uses: ") as told:
        with_patch(ANCHORED, "p", {"uses": facts})
    assert told.value.problems[0].file == "p"


@pytest.mark.parametrize(
    ("text", "patch"),
    [
        ("schema: 1\norganization:\n  ? name\n  : A\n", {"organization": {"name": None, "kind": "company"}}),
        ("schema: 1\n? organization\n: kind: company\n  name: A\n", {"organization": {"kind": None}}),
        ("schema: 1\nwaivers:\n  -\n    model: a\n    finding: b\n    by: c\n    why: d\n    until: 2027-01-01\n",) * 1
        + ({"waivers": []},),
        ("null", {"schema": "1"}),
        ("schema: 1\n? organization\n: kind: company\n", {"organization": {"kind": None, "founded": "2020-01-01"}}),
        ("schema: 1\nuses:\n  a: &x\n    acts: [run]\n  b: # as a\n    *x\n", {"uses": {"c": {}}}),
        ("schema: 1\nuses: {&a b: {acts: [run]}, *a : {}}\n", {"uses": {"c": {}}}),
        ("schema: 1\nuses:\n  a:\n    fulfils:\n      - - x\n", {"uses": {"a": {"fulfils": ["license-copy", "x"]}}}),
    ],
)
def test_unusual_yaml_is_changed_rightly_or_not_at_all(text: str, patch: dict[str, Any]) -> None:
    try:
        edited = with_patch(text, "p", patch)
    except AuditError as error:
        assert len(error.problems) == 1  # noqa: PT017  # either is right
    else:
        assert load(edited, "p").data == merged(load(text, "p").data, patch)


def test_a_last_line_without_a_break() -> None:
    for ending in ("\n", "\r\n"):
        text = ending.join(["schema: 1", "organization:", "  name: A", "", "  kind: company"])
        edited = with_patch(text, "p", {"organization": {"kind": None}})
        assert edited == ending.join(["schema: 1", "organization:", "  name: A", ""])


def test_a_first_key_of_an_item_and_an_item_on_a_line_of_its_own() -> None:
    text = (
        "schema: 1\norganization:\n  claims_against:\n    - defensive: true\n      against: Meta   # who\n"
        "      about: llama-2-community\n    -\n      against: TII\n      about: x\n"
    )
    first = [{"against": "Meta", "about": "llama-2-community"}, {"against": "TII", "about": "x"}]
    edited = with_patch(text, "p", organization(claims_against=first))
    assert edited == text.replace("defensive: true\n      against", "against")
    with pytest.raises(AuditError, match="by hand"):
        with_patch(edited, "p", organization(claims_against=first[:1]))


INVALID: list[tuple[dict[str, Any], str]] = [
    ({"uses": {"the shop": {"purpose": "fun"}}}, r"p:21:14: uses\.the shop\.purpose: .* \(as it would be written\)"),
    ({"uses": {"the shop": {"purpos": "research"}}}, "did you mean purpose"),
    ({"schema": None}, "schema is missing"),
    ({"schema": 2}, "schema"),
    ({"organization": "Acme"}, "organization"),
    ({"organization": []}, "organization"),
    ({"uses": {"the shop": {"acts": {"open": None}}}}, "items"),
    ({"organization": {"monthly_active_users": {"at_most": -1}}}, "negative"),
    ({"organization": {"monthly_active_users": {"at_most": 10**4000}}}, "above"),
    ({"uses": {"x\u0007": {}}}, "control character"),
    ({"uses": {"x": {"description": "a\u001b[31m"}}}, "control character"),
    ({"uses": {"x": {"description": "a\ud800"}}}, "control character|by hand"),
    ({"uses": {"<<": {}}}, "by hand"),
]


@pytest.mark.parametrize(("patch", "told"), INVALID, ids=[ascii(one)[:50] for one, _ in INVALID])
def test_a_patch_that_makes_no_profile_is_refused(patch: dict[str, Any], told: str) -> None:
    with pytest.raises(AuditError, match=told):
        with_patch(WRITTEN, "p", patch)


def test_what_is_no_profile_is_refused() -> None:
    with pytest.raises(AuditError, match="p:1:1: expected a mapping"):
        with_patch("- a\n", "p", {})
    with pytest.raises(AuditError, match="not valid YAML"):
        with_patch("a: [", "p", {})


def test_names_that_look_like_yaml_are_quoted() -> None:
    names = ["null", "- a", "a: b", "#", "{x}", "*y", "é ü", "a\tb", "😀", '"', "\\", "yes", "1", "a\u2028b", " "]
    patch = {"uses": {name: {"description": f"{name} again"} for name in names}}
    edited = with_patch("schema: 1\n", "p", patch)
    assert load(edited, "p").data == {"schema": "1", **patch}
    assert "  é ü:\n    description: é ü again\n" in edited


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "p:1:1: is no JSON: expecting value"),
        ("{\n  'a': 1}", "p:2:3: is no JSON"),
        ("[]", "p:1:1: expected a JSON object"),
        ("3", "expected a JSON object"),
        ('{"a": 1, "b": {"c": 1, "c": 2}}', "the key 'c' stands twice"),
        ('{"a": NaN}', "NaN is no number"),
        ('{"a": -Infinity}', "no number"),
        ('{"a": ' + "9" * 5000 + "}", "p: "),
        ('{"a":' * 100_000, "nested too deeply"),
        ('{"a":' * 61 + "1" + "}" * 61, "nested more than 60 levels deep"),
        ('{"a":' + "[" * 61 + "]" * 61 + "}", "nested more than 60 levels deep"),
    ],
)
def test_what_is_no_patch_is_refused(text: str, told: str) -> None:
    with pytest.raises(AuditError, match=re.escape(told)):
        read_patch(text, "p")


def test_numbers_of_a_patch_keep_their_digits() -> None:
    patch = read_patch('{"organization": {"exchange_rates": {"EUR": {"USD": 1.10}}}}', "p")
    assert "exchange_rates: {EUR: {USD: 1.10}}" in with_patch(WRITTEN, "p", patch)


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "profile.yaml"
    path.write_bytes(b"\xef\xbb\xbfschema: 1\r\n")
    assert read_whole(path) == "\ufeffschema: 1\r\n"
    path.write_bytes(b"schema: 1\n")
    assert read_whole(path) == "schema: 1\n"


CLOSING: list[tuple[str, Any, str]] = [
    (
        "    # counsel: ticket 12\n    items:\n      - legal-advice   # by Jo 2026-03-01\n    open: true # yet\n",
        ["legal-advice"],
        "    # counsel: ticket 12\n    items:\n      - legal-advice   # by Jo 2026-03-01\n    open: false # yet\n",
    ),
    (
        "    items: [legal-advice, # approved\n      education]\n    open: true\n",
        ["legal-advice", "education", "translation"],
        "    items: [legal-advice, # approved\n      education, translation]\n    open: false\n",
    ),
    ("    items:\n    - legal-advice # a\n", ["legal-advice"], "    items:\n    - legal-advice # a\n"),
    (
        "    items:\n    - legal-advice # a\n",
        ["legal-advice", "education"],
        "    items:\n    - legal-advice # a\n    - education\n",
    ),
    (
        "    # ticket\n    - legal-advice # a\n",
        {"items": ["legal-advice", "education"], "open": True},
        "    items:\n    # ticket\n    - legal-advice # a\n    - education\n    open: true\n",
    ),
    (
        "  # ticket\n\n  - legal-advice # a\n\n  # next\n  - education # b\n",
        {"items": ["legal-advice", "education"], "open": True},
        "    items:\n  # ticket\n\n    - legal-advice # a\n\n    # next\n    - education # b\n    open: true\n",
    ),
    (
        "    - legal-advice # a\n",
        {"items": ["legal-advice", "education"]},
        "    - legal-advice # a\n    - education\n",
    ),
    (" [ legal-advice ] # a\n", {"items": ["legal-advice"], "open": False}, " [ legal-advice ] # a\n"),
    (
        " [ legal-advice, # a\n    education ] # b\n",
        {"items": ["legal-advice", "education"], "open": True},
        " {items: [ legal-advice, # a\n    education ], open: true} # b\n",
    ),
    (" [ ] # a\n", {"items": [], "open": True}, " {items: [ ], open: true} # a\n"),
    (" {items: [education], open: true} # a\n", [], " {items: [], open: false} # a\n"),
]


@pytest.mark.parametrize(("domains", "answer", "edited"), CLOSING)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_list_is_closed_and_opened_where_it_stands(domains: str, answer: Any, edited: str, ending: str) -> None:
    head = "schema: 1\nuses:\n shop:\n  purpose: research\n  domains:"
    head += "" if domains.startswith((" [", " {")) else "   # of work\n"
    tail = "  audience: public  # all\n"
    found = with_patch((head + domains + tail).replace("\n", ending), "p", {"uses": {"shop": {"domains": answer}}})
    assert found == (head + edited + tail).replace("\n", ending)
    assert found.count("#") == (domains + head + tail).count("#")


@pytest.mark.parametrize(
    ("facts", "patch"),
    [
        ("domains:\n    - education # a\n    - translation\n", {"domains": []}),
        ("domains:\n    - education\n    # a\n    - translation\n", {"domains": ["legal-advice"]}),
        ("domains: [education, # a\n      translation]\n", {"domains": ["legal-advice"]}),
        ("domains: [\n      # a\n      education,\n      translation]\n", {"domains": ["translation"]}),
        ("domains:\n    # a\n    - education\n    - translation\n", {"domains": ["translation"]}),
        ("domains:\n    - education # a\n", {"domains": ["legal-advice"]}),
        ("domains:\n    # a\n    - education\n", {"domains": ["legal-advice", "marketing"]}),
        ("domains: [\n      education, # a\n      translation]\n", {"domains": ["legal-advice", "marketing"]}),
        ("domains: [education,\n      # a\n      translation]\n", {"domains": ["legal-advice", "marketing"]}),
        ("domains:\n    # a\n    - education\n", {"domains": []}),
        ("description: > # a\n      One.\n", {"description": "Two."}),
        ("description: | # a\n      One.\n", {"description": "Two."}),
        ("outputs:\n      train_models: none # a\n", {"outputs": {"train_models": None}}),
        ("outputs: { # a\n      train_models: none}\n", {"outputs": {"train_models": None}}),
        ("outputs:\n      train_models: none # a\n", {"outputs": {"train_models": None, "used_in": ["DE"]}}),
    ],
)
def test_no_comment_is_deleted_with_what_is_written_anew(facts: str, patch: dict[str, Any]) -> None:
    text = f"schema: 1\nuses:\n  shop:\n    {facts}"
    with pytest.raises(AuditError, match=r"has comments that would be lost.* by hand: \{uses: \{shop: "):
        with_patch(text, "p", {"uses": {"shop": patch}})
    bare = re.sub(r" +# a", "", text).replace("\n\n", "\n")
    assert load(with_patch(bare, "p", {"uses": {"shop": patch}}), "p").data == merged(
        load(bare, "p").data, {"uses": {"shop": patch}}
    )


@pytest.mark.parametrize(
    ("old", "new"), [('"a # b"', "c"), ("a#b", "c"), ("'it # \n      # is'", "c"), (">\n      a\n      # b", "c")]
)
def test_signs_in_words_are_no_comments(old: str, new: str) -> None:
    text = "schema: 1\nuses:\n  shop:\n    description: {} # why\n    purpose: research\n"
    text = text.replace(" # why", "") if ">" in old else text
    assert with_patch(text.format(old), "p", {"uses": {"shop": {"description": new}}}) == text.format(new)


REMOVED: list[tuple[str, Any, str]] = [
    # Keys of a flow mapping over several lines.
    (
        "outputs: {train_models: none, # about training, by Jo\n      # about countries\n      used_in: [DE]}",
        {"outputs": {"train_models": None}},
        "outputs: {\n      # about countries\n      used_in: [DE]}",
    ),
    (
        (
            "derivative: {\n      name: x, # a\n      # license\n      license: own-terms,\n      # b\n"
            "      public_statements: false # c\n      }"
        ),
        {"derivative": {"name": None}},
        (
            "derivative: {\n      # license\n      license: own-terms,\n      # b\n"
            "      public_statements: false # c\n      }"
        ),
    ),
    (
        "derivative: {\n      name: x, # a, the first\n      license: own-terms # b, the second\n      }",
        {"derivative": {"license": None}},
        "derivative: {\n      name: x, # a, the first\n      }",
    ),
    (
        "derivative: {name: x, # a\n      license: own-terms}",
        {"derivative": {"license": None}},
        "derivative: {name: x, # a\n      }",
    ),
    (
        "derivative: {name: x # a, b\n      , license: own-terms, public_statements: false}",
        {"derivative": {"name": None}},
        "derivative: {license: own-terms, public_statements: false}",
    ),
    (
        "derivative: {name: x,\n      license: own-terms, # a\n      public_statements: false}",
        {"derivative": {"license": None}},
        "derivative: {name: x,\n      public_statements: false}",
    ),
    (
        "derivative: {name: x, license: own-terms, # a\n      # b\n      public_statements: false}",
        {"derivative": {"license": None}},
        "derivative: {name: x,\n      # b\n      public_statements: false}",
    ),
    # Items of lists.
    (
        (
            "domains:\n    - education # a\n    # about translation\n    # by Jo\n    - translation # b\n    # last\n"
            "    - legal-advice"
        ),
        {"domains": ["education", "legal-advice"]},
        "domains:\n    - education # a\n    # last\n    - legal-advice",
    ),
    (
        "domains:\n    - education # a\n               # more of a\n    - translation\n    - legal-advice",
        {"domains": ["education", "legal-advice"]},
        "domains:\n    - education # a\n               # more of a\n    - legal-advice",
    ),
    (
        "domains:\n    - education\n    # apart\n\n    - translation\n    - legal-advice",
        {"domains": ["education", "legal-advice"]},
        "domains:\n    - education\n    # apart\n\n    - legal-advice",
    ),
    (
        "domains: [\n      education, # a\n      # about translation\n      translation, legal-advice, # c\n    ]",
        {"domains": ["education", "legal-advice"]},
        "domains: [\n      education, # a\n      legal-advice, # c\n    ]",
    ),
    (
        "tags: ['a\n      # no comment',\n      b, # b\n      c]",
        {"tags": ["a # no comment", "c"]},
        "tags: ['a\n      # no comment',\n      c]",
    ),
    (
        "# the fields\n    domains: [education, translation]",
        {"domains": ["translation"]},
        "# the fields\n    domains: [translation]",
    ),
    ("domains:\n    - education # a\n    - translation", {"domains": ["translation"]}, "domains:\n    - translation"),
]


@pytest.mark.parametrize(("facts", "patch", "edited"), REMOVED)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_goes_takes_its_own_comments_and_no_others(
    facts: str, patch: dict[str, Any], edited: str, ending: str
) -> None:
    head, tail = "schema: 1\nuses:\n  shop:\n    ", "\n    audience: public  # all\n"
    found = with_patch((head + facts + tail).replace("\n", ending), "p", {"uses": {"shop": patch}})
    assert found == (head + edited + tail).replace("\n", ending)


def test_the_first_key_of_an_item_leaves_the_comment_of_the_next() -> None:
    text = (
        "schema: 1\norganization:\n  claims_against:\n    - defensive: true # a\n      # who\n\n"
        "      against: Meta\n      about: llama-2-community\n"
    )
    patch = organization(claims_against=[{"against": "Meta", "about": "llama-2-community"}])
    for ending in ("\n", "\r\n"):
        edited = with_patch(text.replace("\n", ending), "p", patch)
        assert edited == text.replace(" defensive: true # a", "").replace("\n", ending)


def test_a_list_in_an_odd_place_is_not_opened() -> None:
    opened = {"uses": {"shop": {"domains": {"items": ["education"], "open": True}}}}
    with pytest.raises(AuditError, match="safely; change it by hand"):
        with_patch("schema: 1\nuses:\n  shop:\n    ? domains\n    : - education # a\n", "p", opened)


VALUES = st.sampled_from(["commercial", "research", "x: y", "#", ""])
LISTS = st.lists(st.sampled_from(["run", "merge", "fine-tune", "quantize"]), unique=True, max_size=4)
USES = st.fixed_dictionaries(
    {},
    optional={
        "description": VALUES,
        "acts": LISTS,
        "tags": LISTS,
        "obtained_on": st.just("2024-05-06"),
        "attributable_revenue": st.fixed_dictionaries(
            {"currency": st.just("EUR")}, optional={"at_most": st.just("12_000")}
        ),
        "fulfils": st.lists(st.sampled_from(["license-copy", "credit", "notice-file"]), unique=True),
    },
)
ABSENT = st.none()
PATCHES = st.dictionaries(
    st.sampled_from(["shop", "the lab", "api"]),
    USES
    | ABSENT
    | st.fixed_dictionaries(
        {}, optional={"description": ABSENT, "acts": ABSENT | LISTS, "tags": LISTS, "fulfils": ABSENT}
    ),
)
STYLES = st.sampled_from([(False, 2), (None, 4), (True, 2), (False, 3)])


def commented(text: str) -> str:
    """The text with a comment behind each line and above it."""
    lines = [f"# above {number}\n{line}   # behind {number}" for number, line in enumerate(text.splitlines())]
    return "\n".join(lines) + "\n"


def remarks(text: str) -> list[str]:
    """Every comment, in order."""
    return re.findall(r"# (?:above|behind) \d+", text)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(uses=st.dictionaries(st.sampled_from(["shop", "the lab", "api"]), USES), patch=PATCHES, style=STYLES)
def test_a_patch_gives_what_the_standard_says(uses: dict[str, Any], patch: dict[str, Any], style: Any) -> None:
    import yaml  # noqa: PLC0415  # only here

    flow, indent = style
    written = yaml.safe_dump(
        {"schema": "1", "organization": {"name": "A"}, "uses": uses}, default_flow_style=flow, indent=indent, width=1000
    )
    text = written if flow else commented(written)
    before = load(text, "p").data
    try:
        edited = with_patch(text, "p", {"uses": patch})
    except AuditError as error:
        # Without comments, nothing is refused.
        assert "has comments that would be lost" in str(error)  # noqa: PT017  # either is right
        text = written
        edited = with_patch(text, "p", {"uses": patch})
    assert load(edited, "p").data == merged(before, {"uses": patch})
    kept = remarks(edited)
    assert [remark for remark in remarks(text) if remark in kept] == kept


def test_merging_is_that_of_the_standard() -> None:
    # The table of RFC 7396, appendix A, with its values as texts.
    for target, patch, result in (
        ({"a": "b"}, {"a": "c"}, {"a": "c"}),
        ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
        ({"a": "b"}, {"a": None}, {}),
        ({"a": "b", "b": "c"}, {"a": None}, {"b": "c"}),
        ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
        ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
        ({"a": {"b": "c"}}, {"a": {"b": "d", "c": None}}, {"a": {"b": "d"}}),
        ({"a": [{"b": "c"}]}, {"a": ["1"]}, {"a": ["1"]}),
        (["a", "b"], ["c", "d"], ["c", "d"]),
        ({"a": "b"}, ["c"], ["c"]),
        ({"e": None}, {"a": "1"}, {"e": None, "a": "1"}),
        (["1", "2"], {"a": "b", "c": None}, {"a": "b"}),
        ({}, {"a": {"bb": {"ccc": None}}}, {"a": {"bb": {}}}),
    ):
        assert merged(target, patch) == result
