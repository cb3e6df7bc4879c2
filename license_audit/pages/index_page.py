"""The first page: every license by publisher, with what it comes to; rules, families, and texts that are not held."""

from collections.abc import Iterable, Mapping

from license_audit.engine.binding import BoundClause
from license_audit.model.catalog import KnownName
from license_audit.model.license import Rule
from license_audit.model.page import Block, Bullets, Link, Page, Paragraph, Section, Table, Words
from license_audit.pages.looks import COLUMNS, Reader
from license_audit.pages.shelf import Shelf, family_path, listed, rule_path

INDEX = "README.md"
WORDS: Mapping[str, str] = {
    "Commercial use": "a company uses it in production for money, with no separate license; “limited” means that it "
    "depends on figures, places or other facts, or that a person must judge",
    "Figures that matter": "lines at which a right ends or a duty begins, whatever the cure",
    "Hosting for others": "offering the model itself behind an API; limits that hold for every act stand in the first "
    "column",
    "Training on outputs": "training a model on what it writes",
    "Passed on": "what reaches whoever gets a changed model: its license, terms to hand on, source",
    "Names and notices": "what is to be printed, shown or named; a copy of the license is not counted",
}
SENTENCES = (
    "Nothing on these pages is legal advice: it is a reading of texts by people who may be wrong, with the sections "
    "to check. “Contested” means that careful readers differ. “Not known” stands where a text, or a policy that is "
    "part of it, was not read to its end. “With duties” names those "
    "that not every use owes. Each number leads to the clause that makes it so."
)


def page(shelf: Shelf) -> Page:
    """The first page of the set."""
    licenses = [name for name in shelf.names.values() if name.kind == "license"]
    policies = [name for name in shelf.names.values() if name.kind == "policy"]
    sections = [
        Section(f"Licenses ({len(licenses)})", (_meaning(), _licenses(licenses, shelf))),
        Section(f"Use policies ({len(policies)})", tuple(_policies(policies, shelf))),
        Section("Version beside version", tuple(_families(shelf))),
        Section("Rules", (_rules(shelf),)),
        Section("Texts that are not held", tuple(_missing(shelf))),
    ]
    return Page(INDEX, "Licenses of open-weight models", "", (), ((SENTENCES,),), tuple(sections))


def _meaning() -> Bullets:
    return Bullets(tuple((f"{column}: {WORDS[column]}",) for column in COLUMNS))


def _ordered(names: list[KnownName]) -> list[KnownName]:
    return sorted(names, key=lambda name: (name.publisher.casefold(), name.title.casefold(), name.key))


def _licenses(names: list[KnownName], shelf: Shelf) -> Table:
    columns = ("Publisher", "License", "Date", *COLUMNS, "Openness", "Coverage", "Confidence")
    return Table(columns, tuple(_license(name, shelf) for name in _ordered(names)))


def _license(name: KnownName, shelf: Shelf) -> tuple[Words, ...]:
    bound = shelf.bound(name.key)
    cells: tuple[Words, ...] = (("not known",), *(((),) * (len(COLUMNS) - 1)))
    if bound is not None:
        cells = Reader(bound, shelf).look().cells
    date = name.date or name.published or ""
    return ((name.publisher,), shelf.link(name.key), (date,), *cells, (name.openness or "",), *_read(name, shelf))


def _read(name: KnownName, shelf: Shelf) -> tuple[Words, Words]:
    bound = shelf.bound(name.key)
    if bound is None:
        return ("not encoded",), ()
    return (bound.license.coverage,), (bound.license.reviewed.confidence,)


def _policies(names: list[KnownName], shelf: Shelf) -> Iterable[Block]:
    rows = tuple(
        (
            (name.publisher,),
            shelf.link(name.key),
            listed(shelf.link(whole) for whole in shelf.wholes.get(name.key, ())),
            (shelf.state(name.key),),
            *_read(name, shelf),
        )
        for name in _ordered(names)
    )
    columns = ("Publisher", "Policy", "Part of", "Clauses", "Coverage", "Confidence")
    yield Table(columns, rows) if rows else Paragraph(("None.",))


def _families(shelf: Shelf) -> Iterable[Block]:
    items = tuple(
        (Link(shelf.names[keys[-1]].title, family_path(root)), f": {shelf.family_title(root)}")
        for root, keys in shelf.families.items()
    )
    yield Bullets(items) if items else Paragraph(("No license of the catalog replaced another.",))


def _rules(shelf: Shelf) -> Table:
    rules = sorted(map(shelf.catalog.rule, shelf.catalog.rule_names()), key=lambda rule: (rule.kind, rule.title))
    return Table(
        ("Rule", "Kind", "Clauses", "Texts"), tuple(_rule(rule, shelf.users.get(rule.rule, [])) for rule in rules)
    )


def _rule(rule: Rule, users: list[BoundClause]) -> tuple[Words, ...]:
    texts = {bound.id.removesuffix(f"/{bound.clause.id}") for bound in users}
    return (Link(rule.title, rule_path(rule.rule)),), (rule.kind,), (str(len(users)),), (str(len(texts)),)


def _missing(shelf: Shelf) -> Iterable[Block]:
    """Documents whose text nobody has; nothing is written about what they say."""
    wanted: dict[str, list[Words]] = {}
    for key, name in shelf.names.items():
        for part in name.incorporates:
            if not part.held:
                wanted.setdefault(part.key, []).append(shelf.link(key))
    for license_, entries in shelf.models.items():
        if license_ not in shelf.names:
            wanted.setdefault(license_, []).extend((model.id,) for model, _ in entries)
    for provider in shelf.catalog.providers():
        if provider.license is None:
            wanted.setdefault(provider.terms, []).append((provider.title,))
    rows = tuple(((text,), listed(by)) for text, by in sorted(wanted.items(), key=lambda entry: entry[0].casefold()))
    yield Table(("Text", "Needed for"), rows) if rows else Paragraph(("All texts that are named are held.",))
