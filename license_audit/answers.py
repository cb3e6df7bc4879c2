"""Answers given before, for the same question about the same files. Nothing slow is imported here.

A run is watched: every file that it opens and every folder that it lists is written down with a digest, beside the
answer. The answer counts again while all of that, the question and the tool are the same; then nothing has to be read
and judged. An entry that is damaged, or was written while files changed, is no entry. The day is part of each question,
since clauses, waivers and the answer's own words depend on it.
"""

import marshal
import os
import sys
import time
from _blake2 import blake2b  # hashlib loads OpenSSL first, which takes longer than finding an answer
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import click

from license_audit.model.words import Verdict
from license_audit.resources import data_folder

FORMAT = b"license-audit answer 1\n"
SIZE = 20
"""Bytes of a digest."""
WHOLE = 1_000_000
"""Files up to this length are compared by all that they hold; longer ones, weights, by head, length and times."""
HEAD = 65_536
SETTLED = 20_000_000
"""Nanoseconds for which a file must have been left alone before the run: clocks of file systems are coarse."""
MOST = 200
"""Entries that are kept; the oldest go first."""
_CODE = (".py", ".pyc", ".pyd", ".so", ".pth")
"""Endings of what Python opens for itself. The tool's own is compared as a whole, and none of it is evidence."""


class Question(NamedTuple):
    """What is asked of the gate."""

    manifest: Path
    profile: Path
    lock: Path | None
    """The lock file; None where there is none."""
    cache: Path | None
    """The Hub's cache; None where there is none."""
    on: date
    fail_on: Verdict | None
    """In place of the profile's."""
    baseline: Path | None
    """A stored report; what fails as it failed there passes."""
    rules: Path | None
    """Folder with rules and licenses of the organization's own."""
    format: str
    color: bool
    quiet: bool
    """Whether text tells only what fails."""
    wants_report: bool
    """Whether the HTML report is wanted as well."""


class Answer(NamedTuple):
    """What is printed, and how the command ends."""

    output: str
    report: str
    """The HTML report; empty when none is wanted."""
    summary: str
    code: str
    """Exit code."""


@dataclass
class Watched:
    """What a run opened and listed, by absolute path."""

    start: int = field(default_factory=time.time_ns)
    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    _own: tuple[str, ...] = field(default_factory=lambda: tuple(f"{folder}/" for folder in _folders()))

    def note(self, event: str, path: Any, flags: int) -> None:
        """Note a file that is opened for reading, or a folder that is listed."""
        if not isinstance(path, (str, bytes, os.PathLike)):
            return
        place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # links count as they are written
        if place.endswith(_CODE) or place.startswith(self._own) or flags & (os.O_WRONLY | os.O_RDWR):
            return
        (self.files if event == "open" else self.folders).add(place)


_watching: list[Watched] = []
_hooked: list[bool] = []


def _hook(event: str, arguments: tuple[Any, ...]) -> None:
    if _watching and event in ("open", "os.scandir", "os.listdir"):
        _watching[-1].note(event, arguments[0], arguments[2] if event == "open" else 0)


@contextmanager
def watched() -> Iterator[Watched]:
    """Note what is opened and listed while the context lasts."""
    if not _hooked:
        sys.addaudithook(_hook)  # it stays for good, so there is one, and it sleeps
        _hooked.append(True)
    run = Watched()
    _watching.append(run)
    try:
        yield run
    finally:
        _watching.remove(run)


def key(question: Iterable[object]) -> str:
    """The name under which the answer to a question is kept: by its words, the tool, Python and where it runs."""
    parts = (*map(str, question), os.getcwd(), sys.version, *_tool())  # noqa: PTH109  # pathlib's takes longer
    return blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=SIZE).hexdigest()


def _folders() -> tuple[str, ...]:
    """Folders of the tool itself."""
    data = data_folder()
    return (str(Path(__file__).parent), *(str(data / name) for name in ("licenses", "rules", "reports")))


def _tool() -> Iterator[str]:
    """Each file of the tool with its length and times, and those of the folder that holds its libraries."""
    for folder in _folders():
        yield from _stamps(folder)
    yield _stamp(Path(click.__file__).parent.parent.stat())


def _stamps(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _stamps(entry.path)
            else:
                yield f"{entry.path} {_stamp(entry.stat())}"


def _stamp(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def find(folder: Path, name: str) -> Answer | None:
    """The answer kept under a name, where everything that it rests on is as it was; None in all other cases."""
    found = recall(folder, name)
    if found is None:
        return None
    kept, answer = found
    return Answer(*answer) if all(_look(kind, path) == digest for (kind, path), digest in kept.items()) else None


def keep(folder: Path, name: str, run: Watched, answer: Answer) -> None:
    """Keep an answer. Nothing is kept where a file changed just before or during the run."""
    places = [("file", path) for path in sorted(run.files)] + [("folder", path) for path in sorted(run.folders)]
    if not any(_is_fresh(path, run.start - SETTLED) for _, path in places):
        remember(folder, name, ({place: _look(*place) for place in places}, tuple(answer)))


def recall(folder: Path, name: str) -> Any:
    """The plain value kept under a name; None where there is none, or where it is not as it was written."""
    try:
        raw = (folder / name).read_bytes()
    except OSError:
        return None
    start = len(FORMAT) + SIZE
    if not raw.startswith(FORMAT) or _digest(raw[start:]) != raw[len(FORMAT) : start]:
        return None
    named, value = marshal.loads(raw[start:])  # noqa: S302  # the digest shows that it is what was written
    return value if named == name else None


def remember(folder: Path, name: str, value: Any) -> None:
    """Keep a plain value under a name, unless nothing can be kept there."""
    body = marshal.dumps((name, value))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _forget(folder)
        draft = folder / f".{os.urandom(8).hex()}.part"
        draft.write_bytes(FORMAT + _digest(body) + body)
        draft.replace(folder / name)
    except OSError:
        return  # a cache that cannot be written is no cache


def _forget(folder: Path) -> None:
    """Remove the oldest entries, and drafts that somebody left."""
    entries = sorted((entry.stat().st_mtime_ns, entry.path) for entry in os.scandir(folder) if entry.is_file())
    for _, path in entries[: max(len(entries) - MOST + 1, 0)]:
        Path(path).unlink(missing_ok=True)


def _is_fresh(path: str, moment: int) -> bool:
    """Whether a file or folder changed after a moment."""
    try:
        status = os.stat(path)  # noqa: PTH116  # the same as everywhere here: no objects on the way
    except OSError:
        return False
    return max(status.st_mtime_ns, status.st_ctime_ns) >= moment


def _look(kind: str, path: str) -> bytes:
    """A digest of what a file holds, or of what a folder lists; of its absence, where it cannot be read."""
    try:
        return _digest(_listed(path) if kind == "folder" else _held(path))
    except OSError as error:
        return _digest(f"{error.errno}".encode())


def _listed(path: str) -> bytes:
    with os.scandir(path) as entries:
        told = (f"{entry.name}\0{entry.is_dir(follow_symlinks=False)}\0{_target(entry)}" for entry in entries)
        return "\n".join(sorted(told)).encode(errors="surrogateescape")


def _target(entry: os.DirEntry[str]) -> str:
    return str(Path(entry.path).readlink()) if entry.is_symlink() else ""


def _held(path: str) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    try:
        status = os.fstat(descriptor)
        if status.st_size > WHOLE:
            return os.read(descriptor, HEAD) + _stamp(status).encode()
        return b"".join(iter(lambda: os.read(descriptor, WHOLE), b""))
    finally:
        os.close(descriptor)


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=SIZE).digest()
