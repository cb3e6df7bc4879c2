"""HTML: one self-contained page for reviewers who check, print and sign every line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import get_args

from license_audit.model.evidence import Passage
from license_audit.model.report import (
    Assessment,
    ClauseResult,
    EvidenceSource,
    ModelUse,
    ReadingResult,
    Report,
    State,
)
from license_audit.model.words import Cure, Outcome, Verdict
from license_audit.outputs import Titles
from license_audit.outputs.json import render as render_json
from license_audit.outputs.lineage import OPENNESS, RELATIONS
from license_audit.outputs.pages import page

MATRIX_COLUMNS = 5
"""Uses beside each other in one table: what fits on a printed page."""
SHOWN = 6
"""Clauses told at once; longer lists go on in a part that opens."""

VERDICTS: Mapping[Verdict, str] = {
    "allowed": "Every act is granted, nothing bars it, and no duty is outstanding.",
    "conditional": "Allowed, and the listed duties are owed. Each says what fulfils it.",
    "undetermined": "The declared facts or the evidence do not decide it. The best and the worst verdict still "
    "possible are given, with the questions whose answers would decide.",
    "disallowed": "Barred, terminated, or an act is not granted. Where the text has a cure, it is given.",
}
OUTCOMES: Mapping[Outcome, str] = {
    "barred": "It bites: the use is ruled out.",
    "review": "A person must judge it.",
    "open": "The declared facts or the evidence do not decide it.",
    "owed": "A duty that applies and is not shown to be fulfilled.",
    "fulfilled": "A duty that applies and is declared as fulfilled.",
    "granted": "A permission that covers the use.",
    "clear": "A limit that the use does not reach.",
    "not-applicable": "It is about other acts or other circumstances.",
}
CURES: Mapping[Cure, str] = {
    "separate-license": "a separate license from the licensor",
    "registration": "registration with the licensor",
    "payment": "payment",
    "renaming": "renaming",
    "stop": "stopping the use",
}

DISCLOSURE: Mapping[bool | None, str] = {
    True: "the card names some",
    False: "the card names none",
    None: "no card was read",
}
SOURCES: Mapping[EvidenceSource, str] = {
    "lock": "the lock file",
    "folder": "the local folder",
    "cache": "the Hub’s cache",
    "catalog": "the packaged catalog",
    "provider": "the manifest alone; a hosted model has no files to read",
}
STATEMENTS: Mapping[str, str] = {
    "license": "names a license,",
    "non-commercial": "rules out commercial use",
    "research-only": "is for research only",
    "upstream-terms": "refers to the terms of a parent",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One model and use, its clauses sorted into what decides it, what is owed, and the rest."""

    number: int
    use: ModelUse
    decided: tuple[ClauseResult, ...]
    acts: tuple[str, ...]
    """Acts that no clause grants, where these decide."""
    duties: tuple[ClauseResult, ...]
    others: tuple[tuple[Outcome, tuple[ClauseResult, ...]], ...]
    readings: tuple[tuple[str, str | None, tuple[ReadingResult, ...]], ...]
    """Clause, the reading applied, and the others."""
    anchors: Mapping[str, str]
    """Where on the page each clause stands."""
    asked: Mapping[str, tuple[str, ...]]
    """Fact paths that each clause asks for."""
    passages: Mapping[str, tuple[str, Passage]]
    """File and lines on which a clause stands in a text that was found."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the manifest in the matrix."""

    model: str
    line: int
    cells: tuple[Section | None, ...]


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """The whole report as one HTML page that fetches nothing and runs nothing."""
    del color
    sections = [_section(number, use) for number, use in enumerate(report.uses, start=1)]
    values = {
        "report": report,
        "sections": sections,
        "matrix": _matrix(sections),
        "counts": {verdict: sum(use.assessment.verdict == verdict for use in report.uses) for verdict in VERDICTS},
        "gates": {gate: sum(use.gate == gate for use in report.uses) for gate in get_args(State)},
        "verdicts": VERDICTS,
        "outcomes": OUTCOMES,
        "cures": CURES,
        "degrees": OPENNESS,
        "disclosure": DISCLOSURE,
        "sources": SOURCES,
        "relations": RELATIONS,
        "kinds": STATEMENTS,
        "shown": SHOWN,
        "title": titles.title,
        "fingerprint": sha256(render_json(report, titles, color=False).encode()).hexdigest(),
    }
    return page("report.html.j2", values)


def _section(number: int, use: ModelUse) -> Section:
    found = use.assessment
    owed, decisive = set(found.owed), set(found.decisive)
    decided = tuple(clause for clause in found.clauses if clause.clause in decisive - owed)
    others = [clause for clause in found.clauses if clause.clause not in decisive | owed]
    known = {clause.clause for clause in found.clauses}
    anchors: dict[str, str] = {}
    for place, clause in enumerate(found.clauses, start=1):
        anchors.setdefault(clause.clause, f"s{number}-c{place}")
    asked: dict[str, tuple[str, ...]] = {}
    for question in found.questions:
        for name in question.clauses:
            asked[name] = (*asked.get(name, ()), question.path)
    return Section(
        number=number,
        use=use,
        decided=decided,
        acts=tuple(name for name in found.decisive if name not in known),
        duties=tuple(clause for clause in found.clauses if clause.clause in owed),
        others=tuple(_grouped(others)),
        readings=tuple(_readings(found)),
        anchors=anchors,
        asked=asked,
        passages={
            passage.clause: (text.file, passage) for text in reversed(use.texts) for passage in reversed(text.passages)
        },
    )


def _grouped(clauses: list[ClauseResult]) -> Iterable[tuple[Outcome, tuple[ClauseResult, ...]]]:
    """The clauses by outcome, gravest first, without empty groups."""
    for outcome in OUTCOMES:
        group = tuple(clause for clause in clauses if clause.outcome == outcome)
        if group:
            yield outcome, group


def _readings(found: Assessment) -> Iterable[tuple[str, str | None, tuple[ReadingResult, ...]]]:
    """For each clause that readers read differently: the reading applied, and the others."""
    applied = {clause.clause: clause.reading for clause in found.clauses}
    for name in dict.fromkeys(reading.clause for reading in found.readings):
        yield name, applied.get(name), tuple(reading for reading in found.readings if reading.clause == name)


def _matrix(sections: list[Section]) -> tuple[tuple[tuple[str, ...], tuple[Row, ...]], ...]:
    """Models by uses, in tables narrow enough for paper; rows and columns as in the manifest."""
    names = tuple(dict.fromkeys(section.use.use for section in sections))
    cells: dict[tuple[int, str], dict[str, Section]] = {}
    for section in sections:
        cells.setdefault((section.use.line, section.use.model), {})[section.use.use] = section
    tables = []
    for start in range(0, len(names), MATRIX_COLUMNS):
        group = names[start : start + MATRIX_COLUMNS]
        rows = tuple(
            Row(model, line, tuple(uses.get(name) for name in group))
            for (line, model), uses in cells.items()
            if uses.keys() & set(group)
        )
        tables.append((group, rows))
    return tuple(tables)
