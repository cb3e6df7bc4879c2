"""The folder of one repository in the cache of the Hub client, and everything that is odd about it."""

import json
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from license_audit.model.repository import Contents
from license_audit.readers.files import MAX_BYTES
from license_audit.readers.hub_description import weight_digests as digests

MAX_LISTING = 32_000_000
"""Bytes of a file list; a data set may have a hundred thousand files."""
IGNORED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave behind."""
STORE = "blobs"
"""Folder of files that repositories share, and of those of one repository."""
_MAX_REF = 200
_COMMIT = re.compile(r"[0-9a-f]{40}")
_LEFTOVER = re.compile(r".*(?:\.incomplete|\.tmp)")
_PARTS = frozenset({STORE, "refs", "snapshots", ".no_exist", "trees"})


def printable(text: str) -> str:
    """The text where it can be shown on one line, and its escaped form otherwise."""
    return text if text.isprintable() else ascii(text)


def reason(error: Exception) -> str:
    """What an error says, without its numbers and paths."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _listing(raw: bytes) -> dict[str, dict[str, Any]]:
    """What a file list says of each file. ValueError when the client could not have written it."""
    data = json.loads(raw)
    if not isinstance(data, dict) or data.get("format_version") != 1:
        raise ValueError("is not of format version 1")
    files = data.get("files")
    if not isinstance(files, dict) or not all(
        name.isprintable() and isinstance(entry, dict) and entry.keys() >= {"size", "blob_id"}
        for name, entry in files.items()
    ):
        raise ValueError("does not list files with their sizes")
    return files


def _mode(path: str) -> int:
    """Kind of a file itself, links not followed; 0 when there is none."""
    try:
        return os.lstat(path).st_mode
    except OSError:
        return 0


def _is_plain(path: str) -> bool:
    return stat.S_ISREG(_mode(path))


def _is_link(path: str) -> bool:
    return stat.S_ISLNK(_mode(path))


def _target(link: str) -> str:
    """What a link says, which may be relative to its folder."""
    return os.readlink(link)  # noqa: PTH115  # there are as many links as files, and pathlib takes half of the time


class Stock(NamedTuple):
    """What a cache holds of one commit."""

    contents: Contents
    """The wanted files; among the refused ones are those that are listed and were not downloaded."""
    files: tuple[str, ...] | None
    """Names of all files, sorted; None when the client noted no list."""
    weights: tuple[str, ...]
    """SHA-256 of the listed weight files, sorted."""
    absent: frozenset[str]


