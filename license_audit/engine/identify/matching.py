"""What a text holds that is not, letter for letter, one published text."""

from collections.abc import Iterable
from itertools import islice

from license_audit.engine.identify.align import Alignment, align, every, refined, selected
from license_audit.engine.identify.beside import added
from license_audit.engine.identify.compare import Change, Comparison
from license_audit.engine.identify.identification import Identification, Match, Near, Result, Status
from license_audit.engine.identify.index import Index
from license_audit.engine.identify.reference import Reference
from license_audit.engine.identify.search import CLEAR, Found, hits, nearest
from license_audit.engine.identify.words import Words

MAX_TEXTS = 100
"""Texts that are looked for in one file."""
MIN_TEXTS = 3
"""Texts that are looked for in a file of any length."""
MAX_WORK = 6_000_000
"""Words that are searched for texts, once for each text found; less is looked for in files of megabytes."""


def find(words: Words, index: Index) -> Identification:
    """Known texts in a text, whole or in part, untouched or altered."""
    most = min(MAX_TEXTS, max(MIN_TEXTS, MAX_WORK // max(1, len(words))))
    listed = list(islice(hits(words.shadow, index), most + 1))
    found = sorted(listed[:most], key=lambda found: found.hit.alignment.span)
    taken = [entry.hit.alignment.span for entry in found]
    matches = tuple(_match(entry, taken, words) for entry in found)
    return Identification(matches, None if matches else _near(words, index), len(listed) > most)


def compared(reference: Reference, words: Words) -> Comparison | None:
    """A published text beside a scanned one; None when they have nothing in common."""
    windows = selected(words.shadow) if reference.length >= CLEAR else every(words.shadow)
    alignment = align(reference.shadow, words.shadow, windows)
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
