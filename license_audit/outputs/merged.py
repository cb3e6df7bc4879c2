"""What a whole report comes to: each duty, question and line once, with the models and uses that it is about."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

from license_audit.model.report import ClauseResult, Headroom, Question, Report


class Owed(NamedTuple):
    """A duty that several clauses, models or uses may ask for in the same words."""

    clause: ClauseResult
    """The first that asks for it."""
    clauses: tuple[str, ...]
    """Ids of all clauses that ask for it."""
    uses: tuple[int, ...]
    """Places in the report's uses, counted from 0."""


class Asked(NamedTuple):
    """A question that several models or uses may wait for."""

    question: Question
    clauses: tuple[str, ...]
    uses: tuple[int, ...]
    """Places in the report's uses, counted from 0."""
    settles: int
    """For how many of them an answer to this alone can settle the verdict."""


class Line(NamedTuple):
    """A line that a declared number is held against."""

    headroom: Headroom
    clauses: tuple[str, ...]
    uses: tuple[int, ...]
    """Places in the report's uses, counted from 0."""


def duties_owed(report: Report) -> tuple[Owed, ...]:
    """Each duty once, those that most uses owe first. Duties are one where title, proof and wording are the same."""
    found: dict[Hashable, tuple[ClauseResult, dict[str, None], list[int]]] = {}
    for place, use in enumerate(report.uses):
        owed = set(use.assessment.owed)
        for clause in use.assessment.clauses:
            if clause.clause in owed:
                key = (clause.title, clause.fulfilled_by, clause.wording or clause.fulfilled_by or clause.clause)
                _, clauses, uses = found.setdefault(key, (clause, {}, []))
                clauses[clause.clause] = None
                _once(uses, place)
    merged = (Owed(clause, tuple(clauses), tuple(uses)) for clause, clauses, uses in found.values())
    return tuple(sorted(merged, key=lambda one: -len(one.uses)))


def questions_asked(report: Report, verdicts: Iterable[str] = ("undetermined",)) -> tuple[Asked, ...]:
    """Each question once, for uses with one of the verdicts: first what alone can settle most of them."""
    counted = set(verdicts)
    found: dict[str, list[tuple[int, Question]]] = {}
    for place, use in enumerate(report.uses):
        if use.assessment.verdict in counted:
            for question in use.assessment.questions:
                found.setdefault(question.path, []).append((place, question))
    merged = [_asked(pairs) for pairs in found.values()]
    return tuple(sorted(merged, key=lambda one: (-one.settles, -len(one.uses), one.question.path)))


def _asked(pairs: list[tuple[int, Question]]) -> Asked:
    settling = [question for _, question in pairs if question.decides]
    first = settling[0] if settling else pairs[0][1]
    clauses = dict.fromkeys(name for _, question in pairs for name in question.clauses)
    return Asked(first, tuple(clauses), tuple(place for place, _ in pairs), len(settling))


def lines_drawn(report: Report) -> tuple[Line, ...]:
    """Each line once: those that are open first, then those that are near, then those that cannot move any more."""
    found: dict[Hashable, tuple[Headroom, dict[str, None], list[int]]] = {}
    for place, use in enumerate(report.uses):
        for line in use.assessment.headroom:
            key = line.model_copy(update={"clause": line.clause.partition("/")[0]})
            _, clauses, uses = found.setdefault(key, (line, {}, []))
            clauses[line.clause] = None
            _once(uses, place)
    merged = (Line(line, tuple(clauses), tuple(uses)) for line, clauses, uses in found.values())
    return tuple(sorted(merged, key=lambda one: (one.headroom.is_fixed, one.headroom.side != "open", one.clauses)))


def _once(places: list[int], place: int) -> None:
    if places[-1:] != [place]:
        places.append(place)
