"""The last line of a run: how it ends, and why."""

from collections import Counter
from typing import TYPE_CHECKING

from license_audit.outputs.plain import logged, one_line

if TYPE_CHECKING:
    # Texts are identified without reports, and the model of reports is slow to import.
    from license_audit.model.report import ModelUse, Report
    from license_audit.model.scan import Scan

VERDICTS = ("allowed", "conditional", "undetermined", "disallowed")
"""From mildest to gravest."""
_CAUSES = {"policy-denied": "denied by the policy", "terms-moved": "with terms that moved"}


def reaches(verdict: str, fail_on: str) -> bool:
    """Whether a verdict is as grave as the mildest one that fails the gate."""
    return VERDICTS.index(verdict) >= VERDICTS.index(fail_on)


def summary(report: "Report") -> str:
    """One line that says how the gate stands and why."""
    counts = Counter[str](use.assessment.verdict for use in report.uses)
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict]) or "no models"
    states = Counter(use.gate for use in report.uses)
    parts = _causes(report) if states["fails"] else ["gate passes"]
    parts += [f"{states['waived']} waived"] if states["waived"] else []
    parts += [f"{states['known']} known from the baseline"] if states["known"] else []
    lapses = {
        (use.model, found.message) for use in report.uses for found in use.findings if found.kind == "waiver-lapsed"
    }
    parts += [f"{_many(len(lapses), 'waiver')} lapsed"] if lapses else []
    return f"{told}; {', '.join(parts)}"


def _causes(report: "Report") -> list[str]:
    """What stops uses of models, each cause with the number of uses that it stops; one use may have several."""
    failing = [use for use in report.uses if use.gate == "fails"]
    counts = Counter(cause for use in failing for cause in _stops(use, report.fail_on))
    first, *others = [f"{count} {cause}" for cause, count in counts.most_common()] or [str(len(failing))]
    number, _, cause = first.partition(" ")
    return [f"gate fails: {number} of {len(report.uses)} {cause}".rstrip(), *others]


def _stops(use: "ModelUse", fail_on: str) -> tuple[str, ...]:
    reached = (f"reach fail_on {fail_on}",) if reaches(use.assessment.verdict, fail_on) else ()
    kinds = dict.fromkeys(found.kind for found in use.findings if found.level == "error" and found.waived is None)
    return (*reached, *(_CAUSES.get(kind, f"with {kind}") for kind in kinds))


def scan_summary(scan: "Scan") -> str:
    """One line that says how the scan ends and why."""
    missing = [mention.id for mention in scan.mentions if mention.standing == "missing"]
    gaps = Counter(gap.level for gap in scan.unread)
    listed = logged(one_line(scan.manifest)) or "a manifest"
    if missing:
        named = f"{_many(len(set(missing)), 'model')} in {_many(len(missing), 'place')}"
        told = f"scan fails: {named} that {listed} does not list"
    else:
        told = "scan passes" if not gaps["error"] else "scan is not complete"
    parts = [f"{_many(gaps['error'], 'file')} could not be read"] if gaps["error"] else []
    parts += [f"{_many(gaps['warning'], 'file')} left out"] if gaps["warning"] else []
    states = Counter(mention.standing for mention in scan.mentions)
    parts += [f"{states['unclear']} unclear"] if states["unclear"] else []
    parts += [f"{states['excused']} excused"] if states["excused"] else []
    return "; ".join([f"{_many(scan.files, 'file')} read", ", ".join([told, *parts])])


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
