"""Run case files: what the engine answers against what a reading of the text gives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from license_audit.auditor import Auditor
from license_audit.engine.binder import Binder
from license_audit.model.report import Assessment, Finding
from license_audit.readers.cases import Answer, Case, Expectation, Situated
from license_audit.readers.catalog import PackagedCatalog

SAME_KIND = {"declared-differs-from-text": "declared-differs-from-found"}
"""Cases have one name for a card that differs, whether from the text or from what the publisher states."""


@dataclass(frozen=True)
class Outcome:
    """One case and every way in which the engine's answer differs; empty when it passes."""

    case: str
    line: int
    differences: tuple[str, ...]


def run_cases(cases: Iterable[Situated], catalog: PackagedCatalog) -> Iterator[Outcome]:
    """Judge each case on its own day."""
    binder = Binder(catalog)
    return (_run(situated, catalog, binder) for situated in cases)


def _run(situated: Situated, catalog: PackagedCatalog, binder: Binder) -> Outcome:
    case = situated.case
    auditor = Auditor(situated.profile, catalog, case.on, binder)
    ((use_name, use),) = situated.profile.uses.items()
    judged = auditor.judge(situated.evidence, use_name, use)
    return Outcome(case.id, situated.line, tuple(differences(case, judged.assessment, judged.findings)))


def differences(case: Case, assessment: Assessment, findings: tuple[Finding, ...]) -> Iterable[str]:
    """What differs from the expected answer. A contested case accepts every listed reading."""
    expect = case.expect
    answers: list[Answer] = [expect, *case.readings] if case.contested else [expect]
    tries = [list(_answer(answer, expect, assessment)) for answer in answers]
    if assessment.verdict not in expect.also_accept:
        yield from min(tries, key=len)
    shown = {result.clause for result in assessment.clauses}
    for clause in expect.decisive:
        if not any(ids_match(clause, other) for other in shown):
            yield f"decisive {clause} is not in the explanation"
    if expect.terms is not None and set(expect.terms) != set(assessment.terms):
        yield f"terms {_list(assessment.terms)}, expected {_list(expect.terms)}"
    outcomes = {result.clause: result.outcome for result in assessment.clauses}
    for clause, outcome in expect.outcomes.items():
        if outcomes.get(clause) != outcome:
            yield f"{clause} is {outcomes.get(clause, 'absent')}, expected {outcome}"
    asked = {question.path for question in assessment.questions}
    for path in expect.questions:
        if path not in asked:
            yield f"does not ask {path}, but {_list(sorted(asked))}"
    kinds = {SAME_KIND.get(finding.kind, finding.kind) for finding in findings}
    for kind in expect.findings:
        if SAME_KIND.get(kind, kind) not in kinds:
            yield f"lacks the finding {kind}, has {_list(sorted(kinds))}"
    yield from _told(expect, assessment, findings)
    for kind in expect.not_findings:
        if SAME_KIND.get(kind, kind) in kinds:
            yield f"has the finding {kind}"


def _told(expect: Expectation, assessment: Assessment, findings: tuple[Finding, ...]) -> Iterable[str]:
    """What is expected in other words: tokens of what is owed, cures of what bars, clauses that a child drops."""
    if assessment.verdict == expect.verdict == "conditional":
        tokens = {token for one in assessment.clauses if one.outcome == "owed" for token in one.fulfilled_by}
        yield from (f"owes nothing called {token}" for token in expect.duties if token not in tokens)
    if assessment.verdict == expect.verdict == "disallowed" and expect.cure:
        cures = {one.cure or "stop" for one in assessment.clauses if one.outcome == "barred"}
        # A license that is paid for is both.
        cures |= {"payment"} if "separate-license" in cures else set()
        if cures.isdisjoint(expect.cure):
            yield f"cures {_list(sorted(cures))}, expected {_list(expect.cure)}"
    lost = [name for one in findings if one.kind == "restriction-dropped" for name in one.clauses]
    for clause in expect.dropped:
        if not any(ids_match(clause, name) for name in lost):
            yield f"does not tell that {clause} is dropped"


def _answer(answer: Answer, expect: Expectation, assessment: Assessment) -> Iterable[str]:
    if answer.verdict != assessment.verdict:
        yield f"verdict {assessment.verdict}, expected {answer.verdict}"
        return
    if answer.verdict == "undetermined":
        if answer.best not in (None, assessment.best):
            yield f"best {assessment.best}, expected {answer.best}"
        if answer.worst not in (None, assessment.worst):
            yield f"worst {assessment.worst}, expected {answer.worst}"
    if answer.verdict != "disallowed" and answer.owed is not None:
        yield from _owed(answer.owed, expect.may_owe, assessment.owed)


def _owed(expected: tuple[str, ...], may_owe: tuple[str, ...], owed: tuple[str, ...]) -> Iterable[str]:
    for clause in expected:
        if not any(ids_match(clause, other) for other in owed):
            yield f"does not owe {clause}"
    for clause in owed:
        if not any(ids_match(clause, other) for other in (*expected, *may_owe)):
            yield f"owes {clause}"


def ids_match(first: str, second: str) -> bool:
    """Whether one clause id is the other, or a coarser form of it."""
    short, long = sorted((first, second), key=len)
    return long == short or (long.startswith(short) and long[len(short)] in "./")


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"
