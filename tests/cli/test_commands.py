"""Every command: help, output, exit code."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from license_audit import __version__
from license_audit.cli import COMMANDS, LazyGroup, main
from license_audit.cli.shared import Day
from tests.conftest import CASES, ROOT

ACME = ROOT / "examples" / "acme"
MODELS = str(ACME / "models.yaml")
PROFILE = """\
schema: 1
organization: {agreements: [], claims_against: []}
uses: {shop: {purpose: commercial, environment: production, acts: [run], audience: public}}
"""


def run(*arguments: str | Path) -> Result:
    """Call the command line. Whatever comes, it is no traceback."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], prog_name="license-audit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A manifest with one model that nobody knows, which is undetermined."""
    (tmp_path / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "models.yaml").write_text("schema: 1\nmodels: [{id: a/b, use: shop}]\n", encoding="utf-8")
    return tmp_path / "models.yaml"


def models(site: Path, *ids: str) -> Path:
    """The manifest with other models."""
    entries = ", ".join(f"{{id: {id_}, use: shop}}" for id_ in ids)
    site.write_text(f"schema: 1\nmodels: [{entries}]\n", encoding="utf-8")
    return site


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(option: str) -> None:
    result = run(option)
    assert result.exit_code == 0
    assert "Exit codes: 0 the gate is satisfied; 1 a verdict reaches fail_on" in re.sub(r"\s+", " ", result.stdout)
    assert "Nothing here is legal advice." in result.stdout
    for name in COMMANDS:
        assert re.search(rf"^  {name} ", result.stdout, re.MULTILINE)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_each_command_has_an_example(name: str) -> None:
    result = run(name, "-h")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"Usage: license-audit {name} ")
    assert re.search(rf"^  Examples?:\n    license-audit {name}\b", result.stdout, re.MULTILINE)


def test_the_version() -> None:
    assert run("--version").stdout == f"license-audit, version {__version__}\n"


def test_the_module_is_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "license_audit", "--version"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, f"license-audit, version {__version__}\n")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["chekc"],
        ["schema", "x"],
        ["check", "--no-such"],
        ["check", MODELS, "--on", "yesterday"],
        ["check", MODELS, "--on", "2026-02-30"],
        ["check", MODELS, "--format", "docx"],
        ["check", MODELS, "--fail-on", "allowed"],
        ["check", MODELS, "--output", "/"],
        ["check", MODELS, "--report", "/"],
        ["check", MODELS, "more"],
        ["explain"],
        ["test"],
        ["questions", MODELS, "--on", "soon"],
        ["validate", MODELS, "more"],
    ],
)
def test_wrong_usage(arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Usage: license-audit ")


def test_commands_are_found_by_name() -> None:
    group = LazyGroup("group")
    context = click.Context(group)
    assert group.list_commands(context) == sorted(COMMANDS)
    for name in COMMANDS:
        found = group.get_command(context, name)
        assert found is not None
        assert found.name == name
    assert group.get_command(context, "shared") is None


def test_a_day_is_a_day() -> None:
    assert Day().convert(date(2026, 11, 24), None, None) == date(2026, 11, 24)


def test_check_prints_and_fails(site: Path) -> None:
    result = run("check", site, "--on", "2026-11-24")
    assert result.exit_code == 1
    assert result.stdout.startswith("Models of models.yaml judged against profile.yaml for 2026-11-24\n")
    assert "UNDETERMINED" in result.stdout
    assert "\x1b" not in result.stdout
    assert result.stderr == "1 undetermined; gate fails: 1 of 1 reach fail_on undetermined\n"


def test_check_passes(site: Path) -> None:
    result = run("check", models(site, "mistralai/Mistral-7B-v0.1"), "--on", "2026-11-24")
    assert (result.exit_code, result.stderr) == (0, "1 allowed; gate passes\n")


def test_check_without_models(site: Path) -> None:
    result = run("check", models(site))
    assert (result.exit_code, result.stderr) == (0, "no models; gate passes\n")


def test_check_is_about_today_and_about_models_yaml_unless_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(site.parent)
    result = run("check", "--format", "json")
    assert json.loads(result.stdout)["on"] == date.today().isoformat()


def test_check_with_a_profile_elsewhere(site: Path, tmp_path: Path) -> None:
    (tmp_path / "legal").mkdir()
    (site.parent / "profile.yaml").rename(tmp_path / "legal" / "own.yaml")
    assert run("check", site).exit_code == 3
    result = run("check", site, "--profile", tmp_path / "legal" / "own.yaml", "--format", "json")
    assert json.loads(result.stdout)["profile"] == "own.yaml"


@pytest.mark.parametrize(
    ("fail_on", "codes"), [("conditional", (0, 1, 1)), ("undetermined", (0, 1, 1)), ("disallowed", (0, 0, 1))]
)
def test_fail_on(site: Path, fail_on: str, codes: tuple[int, int, int]) -> None:
    ids = ("mistralai/Mistral-7B-v0.1", "a/b", "mistralai/Codestral-22B-v0.1")
    found = tuple(run("check", models(site, id_), "--fail-on", fail_on, "--on", "2026-11-24").exit_code for id_ in ids)
    assert found == codes


def test_on_changes_the_answer(site: Path) -> None:
    models(site, "tiiuae/falcon-7b")
    texts = {run("check", site, "--format", "json", "--on", day).stdout for day in ("2023-05-28", "2026-11-24")}
    assert len({json.dumps(json.loads(text)["uses"]) for text in texts}) == 2


def test_a_device_is_written_to_and_stays_one(site: Path) -> None:
    assert run("check", site, "--output", "/dev/null").exit_code == 1
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_one(site: Path, tmp_path: Path) -> None:
    (tmp_path / "old.txt").write_text("old")
    (tmp_path / "report.txt").symlink_to("old.txt")
    assert run("check", site, "--output", tmp_path / "report.txt").exit_code == 1
    assert (tmp_path / "report.txt").is_symlink()
    assert "a/b" in (tmp_path / "old.txt").read_text()


def test_a_draft_that_somebody_planted_is_not_written_through(site: Path, tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    for name in (".report.txt.part", ".report.txt"):
        (tmp_path / name).symlink_to("precious")
    (tmp_path / "report.txt").write_text("old")
    (tmp_path / "report.txt").chmod(0o640)
    assert run("check", site, "--output", tmp_path / "report.txt").exit_code == 1
    assert (tmp_path / "precious").read_text() == "precious"
    assert (tmp_path / "report.txt").stat().st_mode & 0o777 == 0o640
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part") and not path.is_symlink()]


def test_check_writes_files_and_prints_nothing(site: Path, tmp_path: Path) -> None:
    output, report = tmp_path / "out.json", tmp_path / "report.html"
    result = run("check", site, "--format", "json", "--output", output, "--report", report)
    assert (result.exit_code, result.stdout) == (1, "")
    assert json.loads(output.read_text(encoding="utf-8"))["uses"][0]["model"] == "a/b"
    assert report.read_text(encoding="utf-8").lstrip().lower().startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "models.yaml",
        "out.json",
        "profile.yaml",
        "report.html",
    ]


@pytest.mark.parametrize("option", ["--output", "--report"])
def test_check_into_a_folder_that_is_not_there(site: Path, tmp_path: Path, option: str) -> None:
    result = run("check", site, option, tmp_path / "nowhere" / "out")
    assert result.exit_code == 3
    assert "nowhere/out: cannot be written: no such file or directory" in result.stderr
    assert result.stderr.endswith("the audit could not be done: 1 problem\n")


@pytest.mark.parametrize("format_", ["text", "json", "html"])
def test_no_format_changes_the_exit_code(format_: str) -> None:
    first, second = (run("check", MODELS, "--format", format_, "--on", "2026-11-24") for _ in range(2))
    assert first.exit_code == second.exit_code == 1
    assert first.stdout_bytes == second.stdout_bytes


def test_a_terminal_gets_color_and_a_bar(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    models(site, "a/b", "a/c")
    first, second = os.openpty()
    with os.fdopen(second, "w", encoding="utf-8") as terminal:
        monkeypatch.setattr(sys, "stdout", terminal)
        monkeypatch.setattr(sys, "stderr", terminal)
        with pytest.raises(SystemExit) as caught:
            main(["check", str(site), "--on", "2026-11-24"], prog_name="license-audit")
        terminal.flush()
        shown = os.read(first, 100_000).decode()
    os.close(first)
    assert caught.value.code == 1
    assert "Judging" in shown
    assert "\033[35;1mUNDETERMINED\033[0m" in shown


def test_questions(site: Path) -> None:
    result = run("questions", site, "--on", "2026-11-24")
    assert result.exit_code == 0
    assert "\n   evidence.license_text\n" in result.stdout
    result = run("questions", models(site, "mistralai/Mistral-7B-v0.1"))
    assert result.stdout == "Nothing is left to ask: every verdict is decided.\n"
    site.unlink()
    assert run("questions", site).exit_code == 3


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("llama-2-community", "LLAMA"),
        ("llama-2", "Llama 2 Community"),
        ("llama-2-community/2", "llama-2-community/2  [bar: user-threshold]"),
        ("user-threshold", "Limit on the number of users"),
        ("tiiuae/falcon-40b", "tiiuae/falcon-40b"),
    ],
)
def test_explain(subject: str, told: str) -> None:
    result = run("explain", subject)
    assert result.exit_code == 0
    assert told.lower() in result.stdout.lower()


def test_explain_coverage() -> None:
    result = run("explain", "mit", "--coverage")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "3 of 3 sections covered")


@pytest.mark.parametrize("options", [[], ["--coverage"]])
def test_explain_what_nobody_knows(options: list[str]) -> None:
    result = run("explain", "user-treshold", *options)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "no license, clause, rule or model is called that; did you mean user-threshold?" in result.stderr


def test_schema() -> None:
    assert json.loads(run("schema", "profile").stdout)["title"] == "Profile"


@pytest.mark.parametrize("command", ["check", "questions"])
def test_what_cannot_be_read(command: str, tmp_path: Path) -> None:
    result = run(command, tmp_path / "models.yaml")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.endswith("the audit could not be done: 2 problems\n")


def test_test_runs_cases(tmp_path: Path) -> None:
    result = run("test", CASES / "mit.yaml")
    assert result.exit_code == 0
    assert re.fullmatch(r"\d+ passed, 0 failed\n", result.stdout)
    profile = "{uses: {u: {acts: [run]}}}"
    case = f"- {{id: one, license: mit, profile: {profile}, on: 2026-11-24, expect: {{verdict: %s}}, why: x}}\n"
    (tmp_path / "cases.yaml").write_text(case % "disallowed" + case % "allowed", encoding="utf-8")
    result = run("test", tmp_path / "cases.yaml")
    assert result.exit_code == 1
    told, counts = result.stdout.splitlines()
    assert told == f"{tmp_path / 'cases.yaml'}:1: one: verdict allowed, expected disallowed"
    assert counts == "1 passed, 1 failed"
    assert run("test", tmp_path / "nothing.yaml").exit_code == 3


def test_validate() -> None:
    assert run("validate").stderr == "no problems found\n"
    result = run("validate", MODELS, "--profile", ACME / "profile.yaml", "--catalog", ROOT)
    assert (result.exit_code, result.stderr.startswith("no problems found")) == (0, True)
    assert all(": warning: " in line for line in result.stdout.splitlines())


def test_validate_tells_every_problem(site: Path, tmp_path: Path) -> None:
    site.write_text("schema: 1\nmodels: [{id: ../b, use: shop}, {id: a/b, ues: shop}]\n", encoding="utf-8")
    profile = tmp_path / "profile.yaml"
    profile.write_text(PROFILE + "policy: {deny: {licenses: [nonsense]}}\n", encoding="utf-8")
    result = run("validate", site, "--profile", profile)
    assert result.exit_code == 3
    assert result.stdout.splitlines()[0].startswith(f"{site}:2:15: models.0.id: expected a Hub id such as org/name")
    assert "did you mean use?" in result.stdout
    assert f"{profile}:4:28: nobody knows a license 'nonsense'" in result.stdout
    assert result.stderr == "4 problems\n"
    site.write_text("schema: 1\nmodels: [{id: a/b, use: shpo}]\n", encoding="utf-8")
    profile.write_text(PROFILE, encoding="utf-8")
    result = run("validate", site, "--profile", profile)
    assert (result.exit_code, result.stderr) == (3, "1 problem\n")
    assert run("validate", site).exit_code == 0
    assert run("validate", "--profile", profile).exit_code == 0
    assert run("validate", tmp_path / "nothing.yaml").exit_code == 3
