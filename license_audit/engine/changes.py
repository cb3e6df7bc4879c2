"""What would improve a verdict: a fact declared otherwise, a separate license, duties done."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations

from license_audit.engine.ground import Atom, Bound, Branch, Negation
from license_audit.engine.situation import DERIVED, Kind, Situation, kind_of
from license_audit.engine.solve import Grounded, Solution, Terms, solve
from license_audit.model.facts import Amount, Items
from license_audit.model.profile import Agreement, Fulfilment
from license_audit.model.record import Record, replace
from license_audit.model.report import Change

MAX_CHANGES = 6
AGREEMENTS = "organization.agreements"
DONE = "use.fulfils"
_FIXED = ("use.events", "use.obtained_on", "use.received_as")
"""What has happened cannot be changed."""


class _Try(Record):
    """One change of one fact."""

    path: str
    what: str
    situation: Situation


def changes(terms: Terms, situation: Situation, solution: Solution) -> tuple[Change, ...]:
    """The smallest sets of facts whose change would improve the verdict."""
    if solution.verdict == "conditional" and solution.owed:
        return (Change(what="do what is owed and record it under fulfils", verdict="allowed"),)
    if solution.verdict != "disallowed":
        return ()
    barring = [clause for clause in solution.grounded if clause.bars is True]
    paths = _actionable(barring)
    tries = [attempt for path, values in paths.items() for attempt in _tries(path, values, situation, barring)]
    found = [change for attempt in tries for change in _improved(terms, attempt.what, attempt.situation)]
    if found:
        return tuple(found[:MAX_CHANGES])
    for first, second in combinations(paths, 2):
        freed = replace(situation, free=frozenset({first, second}))
        names = f"{situation.shown(first)} and {situation.shown(second)}"
        both = list(_improved(terms, f"change {names} together", freed))
        if both:
            return tuple(both)
    return ()


def _improved(terms: Terms, what: str, situation: Situation) -> Iterable[Change]:
    solution = solve(terms, situation)
    if solution.verdict != "disallowed":
        yield Change(what=what, verdict=solution.verdict)


def _actionable(barring: Iterable[Grounded]) -> dict[str, set[str]]:
    """Fact paths that somebody can change, each with the values that the barring clauses name."""
    found: dict[str, set[str]] = {}
    for clause in barring:
        if clause.bound.clause.cure == "separate-license":
            found.setdefault(AGREEMENTS, set())
        if clause.bound.acts:
            found.setdefault("use.acts", set()).update(clause.bound.acts)
        for atom in _atoms(clause.bound.when):
            if atom.fact.startswith("use.") and not atom.fact.startswith(_FIXED):
                found.setdefault(atom.fact, set()).update(atom.values)
    return found


def _atoms(condition: Bound) -> list[Atom]:
    if isinstance(condition, Atom):
        return [condition]
    if isinstance(condition, Branch):
        return [atom for part in condition.parts for atom in _atoms(part)]
    return _atoms(condition.part) if isinstance(condition, Negation) else []


def _tries(path: str, values: set[str], situation: Situation, barring: list[Grounded]) -> Iterable[_Try]:
    """Changes of one fact that are worth trying."""
    shown = situation.shown(path)
    if path == AGREEMENTS:
        held = _with_agreements(situation, barring)
        return [_Try(path, "hold a separate license of the licensor", held)]
    if path == DONE:
        return [
            _Try(path, f"do what {token} means and record it under {shown}", _with_done(situation, token))
            for token in sorted(values)
        ]
    value = situation.lookup(path)
    is_other = path in DERIVED and DERIVED[path].source != path
    if is_other or (value is None and kind_of(path).name == "items"):
        return []
    if isinstance(value, Items):
        named = [item for item in value.items if item in values]
        rest = {item: tuple(other for other in value.items if other != item) for item in named}
        return [
            _Try(path, f"leave {item} out of {shown}", _with(situation, path, value.model_copy(update={"items": left})))
            for item, left in rest.items()
            if left
        ]
    if isinstance(value, Amount):
        nothing = value.model_copy(update={"at_least": None, "at_most": Decimal(0), "figures": ()})
        return [_Try(path, f"bring {shown} down to 0", _with(situation, path, nothing))]
    others = [other for other in _others(kind_of(path), values) if other != value]
    return [
        _Try(path, f"make {shown} {_word(other)} (now {_word(value)})", _with(situation, path, other))
        for other in others
    ]


def _others(kind: Kind, values: set[str]) -> list[str | bool]:
    if kind.name == "flag":
        return [True, False]
    return list(kind.values or sorted(values))


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _with_agreements(situation: Situation, barring: list[Grounded]) -> Situation:
    """The situation with a separate license for each text that bars."""
    held = tuple(
        Agreement(licensor=licensor, covers=covers, since=situation.on)
        for clause in barring
        for licensor, covers in _parties(clause.situation)
    )
    organization = situation.organization
    declared = (organization.agreements or ()) + held
    return replace(situation, organization=organization.model_copy(update={"agreements": declared}))


def _parties(situation: Situation) -> Iterable[tuple[str, tuple[str, ...]]]:
    """Licensors who would have to agree, each with what their license would cover."""
    if situation.carriers:
        return ((publisher or "the licensor", (name,)) for name, publisher in situation.carriers)
    return ((next(iter(situation.licensors), "the licensor"), tuple(sorted(situation.names))),)


def _with_done(situation: Situation, token: str) -> Situation:
    """The situation with one more duty shown done."""
    records = (*(situation.use.fulfils or ()), Fulfilment.model_validate({"duty": token}))
    return _with(situation, DONE, records)


def _with(situation: Situation, path: str, value: object) -> Situation:
    """The situation with one fact of the use declared otherwise."""
    _, *names = path.split(".")
    owners = [situation.use]
    for name in names[:-1]:
        owners.append(getattr(owners[-1], name))
    for owner, name in zip(reversed(owners), reversed(names), strict=True):
        value = owner.model_copy(update={name: value})
    return replace(situation, use=value)
