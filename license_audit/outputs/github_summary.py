"""Markdown for the summary of a job on GitHub, which drops what is longer than a mebibyte without a word."""

from license_audit.model.report import Report
from license_audit.model.scan import Scan
from license_audit.outputs import Titles
from license_audit.outputs.markdown import document, scan_document

MAX_SUMMARY = 1_000_000
"""Bytes; summaries just under a mebibyte were seen to be dropped."""


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """The report as a job summary."""
    del color
    return document(report, titles, MAX_SUMMARY)


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """The scan as a job summary."""
    del color, everything
    return scan_document(scan, MAX_SUMMARY)
