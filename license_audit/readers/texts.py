"""Which files to read for license texts, and how: whatever bytes they hold, and never more than a few megabytes.

The walk follows no link to a folder, so it comes to an end. It keeps no more than the names in the folders it is in.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from license_audit.readers.files import MAX_BYTES

STDIN = "-"
"""The name that stands for standard input."""
PROBED = 8_192
"""Bytes, or characters of UTF-16, among which a NUL says that a file is binary."""
_UTF_8_MARK = b"\xef\xbb\xbf"
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")
Weight = Literal["failure", "remark", "silent"]
"""`failure`: what was asked for was not done; `remark`: a folder holds what is left out; `silent`: and nobody asks."""
_Kind = Literal["folder", "file", "link", "other"]


class Refusal(NamedTuple):
    """Why a file is not read."""

    reason: str
    weight: Weight


class Source(NamedTuple):
    """A file that may hold a text."""

    path: str
    """`-` is standard input."""
    named: bool
    """Whether somebody asked for this very file; any other was found in a folder."""
    refusal: Refusal | None = None
    """Why it is not to be opened."""


def is_folder(name: str) -> bool:
    """Whether a name is that of a folder, whose files are meant."""
    return name not in ("", STDIN) and stat.S_ISDIR(_mode(name))


def sources(names: Iterable[str]) -> Iterator[Source]:
    """The named files and those in the named folders. Names are sorted, and one that is given twice counts once."""
    for name in sorted(set(names)):
        if is_folder(name):
            yield from _inside(name)
        else:
            yield Source(name, named=True)


def read(source: Source, standard_input: BinaryIO | None) -> str | bytes | Refusal:
    """What a file holds: text where a mark says how it is encoded, else bytes; or why it is not read."""
    if source.refusal is not None:
        return source.refusal
    try:
        if source.path == STDIN:
            return _closed() if standard_input is None else _taken(standard_input, None, named=True)
        path = Path(source.path)
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return _irregular(named=source.named)
        with path.open("rb") as file:
            return _taken(file, status.st_size, named=source.named)
    except (OSError, ValueError) as error:
        return _failure(error)


def decoded(raw: bytes) -> str | bytes | None:
    """UTF-16 as text, other bytes as they are, without a mark; None for what is binary."""
    if raw.startswith(_UTF_16_MARKS):
        text = raw.decode("utf-16", "replace")
        return None if "\0" in text[:PROBED] else text
    return None if b"\0" in raw[:PROBED] else raw.removeprefix(_UTF_8_MARK)


def _taken(file: BinaryIO, size: int | None, *, named: bool) -> str | bytes | Refusal:
    """What a file holds. Of one that is too long the start is read, to tell whether it is binary."""
    known = size is not None and size > MAX_BYTES
    raw = file.read(PROBED if known else MAX_BYTES + 1)
    text = decoded(raw)
    if text is None:
        return Refusal("is binary; not read", "failure" if named else "silent")
    if known or len(raw) > MAX_BYTES:
        length = f"{size:,}" if known else f"more than {MAX_BYTES:,}"
        return Refusal(f"is {length} bytes long; at most {MAX_BYTES:,} are read", "failure" if named else "remark")
    return text


def _inside(folder: str) -> Iterator[Source]:
    """The files of a folder and of the folders in it, in the order of their paths."""
    root = _with_slash(os.path.realpath(folder))
    waiting: list[tuple[str, _Kind]] = [(_with_slash(folder), "folder")]
    while waiting:
        path, kind = waiting.pop()
        if kind == "folder":
            try:
                waiting += sorted(_entries(path), reverse=True)
            except OSError as error:
                yield Source(path, named=False, refusal=_failure(error))
        elif kind == "link":
            yield from _linked(path, root)
        else:
            yield Source(path, named=False, refusal=None if kind == "file" else _irregular(named=False))


def _entries(folder: str) -> Iterator[tuple[str, _Kind]]:
    """What stands in a folder, hidden folders left out. The path of a folder ends in a slash and sorts by it."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = folder + entry.name
            if entry.is_symlink():
                yield path, "link"
            elif not entry.is_dir(follow_symlinks=False):
                yield path, "file" if entry.is_file(follow_symlinks=False) else "other"
            elif not entry.name.startswith("."):
                yield _with_slash(path), "folder"


def _linked(path: str, root: str) -> Iterator[Source]:
    """The file that a link leads to. A folder within the one that is walked is met on the way, without the link."""
    mode = _mode(path)
    if not mode or not _with_slash(os.path.realpath(path)).startswith(root):
        away = Refusal("is a link that leads out of the folder, or nowhere", "remark")
        yield Source(path, named=False, refusal=away)
    elif not stat.S_ISDIR(mode):
        yield Source(path, named=False)


def _with_slash(path: str) -> str:
    return path if path.endswith(os.sep) else path + os.sep


def _mode(path: str) -> int:
    """What kind of file a path leads to; 0 where that cannot be told."""
    try:
        return Path(path).stat().st_mode
    except (OSError, ValueError):
        return 0


def _irregular(*, named: bool) -> Refusal:
    return Refusal("is not a regular file", "failure" if named else "remark")


def _closed() -> Refusal:
    return Refusal("cannot be read: standard input is closed", "failure")


def _failure(error: OSError | ValueError) -> Refusal:
    return Refusal(f"cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}", "failure")
