"""Changes in a YAML text that people wrote, one at a time: every character that a change is not about stays as it is.

A change knows where things stand by the marks of the parsed nodes, and cuts or inserts there. Nothing is written anew,
so comments, order, quotes, line ends and spaces of everything else are kept.
"""

import re
from typing import Any, Literal

import yaml

from license_audit.model.record import Record
from license_audit.readers.strict_yaml import Path, load
from license_audit.readers.yaml_places import (
    CommentError,
    Node,
    UnsafeError,
    end_of,
    has_comment,
    held,
    is_block,
    line_end,
    line_start,
)

Data = Any
"""Texts, None, lists and mappings: what the strict reader makes of a file."""
STEP = "  "
_PLAIN_MARKS = frozenset("._-/@+ ")
_BMP = 0xFFFF
_BLOCKS = re.compile(r"organization|policy|uses|uses\0[^\0]*")
"""Places of a profile whose mappings are written line by line; all others take one line."""
_COMMA = re.compile(r"(?:[ \t\r\n]|#[^\n]*\n)*,")
_BEHIND = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
"""What stands behind something on the same line: at most a comment."""
_REMARK = re.compile(r"[ \t]*,?[ \t]*#")


class Change(Record):
    """One change at one place."""

    kind: Literal["set", "add", "remove", "wrap"]
    """`set` a value that is there, `add` a key to a mapping or an item to a list, or `remove` either; `wrap` makes a
    list the `items` of a mapping."""
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
    if change.kind == "wrap":
        return _wrapped(text, parent, step)
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
        _, node = held(node, step)
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


def _with_lines(text: str, at: int, lines: list[str]) -> str:
    """The text with whole lines put in where a line starts, or behind a last one that has no line break."""
    ending = "\r\n" if "\r\n" in text else "\n"
    if at and text[at - 1] != "\n":
        return text[:at] + "".join(ending + line for line in lines) + text[at:]
    return text[:at] + "".join(line + ending for line in lines) + text[at:]


def _with_pair(text: str, parent: yaml.MappingNode, change: Change) -> str:
    if is_block(parent):
        indent = " " * parent.value[0][0].start_mark.column
        at = line_end(text, end_of(text, parent))
        return _with_lines(text, at, _pair(change.path, change.value, indent))
    return _into_flow(text, parent, f"{_scalar(str(change.path[-1]))}: {written(change.value)}", "{")


def _with_item(text: str, parent: yaml.SequenceNode, item: str) -> str:
    if is_block(parent):
        first = parent.value[0].start_mark.index
        lead = text[line_start(text, first) : first].rpartition("-")[0]
        return _with_lines(text, line_end(text, end_of(text, parent)), [f"{lead}- {item}"])
    return _into_flow(text, parent, item, "[")


def _into_flow(text: str, parent: yaml.MappingNode | yaml.SequenceNode, part: str, opening: str) -> str:
    if parent.value:
        at = end_of(text, parent.value[-1])
        return f"{text[:at]}, {part}{text[at:]}"
    at = text.index(opening, parent.start_mark.index) + 1
    return text[:at] + part + text[at:]


def _replaced(text: str, parent: Node, step: str | int, new: str) -> str:
    key, node = held(parent, step)
    start, end = node.start_mark.index, end_of(text, node)
    if key is not None and is_block(node):
        if has_comment(text, node, min(start, line_end(text, key.end_mark.index)), line_end(text, end)):
            raise CommentError
        return _block_replaced(text, key, start, end, new)
    if has_comment(text, node, start, end):
        raise CommentError
    if isinstance(parent, yaml.SequenceNode):
        before = end_of(text, parent.value[int(step) - 1]) if step else None
        if _own_start(text, start, before) < line_start(text, start) or _REMARK.match(text, end):
            raise CommentError  # What was said of one item would be said of another.
    if start == end:
        lead = "" if text[start - 1 : start].isspace() else " "
        return text[:start] + lead + new + text[end:]
    return text[:start] + new + text[end:]


