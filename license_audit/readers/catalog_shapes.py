"""The shapes in which the catalog's lists are written: names of licenses, models, data sets, providers, families."""

from typing import Annotated, Any, Literal

from license_audit.model.catalog import CatalogModel, Family, KnownData, KnownName, Part, Provider, Window
from license_audit.model.facts import Flag
from license_audit.model.license import Definition, License
from license_audit.model.marks import Bounds, field
from license_audit.model.value import Value
from license_audit.model.words import DataLimit, Openness, Relation

PartialDate = Annotated[str, Bounds(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]
"""A day, a month or a year, ISO."""
Text = Annotated[str, Bounds(min_length=1)]
Confidence = Literal["high", "medium", "low"]


class PartShape(Value):
    """A document that a text makes part of itself, or makes whoever uses the model keep."""

    key: str
    """Its key; its name in words when its text is not held."""
    held: Flag
    """Whether its text is held under that key."""


class NameShape(Value):
    """The identity of one text."""

    title: str
    publisher: str
    """Who wrote and published the text, not who licenses a model under it."""
    spdx: str
    """SPDX id, LicenseRef of ScanCode for exactly this text, or a LicenseRef of our own."""
    kind: Literal["license", "policy"]
    openness: Openness | None = None
    """How open a license is; a policy has none."""
    version: str | None
    """What the text or its publisher calls it; null when it has none."""
    date: PartialDate | None
    """Date that the text prints of itself; a copyright line is none."""
    published: PartialDate | None = None
    """When it was published, for a text that prints no date."""
    language: str = field(pattern="^[a-z]{2}([+][a-z]{2})*$")
    """`en`, `zh`; `zh+en` when the text holds both, in its order."""
    made_for: Literal["code"] | None = None
    """Set for licenses that software is published under."""
    incorporates: tuple[PartShape, ...] = ()
    """Documents of their own; what is printed inside the text itself is not listed."""
    held: Flag = True
    """False when nobody holds the text. Its name is known, and nothing is written down of what it says."""
    supersedes: str | None = None
    """Key of the earlier version of the same terms, by the same publisher."""
    aliases: tuple[str, ...] | None


class AmbiguousShape(Value):
    """A name that may mean several texts."""

    keys: tuple[str, ...]
    decided_by: str


class NamesFile(Value):
    """licenses/names.yaml."""

    schema_version: Literal["1"] = field(alias="schema")
    known: dict[str, NameShape]
    ambiguous: dict[str, AmbiguousShape] = field(default_factory=dict)
    nothing: tuple[str, ...] = ()


class TermShape(Value):
    """A license that a model came under for a time."""

    license: str
    """Its key. A use policy that the publisher adds to the license is a term of its own, without dates."""
    since: str | None = None
    until: str | None = None
    source: str
    confidence: str


class ModelShape(Value):
    """One model."""

    terms: tuple[TermShape, ...] = field(min_length=1)
    base: tuple[str, ...] = ()
    relation: Relation | None = None
    multimodal: Flag | None = None
    """Whether it takes or gives more than text; left out when nobody looked."""
    note: str | None = None


class PublisherFile(Value):
    """A file of licenses/models."""

    schema_version: Literal["1"] = field(alias="schema")
    publisher: str
    organizations: tuple[str, ...] = ()
    models: dict[str, ModelShape]


class DataShape(Value):
    """One data set."""

    title: Text
    aliases: tuple[Text, ...] = ()
    """Other Hub ids of the same data, and names that prose gives it."""
    license: str | None = None
    """Key of its license."""
    terms: Text | None = None
    """What its terms are called, when no key stands for them."""
    limits: tuple[DataLimit, ...] = ()
    generators: tuple[Text, ...] = ()
    """Providers, or Hub ids of models, whose outputs it holds."""
    note: Text
    source: Text
    """The page or paper that says so; that it is recollection, when no document was seen."""
    confidence: Confidence


class DataFile(Value):
    """licenses/data.yaml."""

    schema_version: Literal["1"] = field(alias="schema")
    data: dict[str, DataShape]


class ProviderShape(Value):
    """One company that offers models behind an API."""

    title: Text
    aliases: tuple[Text, ...] = ()
    """Other names of the company, and of the models that only it offers."""
    terms: Text
    license: str | None
    """Key of the terms; null when their text is not held."""


class ProvidersFile(Value):
    """licenses/providers.yaml."""

    schema_version: Literal["1"] = field(alias="schema")
    providers: dict[str, ProviderShape]


class FamilyShape(Value):
    """One family of models. Words of a pattern stand in a name in that order, others may stand between them."""

    names: tuple[Text, ...] = ()
    """Patterns that may stand anywhere in a name."""
    starts: tuple[Text, ...] = ()
    """Patterns that stand at the start of a name."""
    licenses: tuple[str, ...] = field(min_length=1)
    organizations: tuple[Annotated[str, Bounds(pattern=r"^[a-z0-9][a-z0-9._-]*$")], ...] = ()


class FamiliesFile(Value):
    """licenses/families.yaml."""

    schema_version: Literal["1"] = field(alias="schema")
    families: dict[str, FamilyShape]


class DefinitionsFile(Value):
    """rules/definitions.yaml."""

    definitions: dict[str, Definition]


def known_name(key: str, entry: dict[str, Any], *, encoded: bool) -> KnownName:
    """The identity of a text. `encoded`: whether its clauses are written down."""
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
        openness=entry.get("openness"),
        held=entry.get("held") != "false",
    )


def name_of(document: License) -> KnownName:
    """The identity of an encoded text that no list of names holds: what the text's own file says of it."""
    return KnownName(
        document.key,
        document.title,
        encoded=True,
        kind=document.kind,
        version=document.version,
        date=document.date.isoformat() if document.date else None,
        publisher=document.publisher,
        spdx=document.spdx,
        incorporates=tuple(Part(part.key, part.held) for part in document.incorporates),
    )


def catalog_model(model_id: str, publisher: str, entry: dict[str, Any]) -> CatalogModel:
    """A model of a publisher's file."""
    windows = tuple(
        Window(
            term["license"], term.get("since"), term.get("until"), term.get("source", ""), term.get("confidence", "")
        )
        for term in entry["terms"]
    )
    base, said = tuple(entry.get("base") or ()), entry.get("multimodal")
    multimodal = None if said is None else said == "true"
    return CatalogModel(
        model_id, publisher, windows, base, entry.get("relation") or "fine-tune", entry.get("note"), multimodal
    )


def known_data(data_id: str, entry: dict[str, Any]) -> KnownData:
    """A data set."""
    return KnownData(
        data_id,
        entry["title"],
        entry.get("license") or entry.get("terms"),
        tuple(entry.get("limits") or ()),
        tuple(entry.get("generators") or ()),
        entry["note"],
        entry["source"],
        entry["confidence"],
    )


def provider(name: str, entry: dict[str, Any]) -> Provider:
    """A provider of hosted models."""
    return Provider(name, entry["title"], entry["terms"], entry["license"])


def family(name: str, entry: dict[str, Any]) -> Family:
    """A family of models."""
    return Family(name, tuple(entry["licenses"]), tuple(entry.get("organizations") or ()))
