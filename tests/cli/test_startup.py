"""The command as a module, and what starting it loads."""

import gc
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from license_audit.cli import main
from tests.conftest import ROOT

MODELS = str(ROOT / "examples" / "acme" / "models.yaml")


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
        (["check", MODELS], ["pydantic", "jinja2", "huggingface_hub", "spdx_tools", "jsonschema"]),
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


def test_an_answer_that_is_at_hand_needs_nothing_of_what_judges(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom license_audit.cli import main\n"
        f"try:\n    main(['check', {MODELS!r}])\nexcept SystemExit:\n    pass\n"
        "print('LOADED', *sorted(sys.modules))"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    outputs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment).stdout
        for _ in range(2)
    ]
    (first, loaded), (second, fewer) = (output.split("\nLOADED ") for output in outputs)
    assert first == second
    assert "license_audit.audit" in loaded.split()
    unwanted = ("yaml", "pydantic", "jinja2", "huggingface_hub", "json", "decimal", "license_audit.audit", "hashlib")
    assert set(fewer.split()) & set(unwanted) == set()
