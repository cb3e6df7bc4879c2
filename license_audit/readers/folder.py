"""A local model folder: card, texts, NOTICE, configuration, and the headers of weights. The folder's own files only."""

import os
from collections.abc import Iterator
from pathlib import Path

from license_audit.errors import AuditError, Problem
from license_audit.model.evidence import Origin
from license_audit.readers.assembly import Files, is_terms, is_wanted
from license_audit.readers.files import MAX_BYTES, read_bytes
from license_audit.readers.weights import WeightsHeader, read_header

WEIGHTS = ("safetensors", "gguf")
"""Endings of files with a header that may name a license or a parent."""
MAX_DEPTH = 3
"""Folders down in which license texts are looked for."""


def read_folder(folder: Path, shown: str) -> Files:
    """The files of a model folder. AuditError when the folder or a file of it cannot be read."""
    names = _names(folder, shown)
    contents = {name: _read(folder, name, shown) for name in names if is_wanted(name)}
    return Files(
        model=shown,
        shown=shown,
        contents=contents,
        listing=names,
        origin=Origin(source="folder", is_named=False),
        headers=tuple(headers_in(folder, shown)),
    )


def _names(folder: Path, shown: str) -> tuple[str, ...]:
    """Names of the files at the top, and of those further down that are there for terms, sorted."""
    try:
        names = sorted(_walk(folder))
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise AuditError([Problem(shown, 0, 0, f"cannot be read as a model folder: {reason}")]) from None
    odd = [name for name in names if is_wanted(name) and not name.isprintable()]
    if odd:
        raise AuditError([Problem(shown, 0, 0, f"holds a file with control characters in its name: {odd[0]!a}")])
    return tuple(names)


def _walk(folder: Path, above: str = "", depth: int = 0) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = above + entry.name
            if entry.is_dir(follow_symlinks=False):
                if depth < MAX_DEPTH and not entry.name.startswith("."):
                    yield from _walk(folder / entry.name, f"{name}/", depth + 1)
            elif not depth or is_terms(name):
                yield name


def _read(folder: Path, name: str, shown: str) -> bytes:
    if _leads_out(folder, name):
        problem = "is a link that leads out of the model folder, or nowhere"
        raise AuditError([Problem(f"{shown}/{name}", 0, 0, problem)])
    return read_bytes(folder / name, f"{shown}/{name}", MAX_BYTES)


def _leads_out(folder: Path, name: str) -> bool:
    """Whether a file is a link out of the folder. A snapshot of the Hub's cache may link to its repository."""
    path = folder / name
    root = folder.resolve()
    if root.parent.name == "snapshots" and root.parent.parent.name.startswith("models--"):
        root = root.parent.parent
    try:
        inside = path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        inside = False
    return path.is_symlink() and not inside


def headers_in(folder: Path, shown: str) -> Iterator[WeightsHeader]:
    """What weights say of themselves; of many parts the first. Weights that lie elsewhere are somebody else's."""
    seen: set[str] = set()
    for name in sorted(path.name for path in folder.iterdir()):
        ending = name.rpartition(".")[2].lower()
        if ending in WEIGHTS and ending not in seen and not _leads_out(folder, name):
            header = read_header(folder / name, f"{shown}/{name}")
            if header is not None:
                seen.add(ending)
                yield header
