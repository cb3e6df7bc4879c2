"""The page about one rule: what such a clause means, when it bites, and which clauses of which licenses are of it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from license_audit.compare_words import WORDS, entries
from license_audit.engine.binding import BoundClause
from license_audit.engine.sentences import EVER, number
from license_audit.model.license import Rule
from license_audit.model.page import Block, Bullets, Link, Page, Paragraph, Section, Table, Words
from license_audit.pages.clauses import acts, when
from license_audit.pages.conditions import sentence
from license_audit.pages.shelf import Shelf, codes, license_path, listed, rule_path

FLAGS = {
    "covers_acts": "its acts count as granted",
    "restriction": "losing it along a lineage is a finding",
    "attribution": "a text, a notice or a name goes along with what is passed on",
    "limits_outputs": "it limits what outputs may train",
}


def page(name: str, shelf: Shelf) -> Page:
    """All that is known of a rule. KeyError when there is none."""
    rule = shelf.catalog.rule(name)
    users = shelf.users.get(name, [])
    sections = [Section("Meaning", (Paragraph((rule.meaning,)), *_flags(rule))), *_condition(rule, shelf)]
    sections.append(Section("What to ask and what to do", (Bullets(tuple(_asked(rule))),)))
    sections += _values(rule, users, shelf)
    sections.append(Section("Which clauses are of it", (Bullets((_used(users),)),)))
    return Page(rule_path(name), rule.title, name, (rule.kind,), (), tuple(sections))


def _flags(rule: Rule) -> Iterable[Block]:
    found = tuple((told,) for name, told in FLAGS.items() if getattr(rule, name))
    if found:
        yield Bullets(found)


def _condition(rule: Rule, shelf: Shelf) -> Iterable[Section]:
    told = "always" if rule.when is None else f"{when(rule.kind)} {sentence(rule.when, shelf.catalog)}"
    yield Section("Condition", (Paragraph((told,)),))


def _asked(rule: Rule) -> Iterable[Words]:
    yield (f"question: {rule.question}",)
    yield (f"remedy: {rule.remedy}",)
    if rule.fulfilled_by:
        yield ("shown done by: ", *codes(rule.fulfilled_by, " and "))
    if rule.parameters:
        yield ("parameters: ", *codes(rule.parameters))


def _used(users: list[BoundClause]) -> Words:
    return ("used by: ", *listed((_linked(bound),) for bound in users)) if users else ("used by no clause",)


def _linked(bound: BoundClause) -> Link:
    key = bound.id.removesuffix(f"/{bound.clause.id}")
    return Link(bound.id, license_path(key), bound.clause.id)


def _values(rule: Rule, users: list[BoundClause], shelf: Shelf) -> Iterable[Section]:
    """What each license supplies for the parameters."""
    if not rule.parameters or not users:
        return
    columns = ("Clause", "Acts", *(name.replace("_", " ").capitalize() for name in rule.parameters))
    rows = tuple(
        ((_linked(bound),), acts(bound), *((_told(bound.clause.with_.get(name), shelf),) for name in rule.parameters))
        for bound in users
    )
    yield Section("Its values, clause by clause", (Table(columns, rows),))


def _told(value: Any, shelf: Shelf) -> str:
    """What a license supplies, in words."""
    if value is None:
        return ""
    return ", ".join(_word(part, shelf) for part in entries(value))


def _word(text: str, shelf: Shelf) -> str:
    if text.replace("_", "").replace(".", "", 1).isdecimal():
        return number(Decimal(text))
    if text == EVER:
        return "no first month"
    if text in WORDS:
        return WORDS[text]
    try:
        return f"{shelf.catalog.definition(text).meaning} ({text})"
    except KeyError:
        return text
