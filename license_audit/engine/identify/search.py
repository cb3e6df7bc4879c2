"""Which known texts a scanned text may hold."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from license_audit.engine.identify.align import WINDOW, Alignment, align, selected
from license_audit.engine.identify.index import SHORT, Index
from license_audit.engine.identify.reference import Stored

MAX_TRIED = 12
"""Candidates that are aligned for each text that is found."""
MAX_TEXTS = 40
"""Texts that are looked for in one file."""
MIN_SHARE = 0.5
"""How much of a known text must be there for it to be named."""
MIN_SHARE_SHORT = 0.75
"""The same for a text of few words, which prose may hold by chance."""
FEW = 60
"""Words of a short text."""
MIN_SHARE_LONG = 0.2
"""The same when many words agree: part of a long text."""
MANY = 250
"""Words that no prose holds by chance."""
EDGE = 0.25
"""What a word counts that is missing before or after all that agrees: texts are cut more often than rewritten."""
GAP = 3
"""What a difference counts beyond its words."""
WHOLE = 0.6
"""Share of the best score from which a text without any difference is the better answer."""


class Hit(NamedTuple):
    """A known text and where it stands."""

    text: Stored
    alignment: Alignment
    score: float
    """Words that agree, less words that are missing or were put between."""
    share: float
    """Words that agree of those that every copy has."""


def hits(shadow: str, index: Index) -> Iterator[Hit]:
    """Known texts that a shadow holds, best first, each in words that none before it took."""
    windows = list(selected(shadow))
    for _ in range(MAX_TEXTS):
        best = _best(shadow, windows, index)
        if best is None:
            return
        yield best
        start, end = best.alignment.span
        windows = [(at, window) for at, window in windows if at + WINDOW <= start or at >= end]
        shadow = shadow[:start] + "." * (end - start) + shadow[end:]


def _best(shadow: str, windows: list[tuple[int, str]], index: Index) -> Hit | None:
    counts: Counter[int] = Counter()
    for _, window in windows:
        counts.update(index.holding(window))
    for window in index.short.keys() & {shadow[at : at + WINDOW] for at in range(len(shadow) - WINDOW + 1)}:
        for number in index.short[window]:
            counts[number] += 1
    ranked = sorted(counts, key=lambda number: _promise(counts[number], index.text(number).length), reverse=True)
    tried = (_hit(index.text(number), shadow, windows) for number in ranked[:MAX_TRIED])
    found = sorted((hit for hit in tried if hit is not None), key=lambda hit: hit.score, reverse=True)
    whole = (hit for hit in found if not hit.alignment.gaps and hit.score >= WHOLE * found[0].score)
    return next(whole, found[0] if found else None)


def _promise(count: int, length: int) -> float:
    """A guess at the score before aligning: one word in eight starts a selected window."""
    return count * (8 if length >= SHORT else 1) - EDGE * length


def _hit(text: Stored, shadow: str, windows: list[tuple[int, str]]) -> Hit | None:
    if text.length < SHORT:
        windows = [(at, shadow[at : at + WINDOW]) for at in range(len(shadow) - WINDOW + 1)]
    alignment = align(text.shadow, shadow, windows)
    if alignment is None:
        return None
    spare = sum(
        unit.end - unit.start - alignment.agreeing(unit.start, unit.end) for unit in text.units if unit.optional
    )
    needed = text.length - spare
    matched = alignment.matched
    share = matched / needed
    least = MIN_SHARE_SHORT if needed < FEW else MIN_SHARE_LONG if matched > MANY else MIN_SHARE
    if share < least:
        return None
    first, last = alignment.runs[0], alignment.runs[-1]
    start, end = alignment.span
    inside = last.reference + last.length - first.reference - matched
    edges = max(0, needed - matched - inside)
    between = end - start - matched
    score = matched - inside - between - GAP * (len(alignment.runs) - 1) - EDGE * edges
    return Hit(text, alignment, score, share)
