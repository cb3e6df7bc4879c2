"""Two profiles, fact by fact."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from license_audit.compare_words import listed
from license_audit.engine.sentences import number
from license_audit.model.comparison import Row
from license_audit.model.facts import Amount, Items
from license_audit.model.profile import Profile
from license_audit.model.value import Value

VERSION = "schema_version"
"""The one field that declares nothing."""
Told = str | tuple[str, ...]
"""A value in words; a list as its entries."""


def changed_facts(a: Profile, b: Profile) -> dict[str, Row]:
    """Every declared fact that differs, by its path in the profile. A use that only one side has is one fact."""
    first, second = (dict(declared(profile)) for profile in (a, b))
    alone = {name for name in {*a.uses, *b.uses} if (name in a.uses) != (name in b.uses)}
    found = {}
    for path in dict.fromkeys((*first, *second)):
        root, _, rest = path.partition(".")
        if root == "uses" and any(rest.startswith(f"{name}.") for name in alone):
            continue
        row = _row(path, first.get(path), second.get(path))
        if row.differs:
            found[path] = row
    for name in sorted(alone):
        a_has, b_has = ("declared" if name in profile.uses else None for profile in (a, b))
        found[f"uses.{name}"] = Row(what=f"uses.{name}", a=a_has, b=b_has)
    return found


def declared(profile: Profile) -> Iterable[tuple[str, Told]]:
    """Path and value of everything that a profile declares; what is as it is by default is left out."""
    for path, told in _facts("", profile):
        yield path.removeprefix("."), told


def _row(path: str, a: Told | None, b: Told | None) -> Row:
    if isinstance(a, tuple) or isinstance(b, tuple):
        return listed(path, *((one,) if isinstance(one, str) else one for one in (a, b)))
    return Row(what=path, a=a, b=b)


def _facts(path: str, value: Any) -> Iterable[tuple[str, Told]]:
    match value:
        case Amount():
            yield from _amount(path, value)
        case Items():
            yield path, (*value.items, *(("and perhaps others",) if value.open else ()))
        case Value():
            for name, spec in type(value).model_fields.items():
                inner = getattr(value, name)
                if inner != spec.default and name != VERSION:
                    yield from _facts(f"{path}.{name}", inner)
        case Mapping():
            for key, inner in value.items():
                yield from _facts(f"{path}.{key}", inner)
        case tuple():
            yield path, tuple(_words(entry) for entry in value)
        case _:
            yield path, _words(value)


def _amount(path: str, amount: Amount) -> Iterable[tuple[str, Told]]:
    unit = f" {amount.currency}" if amount.currency else ""
    for period, figure in amount.figures:
        yield f"{path}.{period}", f"{number(figure)}{unit}"
    for name, bound in (("at_least", amount.at_least), ("at_most", amount.at_most)):
        if bound is not None:
            yield f"{path}.{name}", f"{number(bound)}{unit}"


def _words(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return number(value)
        case date():
            return value.isoformat()
        case Value():
            parts = (f"{path.removeprefix('.')} {_flat(told)}" for path, told in _facts("", value))
            return ", ".join(parts)
        case _:
            return str(value)


def _flat(told: Told) -> str:
    return told if isinstance(told, str) else " and ".join(told)
