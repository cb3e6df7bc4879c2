"""The questionnaire of an audit: which questions still matter, why, and what each answer would do."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from license_audit.asking.forms import Asking, Option, form_of, options
from license_audit.asking.subjects import Subject, subject_of
from license_audit.asking.trial import Trial
from license_audit.asking.words import FULFILLED, GIVEN, NOTICED, REASONS
from license_audit.audit import Audited
from license_audit.engine.questions import ANY_PERIOD, QUESTIONS
from license_audit.gate import LADDER
from license_audit.model.evidence import Evidence
from license_audit.model.questionnaire import Asked, Count, Effect, Form, Questionnaire, Section, Step, Waiting
from license_audit.model.report import ClauseResult, Evaluated, ModelUse, Question
from license_audit.model.words import Verdict

MOST_TRIED = 400
"""Judgments that are made to say what answers would do; of the questions beyond, that is not said."""
BY_NAME = ("signoff", "evidence.key_clauses")
"""What stands in a path before the name of a clause or a text, and says what kind of question it is."""


Waiter = tuple[Evidence, str]
"""A model and the name of its use."""


@dataclass
class _Open:
    """A question with everybody who waits for it."""

    path: str
    use: str
    """A use that asks it."""
    subject: Subject | None
    asked: list[tuple[ModelUse, Evidence, Question]] = field(default_factory=list)
    asking: list[Asking] = field(default_factory=list)
    """Clauses that ask it."""
    form: Form | None = None
    tried: dict[str, dict[Waiter, Verdict]] = field(default_factory=dict)
    """What answers would do, by their words."""

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """Each model and use once, in the order of the manifest."""
        found: dict[Waiter, Waiting] = {}
        for use, evidence, question in self.asked:
            verdict, waiter = use.assessment.verdict, (evidence, use.use)
            alone = verdict == "undetermined" and any(by[waiter] != verdict for by in self.tried.values())
            waiting = Waiting(model=use.model, use=use.use, verdict=verdict, decides=question.decides or alone)
            found.setdefault(waiter, waiting)
        return tuple(found.values())

    @property
    def text(self) -> str:
        """As somebody whom it decides asks it."""
        return next((one.text for _, _, one in self.asked if one.decides), self.asked[0][2].text)

    @property
    def order(self) -> tuple[bool, int, int, str]:
        """Most decisive first: where verdicts are open, then by how many it settles, and how many wait."""
        waiting = self.waiting
        is_open = any(one.verdict == "undetermined" for one in waiting)
        return not is_open, -sum(one.decides for one in waiting), -len(waiting), self.path


def questionnaire(trial: Trial) -> Questionnaire:
    """Everything that is left to ask about an audit, most decisive first."""
    found, report = trial.found, trial.found.report
    opened, budget = sorted(_opened(found), key=lambda one: one.order), MOST_TRIED
    for one in opened:
        if one.subject is not None:
            one.asking = _asking(one, found)
            one.form = form_of(one.subject, one.asking, found.profile, one.use, report.on)
            tried = options(one.subject, one.form, one.asking, found.profile, report.on)
            waiting = list(dict.fromkeys((evidence, use.use) for use, evidence, _ in one.asked))
            cost = len(waiting) * len(tried)
            if cost <= budget:
                budget -= cost
                one.tried = _tried(waiting, tried, trial)
    opened.sort(key=lambda one: one.order)
    facts = [(one, one.subject, one.form) for one in opened if one.subject is not None and one.form is not None]
    others = [one for one in opened if one.form is None]
    return Questionnaire(
        tool_version=report.tool_version,
        on=report.on,
        manifest=report.manifest,
        profile=report.profile,
        organization=report.organization,
        total=len(report.uses),
        decided=sum(use.assessment.verdict != "undetermined" for use in report.uses),
        questions=tuple(_asked(number, *one, found) for number, one in enumerate(facts, start=1)),
        steps=tuple(_step(number, one, found) for number, one in enumerate(others, start=1)),
    )


def _opened(found: Audited) -> list[_Open]:
    """Questions of verdicts that are not decided, and of duties that may be owed."""
    merged: dict[str, _Open] = {}
    for use, evidence in _pairs(found):
        if use.assessment.verdict in ("undetermined", "conditional"):
            for question in use.assessment.questions:
                fresh = _Open(question.path, use.use, subject_of(question.path, use.use))
                merged.setdefault(question.path, fresh).asked.append((use, evidence, question))
    return list(merged.values())


def _pairs(found: Audited) -> Iterator[tuple[ModelUse, Evidence]]:
    entries = zip(found.manifest.models, found.evidence, strict=True)
    evidence = [one for entry, one in entries for _ in entry.use]
    return zip(found.report.uses, evidence, strict=True)


def _asked(number: int, one: _Open, subject: Subject, form: Form, found: Audited) -> Asked:
    waiting = one.waiting
    use = one.use if subject.keys[0] == "uses" else None
    return Asked(
        number=number,
        path=one.path,
        text=_text(subject, one.text),
        use=use,
        description=found.profile.uses[use].description if use else None,
        reason=REASONS.get(subject.fact, ""),
        decides=any(waiter.decides for waiter in waiting),
        form=form,
        sections=_sections(one, found),
        waiting=waiting,
        effects=tuple(_effect(answer, list(verdicts.values())) for answer, verdicts in one.tried.items()),
    )


def _text(subject: Subject, asked: str) -> str:
    """The question about a fact in general; what a section asks, where it is about a part of one."""
    if subject.kind in ("held-since", "rate") or subject.item is not None:
        return asked
    return QUESTIONS.get(subject.fact, asked).format(period=subject.period or ANY_PERIOD)


def _effect(answer: str, verdicts: list[Verdict]) -> Effect:
    order = dict.fromkeys(sorted(verdicts, key=LADDER.index))
    counts = tuple(Count(verdict=verdict, number=verdicts.count(verdict)) for verdict in order)
    return Effect(answer=answer, counts=counts)


def _step(number: int, one: _Open, found: Audited) -> Step:
    name = next((name for name in BY_NAME if one.path.startswith(f"{name}.")), one.path)
    todo = GIVEN.get(name, GIVEN[""])
    clause = one.path.removeprefix("signoff.")
    duties = {result.clause for result in _results(one).values() if result.kind == "duty"}
    if clause in duties:
        todo = f"{todo} {FULFILLED.format(clause=clause)}"
    kinds = NOTICED.get(name, ())
    noticed = dict.fromkeys(
        finding.message for use, _, _ in one.asked for finding in use.findings if finding.kind in kinds
    )
    return Step(
        number=number,
        path=one.path,
        text=one.text,
        todo=todo,
        noticed=tuple(noticed),
        sections=_sections(one, found),
        waiting=one.waiting,
    )


def _results(one: _Open) -> dict[str, ClauseResult]:
    """Clauses that ask, as they came out where they were first seen."""
    found: dict[str, ClauseResult] = {}
    for use, _, question in one.asked:
        names = {*question.clauses, question.path.removeprefix("signoff.")}
        for result in use.assessment.clauses:
            if result.clause in names:
                found.setdefault(result.clause, result)
    return found


def _sections(one: _Open, found: Audited) -> tuple[Section, ...]:
    """Where the clauses that ask stand; those first that compare the fact themselves."""
    catalog = found.auditor.catalog
    found_sections = [
        Section(
            clause=result.clause,
            license=result.license,
            title=catalog.title(result.license),
            section=result.section,
            gist=result.gist,
            compared=tuple(dict.fromkeys(_compared(result.condition, one.path))),
        )
        for result in _results(one).values()
    ]
    return tuple(sorted(found_sections, key=lambda section: not section.compared))


def _compared(condition: Evaluated | None, path: str) -> Iterator[str]:
    """Comparisons of a fact that are open."""
    if condition is not None:
        if condition.fact is not None and condition.fact.path == path and condition.holds is None:
            yield condition.sentence
        for part in condition.parts:
            yield from _compared(part, path)


def _asking(one: _Open, found: Audited) -> list[Asking]:
    """The clauses that ask, with what they compare."""
    asking: dict[str, Asking] = {}
    for use, evidence, question in one.asked:
        wanted = set(question.clauses) - asking.keys()
        if wanted:
            terms = found.auditor.judge(evidence, use.use, found.profile.uses[use.use]).resolved.terms
            documents = (part for layer in terms.layers for part in (layer.bound, *layer.policies))
            for document in documents:
                for clause in document.clauses:
                    if clause.id in wanted:
                        asking.setdefault(clause.id, Asking(clause, document))
    return list(asking.values())


def _tried(waiting: list[Waiter], answers: Sequence[Option], trial: Trial) -> dict[str, dict[Waiter, Verdict]]:
    """What each answer would do to those that wait; nothing where none does anything."""
    found = {}
    for option in answers:
        verdicts = trial.verdicts(option.patch, waiting)
        if verdicts is not None:
            found[option.label] = dict(zip(waiting, verdicts, strict=True))
    return found if any(verdict != "undetermined" for by in found.values() for verdict in by.values()) else {}
