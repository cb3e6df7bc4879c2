"""Markdown for a comment on a pull or merge request: what stops the gate first, and never too long to be posted."""

from collections.abc import Iterable, Iterator, Mapping

from license_audit.model.report import ModelUse, Report, State
from license_audit.model.scan import Scan
from license_audit.outputs import Titles, scan_summary, summary
from license_audit.outputs.markup import Block, cell, code, fitted, prose
from license_audit.outputs.notices import Notice, by_gravity, named
from license_audit.outputs.report_notices import notices_of_report
from license_audit.outputs.scan_notices import notices_of_scan

MAX_COMMENT = 65_536
"""GitHub counts characters; bytes are never fewer."""
ROWS = 50
"""Rows of one table, which is shown whole or not at all."""
_SECTIONS: Mapping[State, str] = {
    "fails": "Stops the gate",
    "known": "Known from the baseline",
    "waived": "Waived",
    "passes": "Good to know",
}
_GATES: Mapping[State, str] = {"fails": "**fails**", "known": "known", "waived": "waived", "passes": "passes"}


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """The report as a comment."""
    del color
    return document(report, titles, MAX_COMMENT)


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """The scan as a comment."""
    del color, everything
    return scan_document(scan, MAX_COMMENT)


def document(report: Report, titles: Titles, limit: int) -> str:
    """The report in at most `limit` bytes."""
    gate = "fails" if any(use.gate == "fails" for use in report.uses) else "passes"
    organization = f" of {prose(named(report.organization))}" if report.organization else ""
    judged = f"{code(report.manifest)} judged against {code(report.profile)}{organization} for {report.on}."
    head = f"## Model licenses: the gate {gate}\n\n{prose(summary(report))}\n\n{judged}"
    return fitted([Block(head, 0), *_sections(notices_of_report(report, titles)), *_tables(report.uses)], limit)


def scan_document(scan: Scan, limit: int) -> str:
    """The scan in at most `limit` bytes."""
    head = f"## Models named in source\n\n{prose(scan_summary(scan))}"
    return fitted([Block(head, 0), *_sections(notices_of_scan(scan))], limit)


def _sections(notices: Iterable[Notice]) -> Iterator[Block]:
    """A list for each standing, the gravest first."""
    ordered = by_gravity(notices)
    for standing, title in _SECTIONS.items():
        found = [notice for notice in ordered if notice.standing == standing]
        if found:
            yield Block(f"\n### {title} ({len(found):,})\n", 0)
        yield from map(_item, found)


def _item(notice: Notice) -> Block:
    place = ":".join(str(part) for part in (notice.file, notice.line, notice.column) if part)
    first, *others = notice.lines
    return Block("\n".join([f"- {code(place)} {prose(first)}", *(f"  - {prose(line)}" for line in others)]))


def _tables(uses: tuple[ModelUse, ...]) -> Iterator[Block]:
    """Every verdict, in the order of the manifest."""
    head = "| Model | Use | Verdict | Gate |\n| --- | --- | --- | --- |"
    if uses:
        yield Block(f"\n### All verdicts ({len(uses):,})", 0)
    for start in range(0, len(uses), ROWS):
        part = uses[start : start + ROWS]
        rows = [
            f"| {cell(use.model)} | {cell(use.use)} | {use.assessment.verdict} | {_GATES[use.gate]} |" for use in part
        ]
        yield Block("\n".join(("", head, *rows)), len(part))
