"""The front matter of a card: where it stands, what is nearly one, and what its fields say about terms and origin.

The fence rule is the Hub's: three dashes on a line of their own at the start of the file, blank lines aside, and again
at the end of the block.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from license_audit.errors import AuditError
from license_audit.model.card import NamedParent
from license_audit.model.evidence import DataSource
from license_audit.model.words import Relation
from license_audit.readers.card_links import hub_mention
from license_audit.readers.strict_yaml import Document, Path, load

UNREADABLE = "(what the card says but cannot be read)"
"""Stands for a license or parent that the card may name where nobody can read it. No license is called that."""
_OPEN = re.compile(r"\s*---[ \t]*\n")
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_TELLING = re.compile(r"^[ \t]*-?(?:licen[sc]es?|base_model)\w*[ \t]*:", re.MULTILINE | re.IGNORECASE)
_UNFENCED = re.compile(r"\s*(?:[A-Za-z_][\w-]*[ \t]*:.*\n(?:[ \t]*-[ \t].*\n|[ \t]+\S.*\n)*){2}")
_KEY = re.compile(r"^[ \t]*[A-Za-z_][\w-]*[ \t]*:(?:[ \t]|$)", re.MULTILINE)
_NEAR = 500
"""Characters after an open fence in which a key makes it one of front matter."""
_TEMPLATE = re.compile(r"\{\{|\{%")
_LICENSE_KEY = re.compile(r"[-\s]*(?:li[sc]*en[sc]+e?s?|license\(s\))", re.IGNORECASE)
_NAME_KEY = re.compile(r"[-\s]*(?:li[sc]*en[sc]+e?s?)[-_ ]?(name|link)", re.IGNORECASE)
_BASE_KEY = re.compile(
    r"[-\s]*(?:base[-_ ]?models?(?:_(?:name|id|link|path|name_or_path))?|(?:parent|original|source)_models?|"
    r"fine-?tuned_from|model_link)",
    re.IGNORECASE,
)
_PLACEHOLDERS = ("license", "licence", "other", "")
_RELATIONS: dict[str, Relation] = {
    "finetune": "fine-tune", "finetuned": "fine-tune", "fine-tune": "fine-tune", "fine-tuned": "fine-tune",
    "finetuning": "fine-tune", "adapter": "adapter", "lora": "adapter", "merge": "merge", "merged": "merge",
    "quantized": "quantize", "quantize": "quantize", "quantization": "quantize", "conversion": "quantize",
    "converted": "quantize", "distill": "distill", "distilled": "distill", "distillation": "distill", "copy": "copy",
}  # fmt: skip
_OF_DATA = frozenset(
    [
        "dataset_info",
        "task_categories",
        "task_ids",
        "annotations_creators",
        "language_creators",
        "size_categories",
        "source_datasets",
        "multilinguality",
        "license_details",
    ]
)
_OF_MODELS = frozenset(["base_model", "library_name", "pipeline_tag", "model-index", "datasets"])


@dataclass(slots=True)
class Front:
    """What front matter says."""

    licenses: list[str] = field(default_factory=list)
    license_name: str | None = None
    license_link: str | None = None
    base: list[NamedParent] = field(default_factory=list)
    copied: list[NamedParent] = field(default_factory=list)
    """Repositories that the Hub noted this one as a duplicate of."""
    data: list[DataSource] = field(default_factory=list)
    gate_prompt: str | None = None
    tags: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    """License names under keys that are not the Hub's."""
    is_dataset: bool = False
    remarks: list[str] = field(default_factory=list)
    end: int = 0
    """Where the prose starts."""


