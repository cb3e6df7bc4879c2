"""Whether cases try a line that a clause draws: with figures on all sides of it, with bounds, and with none."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from license_audit.engine.binding import bind_license, comparisons
from license_audit.engine.ground import Atom, measured
from license_audit.engine.situation import Situation, kind_of
from license_audit.model.catalog import Catalog
from license_audit.model.license import License
from license_audit.model.words import TimeMode
from license_audit.readers.cases import Situated

LIMIT = "limit"
"""What the names of parameters that hold a line are, or end with."""
GROWING: tuple[TimeMode | None, ...] = ("any-12-months", "at-any-time")
"""Ways to choose a period in which figures only say how much it is at least; there the figure is that."""
SIDES = ("below", "at", "above", "bounded", "missing")
"""How a figure can stand to a line: three ways where it is exact, bounds that decide it or not, or nothing."""


def untried(
    license_: License, catalog: Catalog, naming: dict[str, list[Situated]], about: Iterable[Situated]
) -> Iterator[tuple[str, str]]:
    """(id of a clause within the license, what no case tries), for each fact that a clause compares with its line.

    `naming` holds, by the id of a clause, cases that name it; `about` those that are about the license. A case tries a
    line when it names the clause or asks for the fact.
    """
    about = tuple(about)
    limits = {clause.id: _limits(clause.with_) for clause in license_.clauses}
    for bound in bind_license(license_, catalog).clauses if any(limits.values()) else ():
        for limit in limits[bound.clause.id]:
            for atom in _lines(comparisons(bound.when), limit):
                named = (_side(atom, license_, case)[0] for case in naming[bound.clause.id])
                asked = ((_side(atom, license_, case), case.case.expect.questions) for case in about)
                tried = {*named, *(side for (side, path), questions in asked if path in questions)}
                left = [side for side in SIDES if side not in tried and (atom.number or side != "below")]
                if left:
                    yield bound.clause.id, f"compares {atom.fact} with {atom.number:,}; not tried: {', '.join(left)}"


def _limits(parameters: Mapping[str, object]) -> list[Decimal]:
    return [Decimal(str(value)) for name, value in parameters.items() if name.endswith(LIMIT)]


def _lines(found: Iterable[object], limit: Decimal) -> Iterator[Atom]:
    """Comparisons of figures with the line, each fact once."""
    seen: set[str] = set()
    for atom in found:
        if isinstance(atom, Atom) and kind_of(atom.fact).name == "amount" and atom.number == limit:
            if atom.fact not in seen:
                yield atom
            seen.add(atom.fact)


def _side(atom: Atom, license_: License, situated: Situated) -> tuple[str, str]:
    """Where the figure of a case stands, as the clause measures it, and the path by which it is asked for."""
    ((name, use),) = situated.profile.uses.items()
    situation = Situation(situated.profile.organization, name, use, situated.case.on, licensors=license_.licensors)
    path, known = measured(atom, situation)
    if not known.low and known.high is None:
        return "missing", path
    is_exact = known.low == known.high or (bool(known.low) and atom.time in GROWING)
    if known.low is None or not is_exact:
        return "bounded", path
    return "at" if known.low == atom.number else "above" if known.low > atom.number else "below", path
