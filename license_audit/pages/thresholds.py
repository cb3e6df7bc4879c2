"""Figures that clauses draw a line at: which, whose, when measured, and what lifts the bar."""

from collections.abc import Iterable, Mapping
from typing import assert_never

from license_audit.compare_words import TIMES, WHOSE
from license_audit.engine.binding import BoundClause, BoundLicense
from license_audit.engine.ground import Atom, Bound, Branch, Constant, Negation, PolicyTest
from license_audit.engine.sentences import COMPARISONS, EVER, NAMES, TITLES, number
from license_audit.model.page import Table, Words
from license_audit.model.record import Record, replace
from license_audit.model.words import Operator, TimeMode
from license_audit.outputs.html_words import CURES
from license_audit.pages.shelf import Shelf

OPPOSITES: Mapping[Operator, Operator] = {
    "more-than": "at-most",
    "at-most": "more-than",
    "at-least": "less-than",
    "less-than": "at-least",
}
FIXED: TimeMode = "fixed-month"
COLUMNS = ("Section", "What it does", "Figure", "Line", "Whose figure", "Measured", "Cure")


class Line(Record):
    """A figure held against a number."""

    atom: Atom
    """With the comparison under which the clause bites."""
    whose: str
    """Whose figure it is; empty for figures of no period, which are those of the use itself."""

    @property
    def figure(self) -> str:
        """What is counted."""
        fact = self.atom.fact
        return TITLES.get(fact) or NAMES.get(fact) or fact.rpartition(".")[2].replace("_", " ")

    @property
    def told(self) -> str:
        """The line itself."""
        unit = f" {self.atom.currency}" if self.atom.currency else ""
        return f"{COMPARISONS[self.atom.op]} {number(self.atom.number)}{unit}"

    @property
    def measured(self) -> str:
        """When it is measured."""
        mode = TIMES[self.atom.time] if self.atom.time else ""
        if self.atom.month in (None, EVER):
            return mode
        return f"{self.atom.month}, {mode}" if self.atom.time == FIXED else f"{mode}, from {self.atom.month} on"


def lines(bound: BoundClause) -> tuple[Line, ...]:
    """Every line of a clause, each once. Whether there is any money at all is no line that one comes near to."""
    found = (atom for atom in _numbers(bound.when, is_negated=False) if atom.number)
    return tuple(dict.fromkeys(Line(atom, WHOSE[atom.whose] if atom.time else "") for atom in found))


def _numbers(condition: Bound, *, is_negated: bool) -> Iterable[Atom]:
    match condition:
        case Atom():
            if condition.op in OPPOSITES:
                yield replace(condition, op=OPPOSITES[condition.op]) if is_negated else condition
        case Branch():
            for part in condition.parts:
                yield from _numbers(part, is_negated=is_negated)
        case Negation():
            yield from _numbers(condition.part, is_negated=not is_negated)
        case PolicyTest() | Constant():
            pass
        case _:
            assert_never(condition)


def readings_with_lines(license_: BoundLicense) -> Iterable[tuple[BoundClause, Line]]:
    """Every line of a license; those of other readings only where they differ."""
    for bound in license_.clauses:
        own = lines(bound)
        yield from ((bound, line) for line in own)
        for other in license_.alternatives.get(bound.id, ()):
            yield from ((other, line) for line in lines(other) if line not in own)


def table(license_: BoundLicense, shelf: Shelf) -> Table | None:
    """All lines of a license; None where it draws none."""
    rows = tuple(_row(bound, line, license_, shelf) for bound, line in readings_with_lines(license_))
    return Table(COLUMNS, rows) if rows else None


def _row(bound: BoundClause, line: Line, license_: BoundLicense, shelf: Shelf) -> tuple[Words, ...]:
    is_default = license_.by_id[bound.clause.id] is bound
    reading = f" (reading {bound.reading.name})" if bound.reading is not None and not is_default else ""
    cure = CURES[bound.clause.cure] if bound.clause.cure else ""
    return (
        (shelf.clause_link(bound), reading) if reading else (shelf.clause_link(bound),),
        (bound.rule.title,),
        (line.figure,),
        (line.told,),
        (line.whose,),
        (line.measured,),
        (cure,),
    )
