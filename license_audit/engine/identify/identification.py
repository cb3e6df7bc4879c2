"""Which license a text is, and what in it differs from the published text."""

from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from license_audit.engine.identify.index import Index
from license_audit.engine.identify.reference import Identity, Reference
from license_audit.engine.identify.words import Words, digest

if TYPE_CHECKING:
    # What compares texts is imported when a text is not as published: an untouched one is known by its digest.
    from license_audit.engine.identify.compare import Change, Comparison, Place

Status = Literal["unaltered", "altered", "partial"]
"""`partial`: what is there is as published, and the rest is missing."""


class Near(NamedTuple):
    """The known text that comes nearest to an unknown one."""

    key: str
    share: float
    """Part of its words that agree, from 0 to 1."""


class Match:
    """A known text in a scanned one."""

    def __init__(self, reference: Reference, words: Words, comparison: "Comparison | None", result: "Result") -> None:
        self.identity: Identity = reference.identity
        """What the published text is called."""
        self.status: Status = result.status
        self.similarity: float = result.similarity
        """Part of the published words that agree, from 0 to 1. An altered text is altered however near 1 this is."""
        self.changes: tuple[Change, ...] = result.changes
        """What differs, in the order of the scanned text."""
        self.alike: tuple[str, ...] = result.alike
        """Keys of other texts that this one could as well be, where too little is there to tell."""
        self.words = words
        self._reference = reference
        self._comparison = comparison

    @property
    def key(self) -> str:
        """Key of the catalog, or the SPDX id of a text that the catalog does not hold."""
        return self.identity.key

    @property
    def ids(self) -> tuple[str, ...]:
        """SPDX ids or LicenseRef of the text, the preferred one first."""
        return self.identity.ids

    @cached_property
    def span(self) -> tuple[int, int]:
        """First word of the text in the scanned one, and the word after its last."""
        return self._comparison.alignment.span if self._comparison else (0, len(self.words))

    @cached_property
    def lines(self) -> tuple[int, int]:
        """First and last line of the text in the scanned one, counted from 1."""
        return self.words.lines(*self.span)

    @cached_property
    def places(self) -> "tuple[Place, ...]":
        """Where each section stands."""
        from license_audit.engine.identify.matching import compared  # noqa: PLC0415  # the same

        comparison = self._comparison or compared(self._reference, self.words)
        return tuple(comparison.places()) if comparison else ()


class Result(NamedTuple):
    """How a comparison came out."""

    status: Status
    similarity: float
    changes: "tuple[Change, ...]" = ()
    alike: tuple[str, ...] = ()


class Identification(NamedTuple):
    """What was found in a text."""

    matches: tuple[Match, ...]
    """Known texts, in the order in which they stand."""
    nearest: Near | None
    """The nearest known text, when none was found and one comes near."""
    is_cut: bool = False
    """Whether the file holds more known texts than were looked for."""


def identify(text: str | bytes, index: Index) -> Identification:
    """Known texts in a text. Bytes are read as UTF-8; what is not UTF-8 counts as no letter."""
    words = Words(text if isinstance(text, str) else text.decode("utf-8", "replace"))
    whole = index.whole(digest(words.words))
    if whole is not None:
        return Identification((Match(whole, words, None, Result("unaltered", 1.0)),), None)
    from license_audit.engine.identify.matching import find  # noqa: PLC0415  # most texts are untouched

    return find(words, index)
