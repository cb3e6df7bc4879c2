"""The packaged catalog: rules, licenses, names of licenses, models, data sets, providers and families."""

from collections.abc import Callable, Iterable
from copy import copy
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from license_audit.errors import AuditError, Problem
from license_audit.model.catalog import AmbiguousName, CatalogModel, Encoding, Family, KnownData, KnownName, Provider
from license_audit.model.license import Definition, License, Rule
from license_audit.model.value import Value
from license_audit.model.words import Openness
from license_audit.readers import catalog_families as families
from license_audit.readers import catalog_shapes as shapes
from license_audit.readers.catalog_files import LISTS, CatalogFiles, Own
from license_audit.readers.catalog_models import Models
from license_audit.readers.on_demand import OnDemand

NAMES, DEFINITIONS = "licenses/names.yaml", "rules/definitions.yaml"
LISTED: dict[str, type[Value]] = {
    "data": shapes.DataFile,
    "families": shapes.FamiliesFile,
    "providers": shapes.ProvidersFile,
}
"""Lists that a catalog may do without, by the name of their file."""


class PackagedCatalog:
    """Reads each file when it is first asked for, and only once."""

    def __init__(self, folder: Path | None = None, rules: Path | None = None) -> None:
        """`rules` is a folder with an organization's own rules and licenses. AuditError when it has mistakes."""
        self._files = CatalogFiles(folder)
        self.folder = self._files.folder
        self.own = Own()
        if rules is not None:
            from license_audit.readers.overlay import overlaid  # noqa: PLC0415  # most organizations have none

            self._files, self.own = overlaid(self._files, rules, copy(self))

    def license(self, key: str) -> License:
        """The encoding of a license; KeyError when it is not encoded."""
        if key in LISTS:
            raise KeyError(key)
        return self._files.value(License, f"licenses/{key}.yaml")

    def rule(self, name: str) -> Rule:
        """A rule by name; KeyError when there is none."""
        return self._files.value(Rule, f"rules/{name}.yaml")

    def definition(self, name: str) -> Definition:
        """A named condition; KeyError when there is none."""
        documents = self._files.lists(shapes.DefinitionsFile, DEFINITIONS)
        document = next((one for one in documents if name in one.data["definitions"]), None)
        if document is None:
            raise KeyError(name)
        return self._files.part(Definition, document.file, document.data["definitions"][name], f"definition {name}")

    def license_keys(self) -> tuple[str, ...]:
        """Keys of every encoded license and policy, sorted."""
        return tuple(key for key in self._names_in("licenses") if key not in LISTS)

    def rule_names(self) -> tuple[str, ...]:
        """Names of every rule, sorted."""
        return tuple(name for name in self._names_in("rules") if name != "definitions")

    def house_policies(self) -> tuple[str, ...]:
        """Keys of the organization's own policies that hold for every model, sorted."""
        return self.own.house

    def publishers(self) -> tuple[str, ...]:
        """Every publisher of models, sorted."""
        return self._models.publishers()

    def publisher(self, name: str) -> str | None:
        """The publisher that a name, or a Hub organization of theirs, stands for; None when nobody knows it."""
        return self._models.publisher(name) or self._models.publisher_at(name)

    def model(self, model_id: str) -> CatalogModel | None:
        """A model by its exact id, capitals aside."""
        return self._models.model(model_id)

    def models(self) -> tuple[CatalogModel, ...]:
        """Every model, sorted by id."""
        return tuple(sorted(self._models.all(), key=lambda model: model.id.lower()))

    def wholes_of(self, policy: str) -> tuple[str, ...]:
        """Keys of the licenses that make a policy part of themselves, sorted; none where it stands for itself."""
        return tuple(name.key for name in self.known() if any(part.key == policy for part in name.incorporates))

    def multimodal_under(self, license_key: str) -> frozenset[bool | None]:
        """What is known of the models that came under a license: whether each handles more than text."""
        return self._multimodal.get(license_key, frozenset())

    @cached_property
    def _multimodal(self) -> dict[str, frozenset[bool | None]]:
        found: dict[str, set[bool | None]] = {}
        for model in self._models.all():
            for window in model.windows:
                found.setdefault(window.license, set()).add(model.multimodal)
        return {key: frozenset(said) for key, said in found.items()}

    def publisher_of(self, model_id: str) -> str | None:
        """The publisher whose Hub organization a model id names; None when nobody knows the organization."""
        organization, slash, _ = model_id.partition("/")
        return self._models.publisher_at(organization) if slash else None

    def dataset(self, name: str) -> KnownData | None:
        """A data set by Hub id or name, capitals aside; hyphens, underscores and spaces of a name are alike."""
        return self._data.get(self._data_names.get(families.data_key(name), ""))

    def datasets(self) -> tuple[KnownData, ...]:
        """Every data set, sorted by id."""
        return tuple(sorted(self._data.all(), key=lambda data: data.id.lower()))

    def provider(self, name: str) -> Provider | None:
        """A provider of hosted models by name; capitals, and which of hyphen, dot or space is written, aside."""
        return self._providers.get(families.folded(name))

    def providers(self) -> tuple[Provider, ...]:
        """Every provider, sorted by name."""
        return tuple(sorted(set(self._providers.values()), key=lambda provider: provider.name))

    def family(self, model_id: str) -> Family | None:
        """The family that a model's name points to. A guess, and no evidence of terms."""
        return families.family_of(model_id, self._patterns)

    def openness(self, key: str) -> Openness | None:
        """How open a license is; None for a policy, or when nobody knows the key."""
        known = self._known.get(key)
        return known.openness if known else None

    def named(self, name: str) -> KnownName | AmbiguousName | None:
        """What a license name means: key, alias or Hub tag; None when nobody knows it."""
        meaning = self._names.get(name.strip().lower())
        return self._known.get(meaning) if isinstance(meaning, str) else meaning

    def known(self) -> tuple[KnownName, ...]:
        """Every license and policy that has an identity record, sorted by key."""
        return tuple(sorted(self._known.all(), key=lambda name: name.key))

    def ambiguous(self) -> dict[str, AmbiguousName]:
        """Every name that may mean several texts, lower case."""
        return {name: meaning for name, meaning in self._names.items() if isinstance(meaning, AmbiguousName)}

    def names_nothing(self, name: str) -> bool:
        """Whether a tag such as `unknown` says that no license is named."""
        return name.strip().lower() in self._nothing

    def title(self, key: str) -> str:
        """The title of a license, or its key when nobody wrote a title down."""
        known = self.named(key)
        return known.title if isinstance(known, KnownName) else key

    def encoding(self, key: str) -> Encoding | None:
        """Who encoded a license, when, and a digest of what came of it; None when it is not encoded."""
        import json  # noqa: PLC0415  # only reports ask for it
        from hashlib import sha256  # noqa: PLC0415  # the same

        try:
            found = self.license(key)
        except KeyError:
            return None
        names = [f"rules/{name}.yaml" for name in sorted({clause.rule for clause in found.clauses})]
        parts = [self._files.document(name).data for name in (f"licenses/{key}.yaml", *names)]
        parts += [one.data for one in self._files.lists(shapes.DefinitionsFile, DEFINITIONS)]
        return Encoding(
            key=key,
            title=found.title,
            publisher=found.publisher,
            spdx=found.spdx,
            version=found.version,
            date=str(found.date or ""),
            by=found.reviewed.by,
            on=str(found.reviewed.on),
            confidence=found.reviewed.confidence,
            sections=len(found.sections),
            clauses=len(found.clauses),
            partial=found.coverage == "key-clauses",
            unheld=tuple(part.key for part in found.incorporates if not part.held),
            sha256=sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest(),
        )

    def load_all(self) -> list[Problem]:
        """Read everything, whether asked for or not, and give back every problem found."""
        shown, files = str(self.folder), self._files
        problems = [] if self.rule_names() else [Problem(shown, 0, 0, "holds no rules/*.yaml")]
        problems += [] if self.license_keys() else [Problem(shown, 0, 0, "holds no licenses/*.yaml")]
        read: list[tuple[Callable[[str], object], tuple[str, ...]]] = [
            (self.rule, self.rule_names()),
            (self.license, self.license_keys()),
            (partial(files.shaped, shapes.DefinitionsFile), (DEFINITIONS,)),
            (partial(files.shaped, shapes.NamesFile), (NAMES,)),
            (partial(files.shaped, shapes.PublisherFile), files.listed("licenses/models")),
            (self.records, tuple(LISTED)),
        ]
        for reader, names in read:
            for name in names:
                try:
                    reader(name)
                except AuditError as error:
                    problems += error.problems
        return problems or self.unknown_terms()

    def unknown_terms(self) -> list[Problem]:
        """Licenses that models are said to come under and that names.yaml does not know."""
        return [
            document.problem(("models", model, "terms", number, "license"), f"nobody knows a license {license_!r}")
            for document in self._models.documents()
            for model, entry in document.data["models"].items()
            for number, license_ in enumerate(term["license"] for term in entry["terms"])
            if not isinstance(self.named(license_), KnownName)
        ]

    def records(self, name: str) -> dict[str, dict[str, Any]]:
        """The records of `data`, `families` or `providers` as they are written; none when that list is absent."""
        file = f"licenses/{name}.yaml"
        documents = self._files.lists(LISTED[name], file) if self._files.holds(file) else ()
        return {key: record for document in documents for key, record in document.data[name].items()}

    def spellings(self) -> Iterable[tuple[str, str, tuple[str | int, ...]]]:
        """What the list of names calls texts: each name, what it stands for, and its place in the list."""
        for data in self._written:
            for key, entry in data["known"].items():
                yield key, key, ("known", key)
                yield entry["spdx"], key, ("known", key, "spdx")
                for number, alias in enumerate(entry.get("aliases") or ()):
                    yield alias, key, ("known", key, "aliases", number)
            for name, entry in (data.get("ambiguous") or {}).items():
                yield name, ", ".join(entry["keys"]), ("ambiguous", name)

    def organizations(self) -> tuple[tuple[str, str], ...]:
        """Each publisher's file with each Hub organization that it names."""
        return self._models.organizations()

    def place(self, key: str, path: tuple[str | int, ...], message: str) -> Problem:
        """A problem at a value of a license file, or of a list such as `names`."""
        return self._files.problem(f"licenses/{key}.yaml", path, message)

    def place_in_rule(self, name: str, path: tuple[str | int, ...], message: str) -> Problem:
        """A problem at a value of a rule's file."""
        return self._files.problem(f"rules/{name}.yaml", path, message)

    def _names_in(self, folder: str) -> tuple[str, ...]:
        return tuple(name.removeprefix(f"{folder}/").removesuffix(".yaml") for name in self._files.listed(folder))

    @cached_property
    def _written(self) -> list[dict[str, Any]]:
        """What the lists of names say."""
        return [document.data for document in self._files.lists(shapes.NamesFile, NAMES)]

    @cached_property
    def _known(self) -> OnDemand[KnownName]:
        encoded = set(self.license_keys())

        def known(key: str, entry: dict[str, Any] | None) -> KnownName:
            if entry is None:
                return shapes.name_of(self.license(key))
            return shapes.known_name(key, entry, encoded=key in encoded)

        records = {key: (key, entry) for data in self._written for key, entry in data["known"].items()}
        return OnDemand(known, {key: (key, None) for key in self.own.keys} | records)

    @cached_property
    def _names(self) -> dict[str, str | AmbiguousName]:
        """What each name means: a key, or several."""
        found: dict[str, str | AmbiguousName] = {
            name.lower(): key
            for key in self.own.keys
            for name in (key, self.license(key).spdx, *self.license(key).aliases)
        }
        for data in self._written:
            for name, entry in (data.get("ambiguous") or {}).items():
                found[name.lower()] = AmbiguousName(tuple(entry["keys"]), entry["decided_by"])
            for key, entry in data["known"].items():
                found |= {name.lower(): key for name in (key, entry["spdx"], *(entry.get("aliases") or ()))}
        return found

    @cached_property
    def _nothing(self) -> frozenset[str]:
        return frozenset(name.lower() for data in self._written for name in data.get("nothing") or ())

    @cached_property
    def _models(self) -> Models:
        return Models(self._files)

    @cached_property
    def _data(self) -> OnDemand[KnownData]:
        return OnDemand(
            shapes.known_data, {data_id: (data_id, entry) for data_id, entry in self.records("data").items()}
        )

    @cached_property
    def _data_names(self) -> dict[str, str]:
        records = self.records("data").items()
        named = ((name, data_id) for data_id, entry in records for name in (data_id, *(entry.get("aliases") or ())))
        return {families.data_key(name): data_id for name, data_id in named}

    @cached_property
    def _providers(self) -> dict[str, Provider]:
        found: dict[str, Provider] = {}
        for name, entry in self.records("providers").items():
            known = shapes.provider(name, entry)
            found |= {families.folded(alias): known for alias in (name, *(entry.get("aliases") or ()))}
        return found

    @cached_property
    def _patterns(self) -> families.Patterns:
        return families.Patterns(self.records("families"))
