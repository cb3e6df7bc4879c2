"""Writing models.lock: look at every model once, follow its parents and its data, keep what was locked before.

Looking waits for the network and runs in several threads; understanding what was found runs in one.
"""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from license_audit import __version__
from license_audit.blocks import Found, found_in
from license_audit.errors import Problem
from license_audit.model.evidence import DataSource, Move
from license_audit.model.lock import SAME_WEIGHTS, Block, Lock, LockedParent, LockedText, folder_key, lock_key
from license_audit.model.manifest import ModelEntry
from license_audit.model.repository import Look, Unavailable
from license_audit.readers.assembly import Files, new_name
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.lookers import files_of
from license_audit.readers.parents import is_id
from license_audit.settling import Settled, Settler

MAX_DEPTH = 12
PASSING = ("unreachable", "offline", "refused")
"""Reasons that say nothing of the repository itself."""
Progress = Callable[[int, int], None]
Placed = Callable[[str, str], Problem]
"""From the name of a block and a message to a problem."""


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
    untrue: tuple[str, ...]
    """Blocks that do not hold what their commit holds: somebody edited them."""
    left_out: tuple[str, ...]
    """Models that could not be looked at; what is locked of them stays, and of a parent nothing may be."""
    problems: tuple[Problem, ...]


class _Want(NamedTuple):
    """A model to look at."""

    name: str
    revision: str | None
    depth: int
    """Steps up the lineage; 0 for a model of the manifest."""


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
    is_strict: bool = False
    """Whether every block is held against its commit, and a model that cannot be looked at is a problem."""
    _blocks: dict[str, Block] = field(default_factory=dict)
    _datasets: dict[str, Block] = field(default_factory=dict)
    _texts: dict[str, LockedText] = field(default_factory=dict)
    _added: list[str] = field(default_factory=list)
    _untrue: list[str] = field(default_factory=list)
    _left_out: list[str] = field(default_factory=list)
    _problems: list[Problem] = field(default_factory=list)
    _listed: set[str] = field(default_factory=set)
    """Blocks of the models that the manifest lists."""
    _waiting: dict[str, _Want] = field(default_factory=dict)
    """Models to look at next, by the name of their block."""

    def run(self, entries: Iterable[ModelEntry], folders: Mapping[str, Files], problem: Placed) -> Outcome:
        """Lock models. `folders` holds what was read of local ones, by path.

        `problem` makes one at the place where the manifest lists a model, by the name of its block.
        """
        self._texts = dict(self.old.texts) if self.old else {}
        listed = tuple(entries)
        for entry in listed:
            if entry.provider is not None:
                self._blocks[entry.name] = Block(source="provider")
            elif entry.path is None:
                self._waiting.setdefault(lock_key(entry.name, entry.revision), _Want(entry.name, entry.revision, 0))
        self._listed = set(self._waiting)
        parents = [base for entry in listed for base in entry.base]
        for entry in listed:
            if entry.provider is None and entry.path is not None:
                parents += self._folder(entry.path, folders[entry.path])
        with ThreadPoolExecutor(self.workers) as pool:
            try:
                self._models(pool, parents, problem)
                self._data(pool)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        self._copies()
        return self._outcome()

    def _folder(self, path: str, files: Files) -> list[str]:
        """Lock a folder; gives its parents."""
        key = folder_key(path)
        found = found_in(files, self.catalog, self.on)
        self._texts |= found.texts
        old = self._held(key)
        settler = Settler(self._texts, self.catalog, self.on)
        settled = settler.settle(key, old, found.block, upgrade=self._is_upgraded(key, path))
        self._settle(key, settled)
        return [parent.model for parent in settled.block.parents]

    def _models(self, pool: ThreadPoolExecutor, parents: list[str], problem: Placed) -> None:
        """Level by level, so that how far up a model lies does not depend on who answers first."""
        done, asked = 0, set[str]()
        for depth in range(MAX_DEPTH + 1):
            level, self._waiting = self._waiting, {}
            asked |= level.keys()
            looks = pool.map(self._look, level.items())
            for (key, want), look in zip(level.items(), looks, strict=True):
                parents += self._looked(key, want, look, problem)
                done += 1
                if self.progress is not None:
                    self.progress(done, done + len(level))
            for name in parents:
                if is_id(name) and name not in asked and name not in self._waiting:
                    self._waiting[name] = _Want(name, None, depth + 1)
            parents = []

    def _look(self, item: tuple[str, _Want]) -> Look:
        key, want = item
        return self.looker.model(want.name, want.revision, self._known(key, want))

    def _known(self, key: str, want: _Want) -> str | None:
        """The commit that is locked, where what is locked of it is taken as it stands."""
        old = self._held(key)
        is_taken = old is not None and old.revision == want.revision and not self.is_strict
        return old.commit if old is not None and is_taken and not self._is_upgraded(key, want.name) else None

    def _is_upgraded(self, key: str, name: str) -> bool:
        return bool(self.upgrade & {"*", name, key})

    def _held(self, key: str) -> Block | None:
        """The block under a name in the lock file before."""
        return self.old.models.get(key) if self.old is not None else None

    def _before(self, key: str) -> Block | None:
        """The block of a model before; that of another revision, where the manifest asks for this one now."""
        if self.old is None or key in self.old.models:
            return self._held(key)
        name = key.partition("@")[0].lower()
        named = [other for other in self.old.models if other.partition("@")[0].lower() == name]
        left = [other for other in named if other not in self._listed]
        return self.old.models[left[0]] if len(left) == 1 else None

    def _looked(self, key: str, want: _Want, look: Look, problem: Placed) -> list[str]:
        """Settle a model; gives its parents."""
        answer, old = look.answer, self._before(key)
        if isinstance(answer, Unavailable) and answer.kind in PASSING:
            self._unread(key, want, look, answer, problem)
        elif (held := self._held(key)) is not None and look.is_older_than(held.at) and not self.is_strict:
            self._blocks[key] = held
        else:
            new = self._new(key, want, look, old)
            settler = Settler(self._texts, self.catalog, self.on)
            settled = settler.settle(key, old, new, upgrade=self._is_upgraded(key, want.name))
            self._settle(key, settled)
        block = self._blocks.get(key)
        return [parent.model for parent in block.parents if parent.where != SAME_WEIGHTS] if block else []

    def _settle(self, key: str, settled: Settled) -> None:
        self._blocks[key] = settled.block
        if settled.is_added:
            self._added.append(key)
        if settled.is_untrue and self.old is not None and self.old.tool == __version__:
            self._untrue.append(key)

    def _is_misread(self, found: Found) -> bool:
        """Whether the lock file says otherwise of a text than a reading of the same bytes by the same version."""
        if self.old is None or self.old.tool != __version__:
            return False
        commits = {block.commit for block in self.old.models.values()}
        held = self.old.texts
        return found.block.commit in commits and any(held.get(digest) != text for digest, text in found.texts.items())

    def _unread(self, key: str, want: _Want, look: Look, answer: Unavailable, problem: Placed) -> None:
        """Keep what is locked. A parent that no hub could know is locked as such; else the run has to come again."""
        old = self._held(key)
        is_asked_for = self.is_strict or self._is_upgraded(key, want.name)
        if old is not None:
            self._blocks[key] = old
        if old is not None and not is_asked_for:
            self._left_out.append(f"{want.name}: {answer.reason}")
        elif old is None and want.depth and answer.kind == "refused":
            self._blocks[key] = Block(source=look.source, revision=want.revision, at=look.at, unavailable=answer.reason)
        elif old is None and want.depth and answer.kind == "offline" and not is_asked_for:
            self._left_out.append(f"{want.name}: {answer.reason}")
        else:
            self._problems.append(problem(key, f"{want.name} cannot be locked: {answer.reason}"))

    def _new(self, key: str, want: _Want, look: Look, old: Block | None) -> Block:
        """What a look gave: a block of its own, or the old one where its commit is still the newest."""
        answer = look.answer
        if isinstance(answer, Unavailable):
            return Block(source=look.source, revision=want.revision, at=look.at, unavailable=answer.reason)
        if look.contents is None and old is not None:
            return old.model_copy(update={"gate": answer.gate, "renamed": new_name(answer), "moves": ()})
        found = found_in(files_of(want.name, look), self.catalog, self.on, want.revision)
        if old is not None and self._is_misread(found):
            self._untrue.append(key)
        self._texts |= found.texts
        return found.block

    def _data(self, pool: ThreadPoolExecutor) -> None:
        """The terms of data sets and of those they were made from, as their own cards declare them."""
        sources = [source for block in self._blocks.values() for source in block.data]
        asked = set[str]()
        for _ in range(MAX_DEPTH):
            names = sorted({source.name for source in sources if "/" in source.name and is_id(source.name)} - asked)
            asked |= set(names)
            looks = pool.map(self.looker.dataset, names)
            blocks = [self._dataset(name, look) for name, look in zip(names, looks, strict=True)]
            sources = [source for block in blocks if block is not None for source in block.data]

    def _dataset(self, name: str, look: Look) -> Block | None:
        """Settle a data set. What moves there is milder."""
        old = self.old.datasets.get(name) if self.old else None
        answer = look.answer
        if isinstance(answer, Unavailable) and answer.kind in PASSING:
            if old is not None:
                self._datasets[name] = old
            return old
        if isinstance(answer, Unavailable):
            new = Block(source=look.source, at=look.at, unavailable=answer.reason)
        else:
            new = Block(
                source=look.source,
                commit=answer.commit,
                at=look.at,
                gate=answer.gate,
                renamed=new_name(answer),
                declared=answer.licenses,
                data=tuple(DataSource(name=source, basis="declared") for source in answer.datasets),
            )
        settler = Settler({}, self.catalog, self.on)
        settled = settler.settle(name, old, new, upgrade=self._is_upgraded(name, name)).block
        told = tuple(move.model_copy(update={"kind": "data"}) for move in settled.moves)
        self._datasets[name] = settled.model_copy(update={"moves": told})
        return self._datasets[name]

    def _copies(self) -> None:
        """Repositories with the same weight files as a model of the catalog are copies of it."""
        originals = {
            block.weights: name
            for name, block in sorted(self._blocks.items(), reverse=True)
            if block.weights and self._is_original(name)
        }
        for name, block in self._blocks.items():
            original = originals.get(block.weights)
            if original is None or original == name or self._is_original(name):
                continue
            if all(parent.model.lower() != original.lower() for parent in block.parents):
                edge = LockedParent(model=original, relation="copy", basis="declared", where=SAME_WEIGHTS)
                self._blocks[name] = block.model_copy(update={"parents": (*block.parents, edge)})

    def _is_original(self, key: str) -> bool:
        return self.catalog.model(key.partition("@")[0]) is not None

    def _outcome(self) -> Outcome:
        kept = {block.files.get(name) for block in self._blocks.values() for name in block.worded}
        lock = Lock(
            tool=__version__,
            models=self._blocks,
            datasets=self._datasets,
            texts={digest: text for digest, text in self._texts.items() if digest in kept},
        )
        both = {**self._datasets, **self._blocks}
        return Outcome(
            lock=lock,
            moved={key: block.moves for key, block in sorted(both.items()) if block.moves},
            added=tuple(sorted(self._added)),
            dropped=tuple(sorted(set(self.old.models) - set(self._blocks))) if self.old else (),
            untrue=tuple(sorted(set(self._untrue))),
            left_out=tuple(sorted(self._left_out)),
            problems=tuple(sorted(self._problems)),
        )
