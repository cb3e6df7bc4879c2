"""Modelfiles of Ollama: the model they start from, and adapters that they put on it."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_embedded import by_ending
from license_audit.readers.scan.commands_values import address, hits
from license_audit.readers.scan.names import is_path
from license_audit.readers.scan.source import Source

NAMES = ("Modelfile", "Modelfile.*", "Modelfile-*", "*.modelfile", "*Modelfile", "*.Modelfile")
_LINE = re.compile(r"[ \t]*(?P<word>[A-Za-z]+)[ \t]+(?P<rest>[^\n]*)")
_MODEL = re.compile(r"(?P<quote>[\"']?)(?P<model>[^\s\"'#]+)(?P=quote)[ \t]*(?:#.*)?\r?")
_BLOCK = '"""'
_ROLES = {"from": "base", "adapter": "adapter"}
_MODELSCOPE = re.compile(
    r"(?:https?://)?(?:www\.)?modelscope\.(?:cn|ai)/(?:models/)?(?P<id>[\w.-]+/[\w.-]+)(?::[\w.-]+)?"
)


def read(source: Source) -> Iterator[Hit]:
    """The model after `FROM`, and those after `ADAPTER`. What lies in quoted blocks is text for the model."""
    other = by_ending(source)
    if other is not None:
        yield from other
        return
    closed_by = ""
    for number, line in enumerate(source.text.split("\n"), start=1):
        if closed_by:
            closed_by = "" if closed_by in line else closed_by
            continue
        found = _LINE.match(line)
        if found is None:
            continue
        role = _ROLES.get(found["word"].lower())
        if role is None:
            closed_by = _opened(found["rest"])
            continue
        named = _MODEL.fullmatch(found["rest"])
        if named:
            yield from _model(named["model"], number, found.start("rest") + named.start("model") + 1, role)


def _opened(rest: str) -> str:
    """The mark that ends a block which a line opens; empty when it opens none."""
    for mark in (_BLOCK, '"'):
        at = rest.find(mark)
        if at >= 0:
            return mark if rest.count(mark, at) % 2 else ""
    return ""


def _model(text: str, line: int, column: int, role: str) -> Iterator[Hit]:
    scope = _MODELSCOPE.fullmatch(text)
    if scope:
        yield Hit(line, column, scope["id"], "hub", role)
    elif address(text) is None and (is_path(text) or text in (".", "..") or text.startswith("/")):
        if text.strip("./"):
            yield Hit(line, column, text, "path", role)
    else:
        yield from hits(text, line, column, role, provider="ollama")
