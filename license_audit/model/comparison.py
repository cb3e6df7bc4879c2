"""What differs between two licenses, models, profiles or reports, as plain values that every output prints."""

import datetime as dt
from typing import Literal

from license_audit.model.value import Made
from license_audit.model.words import Act, ClauseKind, Outcome, Travel, Verdict

Subject = Literal["licenses", "models", "profiles", "reports"]
"""What is compared."""
State = Literal["same", "differs", "only-a", "only-b", "not-known"]
"""`not-known`: one side says it, and the text in which the other side may say it has not been read."""
Group = Literal["grants", "limits", "duties", "terminations", "policies"]
"""What a lawyer asks of a text, in that order. `policies`: those that are part of it, and the clauses that say so."""
Topic = Literal["act", "domain", "event"]
"""`act`: what is granted; `domain`: a field of use; `event`: something that happens."""


class Row(Made):
    """One thing said of both sides, in words."""

    what: str
    a: str | None
    """What A says; None when it says nothing of it."""
    b: str | None
    """What B says; None when it says nothing of it."""
    only_a: tuple[str, ...] = ()
    """For lists: what only A names."""
    only_b: tuple[str, ...] = ()
    """For lists: what only B names."""

    @property
    def differs(self) -> bool:
        """Whether the sides differ in it."""
        return self.a != self.b


class Cited(Made):
    """A clause of one side."""

    clause: str
    """Clause id."""
    license: str
    """Key of the license or policy it stands in."""
    section: str
    gist: str
    acts: tuple[Act, ...]
    """Acts that trigger it; empty means any act."""
    condition: str | None
    """When it holds or is owed, as an English sentence; None when it always does."""
    travels: Travel
    """Whether it reaches users of derivatives."""


class Pair(Made):
    """Two clauses that are about the same, or one that has no counterpart."""

    group: Group
    rule: str
    kind: ClauseKind
    title: str
    state: State
    a: Cited | None
    b: Cited | None
    differences: tuple[Row, ...]
    """What differs between the two; empty when one of them is missing."""
    see: tuple[str, ...]
    """Clauses that are, in part, about the same, stand on the other side, and belong to another pair."""

    @property
    def is_told_alike(self) -> bool:
        """Whether both are told in the same sentence; if not, a person reads both, whatever the values say."""
        return self.a is not None and self.b is not None and self.a.gist == self.b.gist


class Matter(Made):
    """One act, field of use or event, and which clauses of each side speak about it."""

    topic: Topic
    title: str
    """What the rule of these clauses does about it."""
    word: str
    state: State
    """`same` when both sides speak about it, in however many clauses."""
    a: tuple[str, ...]
    """Clause ids."""
    b: tuple[str, ...]
    """Clause ids."""


class Remark(Made):
    """Something to know about one side, or about both."""

    side: Literal["a", "b", "both"]
    text: str


class OutcomePair(Made):
    """What a clause, or two that are about the same, come to in one use."""

    title: str
    a: str | None
    """Clause id; None when the terms of this side hold no such clause."""
    b: str | None
    """Clause id, as above."""
    outcome_a: Outcome | None
    outcome_b: Outcome | None
    facts: tuple[Row, ...] = ()
    """Facts that the clause looks at and that changed, where it came out otherwise."""

    @property
    def differs(self) -> bool:
        """Whether it came out otherwise, or stands on one side alone."""
        return self.outcome_a != self.outcome_b

    @property
    def matters(self) -> bool:
        """Whether the difference is felt: a clause of one side alone that does not touch the use is not."""
        alone = self.outcome_a is None or self.outcome_b is None
        return self.differs and not (alone and {self.outcome_a, self.outcome_b} & {"clear", "not-applicable"})


class Owed(Made):
    """A duty that is owed on one side or on both."""

    title: str
    a: str | None
    """Id of the clause by which it is owed; None when it is not owed."""
    b: str | None
    """Id, as above."""


class Asked(Made):
    """A question that is open on one side or on both."""

    path: str
    text: str
    a: bool
    b: bool


class UseComparison(Made):
    """The two answers to one use."""

    model: str
    """The model in it; empty where two models are compared, which the comparison names."""
    use: str
    a: Verdict | None
    """None when this side has no such use."""
    b: Verdict | None
    reason_a: str
    reason_b: str
    terms: Row
    """License keys in force."""
    clauses: tuple[OutcomePair, ...]
    owed: tuple[Owed, ...]
    questions: tuple[Asked, ...]

    @property
    def differs(self) -> bool:
        """Whether anything came out otherwise."""
        return (
            self.a != self.b
            or self.terms.differs
            or any(clause.differs for clause in self.clauses)
            or any((duty.a is None) != (duty.b is None) for duty in self.owed)
            or any(question.a != question.b for question in self.questions)
        )


class Comparison(Made):
    """Two of a kind, side by side."""

    schema_version: str = "1"
    tool_version: str
    on: dt.date | None
    """Day the question is asked about; None where no day matters."""
    kind: Subject
    a: str
    """What A is called."""
    b: str
    """What B is called."""
    differs: bool
    """Whether any difference was found."""
    is_complete: bool
    """False when a text that belongs to one side has not been read: then `not-known` may stand for same or differs."""
    identity: tuple[Row, ...]
    clauses: tuple[Pair, ...] = ()
    """Every clause of both sides, once; empty where the clauses of a license are not encoded."""
    matters: tuple[Matter, ...] = ()
    facts: tuple[Row, ...] = ()
    """Declared facts that differ."""
    uses: tuple[UseComparison, ...] = ()
    remarks: tuple[Remark, ...] = ()
