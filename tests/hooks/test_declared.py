"""What the files for hooks and builds declare, by the judgment of those who read them."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from license_audit import __version__
from license_audit.cli import COMMANDS
from license_audit.readers.assembly import is_wanted
from tests.conftest import ROOT
from tests.hooks.users import SHOP

HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))}
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOW = SHOP / ".github" / "workflows" / "licenses.yml"
GITLAB = ROOT / "examples" / "gitlab" / "license-audit.yml"
ON_ANSWERS = re.compile(HOOKS["license-audit"]["files"])


def test_pre_commit_takes_the_hooks_and_the_sample() -> None:
    for command, file in (("manifest", ROOT / ".pre-commit-hooks.yaml"), ("config", SHOP / ".pre-commit-config.yaml")):
        subprocess.run([sys.executable, "-m", "pre_commit", f"validate-{command}", str(file)], check=True)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", ROOT / "action.yml"),
        ("github-workflows", WORKFLOW),
        ("gitlab-ci", GITLAB),
        ("gitlab-ci", SHOP / ".gitlab-ci.yml"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_files_are_valid_by_schema(schema: str, file: Path) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hooks_run_commands_that_there_are() -> None:
    assert list(HOOKS) == ["license-audit", "license-audit-scan", "license-audit-tree"]
    for hook in HOOKS.values():
        program, command, *_ = hook["entry"].split()
        assert (program, command in COMMANDS, hook["require_serial"]) == ("license-audit", True, True)
        # In other stages names of other files are passed: that of the message, for one.
        assert hook["stages"] == ["pre-commit", "pre-merge-commit", "pre-push", "manual"]


def test_the_sample_names_this_release() -> None:
    release = f"v{__version__}"
    assert yaml.safe_load((SHOP / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["rev"] == release
    assert yaml.safe_load((SHOP / ".gitlab-ci.yml").read_text(encoding="utf-8"))["include"][0]["ref"] == release
    assert f"/model-license-audit@{release}\n" in WORKFLOW.read_text(encoding="utf-8")
    assert f"ref: {release}," in GITLAB.read_text(encoding="utf-8")
    included = yaml.safe_load((SHOP / ".gitlab-ci.yml").read_text(encoding="utf-8"))["include"][0]["file"]
    assert ROOT / included.lstrip("/") == GITLAB


@pytest.mark.parametrize(
    "name",
    [
        "models.yaml",
        "legal/our-models.yml",
        "profile.yaml",
        "models.lock",
        "rules/ours.yaml",
        "models/helper/README.md",
        "models/helper/readme",
        "models/helper/LICENSE",
        "models/helper/MODEL_LICENCE.txt",
        "models/helper/LICENSES/Apache-2.0.txt",
        "models/helper/COPYING",
        "models/helper/NOTICE",
        "models/helper/USE_POLICY.md",
        "models/helper/config.json",
        "models/helper/MLmodel",
        "models/helper/merge.yml",
        "models/helper/model.safetensors",
        "models/helper/model-Q4_K_M.gguf",
    ],
)
def test_what_an_answer_may_rest_on_starts_the_check(name: str) -> None:
    assert ON_ANSWERS.search(name)


@pytest.mark.parametrize("name", ["src/app.py", "deploy/serve.sh", "Dockerfile", "docs/model.png", "Makefile"])
def test_other_files_do_not_start_it(name: str) -> None:
    assert not ON_ANSWERS.search(name)


PIECES = ("LICENSE", "licence", "Copying", "POLICY", "use", "terms", "EULA", "aup", "Agreement", "NOTICE", "README.md")
ENDINGS = ("", ".md", ".txt", ".pdf", ".json", ".yaml", ".py")


@given(
    some.lists(some.sampled_from((*PIECES, "-", "_", ".", "a", "LICENSES/")), max_size=4), some.sampled_from(ENDINGS)
)
def test_whatever_is_read_of_a_model_s_folder_starts_it(pieces: list[str], ending: str) -> None:
    name = "".join(pieces) + ending
    assert not is_wanted(name) or ON_ANSWERS.search(f"models/helper/{name}")


def test_no_input_is_written_into_a_script() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"], step["name"]
        assert step["shell"] == "bash"


def test_every_input_is_used_and_every_default_is_text() -> None:
    text = (ROOT / "action.yml").read_text(encoding="utf-8")
    for name, given_ in ACTION["inputs"].items():
        assert f"${{{{ inputs.{name} }}}}" in text
        assert isinstance(given_["default"], str)
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == set(ACTION["inputs"])


def test_the_workflow_asks_for_inputs_and_outputs_that_there_are() -> None:
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["models"]["steps"]
    (audit,) = (step for step in steps if step.get("id") == "audit")
    assert set(audit["with"]) <= set(ACTION["inputs"])
    asked = re.findall(r"steps\.audit\.outputs\.([\w-]+)", WORKFLOW.read_text(encoding="utf-8"))
    assert set(asked) == {"sarif-folder", "report"} <= set(ACTION["outputs"])
