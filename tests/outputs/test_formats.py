"""All formats: whole documents, the same bytes twice, something for an empty report, and real reports."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from license_audit.audit import run
from license_audit.model.report import Report
from license_audit.model.scan import Scan, Unread
from license_audit.outputs import BILLS, FORMATS, SCAN_FORMATS, render, render_scan
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT
from tests.outputs import samples

NAMES = samples.Names()
SNAPSHOTS = Path(__file__).parent / "snapshots"
"""Documents that somebody read line by line. What a change does to them is read again before it is taken over."""
ENDINGS = {"sarif": "sarif", "junit": "xml", "github": "txt", "gitlab": "json", "markdown": "md", "text": "txt"}
CASES = [(format_, kind) for format_ in ENDINGS for kind in ("report", "scan") if (format_, kind) != ("text", "report")]
WHOLE = ("json", "html", "text", "ticket", *BILLS)
"""Formats that tell a report in their own words and not as notices."""


def rendered(format_: str, kind: str) -> str:
    if kind == "report":
        return render(format_, samples.whole(), NAMES)
    return render_scan(format_, samples.whole_scan(), everything=True)


@pytest.mark.parametrize(("format_", "kind"), CASES)
def test_a_whole_document(format_: str, kind: str) -> None:
    expected = SNAPSHOTS / f"{kind}-{format_}.{ENDINGS[format_]}"
    assert rendered(format_, kind) == expected.read_text(encoding="utf-8")


def test_the_job_summary_is_the_comment_with_more_room() -> None:
    for kind in ("report", "scan"):
        assert rendered("github-summary", kind) == rendered("markdown", kind)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_report_gives_the_same_bytes_twice_and_ends_with_a_line(format_: str, catalog: PackagedCatalog) -> None:
    names = catalog if format_ in BILLS else NAMES
    for given in (samples.whole(), samples.hostile(), samples.report()):
        text = render(format_, given, names)
        assert text == render(format_, given.model_copy(deep=True), names)
        assert text.endswith("\n") or not text
        text.encode()


@pytest.mark.parametrize("format_", SCAN_FORMATS)
def test_a_scan_gives_the_same_bytes_twice_and_ends_with_a_line(format_: str) -> None:
    for given in (samples.whole_scan(), samples.hostile_scan(), samples.scan()):
        text = render_scan(format_, given)
        assert text == render_scan(format_, given.model_copy(deep=True))
        assert text.endswith("\n") or not text
        text.encode()


@pytest.mark.parametrize("format_", SCAN_FORMATS)
def test_everything_is_for_those_who_read_text(format_: str) -> None:
    few, all_ = (render_scan(format_, samples.whole_scan(), everything=everything) for everything in (False, True))
    assert (few == all_) == (format_ != "text")


@pytest.mark.parametrize("format_", [name for name in FORMATS if name not in WHOLE])
def test_every_use_that_fails_is_told_with_reason_section_and_question(format_: str) -> None:
    text = re.sub(r"[`\\]", "", render(format_, samples.whole(), NAMES))
    for part in (
        "org/bad for chat is disallowed",
        "lic/3.1 (section 3.1 of Title of lic, bad/LICENSE:7)",
        "org/open for lab is undetermined",
        "Question uses.lab.domains: In which fields?",
        "the organization's policy denies lic",
        "the waiver of policy-denied by legal no longer counts: its last day is over",
    ):
        assert part in text, part


@pytest.fixture(scope="module")
def acme(catalog: PackagedCatalog) -> Report:
    """The report of the example."""
    folder = ROOT / "examples" / "acme"
    return run(folder / "models.yaml", folder / "profile.yaml", catalog, date(2026, 11, 24))


@pytest.mark.parametrize("format_", FORMATS)
def test_the_example_names_every_use_that_fails_in_every_format(
    format_: str, acme: Report, catalog: PackagedCatalog
) -> None:
    text = re.sub(r"[`\\]", "", render(format_, acme, catalog))
    failing = [use for use in acme.uses if use.gate == "fails"]
    assert len(failing) == 8
    for use in failing:
        assert use.model in text
    assert str(ROOT) not in text
    assert "mistral-mrl-0.1/3.2" in text
    assert "uses.contract-notes.licensed_practice" in text


def test_scans_as_json_are_whole() -> None:
    data = json.loads(render_scan("json", samples.hostile_scan()))
    assert Scan.model_validate(data) == samples.hostile_scan()
    assert next(iter(data)) == "schema_version"


@pytest.mark.parametrize("format_", SCAN_FORMATS)
def test_a_file_name_that_is_no_text_is_told_all_the_same(format_: str) -> None:
    odd = samples.mention("a\udcff\ud800.py", 3, "x/\ud800y")
    text = render_scan(format_, samples.scan(odd, unread=(Unread(file="\udcff", reason="r"),)))
    assert r"a\udcff\ud800.py" in text.replace("\\\\", "\\").replace("%5C", "\\")
    text.encode()
