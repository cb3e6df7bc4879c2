"""YAML as people meant it: every scalar is its own text, keys are unique, nothing is executed, depth is bounded."""

import re
from typing import Any, TypeVar

import yaml
from yaml.reader import Reader

from license_audit.errors import AuditError, Problem
from license_audit.model.record import Record
from license_audit.model.value import Value, faults

MAX_DEPTH = 60
MAX_VALUES = 1_000_000
"""Aliases counted as often as they are used."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""YAML keeps them out of the file itself; written as `"\\e"` they would reach a terminal."""
_TAG = re.compile(r"tag:yaml\.org,2002:(str|int|float|bool|null|timestamp|map|seq|merge|value)")
V = TypeVar("V", bound=Value)
Path = tuple[str | int, ...]


class Document(Record):
    """Plain data and the places it came from."""

    file: str
    data: Any
    root: yaml.Node | None
    first_line: int = 0
    """Line of the file on which the YAML starts, counted from 0."""

    def place(self, path: Path) -> tuple[int, int]:
        """Line and column, counted from 1, of the value at a path, or of its nearest ancestor."""
        node, at = self.root, self.root
        for step in path:
            node = _child(node, step)
            if node is None:
                break
            at = node
        if at is None:
            return 1, 1
        return at.start_mark.line + 1 + self.first_line, at.start_mark.column + 1

    def problem(self, path: Path, message: str) -> Problem:
        """A problem at the value of a path."""
        line, column = self.place(path)
        return Problem(self.file, line, column, message)


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and step == "items":
        return node  # a plain list stands for a mapping that has it under `items`
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step]  # type: ignore[no-any-return]  # PyYAML is untyped here
    return None


def load(text: str, file: str, first_line: int = 0) -> Document:
    """Parse one YAML document. AuditError with every problem found."""
    unprintable = Reader.NON_PRINTABLE.search(text)
    if unprintable is not None:
        before = text[: unprintable.start()]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        raise AuditError([Problem(file, line + first_line, column, "a control character is not allowed")])
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise AuditError([Problem(file, line + first_line, column, f"not valid YAML: {error.problem}")]) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        reason = str(error).splitlines()[0] if str(error) else "nested too deeply"
        raise AuditError([Problem(file, 1 + first_line, 1, f"not valid YAML: {reason}")]) from None
    builder = _Builder(file, first_line)
    data = builder.build(root, 0) if root is not None else None
    if builder.problems:
        raise AuditError(builder.problems)
    return Document(file, data, root, first_line)


class _Builder:
    """Turns nodes into plain data and collects what is wrong with them."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first_line = file, first_line
        self.problems: list[Problem] = []
        self._open: set[int] = set()
        self._nodes = 0

    def build(self, node: yaml.Node, depth: int) -> Any:
        self._nodes += 1
        if id(node) in self._open:
            return self._refuse(node, "a value contains itself")
        if depth > MAX_DEPTH:
            return self._refuse(node, f"nested more than {MAX_DEPTH} levels deep")
        if self._nodes > MAX_VALUES:
            self._refuse(node, f"more than {MAX_VALUES:,} values; are aliases multiplying?")
            raise AuditError(self.problems)
        if not _TAG.fullmatch(node.tag):
            return self._refuse(node, f"the tag {node.tag} is not allowed")
        if isinstance(node, yaml.ScalarNode):
            if _CONTROL.search(node.value):
                return self._refuse(node, "a control character is written with a backslash; they are not allowed")
            return None if node.style in (None, "") and node.value in _NULL else node.value
        self._open.add(id(node))
        built = self._mapping(node, depth) if isinstance(node, yaml.MappingNode) else self._sequence(node, depth)
        self._open.discard(id(node))
        return built

    def _sequence(self, node: yaml.Node, depth: int) -> list[Any]:
        return [self.build(item, depth + 1) for item in node.value]

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        built: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._refuse(key, "a key must be plain text")
            elif _CONTROL.search(key.value):
                self._refuse(key, "a key must be plain text without control characters")
            elif key.value == "<<":
                self._refuse(key, "merge keys are not supported")
            elif key.value in built:
                self._refuse(key, f"the key {key.value!r} stands here twice")
            else:
                built[key.value] = self.build(value, depth + 1)
        return built

    def _refuse(self, node: yaml.Node, message: str) -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.file, mark.line + 1 + self.first_line, mark.column + 1, message))


def validate(kind: type[V], document: Document) -> V:
    """The document as a value of the model. AuditError with every problem and its place."""
    if not isinstance(document.data, dict):
        raise AuditError([document.problem((), "expected a mapping of keys to values")])
    try:
        return kind.model_validate(document.data)
    except ValueError as error:
        raise AuditError([_told(kind, detail, document) for detail in faults(error)]) from None


def _told(kind: type[Value], detail: dict[str, Any], document: Document) -> Problem:
    path: Path = tuple(detail["loc"])
    message = str(detail["msg"]).removeprefix("Value error, ")
    where = ".".join(str(step) for step in path)
    if detail["type"] == "extra_forbidden":
        near = nearest(str(path[-1]), _siblings(kind, path))
        hint = f"; did you mean {near}?" if near else ""
        return document.problem(path, f"unknown key {where}{hint}")
    if detail["type"] == "missing":
        return document.problem(path[:-1], f"{where} is missing")
    return document.problem(path, f"{where}: {message}" if where else message)


_SCHEMAS: dict[type[Value], dict[str, Any]] = {}
"""Made once for a kind: a file may hold thousands of unknown keys."""


def _schema(kind: type[Value]) -> dict[str, Any]:
    if kind not in _SCHEMAS:
        _SCHEMAS[kind] = kind.model_json_schema()
    return _SCHEMAS[kind]


def _siblings(kind: type[Value], path: Path) -> list[str]:
    """Keys allowed where an unknown one stands."""
    schema = _schema(kind)
    at: dict[str, Any] = schema
    for step in path[:-1]:
        at = _step(at, step, schema.get("$defs", {}))
    return list(_step(at, None, schema.get("$defs", {})).get("properties", {}))


def _step(at: dict[str, Any], step: str | int | None, definitions: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in at or "anyOf" in at:
        if "$ref" in at:
            at = definitions[at["$ref"].rsplit("/", 1)[1]]
        else:
            at = next((part for part in at["anyOf"] if part.get("type") != "null"), {})
    if step is None:
        return at
    if isinstance(step, int):
        found = at.get("items", {})
    else:
        found = at.get("properties", {}).get(step) or at.get("additionalProperties") or {}
    return found if isinstance(found, dict) else {}


def nearest(word: str, known: list[str]) -> str | None:
    """The known word that a misspelt one most likely means."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only when something is misspelt

    return next(iter(get_close_matches(word, known, n=1, cutoff=0.6)), None)
