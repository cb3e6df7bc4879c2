"""`license-audit explain --pages`: what is written, what is compared, and how it is called."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import main
from tests.conftest import ROOT
from tests.pages.small import laid


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["explain", *arguments])


def test_pages_are_written_and_found_current(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = laid(tmp_path / "data")
    monkeypatch.setattr("license_audit.cli.explain.catalog_with", lambda _: catalog)
    folder = str(tmp_path / "docs")
    result = run("--pages", folder, "--check")
    assert (result.exit_code, result.stderr) == (
        1,
        "the pages are not current: run license-audit explain --pages\n",
    )
    assert f"{folder}/README.md: is missing\n" in result.stdout
    result = run("--pages", folder)
    assert (result.exit_code, result.stdout) == (0, "")
    number = len(list(Path(folder).rglob("*.md")))
    assert result.stderr == f"{folder}: {number} pages; {number} written, 0 removed\n"
    result = run("--pages", folder, "--check")
    assert (result.exit_code, result.output) == (0, "")


def test_rules_of_ones_own_get_pages(tmp_path: Path) -> None:
    rules = str(ROOT / "examples" / "house-rules")
    assert run("--pages", str(tmp_path), "--rules", rules).exit_code == 0
    assert "[Acme Model Policy](licenses/acme-house.md)" in (tmp_path / "README.md").read_text("utf-8")
    assert "`acme-house/4`" in (tmp_path / "rules" / "human-review.md").read_text("utf-8")


def test_a_file_of_somebody_else_ends_it(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("# Ours\n", encoding="utf-8")
    result = run("--pages", str(tmp_path))
    assert result.exit_code == 3
    assert "README.md: was not made by this command, and is not replaced" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Name a SUBJECT, or a folder with --pages."),
        (["mit", "--pages", "x"], "--pages takes no SUBJECT."),
        (["mit", "--check"], "--check goes with --pages."),
        (["--pages", "x", "--coverage"], "--coverage goes with a SUBJECT."),
    ],
)
def test_wrong_usage(arguments: list[str], told: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert told in result.stderr
