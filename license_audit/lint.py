"""What must hold of rules and licenses beyond their shape: names exist, parameters fit, sections are covered."""

from collections.abc import Collection, Iterable
from decimal import InvalidOperation
from typing import assert_never, get_args

from license_audit.engine.binding import bind
from license_audit.engine.ground import Atom, Bound, Branch, Constant, Negation, PolicyTest
from license_audit.engine.situation import kind_of
from license_audit.errors import Problem
from license_audit.lint_records import lint_records
from license_audit.model.catalog import KnownName
from license_audit.model.condition import All, AnyOf, Condition, Defined, Fact, Not, PolicyBroken, parameters_in
from license_audit.model.license import Clause, License, Rule
from license_audit.model.words import Act, Domain, Event, Operator, TimeMode, Whose
from license_audit.readers.catalog import PackagedCatalog

ANCHOR_WORDS = 8
IDENTITY = ("kind", "title", "publisher", "spdx", "version")
LISTS: dict[str, tuple[str, ...]] = {
    "use.acts": get_args(Act),
    "use.domains": get_args(Domain),
    "use.events": get_args(Event),
}
"""Facts that are lists from a closed vocabulary."""


def lint_catalog(catalog: PackagedCatalog) -> list[Problem]:
    """Every problem of the rules and licenses, sorted by place."""
    problems = catalog.load_all()
    if problems:
        return sorted(problems)
    for name in catalog.rule_names():
        problems += _rule(catalog.rule(name), name, catalog)
    for key in catalog.license_keys():
        problems += _license(catalog.license(key), key, catalog)
    names = {name.key: name for name in catalog.known()}
    for known in names.values():
        problems += _name(known, names, catalog)
    for key in names.keys() & set(catalog.license_keys()):
        problems += _identity(catalog.license(key), names[key], catalog)
    return sorted([*problems, *lint_records(catalog)])


def _rule(rule: Rule, name: str, catalog: PackagedCatalog) -> Iterable[Problem]:
    file = f"rules/{name}.yaml"
    if rule.rule != name:
        yield Problem(file, 1, 1, f"the rule is called {rule.rule!r}, the file {name!r}")
    needed = parameters_in(rule.when) if rule.when is not None else set()
    for parameter in sorted(needed - set(rule.parameters)):
        yield Problem(file, 1, 1, f"the condition needs the parameter {parameter!r}, which is not declared")
    for message in _unknown(rule.when, catalog):
        yield Problem(file, 1, 1, message)


def _unknown(condition: Condition | None, catalog: PackagedCatalog) -> Iterable[str]:
    """Facts and definitions that a condition names and that do not exist."""
    parts: tuple[Condition, ...] = ()
    match condition:
        case Fact():
            try:
                kind_of(condition.fact)
            except LookupError as error:
                yield str(error)
        case Defined(defined=str(name)):
            try:
                catalog.definition(name)
            except KeyError:
                yield f"the definition {name!r} does not exist"
        case All():
            parts = condition.all
        case AnyOf():
            parts = condition.any
        case Not():
            parts = (condition.negated,)
        case Defined() | PolicyBroken() | None:
            pass
        case _:
            assert_never(condition)
    for part in parts:
        yield from _unknown(part, catalog)


def _license(license_: License, key: str, catalog: PackagedCatalog) -> Iterable[Problem]:
    if license_.key != key:
        yield catalog.place(key, ("key",), f"the key is {license_.key!r}, the file is called {key!r}")
    ids = [clause.id for clause in license_.clauses]
    for number, clause in enumerate(license_.clauses):
        path = ("clauses", number)
        if clause.id in ids[:number]:
            yield catalog.place(key, path, f"a second clause has the id {clause.id!r}")
        for other in clause.unless:
            if other not in ids:
                yield catalog.place(
                    key, path, f"clause {clause.id} names the exception {other!r}, which does not exist"
                )
        if len(clause.anchor.split()) > ANCHOR_WORDS:
            yield catalog.place(key, path, f"the anchor of {clause.id} has more than {ANCHOR_WORDS} words")
        yield from _clause(clause, license_, key, path, catalog)
    for part in license_.incorporates:
        if part.held and part.key not in catalog.license_keys():
            yield catalog.place(key, ("incorporates",), f"the policy {part.key!r} does not exist")
    for section in uncovered(license_):
        yield catalog.place(key, ("sections",), f"section {section} is covered by no clause and no no_duty entry")


