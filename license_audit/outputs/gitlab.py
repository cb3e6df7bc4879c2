"""Code Quality, as merge requests on GitLab take it."""

import json
from collections.abc import Iterable, Mapping

from license_audit.model.report import Report
from license_audit.model.scan import Scan
from license_audit.model.words import Level
from license_audit.outputs import Titles
from license_audit.outputs.notices import Notice
from license_audit.outputs.plain import one_line
from license_audit.outputs.report_notices import notices_of_report
from license_audit.outputs.scan_notices import notices_of_scan

SEVERITIES: Mapping[Level, str] = {"error": "critical", "warning": "minor", "note": "info"}
MAX_DESCRIPTION = 2000
"""Characters; a widget shows them on one line."""


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """A list of problems. What was waived is `info`, what the baseline knows is `minor`; both say so."""
    del color
    return _listed(notices_of_report(report, titles))


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """A list of the places that somebody has to look at."""
    del color, everything
    return _listed(notices_of_scan(scan))


def _listed(notices: Iterable[Notice]) -> str:
    return json.dumps([_issue(notice) for notice in notices], indent=1, ensure_ascii=False) + "\n"


def _issue(notice: Notice) -> dict[str, object]:
    return {
        "description": one_line(" ".join(notice.lines), MAX_DESCRIPTION),
        "check_name": f"license-audit/{notice.rule}",
        "fingerprint": notice.fingerprint,
        "severity": SEVERITIES[notice.level],
        "location": {"path": notice.file, "lines": {"begin": notice.line}},
    }
