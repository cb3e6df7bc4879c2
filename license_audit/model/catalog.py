"""What the engine asks of the catalog. The readers supply it."""

from typing import Protocol

from license_audit.model.license import Definition, License, Rule
from license_audit.model.record import Record
from license_audit.model.words import DataLimit, Openness, Relation


class Window(Record):
    """A stretch of time in which a publisher offered a model under one license."""

    license: str
    since: str | None
    """First day, ISO; a month or year when no more is known."""
    until: str | None
    """First day on which it no longer held, ISO."""
    source: str
    confidence: str


class CatalogModel(Record):
    """A model of the packaged catalog."""

    id: str
    publisher: str
    windows: tuple[Window, ...]
    base: tuple[str, ...]
    relation: Relation
    note: str | None
    multimodal: bool | None = None
    """Whether it takes or gives more than text; None when nobody wrote it down."""


class Part(Record):
    """A document that a text makes part of itself."""

    key: str
    """Its key; its name in words when its text is not held."""
    held: bool


class KnownName(Record):
    """A license name that means exactly one text, and what is known of that text."""

    key: str
    title: str
    encoded: bool
    kind: str = "license"
    version: str | None = None
    date: str | None = None
    """Printed date, ISO; a month or year when no more is printed."""
    published: str | None = None
    """When it was published, for a text that prints no date."""
    publisher: str = ""
    spdx: str = ""
    """SPDX id or LicenseRef."""
    language: str = ""
    made_for: str = ""
    """`code` for a license that software is published under; empty for all others."""
    incorporates: tuple[Part, ...] = ()
    supersedes: str | None = None
    """Key of the earlier version that it replaced."""
    openness: Openness | None = None
    """None for a policy, which opens nothing of its own."""
    held: bool = True
    """False when nobody holds the text: terms exist, and nothing is written down of what they say."""


class AmbiguousName(Record):
    """A license name that may mean several texts."""

    keys: tuple[str, ...]
    decided_by: str


class KnownData(Record):
    """A data set that models are trained on."""

    id: str
    title: str
    license: str | None
    """Key, or the name of its terms where no key exists; None when it has no license."""
    limits: tuple[DataLimit, ...]
    generators: tuple[str, ...]
    """Names of the providers or models whose outputs it holds, e.g. `openai`."""
    note: str
    """One sentence: what matters to whoever trained on it."""
    source: str
    confidence: str


class Encoding(Record):
    """Who put a text into rules, when, and how sure they are."""

    key: str
    title: str
    publisher: str
    spdx: str
    version: str
    date: str
    """Printed or published date, ISO; empty where the text has none."""
    by: str
    on: str
    """Day of the last reading, ISO."""
    confidence: str
    sections: int
    """Sections of the text."""
    clauses: int
    unheld: tuple[str, ...]
    """Documents that are part of it and whose texts are not held."""
    sha256: str
    """Of the license and of the rules that it uses, as plain data, hexadecimal: the same however they are installed."""
    partial: bool = False
    """Whether only its key clauses are encoded, and `sections` counts what was read."""


class Provider(Record):
    """A company that offers models behind an API."""

    name: str
    """As manifests write it, e.g. `openai`."""
    title: str
    terms: str
    """What its terms are called."""
    license: str | None
    """Key of the terms where their text is held; None otherwise."""


class Family(Record):
    """Models that carry the name of their ancestor, and the terms that the ancestor came under."""

    name: str
    licenses: tuple[str, ...]
    """Keys that a member of the family may come under, most likely first."""
    organizations: tuple[str, ...]
    """Hub organizations of its publisher, lower case."""


class Catalog(Protocol):
    """Licenses, rules, definitions, models and data sets."""

    def license(self, key: str) -> License:
        """The encoding of a license; KeyError when it is not encoded."""

    def house_policies(self) -> tuple[str, ...]:
        """Keys of the organization's own policies that hold for every model, sorted."""

    def rule(self, name: str) -> Rule:
        """A rule by name; KeyError when there is none."""

    def definition(self, name: str) -> Definition:
        """A named condition; KeyError when there is none."""

    def model(self, model_id: str) -> CatalogModel | None:
        """A model by its exact id, capitals aside."""

    def wholes_of(self, policy: str) -> tuple[str, ...]:
        """Keys of the licenses that make a policy part of themselves, sorted; none where it stands for itself."""

    def multimodal_under(self, license_key: str) -> frozenset[bool | None]:
        """What is known of the models that came under a license: whether each handles more than text."""

    def dataset(self, name: str) -> KnownData | None:
        """A data set by Hub id or name, capitals aside."""

    def provider(self, name: str) -> Provider | None:
        """A provider of hosted models by name, capitals aside."""

    def family(self, model_id: str) -> Family | None:
        """The family that a model's name points to. A guess, and no evidence of terms."""

    def publisher_of(self, model_id: str) -> str | None:
        """Name of the publisher of a model, by its Hub organization where the model is not listed; else None."""

    def publisher(self, name: str) -> str | None:
        """The publisher that a name, or a Hub organization of theirs, stands for; None when nobody knows it."""

    def openness(self, key: str) -> Openness | None:
        """How open a license is; None for a policy, or when nobody knows the key."""

    def named(self, name: str) -> KnownName | AmbiguousName | None:
        """What a license name means: key, alias or Hub tag; None when nobody knows it."""

    def names_nothing(self, name: str) -> bool:
        """Whether a tag such as `unknown` says that no license is named."""
