"""Which license a text is, and what in it differs from the published text."""

from collections.abc import Iterable
from functools import cached_property
from typing import Literal, NamedTuple

from license_audit.engine.identify.align import Alignment, align, refined, selected
from license_audit.engine.identify.beside import added
from license_audit.engine.identify.compare import Change, Comparison, Place
from license_audit.engine.identify.index import Index
from license_audit.engine.identify.reference import Identity, Reference
from license_audit.engine.identify.search import Found, hits, nearest
from license_audit.engine.identify.words import Words, digest

Status = Literal["unaltered", "altered", "partial"]
"""`partial`: what is there is as published, and the rest is missing."""


class Near(NamedTuple):
    """The known text that comes nearest to an unknown one."""

    key: str
    share: float
    """Part of its words that agree, from 0 to 1."""


class Match:
    """A known text in a scanned one."""

    def __init__(self, reference: Reference, words: Words, comparison: Comparison | None, result: "Result") -> None:
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
    def places(self) -> tuple[Place, ...]:
        """Where each section stands."""
        comparison = self._comparison or compared(self._reference, self.words)
        return tuple(comparison.places()) if comparison else ()


class Result(NamedTuple):
    """How a comparison came out."""

    status: Status
    similarity: float
    changes: tuple[Change, ...] = ()
    alike: tuple[str, ...] = ()


class Identification(NamedTuple):
    """What was found in a text."""

    matches: tuple[Match, ...]
    """Known texts, in the order in which they stand."""
    nearest: Near | None
    """The nearest known text, when none was found and one comes near."""


def identify(text: str | bytes, index: Index) -> Identification:
    """Known texts in a text. Bytes are read as UTF-8; what is not UTF-8 counts as no letter."""
    words = Words(text if isinstance(text, str) else text.decode("utf-8", "replace"))
    whole = index.whole(digest(words.words))
    if whole is not None:
        return Identification((Match(whole, words, None, Result("unaltered", 1.0)),), None)
    found = sorted(hits(words.shadow, index), key=lambda found: found.hit.alignment.span)
    taken = [entry.hit.alignment.span for entry in found]
    matches = tuple(_match(entry, taken, words) for entry in found)
    return Identification(matches, None if matches else _near(words, index))


def compared(reference: Reference, words: Words) -> Comparison | None:
    """A published text beside a scanned one; None when they have nothing in common."""
    alignment = align(reference.shadow, words.shadow, selected(words.shadow))
    if alignment is None:
        return None
    return Comparison(reference, words, refined(reference.shadow, words.shadow, alignment))


def _near(words: Words, index: Index) -> Near | None:
    hit = nearest(words.shadow, index)
    return Near(hit.text.identity.key, hit.share) if hit else None


def _match(found: Found, taken: list[tuple[int, int]], words: Words) -> Match:
    """The published copy of a text that differs least."""
    tried: list[Match] = []
    for hit in (found.hit, *found.others):
        comparison = Comparison(hit.text, words, hit.alignment)
        beside = added(hit.alignment.span, taken, words, comparison.title)
        changes = tuple(sorted((*comparison.changes(), *beside), key=lambda change: change.lines))
        tried.append(Match(hit.text, words, comparison, Result(_status(hit.alignment, changes), hit.share, changes)))
        if not changes:
            break
    best = min(tried, key=lambda match: len(match.changes))
    best.alike = tuple(sorted({match.key for match in tried if match.changes == best.changes} - {best.key}))
    return best


def _status(alignment: Alignment, changes: Iterable[Change]) -> Status:
    kinds = [change.kind for change in changes]
    if not kinds:
        return "unaltered"
    return "partial" if len(alignment.runs) == 1 and "removed" in kinds and "added" not in kinds else "altered"
