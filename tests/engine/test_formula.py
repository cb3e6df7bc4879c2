"""Whether some completion makes a formula true, against plain enumeration."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.engine.formula import (
    OTHER,
    Cut,
    Formula,
    Leaf,
    Node,
    TooManyCompletionsError,
    all_of,
    any_of,
    join,
    leaves,
    negate,
    satisfiable,
    values_of,
)

CHOICES = st.builds(
    Leaf,
    variable=st.sampled_from(["a", "b"]),
    path=st.just("p"),
    test=st.sets(st.sampled_from("xyz")).map(frozenset),
    domain=st.just(("x", "y", "z")),
    negated=st.booleans(),
)
TEXTS = st.builds(
    Leaf,
    variable=st.just("t"),
    path=st.just("p"),
    test=st.sets(st.sampled_from("xy"), min_size=1).map(frozenset),
    domain=st.none(),
    negated=st.booleans(),
)
NUMBERS = st.builds(
    Leaf,
    variable=st.sampled_from(["n", "m"]),
    path=st.just("p"),
    test=st.builds(Cut, constant=st.integers(1, 3).map(Decimal), inclusive=st.booleans()),
    domain=st.none(),
    negated=st.booleans(),
)
FORMULAS: st.SearchStrategy[Formula] = st.recursive(
    st.one_of(st.booleans(), CHOICES, TEXTS, NUMBERS),
    lambda inner: st.builds(
        lambda parts, conjunction: join(parts, conjunction=conjunction), st.lists(inner, max_size=4), st.booleans()
    ),
    max_leaves=12,
)
WORLDS: list[dict[str, str | int]] = [
    {"a": a, "b": b, "t": t, "n": n, "m": m}
    for a, b, t, n, m in product("xyz", "xyz", ["x", "y", OTHER], range(7), range(7))
]
"""Numbers run over 0.5, 1, 1.5 … so that every place among the constants 1, 2, 3 occurs."""


def holds(formula: Formula, world: dict[str, str | int]) -> bool:
    """The formula in one world, by its definition."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Node):
        parts = [holds(part, world) for part in formula.parts]
        return all(parts) if formula.conjunction else any(parts)
    value = world[formula.variable]
    if isinstance(formula.test, Cut):
        number = (Decimal(int(value)) + 1) / 2
        truth = number > formula.test.constant or (formula.test.inclusive and number == formula.test.constant)
    else:
        truth = value in formula.test
    return truth is not formula.negated


@given(FORMULAS)
def test_satisfiable_means_true_in_some_world(formula: Formula) -> None:
    assert satisfiable(formula) is any(holds(formula, world) for world in WORLDS)


@given(FORMULAS)
def test_negation_is_the_opposite_in_every_world(formula: Formula) -> None:
    opposite = negate(formula)
    assert all(holds(opposite, world) is not holds(formula, world) for world in WORLDS[::7])


def test_a_search_beyond_its_budget_is_given_up() -> None:
    pairs = [
        (Leaf(f"v{i}", "p", frozenset("x"), ("x", "y")), Leaf(f"v{i + 1}", "p", frozenset("x"), ("x", "y")))
        for i in range(6)
    ]
    chain = all_of(*(any_of(first, second) for first, second in pairs))
    assert satisfiable(chain)
    with pytest.raises(TooManyCompletionsError):
        satisfiable(chain, budget=0)


def test_values_worth_trying() -> None:
    cut = Leaf("n", "p", Cut(Decimal(1), inclusive=False))
    text = Leaf("t", "p", frozenset("x"))
    choice = Leaf("a", "p", frozenset("x"), ("x", "y"))
    assert values_of(leaves(all_of(cut, text, choice))) == {"a": ("x", "y"), "t": ("x", OTHER), "n": (0, 1)}
