"""JUnit: valid, read by others as it is meant, whatever strangers write."""

from io import BytesIO
from xml.etree import ElementTree as ET

import junitparser
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from license_audit.model.report import ModelUse
from license_audit.outputs import render, render_scan
from tests.outputs import samples, validators

NAMES = samples.Names()
DOCUMENTS = {
    "report": render("junit", samples.whole(), NAMES),
    "empty report": render("junit", samples.report(), NAMES),
    "hostile report": render("junit", samples.hostile(), NAMES),
    "scan": render_scan("junit", samples.whole_scan()),
    "empty scan": render_scan("junit", samples.scan()),
    "hostile scan": render_scan("junit", samples.hostile_scan()),
}


def read(text: str) -> list[junitparser.TestCase]:
    suites = junitparser.JUnitXml.fromstring(text.encode())
    return [case for suite in suites for case in suite]


def outcome(case: junitparser.TestCase) -> str:
    results = [type(result).__name__ for result in case.result]
    return results[0] if results else "passed"


def cases(*uses: ModelUse) -> list[junitparser.TestCase]:
    return read(render("junit", samples.report(*uses), NAMES))


@validators.installed
@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_schema_takes_every_document(name: str) -> None:
    schema = xmlschema.XMLSchema(str(validators.junit_schema()))
    schema.validate(BytesIO(DOCUMENTS[name].encode()))
    assert not schema.is_valid(BytesIO(DOCUMENTS[name].encode().replace(b' tests="', b' test="')))


def test_each_use_is_a_test_with_its_outcome() -> None:
    found = [(case.classname, case.name, outcome(case)) for case in read(DOCUMENTS["report"])]
    assert found == [
        ("chat", "org/bad", "Failure"),
        ("lab", "org/open", "Error"),
        ("chat", "org/fine", "passed"),
        ("chat", "org/free", "passed"),
        ("chat", "org/bought", "Skipped"),
        ("chat", "org/old", "Skipped"),
        ("chat", "org/denied", "Failure"),
    ]


def test_each_place_is_a_test_with_its_outcome() -> None:
    found = [(case.classname, case.name, outcome(case)) for case in read(DOCUMENTS["scan"])]
    assert found == [
        ("app/main.py", "org/new", "Failure"),
        ("app/main.py", "org/new (2)", "Failure"),
        ("app/main.py", "org/free", "passed"),
        ("app/values.yaml", "gpt-4", "Failure"),
        ("app/values.yaml", "models/x", "Skipped"),
        ("tests/fake.py", "org/fake", "Skipped"),
        ("app/huge.json", "can be read", "Skipped"),
        ("app/secret.py", "can be read", "Error"),
    ]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_totals_are_those_of_the_cases(name: str) -> None:
    (suite,) = junitparser.JUnitXml.fromstring(DOCUMENTS[name].encode())
    written = (suite.tests, suite.failures, suite.errors, suite.skipped)
    suite.update_statistics()  # type: ignore[no-untyped-call]  # the library has types for the rest
    assert written == (suite.tests, suite.failures, suite.errors, suite.skipped)


def test_a_failure_says_why_with_section_and_an_error_asks() -> None:
    bad, open_, *_ = read(DOCUMENTS["report"])
    assert bad.result[0].message == "org/bad for chat is disallowed: Reason for disallowed."
    assert bad.result[0].type == "use-disallowed"
    assert bad.result[0].text.splitlines()[1:3] == [
        "At ml/models.yaml:4",
        (
            "Decided by lic/3.1 (section 3.1 of Title of lic, bad/LICENSE:7): Gist of lic/3.1. "
            "Because the purpose is commercial (declared: commercial). Cure: payment."
        ),
    ]
    assert "Question uses.lab.domains: In which fields? Asked by lic/8, lic/9." in open_.result[0].text


def test_what_stops_a_use_comes_first() -> None:
    (case,) = cases(samples.denied())
    assert case.result[0].message == "org/denied: the organization's policy denies lic."
    assert "no longer counts" in case.result[0].text
    assert case.result[0].text.splitlines()[-1] == "org/denied for chat is allowed: Reason for allowed."


@pytest.mark.parametrize(
    ("kind", "level", "expected"),
    [
        ("policy-denied", "error", "Failure"),
        ("waiver-lapsed", "warning", "Error"),
        ("text-altered", "warning", "Error"),
    ],
)
def test_an_open_use_is_an_error_unless_something_rules_it_out(kind: str, level: str, expected: str) -> None:
    findings = (samples.finding(kind).model_copy(update={"level": level}),)
    assert [outcome(case) for case in cases(samples.undetermined(findings=findings))] == [expected]


def test_a_model_that_is_listed_twice_gives_two_tests() -> None:
    found = cases(samples.allowed(), samples.allowed().model_copy(update={"line": 20}))
    assert [case.name for case in found] == ["org/free", "org/free (2)"]


def test_properties_stand_before_the_tests() -> None:
    suite = ET.fromstring(DOCUMENTS["report"])[0]  # noqa: S314  # our own
    assert [part.tag for part in suite] == ["properties"] + ["testcase"] * 7
    values = {part.get("name"): part.get("value") for part in suite[0]}
    assert values == {
        "fail_on": "undetermined",
        "organization": "Acme & Co. <KG>",
        "profile": "profile.yaml",
        "tool_version": "1.2.3",
    }


def test_nothing_invisible_comes_through() -> None:
    for name in ("hostile report", "hostile scan"):
        root = ET.fromstring(DOCUMENTS[name])  # noqa: S314  # our own
        texts = [text for part in root.iter() for text in (*part.attrib.values(), part.text or "")]
        assert all(line.isprintable() for text in texts for line in text.splitlines())


@given(st.text())
def test_any_name_gives_xml(text: str) -> None:
    use = samples.disallowed().model_copy(update={"model": text, "use": text})
    (case,) = cases(use, *())
    assert outcome(case) == "Failure"
