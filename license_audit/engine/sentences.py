"""Conditions as English sentences, and how each part of them came out."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import assert_never

from license_audit.engine.amounts import ceiling_of_windows, period_of
from license_audit.engine.formula import Formula
from license_audit.engine.ground import (
    AGREEMENTS,
    CLAIMS,
    YEARLY,
    Atom,
    Bound,
    Branch,
    Constant,
    Negation,
    Policies,
    PolicyTest,
    ground,
)
from license_audit.engine.situation import DERIVED, DERIVED_FACTS, Situation, kind_of
from license_audit.model.facts import Amount, Items
from license_audit.model.report import Evaluated, FactUsed

EVER = "0001-01"
"""First month that counts where a text names none."""
COMPARISONS: Mapping[str, str] = {
    "more-than": "more than",
    "at-least": "at least",
    "less-than": "less than",
    "at-most": "at most",
}
WHOSE: Mapping[str, str] = {
    "licensee": "of the licensee alone",
    "licensee-and-affiliates-sum": "affiliates added",
    "licensee-or-affiliates-any": "of the licensee or of any one affiliate",
    "group": "of the whole group",
    "employer": "of the employer",
    "product": "of the product",
}
TITLES: Mapping[str, str] = {
    "organization.agreements": "a current separate license of the licensor is held",
    "organization.agreements.years_held": "completed years since the permission",
    "organization.claims_against": "the organization has claimed that the model infringes its rights",
    "organization.claims_against.licensor": "the organization has claimed against the licensor that the model "
    "infringes its rights",
    "organization.claims_against.offensive": "the organization has claimed first that the model infringes its rights",
    "organization.tax_exempt": "the organization is a recognized charity",
    "use.outputs.trained_model.performs_similarly": "the trained model does what this model does",
    "use.outputs.trained_model.distributed": "the trained model is made available to others",
    "use.outputs.trained_model.competes_with_licensor": "the trained model competes with the licensor",
    "evidence.multimodal": "the model handles more than text",
    "work.is_derivative": "the model is a derivative that somebody else made",
    "evidence.notice_file": "the original ships a NOTICE file",
    "evidence.data_disclosed": "every card of the lineage names training data",
    "use.licensed_practice": "the professional practice is licensed",
    "use.consents_held": "rights and consents for sensitive data are held",
    "use.derivative.public_statements": "public statements are made about the derivative",
}
"""Facts that are so or not so, as sentences."""
NAMES: Mapping[str, str] = {
    "organization.kind": "the kind of organization",
    "organization.established_in": "the countries of establishment",
    "organization.principal_place": "the principal place of business",
    "organization.business_lines": "the lines of business",
    "organization.competes_with": "licensors with whom the organization competes",
    "use.operated_in": "the countries in which it is run",
    "use.safety_measures": "what became of the safety measures",
    "use.decision_making": "who decides about persons",
    "use.fulfils": "duties shown done",
    "use.derivative.name_prefixes": "beginnings of the changed model's name",
    "use.outputs.trained_model.name_prefixes": "beginnings of the trained model's name",
    "use.outputs.trained_model.name": "the name of the trained model",
    "use.outputs.trained_model.kind": "the kind of the trained model",
    "use.outputs.trained_model.purpose": "the purpose of the trained model",
    "use.offered_in": "the countries in which it is offered",
    "use.received_as": "what was received",
    "use.outputs.train_models": "what is trained on the outputs",
    "use.outputs.used_in": "the countries in which outputs are used",
    "use.derivative.license": "the license of the derivative",
}
"""Facts that the end of their path does not name well."""


@cache
def sentence(condition: Bound) -> str:
    """The condition in English, e.g. `the purpose is commercial or the environment is production`."""
    match condition:
        case Atom():
            return _atom_sentence(condition)
        case Branch():
            word = " and " if condition.conjunction else " or "
            return word.join(_bracketed(part) for part in condition.parts)
        case Negation():
            return _negated(condition.part)
        case PolicyTest():
            return f"a clause of {condition.key} is broken"
        case Constant():
            return "always" if condition.value else "never under this reading"
        case _:
            assert_never(condition)


def _negated(part: Bound) -> str:
    text = _bracketed(part)
    simple = isinstance(part, Atom) and part.op == "one-of" and " is " in text
    return text.replace(" is ", " is none of ", 1).replace(" or ", ", ") if simple else f"it is not so that {text}"


def _bracketed(part: Bound) -> str:
    return f"({sentence(part)})" if isinstance(part, Branch) else sentence(part)


def _atom_sentence(atom: Atom) -> str:
    if atom.fact in TITLES and atom.op not in COMPARISONS:
        negated = atom.values == ("false",)
        rights = "" if atom.rights == ("any",) else f" ({' or '.join(atom.rights)})"
        return f"{'it is not so that ' if negated else ''}{TITLES[atom.fact]}{rights}"
    name = TITLES.get(atom.fact) or NAMES.get(atom.fact) or f"the {atom.fact.rpartition('.')[2].replace('_', ' ')}"
    if atom.op in COMPARISONS:
        whose = f", {WHOSE[atom.whose]}," if atom.fact.endswith("users") or atom.fact == YEARLY else ""
        month = _when(atom)
        unit = f" {atom.currency}" if atom.currency else ""
        return f"{name}{month}{whose} is {COMPARISONS[atom.op]} {number(atom.number)}{unit}"
    verb = "include" if atom.op == "includes-any" else "is"
    return f"{name} {verb} {' or '.join(atom.values) or 'nothing'}"


def _when(atom: Atom) -> str:
    """The month that is measured, or from which on every month counts."""
    if atom.month in (None, EVER):
        return ""
    return f" in {atom.month}" if atom.time == "fixed-month" else f" since {atom.month}"


def number(value: Decimal) -> str:
    """With thousands marked, without needless decimals."""
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,f}"


def evaluate(condition: Bound, situation: Situation, policies: Policies) -> Evaluated:
    """The condition as it came out, with the facts used."""
    formula = ground(condition, situation, policies)
    holds = _truth(formula)
    text = sentence(condition)
    match condition:
        case Atom():
            shown = situation.shown(condition.fact)
            period = period_of(condition.time, condition.month, situation.on)
            path = f"{shown}.{period}" if period else shown
            declared = describe(condition.fact, situation)
            fact = FactUsed(path=path, declared=declared, sentence=text, holds=holds)
            return Evaluated(sentence=text, holds=holds, fact=fact)
        case Branch():
            parts = tuple(evaluate(part, situation, policies) for part in condition.parts)
            return Evaluated(sentence=text, holds=holds, parts=parts)
        case Negation():
            parts = (evaluate(condition.part, situation, policies),)
            return Evaluated(sentence=text, holds=holds, negation=True, parts=parts)
        case PolicyTest() | Constant():
            return Evaluated(sentence=text, holds=holds)
        case _:
            assert_never(condition)


def _truth(formula: Formula) -> bool | None:
    return formula if isinstance(formula, bool) else None


def describe(path: str, situation: Situation) -> str | None:
    """The declared value of a fact in words; None when nothing is declared."""
    if path in DERIVED_FACTS:
        path = next(whole for whole in (AGREEMENTS, CLAIMS) if path.startswith(whole))
    path = DERIVED[path].source if path in DERIVED else path
    value = situation.lookup(path)
    if value is None:
        denied = situation.declared(path)
        return None if denied is None else f"{denied}, which does not go with the acts"
    if isinstance(value, Items):
        return (", ".join(value.items) or "none") + (", list open" if value.open else "")
    if isinstance(value, Amount):
        return _amount(value)
    if isinstance(value, tuple):
        return f"{len(value)} declared" if value else "none"
    return {True: "yes", False: "no"}.get(value) if kind_of(path).name == "flag" else str(value)


def _amount(amount: Amount) -> str:
    parts = [f"{period}: {number(value)}" for period, value in amount.figures]
    parts += [] if amount.at_least is None else [f"at least {number(amount.at_least)}"]
    parts += [] if amount.at_most is None else [f"at most {number(amount.at_most)}"]
    ceiling = ceiling_of_windows(amount)
    parts += [] if ceiling is None else [f"at most {number(ceiling)} in any twelve months"]
    return " ".join([*([amount.currency] if amount.currency else []), "; ".join(parts) or "no figure"])
