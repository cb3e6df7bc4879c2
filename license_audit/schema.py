"""JSON Schemas of what users write and programs read, with every field's docstring as its description."""

import ast
import inspect
import json
import textwrap
from itertools import pairwise
from typing import Any

from license_audit.model.facts import Amount, Items
from license_audit.model.license import Clause, License, Rule
from license_audit.model.lock import Lock
from license_audit.model.manifest import Manifest, ModelEntry
from license_audit.model.profile import Fulfilment, Profile
from license_audit.model.report import Report
from license_audit.model.scan import Scan
from license_audit.model.value import Value

KINDS: dict[str, type[Value]] = {
    "license": License,
    "lock": Lock,
    "manifest": Manifest,
    "profile": Profile,
    "report": Report,
    "rule": Rule,
    "scan": Scan,
}


def json_schema(name: str) -> str:
    """The JSON Schema (2020-12) of a kind of document, indented by two."""
    kind = KINDS[name]
    schema = kind.model_json_schema(mode="serialization" if name in ("report", "scan") else "validation")
    classes = {cls.__name__: cls for cls in _classes(Value)}
    for title, definition in {**schema.get("$defs", {}), kind.__name__: schema}.items():
        _describe(definition, classes[title])
        _as_written(definition, classes[title])
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | schema, indent=2, ensure_ascii=False) + "\n"


def _classes(base: type[Value]) -> list[type[Value]]:
    return [base, *(found for cls in base.__subclasses__() for found in _classes(cls))]


def _describe(definition: dict[str, Any], cls: type[Value]) -> None:
    """Write the docstrings of a class's fields into its definition."""
    told = {name: text for owner in reversed(cls.__mro__) for name, text in _docstrings(owner).items()}
    for name, field in cls.model_fields.items():
        shown = field.alias or name
        if name in told:
            definition["properties"][shown]["description"] = told[name]


def _as_written(definition: dict[str, Any], cls: type[Value]) -> None:
    """Allow the short forms in which people write lists, series, records and acts."""
    properties = definition["properties"]
    if "schema" in properties:
        properties["schema"] = {"enum": [1, "1"], "description": "Version of the format."}
    if issubclass(cls, Items):
        whole = dict(definition)
        definition.clear()
        definition |= {"description": whole["description"], "anyOf": [properties["items"], {"type": "string"}, whole]}
    elif issubclass(cls, Amount):
        del properties["figures"]
        figure = {"type": ["number", "string"], "description": "The exact figure of a period."}
        definition["patternProperties"] = {f"^({cls.period})$": figure} if cls.period else {}
    elif cls is Fulfilment:
        definition["additionalProperties"] = {"type": "array", "items": {"type": "string"}}
        whole = dict(definition)
        definition.clear()
        definition |= {"description": whole["description"], "anyOf": [{"type": "string"}, whole]}
    elif cls is ModelEntry:
        for name in ("use", "base"):
            properties[name] = {"anyOf": [{"type": "string"}, properties[name]]}
    elif cls is Clause:
        properties["acts"] = {"anyOf": [{"const": "any"}, properties["acts"]]}


def _docstrings(owner: type) -> dict[str, str]:
    """The string that follows each annotated name in a class body."""
    if not issubclass(owner, Value):
        return {}
    (body,) = ast.parse(textwrap.dedent(inspect.getsource(owner))).body
    lines = body.body if isinstance(body, ast.ClassDef) else []
    found = {}
    for field, text in pairwise(lines):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(text, ast.Expr):
            found[field.target.id] = inspect.cleandoc(ast.literal_eval(text.value))
    return found
