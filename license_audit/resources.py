"""Where packaged data lives: beside the package when installed, at the top of the checkout otherwise."""

from collections.abc import Iterator, Mapping
from functools import cache, cached_property
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
    from mmap import ACCESS_READ, mmap  # noqa: PLC0415  # only texts are mapped

    with path.open("rb") as file:
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))


class Compiled(Mapping[str, Any]):
    """Files by path, each parsed when it is first asked for.

    The first line holds, in JSON, first and last byte of each file's own JSON, counted from the second line on, and of
    a file of models the organizations that offer them. ValueError where the data is cut off.
    """

    def __init__(self, data: bytes) -> None:
        import json  # noqa: PLC0415  # only the catalog is kept as JSON

        self._loads = json.loads
        self._start = data.index(b"\n") + 1
        self._data = data
        self._places: dict[str, tuple[Any, ...]] = json.loads(data[: self._start])
        self._known: dict[str, Any] = {}
        if len(data) != self._start + max((place[1] for place in self._places.values()), default=0):
            raise ValueError("is cut off")

    @cached_property
    def organizations(self) -> dict[str, str]:
        """The file with the models of each Hub organization, lower case."""
        return {name: file for file, (_, _, *named) in self._places.items() for names in named for name in names}

    def __getitem__(self, name: str) -> Any:
        if name not in self._known:
            first, end, *_ = self._places[name]
            self._known[name] = self._loads(self._data[self._start + first : self._start + end])
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __contains__(self, name: object) -> bool:
        return name in self._places

    def __len__(self) -> int:
        return len(self._places)


@cache
def compiled() -> Mapping[str, Any]:
    """The YAML of rules and licenses as the build wrote it down, by path.

    Empty in a checkout, and where what the build wrote is damaged: then the YAML itself is read.
    """
    path = data_folder() / "compiled.json"
    try:
        return Compiled(path.read_bytes())
    except (OSError, ValueError):
        return {}
