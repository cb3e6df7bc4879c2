"""All versions of one license side by side."""

from collections.abc import Iterable

from license_audit.engine.binding import BoundClause, BoundLicense
from license_audit.model.page import Block, Page, Paragraph, Section, Table, Words
from license_audit.pages.changes import settled, tally
from license_audit.pages.looks import COLUMNS, Reader
from license_audit.pages.shelf import Shelf, codes, family_path, listed
from license_audit.pages.thresholds import lines

GONE = "not encoded"


def page(root: str, shelf: Shelf) -> Page:
    """The versions that begin with a license. KeyError when nothing replaced it."""
    keys = shelf.families[root]
    newest = shelf.names[keys[-1]]
    sections = (
        Section("What each is", (_identity(keys, shelf),)),
        Section("What each comes to", tuple(_looks(keys, shelf))),
        Section("From version to version", (_steps(keys, shelf),)),
        Section("Rule by rule", tuple(_matrix(keys, shelf))),
    )
    return Page(family_path(root), newest.title, "", (shelf.family_title(root),), (), sections)


def _identity(keys: tuple[str, ...], shelf: Shelf) -> Table:
    rows = tuple(
        (
            shelf.link(key),
            (name.version or "",),
            (name.date or name.published or "",),
            shelf.link(name.supersedes) if name.supersedes else (),
            (name.openness or name.kind,),
            (shelf.state(key),),
        )
        for key in keys
        for name in (shelf.names[key],)
    )
    return Table(("Text", "Version", "Date", "Replaces", "Openness", "Read"), rows)


def _looks(keys: tuple[str, ...], shelf: Shelf) -> Iterable[Block]:
    """The columns of the table of all licenses, turned: a column for each version."""
    found = [(key, shelf.bound(key)) for key in keys]
    cells = [_cells(bound, shelf) for _, bound in found]
    rows = tuple(((what,), *(one[number] for one in cells)) for number, what in enumerate((*COLUMNS, "Not granted")))
    yield Table(("What", *keys), rows)


def _cells(bound: BoundLicense | None, shelf: Shelf) -> tuple[Words, ...]:
    if bound is None:
        return ((GONE,),) * (len(COLUMNS) + 1)
    if bound.license.kind == "policy":
        return ((),) * (len(COLUMNS) + 1)
    return (*Reader(bound, shelf).look().cells, codes(bound.not_granted))


def _steps(keys: tuple[str, ...], shelf: Shelf) -> Table:
    """How much changed from each version to the one that replaced it."""
    rows = []
    for key in keys:
        before = shelf.names[key].supersedes
        if before and key != keys[0]:
            found = shelf.changes(key, before)
            told = tally(settled(found)) if found.clauses else "not compared: clauses are not encoded"
            rows.append((shelf.link(before), shelf.link(key), (told,)))
    return Table(("From", "To", "Clauses"), tuple(rows))


def _matrix(keys: tuple[str, ...], shelf: Shelf) -> Iterable[Block]:
    """Which version has clauses of which rule, in which sections, with their figures."""
    bound = [shelf.bound(key) for key in keys]
    rules = {clause.rule.rule: clause.rule for one in bound if one is not None for clause in one.clauses}
    rows = tuple(
        ((f"{rule.title} ({rule.kind})",), *(_of(one, name, shelf) for one in bound))
        for name, rule in sorted(rules.items(), key=lambda entry: (entry[1].kind, entry[1].title, entry[0]))
    )
    yield Table(("Rule", *keys), rows) if rows else Paragraph(("No clause of any version is encoded.",))


def _of(bound: BoundLicense | None, rule: str, shelf: Shelf) -> Words:
    if bound is None:
        return (GONE,)
    return listed(_section(clause, shelf) for clause in bound.clauses if clause.rule.rule == rule)


def _section(bound: BoundClause, shelf: Shelf) -> Words:
    figures = ", ".join(line.told for line in lines(bound))
    return (shelf.clause_link(bound), f" ({figures})") if figures else (shelf.clause_link(bound),)
