"""Judging again with another profile, and nothing read again but the profile."""

from collections.abc import Sequence

from license_audit.asking.answers import Patch
from license_audit.audit import Audited, judge_entries
from license_audit.auditor import Auditor
from license_audit.engine.binder import Binder
from license_audit.model.evidence import Evidence
from license_audit.model.profile import Profile
from license_audit.model.words import Verdict
from license_audit.readers.profile_edit import as_written, merged
from license_audit.readers.strict_yaml import Document
from license_audit.readers.yaml_edit import Data


class Trial:
    """Tries answers on an audit, without changing it."""

    def __init__(self, found: Audited, data: Data, binder: Binder | None = None) -> None:
        """`data` is what the strict reader read of the profile; `binder` holds licenses bound before."""
        self.found = found
        self.data = data
        self.binder = binder or Binder(found.auditor.catalog)

    def verdicts(self, patch: Patch, waiting: Sequence[tuple[Evidence, str]]) -> list[Verdict] | None:
        """The verdicts of models in uses once a patch is laid over the profile; None where it does not fit."""
        try:
            profile = Profile.model_validate(merged(self.data, as_written(patch)))
        except ValueError:
            return None
        auditor = self.auditor(profile)
        return [auditor.judge(evidence, use, profile.uses[use]).assessment.verdict for evidence, use in waiting]

    def auditor(self, profile: Profile) -> Auditor:
        """One that judges by another profile."""
        known = self.found.auditor
        return Auditor(
            profile,
            known.catalog,
            known.on,
            binder=self.binder,
            has_lock=known.has_lock,
            distribution=known.distribution,
        )

    def again(self, profile: Profile, places: Document) -> Audited:
        """The whole audit by another profile. `places` are those of the manifest."""
        found, auditor = self.found, self.auditor(profile)
        pairs = zip(found.manifest.models, found.evidence, strict=True)
        uses = tuple(judge_entries(auditor, pairs, places))
        organization = profile.organization.name
        report = found.report.model_copy(update={"uses": uses, "organization": organization})
        return Audited(report, profile, found.manifest, found.evidence, auditor)
