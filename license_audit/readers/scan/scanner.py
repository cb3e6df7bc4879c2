"""Reads the files of a tree, on several cores where there are many of them."""

import os
from _blake2 import blake2b  # hashlib loads OpenSSL first
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from license_audit.model.reference import Hit, Reference
from license_audit.readers.scan.registry import Kind, fitting
from license_audit.readers.scan.source import Source, UnreadableError
from license_audit.readers.scan.tree import ElsewhereError, files_in, read

MAX_BYTES = 50_000_000
"""Notebooks with pictures grow long. A longer source is not read, and said to be unread."""
CHUNK = 250
"""Files that are read before progress is told."""
Progress = Callable[[int, int], None]
Read = tuple[tuple[tuple[Any, ...], ...], tuple[int, str] | None]
"""What reading a file gave: each hit as a plain tuple, and where and why it could not be read to its end."""
Memory = dict[bytes, Read]
"""What was read before, by a digest of kind, path and content: the same file is not parsed twice."""
_SIZE = 20
"""Bytes of a digest."""
_recollected: Memory = {}
"""The memory of a process that reads for another one."""


class Gap(NamedTuple):
    """A file that was not read, or not to its end."""

    file: str
    line: int
    """Where reading it failed; 0 when that is nowhere in particular."""
    reason: str
    is_grave: bool
    """Whether models may hide in it: it is there, and nobody could look."""


@dataclass
class Found:
    """What was found in some files."""

    references: list[Reference] = field(default_factory=list)
    unread: list[Gap] = field(default_factory=list)
    files: int = 0
    """Files that were read."""
    memory: Memory = field(default_factory=dict)
    """What was read of those that can name models."""

    def take(self, other: "Found") -> None:
        """Add what was found elsewhere."""
        self.references += other.references
        self.unread += other.unread
        self.files += other.files
        self.memory |= other.memory


def scan_tree(
    top: Path,
    folders: Iterable[str],
    environment: Mapping[str, str],
    is_skipped: Callable[[str], bool],
    progress: Progress,
    cores: int,
    memory: Memory | None = None,
) -> Found:
    """Scan folders of a tree, each given from its top, with the repositories that lie in them."""
    found, waiting, seen = Found(), list(folders), set[str]()
    while waiting:
        folder = waiting.pop(0)
        listed = files_in(top / folder, environment)
        above = "" if folder in ("", ".") else f"{folder}/"
        paths = [path for name in listed if not is_skipped(path := above + name) and path not in seen]
        seen.update(paths)
        waiting += (path.rstrip("/") for path in paths if path.endswith("/"))
        files = [path for path in paths if not path.endswith("/")]
        found.take(scan_files(top, files, progress, cores, memory, are_named=False))
    return found


def scan_files(
    top: Path,
    paths: Sequence[str],
    progress: Progress,
    cores: int,
    memory: Memory | None = None,
    *,
    are_named: bool = True,
) -> Found:
    """Scan files, each given from the top of the tree. One that a person named has to be there, and to be a file."""
    chunks = [paths[start : start + CHUNK] for start in range(0, len(paths), CHUNK)]
    found = Found()
    parts = _parts(str(top), chunks, min(cores, len(chunks)), memory or {}, are_named=are_named)
    for number, part in enumerate(parts):
        found.take(part)
        progress(min((number + 1) * CHUNK, len(paths)), len(paths))
    return found


def _parts(top: str, chunks: list[Sequence[str]], cores: int, memory: Memory, *, are_named: bool) -> Iterable[Found]:
    if cores <= 1:
        yield from (_read_all(top, memory, chunk, are_named=are_named) for chunk in chunks)
        return
    # Only for large trees: the import takes longer than reading a hundred files.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from functools import partial  # noqa: PLC0415

    with ProcessPoolExecutor(cores, initializer=_recollected.update, initargs=(memory,)) as pool:
        yield from pool.map(partial(_read_elsewhere, top, are_named=are_named), chunks)


def _read_elsewhere(top: str, paths: Sequence[str], *, are_named: bool) -> Found:
    """What a process reads for another one."""
    return _read_all(top, _recollected, paths, are_named=are_named)


def _read_all(top: str, memory: Memory, paths: Sequence[str], *, are_named: bool) -> Found:
    found = Found()
    for path in paths:
        kinds = fitting(path)
        if not kinds and not are_named:
            continue
        try:
            data = read(top, path, MAX_BYTES, head=kinds[0].head if kinds else 1)
        except FileNotFoundError:
            if are_named:
                found.unread.append(Gap(path, 0, "does not exist", is_grave=True))
            continue
        except (ElsewhereError, ValueError) as error:
            grave = isinstance(error, ValueError) or are_named
            found.unread.append(Gap(path, 0, str(error), is_grave=grave))
            continue
        found.files += bool(kinds)
        _read_one(Source(path, data), kinds, memory, found)
    return found


def _read_one(source: Source, kinds: Sequence[Kind], memory: Memory, found: Found) -> None:
    kind = next((kind for kind in kinds if kind.claims(source.data)), None)
    if kind is None or not kind.may_name(source.data):
        return
    name = f"{kind.name}\0{source.path}\0".encode(errors="surrogateescape")
    digest = blake2b(name + source.data, digest_size=_SIZE).digest()
    hits, gap = found.memory[digest] = memory.get(digest) or _read(kind, source)
    found.references += (Reference(source.path, kind.name, Hit(*hit)) for hit in hits)
    if gap is not None:
        found.unread.append(Gap(source.path, *gap, is_grave=False))


def _read(kind: Kind, source: Source) -> Read:
    hits, gap = set[Hit](), None
    try:
        hits.update(kind.read(source))  # what comes before an error counts
    except UnreadableError as error:
        gap = (error.line, error.message)
    return tuple(tuple(hit) for hit in sorted(hits)), gap


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
