"""From a solution to an assessment that a person can follow: reason, duties, questions, readings, changes."""

from collections.abc import Iterable
from typing import assert_never

from license_audit.engine.changes import changes
from license_audit.engine.formula import Formula, Leaf, Node, leaves
from license_audit.engine.headroom import headroom
from license_audit.engine.questions import question
from license_audit.engine.sentences import evaluate
from license_audit.engine.situation import Situation
from license_audit.engine.solve import Grounded, Solution, Terms, differs, outcome_of, solve
from license_audit.model.license import Clause
from license_audit.model.report import Assessment, ClauseResult, Obstacle, Question, ReadingResult
from license_audit.model.words import Outcome

SHOWN = 3
"""How many questions the reason names."""


def assess(terms: Terms, situation: Situation) -> Assessment:
    """What terms come to in a situation."""
    solution = solve(terms, situation)
    outcomes = tuple((clause, outcome_of(clause)) for clause in solution.grounded)
    verdict = solution.verdict
    questions = _questions(solution, situation) if verdict in ("undetermined", "conditional") else ()
    decisive = _decisive(solution, outcomes)
    return Assessment(
        verdict=verdict,
        best=solution.verdicts[0],
        worst=solution.verdicts[-1],
        reason=_reason(solution, outcomes, questions),
        decisive=decisive,
        obstacles=tuple(_obstacles(terms, solution, outcomes)),
        terms=terms.keys,
        clauses=tuple(_result(clause, outcome) for clause, outcome in outcomes),
        owed=solution.owed,
        questions=questions,
        changes=changes(terms, situation, solution),
        readings=tuple(_readings(terms, situation, solution)),
        headroom=headroom(outcomes),
        capped=solution.capped,
    )


def _decisive(solution: Solution, outcomes: Iterable[tuple[Grounded, Outcome]]) -> tuple[str, ...]:
    by_outcome: dict[str, list[str]] = {}
    for clause, outcome in outcomes:
        relevant = outcome != "open" or clause.bars is not False or clause.owes is not False
        if relevant and not (outcome == "granted" and not clause.bound.rule.covers_acts):
            by_outcome.setdefault(outcome, []).append(clause.bound.id)
    match solution.verdict:
        case "disallowed":
            acts = [name for name, formula in solution.not_granted if formula is True]
            return tuple(by_outcome.get("barred", []) or acts or by_outcome.get("open", []))
        case "conditional":
            return tuple(solution.owed) or tuple(by_outcome.get("open", []))
        case "undetermined":
            return tuple(by_outcome.get("review", []) + by_outcome.get("open", []))
        case "allowed":
            return tuple(by_outcome.get("granted", []))
        case _:
            assert_never(solution.verdict)


def _obstacles(terms: Terms, solution: Solution, outcomes: Iterable[tuple[Grounded, Outcome]]) -> Iterable[Obstacle]:
    for clause, outcome in outcomes:
        if outcome == "barred":
            yield Obstacle(finding=clause.bound.id, verdict="disallowed")
        elif outcome == "owed":
            yield Obstacle(finding=clause.bound.id, verdict="conditional")
        elif outcome in ("review", "open") and (clause.bars is not False or clause.owes is not False):
            yield Obstacle(finding=clause.bound.id, verdict="undetermined")
    for name, formula in solution.not_granted:
        if formula is not False:
            yield Obstacle(finding=name, verdict="disallowed" if formula is True else "undetermined")
    for path, holds in terms.unread.items():
        if holds is not False:
            yield Obstacle(finding=path, verdict="undetermined")


