"""Two profiles, fact by fact."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from license_audit.compare_words import listed
from license_audit.engine.sentences import number
from license_audit.model.comparison import Row
from license_audit.model.facts import Amount, Items
from license_audit.model.profile import Profile
from license_audit.model.value import Value

VERSION = "schema_version"
"""The one field that declares nothing."""
Path = tuple[str, ...]
"""Names from the profile down to a fact. A name may hold dots, so paths are joined only to be shown."""
_PLAIN = re.compile(r"[\w./:+@-]+")
"""What is one word wherever it stands; any other text is quoted among other words."""
_NONE = "none"


class Fact(NamedTuple):
    """A declared value, and how it is told."""

    value: Any
    """As the profile holds it, by which facts are compared; a list as its entries."""
    words: str | tuple[str, ...]
    """A list as its entries."""


def changed_facts(a: Profile, b: Profile) -> dict[Path, Row]:
    """Every declared fact that differs, by its path in the profile. A use that only one side has is one fact."""
    first, second = (dict(declared(profile)) for profile in (a, b))
    alone = {("uses", name) for name in {*a.uses, *b.uses} if (name in a.uses) != (name in b.uses)}
    found: dict[Path, Row] = {}
    for path in dict.fromkeys((*first, *second)):
        one, other = first.get(path), second.get(path)
        if path[:2] not in alone and not _is_same(one, other):
            found[path] = _row(path, one, other)
    for path in sorted(alone):
        a_has, b_has = ("declared" if path[1] in profile.uses else None for profile in (a, b))
        found[path] = Row(what=shown(path), a=a_has, b=b_has)
    return found


def declared(profile: Profile) -> Iterable[tuple[Path, Fact]]:
    """Path and value of everything that a profile declares; what is as it is by default is left out."""
    return _facts((), profile)


def shown(path: Path) -> str:
    """A path as it is printed."""
    return ".".join(path)


def _is_same(a: Fact | None, b: Fact | None) -> bool:
    """Whether two values are the same; the order of a list says nothing."""
    if a is None or b is None:
        return a is b
    if not isinstance(a.value, tuple) or not isinstance(b.value, tuple):
        return bool(a.value == b.value)
    return all(one in b.value for one in a.value) and all(one in a.value for one in b.value)


def _row(path: Path, a: Fact | None, b: Fact | None) -> Row:
    first, second = (None if one is None else one.words for one in (a, b))
    if isinstance(first, tuple) or isinstance(second, tuple):
        return listed(shown(path), *((one,) if isinstance(one, str) else one for one in (first, second)))
    return Row(what=shown(path), a=first, b=second)


def _facts(path: Path, value: Any) -> Iterable[tuple[Path, Fact]]:
    match value:
        case Amount():
            yield from _amount(path, value)
        case Items():
            others = ("and perhaps others",) if value.open else ()
            yield path, Fact((*value.items, *others), (*map(_entry, value.items), *others))
        case Value():
            for name, spec in type(value).model_fields.items():
                inner = getattr(value, name)
                if inner != spec.default and name != VERSION:
                    yield from _facts((*path, name), inner)
        case Mapping():
            for key, inner in value.items():
                yield from _facts((*path, key), inner)
        case tuple():
            yield path, Fact(value, tuple(map(_entry, value)))
        case _:
            yield path, Fact(value, _words(value))


def _amount(path: Path, amount: Amount) -> Iterable[tuple[Path, Fact]]:
    unit = f" {amount.currency}" if amount.currency else ""
    if amount == type(amount)(currency=amount.currency):
        yield path, Fact([amount.currency], f"no figure{unit}")
    for name, figure in (*amount.figures, ("at_least", amount.at_least), ("at_most", amount.at_most)):
        if figure is not None:
            # No tuple: this is one value, and no list.
            yield (*path, name), Fact([figure, amount.currency], f"{number(figure)}{unit}")


def _words(value: Any) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return number(value)
        case date():
            return value.isoformat()
        case Value():
            return ", ".join(f"{shown(path)} {_flat(fact.words)}" for path, fact in _facts((), value))
        case _:
            text = str(value)
            return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _entry(value: Any) -> str:
    """An entry of a list, which is told apart from a list without entries."""
    return json.dumps(value) if value == _NONE else _words(value)


def _flat(words: str | tuple[str, ...]) -> str:
    return words if isinstance(words, str) else " and ".join(words) or _NONE
