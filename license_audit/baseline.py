"""A stored report, so that a gate can start with what is there and fail for what is new.

What the baseline holds passes only while the very same comes out: verdict, clauses, facts used, duties, questions,
terms, texts with their digests, commit, lineage, findings and waivers. Whatever else comes out is new, milder or not.
"""

from pathlib import Path

from license_audit.errors import AuditError, Problem
from license_audit.model.report import ModelUse, Report
from license_audit.model.value import faults
from license_audit.readers.files import read_text

MAX_BYTES = 200_000_000


def read_baseline(path: Path) -> Report:
    """A report that `check --format json` wrote. AuditError when it is none, or one of another version."""
    try:
        return Report.model_validate_json(read_text(path, str(path), MAX_BYTES))
    except ValueError as error:
        first = faults(error)[0]
        where = ".".join(str(step) for step in first["loc"])
        reason = f"{where}: {first['msg']}" if where else first["msg"]
        problem = f"is no report of this version; write it again with check --format json: {reason}"
        raise AuditError([Problem(str(path), 0, 0, problem)]) from None


def against(report: Report, baseline: Report) -> Report:
    """The report, in which what fails as it failed in the baseline is `known`."""
    held = {_compared(use) for use in baseline.uses if use.gate in ("fails", "known")}
    uses = (
        use.model_copy(update={"gate": "known"}) if use.gate == "fails" and _compared(use) in held else use
        for use in report.uses
    )
    return report.model_copy(update={"uses": tuple(uses)})


def _compared(use: ModelUse) -> str:
    """All of a result but its place in the manifest and in the gate."""
    return use.model_copy(update={"line": 0, "entry": 0, "gate": "fails"}).model_dump_json()
