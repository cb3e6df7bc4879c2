"""What must hold of data sets, providers and families beyond their shape: names are unique, keys and sources exist."""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain

from license_audit.errors import Problem
from license_audit.model.catalog import KnownName
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.catalog_families import data_key, folded

LIMITED = ("non-commercial", "research-only")
"""Degrees of openness of a license that are limits of the data under it as well."""


def lint_records(catalog: PackagedCatalog) -> list[Problem]:
    """Every problem of data sets, providers, families and organizations."""
    return [*_data(catalog), *_providers(catalog), *_families(catalog), *_organizations(catalog)]


def _data(catalog: PackagedCatalog) -> Iterable[Problem]:
    records = catalog.records("data")
    names = {key: (key, *(entry.get("aliases") or ())) for key, entry in records.items()}
    for key, message in _repeated(names, data_key):
        yield catalog.place("data", ("data", key), message)
    for key, entry in records.items():
        license_, limits = entry.get("license"), entry.get("limits") or ()
        for message in chain(_unknown(license_, catalog), _contradictions(entry, limits, catalog)):
            yield catalog.place("data", ("data", key), f"{key}: {message}")
        for generator in entry.get("generators") or ():
            if "/" not in generator and generator not in catalog.records("providers"):
                yield catalog.place("data", ("data", key, "generators"), f"{key}: no provider is called {generator!r}")


def _contradictions(entry: dict[str, object], limits: Iterable[str], catalog: PackagedCatalog) -> Iterable[str]:
    license_, terms = entry.get("license"), entry.get("terms")
    if license_ and terms:
        yield "has both a license and terms that no key stands for"
    if (license_ is None and terms is None) is not ("unlicensed" in limits):
        yield "is unlicensed exactly when it has neither license nor terms"
    openness = catalog.openness(str(license_))
    if openness in LIMITED and openness not in limits:
        yield f"its license is {openness}, and that limit is missing"
    if "generator-terms" in limits and not entry.get("generators"):
        yield "names no generator whose terms limit it"


def _providers(catalog: PackagedCatalog) -> Iterable[Problem]:
    records = catalog.records("providers")
    names = {key: (key, *(entry.get("aliases") or ())) for key, entry in records.items()}
    for key, message in _repeated(names, folded):
        yield catalog.place("providers", ("providers", key), message)
    for key, entry in records.items():
        for message in _unknown(entry["license"], catalog):
            yield catalog.place("providers", ("providers", key, "license"), message)


def _families(catalog: PackagedCatalog) -> Iterable[Problem]:
    records = catalog.records("families")
    patterns = {key: (*(entry.get("names") or ()), *(entry.get("starts") or ())) for key, entry in records.items()}
    for key, message in _repeated(patterns, _spelled):
        yield catalog.place("families", ("families", key), message)
    for key, entry in records.items():
        if not patterns[key]:
            yield catalog.place("families", ("families", key), f"{key} has no spelling")
        for message in chain.from_iterable(_unknown(license_, catalog) for license_ in entry["licenses"]):
            yield catalog.place("families", ("families", key, "licenses"), message)


def _spelled(pattern: str) -> str:
    return " ".join(folded(word) for word in pattern.split())


def _organizations(catalog: PackagedCatalog) -> Iterable[Problem]:
    seen: dict[str, str] = {}
    for file, name in catalog.organizations():
        first = seen.setdefault(name.lower(), file)
        if first != file:
            yield Problem(file, 1, 1, f"the organization {name} stands in {first} as well")


def _repeated(names: Mapping[str, Iterable[str]], key: Callable[[str], str]) -> Iterable[tuple[str, str]]:
    """Records with a name that an earlier record has too, and what to say of it."""
    seen: dict[str, str] = {}
    for record, spellings in names.items():
        for spelling in spellings:
            first = seen.setdefault(key(spelling), record)
            if first != record:
                yield record, f"{record}: the name {spelling!r} stands for {first} as well"


def _unknown(license_: str | None, catalog: PackagedCatalog) -> Iterable[str]:
    """A key that no identity record has; names and aliases are no keys."""
    meaning = catalog.named(license_) if license_ else None
    if license_ and not (isinstance(meaning, KnownName) and meaning.key == license_):
        yield f"nobody knows a license {license_!r}"
