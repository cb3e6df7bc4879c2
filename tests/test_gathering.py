"""Evidence without a network: from the Hub's cache and the catalog, with and without a lock file."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from license_audit.gathering import Gatherer
from license_audit.model.lock import Block, Lock, LockedParent
from license_audit.model.manifest import ModelEntry
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.hub_cache import HubCache

COMMIT = "1" * 40
ON = date(2026, 11, 26)
HEADER = "\x39" + "\0" * 7 + '{"__metadata__": {"license": "mit", "base_model": "a/b"}}'
"""Of safetensors: the length in eight bytes, then the metadata."""


def cached(root: Path, name: str, files: dict[str, str], commit: str = COMMIT) -> None:
    """A snapshot in a cache, as the Hub's client lays it out."""
    folder = root / f"models--{name.replace('/', '--')}"
    snapshot = folder / "snapshots" / commit
    snapshot.mkdir(parents=True)
    (folder / "refs").mkdir(exist_ok=True)
    (folder / "refs" / "main").write_text(commit)
    (folder / "blobs").mkdir(exist_ok=True)
    for number, (file, text) in enumerate(files.items()):
        (folder / "blobs" / f"{number}").write_text(text)
        (snapshot / file).symlink_to(f"../../blobs/{number}")


def card(front: str) -> dict[str, str]:
    """A card of our own writing."""
    return {"README.md": f"---\n{front}\n---\n"}


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """An empty cache."""
    (tmp_path / "hub").mkdir()
    return tmp_path / "hub"


def gatherer(catalog: PackagedCatalog, tmp_path: Path, lock: Lock | None = None) -> Gatherer:
    """Evidence for manifests in a folder, beside a cache."""
    return Gatherer(tmp_path, catalog, ON, lock, HubCache(tmp_path / "hub"))


def entry(**keys: Any) -> ModelEntry:
    """A line of the manifest."""
    return ModelEntry.model_validate({"use": "main", **keys})


