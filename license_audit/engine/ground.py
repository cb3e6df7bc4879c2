"""From a condition and a situation to True, False, or a formula over what is not declared."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import assert_never

from license_audit.engine.amounts import UNKNOWN, Interval, bounded_by_year, interval, meet, period_of
from license_audit.engine.formula import Cut, Formula, Leaf, all_of, any_of, join, negate
from license_audit.engine.situation import Situation, kind_of
from license_audit.engine.users import SPLIT, of_group
from license_audit.model.facts import Amount, Items, Money
from license_audit.model.profile import Agreement, Claim
from license_audit.model.record import Record, replace
from license_audit.model.words import Operator, TimeMode, Whose

AGREEMENTS = "organization.agreements"
CLAIMS = "organization.claims_against"
RIGHTS = ("patent", "copyright", "trademark", "trade-secret", "contract", "other")
"""Rights by their usual words; what another word means is open."""
USERS = "organization.monthly_active_users"
MONTHLY, YEARLY = "organization.monthly_revenue", "organization.annual_revenue"
YES_NO = ("yes", "no")
YES = frozenset({"yes"})


class Atom(Record):
    """One fact compared once, with every parameter filled in."""

    fact: str
    op: Operator
    values: tuple[str, ...] = ()
    number: Decimal = Decimal(0)
    time: TimeMode | None = None
    month: str | None = None
    whose: Whose = "licensee-and-affiliates-sum"
    currency: str | None = None
    rights: tuple[str, ...] = ("any",)


class Branch(Record):
    """All of the parts, or any of them."""

    conjunction: bool
    parts: tuple["Bound", ...]


class Negation(Record):
    """The opposite of a part."""

    part: "Bound"


class PolicyTest(Record):
    """Whether any clause of a use policy bites."""

    key: str


class Constant(Record):
    """Always, or never."""

    value: bool


Bound = Atom | Branch | Negation | PolicyTest | Constant
Policies = Callable[[str], Formula]


def ground(condition: Bound, situation: Situation, policies: Policies) -> Formula:
    """What the declared facts leave of a condition. `policies` answers for whole use policies."""
    match condition:
        case Atom():
            return ground_atom(condition, situation)
        case Branch():
            parts = (ground(part, situation, policies) for part in condition.parts)
            return join(parts, conjunction=condition.conjunction)
        case Negation():
            return negate(ground(condition.part, situation, policies))
        case PolicyTest():
            return policies(condition.key)
        case Constant():
            return condition.value
        case _:
            assert_never(condition)


def ground_atom(atom: Atom, situation: Situation) -> Formula:
    """What the declared facts leave of one comparison. Verdict and explanation ask the same."""
    known = situation.grounded.get(id(atom))
    if known is None:
        known = situation.grounded[id(atom)] = (atom, _grounded(atom, situation))
    formula: Formula = known[1]
    return formula


def _grounded(atom: Atom, situation: Situation) -> Formula:
    match atom.fact:
        case "organization.agreements":
            return _wanted(atom, agreement_held(situation))
        case "organization.agreements.years_held":
            return _years_held(atom, situation)
        case (
            "organization.claims_against"
            | "organization.claims_against.licensor"
            | "organization.claims_against.offensive"
        ):
            return _wanted(atom, _claims(atom, situation))
        case "evidence.openness":
            return _openness(atom, situation)
        case _:
            return _field(atom, situation)


def _wanted(atom: Atom, formula: Formula) -> Formula:
    """Whether a flag is as the comparison wants it."""
    return negate(formula) if atom.values == ("false",) else formula


def _field(atom: Atom, situation: Situation) -> Formula:
    kind = kind_of(atom.fact)
    value = situation.lookup(atom.fact)
    shown = situation.shown(atom.fact)
    match kind.name:
        case "items":
            return any_of(*(_item(value, wanted, shown) for wanted in atom.values))
        case "choice" | "text":
            if value is not None:
                return str(value) in atom.values
            return Leaf(shown, shown, frozenset(atom.values), kind.values)
        case "flag":
            if value is not None:
                return str(value).lower() in atom.values
            return Leaf(shown, shown, frozenset(atom.values), ("true", "false"))
        case "amount":
            return _number(atom, situation)
        case _:
            assert_never(kind.name)


def _openness(atom: Atom, situation: Situation) -> Formula:
    """Decided as soon as no degree that is still possible would make a difference."""
    possible, wanted = situation.evidence.possible, frozenset(atom.values)
    if wanted.isdisjoint(possible):
        return False
    return wanted.issuperset(possible) or Leaf(atom.fact, atom.fact, wanted, possible)


def _known(atom: Atom, situation: Situation) -> Interval:
    if atom.fact in SPLIT:
        is_free = atom.fact in situation.free
        return UNKNOWN if is_free else of_group(situation, atom.fact, atom.time, atom.month, atom.whose)
    if atom.fact == MONTHLY:
        return _monthly_revenue(atom, situation)
    known = _series(atom.fact, atom, situation)
    if atom.fact in ("use.product_monthly_active_users", "organization.daily_active_users"):
        return meet(known, Interval(None, of_group(situation, USERS, atom.time, atom.month, atom.whose).high))
    if atom.fact == "use.product_monthly_revenue":
        value, whole = situation.lookup(atom.fact), situation.lookup(MONTHLY)
        currency = atom.currency if value is None else value.currency
        if whole is None or whole.currency == currency:
            return meet(known, Interval(None, _monthly_revenue(replace(atom, currency=currency), situation).high))
    return known


def _series(fact: str, atom: Atom, situation: Situation) -> Interval:
    value: Amount | None = situation.lookup(fact)
    return interval(value, atom.time, atom.month, situation.on)


def _monthly_revenue(atom: Atom, situation: Situation) -> Interval:
    """Revenue of the group by month, or by twelve months, with what the figures of fiscal years say of them."""
    monthly, yearly = situation.lookup(MONTHLY), situation.lookup(YEARLY)
    known = _series(MONTHLY, atom, situation)
    if (
        yearly is None
        or yearly.currency != atom.currency
        or (monthly is not None and monthly.currency != atom.currency)
    ):
        return known
    if atom.time == "any-12-months":
        return meet(known, _series(YEARLY, atom, situation))
    period = period_of(atom.time, atom.month, situation.on)
    return known if period is None else bounded_by_year(known, yearly, period)


def _item(value: Items | None, wanted: str, shown: str) -> Formula:
    if value is not None:
        if wanted in value.items or "worldwide" in value.items:
            return True
        if not value.open:
            return False
    return Leaf(f"{shown}={wanted}", shown, YES, YES_NO)


def acts_declared(acts: Iterable[str], situation: Situation) -> Formula:
    """Whether any of the acts is part of the use."""
    declared = situation.lookup("use.acts")
    shown = situation.shown("use.acts")
    return any_of(*(_item(declared, act, shown) for act in acts))


def measured(atom: Atom, situation: Situation) -> tuple[str, Interval]:
    """Where the number that a comparison needs stands in the profile, and what is known of it, in the line's currency.

    Where an exchange rate is missing, the path is the rate's.
    """
    shown = situation.shown(atom.fact)
    period = period_of(atom.time, atom.month, situation.on)
    path = f"{shown}.{period}" if period else shown
    known = _known(atom, situation)
    amount = situation.lookup(atom.fact)
    if isinstance(amount, Money) and atom.currency and amount.currency != atom.currency and atom.number:
        converted = _converted(known, situation.organization.exchange_rates, amount.currency or "", atom.currency)
        if converted is None:
            return f"organization.exchange_rates.{amount.currency}.{atom.currency}", _only_zero(known)
        return path, converted
    return path, known


def _number(atom: Atom, situation: Situation) -> Formula:
    path, known = measured(atom, situation)
    inclusive, flipped = _comparison(atom.op)
    decided = known.above(atom.number, inclusive=inclusive)
    if decided is not None:
        return decided is not flipped
    return Leaf(f"{path}|{atom.whose}|{atom.time}", path, Cut(atom.number, inclusive), None, flipped)


def _converted(known: Interval, rates: dict[str, dict[str, Decimal]], source: str, target: str) -> Interval | None:
    """The interval in another currency; None without a rate in either direction."""
    direct = rates.get(source, {}).get(target)
    if direct is not None:
        return known.times(direct)
    inverse = rates.get(target, {}).get(source)
    return None if inverse is None else known.over(inverse)


def _only_zero(known: Interval) -> Interval:
    """Without a rate, all that is known is that nothing stays nothing."""
    return known if known.high == 0 else UNKNOWN


def _comparison(op: Operator) -> tuple[bool, bool]:
    """(inclusive, flipped) of a numeric comparison, all told as tests for being above."""
    match op:
        case "more-than":
            return False, False
        case "at-least":
            return True, False
        case "at-most":
            return False, True
        case "less-than":
            return True, True
        case "is" | "one-of" | "includes-any":
            raise LookupError(f"{op} compares no numbers")
        case _:
            assert_never(op)


def current_agreements(situation: Situation) -> list[Agreement] | None:
    """Agreements that cover the work on the day; None when agreements are not declared."""
    declared: tuple[Agreement, ...] | None = situation.lookup("organization.agreements")
    if declared is None:
        return None
    return [held for held in declared if _covers(held, situation)]


def _covers(held: Agreement, situation: Situation) -> bool:
    started = held.since is None or held.since <= situation.on
    running = held.until is None or situation.on <= held.until
    named = any(name.lower() in situation.names for name in held.covers)
    return started and running and named and _is_licensor(held.licensor, situation.licensors)


def _is_licensor(name: str, licensors: tuple[str, ...]) -> bool:
    words = name.lower().split()
    return not licensors or any(words[: len(known.split())] == known.lower().split() for known in licensors)


def agreement_held(situation: Situation) -> Formula:
    """Whether a separate license of the licensor covers the work on the day."""
    held = current_agreements(situation)
    if held is None:
        shown = "organization.agreements"
        return Leaf(f"{shown}|{','.join(sorted(situation.names))}", shown, YES, YES_NO)
    if not situation.carriers:
        return bool(held)
    return all(any(_frees(one, name, publisher) for one in held) for name, publisher in situation.carriers)


def _frees(held: Agreement, carrier: str, publisher: str | None) -> bool:
    """Whether an agreement is one of the publisher of a model about that model."""
    is_theirs = publisher is None or _is_licensor(held.licensor, (publisher,))
    return is_theirs and carrier in (name.lower() for name in held.covers)


def _years_held(atom: Atom, situation: Situation) -> Formula:
    """Compares the completed years since the earliest current permission; without one there are none."""
    held = current_agreements(situation)
    path = "organization.agreements"
    inclusive, flipped = _comparison(atom.op)
    if held is None or any(agreement.since is None for agreement in held):
        missing = Leaf(f"{path}.since", f"{path}.since" if held else path, Cut(atom.number, inclusive), None, flipped)
        return all_of(agreement_held(situation), missing)
    years = max((_years(agreement.since, situation.on) for agreement in held if agreement.since), default=0)
    return Interval(Decimal(years), Decimal(years)).above(atom.number, inclusive=inclusive) is not flipped


def _years(since: date, on: date) -> int:
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def _claims(atom: Atom, situation: Situation) -> Formula:
    declared: tuple[Claim, ...] | None = situation.lookup(CLAIMS)
    if declared is None:
        which = atom.fact.removeprefix(CLAIMS)
        return Leaf(f"{CLAIMS}{which}|{','.join(atom.rights)}", CLAIMS, YES, YES_NO)
    return any_of(*(_claim(claim, atom, situation, f"{CLAIMS}.{number}") for number, claim in enumerate(declared)))


def _claim(claim: Claim, atom: Atom, situation: Situation, path: str) -> Formula:
    if claim.about.lower() not in situation.names or (claim.on is not None and claim.on > situation.on):
        return False
    if atom.fact.endswith(".licensor") and not _is_licensor(claim.against, situation.licensors):
        return False
    right: Formula = True
    if atom.rights != ("any",):
        shown = f"{path}.right"
        told = claim.right if claim.right in RIGHTS else None
        right = told in atom.rights if told else Leaf(shown, shown, frozenset(atom.rights))
    filed = True if claim.on else Leaf(f"{path}.on", f"{path}.on", YES, YES_NO)
    return all_of(right, filed, _is_first(claim, f"{path}.defensive") if atom.fact.endswith(".offensive") else True)


def _is_first(claim: Claim, path: str) -> Formula:
    """Whether a claim answers none that was brought before."""
    return Leaf(path, path, frozenset({"false"}), ("true", "false")) if claim.defensive is None else not claim.defensive
