"""A scanned text beside the published one, piece by piece."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from license_audit.engine.identify import tolerance
from license_audit.engine.identify.align import Alignment, Gap
from license_audit.engine.identify.reference import Presence, Reference, Unit, Variable, fits
from license_audit.engine.identify.words import Words, digest, equal_spelling

MAX_TITLE = 14
"""Words that a copy may add to a title."""
Kind = Literal["changed", "added", "removed"]


class Change(NamedTuple):
    """A section that is not as published."""

    kind: Kind
    section: str
    lines: tuple[int, int]
    """First and last line of the scanned text; where the section would stand, if it was removed."""


class Place(NamedTuple):
    """Where a section stands in the scanned text."""

    section: str
    start: int
    """Its first word."""
    end: int
    """The word after its last."""


class Comparison:
    """One published text beside one scanned text."""

    def __init__(self, reference: Reference, scanned: Words, alignment: Alignment) -> None:
        self.reference = reference
        self.scanned = scanned
        self.alignment = alignment
        self._words = equal_spelling(scanned.words)
        self._loose = [*reference.numbering, *((part.start, part.end) for part in reference.variables)]
        self._loose.sort()
        self.title = tolerance.title_words(reference.identity.title)
        self._harmless: set[Gap] = set()
        for gap in alignment.gaps:
            harmless = next(filter(self._is_harmless, (gap, *self._moves(gap))), None)
            if harmless is not None:
                self._harmless.add(harmless)
                if harmless != gap:
                    self.alignment = self.alignment.moved(gap, harmless)

    def _moves(self, gap: Gap) -> Iterator[Gap]:
        """Places of a difference in which both texts still agree around it, one digit for each word."""
        reference, scanned = self.reference.shadow, self.scanned.shadow
        for move in self.alignment.moves(gap):
            first, last = sorted((gap, move))
            before = reference[first.reference : last.reference] == scanned[first.scanned : last.scanned]
            after = (
                reference[first.reference_end : last.reference_end] == scanned[first.scanned_end : last.scanned_end]
            )
            if before and after:
                yield move

    def changes(self) -> list[Change]:
        """Every section that differs, in the order of the scanned text."""
        found: list[tuple[int, Change]] = []
        for unit in self.reference.units:
            if not self._same(unit):
                found += self._told(unit)
        for gap in self.alignment.gaps:
            boundary = gap.reference == gap.reference_end and not self._inside(gap)
            if boundary and gap not in self._harmless:
                section = self._section_before(gap.reference)
                found.append((gap.scanned, Change("added", section, self.scanned.lines(gap.scanned, gap.scanned_end))))
        for variable in self.reference.variables:
            if not self._variable_fits(variable) and not self._in_title(variable):
                start, end = self._scanned(variable.start, variable.end)
                change = Change("changed", self._section_of(variable.start), self.scanned.lines(start, end))
                found.append((start, change))
        return _merged(change for _, change in sorted(found))

    def places(self) -> list[Place]:
        """Where each section stands."""
        found: list[Place] = []
        for unit in self.reference.units:
            start, end = self._scanned(unit.start, unit.end)
            if start >= end:
                continue
            if found and found[-1].section == unit.section:
                found[-1] = Place(unit.section, found[-1].start, end)
            else:
                found.append(Place(unit.section, start, end))
        return found

    def _same(self, unit: Unit) -> bool:
        if not self.alignment.agreeing(unit.start, unit.end):
            if unit.presence:
                return self.alignment.end(unit.end) <= self.alignment.start(unit.start)
            return self._only_loose(unit.start, unit.end)
        if digest(self._kept(unit, without_harmless=False)) == unit.digest:
            return True
        if self._harmless and digest(self._kept(unit, without_harmless=True)) == unit.digest:
            return True
        return unit.presence == Presence.TITLE and self._names_it(unit)

    def _names_it(self, unit: Unit) -> bool:
        """Whether the scanned words still are no more than a title."""
        start, end = self._scanned(unit.start, unit.end)
        text = " ".join(self._words[start:end])
        return end - start <= MAX_TITLE + unit.end - unit.start and not tolerance.tells(text, self.title)

    def _kept(self, unit: Unit, *, without_harmless: bool) -> list[str]:
        """The scanned words of a unit that stand where the published words are fixed."""
        found: list[str] = []
        place = unit.start
        for first, last in [*self._loose, (unit.end, unit.end)]:
            if last < place or last <= unit.start and last != unit.end:
                continue
            stop = min(first, unit.end)
            if place < stop:
                found += self._between(place, stop, without_harmless=without_harmless)
            place = max(place, last)
            if place >= unit.end:
                break
        return found

    def _between(self, start: int, end: int, *, without_harmless: bool) -> Iterable[str]:
        first, last = self._scanned(start, end)
        if not without_harmless:
            return self._words[first:last]
        skipped = [gap for gap in self._harmless if first <= gap.scanned and gap.scanned_end <= last]
        found: list[str] = []
        for gap in sorted(skipped, key=lambda gap: gap.scanned):
            found += self._words[first : gap.scanned]
            first = gap.scanned_end
        return [*found, *self._words[first:last]]

    def _scanned(self, start: int, end: int) -> tuple[int, int]:
        return self.alignment.start(start), self.alignment.end(end)

    def _told(self, unit: Unit) -> Iterable[tuple[int, Change]]:
        if not self.alignment.agreeing(unit.start, unit.end):
            gap = next(gap for gap in self.alignment.gaps if gap.reference <= unit.start and unit.end <= gap.reference_end)
            gone = gap.scanned == gap.scanned_end
            lines = self.scanned.lines(gap.scanned, gap.scanned_end)
            yield gap.scanned, Change("removed" if gone else "changed", unit.section, lines)
            return
        touched = [
            gap
            for gap in self.alignment.gaps
            if gap not in self._harmless and gap.reference < unit.end and gap.reference_end > unit.start
            or (gap not in self._harmless and unit.start < gap.reference == gap.reference_end < unit.end)
        ]
        for gap in touched:
            yield gap.scanned, Change("changed", unit.section, self.scanned.lines(gap.scanned, gap.scanned_end))
        if not touched:
            start, end = self._scanned(unit.start, unit.end)
            yield start, Change("changed", unit.section, self.scanned.lines(start, end))

    def _inside(self, gap: Gap) -> bool:
        return any(unit.start < gap.reference < unit.end for unit in self.reference.units)

    def _section_before(self, place: int) -> str:
        sections = [unit.section for unit in self.reference.units if unit.end <= place]
        return sections[-1] if sections else self.reference.units[0].section

    def _section_of(self, place: int) -> str:
        return next(unit.section for unit in self.reference.units if unit.start <= place <= unit.end)

    def _in_title(self, variable: Variable) -> bool:
        titles = (unit for unit in self.reference.units if unit.presence == Presence.TITLE)
        return any(unit.start <= variable.start < unit.end for unit in titles)

    def _only_loose(self, start: int, end: int) -> bool:
        for first, last in self._loose:
            if first <= start:
                start = max(start, last)
        return start >= end

    def _variable_fits(self, variable: Variable) -> bool:
        start, end = self._scanned(variable.start, variable.end)
        words = list(self._words[start:end])
        return fits(variable, words, tolerance.MAX_FREE) and not (
            len(words) > 2 and tolerance.tells(" ".join(words), self.title)
        )

    def _is_harmless(self, gap: Gap) -> bool:
        """Whether a difference is one of numbering, copyright lines or page furniture alone."""
        if not self._only_loose(gap.reference, gap.reference_end):
            return False
        words = self._words[gap.scanned : gap.scanned_end]
        if len(words) <= 2 and all(map(tolerance.is_number, words)):
            return gap.reference < gap.reference_end or all(
                self.scanned.opens_line(place) or self._bracketed(place)
                for place in range(gap.scanned, gap.scanned_end)
            )
        if len(words) > tolerance.MAX_FREE or not self.scanned.opens_line(gap.scanned):
            return False
        text = self.scanned.between(gap.scanned, gap.scanned_end)
        ends = text.rstrip(" \t#*/;|>-").endswith("\n") or gap.scanned_end == len(self._words)
        return ends and tolerance.is_furniture(text.split("\n"), self.title, self._repeated)

    @cached_property
    def _repeated(self) -> set[str]:
        """Lines that stand in the text more than once, numbers aside: the heads and feet of its pages."""
        lines = Counter(map(tolerance.without_numbers, self.scanned.text.split("\n")))
        return {line for line, count in lines.items() if count > 1}

    def _bracketed(self, place: int) -> bool:
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
