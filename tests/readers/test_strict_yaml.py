"""YAML as people meant it, and where each value stands."""

from typing import Any

import pytest
import yaml

from license_audit.errors import AuditError
from license_audit.model.license import Rule
from license_audit.model.profile import Profile
from license_audit.readers import strict_yaml
from license_audit.readers.strict_yaml import Document, load, nearest, validate

PROFILE = """\
schema: 1
organization:
  affiliates:
    - {name: One}
    - name: Two
      founded: 2020-01-01
  established_in: [DE, FR]
"""


def problems(text: str, first_line: int = 0) -> list[str]:
    """What is wrong with a text."""
    with pytest.raises(AuditError) as caught:
        load(text, "f.yaml", first_line)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: no", {"a": "no"}),
        ("a: 1_000", {"a": "1_000"}),
        ("a: 2023-06", {"a": "2023-06"}),
        ("a: 0x10", {"a": "0x10"}),
        ("1: 1.10", {"1": "1.10"}),
        ("a: null", {"a": None}),
        ("a: ~", {"a": None}),
        ("a:", {"a": None}),
        ("a: 'null'", {"a": "null"}),
        ('a: ""', {"a": ""}),
        ("a: |\n  null\n", {"a": "null\n"}),
        ("a: !!str 5", {"a": "5"}),
        ("a: &x [1, b]\nc: *x", {"a": ["1", "b"], "c": ["1", "b"]}),
        ("- {a: b}", [{"a": "b"}]),
        ('a: "x\\ty\\nz"', {"a": "x\ty\nz"}),
        ("", None),
        ("# nothing", None),
    ],
)
def test_every_scalar_is_its_own_text(text: str, data: Any) -> None:
    assert load(text, "f.yaml").data == data


def test_all_problems_are_told_with_their_places() -> None:
    text = "a: 1\na: 2\nb: !x y\n[c]: d\n"
    assert problems(text, first_line=4) == [
        "f.yaml:6:1: the key 'a' stands here twice",
        "f.yaml:7:4: the tag !x is not allowed",
        "f.yaml:8:1: a key must be plain text",
    ]


def test_the_reader_without_libyaml_refuses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_yaml, "_LOADER", yaml.SafeLoader)
    assert load("a: [b]", "f.yaml").data == {"a": ["b"]}
    assert problems("[" * 5_000, first_line=2)[0].startswith("f.yaml:3:1: not valid YAML: ")
    assert problems('a: "\\ud800"') == [
        "f.yaml:1:4: a control character is written with a backslash; they are not allowed"
    ]
    assert problems("a: b: c") == ["f.yaml:1:5: not valid YAML: mapping values are not allowed here"]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (yaml.YAMLError("odd\nindeed"), "f.yaml:1:1: not valid YAML: odd"),
        (RecursionError(), "f.yaml:1:1: not valid YAML: nested too deeply"),
        (yaml.MarkedYAMLError(problem="odd"), "f.yaml:1:1: not valid YAML: odd"),
    ],
)
def test_a_parser_that_gives_up_without_a_place(
    monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def compose(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(yaml, "compose", compose)
    assert problems("a: b") == [message]


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ((), (1, 1)),
        (("schema",), (1, 9)),
        (("organization", "affiliates", 0, "name"), (4, 14)),
        (("organization", "affiliates", 1), (5, 7)),
        (("organization", "affiliates", 1, "founded"), (6, 16)),
        (("organization", "affiliates", 2), (4, 5)),
        (("organization", "nothing", "at", "all"), (3, 3)),
        (("schema", "deeper"), (1, 9)),
        (("organization", "established_in", "items", 1), (7, 24)),
        (("organization", "established_in", "open"), (7, 19)),
    ],
)
def test_places(path: tuple[str | int, ...], place: tuple[int, int]) -> None:
    assert load(PROFILE, "f.yaml").place(path) == place


def test_places_of_what_was_not_read_from_a_file() -> None:
    assert str(Document("f.yaml", {}, None).problem(("a", 1), "odd")) == "f.yaml:1:1: odd"


def told(kind: type[Profile | Rule], data: str) -> list[str]:
    """What a validation has to say."""
    with pytest.raises(AuditError) as caught:
        validate(kind, load(data, "f.yaml"))
    return [str(problem) for problem in caught.value.problems]


def test_a_valid_document() -> None:
    assert validate(Profile, load(PROFILE, "f.yaml")).organization.affiliates is not None


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ("[]", "f.yaml:1:1: expected a mapping of keys to values"),
        ("{}", "f.yaml:1:1: schema is missing"),
        ("schema: 1\nusse: {}", "f.yaml:2:7: unknown key usse; did you mean uses?"),
        ("schema: 1\nzzzzz: {}", "f.yaml:2:8: unknown key zzzzz"),
        (
            "schema: 1\norganization: {affiliates: [{name: a, fuonded: 2020-01-01}]}",
            "f.yaml:2:48: unknown key organization.affiliates.0.fuonded; did you mean founded?",
        ),
        (
            "schema: 1\nuses: {shop: {acts: {items: [run], opne: true}}}",
            "f.yaml:2:42: unknown key uses.shop.acts.opne; did you mean open?",
        ),
        ("schema: 1\nuses: {shop: {acts: 5}}", "f.yaml:2:21: uses.shop.acts.items.0: "),
        ("schema: 1\nuses: {shop: {fulfils: [{duty: credit, claus: x}]}}", "did you mean clause?"),
        ("schema: 1\nuses: []", "f.yaml:2:7: uses: Input should be a valid dictionary"),
    ],
)
def test_what_validation_tells(data: str, message: str) -> None:
    (problem,) = told(Profile, data)
    assert message in problem


def test_an_unknown_key_inside_a_condition() -> None:
    head = "rule: a\nkind: duty\ntitle: a\nmeaning: a\nquestion: a\nremedy: a\n"
    text = f"{head}when: {{all: [{{fact: a, op: is, vlaue: b}}]}}\n"
    assert any(line.startswith("f.yaml:7:") and "vlaue" in line for line in told(Rule, text))


@pytest.mark.parametrize(
    ("schema", "step", "found"),
    [
        ({"additionalProperties": True}, "x", {}),
        ({"additionalProperties": {"type": "string"}}, "x", {"type": "string"}),
        ({"anyOf": [{"type": "null"}]}, "x", {}),
        ({"anyOf": [{"type": "null"}, {"$ref": "#/$defs/A"}]}, None, {"properties": {"b": {}}}),
        ({"type": "array"}, 3, {}),
        ({"items": {"type": "string"}}, 3, {"type": "string"}),
    ],
)
def test_steps_into_a_schema(schema: dict[str, Any], step: str | int | None, found: dict[str, Any]) -> None:
    assert strict_yaml._step(schema, step, {"A": {"properties": {"b": {}}}}) == found


def test_the_nearest_word() -> None:
    assert nearest("purpsoe", ["purpose", "propose"]) == "purpose"
    assert nearest("zzz", ["purpose"]) is None
    assert nearest("a", []) is None
