"""models.lock: what was found of each model, its parents and its data, so that judging needs no network."""

from typing import Annotated, Literal

from license_audit.model.evidence import DataSource, FoundText, Move, Statement
from license_audit.model.marks import Bounds, Joined, field
from license_audit.model.value import Value
from license_audit.model.words import Basis, Gate, Relation

_DIGEST = r"^[0-9a-f]{64}$"
Digest = Annotated[str, Bounds(pattern=_DIGEST)]
"""SHA-256, hexadecimal."""
Source = Literal["hub", "cache", "folder", "provider"]
How = Literal["text", "catalog", "card", "nothing"]


def _section(value: object) -> object:
    return tuple(value.rsplit(" ", 1)) if isinstance(value, str) else value


Section = Annotated[tuple[str, str], Joined(_section)]
"""Name of a section as the text numbers it, and a digest of its words; one line of the file."""


class LockedText(Value):
    """What a license or policy text is. Files with the same digest share one record."""

    found: tuple[FoundText, ...] = ()
    """Known texts in it, without name of file and without quotations."""
    sections: tuple[Section, ...] = ()
    """Its sections in order, to tell later which of them changed."""


class LockedParent(Value):
    """An edge of the lineage."""

    model: str
    relation: Relation
    basis: Basis
    contested: bool = False
    where: str = ""


class Block(Value):
    """What was found of one model."""

    source: Source
    revision: str | None = None
    """What the manifest asks for; None for the newest."""
    commit: str | None = None
    """Commit that was read."""
    renamed: str | None = None
    """Name under which the hub answered, where it is another."""
    at: str | None = None
    """When it was read, ISO, UTC; None for a folder, which is there to be read."""
    gate: Gate | None = None
    unavailable: str = ""
    """Why it could not be read."""
    declared: tuple[str, ...] | None = None
    found: tuple[str, ...] | None = None
    """Keys of the texts; an empty name for one that is unknown or not as published."""
    concluded: tuple[str, ...] = ()
    how: How = "nothing"
    """On what the conclusion rests: text, statement of the publisher in the catalog, or card."""
    files: dict[str, Digest] = field(default_factory=dict)
    """Files that were read, by name."""
    texts: tuple[str, ...] | None = None
    """Those of them that hold terms; None when nobody could look."""
    notice_file: bool | None = None
    stated: tuple[Statement, ...] = ()
    parents: tuple[LockedParent, ...] = ()
    unread: tuple[str, ...] = ()
    """Names of files that are there for terms or lineage and that nobody could read."""
    license_link: str | None = None
    hints: tuple[str, ...] = ()
    """Tags that are names of a family of models."""
    data: tuple[DataSource, ...] = ()
    data_disclosed: bool | None = None
    weights: str = ""
    """SHA-256 of the list of the SHA-256 of all weight files; empty where the hub lists none."""
    remarks: tuple[str, ...] = ()
    terms_since: str | None = None
    """Day on which this file came to hold other terms of the model than before, ISO."""
    moves: tuple[Move, ...] = ()
    """What a later look found to differ from this block, which keeps what was locked."""

    @property
    def worded(self) -> tuple[str, ...]:
        """Names of the files whose words matter: terms, and NOTICE files, whose contents have to be passed on."""
        notices = (name for name in self.files if name.upper().startswith("NOTICE"))
        return tuple(dict.fromkeys((*(self.texts or ()), *sorted(notices))))


class Lock(Value):
    """The whole file."""

    schema_version: Literal["1"] = field(alias="schema", default="1")
    tool: str
    """Version of the tool that wrote it."""
    models: dict[str, Block] = field(default_factory=dict)
    """By Hub id, `id@revision` where the manifest pins one, `path:folder`, or `provider:id`. Parents stand beside their
    children."""
    datasets: dict[str, Block] = field(default_factory=dict)
    texts: dict[Digest, LockedText] = field(default_factory=dict)


SAME_WEIGHTS = "the same weight files"
"""Where an edge between copies comes from: not from a line of a file."""


def folder_key(path: str) -> str:
    """The name of a local folder's block; a path may look like a Hub id."""
    return f"path:{path}"


def lock_key(model_id: str, revision: str | None) -> str:
    """The name of a Hub model's block."""
    return model_id if revision is None else f"{model_id}@{revision}"
