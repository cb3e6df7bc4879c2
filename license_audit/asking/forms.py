"""What an answer to a question looks like, and which answers are worth trying."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple, assert_never

from license_audit.asking.answers import RIGHTS, Patch, patch_of
from license_audit.asking.figures import AnswerError
from license_audit.asking.subjects import (
    ACTS,
    AGREEMENTS,
    CLAIMS,
    Subject,
    is_country_list,
    listed,
    situation_of,
)
from license_audit.asking.words import MEANINGS
from license_audit.engine.binding import BoundClause, BoundLicense, comparisons
from license_audit.engine.ground import Atom
from license_audit.engine.sentences import describe
from license_audit.engine.situation import DERIVED
from license_audit.model.facts import Amount
from license_audit.model.profile import Profile
from license_audit.model.questionnaire import Choice, Form

MOST_ITEMS = 8
"""Items of a list that are tried one by one."""
ANY_CURRENCY = "USD"
"""Tried where a limit of zero names none."""
_NUMERIC = {"more-than": False, "at-least": True, "at-most": False, "less-than": True}
"""Comparisons of numbers, and whether the number itself counts as above."""


class Asking(NamedTuple):
    """A clause that asks, with its license."""

    bound: BoundClause
    license: BoundLicense

    def atoms(self, fact: str) -> Iterator[Atom]:
        """What it compares the fact with, its exceptions included."""
        others = (self.license.by_id[name] for name in self.bound.clause.unless)
        for clause in (self.bound, *others):
            atoms = (part for part in comparisons(clause.when) if isinstance(part, Atom))
            yield from (atom for atom in atoms if _asked_fact(atom.fact) == fact)


def _asked_fact(fact: str) -> str:
    """The fact that is asked for; what a name begins with is no answer to what it is."""
    return DERIVED[fact].source if fact in DERIVED and DERIVED[fact].kind.name == "text" else fact


class Option(NamedTuple):
    """An answer that may be tried."""

    label: str
    patch: Patch


def form_of(subject: Subject, asking: Sequence[Asking], profile: Profile, use: str, on: date) -> Form:
    """What an answer looks like: values with their meaning, period, unit, and one sentence."""
    declared = _declared(subject, profile, use, on)
    currency = _currency(subject, asking, profile) if subject.kind == "money" else None
    form = Form(
        kind=subject.kind,
        choices=tuple(_choices(subject, asking, profile)),
        period=subject.period,
        currency=currency,
        declared=declared,
        expected="",
    )
    return form.model_copy(update={"expected": _expected(subject, form)})


def _declared(subject: Subject, profile: Profile, use: str, on: date) -> str | None:
    if subject.kind == "rate":
        return None
    if subject.item is not None:
        claim = (profile.organization.claims_against or ())[subject.item]
        return f"a claim against {claim.against} about {claim.about}"
    value = subject.value(profile)
    return None if value is None else describe(subject.fact, situation_of(profile, use, on=on))


def _currency(subject: Subject, asking: Sequence[Asking], profile: Profile) -> str | None:
    value = subject.value(profile)
    if isinstance(value, Amount):
        return value.currency
    return next((atom.currency for one in asking for atom in one.atoms(subject.fact) if atom.currency), None)


def _choices(subject: Subject, asking: Sequence[Asking], profile: Profile) -> Iterator[Choice]:
    meanings = MEANINGS.get(subject.fact, {})
    if subject.fact in (AGREEMENTS, CLAIMS):
        if subject.kind == "held-since":
            held = [one for one in profile.organization.agreements or () if one.since is None]
            for number, one in enumerate(held, start=1):
                told = f"{one.licensor}, for {', '.join(one.covers)}"
                yield Choice(value=str(number), meaning=told, matters=True)
        elif subject.item is None:
            licenses = {one.license.key: one.license.license for one in asking}
            for key, license_ in licenses.items():
                yield Choice(value=key, meaning=f"{license_.title}, of {license_.publisher}", matters=True)
        else:
            yield from (Choice(value=right, meaning="", matters=True) for right in RIGHTS if subject.kind == "text")
        return
    wanted = dict.fromkeys(value for one in asking for atom in one.atoms(subject.fact) for value in atom.values)
    if subject.fact == ACTS:
        wanted |= dict.fromkeys(act for one in asking for act in one.bound.acts)
    known = listed(subject.value(profile))
    values = subject.values or tuple(dict.fromkeys([*wanted, *meanings]))
    for value in values if subject.kind in ("choice", "list", "text") else ():
        if value not in known:
            yield Choice(value=value, meaning=meanings.get(value, ""), matters=value in wanted)


def _expected(subject: Subject, form: Form) -> str:
    match subject.kind:
        case "yes-no":
            return "Yes or no."
        case "choice":
            return "One of the values."
        case "list":
            return _list_expected(subject, form)
        case "count" | "money":
            return _figure_expected(subject, form)
        case "rate":
            source, target = subject.pair or ("", "")
            return f"How many {target} one {source} is, such as 1.08."
        case "date":
            return "A date such as 2024-03-02."
        case "held-since":
            return "NUMBER: DATE, such as 1: 2024-03-02." if len(form.choices) > 1 else "A date such as 2024-03-02."
        case "agreements":
            return (
                "none, or LICENSOR; LICENSE and where known reference TEXT; since DATE; until DATE, with ; between. "
                "Several stand with | between. The list counts as complete."
            )
        case "claims":
            return (
                "none, or AGAINST; LICENSE and where known right WORD; on DATE; defensive YES-OR-NO, with ; between. "
                "Several stand with | between. The list counts as complete."
            )
        case "text":
            return _text_expected(subject)
        case _:
            assert_never(subject.kind)


def _text_expected(subject: Subject) -> str:
    if subject.fact == "use.derivative.license":
        return "The key of a license, such as apache-2.0, or own-terms."
    return "One word, or a few."


def _list_expected(subject: Subject, form: Form) -> str:
    named = "Codes of countries such as DE, or worldwide" if is_country_list(subject) else "All that apply"
    if form.declared is not None:
        named = "What there is beside what is declared"
    nothing = "" if subject.fact == ACTS else " none, where there is nothing."
    return f"{named}, with commas between;{nothing} End with ... where the list is not complete."


def _figure_expected(subject: Subject, form: Form) -> str:
    unit = f" in {form.currency}" if form.currency else ""
    bounds = "at most N, at least N, or N to N"
    if subject.amount.period is None:
        return f"The sum of twelve months{unit}: a figure such as 250_000, or bounds: {bounds}."
    periods = "year" if "fiscal" in subject.amount.period_name else "month"
    if subject.period is None:
        return f"Bounds{unit} that hold for every {periods} not listed: {bounds}."
    return (
        f"The figure for {subject.period}{unit}, such as 1_200_000; or bounds that hold for every {periods} "
        f"not listed: {bounds}."
    )


def options(subject: Subject, form: Form, asking: Sequence[Asking], profile: Profile, on: date) -> list[Option]:
    """Answers worth trying: every choice, both sides of each limit, nothing, and each item that matters."""
    found = []
    for label, text in _tries(subject, form, asking):
        try:
            found.append(Option(label, patch_of(subject, form, text, profile, on)))
        except AnswerError:
            continue  # it contradicts what is declared, so nobody can give it
    return found


def _tries(subject: Subject, form: Form, asking: Sequence[Asking]) -> Iterable[tuple[str, str]]:
    match subject.kind:
        case "yes-no":
            return [("yes", "yes"), ("no", "no")]
        case "choice":
            return [(choice.value, choice.value) for choice in form.choices]
        case "list":
            nothing = [] if subject.fact == ACTS else [("none of these", "none")]
            items = [choice.value for choice in form.choices if choice.matters]
            return [*nothing, *_items(items, subject, asking)]
        case "count" | "money":
            return _bands(subject, form, asking)
        case "agreements":
            held = {one.license.key: one.license.license for one in asking}
            each = ((f"one for {key}", f"{(had.licensors or (had.publisher,))[0]}; {key}") for key, had in held.items())
            return [("none", "none"), *list(each)[:MOST_ITEMS]]
        case "claims":
            return [("none", "none")]
        case "rate" | "date" | "held-since" | "text":
            return []
        case _:
            assert_never(subject.kind)


def _items(items: list[str], subject: Subject, asking: Sequence[Asking]) -> list[tuple[str, str]]:
    """Each item; of long lists one for all that every clause treats alike, such as the countries of a region."""
    if len(items) <= MOST_ITEMS:
        return [(item, item) for item in items]
    atoms = [frozenset(atom.values) for one in asking for atom in one.atoms(subject.fact)]
    acts = [frozenset(one.bound.acts) for one in asking] if subject.fact == ACTS else []
    alike: dict[tuple[bool, ...], list[str]] = {}
    for item in items:
        alike.setdefault(tuple(item in values for values in (*atoms, *acts)), []).append(item)
    found = [(f"one of {', '.join(group)}" if len(group) > 1 else group[0], group[0]) for group in alike.values()]
    return found[:MOST_ITEMS]


def _bands(subject: Subject, form: Form, asking: Sequence[Asking]) -> Iterator[tuple[str, str]]:
    """A figure below the lowest limit, one between each two, and one above the highest."""
    if subject.amount.period is not None and subject.period is None:
        return
    atoms = [atom for one in asking for atom in one.atoms(subject.fact) if atom.op in _NUMERIC]
    cuts = sorted({(atom.number, not _NUMERIC[atom.op]) for atom in atoms if atom.currency in (None, form.currency)})
    unit = f" {form.currency}" if form.currency else ""
    code = f" {form.currency or ANY_CURRENCY}" if subject.kind == "money" else ""
    above = ""
    for number, exclusive in cuts:
        shown = f"{number:,f}{unit}"
        label = (f"{shown} or less" if number else shown) if exclusive else f"less than {shown}"
        figure = number if exclusive else number - 1
        if figure >= 0:
            yield (f"{above} and {label}" if above else label), f"{figure:f}{code}"
        above = f"more than {shown}" if exclusive else f"{shown} or more"
    if cuts:
        number, exclusive = cuts[-1]
        yield above, f"{number + Decimal(exclusive):f}{code}"
