"""Ordinary uses that clauses are asked about, so that a table can say in a word what a license comes to.

Each question is one situation. It declares what the question is about, and that nothing unusual happens; all else, such
as figures and countries, stays unknown. A clause that bites says no; a clause that may bite limits.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from license_audit.engine.binding import BoundClause, BoundLicense
from license_audit.engine.formula import Formula
from license_audit.engine.ground import ground
from license_audit.engine.situation import Situation
from license_audit.model.profile import Organization, Use
from license_audit.model.record import Record
from license_audit.model.words import Act

LIMITS = ("bar", "prohibition", "condition", "judgement")
"""Kinds of clauses that can stand against a use."""
PLAIN_USE: Mapping[str, Any] = {
    "domains": ["customer-service"],
    "received_as": "weights",
    "licensed_practice": True,
    "consents_held": True,
    "decision_making": "none",
    "safety_measures": "kept",
}
NOBODY: Mapping[str, Any] = {"agreements": [], "claims_against": []}
COMPANY: Mapping[str, Any] = {**NOBODY, "kind": "company", "tax_exempt": False}
COMMERCIAL: Mapping[str, Any] = {
    "purpose": "commercial",
    "environment": "production",
    "audience": "public",
    "attributable_revenue": {"currency": "USD", "at_least": 1},
    "outputs": {"train_models": "none"},
}
ON = date(2000, 1, 1)
"""The figures of no period are declared, so the day makes no difference."""


class Came(Record):
    """What a clause came to in a situation."""

    bound: BoundClause
    bites: bool | None
    """None when it depends on what the situation leaves open."""
    is_contested: bool
    """Whether another reading comes to something else."""


def situation(organization: Mapping[str, Any], use: Mapping[str, Any], acts: tuple[Act, ...]) -> Situation:
    """A use of which is known what the question says, and that it is no unusual one."""
    asked = Use.model_validate({**PLAIN_USE, **use, "acts": list(acts)})
    return Situation(Organization.model_validate(dict(organization)), "asked", asked, ON)


def came(
    documents: Iterable[BoundLicense],
    known: Situation,
    acts: tuple[Act, ...],
    is_asked: Callable[[BoundClause], bool],
) -> list[Came]:
    """The clauses that stand, or may stand, against the acts, among those that are asked."""
    found = (
        _came(bound, document, known)
        for document in documents
        for bound in document.clauses
        if is_asked(bound) and (not bound.acts or set(acts) & set(bound.acts))
    )
    return [one for one in found if one.bites is not False]


def _came(bound: BoundClause, document: BoundLicense, known: Situation) -> Came:
    """What a clause comes to. An exception that holds for sure frees from it."""
    exceptions = (document.by_id[name].when for name in bound.clause.unless)
    if any(ground(when, known, _apart) is True for when in exceptions):
        return Came(bound, bites=False, is_contested=False)
    ways = (bound, *document.alternatives.get(bound.id, ()))
    first, *others = (_bites(way, known) for way in ways)
    return Came(bound, first, any(other is not first for other in others))


def _bites(bound: BoundClause, known: Situation) -> bool | None:
    if bound.kind not in LIMITS:
        return False
    found = ground(bound.when, known, _apart)
    if found is True and bound.kind == "judgement":
        return None
    return found if isinstance(found, bool) else None


def _apart(key: str) -> Formula:
    """Clauses of a policy are asked by themselves."""
    del key
    return False
