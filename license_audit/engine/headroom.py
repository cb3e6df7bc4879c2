"""How far declared numbers are from the lines that clauses draw."""

from collections.abc import Iterable
from decimal import Context, Decimal

from license_audit.engine.amounts import month_before
from license_audit.engine.binding import comparisons
from license_audit.engine.ground import Atom, measured
from license_audit.engine.sentences import sentence
from license_audit.engine.situation import Situation
from license_audit.engine.solve import Grounded
from license_audit.model.report import Headroom
from license_audit.model.words import Outcome

NUMERIC = ("more-than", "at-least", "less-than", "at-most")
READABLE = Context(prec=28)
_COUNTED = ("organization.agreements.years_held",)
"""Numbers that pass by themselves and that nobody declares."""


def headroom(outcomes: Iterable[tuple[Grounded, Outcome]]) -> tuple[Headroom, ...]:
    """Every line that a number is held against in clauses that the use may come under, each once for a clause.

    Where nothing is declared, the line is told only if the clause waits for it.
    """
    found = (
        (_line(atom, clause, clause.situation), outcome)
        for clause, outcome in outcomes
        if clause.trigger is not False
        for atom in comparisons(clause.bound.when)
        if isinstance(atom, Atom) and atom.op in NUMERIC and atom.fact not in _COUNTED
    )
    telling = (line for line, outcome in found if outcome == "open" or (line.low, line.high) != (None, None))
    return tuple(dict.fromkeys(telling))


def _line(atom: Atom, clause: Grounded, situation: Situation) -> Headroom:
    path, known = measured(atom, situation)
    above = known.above(atom.number, inclusive=atom.op in ("at-least", "less-than"))
    return Headroom(
        clause=clause.bound.id,
        path=path,
        sentence=sentence(atom),
        limit=atom.number,
        currency=_unit(atom, situation),
        low=_told(known.low),
        high=_told(known.high),
        side="open" if above is None else "above" if above else "below",
        is_fixed=_is_over(atom, situation),
    )


def _told(value: Decimal | None) -> Decimal | None:
    """The number with no more digits than anybody reads; the comparison was made with all of them."""
    return None if value is None else READABLE.plus(value)


def _is_over(atom: Atom, situation: Situation) -> bool:
    """Whether the one month that a text names has passed."""
    return atom.time == "fixed-month" and atom.month is not None and atom.month <= month_before(situation.on)


def _unit(atom: Atom, situation: Situation) -> str | None:
    """The currency of the line. Nothing is nothing in every currency, so a line at zero is told in the declared one."""
    declared = situation.lookup(atom.fact) if not atom.number else None
    unit: str | None = atom.currency if declared is None else declared.currency
    return unit
