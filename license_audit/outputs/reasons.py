"""Why a use has its verdict: citations, duties and questions, one line each."""

from collections.abc import Iterator

from license_audit.model.report import ClauseResult, ModelUse
from license_audit.outputs import Titles
from license_audit.outputs.plain import one_line
from license_audit.outputs.text import grounds

MAX_LINES = 5
"""Lines of each sort; longer lists end with a line that counts the rest."""
MAX_LINE = 700
"""Characters of a line."""
_ASKED = 3
"""Clauses named beside a question."""


def reasons(use: ModelUse, titles: Titles) -> tuple[str, ...]:
    """What decides the verdict, what is owed, and what is asked, each with its section."""
    parts = (_decided(use, titles), _beyond(use), _owed(use, titles), _asked(use), _answered(use))
    return tuple(one_line(line, MAX_LINE) for lines in parts for line in _first(lines))


def _first(lines: Iterator[str]) -> list[str]:
    every = list(lines)
    rest = len(every) - MAX_LINES
    return [*every[:MAX_LINES], *([f"and {rest} more of these"] if rest > 0 else [])]


def _decided(use: ModelUse, titles: Titles) -> Iterator[str]:
    found = use.assessment
    by_id = {clause.clause: clause for clause in found.clauses}
    for name in found.decisive:
        clause = by_id.get(name)
        if clause is None:
            yield f"No clause of these terms grants: {name}"
        elif clause.outcome == "barred":
            gist = "" if clause.gist in found.reason else f": {clause.gist}"
            because = "; and ".join(grounds(clause.condition, holds=True)) if clause.condition else ""
            told = f" Because {because}." if because else ""
            cure = f" Cure: {clause.cure}." if clause.cure else ""
            yield f"Decided by {_cited(use, clause, titles)}{gist or '.'}{told}{cure}"
        elif clause.outcome == "review":
            yield f"To be judged by a person: {_cited(use, clause, titles)}: {clause.question}"


def _beyond(use: ModelUse) -> Iterator[str]:
    """What stands against the use even if what decides it did not."""
    found = use.assessment
    if found.verdict in ("undetermined", "disallowed"):
        asked = {question.path for question in found.questions}
        names = [
            f"{one.finding} ({one.verdict})"
            for one in found.obstacles
            if one.verdict != "conditional" and one.finding not in {*found.decisive, *asked}
        ]
        if names:
            yield f"Would stand against it as well: {', '.join(names)}."


def _answered(use: ModelUse) -> Iterator[str]:
    """What somebody let pass already, where that is not enough."""
    if use.gate == "fails":
        for finding in use.findings:
            if finding.kind == "waived":
                yield f"Not enough: {finding.message} {finding.waived or ''}"


def _owed(use: ModelUse, titles: Titles) -> Iterator[str]:
    owed = set(use.assessment.owed)
    for clause in use.assessment.clauses:
        if clause.clause in owed:
            how = f" Done when fulfils lists {' and '.join(clause.fulfilled_by)}." if clause.fulfilled_by else ""
            wording = f" Required wording: “{clause.wording}”" if clause.wording else ""
            yield f"Owed by {_cited(use, clause, titles)}: {clause.gist} {clause.remedy}{how}{wording}"


def _asked(use: ModelUse) -> Iterator[str]:
    for question in use.assessment.questions:
        names = ", ".join(f"{name}{_beside(use, name)}" for name in question.clauses[:_ASKED])
        yield f"Question {question.path}: {question.text}{f' Asked by {names}.' if names else ''}"


def _cited(use: ModelUse, clause: ClauseResult, titles: Titles) -> str:
    """The clause with its license, its section, and the lines on which it stands where a text was found."""
    return f"{clause.clause} (section {clause.section} of {titles.title(clause.license)}{_beside(use, clause.clause)})"


def _beside(use: ModelUse, name: str) -> str:
    place = where(use, name)
    return f", {place}" if place else ""


def where(use: ModelUse, name: str) -> str:
    """File and line on which a clause stands in a text that was found; empty where none was."""
    for text in use.texts:
        for passage in text.passages:
            if passage.clause == name:
                return f"{text.file}:{passage.lines[0]}"
    return ""
