"""Where packaged data lies, and how it is read."""

import json
from pathlib import Path

import pytest

from license_audit import resources
from license_audit.engine.identify.index import Index
from license_audit.known import text_index
from tests.conftest import ROOT


def test_data_lies_at_the_top_of_a_checkout() -> None:
    assert resources.data_folder() == ROOT
    assert resources.index_path() == ROOT / "licenses" / "texts.index"


def test_data_lies_beside_an_installed_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_INSTALLED", tmp_path)
    assert resources.data_folder() == tmp_path
    assert resources.index_path() == tmp_path / "licenses" / "texts.index"


def test_the_index_is_opened_once() -> None:
    assert text_index() is text_index()
    assert isinstance(text_index(), Index)


def test_a_file_is_mapped_and_not_read(tmp_path: Path) -> None:
    path = tmp_path / "data"
    path.write_bytes(b"0123456789")
    view = resources.mapped(path)
    assert (bytes(view), view.readonly) == (b"0123456789", True)
    path.unlink()
    assert view[3] == ord("3")


def test_what_the_build_compiled_is_empty_in_a_checkout() -> None:
    resources.compiled.cache_clear()
    assert resources.compiled() == {}


def test_what_the_build_compiled_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "compiled.json").write_text(json.dumps({"a": 1}), encoding="utf-8")
    monkeypatch.setattr(resources, "_INSTALLED", tmp_path)
    resources.compiled.cache_clear()
    try:
        assert resources.compiled() == {"a": 1}
    finally:
        resources.compiled.cache_clear()
