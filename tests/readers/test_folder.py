"""Local model folders."""

from pathlib import Path

import pytest

from license_audit.errors import AuditError
from license_audit.model.evidence import Evidence
from license_audit.readers.card import UNREADABLE
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.folder import may_hold_terms, read_folder
from tests.conftest import ROOT


def read(folder: Path, catalog: PackagedCatalog, **files: str) -> Evidence:
    """What a folder with these files says; two underscores in a name stand for a dot."""
    for name, text in files.items():
        (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
    return read_folder(folder, "m", catalog).evidence


def edges(evidence: Evidence) -> list[tuple[str, str, str]]:
    """Parents with relation and basis."""
    return [(parent.evidence.model, parent.relation, parent.basis) for parent in evidence.parents]


def test_an_empty_folder(tmp_path: Path, catalog: PackagedCatalog) -> None:
    assert read(tmp_path, catalog) == Evidence(model="m", notice_file=False)


def test_card_text_and_notice(tmp_path: Path, catalog: PackagedCatalog) -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    card = "---\nlicense: mit\nlicence: mit\n---\n"
    evidence = read(
        tmp_path, catalog, readme__MD=card, LICENSE=text, LICENCE__txt="Mine.", notice__txt="N", weights="x"
    )
    assert evidence.declared == ("mit",)
    assert read_folder(tmp_path, "m", catalog).texts == {
        "m/LICENCE.txt": "Mine.",
        "m/LICENSE": text,
        "m/readme.MD": card,
    }
    assert evidence.notice_file is True
    assert evidence.sources == ("m/LICENCE.txt", "m/LICENSE", "m/notice.txt", "m/readme.MD")
    assert len(evidence.remarks) == 1


@pytest.mark.parametrize(
    ("relation", "expected"),
    [("finetune", "fine-tune"), ("quantized", "quantize"), ("adapter", "adapter"), ("odd", "fine-tune")],
)
def test_parents_of_the_card(tmp_path: Path, catalog: PackagedCatalog, relation: str, expected: str) -> None:
    card = f"---\nbase_model: a/b\nbase_model_relation: {relation}\n---\nFine-tuned from c/d.\n"
    evidence = read(tmp_path, catalog, README__md=card, config__json='{"_name_or_path": "e/f"}')
    assert edges(evidence) == [("a/b", expected, "declared")]


def test_a_parent_that_is_no_id_is_a_parent_nobody_knows(tmp_path: Path, catalog: PackagedCatalog) -> None:
    evidence = read(tmp_path, catalog, README__md="---\nbase_model: [../b, {c: d}]\n---\n")
    assert edges(evidence) == [(UNREADABLE, "fine-tune", "declared")] * 2
    assert evidence.remarks == (
        "m/README.md:2:20: base_model is not a name",
        "m/README.md: base_model '../b' is no Hub id such as org/name",
    )


def test_parents_that_prose_and_configuration_name(tmp_path: Path, catalog: PackagedCatalog) -> None:
    known = "mistralai/Mistral-7B-v0.1"
    body = f"Fine-tuned from {known}, a/b and https://hf.co/c/d and https://hf.co/_x/y.\n"
    evidence = read(tmp_path, catalog, README__md=body, config__json='{"_name_or_path": "e/f"}')
    assert edges(evidence) == [(name, "fine-tune", "inferred") for name in ("c/d", known, "e/f")]


@pytest.mark.parametrize("loaded", ['"./out"', '"llama"', '"/data/x"', "5", "null"])
def test_a_configuration_that_names_no_model(tmp_path: Path, catalog: PackagedCatalog, loaded: str) -> None:
    assert edges(read(tmp_path, catalog, config__json=f'{{"_name_or_path": {loaded}}}')) == []


def test_the_base_of_an_adapter(tmp_path: Path, catalog: PackagedCatalog) -> None:
    named = '{"base_model_name_or_path": "a/b"}'
    evidence = read(tmp_path, catalog, adapter_config__json=named, config__json='{"_name_or_path": "e/f"}')
    assert edges(evidence) == [("a/b", "adapter", "declared")]
    evidence = read(tmp_path, catalog, adapter_config__json='{"base_model_name_or_path": "../b"}')
    assert [edge[1:] for edge in edges(evidence)] == [("adapter", "declared")]
    evidence = read(tmp_path, catalog, adapter_config__json='{"base_model_name_or_path": null}')
    assert edges(evidence) == [("e/f", "fine-tune", "inferred")]


def test_links_and_loops(tmp_path: Path, catalog: PackagedCatalog) -> None:
    (tmp_path / "LICENSE").symlink_to("LICENSE")
    with pytest.raises(AuditError, match="m/LICENSE: is a link that leads out of the model folder, or nowhere"):
        read(tmp_path, catalog)


def test_a_folder_whose_name_is_none(catalog: PackagedCatalog) -> None:
    with pytest.raises(AuditError, match="m: cannot be read as a model folder: embedded null byte"):
        read_folder(Path("a\0b"), "m", catalog)


@pytest.mark.parametrize(
    ("name", "holds"),
    [
        ("LICENSE", True), ("license.txt", True), ("LICENCE.md", True), ("MODEL_LICENSE", True), ("LICENSE-CODE", True),
        ("COPYING", True), ("UNLICENSE", True), ("USE_POLICY.md", True), ("Acceptable_Use_Policy.txt", True),
        ("README.md", True), ("NOTICE", False), ("licensee.txt", False), ("license.py", False), ("config.json", False),
        ("PRIVACY_POLICY.md", False), ("LICENSE.pdf", True), ("LICENSES/MIT.txt", True),
        ("TERMS.md", True), ("terms-of-use.txt", True), ("eula.rtf", True), ("termsheet.md", False),
        ("license.png", False),
    ],
)  # fmt: skip
def test_files_that_may_hold_terms(name: str, *, holds: bool) -> None:
    assert may_hold_terms(name) is holds


def test_a_document_that_is_no_plain_text_is_a_text_nobody_knows(tmp_path: Path, catalog: PackagedCatalog) -> None:
    (tmp_path / "LICENSE.pdf").write_bytes(b"%PDF-1.4 \0\xff")
    assert read_folder(tmp_path, "m", catalog).texts == {"m/LICENSE.pdf": ""}


def test_a_folder_of_licenses(tmp_path: Path, catalog: PackagedCatalog) -> None:
    (tmp_path / "LICENSES").mkdir()
    (tmp_path / "LICENSES" / "own.txt").write_text("Mine.", encoding="utf-8")
    (tmp_path / "LICENSES" / "table.json").write_text("{}", encoding="utf-8")
    (tmp_path / "other").mkdir()
    folder = read_folder(tmp_path, "m", catalog)
    assert folder.texts == {"m/LICENSES/own.txt": "Mine."}
    assert folder.evidence.sources == ("m/LICENSES/own.txt",)
