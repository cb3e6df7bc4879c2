"""models.lock: reading it, and the evidence that it holds."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from license_audit.errors import AuditError, Problem
from license_audit.model.evidence import DataSource, Evidence, FoundText, Move, Origin, Parent
from license_audit.model.lock import Block, Lock
from license_audit.model.value import faults
from license_audit.readers.files import read_text

MAX_LOCK_BYTES = 200_000_000
MAX_DEPTH = 12
"""Steps up a lineage."""
MAX_STEPS = 3_000
"""Ancestors of one model, counted once for each way that leads to them."""


def read_lock(path: Path) -> Lock:
    """The lock file. AuditError with every problem of it."""
    text = read_text(path, str(path), MAX_LOCK_BYTES)
    twice: set[str] = set()

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice.update(name for name in found if names.count(name) > 1)
        return found

    try:
        data = json.loads(text, object_pairs_hook=once)
    except json.JSONDecodeError as error:
        hint = "; a merge left its marks?" if "<<<<<<<" in text else ""
        problem = f"is not valid JSON: {error.msg.lower()}{hint}"
        raise AuditError([Problem(str(path), error.lineno, error.colno, problem)]) from None
    except (RecursionError, ValueError):
        raise AuditError([Problem(str(path), 1, 1, "is nested too deeply, or holds an endless number")]) from None
    if twice:
        raise AuditError([_twice(text, str(path), name) for name in sorted(twice)])
    try:
        return Lock.model_validate(data)
    except ValueError as error:
        raise AuditError(_problems(text, str(path), error)) from None


def _twice(text: str, shown: str, name: str) -> Problem:
    """A key that stands twice in one place, as after a merge; only the last would count."""
    key = f"{json.dumps(name, ensure_ascii=False)}:"
    at = text.rfind(key)
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    return Problem(shown, line, column, f"the key {name!r} stands here twice")


def _problems(text: str, shown: str, error: ValueError) -> list[Problem]:
    found = []
    for detail in faults(error):
        path = [str(step) for step in detail["loc"]]
        line, column = _place(text, path)
        where = f"{'.'.join(path)}: " if path else ""
        found.append(Problem(shown, line, column, f"{where}{detail['msg'].removeprefix('Value error, ')}"))
    return found


def _place(text: str, path: list[str]) -> tuple[int, int]:
    """Line and column of the deepest key of a path that is found, read from the top."""
    at = 0
    for step in path:
        found = text.find(f"{json.dumps(step, ensure_ascii=False)}:", at)
        at = at if found < 0 else found
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


class LockedEvidence:
    """The evidence of a lock file, model by model."""

    def __init__(self, lock: Lock) -> None:
        self.lock = lock
        self._built: dict[str, Evidence] = {}
        # A hub does not tell ids apart that differ in capitals alone.
        self._keys = {key.lower(): key for key in lock.models}
        self._steps = 0

    def of(self, key: str, model: str) -> Evidence | None:
        """What is locked of a model and, along its edges, of its ancestors; None when it has no block.

        Models that name one another can be walked in endlessly many ways. After a number of steps a parent is one that
        nobody knows.
        """
        self._steps = 0
        return self._of(key, model, ())[0]

    def _of(self, key: str, model: str, trail: tuple[str, ...]) -> tuple[Evidence | None, bool]:
        """The evidence, and whether it is whole. It is not where the way to it cut a loop, and is then not kept."""
        key = key if key in self.lock.models else self._keys.get(key.lower(), key)
        block = self.lock.models.get(key)
        if block is None:
            return None, True
        if key in self._built:
            return self._built[key], True
        self._steps += 1
        if key in trail or len(trail) > MAX_DEPTH:
            return None, False
        if self._steps > MAX_STEPS:
            return Evidence(model=f"({model}, whose lineage is too large to follow)"), False
        above = [self._of(edge.model, edge.model, (*trail, key)) for edge in block.parents]
        parents = tuple(
            Parent.model_construct(
                evidence=evidence or Evidence(model=edge.model),
                relation=edge.relation,
                basis=edge.basis,
                contested=edge.contested,
                where=edge.where,
            )
            for edge, (evidence, _) in zip(block.parents, above, strict=True)
        )
        found, is_whole = self._evidence(model, block, parents), all(whole for _, whole in above)
        if is_whole:
            self._built[key] = found
        return found, is_whole

    def _evidence(self, model: str, block: Block, parents: tuple[Parent, ...]) -> Evidence:
        """The parts are values of the lock file, which were checked when it was read."""
        source = block.source
        return Evidence.model_construct(
            model=model,
            declared=block.declared,
            texts=None if block.texts is None else tuple(self._texts(model, block)),
            notice_file=block.notice_file,
            parents=parents,
            stated=block.stated,
            hints=block.hints,
            unread=block.unread,
            license_link=block.license_link,
            renamed=block.renamed,
            data=tuple(self._data(block)),
            data_disclosed=block.data_disclosed,
            gate=block.gate,
            unavailable=block.unavailable,
            provider=model.partition(":")[0] if source == "provider" else "",
            origin=Origin.model_construct(source=source, commit=block.commit, at=block.at, locked=True)
            if source != "provider"
            else None,
            moves=(*block.moves, *self._data_moves(block)),
            terms_since=block.terms_since,
            sources=tuple(f"{model}/{name}" for name in sorted(block.files)),
            digests=tuple(sorted({block.files[name] for name in block.texts or () if is_digested(name, block)})),
            remarks=block.remarks,
        )

    def _texts(self, model: str, block: Block) -> Iterator[FoundText]:
        for name in block.texts or ():
            text = self.lock.texts.get(block.files.get(name, ""))
            file = f"{model}/{name}"
            if text is None:
                yield FoundText(file=file, status="unknown")
            else:
                yield from (known.model_copy(update={"file": file}) for known in text.found)

    def _data_moves(self, block: Block) -> Iterator[Move]:
        for source in self._data(block):
            known = self.lock.datasets.get(source.name)
            yield from known.moves if known is not None else ()

    def _data(self, block: Block) -> Iterator[DataSource]:
        """The data of a model, and what that was made from, each once."""
        waiting, seen = list(block.data), set[str]()
        while waiting:
            source = waiting.pop(0)
            if source.name in seen:
                continue
            seen.add(source.name)
            known = self.lock.datasets.get(source.name)
            if known is None:
                yield source
                continue
            yield source.model_copy(update={"declared": known.declared})
            waiting += [above.model_copy(update={"where": f"through {source.name}"}) for above in known.data]


def is_digested(name: str, block: Block) -> bool:
    """Whether a file is the text of terms, so that its digest tells which text a waiver was given for."""
    return name in block.files and name.lower() != "readme.md"