def read_front(text: str, shown: str) -> Front:
    """The front matter of a card whose lines end in one line feed. What cannot be read is a remark."""
    opened = _OPEN.match(text)
    closed = _FENCE.search(text, opened.end()) if opened else None
    if opened is None or closed is None:
        remark = _near_miss(text, shown)
        if remark is None and opened and _KEY.search(text, opened.end(), opened.end() + _NEAR):
            line = text.count("\n", 0, opened.end())
            return Front(remarks=[f"{shown}:{line}:1: the front matter is not closed and is not read"])
        return _unread(0, remark) if remark else Front()
    end = min(closed.end() + 1, len(text))
    first_line = text.count("\n", 0, opened.end())
    block = text[opened.end() : closed.start()]
    try:
        document = load(block, shown, first_line)
    except AuditError as error:
        template = _TEMPLATE.search(block)
        told = [str(problem) for problem in error.problems]
        if template:
            line = first_line + block.count("\n", 0, template.start()) + 1
            column = template.start() - block.rfind("\n", 0, template.start())
            told.append(f"{shown}:{line}:{column}: the front matter is a template that nobody filled in")
        return _unread(end, *told)
    if document.data is None:
        front = Front(end=end)
    elif isinstance(document.data, dict):
        front = _Reader(document, document.data).read()
        front.end = end
    else:
        front = _unread(end, str(document.problem((), "the front matter is not a mapping")))
    if second := _second_block(text, end):
        front.remarks.append(f"{shown}:{second}:1: a second block of front matter is not read")
    return front


def _unread(end: int, *remarks: str) -> Front:
    """Front matter that cannot be read: it may name any license and any parent."""
    return Front([UNREADABLE], base=[NamedParent(UNREADABLE, None, 1)], remarks=list(remarks), end=end)


def _near_miss(text: str, shown: str) -> str | None:
    fence = _FENCE.search(text)
    if fence and _TELLING.search(text, fence.end()):
        line = text.count("\n", 0, fence.start()) + 1
        if text[: fence.start()].strip():
            return f"{shown}:{line}:1: the front matter does not start the file and is not read"
        return f"{shown}:{line}:1: the front matter is not closed and is not read"
    head = _UNFENCED.match(text)
    if (
        head
        and _TELLING.search(text, 0, head.end() + 2000)
        and _TELLING.match(text, text.rfind("\n", 0, head.end() - 1) + 1)
    ):
        return f"{shown}:1:1: the front matter has no fence of three dashes and is not read"
    if head and _TELLING.search(head.group()):
        return f"{shown}:1:1: the front matter has no fence of three dashes and is not read"
    return None


def _second_block(text: str, start: int) -> int:
    """Line of a later block between fences that names a license or base; 0 when there is none."""
    fences = list(_FENCE.finditer(text, start))
    for opened, closed in pairwise(fences):
        inside = text[opened.end() : closed.start()]
        if _TELLING.match(inside.lstrip("\n")) and "\n\n" not in inside.strip("\n"):
            return text.count("\n", 0, opened.start()) + 1
    return 0


