"""JUnit XML: a test case for each use of a model, or for each place that names one.

What is ruled out fails, what could not be decided is an error, and what somebody let pass is skipped. The text says
why. Strangers' characters that XML does not know are written out before, as in every format.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from license_audit.model.report import ModelUse, Report
from license_audit.model.scan import Mention, Scan
from license_audit.outputs import Titles
from license_audit.outputs.notices import Notice, named, path
from license_audit.outputs.plain import one_line
from license_audit.outputs.report_notices import notice_of_use, notices_of_findings
from license_audit.outputs.scan_notices import notice_of_gap, notice_of_mention
from license_audit.outputs.scan_text import said

Outcome = Literal["passed", "failure", "error", "skipped"]


@dataclass(frozen=True, slots=True)
class Case:
    """One test."""

    group: str
    name: str
    outcome: Outcome
    kind: str
    """The rule that it failed."""
    lines: tuple[str, ...]
    """The first says in a sentence what is so."""


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """One suite, with a test for each model in a class for its use."""
    del color
    properties = {
        "fail_on": report.fail_on,
        "organization": report.organization or "",
        "profile": report.profile,
        "tool_version": report.tool_version,
    }
    cases = [_case_of_use(use, report, titles) for use in report.uses]
    return _document(path(report.folder, report.manifest), cases, properties, f"{report.on}T00:00:00")


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """One suite, with a test for each place that names a model, and one for each file that was not read."""
    del color, everything
    properties = {"files_read": str(scan.files), "manifest": scan.manifest, "tool_version": scan.tool_version}
    cases = [_case_of_mention(mention, scan) for mention in scan.mentions]
    cases += [
        _case(gap.file, "can be read", [notice_of_gap(gap, scan)], "error" if gap.level == "error" else "skipped")
        for gap in scan.unread
    ]
    return _document("models named in source", cases, properties)


def _case_of_use(use: ModelUse, report: Report, titles: Titles) -> Case:
    verdict = notice_of_use(use, report, titles)
    notices = [verdict, *notices_of_findings([use], report)]
    outcome: Outcome = "passed"
    if use.gate in ("waived", "known"):
        outcome = "skipped"
    elif use.gate == "fails":
        stopping = [notice for notice in notices if notice.standing == "fails"]
        is_open = verdict.rule == "use-undetermined" and not any(one.level == "error" for one in stopping[1:])
        outcome = "error" if is_open else "failure"
        # What stops the use comes first, also where that is a finding beside a verdict that would pass.
        notices.sort(key=lambda notice: notice.standing != "fails")
    return _case(use.use, use.model, notices, outcome)


def _case_of_mention(mention: Mention, scan: Scan) -> Case:
    if mention.standing in ("missing", "unclear"):
        outcome: Outcome = "failure" if mention.standing == "missing" else "skipped"
        return _case(mention.file, mention.id, [notice_of_mention(mention, scan)], outcome)
    outcome = "passed" if mention.standing == "listed" else "skipped"
    return Case(named(mention.file), named(mention.id), outcome, "", (said(mention, scan),))


def _case(group: str, name: str, notices: list[Notice], outcome: Outcome) -> Case:
    first = notices[0]
    message, *others = first.lines
    lines = [message, f"At {one_line(first.file)}:{first.line}", *others]
    lines += [line for notice in notices[1:] for line in notice.lines]
    return Case(named(group), named(name), outcome, first.rule, tuple(lines))


def _document(name: str, cases: Iterable[Case], properties: Mapping[str, str], day: str = "") -> str:
    found = list(cases)
    counts = Counter(case.outcome for case in found)
    totals = {"tests": str(len(found)), "failures": str(counts["failure"]), "errors": str(counts["error"])}
    root = Element("testsuites", {"name": "license-audit", **totals})
    suite = SubElement(root, "testsuite", {"name": one_line(name), **totals, "skipped": str(counts["skipped"])})
    if day:
        suite.set("timestamp", day)
    held = SubElement(suite, "properties")
    for key, value in properties.items():
        SubElement(held, "property", {"name": key, "value": one_line(value)})
    seen: Counter[tuple[str, str]] = Counter()
    for case in found:
        seen[case.group, case.name] += 1
        number = seen[case.group, case.name]
        # Programs know a test by its names, so two lines of the manifest need two.
        told = f"{case.name} ({number})" if number > 1 else case.name
        _append(suite, case, told)
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _append(suite: Element, case: Case, name: str) -> None:
    test = SubElement(suite, "testcase", {"name": name, "classname": case.group})
    text = "\n".join(case.lines)
    if case.outcome == "passed":
        SubElement(test, "system-out").text = text
    elif case.outcome == "skipped":
        SubElement(test, "skipped").text = text
    else:
        SubElement(test, case.outcome, {"message": case.lines[0], "type": case.kind}).text = text
