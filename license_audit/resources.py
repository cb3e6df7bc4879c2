"""Where packaged data lives: beside the package when installed, at the top of the checkout otherwise."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent


def data_folder() -> Path:
    """The folder that holds `rules`, `licenses` and `reports/templates`."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


@cache
def compiled() -> dict[str, Any]:
    """The YAML of rules and licenses as the build wrote it down in JSON, by path; empty in a checkout."""
    path = data_folder() / "compiled.json"
    if not path.is_file():
        return {}
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found
