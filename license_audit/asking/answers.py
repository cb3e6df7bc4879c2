"""From what a person wrote to a merge patch of the profile. What is not understood is explained and never guessed."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from license_audit.asking.figures import AnswerError, figure, number_of
from license_audit.asking.subjects import ACTS, FULFILS, Subject, is_country_list, listed
from license_audit.model.profile import Profile
from license_audit.model.questionnaire import AnswerKind, Form

Patch = dict[str, Any]
"""A merge patch, RFC 7396."""
YES, NO = ("yes", "y", "true"), ("no", "n", "false")
NOTHING = ("none", "nothing")
MORE = ("...", "…")
"""Said last, it leaves a list open."""
RIGHTS = ("patent", "copyright", "trademark", "contract")
_COUNTRY = re.compile(r"[A-Z]{2}")


def patch_of(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> Patch:
    """The patch that an answer comes to. AnswerError says what was expected."""
    value = _VALUES[subject.kind](subject, form, text.strip(), profile, on)
    patch: Any = value
    for key in reversed(subject.keys):
        patch = {key: patch}
    found: Patch = patch
    return found


def _yes_no(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> bool:
    del subject, form, profile, on
    if text.lower() in YES + NO:
        return text.lower() in YES
    raise AnswerError(f"{text!r} is neither yes nor no")


def _choice(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> str:
    del subject, profile, on
    values = [choice.value for choice in form.choices]
    found = _chosen(text, values)
    if found is None:
        raise AnswerError(f"{text!r} is none of {', '.join(values)}; type one of them or its number")
    return found


def _chosen(text: str, values: list[str]) -> str | None:
    """A value by its name or by its number in the list, counted from 1."""
    if text in (numbers := [str(number) for number in range(1, len(values) + 1)]):
        return values[numbers.index(text)]
    return next((value for value in values if value.lower() == text.lower()), None)


def _list(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> Any:
    """Items beside those that are declared; the list is complete unless the answer ends in dots."""
    del on
    is_open = text.endswith(MORE)
    for end in MORE:
        text = text.removesuffix(end)
    named = [part.strip() for part in text.strip().strip(",").split(",")]
    named = [] if len(named) == 1 and named[0].lower() in (*NOTHING, "") else named
    if not named and not text.strip(" ,"):
        raise AnswerError(form.expected)
    if not named and subject.fact == ACTS:
        raise AnswerError("A use does something with the model. Name what it does.")
    values = [choice.value for choice in form.choices] if subject.values else None
    items = [_item(subject, part, values) for part in named]
    whole = list(dict.fromkeys((*listed(subject.value(profile)), *items)))
    if is_open and subject.fact == FULFILS:
        raise AnswerError("What is done is a record: name all that is shown done.")
    return {"items": whole, "open": True} if is_open else whole


def _item(subject: Subject, text: str, values: list[str] | None) -> str:
    if values is not None:
        found = _chosen(text, values)
        if found is None:
            raise AnswerError(f"{text!r} is not in the list; name items of it, with commas between, or none")
        return found
    if is_country_list(subject):
        code = text.upper()
        if text.lower() == "worldwide":
            return "worldwide"
        if _COUNTRY.fullmatch(code) is None:
            raise AnswerError(f"{text!r} is no country code of two letters, such as DE, nor worldwide")
        return code
    if not text:
        raise AnswerError("an item of the list is empty")
    return text


def _figure(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> Patch:
    del on
    return figure(subject, form, text, subject.value(profile))


def _rate(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> Patch:
    del profile, on
    source, target = subject.pair or ("", "")
    rate = number_of(text, places=None)
    if rate is None or not rate:
        raise AnswerError(form.expected)
    return {source: {target: rate}}


def _day(text: str, on: date, what: str) -> str:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise AnswerError(f"{text!r} is not a date such as 2024-03-02") from None
    if day > on:
        raise AnswerError(f"{day} is after {on}, the day that the question is asked about; {what} is in the past")
    return day.isoformat()


def _date(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> Any:
    del form
    day = _day(text, on, "what is asked for")
    return day if subject.item is None else _claim_with(subject, profile, {"on": day})


def _text(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> Any:
    del on
    if not text:
        raise AnswerError(form.expected)
    return text if subject.item is None else _claim_with(subject, profile, {"right": text.lower()})


def _claim_with(subject: Subject, profile: Profile, facts: Patch) -> list[Patch]:
    claims = [_plain(claim) for claim in profile.organization.claims_against or ()]
    claims[subject.item or 0].update(facts)
    return claims


def _plain(value: Any) -> Patch:
    """An agreement or a claim as the profile writes it."""
    found: Patch = value.model_dump(mode="json", exclude_none=True)
    return found


def _held_since(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> list[Patch]:
    """A date for the one agreement that lacks it, or `NUMBER: DATE` where there are several."""
    del subject
    agreements = [_plain(held) for held in profile.organization.agreements or ()]
    lacking = [held for held in agreements if "since" not in held]
    number, _, day = text.rpartition(":")
    values = [str(place) for place in range(1, len(lacking) + 1)]
    if number.strip() not in values and (number or len(lacking) > 1):
        raise AnswerError(form.expected)
    lacking[int(number or 1) - 1]["since"] = _day(day.strip(), on, "the first day")
    return agreements


def _agreements(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> list[Patch]:
    del subject, profile, on
    return list(_records(text, form, ("licensor", "covers"), ("reference", "since", "until")))


def _claims(subject: Subject, form: Form, text: str, profile: Profile, on: date) -> list[Patch]:
    del subject, profile, on
    return list(_records(text, form, ("against", "about"), ("right", "defensive", "on")))


def _records(text: str, form: Form, first: tuple[str, str], more: tuple[str, ...]) -> Iterator[Patch]:
    """`A; B; key VALUE` for each, `|` between them; `none` for none."""
    if text.lower() in NOTHING:
        return
    for record in text.split("|"):
        who, *rest = (part.strip() for part in record.split(";"))
        if not who or not rest or not rest[0]:
            raise AnswerError(form.expected)
        names = [name.strip() for name in rest[0].split(",") if name.strip()]
        found: Patch = {first[0]: who, first[1]: names if first[1] == "covers" else rest[0]}
        for part in rest[1:]:
            key, _, value = part.partition(" ")
            if key not in more or not value.strip():
                raise AnswerError(f"{part!r} is none of {', '.join(more)} with a value behind it")
            found[key] = _record_value(key, value.strip())
        yield found


def _record_value(key: str, value: str) -> Any:
    if key in ("since", "until", "on"):
        return _day(value, date.max, "")
    if key == "defensive":
        if value.lower() not in YES + NO:
            raise AnswerError(f"defensive is yes or no, not {value!r}")
        return value.lower() in YES
    return value


_VALUES: dict[AnswerKind, Callable[[Subject, Form, str, Profile, date], Any]] = {
    "yes-no": _yes_no,
    "choice": _choice,
    "list": _list,
    "count": _figure,
    "money": _figure,
    "rate": _rate,
    "date": _date,
    "held-since": _held_since,
    "agreements": _agreements,
    "claims": _claims,
    "text": _text,
}


def composed(one: Patch, other: Patch) -> Patch:
    """One patch that does what two do, one after the other."""
    found = dict(one)
    for key, value in other.items():
        known = found.get(key)
        found[key] = composed(known, value) if isinstance(known, dict) and isinstance(value, dict) else value
    return found
