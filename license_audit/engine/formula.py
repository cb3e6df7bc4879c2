"""What is still open, as a formula over undeclared facts, and whether some completion makes it true.

Grounding a condition leaves `True`, `False` or a formula over the facts that nobody declared. A completion gives each
of them a value; a number matters only by its place among the constants it is compared with.
"""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from license_audit.model.record import Record


class Cut(Record):
    """The test `number > constant`, or `>=` when inclusive."""

    constant: Decimal
    inclusive: bool


class Leaf(Record):
    """One undecided comparison."""

    variable: str
    """Unique name of the unknown."""
    path: str
    """Fact path that a question names."""
    test: frozenset[str] | Cut
    """Values for which the leaf is true, or a cut of the number line."""
    domain: tuple[str, ...] | None = None
    """All values; None for numbers and for texts that can be anything."""
    negated: bool = False


class Node(Record):
    """A conjunction or a disjunction of undecided parts, at least two."""

    conjunction: bool
    parts: tuple["Leaf | Node", ...]


Formula = bool | Leaf | Node
OTHER = "(something else)"


class TooManyCompletionsError(Exception):
    """The search was given up; the answer stays open."""


def join(parts: Iterable[Formula], *, conjunction: bool) -> Formula:
    """All of the parts (or any of them), simplified; parts of the same kind are merged."""
    kept: dict[Leaf | Node, None] = {}
    for part in parts:
        if part is (not conjunction):
            return part
        if isinstance(part, Node) and part.conjunction is conjunction:
            kept.update(dict.fromkeys(part.parts))
        elif not isinstance(part, bool):
            kept[part] = None
    if not kept:
        return conjunction
    return next(iter(kept)) if len(kept) == 1 else Node(conjunction, tuple(kept))


def all_of(*parts: Formula) -> Formula:
    """True when every part is."""
    return join(parts, conjunction=True)


def any_of(*parts: Formula) -> Formula:
    """True when some part is."""
    return join(parts, conjunction=False)


def negate(formula: Formula) -> Formula:
    """The opposite, with negations only at the leaves."""
    if isinstance(formula, bool):
        return not formula
    if isinstance(formula, Leaf):
        return Leaf(formula.variable, formula.path, formula.test, formula.domain, not formula.negated)
    return join(map(negate, formula.parts), conjunction=not formula.conjunction)


def leaves(formula: Formula) -> list[Leaf]:
    """Every leaf, in order, repeated ones included."""
    if isinstance(formula, Leaf):
        return [formula]
    if isinstance(formula, Node):
        return [leaf for part in formula.parts for leaf in leaves(part)]
    return []


def values_of(found: Iterable[Leaf]) -> dict[str, tuple[str | int, ...]]:
    """For each variable the values worth trying: its domain, or one representative per stretch between cuts."""
    closed: dict[str, tuple[str, ...]] = {}
    mentioned: dict[str, set[str]] = {}
    cuts: dict[str, set[Cut]] = {}
    for leaf in found:
        if isinstance(leaf.test, Cut):
            cuts.setdefault(leaf.variable, set()).add(leaf.test)
        elif leaf.domain is not None:
            closed[leaf.variable] = leaf.domain
        else:
            mentioned.setdefault(leaf.variable, set()).update(leaf.test)
    return {
        **closed,
        **{name: (*sorted(tests), OTHER) for name, tests in mentioned.items()},
        **{name: tuple(range(len(tests) + 1)) for name, tests in cuts.items()},
    }


def satisfiable(formula: Formula, budget: int = 20_000) -> bool:
    """Whether some completion makes the formula true. TooManyCompletionsError beyond `budget` steps."""
    cuts: dict[str, set[Cut]] = {}
    for leaf in leaves(formula):
        if isinstance(leaf.test, Cut):
            cuts.setdefault(leaf.variable, set()).add(leaf.test)
    ranks = {name: {cut: rank for rank, cut in enumerate(sorted(tests, key=_order))} for name, tests in cuts.items()}
    return _search(formula, ranks, [budget])


def _order(cut: Cut) -> tuple[Decimal, bool]:
    return cut.constant, not cut.inclusive


def _search(formula: Formula, ranks: dict[str, dict[Cut, int]], budget: list[int]) -> bool:
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Leaf):
        return _leaf_can_hold(formula)
    if not formula.conjunction:
        return any(_search(part, ranks, budget) for part in formula.parts)
    groups = _independent(formula.parts)
    if len(groups) > 1:
        return all(_search(join(group, conjunction=True), ranks, budget) for group in groups)
    budget[0] -= 1
    if budget[0] < 0:
        raise TooManyCompletionsError
    found = leaves(formula)
    variable, _ = Counter(leaf.variable for leaf in found).most_common(1)[0]
    values = values_of(leaf for leaf in found if leaf.variable == variable)[variable]
    if variable in ranks:
        values = tuple(range(len(ranks[variable]) + 1))
    return any(_search(_assign(formula, variable, value, ranks), ranks, budget) for value in values)


def _leaf_can_hold(leaf: Leaf) -> bool:
    if isinstance(leaf.test, Cut) or leaf.domain is None:
        return True
    return any((value in leaf.test) is not leaf.negated for value in leaf.domain)


def _independent(parts: tuple[Leaf | Node, ...]) -> list[list[Leaf | Node]]:
    """Groups of parts that share no variable."""
    groups: list[tuple[set[str], list[Leaf | Node]]] = []
    for part in parts:
        names = {leaf.variable for leaf in leaves(part)}
        touching = [group for group in groups if group[0] & names]
        merged = (names.union(*(group[0] for group in touching)), [p for group in touching for p in group[1]] + [part])
        groups = [group for group in groups if not group[0] & names] + [merged]
    return [group[1] for group in groups]


def _assign(formula: Leaf | Node, variable: str, value: str | int, ranks: dict[str, dict[Cut, int]]) -> Formula:
    if isinstance(formula, Leaf):
        if formula.variable != variable:
            return formula
        if isinstance(formula.test, Cut):
            return (isinstance(value, int) and ranks[variable][formula.test] < value) is not formula.negated
        return (value in formula.test) is not formula.negated
    parts = (_assign(part, variable, value, ranks) for part in formula.parts)
    return join(parts, conjunction=formula.conjunction)
