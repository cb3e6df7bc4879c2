"""A source tree and its manifest in, a scan out; and the entries that the manifest lacks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from os.path import lexists
from pathlib import Path
from typing import assert_never

from license_audit import __version__
from license_audit.engine.listing import Listing
from license_audit.errors import AuditError, Problem
from license_audit.model.manifest import Manifest
from license_audit.model.reference import Reference
from license_audit.model.scan import Mention, Scan, Unread
from license_audit.readers.documents import read_manifest, read_profile
from license_audit.readers.files import read_text
from license_audit.readers.manifest_edit import Entry, with_entries
from license_audit.readers.repository import folder_in_repository
from license_audit.readers.scan.scanner import Found, Memory, Progress, scan_files, scan_tree

OWN_FILES = ("profile.yaml", "models.lock")
"""Files beside a manifest that name models and are no source."""


@dataclass(frozen=True)
class Tree:
    """What is scanned, and against which manifest."""

    top: Path
    """Folder that paths are told from. Nothing outside it is read."""
    paths: tuple[str, ...] = (".",)
    """Files and folders in it, with `/`."""
    manifest: Path = Path("models.yaml")
    """The manifest; it may lie elsewhere, and may be missing."""

    @property
    def manifest_shown(self) -> str:
        """The manifest's path from the top, or as it was given where it lies elsewhere."""
        manifest, top = self.manifest.absolute(), self.top.absolute()
        return manifest.relative_to(top).as_posix() if manifest.is_relative_to(top) else self.manifest.as_posix()


def scan(
    tree: Tree, environment: Mapping[str, str], progress: Progress, cores: int, memory: Memory | None = None
) -> Scan:
    """Every reference to a model in the tree, and how the manifest stands to it. AuditError for a bad manifest.

    `memory` is what an earlier scan read; afterwards it is what this one read.
    """
    manifest = read_manifest(tree.manifest)[0] if lexists(tree.manifest) else None
    shown = tree.manifest_shown
    listing = Listing(manifest or Manifest(schema="1"), shown.rpartition("/")[0])
    own = {f"{listing.folder}/{name}".lstrip("/") for name in OWN_FILES} | {shown}
    found = _found(tree, environment, lambda path: path in own or listing.skips(path), progress, cores, memory)
    if memory is not None:
        memory.clear()
        memory.update(found.memory)
    mentions = sorted((_mention(reference, listing) for reference in found.references), key=_order)
    return Scan(
        tool_version=__version__,
        manifest=shown if manifest is not None else "",
        folder=folder_in_repository(tree.top),
        files=found.files,
        mentions=tuple(mentions),
        unread=tuple(
            Unread(file=gap.file, line=gap.line, reason=gap.reason, level="error" if gap.is_grave else "warning")
            for gap in sorted(found.unread)
        ),
    )


def _found(
    tree: Tree,
    environment: Mapping[str, str],
    is_skipped: Callable[[str], bool],
    progress: Progress,
    cores: int,
    memory: Memory | None,
) -> Found:
    folders = [path for path in tree.paths if (tree.top / path).is_dir()]
    files = [path for path in tree.paths if path not in folders and not is_skipped(path)]
    found = scan_files(tree.top, files, progress, cores=1)
    found.take(scan_tree(tree.top, folders, environment, is_skipped, progress, cores, memory))
    return found


def _mention(reference: Reference, listing: Listing) -> Mention:
    standing, why = listing.standing(reference)
    return Mention(file=reference.file, reader=reference.reader, standing=standing, why=why, **reference.hit._asdict())


def _order(mention: Mention) -> tuple[str, int, int, str]:
    return mention.file, mention.line, mention.column, mention.id


def entries_for(found: Scan, tree: Tree, use: str) -> list[Entry]:
    """An entry for each missing model that a manifest can list, each once, sorted by name."""
    entries: dict[tuple[str, ...], Entry] = {}
    for mention in found.mentions:
        if mention.standing == "missing":
            entry = _entry(mention, tree)
            if entry is not None:
                entries.setdefault(tuple(entry.values()), {**entry, "use": use})
    return [entries[key] for key in sorted(entries)]


def _entry(mention: Mention, tree: Tree) -> Entry | None:
    """What a manifest would say of a mention; None where nobody can tell which model it is."""
    match mention.kind:
        case "hub":
            return {"id": mention.id}
        case "hosted":
            return {"provider": mention.provider, "id": mention.id} if mention.provider else None
        case "ollama":
            return {"provider": "ollama", "id": mention.id}
        case "path":
            return _folder_entry(mention, tree)
        case "name":
            return None
        case _:
            assert_never(mention.kind)


def _folder_entry(mention: Mention, tree: Tree) -> Entry | None:
    root, beside = tree.top.absolute(), tree.manifest.absolute().parent
    for start in ((tree.top / mention.file).absolute().parent, root):
        place = (start / mention.id).resolve()
        folder = place if place.is_dir() else place.parent
        if place.exists() and folder.is_relative_to(beside.resolve()) and folder != root.resolve():
            return {"path": folder.relative_to(beside.resolve()).as_posix()}
    return None


def add(tree: Tree, entries: Sequence[Entry], use: str, write: Callable[[Path, str], None]) -> None:
    """Write entries into the manifest. AuditError when the profile has no such use, or nothing can be added."""
    profile = tree.manifest.parent / "profile.yaml"
    if lexists(profile):
        uses = read_profile(profile)[0].uses
        if use not in uses:
            known = ", ".join(uses) or "no uses"
            raise AuditError([Problem(str(profile), 0, 0, f"has no use {use!r}; it has {known}")])
    text = read_text(tree.manifest, str(tree.manifest)) if lexists(tree.manifest) else ""
    write(tree.manifest, with_entries(text, str(tree.manifest), entries))
