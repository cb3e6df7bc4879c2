"""Figures as people write them: exact, or with bounds; nothing that could mean two things is accepted."""

import re
from decimal import Decimal
from typing import Any

from license_audit.asking.subjects import Subject
from license_audit.model.facts import Amount
from license_audit.model.questionnaire import Form

_DIGITS = re.compile(r"\d+|\d{1,3}(?:[ _,']\d{3})+")
_CENTS = 2
_BOUND = re.compile(r"(at most|at least|<=|>=|≤|≥)\s*(.+)", re.IGNORECASE)
_BOTH = re.compile(r"(?:between\s|at least\s)?\s*(.+?)\s+(?:to|and|-)\s+(?:at most\s)?\s*(.+)", re.IGNORECASE)
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])")
_UPPER = ("at most", "<=", "≤")


class AnswerError(Exception):
    """What a person answered is no answer. The message says what was expected."""


def number_of(text: str, places: int | None = 0) -> Decimal | None:
    """A number above or at zero, thousands marked by `_`, `,` or a space; at most `places` decimals behind a point.

    None where it is no number, or could be read in two ways.
    """
    whole, point, decimals = text.strip().partition(".")
    if _DIGITS.fullmatch(whole) is None or not whole.isascii():
        return None
    if point and (places == 0 or not decimals.isdigit() or not decimals.isascii()):
        return None
    if point and places is not None and len(decimals) > places:
        return None
    return Decimal(re.sub(r"[ _,']", "", whole) + point + decimals)


def figure(subject: Subject, form: Form, text: str, declared: Amount | None) -> dict[str, Any]:
    """A figure, or bounds, as they are added to what is declared. AnswerError where that contradicts it."""
    is_money = subject.kind == "money"
    found = _bounds(subject, form, _CODE.sub(" ", text) if is_money else text)
    _agrees(subject, found, declared)
    return {"currency": _currency(form, _CODE.findall(text)), **found} if is_money else found


def _currency(form: Form, named: list[str]) -> str:
    """The currency that the answer names, else the one that was asked for. The profile's own cannot change."""
    codes = set(named) or ({form.currency} if form.currency else set())
    if len(codes) != 1:
        raise AnswerError("name one currency by its code, such as EUR, behind the figure")
    (code,) = codes
    if form.declared is not None and code != form.currency:
        raise AnswerError(f"the profile declares this in {form.currency}; answer in {form.currency}")
    return str(code)


def _bounds(subject: Subject, form: Form, text: str) -> dict[str, Any]:
    places = _CENTS if subject.kind == "money" else 0
    text = text.strip()
    if both := _BOTH.fullmatch(text):
        low, high = (_number(part, places, form) for part in both.groups())
        if low > high:
            raise AnswerError(f"{Decimal(low):,f} is above {Decimal(high):,f}; the lower bound comes first")
        return {"at_least": low, "at_most": high}
    if bound := _BOUND.fullmatch(text):
        key = "at_most" if bound[1].lower() in _UPPER else "at_least"
        return {key: _number(bound[2], places, form)}
    exact = _number(text, places, form)
    if subject.amount.period is None:
        return {"at_least": exact, "at_most": exact}
    if subject.period is None:
        raise AnswerError(f"a single figure does not settle it; {form.expected}")
    return {subject.period: exact}


def _number(text: str, places: int, form: Form) -> Decimal | int:
    found = number_of(text, places)
    if found is None:
        raise AnswerError(f"{text.strip()!r} is no figure that can be read in one way only; {form.expected}")
    return int(found) if found == found.to_integral_value() else found


def _agrees(subject: Subject, found: dict[str, Any], declared: Amount | None) -> None:
    """Whether an answer keeps within what is declared; whoever declared more must mend that first."""
    if declared is None:
        return
    low, high = declared.at_least, declared.at_most
    values = [found[key] for key in ("at_least", "at_most", subject.period) if key in found]
    if any((high is not None and value > high) or (low is not None and value < low) for value in values):
        told = [f"at least {low:,f}"] if low is not None else []
        told += [f"at most {high:,f}"] if high is not None else []
        raise AnswerError(f"the profile says {' and '.join(told)}; mend that by hand first, if it is wrong")
