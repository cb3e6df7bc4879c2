"""Which licenses the texts beside a model are, and on which lines each clause stands."""

from collections.abc import Iterable, Iterator, Mapping

from license_audit.engine.identify import Match, identify
from license_audit.engine.identify.compare import Change
from license_audit.engine.identify.index import Index
from license_audit.engine.identify.passages import MAX_QUOTE, passage
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import FoundText, Passage, TextChange

NEARLY_WHOLE = 0.9
"""Part of a text that a card must hold for the card to count as a copy of it; cards quote parts of many."""


def recognize(texts: Mapping[str, str], catalog: Catalog, index: Index) -> tuple[FoundText, ...]:
    """What the texts of a model's files are, in the order of files and lines."""
    return tuple(found for file, text in texts.items() for found in _in_file(file, text, catalog, index))


def _in_file(file: str, text: str, catalog: Catalog, index: Index) -> Iterator[FoundText]:
    identification = identify(text, index)
    terms = not file.lower().endswith("/readme.md")
    for match in identification.matches:
        if terms or match.similarity >= NEARLY_WHOLE:
            yield _found(file, match, catalog)
    if identification.is_cut:
        yield FoundText(file=file, status="unknown", lines=(1, text.count("\n") + 1))
    if terms and not identification.matches:
        near = identification.nearest
        yield FoundText(
            file=file,
            status="unknown",
            similarity=near.share if near else 0.0,
            nearest=near.key if near else "",
            lines=(1, text.count("\n") + 1),
        )


def _found(file: str, match: Match, catalog: Catalog) -> FoundText:
    passages, lost = _passages(match, catalog)
    return FoundText(
        file=file,
        key=match.key,
        status=match.status,
        similarity=match.similarity,
        lines=match.lines,
        changes=tuple(_change(change, match) for change in match.changes),
        alike=match.alike,
        passages=passages,
        lost=lost,
    )


def _change(change: Change, match: Match) -> TextChange:
    quote = "" if change.kind == "removed" else match.words.quote(*change.lines)
    if len(quote) > MAX_QUOTE:
        quote = f"{quote[:MAX_QUOTE]} …"
    return TextChange(kind=change.kind, section=change.section, lines=change.lines, quote=quote)


def _passages(match: Match, catalog: Catalog) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
    """Where each clause of an encoded license stands, and the clauses that stand nowhere."""
    found: list[Passage] = []
    lost: list[str] = []
    for clause, anchor in _anchors(match.key, catalog):
        section = clause.partition("/")[2]
        place = passage(match, section, anchor)
        if place is None:
            lost.append(clause)
        else:
            found.append(Passage(clause=clause, lines=place.lines, quote=place.quote))
    return tuple(found), tuple(lost)


def _anchors(key: str, catalog: Catalog) -> Iterable[tuple[str, str]]:
    try:
        license_ = catalog.license(key)
    except KeyError:
        return ()
    return [(f"{key}/{clause.id}", clause.anchor) for clause in license_.clauses]
