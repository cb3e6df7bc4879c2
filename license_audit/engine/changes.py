"""What would improve a verdict: a fact declared otherwise, a separate license, duties done."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import combinations

from license_audit.engine.ground import Atom, Bound, Branch, Negation
from license_audit.engine.situation import Situation, kind_of
from license_audit.engine.solve import SEVERITY, Grounded, Solution, Terms, solve
from license_audit.model.facts import Items
from license_audit.model.report import Change
from license_audit.model.words import Verdict

MAX_CHANGES = 6
_FIXED = ("evidence.", "work.", "use.events", "use.obtained_on", "organization.claims_against", "organization.kind")
"""What nobody can decide to change."""


def changes(terms: Terms, situation: Situation, solution: Solution) -> tuple[Change, ...]:
    """The smallest sets of facts whose change would improve the verdict."""
    if solution.verdict == "conditional" and solution.owed:
        return (Change(what="do what is owed and record it under fulfils", verdict="allowed"),)
    if solution.verdict != "disallowed":
        return ()
    barring = [clause for clause in solution.grounded if clause.bars is True]
    paths = _actionable(barring)
    single = [found for path in paths for found in _alone(path, terms, situation)]
    if single:
        return tuple(single[:MAX_CHANGES])
    for pair in combinations(paths, 2):
        verdict = _best(terms, replace(situation, free=frozenset(pair)))
        if verdict != "disallowed":
            names = " and ".join(situation.shown(path) for path in pair)
            return (Change(what=f"change {names} together", verdict=verdict),)
    return ()


def _actionable(barring: Iterable[Grounded]) -> list[str]:
    found: dict[str, None] = {}
    for clause in barring:
        if clause.bound.clause.cure == "separate-license":
            found["organization.agreements"] = None
        if clause.bound.acts:
            found["use.acts"] = None
        found |= dict.fromkeys(_facts(clause.bound.when))
    return [path for path in found if not path.startswith(_FIXED)]


def _facts(condition: Bound) -> list[str]:
    if isinstance(condition, Atom):
        return [condition.fact]
    if isinstance(condition, Branch):
        return [path for part in condition.parts for path in _facts(part)]
    return _facts(condition.part) if isinstance(condition, Negation) else []


def _alone(path: str, terms: Terms, situation: Situation) -> Iterable[Change]:
    """Changes of one fact that are enough."""
    shown = situation.shown(path)
    if path == "organization.agreements":
        verdict = _best(terms, replace(situation, free=frozenset({path})))
        if verdict != "disallowed":
            yield Change(what="hold a separate license of the licensor", verdict=verdict)
        return
    kind, value = kind_of(path), situation.lookup(path)
    if kind.name == "items" and isinstance(value, Items):
        for item in value.items:
            rest = value.model_copy(update={"items": tuple(other for other in value.items if other != item)})
            verdict = _best(terms, _with(situation, path, rest))
            if rest.items and verdict != "disallowed":
                yield Change(what=f"leave {item} out of {shown}", verdict=verdict)
        return
    if kind.name == "choice" and path.startswith("use."):
        fitting = []
        for other in kind.values or ():
            verdict = _best(terms, _with(situation, path, other))
            if verdict != "disallowed":
                fitting.append((other, verdict))
        if fitting:
            names = " or ".join(other for other, _ in fitting)
            yield Change(
                what=f"make {shown} {names} (now {value})", verdict=min((v for _, v in fitting), key=SEVERITY.index)
            )
        return
    verdict = _best(terms, replace(situation, free=frozenset({path})))
    if verdict != "disallowed":
        yield Change(what=f"change {shown}", verdict=verdict)


def _with(situation: Situation, path: str, value: object) -> Situation:
    """The situation with one fact of the use declared otherwise."""
    _, *names = path.split(".")
    owners = [situation.use]
    for name in names[:-1]:
        owners.append(getattr(owners[-1], name))
    for owner, name in zip(reversed(owners), reversed(names), strict=True):
        value = owner.model_copy(update={name: value})
    return replace(situation, use=value)  # type: ignore[arg-type]  # the outermost owner is the use


def _best(terms: Terms, situation: Situation) -> Verdict:
    return solve(terms, situation).verdicts[0]
