"""The models of the catalog and who published them. Only the files that can hold what is asked for are read."""

from functools import cached_property

from license_audit.model.catalog import CatalogModel
from license_audit.readers import catalog_shapes as shapes
from license_audit.readers.catalog_families import folded
from license_audit.readers.catalog_files import CatalogFiles
from license_audit.readers.on_demand import OnDemand
from license_audit.readers.strict_yaml import Document

FOLDER = "licenses/models"


class Models:
    """Models and publishers, of the files of one catalog."""

    def __init__(self, files: CatalogFiles) -> None:
        self._files = files
        self._read: dict[tuple[str, ...], OnDemand[CatalogModel]] = {}
        self._behind: dict[tuple[str, ...], dict[str, str]] = {}
        """Publishers by organization, of the files that were read for it."""

    def model(self, model_id: str) -> CatalogModel | None:
        """A model by its exact id, capitals aside."""
        key = model_id.lower()
        return self._of(self._files.offered_by(key.partition("/")[0])).get(key)

    def all(self) -> list[CatalogModel]:
        """Every model."""
        return self._of(self._files.listed(FOLDER)).all()

    def publisher_at(self, organization: str) -> str | None:
        """The publisher behind a Hub organization, capitals aside; None when nobody knows it."""
        sought = organization.lower()
        names = self._files.offered_by(sought)
        if names not in self._behind:
            documents = reversed(self._documents(names))
            self._behind[names] = {name.lower(): one.data["publisher"] for one in documents for name in _names(one)}
        return self._behind[names].get(sought)

    def publisher(self, name: str) -> str | None:
        """A publisher by name; capitals, and which of hyphen, dot or space is written, aside."""
        return self._publishers.get(folded(name))

    def publishers(self) -> tuple[str, ...]:
        """Every publisher, sorted."""
        return tuple(sorted(self._publishers.values()))

    def documents(self) -> tuple[Document, ...]:
        """Every file of models."""
        return self._documents(self._files.listed(FOLDER))

    def organizations(self) -> tuple[tuple[str, str], ...]:
        """Each file with each Hub organization that it names."""
        return tuple((one.file, name) for one in self.documents() for name in _names(one))

    @cached_property
    def _publishers(self) -> dict[str, str]:
        return {folded(one.data["publisher"]): one.data["publisher"] for one in self.documents()}

    def _of(self, names: tuple[str, ...]) -> OnDemand[CatalogModel]:
        if names not in self._read:
            entries = {
                model_id.lower(): (model_id, one.data["publisher"], entry)
                for one in self._documents(names)
                for model_id, entry in one.data["models"].items()
            }
            self._read[names] = OnDemand(shapes.catalog_model, entries)
        return self._read[names]

    def _documents(self, names: tuple[str, ...]) -> tuple[Document, ...]:
        return tuple(one for name in names for one in self._files.lists(shapes.PublisherFile, name))


def _names(document: Document) -> tuple[str, ...]:
    """The Hub organizations that a file names."""
    return tuple(document.data.get("organizations") or ())
