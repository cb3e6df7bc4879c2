"""Checks of plain data: the types that JSON and YAML give, where no more than one meaning is possible.

Each check gives the value, or says that the data is not plain. It never says that data is wrong: whatever is not plain
is pydantic's to convert or to refuse. A check may only accept what pydantic makes the same value of.
"""

import re
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, NewType, Union, get_args, get_origin

from license_audit.model.marks import Before, Bounds, Joined, Spec

Check = Callable[[Any], Any]
SAFE = 2**53
"""Whole numbers up to it are the same as floating-point numbers."""


class NotPlainError(Exception):
    """Data that only pydantic can judge."""


class FieldPlan(NamedTuple):
    """How one field is read."""

    name: str
    key: str
    """Its name in data."""
    check: Check
    default: Any
    """`...` where there is none."""
    factory: Callable[[], Any] | None


def check_of(annotation: Any, module: str, *, exact: bool = False) -> Check:
    """The check for a type. `exact`: texts stay texts, as where one of several types is to be chosen."""
    if isinstance(annotation, str):
        return _named(annotation, module)
    if annotation in _EXACT:
        return _EXACT[annotation] if exact else _LAX.get(annotation, _EXACT[annotation])
    if isinstance(annotation, NewType):
        return check_of(annotation.__supertype__, module, exact=exact)
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return _literal(parts)
    if origin is Annotated:
        return _marked(check_of(parts[0], module, exact=exact), parts[1:])
    if origin in (Union, UnionType):
        return _union(parts, module, exact=exact)
    if origin is tuple:
        return _tuple(parts, module, exact=exact)
    if origin is dict:
        return _dict(*(check_of(part, module, exact=exact) for part in parts))
    read: Check = getattr(annotation, "read_plain", refuse)
    return read


def refuse(_: Any) -> Any:
    """The check of a type of which nothing is plain."""
    raise NotPlainError


def bounded(check: Check, bounds: Bounds | None) -> Check:
    """The check with bounds."""
    return check if bounds is None else _marked(check, (bounds,))


def _named(name: str, module: str) -> Check:
    """A type that is defined further down, looked up when it is first needed."""
    known: list[Check] = []

    def check(value: Any) -> Any:
        if not known:
            known.append(check_of(vars(sys.modules[module])[name], module))
        return known[0](value)

    return check


def _of(kind: type) -> Check:
    def check(value: Any) -> Any:
        if type(value) is kind:
            return value
        raise NotPlainError

    return check


def _any(value: Any) -> Any:
    return value


def _float(value: Any) -> Any:
    if type(value) is float:
        return value
    if type(value) is int and -SAFE < value < SAFE:
        return float(value)
    raise NotPlainError


def _decimal(value: Any) -> Any:
    if type(value) is Decimal and value.is_finite():
        return value
    raise NotPlainError


def _decimal_or_text(value: Any) -> Any:
    is_text = type(value) is str and value.isascii() and value[:1].isdigit() and value[-1].isdigit()
    # Between the digits a dot at most, and underscores, which say nothing.
    if is_text and value.replace("_", "").replace(".", "", 1).isdigit():
        return Decimal(value)
    return _decimal(value)


def _date_or_text(value: Any) -> Any:
    if type(value) is date:
        return value
    if type(value) is str and len(value) == len("YYYY-MM-DD") and value[4] == value[7] == "-":
        return _tried(date.fromisoformat, value)
    raise NotPlainError


def _tried(function: Check, value: Any) -> Any:
    try:
        return function(value)
    except ValueError:
        raise NotPlainError from None


_EXACT: dict[Any, Check] = {
    Any: _any,
    NoneType: _of(NoneType),
    bool: _of(bool),
    date: _of(date),
    Decimal: _decimal,
    float: _of(float),
    int: _of(int),
    object: _any,
    str: _of(str),
}
_LAX: dict[Any, Check] = {date: _date_or_text, Decimal: _decimal_or_text, float: _float}


