"""The packaged catalog, from a checkout and as the build wrote it down."""

import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from license_audit import resources
from license_audit.errors import AuditError
from license_audit.model.catalog import AmbiguousName, KnownName, Part
from license_audit.readers import catalog as catalog_module
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import load
from tests.conftest import CORPUS, ROOT


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
    assert [replace(name, encoded=False) for name in compiled.known()] == [
        replace(name, encoded=False) for name in catalog.known()
    ]
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
    meaning = catalog.named(" MIT ")
    assert isinstance(meaning, KnownName)
    assert (meaning.key, meaning.title, meaning.encoded) == ("mit", "MIT License", True)
    assert isinstance(catalog.named("openrail"), AmbiguousName)
    assert catalog.named("nonsense") is None
    assert catalog.title("mit") == "MIT License"
    assert catalog.title("nonsense") == "nonsense"
    assert catalog.names_nothing(" Unknown ")
    assert not catalog.names_nothing("mit")


def test_an_identity_record(catalog: PackagedCatalog) -> None:
    assert catalog.named("falcon-180b") == KnownName(
        key="falcon-180b-1.0",
        title="Falcon 180B TII License Version 1.0",
        encoded=True,
        version="1.0",
        date="2023-09",
        publisher="Technology Innovation Institute",
        spdx="LicenseRef-TII-Falcon-180B-1.0",
        language="en",
        incorporates=(Part("falcon-180b-aup", held=False),),
    )
    later = catalog.named("gemma-tou-2025-03-24")
    assert isinstance(later, KnownName)
    assert later.incorporates == (Part("gemma-prohibited-use", held=True),)
    assert later.supersedes == "gemma-tou-2024-04-01"


def test_every_identity_is_one_of_its_own(catalog: PackagedCatalog) -> None:
    known = catalog.known()
    assert len(known) >= 175
    assert [name.key for name in known] == sorted(name.key for name in known)
    assert len({name.spdx.lower() for name in known}) == len(known)
    assert {name.kind for name in known} == {"license", "policy"}
    for name in known:
        assert name.publisher not in {"", "see text", "not stated"}, name.key
        assert catalog.named(name.spdx) is name
        assert name.supersedes != name.key


def test_every_version_is_later_than_the_one_it_supersedes(catalog: PackagedCatalog) -> None:
    dates = {name.key: name.date or name.published for name in catalog.known()}
    for name in catalog.known():
        earlier, later = dates.get(name.supersedes or ""), dates[name.key]
        assert earlier is None or later is None or earlier <= later, name.key


def test_texts_are_known_and_print_their_dates(catalog: PackagedCatalog) -> None:
    """Runs over the texts that stand beside the checkout; without them there is nothing to compare."""
    known = {name.key: name for name in catalog.known()}
    for path in (CORPUS / "licenses").glob("*.txt"):
        date = known[path.stem].date or ""
        assert re.search(rf"\b{date[:4]}", path.read_text(encoding="utf-8")), path.stem


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("kind", "licence", "Input should be 'license' or 'policy'"),
        ("date", "2024-13", "String should match pattern"),
        ("published", "May 2024", "String should match pattern"),
        ("language", "English", "String should match pattern"),
        ("incorporates", "[{key: b, held: perhaps}]", "expected true or false"),
        ("incorporates", "[b]", "Input should be a valid dictionary"),
    ],
)
def test_an_identity_record_that_cannot_be_read(tmp_path: Path, field: str, value: str, told: str) -> None:
    record = {"title": "A", "publisher": "P", "spdx": "MIT", "kind": "license", "version": "null", "date": "null"}
    record |= {"language": "en", "aliases": "[]", field: value}
    entry = ", ".join(f"{name}: {what}" for name, what in record.items())
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "names.yaml").write_text(
        f"schema: 1\nknown:\n  a: {{{entry}}}\nambiguous: {{}}\nnothing: []\n", encoding="utf-8"
    )
    with pytest.raises(AuditError, match=rf"licenses/names\.yaml:3:\d+: known\.a\.{field}.*{told}"):
        PackagedCatalog(tmp_path).known()


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


def test_a_license_file_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "a.yaml").write_text("- odd\n", encoding="utf-8")
    shutil.copy(ROOT / "licenses" / "mit.yaml", tmp_path / "licenses")
    catalog = PackagedCatalog(tmp_path)
    assert catalog.license("mit").key == "mit"
    with pytest.raises(AuditError, match=r"licenses/a\.yaml:1:1: expected a mapping"):
        catalog.license("a")
    with pytest.raises(AuditError, match=r"licenses/names\.yaml: cannot be read"):
        catalog.named("mit")
