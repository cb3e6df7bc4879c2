"""The page about one license: what you may do, what you owe, what is barred, and how that was read."""

from collections.abc import Iterable, Mapping

from license_audit.engine.binding import BoundLicense
from license_audit.engine.situation import ALL_ACTS
from license_audit.model.catalog import KnownName
from license_audit.model.page import Block, Bullets, Entries, Link, Page, Paragraph, Section, Table, Words, joined
from license_audit.model.words import ClauseKind
from license_audit.pages import thresholds
from license_audit.pages.changes import changes
from license_audit.pages.clauses import entry, told_reading
from license_audit.pages.looks import COLUMNS, Reader
from license_audit.pages.shelf import Shelf, codes, family_path, license_path, listed
from license_audit.pages.use import incorporation, models, names, review

PARTS: Mapping[str, tuple[ClauseKind, ...]] = {
    "What you may do": ("grant", "exception"),
    "What you owe": ("duty",),
    "What is barred": ("bar", "prohibition", "condition", "judgement"),
}
ALWAYS = ("What you owe", "What is barred")
"""Parts that say so when there is nothing in them."""
ENDS: tuple[ClauseKind, ...] = ("termination",)
KEY_CLAUSES = (
    "Only its key clauses are encoded: what bars, what is capped and what must be shown. A person must read the text; "
    "no use comes out better than undetermined."
)
NOT_ENCODED = "Its clauses are not encoded yet: nothing is said here about what it permits, asks or forbids."


def page(key: str, shelf: Shelf) -> Page:
    """All that is known of a license or policy. KeyError for a key without a page."""
    name, bound = shelf.names[key], shelf.bound(key)
    sections = _encoded(bound, shelf) if bound is not None else _not_encoded(key, shelf)
    head = list(_head(name, bound, shelf))
    return Page(license_path(key), name.title, key, _facts(name), tuple(head), tuple(sections))


def _facts(name: KnownName) -> Words:
    printed = name.date or (f"published {name.published}" if name.published else "undated")
    version = f"version {name.version}" if name.version else "no version"
    parts: list[Words] = [(name.kind,), (f"publisher {name.publisher}",), (version,), (printed,), (name.spdx,)]
    parts += [(name.openness,)] if name.openness else []
    parts += [(f"language {name.language}",)] if name.language else []
    return joined(parts, " · ")


def _head(name: KnownName, bound: BoundLicense | None, shelf: Shelf) -> Iterable[Words]:
    if name.supersedes:
        yield ("replaces ", *shelf.link(name.supersedes))
    if name.key in shelf.successors:
        yield ("replaced by ", *listed(shelf.link(key) for key in shelf.successors[name.key]))
    if name.key in shelf.family_of:
        root = shelf.family_of[name.key]
        yield ("all versions side by side: ", Link(shelf.family_title(root), family_path(root)))
    if bound is None:
        yield (NOT_ENCODED,)
    elif bound.is_partial:
        yield (KEY_CLAUSES,)


def _not_encoded(key: str, shelf: Shelf) -> Iterable[Section]:
    yield from incorporation(key, shelf)
    yield models(key, shelf)
    yield from names(key, shelf)


def _encoded(bound: BoundLicense, shelf: Shelf) -> Iterable[Section]:
    key = bound.key
    if bound.license.kind == "license":
        yield Section("In short", (_short(bound, shelf),))
    for title, kinds in PARTS.items():
        blocks = tuple(_part(title, kinds, bound, shelf))
        if blocks:
            yield Section(title, blocks)
    lines = thresholds.table(bound, shelf)
    if lines is not None:
        yield Section("Thresholds", (lines,))
    yield Section("When it ends", tuple(_clauses("When it ends", ENDS, bound, shelf)))
    yield from incorporation(key, shelf)
    yield from _readings(bound, shelf)
    yield models(key, shelf)
    yield from changes(key, shelf)
    yield review(bound)
    yield from names(key, shelf)


def _short(bound: BoundLicense, shelf: Shelf) -> Bullets:
    cells = zip(COLUMNS, Reader(bound, shelf).look().cells, strict=True)
    return Bullets(tuple((f"{column}: ", *(cell or ("none",))) for column, cell in cells))


def _part(title: str, kinds: tuple[ClauseKind, ...], bound: BoundLicense, shelf: Shelf) -> Iterable[Block]:
    if "grant" in kinds:
        yield from _acts(bound, shelf)
    yield from _clauses(title if title in ALWAYS else "", kinds, bound, shelf)


def _clauses(title: str, kinds: tuple[ClauseKind, ...], bound: BoundLicense, shelf: Shelf) -> Iterable[Block]:
    """Clauses of these kinds; with a title, a sentence where there are none."""
    found = tuple(
        entry(clause, bound, shelf, with_readings=False) for clause in bound.clauses if clause.rule.kind in kinds
    )
    if found:
        yield Entries(found)
    elif title:
        told = "No key clause says anything of it." if bound.is_partial else "No clause says anything of it."
        yield Paragraph((told,))


def _acts(bound: BoundLicense, shelf: Shelf) -> Iterable[Block]:
    """Which acts are permitted, and by what."""
    granting = [clause for clause in bound.clauses if clause.rule.covers_acts]
    groups: dict[Words, list[str]] = {}
    for act in ALL_ACTS:
        by = shelf.sections(clause for clause in granting if not clause.acts or act in clause.acts)
        if by:
            groups.setdefault(by, []).append(act)
    rows: list[tuple[Words, ...]] = [(by, codes(acts)) for by, acts in groups.items()]
    if bound.not_granted and bound.license.kind == "license":
        rows.append((("no clause",), codes(bound.not_granted)))
    if rows:
        yield Table(("Permitted by", "Acts"), tuple(rows))


def _readings(bound: BoundLicense, shelf: Shelf) -> Iterable[Section]:
    """Clauses that careful readers read differently."""
    items = tuple(
        (shelf.clause_link(clause), " ", *told_reading(reading, is_default=not number))
        for clause in bound.clauses
        for number, reading in enumerate(clause.clause.readings)
    )
    if items:
        yield Section("Where readers differ", (Bullets(items),))
