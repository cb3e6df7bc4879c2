"""Which files of a source tree are read: what git would commit, or all of them where there is no git."""

import os
import re
import stat
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

_SKIPPED = frozenset({".git", ".hg", ".svn", "__pycache__", "node_modules", ".tox", ".nox", ".mypy_cache"})
"""Folders that nobody commits, for trees without git."""
_LISTING = ("ls-files", "-z", "--stage", "--others", "--exclude-standard")
_TRACKED = re.compile(rb"(?P<mode>[0-7]{6}) [0-9a-f]+ [0-3]\t(?P<path>.*)", re.DOTALL)
_REPOSITORY = b"160000"
"""Mode of a repository in the repository."""


class ElsewhereError(Exception):
    """What a path leads to is no file of the tree; the message says what it is."""


def files_in(folder: Path, environment: Mapping[str, str]) -> list[str]:
    """Paths of the files in a folder, with `/`, sorted.

    A repository that lies in the repository is one path, which ends with `/`. Git leaves out what it ignores, tells
    what is tracked and what is not yet, and lists links as they are. Where git does not answer (no repository, no git,
    somebody else's repository) every file is listed, except in folders that nobody commits.
    """
    listed = _listed_by_git(folder, environment)
    return sorted(_walk(folder) if listed is None else listed)


def _listed_by_git(folder: Path, environment: Mapping[str, str]) -> set[str] | None:
    # A hook's variables would speak of another repository, and a repository may name programs to be run.
    plain = {name: value for name, value in environment.items() if not name.startswith("GIT_")}
    command = ("git", "-c", "core.fsmonitor=false", "-c", "core.untrackedCache=keep", *_LISTING)
    try:
        answer = subprocess.run(  # noqa: S603  # fixed words, and the folder is only where it runs
            command, cwd=folder, env=plain, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    except OSError:
        return None
    if answer.returncode:
        return None
    return {os.fsdecode(_path(name)) for name in answer.stdout.split(b"\0") if name}


def _path(told: bytes) -> bytes:
    """The path in one of git's lines: what is tracked comes with mode, digest and stage."""
    tracked = _TRACKED.fullmatch(told)
    if tracked is None:
        return told
    return tracked["path"] + b"/" if tracked["mode"] == _REPOSITORY else tracked["path"]


def _walk(folder: Path, above: str = "") -> Iterator[str]:
    try:
        entries = sorted(os.scandir(folder / above), key=lambda entry: entry.name)
    except OSError:
        yield above.rstrip("/") or "."  # the reader of the file says why it cannot be read
        return
    for entry in entries:
        if not entry.is_dir(follow_symlinks=False):
            yield above + entry.name
        elif entry.name not in _SKIPPED and not os.path.lexists(folder / above / entry.name / "pyvenv.cfg"):
            yield from _walk(folder, f"{above}{entry.name}/")


def read(top: str, path: str, limit: int, head: int = 0) -> bytes:
    """What a regular file holds, or its first `head` bytes. Never waits, and never leaves the tree.

    FileNotFoundError when it is gone, ElsewhereError for a link out of the tree and for what is no regular file,
    ValueError for what cannot be read and what is longer than `limit`; the latter two with the reason.
    """
    place = f"{top}/{path}"
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
    try:
        descriptor = os.open(place, flags)
    except FileNotFoundError:
        raise
    except OSError as error:
        if not Path(place).is_symlink():
            raise ValueError(f"cannot be read: {(error.strerror or '').lower()}") from None
        descriptor = _followed(top, place, flags)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise ElsewhereError("is not a regular file")
        if not head and status.st_size > limit:
            raise ValueError(f"is {status.st_size:,} bytes long; at most {limit:,} are read")
        return _whole(descriptor, head or status.st_size)
    finally:
        os.close(descriptor)


def _followed(top: str, place: str, flags: int) -> int:
    """A link's file, where it lies in the tree."""
    try:
        target, root = Path(place).resolve(strict=True), Path(top).resolve(strict=True)
        if not target.is_relative_to(root):
            raise ElsewhereError("is a link that leads out of the tree, and is not followed")
        return os.open(target, flags)
    except (OSError, RuntimeError):
        raise ElsewhereError("is a link that leads nowhere") from None


def _whole(descriptor: int, size: int) -> bytes:
    data = os.read(descriptor, size)
    while len(data) < size:
        more = os.read(descriptor, size - len(data))
        if not more:
            break
        data += more
    return data
