"""What must hold of rules and licenses beyond their shape: names exist, parameters fit, sections are covered."""

from collections.abc import Collection, Iterable
from decimal import InvalidOperation
from typing import assert_never, get_args

from license_audit.engine.binding import bind, comparisons
from license_audit.engine.ground import Atom
from license_audit.engine.situation import facts, kind_of
from license_audit.errors import Problem
from license_audit.lint_names import lint_names
from license_audit.lint_own import lint_own
from license_audit.lint_records import lint_records
from license_audit.model.catalog import KnownName
from license_audit.model.condition import All, AnyOf, Condition, Defined, Fact, Not, PolicyBroken, parameters_in
from license_audit.model.license import Clause, License, Rule
from license_audit.model.words import Act, DataLimit, Domain, Duty, Event, Operator, TimeMode, Whose
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import Path, nearest

ANCHOR_WORDS = 8
IDENTITY = ("kind", "title", "publisher", "spdx", "version")
LISTS: dict[str, tuple[str, ...]] = {
    "use.acts": get_args(Act),
    "use.domains": get_args(Domain),
    "use.events": get_args(Event),
    "use.fulfils": get_args(Duty),
    "evidence.data_limits": get_args(DataLimit),
}
"""Facts that are lists from a closed vocabulary."""
OPERATORS: dict[str, tuple[str, ...]] = {
    "items": ("includes-any",),
    "choice": ("is", "one-of"),
    "text": ("is", "one-of"),
    "flag": ("is",),
    "amount": ("more-than", "at-least", "less-than", "at-most"),
}
"""How each sort of fact is compared."""
FLAG = ("true", "false")
SERIES = (
    "organization.monthly_active_users",
    "organization.daily_active_users",
    "organization.annual_revenue",
    "organization.monthly_revenue",
    "use.deployed_devices",
    "use.product_annual_recurring_revenue",
    "use.product_monthly_active_users",
    "use.product_monthly_revenue",
    "use.product_monthly_unique_users",
    "use.product_monthly_visits",
)
MONEY = (
    "organization.annual_revenue",
    "organization.monthly_revenue",
    "use.attributable_revenue",
    "use.product_annual_recurring_revenue",
    "use.product_monthly_revenue",
)


def lint_catalog(catalog: PackagedCatalog) -> list[Problem]:
    """Every problem of the rules and licenses, sorted by place. Where a folder is laid over them, of that folder."""
    own = catalog.own
    has_records = own.records or not own.folder
    problems = catalog.unknown_terms() if own.records else [] if own.folder else catalog.load_all()
    if problems:
        return sorted(problems)
    rules = own.rules if own.folder else catalog.rule_names()
    keys = own.keys if own.folder else catalog.license_keys()
    names = {name.key: name for name in catalog.known()}
    for name in rules:
        problems += _rule(catalog.rule(name), name, catalog)
    for key in keys:
        problems += _license(catalog.license(key), key, catalog)
        problems += _identity(catalog.license(key), names[key], catalog) if key in names else ()
    for key in own.names if own.folder else names:
        problems += _name(names[key], names, catalog)
    problems += lint_own(catalog) if own.folder else ()
    problems += lint_records(catalog) if has_records else ()
    problems += () if own.folder else lint_names(catalog)
    return sorted(problems)


def _rule(rule: Rule, name: str, catalog: PackagedCatalog) -> Iterable[Problem]:
    if rule.rule != name:
        yield catalog.place_in_rule(name, ("rule",), f"the rule is called {rule.rule!r}, the file {name!r}")
    needed = parameters_in(rule.when) if rule.when is not None else set()
    for parameter in sorted(needed - set(rule.parameters)):
        text = f"the condition needs the parameter {parameter!r}, which is not declared"
        yield catalog.place_in_rule(name, ("when",), text)
    for path, message in _unknown(rule.when, ("when",), catalog):
        yield catalog.place_in_rule(name, path, message)


def _unknown(condition: Condition | None, at: Path, catalog: PackagedCatalog) -> Iterable[tuple[Path, str]]:
    """Facts and definitions that a condition names and that do not exist, each with its place."""
    parts: list[tuple[Condition, Path]] = []
    match condition:
        case Fact():
            try:
                kind_of(condition.fact)
            except LookupError as error:
                yield (*at, "fact"), f"{error}{_hint(condition.fact)}"
        case Defined(defined=str(name)):
            try:
                catalog.definition(name)
            except KeyError:
                yield (*at, "defined"), f"the definition {name!r} does not exist"
        case All():
            parts = [(part, (*at, "all", number)) for number, part in enumerate(condition.all)]
        case AnyOf():
            parts = [(part, (*at, "any", number)) for number, part in enumerate(condition.any)]
        case Not():
            parts = [(condition.negated, (*at, "not"))]
        case Defined() | PolicyBroken() | None:
            pass
        case _:
            assert_never(condition)
    for part, path in parts:
        yield from _unknown(part, path, catalog)


def _hint(fact: str) -> str:
    near = nearest(fact, list(facts()))
    return f"; did you mean {near}?" if near else ""


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
    for section in uncovered(license_) if license_.coverage == "sections" else ():
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
    is_own = key in catalog.own.keys
    policies = {part.key for part in license_.incorporates if part.held or not is_own}
    policies |= set() if is_own else set(catalog.license_keys())
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
                    told = "is not incorporated here as held" if is_own else "does not exist"
                    yield catalog.place(key, path, f"clause {clause.id}: the policy {test.key!r} {told}")
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
    kind = kind_of(atom.fact)
    allowed = FLAG if kind.name == "flag" else LISTS.get(atom.fact) or kind.values
    for value in atom.values:
        if allowed is not None and value not in allowed:
            yield catalog.place(key, path, f"clause {clause.id}: {atom.fact} is never {value!r}")
    for message in _misfits(atom):
        yield catalog.place(key, path, f"clause {clause.id}: {message}")


def _misfits(atom: Atom) -> Iterable[str]:
    """Why a comparison would never come out as whoever wrote it meant."""
    fitting = OPERATORS[kind_of(atom.fact).name]
    if atom.op not in fitting:
        yield f"{atom.fact} is compared by {', '.join(fitting)}, not by {atom.op}"
    if atom.fact in MONEY and atom.number and not atom.currency:
        yield f"{atom.fact} is money, and no currency is named"
    if atom.fact in SERIES and atom.time is None:
        yield f"{atom.fact} is a series, and no time is named"


def uncovered(license_: License) -> list[str]:
    """Sections that no clause and no reason covers."""
    covered = [clause.id for clause in license_.clauses] + [entry.section for entry in license_.no_duty]
    return [section for section in license_.sections if not any(_covers(name, section) for name in covered)]


def _covers(name: str, section: str) -> bool:
    short, long = sorted((name, section), key=len)
    return long == short or (long.startswith(short) and long[len(short)] in "./")
