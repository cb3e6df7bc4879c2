"""Models that Python source names. It is parsed and never executed."""

import ast
import gc
import re
import warnings
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import Word, in_text, in_words
from license_audit.readers.scan.names import is_hub_id
from license_audit.readers.scan.python_calls import Place
from license_audit.readers.scan.python_hosted import provider_of_host
from license_audit.readers.scan.python_judge import Judged, address, judge
from license_audit.readers.scan.python_lines import in_lines, parts_of
from license_audit.readers.scan.python_magics import without_magics
from license_audit.readers.scan.python_names import is_written
from license_audit.readers.scan.python_scopes import Bound, Scope
from license_audit.readers.scan.python_seen import Seen
from license_audit.readers.scan.python_text import in_string
from license_audit.readers.scan.python_walk import walk
from license_audit.readers.scan.python_worth import is_worthwhile

_LIBRARIES = (
    "ollama", "from ollama import", "mlx_lm", "mlx_vlm", "mlx_whisper", "lmdeploy", "litellm", "dspy", "pydantic_ai",
    "crewai", "replicate",
)  # fmt: skip
_URL = re.compile(r"[\"'](https?://[^\"'\s]{1,200})")
_SET_BEFORE = re.compile(r"(?:base_?url|api_base|endpoint|_url|host)\w*[\"']?\s*[:=,][^\n#]{0,80}$", re.IGNORECASE)
"""What stands before the address of an API's server."""
_HUB = re.compile(r"huggingface|hf\.co/|hf:")
_IDS = frozenset(("id", "name", "path", "repo", "hf", "hub", "huggingface", "hf_name", "url", "full_name"))
"""Keys of an entry in a table of models that say which one it is."""
_COLLECTIONS = frozenset(("frozenset", "set", "list", "tuple", "sorted"))
_CERTAINTIES = ("certain", "likely", "possible")


def in_python(text: str, line: int = 1, column: int = 1) -> Iterator[Hit]:
    """Models that a Python text names, sorted by place. `line` and `column` are where the text starts in its file."""
    for hit in sorted(_hits(text)):
        yield hit._replace(line=hit.line + line - 1, column=hit.column + (column - 1 if hit.line == 1 else 0))


def _hits(text: str) -> Iterator[Hit]:
    """Hits of a text; where it cannot be parsed as a whole, of what can be, and of the lines of the rest."""
    if not is_worthwhile(text):
        return
    tree = parsed(text)
    if tree is None:
        plain = without_magics(text)
        yield from plain.hits
        text, tree = plain.text, parsed(plain.text)
    if tree is None:
        tree = ast.Module([], [])
        for part in parts_of(text):
            piece = parsed(part.text)
            if piece is None:
                yield from in_lines(part.text, part.line)
            else:
                tree.body += ast.increment_lineno(piece, part.line - 1).body
    yield from _Reader(text, tree).hits()


def parsed(text: str) -> ast.Module | None:
    """The syntax tree of a text; None when it is no Python that can be parsed here."""
    # A tree has no cycles, and looking for them while it grows takes as long as parsing.
    collects = gc.isenabled()
    gc.disable()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    finally:
        if collects:
            gc.enable()


class _Start(NamedTuple):
    line: int
    column: int