class Shelf:
    """The folder of one repository, and what is odd about it."""

    def __init__(self, root: Path, name: str) -> None:
        self._name, self._path = name, f"{root}{os.sep}{name}"
        self._blobs = f"{self._path}{os.sep}{STORE}{os.sep}"
        self._store = f"{root}{os.sep}{STORE}{os.sep}"
        self.remarks: list[str] = []

    def commit(self, revision: str | None) -> str | None:
        """The commit that a revision means; None when the cache cannot tell."""
        found = self.refs.get(revision or "main")
        if found is None and revision is None and len(self.snapshots) == 1:
            found = next(iter(self.snapshots))
            self._remark("refs", f"has no main; the only snapshot, {found}, is read")
        if found is None and revision is not None and _COMMIT.fullmatch(revision):
            found = revision
        return found

    def knows(self, commit: str) -> bool:
        """Whether anything is noted of a commit: files, absent files or the list of all files."""
        return commit in self.snapshots or self._has_list(commit) or bool(self._absent(commit))

    def _has_list(self, commit: str) -> bool:
        return self._parts.get("trees", False) and _mode(f"{self._path}/trees/{commit}.json") != 0

    def stock(self, commit: str, wanted: Callable[[str], bool]) -> Stock:
        """Everything that is noted of a commit, with the wanted files read."""
        here = self.snapshots.get(commit, {})
        listed = self._listed(commit)
        if listed is not None:
            for name in sorted(here.keys() - listed.keys()):
                self._remark(f"snapshots/{commit}/{name}", f"is not in the list of files, trees/{commit}.json")
        present = here.keys() | (listed or {}).keys()
        absent = self._absent(commit)
        for name in sorted(absent & present):
            self._remark(f".no_exist/{commit}/{name}", "is noted as absent, yet the commit has it")
        files = None if listed is None else tuple(sorted(present))
        siblings = [
            {"rfilename": name, "lfs": {"sha256": entry.get("lfs_sha256"), "size": entry.get("lfs_size")}}
            for name, entry in (listed or {}).items()
        ]
        weights = tuple(sorted(set(digests(siblings))))
        refused = dict.fromkeys(filter(wanted, sorted(present - here.keys())), "is not in the cache")
        contents = self._contents(commit, filter(wanted, sorted(here)), refused)
        return Stock(contents, files, weights, absent - present)

    def _contents(self, commit: str, names: Iterable[str], refused: dict[str, str]) -> Contents:
        read: dict[str, bytes] = {}
        for name in names:
            try:
                read[name] = self._bytes(f"snapshots/{commit}/{name}", MAX_BYTES)
            except (OSError, ValueError) as error:
                refused[name] = reason(error)
        return Contents(read, refused)

    def look_through(self) -> None:
        """Note everything odd that does not depend on a commit."""
        for name, is_folder in self._parts.items():
            if name not in _PARTS or not is_folder:
                self._remark(name, "does not belong into the folder of a repository")
        for ref, commit in self.refs.items():
            if commit not in self.snapshots:
                self._remark(f"refs/{ref}", f"names {commit}, of which there is no snapshot")
        if not self.snapshots:
            self._remark("", "holds no snapshot")
        linked = set(chain.from_iterable(names.values() for names in self.snapshots.values()))
        loose = []
        for entry in self._entries(STORE):
            if _LEFTOVER.fullmatch(entry.name):
                self._remark(f"{STORE}/{entry.name}", "is left over from an interrupted download")
            elif entry.name not in linked:
                loose.append(entry.name)
        if loose:
            self._remark(STORE, f"holds files that belong to no snapshot: {len(loose)}, among them {loose[0]}")

    @cached_property
    def refs(self) -> dict[str, str]:
        """Commit of each ref that names one."""
        found = {}
        for name, _ in self._walk("refs"):
            if _LEFTOVER.fullmatch(name):
                self._remark(f"refs/{name}", "is left over from an interrupted download")
                continue
            try:
                commit = self._bytes(f"refs/{name}", _MAX_REF).decode("ascii", "replace")
            except (OSError, ValueError) as error:
                self._remark(f"refs/{name}", f"cannot be read: {reason(error)}")
                continue
            if _COMMIT.fullmatch(commit):
                found[name] = commit
            else:
                self._remark(f"refs/{name}", "does not hold a commit of 40 hexadecimal digits and nothing else")
        return found

    @cached_property
    def snapshots(self) -> dict[str, dict[str, str]]:
        """Files of each snapshot by name, each with the blob that it links to; an empty one for a plain file."""
        found = {}
        for entry in self._entries("snapshots"):
            if entry.is_dir(follow_symlinks=False) and _COMMIT.fullmatch(entry.name):
                found[entry.name] = dict(self._linked(f"snapshots/{entry.name}"))
            else:
                self._remark(f"snapshots/{entry.name}", "is no folder with the name of a commit")
        return found

    @cached_property
    def _parts(self) -> dict[str, bool]:
        """Entries of the folder, each with whether it is a folder and no link."""
        return {entry.name: entry.is_dir(follow_symlinks=False) for entry in self._entries("")}

    def _linked(self, inner: str) -> Iterator[tuple[str, str]]:
        for name, entry in self._walk(inner):
            blob = ""
            if entry.is_symlink():
                try:
                    blob = _target(entry.path).replace(os.sep, "/").rpartition("/")[2]
                    self._real(entry.path)
                except (OSError, ValueError) as error:
                    self._remark(f"{inner}/{name}", reason(error))
            yield name, blob

    def _absent(self, commit: str) -> frozenset[str]:
        walked = self._walk(f".no_exist/{commit}")
        return frozenset(name for name, entry in walked if entry.is_file(follow_symlinks=False))

    def _listed(self, commit: str) -> dict[str, dict[str, Any]] | None:
        """All files of a commit, as the client noted them; None when it did not, or nobody can read it."""
        inner = f"trees/{commit}.json"
        if not self._has_list(commit):
            return None
        try:
            return _listing(self._bytes(inner, MAX_LISTING))
        except json.JSONDecodeError as error:
            self._remark(f"{inner}:{error.lineno}:{error.colno}", "is not valid JSON")
        except (OSError, ValueError, RecursionError) as error:
            self._remark(inner, reason(error))
        return None

    def _bytes(self, inner: str, limit: int) -> bytes:
        """A file of bounded size. OSError or ValueError when it is none, or leads out of the cache."""
        path = f"{self._path}/{inner}"
        real = Path(self._real(path) if _is_link(path) else path)
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ValueError("is not a regular file")
        if status.st_size > limit:
            raise ValueError(f"is {status.st_size:,} bytes long; at most {limit:,} are read")
        with real.open("rb") as file:
            return file.read(limit)

    def _real(self, link: str) -> str:
        """The blob that a link leads to, one of its repository or of all. ValueError when it leads elsewhere.

        The folders above the link are none themselves: nothing else is walked over.
        """
        blob = os.path.normpath(f"{link}/../{_target(link)}")
        is_near = blob.startswith(self._blobs) and os.sep not in blob[len(self._blobs) :]
        if is_near and self._parts.get(STORE) and _is_plain(blob):
            return blob  # as the client links; to resolve every step of the path would take ten times as long
        try:
            blob = str(Path(link).resolve(strict=True))
        except (OSError, RuntimeError):
            raise ValueError("is a link that leads nowhere") from None
        if blob.startswith((self._blobs, self._store)):
            return blob
        raise ValueError("is a link that does not lead to a blob of this cache")

    def _walk(self, inner: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
        """Everything below a folder that is no folder itself, by its name below it. Links are not followed."""
        folders = [""]
        while folders:
            above = folders.pop()
            for entry in self._entries(f"{inner}/{above}" if above else inner):
                name = f"{above}/{entry.name}" if above else entry.name
                if entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                else:
                    yield name, entry

    def _entries(self, inner: str) -> list[os.DirEntry[str]]:
        """Entries of a folder, sorted; none when it is a link or is not there."""
        path = f"{self._path}/{inner}"
        if inner and (not self._parts.get(inner.partition("/")[0]) or _is_link(path)):
            return []
        try:
            with os.scandir(path) as entries:
                found = sorted((entry for entry in entries if entry.name not in IGNORED), key=lambda entry: entry.name)
        except FileNotFoundError:
            return []
        except OSError as error:
            self._remark(inner, f"cannot be read: {reason(error)}")
            return []
        for entry in found:
            if not entry.name.isprintable():
                self._remark(f"{inner}/{entry.name}", "has control characters in its name and is not read")
        return [entry for entry in found if entry.name.isprintable()]

    def _remark(self, inner: str, message: str) -> None:
        where = f"{self._name}/{inner}" if inner else self._name
        self.remarks.append(f"{printable(where)}: {message}")