class _Reader:
    """Reads the fields of one mapping."""

    def __init__(self, document: Document, data: dict[str, Any]) -> None:
        self.document, self.data = document, data
        self.front = Front()

    def read(self) -> Front:
        front, data = self.front, self.data
        self._wrong_keys()
        front.licenses = [name for name, _ in self._names("license", unreadable=UNREADABLE)]
        front.license_name, front.license_link = self._one("license_name"), self._one("license_link")
        named = (front.license_name or "").strip()
        if named.lower() not in _PLACEHOLDERS:
            other = [name.lower() for name in front.licenses]
            front.licenses = [
                named if name == "other" else kept for name, kept in zip(other, front.licenses, strict=True)
            ]
        front.tags = [name for name, _ in self._names("tags")]
        self._parents()
        front.data = [
            DataSource(name=_without_host(name), basis="declared", where=f"{self.document.file}:{line}")
            for name, line in self._names("datasets", say_empty=True)
        ]
        self._tags()
        front.gate_prompt = self._one("extra_gated_prompt") or self._one("extra_gated_description")
        front.is_dataset = bool(_OF_DATA & data.keys()) and not _OF_MODELS & data.keys()
        front.licenses = list(dict.fromkeys(front.licenses))
        return front

    def _remark(self, path: Path, message: str) -> None:
        self.front.remarks.append(str(self.document.problem(path, message)))

    def _one(self, key: str) -> str | None:
        """The text under a key; a list of one counts as that one."""
        value = self.data.get(key)
        value = value[0] if isinstance(value, list) and len(value) == 1 else value
        if value is not None and not isinstance(value, str):
            self._remark((key,), f"{key} is not a text")
            return None
        return (value or "").strip() or None

    def _names(self, key: str, *, unreadable: str = "", say_empty: bool = False) -> Iterator[tuple[str, int]]:
        """The texts under a key, one or a list, each with its line.

        Anything else is a remark, and `unreadable` stands for it.
        """
        value = self.data.get(key)
        listed = isinstance(value, list)
        for number, name in enumerate(value if isinstance(value, list) else [value]):
            path: Path = (key, number) if listed else (key,)
            line = self.document.place(path)[0] if name is not None else 0
            if isinstance(name, str):
                if name.strip():
                    yield name.strip(), line
            elif name is not None:
                self._remark(path, f"{key} is not a name")
                if unreadable:
                    yield unreadable, line
            elif listed and say_empty:
                self._remark(path, f"{key} holds an empty entry")

    def _wrong_keys(self) -> None:
        for key in self.data:
            part = _NAME_KEY.fullmatch(key)
            if _LICENSE_KEY.fullmatch(key) and key != "license":
                self._remark((key,), f"the key {key!r} is not read as the license; the Hub's key is license")
                found = (name for name, _ in self._names(key, unreadable=UNREADABLE))
                self.front.misnamed += [name for name in found if name.lower() not in _PLACEHOLDERS]
            elif part and key != f"license_{part.group(1)}":
                right = f"license_{part.group(1).lower()}"
                self._remark((key,), f"the key {key!r} is not read; the Hub's key is {right}")
            elif _BASE_KEY.fullmatch(key) and key not in ("base_model", "model_link"):
                self._remark((key,), f"the Hub does not read the key {key!r}; its key is base_model")

    def _parents(self) -> None:
        relation = self._relation()
        keys = ["base_model"] + [key for key in self.data if key != "base_model" and _BASE_KEY.fullmatch(key)]
        found = [
            NamedParent(_without_host(name), relation, line)
            for key in keys
            for name, line in self._names(key, unreadable=UNREADABLE)
        ]
        self.front.copied = [
            NamedParent(_without_host(name), "copy", line) for name, line in self._names("duplicated_from")
        ]
        self.front.base = list({parent.name.casefold(): parent for parent in reversed(found)}.values())[::-1]

    def _relation(self) -> Relation | None:
        word = self.data.get("base_model_relation")
        if word is None:
            return "quantize" if "quantized_by" in self.data else None
        if isinstance(word, str) and word.strip().lower() in _RELATIONS:
            return _RELATIONS[word.strip().lower()]
        self._remark(("base_model_relation",), f"nobody knows the relation {word!r}")
        return None

    def _tags(self) -> None:
        """What tags declare in the form that the Hub itself gives them."""
        front = self.front
        licenses = {name.lower() for name in front.licenses} | {str(self.data.get("license")).lower()}
        bases = {parent.name.casefold(): at for at, parent in enumerate(front.base)}
        for number, tag in enumerate(front.tags):
            kind, _, value = tag.partition(":")
            if kind == "license" and value.strip() and value.strip().lower() not in licenses:
                front.licenses.append(value.strip())
            elif kind == "dataset" and value.strip() not in {"", *(data.name for data in front.data)}:
                where = f"{self.document.file}:{self.document.place(('tags', number))[0]}"
                front.data.append(DataSource(name=value.strip(), basis="declared", where=where))
            elif kind == "base_model" and value.strip():
                self._tagged(value.strip(), self.document.place(("tags", number))[0], bases)

    def _tagged(self, value: str, line: int, bases: dict[str, int]) -> None:
        word, colon, rest = value.partition(":")
        relation = _RELATIONS.get(word.lower()) if colon else None
        name = _without_host(rest if relation else value)
        at = bases.setdefault(name.casefold(), len(self.front.base))
        if at == len(self.front.base):
            self.front.base.append(NamedParent(name, relation, line))
        elif relation and self.front.base[at].relation is None:
            known = self.front.base[at]
            self.front.base[at] = NamedParent(known.name, relation, known.line)


def _without_host(name: str) -> str:
    """A repository's name without the address of the Hub before it."""
    if "://" in name or name.lower().startswith(("hf.co/", "huggingface.co/")):
        mention = hub_mention(name, "")
        return mention.name if mention else name
    return name
