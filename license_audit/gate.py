"""The gate: the organization's own policy, its waivers, and whether a verdict reaches `fail_on`.

A waiver marks a finding and removes nothing. It counts until the end of its last day, for the text it was given for.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from license_audit.engine.lineage import Resolved
from license_audit.lapses import MOVED, lapsed, moved
from license_audit.model.catalog import Catalog, KnownName
from license_audit.model.evidence import Evidence
from license_audit.model.profile import PolicyList, Profile, Waiver
from license_audit.model.report import Assessment, Finding, State
from license_audit.model.words import Openness

LADDER = ("allowed", "conditional", "undetermined", "disallowed")
"""Verdicts from mildest to gravest."""
BLOCKING = ("policy-denied", MOVED)
"""Kinds of findings that fail the gate whatever the verdict is, unless they are waived."""


class _Terms(NamedTuple):
    """What a policy looks at."""

    publisher: str | None
    licenses: tuple[str, ...]
    is_known: bool
    openness: Openness | None


@dataclass
class Gate:
    """Decides for one profile on one day."""

    profile: Profile
    catalog: Catalog
    on: date
    _denials: dict[object, tuple[Finding, ...]] = field(default_factory=dict)

    def decide(
        self,
        model: str,
        assessment: Assessment,
        findings: tuple[Finding, ...],
        evidence: Evidence,
        resolved: Resolved,
    ) -> tuple[State, tuple[Finding, ...]]:
        """How the gate stands for a model in a use, and the findings with what policy, moves and waivers add."""
        findings += (*moved(evidence), *self._denied(model, evidence, resolved))
        named = [waiver for waiver in self.profile.waivers if waiver.model.lower() == model.lower()]
        given = [waiver for waiver in named if waiver.until >= self.on]
        reasons = [(waiver, lapsed(waiver, evidence)) for waiver in given]
        waivers = [waiver for waiver, reason in reasons if not reason]
        findings += tuple(_lapsed(waiver, reason) for waiver, reason in reasons if reason)
        concerned = {*assessment.decisive, *(finding.kind for finding in findings)}
        ended = [waiver for waiver in named if waiver.until < self.on and waiver.finding in concerned]
        findings += tuple(_lapsed(waiver, f"its last day was {waiver.until}") for waiver in ended)
        marked = tuple(_marked(finding, waivers) for finding in findings) if waivers else findings
        blocked = any(finding.kind in BLOCKING and finding.waived is None for finding in marked)
        reached = LADDER.index(assessment.verdict) >= LADDER.index(self.profile.policy.fail_on)
        if not reached:
            return ("fails" if blocked else "passes"), marked
        covered = bool(assessment.decisive) and {waiver.finding for waiver in waivers}.issuperset(assessment.decisive)
        used = tuple(
            Finding(kind="waived", level="note", message=f"{waiver.finding} is waived", waived=_told(waiver))
            for waiver in waivers
            if waiver.finding in assessment.decisive
        )
        return ("waived" if covered and not blocked else "fails"), marked + used

    def _denied(self, model: str, evidence: Evidence, resolved: Resolved) -> tuple[Finding, ...]:
        deny, allow = self.profile.policy.deny, self.profile.policy.allow
        names = resolved.terms.names
        terms = _Terms(self._publisher(model, evidence), resolved.licenses, resolved.is_known, resolved.openness)
        key = (terms, model.lower(), names) if deny.models or deny.publishers or allow.models else terms
        if key not in self._denials:
            texts = [f"the organization's policy denies {what}" for what in self._matches(deny, names, terms)]
            if allow != PolicyList() and not self._passes(allow, model, terms):
                texts.append("the organization's policy allows only what it lists, and this is not listed")
            self._denials[key] = tuple(Finding(kind="policy-denied", level="error", message=text) for text in texts)
        return self._denials[key]

    def _publisher(self, model: str, evidence: Evidence) -> str | None:
        """The publisher of a model; None where nobody knows which model it is."""
        return self.catalog.publisher_of(evidence.renamed or model) if evidence.is_named else None

    def _matches(self, listed: PolicyList, names: frozenset[str], terms: _Terms) -> list[str]:
        """What of a list of what is denied is met, by the model or by an ancestor."""
        degrees = {self.catalog.openness(key) for key in terms.licenses} | {terms.openness}
        licenses = self._keys(listed)
        found: list[str] = [key for key in terms.licenses if key in licenses]
        found += [degree for degree in listed.openness if degree in degrees]
        publishers = {terms.publisher, *map(self.catalog.publisher_of, names)} if listed.publishers else set()
        found += [name for name in listed.publishers if name in publishers]
        return found + [name for name in listed.models if name.lower() in names]

    def _passes(self, listed: PolicyList, model: str, terms: _Terms) -> bool:
        """Whether a list of what is allowed names a model, its publisher, or all of its terms."""
        if (
            model.lower() in map(str.lower, listed.models)
            or terms.publisher in listed.publishers
            or terms.openness in listed.openness
        ):
            return True
        licenses = self._keys(listed)
        fitting = (key in licenses or self.catalog.openness(key) in listed.openness for key in terms.licenses)
        return terms.is_known and all(fitting)

    def _keys(self, listed: PolicyList) -> set[str]:
        meanings = (self.catalog.named(name) for name in listed.licenses)
        return {meaning.key for meaning in meanings if isinstance(meaning, KnownName)}


def _marked(finding: Finding, waivers: list[Waiver]) -> Finding:
    waiver = next((waiver for waiver in waivers if waiver.finding == finding.kind), None)
    return finding if waiver is None else finding.model_copy(update={"waived": _told(waiver)})


def _lapsed(waiver: Waiver, reason: str) -> Finding:
    text = f"the waiver of {waiver.finding} by {waiver.by} no longer counts: {reason}"
    return Finding(kind="waiver-lapsed", level="warning", message=text)


def _told(waiver: Waiver) -> str:
    return f"by {waiver.by} until {waiver.until}: {waiver.why}"
