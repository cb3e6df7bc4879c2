"""Every command as a user calls it: what it prints, and its exit code."""

import gc
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import COMMANDS, main
from tests.conftest import CASES, ROOT

ACME = ROOT / "examples" / "acme"
MODELS = str(ACME / "models.yaml")
ON = ["--on", "2026-11-24"]
ALLOWED = """schema: 1
models:
  - {id: mistralai/Mistral-7B-v0.1, use: shop}
"""
PROFILE = """schema: 1
organization: {claims_against: []}
uses: {shop: {acts: [run]}}
"""


def call(*arguments: str) -> Result:
    """One call of the command; a traceback fails the test."""
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with one model that is allowed."""
    (tmp_path / "models.yaml").write_text(ALLOWED, encoding="utf-8")
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_has_an_example(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"license-audit {command}" in result.output


def test_help_lists_every_command_and_the_exit_codes() -> None:
    result = call("--help")
    assert all(name in result.output for name in COMMANDS)
    assert "Exit codes" in result.output
    assert call("--version").output.startswith("license-audit, version ")


@pytest.mark.parametrize(
    "arguments",
    [[], ["nonsense"], ["check", "--format", "nonsense"], ["check", "--on", "yesterday"], ["test"], ["schema", "x"]],
)
def test_wrong_usage_is_2(arguments: list[str]) -> None:
    assert call(*arguments).exit_code == 2


def test_check_passes_and_says_so(project: Path) -> None:
    result = call("check", str(project / "models.yaml"), *ON)
    assert (result.exit_code, result.stderr) == (0, "1 allowed; gate passes\n")
    assert "ALLOWED  mistralai/Mistral-7B-v0.1  for  shop" in result.stdout


@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_check_fails_alike_in_every_format(format_: str) -> None:
    result = call("check", MODELS, "--format", format_, *ON)
    assert result.exit_code == 1
    assert "gate fails" in result.stderr
    assert result.stdout


def test_check_today_without_a_date(project: Path) -> None:
    assert call("check", str(project / "models.yaml"), "--profile", str(project / "profile.yaml")).exit_code == 0


def test_fail_on_takes_the_place_of_the_profiles(project: Path) -> None:
    (project / "models.yaml").write_text(ALLOWED.replace("Mistral-7B-v0.1", "no-such-model"), encoding="utf-8")
    manifest = str(project / "models.yaml")
    assert call("check", manifest, *ON).exit_code == 1
    assert call("check", manifest, "--fail-on", "disallowed", *ON).exit_code == 0
    assert call("check", manifest, "--fail-on", "conditional", *ON).exit_code == 1


def test_outputs_go_to_files(project: Path) -> None:
    data, page = project / "report.json", project / "report.html"
    manifest = str(project / "models.yaml")
    result = call("check", manifest, "--format", "json", "--output", str(data), "--report", str(page), *ON)
    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads(data.read_text(encoding="utf-8"))["uses"][0]["model"] == "mistralai/Mistral-7B-v0.1"
    assert page.read_text(encoding="utf-8").lower().startswith("<!doctype html>")


def test_an_output_that_cannot_be_written_is_3(project: Path) -> None:
    result = call("check", str(project / "models.yaml"), "--output", str(project / "no" / "file"), *ON)
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr


@pytest.mark.parametrize("command", ["check", "questions"])
def test_what_cannot_be_read_is_3(command: str, tmp_path: Path) -> None:
    result = call(command, str(tmp_path / "models.yaml"))
    assert result.exit_code == 3
    assert "the audit could not be done: 2 problems" in result.stderr


def test_questions_of_the_example() -> None:
    result = call("questions", MODELS, *ON)
    assert result.exit_code == 0
    assert result.output.startswith("1. ")
    assert call("questions", MODELS).exit_code == 0


def test_explain() -> None:
    assert "Llama 2 Community" in call("explain", "llama-2").output
    assert "sections covered" in call("explain", "mit", "--coverage").output
    assert call("explain", "nonsense").exit_code == 3


def test_schema() -> None:
    assert json.loads(call("schema", "profile").output)["title"] == "Profile"


def test_test_counts_what_passed(tmp_path: Path) -> None:
    good = call("test", str(CASES / "lineage.yaml"))
    assert (good.exit_code, good.output) == (0, "5 passed, 0 failed\n")
    text = (CASES / "lineage.yaml").read_text(encoding="utf-8").replace("verdict: conditional", "verdict: allowed", 1)
    (tmp_path / "cases.yaml").write_text(text, encoding="utf-8")
    bad = call("test", str(tmp_path / "cases.yaml"))
    assert bad.exit_code == 1
    assert "verdict conditional, expected allowed" in bad.output
    assert bad.output.endswith("4 passed, 1 failed\n")
    assert call("test", str(tmp_path / "missing.yaml")).exit_code == 3


def test_validate(project: Path) -> None:
    packaged = call("validate")
    assert (packaged.exit_code, packaged.stderr) == (0, "no problems found\n")
    manifest = project / "models.yaml"
    assert call("validate", str(manifest), "--profile", str(project / "profile.yaml")).exit_code == 0
    manifest.write_text(ALLOWED.replace("shop", "shopp"), encoding="utf-8")
    wrong = call("validate", str(manifest), "--profile", str(project / "profile.yaml"))
    assert (wrong.exit_code, wrong.stderr) == (3, "1 problem\n")
    assert "did you mean shop?" in wrong.output
    (project / "profile.yaml").write_text("schema: 2\nuses: []\n", encoding="utf-8")
    manifest.write_text("models: 1\n", encoding="utf-8")
    both = call("validate", str(manifest), "--profile", str(project / "profile.yaml"))
    assert both.stderr.endswith("problems\n")
    assert call("validate", str(manifest)).exit_code == 3
    assert call("validate", "--profile", str(ACME / "profile.yaml")).exit_code == 0


def test_the_module_is_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYDANTIC_DISABLE_PLUGINS", raising=False)
    module = importlib.import_module("license_audit.__main__")
    gc.enable()
    assert module.main is main
    assert os.environ["PYDANTIC_DISABLE_PLUGINS"]


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--help"], ["pydantic", "yaml", "jinja2", "huggingface_hub", "spdx_tools"]),
        (["check", MODELS], ["jinja2", "huggingface_hub", "spdx_tools", "jsonschema"]),
    ],
)
def test_heavy_imports_wait_until_they_are_needed(arguments: list[str], forbidden: list[str]) -> None:
    code = (
        "import sys\nfrom license_audit.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', sorted(set({forbidden!r}) & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "LOADED []"
