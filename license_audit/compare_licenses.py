"""Two licenses, or two versions of one, side by side."""

from collections.abc import Iterable

from license_audit import __version__
from license_audit.compare_clauses import Side, matters, pairs, side_of
from license_audit.compare_words import listed
from license_audit.engine.binder import Binder
from license_audit.errors import AuditError, Problem
from license_audit.model.catalog import AmbiguousName, Part
from license_audit.model.comparison import Comparison, Matter, Pair, Remark, Row
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import nearest

_KEY_CLAUSES = "only the key clauses of"


def license_key(name: str, catalog: PackagedCatalog) -> str | None:
    """The key that a name stands for; None when nobody knows it. AuditError, with the candidates, for several."""
    meaning = catalog.named(name)
    if isinstance(meaning, AmbiguousName):
        text = f"can mean {', '.join(meaning.keys)}; name one of them (the {meaning.decided_by} decides)"
        raise AuditError([Problem(name, 0, 0, text)])
    return None if meaning is None else meaning.key


def known_key(name: str, catalog: PackagedCatalog) -> str:
    """The key that a name stands for. AuditError when nobody knows it, or it can mean several."""
    key = license_key(name, catalog)
    if key is None:
        near = nearest(name, [known.key for known in catalog.known()])
        hint = f"; did you mean {near}?" if near else ""
        raise AuditError([Problem(name, 0, 0, f"no license is called that{hint}")])
    return key


def compare_licenses(a: str, b: str, catalog: PackagedCatalog) -> Comparison:
    """Two licenses by name. AuditError when a name stands for none, or for several."""
    first, second = known_key(a, catalog), known_key(b, catalog)
    binder = Binder(catalog)
    remarks = told_of_both([_unread(key, binder) for key in (first, second)])
    identity = tuple(_identity(first, second, catalog))
    known_a, known_b = (_side(key, binder) for key in (first, second))
    clauses: tuple[Pair, ...] = ()
    found: tuple[Matter, ...] = ()
    if known_a is not None and known_b is not None:
        clauses, found = pairs(known_a, known_b, catalog), matters(known_a, known_b)
    return Comparison(
        tool_version=__version__,
        on=None,
        kind="licenses",
        a=catalog.title(first),
        b=catalog.title(second),
        differs=any(row.differs for row in identity) or any(pair.state != "same" for pair in clauses),
        is_complete=not remarks,
        identity=identity,
        clauses=clauses,
        matters=found,
        remarks=remarks,
    )


def told_of_both(sides: Iterable[Iterable[str]]) -> tuple[Remark, ...]:
    """What is to be said of A and of B, once where it is said of both."""
    first, second = (tuple(dict.fromkeys(texts)) for texts in sides)
    both = [Remark(side="both", text=text) for text in first if text in second]
    only_a = [Remark(side="a", text=text) for text in first if text not in second]
    only_b = [Remark(side="b", text=text) for text in second if text not in first]
    return (*both, *only_a, *only_b)


def unread_parts(key: str, binder: Binder) -> Iterable[str]:
    """What has not been read of an encoded license: the rest of its text, and policies that are part of it."""
    bound = binder.bound(key)
    if bound is not None and bound.is_partial:
        yield f"{_KEY_CLAUSES} {key} are encoded: what else it says is not compared"
    for part in bound.license.incorporates if bound is not None else ():
        policy, named = binder.bound(part.key), f"{part.key}, part of {key} by section {part.by},"
        if not part.held:
            yield f"{named} is not held: what it says is not compared"
        elif policy is None:
            yield f"{named} is not encoded: what it says is not compared"
        elif policy.is_partial:
            yield f"{_KEY_CLAUSES} {part.key}, part of {key}, are encoded: what else it says is not compared"


def _unread(key: str, binder: Binder) -> Iterable[str]:
    if binder.bound(key) is None:
        yield f"the clauses of {key} are not encoded: only what the texts are is compared, and no clause"
    yield from unread_parts(key, binder)


def _side(key: str, binder: Binder) -> Side | None:
    layer = binder.layer(key, guard=True, is_derivative=False)
    return None if layer is None else side_of([(layer.bound, layer.policies)])


def _identity(a: str, b: str, catalog: PackagedCatalog) -> Iterable[Row]:
    """What each text is, line by line."""
    first, second = (catalog.named(key) for key in (a, b))
    yield Row(what="key", a=a, b=b)
    for what, name in (
        ("title", "title"),
        ("kind", "kind"),
        ("publisher", "publisher"),
        ("SPDX id", "spdx"),
        ("version", "version"),
        ("date printed", "date"),
        ("published", "published"),
        ("language", "language"),
        ("openness", "openness"),
        ("replaces", "supersedes"),
    ):
        yield Row(what=what, a=getattr(first, name, None) or None, b=getattr(second, name, None) or None)
    yield listed("part of it", *(_parts(key, catalog) for key in (a, b)))
    if a in catalog.license_keys() and b in catalog.license_keys():
        yield listed("derivatives are made by", *(catalog.license(key).derivatives for key in (a, b)))


def _parts(key: str, catalog: PackagedCatalog) -> tuple[str, ...]:
    parts: tuple[Part, ...] = getattr(catalog.named(key), "incorporates", ())
    return tuple(f"{catalog.title(part.key)} ({part.key})" for part in parts)
