"""Rules say what a kind of clause means; licenses say which clauses a text holds."""

import datetime as dt
from typing import Annotated, Any, Literal

from license_audit.model.condition import Condition
from license_audit.model.facts import Flag
from license_audit.model.marks import Before, field
from license_audit.model.value import Value
from license_audit.model.words import Act, ClauseKind, Cure, Duty, Relation, Travel


class Rule(Value):
    """A kind of clause."""

    rule: str
    """Name, the same as the file's."""
    kind: ClauseKind
    title: str = field(min_length=1)
    meaning: str = field(min_length=1)
    covers_acts: Flag = False
    """True when the clause's acts count as granted."""
    restriction: Flag = False
    """True when losing the clause along a lineage is a finding."""
    attribution: Flag = False
    """True when the clause asks that a text, a notice or a name goes along with what is passed on."""
    limits_outputs: Flag = False
    """True when the clause limits what outputs may train."""
    fulfilled_by: tuple[Duty, ...] = ()
    """Duty tokens that together show the duty done."""
    parameters: tuple[str, ...] = ()
    """Names of the values that a license supplies."""
    when: Condition | None = None
    """When the clause bites; always, when absent."""
    question: str = field(min_length=1)
    """What to ask when a fact is missing."""
    remedy: str = field(min_length=1)
    """The next step when it bites."""


class Definition(Value):
    """A named condition."""

    meaning: str
    when: Condition


class Reading(Value):
    """One way to read a clause. The first of a clause is the default and overrides nothing."""

    name: str
    difference: str
    held_by: str
    with_: dict[str, Any] = field(default_factory=dict, alias="with")
    """Parameters that differ under this reading."""
    acts: tuple[Act, ...] | None = None
    """Acts that trigger the clause under this reading."""
    effect: Literal["none", "duty", "review"] | None = None
    """`none`: the clause does not apply; `duty`: owed instead of barred; `review`: a person must judge."""


def _any_act(value: object) -> object:
    return () if value == "any" else value


class Clause(Value):
    """One clause of one text."""

    id: str
    """Section in dotted form, `/n` for the n-th unnumbered item; unique in its license."""
    rule: str
    acts: Annotated[tuple[Act, ...], Before(_any_act)]
    """Acts that trigger it; empty means any act."""
    on: tuple[Literal["weights", "derivatives", "adapters", "outputs", "names"], ...] = ()
    """What the clause speaks about."""
    with_: dict[str, Any] = field(default_factory=dict, alias="with")
    """Values for the rule's parameters."""
    unless: tuple[str, ...] = ()
    """Ids of exceptions in the same license."""
    cure: Cure | None = None
    """What lifts a bar."""
    travels: Travel = "never"
    """Whether it reaches users of derivatives."""
    fulfilled_by: tuple[Duty, ...] | None = None
    """Duty tokens instead of the rule's."""
    anchor: str
    """At most eight words that find the passage in a copy of the text."""
    gist: str
    """One sentence in our own words."""
    wording: str | None = None
    """Text that the license requires to be printed."""
    of_derivative: Flag = False
    """Whether the copy that it asks for is one of the license put on the changed model."""
    tells_change: Flag = False
    """Whether a credit that it asks for says of a changed model how it uses the original."""
    readings: tuple[Reading, ...] = ()


class Incorporated(Value):
    """A policy that is part of a license."""

    key: str
    by: str
    """Section that makes it part of the license."""
    held: Flag
    """Whether its text is encoded here."""


class NoDuty(Value):
    """A section without a checkable clause, and why."""

    section: str
    reason: str


class Review(Value):
    """Who read the text against the encoding."""

    by: str
    on: dt.date
    confidence: Literal["high", "medium", "low"]


class License(Value):
    """One version of one text."""

    schema_version: Literal["1"] = field(alias="schema")
    key: str
    kind: Literal["license", "policy"]
    title: str
    publisher: str
    licensors: tuple[str, ...] = ()
    """Names under which its licensor appears in agreements; empty when anybody may be the licensor."""
    spdx: str
    """SPDX id or LicenseRef."""
    version: str
    date: dt.date | None
    """Printed or published date; None when the text has none."""
    aliases: tuple[str, ...] = ()
    """Names that mean exactly this text."""
    address: str | None = None
    """Address with which its clauses on copies are content, without scheme; None where they want the text."""
    incorporates: tuple[Incorporated, ...] = ()
    derivatives: tuple[Relation, ...] = ()
    """Lineage relations that the text's own definition of a derivative reaches."""
    coverage: Literal["sections", "key-clauses"] = "sections"
    """`key-clauses`: only what bars, what is capped and what must be shown is encoded; nobody read the rest into it."""
    sections: tuple[str, ...]
    """Every section of the text; those that were read, where only the key clauses are encoded."""
    clauses: tuple[Clause, ...]
    no_duty: tuple[NoDuty, ...] = ()
    reviewed: Review
