"""What a configuration file may name: a parent with its place, and how an id is told from a path."""

import re
from dataclasses import dataclass, field

from license_audit.errors import AuditError
from license_audit.model.evidence import DataSource
from license_audit.model.manifest import check_model_id
from license_audit.model.words import Basis, Relation

_MAX_PROBLEMS = 3
_HUB = re.compile(
    r"(?:https?://)?(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/)?([^/\s?#]+/[^/\s?#:]+)(?:[/?#:].*)?"
)
_CACHE = re.compile(r"(?:.*[/\\])?(?:models|datasets)--([^/\\]+?)--([^/\\]+)(?:[/\\].*)?")
"""A path into the cache of the Hub client, which spells the id out."""
_LOCAL_FOLDERS = re.compile(
    r"(?:base|llm|pretrained|saved)?_?(?:model|dataset|result|output|checkpoint|ckpt|experiment|lora|merge|save)s?"
    r"|cache|content|data|exp|home|local|logs|merged|mnt|opt|out|pretrained|root|runs|storage|tmp|weights|work|workspace",
    re.IGNORECASE,
)
"""First parts of paths that look like ids. No publisher is called so."""
_LOCAL_NAME = re.compile(
    r"checkpoint-\d+|.*\.(?:safetensors|gguf|bin|pth?|ckpt|jsonl?|csv|parquet|txt|ya?ml)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Configured:
    """A parent that a configuration file names."""

    name: str
    """Hub id; words in brackets for a parent that nobody knows."""
    relation: Relation
    basis: Basis
    where: str
    """File and line."""


@dataclass(slots=True)
class Findings:
    """What is collected while one file is read."""

    file: str
    parents: list[Configured] = field(default_factory=list)
    data: list[DataSource] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def parent(self, name: str, relation: Relation, basis: Basis, line: int) -> None:
        """Note a parent that a line names."""
        self.parents.append(Configured(name, relation, basis, f"{self.file}:{line}"))

    def unread(self, error: AuditError) -> None:
        """Note why the file cannot be read: the first problems, and how many more there are."""
        self.remarks += [str(problem) for problem in error.problems[:_MAX_PROBLEMS]]
        more = len(error.problems) - _MAX_PROBLEMS
        if more > 0:
            self.remarks.append(f"{self.file}: {more} more problems of this kind")


def hub_id(text: object, *, may_be_bare: bool = False) -> str | None:
    """The Hub id that a value is, links to, or spells out as a path of the Hub's cache; None for all else.

    A name without organization counts only where asked for: it is as often the name of a folder.
    """
    if not isinstance(text, str):
        return None
    plain = text.strip()
    found = _HUB.fullmatch(plain)
    cached = _CACHE.fullmatch(plain)
    if found:
        plain = found[1]
    elif cached:
        plain = f"{cached[1]}/{cached[2]}"
    organization, slash, name = plain.partition("/")
    if not slash and not may_be_bare:
        return None
    if _LOCAL_NAME.fullmatch(name or plain) or (slash and _LOCAL_FOLDERS.fullmatch(organization)):
        return None
    try:
        return check_model_id(plain)
    except ValueError:
        return None
