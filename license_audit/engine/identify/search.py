"""Which known texts a scanned text may hold."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from license_audit.engine.identify.align import Alignment, align, every, refined, selected, windows_of
from license_audit.engine.identify.index import SHORT, Index
from license_audit.engine.identify.reference import Stored

MAX_TRIED = 24
"""Candidates that are aligned for each text that is found."""
MAX_WORDS = 30_000
"""Words of the candidates after which no more are aligned: long texts have few siblings."""
MIN_SHARE = 0.5
"""How much of a known text must be there for it to be named."""
MIN_SHARE_SHORT = 0.75
"""The same for a text of few words, which prose may hold by chance."""
FEW = 60
"""Words of a short text."""
MIN_SHARE_LONG = 0.2
"""The same when many words agree: part of a long text."""
NEAR = 16
"""Words that must agree for an unknown text to be near a known one."""
MIN_NEAR = 0.03
"""Part of a known text that must be there for an unknown one to be near it."""
MANY = 250
"""Words that no prose holds by chance."""
TAKEN = "."
"""Stands in a shadow for a word that a text took."""
MIN_TEXT = 12
"""Words of the shortest text that is known."""
SELECTED = 8
"""Words of which one starts a selected window."""
CLOSE = 0.85
"""Share of the best rough score from which a candidate is aligned closely."""
BRIEF = 700
"""Words of a brief text. Such texts have many siblings, and long windows miss much of them."""
CLOSE_BRIEF = 0.3
"""The same share for a brief text."""
MIN_CLOSE = 4
"""Candidates that are aligned closely, however long they are."""
MAX_CLOSE = 6_000
"""Words of the candidates that are aligned closely where none agrees as a whole."""
ALMOST = 0.9
"""The same share beside a candidate that agrees without a gap: only longer texts could agree in more."""
LEAST = 0.5
"""Share of the words that agree with the best candidate that another must have to be tried."""
TAIL = 0.02
"""What a word counts that is missing after all that agrees: copies are cut off more often than they are rewritten."""
HEAD = 0.5
"""What a word counts that is missing before all that agrees."""
RANK = 0.1
"""What a word of a candidate counts against it before it is aligned."""
STRAY = 5
"""Words between a title and its text from which the title is another's."""
GAP = 4
"""What a difference counts beyond its words."""
WHOLE = 0.98
"""Part of its words from which a text is there as a whole."""
ERRORS = 2
"""Words that a text must agree in, for each word of its differences, to be preferred to one without a difference."""
CHANCE = 4
"""Words beside a text in which a longer one may agree by chance."""
CLEAR = 300
"""Words from which selected windows are enough to align a text roughly."""


class Hit(NamedTuple):
    """A known text and where it stands."""

    number: int
    text: Stored
    alignment: Alignment
    score: float
    """Words that agree, less words that are missing or were put between."""
    share: float
    """Words that agree of those that every copy has."""

    errors: int
    """Words of differences, of both texts."""

    def says_less_than(self, other: "Hit") -> bool:
        """Whether a text without any difference is the better answer, this one agreeing in few words more."""
        more = self.alignment.matched - other.alignment.matched
        chance = CHANCE if self.share <= WHOLE else 0
        return not other.errors and other.share > WHOLE and more < max(chance, ERRORS * self.errors)


class Found(NamedTuple):
    """The text that a place in a file holds."""

    hit: Hit
    others: tuple[Hit, ...]
    """Other published copies of the same text, and texts that agree in the very same words."""


def hits(shadow: str, index: Index) -> Iterator[Found]:
    """Known texts that a shadow holds, best first, each in words that none before it took."""
    while (best := _best(shadow, index)) is not None:
        yield best
        start, end = best.hit.alignment.span
        shadow = shadow[:start] + TAKEN * (end - start) + shadow[end:]
        if max(map(len, shadow.split(TAKEN))) < MIN_TEXT:
            return


def nearest(shadow: str, index: Index) -> Hit | None:
    """The known text that comes nearest; None when nothing comes near."""
    near = max(_candidates(shadow, index), key=lambda hit: hit.share, default=None)
    return near if near is not None and near.alignment.matched >= NEAR and near.share >= MIN_NEAR else None


