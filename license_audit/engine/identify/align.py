"""Where one text stands in another: runs of words that agree, found by their shadows.

Both ends of a run are pushed outwards as far as the shadows agree; what lies between two runs is a difference. No word
is compared here. Whether words behind equal digits are equal is for the digests to say.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from license_audit.engine.identify.reference import WINDOW

SHORT_WINDOW = 5
"""Words in a window that is looked for between two runs."""
_SMALLER = {SHORT_WINDOW: (3, 60), 3: (2, 16)}
"""Words in the next smaller window, and words of both texts in which it is looked for."""
STRIDE = 32
"""Words that are compared first when a run is pushed outwards; twice as many at each next step."""
SLACK = 12
"""Words that may have been added before the first or after the last run."""
_EVERY = re.compile(rf"(?=([0-9a-f]{{{WINDOW}}}))")
_SELECTED = re.compile(rf"(?=([4c8][0-9a-f]{{{WINDOW - 1}}}))")


class Run(NamedTuple):
    """Words that agree."""

    reference: int
    """First word in the reference."""
    scanned: int
    """First word in the scanned text."""
    length: int


class Gap(NamedTuple):
    """Words between two runs, on either side."""

    reference: int
    reference_end: int
    scanned: int
    scanned_end: int


def selected(shadow: str) -> Iterator[tuple[int, str]]:
    """Windows that start at a word of three of the sixteen kinds: about one word in eight, wherever the text is cut."""
    return ((match.start(), match[1]) for match in _SELECTED.finditer(shadow))


def windows_of(shadow: str) -> list[str]:
    """Every window of a shadow, in order of places; words that are taken are in none."""
    return _EVERY.findall(shadow)


def every(shadow: str) -> list[tuple[int, str]]:
    """Every window with its place. A short text has too few selected ones."""
    return [(at, shadow[at : at + WINDOW]) for at in range(len(shadow) - WINDOW + 1)]


class Alignment:
    """The runs in which a reference and a scanned text agree, in the order of both."""

    def __init__(self, runs: list[Run], reference_length: int) -> None:
        self.runs = runs
        self._length = reference_length

    @cached_property
    def matched(self) -> int:
        """Words of the reference that agree."""
        return sum(run.length for run in self.runs)

    @property
    def span(self) -> tuple[int, int]:
        """First scanned word that agrees, and the word after the last."""
        return self.runs[0].scanned, self.runs[-1].scanned + self.runs[-1].length

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Everything between the runs, and what the reference has before the first and after the last."""
        found = []
        reference, scanned = 0, self.span[0]
        for run in (*self.runs, Run(self._length, self.span[1], 0)):
            if run.reference > reference or run.scanned > scanned:
                found.append(Gap(reference, run.reference, scanned, run.scanned))
            reference, scanned = run.reference + run.length, run.scanned + run.length
        return tuple(found)

    def moves(self, gap: Gap) -> Iterator[Gap]:
        """The same difference some words earlier or later, where the shadows admit it.

        Words with equal digits at an edge leave open which of them was added or left out.
        """
        number = bisect_right(self._firsts, gap.reference_end)
        if gap.reference > 0 and gap.reference_end < self._length and number > 1:
            before, after = self.runs[number - 2 : number]
            for by in (-1, 1, -2, 2, -3, 3, -4, 4):
                if -before.length < by < after.length:
                    yield Gap(gap.reference + by, gap.reference_end + by, gap.scanned + by, gap.scanned_end + by)

    def moved(self, gap: Gap, to: Gap) -> "Alignment":
        """The alignment with a difference moved."""
        by = to.scanned - gap.scanned
        runs = []
        for run in self.runs:
            start, end = run.scanned, run.scanned + run.length
            first = by if start == gap.scanned_end else 0
            last = by if end == gap.scanned else 0
            runs.append(Run(run.reference + first, start + first, run.length - first + last))
        return Alignment(runs, self._length)

    @cached_property
    def _firsts(self) -> list[int]:
        return [run.reference for run in self.runs]

    def start(self, place: int) -> int:
        """The scanned word at which words from `place` on start: the next one that agrees."""
        number = bisect_right(self._firsts, place) - 1
        if number >= 0:
            run = self.runs[number]
            if place < run.reference + run.length:
                return run.scanned + place - run.reference
        return self.runs[number + 1].scanned if number + 1 < len(self.runs) else self.span[1]

    def end(self, place: int) -> int:
        """The scanned word at which words before `place` end: after the last one that agrees."""
        if place <= self._firsts[0]:
            return self.span[0]
        run = self.runs[bisect_right(self._firsts, place - 1) - 1]
        return run.scanned + min(place - run.reference, run.length)

    def agreeing(self, start: int, end: int) -> int:
        """How many words of the reference from `start` up to `end` agree."""
        return sum(
            max(0, min(end, run.reference + run.length) - max(start, run.reference))
            for run in self.runs[max(0, bisect_right(self._firsts, start) - 1) : bisect_right(self._firsts, end)]
        )


def align(reference: str, scanned: str, windows: Iterable[tuple[int, str]]) -> Alignment | None:
    """Align two shadows by windows of the scanned one, roughly; None when nothing agrees."""
    found: list[Run] = []
    done = 0
    for place, window in windows:
        if place < done:
            continue
        at = reference.find(window)
        if at < 0 or reference.find(window, at + 1) >= 0:
            continue
        run = _grown(reference, scanned, at, place)
        found.append(run)
        done = run.scanned + run.length
    chain = list(_trimmed(_chain(found)))
    return Alignment(chain, len(reference)) if chain else None


