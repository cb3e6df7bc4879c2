"""Two assessments of one use, side by side: verdicts, outcomes clause by clause, duties and questions."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from license_audit.compare_words import listed
from license_audit.engine.binder import Binder
from license_audit.engine.binding import BoundClause, BoundLicense, comparisons
from license_audit.engine.ground import Atom, Bound
from license_audit.model.comparison import Asked, OutcomePair, Owed, Row, UseComparison
from license_audit.model.report import Assessment, ClauseResult, Evaluated

Ids = tuple[str | None, str | None]
"""A clause of A and the one of B that is about the same; None where there is none."""
Path = tuple[str, ...]
"""Names from the profile down to a fact; a name may hold dots."""
Changed = Mapping[Path, Row]
"""Facts that differ, by their path."""
BESIDE: Mapping[str, tuple[str, ...]] = {
    "organization.monthly_active_users": ("organization.founded", "organization.affiliates"),
    "organization.monthly_revenue": ("organization.annual_revenue", "organization.founded"),
    "organization.agreements.years_held": ("organization.agreements",),
}
"""Facts from which another fact may follow."""
RATES = "organization.exchange_rates"


def compare_use(
    model: str, use: str, a: Assessment | None, b: Assessment | None, ids: Sequence[Ids], causes: "Causes"
) -> UseComparison:
    """What two assessments have in common, and what not. None stands for a side that has no such use."""
    first, second = _by_id(a), _by_id(b)
    return UseComparison(
        model=model,
        use=use,
        a=None if a is None else a.verdict,
        b=None if b is None else b.verdict,
        reason_a="" if a is None else a.reason,
        reason_b="" if b is None else b.reason,
        terms=listed("terms in force", None if a is None else a.terms, None if b is None else b.terms),
        clauses=tuple(_outcomes(ids, first, second, causes)),
        owed=tuple(_owed(ids, a, b, first, second)),
        questions=tuple(_questions(a, b)),
    )


def same_ids(a: Assessment | None, b: Assessment | None) -> list[Ids]:
    """Clauses of one set of terms, each beside itself."""
    first, second = _by_id(a), _by_id(b)
    return [(one if one in first else None, one if one in second else None) for one in dict.fromkeys((*first, *second))]


class Causes:
    """Says which of the changed facts a clause looks at."""

    def __init__(self, use: str, changed: Changed, binder: Binder) -> None:
        self.use, self.changed, self._binder = use, changed, binder

    def of(self, a: ClauseResult, b: ClauseResult) -> tuple[Row, ...]:
        """The changed facts that a clause looks at, by path."""
        told = (path for clause in (a, b) if clause.condition for path in _paths(clause.condition))
        used = {path_of(path, self.use) for path in told}
        paths = set(used)
        license_ = self._binder.bound(a.license)
        bound = None if license_ is None else license_.by_id.get(a.clause.removeprefix(f"{a.license}/"))
        if license_ is not None and bound is not None:
            paths.update(map(self._shown, self._asked(bound, license_)))
        if "fulfilled" in (a.outcome, b.outcome):
            paths.add(self._shown("use.fulfils"))
        found = [path for path in self.changed if any(_within(path, one) for one in paths)]
        return tuple(self.changed[path] for path in found if not _is_beside(path, used, self.changed))

    def _asked(self, bound: BoundClause, license_: BoundLicense) -> Iterable[str]:
        """Facts that decide about a clause: what it and its exceptions compare, and what lifts it."""
        yield "use.obtained_on"
        yield from ("use.acts",) if bound.acts else ()
        yield from ("organization.agreements",) if bound.clause.cure == "separate-license" else ()
        for clause in (bound, *(license_.by_id[name] for name in bound.clause.unless)):
            yield from self._compared(clause.when)

    def _compared(self, condition: Bound) -> Iterable[str]:
        for test in comparisons(condition):
            if isinstance(test, Atom):
                yield from (test.fact, *BESIDE.get(test.fact, ()), *((RATES,) if test.currency else ()))
            else:
                policy = self._binder.bound(test.key)
                for clause in policy.clauses if policy is not None else ():
                    yield from self._compared(clause.when)

    def _shown(self, path: str) -> Path:
        root, *rest = path.split(".")
        return ("uses", self.use, *rest) if root == "use" else (root, *rest)


def path_of(path: str, use: str) -> Path:
    """The names in a path that an assessment of a use tells; the name of the use may hold dots."""
    start = f"uses.{use}."
    return ("uses", use, *path.removeprefix(start).split(".")) if path.startswith(start) else tuple(path.split("."))


def _within(path: Path, other: Path) -> bool:
    """Whether two paths are the same fact, or one is a part of the other, such as a month of a series."""
    return all(one == two for one, two in zip(path, other, strict=False))


def _is_beside(path: Path, used: Collection[Path], changed: Changed) -> bool:
    """Whether a figure is beside the one that was looked at: another month, or a bound where a month is exact."""
    exact = [changed[one] for one in used if one in changed and one[:-1] == path[:-1]]
    return path not in used and any(one.a is not None and one.b is not None for one in exact)


def _paths(condition: Evaluated) -> Iterable[str]:
    if condition.fact is not None:
        yield condition.fact.path
    for part in condition.parts:
        yield from _paths(part)


def facts_used(found: Assessment) -> dict[str, str | None]:
    """Every fact that a clause of an assessment looked at, with what was declared of it."""
    tests: list[Evaluated] = [clause.condition for clause in found.clauses if clause.condition is not None]
    known: dict[str, str | None] = {}
    while tests:
        test = tests.pop()
        tests += test.parts
        if test.fact is not None:
            known[test.fact.path] = test.fact.declared
    return dict(sorted(known.items()))


def _by_id(found: Assessment | None) -> dict[str, ClauseResult]:
    return {} if found is None else {clause.clause: clause for clause in found.clauses}


def _outcomes(
    ids: Sequence[Ids], first: Mapping[str, ClauseResult], second: Mapping[str, ClauseResult], causes: Causes
) -> Iterable[OutcomePair]:
    for one, other in ids:
        a, b = first.get(one or ""), second.get(other or "")
        both = [clause for clause in (a, b) if clause is not None]
        yield OutcomePair(
            title=both[0].title,
            a=None if a is None else a.clause,
            b=None if b is None else b.clause,
            outcome_a=None if a is None else a.outcome,
            outcome_b=None if b is None else b.outcome,
            facts=causes.of(a, b) if a is not None and b is not None and a.outcome != b.outcome else (),
        )


def _owed(
    ids: Sequence[Ids],
    a: Assessment | None,
    b: Assessment | None,
    first: Mapping[str, ClauseResult],
    second: Mapping[str, ClauseResult],
) -> Iterable[Owed]:
    for one, other in ids:
        mine = one if a is not None and one in a.owed else None
        theirs = other if b is not None and other in b.owed else None
        told = first.get(mine or "") or second.get(theirs or "")
        if told is not None:
            yield Owed(title=told.title, a=mine, b=theirs)


def _questions(a: Assessment | None, b: Assessment | None) -> Iterable[Asked]:
    first, second = ({} if one is None else {asked.path: asked.text for asked in one.questions} for one in (a, b))
    for path, text in {**second, **first}.items():
        yield Asked(path=path, text=text, a=path in first, b=path in second)