def test_a_model_of_the_cache_and_its_parent(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    cached(hub, "lab/child", card("license: mit\nbase_model: hall/root"))
    cached(hub, "hall/root", card("license: cc-by-nc-4.0"))
    found = gatherer(catalog, tmp_path).evidence(entry(id="lab/child"))
    assert found.declared == ("mit",)
    assert found.origin is not None
    assert (found.origin.source, found.origin.commit, found.origin.locked) == ("cache", COMMIT, False)
    assert [parent.evidence.declared for parent in found.parents] == [("cc-by-nc-4.0",)]


def test_a_loop_in_the_cache_ends(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    cached(hub, "lab/a", card("license: mit\nbase_model: hall/b"))
    cached(hub, "hall/b", card("license: mit\nbase_model: lab/a"))
    found = gatherer(catalog, tmp_path).evidence(entry(id="lab/a"))
    assert [parent.evidence.model for parent in found.parents[0].evidence.parents] == ["lab/a"]


def test_a_long_line_in_the_cache_is_cut(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    for number in range(16):
        cached(hub, f"lab{number}/m", card(f"license: mit\nbase_model: lab{number + 1}/m"))
    found, depth = gatherer(catalog, tmp_path).evidence(entry(id="lab0/m")), 0
    while found.parents:
        found, depth = found.parents[0].evidence, depth + 1
    assert 11 < depth < 16


def test_a_revision_of_the_cache(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    cached(hub, "lab/m", card("license: mit"))
    look = gatherer(catalog, tmp_path)
    assert look.evidence(entry(id="lab/m", revision=COMMIT)).declared == ("mit",)
    assert look.evidence(entry(id="lab/m", revision="2" * 40)).declared is None


def test_absent_license_files_are_evidence(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    """What the server once said was not there need not be looked for."""
    cached(hub, "lab/m", card("license: mit"))
    look = gatherer(catalog, tmp_path)
    assert look.evidence(entry(id="lab/m")).texts is None
    assert look.evidence(entry(id="lab/m")).remarks == (
        "lab/m: nobody listed its files; there may be license texts that nobody looked at",
    )
    for name in ("LICENSE", "LICENSE.txt", "LICENSE.md"):
        marker = hub / "models--lab--m" / ".no_exist" / COMMIT / name
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.touch()
    found = gatherer(catalog, tmp_path).evidence(entry(id="lab/m"))
    assert (found.texts, found.notice_file) == ((), None)
    (marker.parent / "NOTICE").touch()
    assert gatherer(catalog, tmp_path).evidence(entry(id="lab/m")).notice_file is False


def test_without_cache_and_lock_only_the_name_is_known(catalog: PackagedCatalog, tmp_path: Path) -> None:
    found = Gatherer(tmp_path, catalog, ON).evidence(entry(id="lab/m"))
    assert (found.declared, found.origin) == (None, None)


def test_the_lock_file_comes_first(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    cached(hub, "lab/m", card("license: mit"))
    cached(hub, "hall/root", card("license: mit"))
    parent = LockedParent(model="hall/root", relation="merge", basis="declared")
    lock = Lock(tool="1", models={"lab/m": Block(source="hub", declared=("apache-2.0",), parents=(parent,))})
    found = gatherer(catalog, tmp_path, lock).evidence(entry(id="lab/m"))
    assert found.declared == ("apache-2.0",)
    # The lock file is the whole answer: what it does not hold of an ancestor is not taken from elsewhere.
    assert [parent.evidence.declared for parent in found.parents] == [None]


def test_the_parents_that_the_manifest_names(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    text = "This model is a fine-tuned version of [c/d](https://huggingface.co/c/d)."
    cached(hub, "lab/m", {"README.md": f"---\nlicense: mit\n---\n{text}\n"})
    cached(hub, "lab/n", card("base_model: [e/f, A/B]"))
    cached(hub, "a/b", card("license: cc-by-4.0"))
    look = gatherer(catalog, tmp_path)
    edges = [(one.evidence.model, one.relation, one.basis) for one in look.evidence(entry(id="lab/m")).parents]
    assert edges == [("c/d", "fine-tune", "stated")]
    named = look.evidence(entry(id="lab/m", base="a/b", relation="adapter"))
    assert [(one.evidence.model, one.relation, one.evidence.declared) for one in named.parents] == [
        ("a/b", "adapter", ("cc-by-4.0",))
    ]
    both = look.evidence(entry(id="lab/n", base="a/b"))
    assert [one.evidence.model for one in both.parents] == ["a/b", "e/f"]


def test_a_manifest_does_not_name_parts_away(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    cached(hub, "lab/m", {**card("license: mit"), "config.json": '{"text_model_id": "c/d", "_name_or_path": "e/f"}'})
    found = gatherer(catalog, tmp_path).evidence(entry(id="lab/m", base="a/b"))
    assert [(one.evidence.model, one.relation) for one in found.parents] == [("a/b", "fine-tune"), ("c/d", "component")]


def test_who_names_a_student_does_not_unsay_the_card(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    cached(hub, "lab/m", card("license: mit\nbase_model: a/b"))
    found = gatherer(catalog, tmp_path).evidence(entry(id="lab/m", base="a/b", relation="distill"))
    assert [(one.evidence.model, one.relation) for one in found.parents] == [("a/b", "distill"), ("a/b", "fine-tune")]


def test_a_folder_whose_parent_is_in_the_cache(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "README.md").write_text(card("license: mit\nbase_model: a/b")["README.md"])
    cached(hub, "a/b", card("license: cc-by-4.0"))
    found = gatherer(catalog, tmp_path).evidence(entry(path="m"))
    assert [one.evidence.declared for one in found.parents] == [("cc-by-4.0",)]
    assert found.moves == ()


def test_a_hosted_model(catalog: PackagedCatalog, tmp_path: Path) -> None:
    found = Gatherer(tmp_path, catalog, ON).evidence(entry(provider="openai", id="gpt-4"))
    assert (found.model, found.provider) == ("openai:gpt-4", "openai")


def test_headers_of_weights_in_the_cache(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    cached(hub, "lab/m", {**card("tags: [x]"), "m.safetensors": HEADER})
    found = gatherer(catalog, tmp_path).evidence(entry(id="lab/m"))
    assert (found.declared, [one.evidence.model for one in found.parents]) == (("mit",), ["a/b"])


def test_a_license_file_that_is_not_in_the_cache_says_nothing(
    catalog: PackagedCatalog, tmp_path: Path, hub: Path
) -> None:
    """Nobody downloaded it. What the catalog knows of the model still holds."""
    cached(hub, "mistralai/Mistral-7B-v0.1", card("license: apache-2.0"))
    tree = hub / "models--mistralai--Mistral-7B-v0.1" / "trees" / f"{COMMIT}.json"
    tree.parent.mkdir()
    files = {name: {"size": 9, "blob_id": "0"} for name in ("README.md", "LICENSE")}
    tree.write_text(json.dumps({"format_version": 1, "files": files}))
    found = gatherer(catalog, tmp_path).evidence(entry(id="mistralai/Mistral-7B-v0.1"))
    assert found.texts is None
    assert any("LICENSE: is not in the cache" in remark for remark in found.remarks)


def test_models_of_the_cache_that_name_one_another(catalog: PackagedCatalog, tmp_path: Path, hub: Path) -> None:
    names = [f"lab{number}/m" for number in range(8)]
    for name in names:
        others = ", ".join(other for other in names if other != name)
        cached(hub, name, card(f"license: mit\nbase_model: [{others}]"))
    waiting, seen = [gatherer(catalog, tmp_path).evidence(entry(id="lab0/m"))], set[str]()
    while waiting:
        model = waiting.pop()
        seen.add(model.model)
        waiting += [parent.evidence for parent in model.parents]
    assert any("whose lineage is too large to follow" in name for name in seen)
