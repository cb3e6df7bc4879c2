"""A license, clause, rule, model, data set or provider in depth, as text."""

import textwrap
from collections.abc import Iterable

from license_audit.engine.binding import BoundClause, bind_license
from license_audit.engine.sentences import sentence
from license_audit.engine.situation import facts, kind_of
from license_audit.errors import AuditError, Problem
from license_audit.lint import LISTS, OPERATORS, uncovered
from license_audit.model.catalog import AmbiguousName, CatalogModel, KnownData, KnownName, Provider
from license_audit.model.license import License, Rule
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import nearest
from license_audit.verify import ids_match

WIDTH = 100


def explain(subject: str, catalog: PackagedCatalog) -> str:
    """What is known of a license, clause, rule, model, data set or provider, or of `facts`. AuditError for all else."""
    lines = _lines(subject, catalog)
    if lines is None:
        raise AuditError([Problem(subject, 0, 0, _unknown(subject, catalog))])
    return "\n".join(lines) + "\n"


def explain_coverage(subject: str, catalog: PackagedCatalog) -> str:
    """Each section of a license and what covers it. AuditError when there is no such license."""
    license_ = _license(subject, catalog)
    if license_ is None:
        raise AuditError([Problem(subject, 0, 0, _unknown(subject, catalog))])
    lines = [f"{license_.key}: {license_.title}"]
    for section in license_.sections:
        clauses = [f"{clause.id} ({clause.rule})" for clause in license_.clauses if ids_match(clause.id, section)]
        reasons = [entry.reason for entry in license_.no_duty if ids_match(entry.section, section)]
        told = ", ".join(clauses) or (f"no duty: {reasons[0]}" if reasons else "NOT COVERED")
        lines += textwrap.wrap(told, WIDTH, initial_indent=f"  {section:<10} ", subsequent_indent=" " * 13)
    left = len(uncovered(license_))
    lines.append(f"{len(license_.sections) - left} of {len(license_.sections)} sections covered")
    return "\n".join(lines) + "\n"


def _lines(subject: str, catalog: PackagedCatalog) -> list[str] | None:
    license_ = _license(subject, catalog)
    if license_ is not None:
        return list(_about_license(license_, catalog))
    if "/" in subject:
        key, _, section = subject.partition("/")
        license_ = _license(key, catalog)
        if license_ is not None:
            bound = bind_license(license_, catalog)
            found = [clause for clause in bound.clauses if ids_match(clause.clause.id, section)]
            return [line for clause in found for line in _about_clause(clause)] or None
    if subject in catalog.rule_names():
        return list(_about_rule(catalog.rule(subject), catalog))
    model = catalog.model(subject)
    if model is not None:
        return list(_about_model(model, catalog))
    known = _about_record(subject, catalog) or _about_meaning(subject, catalog)
    return list(_about_facts()) if known is None and subject == "facts" else known


def _about_facts() -> Iterable[str]:
    """Every fact that a condition may compare, how, and with which words."""
    for path in facts():
        kind = kind_of(path)
        values = LISTS.get(path) or kind.values or ()
        yield f"{path} ({kind.name}; {', '.join(OPERATORS[kind.name])})"
        yield from _wrap(", ".join(values))


def _about_meaning(subject: str, catalog: PackagedCatalog) -> list[str] | None:
    meaning = catalog.named(subject)
    if isinstance(meaning, AmbiguousName):
        return [f"{subject} can mean {', '.join(meaning.keys)}; the {meaning.decided_by} decides."]
    return None if meaning is None else list(_about_name(meaning))


def _about_record(subject: str, catalog: PackagedCatalog) -> list[str]:
    """A data set or a provider; both, where a name stands for both."""
    data, provider = catalog.dataset(subject), catalog.provider(subject)
    lines = [] if data is None else list(_about_data(data, catalog))
    return lines + ([] if provider is None else list(_about_provider(provider, catalog)))


def _license(subject: str, catalog: PackagedCatalog) -> License | None:
    meaning = catalog.named(subject)
    key = subject if meaning is None or isinstance(meaning, AmbiguousName) else meaning.key
    return catalog.license(key) if key in catalog.license_keys() else None


def _about_license(license_: License, catalog: PackagedCatalog) -> Iterable[str]:
    yield f"{license_.title} ({license_.key})"
    printed = str(license_.date or "undated")
    parts = (
        f"publisher {license_.publisher}",
        f"version {license_.version}" if license_.version else "no version",
        printed,
        license_.spdx,
        *_openness(license_.key, catalog),
    )
    yield f"  {' · '.join(parts)}"
    reviewed = license_.reviewed
    yield f"  read by {reviewed.by} on {reviewed.on}, confidence {reviewed.confidence}"
    for part in license_.incorporates:
        yield f"  incorporates {part.key} by {part.by}{'' if part.held else ' (text not held)'}"
    yield ""
    for clause in bind_license(license_, catalog).clauses:
        yield from _about_clause(clause)


