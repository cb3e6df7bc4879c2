"""`license-audit validate`: problems, warnings, and what makes it fail."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import main
from tests.conftest import ROOT

ON = ("--on", "2026-11-26")


def run(*arguments: str | Path) -> Result:
    """The command, as somebody starts it."""
    return CliRunner().invoke(main, ["validate", *map(str, arguments)])


RULE = "rule: may\nkind: grant\ntitle: A\nmeaning: B.\ncovers_acts: true\nquestion: C?\nremedy: D.\n"
LICENSE = """\
schema: 1
key: own
kind: license
title: Own
publisher: P
spdx: LicenseRef-own
version: "1"
date: null
sections: ["1"]
reviewed: {by: somebody, on: 2026-11-24, confidence: low}
clauses:
  - {id: "1", rule: may, acts: any, anchor: you may, gist: You may.}
"""
NAMES = """\
schema: 1
known:
  own: {title: Own, publisher: P, spdx: LicenseRef-own, kind: license, openness: open, version: "1", date: null,
        language: en, aliases: []}
"""
CASE = """\
- id: one
  license: own
  profile: {uses: {main: {acts: [run]}}}
  on: 2026-11-24
  expect: {verdict: allowed, decisive: [own/1]}
  why: So.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog of one license, which has nothing wrong with it."""
    files = {
        "rules/may.yaml": RULE,
        "rules/definitions.yaml": "definitions: {}\n",
        "licenses/own.yaml": LICENSE,
        "licenses/names.yaml": NAMES.replace("openness: open", "openness: community"),
        "tests/cases/own.yaml": CASE,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def replaced(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_nothing_is_wrong(folder: Path) -> None:
    for strict in ((), ("--strict",)):
        result = run("--catalog", folder, *ON, *strict)
        assert (result.exit_code, result.stdout, result.stderr) == (0, "", "no problems found\n")


def test_what_no_case_tries_is_a_problem(folder: Path) -> None:
    replaced(folder / "tests/cases/own.yaml", ", decisive: [own/1]", "")
    result = run("--catalog", folder, *ON)
    assert (result.exit_code, result.stderr) == (3, "1 problem\n")
    assert result.stdout == "licenses/own.yaml:12:5: no case names the clause 1\n"
    shutil.rmtree(folder / "tests")
    assert run("--catalog", folder, *ON).exit_code == 0


def test_a_warning_lets_it_pass_unless_it_is_strict(folder: Path) -> None:
    told = "licenses/own.yaml:10:11: warning: own was last read on 2026-11-24, more than 18 months before 2028-05-25\n"
    result = run("--catalog", folder, "--on", "2028-05-25")
    assert (result.exit_code, result.stdout, result.stderr) == (0, told, "no problems found, 1 warning\n")
    result = run("--catalog", folder, "--on", "2028-05-25", "--strict")
    assert (result.exit_code, result.stdout, result.stderr) == (3, told, "no problems found, 1 warning\n")
    assert run("--catalog", folder, "--on", "2028-05-24", "--strict").exit_code == 0


def test_a_broken_text_hides_nothing_of_the_others(folder: Path) -> None:
    other = LICENSE.replace("key: own", "key: far").replace("-own", "-far").replace('["1"]', '["1", "2"]')
    (folder / "licenses/far.yaml").write_text(other, "utf-8")
    replaced(folder / "tests/cases/own.yaml", ", decisive: [own/1]", "")
    result = run("--catalog", folder, "--on", "2030-01-01")
    assert result.stdout.splitlines() == [
        "licenses/far.yaml:9:11: section 2 is covered by no clause and no no_duty entry",
        "licenses/own.yaml:12:5: no case names the clause 1",
        "licenses/own.yaml:10:11: warning: own was last read on 2026-11-24, more than 18 months before 2030-01-01",
    ]
    assert (result.exit_code, result.stderr) == (3, "2 problems, 1 warning\n")


def test_key_clauses_need_not_cover_the_sections(folder: Path) -> None:
    replaced(folder / "licenses/own.yaml", 'sections: ["1"]', 'coverage: key-clauses\nsections: ["1", "2"]')
    replaced(folder / "tests/cases/own.yaml", "verdict: allowed", "verdict: undetermined, best: allowed")
    assert run("--catalog", folder, *ON).stderr == "no problems found\n"
    replaced(folder / "licenses/own.yaml", "key-clauses", "some-clauses")
    result = run("--catalog", folder, *ON)
    assert result.exit_code == 3
    assert result.stdout.startswith("licenses/own.yaml:9:11: coverage: Input should be 'sections' or 'key-clauses'")


def test_with_a_broken_rule_nothing_deeper_is_said(folder: Path) -> None:
    replaced(folder / "rules/may.yaml", "rule: may", "rule: might")
    replaced(folder / "tests/cases/own.yaml", ", decisive: [own/1]", "")
    result = run("--catalog", folder, "--on", "2030-01-01")
    assert (result.stdout.count("\n"), result.stderr) == (1, "1 problem\n")


def test_names_are_looked_at(folder: Path) -> None:
    replaced(folder / "licenses/names.yaml", "aliases: []", "aliases: [Mine, mine]")
    result = run("--catalog", folder, *ON)
    assert result.stdout == "licenses/names.yaml:4:39: own: the name 'mine' is declared twice\n"


def test_models_under_replaced_terms_are_a_warning(folder: Path) -> None:
    older = (
        "  old: {title: Old, publisher: P, spdx: LicenseRef-old, kind: license, openness: community, version: null,\n"
    )
    older += "        date: 2020, language: en, aliases: []}\n"
    names = folder / "licenses/names.yaml"
    replaced(names, 'version: "1", date: null,', 'version: "1", date: null, published: 2021, supersedes: old,')
    names.write_text(names.read_text("utf-8") + older, "utf-8")
    models = folder / "licenses/models"
    models.mkdir()
    (models / "p.yaml").write_text(
        "schema: 1\npublisher: P\nmodels:\n"
        "  p/m: {terms: [{license: old, since: 2022, source: read, confidence: high}]}\n", "utf-8"
    )  # fmt: skip
    result = run("--catalog", folder, *ON)
    told = "licenses/names.yaml:5:8: warning: own replaced old, and models still came under it: p/m\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, told, "no problems found, 1 warning\n")
    assert run("--catalog", folder, *ON, "--strict").exit_code == 3


def test_without_a_folder_there_are_no_warnings() -> None:
    assert "warning" not in run("--on", "2100-01-01", "--strict").output


def test_the_day_is_a_day() -> None:
    result = run("--on", "soon")
    assert result.exit_code == 2
    assert "'soon' is not a date such as 2026-11-24" in result.stderr


def test_the_catalog_of_the_checkout_is_right() -> None:
    result = run("--catalog", ROOT, *ON)
    assert result.exit_code == 0, result.stdout


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    result = run("--rules", tmp_path / "nothing")
    assert (result.exit_code, result.stderr) == (3, "1 problem\n")
