"""`license-audit check` as a gate: formats, baseline, own rules, and what it prints."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import main
from license_audit.outputs import FORMATS
from tests.conftest import ROOT

ACME = ROOT / "examples" / "acme"
PASSING = {"models.yaml": "schema: 1\nmodels: [{id: mosaicml/mpt-7b, use: a}]\n", "profile.yaml": """\
schema: 1
organization: {kind: company, established_in: [DE], agreements: [], claims_against: []}
uses:
  a: {purpose: commercial, environment: production, acts: [run], domains: [], outputs: {train_models: none}}
"""}  # fmt: skip


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    shutil.copytree(ACME, tmp_path / "acme")
    monkeypatch.chdir(tmp_path / "acme")
    return tmp_path / "acme"


def check(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", "--on", "2026-11-24", *map(str, words)])


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("format_", FORMATS)
def test_no_format_changes_the_exit_code_and_two_runs_are_alike(format_: str) -> None:
    for words, code in (([], 1), (["none.yaml"], 3)):
        first, second = (check("--format", format_, "--no-cache", *words) for _ in range(2))
        assert first.exit_code == second.exit_code == code
        assert first.stdout == second.stdout
        assert first.stderr == second.stderr


@pytest.mark.usefixtures("acme")
@pytest.mark.parametrize("format_", FORMATS)
def test_a_gate_that_passes_passes_in_each_format(format_: str, acme: Path) -> None:
    for name, text in PASSING.items():
        (acme / name).write_text(text, encoding="utf-8")
    assert check("--format", format_).exit_code == 0


@pytest.mark.usefixtures("acme")
def test_the_last_line_says_why() -> None:
    assert "8 of 19 reach fail_on undetermined" in check().stderr.splitlines()[-1]


def test_quiet_tells_what_fails_and_nothing_else(acme: Path) -> None:
    loud, quiet = check(), check("--quiet")
    assert quiet.exit_code == loud.exit_code == 1
    assert quiet.stderr == loud.stderr
    assert quiet.stdout.count("\nDISALLOWED") + quiet.stdout.count("\nUNDETERMINED") == 8
    assert "\nALLOWED" in loud.stdout
    assert "\nALLOWED" not in quiet.stdout
    assert check("--quiet", "--format", "json").stdout == check("--format", "json").stdout
    for name, text in PASSING.items():
        (acme / name).write_text(text, encoding="utf-8")
    assert check("--quiet").stdout == ""


def test_a_baseline_lets_pass_what_is_as_it_was(acme: Path) -> None:
    assert check("--format", "json", "--output", "baseline.json").exit_code == 1
    again = check("--new-only", "baseline.json")
    assert again.exit_code == 0
    assert "8 known from the baseline" in again.stderr
    profile = (acme / "profile.yaml").read_text(encoding="utf-8")
    (acme / "profile.yaml").write_text(
        profile.replace("fail_on: undetermined", "fail_on: conditional"), encoding="utf-8"
    )
    changed = check("--new-only", "baseline.json", "--format", "json")
    assert changed.exit_code == 1
    failing = {use["assessment"]["verdict"] for use in json.loads(changed.stdout)["uses"] if use["gate"] == "fails"}
    assert failing == {"conditional"}


@pytest.mark.usefixtures("acme")
def test_a_baseline_that_is_missing_or_none_ends_with_3(acme: Path) -> None:
    assert check("--new-only", "none.json").exit_code == 3
    (acme / "bad.json").write_text("{}", encoding="utf-8")
    result = check("--new-only", "bad.json")
    assert result.exit_code == 3
    assert "bad.json: is no report of this version" in result.stderr


@pytest.mark.usefixtures("acme")
def test_rules_of_one_s_own_count(tmp_path: Path) -> None:
    house = ROOT / "examples" / "house-rules"
    result = check("--format", "json", "--rules", house)
    assert result.exit_code == 1
    terms = [use["assessment"]["terms"] for use in json.loads(result.stdout)["uses"]]
    assert all("acme-house" in keys for keys in terms)
    assert "acme-house" not in check("--format", "json").stdout
    missing = check("--rules", tmp_path / "none")
    assert missing.exit_code == 3
    assert "none" in missing.stderr
