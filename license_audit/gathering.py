"""Evidence for judging, without a network: from the lock file, local folders, the Hub's cache and the catalog."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from license_audit.errors import AuditError, Problem
from license_audit.model.evidence import Evidence, Move, Origin, Parent
from license_audit.model.lock import Lock, folder_key, lock_key
from license_audit.model.manifest import Manifest, ModelEntry
from license_audit.model.words import FROM_OUTPUTS
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.lock import MAX_DEPTH, MAX_STEPS, LockedEvidence
from license_audit.readers.strict_yaml import Document

if TYPE_CHECKING:
    # Identifying texts is for those manifests that list folders, or models of the cache.
    from license_audit.blocks import Found
    from license_audit.readers.assembly import Files
    from license_audit.readers.hub_cache import HubCache


@dataclass
class Gatherer:
    """Finds the evidence of each entry of a manifest, and of its ancestors."""

    root: Path
    """Folder of the manifest."""
    catalog: PackagedCatalog
    on: date
    lock: Lock | None = None
    cache: "HubCache | None" = None
    _locked: LockedEvidence | None = field(init=False, default=None)
    _cached: dict[str, Evidence | None] = field(default_factory=dict)
    _steps: int = 0

    def __post_init__(self) -> None:
        self._locked = LockedEvidence(self.lock) if self.lock is not None else None

    def all(self, manifest: Manifest, places: Document, problems: list[Problem]) -> list[Evidence]:
        """Evidence of every entry, in order. What cannot be read is a problem at its place, and the rest goes on."""
        found = []
        for number, entry in enumerate(manifest.models):
            try:
                found.append(self.evidence(entry))
            except AuditError as error:
                problems += placed(error, places, number)
        return found

    def evidence(self, entry: ModelEntry) -> Evidence:
        """What is known of one model. AuditError when its folder cannot be read."""
        self._steps = 0
        if entry.provider is not None:
            return Evidence(model=entry.name, provider=entry.provider)
        if entry.path is not None:
            found = self._folder(entry, entry.path)
        else:
            found = self._model(entry.name, entry.revision, ())
        return self._with_base(found, entry)

    def _with_base(self, evidence: Evidence, entry: ModelEntry) -> Evidence:
        """The parents that the manifest names come first. What prose states and files hint at is settled by that.

        Parts that are shipped inside are none of these parents.
        """
        if not entry.base:
            return evidence
        # Who says that only outputs of a model were used does not unsay that the card builds on it.
        named = set() if entry.relation in FROM_OUTPUTS else {base.lower() for base in entry.base}
        own = tuple(
            Parent(evidence=self._model(base, None, ()), relation=entry.relation, basis="declared")
            for base in entry.base
        )
        others = tuple(
            parent
            for parent in evidence.parents
            if parent.evidence.model.lower() not in named
            and (parent.basis == "declared" or parent.relation == "component")
        )
        return evidence.model_copy(update={"parents": (*own, *others)})

    def _folder(self, entry: ModelEntry, path: str) -> Evidence:
        from license_audit.blocks import found_in  # noqa: PLC0415  # see above
        from license_audit.readers.folder import read_folder  # noqa: PLC0415  # the same

        found = found_in(read_folder(self.root / path, path), self.catalog, self.on)
        key = folder_key(path)
        block = self.lock.models.get(key) if self.lock is not None else None
        origin = Origin(source="folder", locked=block is not None, is_named=entry.id is not None)
        evidence = found.evidence.model_copy(
            update={
                "model": entry.name,
                "origin": origin,
                "moves": self._moved(key, found),
                "terms_since": block.terms_since if block is not None else None,
            }
        )
        return self._with_ancestors(evidence, ())

    def _moved(self, name: str, found: "Found") -> tuple[Move, ...]:
        block = self.lock.models.get(name) if self.lock is not None else None
        if self.lock is None or block is None:
            return ()
        from license_audit.engine.moves import moves  # noqa: PLC0415  # see above

        return moves(name, block, found.block, {**self.lock.texts, **found.texts}, self.catalog)

    def _model(self, name: str, revision: str | None, trail: tuple[str, ...]) -> Evidence:
        """From the lock file, else from the Hub's cache, else the name alone, which the catalog may know."""
        locked = self._locked.of(lock_key(name, revision), name) if self._locked is not None else None
        if locked is not None:
            return locked
        key = lock_key(name, revision)
        if key not in self._cached:
            self._cached[key] = self._from_cache(name, revision)
        cached = self._cached[key]
        return Evidence(model=name) if cached is None else self._with_ancestors(cached, (*trail, name))

    def _with_ancestors(self, evidence: Evidence, trail: tuple[str, ...]) -> Evidence:
        self._steps += 1
        if len(trail) > MAX_DEPTH or self._steps > MAX_STEPS:
            return evidence if len(trail) > MAX_DEPTH else _cut(evidence)
        parents = tuple(
            parent
            if parent.evidence.model in trail
            else parent.model_copy(update={"evidence": self._model(parent.evidence.model, None, trail)})
            for parent in evidence.parents
        )
        return evidence.model_copy(update={"parents": parents})

    def _from_cache(self, name: str, revision: str | None) -> Evidence | None:
        if self.cache is None:
            return None
        from license_audit.blocks import found_in  # noqa: PLC0415  # see above
        from license_audit.readers.lookers import files_of_cache  # noqa: PLC0415  # the same

        files = files_of_cache(self.cache, name, revision)
        return None if files is None else found_in(files, self.catalog, self.on).evidence


def _cut(evidence: Evidence) -> Evidence:
    """A model whose ancestors are not followed any further: nobody knows what travels from them."""
    return Evidence(model=f"({evidence.model}, whose lineage is too large to follow)")


def placed(error: AuditError, places: Document, number: int) -> list[Problem]:
    """The problems of an entry; one without a line of its own is put where the manifest lists the model."""
    return [
        problem if problem.line else places.problem(("models", number), f"{problem.file} {problem.message}")
        for problem in error.problems
    ]


def folders_of(manifest: Manifest, root: Path, places: Document, problems: list[Problem]) -> "Mapping[str, Files]":
    """What the local folders of a manifest hold, by path. What cannot be read is a problem at its place."""
    from license_audit.readers.folder import read_folder  # noqa: PLC0415  # most manifests list no folder

    found = {}
    for number, entry in enumerate(manifest.models):
        if entry.path is not None and entry.provider is None:
            try:
                found[entry.path] = read_folder(root / entry.path, entry.path)
            except AuditError as error:
                problems += placed(error, places, number)
    return found
