"""Conditions are data: all, any, not, a fact with one comparison, a named definition, a use policy."""

from decimal import Decimal
from typing import Any

from license_audit.model.marks import field
from license_audit.model.value import Value
from license_audit.model.words import Operator, TimeMode, Whose


class Parameter(Value):
    """Stands for a value that the license supplies."""

    parameter: str


class Fact(Value):
    """One fact compared once."""

    fact: str
    """Path such as `use.purpose` or `organization.monthly_active_users`."""
    op: Operator | Parameter
    value: bool | Decimal | str | tuple[str, ...] | Parameter
    time: TimeMode | Parameter | None = None
    """How the period is chosen, for series."""
    month: str | Parameter | None = None
    """`YYYY-MM`, for the time mode fixed-month."""
    whose: Whose | Parameter | None = None
    currency: str | Parameter | None = None
    rights: str | tuple[str, ...] | Parameter | None = None
    """`any`, or the kinds of right a claim must be about."""


class Defined(Value):
    """A condition of rules/definitions.yaml, by name."""

    defined: str | Parameter


class PolicyBroken(Value):
    """True when any clause of the use policy bites."""

    policy: str | Parameter


class All(Value):
    """True when every part is; never empty."""

    all: tuple["Condition", ...] = field(min_length=1)


class AnyOf(Value):
    """True when some part is; never empty."""

    any: tuple["Condition", ...] = field(min_length=1)


class Not(Value):
    """True when the part is false."""

    negated: "Condition" = field(alias="not")


Condition = Fact | All | AnyOf | Not | Defined | PolicyBroken


def parameters_in(condition: Condition) -> set[str]:
    """Names of the parameters that a condition needs."""
    found: set[str] = set()
    _collect(condition.model_dump(), found)
    return found


def _collect(data: Any, found: set[str]) -> None:
    if isinstance(data, dict):
        if set(data) == {"parameter"}:
            found.add(data["parameter"])
        for part in data.values():
            _collect(part, found)
    elif isinstance(data, (list, tuple)):
        for part in data:
            _collect(part, found)
