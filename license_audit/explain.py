"""A license, clause, rule, model, data set or provider in depth, as text."""

import textwrap
from collections.abc import Iterable
from pathlib import Path

from license_audit.engine.situation import facts, kind_of
from license_audit.errors import AuditError, Problem
from license_audit.lint import LISTS, OPERATORS, uncovered
from license_audit.model.catalog import AmbiguousName, CatalogModel, KnownData, Provider
from license_audit.model.license import License
from license_audit.outputs.page_text import WIDTH, ended, render, render_entries
from license_audit.pages import folder as pages
from license_audit.pages import license_page, rule_page
from license_audit.pages.clauses import entry
from license_audit.pages.shelf import Shelf
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import nearest
from license_audit.verify import ids_match


def explain(subject: str, catalog: PackagedCatalog) -> str:
    """What is known of a license, clause, rule, model, data set or provider, or of `facts`. AuditError for all else."""
    shelf = Shelf(catalog)
    text = _page(subject, shelf)
    if text is not None:
        return text
    lines = _lines(subject, catalog)
    if lines is not None:
        return ended(lines)
    key = shelf.key_of(subject)
    if key not in shelf.names:
        raise AuditError([Problem(subject, 0, 0, _unknown(subject, catalog))])
    return render(license_page.page(key, shelf))


def explain_coverage(subject: str, catalog: PackagedCatalog) -> str:
    """Each section of a license and what covers it. AuditError when there is no such license."""
    license_ = _license(subject, catalog)
    if license_ is None:
        raise AuditError([Problem(subject, 0, 0, _unknown(subject, catalog))])
    lines = [f"{license_.key}: {license_.title}"]
    for section in license_.sections:
        clauses = [f"{clause.id} ({clause.rule})" for clause in license_.clauses if ids_match(clause.id, section)]
        reasons = [reason.reason for reason in license_.no_duty if ids_match(reason.section, section)]
        told = ", ".join(clauses) or (f"no duty: {reasons[0]}" if reasons else "NOT COVERED")
        lines += textwrap.wrap(told, WIDTH, initial_indent=f"  {section:<10} ", subsequent_indent=" " * 13)
    left = len(uncovered(license_))
    is_whole = license_.coverage == "sections"
    read = " covered" if is_whole else " that were read covered; only the key clauses are encoded"
    lines.append(f"{len(license_.sections) - left} of {len(license_.sections)} sections{read}")
    return ended(lines)


def write_pages(folder: Path, catalog: PackagedCatalog) -> str:
    """Write the page of every license and rule into a folder; what was done, in a sentence."""
    made = pages.rendered(catalog)
    written, removed = pages.write(folder, made)
    return f"{folder}: {len(made)} pages; {written} written, {removed} removed"


def stale_pages(folder: Path, catalog: PackagedCatalog) -> list[str]:
    """What keeps a folder of pages from being current; nothing when it is."""
    return pages.differing(folder, pages.rendered(catalog))


def _page(subject: str, shelf: Shelf) -> str | None:
    """A license whose clauses are encoded, one of its clauses, or a rule; None for all else."""
    key = shelf.key_of(subject)
    if shelf.bound(key) is not None:
        return render(license_page.page(key, shelf))
    name, _, section = subject.partition("/")
    bound = shelf.bound(shelf.key_of(name)) if section else None
    if bound is not None:
        found = [entry(clause, bound, shelf) for clause in bound.clauses if ids_match(clause.clause.id, section)]
        return render_entries(found) if found else None
    return render(rule_page.page(subject, shelf)) if subject in shelf.catalog.rule_names() else None


def _lines(subject: str, catalog: PackagedCatalog) -> list[str] | None:
    model = catalog.model(subject)
    if model is not None:
        return list(_about_model(model, catalog))
    known = _about_record(subject, catalog) or _about_names(subject, catalog)
    return list(_about_facts()) if not known and subject == "facts" else known or None


def _about_facts() -> Iterable[str]:
    """Every fact that a condition may compare, how, and with which words."""
    for path in facts():
        kind = kind_of(path)
        values = LISTS.get(path) or kind.values or ()
        yield f"{path} ({kind.name}; {', '.join(OPERATORS[kind.name])})"
        yield from _wrap(", ".join(values))


def _about_names(subject: str, catalog: PackagedCatalog) -> list[str]:
    """What a name can mean that stands for several texts."""
    meaning = catalog.named(subject)
    if isinstance(meaning, AmbiguousName):
        return [f"{subject} can mean {', '.join(meaning.keys)}; the {meaning.decided_by} decides."]
    return []


def _about_record(subject: str, catalog: PackagedCatalog) -> list[str]:
    """A data set or a provider; both, where a name stands for both."""
    data, provider = catalog.dataset(subject), catalog.provider(subject)
    lines = [] if data is None else list(_about_data(data, catalog))
    return lines + ([] if provider is None else list(_about_provider(provider, catalog)))


def _license(subject: str, catalog: PackagedCatalog) -> License | None:
    meaning = catalog.named(subject)
    key = subject if meaning is None or isinstance(meaning, AmbiguousName) else meaning.key
    return catalog.license(key) if key in catalog.license_keys() else None


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
