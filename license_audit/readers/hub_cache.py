"""The cache of the Hub client as a source: read as it lies on the disk, without the client and without a network.

The client has a scan of its own. It is not used: it gives up on a repository at the first oddity, says nothing of files
noted as absent, and takes two to three times as long as a walk over the folders.
"""

import os
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from license_audit.model.manifest import check_model_id
from license_audit.model.record import Record
from license_audit.model.repository import Contents, Repository, Unavailable
from license_audit.readers.hub_shelf import IGNORED, STORE, Shelf, printable, reason

_SEPARATOR = "--"
_KINDS = frozenset({"models", "datasets", "spaces", "kernels"})
_OWN = frozenset({".locks", "CACHEDIR.TAG"})
_STORE_MARK = ".huggingface-shared-blobs"


def _folder_name(kind: str, repository_id: str) -> str | None:
    """Name of a repository's folder; None for what is no id. Two dashes stand for the slash, so no id may hold them."""
    try:
        check_model_id(repository_id)
    except ValueError:
        return None
    if _SEPARATOR in repository_id:
        return None
    return _SEPARATOR.join([kind, *repository_id.split("/")])


def _is_repository(name: str) -> bool:
    kind, separator, rest = name.partition(_SEPARATOR)
    return kind in _KINDS and bool(separator) and _folder_name(kind, rest.replace(_SEPARATOR, "/")) == name


def _stray(is_folder: bool) -> str:
    return "is no folder of a repository" if is_folder else "is a stray file or link"


class Cached(Record):
    """A repository at one commit, as far as the cache holds it."""

    repository: Repository
    """The gate is unknown, and so are the files unless the client noted the whole list."""
    contents: Contents
    absent: frozenset[str]
    """Files of which the server once said that this commit does not have them."""
    remarks: tuple[str, ...]
    """What is odd about the repository's folder, each with its path below the cache."""
    snapshot: Path | None = None
    """Folder with the files of the commit; None where none of them is there."""


class HubCache:
    """A cache folder. The list of its repositories is read once, each repository whenever it is asked for."""

    def __init__(self, folder: Path) -> None:
        self._root = folder.resolve()

    def commits(self, model_id: str) -> Mapping[str, str]:
        """Commit of each ref of a model, by name such as `main` or `refs/pr/1`; empty when it is not in the cache."""
        folder = _folder_name("models", model_id)
        return Shelf(self._root, folder).refs if folder in self._folders else {}

    def repository(
        self, model_id: str, wanted: Callable[[str], bool], revision: str | None = None
    ) -> Cached | Unavailable:
        """A model at a revision: a full commit or the name of a ref, by default `main`.

        `wanted` chooses files by name. Without a ref `main` the only snapshot is taken, if there is only one.
        """
        return self._repository("models", model_id, wanted, revision)

    def dataset(
        self, dataset_id: str, wanted: Callable[[str], bool], revision: str | None = None
    ) -> Cached | Unavailable:
        """A data set at a revision, as `repository` reads a model."""
        return self._repository("datasets", dataset_id, wanted, revision)

    def strange(self) -> tuple[str, ...]:
        """Everything that is odd in the whole cache, each with its path below the cache, sorted."""
        if self._error:
            return (f"the cache cannot be read: {self._error}",)
        found = [f"{printable(name)}: {_stray(is_folder)}" for name, is_folder in self._strays.items()]
        for name in self._folders:
            shelf = Shelf(self._root, name)
            shelf.look_through()
            found += shelf.remarks + self._variants(name)
        return tuple(sorted(set(found)))

    def _repository(
        self, kind: str, asked: str, wanted: Callable[[str], bool], revision: str | None
    ) -> Cached | Unavailable:
        folder = _folder_name(kind, asked)
        if folder is None:
            return Unavailable(f"{printable(asked)} is no Hub id", "refused")
        if folder not in self._folders:
            return self._missing(asked, folder)
        shelf = Shelf(self._root, folder)
        commit = shelf.commit(revision)
        if commit is None or not shelf.knows(commit):
            return Unavailable(f"{asked} is in the cache, but not at {printable(revision or 'main')}", "offline")
        shelf.look_through()
        stock = shelf.stock(commit, wanted)
        repository = Repository(asked, asked, commit, files=stock.files, weights=stock.weights)
        remarks = sorted({*shelf.remarks, *self._variants(folder)})
        snapshot = self._root / folder / "snapshots" / commit
        return Cached(repository, stock.contents, stock.absent, tuple(remarks), snapshot if snapshot.is_dir() else None)

    def _missing(self, asked: str, folder: str) -> Unavailable:
        if self._error:
            return Unavailable(f"the cache cannot be read: {self._error}", "offline")
        if folder in self._strays:
            return Unavailable(f"{asked} is in the cache only as something that is no folder", "refused")
        others = [name.split(_SEPARATOR, 1)[1].replace(_SEPARATOR, "/") for name in self._alike(folder)]
        hint = f"; {', '.join(others)}, written with other capitals, is" if others else ""
        return Unavailable(f"{asked} is not in the cache{hint}", "offline")

    def _alike(self, folder: str) -> list[str]:
        return [name for name in self._by_plain_name.get(folder.lower(), ()) if name != folder]

    def _variants(self, folder: str) -> list[str]:
        return [f"{folder}: {name} differs from it only in capitals" for name in self._alike(folder)]

    @cached_property
    def _listing(self) -> tuple[dict[str, bool], str]:
        """Entries of the cache, sorted, each with whether it is a folder and no link; and why they cannot be read."""
        try:
            with os.scandir(self._root) as entries:
                kinds = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
        except OSError as error:
            return {}, reason(error)
        return dict(sorted(kinds.items())), ""

    @property
    def _error(self) -> str:
        return self._listing[1]

    @cached_property
    def _folders(self) -> tuple[str, ...]:
        """Names of the folders of repositories, sorted. Exact, also where the disk does not tell capitals apart."""
        return tuple(name for name, is_folder in self._listing[0].items() if is_folder and _is_repository(name))

    @cached_property
    def _by_plain_name(self) -> dict[str, list[str]]:
        plain: dict[str, list[str]] = {}
        for name in self._folders:
            plain.setdefault(name.lower(), []).append(name)
        return plain

    @cached_property
    def _strays(self) -> dict[str, bool]:
        """Entries that belong to no repository and are not the client's own, each with whether it is a folder."""
        known = _OWN | IGNORED | frozenset(self._folders)
        if (self._root / STORE / _STORE_MARK).is_file():
            known |= {STORE}
        return {name: is_folder for name, is_folder in self._listing[0].items() if name not in known}
