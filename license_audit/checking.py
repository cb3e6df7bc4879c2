"""One run of the gate, from the question to what is printed. Loaded only when no answer is at hand."""

from collections.abc import Callable

from license_audit.answers import Answer, Question
from license_audit.audit import run
from license_audit.baseline import against, read_baseline
from license_audit.outputs import render, summary
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.hub_cache import HubCache

Progress = Callable[[int, int], None]


def answer(question: Question, progress: Progress) -> Answer:
    """The output, the HTML report or nothing, the summary, and the exit code. AuditError when no audit is possible."""
    catalog = PackagedCatalog()
    baseline = None if question.baseline is None else read_baseline(question.baseline)
    report = run(
        question.manifest,
        question.profile,
        catalog,
        question.on,
        progress,
        question.fail_on,
        lock_path=question.lock,
        cache=None if question.cache is None else HubCache(question.cache),
    )
    if baseline is not None:
        report = against(report, baseline)
    failed = any(use.gate == "fails" for use in report.uses)
    return Answer(
        render(question.format, report, catalog, color=question.color),
        render("html", report, catalog) if question.wants_report else "",
        summary(report),
        "1" if failed else "0",
    )
