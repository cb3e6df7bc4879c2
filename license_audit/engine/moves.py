"""What moved between two looks at a model: its texts, its label, its gate, its name, its parents."""

from collections.abc import Iterable, Iterator, Mapping

from license_audit.engine.identify.outline import differing
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import Move, Statement
from license_audit.model.lock import SAME_WEIGHTS, Block, LockedText

Texts = Mapping[str, LockedText]
NO_TEXT = LockedText()


def moves(name: str, old: Block, new: Block, texts: Texts, catalog: Catalog) -> tuple[Move, ...]:
    """What differs between what was locked and what is there now. `texts` holds the texts of both."""
    if new.unavailable:
        is_news = new.unavailable != old.unavailable
        return (Move(kind="gone", message=f"{name}: {new.unavailable}"),) if is_news else ()
    return tuple(_moves(name, old, new, texts, catalog))


def _moves(name: str, old: Block, new: Block, texts: Texts, catalog: Catalog) -> Iterator[Move]:
    if old.unavailable:
        yield Move(kind="gone", message=f"{name} can be read now; it could not before: {old.unavailable}")
    if old.renamed != new.renamed:
        yield Move(kind="renamed", message=f"{name} is called {new.renamed or name} now")
    if old.gate != new.gate and None not in (old.gate, new.gate):
        yield Move(kind="gate", message=f"{name}: the gate was {old.gate} and is {new.gate}")
    if old.declared != new.declared:
        told = f"the card declared {_listed(old.declared)} and declares {_listed(new.declared)}"
        yield Move(kind="license", message=f"{name}: {told}")
    if old.license_link != new.license_link:
        told = f"the card's license_link was {old.license_link or 'absent'} and is {new.license_link or 'absent'}"
        yield Move(kind="license", message=f"{name}: {told}")
    yield from _prose_moves(name, old, new)
    yield from _text_moves(name, old, new, texts, catalog)
    if set(old.unread) != set(new.unread):
        told = f"nobody could read {_listed(old.unread)}, and now {_listed(new.unread)}"
        yield Move(kind="text", message=f"{name}: {told}")
    if _edges(old) != _edges(new):
        told = f"its parents were {_listed(_parents(old))} and are {_listed(_parents(new))}"
        yield Move(kind="parent", message=f"{name}: {told}")
    if set(old.hints) != set(new.hints):
        told = f"tags named {_listed(sorted(old.hints))} and name {_listed(sorted(new.hints))}"
        yield Move(kind="parent", message=f"{name}: {told}")
    before, after = ({source.name for source in block.data} for block in (old, new))
    if before != after:
        told = f"its data were {_listed(sorted(before))} and are {_listed(sorted(after))}"
        yield Move(kind="data", message=f"{name}: {told}")


def _prose_moves(name: str, old: Block, new: Block) -> Iterator[Move]:
    """Statements that came or went. On which line they stand does not matter."""
    before, after = _statements(old), _statements(new)
    for told, gone in ((after, before), (before, after)):
        for kind, said in sorted(told.items()):
            if kind not in gone:
                place, verb = said.file or "the card", "says now" if told is after else "no longer says"
                yield Move(kind="license", message=f"{name}: {place} {verb}: “{said.quote}”")


def _statements(block: Block) -> dict[tuple[str, str, str, str], Statement]:
    return {(said.kind, said.about, said.license.lower(), said.file): said for said in block.stated}


def _text_moves(name: str, old: Block, new: Block, texts: Texts, catalog: Catalog) -> Iterator[Move]:
    before, after = _digests(old), _digests(new)
    for file in sorted(before.keys() | after.keys()):
        first, second = before.get(file), after.get(file)
        if first == second:
            continue
        if second is None:
            yield Move(kind="text", message=f"{name}: {file} is no longer there ({_keys(texts, first)})")
        elif first is None:
            yield Move(kind="text", message=f"{name}: {file} is new ({_keys(texts, second)})")
        else:
            yield from _text_move(f"{name}: {file}", texts.get(first, NO_TEXT), texts.get(second, NO_TEXT), catalog)


def _text_move(place: str, old: LockedText, new: LockedText, catalog: Catalog) -> Iterator[Move]:
    """What changed in a file. A file that holds no words, such as a document nobody can read, changed as a whole."""
    sections = differing(old.sections, new.sections)
    was, is_ = _told(old), _told(new)
    if old.sections and new.sections and not sections and was == is_:
        return
    told = f"was {was} and is {is_}" if was != is_ else f"is {is_} in other words"
    where = f"; changed: {', '.join(_named(sections))}" if sections else ""
    clauses = tuple(dict.fromkeys((*_clauses(old, sections, catalog), *_clauses(new, sections, catalog))))
    yield Move(kind="text", message=f"{place} {told}{where}", sections=sections, clauses=clauses)


def _named(sections: Iterable[str]) -> Iterator[str]:
    return (name if name.startswith("paragraph ") else f"section {name}" for name in sections)


def _clauses(text: LockedText, sections: Iterable[str], catalog: Catalog) -> Iterator[str]:
    """Ids of encoded clauses that lie in changed sections."""
    names = set(sections)
    for found in text.found:
        try:
            license_ = catalog.license(found.key)
        except KeyError:
            continue
        for clause in license_.clauses:
            section = clause.id.partition("/")[0]
            if any(section == name or section.startswith(f"{name}.") for name in names):
                yield f"{found.key}/{clause.id}"


def _digests(block: Block) -> dict[str, str]:
    return {file: block.files[file] for file in block.worded if file in block.files}


def _edges(block: Block) -> frozenset[tuple[str, str, str, bool]]:
    edges = (edge for edge in block.parents if edge.where != SAME_WEIGHTS)
    return frozenset((edge.model.lower(), edge.relation, edge.basis, edge.contested) for edge in edges)


def _parents(block: Block) -> list[str]:
    edges = (edge for edge in block.parents if edge.where != SAME_WEIGHTS)
    return sorted(f"{edge.model} ({edge.relation}, {edge.basis})" for edge in edges)


def _keys(texts: Texts, digest: str | None) -> str:
    return _told(texts.get(digest or "", NO_TEXT))


def _told(text: LockedText) -> str:
    if not text.found:
        return "no known text"
    return ", ".join(f"{found.key or 'a text nobody knows'} ({found.status})" for found in text.found)


def _listed(names: Iterable[str] | None) -> str:
    return "nothing that was read" if names is None else ", ".join(names) or "none"
