"""The action's steps in a shell, for builds that pass, that fail and that cannot be judged."""

import json
from pathlib import Path
from shutil import copytree

import pytest

from license_audit.outputs import FORMATS
from tests.conftest import ROOT
from tests.hooks.composite import Action, Done, Step, obeyed
from tests.hooks.users import User, needs_wheels

HOSTILE = "'\"; touch pwned; $(touch pwned)`touch pwned`\n::add-mask::x\nexit-code=0\n"


@pytest.fixture
def action(user: User, hooks: Path, tmp_path: Path) -> Action:
    """The action in the repository with the hooks."""
    (tmp_path / "temporary").mkdir()
    return Action(hooks, user, tmp_path / "temporary")


class Build:
    """The sample shop, and the action in it."""

    def __init__(self, action: Action, installed: Step, folder: Path) -> None:
        self.action, self.installed, self.workspace = action, installed, folder
        self.shop = action.user.shop(folder / "shop")

    def change(self, name: str) -> None:
        """Make one of the sample's changes."""
        self.action.user.git(self.shop, "apply", f"variants/{name}.patch")

    def run(self, **inputs: str) -> Done:
        """Run the action in the shop; inputs are written with `_`."""
        named = {name.replace("_", "-"): value for name, value in inputs.items()}
        return self.action.run(self.shop, named, self.installed)


@pytest.fixture
def build(action: Action, installed: Step, tmp_path: Path) -> Build:
    return Build(action, installed, tmp_path)


@needs_wheels
def test_a_build_that_passes(build: Build) -> None:
    done = build.run()
    assert done.code == 0, done.log
    assert done.outputs == {
        "exit-code": "0",
        "check-exit-code": "0",
        "scan-exit-code": "0",
        "sarif-folder": "",
        "report": "",
    }
    assert done.commands == []
    assert done.log.count("2 allowed; gate passes") == 1
    assert build.action.user.git(build.shop, "status", "--porcelain") == ""