def _about_name(name: KnownName) -> Iterable[str]:
    yield f"{name.title} ({name.key})"
    version = f"version {name.version}" if name.version else "no version"
    printed = name.date or (f"published {name.published}" if name.published else "undated")
    openness = (name.openness,) if name.openness else ()
    yield f"  {' · '.join((f'publisher {name.publisher}', version, printed, name.spdx, *openness))}"
    yield f"  {name.kind}, language {name.language}"
    for part in name.incorporates:
        yield f"  incorporates {part.key}{'' if part.held else ' (text not held)'}"
    if name.supersedes:
        yield f"  supersedes {name.supersedes}"
    yield "  its clauses are not encoded yet"


def _about_clause(bound: BoundClause) -> Iterable[str]:
    clause, rule = bound.clause, bound.rule
    yield f"{bound.id}  [{rule.kind}: {rule.rule}]"
    yield from _wrap(clause.gist)
    yield from _wrap(f"acts: {', '.join(bound.acts) or 'any'}")
    if rule.when is not None:
        yield from _wrap(f"{'owed' if rule.kind == 'duty' else 'holds'} when {sentence(bound.when)}")
    if bound.duties:
        yield from _wrap(f"fulfilled by: {' and '.join(bound.duties)}")
    if clause.wording:
        yield from _wrap(f"required wording: {clause.wording}")
    if clause.unless:
        yield from _wrap(f"unless: {', '.join(clause.unless)}")
    if clause.cure:
        yield from _wrap(f"cure: {clause.cure}")
    for reading in clause.readings:
        yield from _wrap(f"reading {reading.name}: {reading.difference} (held by {reading.held_by})")
    yield from _wrap(f"find it by: “{clause.anchor}”")
    yield ""


def _about_rule(rule: Rule, catalog: PackagedCatalog) -> Iterable[str]:
    yield f"{rule.title} ({rule.rule}, {rule.kind})"
    yield from _wrap(rule.meaning)
    yield from _wrap(f"question: {rule.question}")
    yield from _wrap(f"remedy: {rule.remedy}")
    if rule.parameters:
        yield from _wrap(f"parameters: {', '.join(rule.parameters)}")
    users = [
        f"{key}/{clause.id}"
        for key in catalog.license_keys()
        for clause in catalog.license(key).clauses
        if clause.rule == rule.rule
    ]
    yield from _wrap(f"used by: {', '.join(users)}")


def _about_model(model: CatalogModel, catalog: PackagedCatalog) -> Iterable[str]:
    yield f"{model.id} ({model.publisher})"
    for window in model.windows:
        since = f" since {window.since}" if window.since else ""
        until = f" until {window.until}" if window.until else ""
        told = f"{_titled(window.license, catalog)}{since}{until}; {window.confidence}: {window.source}"
        yield from _wrap(told)
    if model.base:
        yield from _wrap(f"{model.relation} of {', '.join(model.base)}")
    if model.note:
        yield from _wrap(f"note: {model.note}")


def _about_data(data: KnownData, catalog: PackagedCatalog) -> Iterable[str]:
    yield f"{data.title} ({data.id}, a data set)"
    yield from _wrap(f"license: {_titled(data.license, catalog) if data.license else 'none is known'}")
    if data.limits:
        yield from _wrap(f"limits whoever trains on it: {', '.join(data.limits)}")
    if data.generators:
        yield from _wrap(f"holds outputs of: {', '.join(data.generators)}")
    yield from _wrap(f"note: {data.note}")
    yield from _wrap(f"{data.confidence}: {data.source}")


def _about_provider(provider: Provider, catalog: PackagedCatalog) -> Iterable[str]:
    yield f"{provider.title} ({provider.name}, a provider of hosted models, api)"
    read = "text not read" if provider.license is None else _titled(provider.license, catalog)
    yield from _wrap(f"terms: {provider.terms} ({read})")


def _titled(license_: str, catalog: PackagedCatalog) -> str:
    """The title of a license with its key and openness; a name that is no key as it is."""
    openness = _openness(license_, catalog)
    return f"{catalog.title(license_)} ({', '.join((license_, *openness))})" if openness else license_


def _openness(key: str, catalog: PackagedCatalog) -> tuple[str, ...]:
    openness = catalog.openness(key)
    return (openness,) if openness else ()


def _unknown(subject: str, catalog: PackagedCatalog) -> str:
    known = [*catalog.license_keys(), *catalog.rule_names(), *(model.id for model in catalog.models())]
    known += [data.id for data in catalog.datasets()] + [provider.name for provider in catalog.providers()]
    near = nearest(subject, known)
    hint = f"; did you mean {near}?" if near else ""
    return f"no license, clause, rule or model is called that{hint}"


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ", break_on_hyphens=False)
