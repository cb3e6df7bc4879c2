"""What belongs to a license besides its clauses: documents, models, names, and how it was read."""

from collections.abc import Iterable

from license_audit.engine.binding import BoundLicense
from license_audit.lint import uncovered
from license_audit.model.page import Block, Bullets, Paragraph, Section, Table, Words
from license_audit.pages.shelf import Shelf, codes, counted, listed

SHOWN = 20
"""Models that are listed by name; of the others, how many there are is told."""


def incorporation(key: str, shelf: Shelf) -> Iterable[Section]:
    """What is part of a text, by which section and how far it has been read; and what it is part of."""
    items = [*_parts(key, shelf)]
    if key in shelf.wholes:
        items.append(("part of ", *listed(shelf.link(whole) for whole in shelf.wholes[key])))
    if items:
        yield Section("What incorporates what", (Bullets(tuple(items)),))


def _parts(key: str, shelf: Shelf) -> Iterable[Words]:
    bound = shelf.bound(key)
    if bound is None:
        for part in shelf.names[key].incorporates:
            held = shelf.state(part.key) if part.held else "text not held"
            yield ("incorporates ", *shelf.link(part.key), f" ({held})")
        return
    for one in bound.license.incorporates:
        held = shelf.state(one.key) if one.held else "text not held"
        yield ("incorporates ", *shelf.link(one.key), f" by section {one.by} ({held})")


def models(key: str, shelf: Shelf) -> Section:
    """Models of the catalog that came under a license, with their windows, and data sets."""
    found = shelf.models.get(key, [])
    blocks: list[Block] = []
    if found:
        rows = tuple(
            ((model.id,), (window.since or "",), (window.until or "",), (window.confidence,))
            for model, window in found[:SHOWN]
        )
        told = counted(len({model.id for model, _ in found}), "model")
        blocks += [Paragraph((f"{told} of the catalog:",)), Table(("Model", "From", "Until", "Confidence"), rows)]
    if len(found) > SHOWN:
        blocks.append(Paragraph((f"and {len(found) - SHOWN} more, which the catalog lists",)))
    if key in shelf.data:
        blocks.append(Paragraph(("data sets: ", *listed((data.id,) for data in shelf.data[key]))))
    return Section("Which models came under it", tuple(blocks) or (Paragraph(("No model of the catalog.",)),))


def names(key: str, shelf: Shelf) -> Iterable[Section]:
    """Names that mean this text, and those that may mean it."""
    items: list[Words] = []
    aliases = shelf.catalog.license(key).aliases if shelf.bound(key) is not None else ()
    if aliases:
        items.append(("names that mean it: ", *codes(dict.fromkeys(aliases))))
    items += [
        (*codes([name]), f" may mean it or another text; the {meaning.decided_by} decides")
        for name, meaning in shelf.catalog.ambiguous().items()
        if key in meaning.keys
    ]
    if items:
        yield Section("Names", (Bullets(tuple(items)),))


def review(bound: BoundLicense) -> Section:
    """Who read it, how far, and why some sections have no clause."""
    document = bound.license
    read = document.reviewed
    covered = len(document.sections) - len(uncovered(document))
    scope = "key clauses only" if bound.is_partial else "section by section"
    sections = f"{covered} of {len(document.sections)} sections{' that were read' if bound.is_partial else ''} covered"
    items: tuple[Words, ...] = (
        (f"read by {read.by} on {read.on}, confidence {read.confidence}",),
        (f"coverage: {scope}, {counted(len(bound.clauses), 'clause')}; {sections}",),
    )
    blocks: list[Block] = [Bullets(items)]
    if document.no_duty:
        rows = tuple(((one.section,), (one.reason,)) for one in document.no_duty)
        blocks.append(Table(("Section without a clause", "Why"), rows))
    return Section("How it was read", tuple(blocks))