@needs_wheels
def test_a_build_with_a_disallowed_model_fails_after_everything_was_written(build: Build) -> None:
    build.change("disallowed")
    outputs = "junit reports/licenses.xml\n\nmarkdown my reports/for you.md\n"
    done = build.run(report="reports/audit.html", sarif_folder="sarif", outputs=outputs)
    assert done.code == 1, done.log
    assert list(done.steps) == ["install", "scan", "check", "result"]
    assert {step: done.steps[step].code for step in done.steps} == {"install": 0, "scan": 0, "check": 0, "result": 1}
    assert done.outputs == {
        "exit-code": "1",
        "check-exit-code": "1",
        "scan-exit-code": "0",
        "sarif-folder": "sarif",
        "report": "reports/audit.html",
    }
    errors = [command for command in done.commands if command.name == "error"]
    assert [("file=models.yaml,line=5" in error.properties, "mpt-7b-chat" in error.message) for error in errors] == [
        (True, True)
    ]
    assert "mosaicml/mpt-7b-chat" in done.steps["check"].summary
    assert done.log.count("gate fails: 1 of 2 reach fail_on undetermined") == 1
    for name in ("check", "scan"):
        assert json.loads((build.shop / "sarif" / f"{name}.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    for name in ("reports/audit.html", "reports/licenses.xml", "my reports/for you.md"):
        assert "mosaicml/mpt-7b-chat" in (build.shop / name).read_text(encoding="utf-8")


@needs_wheels
def test_every_format_ends_the_same(build: Build) -> None:
    build.change("undetermined")
    done = build.run(outputs="\n".join(f"{name} out/{name}.json" for name in FORMATS))
    assert done.code == 1, done.log
    assert {path.name for path in (build.shop / "out").iterdir()} == {f"{name}.json" for name in FORMATS}
    assert "uses.search.obtained_on" in done.log
    # What was written into the tree is none of its source.
    assert done.outputs["scan-exit-code"] == "0"
    assert build.run(fail_on="disallowed", scan="false").code == 0


@needs_wheels
def test_a_model_that_the_manifest_lacks_fails_at_its_line(build: Build) -> None:
    build.change("unlisted")
    done = build.run(sarif_folder="sarif")
    assert (done.code, done.outputs["check-exit-code"], done.outputs["scan-exit-code"]) == (1, "0", "1")
    (error,) = (command for command in done.commands if command.name == "error")
    assert error.properties.startswith("file=src/answers.py,line=19,")
    assert "BAAI/bge-reranker-v2-m3" in error.message
    assert "BAAI/bge-reranker-v2-m3" in done.steps["scan"].summary
    elsewhere, nowhere = build.run(scan_paths="deploy\n\nmodels.yaml"), build.run(scan="false")
    assert (elsewhere.code, elsewhere.outputs["scan-exit-code"]) == (0, "0")
    assert (nowhere.code, nowhere.outputs["scan-exit-code"]) == (0, "")


@needs_wheels
def test_a_build_that_cannot_be_judged(build: Build) -> None:
    build.run(sarif_folder="sarif")
    (build.shop / "models.yaml").write_text("schema: 1\nmodels: [{id: <a/b>&%0A, use: search}]\n", encoding="utf-8")
    done = build.run(sarif_folder="sarif", report="audit.html")
    assert done.code == 3, done.log
    assert done.outputs == {
        "exit-code": "3",
        "check-exit-code": "3",
        "scan-exit-code": "3",
        "sarif-folder": "",
        "report": "",
    }
    titles = [(command.name, command.properties) for command in done.commands]
    assert titles == [("error", "title=license-audit scan"), ("error", "title=license-audit check")]
    for command in done.commands:
        assert command.message.startswith("models.yaml:2:")
        assert "%250A" in command.message
        assert "%0Athe audit could not be done: 1 problem" in command.message
    assert "&lt;a/b>&amp;%0A" in done.steps["check"].summary


@needs_wheels
def test_a_place_that_cannot_be_written_fails_the_build(build: Build) -> None:
    (build.shop / "file").touch()
    for inputs in ({"sarif_folder": "file/sarif"}, {"report": "file/a.html"}, {"outputs": "json file/a.json"}):
        done = build.run(scan="true" if "sarif_folder" in inputs else "false", **inputs)
        assert (done.code, done.outputs["exit-code"]) == (3, "3"), done.log
        assert any("cannot be written" in command.message for command in done.commands)


@needs_wheels
def test_wrong_inputs_are_wrong_usage(build: Build) -> None:
    for inputs in (
        {"scan": "yes"},
        {"scan": "false", "fail_on": "often"},
        {"scan": "false", "outputs": "papyrus roll"},
    ):
        done = build.run(**inputs)
        assert (done.code, done.outputs["exit-code"]) == (2, "2"), done.log
        assert [command.name for command in done.commands] == ["error"]


@needs_wheels
def test_rules_profile_lock_and_baseline_are_passed_on(build: Build) -> None:
    copytree(ROOT / "examples" / "house-rules", build.shop / "house")
    (build.shop / "house" / "profile.yaml").rename(build.shop / "our profile.yaml")
    inputs = {"manifest": "house/models.yaml", "profile": "our profile.yaml", "scan": "false", "date": "2026-11-26"}
    done = build.run(**inputs, rules="house", outputs="json base line.json")
    assert done.code == 1, done.log
    assert "judged against our profile.yaml" in done.log
    assert "acme-house/" in done.log
    assert "for 2026-11-26" in done.log
    assert build.run(**inputs, rules="house", baseline="base line.json").code == 0
    assert "was --rules left out?" in build.run(**inputs).log
    done = build.run(**inputs, rules="house", lock="our.lock")
    assert (done.code, done.commands[0].message.startswith("our.lock: ")) == (3, True), done.log


@needs_wheels
def test_modules_in_the_tree_are_not_run(build: Build) -> None:
    """The first step is done again: it is where a module of the tree would be taken for the real one."""
    for name in ("venv", "secrets", "pip", "ensurepip", "license_audit", "click"):
        (build.shop / f"{name}.py").write_text("open('pwned', 'w')\n", encoding="utf-8")
    (build.shop / "sitecustomize.py").write_text("open('pwned', 'w')\n", encoding="utf-8")
    build.action.folder /= "none"
    (step,) = (step for step in build.action.declared["runs"]["steps"] if step["id"] == "install")
    done = build.action.step(step, build.shop, {"inputs.python": "python3"})
    assert "could not be installed" in done.log
    assert build.run(scan="true").code == 0
    assert not list(build.workspace.rglob("pwned"))


@needs_wheels
def test_hostile_places_are_written_and_told_as_they_are(build: Build) -> None:
    report, folder = f"report {HOSTILE}", f"sarif {HOSTILE}"
    done = build.run(report=report, sarif_folder=folder, outputs="json out/$(touch pwned) ; touch pwned")
    assert (done.code, done.commands) == (0, []), done.log
    assert (done.outputs["report"], done.outputs["sarif-folder"]) == (report, folder)
    assert done.outputs["exit-code"] == "0"
    assert (build.shop / report).is_file()
    assert (build.shop / folder / "check.sarif").is_file()
    assert (build.shop / "out" / "$(touch pwned) ; touch pwned").is_file()
    assert not list(build.workspace.rglob("pwned"))


@needs_wheels
@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("manifest", "profile", "lock", "rules", "baseline", "scan-paths"), 3),
        (("fail-on", "outputs", "scan"), 2),
        (("date",), 2),
    ],
)
def test_hostile_inputs_are_words(build: Build, names: tuple[str, ...], code: int) -> None:
    done = build.run(**dict.fromkeys(names, HOSTILE))
    assert (done.code, done.outputs["exit-code"]) == (code, str(code)), done.log
    assert {command.name for command in done.commands} == {"error"}
    assert not list(build.workspace.rglob("pwned"))


