"""The reviewer's desk: the HTML report with what its reader needs to try another fact."""

from collections.abc import Mapping

from license_audit.asking.sheet import questionnaire
from license_audit.asking.trial import Trial
from license_audit.audit import Audited
from license_audit.model.questionnaire import Asked
from license_audit.model.report import Report
from license_audit.outputs import Titles
from license_audit.outputs.html import report_page
from license_audit.readers.yaml_edit import Data
from license_audit.resources import data_folder
from license_audit.what_if import embedded, what_if

SCRIPTS = ("engine.js", "facts.js", "controls.js", "desk.js")
"""Meaning, facts, controls and page, in the order in which they need each other."""
MOST = 150
"""Uses of a report whose answers are tried; in longer ones that would take longer than the rest of the page."""


def desk(audited: Audited, report: Report, titles: Titles, profile: Data) -> str:
    """The page. `report` is the audit's, or the same held against a baseline; `profile` is what its file says."""
    folder = data_folder() / "reports" / "templates"
    scripts = tuple((folder / name).read_text(encoding="utf-8") for name in SCRIPTS)
    data = embedded(what_if(audited).text)
    return report_page(report, titles, data, scripts, _asked(audited, profile))


def _asked(audited: Audited, profile: Data) -> Mapping[str, Asked]:
    """What each answer would do, by the path of the question; nothing for a long report."""
    if len(audited.report.uses) > MOST:
        return {}
    return {asked.path: asked for asked in questionnaire(Trial(audited, profile)).questions}
