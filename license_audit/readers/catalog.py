"""The packaged catalog: rules, licenses, names of licenses, and models of known publishers."""

from collections.abc import Callable
from functools import cached_property, partial
from os.path import lexists
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field

from license_audit import resources
from license_audit.errors import AuditError, Problem
from license_audit.model.catalog import AmbiguousName, CatalogModel, KnownName, Part, Window
from license_audit.model.facts import Flag
from license_audit.model.license import Definition, License, Rule
from license_audit.model.value import Value
from license_audit.model.words import Relation
from license_audit.readers.files import read_text
from license_audit.readers.strict_yaml import Document, load, validate

V = TypeVar("V", bound=Value)


_PartialDate = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A day, a month or a year, ISO."""


class _Part(Value):
    """A document that a text makes part of itself, or makes whoever uses the model keep."""

    key: str
    """Its key; its name in words when its text is not held."""
    held: Flag
    """Whether its text is held under that key."""


class _Known(Value):
    """The identity of one text."""

    title: str
    publisher: str
    """Who wrote and published the text, not who licenses a model under it."""
    spdx: str
    """SPDX id, LicenseRef of ScanCode for exactly this text, or a LicenseRef of our own."""
    kind: Literal["license", "policy"]
    version: str | None
    """What the text or its publisher calls it; null when it has none."""
    date: _PartialDate | None
    """Date that the text prints of itself; a copyright line is none."""
    published: _PartialDate | None = None
    """When it was published, for a text that prints no date."""
    language: str = Field(pattern="^[a-z]{2}([+][a-z]{2})*$")
    """`en`, `zh`; `zh+en` when the text holds both, in its order."""
    made_for: Literal["code"] | None = None
    """Set for licenses that software is published under."""
    incorporates: tuple[_Part, ...] = ()
    """Documents of their own; what is printed inside the text itself is not listed."""
    supersedes: str | None = None
    """Key of the earlier version of the same terms, by the same publisher."""
    aliases: tuple[str, ...] | None


class _Ambiguous(Value):
    keys: tuple[str, ...]
    decided_by: str


class _Names(Value):
    """licenses/names.yaml."""

    schema_version: Literal["1"] = Field(alias="schema")
    known: dict[str, _Known]
    ambiguous: dict[str, _Ambiguous]
    nothing: tuple[str, ...]


class _Term(Value):
    license: str
    since: str | None = None
    until: str | None = None
    source: str
    confidence: str


class _Entry(Value):
    terms: tuple[_Term, ...] = Field(min_length=1)
    base: tuple[str, ...] = ()
    relation: Relation | None = None
    note: str | None = None


class _Publisher(Value):
    """A file of licenses/models."""

    schema_version: Literal["1"] = Field(alias="schema")
    publisher: str
    organizations: tuple[str, ...]
    models: dict[str, _Entry]


class _Definitions(Value):
    """rules/definitions.yaml."""

    definitions: dict[str, Definition]


class PackagedCatalog:
    """Reads each file when it is first asked for, and only once."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or resources.data_folder()
        self._compiled = {} if folder else resources.compiled()
        self._values: dict[str, Any] = {}
        self._shapes: dict[str, Document] = {}

    def license(self, key: str) -> License:
        """The encoding of a license; KeyError when it is not encoded."""
        return self._value(License, f"licenses/{key}.yaml")

    def rule(self, name: str) -> Rule:
        """A rule by name; KeyError when there is none."""
        return self._value(Rule, f"rules/{name}.yaml")

    def definition(self, name: str) -> Definition:
        """A named condition; KeyError when there is none."""
        if f"definition {name}" not in self._values:
            document = self._shaped(_Definitions, "rules/definitions.yaml")
            inner = Document(document.file, document.data["definitions"][name], None)
            self._values[f"definition {name}"] = validate(Definition, inner)
        found: Definition = self._values[f"definition {name}"]
        return found

    def license_keys(self) -> tuple[str, ...]:
        """Keys of every encoded license and policy, sorted."""
        if self._compiled:
            names = [name for name in self._compiled if name.startswith("licenses/") and name.count("/") == 1]
        else:
            names = [f"licenses/{path.name}" for path in (self.folder / "licenses").glob("*.yaml")]
        found = (name.removeprefix("licenses/").removesuffix(".yaml") for name in names)
        return tuple(sorted(key for key in found if key != "names"))

    def rule_names(self) -> tuple[str, ...]:
        """Names of every rule, sorted."""
        if self._compiled:
            names = [name for name in self._compiled if name.startswith("rules/")]
        else:
            names = [f"rules/{path.name}" for path in (self.folder / "rules").glob("*.yaml")]
        found = (name.removeprefix("rules/").removesuffix(".yaml") for name in names)
        return tuple(sorted(name for name in found if name != "definitions"))

    def model(self, model_id: str) -> CatalogModel | None:
        """A model by its exact id, capitals aside."""
        return self._models.get(model_id.lower())

    def models(self) -> tuple[CatalogModel, ...]:
        """Every model, sorted by id."""
        return tuple(sorted(self._models.values(), key=lambda model: model.id.lower()))

    def named(self, name: str) -> KnownName | AmbiguousName | None:
        """What a license name means: key, alias or Hub tag; None when nobody knows it."""
        return self._names.get(name.strip().lower())

    def known(self) -> tuple[KnownName, ...]:
        """Every license and policy that has an identity record, sorted by key."""
        return tuple(sorted(self._known.values(), key=lambda name: name.key))

    def names_nothing(self, name: str) -> bool:
        """Whether a tag such as `unknown` says that no license is named."""
        return name.strip().lower() in self._nothing

    def title(self, key: str) -> str:
        """The title of a license, or its key when nobody wrote a title down."""
        known = self._names.get(key.lower())
        return known.title if isinstance(known, KnownName) else key

    def load_all(self) -> list[Problem]:
        """Read everything, whether asked for or not, and give back every problem found."""
        shown = str(self.folder)
        problems = [] if self.rule_names() else [Problem(shown, 0, 0, "holds no rules/*.yaml")]
        problems += [] if self.license_keys() else [Problem(shown, 0, 0, "holds no licenses/*.yaml")]
        read: list[tuple[Callable[[str], object], tuple[str, ...]]] = [
            (self.rule, self.rule_names()),
            (self.license, self.license_keys()),
            (partial(self._shaped, _Definitions), ("rules/definitions.yaml",)),
            (partial(self._shaped, _Names), ("licenses/names.yaml",)),
            (partial(self._shaped, _Publisher), self._publishers()),
        ]
        for reader, names in read:
            for name in names:
                try:
                    reader(name)
                except AuditError as error:
                    problems += error.problems
        return problems or self._unknown_terms()

    def _unknown_terms(self) -> list[Problem]:
        """Licenses that models are said to come under and that names.yaml does not know."""
        return [
            document.problem(("models", model, "terms", number, "license"), f"nobody knows a license {license_!r}")
            for document in (self._shaped(_Publisher, name) for name in self._publishers())
            for model, entry in document.data["models"].items()
            for number, license_ in enumerate(term["license"] for term in entry["terms"])
            if not isinstance(self.named(license_), KnownName)
        ]

    def place(self, key: str, path: tuple[str | int, ...], message: str) -> Problem:
        """A problem at a value of a license file."""
        return self._document(f"licenses/{key}.yaml").problem(path, message)

    @cached_property
    def _known(self) -> dict[str, KnownName]:
        data = self._shaped(_Names, "licenses/names.yaml").data
        encoded = set(self.license_keys())
        return {key: _known_name(key, entry, key in encoded) for key, entry in data["known"].items()}

    @cached_property
    def _names(self) -> dict[str, KnownName | AmbiguousName]:
        data = self._shaped(_Names, "licenses/names.yaml").data
        found: dict[str, KnownName | AmbiguousName] = {
            name: AmbiguousName(tuple(entry["keys"]), entry["decided_by"]) for name, entry in data["ambiguous"].items()
        }
        for key, entry in data["known"].items():
            meaning = self._known[key]
            found |= {name.lower(): meaning for name in (key, entry["spdx"], *(entry.get("aliases") or ()))}
        return found

    @cached_property
    def _nothing(self) -> frozenset[str]:
        return frozenset(self._shaped(_Names, "licenses/names.yaml").data["nothing"])

    @cached_property
    def _models(self) -> dict[str, CatalogModel]:
        found: dict[str, CatalogModel] = {}
        for name in self._publishers():
            data = self._shaped(_Publisher, name).data
            for model_id, entry in data["models"].items():
                found[model_id.lower()] = _model(model_id, data["publisher"], entry)
        return found

    def _publishers(self) -> tuple[str, ...]:
        if self._compiled:
            names = [name for name in self._compiled if name.startswith("licenses/models/")]
        else:
            names = [f"licenses/models/{path.name}" for path in (self.folder / "licenses/models").glob("*.yaml")]
        return tuple(sorted(names))

    def _shaped(self, kind: type[V], name: str) -> Document:
        """A file that is used as plain data. Its shape is checked where a person may just have edited it."""
        if self._compiled:
            return self._document(name)
        if name not in self._shapes:
            document = load(read_text(self.folder / name, name), name)
            validate(kind, document)
            self._shapes[name] = document
        return self._shapes[name]

    def _value(self, kind: type[V], name: str) -> V:
        if name not in self._values:
            self._values[name] = validate(kind, self._document(name))
        found: V = self._values[name]
        return found

    def _document(self, name: str) -> Document:
        if name in self._compiled:
            return Document(name, self._compiled[name], None)
        path = self.folder / name
        if "/" in name.split("/", 1)[1].removeprefix("models/") or not lexists(path):
            raise KeyError(name)
        return load(read_text(path, name), name)


def _known_name(key: str, entry: dict[str, Any], encoded: bool) -> KnownName:
    return KnownName(
        key,
        entry["title"],
        encoded,
        kind=entry["kind"],
        version=entry["version"],
        date=entry["date"],
        published=entry.get("published"),
        publisher=entry["publisher"],
        spdx=entry["spdx"],
        language=entry["language"],
        made_for=entry.get("made_for") or "",
        incorporates=tuple(Part(part["key"], part["held"] == "true") for part in entry.get("incorporates") or ()),
        supersedes=entry.get("supersedes"),
    )


def _model(model_id: str, publisher: str, entry: dict[str, Any]) -> CatalogModel:
    windows = tuple(
        Window(
            term["license"], term.get("since"), term.get("until"), term.get("source", ""), term.get("confidence", "")
        )
        for term in entry["terms"]
    )
    base = tuple(entry.get("base") or ())
    return CatalogModel(model_id, publisher, windows, base, entry.get("relation") or "fine-tune", entry.get("note"))
