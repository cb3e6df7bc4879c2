"""Cells of a notebook, with the places of their lines in its JSON."""

import json
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from license_audit.readers.scan.source import UnreadableError

_TOKEN = re.compile(r'"(?:[^"\\]+|\\.)*"?|[{}\[\],:]', re.DOTALL)
_SIGN = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL)
_SOURCES = ((("cells", "source"), 4), (("worksheets", "cells", "input"), 6))
"""Keys down to the source of a cell, with how many lists and objects are around its lines, in two formats."""
_TYPES = (("cells", "cell_type"), ("worksheets", "cells", "cell_type"))
_LANGUAGES = (("metadata", "kernelspec", "language"), ("metadata", "language_info", "name"))


class Row(NamedTuple):
    """A line of code."""

    text: str
    line: int
    """Line of the file."""
    column: int
    """Column of the JSON string, behind its quote."""
    raw: str
    """The JSON string as it is written, without quotes."""
    offset: int
    """Characters of the string before this line."""

    def at(self, column: int) -> int:
        """Column of the file for a column of the line."""
        wanted = self.offset + column - 1
        signs = _SIGN.finditer(self.raw)
        written = sum(len(sign[0]) for sign, _ in zip(signs, range(wanted), strict=False))
        return self.column + written


@dataclass
class Cell:
    """A cell."""

    kind: str = ""
    rows: list[Row] = field(default_factory=list)
    ended: bool = True
    """Whether the last line has its end, so that what follows is a line of its own."""

    @property
    def text(self) -> str:
        """The code."""
        return "\n".join(row.text for row in self.rows)


@dataclass
class Notebook:
    """Cells, and the language they are written in."""

    cells: list[Cell] = field(default_factory=list)
    language: str = ""


def notebook_of(text: str) -> Notebook:
    """Read a notebook. `UnreadableError` when it is no JSON."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"is not valid JSON: {error.msg}", error.lineno) from None
    except RecursionError:
        raise UnreadableError("is nested too deeply") from None
    notebook, keys, containers = Notebook(), [""], [""]
    line, before, is_key = 1, 0, False
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark in "{[":
            containers.append(mark)
            keys.append("")
            is_key = mark == "{"
            if mark == "{" and containers[1:-1] in (["{", "["], ["{", "[", "{", "["]) and "cells" in keys[-3:]:
                notebook.cells.append(Cell())
        elif mark in "}]":
            containers.pop()
            keys.pop()
        elif mark == ",":
            is_key = containers[-1] == "{"
        elif mark != ":":
            line, before = line + text.count("\n", before, token.start()), token.start()
            if is_key:
                keys[-1] = mark[1:-1]
                is_key = False
            else:
                column = token.start() - text.rfind("\n", 0, token.start()) + 1
                _value(notebook, tuple(filter(None, keys)), len(containers) - 1, mark, line, column)
    return notebook


def _value(notebook: Notebook, path: tuple[str, ...], depth: int, token: str, line: int, column: int) -> None:
    """Note a string of the JSON where it is one of those that count."""
    if path in _LANGUAGES:
        notebook.language = notebook.language or json.loads(token).lower()
    elif path in _TYPES and notebook.cells:
        notebook.cells[-1].kind = json.loads(token)
    elif notebook.cells and any(path == source and depth in (most - 1, most) for source, most in _SOURCES):
        _source(notebook.cells[-1], json.loads(token), token[1:-1], line, column)


def _source(cell: Cell, text: str, raw: str, line: int, column: int) -> None:
    offset = 0
    for part in text.splitlines(keepends=True):
        plain = part.rstrip("\r\n")
        if cell.ended:
            cell.rows.append(Row(plain, line, column, raw, offset))
        else:
            last = cell.rows[-1]
            cell.rows[-1] = last._replace(text=last.text + plain)
        cell.ended = part != plain
        offset += len(part)
