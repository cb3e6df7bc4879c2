"""The composition root: evidence in, report out. The library and the command line both call this."""

from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from license_audit import __version__
from license_audit.auditor import Auditor
from license_audit.errors import AuditError, Problem
from license_audit.gate import Gate
from license_audit.gathering import Gatherer, folders_of
from license_audit.lapses import lineage
from license_audit.model.evidence import Evidence
from license_audit.model.lock import Lock, lock_key
from license_audit.model.manifest import Manifest, ModelEntry
from license_audit.model.profile import Profile, Use
from license_audit.model.report import (
    DeclaredUse,
    EvidenceSource,
    Finding,
    ModelUse,
    Report,
    Source,
)
from license_audit.model.words import Verdict
from license_audit.naming import unknown_names
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import cross_check, read_manifest, read_profile
from license_audit.readers.files import read_bytes
from license_audit.readers.lock import read_lock
from license_audit.readers.repository import folder_in_repository
from license_audit.readers.strict_yaml import Document

if TYPE_CHECKING:
    # Most manifests are locked, and ask nothing of the cache; most audits look into no folder that is handed out.
    from license_audit.artifacts.shown import Distribution
    from license_audit.readers.hub_cache import HubCache

Progress = Callable[[int, int], None]
Distributing = Callable[[Manifest, Profile, Lock | None], "Distribution"]
"""Reads the folders that are handed out. AuditError when that cannot be done."""


class Audited(NamedTuple):
    """A report with what it was made from."""

    report: Report
    profile: Profile
    manifest: Manifest
    evidence: tuple[Evidence, ...]
    """One for each model of the manifest."""
    auditor: Auditor
    """Has judged all of them, and remembers it."""


def run(
    manifest_path: Path,
    profile_path: Path,
    catalog: PackagedCatalog,
    on: date,
    progress: Progress | None = None,
    fail_on: Verdict | None = None,
    lock_path: Path | None = None,
    cache: "HubCache | None" = None,
    distributing: Distributing | None = None,
) -> Report:
    """Audit a manifest against a profile, as `audited` does, for those who want the report alone."""
    return audited(manifest_path, profile_path, catalog, on, progress, fail_on, lock_path, cache, distributing).report


def audited(
    manifest_path: Path,
    profile_path: Path,
    catalog: PackagedCatalog,
    on: date,
    progress: Progress | None = None,
    fail_on: Verdict | None = None,
    lock_path: Path | None = None,
    cache: "HubCache | None" = None,
    distributing: Distributing | None = None,
) -> Audited:
    """Audit a manifest against a profile. AuditError with every problem of every file.

    `fail_on` takes the place of the profile's. `lock_path` is the lock file, where there is one; what it does not hold
    is looked for in local folders, in `cache` and in the catalog. `distributing` reads what is handed out.
    """
    problems: list[Problem] = []
    profile, manifest, lock = None, None, None
    try:
        profile, profile_places = read_profile(profile_path)
        problems += unknown_names(profile, profile_places, catalog)
    except AuditError as error:
        problems += error.problems
    try:
        manifest, places = read_manifest(manifest_path)
    except AuditError as error:
        problems += error.problems
    try:
        lock = None if lock_path is None else read_lock(lock_path)
    except AuditError as error:
        problems += error.problems
    if profile is None or manifest is None:
        raise AuditError(problems)
    problems += cross_check(manifest, places, profile)
    problems += out_of_date(manifest, places, lock)
    evidence = Gatherer(manifest_path.parent, catalog, on, lock, cache).all(manifest, places, problems)
    if problems:
        raise AuditError(problems)
    distribution = None if distributing is None else distributing(manifest, profile, lock)
    if fail_on is not None:
        policy = profile.policy.model_copy(update={"fail_on": fail_on})
        profile = profile.model_copy(update={"policy": policy})
    auditor = Auditor(profile, catalog, on, has_lock=lock is not None, distribution=distribution)
    uses = tuple(judge_entries(auditor, zip(manifest.models, evidence, strict=True), places, progress))
    report = Report(
        tool_version=__version__,
        on=on,
        manifest=manifest_path.name,
        folder=folder_in_repository(manifest_path.parent),
        profile=profile_path.name,
        sources=tuple(_source(path) for path in (manifest_path, profile_path, lock_path) if path is not None),
        own_rules=catalog.own.folder,
        organization=profile.organization.name,
        fail_on=profile.policy.fail_on,
        uses=uses,
        declared=tuple(_declared(name, profile.uses[name]) for name in dict.fromkeys(use.use for use in uses)),
        waivers=profile.waivers,
    )
    return Audited(report, profile, manifest, tuple(evidence), auditor)


