"""Rules with a license's parameters filled in, ready to be asked."""

from collections.abc import Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any, assert_never

from license_audit.engine.ground import Atom, Bound, Branch, Constant, Negation, PolicyTest
from license_audit.engine.situation import ALL_ACTS
from license_audit.model.catalog import Catalog
from license_audit.model.condition import (
    All,
    AnyOf,
    Condition,
    Defined,
    Fact,
    Not,
    Parameter,
    PolicyBroken,
)
from license_audit.model.license import Clause, License, Reading, Rule
from license_audit.model.record import Record
from license_audit.model.words import Act, ClauseId


class BoundClause(Record):
    """A clause of one license under one reading."""

    id: ClauseId
    clause: Clause
    rule: Rule
    acts: tuple[Act, ...]
    """Acts that trigger it; empty means any act."""
    when: Bound
    effect: str | None = None
    """The reading's effect, where it differs from the rule's kind."""
    reading: Reading | None = None
    """The reading applied; None when the clause has none."""

    @cached_property
    def kind(self) -> str:
        """What the clause does under this reading."""
        return {None: self.rule.kind, "review": "judgement"}.get(self.effect, self.effect or "")

    @cached_property
    def meaning(self) -> tuple[str, str]:
        """What it says, whichever license it stands in."""
        return self.rule.rule, repr(sorted(self.clause.with_.items()))

    @property
    def duties(self) -> tuple[str, ...]:
        """Duty tokens that together show it done."""
        return self.rule.fulfilled_by if self.clause.fulfilled_by is None else self.clause.fulfilled_by


class BoundLicense(Record):
    """A license with all of its clauses under their default readings."""

    license: License
    clauses: tuple[BoundClause, ...]
    alternatives: dict[ClauseId, tuple[BoundClause, ...]]
    """For clauses that readers read differently: the other readings."""

    @cached_property
    def by_id(self) -> dict[str, BoundClause]:
        """Clauses by their id within the license."""
        return {bound.clause.id: bound for bound in self.clauses}

    @cached_property
    def compares(self) -> frozenset[str]:
        """Facts that its clauses compare."""
        atoms = (part for clause in self.clauses for part in comparisons(clause.when))
        return frozenset(part.fact for part in atoms if isinstance(part, Atom))

    @property
    def is_partial(self) -> bool:
        """Whether only its key clauses are encoded."""
        return self.license.coverage == "key-clauses"

    @cached_property
    def not_granted(self) -> tuple[Act, ...]:
        """Acts that no clause grants. Of a text that was not read to its end, nobody can say so of any."""
        if self.is_partial:
            return ()
        granted = {act for bound in self.clauses if bound.rule.covers_acts for act in bound.acts or ALL_ACTS}
        return tuple(act for act in ALL_ACTS if act not in granted)

    @property
    def key(self) -> str:
        """Key of the license."""
        return self.license.key


def bind_license(license_: License, catalog: Catalog) -> BoundLicense:
    """Fill a license's parameters into the rules that its clauses name."""
    clauses, alternatives = [], {}
    for clause in license_.clauses:
        default, *others = [_bind(license_, clause, catalog, reading) for reading in clause.readings or (None,)]
        clauses.append(default)
        if others:
            alternatives[default.id] = tuple(others)
    return BoundLicense(license_, tuple(clauses), alternatives)


def _bind(license_: License, clause: Clause, catalog: Catalog, reading: Reading | None) -> BoundClause:
    rule = catalog.rule(clause.rule)
    override = reading.with_ if reading else {}
    when = bind(rule.when, {**clause.with_, **override}, catalog)
    acts = clause.acts if reading is None or reading.acts is None else reading.acts
    effect = reading.effect if reading else None
    if effect == "none":
        when = Constant(value=False)
    name = ClauseId(f"{license_.key}/{clause.id}")
    return BoundClause(name, clause, rule, acts, when, None if effect == "none" else effect, reading)


def bind(condition: Condition | None, values: dict[str, Any], catalog: Catalog) -> Bound:
    """A condition with its parameters filled in and its definitions spelled out."""
    match condition:
        case None:
            return Constant(value=True)
        case All():
            return Branch(conjunction=True, parts=tuple(bind(part, values, catalog) for part in condition.all))
        case AnyOf():
            return Branch(conjunction=False, parts=tuple(bind(part, values, catalog) for part in condition.any))
        case Not():
            return Negation(bind(condition.negated, values, catalog))
        case Defined():
            return bind(catalog.definition(_fill(condition.defined, values)).when, values, catalog)
        case PolicyBroken():
            return PolicyTest(_fill(condition.policy, values))
        case Fact():
            return _atom(condition, values)
        case _:
            assert_never(condition)


def comparisons(condition: Bound) -> Iterable[Atom | PolicyTest]:
    """Every comparison of a condition, and every policy it looks into."""
    match condition:
        case Atom() | PolicyTest():
            yield condition
        case Branch():
            for part in condition.parts:
                yield from comparisons(part)
        case Negation():
            yield from comparisons(condition.part)
        case Constant():
            pass
        case _:
            assert_never(condition)


def _atom(fact: Fact, values: dict[str, Any]) -> Atom:
    value = _fill(fact.value, values)
    op = _fill(fact.op, values)
    numeric = op in ("more-than", "at-least", "less-than", "at-most")
    return Atom(
        fact.fact,
        op,
        values=()
        if numeric
        else tuple(_text(part) for part in (value if isinstance(value, (list, tuple)) else [value])),
        number=Decimal(str(value)) if numeric else Decimal(0),
        time=_fill(fact.time, values),
        month=_fill(fact.month, values),
        whose=_fill(fact.whose, values) or "licensee-and-affiliates-sum",
        currency=_fill(fact.currency, values),
        rights=_rights(_fill(fact.rights, values)),
    )


def _rights(value: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value or ("any",))


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _fill(value: Any, values: dict[str, Any]) -> Any:
    return values[value.parameter] if isinstance(value, Parameter) else value
