"""The packaged catalog, from a checkout and as the build wrote it down."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from license_audit import resources
from license_audit.errors import AuditError
from license_audit.model.catalog import AmbiguousName, KnownName
from license_audit.readers import catalog as catalog_module
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import load
from tests.conftest import ROOT


@pytest.fixture(scope="session")
def compiled_data() -> dict[str, Any]:
    """Some files as the build writes them down."""
    names = ["licenses/mit.yaml", "licenses/names.yaml", "licenses/models/tii.yaml"]
    names += [f"rules/{path.name}" for path in (ROOT / "rules").glob("*.yaml")]
    return {name: load((ROOT / name).read_text(encoding="utf-8"), name).data for name in names}


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch, compiled_data: dict[str, Any]) -> PackagedCatalog:
    """A catalog that knows just those."""
    monkeypatch.setattr(resources, "compiled", lambda: compiled_data)
    return PackagedCatalog()


def test_both_catalogs_say_the_same(compiled: PackagedCatalog, catalog: PackagedCatalog) -> None:
    assert compiled.license_keys() == ("mit",)
    assert compiled.rule_names() == catalog.rule_names()
    assert compiled.license("mit") == catalog.license("mit")
    assert compiled.definition("modifies") == catalog.definition("modifies")
    assert {model.id for model in compiled.models()} < {model.id for model in catalog.models()}
    assert compiled.model("tiiuae/falcon-7b") == catalog.model("tiiuae/falcon-7b")
    assert compiled.load_all() == []
    assert compiled.place("mit", ("clauses", 0), "odd").line == 1


def test_the_checkout_is_read_when_nothing_was_compiled(catalog: PackagedCatalog) -> None:
    plain = PackagedCatalog()
    assert plain.license_keys() == catalog.license_keys()
    assert "names" not in plain.license_keys()
    assert "definitions" not in plain.rule_names()


def test_a_value_is_read_once(catalog: PackagedCatalog, monkeypatch: pytest.MonkeyPatch) -> None:
    first = catalog.license("mit")
    monkeypatch.setattr(catalog_module, "read_text", None)
    assert catalog.license("mit") is first


def test_names(catalog: PackagedCatalog) -> None:
    assert catalog.named(" MIT ") == KnownName("mit", "MIT License", encoded=True)
    assert isinstance(catalog.named("openrail"), AmbiguousName)
    assert catalog.named("nonsense") is None
    assert catalog.title("mit") == "MIT License"
    assert catalog.title("nonsense") == "nonsense"
    assert catalog.names_nothing(" Unknown ")
    assert not catalog.names_nothing("mit")


def test_models(catalog: PackagedCatalog) -> None:
    model = catalog.model("TIIUAE/falcon-7B")
    assert model is not None
    assert [window.license for window in model.windows] == ["falcon-llm-1.0", "apache-2.0"]
    assert catalog.model("nobody/nothing") is None
    assert list(catalog.models()) == sorted(catalog.models(), key=lambda one: one.id.lower())


@pytest.mark.parametrize("key", ["nothing", "../rules/permission", "models/tii/x", "names/../mit"])
def test_what_there_is_not(catalog: PackagedCatalog, key: str) -> None:
    with pytest.raises(KeyError):
        catalog.license(key)
    with pytest.raises(KeyError):
        catalog.rule(key)
    with pytest.raises(KeyError):
        catalog.definition(key)


def test_a_license_file_that_is_no_mapping_identifies_nothing(tmp_path: Path) -> None:
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "a.yaml").write_text("- odd\n", encoding="utf-8")
    shutil.copy(ROOT / "licenses" / "mit.yaml", tmp_path / "licenses")
    catalog = PackagedCatalog(tmp_path)
    (mark,) = catalog.license("mit").fingerprints
    assert catalog.identified(mark) == "mit"
    assert catalog.identified("") is None
    with pytest.raises(AuditError, match=r"licenses/a\.yaml:1:1: expected a mapping"):
        catalog.license("a")
    with pytest.raises(AuditError, match=r"licenses/names\.yaml: cannot be read"):
        catalog.named("mit")
