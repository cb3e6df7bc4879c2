"""`license-audit scan` as a person or a hook calls it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import main, scan
from license_audit.cli.shared import told
from license_audit.outputs import SCAN_FORMATS

MANIFEST = "schema: 1\nmodels:\n  - {id: acme/listed, use: a}  # ours\n"


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "models.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "profile.yaml").write_text("schema: 1\nuses: {a: {}}\n", encoding="utf-8")
    (tmp_path / "listed.Modelfile").write_text("FROM hf.co/acme/listed\n", encoding="utf-8")
    (tmp_path / "missing.Modelfile").write_text("# hello\nFROM hf.co/acme/missing\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["scan", *map(str, words)])


@pytest.mark.usefixtures("tree")
def test_what_is_missing_is_told_with_its_place_and_fails() -> None:
    result = run()
    assert result.exit_code == 1
    assert "missing.Modelfile:2:6: " in result.stdout
    assert "acme/missing" in result.stdout
    assert "listed.Modelfile" not in result.stdout
    assert "1 model in 1 place that models.yaml does not list" in result.stderr


@pytest.mark.usefixtures("tree")
def test_quiet_when_all_is_listed() -> None:
    result = run("listed.Modelfile")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "scan passes" in result.stderr
    assert "acme/listed" in run("--all", "listed.Modelfile").stdout


@pytest.mark.usefixtures("tree")
@pytest.mark.parametrize("format_", SCAN_FORMATS)
def test_no_format_changes_the_exit_code_and_two_runs_are_alike(format_: str) -> None:
    for words, code in (([], 1), (["listed.Modelfile"], 0), (["none.py"], 3)):
        first, second = (run("--format", format_, *words) for _ in range(2))
        assert first.exit_code == second.exit_code == code
        assert first.stdout == second.stdout


def test_output_goes_to_a_file(tree: Path) -> None:
    result = run("--format", "json", "--output", "scan.json")
    assert (result.exit_code, result.stdout) == (1, "")
    found = json.loads((tree / "scan.json").read_text(encoding="utf-8"))
    assert [(one["id"], one["standing"]) for one in found["mentions"]] == [
        ("acme/listed", "listed"),
        ("acme/missing", "missing"),
    ]


def test_fix_adds_what_is_missing_and_then_it_passes(tree: Path) -> None:
    result = run("--fix", "--use", "a")
    assert result.exit_code == 0
    assert "models.yaml: added id: acme/missing, use: a" in result.stderr
    assert (tree / "models.yaml").read_text(encoding="utf-8") == MANIFEST + "  - {id: acme/missing, use: a}\n"
    assert run("--fix", "--use", "a").exit_code == 0
    assert (tree / "models.yaml").read_text(encoding="utf-8") == MANIFEST + "  - {id: acme/missing, use: a}\n"


def test_fix_leaves_what_no_manifest_can_list(tree: Path) -> None:
    (tree / "more.Modelfile").write_text("FROM ./weights/nowhere.gguf\n", encoding="utf-8")
    result = run("--fix", "--use", "a")
    assert result.exit_code == 1
    assert "more.Modelfile:1:6" in result.stdout


def test_fix_needs_a_use_that_the_profile_has(tree: Path) -> None:
    assert run("--fix").exit_code == 2
    assert run("--fix", "--use", " ").exit_code == 2
    result = run("--fix", "--use", "b")
    assert result.exit_code == 3
    assert "has no use 'b'; it has a" in result.stderr
    assert (tree / "models.yaml").read_text(encoding="utf-8") == MANIFEST


@pytest.mark.usefixtures("tree")
def test_a_missing_path_never_passes() -> None:
    result = run("none.py")
    assert result.exit_code == 3
    assert "none.py" in result.stdout + result.stderr
    assert run("listed.Modelfile", "nowhere").exit_code == 3


def test_a_tree_elsewhere_is_scanned_from_its_own_top(
    tree: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    monkeypatch.chdir(elsewhere)
    assert "\nmissing.Modelfile:2:6" in "\n" + run(tree).stdout
    assert "\nmissing.Modelfile:2:6" in "\n" + run(tree / "missing.Modelfile").stdout
    assert run(elsewhere / "none.py").exit_code == 3
    other = tmp_path_factory.mktemp("other")
    result = run(tree, other)
    assert result.exit_code == 2
    assert "different trees" in result.stderr


def test_a_bad_manifest_is_told(tree: Path) -> None:
    (tree / "models.yaml").write_text("schema: 1\nmodels:\n  - {idd: x}\n", encoding="utf-8")
    result = run()
    assert result.exit_code == 3
    assert "models.yaml:3:" in result.stderr


@pytest.mark.usefixtures("tree")
def test_another_manifest(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text("schema: 1\nmodels: [{id: acme/missing, use: a}]\n", encoding="utf-8")
    result = run("--manifest", "other.yaml")
    assert result.exit_code == 1
    assert "listed.Modelfile:1:6" in result.stdout
    assert "missing.Modelfile" not in result.stdout


@pytest.mark.usefixtures("tree")
def test_a_manifest_that_is_named_and_missing_is_an_error() -> None:
    for words in (["--manifest", "none.yaml"], ["--manifest", "none.yaml", "none.yaml"]):
        result = run(*words)
        assert result.exit_code == 3
        assert "none.yaml: does not exist" in result.stderr


def test_a_named_pipe_does_not_hang_and_a_link_out_is_not_followed(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "Modelfile"
    outside.write_text("FROM hf.co/acme/secret\n", encoding="utf-8")
    (tree / "missing.Modelfile").unlink()
    (tree / "link.Modelfile").symlink_to(outside)
    os.mkfifo(tree / "pipe.Modelfile")
    result = run()
    assert result.exit_code == 0
    assert "acme/secret" not in result.stdout
    assert "link.Modelfile: not read: is a link that leads out of the tree" in result.stdout
    assert "pipe.Modelfile: not read: is not a regular file" in result.stdout
    assert run("pipe.Modelfile").exit_code == 3


def test_progress_is_shown_to_people(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    bar = scan._Bar()
    bar(10, 20)
    assert capsys.readouterr().err == ""
    bar(500, 2000)
    bar(2000, 2000)
    assert capsys.readouterr().err == "\rscanned 500 of 2,000 files\rscanned 2,000 of 2,000 files\n"


def test_a_second_scan_is_the_first_one_and_sees_what_changed(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tree.parent / "cache"))
    monkeypatch.setattr("license_audit.readers.scan.scanner.SETTLED", -(10**18))
    first, second = run("--format", "json"), run("--format", "json")
    assert first.stdout == second.stdout
    (kept,) = (tree.parent / "cache" / "license-audit" / "scans").iterdir()
    kept.write_bytes(kept.read_bytes()[:-1])
    assert run("--format", "json").stdout == first.stdout
    (tree / "missing.Modelfile").write_text("# hello\nFROM hf.co/acme/another\n", encoding="utf-8")
    assert "acme/another" in run().stdout
    assert run("--format", "json", "--no-cache").stdout == run("--format", "json").stdout


@pytest.mark.usefixtures("tree")
def test_what_the_system_refuses_is_told_and_no_traceback() -> None:
    result = run("x" * 300)
    assert result.exit_code == 3
    assert "cannot be used: file name too long" in result.stderr


@pytest.mark.parametrize("words", [["scan", "listed.Modelfile"], ["check", "none.yaml"]])
@pytest.mark.parametrize("stream", [">&-", ">/dev/full"])
def test_an_output_that_takes_nothing_is_no_traceback(tree: Path, words: list[str], stream: str) -> None:
    command = f"{sys.executable} -m license_audit {' '.join(words)} --format json {stream}"
    result = subprocess.run(["bash", "-c", command], cwd=tree, capture_output=True, text=True, check=False)
    assert "Traceback" not in result.stderr
    assert result.returncode == (0 if stream == ">&-" and words[0] == "scan" else 3)


def test_whoever_stops_reading_is_told_nothing() -> None:
    with pytest.raises(BrokenPipeError), told():
        raise BrokenPipeError
