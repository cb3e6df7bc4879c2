"""A scanned text beside the published one, piece by piece.

Every scanned word between the first and the last that agree is accounted for: it belongs to the fixed words of a unit,
which its digest covers; or it stands where words may differ, and is held against what may stand there; or it was added.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal, NamedTuple

from license_audit.engine.identify import tolerance
from license_audit.engine.identify.align import Alignment, Gap
from license_audit.engine.identify.reference import TITLE, Reference, Unit, Variable, fits
from license_audit.engine.identify.words import Words, digest, equal_spelling

MAX_TITLE = 5
"""Words that a copy may add to a title."""
MAX_NUMBER = 3
"""Words that may number one section."""
Kind = Literal["changed", "added", "removed"]


class Change(NamedTuple):
    """A section that is not as published."""

    kind: Kind
    section: str
    """The text's own numbering; `before` or `after` for what stands beside the text."""
    lines: tuple[int, int]
    """First and last line of the scanned text, counted from 1; where the section would stand, if it was removed."""


class Place(NamedTuple):
    """Where a section stands in the scanned text."""

    section: str
    start: int
    """Its first word."""
    end: int
    """The word after its last."""


class Loose(NamedTuple):
    """Words of the reference that may differ: numbering, or a variable part."""

    start: int
    end: int
    variable: Variable | None


