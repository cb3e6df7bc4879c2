"""The SPDX list as packages ship it: plain texts, and marked-up ones that say what may differ from copy to copy."""

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree  # the files come from a package that the maintainer chose

from license_audit.engine.identify.draft import MIN_UNIT, Draft, Wording, draft
from license_audit.engine.identify.reference import Presence
from license_audit.engine.identify.words import readable, words_of

MAX_WORDINGS = 64
"""Ways to word a variable part that are kept; of a part with more only the published way is."""
_BREAKS = {"p", "br", "list", "item"}


class Listed(NamedTuple):
    """A text of the list."""

    id: str
    name: str
    deprecated: bool
    text: str
    """The plain text, for its digest."""
    draft: Draft


def read_list(texts: Path, markup: Path) -> Iterator[Listed]:
    """Every text of the list, sorted by id. `texts` is compressed JSON with plain texts, `markup` a folder of XML."""
    data = json.loads(gzip.decompress(texts.read_bytes()))["licenses"]
    for entry in sorted(data, key=lambda entry: entry["licenseId"]):
        name, text = entry["licenseId"], entry["text"] or ""
        if len(words_of(text)) < MIN_UNIT:
            continue
        marked = markup / f"{name}.xml"
        found = _marked(marked) if marked.is_file() else None
        same = found is not None and _alike(found.words, words_of(text))
        made = found if found is not None and same else draft(text)
        yield Listed(name, entry["name"], entry["isDeprecatedLicenseId"], text, made)


def _alike(left: list[str], right: list[str]) -> bool:
    return abs(len(left) - len(right)) <= max(10, len(right) // 20) and len(set(left) ^ set(right)) < max(12, len(set(right)) // 4)


def _marked(path: Path) -> Draft:
    root = ElementTree.parse(path).getroot()
    text = next(element for element in root.iter() if _tag(element) == "text")
    found = Draft()
    _element(found, text)
    return found


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _element(found: Draft, element: ElementTree.Element) -> None:
    tag = _tag(element)
    words = words_of(_inner(element))
    if tag in _BREAKS:
        found.paragraph()
    if tag == "bullet":
        found.line(f"{_inner(element).strip()} X")
        found.words.pop()
    elif tag == "alt":
        found.variable(_inner(element), wordings(element.get("match") or ""))
    elif tag == "copyrightText" or (tag == "optional" and len(words) < MIN_UNIT):
        is_open = tag == "copyrightText"
        found.variable(_inner(element), [((), (), is_open), ((), (), False)])
    elif tag in {"optional", "titleText", "standardLicenseHeader"}:
        found.presence(Presence.TITLE if tag == "titleText" else Presence.OPTIONAL)
        _children(found, element)
        found.presence(Presence.NEEDED)
    else:
        _children(found, element)
    if tag in _BREAKS:
        found.paragraph()


def _children(found: Draft, element: ElementTree.Element) -> None:
    found.add(readable(element.text or ""))
    for child in element:
        _element(found, child)
        found.add(readable(child.tail or ""))


def _inner(element: ElementTree.Element) -> str:
    return readable(" ".join("".join(element.itertext()).split()))


def wordings(pattern: str) -> list[Wording]:
    """The wordings that a simple regular expression of the list admits; none when it is not simple."""
    try:
        expanded = list(_Expansion(pattern).all())
    except ValueError:
        return []
    found: list[Wording] = []
    for text in expanded:
        head, gap, tail = text.partition("\0")
        if "\0" in tail:
            return []
        found.append((words_of(head), words_of(tail), bool(gap)))
    return found


class _Expansion:
    """Spells out alternatives, optional parts and groups. A NUL stands for `.+`; ValueError for all else."""

    def __init__(self, pattern: str) -> None:
        self._tokens = re.findall(r"\\.|\[[^\]]*\]|\{\d*,?\d*\}|.", pattern, re.DOTALL)
        self._at = 0

    def all(self) -> list[str]:
        found = self._alternatives()
        if self._at < len(self._tokens):
            raise ValueError("a bracket is closed that was not opened")
        return found

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _alternatives(self) -> list[str]:
        found = self._sequence()
        while self._peek() == "|":
            self._at += 1
            found += self._sequence()
        return found

    def _sequence(self) -> list[str]:
        found = [""]
        while self._peek() not in ("", "|", ")"):
            part = self._repeated(self._atom())
            found = [before + after for before in found for after in part]
            if len(found) > MAX_WORDINGS:
                raise ValueError("too many wordings")
        return found

    def _atom(self) -> list[str]:
        token = self._peek()
        self._at += 1
        if token == "(":
            if self._peek() == "?":
                raise ValueError("a group with a meaning of its own")
            found = self._alternatives()
            self._at += 1
            return found
        if token == ".":
            return ["\0"]
        if token.startswith("["):
            return [" "] if not re.search(r"[a-zA-Z0-9]", token.replace("\\t", "").replace("\\r", "").replace("\\n", "").replace("\\f", "")) else _choices(token)
        if token.startswith("\\"):
            return [" "] if token[1] in "snrtf" else [_literal(token)]
        return [token]

    def _repeated(self, part: list[str]) -> list[str]:
        token = self._peek()
        if token in ("?", "*", "+") or token.startswith("{"):
            self._at += 1
            if part in (["\0"], [" "]):
                return part
            if token == "?":
                return ["", *part]
            if any(re.search(r"\w", text) for text in part):
                raise ValueError("words that repeat")
        return part


def _choices(token: str) -> list[str]:
    if "-" in token or "^" in token:
        raise ValueError("a range of characters")
    return list(dict.fromkeys(token[1:-1].replace("\\", "")))


def _literal(token: str) -> str:
    if token[1].isalnum():
        raise ValueError("a class of characters")
    return token[1]
