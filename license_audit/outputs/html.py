"""HTML: one self-contained page for reviewers who check, question, print and sign every line."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from license_audit.model.catalog import Encoding
from license_audit.model.profile import Waiver
from license_audit.model.questionnaire import Asked
from license_audit.model.report import Change, ClauseResult, ModelUse, Report, State
from license_audit.outputs import Titles
from license_audit.outputs import html_words as words
from license_audit.outputs.html_lines import amount, left, rows
from license_audit.outputs.html_models import Chapter, Part, chapters
from license_audit.outputs.json import render as render_json
from license_audit.outputs.lineage import OPENNESS, RELATIONS
from license_audit.outputs.merged import duties_owed, lines_drawn, questions_asked
from license_audit.outputs.pages import page

MATRIX_COLUMNS = 5
"""Uses beside each other in one table: what fits on a printed page."""
SHOWN = 6
"""Clauses, models or questions told at once; longer lists go on in a part that opens."""
FIRST = 12
"""Things that stop uses and that the summary tells."""
IDENTIFYING = 16
"""Characters of the fingerprint that printed pages carry."""
BLOCKING = ("policy-denied", "terms-moved")
DATES = ".obtained_on"
EVIDENCE = ("evidence.parents", "evidence.license_text")
LADDER = ("disallowed", "undetermined", "conditional", "allowed")
"""Verdicts from the gravest on."""


class Row(NamedTuple):
    """A line of the manifest in the matrix."""

    chapter: Chapter
    cells: tuple[Part | None, ...]


class Stop(NamedTuple):
    """What stands against uses, told once for all against which the same stands."""

    use: ModelUse
    """The first of them."""
    places: tuple[int, ...]
    """Places in the report's uses, counted from 0."""


class Given(NamedTuple):
    """A waiver, and how long it still counts."""

    waiver: Waiver
    days: int
    """Days after the audit's until the last one; below zero when it has ended."""


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """The whole report as one HTML page that fetches nothing and runs nothing."""
    del color
    return report_page(report, titles)


def report_page(
    report: Report,
    titles: Titles,
    data: str = "",
    scripts: tuple[str, ...] = (),
    tried: Mapping[str, Asked] = MappingProxyType({}),
) -> str:
    """The page; with the data and the scripts of the what-if, where those are given, they can be tried on it.

    `data` is JSON that is safe inside a script element; `tried` says by fact path what answers would do.
    """
    models = chapters(report.uses)
    parts = sorted((part for chapter in models for part in chapter.parts), key=lambda part: part.number)
    values: dict[str, Any] = {
        "report": report,
        "words": words,
        "data": data,
        "chapters": models,
        "parts": parts,
        "matrix": _matrix(models),
        "waived": [part for part in parts if part.use.gate == "waived"],
        "unexamined": sum(chapter.first.source == "catalog" for chapter in models),
        "stopped": _stops(report.uses),
        "counts": {name: sum(use.assessment.verdict == name for use in report.uses) for name in words.VERDICTS},
        "gates": {gate: sum(use.gate == gate for use in report.uses) for gate in get_args(State)},
        "duties": duties_owed(report),
        "questions": questions_asked(report, ("undetermined", "conditional")),
        "tried": tried,
        "lines": rows(tuple(line for line in lines_drawn(report) if line.headroom.limit)),
        "amount": amount,
        "counted": "{:,}".format,
        "left": left,
        "waivers": [Given(waiver, (waiver.until - report.on).days) for waiver in report.waivers],
        "encodings": list(_encodings(report.uses, titles)),
        "ways_out": ways_out,
        "blocking": blocking,
        "decider": decider,
        "may_differ": may_differ,
        "degrees": OPENNESS,
        "relations": RELATIONS,
        "shown": SHOWN,
        "first": FIRST,
        "title": titles.title,
        "fingerprint": sha256(render_json(report, titles, color=False).encode()).hexdigest(),
    }
    running = f"License audit for {report.on}, fingerprint {values['fingerprint'][:IDENTIFYING]}"
    return page("report.html.j2", values, scripts, running)


def _stops(uses: tuple[ModelUse, ...]) -> list[Stop]:
    """What stops uses, the gravest and most frequent first."""
    found: dict[tuple[str, str, str, tuple[str, ...]], list[int]] = {}
    for place, use in enumerate(uses):
        if use.gate == "fails":
            clause = decider(use)
            key = (use.assessment.verdict, use.assessment.reason, clause.clause if clause else "", blocking(use))
            found.setdefault(key, []).append(place)
    order = sorted(found.items(), key=lambda item: (LADDER.index(item[0][0]), -len(item[1])))
    return [Stop(uses[places[0]], tuple(places)) for _, places in order]


def blocking(use: ModelUse) -> tuple[str, ...]:
    """What stops a use whatever its verdict is: the organization's own policy, or terms that moved."""
    return tuple(one.message for one in use.findings if one.kind in BLOCKING and one.waived is None)


def ways_out(use: ModelUse) -> list[Change]:
    """What would improve a verdict, the best first."""
    return sorted(use.assessment.changes, key=lambda change: -LADDER.index(change.verdict))


def decider(use: ModelUse) -> ClauseResult | None:
    """The first clause that bars a use; None where none does."""
    decisive = set(use.assessment.decisive)
    barring = (one for one in use.assessment.clauses if one.clause in decisive and one.outcome == "barred")
    found = sorted(barring, key=lambda one: one.gist != use.assessment.reason)
    return found[0] if found else None


def may_differ(use: ModelUse) -> bool:
    """Whether open questions decide which terms are in force."""
    asked = (question.path for question in use.assessment.questions)
    return len(use.assessment.terms) > 1 and any(path.endswith(DATES) or path in EVIDENCE for path in asked)


def _matrix(models: tuple[Chapter, ...]) -> list[tuple[tuple[str, ...], tuple[Row, ...]]]:
    """Models by uses, in tables narrow enough for paper; rows and columns as in the manifest."""
    names = tuple(dict.fromkeys(part.use.use for chapter in models for part in chapter.parts))
    tables = []
    for start in range(0, len(names), MATRIX_COLUMNS):
        group = names[start : start + MATRIX_COLUMNS]
        found = [(chapter, {part.use.use: part for part in chapter.parts}) for chapter in models]
        lines = (
            Row(chapter, tuple(cells.get(name) for name in group))
            for chapter, cells in found
            if not cells.keys().isdisjoint(group)
        )
        tables.append((group, tuple(lines)))
    return tables


def _encodings(uses: Iterable[ModelUse], titles: Titles) -> Iterable[Encoding]:
    """Who read the texts whose clauses the report tells, in the order in which these come."""
    keys = dict.fromkeys(clause.license for use in uses for clause in use.assessment.clauses)
    for key in keys:
        found = titles.encoding(key)
        if found is not None:
            yield found
