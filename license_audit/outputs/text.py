"""Text for a terminal: one block for each model and use."""

from collections.abc import Iterable, Mapping

from license_audit.errors import printable
from license_audit.model.report import ClauseResult, Evaluated, ModelUse, Report, State
from license_audit.outputs import Titles
from license_audit.outputs.lineage import OPENNESS, told
from license_audit.outputs.paragraphs import wrap
from license_audit.outputs.plain import logged

WIDTH = 110
COLORS = {"allowed": 32, "conditional": 33, "undetermined": 35, "disallowed": 31}
LET_PASS: Mapping[State, str] = {"waived": " [waived]", "known": " [known from the baseline]"}
MAX_QUESTIONS = 5


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """Verdict, what decides it, duties, questions and what would change it, for each model and use."""
    organization = f" ({report.organization})" if report.organization else ""
    lines = [
        printable(f"Models of {report.manifest} judged against {report.profile}{organization} for {report.on}"),
        "",
    ]
    for use in report.uses:
        lines += _block(use, titles, report.manifest, color=color)
    return "\n".join(map(logged, "\n".join(lines).split("\n"))) + "\n"


def _block(use: ModelUse, titles: Titles, manifest: str, *, color: bool) -> list[str]:
    found = use.assessment
    word = found.verdict.upper()
    shown = f"\033[{COLORS[found.verdict]};1m{word}\033[0m" if color else word
    scale = f" (best {found.best}, worst {found.worst})" if found.verdict == "undetermined" else ""
    name = printable(f"{use.model}  for  {use.use}  [{manifest}:{use.line}]")
    lines = [f"{shown}{scale}{LET_PASS.get(use.gate, '')}  {name}"]
    lines += _wrapped("", found.reason)
    terms = ", ".join(titles.title(key) for key in found.terms)
    lines += _wrapped("terms: ", terms or "not known")
    lines += _evidence(use)
    lines += _origin(use)
    by_id = {clause.clause: clause for clause in found.clauses}
    if found.verdict != "allowed":
        lines += _decided(use, by_id)
    for clause in found.owed:
        lines += _wrapped("owed: ", _duty(by_id[clause]) + _place(use, clause))
    for one in found.clauses:
        if one.shown_by:
            lines += _wrapped("shown done: ", f"{one.clause}: {one.title} [{', '.join(one.shown_by)}]")
    for question in found.questions[:MAX_QUESTIONS]:
        asked = f" (asked by {', '.join(question.clauses[:3])})" if question.clauses else ""
        lines += _wrapped("question: ", f"{question.path}: {question.text}{asked}")
    if len(found.questions) > MAX_QUESTIONS:
        lines += _wrapped("", f"and {len(found.questions) - MAX_QUESTIONS} more questions")
    for change in found.changes:
        lines += _wrapped("would change it: ", f"{change.what} → {change.verdict}")
    for reading in found.readings:
        lines += _wrapped(
            "read otherwise: ", f"{reading.clause}, {reading.name}: {reading.difference} → {reading.verdict}"
        )
    for finding in use.findings:
        waiver = f" (waived {finding.waived})" if finding.waived else ""
        dropped = f" ({', '.join(finding.clauses)})" if finding.clauses else ""
        lines += _wrapped(f"{finding.level}: ", f"{finding.kind}: {finding.message}{dropped}{waiver}")
    if found.capped:
        lines += _wrapped("", "the search over open facts was cut short; the range may be wider than needed")
    return [*lines, ""]


def _evidence(use: ModelUse) -> Iterable[str]:
    """Declared, found and concluded license, where a card or a text was read."""
    if use.declared is None and not use.texts:
        return
    found = [f"{text.key or 'a text nobody knows'} ({text.file}, {text.status})" for text in use.texts]
    parts = (
        f"declared {', '.join(use.declared or ()) or 'none'}",
        f"found {', '.join(found) or 'no text'}",
        f"concluded {', '.join(use.concluded) or 'nothing'}",
    )
    yield from _wrapped("license: ", "; ".join(parts))


def _origin(use: ModelUse) -> Iterable[str]:
    """Openness and lineage, where anything was read."""
    if use.openness is not None:
        yield from _wrapped("openness: ", OPENNESS[use.openness])
    for sentence in told(use.lineage):
        yield from _wrapped("lineage: ", sentence)


def _place(use: ModelUse, clause: str) -> str:
    """Where a clause stands in a text that was found."""
    for text in use.texts:
        for passage in text.passages:
            if passage.clause == clause:
                return f" [{text.file}:{passage.lines[0]}]"
    return ""


def _decided(use: ModelUse, by_id: dict[str, ClauseResult]) -> Iterable[str]:
    found = use.assessment
    for name in found.decisive:
        clause = by_id.get(name)
        if clause is not None and name not in found.owed and clause.outcome == "barred":
            cure = f" Cure: {clause.cure}." if clause.cure else ""
            yield from _wrapped("decided by: ", f"{name}: {clause.gist}{cure}{_place(use, name)}")
            if clause.condition is not None:
                yield from _wrapped("  because ", "; and ".join(grounds(clause.condition, holds=True)))


def grounds(condition: Evaluated, *, holds: bool) -> list[str]:
    """The comparisons that make a condition come out as it did, with the declared values."""
    if condition.holds is not holds:
        return []
    if condition.fact is not None:
        told = condition.sentence if holds else f"it is not so that {condition.sentence}"
        return [f"{told} (declared: {condition.fact.declared or 'nothing'})"]
    if not condition.parts:
        return [condition.sentence]
    inner = not holds if condition.negation else holds
    return [ground for part in condition.parts for ground in grounds(part, holds=inner)]


def _duty(clause: ClauseResult) -> str:
    how = f" Done when fulfils lists {' and '.join(clause.fulfilled_by)}." if clause.fulfilled_by else ""
    wording = f" Required wording: “{clause.wording}”" if clause.wording else ""
    return f"{clause.clause}: {clause.gist} {clause.remedy}{how}{wording}"


def _wrapped(label: str, text: str) -> list[str]:
    return wrap(printable(text), WIDTH, f"    {label}", "      ")
