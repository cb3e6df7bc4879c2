"""What is known of a model: what its card declares, which text was found, from which parents it came."""

from typing import Literal

from license_audit.model.value import Value
from license_audit.model.words import Basis, Gate, Relation

UNREAD = (".pdf", ".doc", ".docx", ".odt", ".rtf")
"""Endings of documents that hold terms but no plain text: each counts as a text that nobody knows."""


class TextChange(Value):
    """A section of a text that is not as published."""

    kind: Literal["changed", "added", "removed"]
    section: str
    """The text's own numbering; `before` or `after` for what stands beside the text."""
    lines: tuple[int, int]
    """First and last line of the file, counted from 1; where the section would stand, if it was removed."""
    quote: str = ""
    """The lines themselves; empty for what was removed."""


class Passage(Value):
    """The lines of a file on which a clause stands."""

    clause: str
    """Clause id."""
    lines: tuple[int, int]
    """First and last line of the file, counted from 1."""
    quote: str = ""
    """The lines themselves; empty where only the lock file is at hand, which quotes nothing."""


class FoundText(Value):
    """A license or policy text in a file, held against the published one."""

    file: str = ""
    """The file, relative to the manifest; after the id of the model for one on the Hub."""
    key: str = ""
    """Key of the catalog, or SPDX id; empty for a text nobody knows."""
    status: Literal["unaltered", "altered", "partial", "unknown"]
    """Only an unaltered text is the license that its key names."""
    similarity: float = 0.0
    """Part of the published words that agree, from 0 to 1."""
    lines: tuple[int, int] = (0, 0)
    """First and last line of the text in the file, counted from 1."""
    changes: tuple[TextChange, ...] = ()
    alike: tuple[str, ...] = ()
    """Keys of other texts that it could as well be, where too little is there to tell."""
    nearest: str = ""
    """Key of the known text that an unknown one comes nearest to."""
    passages: tuple[Passage, ...] = ()
    """Where each encoded clause stands."""
    lost: tuple[str, ...] = ()
    """Ids of encoded clauses whose words are not in the text."""


class Statement(Value):
    """What the prose of a card, or of a NOTICE file, says about terms, apart from what front matter declares."""

    kind: Literal["license", "non-commercial", "research-only", "upstream-terms"]
    """`license`: names a license; `upstream-terms`: defers to the terms of a parent."""
    about: Literal["model", "code", "data"] = "model"
    license: str = ""
    """Name of the license as written, for the kind `license`."""
    quote: str
    """The words, at most 200 characters of one line."""
    line: int
    """Line of the file, counted from 1."""
    file: str = ""
    """Name of the file, where it is not the card."""


class DataSource(Value):
    """A data set or generator that a model was trained on."""

    name: str
    """Id of a Hub data set, or the name of a data set or generator."""
    basis: Basis
    declared: tuple[str, ...] | None = None
    """License names of the data set's own card; None when nobody read it."""
    where: str = ""
    """File and line that name it."""


class Origin(Value):
    """Where evidence came from."""

    source: Literal["hub", "cache", "folder"]
    commit: str | None = None
    """Commit of the repository; None for a folder."""
    at: str | None = None
    """When it was read, ISO, UTC; None where no time was written down."""
    locked: bool = False
    """Whether the lock file holds it."""
    is_named: bool = True
    """Whether a hub or the manifest says which model it is; the path of a folder alone does not."""


TERMS_MOVED = ("text", "license", "parent", "gone")
"""Kinds of moves after which the terms may be others."""


class Move(Value):
    """Something that is no longer as the lock file has it."""

    kind: Literal["text", "license", "gate", "renamed", "gone", "parent", "data"]
    message: str
    """One sentence with the old and the new state."""
    on: str = ""
    """Day on which it was noted in the lock file, ISO; empty when it was noticed just now."""
    sections: tuple[str, ...] = ()
    """Sections of a text that changed, as the text numbers them."""
    clauses: tuple[str, ...] = ()
    """Ids of encoded clauses that lie in them."""


class Parent(Value):
    """An edge of the lineage, seen from the child."""

    evidence: "Evidence"
    relation: Relation
    basis: Basis
    contested: bool = False
    """Whether another source names another parent instead."""
    where: str = ""
    """File and line that name it; empty when none does."""


class Evidence(Value):
    """Everything read about one model before anything is concluded."""

    model: str
    """Hub id or folder path."""
    declared: tuple[str, ...] | None = None
    """License names of the card; empty when the card names none; None when no card was read."""
    texts: tuple[FoundText, ...] | None = None
    """Texts of licenses and policies; None when no text was looked for."""
    notice_file: bool | None = None
    """Whether the work ships a NOTICE file; None when nobody looked."""
    parents: tuple[Parent, ...] = ()
    stated: tuple[Statement, ...] = ()
    """What the card's prose says about terms."""
    hints: tuple[str, ...] = ()
    """Tags that are names of a family of models."""
    data: tuple[DataSource, ...] = ()
    """What the model was trained on, as far as the card says."""
    data_disclosed: bool | None = None
    """Whether the card names any training data; None when no card was read."""
    unread: tuple[str, ...] = ()
    """Names of files that are there for terms or lineage and that nobody could read."""
    license_link: str | None = None
    """Where the card says that its license stands, as written."""
    renamed: str | None = None
    """What the hub calls the model now, where it answers under another name."""
    gate: Gate | None = None
    """None when nobody looked."""
    unavailable: str = ""
    """Why the model could not be read, e.g. that there is no such repository; empty in all other cases."""
    provider: str = ""
    """Name of the provider for a hosted model, of which there are no weights to read."""
    origin: Origin | None = None
    """Where this was read; None when only the name is known."""
    moves: tuple[Move, ...] = ()
    """What moved since the lock file was written."""
    terms_since: str | None = None
    """Day on which the lock file came to hold other terms of this model than before, ISO; None when it never did."""
    sources: tuple[str, ...] = ()
    """Files that were read, relative to the manifest."""
    digests: tuple[str, ...] = ()
    """SHA-256 of each license and policy text, hexadecimal, sorted."""
    remarks: tuple[str, ...] = ()
    """Oddities of the files, each with file, line and column."""

    @property
    def is_named(self) -> bool:
        """Whether it is known which model this is. The path of a folder may look like anybody's id."""
        return self.origin is None or self.origin.is_named

    @property
    def found(self) -> tuple[str, ...] | None:
        """Keys of the texts, each once; an empty name for one that is unknown or not as published."""
        if self.texts is None:
            return None
        return tuple(dict.fromkeys(text.key if text.status == "unaltered" else "" for text in self.texts))
