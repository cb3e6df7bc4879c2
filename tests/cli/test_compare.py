"""The command: formats, exit codes, and what it says of mistakes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from license_audit.cli import main
from license_audit.model.comparison import Comparison
from tests.conftest import ROOT

ACME = ROOT / "examples" / "acme"


def told(*arguments: str) -> tuple[int, str, str]:
    """Exit code, output and messages."""
    found = CliRunner().invoke(main, ["compare", *arguments])
    return found.exit_code, found.stdout, found.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("mit", "apache-2.0"), 0),
        (("mit", "apache-2.0", "--exit-code"), 1),
        (("mit", "mit", "--exit-code"), 0),
        (("mit", "tiiuae/falcon-40b"), 2),
        (("mit", "mit", "--kind", "thing"), 2),
        (("mit", "no-such-license"), 3),
        (("mit", "mit", "--kind", "report"), 3),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    assert told(*arguments)[0] == code


def test_mistakes_are_told_on_standard_error() -> None:
    code, output, messages = told("mit", "tiiuae/falcon-40b")
    assert (code, output) == (2, "")
    assert "name two of one kind" in messages


def test_json_is_the_whole_comparison_and_reads_back() -> None:
    code, output, _ = told("mistral-mnpl-0.1", "mistral-mrl-0.1", "--format", "json")
    assert code == 0
    assert output == told("mistral-mnpl-0.1", "mistral-mrl-0.1", "--format", "json")[1]
    found = Comparison.model_validate(json.loads(output))
    assert len(found.clauses) == 17
    assert found.kind == "licenses"


def test_output_goes_to_a_file(tmp_path: Path) -> None:
    path = tmp_path / "compare.html"
    code, output, _ = told("mit", "apache-2.0", "--format", "html", "--output", str(path))
    assert (code, output) == (0, "")
    assert path.read_text().startswith("<!DOCTYPE html>")
    assert told("mit", "apache-2.0", "--output", str(tmp_path / "no" / "where.txt"))[0] == 3


def test_profiles_and_models_by_their_options(tmp_path: Path) -> None:
    profile = str(ACME / "profile.yaml")
    code, output, _ = told(
        profile, profile, "--manifest", str(ACME / "models.yaml"), "--on", "2026-11-24", "--exit-code"
    )
    assert code == 0
    assert "No difference was found." in output
    models = ("tiiuae/falcon-40b", "tiiuae/falcon-180B", "--profile", profile, "--use", "answers-api")
    code, output, _ = told(*models, "--on", "2026-11-24")
    assert code == 0
    assert "A UNDETERMINED  B DISALLOWED" in output
    assert "support-assistant" not in output
    (tmp_path / "new.yaml").write_text("schema: 1\n")
    assert "no manifest was named" in " ".join(told(profile, str(tmp_path / "new.yaml"))[1].split())
