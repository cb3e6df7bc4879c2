"""Answers laid over a profile that people wrote, as a JSON merge patch (RFC 7396): comments and all else stay."""

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, NoReturn, TypeGuard

from license_audit.errors import AuditError, Problem
from license_audit.model.profile import Profile
from license_audit.readers.files import MAX_BYTES, decode, read_bytes
from license_audit.readers.strict_yaml import MAX_DEPTH, Document, Path, load, validate
from license_audit.readers.yaml_edit import Change, Data, changed, written
from license_audit.readers.yaml_places import CommentError, UnsafeError

BOM = "\ufeff"
_GROUPED = 10_000
"""Figures from here on are written with their thousands marked."""
_FIGURE_KEY = re.compile(r"at_most|at_least|\d{4}(-\d{2})?")
"""Keys whose values are figures, in which an underscore means nothing."""


def read_whole(path: FilePath) -> str:
    """The text of a profile with its byte order mark and line ends. AuditError where it cannot be read."""
    raw = read_bytes(path, str(path), MAX_BYTES)
    text = decode(raw, str(path))
    return BOM + text if raw.startswith(BOM.encode()) else text


def read_patch(text: str, file: str) -> dict[str, Any]:
    """A JSON merge patch from its text. AuditError with the place of what is wrong."""

    def constant(name: str) -> NoReturn:
        raise ValueError(f"{name} is no number")

    try:
        found = json.loads(text, object_pairs_hook=_unique, parse_float=Decimal, parse_constant=constant)
    except json.JSONDecodeError as error:
        raise AuditError([Problem(file, error.lineno, error.colno, f"is no JSON: {error.msg.lower()}")]) from None
    except ValueError as error:
        raise AuditError([Problem(file, 0, 0, str(error))]) from None
    except RecursionError:
        raise AuditError([Problem(file, 0, 0, "is nested too deeply")]) from None
    if not isinstance(found, dict):
        text = "expected a JSON object: a merge patch of the profile, such as an exported what-if"
        raise AuditError([Problem(file, 1, 1, text)])
    if _depth(found) > MAX_DEPTH:
        raise AuditError([Problem(file, 0, 0, f"is nested more than {MAX_DEPTH} levels deep")])
    return found


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return found


def _depth(value: object) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        part, depth = waiting.pop()
        deepest = max(deepest, depth)
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting += [(one, depth + 1) for one in inner]
    return deepest


def with_patch(text: str, file: str, patch: Mapping[str, Any]) -> str:
    """The text of a profile with a merge patch laid over it: null removes, mappings merge, all else replaces.

    Lines that the patch is not about stay byte for byte. AuditError when the text or the result is no profile, or when
    it is written in a way that nothing can be changed in it safely.
    """
    mark, body = (BOM, text[1:]) if text.startswith(BOM) else ("", text)
    before = load(body, file)
    given = as_written(patch)
    if before.data is None:
        given = {"schema": "1", **given}
    elif not isinstance(before.data, dict):
        raise AuditError([before.problem((), "expected a mapping of keys to values")])
    data = before.data or {}
    wanted = merged(data, given)
    try:
        after = _edited(body, file, list(_changes((), data, wanted)), wanted)
    except UnsafeError as error:
        why = "is written in a way that this cannot be changed in it safely"
        if isinstance(error, CommentError):
            why = "has comments that would be lost, or would say something wrong, if this were changed in it"
        raise AuditError([Problem(file, 0, 0, f"{why}; change it by hand: {written(given)}")]) from None
    try:
        validate(Profile, after[1])
    except AuditError as error:
        told_after = [one._replace(message=f"{one.message} (as it would be written)") for one in error.problems]
        raise AuditError(told_after) from None
    return mark + after[0]


def _edited(text: str, file: str, changes: list[Change], wanted: Data) -> tuple[str, Document]:
    """The text with every change, read back. UnsafeError where they cannot be made, or do not give what is wanted."""
    refused: AuditError | None = None
    try:
        for change in changes:
            text = changed(text, change)
        found = load(text, file)
    except AuditError as error:
        refused = error
    if refused is None and _same(found.data, wanted):
        return text, found
    if refused is not None and any("control character" in one.message for one in refused.problems):
        raise AuditError([Problem(file, 0, 0, "a control character is not allowed in a value or a key")])
    raise UnsafeError


