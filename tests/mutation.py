"""Makes the mutants of a license: one comparator, month, number, currency, scope or exception changed at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from license_audit.engine.binder import Binder
from license_audit.engine.binding import BoundLicense, bind_license
from license_audit.engine.sentences import EVER
from license_audit.engine.situation import ALL_ACTS
from license_audit.model.license import Clause, License
from license_audit.readers.catalog import PackagedCatalog

SWAPS = {
    "more-than": "at-least",
    "at-least": "more-than",
    "licensee-and-affiliates-sum": "licensee-or-affiliates-any",
    "licensee-or-affiliates-any": "licensee-and-affiliates-sum",
    "any": ("patent",),
    "USD": "EUR",
}


STEPS = {"month": 1, "since": 12}
"""Months by which a month is moved. From when on figures count may matter by the year alone."""


@dataclass(frozen=True)
class Mutant:
    """A license with one thing changed."""

    name: str
    license: License
    clause: str
    """Id of the clause in which it is changed, within the license."""


class MutantCatalog(PackagedCatalog):
    """The catalog with one license in the place of another."""

    def __init__(self, base: PackagedCatalog, mutant: License) -> None:
        vars(self).update(vars(base))  # files, and lists that were read from them
        self._mutant = mutant

    def license(self, key: str) -> License:
        """The mutant for its key, the packaged license for any other."""
        return self._mutant if key == self._mutant.key else super().license(key)


class MutantBinder(Binder):
    """Licenses bound once, with one mutant in the place of its original. Only the clause that differs is bound anew."""

    def __init__(self, base: Binder, mutant: Mutant) -> None:
        license_ = mutant.license
        catalog = base.catalog
        assert isinstance(catalog, PackagedCatalog)
        super().__init__(MutantCatalog(catalog, license_))
        self._bound = {**base._bound, license_.key: _bound(base, mutant)}
        self._policies = {}


def _bound(base: Binder, mutant: Mutant) -> BoundLicense:
    known = base.bound(mutant.license.key)
    assert known is not None
    (clause,) = (one for one in mutant.license.clauses if one.id == mutant.clause)
    fresh = bind_license(mutant.license.model_copy(update={"clauses": (clause,)}), base.catalog)
    clauses = tuple(fresh.by_id.get(bound.clause.id, bound) for bound in known.clauses)
    return BoundLicense(mutant.license, clauses, {**known.alternatives, **fresh.alternatives})


def mutants(license_: License) -> Iterator[Mutant]:
    """Every mutant of a license."""
    for number, clause in enumerate(license_.clauses):
        for what, changed in _clause_mutants(clause):
            clauses = (*license_.clauses[:number], changed, *license_.clauses[number + 1 :])
            changed_license = license_.model_copy(update={"clauses": clauses})
            yield Mutant(f"{license_.key}/{clause.id}: {what}", changed_license, clause.id)


def _clause_mutants(clause: Clause) -> Iterator[tuple[str, Clause]]:
    for name, value in clause.with_.items():
        for what, other in _value_mutants(name, value):
            yield f"{name} {what}", clause.model_copy(update={"with_": {**clause.with_, name: other}})
    for act in clause.acts:
        rest = tuple(other for other in clause.acts if other != act)
        yield f"without the act {act}", clause.model_copy(update={"acts": rest or _other_acts(act)})
    if clause.unless:
        yield "without its exceptions", clause.model_copy(update={"unless": ()})
    if clause.cure == "separate-license" and clause.rule != "termination-on-event":
        yield "without its cure", clause.model_copy(update={"cure": None})


def _other_acts(act: str) -> tuple[str, ...]:
    return ("merge",) if act != "merge" else (ALL_ACTS[0],)


def _value_mutants(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list | tuple):
        for item in value:
            yield f"without {item}", [other for other in value if other != item]
    elif name in STEPS and value != EVER:
        year, month = (int(part) for part in value.split("-"))
        for step in (-STEPS[name], STEPS[name]):
            index = year * 12 + month - 1 + step
            yield f"{abs(step)} months {'later' if step > 0 else 'earlier'}", f"{index // 12:04}-{index % 12 + 1:02}"
    elif name.endswith("limit"):
        number = int(str(value).replace("_", ""))
        yield "times a thousand", str(number * 1000)
        yield "divided by a thousand", str(number // 1000)
        yield "plus one", str(number + 1)
        yield "minus one", str(number - 1)
    elif value in SWAPS:
        yield f"{value} for {SWAPS[value]}", SWAPS[value]
