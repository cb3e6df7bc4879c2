"""Changes in a YAML text that people wrote, one at a time: every character that a change is not about stays as it is.

A change knows where things stand by the marks of the parsed nodes, and cuts or inserts there. Nothing is written anew,
so comments, order, quotes, line ends and spaces of everything else are kept.
"""

import re
from typing import Any, Literal, TypeGuard

import yaml

from license_audit.model.record import Record
from license_audit.readers.strict_yaml import Path, load

Node = yaml.Node
Data = Any
"""Texts, None, lists and mappings: what the strict reader makes of a file."""
STEP = "  "
_BREAKS = " \t\r\n"
_PLAIN_MARKS = frozenset("._-/@+ ")
_BMP = 0xFFFF
_ALIAS = re.compile(r"\s*:\s*\*[^\s,\]}]+")
_BLOCKS = re.compile(r"organization|policy|uses|uses\0[^\0]*")
"""Places of a profile whose mappings are written line by line; all others take one line."""


class UnsafeError(Exception):
    """The text is written in a way that the change cannot be made in it safely."""


class Change(Record):
    """One change at one place."""

    kind: Literal["set", "add", "remove"]
    """`set` a value that is there, `add` a key to a mapping or an item to a list, or `remove` either."""
    path: Path
    """Keys and places of items, counted from 0; of an item that is added, the place it will have."""
    value: Data = None


def changed(text: str, change: Change) -> str:
    """The text with one change made. UnsafeError where that is not possible, AuditError where it is no YAML."""
    root = load(text, "").root
    if root is None or _is_null(root):
        return _with_lines(text, len(text), _pair(change.path, change.value, ""))
    parent = _parent(root, change)
    step = change.path[-1]
    if change.kind == "set":
        return _replaced(text, parent, step, written(change.value))
    if change.kind == "remove":
        return _removed(text, parent, step)
    if isinstance(parent, yaml.MappingNode):
        return _with_pair(text, parent, change)
    if isinstance(parent, yaml.SequenceNode):
        return _with_item(text, parent, written(change.value))
    raise UnsafeError


