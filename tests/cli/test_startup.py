"""The command as a module, and what starting it loads."""

import gc
import importlib
import os
import subprocess
import sys

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
