"""One model in one use, told in a ticket: what decides it, under which terms, and what would change it."""

from collections.abc import Iterable, Iterator

from license_audit.model.report import Finding, ModelUse, Report
from license_audit.outputs import Titles
from license_audit.outputs.lineage import told
from license_audit.outputs.markup import code, prose
from license_audit.outputs.plain import one_line
from license_audit.outputs.reasons import MAX_LINE, where
from license_audit.outputs.text import grounds


def short(text: str) -> str:
    """A text of strangers as words, and no longer than a line may be."""
    return prose(one_line(text, MAX_LINE))


def told_use(use: ModelUse, report: Report, titles: Titles) -> str:
    """A heading, the sentence that decides it, and a list."""
    found = use.assessment
    between = f" (best {found.best}, worst {found.worst})" if found.best != found.worst else ""
    head = f"#### {code(use.model)} for {code(use.use)}: {found.verdict}{between}"
    gate = f"Gate: {use.gate}. {code(report.manifest)}, line {use.line}."
    cut = " The search over open facts was cut short; the range may be wider than needed." if found.capped else ""
    return "\n".join(
        [head, "", f"{short(found.reason)} {gate}{cut}", "", *(f"- {line}" for line in _lines(use, titles))]
    )


def _lines(use: ModelUse, titles: Titles) -> Iterator[str]:
    found = use.assessment
    terms = ", ".join(f"{short(titles.title(key))} ({code(key)})" for key in found.terms)
    yield f"Terms in force: {terms or 'not known'}"
    yield from _license(use)
    yield from (f"Lineage: {short(sentence)}" for sentence in told(use.lineage))
    yield from _decided(use, titles)
    if found.owed:
        yield f"Duties owed, as told above: {_codes(found.owed)}"
    if found.questions:
        yield f"Questions, most decisive first: {_codes(question.path for question in found.questions)}"
    for change in found.changes:
        yield f"Would change it: {short(change.what)} → at best {change.verdict}"
    for reading in found.readings:
        yield (
            f"Read otherwise, {code(reading.clause)}, {short(reading.name)}: {short(reading.difference)} "
            f"(held by {short(reading.held_by)}) → {reading.verdict}"
        )
    yield from map(_finding, use.findings)


def _license(use: ModelUse) -> Iterator[str]:
    """Declared, found and concluded license, where a card or a text was read."""
    if use.declared is not None or use.texts:
        texts = ", ".join(f"{code(text.key) or 'unknown'} ({code(text.file)}, {text.status})" for text in use.texts)
        yield (
            f"License: declared {_codes(use.declared or ()) or 'none'}; found {texts or 'no text'}; "
            f"concluded {_codes(use.concluded) or 'nothing'}"
        )


def _decided(use: ModelUse, titles: Titles) -> Iterator[str]:
    """Each clause that the verdict turns on, with its section and the facts that met it."""
    found = use.assessment
    by_id = {clause.clause: clause for clause in found.clauses}
    for name in found.decisive:
        clause = by_id.get(name)
        if clause is None:
            yield f"No clause of these terms grants: {code(name)}"
        elif name not in found.owed:
            place = where(use, name)
            because = "; and ".join(grounds(clause.condition, holds=True)) if clause.condition else ""
            cited = f"{code(name)} ({short(f'section {clause.section} of {titles.title(clause.license)}')}"
            parts = [
                f"Decided by {cited}{f', {code(place)}' if place else ''}), {clause.outcome}: {short(clause.gist)}",
                f"Because {short(because)}." if because else "",
                f"To be judged by a person: {short(clause.question)}" if clause.outcome == "review" else "",
                f"What lifts it: {clause.cure}." if clause.cure else "",
            ]
            yield " ".join(part for part in parts if part)


def _finding(finding: Finding) -> str:
    clauses = f" ({_codes(finding.clauses)})" if finding.clauses else ""
    waived = f"; waived {short(finding.waived)}" if finding.waived else ""
    return f"{finding.level.capitalize()} {code(finding.kind)}: {short(finding.message)}{clauses}{waived}"


def _codes(names: Iterable[str]) -> str:
    return ", ".join(map(code, names))
