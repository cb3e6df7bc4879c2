"""Judging one model after the other against one profile on one day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from license_audit.engine.binder import Binder
from license_audit.engine.judge import assess
from license_audit.engine.lineage import Resolved, resolve
from license_audit.engine.own_terms import Moment
from license_audit.engine.situation import Situation
from license_audit.engine.solve import Terms
from license_audit.gate import LADDER
from license_audit.lapses import acceptance
from license_audit.model.evidence import Evidence
from license_audit.model.profile import Profile, Use
from license_audit.model.report import Assessment, Change, Finding, ReadingResult
from license_audit.readers.catalog import PackagedCatalog

if TYPE_CHECKING:
    # Most audits look into no folder that is handed out.
    from license_audit.artifacts.shown import Distribution


class Judged(NamedTuple):
    """What is known of one model in one use."""

    assessment: Assessment
    findings: tuple[Finding, ...]
    resolved: Resolved
    use: Use
    """The use, with those duties done that a folder shows done, where one was looked into."""


@dataclass
class Auditor:
    """Judges models against one profile on one day, and remembers what it has judged before."""

    profile: Profile
    catalog: PackagedCatalog
    on: date
    binder: Binder | None = None
    """Licenses bound before, to be used again."""
    has_lock: bool = False
    """Whether there is a lock file; then it is told which models it does not hold."""
    distribution: "Distribution | None" = None
    """Folders that are handed out, which show what is done of the duties."""
    _binder: Binder = field(init=False)
    _resolved: dict[object, Resolved] = field(default_factory=dict)
    _assessed: dict[object, Assessment] = field(default_factory=dict)
    _judged: dict[object, Judged] = field(default_factory=dict)
    _named: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._binder = self.binder or Binder(self.catalog)
        organization = self.profile.organization
        covered = (name for held in organization.agreements or () for name in held.covers)
        claimed = (claim.about for claim in organization.claims_against or ())
        self._named = frozenset(name.lower() for name in (*covered, *claimed))

    def resolve(self, evidence: Evidence, obtained: date | None) -> Resolved:
        """The effective terms of a model for somebody who obtained it on a day."""
        key = (evidence, obtained)
        if key not in self._resolved:
            self._resolved[key] = resolve(evidence, self._binder, Moment(self.on, obtained))
        return self._resolved[key]

    def assess(self, terms: Terms, use_name: str, use: Use) -> Assessment:
        """What the terms come to in the use. Models under the same terms share one assessment."""
        layers = tuple((layer.bound.key, layer.guard, layer.is_derivative, layer.grants) for layer in terms.layers)
        meant = self._named and tuple(one for one in terms.meant if one.names & self._named)
        key = (layers, terms.unknown, terms.names & self._named, meant, terms.evidence, use_name, use.fulfils)
        if key not in self._assessed:
            declared = self.profile.uses.get(use_name, use)
            listed = declared.fulfils is not None
            situation = Situation(self.profile.organization, use_name, use, self.on, is_listed=listed)
            self._assessed[key] = assess(terms, situation)
        return self._assessed[key]

    def judge(self, evidence: Evidence, use_name: str, use: Use) -> Judged:
        """The assessment of a model in a use, and the findings about its evidence."""
        key = (evidence, use_name)
        if key not in self._judged:
            resolved = self.resolve(evidence, use.obtained_on)
            remarks = tuple(Finding(kind="evidence-odd", level="warning", message=text) for text in evidence.remarks)
            assessment = self.assess(resolved.terms, use_name, use)
            seen = None
            if self.distribution is not None:
                seen = self.distribution.seen(evidence, resolved.lineage, use_name, use, assessment, self._own(use))
            if seen is not None:
                use = seen.use
                assessment = seen.marked(self.assess(resolved.terms, use_name, use))
            if any(finding.kind == "obtained-under-other-terms" for finding in resolved.findings):
                assessment = self._beside_later_terms(assessment, evidence, use_name, use)
            findings = (*remarks, *resolved.findings, *acceptance(evidence, use.accepted))
            findings += seen.findings if seen is not None else ()
            self._judged[key] = Judged(assessment, findings, resolved, use)
        return self._judged[key]

    def _own(self, use: Use) -> Callable[[Evidence], tuple[str, ...]]:
        """Gives the own licenses of a model and of its ancestors for somebody who obtained them for a use."""
        return lambda evidence: self.resolve(evidence, use.obtained_on).concluded

    def _beside_later_terms(self, found: Assessment, evidence: Evidence, use_name: str, use: Use) -> Assessment:
        """Today's terms beside those of the copy, where they change the answer."""
        later = self.assess(self.resolve(evidence, self.on).terms, use_name, use)
        if (later.verdict, later.owed) == (found.verdict, found.owed):
            return found
        reading = ReadingResult(
            clause=", ".join(later.terms),
            name="later-grant-covers-the-work",
            difference="the same work was later licensed under other terms, older copies included",
            held_by="readers who look at the work and not at the copy",
            verdict=later.verdict,
            owed=later.owed,
        )
        change = Change(what="obtain a new copy under today's terms and declare its date", verdict=later.verdict)
        milder = LADDER.index(later.verdict) < LADDER.index(found.verdict)
        changes = (change, *found.changes) if milder else found.changes
        return found.model_copy(update={"readings": (*found.readings, reading), "changes": changes})
