"""The files that came with a model and its ancestors, as far as they lie on this machine."""

import re
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from license_audit.artifacts.folder import Artifacts, inside, read_artifacts, text_of
from license_audit.artifacts.names import is_notice_file
from license_audit.model.evidence import Evidence, FoundText
from license_audit.model.lock import Block, Lock
from license_audit.model.manifest import Manifest
from license_audit.model.record import Record, replace
from license_audit.model.repository import Repository
from license_audit.readers.files import read_bytes

_TELLING = re.compile(r"[0-9_-]")
"""What no plain word such as `base` or `large` holds."""

if TYPE_CHECKING:
    # Most machines have no such cache, or no use for what is kept.
    from license_audit.readers.hub_cache import HubCache
    from license_audit.readers.store import Store


class Source(Record):
    """One model with the files that came with it."""

    model: str
    """Hub id, or the path of a folder."""
    keys: tuple[str, ...]
    """Licenses that it comes under itself."""
    files: dict[str, bytes]
    """Files that are there for terms or lineage, by name; empty where only the lock file knows them."""
    digests: dict[str, str]
    """SHA-256 of each of them, those of the lock file included, hexadecimal."""
    texts: tuple[FoundText, ...]
    """License texts found in them."""
    commit: str | None
    is_folder: bool
    """Whether it is a folder of which nobody says which model it is."""
    whole: Artifacts | None
    """Every text of a local folder; None where nobody can look at all of them."""

    @property
    def names(self) -> tuple[str, ...]:
        """What a text may call it: by its id, or by the last part of it where that is no word of the language."""
        if self.is_folder:
            return (self.title,)
        return (self.model, self.title) if _TELLING.search(self.title) else (self.model,)

    @property
    def title(self) -> str:
        """The last part of its name."""
        return self.model.rstrip("/").rpartition("/")[2]

    def text(self, name: str) -> str:
        """The text of a file; empty where it is binary."""
        return text_of(self.files[name]) or ""

    @property
    def notices(self) -> tuple[str, ...]:
        """Names of its NOTICE files, those that nobody could read included."""
        return tuple(sorted(name for name in self.digests if is_notice_file(name)))


@dataclass
class Sources:
    """Finds the files: in local folders, in the Hub's cache, among what was kept of the Hub."""

    root: Path
    """Folder of the manifest."""
    manifest: Manifest
    lock: Lock | None = None
    cache: "HubCache | None" = None
    store: "Store | None" = None
    apart: tuple[Path, ...] = ()
    """Folders for others: where one lies within the folder of a model, it is none of its own."""
    _known: dict[tuple[str, str | None], Source] = field(default_factory=dict)
    """By model and commit; by the path of a folder."""

    def of(self, evidence: Evidence, keys: tuple[str, ...]) -> Source:
        """The files of a model whose own licenses are known."""
        origin = evidence.origin
        commit = origin.commit if origin is not None else None
        path = self._path(evidence)
        name = (evidence.model, commit) if path is None else (f"path:{path}", None)
        if name not in self._known:
            self._known[name] = self._remote(evidence, commit) if path is None else self._folder(evidence, path)
        return replace(self._known[name], keys=keys)

    def _path(self, evidence: Evidence) -> str | None:
        if evidence.origin is None or evidence.origin.source != "folder":
            return None
        paths = [one.path for one in self.manifest.models if one.name == evidence.model and one.path is not None]
        # Several folders may be said to be one model.
        meant = (path for path in paths if any(name.startswith(f"{path}/") for name in evidence.sources))
        return next(meant, next(iter(paths), None))

    def _folder(self, evidence: Evidence, path: str) -> Source:
        folder = self.root / path
        apart = tuple(inside(folder, self.apart))
        whole = read_artifacts(folder, path, everything=True, apart=apart)
        names = [name[len(path) + 1 :] for name in evidence.sources if name.startswith(f"{path}/")]
        names += [name for name in whole.texts if is_notice_file(name) and name not in names]
        files = {name: read_bytes(folder / name, f"{path}/{name}") for name in names if not name.startswith(apart)}
        return Source(
            model=evidence.model,
            keys=(),
            files=files,
            digests=_digests(files),
            texts=_named(evidence, path),
            commit=None,
            is_folder=not evidence.is_named,
            whole=whole,
        )

    def _remote(self, evidence: Evidence, commit: str | None) -> Source:
        block = self._block(evidence, commit)
        locked = dict(block.files) if block is not None else {}
        found = self._contents(evidence, commit, block) if commit is not None else {}
        digests = _digests(found)
        files = {name: raw for name, raw in found.items() if not locked or locked.get(name) == digests[name]}
        return Source(
            model=evidence.model,
            keys=(),
            files=files,
            digests=locked or digests,
            texts=_named(evidence, evidence.model),
            commit=commit,
            is_folder=not evidence.is_named,
            whole=None,
        )

    def _block(self, evidence: Evidence, commit: str | None) -> Block | None:
        """Its block in the lock file: of the same model at the same commit."""
        if self.lock is None or commit is None:
            return None
        wanted = evidence.model.lower()
        for key, block in self.lock.models.items():
            if key.partition("@")[0].lower() == wanted and block.commit == commit:
                return block
        return None

    def _contents(self, evidence: Evidence, commit: str, block: Block | None) -> dict[str, bytes]:
        if self.store is not None:
            id_ = (block.renamed if block is not None else evidence.renamed) or evidence.model
            kept = self.store.contents("models", Repository(id_, evidence.model, commit))
            if kept is not None:
                return dict(kept.files)
        if self.cache is None:
            return {}
        from license_audit.readers.lookers import files_of_cache  # noqa: PLC0415  # reads configurations and cards, too

        files = files_of_cache(self.cache, evidence.model, commit)
        return dict(files.contents) if files is not None else {}


def _digests(files: dict[str, bytes]) -> dict[str, str]:
    return {name: sha256(raw).hexdigest() for name, raw in files.items()}


def _named(evidence: Evidence, shown: str) -> tuple[FoundText, ...]:
    """The texts found, each with the name of its file within the model."""
    start = len(shown) + 1
    return tuple(text.model_copy(update={"file": text.file[start:]}) for text in evidence.texts or ())
