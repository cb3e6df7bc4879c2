"""Data with places: what YAML and JSON hold, each value with its line and column in the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import yaml

MAX_DEPTH = 60
"""Levels that are read. Below that nothing is looked for, so that no file can exhaust the stack."""
MAX_RAW = 100_000
"""Characters of a wrapped text in which places are looked up one by one."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True, eq=False)
class Scalar:
    """A single value as text."""

    text: str
    line: int
    """Line of the file on which its text starts, counted from 1."""
    column: int
    """Column of its first character, counted from 1, after a quote."""
    indent: int = 0
    """Characters before each further line of a text that keeps its lines."""
    raw: str = ""
    """How it is written, where lines or characters of the text are not those of the file."""
    plain: bool = False
    """Without quotes, so that `true` and `null` are no words."""


@dataclass(slots=True, eq=False)
class Mapping:
    """Keys and their values in order. A key may stand twice."""

    pairs: list[tuple[Scalar, "Node"]] = field(default_factory=list)
    index: "dict[str, Node] | None" = None
    """The values by their keys, made when first asked for: a mapping may have as many keys as a file has lines."""

    def get(self, *keys: str) -> "Node | None":
        """The value of the first of some keys that is there; None without one."""
        if self.index is None:
            self.index = {key.text: value for key, value in reversed(self.pairs)}
        return next((self.index[key] for key in keys if key in self.index), None)

    def has(self, *keys: str) -> bool:
        """Whether one of some keys is there."""
        return self.get(*keys) is not None

    def text(self, *keys: str) -> str:
        """The text of the first of some keys that is there; empty where that is no single value."""
        value = self.get(*keys)
        return value.text if isinstance(value, Scalar) else ""


@dataclass(slots=True, eq=False)
class Sequence:
    """Values in order."""

    items: list["Node"] = field(default_factory=list)


Node = Scalar | Mapping | Sequence


def in_place(scalar: Scalar, line: int, column: int, words: str, start: int = 0) -> tuple[int, int, int]:
    """Line and column in the file of what stands at a line and column of a text, and where to look for the next.

    In a text that was wrapped or escaped the words themselves are looked for, from `start` on.
    """
    if not scalar.raw:
        if line == 1:
            return scalar.line, scalar.column + column - 1, 0
        return scalar.line + line - 1, scalar.indent + column, 0
    at = scalar.raw.find(words, start) if len(scalar.raw) <= MAX_RAW else -1
    if at < 0:
        return scalar.line, scalar.column, start
    lines = scalar.raw.count("\n", 0, at)
    first = scalar.raw.rfind("\n", 0, at) + 1
    return scalar.line + lines, (at - first + 1) if lines else scalar.column + at, at + len(words)


def yaml_documents(text: str) -> Iterator[Node]:
    """Each document of a YAML text. `yaml.YAMLError`, `ValueError` or `RecursionError` where it is none."""
    lines = text.split("\n")
    for root in yaml.compose_all(text, Loader=_LOADER):
        yield _Conversion(text, lines).node(root, 0)


class _Conversion:
    """Turns the nodes of the YAML library into ours. What an alias names is turned once."""

    def __init__(self, text: str, lines: list[str]) -> None:
        self.text, self.lines = text, lines
        self.known: dict[int, Node] = {}

    def node(self, node: yaml.Node, depth: int) -> Node:
        """A node of ours; an empty one below the greatest depth."""
        known = self.known.get(id(node))
        if known is not None:
            return known
        if isinstance(node, yaml.ScalarNode):
            made: Node = self.scalar(node)
            self.known[id(node)] = made
            return made
        if isinstance(node, yaml.MappingNode):
            mapping = Mapping()
            self.known[id(node)] = mapping
            if depth < MAX_DEPTH:
                mapping.pairs = [
                    (self.scalar(key), self.node(value, depth + 1))
                    for key, value in node.value
                    if isinstance(key, yaml.ScalarNode)
                ]
            return mapping
        sequence = Sequence()
        self.known[id(node)] = sequence
        if depth < MAX_DEPTH:
            sequence.items = [self.node(item, depth + 1) for item in node.value]
        return sequence

    def scalar(self, node: yaml.ScalarNode) -> Scalar:
        start, end, text, style = node.start_mark, node.end_mark, node.value, node.style
        line, column = start.line + 1, start.column + 1
        if style in ("|", ">"):
            indent = self._indent(start.line + 1, end.line)
            if style == "|":
                return Scalar(text, line + 1, indent + 1, indent)
            raw = "\n".join(self.lines[start.line + 1 : end.line + 1])
            return Scalar(text, line + 1, 1, raw=raw)
        quoted = 1 if style else 0
        if start.line == end.line and "\n" not in text:
            return Scalar(text, line, column + quoted, plain=not quoted)
        return Scalar(text, line, column + quoted, raw=self.text[start.index + quoted : end.index], plain=not quoted)

    def _indent(self, first: int, last: int) -> int:
        for number in range(first, min(last + 1, len(self.lines))):
            line = self.lines[number]
            content = line.lstrip(" ")
            if content.strip():
                return len(line) - len(content)
        return 0
