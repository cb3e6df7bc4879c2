"""Adding entries to a manifest that people wrote: comments, order and everything else stay as they are."""

from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from license_audit.errors import AuditError, Problem
from license_audit.model.manifest import Manifest
from license_audit.readers.strict_yaml import load, validate

Entry = Mapping[str, str]
"""Keys and values of a new entry, in the order in which they are written."""
_NEW = "schema: 1\nmodels:\n"
_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/@+")


def with_entries(text: str, file: str, entries: Sequence[Entry]) -> str:
    """The text of a manifest with entries added at the end of its list; an empty text becomes a manifest.

    AuditError when the text is no manifest, or when it is written in a way that nothing can be added to safely.
    """
    if not text.strip():
        text = _NEW
    before = load(text, file)
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.splitlines()
    _insert(lines, before.root, [_written(entry) for entry in entries])
    edited = ending.join(lines) + ending
    wanted = [*_entries(before.data), *(dict(entry) for entry in entries)]
    try:
        after = load(edited, file)
        validate(Manifest, after)
        is_right = {**after.data, "models": None} == {**before.data, "models": None}
    except AuditError:
        is_right = False
    if not is_right or _entries(after.data) != wanted:
        told = "; ".join(_written(entry) for entry in entries)
        raise AuditError(
            [Problem(file, 0, 0, f"is written in a way that nothing can be added to; add by hand: {told}")]
        )
    return edited


def _entries(data: Any) -> list[Any]:
    return list(data.get("models") or []) if isinstance(data, dict) else []


def _insert(lines: list[str], root: yaml.Node | None, entries: list[str]) -> None:
    """Put entries after the last one, as it is indented; or under `models`, where there is none yet."""
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    key, models = next(((key, value) for key, value in pairs if key.value == "models"), (None, None))
    if key is None or models is None:
        lines += ["models:", *(f"  - {entry}" for entry in entries)]
    elif isinstance(models, yaml.SequenceNode) and models.value and models.flow_style:
        last = models.value[-1].end_mark
        line = lines[last.line]
        lines[last.line] = f"{line[: last.column]}, {', '.join(entries)}{line[last.column :]}"
    elif isinstance(models, yaml.SequenceNode) and models.value:
        first = models.value[0].start_mark
        indent = lines[first.line][: first.column].rpartition("-")[0]
        at = _last_line(models.value[-1]) + 1
        lines[at:at] = [f"{indent}- {entry}" for entry in entries]
    else:
        start, end = models.start_mark, models.end_mark
        if isinstance(models, yaml.SequenceNode) or models.value:
            lines[start.line] = (lines[start.line][: start.column].rstrip() + lines[end.line][end.column :]).rstrip()
            del lines[start.line + 1 : end.line + 1]
        at = key.end_mark.line + 1
        lines[at:at] = [f"  - {entry}" for entry in entries]


def _last_line(node: yaml.Node) -> int:
    """The line on which the last words of a value stand, counted from 0."""
    while isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: yaml.Mark = node.end_mark
    return int(end.line) if end.column else int(end.line) - 1


def _written(entry: Entry) -> str:
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in entry.items()) + "}"


def _scalar(value: str) -> str:
    """A value as YAML in a flow mapping: plain where that cannot be misread, else in double quotes."""
    if value and set(value) <= _PLAIN and value[0].isalnum() and value.lower() != "null":
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
