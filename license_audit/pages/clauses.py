"""One clause as pages and the terminal tell it."""

from collections.abc import Iterable

from license_audit.compare_words import EFFECTS, TRAVELS
from license_audit.engine.binding import BoundClause, BoundLicense, comparisons
from license_audit.engine.ground import PolicyTest
from license_audit.engine.sentences import sentence
from license_audit.engine.situation import ALL_ACTS
from license_audit.model.license import Reading
from license_audit.model.page import Code, Entry, Link, Words
from license_audit.model.words import ClauseKind
from license_audit.outputs.html_words import CURES
from license_audit.pages.shelf import Shelf, codes, listed, rule_path
from license_audit.pages.thresholds import lines


def when(kind: ClauseKind) -> str:
    """What the condition of a clause says."""
    return "owed when" if kind == "duty" else "holds when"


def entry(bound: BoundClause, license_: BoundLicense, shelf: Shelf, *, with_readings: bool = True) -> Entry:
    """The clause with all that is to be known of it. On a page, its readings stand apart."""
    rule = bound.rule
    details = (
        *_reach(bound),
        *_limits(bound, license_, shelf),
        *_doing(bound),
        *(_readings(bound) if with_readings else _ways(bound)),
        *_places(bound, license_),
    )
    return Entry(
        anchor=bound.clause.id,
        id=bound.id,
        title=rule.title,
        rule=Link(rule.rule, rule_path(rule.rule)),
        kind=rule.kind,
        gist=bound.clause.gist,
        details=details,
    )


def acts(bound: BoundClause) -> Words:
    """The acts that trigger a clause."""
    named = set(bound.acts)
    if not named:
        return ("any",)
    missing = [act for act in ALL_ACTS if act not in named]
    return codes(act for act in ALL_ACTS if act in named) if missing else ("every act of the list",)


def _reach(bound: BoundClause) -> Iterable[Words]:
    yield ("acts: ", *acts(bound))
    if bound.clause.travels != "never":
        yield (f"travels: {TRAVELS[bound.clause.travels]}",)


def _limits(bound: BoundClause, license_: BoundLicense, shelf: Shelf) -> Iterable[Words]:
    """When it holds, at which line, and what lifts it."""
    if bound.rule.when is not None:
        yield (f"{when(bound.rule.kind)} {sentence(bound.when)}",)
    elif bound.rule.kind == "duty":
        yield ("owed whenever one of these acts is done" if bound.acts else "owed in every use",)
    for line in lines(bound):
        parts = (line.told, line.whose, line.measured)
        yield (f"line: {line.figure} {'; '.join(part for part in parts if part)}",)
    for key in dict.fromkeys(test.key for test in comparisons(bound.when) if isinstance(test, PolicyTest)):
        yield ("policy: ", *shelf.link(key), f" ({shelf.state(key)})")
    if bound.clause.unless:
        exceptions = (
            (shelf.clause_link(license_.by_id[name]), f" ({license_.by_id[name].rule.title})")
            for name in bound.clause.unless
        )
        yield ("unless: ", *listed(exceptions))
    if bound.clause.cure:
        yield (f"cure: {CURES[bound.clause.cure]}",)


def _doing(bound: BoundClause) -> Iterable[Words]:
    """What shows a duty done."""
    if bound.duties:
        yield ("shown done by: ", *codes(bound.duties, " and "))
    elif bound.rule.kind == "duty":
        yield ("shown done by: ", Code(bound.id), ", listed under ", Code("fulfils"))
    if bound.clause.wording:
        yield (f"wording: “{bound.clause.wording}”",)


def _readings(bound: BoundClause) -> Iterable[Words]:
    """How it is read, by whom."""
    for number, reading in enumerate(bound.clause.readings):
        yield told_reading(reading, is_default=not number)


def _ways(bound: BoundClause) -> Iterable[Words]:
    """The names of its readings."""
    if bound.clause.readings:
        yield ("read in more than one way: ", *codes(reading.name for reading in bound.clause.readings))


def _places(bound: BoundClause, license_: BoundLicense) -> Iterable[Words]:
    """What it frees from, and where it stands."""
    by = [other.clause.id for other in license_.clauses if bound.clause.id in other.clause.unless]
    if by:
        yield (f"frees from: {', '.join(by)}",)
    yield (f"find it by: “{bound.clause.anchor}”",)


def told_reading(reading: Reading, *, is_default: bool) -> Words:
    """One reading with who holds it; the first is the one that decides."""
    effect = f"; {EFFECTS[reading.effect]}" if reading.effect else ""
    decides = ", decides" if is_default else ""
    return ("reading ", Code(reading.name), f"{decides}: {reading.difference}{effect} (held by {reading.held_by})")