def check_files(manifest_path: Path | None, profile_path: Path | None, catalog: PackagedCatalog) -> list[Problem]:
    """Every problem of a manifest, a profile, and the two together."""
    problems: list[Problem] = []
    profile, manifest, places = None, None, None
    try:
        if profile_path is not None:
            profile, profile_places = read_profile(profile_path)
            problems += unknown_names(profile, profile_places, catalog)
    except AuditError as error:
        problems += error.problems
    try:
        if manifest_path is not None:
            manifest, places = read_manifest(manifest_path)
            folders_of(manifest, manifest_path.parent, places, problems)
    except AuditError as error:
        problems += error.problems
    if profile is not None and manifest is not None and places is not None:
        problems += cross_check(manifest, places, profile)
    return sorted(problems)


def judge_entries(
    auditor: Auditor,
    entries: Iterable[tuple[ModelEntry, Evidence]],
    places: Document,
    progress: Progress | None = None,
) -> Iterable[ModelUse]:
    """One result for each model and use, in the order of the manifest."""
    profile = auditor.profile
    gate = Gate(profile, auditor.catalog, auditor.on)
    pairs = list(entries)
    for number, (entry, evidence) in enumerate(pairs):
        if progress is not None:
            progress(number + 1, len(pairs))
        line = places.place(("models", number))[0]
        for use_name in entry.use:
            assessment, findings, resolved, _ = auditor.judge(evidence, use_name, profile.uses[use_name])
            if auditor.has_lock and not _is_locked(evidence):
                findings = (_not_locked(evidence), *findings)
            state, findings = gate.decide(entry, assessment, findings, evidence, resolved)
            yield ModelUse(
                model=entry.name,
                use=use_name,
                line=line,
                entry=number,
                declared=evidence.declared,
                found=evidence.found,
                concluded=resolved.concluded,
                texts=evidence.texts or (),
                stated=evidence.stated,
                lineage=resolved.lineage,
                openness=resolved.openness,
                data_disclosed=evidence.data_disclosed,
                source=_evidence_source(evidence),
                commit=evidence.origin.commit if evidence.origin else None,
                digests=tuple(sorted({digest for model in lineage(evidence) for digest in model.digests})),
                assessment=assessment,
                findings=findings,
                gate=state,
            )


def _declared(name: str, use: Use) -> DeclaredUse:
    acts = "" if use.acts is None else ", ".join(use.acts.items) + (", and perhaps others" if use.acts.open else "")
    return DeclaredUse(
        use=name,
        description=use.description or "",
        purpose=use.purpose or "",
        environment=use.environment or "",
        acts=acts,
        audience=use.audience or "",
        obtained_on=str(use.obtained_on or ""),
    )


def _source(path: Path) -> Source:
    return Source(name=path.name, sha256=sha256(read_bytes(path, str(path))).hexdigest())


def _is_locked(evidence: Evidence) -> bool:
    return bool(evidence.provider) or (evidence.origin is not None and evidence.origin.locked)


def _not_locked(evidence: Evidence) -> Finding:
    where = {"folder": "its folder", "cache": "the Hub's cache"}.get(_evidence_source(evidence), "the packaged catalog")
    text = f"{evidence.model} is not in the lock file; judged from {where}"
    return Finding(kind="not-locked", level="note", message=text)


def _evidence_source(evidence: Evidence) -> EvidenceSource:
    if evidence.provider:
        return "provider"
    if evidence.origin is None:
        return "catalog"
    if evidence.origin.source == "folder":
        return "folder"
    return "lock" if evidence.origin.locked else "cache"


def out_of_date(manifest: Manifest, places: Document, lock: Lock | None) -> list[Problem]:
    """Models that the manifest pins at another revision than the lock file holds."""
    problems = []
    for number, entry in enumerate(manifest.models):
        if lock is None or entry.provider is not None or entry.path is not None or entry.revision is None:
            continue
        held = [key for key in lock.models if key.partition("@")[0] == entry.id]
        if held and lock_key(entry.name, entry.revision) not in held:
            text = f"the lock file holds {', '.join(held)}, not revision {entry.revision}; run license-audit lock"
            problems.append(places.problem(("models", number, "revision"), text))
    return problems