class _Reader:
    """Reads what one walk has seen."""

    def __init__(self, text: str, tree: ast.Module) -> None:
        self.lines = text.split("\n")
        self.seen: Seen = walk(tree, frozenset(library for library in _LIBRARIES if library in text))
        self.text = text
        self.found: dict[tuple[int, int, str], Hit] = {}

    @cached_property
    def host(self) -> str:
        """Who answers to the clients of the file: `local`, `ollama`, a provider; empty when it does not say one."""
        found = set()
        for url in _URL.finditer(self.text):
            if _SET_BEFORE.search(self.text[max(0, url.start() - 120) : url.start()]):
                found.add("ollama" if ":11434" in url[1] else provider_of_host(url[1]))
        return next(iter(found)) if len(found) == 1 else ""

    def hits(self) -> list[Hit]:
        """Each model at each place once, as sure as the surest of the places that use it."""
        for expression, scope, place, name in self.seen.places:
            if not self.is_passed_over(expression, place, name):
                self.read(expression, scope, place)
        for command, scope in self.seen.commands:
            self.command(command, scope)
        for string in self.seen.strings:
            self.string(string)
        made = _made(self.seen.values.calls.get("create", ()))
        return sorted(hit for hit in self.found.values() if hit.kind != "ollama" or hit.id not in made)

    def is_passed_over(self, expression: Bound, place: Place, name: str) -> bool:
        """Whether a place holds a data set, or what the program itself writes."""
        used = getattr(expression, "id", "") or getattr(expression, "attr", "")
        if not place.is_sure and name in self.seen.outputs:
            return True
        if used in self.seen.data or name in self.seen.data or (used and is_written(used)):
            return True
        return used in self.seen.outputs and getattr(expression, "lineno", 0) > self.seen.outputs[used]

    def read(self, expression: Bound, scope: Scope, place: Place, *, is_part: bool = False) -> None:
        """Note what an expression in a place names. A bare name among others may be anything."""
        if isinstance(expression, (ast.List, ast.Tuple, ast.Set)):
            for item in expression.elts:
                self.read(item, scope, place, is_part=True)
        elif isinstance(expression, ast.Dict):
            for part in () if place.is_sure else _named_in(expression):
                self.read(part, scope, place, is_part=True)
        elif isinstance(expression, ast.Call) and getattr(expression.func, "id", "") in _COLLECTIONS:
            for item in expression.args:
                self.read(item, scope, place, is_part=True)
        else:
            for text in self.seen.values.of(expression, scope):
                judged = judge(text.value, place, self.host, is_whole=text.is_whole)
                if judged is not None and not (is_part and judged.kind == "name" and not place.is_sure):
                    self.note(text.node, judged, place.role)

    def string(self, node: ast.Constant | ast.JoinedStr) -> None:
        """An address, or a text of another language, in a string outside of places for models."""
        if isinstance(node, ast.JoinedStr):
            for text in self.seen.values.of(node, Scope()) if _HUB.search(_start_of(node)) else ():
                judged = address(text.value)
                if judged is not None:
                    self.note(text.node, judged, "address")
            return
        value = str(node.value)
        if "\n" in value or " " in value:
            start = self.start(node)
            for hit in in_string(value, start.line, start.column):
                self.keep(hit)
            return
        judged = address(value)
        if judged is not None:
            is_file = "/resolve/" in value or judged.provider != "" or value.startswith("hf://")
            self.note(node, judged if is_file else judged._replace(certainty="possible"), "address")

    def command(self, node: ast.expr, scope: Scope) -> None:
        """The words or the text of a command."""
        if isinstance(node, (ast.List, ast.Tuple)):
            words = []
            for item in node.elts:
                texts = self.seen.values.of(item, scope)
                text = texts[0] if texts and texts[0].is_whole else None
                start = self.start(text.node) if text else _Start(0, 0)
                words.append(Word(text.value if text else "", start.line, start.column))
            for hit in in_words(words):
                self.keep(hit)
            return
        for text in self.seen.values.of(node, scope):
            start = self.start(text.node)
            for hit in in_text(text.value, start.line, start.column):
                if getattr(text.node, "value", "") == text.value:
                    self.keep(hit)
                else:
                    self.note(text.node, Judged(hit.id, hit.kind, hit.certainty, hit.revision, hit.provider), hit.role)

    def start(self, node: ast.expr) -> _Start:
        """Where the text of a string starts: behind its quotes."""
        row = self.lines[node.lineno - 1]
        column = _characters(row, node.col_offset)
        opening = re.match(r"[A-Za-z]{0,3}(?:\"\"\"|'''|\"|')", row[column : column + 6])
        return _Start(node.lineno, column + 1 + (len(opening[0]) if opening else 0))

    def note(self, node: ast.expr, judged: Judged, role: str) -> None:
        """Keep a hit where its id is written; at the start of the string where it is put together."""
        last = min(node.end_lineno or node.lineno, len(self.lines))
        line, column = self.start(node)
        for number in range(node.lineno, last + 1):
            row = self.lines[number - 1]
            after = column - 1 if number == node.lineno else 0
            at = row.find(judged.id, after)
            if at >= 0:
                line, column = number, at + 1
                break
        self.keep(Hit(line, column, judged.id, judged.kind, role, judged.certainty, judged.revision, judged.provider))

    def keep(self, hit: Hit) -> None:
        """Keep the surer of two hits at one place."""
        key = (hit.line, hit.column, hit.id)
        before = self.found.get(key)
        if before is None or _CERTAINTIES.index(hit.certainty) < _CERTAINTIES.index(before.certainty):
            self.found[key] = hit


def _made(calls: Iterable[tuple[ast.Call, Scope]]) -> set[str]:
    """Names under which calls put models of the program's own into an Ollama library."""
    found = set()
    for call, _ in calls:
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if not given.keys().isdisjoint(("modelfile", "from_", "files", "adapters")):
            name = given.get("model") or (call.args[0] if call.args else None)
            found.add(str(getattr(name, "value", "")))
    return found


def _named_in(table: ast.Dict) -> Iterator[ast.expr]:
    """Keys and values of a table that may be models. A name with a number beside it is a price or a limit.

    The key of an entry that names its model itself is what the program calls it.
    """
    for key, value in zip(table.keys, table.values, strict=True):
        name = str(key.value) if isinstance(key, ast.Constant) else ""
        is_number = isinstance(value, ast.Constant) and isinstance(value.value, (int, float))
        if key is not None and (is_hub_id(name) or not (is_number or _holds_id(value))):
            yield key
        if isinstance(value, ast.Dict):
            yield from _ids_in(value)
        elif not is_written(name):
            yield value


def _ids_in(entry: ast.Dict) -> Iterator[ast.expr]:
    """Ids of an entry in a table of models, by the keys that say which one it is."""
    for key, value in zip(entry.keys, entry.values, strict=True):
        if isinstance(key, ast.Constant) and key.value in _IDS and isinstance(value, ast.Constant) and _holds_id(value):
            yield value


def _holds_id(value: ast.expr) -> bool:
    """Whether an expression is, or holds right in it, an id of the Hub."""
    if isinstance(value, ast.Dict):
        return any(_holds_id(item) for item in value.values if isinstance(item, ast.Constant))
    if isinstance(value, ast.Call):
        return any(_holds_id(item.value) for item in value.keywords if isinstance(item.value, ast.Constant))
    return isinstance(value, ast.Constant) and is_hub_id(str(value.value))


def _start_of(node: ast.JoinedStr) -> str:
    first = node.values[0] if node.values else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _characters(row: str, offset: int) -> int:
    """A column in characters, from one in bytes."""
    return offset if row.isascii() else len(row.encode()[:offset].decode(errors="replace"))
