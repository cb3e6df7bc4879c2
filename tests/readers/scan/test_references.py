"""What is found in a tree of ours, and in real files, held against what a person found there."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from license_audit.readers.scan.scanner import scan_tree
from tests.conftest import CORPUS, ROOT

REFERENCES = ROOT / "tests" / "references"
MANIFESTS = CORPUS / "manifests"
GOAL = 0.97


def _benchmark() -> ModuleType:
    """The script that prints the figures, so that figure and test are the same."""
    specification = importlib.util.spec_from_file_location("scan_benchmark", ROOT / "benchmarks" / "scan.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def test_every_reference_of_our_tree_and_nothing_else() -> None:
    lines = (REFERENCES / "expected.txt").read_text(encoding="utf-8").splitlines()
    found = scan_tree(REFERENCES / "tree", ["."], {}, lambda _path: False, lambda _done, _total: None, 1)
    told = {f"{one.file}:{one.hit.line}: {one.hit.id}" for one in found.references if one.hit.certainty != "possible"}
    assert sorted(told) == sorted(line for line in lines if not line.startswith("#"))
    assert not found.unread


@pytest.mark.skipif(not MANIFESTS.is_dir(), reason="the labelled manifests lie outside this repository")
def test_recall_precision_and_traps_of_the_labelled_manifests(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["scan.py", str(MANIFESTS)])
    figures = _benchmark().main()
    told = capsys.readouterr().out
    assert figures["found"] / figures["labelled"] >= GOAL, told
    assert figures["right"] / figures["reported"] >= GOAL, told
    assert figures["traps"] == 0
    assert figures["labelled"] > 100


@pytest.mark.skipif(not MANIFESTS.is_dir(), reason="the labelled manifests lie outside this repository")
def test_files_without_a_model_give_nothing() -> None:
    benchmark = _benchmark()
    labels = [json.loads(line) for line in (MANIFESTS / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    empty = [label for label in labels if not label["models"]]
    assert len(empty) >= 6
    hits = {label["file"]: benchmark.scanned(label, MANIFESTS).references for label in empty}
    assert {file: found for file, found in hits.items() if found} == {}


def test_the_tree_is_as_large_as_it_is_said_to_be() -> None:
    lines = Path(REFERENCES / "expected.txt").read_text(encoding="utf-8").splitlines()[1:]
    assert len({line.split(": ", 1)[1] for line in lines}) == 25