def _block_replaced(text: str, key: Node, start: int, end: int, new: str) -> str:
    """A block under its key gives way to one value behind the key; a comment behind the key stays."""
    colon = text.index(":", key.end_mark.index) + 1
    first, last = line_start(text, start), line_end(text, end)
    if first < colon:
        raise UnsafeError
    kept = text[last:]
    head = text[colon:first] if kept or text.endswith("\n") else text[colon:first].rstrip("\r\n")
    return f"{text[:colon]} {new}{head}{kept}"


def _wrapped(text: str, parent: Node, step: str | int) -> str:
    """A list becomes the `items` of a mapping. In block style that is one more line, and deeper ones where need be."""
    key, node = held(parent, step)
    start, end = node.start_mark.index, end_of(text, node)
    if key is None or not is_block(node):
        return f"{text[:start]}{{items: {text[start:end]}}}{text[end:]}"
    first = line_start(text, node.value[0].start_mark.index)
    lead = text[first : node.value[0].start_mark.index].rpartition("-")[0]
    below, last = line_end(text, key.end_mark.index), line_end(text, end)
    if first < below or lead.strip():
        raise UnsafeError
    deeper = STEP if len(lead) <= key.start_mark.column else ""
    lines = [deeper + line if line.strip() else line for line in text[first:last].splitlines(keepends=True)]
    return (
        _with_lines(text[:below], below, [f"{lead}{deeper}items:"]) + text[below:first] + "".join(lines) + text[last:]
    )


def _removed(text: str, parent: Node, step: str | int) -> str:
    parts = [part if isinstance(part, tuple) else (part, part) for part in parent.value]
    _, node = held(parent, step)
    number = next(place for place, (_, value) in enumerate(parts) if value is node)
    span = parts[number][0].start_mark.index, end_of(text, node)
    following = parts[number + 1][0].start_mark.index if number + 1 < len(parts) else None
    before = end_of(text, parent.value[number - 1]) if number else None
    start = line_start(text, span[0])
    is_item = isinstance(parent, yaml.SequenceNode)
    if is_item:
        start = _own_start(text, span[0], before)
        if before is None and start < line_start(text, span[0]):
            raise CommentError  # It may be about the whole list.
    if is_block(parent):
        return _block_removed(text, start, span, following, is_item=is_item)
    return _flow_removed(text, start, span, (before, following))


def _own_start(text: str, first: int, before: int | None) -> int:
    """Where the line of an item starts, or the full lines of comments directly above it, which are about it."""
    start = line_start(text, first)
    lead = text[start:first].rpartition("-")[0] or text[start:first]
    while not lead.strip() and start > (before or 0):
        above = line_start(text, start - 1)
        line = text[above:start]
        comment = line.lstrip(" \t")
        if above < (before or 0) or not comment.startswith("#") or len(line) - len(comment) > len(lead):
            break
        start = above
    return start


def _flow_removed(text: str, start: int, span: tuple[int, int], beside: tuple[int | None, int | None]) -> str:
    """A part of a flow mapping or list goes, with its comma and its comment; comments of other parts stay."""
    first, end = span
    before, following = beside
    if following is None and "\n" not in text[before or 0 : first]:
        return text[: before or first] + text[end:]
    comma = _COMMA.match(text, end)
    behind = comma.end() if comma else end
    line = line_start(text, first)
    head = text[:start] + text[line:first]
    if following is not None and "\n" not in text[behind:following]:
        return head + text[following:]
    found = _BEHIND.match(text, behind)
    stop = found.end() if found else behind
    if text[stop : stop + 1] not in ("\r", "\n"):
        return head + text[behind:]
    if text[line:first].strip():
        return head.rstrip(" \t") + text[stop:]
    return text[:start] + text[line_end(text, stop) :]


def _block_removed(text: str, start: int, span: tuple[int, int], following: int | None, *, is_item: bool) -> str:
    end = line_end(text, span[1])
    if text[line_start(text, span[0]) : span[0]].strip() != ("-" if is_item else ""):
        if following is None or is_item:
            raise UnsafeError
        if "#" not in text[end:following]:
            return text[: span[0]] + text[following:]
        # Comments of the next key stay on their lines, and so does it.
        rest = text[span[1] : end]
        return text[: span[0]].rstrip(" \t") + rest[len(rest.rstrip("\r\n")) :] + text[end:]
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
