"""Where packaged data lies, and how it is read."""

from collections.abc import Iterator
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


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """What the build writes, where it would lie."""
    monkeypatch.setattr(resources, "_INSTALLED", tmp_path)
    resources.compiled.cache_clear()
    yield tmp_path / "compiled.json"
    resources.compiled.cache_clear()


def test_what_the_build_compiled_is_read(installed: Path) -> None:
    installed.write_bytes('{"a":[0,7],"b":[7,15]}\n{"x":1}["ü",2]'.encode())
    found = resources.compiled()
    assert found == {"a": {"x": 1}, "b": ["ü", 2]}
    assert (len(found), list(found), "a" in found, "c" in found) == (2, ["a", "b"], True, False)
    assert found["a"] is found["a"]
    with pytest.raises(KeyError):
        found["c"]


@pytest.mark.parametrize("data", [b"", b"{", b'{"a":[0,7]}\n{"x":1', b'{"a":[0,7]}\n{"x":1}}', b"\n", b"{}\nx"])
def test_what_is_damaged_is_not_used(installed: Path, data: bytes) -> None:
    installed.write_bytes(data)
    assert resources.compiled() == {}
