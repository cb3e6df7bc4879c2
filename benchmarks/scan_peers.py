"""Models that this tool, airom and cdxgen's aibom find in one tree of ours, beside what a person finds.

    python benchmarks/scan_peers.py [AIROM] [AIBOM]

AIROM and AIBOM are the two commands; one that is not there is left out. A model counts as found when a tool names it
at all, in whatever file: the other tools do not always say where.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from license_audit.readers.scan.scanner import scan_tree

REFERENCES = Path(__file__).parent.parent / "tests" / "references"
MODEL_KINDS = ("hosted-llm", "hub-model", "local-model-file", "embedding-model")
"""Kinds of airom's findings that are models."""


def expected() -> set[str]:
    """The models that a person found."""
    lines = (REFERENCES / "expected.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(": ", 1)[1] for line in lines if not line.startswith("#")}


def ours(tree: Path) -> set[str]:
    """What this tool finds."""
    found = scan_tree(tree, ["."], {}, lambda _path: False, lambda _done, _total: None, 1)
    return {reference.hit.id for reference in found.references if reference.hit.certainty != "possible"}


def airom(command: str, tree: Path) -> set[str]:
    """What airom finds, from its own JSON."""
    document = json.loads(subprocess.run([command, "fs", tree, "-o", "json"], capture_output=True, check=True).stdout)
    return {one["name"] for one in document["components"] if one["kind"] in MODEL_KINDS}


def aibom(command: str, tree: Path) -> set[str]:
    """What cdxgen finds, from its bill of materials."""
    output = tree.parent / "aibom.json"
    subprocess.run([command, "-o", output, tree], capture_output=True, check=True)
    document = json.loads(output.read_text(encoding="utf-8"))
    return set(_components(document.get("components", [])))


def _components(components: list[dict[str, Any]]) -> Iterator[str]:
    for one in components:
        if one["type"] == "machine-learning-model":
            group = one.get("group") or ""
            # The ids of hosted and local models are compared without the provider that is put before them.
            yield one["name"] if group in ("", "ollama", "openai", "anthropic") else f"{group}/{one['name']}"


def plain(name: str) -> str:
    """A name without host, provider and quantization, for a fair comparison."""
    name = name.removeprefix("hf.co/").removeprefix("anthropic/").lower()
    return name.partition(":")[0] if "/" in name else name


def main() -> None:
    """Print for each tool how many of the models it finds, and what it finds beside them."""
    wanted = {plain(name) for name in expected()}
    commands = dict(zip(("airom", "aibom"), sys.argv[1:], strict=False))
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(REFERENCES / "tree", tree)
        results = {"license-audit": ours(tree)}
        for name, run in (("airom", airom), ("aibom", aibom)):
            command = shutil.which(commands.get(name, name))
            if command is not None:
                results[name] = run(command, tree)
    for name, found in results.items():
        names = {plain(one) for one in found}
        print(f"{name}: {len(names & wanted)} of {len(wanted)} models, {len(names - wanted)} that are none")
        for one in sorted(names - wanted):
            print(f"  not in the tree as a model: {one}")


if __name__ == "__main__":
    main()
