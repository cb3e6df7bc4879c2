"""The report arranged for reading: a chapter for each model, a part for each of its uses, shared terms told once."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from license_audit.model.evidence import Passage
from license_audit.model.report import Assessment, ClauseResult, Evaluated, FactUsed, Finding, ModelUse, ReadingResult
from license_audit.model.words import Outcome
from license_audit.outputs.html_lineage import Picture, picture

GRAVE: tuple[Outcome, ...] = ("barred", "review", "open", "owed")
"""Outcomes whose clauses are told at length."""
OTHER: tuple[Outcome, ...] = ("fulfilled", "granted", "clear", "not-applicable")


class Test(NamedTuple):
    """One comparison of a condition."""

    sentence: str
    holds: bool | None
    fact: FactUsed | None


class Told(NamedTuple):
    """A clause as the page shows it."""

    result: ClauseResult
    anchor: str
    decides: bool
    tests: tuple[Test, ...]
    asked: tuple[str, ...]
    """Fact paths that it waits for."""
    passage: tuple[str, Passage] | None
    """File and lines on which it stands."""
    differs: bool
    """Whether the answer is another where it is read in another way."""
    quoted: str
    """Where on the page the same words are quoted already; empty where they are not."""


class Group(NamedTuple):
    """Clauses of one outcome."""

    outcome: Outcome
    clauses: tuple[Told, ...]


class Part(NamedTuple):
    """A model in one use."""

    number: int
    """Place in the report, counted from 1."""
    use: ModelUse
    same: "Part | None" = None
    """The part that tells the same terms for the same use already."""
    grave: tuple[Group, ...] = ()
    others: tuple[Group, ...] = ()
    acts: tuple[str, ...] = ()
    """Acts that no clause grants, where these decide."""
    readings: tuple[tuple[str, str | None, tuple[ReadingResult, ...]], ...] = ()
    """Clause, the reading applied, and the others."""
    anchors: Mapping[str, str] = {}
    """Where on the page each clause stands."""
    findings: tuple[Finding, ...] = ()
    """Those that the model has in this use only."""
    is_concluded_apart: bool = False
    """Whether other terms of its own were concluded than for the first use, e.g. for a copy of another day."""


class Chapter(NamedTuple):
    """A model of the manifest with all of its uses."""

    number: int
    first: ModelUse
    """Carries what is the same in every use: evidence and lineage."""
    findings: tuple[Finding, ...]
    """Those of every use."""
    picture: Picture | None
    parts: tuple[Part, ...]


def chapters(uses: tuple[ModelUse, ...]) -> tuple[Chapter, ...]:
    """Models as in the manifest, each with its uses."""
    arranged = _Arranged()
    by_model: dict[tuple[int, int, str], list[tuple[int, ModelUse]]] = {}
    for number, use in enumerate(uses, start=1):
        by_model.setdefault((use.entry, use.line, use.model), []).append((number, use))
    return tuple(_chapter(number, numbered, arranged) for number, numbered in enumerate(by_model.values(), start=1))


class _Arranged:
    """What is on the page already, so that nothing long is told twice."""

    def __init__(self) -> None:
        self.parts: dict[tuple[str, int], Part] = {}
        self.quotes: dict[tuple[str, str], str] = {}


def _chapter(number: int, numbered: list[tuple[int, ModelUse]], arranged: _Arranged) -> Chapter:
    uses = [use for _, use in numbered]
    shared = tuple(found for found in uses[0].findings if all(found in use.findings for use in uses))
    parts = tuple(
        _part(place, use, arranged)._replace(
            findings=tuple(found for found in use.findings if found not in shared),
            is_concluded_apart=(use.concluded, use.openness) != (uses[0].concluded, uses[0].openness),
        )
        for place, use in numbered
    )
    return Chapter(number, uses[0], shared, picture(uses[0]), parts)


def _part(number: int, use: ModelUse, arranged: _Arranged) -> Part:
    # The auditor hands out one assessment to all models that come under the same terms in a use.
    key = (use.use, id(use.assessment))
    same = arranged.parts.get(key)
    if same is not None:
        return Part(number, use, same=same, anchors=same.anchors)
    found = use.assessment
    known = {clause.clause for clause in found.clauses}
    told = list(_told(number, use, arranged))
    part = Part(
        number,
        use,
        grave=_groups(told, GRAVE),
        others=_groups(told, OTHER),
        acts=tuple(name for name in found.decisive if name not in known),
        readings=tuple(_readings(found)),
        anchors={one.result.clause: one.anchor for one in reversed(told)},
    )
    arranged.parts[key] = part
    return part


def _told(number: int, use: ModelUse, arranged: _Arranged) -> Iterable[Told]:
    found = use.assessment
    passages = {
        passage.clause: (text.file, passage) for text in reversed(use.texts) for passage in reversed(text.passages)
    }
    asked: dict[str, tuple[str, ...]] = {}
    for question in found.questions:
        for name in question.clauses:
            asked[name] = (*asked.get(name, ()), question.path)
    decisive, read_otherwise = set(found.decisive), {reading.clause for reading in found.readings}
    for place, clause in enumerate(found.clauses, start=1):
        anchor = f"s{number}-c{place}"
        passage = passages.get(clause.clause)
        quoted = ""
        if passage is not None and passage[1].quote:
            quoted = arranged.quotes.setdefault((clause.clause, passage[1].quote), anchor)
        yield Told(
            result=clause,
            anchor=anchor,
            decides=clause.clause in decisive,
            tests=tuple(tests(clause.condition)) if clause.condition else (),
            asked=asked.get(clause.clause, ()),
            passage=passage,
            differs=clause.clause in read_otherwise,
            quoted="" if quoted == anchor else quoted,
        )


def tests(condition: Evaluated) -> Iterable[Test]:
    """The comparisons of a condition, in the order of its sentence. The opposite of one comparison is one, too."""
    only = condition.parts[0] if condition.negation and condition.parts else None
    if only is not None and only.fact is not None:
        yield Test(condition.sentence, condition.holds, only.fact)
    elif condition.parts:
        for part in condition.parts:
            yield from tests(part)
    else:
        yield Test(condition.sentence, condition.holds, condition.fact)


def _groups(told: list[Told], outcomes: tuple[Outcome, ...]) -> tuple[Group, ...]:
    """The clauses by outcome, without empty groups."""
    groups = (Group(name, tuple(one for one in told if one.result.outcome == name)) for name in outcomes)
    return tuple(group for group in groups if group.clauses)


def _readings(found: Assessment) -> Iterable[tuple[str, str | None, tuple[ReadingResult, ...]]]:
    """For each clause that readers read differently: the reading applied, and the others."""
    applied = {clause.clause: clause.reading for clause in found.clauses}
    for name in dict.fromkeys(reading.clause for reading in found.readings):
        yield name, applied.get(name), tuple(reading for reading in found.readings if reading.clause == name)
