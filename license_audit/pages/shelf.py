"""The catalog as pages ask it: what belongs to what, worked out once."""

from collections.abc import Iterable
from functools import cached_property

from license_audit.compare_licenses import compare_licenses
from license_audit.engine.binder import Binder
from license_audit.engine.binding import BoundClause, BoundLicense
from license_audit.model.catalog import CatalogModel, KnownData, KnownName, Window
from license_audit.model.comparison import Comparison
from license_audit.model.page import Code, Link, Words
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.catalog_shapes import name_of


def license_path(key: str) -> str:
    """Path of the page about a license."""
    return f"licenses/{key}.md"


def rule_path(name: str) -> str:
    """Path of the page about a rule."""
    return f"rules/{name}.md"


def family_path(root: str) -> str:
    """Path of the page about all versions of a license, by the key of the first."""
    return f"families/{root}.md"


class Shelf:
    """What the catalog holds, with the ways back: from a rule to its clauses, from a license to its models."""

    def __init__(self, catalog: PackagedCatalog) -> None:
        self.catalog = catalog
        self._binder = Binder(catalog)
        self._compared: dict[str, Comparison] = {}

    @cached_property
    def names(self) -> dict[str, KnownName]:
        """Every license and policy that gets a page, sorted by key."""
        found = {name.key: name for name in self.catalog.known()}
        for key in self.catalog.license_keys():
            if key not in found:
                found[key] = name_of(self.catalog.license(key))
        return dict(sorted(found.items()))

    def bound(self, key: str) -> BoundLicense | None:
        """The clauses of a license; None where they are not encoded."""
        return self._binder.bound(key) if key in self.names else None

    def state(self, key: str) -> str:
        """How far a text has been read."""
        bound = self.bound(key)
        if bound is None:
            return "clauses not encoded" if key in self.names else "text not held"
        return f"{counted(len(bound.clauses), 'clause')}{', key clauses only' if bound.is_partial else ''}"

    def link(self, key: str) -> Words:
        """The title of a license with its key, leading to its page; the words as they are where there is no page."""
        known = self.names.get(key)
        return (key,) if known is None else (Link(known.title, license_path(key), key=key),)

    def clause_link(self, bound: BoundClause) -> Link:
        """A clause by its section, leading to its place."""
        key = bound.id.removesuffix(f"/{bound.clause.id}")
        return Link(bound.clause.id, license_path(key), bound.clause.id)

    def sections(self, clauses: Iterable[BoundClause]) -> Words:
        """Clauses by their sections, each leading to its place, and each once."""
        return listed([(self.clause_link(bound),) for bound in clauses])

    @cached_property
    def users(self) -> dict[str, list[BoundClause]]:
        """The clauses of each rule, by license and in the order of its text."""
        found: dict[str, list[BoundClause]] = {}
        for key in self.names:
            bound = self.bound(key)
            for clause in bound.clauses if bound is not None else ():
                found.setdefault(clause.rule.rule, []).append(clause)
        return found

    def key_of(self, name: str) -> str:
        """The key that a name stands for; the name itself where it stands for none, or for several."""
        known = self.catalog.named(name)
        return known.key if isinstance(known, KnownName) else name

    @cached_property
    def models(self) -> dict[str, list[tuple[CatalogModel, Window]]]:
        """Each license with the models that came under it, and when."""
        found: dict[str, list[tuple[CatalogModel, Window]]] = {}
        for model in self.catalog.models():
            for window in model.windows:
                found.setdefault(self.key_of(window.license), []).append((model, window))
        return found

    @cached_property
    def data(self) -> dict[str, list[KnownData]]:
        """Each license, or the name of terms, with the data sets that come under it."""
        found: dict[str, list[KnownData]] = {}
        for data in self.catalog.datasets():
            if data.license is not None:
                found.setdefault(self.key_of(data.license), []).append(data)
        return found

    @cached_property
    def wholes(self) -> dict[str, list[str]]:
        """Each document with the licenses that make it part of themselves."""
        found: dict[str, list[str]] = {}
        for key, name in self.names.items():
            for part in name.incorporates:
                found.setdefault(part.key, []).append(key)
        return found

    @cached_property
    def successors(self) -> dict[str, list[str]]:
        """Each license with those that replaced it."""
        found: dict[str, list[str]] = {}
        for key, name in self.names.items():
            if name.supersedes and self.is_known(name.supersedes):
                found.setdefault(name.supersedes, []).append(key)
        return found

    @cached_property
    def families(self) -> dict[str, tuple[str, ...]]:
        """Each license that replaced none that is known, with all that came after it, oldest first."""
        return {
            key: tuple(found)
            for key, name in self.names.items()
            if not (name.supersedes and self.is_known(name.supersedes)) and len(found := [key, *self._after(key)]) > 1
        }

    @cached_property
    def family_of(self) -> dict[str, str]:
        """Each license of a family with the key of the first."""
        return {key: root for root, members in self.families.items() for key in members}

    def is_known(self, key: str) -> bool:
        """Whether there is an identity record of a license, without which it is not compared."""
        return isinstance(self.catalog.named(key), KnownName)

    def changes(self, key: str, before: str) -> Comparison:
        """A license compared with the one that it replaced."""
        if key not in self._compared:
            self._compared[key] = compare_licenses(before, key, self.catalog)
        return self._compared[key]

    def family_title(self, root: str) -> str:
        """What the versions that begin with a license are called together."""
        return f"{len(self.families[root])} versions from {root} to {self.families[root][-1]}"

    def _after(self, key: str) -> Iterable[str]:
        for successor in self.successors.get(key, ()):
            yield successor
            yield from self._after(successor)


def counted(number: int, what: str) -> str:
    """A number of things."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def listed(parts: Iterable[Words]) -> Words:
    """Parts with commas between them, each once."""
    found: list[str | Link | Code] = []
    for part in dict.fromkeys(parts):
        found += [", ", *part] if found else part
    return tuple(found)


def codes(names: Iterable[str], between: str = ", ") -> Words:
    """Names that are written exactly so, with something between them."""
    found: list[str | Link | Code] = []
    for name in names:
        found += [between, Code(name)] if found else [Code(name)]
    return tuple(found)
