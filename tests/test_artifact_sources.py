"""What came with a model: from local folders, the Hub's cache, what was kept of the Hub, and the lock file alone."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from license_audit.artifacts.sources import Source, Sources
from license_audit.model.evidence import Evidence, Origin
from license_audit.model.lock import Block, Lock, LockedParent, LockedText
from license_audit.model.manifest import Manifest
from license_audit.model.repository import Contents, Repository
from license_audit.outputs.lock import render_lock
from license_audit.readers.hub_cache import HubCache
from license_audit.readers.store import Store
from tests.kits import NOTICE, checked, duties, judged, kit, manifest, run
from tests.published import scancode
from tests.readers.test_hub_cache import ONE, TWO, Layout

NAME = "lab/base"
LICENSE = f"Copyright (c) 2024 Base Lab\n\n{scancode('mit')}"
EMPTY = Manifest(schema="1")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def block(**fields: Any) -> Block:
    return Block(source="hub", commit=ONE, files={"LICENSE": digest(LICENSE), "NOTICE": digest(NOTICE)}, **fields)


def evidence(commit: str = ONE) -> Evidence:
    return Evidence(model=NAME, origin=Origin(source="hub", commit=commit))


def found(tmp_path: Path, commit: str = ONE, **held: Any) -> Source:
    return Sources(tmp_path, EMPTY, **held).of(evidence(commit), ("mit",))


def test_a_model_that_only_the_catalog_knows_has_no_files(tmp_path: Path) -> None:
    source = Sources(tmp_path, EMPTY).of(Evidence(model=NAME), ("mit",))
    assert (source.files, source.digests, source.commit, source.whole) == ({}, {}, None, None)
    assert (source.names, source.title) == ((NAME,), "base")
    assert Sources(tmp_path, EMPTY).of(Evidence(model="lab/m-7b"), ()).names == ("lab/m-7b", "m-7b")
    assert source.keys == ("mit",)


def test_the_lock_file_alone_knows_digests(tmp_path: Path) -> None:
    source = found(tmp_path, lock=Lock(tool="1", models={f"{NAME}@v1": block()}))
    assert source.files == {}
    assert source.digests["LICENSE"] == digest(LICENSE)
    assert source.notices == ("NOTICE",)
    assert found(tmp_path, TWO, lock=Lock(tool="1", models={NAME: block()})).digests == {}


def test_what_was_kept_counts_where_it_is_what_was_locked(tmp_path: Path) -> None:
    store = Store(tmp_path / "store", "https://hub.example")
    kept = Contents({"LICENSE": LICENSE.encode(), "NOTICE": b"altered"})
    store.keep_contents("models", Repository("new/base", NAME, ONE), kept)
    lock = Lock(tool="1", models={NAME: block(renamed="new/base")})
    source = found(tmp_path, lock=lock, store=store)
    assert set(source.files) == {"LICENSE"}
    assert source.text("LICENSE") == LICENSE
    assert found(tmp_path, store=store).files == {}
    assert found(tmp_path, TWO, lock=lock, store=store).files == {}


def test_the_cache_of_the_hub_at_the_very_commit(tmp_path: Path) -> None:
    Layout(tmp_path / "hub", "models--lab--base").snapshot(ONE, LICENSE=LICENSE, NOTICE=NOTICE).ref("main", ONE)
    cache = HubCache(tmp_path / "hub")
    source = found(tmp_path, cache=cache, store=Store(tmp_path / "none", "x"))
    assert set(source.files) == {"LICENSE", "NOTICE"}
    assert source.digests["NOTICE"] == digest(NOTICE)
    assert found(tmp_path, TWO, cache=cache).files == {}


def test_two_folders_that_are_said_to_be_one_model_stay_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "LICENSE").write_text(f"Copyright 202{len(name)} {name}\n\n{scancode('mit')}", "utf-8")
    path = manifest(tmp_path, "{id: lab/base, path: one, use: ship}")
    with path.open("a", encoding="utf-8") as file:
        file.write("  - {id: lab/base, path: two, use: ship}\n")
    said = kit(path)
    assert [one["state"] for one in said["duties"]] == ["answered"]
    copies = sorted(
        one.read_text("utf-8").split("\n")[0] for one in (tmp_path / "dist").rglob("LICENSE*") if one.is_file()
    )
    assert copies == ["Copyright 2023 one", "Copyright 2023 two"]


def test_a_kit_from_the_lock_file_says_which_file_has_to_be_put_there(tmp_path: Path) -> None:
    sections: Any = {"found": [{"key": "mit", "status": "unaltered", "similarity": 1.0}]}
    lock = Lock(
        tool="1",
        models={NAME: block(declared=("mit",), found=("mit",), concluded=("mit",), texts=("LICENSE",))},
        texts={digest(LICENSE): LockedText.model_validate(sections)},
    )
    path = manifest(tmp_path, f"{{id: {NAME}, use: ship}}")
    (tmp_path / "models.lock").write_text(render_lock(lock), encoding="utf-8")
    said = kit(path)
    assert [(one["clause"], one["state"]) for one in said["duties"]] == [("mit/notice", "by-hand")]
    text = (tmp_path / "dist" / "ship" / "CHECKLIST.md").read_text(encoding="utf-8")
    assert f"MIT License: `LICENSE` of `{NAME}` at commit `{ONE}`, SHA-256 `{digest(LICENSE)}`" in text
    (tmp_path / "dist" / "ship" / "LICENSE").write_text(LICENSE, encoding="utf-8")
    assert duties(judged(path, (str(tmp_path / "dist"),))) == {"mit/notice": "owed"}
    store = Store(tmp_path / "store", "x")
    store.keep_contents("models", Repository(NAME, NAME, ONE), Contents({"LICENSE": LICENSE.encode()}))
    assert duties(judged(path, (str(tmp_path / "dist"),), store)) == {"mit/notice": "fulfilled"}


@pytest.mark.parametrize(("kept", "outcome"), [(("LICENSE",), "owed"), (("LICENSE", "AUTHORS"), "fulfilled")])
def test_authors_in_a_file_that_is_not_here_leave_the_credit_owed(
    tmp_path: Path, kept: tuple[str, ...], outcome: str
) -> None:
    files = {"LICENSE": scancode("cc-by-4.0"), "AUTHORS": "The people of the lab."}
    fields: Any = {"declared": ("cc-by-4.0",), "found": ("cc-by-4.0",), "concluded": ("cc-by-4.0",)}
    digests = {name: digest(text) for name, text in files.items()}
    known = {"found": [{"key": "cc-by-4.0", "status": "unaltered"}]}
    lock = Lock(
        tool="1",
        models={NAME: Block(source="hub", commit=ONE, files=digests, texts=("LICENSE",), **fields)},
        texts={digests["LICENSE"]: LockedText.model_validate(known)},
    )
    path = manifest(tmp_path, f"{{id: {NAME}, use: ship}}")
    (tmp_path / "models.lock").write_text(render_lock(lock), encoding="utf-8")
    store = Store(tmp_path / "store", "x")
    contents = Contents({name: files[name].encode() for name in kept})
    store.keep_contents("models", Repository(NAME, NAME, ONE), contents)
    by = f"base by lab (https://huggingface.co/{NAME}), Creative Commons Attribution 4.0 International"
    (tmp_path / "dist" / "ship").mkdir(parents=True)
    (tmp_path / "dist" / "ship" / "CREDITS.md").write_text(f"{by}\n", encoding="utf-8")
    assert duties(judged(path, (str(tmp_path / "dist"),), store))["cc-by-4.0/3.a.1.A"] == outcome


def test_authors_in_any_text_of_a_folder_are_credited(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "LICENSE").write_text(scancode("cc-by-4.0"), encoding="utf-8")
    (folder / "AUTHORS").write_text("Copyright 2024 Somebody Else\n", encoding="utf-8")
    path = manifest(tmp_path)
    by = "base by base-lab (https://huggingface.co/base-lab/base), Creative Commons Attribution 4.0 International"
    (tmp_path / "dist" / "ship").mkdir(parents=True)
    for more, outcome in (("", "owed"), ("Copyright 2024 Somebody Else", "fulfilled")):
        (tmp_path / "dist" / "ship" / "CREDITS.md").write_text(f"{by}\n\n{more}\n", encoding="utf-8")
        assert duties(judged(path, (str(tmp_path / "dist"),)))["cc-by-4.0/3.a.1.A"] == outcome


def test_kits_and_checks_find_what_locking_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from license_audit.cli.kit import kept_files  # noqa: PLC0415  # reads the environment that is set above

    monkeypatch.setenv("HF_ENDPOINT", " https://hub.example/ ")
    folder, hub = kept_files()
    assert hub == "https://hub.example"
    Store(Path(folder), hub).keep_contents(
        "models", Repository(NAME, NAME, ONE), Contents({"LICENSE": LICENSE.encode(), "NOTICE": NOTICE.encode()})
    )
    lock = Lock(
        tool="1",
        models={NAME: block(declared=("mit",), found=("mit",), concluded=("mit",), texts=("LICENSE",))},
        texts={digest(LICENSE): LockedText.model_validate({"found": [{"key": "mit", "status": "unaltered"}]})},
    )
    path = manifest(tmp_path, f"{{id: {NAME}, use: ship}}")
    (tmp_path / "models.lock").write_text(render_lock(lock), encoding="utf-8")
    assert [one["state"] for one in kit(path)["duties"]] == ["answered"]
    result = run("check", path, "--artifacts", tmp_path / "dist")
    assert "ALLOWED" in result.stdout
    assert "shown done: mit/notice" in result.stdout
    monkeypatch.delenv("HF_ENDPOINT")
    assert kept_files()[1] == "https://huggingface.co"
    assert "shown done" not in run("check", path, "--artifacts", tmp_path / "dist").stdout


def test_a_file_of_a_model_that_cannot_be_read_leaves_kept_notices_open(tmp_path: Path) -> None:
    folder = tmp_path / "base"
    folder.mkdir()
    (folder / "LICENSE").write_text(f"Copyright 2024 X\n\n{scancode('apache-2.0')}", encoding="utf-8")
    (folder / "code.py").symlink_to(tmp_path / "elsewhere.py")
    path = manifest(tmp_path)
    said = {one["clause"]: one["state"] for one in kit(path)["duties"]}
    assert said["apache-2.0/4.c"] == "by-hand"
    (folder / "code.py").unlink()
    (folder / "code.py").write_text("# Copyright 2024 Jane Doe\nprint()\n", encoding="utf-8")
    said = {one["clause"]: one["state"] for one in kit(path, "--force")["duties"]}
    assert said["apache-2.0/4.c"] == "answered"
    notice = tmp_path / "dist" / "ship" / "NOTICE"
    assert "Kept from code.py of base-lab/base:" in notice.read_text(encoding="utf-8")
    notice.unlink()
    assert duties(checked(path))["apache-2.0/4.c"] == "owed"


def locked(path: Path, models: dict[str, Block]) -> None:
    """Write a lock file beside a manifest."""
    (path.parent / "models.lock").write_text(render_lock(Lock(tool="1", models=models)), encoding="utf-8")


def test_what_nobody_could_compare_stays_open(tmp_path: Path) -> None:
    path = manifest(tmp_path, f"{{id: {NAME}, use: ship}}")
    locked(path, {NAME: block(declared=("apache-2.0",), concluded=("apache-2.0",), notice_file=True)})
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "NOTICE").write_text(NOTICE, encoding="utf-8")
    use = checked(path)
    assert duties(use)["apache-2.0/4.d"] == "owed"
    told = " ".join(one.message for one in use.findings if one.kind == "artifact-unclear")
    assert f"NOTICE of {NAME} is not on this machine to compare with" in told
    locked(path, {NAME: block(declared=("cc-by-4.0",), concluded=("cc-by-4.0",))})
    said = {one["clause"]: one["state"] for one in kit(path)["duties"]}
    assert said["cc-by-4.0/3.a.1.A"] == "by-hand"
    assert said["cc-by-4.0/3.a.1.C"] == "answered"
    use = checked(path)
    assert duties(use)["cc-by-4.0/3.a.1.C"] == "fulfilled"
    told = " ".join(one.message for one in use.findings if one.kind == "artifact-unclear")
    assert f"the files of {NAME} are not here; they may name authors" in told


def test_an_ancestor_that_is_reached_on_two_ways_is_one_original(tmp_path: Path) -> None:
    above = LockedParent(model="lab/above", relation="fine-tune", basis="declared")
    between = block(declared=("mit",), concluded=("mit",), parents=(above,))
    (tmp_path / "mine").mkdir()
    card = "---\nlicense: apache-2.0\nbase_model: [lab/one, lab/two]\n---\n# Mine\n"
    (tmp_path / "mine" / "README.md").write_text(card, encoding="utf-8")
    path = manifest(tmp_path, "{path: mine, use: ship}")
    models = {"lab/one": between, "lab/two": between, "lab/above": block(declared=("apache-2.0",))}
    locked(path, models)
    kit(path)
    changes = next((tmp_path / "dist").rglob("CHANGES.md")).read_text(encoding="utf-8")
    assert changes.count("Changed from: ") == changes.count("Changed from: lab/above") == 1