@needs_wheels
def test_an_input_that_looks_like_an_option_is_none(build: Build) -> None:
    done = build.run(manifest="--help", profile="--help", scan_paths="--help")
    assert done.code == 3
    assert "Usage:" not in done.log


@needs_wheels
def test_names_of_files_are_no_commands(build: Build) -> None:
    text = 'from transformers import pipeline\npipeline("rank", model="BAAI/bge-reranker-v2-m3")\n'
    for name in ("::add-mask::a.py", "##[add-mask]a.py", "::stop-commands::a.py"):
        (build.shop / name).write_text(text, encoding="utf-8")
    done = build.run()
    assert done.code == 1
    assert [command.name for command in done.commands] == ["error"] * 3


@needs_wheels
def test_a_shop_in_a_folder_of_its_repository(build: Build) -> None:
    build.change("disallowed")
    build.action.user.git(build.workspace, "init", "-q")
    (build.shop / ".git").rename(build.workspace / "elsewhere")
    done = build.action.run(build.workspace, {"working-directory": "shop"}, build.installed)
    assert done.code == 1
    assert done.commands[0].properties.startswith("file=shop/models.yaml,line=5,")


def test_a_python_that_is_too_old_is_told(action: Action, tmp_path: Path) -> None:
    done = action.run(tmp_path, {"python": "false"})
    assert (done.code, list(done.steps)) == (3, ["install"])
    assert "needs Python 3.11 or later" in done.commands[0].message


def test_an_installation_that_fails_is_told(action: Action, tmp_path: Path) -> None:
    fake = tmp_path / "a python"
    made = 'mkdir -p "$3/bin"; printf "#!/bin/sh\\nexit 1\\n" > "$3/bin/python"; chmod +x "$3/bin/python"'
    fake.write_text(f'#!/bin/sh\nif [ "$1" = -m ]; then {made}; fi\n', encoding="utf-8")
    fake.chmod(0o755)
    done = action.run(tmp_path, {"python": str(fake)})
    assert (done.code, list(done.steps)) == (3, ["install"])
    assert "could not be installed" in done.commands[0].message


def test_commands_are_obeyed_outside_marks_only() -> None:
    log = (
        "::error file=a::one\n::stop-commands::m\n::error::two\n##[error]three\n::m::\n  ::notice::four\nx ##[debug]y\n"
    )
    assert [(command.name, command.message) for command in obeyed(log)] == [
        ("error", "one"),
        ("notice", "four"),
        ("debug", ""),
    ]
