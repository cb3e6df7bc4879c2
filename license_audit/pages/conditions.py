"""Conditions of rules as sentences, with the names of parameters where a license supplies the value."""

from decimal import Decimal
from typing import Any, assert_never

from license_audit.engine.sentences import COMPARISONS, NAMES, TITLES, number
from license_audit.model.catalog import Catalog
from license_audit.model.condition import All, AnyOf, Condition, Defined, Fact, Not, Parameter, PolicyBroken


def sentence(condition: Condition, catalog: Catalog) -> str:
    """The condition in English, e.g. `the monthly active users is [comparator] [limit]`."""
    match condition:
        case All():
            return " and ".join(_bracketed(part, catalog) for part in condition.all)
        case AnyOf():
            return " or ".join(_bracketed(part, catalog) for part in condition.any)
        case Not():
            return f"it is not so that {_bracketed(condition.negated, catalog)}"
        case Defined():
            name = condition.defined
            return (
                f"what {_word(name)} names is so" if isinstance(name, Parameter) else catalog.definition(name).meaning
            )
        case PolicyBroken():
            return f"a clause of {_word(condition.policy)} is broken"
        case Fact():
            return _fact(condition)
        case _:
            assert_never(condition)


def _bracketed(part: Condition, catalog: Catalog) -> str:
    told = sentence(part, catalog)
    return f"({told})" if isinstance(part, (All, AnyOf)) else told


def _fact(fact: Fact) -> str:
    title = TITLES.get(fact.fact)
    is_number = isinstance(fact.op, Parameter) or fact.op in COMPARISONS
    if title and not is_number:
        told = f"it is not so that {title}" if str(fact.value).lower() == "false" else title
        return " ".join([told, *_of(fact)])
    name = title or NAMES.get(fact.fact) or f"the {fact.fact.rpartition('.')[2].replace('_', ' ')}"
    if is_number:
        op = _word(fact.op)
        value = fact.value if isinstance(fact.value, Parameter) else number(Decimal(str(fact.value)))
        return " ".join([name, "is", COMPARISONS.get(op, op), _word(value), *_of(fact)])
    verb = "include" if fact.op == "includes-any" else "is"
    return " ".join([name, verb, _word(fact.value), *_of(fact)])


def _of(fact: Fact) -> list[str]:
    """Unit, period, owner and rights, as far as the rule names them."""
    unit = [] if fact.currency is None else [_word(fact.currency)]
    named = {"measured": fact.time, "month": fact.month, "whose": fact.whose, "rights": fact.rights}
    told = ", ".join(f"{name} {_word(value)}" for name, value in named.items() if value is not None)
    return [*unit, f"({told})"] if told else unit


def _word(value: Any) -> str:
    if isinstance(value, Parameter):
        return f"[{value.parameter}]"
    return " or ".join(value) if isinstance(value, tuple) else str(value)
