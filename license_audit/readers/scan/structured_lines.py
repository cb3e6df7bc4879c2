"""YAML that is none, read line by line: templates of charts and of other tools, and files with mistakes in them."""

import re

import yaml

from license_audit.readers.scan.structured import MAX_DEPTH, Mapping, Node, Scalar, Sequence, yaml_documents

_CONTROL = re.compile(r"[ \t]*\{\{[-#/*]?[^\n]*\}\}[ \t]*\r?|[ \t]*\{%[^\n]*%\}[ \t]*\r?")
_INLINE = re.compile(r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|<%[^%\n]*%>")
_DEFAULTED = re.compile(r"\bdefault\b")
_LINE = re.compile(
    r"(?P<indent>[ \t]*)(?P<dashes>(?:-[ \t]+)*)"
    r"(?:(?P<quote>[\"']?)(?P<key>[A-Za-z_.$/][\w.$/-]*)(?P=quote)[ \t]*:(?=[ \t\r]|$)[ \t]*)?(?P<rest>[^\r]*)"
)
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?")
_COMMENT = re.compile(r"(?:^|[ \t]+)#.*")
_MARK = "\ue000"
"""Stands in a text for what a template fills in. It is part of no name."""
_MAX_LINES = 200_000


def without_templates(text: str) -> str:
    """A text whose templates are filled with marks of the same length, so that places stay as they are.

    Lines that only control a template become empty. One with a default keeps it: `{{ .model | default "org/name" }}`.
    """
    lines = []
    for line in text.split("\n"):
        if "{{" not in line and "{%" not in line and "<%" not in line:
            lines.append(line)
        elif _CONTROL.fullmatch(line) and not _DEFAULTED.search(line):
            lines.append("")
        else:
            lines.append(_INLINE.sub(_filled, line))
    return "\n".join(lines)


def _filled(found: re.Match[str]) -> str:
    if not _DEFAULTED.search(found[0]):
        return _MARK * len(found[0])
    given = re.search(r"\bdefault\b[ \t(]*\\?[\"']([^\"'{}\s\\]+)", found[0])
    if given is None:
        return _MARK * len(found[0])
    before = given.start(1)
    # Blanks around it: what stands before and behind is no part of the value.
    return " " * before + given[1] + " " * (len(found[0]) - before - len(given[1]))


def read_lines(text: str) -> Node:
    """What the lines of a text hold by their indentation, with whatever can be made of each."""
    return _Reading(text.split("\n")[:_MAX_LINES]).read()


class _Reading:
    """One pass over the lines, with the keys and lists that are open."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.root = Mapping()
        self.open: list[tuple[int, Mapping | Sequence]] = [(-1, self.root)]
        self.waiting: tuple[int, Mapping, Scalar] | None = None
        """A key whose value follows on further lines."""

    def read(self) -> Node:
        at = 0
        while at < len(self.lines):
            found = _LINE.fullmatch(self.lines[at].rstrip("\r"))
            at = self._line(found, at) if found else at + 1
        return self.root

    def _line(self, found: re.Match[str], at: int) -> int:
        rest = found["rest"]
        if rest.startswith("#") or not (found["key"] or found["dashes"] or rest):
            return at + 1
        column = len(found["indent"])
        for offset in range(len(found["dashes"])):
            if found["dashes"][offset] == "-":
                self._item(column + offset)
        column += len(found["dashes"])
        if not found["key"]:
            if found["dashes"] and rest and not _BLOCK.fullmatch(rest):
                self._add(self._value(rest, at, found.start("rest")))
            elif _BLOCK.fullmatch(rest):
                return self._block(at, len(found["indent"]), rest)
            return at + 1
        mapping = self._mapping(column)
        key = Scalar(found["key"], at + 1, found.start("key") + 1)
        if _BLOCK.fullmatch(rest):
            self.waiting = (column, mapping, key)
            return self._block(at, column, rest)
        plain = _COMMENT.sub("", rest) if rest[:1] not in "\"'" else rest
        if plain.strip():
            mapping.pairs.append((key, self._value(rest, at, found.start("rest"))))
        else:
            self.waiting = (column, mapping, key)
        return at + 1

    def _item(self, column: int) -> None:
        """A list at a column: the one that is open there, or a new one."""
        if self.waiting is not None and self.waiting[0] <= column:
            sequence = Sequence()
            self._close(self.waiting[0])
            self._fill(self.waiting, sequence)
            self.open.append((column, sequence))
            return
        self._close(column)
        top = self.open[-1]
        if not (top[0] == column and isinstance(top[1], Sequence)):
            sequence = Sequence()
            self._add(sequence)
            self.open.append((column, sequence))

    def _mapping(self, column: int) -> Mapping:
        if self.waiting is not None and self.waiting[0] < column:
            mapping = Mapping()
            self._close(self.waiting[0])
            self._fill(self.waiting, mapping)
            self.open.append((column, mapping))
            return mapping
        self.waiting = None
        self._close(column)
        while isinstance(self.open[-1][1], Sequence) and self.open[-1][0] == column:
            self.open.pop()  # a list may stand as far left as the key that holds it
        top = self.open[-1]
        if isinstance(top[1], Mapping) and top[0] in (column, -1):
            return top[1]
        mapping = Mapping()
        self._add(mapping)
        self.open.append((column, mapping))
        return mapping

    def _close(self, column: int) -> None:
        """Close what lies to the right of a column."""
        while self.open[-1][0] > column or len(self.open) > MAX_DEPTH:
            self.open.pop()

    def _fill(self, waiting: tuple[int, Mapping, Scalar], node: Node) -> None:
        """Give a key the value that it waited for."""
        waiting[1].pairs.append((waiting[2], node))
        self.waiting = None

    def _add(self, node: Node) -> None:
        top = self.open[-1][1]
        if isinstance(top, Sequence):
            top.items.append(node)

    def _value(self, text: str, at: int, column: int) -> Node:
        """A value on one line, read as YAML where it is."""
        if text[:1] in "[{\"'&*!":
            try:
                found = next(yaml_documents(" " * column + text.rstrip("\r")), None)
            except (yaml.YAMLError, ValueError, RecursionError):
                found = None
            if found is not None:
                _move(found, at)
                return found
        plain = _COMMENT.sub("", text).rstrip()
        quote = plain[:1] if plain[:1] in ("'", '"') else ""
        return Scalar(plain.strip(quote or None), at + 1, column + len(quote) + 1, plain=not quote)

    def _block(self, at: int, column: int, header: str) -> int:
        """A text over several lines, to the first line that lies no further right than its key."""
        end = at + 1
        while end < len(self.lines):
            line = self.lines[end]
            if line.strip() and len(line) - len(line.lstrip()) <= column:
                break
            end += 1
        lines = self.lines[at + 1 : end]
        indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
        inner = [line[indent:] for line in lines]
        if header.startswith("|"):
            node = Scalar("\n".join(inner), at + 2, indent + 1, indent)
        else:
            node = Scalar(" ".join(line.strip() for line in inner), at + 2, 1, raw="\n".join(lines))
        if self.waiting is not None:
            self._fill(self.waiting, node)
        else:
            self._add(node)
        return end


def _move(node: Node, lines: int) -> None:
    """Put a value that was read by itself on its line."""
    if isinstance(node, Scalar):
        node.line += lines
    elif isinstance(node, Mapping):
        for key, value in node.pairs:
            key.line += lines
            _move(value, lines)
    else:
        for item in node.items:
            _move(item, lines)
