"""The packaged catalog with an organization's own folder laid over it. Nothing that is packaged is ever replaced."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from license_audit.errors import AuditError, Problem
from license_audit.model.license import License
from license_audit.model.value import Value
from license_audit.readers.catalog_files import LISTS, CatalogFiles, Own
from license_audit.readers.catalog_shapes import NamesFile
from license_audit.readers.collisions import collisions
from license_audit.readers.own_files import read_own
from license_audit.readers.strict_yaml import Document

if TYPE_CHECKING:
    from license_audit.readers.catalog import PackagedCatalog

NAMES = "licenses/names.yaml"
RECORDS = ("data", "families", "providers")
V = TypeVar("V", bound=Value)


class Overlay(CatalogFiles):
    """The files of two folders, seen as one. The packaged file counts where both hold one of that name."""

    def __init__(self, packaged: CatalogFiles, own: CatalogFiles) -> None:
        super().__init__(packaged.folder)
        self.packaged, self.own = packaged, own

    def listed(self, folder: str) -> tuple[str, ...]:
        """Names of the YAML files of both, sorted."""
        return tuple(sorted({*self.packaged.listed(folder), *self.own.listed(folder)}))

    def offered_by(self, organization: str) -> tuple[str, ...]:
        """Files of the packaged catalog that may hold models of an organization, and all of the other folder."""
        return tuple(sorted({*self.packaged.offered_by(organization), *self.own.listed("licenses/models")}))

    def holds(self, name: str) -> bool:
        """Whether either has such a file."""
        return self.packaged.holds(name) or self.own.holds(name)

    def shaped(self, kind: type[V], name: str) -> Document:
        """A file that is used as plain data."""
        return self._holder(name).shaped(kind, name)

    def lists(self, kind: type[V], name: str) -> tuple[Document, ...]:
        """A list, of each of the two that holds it."""
        return tuple(files.shaped(kind, name) for files in (self.packaged, self.own) if files.holds(name))

    def value(self, kind: type[V], name: str) -> V:
        """A file as a value."""
        return self._holder(name).value(kind, name)

    def document(self, name: str) -> Document:
        """A file as it is read; KeyError when there is none."""
        return self._holder(name).document(name)

    def problem(self, name: str, path: tuple[str | int, ...], message: str) -> Problem:
        """A problem at a value; of a list that both hold, in the one that holds the record."""
        if self.own.holds(name):
            document = self.own.document(name)
            if not self.packaged.holds(name) or _has(document.data, path[:2]):
                return document.problem(path, message)
        return self.packaged.problem(name, path, message)

    def _holder(self, name: str) -> CatalogFiles:
        return self.own if self.own.holds(name) and not self.packaged.holds(name) else self.packaged


def _has(data: object, path: tuple[str | int, ...]) -> bool:
    for step in path:
        if not isinstance(data, dict) or step not in data:
            return False
        data = data[step]
    return True


def overlaid(packaged: CatalogFiles, folder: Path, catalog: "PackagedCatalog") -> tuple[Overlay, Own]:
    """The files of both, and what the folder adds. `catalog` is the packaged one. AuditError with every problem."""
    own = read_own(folder)
    problems = collisions(own, catalog)
    if problems:
        raise AuditError(problems)
    listed = own.lists(NamesFile, NAMES) if own.holds(NAMES) else ()
    names = tuple(key for document in listed for key in document.data["known"])
    rules = tuple(_key(name) for name in own.listed("rules") if _key(name) != "definitions")
    keys = tuple(_key(name) for name in own.listed("licenses") if _key(name) not in LISTS)
    documents = {key: own.value(License, f"licenses/{key}.yaml") for key in keys}
    parts = {part.key for key, one in documents.items() for part in one.incorporates if part.held and part.key != key}
    records = bool(own.listed("licenses/models")) or any(own.holds(f"licenses/{name}.yaml") for name in RECORDS)
    house = (
        key
        for key, one in documents.items()
        if one.kind == "policy" and key not in parts and catalog.named(key) is None
    )
    return Overlay(packaged, own), Own(str(folder), keys, rules, names, records, tuple(house))


def _key(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yaml")
