"""A session of questions: answers are judged at once, can be undone, and are nowhere but here until somebody writes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from license_audit.asking.answers import Patch, composed, patch_of
from license_audit.asking.figures import AnswerError
from license_audit.asking.sheet import questionnaire
from license_audit.asking.subjects import subject_of
from license_audit.asking.trial import Trial
from license_audit.audit import Audited
from license_audit.errors import AuditError
from license_audit.model.profile import Profile
from license_audit.model.questionnaire import Asked, Questionnaire
from license_audit.model.report import ModelUse
from license_audit.model.words import Verdict
from license_audit.naming import unknown_names
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import read_manifest
from license_audit.readers.profile_edit import BOM, read_whole, with_patch
from license_audit.readers.strict_yaml import Document, load, validate


class Turn(NamedTuple):
    """What somebody did about a question."""

    path: str
    answer: str | None
    """As it was typed; None for a question that was skipped."""
    patch: Patch


class Settled(NamedTuple):
    """A verdict that an answer changed."""

    model: str
    use: str
    verdict: Verdict


@dataclass
class Session:
    """Questions and answers about one audit."""

    first: Audited
    """The audit by the profile as it is on disk."""
    manifest: Path
    profile: Path
    text: str = field(init=False)
    """The profile as it is on disk."""
    turns: list[Turn] = field(default_factory=list)
    trial: Trial = field(init=False)
    sheet: Questionnaire = field(init=False)
    """What is left to ask now."""
    _places: Document = field(init=False)

    def __post_init__(self) -> None:
        self.text = read_whole(self.profile)
        self._places = read_manifest(self.manifest)[1]
        self.trial = Trial(self.first, self._read(self.text).data)
        self.sheet = questionnaire(self.trial)

    @property
    def patch(self) -> Patch:
        """All answers as one merge patch."""
        found: Patch = {}
        for turn in self.turns:
            found = composed(found, turn.patch)
        return found

    @property
    def edited(self) -> str:
        """The profile with all answers in it."""
        return with_patch(self.text, str(self.profile), self.patch)

    def open(self) -> list[Asked]:
        """What still matters and was not skipped, most decisive first."""
        skipped = {turn.path for turn in self.turns if turn.answer is None}
        return [one for one in self.sheet.questions if one.path not in skipped]

    def answer(self, one: Asked, text: str) -> list[Settled]:
        """Take an answer and judge again; gives the verdicts that it changed. AnswerError when it cannot be taken."""
        found = self.trial.found
        subject = next(subject for wait in one.waiting if (subject := subject_of(one.path, wait.use)))
        patch = patch_of(subject, one.form, text, found.profile, found.report.on)
        turn = Turn(one.path, text, patch)
        try:
            after = self._judged([*self.turns, turn])
        except AuditError as error:
            raise AnswerError("; ".join(problem.message for problem in error.problems)) from None
        settled = list(_changes(found, after.found))
        self.turns.append(turn)
        self.trial, self.sheet = after, questionnaire(after)
        return settled

    def skip(self, one: Asked) -> None:
        """Leave a question open."""
        self.turns.append(Turn(one.path, None, {}))

    def back(self) -> Turn | None:
        """Undo what was done last; None where nothing was."""
        if not self.turns:
            return None
        turn = self.turns.pop()
        if turn.answer is not None:
            self.trial = self._judged(self.turns)
            self.sheet = questionnaire(self.trial)
        return turn

    def _judged(self, turns: list[Turn]) -> Trial:
        patch: Patch = {}
        for turn in turns:
            patch = composed(patch, turn.patch)
        document = self._read(with_patch(self.text, str(self.profile), patch))
        profile = checked(document, self.first.auditor.catalog)
        return Trial(self.trial.again(profile, self._places), document.data, self.trial.binder)

    def _read(self, text: str) -> Document:
        return load(text.removeprefix(BOM), str(self.profile))


def checked(document: Document, catalog: PackagedCatalog) -> Profile:
    """The profile of a document. AuditError with everything that is wrong in it, names that nobody knows included."""
    profile = validate(Profile, document)
    problems = unknown_names(profile, document, catalog)
    if problems:
        raise AuditError(problems)
    return profile


def _changes(before: Audited, after: Audited) -> Iterator[Settled]:
    """Verdicts that an answer decided. AnswerError where it would turn a verdict that is decided already."""
    for old, new in zip(before.report.uses, after.report.uses, strict=True):
        was, now = old.assessment.verdict, new.assessment.verdict
        if was != now:
            if was != "undetermined":
                raise AnswerError(_contradiction(new, was))
            yield Settled(new.model, new.use, now)


def _contradiction(use: ModelUse, was: Verdict) -> str:
    return (
        f"this contradicts what the profile says: {use.model} in {use.use} is {was}, and would become "
        f"{use.assessment.verdict}; mend the profile by hand first"
    )
