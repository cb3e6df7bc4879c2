"""What must hold of the names of texts: a name stands for one text, and a text replaces an earlier one."""

from collections.abc import Iterable

from license_audit.errors import Problem
from license_audit.model.catalog import CatalogModel, KnownName
from license_audit.readers.catalog import PackagedCatalog

NAMED = 5
"""Models that a warning names."""


def lint_names(catalog: PackagedCatalog) -> list[Problem]:
    """Names that are declared twice, and texts that cannot have replaced what they are said to replace."""
    return [*_repeated(catalog), *_encoded(catalog), *_order(catalog)]


def superseded(catalog: PackagedCatalog) -> list[Problem]:
    """Models that came under a text after a later one had replaced it, unless a parent came under it before."""
    known = {name.key: name for name in catalog.known()}
    later = {name.supersedes: name for name in known.values() if name.supersedes}
    late: dict[str, list[str]] = {}
    for model in catalog.models():
        key = model.windows[-1].license
        if key in later and _is_late(model, later[key]) and not _inherits(model, key, catalog):
            late.setdefault(key, []).append(model.id)
    return sorted(
        catalog.place(
            "names", ("known", key), f"{later[key].key} replaced {key}, and models still came under it: {_told(ids)}"
        )
        for key, ids in late.items()
    )


def _told(ids: list[str]) -> str:
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return f"{', '.join(ids[:NAMED])}{more}"


def _is_late(model: CatalogModel, later: KnownName) -> bool:
    since, printed = model.windows[-1].since, later.date or later.published
    if model.windows[-1].until is not None or since is None or not printed:
        return False
    exact = min(len(since), len(printed))
    return since[:exact] > printed[:exact]


def _inherits(model: CatalogModel, key: str, catalog: PackagedCatalog) -> bool:
    parents = (catalog.model(base) for base in model.base)
    return any(window.license == key for parent in parents if parent is not None for window in parent.windows)


def _repeated(catalog: PackagedCatalog) -> Iterable[Problem]:
    """A name counts once for its own text, whatever its capitals: as key, as SPDX id, and as alias."""
    owners: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    for name, key, path in catalog.spellings():
        spelled = name.strip().lower()
        first = owners.setdefault(spelled, key)
        is_alias = "aliases" in path
        if first != key and path[0] == "ambiguous":
            yield catalog.place("names", path, f"the name {name!r} stands for {first}, and is said to mean {key}")
        elif first != key:
            yield catalog.place("names", path, f"{key}: the name {name!r} stands for {first} as well")
        elif is_alias and (spelled, key) in seen:
            yield catalog.place("names", path, f"{key}: the name {name!r} is declared twice")
        if catalog.names_nothing(name):
            yield catalog.place("names", path, f"{key}: the name {name!r} names no license, as `nothing` says")
        seen |= {(spelled, key)} if is_alias else set()


def _encoded(catalog: PackagedCatalog) -> Iterable[Problem]:
    """Names that an encoding declares, and that mean another text, or several."""
    for key in catalog.license_keys():
        for number, alias in enumerate(catalog.license(key).aliases):
            meaning = catalog.named(alias)
            if isinstance(meaning, KnownName) and meaning.key != key:
                yield catalog.place(key, ("aliases", number), f"the name {alias!r} stands for {meaning.key}")
            elif meaning is not None and not isinstance(meaning, KnownName):
                text = f"the name {alias!r} can mean {', '.join(meaning.keys)}"
                yield catalog.place(key, ("aliases", number), text)


def _order(catalog: PackagedCatalog) -> Iterable[Problem]:
    known = {name.key: name for name in catalog.known()}
    for name in known.values():
        path, earlier = ("known", name.key, "supersedes"), known.get(name.supersedes or "")
        seen = {name.key}
        while earlier is not None and earlier.key not in seen:
            seen.add(earlier.key)
            earlier = known.get(earlier.supersedes or "")
        if earlier is not None and earlier.key == name.key:
            yield catalog.place("names", path, f"{name.key} replaces itself: {', '.join(sorted(seen))}")
        first = known.get(name.supersedes or "")
        if first is not None and _precedes(name, first):
            yield catalog.place("names", path, f"{name.key} is older than {first.key}, which it is said to replace")


def _precedes(name: KnownName, other: KnownName) -> bool:
    one, two = (text.date or text.published or "" for text in (name, other))
    exact = min(len(one), len(two))
    return one[:exact] < two[:exact]
