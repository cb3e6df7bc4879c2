"""What a card's prose says against the license that is declared or found."""

from typing import NamedTuple, assert_never

from license_audit.model.catalog import AmbiguousName, Catalog, KnownName
from license_audit.model.evidence import Evidence, Statement
from license_audit.model.report import Finding
from license_audit.model.words import Openness

_AS_LIMITED: dict[str, tuple[Openness, ...]] = {
    "non-commercial": ("non-commercial", "research-only"),
    "research-only": ("research-only",),
}
_SAID = {
    "non-commercial": "that commercial use is not allowed",
    "research-only": "that it is for research only",
}


class Prose(NamedTuple):
    """What follows from the statements of a card."""

    findings: tuple[Finding, ...]
    is_unsure: bool
    """Whether the prose limits the model more than its license does; then nobody knows which of the two holds."""


def prose(evidence: Evidence, keys: tuple[str, ...], catalog: Catalog) -> Prose:
    """Contradictions between the statements about the model and the licenses that are concluded."""
    found: dict[str, tuple[Finding, bool]] = {}
    for statement in evidence.stated:
        if statement.about == "model" and keys:
            told = _contradiction(evidence.model, statement, keys, catalog)
            if told is not None:
                found.setdefault(told[0].message.partition(" (line ")[0], told)
    return Prose(tuple(finding for finding, _ in found.values()), any(limits for _, limits in found.values()))


def _contradiction(
    model: str, statement: Statement, keys: tuple[str, ...], catalog: Catalog
) -> tuple[Finding, bool] | None:
    """The finding, and whether the prose is the stricter side."""
    degrees = {catalog.openness(key) for key in keys}
    if statement.kind in _AS_LIMITED:
        if degrees.intersection(_AS_LIMITED[statement.kind]):
            return None
        return _differs(model, f"says {_SAID[statement.kind]}", statement, keys), True
    if statement.kind == "license":
        meaning = catalog.named(statement.license)
        names = _keys(meaning)
        if not names or not names.isdisjoint(keys):
            return None
        limits = not all(catalog.openness(name) in ("open", "permissive") for name in names)
        return _differs(model, f"names {' or '.join(sorted(names))}", statement, keys), limits
    return None


def _keys(meaning: KnownName | AmbiguousName | None) -> frozenset[str]:
    match meaning:
        case KnownName():
            return frozenset({meaning.key})
        case AmbiguousName():
            return frozenset(meaning.keys)
        case None:
            return frozenset()
        case _:
            assert_never(meaning)


def _differs(model: str, says: str, statement: Statement, keys: tuple[str, ...]) -> Finding:
    place = f"{statement.file or 'the card'} {says} (line {statement.line}: “{statement.quote}”)"
    text = f"{model}: {' or '.join(keys)} is declared or found, but {place}"
    return Finding(kind="declared-differs-from-prose", level="warning", message=text)
