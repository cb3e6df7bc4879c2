"""Reads the files of a tree, on several cores where there are many of them."""

import os
import stat
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from license_audit.model.reference import Hit, Reference
from license_audit.readers.scan.registry import Kind, fitting
from license_audit.readers.scan.source import Source, UnreadableError, as_utf_8
from license_audit.readers.scan.tree import ElsewhereError, files_in, read

MAX_BYTES = 50_000_000
"""Notebooks with pictures grow long. A longer source is not read, and said to be unread."""
CHUNK = 250
"""Files that are read before progress is told."""
Progress = Callable[[int, int], None]
Stamp = tuple[int, ...]
"""Length, times and place of a file: while they are the same, so is what it holds."""
Read = tuple[str, tuple[tuple[Any, ...], ...], tuple[int, str] | None]
"""What reading a file gave: its kind, each hit as a plain tuple, and where and why it could not be read to its end."""
Memory = dict[str, tuple[Stamp, Read]]
"""What was read before, by path: a file that is as it was is not read again."""
_NAMELESS: tuple[Stamp, Read] = ((), ("", (), None))
"""What is remembered of a file that no kind reads, whatever it holds."""
SETTLED = 20_000_000
"""Nanoseconds for which a file must have been left alone before the scan: clocks of file systems are coarse."""


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
    """What was read of those that can be remembered."""

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
    found, waiting = Found(), list(paths)
    if memory:
        waiting = [path for path in paths if not _remembered(str(top), path, memory, found)]
    chunks = [waiting[start : start + CHUNK] for start in range(0, len(waiting), CHUNK)]
    done = len(paths) - len(waiting)
    for part in _parts(str(top), chunks, min(cores, len(chunks)), are_named=are_named):
        found.take(part)
        done = min(done + CHUNK, len(paths))
        progress(done, len(paths))
    found.references.sort(key=lambda reference: reference.file)
    return found


def _remembered(top: str, path: str, memory: Memory, found: Found) -> bool:
    """Take what is remembered of a file that is as it was; False for all others."""
    known = memory.get(path)
    if known is None or (known[0] and known[0] != _stamp(top, path)):
        return False
    found.memory[path] = known
    found.files += bool(known[0])
    _give(path, known[1], found)
    return True


def _stamp(top: str, path: str) -> Stamp | None:
    """The stamp of a regular file; None for all else, also for links."""
    try:
        status = os.lstat(f"{top}/{path}")
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def _parts(top: str, chunks: list[list[str]], cores: int, *, are_named: bool) -> Iterable[Found]:
    if cores <= 1:
        yield from (_read_all(top, chunk, are_named=are_named) for chunk in chunks)
        return
    # Only for large trees: the import takes longer than reading a hundred files.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415
    from functools import partial  # noqa: PLC0415

    with ProcessPoolExecutor(cores) as pool:
        yield from pool.map(partial(_read_all, top, are_named=are_named), chunks)


def _read_all(top: str, paths: Sequence[str], *, are_named: bool) -> Found:
    found, start = Found(), time.time_ns()
    for path in paths:
        kinds = fitting(path)
        if not kinds and not are_named:
            found.memory[path] = _NAMELESS
            continue
        stamp = _stamp(top, path)  # before it is read: what changes meanwhile is another file
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
        what = _read(Source(path, as_utf_8(data)), kinds)
        _give(path, what, found)
        if kinds and stamp is not None and max(stamp[1], stamp[2]) < start - SETTLED:
            found.memory[path] = (stamp, what)
    return found


def _read(source: Source, kinds: Sequence[Kind]) -> Read:
    kind = next((kind for kind in kinds if kind.claims(source.data)), None)
    if kind is None or not kind.may_name(source.data):
        return "", (), None
    hits, gap = set[Hit](), None
    try:
        hits.update(kind.read(source))  # what comes before an error counts
    except UnreadableError as error:
        gap = (error.line, error.message)
    return kind.name, tuple(tuple(hit) for hit in sorted(hits)), gap


def _give(path: str, what: Read, found: Found) -> None:
    kind, hits, gap = what
    found.references += (Reference(path, kind, Hit(*hit)) for hit in hits)
    if gap is not None:
        found.unread.append(Gap(path, *gap, is_grave=False))


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
