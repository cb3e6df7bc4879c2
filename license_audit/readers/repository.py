"""Where a folder lies in its repository."""

from os.path import lexists
from pathlib import Path


def folder_in_repository(folder: Path) -> str:
    """Path of a folder from the top of the git repository it lies in, with `/`; empty at the top, or in none."""
    place = folder.resolve()
    for top in (place, *place.parents):
        if lexists(top / ".git"):
            return "" if top == place else place.relative_to(top).as_posix()
    return ""
