"""Names in a profile that nobody knows. They would silently match nothing, so each is told with its place."""

import re
from collections.abc import Iterable

from license_audit.engine.binding import bind, comparisons
from license_audit.engine.ground import Atom
from license_audit.errors import Problem
from license_audit.model.catalog import AmbiguousName
from license_audit.model.profile import PolicyList, Profile
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.catalog_families import folded
from license_audit.readers.strict_yaml import Document, Path, nearest

TAGS = "use.tags"
_NO_MODEL = re.compile(r"[*?]|://|(?<=[\w.-])@")
"""What no id and no path of a model holds."""


def unknown_names(profile: Profile, places: Document, catalog: PackagedCatalog) -> list[Problem]:
    """Every name of a license, publisher, model or tag in the profile that would match nothing."""
    found = [*_derivatives(profile, catalog), *_tags(profile, catalog)]
    for which, listed in (("deny", profile.policy.deny), ("allow", profile.policy.allow)):
        found += [((*("policy", which), *path), text) for path, text in _policy(listed, catalog)]
    return [places.problem(path, text) for path, text in found]


def _derivatives(profile: Profile, catalog: PackagedCatalog) -> Iterable[tuple[Path, str]]:
    for name, use in profile.uses.items():
        license_ = use.derivative.license
        if license_ is not None and license_ != "own-terms" and catalog.named(license_) is None:
            at = ("uses", name, "derivative", "license")
            yield at, f"nobody knows a license {license_!r}; use a key, or own-terms"


def _tags(profile: Profile, catalog: PackagedCatalog) -> Iterable[tuple[Path, str]]:
    named = [
        (("uses", name, "tags", "items", number), tag)
        for name, use in profile.uses.items()
        for number, tag in enumerate(use.tags.items if use.tags else ())
    ]
    asked = asked_tags(catalog) if named else frozenset()
    for path, tag in named:
        if tag not in asked:
            hint = _hint(tag, sorted(asked)) if asked else "; was --rules left out?"
            yield path, f"no rule looks at the tag {tag!r}{hint}"


def asked_tags(catalog: PackagedCatalog) -> frozenset[str]:
    """Every tag that a clause of the organization's own documents looks at."""
    found: set[str] = set()
    for clause in (clause for key in catalog.own.keys for clause in catalog.license(key).clauses):
        for reading in clause.readings or (None,):
            values = {**clause.with_, **(reading.with_ if reading else {})}
            for test in comparisons(bind(catalog.rule(clause.rule).when, values, catalog)):
                found.update(test.values if isinstance(test, Atom) and test.fact == TAGS else ())
    return frozenset(found)


def _policy(listed: PolicyList, catalog: PackagedCatalog) -> Iterable[tuple[Path, str]]:
    for number, name in enumerate(listed.licenses):
        for text in _license(name, catalog):
            yield ("licenses", number), text
    for number, name in enumerate(listed.publishers):
        if catalog.publisher(name) is None and catalog.provider(name) is None:
            known = [*catalog.publishers(), *(provider.title for provider in catalog.providers())]
            yield ("publishers", number), f"nobody knows a publisher {name!r}{_hint(name, known)}"
    models = {folded(model.id): model.id for model in catalog.models()} if listed.models else {}
    for number, name in enumerate(listed.models):
        if _NO_MODEL.search(name):
            text = f"{name!r} is no model; expected a Hub id such as org/name, provider:name, or the path of a folder"
            yield ("models", number), text
        elif folded(name) in models and catalog.model(name) is None:
            yield ("models", number), f"nobody knows a model {name!r}; did you mean {models[folded(name)]}?"


def _license(name: str, catalog: PackagedCatalog) -> Iterable[str]:
    meaning = catalog.named(name)
    if meaning is None:
        yield f"nobody knows a license {name!r}{_hint(name, [known.key for known in catalog.known()])}"
    elif isinstance(meaning, AmbiguousName):
        yield f"{name!r} can mean {', '.join(meaning.keys)}; name each that is meant"
    elif meaning.kind == "policy":
        yield f"{name!r} is a use policy, and no model comes under one alone; name the license that it belongs to"


def _hint(word: str, known: list[str]) -> str:
    near = nearest(word, known)
    return f"; did you mean {near}?" if near else ""
