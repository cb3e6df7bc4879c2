"""Repositories of the loopback hub: files in commits, and what the hub makes of the card."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

Kind = Literal["model", "dataset"]
_FRONT_MATTER = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.DOTALL | re.MULTILINE)
_POINTER_BYTES = 135


@dataclass(frozen=True)
class Weights:
    """A large file that is listed and never handed out."""

    sha256: str
    size: int = 5_000_000_000


File = str | bytes | Weights


@dataclass(frozen=True)
class Commit:
    """All files at one moment."""

    sha: str
    files: Mapping[str, bytes | Weights]


@dataclass
class Repository:
    """A repository with all its commits; the last one is `main`."""

    kind: Kind
    name: str
    gated: Literal["auto", "manual", False] = False
    """Anyone sees the description; files are handed out to the token only."""
    private: bool = False
    """For anyone without the token there is no such repository."""
    token: str | None = None
    disabled: bool = False
    card: Any = None
    """What the hub read from the card; None for the front matter of README.md."""
    more: dict[str, Any] = field(default_factory=dict)
    """Put over what the hub says of it."""
    elsewhere: dict[str, str] = field(default_factory=dict)
    """Files that are handed out by another host: name and address of the host."""
    commits: list[Commit] = field(default_factory=list)

    @property
    def head(self) -> str:
        """The newest commit."""
        return self.commits[-1].sha

    def commit(self, changes: Mapping[str, File | None]) -> str:
        """A new commit with files that are changed, added, or (None) removed."""
        files = dict(self.commits[-1].files) if self.commits else {}
        for name, content in changes.items():
            if content is None:
                del files[name]
            else:
                files[name] = content.encode() if isinstance(content, str) else content
        seed = repr((self.kind, self.name, len(self.commits), sorted(files.items(), key=lambda item: item[0])))
        self.commits.append(Commit(hashlib.sha1(seed.encode(), usedforsecurity=False).hexdigest(), files))
        return self.head

    def forget(self, sha: str) -> None:
        """Loses a commit, as after a rewritten history."""
        self.commits = [commit for commit in self.commits if commit.sha != sha]

    def find(self, revision: str) -> Commit | None:
        """The commit that a revision means."""
        if revision == "main":
            return self.commits[-1]
        return next((commit for commit in self.commits if commit.sha == revision), None)

    def read_card(self, commit: Commit) -> Any:
        """The card's data as the hub shows it; None without front matter."""
        if self.card is not None:
            return self.card
        readme = commit.files.get("README.md", b"")
        match = _FRONT_MATTER.match(readme.decode()) if isinstance(readme, bytes) else None
        return yaml.safe_load(match[1]) if match else None

    def describe(self, commit: Commit, *, with_blobs: bool) -> dict[str, Any]:
        """Everything the hub says of a commit."""
        card = self.read_card(commit)
        siblings = [self._sibling(name, file, with_blobs=with_blobs) for name, file in sorted(commit.files.items())]
        described = {
            "_id": hashlib.sha256(self.name.encode()).hexdigest()[:24],
            "id": self.name,
            "author": self.name.split("/", maxsplit=1)[0],
            "sha": commit.sha,
            "private": self.private,
            "gated": self.gated,
            "disabled": self.disabled,
            "tags": list(_tags(card)) if isinstance(card, dict) else [],
            "siblings": siblings,
            "createdAt": "2024-05-01T10:00:00.000Z",
            "lastModified": "2024-06-01T10:00:00.000Z",
        }
        if card is not None:
            described["cardData"] = card
        if self.kind == "model":
            described["modelId"] = self.name
            parents = list(_listed(card.get("base_model"))) if isinstance(card, dict) else []
            if parents:
                models = [{"_id": str(number), "id": name} for number, name in enumerate(parents)]
                described["baseModels"] = {"relation": card.get("base_model_relation", "finetune"), "models": models}
        return {**described, **self.more}

    def _sibling(self, name: str, file: bytes | Weights, *, with_blobs: bool) -> dict[str, Any]:
        if not with_blobs:
            return {"rfilename": name}
        blob = {"rfilename": name, "size": size(file), "blobId": git_id(file)}
        if isinstance(file, Weights):
            return {**blob, "lfs": {"sha256": file.sha256, "size": file.size, "pointerSize": _POINTER_BYTES}}
        return blob


def size(file: bytes | Weights) -> int:
    """Bytes of a file."""
    return file.size if isinstance(file, Weights) else len(file)


def git_id(file: bytes | Weights) -> str:
    """The name that git gives to a file."""
    content = f"pointer to {file.sha256}".encode() if isinstance(file, Weights) else file
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _listed(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item


def _tags(card: dict[str, Any]) -> Iterator[str]:
    yield from _listed(card.get("tags"))
    for name in _listed(card.get("base_model")):
        yield f"base_model:{name}"
        yield f"base_model:{card.get('base_model_relation', 'finetune')}:{name}"
    for name in _listed(card.get("datasets")):
        yield f"dataset:{name}"
    for name in _listed(card.get("license")):
        yield f"license:{name}"
