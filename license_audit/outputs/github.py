"""Workflow commands that make annotations on GitHub.

GitHub takes ten errors, ten warnings and ten notices from one step, and drops the rest without a word.
"""

from collections import Counter
from collections.abc import Iterable, Mapping

from license_audit.model.report import Report
from license_audit.model.scan import Scan
from license_audit.model.words import Level
from license_audit.outputs import Titles
from license_audit.outputs.notices import LEVELS, Notice, by_gravity
from license_audit.outputs.plain import one_line
from license_audit.outputs.report_notices import notices_of_report
from license_audit.outputs.scan_notices import notices_of_scan

MAX_OF_LEVEL = 10
MAX_LINE = 1000
"""Characters of one line of a message."""
_COMMANDS: Mapping[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """One command for each of the gravest problems, and a line that counts the others."""
    del color
    return _commands(notices_of_report(report, titles))


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """One command for each place that somebody has to look at, and a line that counts the others."""
    del color, everything
    return _commands(notices_of_scan(scan))


def _commands(notices: Iterable[Notice]) -> str:
    shown, left, lines = Counter[Level](), Counter[Level](), []
    for notice in by_gravity(notices):
        shown[notice.level] += 1
        if shown[notice.level] > MAX_OF_LEVEL:
            left[notice.level] += 1
        else:
            lines.append(_command(notice))
    if left:
        counts = ", ".join(f"{left[level]:,} {_COMMANDS[level]}s" for level in LEVELS if left[level])
        lines.append(f"Not shown as annotations: {counts}. The job summary and the report have all of them.")
    return "".join(f"{line}\n" for line in lines)


def _command(notice: Notice) -> str:
    column = {"col": str(notice.column)} if notice.column else {}
    properties = {"file": notice.file, "line": str(notice.line), **column, "title": notice.title}
    lines = (one_line(line, MAX_LINE) for line in notice.lines)
    told = ",".join(f"{name}={_escaped(value, _IN_PROPERTY)}" for name, value in properties.items())
    message = _escaped("\n".join(lines), _IN_MESSAGE)
    return f"::{_COMMANDS[notice.level]} {told}::{message}"


def _escaped(text: str, by: Mapping[str, str]) -> str:
    return "".join(by.get(one, one) for one in text)
