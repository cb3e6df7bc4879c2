"""`license-audit bom`: files, notes and exit codes."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import main
from license_audit.errors import AuditError
from license_audit.inventory import inventory
from license_audit.model.lock import Block, Lock
from license_audit.outputs import BILLS
from license_audit.outputs.bom_gathering import gather
from license_audit.outputs.lock import render_lock
from license_audit.readers.catalog import PackagedCatalog
from tests import bills
from tests.bills import ACME, ON, named
from tests.conftest import ROOT

FALCON = "tiiuae/falcon-40b"


def bom(*arguments: str | Path) -> Result:
    """Call the command. Whatever comes, it is no traceback."""
    result = CliRunner().invoke(main, ["bom", *map(str, arguments)], prog_name="license-audit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.mark.parametrize(
    ("format_", "begins"),
    [
        ("spdx", '{\n    "SPDXID": "SPDXRef-DOCUMENT"'),
        ("spdx-tag", "## Document Information\nSPDXVersion: SPDX-2.3\n"),
        ("spdx3", '{\n "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld"'),
        ("cyclonedx", '{\n  "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json"'),
    ],
)
def test_each_format_to_a_file_and_to_the_terminal(format_: str, begins: str, tmp_path: Path) -> None:
    manifest, output = bills.site(tmp_path), tmp_path / "out"
    shown = bom(manifest, "--format", format_, "--on", ON.isoformat())
    assert shown.exit_code == 0
    assert shown.stdout.startswith(begins)
    assert shown.stderr == "14 models, 5 data sets, 4 licenses by reference\n"
    kept = bom(manifest, "--format", format_, "--on", ON.isoformat(), "--output", output)
    assert (kept.exit_code, kept.stdout) == (0, "")
    assert output.read_text(encoding="utf-8") == shown.stdout


def test_every_format_is_tested() -> None:
    assert BILLS == ("spdx", "spdx-tag", "spdx3", "cyclonedx")


def test_no_verdict_changes_the_exit_code() -> None:
    """The example has uses that fail the gate."""
    found = bom(ACME / "models.yaml", "--on", "2026-11-24")
    assert found.exit_code == 0
    assert '"value": "disallowed"' in found.stdout


def test_without_a_profile_there_are_no_verdicts(tmp_path: Path) -> None:
    manifest = bills.site(tmp_path)
    (tmp_path / "profile.yaml").unlink()
    found = bom(manifest, "--on", ON.isoformat())
    assert found.exit_code == 0
    assert found.stderr.startswith(f"there is no {tmp_path}/profile.yaml: the bill has no verdicts\n")
    data = json.loads(found.stdout)
    assert data["metadata"]["component"]["description"] == (
        "The models that models.yaml lists, judged by nobody. No legal advice."
    )
    assert "license-audit:verdict" not in found.stdout
    (tuned,) = [one for one in data["components"] if one["name"] == "acme/tuned"]
    assert len(tuned["licenses"]) == 3


def test_today_is_the_day(tmp_path: Path) -> None:
    assert f'"timestamp": "{date.today()}T00:00:00Z"' in bom(bills.site(tmp_path)).stdout


def test_what_makes_it_impossible(tmp_path: Path) -> None:
    manifest = bills.site(tmp_path)
    assert bom(manifest, "--profile", tmp_path / "nothing.yaml").exit_code == 3
    assert bom(manifest, "--lock", tmp_path / "nothing.lock").exit_code == 3
    assert bom(manifest, "--output", tmp_path / "no" / "folder" / "x").exit_code == 3
    assert bom(tmp_path / "nothing.yaml").exit_code == 3
    assert bom(manifest, "--format", "pdf").exit_code == 2
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "models.yaml").write_text("schema: 1\nmodels: [{path: not/there, use: shop}]\n", encoding="utf-8")
    found = bom(broken / "models.yaml")
    assert found.exit_code == 3
    assert "models.yaml:2:" in found.stderr
    assert not (broken / "x").exists()


def test_a_file_is_not_touched_when_it_cannot_be_done(tmp_path: Path) -> None:
    output = tmp_path / "out"
    output.write_text("before")
    assert bom(tmp_path / "nothing.yaml", "--output", output).exit_code == 3
    assert output.read_text() == "before"


def dated(folder: Path, catalog: PackagedCatalog, *days: str) -> str:
    """The concluded license of a model whose publisher changed it, used once for each day on which it was obtained."""
    names = [f"u{number}" for number in range(len(days))]
    acts = "purpose: commercial, environment: production, acts: [run], audience: public"
    uses = "".join(
        f"  {name}: {{{acts}{f', obtained_on: {day}' if day else ''}}}\n" for name, day in zip(names, days, strict=True)
    )
    (folder / "profile.yaml").write_text(f"schema: 1\nuses:\n{uses}", encoding="utf-8")
    manifest = f"schema: 1\nmodels: [{{id: {FALCON}, use: [{', '.join(names)}]}}]\n"
    (folder / "models.yaml").write_text(manifest, encoding="utf-8")
    found = inventory(folder / "models.yaml", folder / "profile.yaml", catalog, ON)
    return named(gather(found.report, catalog, found.subjects), FALCON).concluded.expression


def test_the_day_on_which_it_was_obtained_settles_the_license(tmp_path: Path, catalog: PackagedCatalog) -> None:
    """Falcon 40B was first offered under a license of its own, and under Apache 2.0 a few days later."""
    assert dated(tmp_path, catalog, "") == "NOASSERTION"
    assert dated(tmp_path, catalog, "2024-01-01") == "Apache-2.0"
    assert dated(tmp_path, catalog, "2024-01-01", "2025-01-01") == "Apache-2.0"
    assert dated(tmp_path, catalog, "2023-05-26") == "LicenseRef-TII-Falcon-LLM-1.0"
    assert dated(tmp_path, catalog, "2023-05-26", "2024-01-01") == "NOASSERTION"


def test_problems_are_told_without_a_profile(tmp_path: Path, catalog: PackagedCatalog) -> None:
    manifest = bills.site(tmp_path)
    (tmp_path / "models.lock").write_text("{", encoding="utf-8")
    with pytest.raises(AuditError, match="is not valid JSON"):
        bills.taken(manifest, catalog, judged=False)


def test_a_lock_file_at_another_revision_is_told_without_a_profile(tmp_path: Path) -> None:
    block = Block(source="hub", commit="a" * 40, declared=("mit",), concluded=("mit",), how="card")
    lock = Lock(tool="0", models={"lab/m": block})
    (tmp_path / "models.lock").write_text(render_lock(lock), encoding="utf-8")
    manifest = f"schema: 1\nmodels: [{{id: lab/m, revision: {'b' * 40}, use: a}}]\n"
    (tmp_path / "models.yaml").write_text(manifest, encoding="utf-8")
    result = CliRunner().invoke(main, ["bom", str(tmp_path / "models.yaml")])
    assert result.exit_code == 3
    assert "the lock file holds lab/m" in result.stderr


@pytest.mark.parametrize("format_", ["spdx", "spdx3", "cyclonedx"])
def test_a_scan_takes_no_bill_of_ours_for_source(tmp_path: Path, format_: str) -> None:
    manifest = str(ROOT / "examples" / "acme" / "models.yaml")
    bill = tmp_path / "bill.json"
    assert CliRunner().invoke(main, ["bom", manifest, "--format", format_, "--output", str(bill)]).exit_code == 0
    result = CliRunner().invoke(main, ["scan", str(bill)])
    assert (result.exit_code, result.stdout) == (0, "")


def test_a_policy_of_the_house_is_no_license(tmp_path: Path) -> None:
    house = ROOT / "examples" / "house-rules"
    bill = tmp_path / "bill.json"
    words = ["bom", str(house / "models.yaml"), "--rules", str(house), "--output", str(bill)]
    assert CliRunner().invoke(main, words).exit_code == 0
    components = json.loads(bill.read_text(encoding="utf-8"))["components"]
    licenses = [one["licenses"] for one in components if one["type"] == "machine-learning-model"]
    assert licenses
    assert "house" not in json.dumps(licenses)
