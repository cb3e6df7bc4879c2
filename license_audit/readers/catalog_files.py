"""The files of the catalog: each is read when it is first asked for, and only once."""

from os.path import lexists
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from license_audit import resources
from license_audit.errors import Problem
from license_audit.model.value import Value
from license_audit.readers.files import read_text
from license_audit.readers.strict_yaml import Document, load, validate

V = TypeVar("V", bound=Value)

LISTS = ("data", "families", "names", "providers")
"""Files of `licenses` that hold no license."""


class Own(NamedTuple):
    """What an organization's own folder adds."""

    folder: str = ""
    """The folder as it was named; empty where there is none."""
    keys: tuple[str, ...] = ()
    """Licenses and policies."""
    rules: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    """Keys with a record in its list of names."""
    records: bool = False
    """Whether it holds models, data sets, providers or families."""
    house: tuple[str, ...] = ()
    """Those of the policies that hold for every model, because no text makes them part of itself."""


class CatalogFiles:
    """The YAML of a folder, or what the build wrote down of it. `shown` stands before names of files in problems."""

    def __init__(self, folder: Path | None, shown: str = "") -> None:
        self.folder = folder or resources.data_folder()
        self.shown = shown
        self._compiled = {} if folder else resources.compiled()
        self._values: dict[str, Any] = {}
        self._shapes: dict[str, Document] = {}
        self._listed: dict[str, tuple[str, ...]] = {}

    def listed(self, folder: str) -> tuple[str, ...]:
        """Names of the YAML files that lie right in a folder such as `licenses/models`, sorted."""
        if folder not in self._listed:
            if self._compiled:
                names = [name for name in self._compiled if name.rpartition("/")[0] == folder]
            else:
                names = [f"{folder}/{path.name}" for path in (self.folder / folder).glob("*.yaml")]
            self._listed[folder] = tuple(sorted(names))
        return self._listed[folder]

    def offered_by(self, organization: str) -> tuple[str, ...]:
        """Files that may hold models of a Hub organization in lower case: one or none where the build wrote it down."""
        if isinstance(self._compiled, resources.Compiled):
            file = self._compiled.organizations.get(organization)
            return (file,) if file is not None else ()
        return self.listed("licenses/models")

    def holds(self, name: str) -> bool:
        """Whether there is such a file."""
        return name in self._compiled or lexists(self.folder / name)

    def shaped(self, kind: type[V], name: str) -> Document:
        """A file that is used as plain data. Its shape is checked where a person may just have edited it."""
        if self._compiled:
            return self.document(name)
        if name not in self._shapes:
            document = self._read(name)
            validate(kind, document)
            self._shapes[name] = document
        return self._shapes[name]

    def lists(self, kind: type[V], name: str) -> tuple[Document, ...]:
        """A file whose records several folders may share; the packaged one first."""
        return (self.shaped(kind, name),)

    def value(self, kind: type[V], name: str) -> V:
        """A file as a value."""
        if name not in self._values:
            self._values[name] = validate(kind, self.document(name))
        found: V = self._values[name]
        return found

    def part(self, kind: type[V], file: str, data: Any, name: str) -> V:
        """A part of a file as a value, kept under a name of its own."""
        if name not in self._values:
            self._values[name] = validate(kind, Document(file, data, None))
        found: V = self._values[name]
        return found

    def document(self, name: str) -> Document:
        """A file as it is read; KeyError when there is none."""
        if name in self._compiled:
            return Document(name, self._compiled[name], None)
        path = self.folder / name
        if "/" in name.split("/", 1)[1].removeprefix("models/") or not lexists(path):
            raise KeyError(name)
        return self._read(name)

    def problem(self, name: str, path: tuple[str | int, ...], message: str) -> Problem:
        """A problem at a value of a file."""
        return self.document(name).problem(path, message)

    def _read(self, name: str) -> Document:
        shown = f"{self.shown}{name}"
        return load(read_text(self.folder / name, shown), shown)