def _reason(solution: Solution, outcomes: Iterable[tuple[Grounded, Outcome]], questions: tuple[Question, ...]) -> str:
    by_id = {str(clause.bound.id): clause.bound for clause, _ in outcomes}
    match solution.verdict:
        case "allowed":
            return "Every act is granted, nothing bars it, and no duty is outstanding."
        case "conditional":
            owed = dict.fromkeys(by_id[name].rule.title for name in solution.owed)
            maybe = (clause.bound.rule.title for clause, outcome in outcomes if outcome == "open" and clause.owes)
            also = "; ".join(title for title in dict.fromkeys(maybe) if title not in owed)
            told = f"Allowed once this is done: {'; '.join(owed) or 'duties that open facts decide'}."
            return f"{told} Open is whether this is owed, too: {also}." if also else told
        case "disallowed":
            barred = [clause.bound for clause, outcome in outcomes if outcome == "barred"]
            roots = [bound for bound in barred if bound.rule.rule != "incorporated-policy"] or barred
            if roots:
                return roots[0].clause.gist
            act = next((name for name, formula in solution.not_granted if formula is True), None)
            return f"No clause grants this act ({act})." if act else "Whatever the open facts are, some clause bars it."
        case "undetermined":
            asked = list(dict.fromkeys(question.text for question in questions))
            return f"Not decided before this is answered: {' '.join(asked[:SHOWN])}{' …' if len(asked) > SHOWN else ''}"
        case _:
            assert_never(solution.verdict)


def _result(grounded: Grounded, outcome: Outcome) -> ClauseResult:
    bound = grounded.bound
    asked = bound.rule.when is not None and grounded.trigger is not False
    condition = evaluate(bound.when, grounded.situation, lambda _: grounded.bites) if asked else None
    return ClauseResult(
        clause=bound.id,
        license=grounded.license.key,
        section=section_of(bound.clause),
        rule=bound.rule.rule,
        kind=bound.rule.kind,
        title=bound.rule.title,
        gist=bound.clause.gist,
        outcome=outcome,
        condition=condition,
        remedy=bound.rule.remedy,
        question=bound.rule.question,
        cure=bound.clause.cure,
        fulfilled_by=bound.duties,
        wording=bound.clause.wording,
        reading=bound.reading.name if bound.reading else None,
    )


def section_of(clause: Clause) -> str:
    """The section as the text numbers it."""
    return clause.id.split("/")[0]


def _questions(solution: Solution, situation: Situation) -> tuple[Question, ...]:
    """Facts that some open clause needs, most decisive first."""
    asking: dict[str, list[Grounded]] = {}
    settled = {leaf.path for leaf in _alone(solution.disallowed)}
    for clause in solution.grounded:
        matters = clause.bars if clause.bars is not False else clause.owes
        for path in dict.fromkeys(leaf.path for leaf in leaves(matters)):
            asking.setdefault(path, []).append(clause)
    for formula in (solution.disallowed, *(formula for _, formula in solution.not_granted)):
        for leaf in leaves(formula):
            asking.setdefault(leaf.path, [])
    found = [
        Question(
            path=situation.shown(path),
            text=_text(path, clauses, situation),
            clauses=tuple(clause.bound.id for clause in clauses),
            decides=path in settled,
        )
        for path, clauses in asking.items()
    ]
    return tuple(sorted(found, key=lambda asked: (not asked.decides, -len(asked.clauses), asked.path)))


def _alone(formula: Formula) -> list[Leaf]:
    """Leaves that can make a disjunction true by themselves."""
    parts = formula.parts if isinstance(formula, Node) and not formula.conjunction else (formula,)
    alone = []
    for part in parts:
        found = leaves(part)
        if len({leaf.path for leaf in found}) == 1:
            alone.append(found[0])
    return alone


def _text(path: str, clauses: list[Grounded], situation: Situation) -> str:
    inner = path.replace(f"uses.{situation.use_name}.", "use.")
    own = question(inner)
    if own is not None or not clauses:
        return own or f"What is {inner}?"
    telling = [clause for clause in clauses if clause.bound.rule.rule != "incorporated-policy"]
    return (telling or clauses)[0].bound.rule.question


def _readings(terms: Terms, situation: Situation, solution: Solution) -> Iterable[ReadingResult]:
    """What the verdict would be if one clause were read another way, where that makes a difference."""
    for clause in solution.grounded:
        for other in clause.license.alternatives.get(clause.bound.id, ()):
            if other.reading is None or not differs(clause, other):
                continue
            swapped = solve(terms, situation, other)
            if (swapped.verdicts, swapped.owed) != (solution.verdicts, solution.owed):
                yield ReadingResult(
                    clause=other.id,
                    name=other.reading.name,
                    difference=other.reading.difference,
                    held_by=other.reading.held_by,
                    verdict=swapped.verdict,
                    owed=swapped.owed,
                )
