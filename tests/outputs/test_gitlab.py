"""Code Quality: the fields that GitLab reads, and no two issues that it takes for one."""

import json
from typing import Any

import jsonschema
import pytest

from license_audit.outputs import render, render_scan
from tests.outputs import samples

NAMES = samples.Names()
# Written after GitLab's description of the format: it ships its own schema only inside itself, and asks for less.
SCHEMA = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^license-audit/[a-z-]+$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": {"type": "string", "pattern": "^[^./]"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "additionalProperties": False,
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
DOCUMENTS = {
    "report": render("gitlab", samples.whole(), NAMES),
    "empty report": render("gitlab", samples.report(), NAMES),
    "hostile report": render("gitlab", samples.hostile(), NAMES),
    "scan": render_scan("gitlab", samples.whole_scan()),
    "empty scan": render_scan("gitlab", samples.scan()),
    "hostile scan": render_scan("gitlab", samples.hostile_scan()),
    "many": render("gitlab", samples.many(2000), NAMES),
}


def issues(name: str) -> Any:
    return json.loads(DOCUMENTS[name])


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_fields_are_those_that_gitlab_reads(name: str) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(issues(name))
    assert all(one["description"].isprintable() for one in issues(name))
    assert all(len(one["description"]) <= 2000 for one in issues(name))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_issue_has_a_fingerprint_of_its_own(name: str) -> None:
    found = [one["fingerprint"] for one in issues(name)]
    assert len(set(found)) == len(found)


def test_how_grave_issues_are() -> None:
    assert [(one["check_name"], one["severity"]) for one in issues("report")] == [
        ("license-audit/use-disallowed", "critical"),
        ("license-audit/use-undetermined", "critical"),
        ("license-audit/use-conditional", "info"),
        ("license-audit/use-disallowed", "info"),  # waived
        ("license-audit/use-disallowed", "minor"),  # known from the baseline
        ("license-audit/policy-denied", "critical"),
        ("license-audit/waiver-lapsed", "minor"),
    ]


def test_an_issue_says_why_and_where() -> None:
    first, second, _, waived, *_ = issues("report")
    assert first["location"] == {"path": "ml/models.yaml", "lines": {"begin": 4}}
    assert "Decided by lic/3.1 (section 3.1 of Title of lic, bad/LICENSE:7)" in first["description"]
    assert "Question uses.lab.domains: In which fields?" in second["description"]
    assert "Waived by legal@acme.example until 2027-01-31: bought." in waived["description"]
    assert issues("scan")[0]["location"] == {"path": "app/main.py", "lines": {"begin": 3}}


def test_nothing_to_tell_is_an_empty_list() -> None:
    assert (DOCUMENTS["empty report"], DOCUMENTS["empty scan"]) == ("[]\n", "[]\n")
