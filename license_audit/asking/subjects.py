"""What a question is about: the fact of the profile behind its path, and the keys under which the profile holds it."""

import re
from typing import Any

from license_audit.engine.situation import Situation, annotation_of, kind_of
from license_audit.lint import LISTS
from license_audit.model.facts import Amount, Countries, Items, Money
from license_audit.model.profile import Profile, Use
from license_audit.model.questionnaire import AnswerKind
from license_audit.model.record import Record

AGREEMENTS, CLAIMS = "organization.agreements", "organization.claims_against"
ACTS, FULFILS, OBTAINED = "use.acts", "use.fulfils", "use.obtained_on"
RATES = "organization.exchange_rates"
_RATE = re.compile(r"organization\.exchange_rates\.([A-Z]{3})\.([A-Z]{3})")
_OF_CLAIM = re.compile(r"organization\.claims_against\.(\d+)\.(right|on)")
_PERIOD = re.compile(r"(.+)\.(\d{4}(?:-\d{2})?)")


class Subject(Record):
    """A fact that is asked about."""

    path: str
    """As the question names it."""
    fact: str
    """As rules name it; for parts of agreements, claims and rates, that of the whole."""
    kind: AnswerKind
    keys: tuple[str, ...]
    """Where the profile holds it."""
    period: str | None = None
    """Month or fiscal year that is asked about."""
    item: int | None = None
    """Which claim is asked about, counted from 0."""
    pair: tuple[str, str] | None = None
    """Currencies of a rate."""
    values: tuple[str, ...] | None = None
    """Closed list of values, where there is one."""

    @property
    def amount(self) -> type[Amount]:
        """How its figure is written."""
        found = amount_of(self.fact)
        if found is None:
            raise LookupError(f"{self.fact} is no figure")
        return found

    def value(self, profile: Profile) -> Any:
        """What the profile declares; None when nothing."""
        owner: Any = profile
        for key in self.keys:
            owner = owner.get(key) if isinstance(owner, dict) else getattr(owner, key)
        return owner


def subject_of(path: str, use: str) -> Subject | None:
    """The fact behind the path of a question that was asked for a use; None when it is none of the profile's."""
    inside = f"uses.{use}."
    if path.startswith(inside):
        return _plain(path, f"use.{path.removeprefix(inside)}", ("uses", use))
    if not path.startswith("organization."):
        return None
    if rate := _RATE.fullmatch(path):
        return Subject(path, RATES, "rate", ("organization", "exchange_rates"), pair=(rate[1], rate[2]))
    if part := _OF_CLAIM.fullmatch(path):
        kind: AnswerKind = "date" if part[2] == "on" else "text"
        return Subject(path, CLAIMS, kind, ("organization", "claims_against"), item=int(part[1]))
    if path == f"{AGREEMENTS}.since":
        return Subject(path, AGREEMENTS, "held-since", ("organization", "agreements"))
    return _plain(path, path, ("organization",))


def _plain(path: str, fact: str, root: tuple[str, ...]) -> Subject | None:
    period = None
    if found := _PERIOD.fullmatch(fact):
        fact, period = found[1], found[2]
    keys = (*root, *fact.split(".")[1:])
    if fact == OBTAINED:
        return Subject(path, fact, "date", keys)
    if (figure := amount_of(fact)) is not None:
        kept = period if figure.period else None
        return Subject(path, fact, "money" if issubclass(figure, Money) else "count", keys, kept)
    if fact in (AGREEMENTS, CLAIMS):
        return Subject(path, fact, "agreements" if fact == AGREEMENTS else "claims", keys)
    try:
        known = kind_of(fact)
    except LookupError:
        return None
    kinds: dict[str, AnswerKind] = {"flag": "yes-no", "choice": "choice", "items": "list", "text": "text"}
    return Subject(path, fact, kinds[known.name], keys, values=LISTS.get(fact) or known.values)


def is_country_list(subject: Subject) -> bool:
    """Whether the items are codes of countries."""
    return _is_declared_as(subject.fact, Countries)


def amount_of(fact: str) -> type[Amount] | None:
    """How a figure is written; None for what is no figure."""
    return annotation_of(fact) if _is_declared_as(fact, Amount) else None


def _is_declared_as(fact: str, kind: type) -> bool:
    try:
        found = annotation_of(fact)
    except LookupError:
        return False
    return isinstance(found, type) and issubclass(found, kind)


def listed(value: Any) -> tuple[str, ...]:
    """Items that a list of the profile holds already; none when nothing is declared."""
    return value.items if isinstance(value, Items) else ()


def situation_of(profile: Profile, use: str, **dates: Any) -> Situation:
    """The situation of a use, for asking the engine what is declared."""
    return Situation(profile.organization, use, profile.uses.get(use, Use()), **dates)