def refined(reference: str, scanned: str, alignment: Alignment) -> Alignment:
    """An alignment with the runs that shorter windows find between its links, before the first and after the last."""
    return Alignment(list(_joined(reference, scanned, alignment.runs)), len(reference))


def _grown(reference: str, scanned: str, at: int, place: int) -> Run:
    """The whole run around two places that agree."""
    back = _agreeing_before(reference, at, scanned, place)
    forth = _agreeing_after(reference, at, scanned, place)
    return Run(at - back, place - back, back + forth)


def _agreeing_after(left: str, at: int, right: str, place: int) -> int:
    most = min(len(left) - at, len(right) - place)
    low, high = 0, STRIDE
    while high < most and left[at + low : at + high] == right[place + low : place + high]:
        low, high = high, high * 2
    high = min(high, most)
    if left[at + low : at + high] == right[place + low : place + high]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if left[at + low : at + middle] == right[place + low : place + middle]:
            low = middle
        else:
            high = middle
    return low


def _agreeing_before(left: str, at: int, right: str, place: int) -> int:
    most = min(at, place)
    low, high = 0, STRIDE
    while high < most and left[at - high : at - low] == right[place - high : place - low]:
        low, high = high, high * 2
    high = min(high, most)
    if left[at - high : at - low] == right[place - high : place - low]:
        return high
    while high - low > 1:
        middle = (low + high) // 2
        if left[at - middle : at - low] == right[place - middle : place - low]:
            low = middle
        else:
            high = middle
    return low


def _chain(runs: list[Run]) -> list[Run]:
    """The heaviest runs that follow each other in both texts."""
    best: list[tuple[int, int]] = []
    for number, run in enumerate(runs):
        weight, before = run.length, -1
        for earlier in range(number - 1, max(-1, number - 200), -1):
            other = runs[earlier]
            if other.reference < run.reference and best[earlier][0] + run.length > weight:
                weight, before = best[earlier][0] + run.length, earlier
        best.append((weight, before))
    if not best:
        return []
    at = max(range(len(best)), key=lambda number: best[number][0])
    chain = []
    while at >= 0:
        chain.append(runs[at])
        at = best[at][1]
    return chain[::-1]


def _joined(reference: str, scanned: str, chain: list[Run]) -> Iterator[Run]:
    """The chain without overlaps, with the runs that shorter windows find between its links."""
    first, last = chain[0], chain[-1]
    yield from _before(reference, scanned, first)
    for run, following in pairwise(chain):
        yield run
        gap = Gap(run.reference + run.length, following.reference, run.scanned + run.length, following.scanned)
        yield from _between(reference, scanned, gap, SHORT_WINDOW)
    yield last
    yield from _after(reference, scanned, last)


def _trimmed(chain: list[Run]) -> Iterator[Run]:
    """Runs that overlap, as where a word was doubled, give way to the earlier one."""
    reference = scanned = 0
    for run in chain:
        over = max(0, reference - run.reference, scanned - run.scanned)
        if over < run.length:
            kept = Run(run.reference + over, run.scanned + over, run.length - over)
            reference, scanned = kept.reference + kept.length, kept.scanned + kept.length
            yield kept


def _between(reference: str, scanned: str, gap: Gap, size: int) -> Iterator[Run]:
    """Runs inside a difference: several edits close to each other leave too few words for a long window."""
    shorter = min(gap.reference_end - gap.reference, gap.scanned_end - gap.scanned)
    while shorter < size:
        if size not in _SMALLER:
            return
        size = _SMALLER[size][0]
    left = reference[gap.reference : gap.reference_end]
    right = scanned[gap.scanned : gap.scanned_end]
    found = []
    place = 0
    while place <= len(right) - size:
        window = right[place : place + size]
        at = left.find(window)
        if at >= 0 and left.find(window, at + 1) < 0:
            run = _grown(left, right, at, place)
            found.append(run)
            place = run.scanned + run.length
        else:
            place += 1
    runs = [
        Run(run.reference + gap.reference, run.scanned + gap.scanned, run.length) for run in _trimmed(_chain(found))
    ]
    smaller, most = _SMALLER.get(size, (0, 0))
    if smaller and len(left) + len(right) <= most * (len(runs) + 1):
        yield from _filled(reference, scanned, gap, runs, smaller)
    else:
        yield from runs


def _filled(reference: str, scanned: str, gap: Gap, runs: list[Run], size: int) -> Iterator[Run]:
    """The runs, with what smaller windows find before, between and after them."""
    at, place = gap.reference, gap.scanned
    for run in (*runs, Run(gap.reference_end, gap.scanned_end, 0)):
        inner = Gap(at, run.reference, place, run.scanned)
        yield from _between(reference, scanned, inner, size)
        if run.length:
            yield run
        at, place = run.reference + run.length, run.scanned + run.length


def _before(reference: str, scanned: str, first: Run) -> Iterator[Run]:
    """Runs before the first one, near enough to belong to the text."""
    if first.reference:
        start = max(0, first.scanned - first.reference - SLACK)
        yield from _between(reference, scanned, Gap(0, first.reference, start, first.scanned), SHORT_WINDOW)


def _after(reference: str, scanned: str, last: Run) -> Iterator[Run]:
    """Runs after the last one, near enough to belong to the text."""
    at, place = last.reference + last.length, last.scanned + last.length
    left = len(reference) - at
    if left:
        end = min(len(scanned), place + left + SLACK)
        yield from _between(reference, scanned, Gap(at, len(reference), place, end), SHORT_WINDOW)
