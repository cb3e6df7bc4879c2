"""What follows from an audit: a report of plain values that every output prints."""

import datetime as dt
from decimal import Decimal
from typing import Literal

from license_audit.model.evidence import FoundText, Statement
from license_audit.model.profile import Waiver
from license_audit.model.value import Made
from license_audit.model.words import Basis, ClauseKind, Cure, Level, Openness, Outcome, Relation, Verdict


class FactUsed(Made):
    """One comparison as it came out."""

    path: str
    """Where the fact stands in the profile."""
    declared: str | None
    """The declared value in words; None when nothing is declared."""
    sentence: str
    """The comparison in English."""
    holds: bool | None
    """How it came out; None when open."""


class Evaluated(Made):
    """A condition as it came out, part by part."""

    sentence: str
    holds: bool | None
    fact: FactUsed | None = None
    negation: bool = False
    """True when the condition is the opposite of its one part."""
    parts: tuple["Evaluated", ...] = ()


class ReadingResult(Made):
    """The verdict if one clause is read another way."""

    clause: str
    name: str
    difference: str
    held_by: str
    verdict: Verdict
    owed: tuple[str, ...]


class ClauseResult(Made):
    """What one clause comes to in one use."""

    clause: str
    """Clause id."""
    license: str
    section: str
    rule: str
    kind: ClauseKind
    title: str
    gist: str
    outcome: Outcome
    condition: Evaluated | None
    """The condition of the rule as it came out; None when the clause has none or the use does none of its acts."""
    remedy: str
    question: str
    cure: Cure | None = None
    fulfilled_by: tuple[str, ...] = ()
    shown_by: tuple[str, ...] = ()
    """Files of a distribution folder that show the duty done, each with its line."""
    wording: str | None = None
    reading: str | None = None
    """Name of the reading applied, where readers differ."""


class Question(Made):
    """A fact whose answer would help to decide."""

    path: str
    """Fact path, as in the profile."""
    text: str
    clauses: tuple[str, ...]
    """Clauses that ask it."""
    decides: bool
    """Whether some answer to this question alone would settle the verdict."""


class Change(Made):
    """Something that would improve the verdict."""

    what: str
    verdict: Verdict
    """The verdict it leads to; undetermined where other facts stay open."""


class Headroom(Made):
    """How far a declared number is from a line that a clause draws."""

    clause: str
    path: str
    """Where the number stands in the profile, with the period that the clause measures."""
    sentence: str
    """The comparison in English."""
    limit: Decimal
    currency: str | None
    low: Decimal | None
    """Lowest value that the declared facts leave, in the currency of the limit; None when there is no lower bound."""
    high: Decimal | None
    """Highest one."""
    side: Literal["below", "above", "open"]
    """Where the number lies; `open` when the declared facts leave it open. On the line is as the clause counts it."""
    is_fixed: bool
    """Whether the period is over and the line can no longer be crossed."""


class Finding(Made):
    """Something to know about the evidence or the lineage of a model."""

    kind: str
    level: Level
    message: str
    clauses: tuple[str, ...] = ()
    """Clauses concerned, e.g. those that were dropped."""
    waived: str | None = None
    """Who waived it, why and until when."""


class Obstacle(Made):
    """One thing that stands against a use, whether the verdict turns on it or not."""

    finding: str
    """Clause id; `license: act` for an act that is not granted; `evidence.license_text` for terms that nobody read, and
    `evidence.key_clauses.KEY` for a text of which nobody read more than the key clauses."""
    verdict: Verdict
    """The verdict that it would lead to alone."""


class Assessment(Made):
    """What the terms of a model come to in one use."""

    verdict: Verdict
    best: Verdict
    worst: Verdict
    reason: str
    """One sentence that says what decides it."""
    decisive: tuple[str, ...]
    """Clauses the verdict turns on."""
    obstacles: tuple[Obstacle, ...] = ()
    """Everything that stands against the use. To let it pass, somebody has to answer for each."""
    terms: tuple[str, ...]
    """License keys in force, own terms first."""
    clauses: tuple[ClauseResult, ...]
    owed: tuple[str, ...]
    """Duties owed in every completion in which the use is not disallowed."""
    questions: tuple[Question, ...]
    changes: tuple[Change, ...]
    readings: tuple[ReadingResult, ...]
    headroom: tuple[Headroom, ...] = ()
    """Every line that numbers are held against, in the order of the clauses."""
    capped: bool = False
    """True when the search over open facts was cut short; the range may be wider than needed."""


EvidenceSource = Literal["lock", "folder", "cache", "catalog", "provider"]


class Edge(Made):
    """A step of the lineage."""

    child: str
    parent: str
    relation: Relation
    basis: Basis
    contested: bool
    where: str
    """File and line that name the parent; empty where none does."""
    concluded: tuple[str, ...]
    """Keys of the parent's own licenses."""
    dropped: tuple[str, ...] = ()
    """Restrictions that travel along this step and that the child drops: clause ids; keys of the parent's licenses
    where the clauses are not encoded; `its terms` where nobody knows them."""


State = Literal["passes", "fails", "waived", "known"]


class ModelUse(Made):
    """One model in one use."""

    model: str
    use: str
    line: int
    """Line of the manifest, counted from 1."""
    entry: int = 0
    """Place among the models of the manifest, counted from 0; several may stand on one line."""
    declared: tuple[str, ...] | None
    """License names of the card; None when no card was read."""
    found: tuple[str, ...] | None
    """Keys of the texts found; an empty name for one that is unknown or altered; None when no text was looked for."""
    concluded: tuple[str, ...] = ()
    """Keys of the model's own licenses, as concluded from text, publisher and card."""
    texts: tuple[FoundText, ...] = ()
    """The texts found, each held against the published one."""
    stated: tuple[Statement, ...] = ()
    """What the prose of the card says about terms."""
    lineage: tuple[Edge, ...] = ()
    """Parents and their parents, each edge once, those of the model itself first."""
    openness: Openness | None = None
    """Of the least open license in force; None while terms are unknown."""
    data_disclosed: bool | None = None
    """Whether the card names training data; None when no card was read."""
    source: EvidenceSource = "catalog"
    """Where the evidence came from."""
    commit: str | None = None
    """Commit that was read, for a model of the Hub."""
    digests: tuple[str, ...] = ()
    """SHA-256 of each license and policy text that was read, those of ancestors too, hexadecimal, sorted."""
    assessment: Assessment
    findings: tuple[Finding, ...]
    gate: State
    """`known` means that it fails, and that the baseline holds the very same."""


class DeclaredUse(Made):
    """What the profile says of a use, in words; empty where it says nothing."""

    use: str
    description: str
    purpose: str
    environment: str
    acts: str
    audience: str
    obtained_on: str
    """Day on which copies were obtained, ISO."""


class Source(Made):
    """A file that the whole audit rests on."""

    name: str
    sha256: str
    """Of its bytes, hexadecimal."""


class Report(Made):
    """The whole audit."""

    schema_version: str = "1"
    tool_version: str
    on: dt.date
    manifest: str
    folder: str = ""
    """Folder of the manifest in its repository, with `/`; empty at the top, or where there is no repository."""
    profile: str
    sources: tuple[Source, ...] = ()
    """Manifest, profile, and lock file where there is one."""
    own_rules: str = ""
    """Folder of the organization's own rules; empty where it has none."""
    organization: str | None
    fail_on: Verdict
    uses: tuple[ModelUse, ...]
    declared: tuple[DeclaredUse, ...] = ()
    """The uses that the manifest names, in its order."""
    waivers: tuple[Waiver, ...] = ()
    """Everything that the profile waives, whether it still counts or not."""
