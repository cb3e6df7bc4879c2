"""The reviewer's desk: the HTML report with what its reader needs to try another fact."""

from license_audit.audit import Audited
from license_audit.model.report import Report
from license_audit.outputs import Titles
from license_audit.outputs.html import report_page
from license_audit.resources import data_folder
from license_audit.what_if import embedded, what_if

SCRIPTS = ("engine.js", "facts.js", "desk.js")
"""Meaning, facts and page, in the order in which they need each other."""


def desk(audited: Audited, report: Report, titles: Titles) -> str:
    """The page. `report` is the audit's, or the same held against a baseline."""
    folder = data_folder() / "reports" / "templates"
    scripts = tuple((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    return report_page(report, titles, embedded(what_if(audited).text), scripts)
