"""What is left to ask, as plain values that every output prints: questions for the profile, and steps elsewhere."""

import datetime as dt
from typing import Literal

from license_audit.model.value import Made
from license_audit.model.words import Verdict

AnswerKind = Literal[
    "yes-no", "choice", "list", "count", "money", "rate", "date", "held-since", "agreements", "claims", "text"
]
"""`held-since`: the first day of an agreement; `rate`: units of the second currency for one of the first."""


class Choice(Made):
    """Something that an answer may name."""

    value: str
    """As the profile writes it."""
    meaning: str
    """In words; empty where the value says it."""
    matters: bool
    """Whether a section that asks looks for it."""


class Form(Made):
    """What an answer looks like."""

    kind: AnswerKind
    choices: tuple[Choice, ...] = ()
    """Values to choose from; for a list without them, any text, or a country code."""
    period: str | None = None
    """Month `YYYY-MM` or fiscal year `YYYY` that is asked about."""
    currency: str | None = None
    """ISO 4217 code that a bare figure is taken to be in."""
    declared: str | None = None
    """What the profile says already, in words; the answer adds to it."""
    expected: str
    """One sentence for whoever fills it in."""


class Section(Made):
    """A clause that asks."""

    clause: str
    """Clause id."""
    license: str
    title: str
    """Title of the license or policy."""
    section: str
    gist: str
    compared: tuple[str, ...]
    """What the fact is compared with, in English; all that is open."""


class Waiting(Made):
    """A model in a use that waits for an answer."""

    model: str
    use: str
    verdict: Verdict
    decides: bool
    """Whether an answer to this question alone can settle it."""


class Count(Made):
    """How many of the waiting come to a verdict."""

    verdict: Verdict
    number: int


class Effect(Made):
    """What one answer would do to those that wait."""

    answer: str
    """In words."""
    counts: tuple[Count, ...]
    """Verdicts that it leads to, mildest first."""


class Asked(Made):
    """One question for the profile."""

    number: int
    """Place in the order, counted from 1."""
    path: str
    """Where the answer goes in the profile."""
    text: str
    use: str | None
    """The use that it is about; None for the organization."""
    description: str | None
    """What the profile says of that use."""
    reason: str
    """Why it is asked, in one sentence; empty where the sections say it."""
    decides: bool
    """Whether an answer to it alone can settle one of those that wait."""
    form: Form
    sections: tuple[Section, ...]
    waiting: tuple[Waiting, ...]
    effects: tuple[Effect, ...]
    """What each answer would do; empty where that is not cheap to say."""


class Step(Made):
    """Something open that no answer in the profile settles: what has to be done instead."""

    number: int
    path: str
    """Name of what is open."""
    text: str
    todo: str
    """What has to be done, in sentences."""
    noticed: tuple[str, ...]
    """What was noticed about the files concerned."""
    sections: tuple[Section, ...]
    waiting: tuple[Waiting, ...]


class Questionnaire(Made):
    """All that is left to ask about a manifest and a profile, most decisive first."""

    schema_version: str = "1"
    tool_version: str
    on: dt.date
    """Day that the question is asked about."""
    manifest: str
    profile: str
    organization: str | None
    total: int
    """Models times uses."""
    decided: int
    """Those whose verdict is decided."""
    questions: tuple[Asked, ...]
    steps: tuple[Step, ...]
