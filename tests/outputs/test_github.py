"""Workflow commands, read as the runner reads them; job summaries within GitHub's limit."""

import re
from typing import NamedTuple

import pytest

from license_audit.model.scan import Scan
from license_audit.outputs import render, render_scan
from license_audit.outputs.report_notices import notices_of_report
from license_audit.outputs.scan_notices import notices_of_scan
from tests.outputs import samples

NAMES = samples.Names()


class Command(NamedTuple):
    """What the runner makes of a line."""

    name: str
    properties: dict[str, str]
    message: str


def restored(text: str, marks: str) -> str:
    """Undo the escapes; the percent sign last, as the runner does."""
    for mark in marks:
        text = text.replace(f"%{ord(mark):02X}", mark)
    return text.replace("%25", "%")


def parsed(line: str) -> Command | None:
    """A line as the runner takes it: a command that begins with two colons, or an old one anywhere; None for text."""
    bare = line.lstrip()
    if bare.startswith("::") and "::" in bare[2:]:
        head, _, message = bare[2:].partition("::")
        name, _, listed = head.partition(" ")
        pairs = (part.partition("=") for part in listed.split(",") if part)
        properties = {key.strip(): restored(value, "\r\n:,") for key, _, value in pairs}
        return Command(name, properties, restored(message, "\r\n"))
    old = re.search(r"##\[(\w[\w-]*)[ \]]", line)
    return Command(f"old {old[1]}", {}, "") if old else None


def commands(text: str) -> list[Command]:
    return [command for line in text.splitlines() if (command := parsed(line)) is not None]


def test_the_parser_knows_commands_from_text() -> None:
    assert parsed("  ::error file=a%2Cb%3A.py,line=3::x%0Ay%2525") == Command(
        "error", {"file": "a,b:.py", "line": "3"}, "x\ny%25"
    )
    assert parsed("text ::error::x") is None
    assert parsed("text ##[add-path]x") == Command("old add-path", {}, "")


def test_a_command_says_where_what_and_why() -> None:
    first, second, *_ = commands(render("github", samples.whole(), NAMES))
    assert first == Command(
        "error",
        {"file": "ml/models.yaml", "line": "4", "title": "disallowed: org/bad for chat"},
        "org/bad for chat is disallowed: Reason for disallowed.\n"
        "Decided by lic/3.1 (section 3.1 of Title of lic, bad/LICENSE:7): Gist of lic/3.1. "
        "Because the purpose is commercial (declared: commercial). Cure: payment.\n"
        "What would change it: hold a license → allowed.",
    )
    assert "Question uses.lab.domains: In which fields? Asked by lic/8, lic/9." in second.message.splitlines()


def test_levels_have_their_commands() -> None:
    found = [command.name for command in commands(render("github", samples.whole(), NAMES))]
    assert found == ["error"] * 3 + ["warning"] * 2 + ["notice"] * 2


def test_a_place_in_source_has_a_column() -> None:
    first = commands(render_scan("github", samples.whole_scan()))[0]
    assert first.properties == {
        "file": "app/main.py", "line": "3", "col": "9", "title": "Model is not in the manifest: org/new",
    }  # fmt: skip


def test_no_more_than_github_takes_and_the_rest_is_counted() -> None:
    text = render("github", samples.many(300), NAMES)
    found = [command.name for command in commands(text)]
    assert found == ["error"] * 10 + ["notice"] * 10
    last = text.splitlines()[-1]
    assert last.startswith("Not shown as annotations: 20 errors, 260 notices.")
    few = render("github", samples.many(10), NAMES)
    assert len(few.splitlines()) == len(commands(few)) == 10


def test_what_strangers_write_gives_no_command_of_theirs() -> None:
    found = commands(render("github", samples.hostile(), NAMES))
    assert len(found) == len(notices_of_report(samples.hostile(), NAMES))
    found += commands(render_scan("github", samples.hostile_scan()))
    for command in found:
        assert command.name in ("error", "warning", "notice")
        assert command.properties.keys() <= {"file", "line", "col", "title"}
        assert all(line.isprintable() for line in command.message.splitlines())
        assert command.properties["title"].isprintable()
    assert len(found) == 7 + len(notices_of_scan(samples.hostile_scan()))
    assert found[0].properties["line"] == "4"


@pytest.mark.parametrize("scan", [samples.hostile_scan(), samples.whole_scan()])
def test_text_for_a_log_gives_no_command(scan: Scan, catalog: object) -> None:
    del catalog
    assert commands(render_scan("text", scan, everything=True, color=True)) == []
    assert commands(render("text", samples.hostile(), NAMES, color=True)) == []


def test_a_summary_stays_below_a_mebibyte() -> None:
    text = render("github-summary", samples.many(900, 1400), NAMES)
    assert 900_000 < len(text.encode()) <= 1_000_000
    assert "more entries are left out here" in text
    places = render_scan("github-summary", samples.many_places(7000))
    assert 900_000 < len(places.encode()) <= 1_000_000
    assert "left out" not in render("github-summary", samples.many(100), NAMES)