def _best(shadow: str, index: Index) -> Found | None:
    found = [hit for hit in _candidates(shadow, index) if _is_enough(hit)]
    if not found:
        return None
    best = next(filter(found[0].says_less_than, found[1:]), found[0])
    others = (
        hit
        for hit in found
        if hit is not best
        and (hit.text.identity.key == best.text.identity.key or hit.alignment.runs == best.alignment.runs)
    )
    return Found(best, tuple(others))


def _candidates(shadow: str, index: Index) -> list[Hit]:
    """Known texts that share windows with a shadow, best first."""
    windows = list(selected(shadow))
    counts: Counter[int] = Counter()
    for _, window in windows:
        counts.update(index.holding(window))
    counts.update(index.short(windows_of(shadow)))
    rough = sorted(_tried(counts, shadow, windows, index), key=lambda hit: hit.score, reverse=True)
    if rough and rough[0].alignment.gaps:
        return sorted(_close(rough, shadow), key=lambda hit: hit.score, reverse=True)
    return rough


def _close(rough: list[Hit], shadow: str) -> Iterator[Hit]:
    """The best of the candidates, aligned closely, with every copy of the text that is best."""
    words = 0
    for number, hit in enumerate(rough):
        words += hit.text.length
        near = hit.score >= (CLOSE if hit.text.length > BRIEF else CLOSE_BRIEF) * rough[0].score
        if hit.text.identity.key == rough[0].text.identity.key or (near and (number < MIN_CLOSE or words <= MAX_CLOSE)):
            alignment = refined(hit.text.shadow, shadow, hit.alignment)
            yield _hit(hit.number, hit.text, _without_stray(hit.text, alignment))


def _without_stray(text: Stored, alignment: Alignment) -> Alignment:
    """Without words before a text that agree with its title by chance: another line stands between."""
    runs = alignment.runs
    while len(runs) > 1:
        first, second = runs[:2]
        between = second.scanned - first.scanned - first.length
        end = first.reference + first.length
        if between <= STRAY or text.spare.count(2, 0, end) < end:
            break
        runs = runs[1:]
    return alignment if runs is alignment.runs else Alignment(runs, text.length)


def _is_enough(hit: Hit) -> bool:
    """Whether so much of a text is there that it may be named."""
    if hit.alignment.matched > MANY:
        return hit.share >= MIN_SHARE_LONG
    return hit.share >= (MIN_SHARE_SHORT if hit.text.length < FEW else MIN_SHARE)


def _tried(counts: Counter[int], shadow: str, windows: list[tuple[int, str]], index: Index) -> Iterator[Hit]:
    """The most promising candidates, aligned."""
    agreeing = {
        number: count * (SELECTED if index.text(number).length >= SHORT else 1) for number, count in counts.items()
    }
    least = LEAST * max(agreeing.values(), default=0)
    promises = {number: words - RANK * index.text(number).length for number, words in agreeing.items() if words > least}
    tried, enough = 0, 0.0
    all_windows: list[tuple[int, str]] = []
    for number in sorted(promises, key=promises.__getitem__, reverse=True)[:MAX_TRIED]:
        text = index.text(number)
        if tried > MAX_WORDS or agreeing[number] < enough:
            return
        tried += text.length
        if text.length < CLEAR:
            all_windows = all_windows or every(shadow)
        alignment = align(text.shadow, shadow, all_windows if text.length < CLEAR else windows)
        if alignment is None:
            continue
        yield _hit(number, text, alignment)
        if not alignment.gaps:
            enough = max(enough, ALMOST * agreeing[number])


def _hit(number: int, text: Stored, alignment: Alignment) -> Hit:
    gaps, spare = alignment.gaps, text.spare
    missing = [spare.count(0, gap.reference, gap.reference_end) for gap in gaps]
    needed = spare.count(0)
    matched = max(0, needed - sum(missing))
    loose = spare.count(2) - sum(spare.count(2, gap.reference, gap.reference_end) for gap in gaps)
    score, errors = float(alignment.matched - loose), 0
    for gap, lost in zip(gaps, missing, strict=True):
        added = gap.scanned_end - gap.scanned
        if gap.reference_end == text.length:
            score -= TAIL * lost
        elif gap.reference == 0:
            score -= HEAD * lost
        elif lost or gap.reference == gap.reference_end:
            score -= GAP + lost + added
            errors += lost + added
        else:
            score -= added / GAP
    return Hit(number, text, alignment, score, matched / max(1, needed), errors)
