"""Where an organization's own folder names something anew that the packaged catalog, or the folder itself, has."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from license_audit.errors import Problem
from license_audit.model.catalog import KnownName
from license_audit.model.value import Value
from license_audit.readers import catalog_shapes as shapes
from license_audit.readers.catalog_files import LISTS, CatalogFiles
from license_audit.readers.strict_yaml import Document

if TYPE_CHECKING:
    from license_audit.readers.catalog import PackagedCatalog

Path = tuple[str | int, ...]
Named = tuple[Document, Path, str, str]
"""Where a name stands, the name, and what it stands for."""


def collisions(own: CatalogFiles, catalog: "PackagedCatalog") -> list[Problem]:
    """Every problem of the folder's names. `catalog` is the packaged one."""
    return [
        *_texts(own, catalog),
        *_definitions(own, catalog),
        *_names(own, catalog),
        *_records(own, catalog),
        *_models(own, catalog),
    ]


def _texts(own: CatalogFiles, catalog: "PackagedCatalog") -> Iterator[Problem]:
    for name in own.listed("rules"):
        if _stem(name) in catalog.rule_names():
            yield own.problem(name, ("rule",), f"a packaged rule is called {_stem(name)}; choose another name")
    for name in own.listed("licenses"):
        if _stem(name) in catalog.license_keys():
            yield own.problem(name, ("key",), f"a packaged license is called {_stem(name)}; choose another key")


def _definitions(own: CatalogFiles, catalog: "PackagedCatalog") -> Iterator[Problem]:
    for document in _list(own, shapes.DefinitionsFile, "rules/definitions.yaml"):
        for name in document.data["definitions"]:
            if _finds(catalog.definition, name):
                text = f"a packaged definition is called {name}; choose another name"
                yield document.problem(("definitions", name), text)


def _finds(look: Callable[[str], object], name: str) -> bool:
    try:
        return look(name) is not None
    except KeyError:
        return False


def _names(own: CatalogFiles, catalog: "PackagedCatalog") -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for document, path, name, stands_for in (*_names_listed(own), *_names_of_texts(own)):
        known = catalog.named(name)
        # The clauses of a text that is known by name alone may be written down; its record may not be written anew.
        is_its_own = isinstance(known, KnownName) and known.key == stands_for and path[0] != "known"
        if (known is not None and not is_its_own) or catalog.names_nothing(name):
            yield document.problem(path, f"the packaged catalog knows the name {name!r}; choose another")
        elif seen.setdefault(name.strip().lower(), stands_for) != stands_for:
            text = f"the name {name!r} stands for {seen[name.strip().lower()]} as well"
            yield document.problem(path, text)


def _names_listed(own: CatalogFiles) -> Iterator[Named]:
    for document in _list(own, shapes.NamesFile, "licenses/names.yaml"):
        for key, entry in document.data["known"].items():
            yield document, ("known", key), key, key
            yield from _named(document, ("known", key), key, entry)
        for name in document.data.get("ambiguous") or {}:
            yield document, ("ambiguous", name), name, "several texts"
        for number, name in enumerate(document.data.get("nothing") or ()):
            yield document, ("nothing", number), name, "no text"


def _names_of_texts(own: CatalogFiles) -> Iterator[Named]:
    for name in own.listed("licenses"):
        if _stem(name) not in LISTS:
            document = own.document(name)
            yield document, ("key",), _stem(name), _stem(name)
            yield from _named(document, (), _stem(name), document.data)


def _named(document: Document, path: Path, key: str, entry: dict[str, Any]) -> Iterator[Named]:
    yield document, (*path, "spdx"), entry["spdx"], key
    for number, alias in enumerate(entry.get("aliases") or ()):
        yield document, (*path, "aliases", number), alias, key


def _records(own: CatalogFiles, catalog: "PackagedCatalog") -> Iterator[Problem]:
    """Names of data sets, providers and families that the packaged lists hold."""
    look: dict[str, tuple[type[Value], Callable[[str], object]]] = {
        "data": (shapes.DataFile, catalog.dataset),
        "families": (shapes.FamiliesFile, lambda name: catalog.records("families").get(name)),
        "providers": (shapes.ProvidersFile, catalog.provider),
    }
    for kind, (shape, finds) in look.items():
        for document in _list(own, shape, f"licenses/{kind}.yaml"):
            for key, entry in document.data[kind].items():
                places: list[tuple[Path, str]] = [((kind, key), key)]
                places += [
                    ((kind, key, "aliases", number), alias) for number, alias in enumerate(entry.get("aliases") or ())
                ]
                for path, name in places:
                    if finds(name) is not None:
                        yield document.problem(path, f"the packaged {kind} hold the name {name!r}; choose another")


def _models(own: CatalogFiles, catalog: "PackagedCatalog") -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for file in own.listed("licenses/models"):
        document = own.shaped(shapes.PublisherFile, file)
        for model in document.data["models"]:
            if catalog.model(model) is not None:
                yield document.problem(("models", model), f"the packaged catalog knows the terms of {model}")
            elif model.lower() in seen:
                yield document.problem(("models", model), f"{model} stands in {seen[model.lower()]} as well")
            seen.setdefault(model.lower(), document.file)
        for number, name in enumerate(document.data.get("organizations") or ()):
            publisher = catalog.publisher_of(f"{name}/")
            if publisher is not None:
                text = f"{name} is an organization of {publisher} in the packaged catalog; leave it out"
                yield document.problem(("organizations", number), text)


def _list(own: CatalogFiles, shape: type[Value], name: str) -> tuple[Document, ...]:
    return own.lists(shape, name) if own.holds(name) else ()


def _stem(name: str) -> str:
    return name.rpartition("/")[2].removesuffix(".yaml")
