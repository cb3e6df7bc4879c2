"""SARIF: valid for others, a place and a fingerprint for each result, and never more than GitHub takes."""

import json
from typing import Any

import jsonschema
import pytest

from license_audit.outputs import render, render_scan, sarif
from tests.outputs import samples, validators

NAMES = samples.Names()


def run_of(text: str) -> Any:
    (run,) = json.loads(text)["runs"]
    return run


def checked(*uses: Any, **more: Any) -> Any:
    return run_of(render("sarif", samples.report(*uses, **more), NAMES))


DOCUMENTS = (
    render("sarif", samples.whole(), NAMES),
    render("sarif", samples.report(), NAMES),
    render("sarif", samples.hostile(), NAMES),
    render_scan("sarif", samples.whole_scan()),
    render_scan("sarif", samples.scan()),
    render_scan("sarif", samples.hostile_scan()),
)


@validators.installed
def test_the_schema_takes_every_document() -> None:
    validator = jsonschema.Draft4Validator(validators.sarif_schema())
    for text in DOCUMENTS:
        validator.validate(json.loads(text))
    broken = json.loads(DOCUMENTS[0])
    broken["runs"][0]["results"][0]["level"] = "grave"
    assert not validator.is_valid(broken)


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, int]]:
    """What the multitool says about our documents, and two broken ones after them; in one run, as it starts slowly."""
    nowhere, unknown = json.loads(DOCUMENTS[0]), json.loads(DOCUMENTS[0])
    del nowhere["runs"][0]["results"][0]["locations"]
    unknown["runs"][0]["results"][0]["ruleIndex"] = 77
    broken = [json.dumps(one) for one in (nowhere, unknown)]
    return validators.sarif_faults(tmp_path_factory.mktemp("sarif"), [*DOCUMENTS, *broken])


@validators.installed
def test_the_multitool_finds_no_fault_with_any_document(faults: list[tuple[str, str, int]]) -> None:
    ours = {(level, rule) for level, rule, number in faults if number < len(DOCUMENTS) and level != "note"}
    assert ours == {("warning", "SARIF2005")}  # it asks for an address of the project, which has none


@validators.installed
def test_the_multitool_finds_what_is_wrong(faults: list[tuple[str, str, int]]) -> None:
    first = len(DOCUMENTS)
    assert {number for level, _, number in faults if level == "error"} == {first, first + 1}
    # The rule of GitHub that asks for a place.
    assert ("error", "GH1015", first) in faults


def test_levels_follow_the_gate() -> None:
    found = [(one["ruleId"], one["level"]) for one in run_of(DOCUMENTS[0])["results"]]
    assert found == [
        ("use-disallowed", "error"),
        ("use-undetermined", "error"),
        ("use-conditional", "note"),
        ("use-disallowed", "note"),  # waived
        ("use-disallowed", "warning"),  # known from the baseline
        ("policy-denied", "error"),
        ("waiver-lapsed", "warning"),
    ]
    mild = checked(samples.undetermined(gate="passes"), fail_on="disallowed")["results"]
    assert [one["level"] for one in mild] == ["warning"]


def test_a_result_says_why_with_section_and_line_of_the_text() -> None:
    (one,) = checked(samples.disallowed())["results"]
    told = one["message"]["text"]
    assert told.startswith("org/bad for chat is disallowed: Reason for disallowed. Decided by lic/3.1")
    assert "section 3.1 of Title of lic, bad/LICENSE:7" in told
    assert "Because the purpose is commercial (declared: commercial)." in told
    (asked,) = checked(samples.undetermined())["results"]
    assert "Question uses.lab.domains: In which fields? Asked by lic/8, lic/9." in asked["message"]["text"]


def test_every_result_has_a_place_in_the_repository() -> None:
    for text in DOCUMENTS:
        for one in run_of(text)["results"]:
            (location,) = one["locations"]
            place = location["physicalLocation"]
            assert place["region"]["startLine"] >= 1
            assert place["artifactLocation"]["uriBaseId"] == "SRCROOT"
            assert not place["artifactLocation"]["uri"].startswith(("/", "."))
            assert location["logicalLocations"][0]["name"]
    (first, *_) = run_of(DOCUMENTS[0])["results"]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "ml/models.yaml"


def test_paths_are_percent_encoded() -> None:
    (one,) = checked(samples.disallowed(), folder="my models/ä#1", manifest="100%.yaml")["results"]
    place = one["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place["uri"] == "my%20models/%C3%A4%231/100%25.yaml"


def test_what_was_waived_is_suppressed_and_says_so() -> None:
    (one,) = checked(samples.waived())["results"]
    justification = "by legal@acme.example until 2027-01-31: bought"
    assert one["suppressions"] == [{"kind": "external", "status": "accepted", "justification": justification}]
    assert one["message"]["text"].startswith("[waived] org/bought")
    assert f"Waived {justification}." in one["message"]["text"]
    assert "baselineState" not in one


def test_what_the_baseline_knows_is_unchanged_and_not_suppressed() -> None:
    (one,) = checked(samples.known())["results"]
    assert (one["baselineState"], one["level"]) == ("unchanged", "warning")
    assert "suppressions" not in one


def test_rules_are_those_with_results_each_with_its_help() -> None:
    run = run_of(DOCUMENTS[0])
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted({one["ruleId"] for one in run["results"]})
    for one in run["results"]:
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"]
    for rule in rules:
        assert all(rule[name]["text"] for name in ("shortDescription", "fullDescription", "help"))
        assert rule["help"]["markdown"]
        assert len(rule["properties"]["tags"]) <= 10
    strange = checked(samples.allowed(findings=(samples.finding("brand-new", message="m"),)))
    assert strange["tool"]["driver"]["rules"][0]["shortDescription"]["text"] == "Brand new."


def test_the_category_tells_checks_scans_and_manifests_apart() -> None:
    assert run_of(DOCUMENTS[0])["automationDetails"]["id"] == "license-audit/check/ml/models.yaml/"
    assert run_of(DOCUMENTS[3])["automationDetails"]["id"] == "license-audit/scan/models.yaml/"
    nowhere = run_of(render_scan("sarif", samples.scan(manifest="", folder="sub")))
    assert nowhere["automationDetails"]["id"] == "license-audit/scan/sub/models.yaml/"


def test_a_place_in_source_has_a_column() -> None:
    (one, *_) = run_of(DOCUMENTS[3])["results"]
    assert one["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 9}


def test_the_gravest_five_thousand_are_kept_and_the_rest_is_told() -> None:
    results = run_of(render("sarif", samples.many(6000), NAMES))["results"]
    assert len(results) == 5000
    assert sum(one["level"] == "error" for one in results) == 600
    assert results[0]["ruleId"] == "results-left-out"
    assert results[0]["message"]["text"].startswith("1,001 more results were left out")
    names = [one["locations"][0]["logicalLocations"][0]["name"] for one in results[1:]]
    assert names == sorted(names, key=lambda name: int(name[5:]))


def test_a_file_stays_below_the_size_that_github_takes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MAX_BYTES", 30_000)
    text = render("sarif", samples.many(100), NAMES)
    results = run_of(text)["results"]
    assert len(text.encode()) < 40_000
    assert 15 < len(results) < 100
    assert results[0]["ruleId"] == "results-left-out"
    assert sum(one["level"] == "error" for one in results) == 10


def test_messages_are_not_endless() -> None:
    long = samples.disallowed().model_copy(update={"model": "m" * 100_000})
    (one,) = checked(long)["results"]
    assert len(one["message"]["text"]) <= 4000
    assert len(one["locations"][0]["logicalLocations"][0]["name"]) <= 300
