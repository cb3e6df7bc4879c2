"""Answers given before, for the same question about the same files. Nothing slow is imported here.

A run is watched: every file that it opens and every folder that it lists is written down with a digest, beside the
answer. The answer counts again while all of that, the question and the tool are the same; then nothing has to be read
and judged. An entry that is damaged, or was written while files changed, is no entry. The day is part of each question,
since clauses, waivers and the answer's own words depend on it.
"""

import marshal
import os
import stat
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
    artifacts: tuple[str, ...] = ()
    """Folders that are handed out, as `DIR` or `USE=DIR`. Every file of them that is read counts."""
    kept: tuple[str, str] | None = None
    """Where files of a hub are kept, and of which hub, for holding the folders against them."""


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
    """What a run opened and listed: absolute paths, each with what it led to then, or nothing."""

    start: int = field(default_factory=time.time_ns)
    files: dict[str, str] = field(default_factory=dict)
    folders: dict[str, str] = field(default_factory=dict)
    _own: tuple[str, ...] = field(
        default_factory=lambda: tuple(f"{folder}/" for folder in (*_folders(), *_libraries()))
    )

    def note(self, event: str, path: Any, flags: int) -> None:
        """Note a file that is opened for reading, or a folder that is listed, outside of the tool and its libraries."""
        if not isinstance(path, (str, bytes, os.PathLike)) or flags & (os.O_WRONLY | os.O_RDWR):
            return
        place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  # links count as they are written
        if not place.startswith(self._own):
            (self.files if event == "open" else self.folders).setdefault(place, _led_to(place))


def _led_to(place: str) -> str:
    return os.path.realpath(place) if os.path.lexists(place) else ""


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
    """The name under which the answer to a question is kept: by its words, the tool, Python and where it runs.

    Paths count as they are written, and by what they lead to now: a link may lead elsewhere tomorrow.
    """
    words = [(str(one), os.path.realpath(one) if isinstance(one, Path) else "") for one in question]
    here = os.getcwd()  # noqa: PTH109  # pathlib's takes longer
    parts = (*(part for word in words for part in word), here, sys.version, *_tool())
    return blake2b("\0".join(parts).encode(errors="surrogateescape"), digest_size=SIZE).hexdigest()


def _folders() -> tuple[str, ...]:
    """Folders of the tool itself."""
    data = data_folder()
    return (str(Path(__file__).parent), *(str(data / name) for name in ("licenses", "rules", "reports")))


def _libraries() -> tuple[str, ...]:
    """Folders of Python's own library and of those that are installed."""
    return str(Path(os.__file__).parent), str(Path(click.__file__).parent.parent)


def _tool() -> Iterator[str]:
    """Each file of the tool with its length and times, and those of the folders that hold libraries."""
    for folder in _folders():
        yield from _stamps(folder)
    yield from (_stamp(Path(folder).stat()) for folder in _libraries())


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


def keep(folder: Path, name: str, run: Watched, answer: Answer, cache: Path | None = None) -> None:
    """Keep an answer. Nothing is kept where a file or a link changed just before or during the run.

    Nor is an answer that rests on a repository in the Hub's `cache`: there also counts which files are missing, and
    nobody opens those. Whoever wants it fast locks.
    """
    led = {**run.files, **run.folders}
    inside = f"{os.path.realpath(cache)}/" if cache is not None else ""
    if inside and any(real.startswith(inside) or place.startswith(inside) for place, real in led.items()):
        return
    if any(_led_to(place) != real or _is_fresh(place, run.start - SETTLED) for place, real in led.items()):
        return
    places = [("file", path) for path in sorted(run.files)] + [("folder", path) for path in sorted(run.folders)]
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
    """A digest of where a path leads and of what is there: what a file holds or a folder lists, or its absence."""
    try:
        found = _listed(path) if kind == "folder" else _held(path)
    except OSError as error:
        found = f"{error.errno}".encode()
    return _digest(_led_to(path).encode(errors="surrogateescape") + b"\0" + found)


def _listed(path: str) -> bytes:
    with os.scandir(path) as entries:
        return "\n".join(sorted(map(_told, entries))).encode(errors="surrogateescape")


def _told(entry: os.DirEntry[str]) -> str:
    """What counts of an entry: its name and kind; of a link where it leads in the end, and what is there."""
    if not entry.is_symlink():
        return f"{entry.name}\0{entry.is_dir(follow_symlinks=False)} {entry.is_file(follow_symlinks=False)}"
    link = str(Path(entry.path).readlink())
    return "\0".join((entry.name, link, os.path.realpath(entry.path), _kind(entry.path)))


def _kind(path: str) -> str:
    """The kind of file to which a link leads; that of none where it leads nowhere."""
    try:
        return f"{stat.S_IFMT(os.stat(path).st_mode)}"  # noqa: PTH116  # the same as everywhere here
    except OSError:
        return "nothing"


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
