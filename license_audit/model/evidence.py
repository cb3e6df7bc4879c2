"""What is known of a model: what its card declares, which text was found, from which parents it came."""

from typing import Literal

from license_audit.model.value import Value
from license_audit.model.words import Basis, Relation

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
    quote: str
    """The lines themselves."""


class FoundText(Value):
    """A license or policy text in a file, held against the published one."""

    file: str
    """The file, relative to the manifest."""
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


class Parent(Value):
    """An edge of the lineage, seen from the child."""

    evidence: "Evidence"
    relation: Relation
    basis: Basis
    """`declared` by a card, manifest or catalog, or `inferred` from a file or prose."""


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
    sources: tuple[str, ...] = ()
    """Files that were read, relative to the manifest."""
    remarks: tuple[str, ...] = ()
    """Oddities of the files, each with file, line and column."""

    @property
    def found(self) -> tuple[str, ...] | None:
        """Keys of the texts, each once; an empty name for one that is unknown or not as published."""
        if self.texts is None:
            return None
        return tuple(dict.fromkeys(text.key if text.status == "unaltered" else "" for text in self.texts))


Parent.model_rebuild(_types_namespace={"Evidence": Evidence})
