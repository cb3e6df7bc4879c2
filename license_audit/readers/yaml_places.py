"""Where things stand in a YAML text that people wrote: keys, values, lines and comments."""

import re
from typing import TypeGuard

import yaml

Node = yaml.Node
_BREAKS = " \t\r\n"
_ALIAS = re.compile(r"\s*:\s*\*[^\s,\]}]+")


def held(node: Node, step: str | int) -> tuple[Node | None, Node]:
    """Key and value of a mapping, or nothing and the item of a list."""
    if isinstance(node, yaml.MappingNode):
        return next((key, value) for key, value in node.value if key.value == step)
    return None, node.value[int(step)]


def is_block(node: Node) -> TypeGuard[yaml.MappingNode | yaml.SequenceNode]:
    """Whether a mapping or a list is written over lines, one for each part."""
    return isinstance(node, (yaml.MappingNode, yaml.SequenceNode)) and not node.flow_style and bool(node.value)


def end_of(text: str, part: Node | tuple[Node, Node]) -> int:
    """Where the last words of a value, or of a key with its value, end. Marks of blocks reach on, over comments."""
    while True:
        key, node = part if isinstance(part, tuple) else (None, part)
        if key is not None and node.start_mark.index < key.start_mark.index:
            return _alias_end(text, key)
        if not is_block(node):
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


def line_start(text: str, at: int) -> int:
    """Where the line of a place starts."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Just behind the line break, or the end of the text."""
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def has_comment(text: str, node: Node, start: int, end: int) -> bool:
    """Whether a comment stands in a part of the text; signs in the words of a node are none."""
    at, waiting, spans = start, [node], []
    while waiting:
        part = waiting.pop()
        if isinstance(part, yaml.ScalarNode):
            first = part.start_mark.index
            # The first line of a folded or literal text has its sign, and may have a comment.
            header = len(text[first:].partition("\n")[0]) if part.style in ("|", ">") else 0
            spans.append((first + header, part.end_mark.index))
        else:
            waiting += [one for pair in part.value for one in (pair if isinstance(pair, tuple) else (pair,))]
    for first, last in sorted(spans):
        if "#" in text[at : max(at, first)]:
            return True
        at = max(at, last)
    return "#" in text[at:end]


class UnsafeError(Exception):
    """The text is written in a way that the change cannot be made in it safely."""


class CommentError(UnsafeError):
    """The change would delete comments that are not about what goes, or that may not be."""
