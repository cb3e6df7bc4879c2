"""Somebody who uses the hooks, at a machine that reaches no network."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import NamedTuple

import pytest

from tests.conftest import ROOT

WHEELS = os.environ.get("WHEELS", "")
"""A folder of wheels: of hatchling, and of everything that the tool needs to be installed and to run."""
SHOP = ROOT / "examples" / "gate"
PROGRAMS = sysconfig.get_path("scripts")
NOWHERE = "http://127.0.0.1:9"
TOOLS = {"pre-commit": (sys.executable, "-m", "pre_commit"), "prek": (f"{PROGRAMS}/prek",)}
needs_wheels = pytest.mark.skipif(not WHEELS, reason="the environment variable WHEELS does not name a folder of wheels")


class Run(NamedTuple):
    """How a command ended."""

    code: int
    output: str
    """Both streams, in order."""


class User(NamedTuple):
    """Somebody at a machine that reaches no network."""

    environment: Mapping[str, str]

    def run(self, folder: Path, *command: str | Path, **more: str) -> Run:
        """Run a command in a folder, whatever its end; `more` are variables."""
        done = subprocess.run(
            command,
            cwd=folder,
            env={**self.environment, **more},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        return Run(done.returncode, done.stdout.decode())

    def git(self, folder: Path, *words: str | Path) -> str:
        """What git answers in a folder. It has to succeed."""
        done = self.run(folder, "git", *words)
        assert done.code == 0, done.output
        return done.output

    def shop(self, folder: Path) -> Path:
        """The sample, as a repository with one commit."""
        copytree(SHOP, folder)
        self.git(folder, "init", "-q")
        self.git(folder, "add", ".")
        self.git(folder, "commit", "-qm", "All is well")
        return folder
