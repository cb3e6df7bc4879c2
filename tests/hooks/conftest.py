"""What users have: a repository with the hooks, the action's tool, and packages in a folder."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT
from tests.hooks.composite import Action, Step
from tests.hooks.users import NOWHERE, PROGRAMS, SHOP, WHEELS, User


@pytest.fixture(scope="session")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the repository with the hooks lies, once there is a user."""
    return tmp_path_factory.mktemp("hooks")


@pytest.fixture(scope="session")
def user(hooks: Path, tmp_path_factory: pytest.TempPathFactory) -> User:
    """Their own home and caches; packages come from WHEELS, git knows where the hooks are."""
    home = tmp_path_factory.mktemp("home")
    (home / ".gitconfig").write_text(
        "[user]\nname = Ada\nemail = ada@nordlicht.example\n[init]\ndefaultBranch = main\n[core]\nautocrlf = false\n"
        f'[url "{hooks}"]\ninsteadOf = {sample()["repo"]}\n',
        encoding="utf-8",
    )
    ada = User(
        {
            "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
            "HOME": str(home),
            "GIT_CONFIG_NOSYSTEM": "1",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_FIND_LINKS": WHEELS,
            "PIP_NO_COMPILE": "0",  # turns it on; pip means it so
            "PIP_NO_INDEX": "1",
            "UV_FIND_LINKS": WHEELS,
            "UV_NO_CONFIG": "1",
            "UV_NO_INDEX": "1",
            "UV_OFFLINE": "1",
            "HTTP_PROXY": NOWHERE,
            "HTTPS_PROXY": NOWHERE,
        }
    )
    _publish(ada, hooks)
    return ada


def _publish(author: User, hooks: Path) -> None:
    """The checkout's files as a repository, with the release's tag."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in map(os.fsdecode, filter(None, listed.stdout.split(b"\0"))):
        if (ROOT / name).is_file() and not name.startswith("tests/"):
            (hooks / name).parent.mkdir(parents=True, exist_ok=True)
            (hooks / name).write_bytes((ROOT / name).read_bytes())
    author.git(hooks, "init", "-q")
    author.git(hooks, "add", ".")
    author.git(hooks, "commit", "-qm", "A release")
    author.git(hooks, "tag", str(sample()["rev"]))


def sample() -> dict[str, object]:
    (entry,) = yaml.safe_load((SHOP / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    repository: dict[str, object] = entry
    return repository


@pytest.fixture(scope="session")
def installed(user: User, hooks: Path, tmp_path_factory: pytest.TempPathFactory) -> Step:
    """What the action's first step did. It is done once: the others do not change what it made."""
    action = Action(hooks, user, tmp_path_factory.mktemp("installed"))
    (step,) = (step for step in action.declared["runs"]["steps"] if step["id"] == "install")
    done = action.step(step, hooks, {"inputs.python": action.declared["inputs"]["python"]["default"]})
    assert done.code == 0, done.log
    return done