def _literal(words: Iterable[Any]) -> Check:
    known = frozenset(words)

    def check(value: Any) -> Any:
        if type(value) is str and value in known:
            return value
        raise NotPlainError

    return check


def _marked(check: Check, marks: Iterable[Any]) -> Check:
    """The check within the marks of an annotation, the first of them innermost."""
    for mark in marks:
        if isinstance(mark, Before):
            check = _before(mark.function, check)
        elif isinstance(mark, Joined):
            check = _before(mark.split, check)
        elif isinstance(mark, Bounds):
            check = _bounded(mark, check)
        else:
            return refuse
    return check


def _before(function: Check, inner: Check) -> Check:
    def check(value: Any) -> Any:
        return inner(_tried(function, value))

    return check


def _bounded(bounds: Bounds, inner: Check) -> Check:
    least = bounds.min_length or 0

    def check(value: Any) -> Any:
        found = inner(value)
        if found is not None and (len(found) < least or (type(found) is str and not _fits(found, bounds.pattern))):
            raise NotPlainError
        return found

    return check


def _fits(text: str, pattern: str | None) -> bool:
    """Whether a text matches. To pydantic a dollar is the end itself, and half of a pair of surrogates is no text."""
    if not text.isascii():
        try:
            text.encode()
        except UnicodeEncodeError:
            return False
    return pattern is None or (text[-1:] != "\n" and re.search(pattern, text) is not None)


def _union(parts: tuple[Any, ...], module: str, *, exact: bool) -> Check:
    arms = [part for part in parts if part is not NoneType]
    if len(arms) < len(parts) and len(arms) == 1:
        inner = check_of(arms[0], module, exact=exact)
        return lambda value: None if value is None else inner(value)
    checks = [(check_of(part, module, exact=True), getattr(part, "admits", _admits)) for part in parts]

    def check(value: Any) -> Any:
        found = []
        for one, admits in checks:
            try:
                if admits(value):
                    found.append(one(value))
            except NotPlainError:
                continue
        if len(found) == 1:
            return found[0]
        raise NotPlainError

    return check


def _admits(_: Any) -> bool:
    return True


def _tuple(parts: tuple[Any, ...], module: str, *, exact: bool) -> Check:
    if len(parts) == 2 and parts[1] is ...:  # noqa: PLR2004  # a type and the dots
        each = check_of(parts[0], module, exact=exact)

        def check(value: Any) -> Any:
            if type(value) is list or type(value) is tuple:
                return tuple([each(item) for item in value])
            raise NotPlainError

        return check
    checks = [check_of(part, module, exact=exact) for part in parts]

    def check_each(value: Any) -> Any:
        if (type(value) is list or type(value) is tuple) and len(value) == len(checks):
            return tuple([one(item) for one, item in zip(checks, value, strict=True)])
        raise NotPlainError

    return check_each


def _dict(key: Check, each: Check) -> Check:
    def check(value: Any) -> Any:
        if type(value) is dict:
            return {key(name): each(item) for name, item in value.items()}
        raise NotPlainError

    return check


def plan_of(specs: Mapping[str, Spec], module: Mapping[str, str]) -> tuple[FieldPlan, ...]:
    """How the fields of a class are read. `module`: where each was written."""
    return tuple(
        FieldPlan(
            name,
            spec.alias or name,
            bounded(check_of(spec.annotation, module[name]), spec.bounds),
            spec.default,
            spec.default_factory,
        )
        for name, spec in specs.items()
    )


def filled(plan: tuple[FieldPlan, ...], data: dict[str, Any]) -> dict[str, Any]:
    """The fields of a value. NotPlainError where one is missing, unknown or not plain."""
    found, used = {}, 0
    for name, key, check, default, factory in plan:
        if key in data:
            used += 1
            found[name] = check(data[key])
        elif factory is not None:
            found[name] = factory()
        elif default is ...:
            raise NotPlainError
        else:
            found[name] = default
    if used != len(data):
        raise NotPlainError
    return found