def _is_null(node: Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style is None and node.start_mark.index == node.end_mark.index


def _parent(root: Node, change: Change) -> Node:
    """The mapping or list that is changed. UnsafeError for what an alias stands for: it stands elsewhere, too."""
    shared, node = _shared(root), root
    way = [root]
    for step in change.path if change.kind != "add" else change.path[:-1]:
        _, node = _held(node, step)
        if id(node) in shared:
            raise UnsafeError
        way.append(node)
    return way[len(change.path) - 1]


def _shared(root: Node) -> set[int]:
    """Nodes that an alias stands for."""
    seen: set[int] = set()
    shared: set[int] = set()
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            shared.add(id(node))
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value
    return shared


def _held(node: Node, step: str | int) -> tuple[Node | None, Node]:
    """Key and value of a mapping, or nothing and the item of a list."""
    if isinstance(node, yaml.MappingNode):
        return next((key, value) for key, value in node.value if key.value == step)
    return None, node.value[int(step)]


def _is_block(node: Node) -> TypeGuard[yaml.MappingNode | yaml.SequenceNode]:
    return isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and not node.flow_style and bool(node.value)


def _end(text: str, part: Node | tuple[Node, Node]) -> int:
    """Where the last words of a value, or of a key with its value, end. Marks of blocks reach on, over comments."""
    while True:
        key, node = part if isinstance(part, tuple) else (None, part)
        if key is not None and node.start_mark.index < key.start_mark.index:
            return _alias_end(text, key)
        if not _is_block(node):
            break
        part = node.value[-1]
    start, end = node.start_mark.index, node.end_mark.index
    return int(start) + len(text[start:end].rstrip(_BREAKS))


def _alias_end(text: str, key: Node) -> int:
    """The end of an alias behind a key; its node is the one that it stands for, elsewhere."""
    found = _ALIAS.match(text, key.end_mark.index)
    if found is None:
        raise UnsafeError
    return found.end()


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def _line_end(text: str, at: int) -> int:
    """Just behind the line break, or the end of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _with_lines(text: str, at: int, lines: list[str]) -> str:
    """The text with whole lines put in where a line starts, or behind a last one that has no line break."""
    ending = "\r\n" if "\r\n" in text else "\n"
    if at and text[at - 1] != "\n":
        return text[:at] + "".join(ending + line for line in lines) + text[at:]
    return text[:at] + "".join(line + ending for line in lines) + text[at:]


def _with_pair(text: str, parent: yaml.MappingNode, change: Change) -> str:
    if _is_block(parent):
        indent = " " * parent.value[0][0].start_mark.column
        at = _line_end(text, _end(text, parent))
        return _with_lines(text, at, _pair(change.path, change.value, indent))
    return _into_flow(text, parent, f"{_scalar(str(change.path[-1]))}: {written(change.value)}", "{")


def _with_item(text: str, parent: yaml.SequenceNode, item: str) -> str:
    if _is_block(parent):
        first = parent.value[0].start_mark.index
        lead = text[_line_start(text, first) : first].rpartition("-")[0]
        return _with_lines(text, _line_end(text, _end(text, parent)), [f"{lead}- {item}"])
    return _into_flow(text, parent, item, "[")


def _into_flow(text: str, parent: yaml.MappingNode | yaml.SequenceNode, part: str, opening: str) -> str:
    if parent.value:
        at = _end(text, parent.value[-1])
        return f"{text[:at]}, {part}{text[at:]}"
    at = text.index(opening, parent.start_mark.index) + 1
    return text[:at] + part + text[at:]


def _replaced(text: str, parent: Node, step: str | int, new: str) -> str:
    key, node = _held(parent, step)
    start, end = node.start_mark.index, _end(text, node)
    if key is not None and _is_block(node):
        return _block_replaced(text, key, start, end, new)
    if start == end:
        lead = "" if text[start - 1 : start].isspace() else " "
        return text[:start] + lead + new + text[end:]
    return text[:start] + new + text[end:]


def _block_replaced(text: str, key: Node, start: int, end: int, new: str) -> str:
    """A block under its key gives way to one value behind the key; a comment behind the key stays."""
    colon = text.index(":", key.end_mark.index) + 1
    first, last = _line_start(text, start), _line_end(text, end)
    if first < colon:
        raise UnsafeError
    kept = text[last:]
    head = text[colon:first] if kept or text.endswith("\n") else text[colon:first].rstrip("\r\n")
    return f"{text[:colon]} {new}{head}{kept}"


def _removed(text: str, parent: Node, step: str | int) -> str:
    parts = [part if isinstance(part, tuple) else (part, part) for part in parent.value]
    _, node = _held(parent, step)
    number = next(place for place, (_, value) in enumerate(parts) if value is node)
    first, end = parts[number][0].start_mark.index, _end(text, node)
    following = parts[number + 1][0].start_mark.index if number + 1 < len(parts) else None
    if _is_block(parent):
        return _block_removed(text, (first, end), following, is_item=isinstance(parent, yaml.SequenceNode))
    if following is not None:
        return text[:first] + text[following:]
    first = _end(text, parent.value[number - 1]) if number else first
    return text[:first] + text[end:]


def _block_removed(text: str, span: tuple[int, int], following: int | None, *, is_item: bool) -> str:
    start, end = _line_start(text, span[0]), _line_end(text, span[1])
    if text[start : span[0]].strip() != ("-" if is_item else ""):
        if following is None or is_item:
            raise UnsafeError
        return text[: span[0]] + text[following:]
    if end == len(text) and not text.endswith("\n"):
        start = len(text[:start].removesuffix("\n").removesuffix("\r"))
    return text[:start] + text[end:]


def _pair(path: Path, value: Data, indent: str) -> list[str]:
    """The lines of a new key and its value."""
    key = _scalar(str(path[-1]))
    if isinstance(value, dict) and value and _BLOCKS.fullmatch("\0".join(map(str, path))):
        inner = [line for name, part in value.items() for line in _pair((*path, name), part, indent + STEP)]
        return [f"{indent}{key}:", *inner]
    if isinstance(value, list) and len(path) == 1 and value:
        return [f"{indent}{key}:", *(f"{indent}{STEP}- {written(item)}" for item in value)]
    return [f"{indent}{key}: {written(value)}"]


def written(value: Data) -> str:
    """A value as YAML on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(str(key))}: {written(part)}" for key, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return "null" if value is None else _scalar(value)


def _scalar(text: str) -> str:
    """A text plain where it cannot be misread, else in double quotes."""
    is_plain = text[:1].isalnum() and text == text.strip() and text.lower() != "null"
    if is_plain and all(one.isalnum() or one in _PLAIN_MARKS for one in text):
        return text
    return '"' + "".join(_character(one) for one in text) + '"'


def _character(one: str) -> str:
    if one in '\\"':
        return "\\" + one
    if one.isprintable():
        return one
    return f"\\u{ord(one):04x}" if ord(one) <= _BMP else f"\\U{ord(one):08x}"
