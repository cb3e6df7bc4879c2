"""Kits: for each use that hands something out, the files that go along and the list of what is left to do."""

import re
from collections.abc import Iterable, Iterator

from license_audit.artifacts.asked import Asked, Look
from license_audit.artifacts.assigned import handing_out
from license_audit.artifacts.duties import is_checked, look
from license_audit.artifacts.folder import Artifacts, artifacts_of
from license_audit.artifacts.names import safe
from license_audit.artifacts.shown import came_with, duties, is_recorded, recorded_tokens
from license_audit.artifacts.sources import Source, Sources
from license_audit.audit import Audited
from license_audit.gate import BLOCKING
from license_audit.kit_files import material, wanted_texts
from license_audit.model.evidence import Evidence
from license_audit.model.profile import Use
from license_audit.model.record import Record, replace
from license_audit.model.report import ModelUse
from license_audit.outputs.kit import (
    CHECKLIST,
    NO_VERDICT_AGAINST,
    SUMMARY,
    Duty,
    Kit,
    Standing,
    State,
    checklist_text,
)
from license_audit.outputs.kit_summary import summary_text
from license_audit.readers.catalog import PackagedCatalog

DRAFT = "draft"
"""Folder within the kit of a use that is not ready."""
_BLANK = re.compile(r"\[fill in: [^\]]*\]")
_FILLED = "done in 2000"
"""What a test fill-in says; it holds a year, as a date does."""


class Made(Record):
    """A kit with its files."""

    folder: str
    """Its name, safe as that of a folder."""
    kit: Kit
    files: dict[str, bytes]
    """By their names in the folder."""


class Judged(Record):
    """A model in the use, with its duties."""

    model: str
    result: ModelUse
    asked: tuple[Asked, ...]
    sources: tuple[Source, ...]


def kits(audited: Audited, sources: Sources, catalog: PackagedCatalog, uses: Iterable[str] = ()) -> tuple[Made, ...]:
    """The kit of each use that hands something out, in the order of the manifest; of some uses only, where named."""
    wanted = set(uses)
    names = handing_out(audited.manifest, audited.profile)
    return tuple(_made(name, audited, sources, catalog) for name in names if not wanted or name in wanted)


def _made(name: str, audited: Audited, sources: Sources, catalog: PackagedCatalog) -> Made:
    use = audited.profile.uses[name]
    judged = tuple(_judged(name, use, audited, sources, catalog))
    standings = tuple(_standing(one) for one in judged)
    is_ready = not any(one.is_against for one in standings)
    permitted = [one for one in judged if one.result.assessment.verdict != "disallowed"]
    asked = tuple(duty for one in permitted for duty in one.asked)
    models = {(model.model, *sorted(model.digests.items())): model for one in permitted for model in one.sources}
    made = material(asked, models.values(), use, catalog)
    prefix = "" if is_ready else f"{DRAFT}/"
    files = {f"{prefix}{file}": raw for file, raw in made.files.items()}
    held = artifacts_of("", files)
    kit = Kit(
        use=name,
        description=use.description or "",
        manifest=audited.report.manifest,
        standings=standings,
        duties=tuple(_duties(permitted, held, _filled(held))),
        copies=tuple(replace(copy, file=f"{prefix}{copy.file}") for copy in made.copies),
        wanted=wanted_texts(asked, held),
    )
    files[CHECKLIST] = checklist_text(kit).encode(errors="replace")
    files[SUMMARY] = summary_text(kit, files).encode()
    return Made(safe(name), kit, files)


def _judged(name: str, use: Use, audited: Audited, sources: Sources, catalog: PackagedCatalog) -> Iterator[Judged]:
    auditor = audited.auditor

    def concluded(evidence: Evidence) -> tuple[str, ...]:
        return auditor.resolve(evidence, use.obtained_on).concluded

    results = iter(audited.report.uses)
    for entry, evidence in zip(audited.manifest.models, audited.evidence, strict=True):
        for one, result in zip(entry.use, results, strict=False):
            if one == name:
                models = came_with(evidence, result.lineage, sources, concluded)
                asked = duties(result.assessment, models, result.lineage, use, catalog)
                yield Judged(entry.name, result, asked, models)


def _standing(judged: Judged) -> Standing:
    found = judged.result.assessment
    weighty = (one.finding for one in found.obstacles if one.verdict not in NO_VERDICT_AGAINST)
    asked = (question.path for question in found.questions)
    blocked = (one.message for one in judged.result.findings if one.kind in BLOCKING and one.waived is None)
    obstacles = tuple(dict.fromkeys((*weighty, *asked)))
    return Standing(judged.model, found.verdict, found.reason, obstacles, tuple(blocked))


def _filled(files: Artifacts) -> Artifacts:
    """The same files with every blank filled in."""
    return Artifacts(files.shown, {name: _BLANK.sub(_FILLED, text) for name, text in files.texts.items()})


def _duties(judged: Iterable[Judged], files: Artifacts, filled: Artifacts) -> Iterator[Duty]:
    """Each duty once, with all models that owe it."""
    by_clause: dict[str, list[tuple[str, Asked]]] = {}
    for one in judged:
        for asked in one.asked:
            by_clause.setdefault(asked.clause.clause, []).append((one.model, asked))
    for found in by_clause.values():
        yield _duty(found, files, filled)


def _duty(found: list[tuple[str, Asked]], files: Artifacts, filled: Artifacts) -> Duty:
    asked = [one for _, one in found]
    clause = asked[0].clause
    looks, later = ([_looked(one, held) for one in asked] for held in (files, filled))
    state = _state(asked, looks, later)
    by = looks if state == "answered" else later if state == "fill-in" else []
    return Duty(
        clause=clause.clause,
        license=asked[0].catalog.title(clause.license),
        section=clause.section,
        title=clause.title,
        gist=clause.gist,
        remedy=clause.remedy,
        models=tuple(dict.fromkeys(model for model, _ in found)),
        state=state,
        by=tuple(dict.fromkeys(place for one in by for place in one.by)),
        told=_missing(asked, looks) if state in ("by-hand", "fill-in") else "",
        is_open=all(one.clause.outcome == "open" for one in asked),
    )


def _missing(asked: list[Asked], looks: list[Look]) -> str:
    """What is not there, and that the profile says otherwise where it does."""
    told = "; ".join(dict.fromkeys(one.told for one in looks if one.told))
    recorded = all(is_recorded(one.clause, one.use) for one in asked)
    return f"{told} (the profile records it as done)" if recorded else told


def _looked(asked: Asked, files: Artifacts) -> Look:
    return look(asked, files, recorded_tokens(asked.clause, asked.use))


def _state(asked: list[Asked], looks: list[Look], later: list[Look]) -> State:
    if all(one.status == "shown" for one in looks):
        return "answered"
    if all(one.status == "shown" for one in later):
        return "fill-in"
    if any(one.status == "missing" for one in looks):
        return "by-hand"
    if all(is_recorded(one.clause, one.use) for one in asked):
        return "recorded"
    return "by-hand" if any(map(is_checked, asked)) else "no-file"
