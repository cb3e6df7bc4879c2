"""Writing models.lock: look at every model once, follow its parents and its data, keep what was locked before.

Looking waits for the network and runs in several threads; understanding what was found runs in one.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from license_audit import __version__
from license_audit.blocks import Found, found_in, new_name
from license_audit.engine.moves import moves
from license_audit.errors import Problem
from license_audit.model.evidence import TERMS_MOVED, Move
from license_audit.model.lock import SAME_WEIGHTS, Block, Lock, LockedParent, LockedText, lock_key
from license_audit.model.manifest import ModelEntry
from license_audit.model.repository import Look, Unavailable
from license_audit.readers.assembly import Files
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.lookers import files_of
from license_audit.readers.parents import is_id

MAX_DEPTH = 12
PASSING = ("unreachable", "offline", "refused")
"""Reasons that say nothing of the repository itself."""
Progress = Callable[[int, int], None]


class Looker(Protocol):
    """Looks at repositories: on a hub, or offline at what is kept of it. Called from several threads."""

    def model(self, name: str, revision: str | None, known: str | None) -> Look:
        """A model. Contents are not read when its commit is the `known` one."""

    def dataset(self, name: str) -> Look:
        """A data set; only what the answer itself tells of it."""


@dataclass(frozen=True)
class Outcome:
    """What a run found."""

    lock: Lock
    moved: Mapping[str, tuple[Move, ...]]
    """By block, what differs from what is locked."""
    added: tuple[str, ...]
    """Blocks that were not there before, or that the manifest now pins elsewhere."""
    dropped: tuple[str, ...]
    """Blocks that nothing leads to any more."""
    left_out: tuple[str, ...]
    """Parents that nothing is kept of, in a run that asks nobody."""
    problems: tuple[Problem, ...]


@dataclass
class Locker:
    """Makes a lock file from the one before."""

    catalog: PackagedCatalog
    looker: Looker
    on: date
    old: Lock | None = None
    upgrade: frozenset[str] = frozenset()
    """Names of models to move to what is there now; `*` for all."""
    workers: int = 8
    progress: Progress | None = None
    _blocks: dict[str, Block] = field(default_factory=dict)
    _datasets: dict[str, Block] = field(default_factory=dict)
    _texts: dict[str, LockedText] = field(default_factory=dict)
    _added: list[str] = field(default_factory=list)
    _left_out: list[str] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _wanted: dict[str, tuple[str, str | None, int]] = field(default_factory=dict)
    """Models to look at, by the name of their block: id, revision, and steps up the lineage."""

    def run(self, entries: Iterable[ModelEntry], folders: Mapping[str, Files], shown: str) -> Outcome:
        """Lock models. `folders` holds what was read of local ones, by path; `shown` is the name of the manifest."""
        self._texts = dict(self.old.texts) if self.old else {}
        for entry in entries:
            if entry.provider is not None:
                self._keep(entry.name, Block(source="provider"))
            elif entry.path is not None:
                self._folder(entry, folders[entry.path])
            else:
                self._wanted.setdefault(lock_key(entry.name, entry.revision), (entry.name, entry.revision, 0))
            self._want(entry.base, 1)
        with ThreadPoolExecutor(self.workers) as pool:
            try:
                self._models(pool, shown)
                self._data(pool)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        self._copies()
        return self._outcome()

    def _folder(self, entry: ModelEntry, files: Files) -> None:
        found = found_in(files, self.catalog, self.on)
        block = self._settled(entry.name, found, entry.name in self.upgrade or "*" in self.upgrade)
        self._keep(entry.name, block)
        self._want((parent.model for parent in block.parents), 1)

    def _want(self, names: Iterable[str], depth: int) -> None:
        for name in names:
            if is_id(name) and depth <= MAX_DEPTH:
                self._wanted.setdefault(name, (name, None, depth))

    def _models(self, pool: ThreadPoolExecutor, shown: str) -> None:
        pending: dict[Future[Look], str] = {}
        asked: set[str] = set()
        while pending or len(asked) < len(self._wanted):
            for key in [key for key in self._wanted if key not in asked]:
                name, revision, _ = self._wanted[key]
                asked.add(key)
                pending[pool.submit(self.looker.model, name, revision, self._known(key, revision))] = key
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                key = pending.pop(future)
                self._looked(key, future.result(), shown)
            if self.progress is not None:
                self.progress(len(asked) - len(pending), len(self._wanted))

    def _known(self, key: str, revision: str | None) -> str | None:
        """The commit that is locked and stays so."""
        old = self.old.models.get(key) if self.old else None
        return old.commit if old is not None and old.revision == revision else None

    def _looked(self, key: str, look: Look, shown: str) -> None:
        name, revision, depth = self._wanted[key]
        old = self.old.models.get(key) if self.old else None
        if isinstance(look.answer, Unavailable) and look.answer.kind in PASSING:
            self._unread(key, look, look.answer, shown)
            return
        block = self._settled(key, self._found(name, revision, look, old), bool(self.upgrade & {"*", name, key}))
        self._keep(key, block)
        self._want((parent.model for parent in block.parents), depth + 1)

    def _unread(self, key: str, look: Look, answer: Unavailable, shown: str) -> None:
        """Keep what is locked. A parent that no hub could know is locked as such; else the run has to come again."""
        name, revision, depth = self._wanted[key]
        old = self.old.models.get(key) if self.old else None
        if old is not None:
            self._keep(key, old)
            self._want((parent.model for parent in old.parents), depth + 1)
        elif depth and answer.kind == "refused":
            self._keep(key, Block(source=look.source, revision=revision, at=look.at, unavailable=answer.reason))
        elif depth and answer.kind == "offline":
            self._left_out.append(name)
        else:
            self._problems.append(Problem(shown, 0, 0, f"{name} cannot be locked: {answer.reason}"))

    def _found(self, name: str, revision: str | None, look: Look, old: Block | None) -> Found | Block:
        """What a look gave: a block of its own, or the old one where its commit is still the newest."""
        answer = look.answer
        if isinstance(answer, Unavailable):
            return Block(source=look.source, revision=revision, at=look.at, unavailable=answer.reason)
        if look.contents is None and old is not None:
            renamed = new_name(answer)
            return old.model_copy(update={"gate": answer.gate, "renamed": renamed, "moves": ()})
        return found_in(files_of(name, look), self.catalog, self.on, revision)

    def _settled(self, key: str, found: Found | Block, upgrade: bool) -> Block:  # a choice of the user
        """The block to write: the new one, or the old one with what moved since."""
        new = found.block if isinstance(found, Found) else found
        if isinstance(found, Found):
            self._texts |= found.texts
        old = self.old.models.get(key) if self.old else None
        if old is None:
            self._added.append(key)
            return new
        moved = moves(key, old, new, self._texts, self.catalog)
        if not moved and old.commit == new.commit and old.revision == new.revision:
            if old.source == "folder":
                return self._since(new, old.terms_since)
            gate = new.gate if old.gate is None else old.gate
            return old.model_copy(update={"moves": (), "gate": gate})
        if upgrade or old.revision != new.revision:
            self._added.append(key)
            has_other_terms = any(move.kind in TERMS_MOVED for move in moved)
            return self._since(new, self.on.isoformat() if has_other_terms else old.terms_since)
        return old.model_copy(update={"moves": moved})

    def _since(self, block: Block, day: str | None) -> Block:
        return block.model_copy(update={"terms_since": day})

    def _keep(self, key: str, block: Block) -> None:
        self._blocks[key] = block

    def _data(self, pool: ThreadPoolExecutor) -> None:
        """The terms of data sets, as their own cards declare them."""
        names = sorted({source.name for block in self._blocks.values() for source in block.data if "/" in source.name})
        names = [name for name in names if is_id(name)]
        for name, look in zip(names, pool.map(self.looker.dataset, names), strict=True):
            old = self.old.datasets.get(name) if self.old else None
            answer = look.answer
            if isinstance(answer, Unavailable) and answer.kind in PASSING:
                if old is not None:
                    self._datasets[name] = old
            elif isinstance(answer, Unavailable):
                self._datasets[name] = _as_before(old, Block(source=look.source, at=look.at, unavailable=answer.reason))
            else:
                block = Block(
                    source=look.source,
                    commit=answer.commit,
                    at=look.at,
                    gate=answer.gate,
                    renamed=new_name(answer),
                    declared=answer.licenses,
                )
                self._datasets[name] = _as_before(old, block)

    def _copies(self) -> None:
        """Repositories with the same weight files as a model of the catalog are copies of it."""
        originals = {
            block.weights: name
            for name, block in sorted(self._blocks.items(), reverse=True)
            if block.weights and self.catalog.model(name) is not None
        }
        for name, block in self._blocks.items():
            original = originals.get(block.weights)
            if original is None or original == name or self.catalog.model(name) is not None:
                continue
            if all(parent.model.lower() != original.lower() for parent in block.parents):
                edge = LockedParent(model=original, relation="copy", basis="declared", where=SAME_WEIGHTS)
                self._blocks[name] = block.model_copy(update={"parents": (*block.parents, edge)})

    def _outcome(self) -> Outcome:
        kept = {block.files.get(name) for block in self._blocks.values() for name in block.texts or ()}
        lock = Lock(
            tool=__version__,
            models=self._blocks,
            datasets=self._datasets,
            texts={digest: text for digest, text in self._texts.items() if digest in kept},
        )
        moved = {key: block.moves for key, block in sorted(self._blocks.items()) if block.moves}
        dropped = tuple(sorted(set(self.old.models) - set(self._blocks))) if self.old else ()
        left_out = tuple(sorted(self._left_out))
        return Outcome(lock, moved, tuple(sorted(self._added)), dropped, left_out, tuple(sorted(self._problems)))


def _as_before(old: Block | None, new: Block) -> Block:
    """The old block where only the time differs, so that a second run writes the same file."""
    if old is not None and old.model_copy(update={"at": new.at}) == new:
        return old
    return new
