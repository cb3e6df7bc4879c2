"""Two profiles, or two reports, side by side: what changed, and what it changed."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from license_audit import __version__
from license_audit.auditor import Auditor
from license_audit.baseline import read_baseline
from license_audit.compare_facts import changed_facts
from license_audit.compare_uses import Causes, Changed, compare_use, facts_used, path_of, same_ids
from license_audit.engine.binder import Binder
from license_audit.errors import AuditError, Problem
from license_audit.gathering import Gatherer
from license_audit.model.comparison import Comparison, Remark, Row, UseComparison
from license_audit.model.evidence import Evidence
from license_audit.model.manifest import Manifest
from license_audit.model.profile import Profile
from license_audit.model.report import ModelUse, Report
from license_audit.naming import unknown_names
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import read_manifest, read_profile
from license_audit.readers.lock import read_lock
from license_audit.readers.strict_yaml import Document

if TYPE_CHECKING:
    from license_audit.readers.hub_cache import HubCache

NO_MANIFEST = "no manifest was named, so no model was judged: only what is declared is compared"


class Listed(NamedTuple):
    """What a manifest lists, and where its models and their evidence are looked for."""

    manifest: Path
    lock: Path | None = None
    cache: "HubCache | None" = None


def compare_profiles(
    a: Path, b: Path, catalog: PackagedCatalog, on: date, listed: Listed | None, only: tuple[str, ...] = ()
) -> Comparison:
    """Two profile files, and the verdicts of a manifest under each. AuditError with every problem of every file.

    `only` names the uses that are looked at; all of them, when it is empty.
    """
    problems: list[Problem] = []
    first, second = (_profile(path, catalog, problems) for path in (a, b))
    entries = _entries(listed, catalog, on, problems)
    if first is not None and second is not None:
        problems += _missing_uses(entries, (first, second), (a, b), only)
    if first is None or second is None or problems:
        raise AuditError(problems)
    changed = changed_facts(first, second)
    auditors = (Auditor(first, catalog, on), Auditor(second, catalog, on))
    uses = tuple(_judged(entries, auditors, changed, only))
    return Comparison(
        tool_version=__version__,
        on=on,
        kind="profiles",
        a=str(a),
        b=str(b),
        differs=bool(changed) or any(use.differs for use in uses),
        is_complete=True,
        identity=(),
        facts=tuple(changed.values()),
        uses=uses,
        remarks=() if listed is not None else (Remark(side="both", text=NO_MANIFEST),),
    )


def compare_reports(a: Path, b: Path, catalog: PackagedCatalog, only: tuple[str, ...] = ()) -> Comparison:
    """Two reports that `check --format json` wrote. AuditError when one is none, or of another version."""
    first, second = (read_baseline(path) for path in (a, b))
    identity = tuple(_identity(first, second))
    known_a, known_b = (_keyed(report, only) for report in (first, second))
    binder = Binder(catalog)
    uses = tuple(
        _reported(known_a.get(key), known_b.get(key), key, binder) for key in dict.fromkeys((*known_a, *known_b))
    )
    return Comparison(
        tool_version=__version__,
        on=None,
        kind="reports",
        a=str(a),
        b=str(b),
        differs=any(row.differs for row in identity) or any(use.differs for use in uses),
        is_complete=True,
        identity=identity,
        uses=uses,
    )


def _profile(path: Path, catalog: PackagedCatalog, problems: list[Problem]) -> Profile | None:
    try:
        profile, places = read_profile(path)
    except AuditError as error:
        problems += error.problems
        return None
    problems += unknown_names(profile, places, catalog)
    return profile


class _Entries(NamedTuple):
    """A manifest that was read, with the evidence of each of its models."""

    manifest: Manifest
    places: Document
    evidence: list[Evidence]


def _entries(listed: Listed | None, catalog: PackagedCatalog, on: date, problems: list[Problem]) -> _Entries | None:
    if listed is None:
        return None
    lock = None
    try:
        lock = None if listed.lock is None else read_lock(listed.lock)
    except AuditError as error:
        problems += error.problems
    try:
        manifest, places = read_manifest(listed.manifest)
    except AuditError as error:
        problems += error.problems
        return None
    gatherer = Gatherer(listed.manifest.parent, catalog, on, lock, listed.cache)
    return _Entries(manifest, places, gatherer.all(manifest, places, problems))


def _missing_uses(
    entries: _Entries | None, profiles: tuple[Profile, Profile], files: tuple[Path, Path], only: tuple[str, ...]
) -> Iterable[Problem]:
    """Uses of the manifest, or of the command line, that neither profile has."""
    known = {name for profile in profiles for name in profile.uses}
    for name in only:
        if name not in known:
            yield Problem(str(files[0]), 0, 0, f"no use is called {name!r}, and none is in {files[1]}")
    for number, entry in enumerate(entries.manifest.models if entries is not None else ()):
        for name in entry.use:
            if name not in known and entries is not None:
                yield entries.places.problem(("models", number, "use"), f"neither profile has a use {name!r}")


def _judged(
    entries: _Entries | None, auditors: tuple[Auditor, Auditor], changed: Changed, only: tuple[str, ...]
) -> Iterable[UseComparison]:
    if entries is None:
        return
    binder = Binder(auditors[0].catalog)
    for entry, evidence in zip(entries.manifest.models, entries.evidence, strict=True):
        for name in entry.use:
            if only and name not in only:
                continue
            a, b = (
                auditor.judge(evidence, name, auditor.profile.uses[name]).assessment
                if name in auditor.profile.uses
                else None
                for auditor in auditors
            )
            yield compare_use(entry.name, name, a, b, same_ids(a, b), Causes(name, changed, binder))


def _identity(first: Report, second: Report) -> Iterable[Row]:
    for what, name in (
        ("date", "on"),
        ("made by version", "tool_version"),
        ("manifest", "manifest"),
        ("profile", "profile"),
        ("organization", "organization"),
        ("fails on", "fail_on"),
    ):
        a, b = (getattr(report, name) for report in (first, second))
        yield Row(what=what, a=None if a is None else str(a), b=None if b is None else str(b))


Key = tuple[str, str, int]
"""Model, use, and how often the two stood in the report before."""


def _keyed(report: Report, only: tuple[str, ...]) -> dict[Key, ModelUse]:
    """The results of a report by model and use; lines move, and say nothing."""
    found: dict[Key, ModelUse] = {}
    for use in report.uses:
        if not only or use.use in only:
            times = sum((model, name) == (use.model, use.use) for model, name, _ in found)
            found[use.model, use.use, times] = use
    return found


def _reported(a: ModelUse | None, b: ModelUse | None, key: Key, binder: Binder) -> UseComparison:
    model, name, _ = key
    first, second = (None if one is None else one.assessment for one in (a, b))
    used_a, used_b = ({} if one is None else facts_used(one) for one in (first, second))
    rows = (Row(what=path, a=used_a.get(path), b=used_b.get(path)) for path in dict.fromkeys((*used_a, *used_b)))
    changed = {
        path_of(row.what, name): row for row in rows if row.differs and row.what in used_a and row.what in used_b
    }
    return compare_use(model, name, first, second, same_ids(first, second), Causes(name, changed, binder))
