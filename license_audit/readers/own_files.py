"""An organization's own folder, laid out like ours: every file is read, and every mistake is told with its place."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from stat import S_ISDIR

from license_audit.errors import AuditError, Problem
from license_audit.model.license import License, Rule
from license_audit.model.value import Value
from license_audit.readers import catalog_shapes as shapes
from license_audit.readers.catalog_files import CatalogFiles

FOLDERS = ("rules", "licenses", "licenses/models")
DEFINITIONS = "rules/definitions.yaml"
_ENDINGS = (".yaml", ".yml")
_LISTS: dict[str, type[Value]] = {
    "licenses/data.yaml": shapes.DataFile,
    "licenses/families.yaml": shapes.FamiliesFile,
    "licenses/names.yaml": shapes.NamesFile,
    "licenses/providers.yaml": shapes.ProvidersFile,
    DEFINITIONS: shapes.DefinitionsFile,
}


def read_own(folder: Path) -> CatalogFiles:
    """The files of the folder. AuditError with every problem: missing, empty, left aside, or not as expected."""
    shown = str(folder)
    try:
        is_folder = S_ISDIR(folder.stat().st_mode)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise AuditError([Problem(shown, 0, 0, f"cannot be read: {reason}")]) from None
    if not is_folder:
        raise AuditError([Problem(shown, 0, 0, "is not a folder; expected one with rules/ and licenses/")])
    own = CatalogFiles(folder, "" if shown == "." else f"{shown}/")
    problems = list(_left_aside(folder, own.shown))
    listed = [name for part in FOLDERS for name in own.listed(part)]
    if not listed and not problems:
        problems.append(Problem(shown, 0, 0, "holds no rules/*.yaml and no licenses/*.yaml"))
    for name in listed:
        try:
            _reader(own, name)(name)
        except AuditError as error:
            problems += error.problems
    if problems:
        raise AuditError(problems)
    return own


def _reader(own: CatalogFiles, name: str) -> Callable[[str], object]:
    if name in _LISTS:
        return partial(own.shaped, _LISTS[name])
    if name.startswith("licenses/models/"):
        return partial(own.shaped, shapes.PublisherFile)
    return partial(own.value, Rule if name.startswith("rules/") else License)


def _left_aside(folder: Path, shown: str) -> Iterator[Problem]:
    """Folders that cannot be listed, and files that look as if they were meant and would not be read."""
    for part in ("", *FOLDERS):
        try:
            found = sorted(os.scandir(folder / part), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            yield Problem(f"{shown}{part}", 0, 0, f"cannot be listed: {str(error.strerror).lower()}")
            continue
        for entry in found if part else ():
            name = f"{part}/{entry.name}"
            if entry.is_dir() and name not in FOLDERS and not entry.name.startswith("."):
                yield Problem(f"{shown}{name}", 0, 0, f"is not read; expected files right in {part}")
            elif entry.name.lower().endswith(_ENDINGS) and not entry.name.endswith(".yaml"):
                yield Problem(f"{shown}{name}", 0, 0, "is not read; expected a name that ends in .yaml")
