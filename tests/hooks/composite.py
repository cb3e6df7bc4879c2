"""Runs the steps of a composite action as the runner does, as far as ours needs it."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from tests.hooks.users import User

_EXPRESSION = re.compile(r"\$\{\{\s*(?P<what>[\w.-]+)\s*\}\}")
_COMMAND = re.compile(r"\s*::(?P<name>[\w-]+)(?: (?P<properties>[^:]*))?::(?P<message>.*)|.*##\[(?P<old>[\w-]+)")
_BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")


class Command(NamedTuple):
    """A line that the runner obeys."""

    name: str
    properties: str
    message: str


class Step(NamedTuple):
    """What a step did."""

    code: int
    log: str
    outputs: dict[str, str]
    summary: str


class Done(NamedTuple):
    """What the action did."""

    code: int
    """Exit code of the step that failed; 0 when none did."""
    steps: dict[str, Step]
    outputs: dict[str, str]
    """The action's own."""

    @property
    def log(self) -> str:
        """Everything that was printed."""
        return "".join(step.log for step in self.steps.values())

    @property
    def commands(self) -> list[Command]:
        """What the runner would obey."""
        return [command for step in self.steps.values() for command in obeyed(step.log)]


class Action:
    """An action in a workspace. `installed` is what its first step did before, and is not done again."""

    def __init__(self, folder: Path, user: User, temporary: Path) -> None:
        self.folder, self.user, self.temporary = folder, user, temporary
        self.declared: dict[str, Any] = yaml.safe_load((folder / "action.yml").read_text(encoding="utf-8"))

    def run(self, workspace: Path, inputs: Mapping[str, str], installed: Step | None = None) -> Done:
        """Every step, up to the first one that fails."""
        values = {f"inputs.{name}": told["default"] for name, told in self.declared["inputs"].items()}
        assert {f"inputs.{name}" for name in inputs} <= set(values)
        values |= {f"inputs.{name}": value for name, value in inputs.items()}
        steps: dict[str, Step] = {}
        code = 0
        for step in self.declared["runs"]["steps"]:
            if code:
                break
            is_done = installed is not None and step["id"] == "install"
            done = installed if is_done and installed is not None else self.step(step, workspace, values)
            steps[step["id"]], code = done, done.code
            values |= {f"steps.{step['id']}.outputs.{name}": value for name, value in done.outputs.items()}
        outputs = {name: _filled(told["value"], values) for name, told in self.declared["outputs"].items()}
        return Done(code, steps, outputs)

    def step(self, step: Mapping[str, Any], workspace: Path, values: Mapping[str, str]) -> Step:
        """Run one step, with the files that a runner makes for it."""
        files = {name: self.temporary / f"{name}-{step['id']}" for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
        for file in files.values():
            file.write_bytes(b"")
        script = self.temporary / f"{step['id']}.sh"
        script.write_text(step["run"], encoding="utf-8")
        environment = {
            "GITHUB_ACTION_PATH": str(self.folder),
            "GITHUB_WORKSPACE": str(workspace),
            "RUNNER_TEMP": str(self.temporary),
            **{name: str(file) for name, file in files.items()},
            **{name: _filled(value, values) for name, value in step.get("env", {}).items()},
        }
        folder = workspace / _filled(step.get("working-directory", "."), values)
        done = self.user.run(folder, *_BASH, script, **environment)
        told = files["GITHUB_OUTPUT"].read_text(encoding="utf-8")
        return Step(
            done.code, done.output, dict(_outputs(told)), files["GITHUB_STEP_SUMMARY"].read_text(encoding="utf-8")
        )


def _filled(text: str, values: Mapping[str, str]) -> str:
    """What nobody set is empty."""
    filled = _EXPRESSION.sub(lambda found: values.get(found["what"], ""), text)
    assert "${{" not in _EXPRESSION.sub("", text), text
    return filled


def _outputs(text: str) -> list[tuple[str, str]]:
    """`name=value` lines, and values of several lines between a mark of their own."""
    lines, found = iter(text.split("\n")), []
    for line in lines:
        name, sign, rest = re.match(r"([^=<]*)(=|<<)?(.*)", line, re.DOTALL).groups()  # type: ignore[union-attr]  # it fits everything
        if sign == "=":
            found.append((name, rest))
        elif sign == "<<":
            value = list(iter(lambda: next(lines), rest))
            found.append((name, "\n".join(value)))
        else:
            assert not line, line
    return found


def obeyed(log: str) -> list[Command]:
    """The commands in a log. None counts between `stop-commands` and its mark."""
    found, mark = [], ""
    for line in log.splitlines():
        if mark:
            mark = "" if line.strip() == f"::{mark}::" else mark
            continue
        command = _COMMAND.match(line)
        if command is None:
            continue
        if command["name"] == "stop-commands":
            mark = command["message"]
        else:
            found.append(
                Command(command["name"] or command["old"], command["properties"] or "", command["message"] or "")
            )
    assert not mark, "the runner was never told to obey again"
    return found
