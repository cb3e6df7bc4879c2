"""Case files: situations and the answer a lawyer would give, for `license-audit test`."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from license_audit.errors import AuditError, Problem
from license_audit.model.evidence import Evidence, FoundText, Parent
from license_audit.model.facts import Flag
from license_audit.model.marks import field
from license_audit.model.profile import Organization, Profile, Use
from license_audit.model.value import Value
from license_audit.model.words import Outcome, Relation, Verdict
from license_audit.readers.files import read_text
from license_audit.readers.strict_yaml import Document, load, validate


class Answer(Value):
    """One acceptable answer."""

    name: str | None = None
    difference: str | None = None
    verdict: Verdict
    best: Verdict | None = None
    worst: Verdict | None = None
    owed: tuple[str, ...] | None = None
    """All duties owed; not compared when absent or when the use is disallowed."""


class Expectation(Answer):
    """The answer a case expects."""

    terms: tuple[str, ...] | None = None
    decisive: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    not_findings: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    may_owe: tuple[str, ...] = ()
    also_accept: tuple[Verdict, ...] = ()
    cure: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """Exact outcomes of single clauses, by clause id."""


class CaseProfile(Value):
    """The profile of a case."""

    organization: Organization = Organization()
    uses: dict[str, Use]


class CaseEvidence(Value):
    """What is known of the files of the work."""

    notice_file: Flag | None = None


class Case(Value):
    """One situation."""

    id: str
    license: str | None = None
    """Key, when the case is about one text alone."""
    model: str | None = None
    evidence: CaseEvidence = CaseEvidence()
    profile: CaseProfile
    on: date
    expect: Expectation
    contested: Flag = False
    issue: str | None = None
    """What careful readers differ on."""
    readings: tuple[Answer, ...] = ()
    why: str = field(min_length=1)


@dataclass(frozen=True)
class Situated:
    """A case with the evidence it describes."""

    case: Case
    evidence: Evidence
    profile: Profile
    line: int
    """Line of the file on which the case starts."""


LINEAGE_KEYS = ("declared", "found", "base", "relation")


def read_cases(path: Path) -> list[Situated]:
    """Every case of a file. AuditError with every problem."""
    document = load(read_text(path, str(path)), str(path))
    if not isinstance(document.data, list):
        raise AuditError([Problem(str(path), 1, 1, "expected a list of cases")])
    problems: list[Problem] = []
    found = []
    for number, data in enumerate(document.data):
        try:
            found.append(_case(data, number, document))
        except AuditError as error:
            problems += error.problems
    if problems:
        raise AuditError(problems)
    return found


def _case(data: Any, number: int, document: Document) -> Situated:
    if not isinstance(data, dict):
        raise AuditError([document.problem((number,), "expected a case")])
    own = {key: value for key, value in data.items() if key not in LINEAGE_KEYS}
    root = document.root.value[number] if document.root is not None else None
    case = validate(Case, Document(document.file, _with_none(own), root))
    if (case.license is None) == (case.model is None):
        raise AuditError([document.problem((number,), "expected either license or model")])
    if len(case.profile.uses) != 1:
        raise AuditError([document.problem((number, "profile"), "expected exactly one use")])
    profile = Profile(schema="1", organization=case.profile.organization, uses=case.profile.uses)
    try:
        evidence = _evidence(case, data)
    except ValueError:
        message = f"one of {', '.join(LINEAGE_KEYS)} is not as expected"
        raise AuditError([document.problem((number,), message)]) from None
    return Situated(case, evidence, profile, document.place((number,))[0])


def _with_none(data: dict[str, Any]) -> dict[str, Any]:
    """Empty sections of a case mean that nothing is declared."""
    profile = data.get("profile") or {}
    if not isinstance(profile, dict):
        return data
    filled = {key: value for key, value in profile.items() if value is not None}
    return {**data, "profile": filled}


def _evidence(case: Case, data: dict[str, Any]) -> Evidence:
    if case.license is not None:
        return Evidence(model=case.license, texts=_published(case.license), notice_file=case.evidence.notice_file)
    return _noticed(_model(data, case.model or ""), case.evidence.notice_file)


def _noticed(evidence: Evidence, notice_file: bool | None) -> Evidence:
    """What a case says of the work holds for everything that went into it."""
    parents = tuple(
        parent.model_copy(update={"evidence": _noticed(parent.evidence, notice_file)}) for parent in evidence.parents
    )
    return evidence.model_copy(update={"notice_file": notice_file, "parents": parents})


def _published(key: str) -> tuple[FoundText, ...]:
    """A text as it is published."""
    return (FoundText(file="LICENSE", key=key, status="unaltered", similarity=1.0),)


def _model(data: dict[str, Any], name: str) -> Evidence:
    base = data.get("base") or []
    parents = base if isinstance(base, list) else [base]
    relation: Relation = data.get("relation") or "fine-tune"
    declared = data.get("declared")
    return Evidence(
        model=name,
        declared=None if "declared" not in data else () if declared is None else (str(declared),),
        texts=None if data.get("found") is None else _published(str(data["found"])),
        parents=tuple(
            Parent(
                evidence=_model(parent, str(parent.get("model")))
                if isinstance(parent, dict)
                else Evidence(model=parent),
                relation=relation,
                basis="declared",
            )
            for parent in parents
        ),
    )