def _name(name: KnownName, names: Collection[str], catalog: PackagedCatalog) -> Iterable[Problem]:
    """What is wrong with an identity record."""
    path = ("known", name.key)
    if (name.kind == "license") is (name.openness is None):
        told = "has no openness" if name.openness is None else "is a policy, and a policy has no openness"
        yield catalog.place("names", path, f"{name.key} {told}")
    if name.openness == "open" and name.spdx.startswith("LicenseRef-"):
        yield catalog.place("names", (*path, "openness"), "a license that the OSI approved has an SPDX id")
    if name.date and name.published:
        yield catalog.place("names", (*path, "published"), "published is for a text that prints no date")
    for number, part in enumerate(name.incorporates):
        if part.held and part.key not in names:
            yield catalog.place("names", (*path, "incorporates", number), f"nobody knows a text {part.key!r}")
    if name.supersedes and name.supersedes not in names:
        yield catalog.place("names", (*path, "supersedes"), f"nobody knows a text {name.supersedes!r}")


def _identity(license_: License, name: KnownName, catalog: PackagedCatalog) -> Iterable[Problem]:
    """Where an encoding and the identity record of the same text contradict each other."""
    for field in IDENTITY:
        own, said = getattr(license_, field), getattr(name, field)
        if own and said and own != said:
            yield catalog.place(name.key, (field,), f"the {field} is {own!r}, licenses/names.yaml says {said!r}")
    printed = name.date or name.published
    if license_.date and printed and not license_.date.isoformat().startswith(printed):
        yield catalog.place(name.key, ("date",), f"the date is {license_.date}, licenses/names.yaml says {printed}")


def _clause(
    clause: Clause, license_: License, key: str, path: tuple[str | int, ...], catalog: PackagedCatalog
) -> Iterable[Problem]:
    if clause.rule not in catalog.rule_names():
        yield catalog.place(key, path, f"clause {clause.id} names the rule {clause.rule!r}, which does not exist")
        return
    rule = catalog.rule(clause.rule)
    policies = {*catalog.license_keys(), *(part.key for part in license_.incorporates)}
    for name in sorted(set(rule.parameters) - set(clause.with_)):
        yield catalog.place(key, path, f"clause {clause.id} lacks the parameter {name!r} of {rule.rule}")
    for name in sorted(set(clause.with_) - set(rule.parameters)):
        yield catalog.place(key, path, f"clause {clause.id} gives {name!r}, which {rule.rule} does not have")
    try:
        for reading in clause.readings or (None,):
            values = {**clause.with_, **(reading.with_ if reading else {})}
            for test in comparisons(bind(rule.when, values, catalog)):
                if isinstance(test, Atom):
                    yield from _values(test, clause, key, path, catalog)
                elif test.key not in policies:
                    yield catalog.place(key, path, f"clause {clause.id}: the policy {test.key!r} does not exist")
    except KeyError as error:
        yield catalog.place(key, path, f"clause {clause.id}: {error} does not exist")
    except LookupError as error:
        yield catalog.place(key, path, f"clause {clause.id}: {error}")
    except InvalidOperation:
        yield catalog.place(key, path, f"clause {clause.id}: a number is compared with what is no number")


def _values(
    atom: Atom, clause: Clause, key: str, path: tuple[str | int, ...], catalog: PackagedCatalog
) -> Iterable[Problem]:
    for word, known in ((atom.op, Operator), (atom.time, TimeMode), (atom.whose, Whose)):
        if word is not None and word not in get_args(known):
            yield catalog.place(key, path, f"clause {clause.id}: {word!r} is not one of {', '.join(get_args(known))}")
    allowed = LISTS.get(atom.fact) or kind_of(atom.fact).values
    for value in atom.values:
        if allowed is not None and value not in allowed:
            yield catalog.place(key, path, f"clause {clause.id}: {atom.fact} is never {value!r}")


def comparisons(condition: Bound) -> Iterable[Atom | PolicyTest]:
    """Every comparison of a condition, and every policy it looks into."""
    match condition:
        case Atom() | PolicyTest():
            yield condition
        case Branch():
            for part in condition.parts:
                yield from comparisons(part)
        case Negation():
            yield from comparisons(condition.part)
        case Constant():
            pass
        case _:
            assert_never(condition)


def uncovered(license_: License) -> list[str]:
    """Sections that no clause and no reason covers."""
    covered = [clause.id for clause in license_.clauses] + [entry.section for entry in license_.no_duty]
    return [section for section in license_.sections if not any(_covers(name, section) for name in covered)]


def _covers(name: str, section: str) -> bool:
    short, long = sorted((name, section), key=len)
    return long == short or (long.startswith(short) and long[len(short)] in "./")
