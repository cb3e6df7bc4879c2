"""Where packaged data lives: beside the package when installed, at the top of the checkout otherwise."""

from functools import cache
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent


def data_folder() -> Path:
    """The folder that holds `rules`, `licenses` and `reports/templates`."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def index_path() -> Path:
    """The file with what is kept of known texts."""
    return data_folder() / "licenses" / "texts.index"


def mapped(path: Path) -> memoryview:
    """The bytes of a file, mapped into memory and read where they are used."""
    with path.open("rb") as file:
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))


@cache
def compiled() -> dict[str, Any]:
    """The YAML of rules and licenses as the build wrote it down in JSON, by path; empty in a checkout."""
    path = data_folder() / "compiled.json"
    if not path.is_file():
        return {}
    import json  # noqa: PLC0415  # only the catalog is kept as JSON

    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