class Comparison:
    """One published text beside one scanned text."""

    def __init__(self, reference: Reference, scanned: Words, alignment: Alignment) -> None:
        self.reference = reference
        self.scanned = scanned
        self.alignment = alignment
        self.title = tolerance.title_words(reference.identity.title)
        self._words = equal_spelling(scanned.words)
        self._loose = sorted(
            [
                *(Loose(start, end, None) for start, end in reference.numbering),
                *(Loose(part.start, part.end, part) for part in reference.variables),
            ],
            key=lambda loose: loose[:2],
        )
        self._harmless: set[Gap] = set()
        for gap in alignment.gaps:
            harmless = next(filter(self._is_harmless, (gap, *self._moves(gap))), None)
            if harmless is not None:
                self._harmless.add(harmless)
                if harmless != gap:
                    self.alignment = self.alignment.moved(gap, harmless)

    def changes(self) -> list[Change]:
        """Every section that differs, in the order of the scanned text."""
        found: list[tuple[int, Change]] = []
        for unit in self.reference.units:
            if not self._is_same(unit):
                found += self._told(unit)
        for gap in self.alignment.gaps:
            if gap.scanned < gap.scanned_end and gap not in self._harmless and self._is_between(gap):
                lines = self.scanned.lines(gap.scanned, gap.scanned_end)
                found.append((gap.scanned, Change("added", self._section_before(gap.reference), lines)))
        for loose in self._loose:
            if not self._admits(loose):
                start, end = self._around(loose.start, loose.end)
                change = Change("changed", self._section_of(loose.start), self.scanned.lines(start, end))
                found.append((start, change))
        return _merged(change for _, change in sorted(found))

    def places(self) -> list[Place]:
        """Where each section stands."""
        found: list[Place] = []
        for unit in self.reference.units:
            start, end = self._inside(unit.start, unit.end)
            if start >= end:
                continue
            if found and found[-1].section == unit.section:
                found[-1] = Place(unit.section, found[-1].start, end)
            else:
                found.append(Place(unit.section, start, end))
        return found

    def _inside(self, start: int, end: int) -> tuple[int, int]:
        """Scanned words of a stretch of the reference, without what was put in at its edges."""
        return self.alignment.start(start), self.alignment.end(end)

    def _around(self, start: int, end: int) -> tuple[int, int]:
        """Scanned words between those that stand before and after a stretch of the reference."""
        return self.alignment.end(start), self.alignment.start(end)

    def _is_same(self, unit: Unit) -> bool:
        if not self.alignment.agreeing(unit.start, unit.end):
            return self._is_gone(unit) if unit.presence else self._is_loose(unit.start, unit.end)
        if digest(self._kept(unit, without_harmless=False)) == unit.digest:
            return True
        if self._harmless and digest(self._kept(unit, without_harmless=True)) == unit.digest:
            return True
        return unit.presence == TITLE and self._names_it(unit)

    def _is_gone(self, unit: Unit) -> bool:
        """Whether a unit that a copy may be without is not there, and nothing stands in its place."""
        if not unit.presence or self.alignment.agreeing(unit.start, unit.end):
            return False
        return not self._without_harmless(*self._around(unit.start, unit.end))

    def _names_it(self, unit: Unit) -> bool:
        """Whether the scanned words are no more than a title still, with no other number in it."""
        start, end = self._inside(unit.start, unit.end)
        added = [
            word
            for gap in self.alignment.gaps
            if gap.reference < unit.end and gap.reference_end >= unit.start
            for word in self._words[gap.scanned : gap.scanned_end]
        ]
        text = " ".join(self._words[start:end])
        return (
            len(added) <= MAX_TITLE
            and not any(mark.isdigit() for word in added for mark in word)
            and not tolerance.tells(text, self.title)
        )

    def _kept(self, unit: Unit, *, without_harmless: bool) -> list[str]:
        """The scanned words of a unit that stand where the published words are fixed."""
        found: list[str] = []
        place = unit.start
        for loose in self._loose:
            if loose.end <= place:
                continue
            if loose.start >= unit.end:
                break
            if place < loose.start:
                found += self._between(place, loose.start, without_harmless=without_harmless)
            place = loose.end
        if place < unit.end:
            found += self._between(place, unit.end, without_harmless=without_harmless)
        return found

    def _between(self, start: int, end: int, *, without_harmless: bool) -> Iterable[str]:
        first, last = self._inside(start, end)
        if not without_harmless:
            return self._words[first:last]
        skipped = [gap for gap in self._harmless if first <= gap.scanned and gap.scanned_end <= last]
        found: list[str] = []
        for gap in sorted(skipped, key=lambda gap: gap.scanned):
            found += self._words[first : gap.scanned]
            first = gap.scanned_end
        return [*found, *self._words[first:last]]

    def _told(self, unit: Unit) -> Iterable[tuple[int, Change]]:
        """What to say of a unit that is not the same."""
        if not self.alignment.agreeing(unit.start, unit.end):
            start, end = self._around(unit.start, unit.end)
            yield start, Change("removed" if start >= end else "changed", unit.section, self.scanned.lines(start, end))
            return
        touched = [
            gap
            for gap in self.alignment.gaps
            if gap not in self._harmless and gap.reference < unit.end and unit.start < gap.reference_end
        ]
        for gap in touched:
            yield gap.scanned, Change("changed", unit.section, self.scanned.lines(gap.scanned, gap.scanned_end))
        if not touched:
            start, end = self._inside(unit.start, unit.end)
            yield start, Change("changed", unit.section, self.scanned.lines(start, end))

    def _is_between(self, gap: Gap) -> bool:
        """Whether words were put in between two units, where nothing may differ."""
        if gap.reference < gap.reference_end or any(self._touches(loose, gap) for loose in self._loose):
            return False
        return not any(unit.start < gap.reference < unit.end for unit in self.reference.units)

    def _touches(self, loose: Loose, gap: Gap) -> bool:
        return loose.start <= gap.reference <= loose.end

    def _section_before(self, place: int) -> str:
        sections = [unit.section for unit in self.reference.units if unit.end <= place]
        return sections[-1] if sections else self.reference.units[0].section

    def _section_of(self, place: int) -> str:
        return next(unit.section for unit in self.reference.units if unit.start <= place <= unit.end)

    def _is_loose(self, start: int, end: int) -> bool:
        """Whether a stretch of the reference holds nothing that is fixed."""
        for loose in self._loose:
            if loose.start <= start:
                start = max(start, loose.end)
        return start >= end

    def _admits(self, loose: Loose) -> bool:
        """Whether what stands in place of loose words may stand there."""
        if any(unit.start <= loose.start < unit.end and self._is_gone(unit) for unit in self.reference.units):
            return True
        start, end = self._around(loose.start, loose.end)
        words = self._without_harmless(start, end)
        if loose.variable is None:
            return len(words) <= MAX_NUMBER and all(map(tolerance.is_number, words))
        if self._is_in_title(loose.start):
            return len(words) <= loose.end - loose.start + MAX_TITLE
        if self._may_stand(loose.variable, words, start, end):
            return True
        start, end = self._inside(loose.start, loose.end)
        return self._may_stand(loose.variable, self._words[start:end], start, end) and not self._uncovered(loose)

    def _may_stand(self, variable: Variable, words: Sequence[str], start: int, end: int) -> bool:
        """Whether words, those from `start` up to `end` less what is harmless, are a wording of a variable part."""
        if fits(variable, words, 0) and len(words) == end - start:
            return True
        if len(words) > MAX_NUMBER and tolerance.tells(" ".join(words), self.title):
            return False
        if not fits(variable, words, tolerance.MAX_FREE):
            return False
        if end - start < tolerance.MIN_CLAUSE:
            return True
        after = "" if start == 0 or self._opens_unit(variable) else self.scanned.between(start - 1, start)
        text = self.scanned.between(start, end)
        return not tolerance.has_break(after) and not tolerance.says_more(text, self.title)

    def _opens_unit(self, variable: Variable) -> bool:
        """Whether nothing but numbering stands before a variable part in its paragraph."""
        return any(
            unit.start <= variable.start < min(unit.end, variable.end) and self._is_loose(unit.start, variable.start)
            for unit in self.reference.units
        )

    def _uncovered(self, loose: Loose) -> bool:
        """Whether words at the edges of a variable part belong neither to it nor to the fixed words beside it."""
        outer, inner = self._around(loose.start, loose.end), self._inside(loose.start, loose.end)
        edges = [*self._without_harmless(outer[0], inner[0]), *self._without_harmless(inner[1], outer[1])]
        return not all(map(tolerance.is_number, edges))

    def _without_harmless(self, start: int, end: int) -> list[str]:
        found: list[str] = []
        for gap in sorted(self._harmless, key=lambda gap: gap.scanned):
            if start <= gap.scanned and gap.scanned_end <= end:
                found += self._words[start : gap.scanned]
                start = gap.scanned_end
        return [*found, *self._words[start:end]]

    def _is_in_title(self, place: int) -> bool:
        titles = (unit for unit in self.reference.units if unit.presence == TITLE)
        return any(unit.start <= place < unit.end for unit in titles)

    def _moves(self, gap: Gap) -> Iterator[Gap]:
        """Places of a difference in which both texts still agree around it, one digit for each word."""
        if gap.reference < gap.reference_end and gap.scanned < gap.scanned_end:
            return
        reference, scanned = self.reference.shadow, self.scanned.shadow
        for move in self.alignment.moves(gap):
            first, last = sorted((gap, move))
            before = reference[first.reference : last.reference] == scanned[first.scanned : last.scanned]
            after = reference[first.reference_end : last.reference_end] == scanned[first.scanned_end : last.scanned_end]
            if before and after:
                yield move

    def _is_harmless(self, gap: Gap) -> bool:
        """Whether a difference is one of numbering, copyright lines or page furniture alone."""
        if not self._is_loose(gap.reference, gap.reference_end):
            return False
        words = self._words[gap.scanned : gap.scanned_end]
        if len(words) <= MAX_NUMBER and all(map(tolerance.is_number, words)):
            replaced = gap.reference < gap.reference_end
            places = range(gap.scanned, gap.scanned_end)
            if replaced or all(self.scanned.opens_line(place) or self._is_bracketed(place) for place in places):
                return True
        return gap.scanned < gap.scanned_end and self._is_furniture(gap)

    def _is_furniture(self, gap: Gap) -> bool:
        """Whether what was put in are whole lines that say nothing."""
        if gap.scanned_end - gap.scanned > tolerance.MAX_FREE or not self.scanned.opens_line(gap.scanned):
            return False
        text = self.scanned.between(gap.scanned, gap.scanned_end)
        after = text[max(map(text.rfind, self.scanned.words[gap.scanned_end - 1])) :]
        ends = "\n" in after or gap.scanned_end == len(self._words)
        return ends and tolerance.is_furniture(text.split("\n"), self.title, self._repeated)

    @cached_property
    def _repeated(self) -> set[str]:
        """Lines that stand in the text more than once, numbers aside: the heads and feet of its pages."""
        lines = Counter(map(tolerance.without_numbers, self.scanned.text.split("\n")))
        return {line for line, count in lines.items() if count > 1}

    def _is_bracketed(self, place: int) -> bool:
        start = self.scanned.starts[place]
        text = self.scanned.text
        return text[start - 1 : start] == "(" and text[start + len(self.scanned.words[place]) :][:1] == ")"


def _merged(changes: Iterable[Change]) -> list[Change]:
    """Changes of one kind in one section as one."""
    found: list[Change] = []
    for change in changes:
        if found and found[-1][:2] == change[:2] and change.lines[0] <= found[-1].lines[1] + 1:
            lines = found[-1].lines[0], max(found[-1].lines[1], change.lines[1])
            found[-1] = change._replace(lines=lines)
        else:
            found.append(change)
    return found
