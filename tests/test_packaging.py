"""The wheel carries rules, licenses and templates, and works without the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from license_audit import resources
from license_audit.model.lock import Block, Lock
from license_audit.outputs.lock import render_lock
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import load
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of the wheel, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-q",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_holds_every_file_in_its_place(unpacked: Path) -> None:
    data = unpacked / "license_audit" / "_data"
    for kind in ("rules", "licenses", "reports/templates"):
        here = {path.relative_to(ROOT) for path in (ROOT / kind).rglob("*") if path.is_file()}
        assert here == {path.relative_to(data) for path in (data / kind).rglob("*") if path.is_file()}
    assert {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")} == {"license_audit"}


def test_the_compiled_catalog_says_what_the_yaml_says(unpacked: Path) -> None:
    compiled = resources.Compiled((unpacked / "license_audit" / "_data" / "compiled.json").read_bytes())
    for name, data in compiled.items():
        assert load((ROOT / name).read_text(encoding="utf-8"), name).data == data, name
    assert len(compiled) == len([*(ROOT / "rules").glob("*.yaml"), *(ROOT / "licenses").rglob("*.yaml")])


def test_an_unpacked_wheel_runs_from_anywhere(unpacked: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "license_audit", "check", str(ROOT / "examples" / "acme" / "models.yaml")]
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    arguments = ["--on", "2026-11-24", "--report", "report.html"]
    result = subprocess.run(
        command + arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr[-40:].count("\n")) == (1, 1)
    assert (tmp_path / "report.html").stat().st_size > 10_000


HEAVY = (
    "pydantic",
    "jinja2",
    "huggingface_hub",
    "spdx_tools",
    "difflib",
    "textwrap",
    "mmap",
)
OWN = (
    "baseline",
    "blocks",
    "model.twins",
    "engine.identify",
    "outputs.html",
    "readers.card",
    "readers.hub",
    "readers.folder",
)
"""What only other runs need."""


def test_a_hook_on_a_locked_manifest_loads_nothing_heavy(unpacked: Path, tmp_path: Path) -> None:
    (tmp_path / "models.yaml").write_text("schema: 1\nmodels:\n  - {id: lab/m, use: main}  # ours\n", encoding="utf-8")
    (tmp_path / "profile.yaml").write_text("schema: 1\nuses:\n  main: {acts: [run]}\n", encoding="utf-8")
    block = Block(source="hub", commit="0" * 40, declared=("mit",), concluded=("mit",), how="card")
    (tmp_path / "models.lock").write_text(render_lock(Lock(tool="0.1.0", models={"lab/m": block})), encoding="utf-8")
    code = (
        "import atexit, sys\nfrom license_audit.__main__ import main\n"
        "atexit.register(lambda: print('LOADED', *sorted(sys.modules)))\nmain(['check', '--on', '2026-11-24'])"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith("Models of models.yaml judged")
    loaded = result.stdout.partition("\nLOADED ")[2].split()
    forbidden = (*HEAVY, *(f"license_audit.{name}" for name in OWN))
    assert [name for name in loaded if name.startswith(forbidden)] == []


def test_an_unpacked_wheel_knows_texts(unpacked: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "license_audit", "identify", str(ROOT / "LICENSE")]
    environment = {**os.environ, "PYTHONPATH": str(unpacked)}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert "apache-2.0" in result.stdout
    assert (unpacked / "license_audit/_data/licenses/texts.index").stat().st_size < 3_000_000


def test_a_catalog_read_from_the_compiled_file_is_the_same(unpacked: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_INSTALLED", unpacked / "license_audit" / "_data")
    resources.compiled.cache_clear()
    try:
        installed, checkout = PackagedCatalog(), PackagedCatalog(ROOT)
        assert installed.license_keys() == checkout.license_keys()
        assert installed.rule_names() == checkout.rule_names()
        assert installed.models() == checkout.models()
        for key in checkout.license_keys():
            assert installed.license(key) == checkout.license(key)
        for name in checkout.rule_names():
            assert installed.rule(name) == checkout.rule(name)
    finally:
        resources.compiled.cache_clear()
