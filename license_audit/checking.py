"""One run of the gate, from the question to what is printed. Loaded only when no answer is at hand."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from license_audit.answers import Answer, Question
from license_audit.audit import run
from license_audit.model.report import Report
from license_audit.outputs import Titles, render, summary
from license_audit.own_catalog import catalog_with

if TYPE_CHECKING:
    from license_audit.readers.hub_cache import HubCache

Progress = Callable[[int, int], None]


def answer(question: Question, progress: Progress) -> Answer:
    """The output, the HTML report or nothing, the summary, and the exit code. AuditError when no audit is possible."""
    catalog = catalog_with(question.rules)
    baseline = None if question.baseline is None else _stored(question.baseline)
    report = run(
        question.manifest,
        question.profile,
        catalog,
        question.on,
        progress,
        question.fail_on,
        lock_path=question.lock,
        cache=None if question.cache is None else _hub_cache(question.cache),
    )
    if baseline is not None:
        report = baseline(report)
    failed = any(use.gate == "fails" for use in report.uses)
    return Answer(
        _output(question, report, catalog),
        render("html", report, catalog) if question.wants_report else "",
        summary(report),
        "1" if failed else "0",
    )


def _stored(path: Path) -> Callable[[Report], Report]:
    """What holds a report against the one that is stored."""
    from license_audit.baseline import against, read_baseline  # noqa: PLC0415  # most runs are held against nothing

    baseline = read_baseline(path)
    return lambda report: against(report, baseline)


def _hub_cache(folder: Path) -> "HubCache":
    from license_audit.readers.hub_cache import HubCache  # noqa: PLC0415  # many machines have no such cache

    return HubCache(folder)


def _output(question: Question, report: Report, titles: Titles) -> str:
    """The report in the format that is asked for; as text, only what fails where that is asked for."""
    if question.quiet and question.format == "text":
        failing = tuple(use for use in report.uses if use.gate == "fails")
        if not failing:
            return ""
        report = report.model_copy(update={"uses": failing})
    return render(question.format, report, titles, color=question.color)
