"""Which license a text is, and what in it differs from the published text."""

from functools import cached_property
from typing import Literal, NamedTuple

from license_audit.engine.identify.beside import added
from license_audit.engine.identify.compare import Change, Comparison, Place
from license_audit.engine.identify.index import Index
from license_audit.engine.identify.reference import Reference
from license_audit.engine.identify.search import Found, hits
from license_audit.engine.identify.words import Words, digest

Status = Literal["unaltered", "altered", "partial"]


class Match:
    """A known text in a scanned one."""

    def __init__(self, reference: Reference, status: Status, similarity: float, comparison: Comparison | None, words: Words, changes: tuple[Change, ...], alike: tuple[str, ...] = ()) -> None:
        self.key = reference.identity.key
        self.ids = reference.identity.ids
        self.title = reference.identity.title
        self.version = reference.identity.version
        self.status = status
        self.similarity = similarity
        self.changes = changes
        self.alike = alike
        self._reference = reference
        self._comparison = comparison
        self._words = words

    @cached_property
    def span(self):
        return self._comparison.alignment.span if self._comparison else (0, len(self._words))

    @property
    def lines(self) -> tuple[int, int]:
        return self._words.lines(*self.span)


class Identification(NamedTuple):
    """What was found in a text."""

    matches: tuple[Match, ...]
    nearest: tuple[str, float] | None


def identify(text: str | bytes, index: Index) -> Identification:
    """Known texts in a text, in the order in which they stand."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    words = Words(text)
    whole = index.whole(digest(words.words))
    if whole is not None:
        return Identification((Match(whole, "unaltered", 1.0, None, words, ()),), None)
    found = sorted(hits(words.shadow, index), key=lambda found: found.hit.alignment.span)
    taken = [entry.hit.alignment.span for entry in found]
    matches = tuple(_match(entry, taken, words) for entry in found)
    return Identification(matches, None)


def _match(found: Found, taken: list[tuple[int, int]], words: Words) -> Match:
    """The published copy of a text that differs least."""
    tried = []
    for hit in (found.hit, *found.others):
        comparison = Comparison(hit.text, words, hit.alignment)
        changes = (*comparison.changes(), *added(hit.alignment.span, taken, words, comparison.title))
        status: Status = ("partial" if _is_cut(hit.alignment, changes) else "altered") if changes else "unaltered"
        tried.append(Match(hit.text, status, hit.share, comparison, words, changes))
        if not changes:
            break
    best = min(tried, key=lambda match: len(match.changes))
    best.alike = tuple(sorted({match.key for match in tried if match.changes == best.changes} - {best.key}))
    return best


def _is_cut(alignment, changes) -> bool:
    return all(change.kind == "removed" for change in changes) and len(alignment.runs) == 1
