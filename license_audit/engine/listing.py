"""Whether a manifest lists what a source tree names."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from posixpath import dirname, join, normpath
from typing import assert_never

from license_audit.model.manifest import Manifest, ModelEntry
from license_audit.model.reference import Reference
from license_audit.model.scan import Standing

_OWN_FILES = frozenset(
    (
        "config.json",
        "adapter_config.json",
        "model_index.json",
        "mergekit_config.yml",
        "mergekit_config.yaml",
        "readme.md",
    )
)
_WEIGHTS = (".safetensors", ".gguf")
"""Files at the top of a model's folder in which `check` itself looks for parents."""


@dataclass(frozen=True)
class Listing:
    """What a manifest lists, for a tree in which it lies in `folder`."""

    manifest: Manifest
    folder: str = ""
    """Folder of the manifest from the top of the tree, with `/`; empty at the top."""
    _ids: frozenset[str] = field(init=False)
    _names: frozenset[str] = field(init=False)
    _hosted: frozenset[tuple[str, str]] = field(init=False)
    _folders: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        entries = self.manifest.models
        ids = frozenset(name.lower() for entry in entries for name in _hub_ids(entry))
        hosted = ((entry.provider.lower(), (entry.id or "").lower()) for entry in entries if entry.provider)
        folders = (normpath(join(self.folder, entry.path)) for entry in entries if entry.path)
        object.__setattr__(self, "_ids", ids)
        object.__setattr__(self, "_names", frozenset(name.rpartition("/")[2] for name in ids))
        object.__setattr__(self, "_hosted", frozenset(hosted))
        object.__setattr__(self, "_folders", tuple(sorted(folders)))

    def skips(self, file: str) -> bool:
        """Whether nobody looks for models in a file."""
        return any(_fits(file, skipped.files) for skipped in self.manifest.scan.skip)

    def standing(self, reference: Reference) -> tuple[Standing, str]:
        """How the manifest stands to a reference, and the reason where it excuses it."""
        for excuse in self.manifest.scan.not_models:
            if excuse.id.lower() == reference.hit.id.lower() and _fits(reference.file, excuse.files):
                return "excused", excuse.why
        if self._lists(reference):
            return "listed", ""
        return ("unclear" if reference.hit.certainty == "possible" else "missing"), ""

    def _lists(self, reference: Reference) -> bool:
        hit, name = reference.hit, reference.hit.id.lower()
        folder, _, file = reference.file.rpartition("/")
        if folder in self._folders and (file.lower() in _OWN_FILES or file.lower().endswith(_WEIGHTS)):
            return True
        match hit.kind:
            case "hub":
                return name in self._ids or ("/" not in name and name in self._names)
            case "hosted" | "ollama":
                return self._offers(name, hit.provider.lower() or ("ollama" if hit.kind == "ollama" else ""))
            case "path":
                near = (normpath(join(dirname(reference.file), hit.id)), normpath(hit.id))
                return any(map(self._holds, near)) or any(_ends_with(name, listed) for listed in self._ids)
            case "name":
                return name in self._names or self._offers(name, hit.provider.lower())
            case _:
                assert_never(hit.kind)

    def _holds(self, path: str) -> bool:
        """Whether a path is a listed folder or lies in one."""
        return any(path == folder or path.startswith(f"{folder}/") for folder in self._folders)

    def _offers(self, name: str, provider: str) -> bool:
        """Whether a provider's model is listed, with or without the provider's name before its own."""
        before, _, after = name.partition("/")
        tries = {(provider, name), (before, after), (provider, after)}
        if tries & self._hosted:
            return True
        return not provider and any(name == model for _, model in self._hosted)


def _hub_ids(entry: ModelEntry) -> Iterator[str]:
    if entry.id is not None and entry.provider is None:
        yield entry.id
    yield from entry.base


def _ends_with(path: str, model_id: str) -> bool:
    return "/" in model_id and (path == model_id or path.rstrip("/").endswith(f"/{model_id}"))


def _fits(path: str, pattern: str) -> bool:
    return fnmatchcase(path, pattern) or fnmatchcase(path, f"{pattern.rstrip('/')}/*")
