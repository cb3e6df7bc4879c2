"""What is known of a model: what its card declares, which text was found, from which parents it came."""

from license_audit.model.value import Value
from license_audit.model.words import Basis, Relation


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
    found: tuple[str, ...] | None = None
    """License keys of the texts found; an empty name for a text nobody knows; None when no text was looked for."""
    notice_file: bool | None = None
    """Whether the work ships a NOTICE file; None when nobody looked."""
    parents: tuple[Parent, ...] = ()
    sources: tuple[str, ...] = ()
    """Files that were read, relative to the manifest."""
    remarks: tuple[str, ...] = ()
    """Oddities of the files, each with file, line and column."""


Parent.model_rebuild(_types_namespace={"Evidence": Evidence})
