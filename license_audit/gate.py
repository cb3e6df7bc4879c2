"""The gate: the organization's own policy, its waivers, and whether a verdict reaches `fail_on`.

A waiver marks a finding and removes nothing. It counts until the end of its last day, for the text it was given for.
"""

from dataclasses import dataclass, field
from datetime import date
from posixpath import normpath

from license_audit.engine.lineage import Resolved
from license_audit.lapses import MOVED, lapsed, moved
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import Evidence
from license_audit.model.manifest import ModelEntry
from license_audit.model.profile import Profile, Waiver
from license_audit.model.report import Assessment, Finding, State
from license_audit.model.words import Verdict
from license_audit.policy import PolicyLists

LADDER = ("allowed", "conditional", "undetermined", "disallowed")
"""Verdicts from mildest to gravest."""
BLOCKING = ("policy-denied", MOVED)
"""Kinds of findings that fail the gate whatever the verdict is, unless they are waived."""


@dataclass
class Gate:
    """Decides for one profile on one day."""

    profile: Profile
    catalog: Catalog
    on: date
    _lists: PolicyLists = field(init=False)

    def __post_init__(self) -> None:
        self._lists = PolicyLists(self.profile.policy, self.catalog)

    def decide(
        self,
        entry: ModelEntry,
        assessment: Assessment,
        findings: tuple[Finding, ...],
        evidence: Evidence,
        resolved: Resolved,
    ) -> tuple[State, tuple[Finding, ...]]:
        """How the gate stands for a model in a use, and the findings with what policy, moves and waivers add."""
        findings += (*moved(evidence), *self._lists.denials(entry, evidence, resolved))
        named = [waiver for waiver in self.profile.waivers if self._is_about(waiver, entry)]
        given = [waiver for waiver in named if waiver.until >= self.on]
        reasons = [(waiver, lapsed(waiver, evidence)) for waiver in given]
        waivers = [waiver for waiver, reason in reasons if not reason]
        findings += tuple(_lapsed(waiver, reason) for waiver, reason in reasons if reason)
        concerned = {*assessment.decisive, *(finding.kind for finding in findings)}
        ended = [waiver for waiver in named if waiver.until < self.on and waiver.finding in concerned]
        findings += tuple(_lapsed(waiver, f"its last day was {waiver.until}") for waiver in ended)
        marked = tuple(_marked(finding, waivers) for finding in findings) if waivers else findings
        blocked = any(finding.kind in BLOCKING and finding.waived is None for finding in marked)
        if not self._fails(assessment.verdict):
            return ("fails" if blocked else "passes"), marked
        # Whoever lets a bar pass has not yet answered for what stands behind it.
        needed = {one.finding for one in assessment.obstacles if self._fails(one.verdict)} | set(assessment.decisive)
        covered = bool(needed) and needed <= {waiver.finding for waiver in waivers}
        used = tuple(
            Finding(kind="waived", level="note", message=f"{waiver.finding} is waived", waived=_told(waiver))
            for waiver in waivers
            if waiver.finding in needed
        )
        return ("waived" if covered and not blocked else "fails"), marked + used

    def _is_about(self, waiver: Waiver, entry: ModelEntry) -> bool:
        """Whether a waiver names the entry. A folder whose path is somebody's model id is named with `./` before it."""
        if entry.id is not None or entry.path is None:
            return waiver.model.lower() == entry.name.lower()
        is_path = waiver.model.startswith("./") or self.catalog.publisher_of(entry.path) is None
        return is_path and normpath(waiver.model) == normpath(entry.path)

    def _fails(self, verdict: Verdict) -> bool:
        return LADDER.index(verdict) >= LADDER.index(self.profile.policy.fail_on)


def _marked(finding: Finding, waivers: list[Waiver]) -> Finding:
    waiver = next((waiver for waiver in waivers if waiver.finding == finding.kind), None)
    return finding if waiver is None else finding.model_copy(update={"waived": _told(waiver)})


def _lapsed(waiver: Waiver, reason: str) -> Finding:
    text = f"the waiver of {waiver.finding} by {waiver.by} no longer counts: {reason}"
    return Finding(kind="waiver-lapsed", level="warning", message=text)


def _told(waiver: Waiver) -> str:
    return f"by {waiver.by} until {waiver.until}: {waiver.why}"
