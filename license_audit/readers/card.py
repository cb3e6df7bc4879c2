"""Model cards: the front matter, read by ourselves, and the ids of models that the prose names.

The fence rule is the Hub's: three dashes on a line of their own at the start of the file, and again at the end of the
block.
"""

import re
from dataclasses import dataclass
from typing import Any

from license_audit.errors import AuditError
from license_audit.readers.strict_yaml import Document, load

_BLOCK = re.compile(r"\A\s*---[ \t]*\r*\n(.*?)(?:^|\n)---[ \t]*(?:\r*\n|\Z)", re.DOTALL | re.MULTILINE)
_NEAR_FENCE = re.compile(r"^---[ \t]*\r*$", re.MULTILINE)
_MENTION = re.compile(r"(?<![\w./-])([A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*[A-Za-z0-9])(?![\w/-])")
_HUB_LINK = re.compile(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?!datasets/|spaces/|docs/|blog/|papers/|collections/|join\b)([\w.-]+/[\w.-]*\w)"
)
_ORIGIN = re.compile(
    r"fine-?\s?tun|based on|base model|deriv|merge|quanti|built (?:up)?on|initiali[sz]ed|adapter|lora\b|trained from|"
    r"continu\w{1,9} (?:pre-?)?train|conver(?:ted|sion)",
    re.IGNORECASE,
)
_TELLING = re.compile(r"^[ \t]*(?:license|base_model)\w*[ \t]*:", re.MULTILINE)
UNREADABLE = "(what the card says but cannot be read)"
"""Stands for a license or parent that the card may name where nobody can read it. No license is called that."""
_WRONG_KEYS = ("licence", "licenses", "liscence", "-license", "License")


@dataclass(frozen=True)
class Card:
    """What a card says of the model's terms."""

    licenses: tuple[str, ...]
    """Names of the front matter, UNREADABLE among them; empty when it names none."""
    base: tuple[str, ...]
    relation: str | None
    mentioned: tuple[str, ...]
    """Ids that the prose names where it speaks of where the model comes from, in order."""
    linked: tuple[str, ...]
    """Those of them that are links to the Hub."""
    remarks: tuple[str, ...]
    """What is odd about the card, with file, line and column."""


def read_card(text: str, shown: str) -> Card:
    """A model card. Never fails: whatever cannot be read is a remark, and what it might have said stays unknown."""
    match = _BLOCK.match(text)
    if match is None:
        remark = _fence_remark(text, shown)
        return _unread(text, remark) if remark else Card((), (), None, *_mentions(text), ())
    first_line = text[: match.start(1)].count("\n")
    body = text[match.end() :]
    try:
        document = load(match.group(1), shown, first_line)
    except AuditError as error:
        return _unread(body, *(str(problem) for problem in error.problems))
    if document.data is None:
        return Card((), (), None, *_mentions(body), ())
    if not isinstance(document.data, dict):
        return _unread(body, str(document.problem((), "the front matter is not a mapping")))
    return _card(document, document.data, body)


def _unread(body: str, *remarks: str) -> Card:
    """A card whose front matter cannot be read: it may name any license and any parent."""
    return Card((UNREADABLE,), (UNREADABLE,), None, *_mentions(body), remarks)


def _card(document: Document, data: dict[str, Any], body: str) -> Card:
    remarks = [
        str(document.problem((key,), f"the key {key!r} is not read as the license; the Hub's key is license"))
        for key in _WRONG_KEYS
        if key in data
    ]
    licenses = _names(document, data, "license", remarks)
    if [name.lower() for name in licenses] == ["other"] and isinstance(data.get("license_name"), str):
        named = data["license_name"]
        licenses = (named,) if named.lower() not in ("license", "other") else licenses
    base = _names(document, data, "base_model", remarks)
    relation = data.get("base_model_relation")
    return Card(licenses, base, relation if isinstance(relation, str) else None, *_mentions(body), tuple(remarks))


def _names(document: Document, data: dict[str, Any], key: str, remarks: list[str]) -> tuple[str, ...]:
    """The texts under a key: one, or a list. Anything else is a remark, and what it means stays unknown."""
    value = data.get(key)
    found = []
    for number, name in enumerate(value if isinstance(value, list) else [value]):
        if name is None or isinstance(name, str):
            found.append((name or "").strip())
        else:
            path = (key, number) if isinstance(value, list) else (key,)
            remarks.append(str(document.problem(path, f"{key} is not a name")))
            found.append(UNREADABLE)
    return tuple(dict.fromkeys(name for name in found if name))


def _fence_remark(text: str, shown: str) -> str | None:
    fence = _NEAR_FENCE.search(text)
    if fence is None or not _TELLING.search(text, fence.end()):
        return None
    line = text[: fence.start()].count("\n") + 1
    before = text[: fence.start()].strip()
    if before:
        return f"{shown}:{line}:1: the front matter does not start the file and is not read"
    return f"{shown}:{line}:1: the front matter is not closed and is not read"


def _mentions(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    lines = [line for line in text.splitlines() if _ORIGIN.search(line)]
    linked = dict.fromkeys(match.group(1) for line in lines for match in _HUB_LINK.finditer(line))
    plain = dict.fromkeys(match.group(1) for line in lines for match in _MENTION.finditer(line))
    return tuple(linked | plain), tuple(linked)
