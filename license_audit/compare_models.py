"""Two models side by side: the terms that each comes under, and what these come to in the uses of a profile."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from license_audit import __version__
from license_audit.auditor import Auditor
from license_audit.compare_clauses import Side, matched, matters, pairs, side_of
from license_audit.compare_licenses import told_of_both, unread_parts
from license_audit.compare_uses import Causes, Ids, compare_use
from license_audit.compare_words import listed
from license_audit.engine.binder import Binder
from license_audit.engine.lineage import Resolved
from license_audit.model.comparison import Comparison, Row, UseComparison
from license_audit.model.evidence import Evidence
from license_audit.model.profile import Use
from license_audit.model.report import Finding
from license_audit.outputs.lineage import OPENNESS, told
from license_audit.readers.catalog import PackagedCatalog


class Subject(NamedTuple):
    """A model, and what is known of its terms."""

    evidence: Evidence
    resolved: Resolved


def compare_models(a: Evidence, b: Evidence, auditor: Auditor, uses: Mapping[str, Use]) -> Comparison:
    """Two models: terms in force with their lineage, clause by clause, and the verdict in each of the uses."""
    catalog, binder = auditor.catalog, Binder(auditor.catalog)
    first, second = (Subject(one, auditor.resolve(one, None)) for one in (a, b))
    side_a, side_b = (_side(one.resolved) for one in (first, second))
    identity = tuple(_identity(first, second, catalog))
    clauses = pairs(side_a, side_b, catalog)
    answers = tuple(_compared_use(first, second, auditor, name, use, binder) for name, use in uses.items())
    unread = told_of_both(_unread(one, binder) for one in (first, second))
    findings = told_of_both(_told(one.resolved.findings) for one in (first, second))
    return Comparison(
        tool_version=__version__,
        on=auditor.on,
        kind="models",
        a=a.model,
        b=b.model,
        differs=any(row.differs for row in identity)
        or any(pair.state != "same" for pair in clauses)
        or any(answer.differs for answer in answers)
        or any(remark.side != "both" for remark in (*unread, *findings)),
        is_complete=not unread,
        identity=identity,
        clauses=clauses,
        matters=matters(side_a, side_b),
        uses=answers,
        remarks=(*unread, *findings),
    )


def _side(resolved: Resolved) -> Side:
    layers = resolved.terms.layers
    return side_of(((layer.bound, layer.policies) for layer in layers), unread=resolved.terms.unknown is not False)


def _unread(subject: Subject, binder: Binder) -> Iterable[str]:
    """What has not been read of the terms, and what is not certain about them."""
    resolved = subject.resolved
    known = {layer.bound.key for layer in resolved.terms.layers}
    for key in resolved.licenses:
        if key not in known:
            yield f"the clauses of {key} are not encoded, and not compared"
    if not resolved.is_known:
        yield "it is not certain which terms hold: what the other model's clauses say may hold here as well"
    for layer in resolved.terms.layers:
        if layer.guard is not True:
            yield f"{layer.bound.key} holds only under conditions: a date of the copy, or a parent that is not certain"
        yield from unread_parts(layer.bound.key, binder)


def _told(findings: Iterable[Finding]) -> Iterable[str]:
    for finding in findings:
        clauses = f" ({', '.join(finding.clauses)})" if finding.clauses else ""
        yield f"{finding.kind}: {finding.message}{clauses}"


def _identity(first: Subject, second: Subject, catalog: PackagedCatalog) -> Iterable[Row]:
    a, b = first.resolved, second.resolved
    publisher_a, publisher_b = (catalog.publisher_of(one.evidence.model) for one in (first, second))
    yield Row(what="publisher", a=publisher_a, b=publisher_b)
    yield listed("own license", *(_titles(one.concluded, catalog) or None for one in (a, b)))
    yield listed("terms in force", *(_titles(one.licenses, catalog) or None for one in (a, b)))
    open_a, open_b = (None if one.openness is None else OPENNESS[one.openness] for one in (a, b))
    yield Row(what="openness", a=open_a, b=open_b)
    yield listed("declared license", first.evidence.declared, second.evidence.declared)
    yield listed("comes from", *(tuple(told(one.lineage)) or None for one in (a, b)))


def _titles(keys: Iterable[str], catalog: PackagedCatalog) -> tuple[str, ...]:
    return tuple(f"{catalog.title(key)} ({key})" for key in keys)


def _compared_use(
    first: Subject, second: Subject, auditor: Auditor, name: str, use: Use, binder: Binder
) -> UseComparison:
    a, b = (auditor.judge(one.evidence, name, use) for one in (first, second))
    ids: list[Ids] = [
        (None if one is None else one.bound.id, None if other is None else other.bound.id)
        for one, other in matched(_side(a.resolved).clauses, _side(b.resolved).clauses)
    ]
    return compare_use("", name, a.assessment, b.assessment, ids, Causes(name, {}, binder))
