"""The jobs of the template for GitLab, in a shell."""

import json
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import yaml

from tests.conftest import ROOT
from tests.hooks.composite import Step
from tests.hooks.test_declared import GITLAB
from tests.hooks.users import Run, User, needs_wheels

pytestmark = needs_wheels
TEMPLATE: dict[str, Any] = yaml.safe_load(GITLAB.read_text(encoding="utf-8"))
DISTRIBUTION = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["name"]
HOSTILE = "'\"; touch pwned; $(touch pwned)`touch pwned`\nexit 0\n"


@pytest.fixture
def prepared(installed: Step, tmp_path: Path) -> str:
    """What the lines before a script set, for an environment that is there already."""
    return f'LICENSE_AUDIT_FOLDER="{tmp_path}"; PATH="{installed.outputs["programs"]}:$PATH"'


def run(user: User, folder: Path, lines: list[str], variables: dict[str, str]) -> Run:
    """Run lines one after the other in one shell, as a job does. Images without bash have a plain one."""
    values = {**TEMPLATE["variables"], **variables}
    return user.run(folder, "sh", "-e", "-c", "\n".join(lines), **values)


@pytest.fixture
def shop(user: User, tmp_path: Path) -> Path:
    return user.shop(tmp_path / "shop")


def job(user: User, shop: Path, name: str, prepared: str, **variables: str) -> Run:
    assert TEMPLATE[name]["extends"] == ".license-audit"
    return run(user, shop, [prepared, *TEMPLATE[name]["script"]], variables)


def test_what_comes_before_a_script(user: User, shop: Path, tmp_path: Path) -> None:
    """The tool is installed outside the project, and found. A package of two lines stands for it here."""
    package = tmp_path / "gate-1.0-py3-none-any.whl"
    about = "Metadata-Version: 2.1\nName: gate\nVersion: 1.0\n"
    files = {
        "gate.py": "def main():\n    print('at the gate')\n",
        "gate-1.0.dist-info/METADATA": about,
        "gate-1.0.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "gate-1.0.dist-info/entry_points.txt": "[console_scripts]\nlicense-audit = gate:main\n",
        "gate-1.0.dist-info/RECORD": "",
    }
    with zipfile.ZipFile(package, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    lines = [*TEMPLATE[".license-audit"]["before_script"], "license-audit"]
    done = run(user, shop, lines, {"LICENSE_AUDIT_PACKAGE": str(package), "TMPDIR": str(tmp_path)})
    assert (done.code, done.output) == (0, "at the gate\n")
    assert user.git(shop, "status", "--porcelain", "--ignored") == ""
    assert TEMPLATE["variables"]["LICENSE_AUDIT_PACKAGE"] == DISTRIBUTION


def reports(shop: Path, name: str) -> dict[str, Any]:
    """The reports that a job promises, by kind."""
    told = TEMPLATE[name]["artifacts"]["reports"]
    read: dict[str, Callable[[str], Any]] = {"junit": ET.fromstring, "codequality": json.loads, "cyclonedx": json.loads}
    return {kind: read[kind]((shop / file).read_text(encoding="utf-8")) for kind, file in told.items()}


@pytest.mark.parametrize("name", ["license-audit", "license-audit-scan"])
def test_builds_that_pass(user: User, shop: Path, prepared: str, name: str) -> None:
    done = job(user, shop, name, prepared)
    assert done.code == 0, done.output
    assert reports(shop, name)["codequality"] == []
    assert done.output.count("passes") == 1


@pytest.mark.parametrize(
    ("change", "name", "place"),
    [
        ("disallowed", "license-audit", ("models.yaml", 5)),
        ("undetermined", "license-audit", ("models.yaml", 5)),
        ("unlisted", "license-audit-scan", ("src/answers.py", 19)),
    ],
)
def test_builds_that_fail(
    user: User, shop: Path, prepared: str, change: str, name: str, place: tuple[str, int]
) -> None:
    user.git(shop, "apply", f"variants/{change}.patch")
    done = job(user, shop, name, prepared)
    assert done.code == 1, done.output
    found = reports(shop, name)
    locations = [issue["location"] for issue in found["codequality"] if issue["severity"] == "critical"]
    assert [(location["path"], location["lines"]["begin"]) for location in locations] == [place]
    assert found["junit"].get("tests") >= "1"
    assert done.output.count("fails") == 1
    for artifact in TEMPLATE[name]["artifacts"].get("paths", ()):
        assert (shop / artifact).is_file()


def test_variables_are_used_and_are_words(user: User, shop: Path, prepared: str) -> None:
    user.git(shop, "apply", "variants/undetermined.patch")
    (shop / "legal").mkdir()
    for name in ("models.yaml", "profile.yaml"):
        (shop / name).rename(shop / "legal" / f"our {name}")
    named = {"LICENSE_AUDIT_MANIFEST": "legal/our models.yaml", "LICENSE_AUDIT_PROFILE": "legal/our profile.yaml"}
    done = job(user, shop, "license-audit", prepared, LICENSE_AUDIT_FAIL_ON="disallowed", **named)
    assert done.code == 0, done.output
    assert job(user, shop, "license-audit-scan", prepared, LICENSE_AUDIT_SCAN_PATH="src", **named).code == 0
    hostile = {f"LICENSE_AUDIT_{name}": name + HOSTILE for name in ("MANIFEST", "PROFILE", "FAIL_ON", "SCAN_PATH")}
    assert job(user, shop, "license-audit", prepared, **hostile).code == 2
    assert job(user, shop, "license-audit-scan", prepared, **hostile).code == 3
    assert not list(shop.rglob("pwned"))


def test_a_build_that_cannot_be_judged(user: User, shop: Path, prepared: str) -> None:
    (shop / "models.yaml").write_text("[", encoding="utf-8")
    for name in ("license-audit", "license-audit-scan"):
        done = job(user, shop, name, prepared)
        assert done.code == 3
        assert done.output.count("models.yaml:2:1: not valid YAML") == 1
