"""One run of the gate, from the question to what is printed. Loaded only when no answer is at hand."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from license_audit.answers import Answer, Question
from license_audit.audit import Audited, Distributing, audited
from license_audit.model.lock import Lock
from license_audit.model.manifest import Manifest
from license_audit.model.profile import Profile
from license_audit.model.report import Report
from license_audit.outputs import Titles, render, summary
from license_audit.own_catalog import catalog_with
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import read_profile

if TYPE_CHECKING:
    from license_audit.artifacts.shown import Distribution
    from license_audit.readers.hub_cache import HubCache

Progress = Callable[[int, int], None]


def answer(question: Question, progress: Progress) -> Answer:
    """The output, the HTML report or nothing, the summary, and the exit code. AuditError when no audit is possible."""
    catalog = catalog_with(question.rules)
    baseline = None if question.baseline is None else _stored(question.baseline)
    found = audited(
        question.manifest,
        question.profile,
        catalog,
        question.on,
        progress,
        question.fail_on,
        lock_path=question.lock,
        cache=None if question.cache is None else _hub_cache(question.cache),
        distributing=_distributing(question, catalog) if question.artifacts else None,
    )
    report = found.report if baseline is None else baseline(found.report)
    failed = any(use.gate == "fails" for use in report.uses)
    return Answer(
        _output(question, found, report, catalog),
        _page(question, found, report, catalog) if question.wants_report else "",
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


def _distributing(question: Question, catalog: PackagedCatalog) -> Distributing:
    """What reads the folders that are handed out."""
    from license_audit.artifacts.assigned import assigned  # noqa: PLC0415  # most runs look into no such folder
    from license_audit.artifacts.shown import Distribution  # noqa: PLC0415  # the same
    from license_audit.artifacts.sources import Sources  # noqa: PLC0415  # the same
    from license_audit.readers.store import Store  # noqa: PLC0415  # the same

    cache = None if question.cache is None else _hub_cache(question.cache)
    store = None if question.kept is None else Store(Path(question.kept[0]), question.kept[1])

    def distribution(manifest: Manifest, profile: Profile, lock: Lock | None) -> "Distribution":
        sources = Sources(question.manifest.parent, manifest, lock, cache, store)
        return Distribution(assigned(question.artifacts, manifest, profile), sources, catalog)

    return distribution


def _output(question: Question, found: Audited, report: Report, titles: Titles) -> str:
    """The report in the format that is asked for; as text, only what fails where that is asked for."""
    if question.format == "html":
        return _page(question, found, report, titles)
    if question.quiet and question.format == "text":
        failing = tuple(use for use in report.uses if use.gate == "fails")
        if not failing:
            return ""
        report = report.model_copy(update={"uses": failing})
    return render(question.format, report, titles, color=question.color)


def _page(question: Question, found: Audited, report: Report, titles: Titles) -> str:
    from license_audit.desk import desk  # noqa: PLC0415  # most runs write no page

    return desk(found, report, titles, read_profile(question.profile)[1].data)
