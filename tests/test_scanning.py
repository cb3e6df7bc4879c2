"""A tree and its manifest in, a scan out; and the entries that the manifest lacks."""

from pathlib import Path

import pytest

from license_audit.errors import AuditError
from license_audit.model.scan import Mention, Scan
from license_audit.outputs import write
from license_audit.readers.documents import read_manifest
from license_audit.scanning import Tree, add, entries_for, scan
from tests.readers.scan.test_tree import ENVIRONMENT, git


def quiet(done: int, total: int) -> None:
    assert done <= total


def scanned(top: Path, *paths: str, manifest: str = "models.yaml") -> Scan:
    return scan(Tree(top, paths or (".",), top / manifest), ENVIRONMENT, quiet, 1)


def placed(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def told(found: Scan) -> list[tuple[str, int, str, str]]:
    return [(one.file, one.line, one.id, one.standing) for one in found.mentions]


def test_what_the_manifest_lacks_is_missing(tmp_path: Path) -> None:
    top = placed(
        tmp_path,
        {
            "models.yaml": "schema: 1\nmodels:\n  - {id: acme/listed, use: a}\n",
            "b.Modelfile": "FROM hf.co/acme/listed:Q4_K_M\n",
            "a/Modelfile": "# FROM hf.co/acme/comment\nFROM hf.co/acme/missing\n",
            "profile.yaml": "schema: 1\nuses: {a: {}}\nwaivers: []\n",
            "models.lock": "{}",
            "skipped/Modelfile": "FROM hf.co/acme/skipped\n",
        },
    )
    manifest = (top / "models.yaml").read_text(encoding="utf-8")
    (top / "models.yaml").write_text(manifest + "scan:\n  skip: [{files: skipped, why: not ours}]\n", encoding="utf-8")
    found = scanned(top)
    assert told(found) == [("a/Modelfile", 2, "acme/missing", "missing"), ("b.Modelfile", 1, "acme/listed", "listed")]
    assert (found.manifest, found.folder, found.unread) == ("models.yaml", "", ())


def test_without_a_manifest_all_is_missing(tmp_path: Path) -> None:
    found = scanned(placed(tmp_path, {"Modelfile": "FROM hf.co/acme/chat\n"}))
    assert told(found) == [("Modelfile", 1, "acme/chat", "missing")]
    assert found.manifest == ""


def test_files_that_are_named_are_read_and_missing_ones_told(tmp_path: Path) -> None:
    top = placed(tmp_path, {"a/Modelfile": "FROM hf.co/acme/a\n", "b/Modelfile": "FROM hf.co/acme/b\n"})
    found = scanned(top, "a/Modelfile", "none.py", "b")
    assert told(found) == [("a/Modelfile", 1, "acme/a", "missing"), ("b/Modelfile", 1, "acme/b", "missing")]
    assert [(gap.file, gap.reason, gap.level) for gap in found.unread] == [("none.py", "does not exist", "error")]


def test_a_file_that_is_named_and_skipped_is_not_read(tmp_path: Path) -> None:
    """A hook names every changed file, whatever the manifest says of it."""
    text = "schema: 1\nmodels: []\nscan: {skip: [{files: a, why: not ours}]}\n"
    top = placed(tmp_path, {"a/Modelfile": "FROM hf.co/acme/a\n", "models.yaml": text})
    assert told(scanned(top, "a/Modelfile")) == []


def test_a_folder_of_a_repository_says_where_it_is(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    top = placed(tmp_path / "services" / "chat", {"Modelfile": "FROM hf.co/acme/chat\n"})
    found = scanned(top)
    assert found.folder == "services/chat"
    assert told(found) == [("Modelfile", 1, "acme/chat", "missing")]


def test_a_manifest_elsewhere_is_shown_as_it_was_named(tmp_path: Path) -> None:
    placed(tmp_path, {"legal/models.yaml": "schema: 1\nmodels: []\n", "src/Modelfile": "FROM hf.co/acme/chat\n"})
    found = scan(Tree(tmp_path / "src", (".",), tmp_path / "legal" / "models.yaml"), ENVIRONMENT, quiet, 1)
    assert found.manifest == (tmp_path / "legal" / "models.yaml").as_posix()
    assert scanned(tmp_path, manifest="legal/models.yaml").manifest == "legal/models.yaml"


def test_a_bad_manifest_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="not valid YAML"):
        scanned(placed(tmp_path, {"models.yaml": "["}))


def mention(id_: str, **changes: str) -> Mention:
    values = {"kind": "hub", "standing": "missing", "file": "src/app.py", "certainty": "certain", **changes}
    return Mention.model_validate({"line": 1, "column": 1, "id": id_, "reader": "python", "role": "load", **values})


def test_entries_for_what_a_manifest_can_list(tmp_path: Path) -> None:
    placed(tmp_path, {"src/weights/model.gguf": "", "models/helper/config.json": "{}", "top.gguf": ""})
    found = Scan(
        tool_version="0",
        manifest="models.yaml",
        files=1,
        mentions=(
            mention("acme/b"),
            mention("acme/b", file="src/other.py"),
            mention("acme/a"),
            mention("acme/listed", standing="listed"),
            mention("acme/unclear", standing="unclear"),
            mention("gpt-4o", kind="hosted", provider="openai"),
            mention("gpt-4o", kind="hosted"),
            mention("mistral:latest", kind="ollama"),
            mention("phi-2", kind="name"),
            mention("weights/model.gguf", kind="path"),
            mention("models/helper", kind="path"),
            mention("models/none", kind="path"),
            mention("top.gguf", kind="path", file="app.py"),
        ),
    )
    tree = Tree(tmp_path, (".",), tmp_path / "models.yaml")
    assert entries_for(found, tree, "a") == [
        {"id": "acme/a", "use": "a"},
        {"id": "acme/b", "use": "a"},
        {"path": "models/helper", "use": "a"},
        {"provider": "ollama", "id": "mistral:latest", "use": "a"},
        {"provider": "openai", "id": "gpt-4o", "use": "a"},
        {"path": "src/weights", "use": "a"},
    ]
    legal = Tree(tmp_path, (".",), tmp_path / "legal" / "models.yaml")
    assert not any("path" in entry for entry in entries_for(found, legal, "a"))


def test_entries_are_added_and_the_next_scan_finds_them(tmp_path: Path) -> None:
    text = "# ours\nschema: 1\nmodels:\n  - {id: acme/a, use: a}  # first\n"
    top = placed(
        tmp_path,
        {"models.yaml": text, "Modelfile": "FROM mistral:latest\n", "profile.yaml": "schema: 1\nuses: {a: {}}\n"},
    )
    tree = Tree(top, (".",), top / "models.yaml")
    entries = entries_for(scanned(top), tree, "a")
    add(tree, entries, "a", write)
    written = (top / "models.yaml").read_text(encoding="utf-8")
    assert written == text + '  - {provider: ollama, id: "mistral:latest", use: a}\n'
    assert [entry.name for entry in read_manifest(top / "models.yaml")[0].models] == ["acme/a", "ollama:mistral:latest"]
    assert told(scanned(top)) == [("Modelfile", 1, "mistral:latest", "listed")]


def test_a_use_that_the_profile_does_not_have_is_refused(tmp_path: Path) -> None:
    top = placed(tmp_path, {"profile.yaml": "schema: 1\nuses: {a: {}}\n"})
    tree = Tree(top, (".",), top / "models.yaml")
    with pytest.raises(AuditError, match="has no use 'b'; it has a"):
        add(tree, [{"id": "acme/a", "use": "b"}], "b", write)
    (top / "profile.yaml").write_text("schema: 1\n", encoding="utf-8")
    with pytest.raises(AuditError, match="it has no uses"):
        add(tree, [{"id": "acme/a", "use": "b"}], "b", write)
    assert not (top / "models.yaml").exists()


def test_a_manifest_begins_where_there_is_none(tmp_path: Path) -> None:
    tree = Tree(tmp_path, (".",), tmp_path / "models.yaml")
    add(tree, [{"id": "acme/a", "use": "b"}], "b", write)
    assert (tmp_path / "models.yaml").read_text(encoding="utf-8") == "schema: 1\nmodels:\n  - {id: acme/a, use: b}\n"
