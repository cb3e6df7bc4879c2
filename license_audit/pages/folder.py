"""The whole set of pages as files: made, compared with a folder, and written into it."""

from collections.abc import Iterable
from pathlib import Path

from license_audit.errors import AuditError, Problem
from license_audit.outputs import write_bytes
from license_audit.outputs.page_markdown import MARK, render
from license_audit.pages import family_page, index_page, license_page, rule_page
from license_audit.pages.shelf import Shelf
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.files import read_bytes

FOLDERS = ("families", "licenses", "rules")
"""Folders of the set, beside its first page."""


def rendered(catalog: PackagedCatalog) -> dict[str, str]:
    """Every page by its path, sorted."""
    shelf = Shelf(catalog)
    pages = [
        index_page.page(shelf),
        *(license_page.page(key, shelf) for key in shelf.names),
        *(rule_page.page(name, shelf) for name in catalog.rule_names()),
        *(family_page.page(root, shelf) for root in shelf.families),
    ]
    return {page.path: render(page) for page in sorted(pages, key=lambda page: page.path)}


def differing(folder: Path, pages: dict[str, str]) -> list[str]:
    """What keeps a folder from being current, one line each."""
    told = []
    for path, text in pages.items():
        if not (folder / path).is_file():
            told.append(f"{folder / path}: is missing")
        elif _content(folder / path) != text.encode():
            told.append(f"{folder / path}: is not what the catalog says now")
    return told + [f"{path}: is no page any more" for path in _left_over(folder, pages)]


def write(folder: Path, pages: dict[str, str]) -> tuple[int, int]:
    """Write what differs and remove pages of earlier runs; how many of each. AuditError for files of somebody else."""
    strange = [path for path in (folder / name for name in pages) if path.exists() and not _is_ours(path)]
    if strange:
        told = "was not made by this command, and is not replaced"
        raise AuditError([Problem(str(path), 0, 0, told) for path in strange])
    written = 0
    for name, text in pages.items():
        path, raw = folder / name, text.encode()
        if not path.exists() or _content(path) != raw:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_bytes(path, raw)
            written += 1
    gone = list(_left_over(folder, pages))
    for path in gone:
        path.unlink()
    return written, len(gone)


def _left_over(folder: Path, pages: dict[str, str]) -> Iterable[Path]:
    """Pages of earlier runs that are in the set no more."""
    for name in FOLDERS:
        for path in sorted((folder / name).glob("*.md")):
            if f"{name}/{path.name}" not in pages and _is_ours(path):
                yield path


def _is_ours(path: Path) -> bool:
    return path.is_file() and _content(path).startswith(MARK.encode())


def _content(path: Path) -> bytes:
    return read_bytes(path, str(path))
