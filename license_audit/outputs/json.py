"""JSON: the report as it is, keys in a fixed order."""

from license_audit.model.report import Report
from license_audit.outputs import Titles


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """The report as JSON, indented by two."""
    del titles, color
    return report.model_dump_json(indent=2) + "\n"
