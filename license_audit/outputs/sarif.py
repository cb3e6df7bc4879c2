"""SARIF 2.1.0, as code scanning on GitHub takes it.

Each result is an alert there, whatever its kind and whether it is suppressed or not. So what is allowed gives no
result; every result is of kind `fail`, since SARIF asks for the level `none` on all others, and nobody would see an
undetermined use; and what somebody let pass is of a milder level and says so in its message, beside the suppression.

`primaryLocationLineHash` is the one fingerprint that GitHub looks at. It is ours, since the hash of a line would be the
same for two uses of one model.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from license_audit.model.report import Report
from license_audit.model.scan import Scan
from license_audit.outputs import Titles
from license_audit.outputs.kinds import kind
from license_audit.outputs.notices import Notice, by_gravity, left_out, path
from license_audit.outputs.plain import one_line
from license_audit.outputs.report_notices import notices_of_report
from license_audit.outputs.scan_notices import notices_of_scan

MAX_RESULTS = 5000
"""GitHub shows no more."""
MAX_BYTES = 9_000_000
"""Of all results; GitHub takes files of 10 MB, compressed."""
MAX_MESSAGE = 4000
"""Characters."""
_ROOT = "SRCROOT"
_WHERE_ROOT = "The top of the repository."
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"

Json = dict[str, Any]


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """The report as one run of the category `license-audit/check/MANIFEST`."""
    del color
    top = path(report.folder, report.manifest)
    facts = {"failOn": report.fail_on, "on": report.on.isoformat(), "profile": one_line(report.profile)}
    return _log(notices_of_report(report, titles), "check", top, report.tool_version, facts)


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """The scan as one run of the category `license-audit/scan/MANIFEST`."""
    del color, everything
    top = path(scan.folder, scan.manifest or "models.yaml")
    return _log(notices_of_scan(scan), "scan", top, scan.tool_version, {"filesRead": scan.files})


def _log(notices: Iterable[Notice], command: str, top: str, version: str, facts: Json) -> str:
    found = list(notices)
    kept = _kept(found)
    if len(kept) < len(found):
        kept = [left_out(len(found) - len(kept), top), *kept]
    rules = sorted({notice.rule for notice in kept})
    results = [_result(notice, rules.index(notice.rule)) for notice in kept]
    run = {
        "tool": {"driver": {"name": "license-audit", "version": version, "rules": list(map(_rule, rules))}},
        "automationDetails": {"id": f"license-audit/{command}/{quote(top)}/"},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": _WHERE_ROOT}}},
        "results": results,
        "properties": facts,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1, ensure_ascii=False) + "\n"


def _kept(notices: list[Notice]) -> list[Notice]:
    """As many as may be there, the gravest, in their order. One place stays free to tell of the others."""
    if len(notices) <= MAX_RESULTS and sum(map(_size, notices)) <= MAX_BYTES:
        return notices
    fingerprints, room = set[str](), MAX_BYTES
    for notice in by_gravity(notices)[: MAX_RESULTS - 1]:
        room -= _size(notice)
        if room < 0:
            break
        fingerprints.add(notice.fingerprint)
    return [notice for notice in notices if notice.fingerprint in fingerprints]


def _size(notice: Notice) -> int:
    return len(json.dumps(_result(notice, MAX_RESULTS), indent=1, ensure_ascii=False).encode())


def _rule(name: str) -> Json:
    meaning = kind(name)
    return {
        "id": name,
        "name": "".join(part.capitalize() for part in name.split("-")),
        "shortDescription": {"text": f"{meaning.title}."},
        "fullDescription": {"text": meaning.meaning},
        "help": {
            "text": f"{meaning.meaning} {meaning.help}",
            "markdown": f"{meaning.meaning}\n\n**What to do:** {meaning.help}",
        },
        "properties": {"tags": ["license", "model"]},
    }


def _result(notice: Notice, rule: int) -> Json:
    told = one_line(" ".join(notice.lines), MAX_MESSAGE)
    waived = {"kind": "external", "status": "accepted", "justification": notice.suppression}
    return {
        "ruleId": notice.rule,
        "ruleIndex": rule,
        "kind": "fail",
        "level": notice.level,
        "message": {"text": told},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(notice.file), "uriBaseId": _ROOT},
                    "region": dict(_region(notice)),
                },
                "logicalLocations": [{"name": notice.subject, "kind": "resource"}],
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": f"{notice.fingerprint[:16]}:1",
            "licenseAudit/v1": notice.fingerprint,
        },
        **({"baselineState": "unchanged"} if notice.standing == "known" else {}),
        **({"suppressions": [waived]} if notice.suppression else {}),
        "properties": {"standing": notice.standing, **dict(notice.facts)},
    }


def _region(notice: Notice) -> Iterator[tuple[str, int]]:
    yield "startLine", notice.line
    if notice.column:
        yield "startColumn", notice.column
