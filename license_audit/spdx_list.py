"""The SPDX list as packages ship it: plain texts, and marked-up ones that say what may differ from copy to copy."""

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from license_audit.engine.identify.draft import MIN_UNIT, Draft, Wording, draft
from license_audit.engine.identify.reference import NEEDED, OPTIONAL, TITLE
from license_audit.engine.identify.words import shown, words_of

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
    """Whether markup and plain text are of one version: about as long, and of much the same words."""
    apart = len(set(left) ^ set(right))
    return abs(len(left) - len(right)) <= max(10, len(right) // 20) and apart < max(12, len(set(right)) // 4)


def _marked(path: Path) -> Draft:
    root = ET.parse(path).getroot()  # noqa: S314  # of a package that the maintainer chose
    text = next(element for element in root.iter() if _tag(element) == "text")
    found = Draft()
    _element(found, text)
    return found


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _element(found: Draft, element: ET.Element) -> None:
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
        found.presence(TITLE if tag == "titleText" else OPTIONAL)
        _children(found, element)
        found.presence(NEEDED)
    else:
        _children(found, element)
    if tag in _BREAKS:
        found.paragraph()


def _children(found: Draft, element: ET.Element) -> None:
    opens = _tag(element) in {"p", "item"}
    (found.line if opens else found.add)(shown(element.text or ""))
    for child in element:
        _element(found, child)
        found.add(shown(child.tail or ""))


def _inner(element: ET.Element) -> str:
    return shown(" ".join("".join(element.itertext()).split()))


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
        self._parts = re.findall(r"\\.|\[[^\]]*\]|\{\d*,?\d*\}|.", pattern, re.DOTALL)
        self._at = 0

    def all(self) -> list[str]:
        found = self._alternatives()
        if self._at < len(self._parts):
            raise ValueError("a bracket is closed that was not opened")
        return found

    def _peek(self) -> str:
        return self._parts[self._at] if self._at < len(self._parts) else ""

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
        part = self._peek()
        self._at += 1
        if part == "(":
            if self._peek() == "?":
                raise ValueError("a group with a meaning of its own")
            found = self._alternatives()
            self._at += 1
            return found
        if part == ".":
            return ["\0"]
        if part.startswith("["):
            return _choices(part)
        if part.startswith("\\"):
            return [" "] if part[1:] in set("snrtf") else [_literal(part)]
        return [part]

    def _repeated(self, part: list[str]) -> list[str]:
        sign = self._peek()
        if sign in ("?", "*", "+") or sign.startswith("{"):
            self._at += 1
            if part in (["\0"], [" "]):
                return part
            if sign == "?":
                return ["", *part]
            if any(map(str.isalnum, "".join(part))):
                raise ValueError("words that repeat")
        return part


def _choices(part: str) -> list[str]:
    """The characters of a class; a blank for one that holds none that counts in words."""
    marks = re.sub(r"\\[tnrfs]", " ", part[1:-1]).replace("\\", "")
    if not any(map(str.isalnum, marks)):
        return [" "]
    if "-" in marks or "^" in marks:
        raise ValueError("a range of characters")
    return list(dict.fromkeys(marks))


def _literal(part: str) -> str:
    if part[1:].isalnum() or part == "\\":
        raise ValueError("a class of characters")
    return part[1]
