"""The composition root: evidence in, report out. The library and the command line both call this."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from license_audit import __version__
from license_audit.engine.judge import assess
from license_audit.engine.lineage import Binder, Resolved, resolve
from license_audit.engine.own_terms import Moment
from license_audit.engine.situation import Situation
from license_audit.engine.solve import Terms
from license_audit.errors import AuditError, Problem
from license_audit.model.evidence import Evidence, Parent
from license_audit.model.manifest import Manifest, ModelEntry
from license_audit.model.profile import PolicyList, Profile, Use, Waiver
from license_audit.model.report import Assessment, Finding, ModelUse, Report
from license_audit.model.words import Verdict
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import cross_check, read_manifest, read_profile
from license_audit.readers.folder import read_folder
from license_audit.readers.strict_yaml import Document

LADDER = ("allowed", "conditional", "undetermined", "disallowed")
"""Verdicts from mildest to gravest, as the gate sees them."""
Progress = Callable[[int, int], None]


@dataclass
class Auditor:
    """Judges models against one profile on one day, and remembers what it has judged before."""

    profile: Profile
    catalog: PackagedCatalog
    on: date
    _binder: Binder = field(init=False)
    _resolved: dict[object, Resolved] = field(default_factory=dict)
    _assessed: dict[object, Assessment] = field(default_factory=dict)
    _named: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._binder = Binder(self.catalog)
        organization = self.profile.organization
        covered = (name for held in organization.agreements or () for name in held.covers)
        claimed = (claim.about for claim in organization.claims_against or ())
        self._named = frozenset(name.lower() for name in (*covered, *claimed))

    def resolve(self, evidence: Evidence, use_name: str, use: Use) -> Resolved:
        """The effective terms of a model for somebody who obtained it as the use says."""
        key = (evidence.model, evidence.declared, evidence.found, evidence.notice_file, evidence.parents, use_name)
        if key not in self._resolved:
            moment = Moment(self.on, use.obtained_on, f"uses.{use_name}.obtained_on")
            self._resolved[key] = resolve(evidence, self._binder, moment)
        return self._resolved[key]

    def assess(self, terms: Terms, use_name: str, use: Use) -> Assessment:
        """What the terms come to in the use."""
        layers = tuple((layer.bound.key, layer.guard, layer.is_derivative) for layer in terms.layers)
        key = (layers, terms.unknown, terms.names & self._named, terms.evidence.notice_file, use_name)
        if key not in self._assessed:
            situation = Situation(self.profile.organization, use_name, use, self.on)
            self._assessed[key] = assess(terms, situation)
        return self._assessed[key]

    def judge(self, evidence: Evidence, use_name: str, use: Use) -> tuple[Assessment, tuple[Finding, ...]]:
        """The assessment of a model in a use, and the findings about its evidence."""
        resolved = self.resolve(evidence, use_name, use)
        remarks = tuple(Finding(kind="evidence-odd", level="warning", message=text) for text in evidence.remarks)
        return self.assess(resolved.terms, use_name, use), remarks + resolved.findings


def run(
    manifest_path: Path,
    profile_path: Path,
    catalog: PackagedCatalog,
    on: date,
    progress: Progress | None = None,
    fail_on: Verdict | None = None,
) -> Report:
    """Audit a manifest against a profile. AuditError with every problem of every file.

    `fail_on` takes the place of the profile's.
    """
    problems: list[Problem] = []
    profile, manifest = None, None
    try:
        profile, profile_places = read_profile(profile_path)
        problems += _unknown_names(profile, profile_places, catalog)
    except AuditError as error:
        problems += error.problems
    try:
        manifest, places = read_manifest(manifest_path)
    except AuditError as error:
        problems += error.problems
    if profile is None or manifest is None:
        raise AuditError(problems)
    problems += cross_check(manifest, places, profile)
    evidence = _all_evidence(manifest, places, manifest_path.parent, catalog, problems)
    if problems:
        raise AuditError(problems)
    if fail_on is not None:
        policy = profile.policy.model_copy(update={"fail_on": fail_on})
        profile = profile.model_copy(update={"policy": policy})
    auditor = Auditor(profile, catalog, on)
    uses = tuple(judge_entries(auditor, zip(manifest.models, evidence, strict=True), places, progress))
    return Report(
        tool_version=__version__,
        on=on,
        manifest=manifest_path.name,
        profile=profile_path.name,
        organization=profile.organization.name,
        fail_on=profile.policy.fail_on,
        uses=uses,
    )


def check_files(manifest_path: Path | None, profile_path: Path | None, catalog: PackagedCatalog) -> list[Problem]:
    """Every problem of a manifest, a profile, and the two together."""
    problems: list[Problem] = []
    profile, manifest, places = None, None, None
    try:
        if profile_path is not None:
            profile, profile_places = read_profile(profile_path)
            problems += _unknown_names(profile, profile_places, catalog)
    except AuditError as error:
        problems += error.problems
    try:
        if manifest_path is not None:
            manifest, places = read_manifest(manifest_path)
            _all_evidence(manifest, places, manifest_path.parent, catalog, problems)
    except AuditError as error:
        problems += error.problems
    if profile is not None and manifest is not None and places is not None:
        problems += cross_check(manifest, places, profile)
    return sorted(problems)


def judge_entries(
    auditor: Auditor,
    entries: Iterable[tuple[ModelEntry, Evidence]],
    places: Document,
    progress: Progress | None = None,
) -> Iterable[ModelUse]:
    """One result for each model and use, in the order of the manifest."""
    profile, catalog = auditor.profile, auditor.catalog
    pairs = list(entries)
    for number, (entry, evidence) in enumerate(pairs):
        if progress is not None:
            progress(number + 1, len(pairs))
        line = places.place(("models", number))[0]
        for use_name in entry.use:
            assessment, findings = auditor.judge(evidence, use_name, profile.uses[use_name])
            findings += _policy_findings(profile, entry.name, assessment, catalog)
            gate, findings = _gate(profile, entry.name, assessment, findings, auditor.on)
            yield ModelUse.model_construct(
                model=entry.name,
                use=use_name,
                line=line,
                declared=evidence.declared,
                found=evidence.found,
                assessment=assessment,
                findings=findings,
                gate=gate,
            )


def _all_evidence(
    manifest: Manifest, places: Document, root: Path, catalog: PackagedCatalog, problems: list[Problem]
) -> list[Evidence]:
    fingerprints = catalog.fingerprints() if any(entry.path for entry in manifest.models) else {}
    found = []
    for number, entry in enumerate(manifest.models):
        try:
            found.append(_evidence(entry, root, catalog, fingerprints))
        except AuditError as error:
            problems += [
                problem if problem.line else places.problem(("models", number), f"{problem.file} {problem.message}")
                for problem in error.problems
            ]
    return found


def _evidence(entry: ModelEntry, root: Path, catalog: PackagedCatalog, fingerprints: dict[str, str]) -> Evidence:
    if entry.provider is not None:
        return Evidence(model=f"{entry.provider}:{entry.id}")
    parents = tuple(
        Parent(evidence=Evidence(model=base), relation=entry.relation, basis="declared") for base in entry.base
    )
    if entry.path is None:
        return Evidence(model=entry.name, parents=parents)
    evidence = read_folder(root / entry.path, entry.path, catalog, fingerprints)
    named = {base.lower() for base in entry.base}
    others = tuple(
        parent
        for parent in evidence.parents
        if parent.evidence.model.lower() not in named and not (named and parent.basis == "inferred")
    )
    return evidence.model_copy(update={"parents": parents + others, "model": entry.name})


def _unknown_names(profile: Profile, places: Document, catalog: PackagedCatalog) -> list[Problem]:
    """License names of the profile that nobody knows: they would silently match nothing."""
    problems = []
    for name, use in profile.uses.items():
        license_ = use.derivative.license
        if license_ is not None and license_ != "own-terms" and catalog.named(license_) is None:
            at = ("uses", name, "derivative", "license")
            problems.append(places.problem(at, f"nobody knows a license {license_!r}; use a key, or own-terms"))
    for listed in ("deny", "allow"):
        policy: PolicyList = getattr(profile.policy, listed)
        for number, key in enumerate(policy.licenses):
            if catalog.named(key) is None:
                path = ("policy", listed, "licenses", number)
                problems.append(places.problem(path, f"nobody knows a license {key!r}"))
    return problems


def _policy_findings(
    profile: Profile, model: str, assessment: Assessment, catalog: PackagedCatalog
) -> tuple[Finding, ...]:
    policy = profile.policy
    if policy.deny == PolicyList() and policy.allow == PolicyList():
        return ()
    entry = catalog.model(model)
    publisher = entry.publisher if entry else None
    found = [
        Finding(kind="policy-denied", level="error", message=f"the organization's policy denies {what}")
        for what in _matches(policy.deny, model, publisher, assessment.terms, catalog)
    ]
    if policy.allow != PolicyList() and not _passes(policy.allow, model, publisher, assessment.terms, catalog):
        text = "the organization's policy allows only what it lists, and this is not listed"
        found.append(Finding(kind="policy-denied", level="error", message=text))
    return tuple(found)


def _matches(
    listed: PolicyList, model: str, publisher: str | None, terms: tuple[str, ...], catalog: PackagedCatalog
) -> list[str]:
    openness = {catalog.license(key).openness for key in terms}
    found: list[str] = [key for key in terms if key in listed.licenses]
    found += sorted(openness.intersection(listed.openness))
    found += [publisher] if publisher in listed.publishers and publisher else []
    return found + ([model] if model in listed.models else [])


def _passes(
    listed: PolicyList, model: str, publisher: str | None, terms: tuple[str, ...], catalog: PackagedCatalog
) -> bool:
    if model in listed.models or publisher in listed.publishers:
        return True
    fitting = (key in listed.licenses or catalog.license(key).openness in listed.openness for key in terms)
    return bool(terms) and all(fitting)


def _gate(
    profile: Profile, model: str, assessment: Assessment, findings: tuple[Finding, ...], on: date
) -> tuple[str, tuple[Finding, ...]]:
    """Whether the gate passes, and the findings with the waivers that mark them."""
    waivers = [waiver for waiver in profile.waivers if waiver.model == model and waiver.until >= on]
    marked = tuple(_marked(finding, waivers) for finding in findings)
    denied = [finding for finding in marked if finding.kind == "policy-denied" and finding.waived is None]
    reached = LADDER.index(assessment.verdict) >= LADDER.index(profile.policy.fail_on)
    if not reached and not denied:
        return "passes", marked
    waived = {waiver.finding for waiver in waivers}
    covered = bool(assessment.decisive) and all(_is_waived(clause, waived) for clause in assessment.decisive)
    used = tuple(
        Finding(kind="waived", level="note", message=f"{waiver.finding} is waived", waived=_told(waiver))
        for waiver in waivers
        if any(_is_waived(clause, {waiver.finding}) for clause in assessment.decisive)
    )
    return ("waived" if (covered or not reached) and not denied else "fails"), marked + used


def _is_waived(clause: str, waived: set[str]) -> bool:
    return clause in waived


def _marked(finding: Finding, waivers: list[Waiver]) -> Finding:
    waiver = next((waiver for waiver in waivers if waiver.finding == finding.kind), None)
    return finding if waiver is None else finding.model_copy(update={"waived": _told(waiver)})


def _told(waiver: Waiver) -> str:
    return f"by {waiver.by} until {waiver.until}: {waiver.why}"
