"""A report as problems.

One for each use of a model whose verdict is not plainly allowed, and one for each finding that is a warning or an
error. A finding about a model is told once, whatever its uses.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from license_audit.model.report import Finding, ModelUse, Report, State
from license_audit.model.words import Level, Verdict
from license_audit.outputs import Titles
from license_audit.outputs.ending import reaches
from license_audit.outputs.kinds import kind
from license_audit.outputs.notices import (
    MAX_MESSAGE,
    STATES,
    Notice,
    facts,
    named,
    numbered,
    path,
    sentence,
    without_places,
)
from license_audit.outputs.plain import one_line
from license_audit.outputs.reasons import reasons

LAPSED = "waiver-lapsed"
"""Why a use fails that passed before."""
_MILDER: Mapping[State, Level] = {"known": "warning", "waived": "note"}
"""Levels of what would fail the gate, had nobody let it pass."""
_MARKS: Mapping[State, str] = {"known": "[known from the baseline] ", "waived": "[waived] "}
"""Who only sees the message knows why it stops nothing."""


def notices_of_report(report: Report, titles: Titles) -> tuple[Notice, ...]:
    """What there is to tell of a report, in the order of the manifest."""
    rows: dict[tuple[int, str], list[ModelUse]] = defaultdict(list)
    for use in report.uses:
        rows[use.line, use.model].append(use)
    found = []
    for uses in rows.values():
        found += [
            notice_of_use(use, report, titles)
            for use in uses
            if use.assessment.verdict != "allowed" or reaches("allowed", report.fail_on)
        ]
        found += notices_of_findings(uses, report)
    return numbered(found)


def notice_of_use(use: ModelUse, report: Report, titles: Titles) -> Notice:
    """What there is to tell of the verdict on one use of a model."""
    found = use.assessment
    waivers = [finding.waived for finding in use.findings if finding.kind == "waived" and finding.waived]
    standing: State = use.gate if reaches(found.verdict, report.fail_on) else "passes"
    rule = f"use-{found.verdict}"
    between = f" (best {found.best}, worst {found.worst})" if found.best != found.worst else ""
    name, use_name = named(use.model), named(use.use)
    said = f"{_MARKS.get(standing, '')}{name} for {use_name} is {found.verdict}{between}: {found.reason}"
    changes = "; ".join(f"{change.what} → {change.verdict}" for change in found.changes)
    values = {
        "use": use.use,
        "verdict": found.verdict,
        "gate": use.gate,
        "terms": ", ".join(found.terms),
        "clauses": ", ".join(found.decisive),
        "owed": ", ".join(found.owed),
        "questions": ", ".join(question.path for question in found.questions),
    }
    help_ = "" if found.verdict == "allowed" and standing == "passes" else kind(rule).help
    asked = sorted(question.path for question in found.questions) if found.verdict == "undetermined" else []
    return Notice(
        rule=rule,
        level=_level(found.verdict, standing),
        title=named(f"{found.verdict}: {name} for {use_name}"),
        message=sentence(said),
        details=reasons(use, titles),
        help=sentence(f"What would change it: {changes}." if changes else help_),
        file=path(report.folder, report.manifest),
        line=use.line,
        column=0,
        subject=name,
        standing=standing,
        suppression=one_line("; ".join(waivers), MAX_MESSAGE) if standing == "waived" else "",
        facts=facts(values),
        about=(use.model, use.use, *sorted(found.decisive), *asked),
    )


def _level(verdict: Verdict, standing: State) -> Level:
    """An error where it fails the gate; milder where somebody let it pass, or where it is only to be known."""
    if standing == "fails":
        return "error"
    return _MILDER.get(standing) or ("warning" if verdict == "undetermined" else "note")


def _standing(finding: Finding, gate: State) -> State:
    """Whether a finding has to do with how the gate stands for the model."""
    if finding.waived:
        return "waived"
    return gate if finding.level == "error" or (finding.kind == LAPSED and gate == "fails") else "passes"


def notices_of_findings(uses: list[ModelUse], report: Report) -> Iterator[Notice]:
    """A notice for each finding about a model, with all the uses that it was found for."""
    first = uses[0]
    name = named(first.model)
    found: dict[Finding, list[ModelUse]] = defaultdict(list)
    for use in uses:
        for finding in dict.fromkeys(use.findings):
            if finding.level != "note":
                found[finding].append(use)
    for finding, told in found.items():
        standing = _standing(finding, min((use.gate for use in told), key=STATES.index))
        clauses = f" ({', '.join(finding.clauses)})" if finding.clauses else ""
        about = "" if name in finding.message else f"{name}: "
        meaning = kind(finding.kind)
        yield Notice(
            rule=finding.kind,
            level=_MILDER.get(standing, finding.level),
            title=named(f"{meaning.title}: {name}"),
            message=sentence(f"{_MARKS.get(standing, '')}{about}{finding.message}{clauses}"),
            details=(),
            help=meaning.help,
            file=path(report.folder, report.manifest),
            line=first.line,
            column=0,
            subject=name,
            standing=standing,
            suppression=one_line(finding.waived or "", MAX_MESSAGE),
            facts=facts({"use": ", ".join(use.use for use in told), "clauses": ", ".join(finding.clauses)}),
            about=(first.model, *sorted(finding.clauses), without_places(finding.message)),
        )
