"""The models of a manifest and their ancestors with all that was read of them, for bills of materials."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from license_audit import __version__
from license_audit.audit import out_of_date, run
from license_audit.engine.binder import Binder
from license_audit.engine.lineage import Resolved, resolve
from license_audit.engine.own_terms import Moment
from license_audit.errors import AuditError, Problem
from license_audit.gathering import Gatherer
from license_audit.lapses import lineage
from license_audit.model.evidence import Evidence
from license_audit.model.manifest import ModelEntry
from license_audit.model.profile import Profile
from license_audit.model.report import ModelUse, Report
from license_audit.outputs.bom_subjects import Subject
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import read_manifest, read_profile
from license_audit.readers.hub_cache import HubCache
from license_audit.readers.lock import read_lock


class Inventory(NamedTuple):
    """A report, and the models that it is about."""

    report: Report
    subjects: tuple[Subject, ...]


def inventory(
    manifest_path: Path,
    profile_path: Path | None,
    catalog: PackagedCatalog,
    on: date,
    lock_path: Path | None = None,
    cache: HubCache | None = None,
) -> Inventory:
    """What a manifest lists. AuditError with every problem of every file.

    Without a profile nobody judges: the report then has no results, and the models are there all the same.
    """
    profile = None
    if profile_path is not None:
        report = run(manifest_path, profile_path, catalog, on, lock_path=lock_path, cache=cache)
        profile, _ = read_profile(profile_path)
    else:
        report = _unjudged(manifest_path, on)
    manifest, places = read_manifest(manifest_path)
    lock = None if lock_path is None else read_lock(lock_path)
    problems: list[Problem] = out_of_date(manifest, places, lock)
    evidence = Gatherer(manifest_path.parent, catalog, on, lock, cache).all(manifest, places, problems)
    if problems:
        raise AuditError(problems)
    survey = _Survey(Binder(catalog), on, profile)
    uses = iter(report.uses)
    found: list[Subject] = []
    for entry, known in zip(manifest.models, evidence, strict=True):
        results = tuple(islice(uses, len(entry.use))) if profile is not None else ()
        found += survey.of(entry, known, results)
    return Inventory(report, tuple(found))


def _unjudged(manifest_path: Path, on: date) -> Report:
    return Report(
        tool_version=__version__,
        on=on,
        manifest=manifest_path.name,
        profile="",
        organization=None,
        fail_on="undetermined",
        uses=(),
    )


@dataclass
class _Survey:
    """Puts together what is known of each model."""

    binder: Binder
    on: date
    profile: Profile | None

    def of(self, entry: ModelEntry, evidence: Evidence, results: tuple[ModelUse, ...]) -> Iterator[Subject]:
        """An entry of the manifest, and its ancestors."""
        days = {self.profile.uses[name].obtained_on for name in entry.use} if self.profile is not None else {None}
        found = [resolve(evidence, self.binder, Moment(self.on, day)) for day in sorted(days, key=str)]
        pinned = entry.revision if entry.path is None and entry.provider is None else None
        yield _subject(evidence, found, pinned).model_copy(update={"uses": results})
        first, *others = lineage(evidence)
        known = {first.model.lower(), *(one.model.lower() for one in others)}
        edges = dict.fromkeys(edge.parent for one in found for edge in one.lineage)
        others += [Evidence(model=name) for name in edges if name.lower() not in known]
        for above in others:
            resolved = resolve(above, self.binder, Moment(self.on, None))
            yield _subject(above, [resolved], None).model_copy(update={"is_listed": False})


def _subject(evidence: Evidence, found: list[Resolved], revision: str | None) -> Subject:
    licenses = {frozenset(one.licenses) for one in found}
    return Subject(
        evidence=evidence,
        own=found[0].concluded,
        licenses=tuple(dict.fromkeys((*found[0].concluded, *(key for one in found for key in one.licenses)))),
        is_settled=len(licenses) == 1 and all(map(_is_settled, found)),
        revision=revision,
        lineage=tuple(dict.fromkeys(edge for one in found for edge in one.lineage)),
    )


def _is_settled(found: Resolved) -> bool:
    """Whether all terms are known, and none of them holds only if something is so that nobody declared."""
    guards: Iterable[object] = (layer.guard for layer in found.terms.layers)
    return found.is_known and all(guard is True for guard in guards) and isinstance(found.terms.unknown, bool)
