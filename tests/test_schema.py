"""JSON Schemas carry the docstrings and accept what the readers accept."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from license_audit.outputs.lock import render_lock
from license_audit.schema import KINDS, json_schema
from tests.conftest import ROOT
from tests.readers.test_lock import LOCK

ACME = ROOT / "examples" / "acme"
RECORDS = ("data", "families", "names", "providers")
"""Files of many records beside the licenses, each checked by the catalog's reader."""
WRITTEN = [
    ("profile", ACME / "profile.yaml"),
    ("manifest", ACME / "models.yaml"),
    *(("rule", path) for path in sorted((ROOT / "rules").glob("*.yaml")) if path.stem != "definitions"),
    *(("license", path) for path in sorted((ROOT / "licenses").glob("*.yaml")) if path.stem not in RECORDS),
]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_definition_is_described(name: str) -> None:
    schema = json.loads(json_schema(name))
    Draft202012Validator.check_schema(schema)
    for definition in [schema, *schema["$defs"].values()]:
        assert definition["description"]


def test_a_docstring_is_the_description_of_its_field() -> None:
    schema = json.loads(json_schema("profile"))
    use = schema["$defs"]["Use"]["properties"]
    assert use["obtained_on"]["description"] == "Day on which the copy was obtained."
    assert schema["$defs"]["AnnualMoney"]["properties"]["currency"]["description"].startswith("ISO 4217")
    clause = json.loads(json_schema("license"))["$defs"]["Clause"]["properties"]
    assert clause["with"]["description"] == "Values for the rule's parameters."


@pytest.mark.parametrize(("name", "path"), WRITTEN, ids=lambda value: getattr(value, "stem", value))
def test_files_as_people_write_them_are_valid(name: str, path: Path) -> None:
    data = _plain(yaml.safe_load(path.read_text(encoding="utf-8")))
    errors = Draft202012Validator(json.loads(json_schema(name))).iter_errors(data)
    assert [(list(error.path), error.message[:120]) for error in errors] == []


def _plain(data: Any) -> Any:
    """JSON's values; YAML 1.1 takes the key `on` for a truth value."""
    if isinstance(data, dict):
        return {"on" if key is True else str(key): _plain(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(item) for item in data]
    return data.isoformat() if isinstance(data, date) else data


def test_a_lock_file_is_valid() -> None:
    schema = Draft202012Validator(json.loads(json_schema("lock")))
    written = json.loads(render_lock(LOCK))
    assert list(schema.iter_errors(written)) == []
    written["models"]["x/y"]["files"]["LICENSE"] = "short"
    assert len(list(schema.iter_errors(written))) == 1