def as_written(value: Any, key: str = "") -> Data:
    """JSON data as the strict reader would see it in a file: texts, None, lists and mappings."""
    if isinstance(value, Mapping):
        return {str(name): as_written(part, str(name)) for name, part in value.items()}
    if isinstance(value, list):
        return [as_written(part) for part in value]
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    is_long = isinstance(value, int) and value >= _GROUPED and _FIGURE_KEY.fullmatch(key)
    return f"{value:_}" if is_long else str(value)


def merged(data: Data, patch: Data) -> Data:
    """What RFC 7396 makes of data and a patch. Neither is changed."""
    if not isinstance(patch, dict):
        return patch
    found = dict(data) if isinstance(data, dict) else {}
    for key, value in patch.items():
        if value is None:
            found.pop(key, None)
        else:
            found[key] = merged(found.get(key), value)
    return found


def _is_list(value: Data) -> TypeGuard[dict[str, Data]]:
    """Whether a mapping stands for a list: its items, and whether there may be more."""
    return isinstance(value, dict) and isinstance(value.get("items"), list) and value.keys() <= {"items", "open"}


def _plain(value: Data) -> Data:
    """A list in its short form, where it is said to be complete."""
    return value["items"] if _is_list(value) and value.get("open", "false") == "false" else value


def _same(one: Data, other: Data, key: str = "") -> bool:
    """Whether two values say the same; figures may be written with underscores, complete lists as mappings."""
    one, other = _plain(one), _plain(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(part, other[name], name) for name, part in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(_same(*pair) for pair in zip(one, other, strict=True))
    if isinstance(one, str) and isinstance(other, str) and _FIGURE_KEY.fullmatch(key):
        return one.replace("_", "") == other.replace("_", "")
    return bool(one == other)


def _changes(path: Path, old: Data, new: Data) -> Iterator[Change]:
    """What has to change, so that changes can be made one after the other."""
    if _same(old, new, str(path[-1]) if path else ""):
        return
    new = _plain(new) if isinstance(old, list) else new
    if isinstance(old, dict) and isinstance(new, dict) and (new.keys() & old.keys() or not old or not path):
        yield from (Change("remove", (*path, key)) for key in old if key not in new)
        for key, value in new.items():
            if key in old:
                yield from _changes((*path, key), old[key], value)
            else:
                yield Change("add", (*path, key), value)
    elif isinstance(old, list) and isinstance(new, list) and old and new:
        yield from _of_lists(path, old, new)
    elif _is_list(old) and isinstance(new, list):
        yield from _changes((*path, "items"), old["items"], new)
        if "open" in old:
            yield from _changes((*path, "open"), old["open"], "false")
    elif isinstance(old, list) and _is_list(new):
        yield Change("wrap", path)
        yield from _changes(path, {"items": old}, new)
    else:
        yield Change("set", path, new)


def _of_lists(path: Path, old: list[Data], new: list[Data]) -> Iterator[Change]:
    """Items that go and come, where the others keep their order; items that changed, where as many are left."""
    kept: list[int] = []
    by_place = len(new) >= len(old) and all(isinstance(item, dict) for item in (*old, *new))
    for item in () if by_place else new:
        place = next((at for at in range(kept[-1] + 1 if kept else 0, len(old)) if _same(old[at], item)), None)
        if place is None:
            break
        kept.append(place)
    if kept:
        yield from (Change("remove", (*path, at)) for at in reversed(range(len(old))) if at not in kept)
        for number, item in enumerate(new[len(kept) :], start=len(kept)):
            yield Change("add", (*path, number), item)
    elif len(new) >= len(old):
        for number, item in enumerate(new):
            if number < len(old):
                yield from _changes((*path, number), old[number], item)
            else:
                yield Change("add", (*path, number), item)
    else:
        yield Change("set", path, new)
