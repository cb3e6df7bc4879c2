"""The packaged catalog, from a checkout and as the build wrote it down."""

import re
import shutil
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from license_audit import resources
from license_audit.errors import AuditError
from license_audit.model.catalog import AmbiguousName, KnownData, KnownName, Part, Provider
from license_audit.readers import catalog_files
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.files import read_text
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


def test_who_encoded_a_text_and_a_digest_of_what_came_of_it(
    compiled: PackagedCatalog, catalog: PackagedCatalog
) -> None:
    found = catalog.encoding("mit")
    assert found is not None
    license_ = catalog.license("mit")
    assert (found.key, found.title, found.spdx) == ("mit", license_.title, "MIT")
    assert (found.by, found.on) == (license_.reviewed.by, str(license_.reviewed.on))
    assert (found.sections, found.clauses) == (len(license_.sections), len(license_.clauses))
    assert compiled.encoding("mit") == found, "the digest is the same however the catalog is installed"
    assert catalog.encoding("falcon-mamba-7b-1.0") is None, "nobody holds the text"


def test_the_digest_of_an_encoding_follows_its_rules(catalog: PackagedCatalog, tmp_path: Path) -> None:
    for name in ("rules", "licenses"):
        shutil.copytree(ROOT / name, tmp_path / name)
    rule = tmp_path / "rules" / "permission.yaml"
    rule.write_text(rule.read_text(encoding="utf-8").replace("question:", "# \nquestion:", 1), encoding="utf-8")
    same = PackagedCatalog(tmp_path).encoding("mit")
    assert same == catalog.encoding("mit"), "a comment means nothing"
    rule.write_text(rule.read_text(encoding="utf-8").replace("kind: grant", "kind: duty"), encoding="utf-8")
    other = PackagedCatalog(tmp_path).encoding("mit")
    assert same is not None
    assert other is not None
    assert other.sha256 != same.sha256


def test_the_checkout_is_read_when_nothing_was_compiled(catalog: PackagedCatalog) -> None:
    plain = PackagedCatalog()
    assert plain.license_keys() == catalog.license_keys()
    assert "names" not in plain.license_keys()
    assert "definitions" not in plain.rule_names()


def test_a_value_is_read_once(catalog: PackagedCatalog, monkeypatch: pytest.MonkeyPatch) -> None:
    first = catalog.license("mit")
    monkeypatch.setattr(catalog_files, "read_text", None)
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
        openness="community",
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
        ("openness", "free", "Input should be 'open', 'permissive', 'community', "),
        ("date", "2024-13", "String should match pattern"),
        ("published", "May 2024", "String should match pattern"),
        ("language", "English", "String should match pattern"),
        ("held", "perhaps", "expected true or false"),
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
    assert catalog.model("nothing") is None
    assert list(catalog.models()) == sorted(catalog.models(), key=lambda one: one.id.lower())


def test_every_model_stands_in_the_file_of_its_organization(catalog: PackagedCatalog) -> None:
    """So that a file alone tells whether a model is in the catalog."""
    named = {(catalog.publisher_of(f"{name}/x"), name) for _, name in catalog.organizations()}
    assert {(model.publisher, model.id.partition("/")[0]) for model in catalog.models()} <= named


def _built(names: list[str]) -> resources.Compiled:
    """Files as the build writes them down."""
    spec = spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    build = module_from_spec(spec)
    spec.loader.exec_module(build)
    return resources.Compiled(build._written({name: load(read_text(ROOT / name, name), name).data for name in names}))


class Looked(resources.Compiled):
    """Says which files were looked at."""

    def __init__(self, built: resources.Compiled) -> None:
        super().__init__(built._data)
        self.files: list[str] = []

    def __getitem__(self, name: str) -> Any:
        self.files.append(name)
        return super().__getitem__(name)


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Looked:
    """All models, and the lists, as the build writes them down."""
    names = [f"licenses/models/{path.name}" for path in (ROOT / "licenses" / "models").glob("*.yaml")]
    names += [f"licenses/{name}.yaml" for name in ("data", "families", "names", "providers")]
    found = Looked(_built(names))
    monkeypatch.setattr(resources, "compiled", lambda: found)
    return found


def test_no_other_file_is_read_to_find_a_model(looked: Looked, catalog: PackagedCatalog) -> None:
    built = PackagedCatalog()
    assert built.model("nobody/nothing") is None
    assert built.publisher_of("nobody/nothing") is None
    assert looked.files == []
    assert built.model("GOOGLE-T5/t5-11b") == catalog.model("google-t5/t5-11b")
    assert built.publisher_of("Google/x") == "Google"
    assert set(looked.files) == {"licenses/models/google.yaml"}
    assert built.models() == catalog.models()
    assert built.publishers() == catalog.publishers()
    assert (built.publisher("alibaba-cloud"), built.publisher("QWEN")) == ("Alibaba Cloud", "Alibaba Cloud")
    assert built.organizations() == catalog.organizations()


def test_an_organization_of_our_own_is_looked_for_beside_the_index(looked: Looked, tmp_path: Path) -> None:
    (tmp_path / "licenses" / "models").mkdir(parents=True)
    (tmp_path / "licenses" / "models" / "we.yaml").write_text(
        "schema: 1\npublisher: We\norganizations: [We-Org]\nmodels:\n"
        "  we-org/a: {multimodal: true, terms: [{license: mit, confidence: high, source: us}]}\n",
        encoding="utf-8",
    )
    ours = PackagedCatalog(rules=tmp_path)
    looked.files.clear()
    found = ours.model("WE-ORG/A")
    assert found is not None
    assert (found.publisher, found.multimodal) == ("We", True)
    assert ours.publisher_of("we-org/b") == "We"
    assert [name for name in looked.files if name.startswith("licenses/models")] == []


@pytest.mark.parametrize(("written", "read"), [("true", True), ("false", False), ("null", None)])
def test_whether_a_model_is_multimodal(tmp_path: Path, written: str, read: bool | None) -> None:
    _one_model(tmp_path, f"multimodal: {written}, ")
    found = PackagedCatalog(tmp_path).model("a/b")
    assert found is not None
    assert found.multimodal is read


def test_multimodal_is_true_or_false(tmp_path: Path) -> None:
    _one_model(tmp_path, "multimodal: perhaps, ")
    with pytest.raises(
        AuditError, match=r"licenses/models/a\.yaml:5:\d+: models\.a/b\.multimodal.*expected true or false"
    ):
        PackagedCatalog(tmp_path).model("a/b")


def _one_model(folder: Path, said: str) -> None:
    (folder / "licenses" / "models").mkdir(parents=True)
    (folder / "licenses" / "models" / "a.yaml").write_text(
        "schema: 1\npublisher: A\norganizations: [a]\nmodels:\n"
        f"  a/b: {{{said}terms: [{{license: mit, confidence: low, source: s}}]}}\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    "key", ["nothing", "../rules/permission", "models/tii/x", "names/../mit", "names", "data", "families", "providers"]
)
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


OSI = """
afl-3.0 agpl-3.0 apache-2.0 artistic-2.0 bsd-2-clause bsd-3-clause bsl-1.0 ecl-2.0 epl-2.0 eupl-1.2 gpl-2.0 gpl-3.0
isc lgpl-3.0 mit mpl-2.0 ms-pl osl-3.0 unlicense zlib
"""
"""Keys that the SPDX list, version 3.29, marks as approved by the OSI."""


def test_open_is_what_the_osi_approved(catalog: PackagedCatalog) -> None:
    assert {name.key for name in catalog.known() if name.openness == "open"} == set(OSI.split())


@pytest.mark.parametrize(
    ("key", "openness"),
    [
        ("mit", "open"),
        ("cc-by-sa-4.0", "permissive"),
        ("openmdw-1.1", "permissive"),
        ("bsd-3-clause-clear", "permissive"),
        ("llama-3.1-community", "community"),
        ("kimi-k2-modified-mit", "community"),
        ("creativeml-openrail-m", "community"),
        ("cc-by-nc-4.0", "non-commercial"),
        ("mistral-mnpl-0.1", "non-commercial"),
        ("mistral-mrl-0.1", "research-only"),
        ("chatglm-6b-nc-2023-03", "research-only"),
        ("llama-2-aup", None),
        ("nobody-knows", None),
    ],
)
def test_openness_of_a_license(catalog: PackagedCatalog, key: str, openness: str | None) -> None:
    assert catalog.openness(key) == openness


@pytest.mark.parametrize(
    ("model_id", "publisher"),
    [
        ("meta-llama/Llama-9-1B", "Meta"),
        ("Meta-LLaMA/x", "Meta"),
        ("codellama/x", "Meta"),
        ("nobody/x", None),
        ("meta-llama", None),
    ],
)
def test_a_publisher_by_its_organization(catalog: PackagedCatalog, model_id: str, publisher: str | None) -> None:
    assert catalog.publisher_of(model_id) == publisher


def test_known_data(catalog: PackagedCatalog) -> None:
    alpaca = catalog.dataset("tatsu-lab/alpaca")
    assert isinstance(alpaca, KnownData)
    assert (alpaca.license, alpaca.limits, alpaca.generators) == (
        "cc-by-nc-4.0",
        ("non-commercial", "generator-terms"),
        ("openai",),
    )
    assert catalog.dataset(" Stanford_Alpaca ") is alpaca
    assert catalog.dataset("Tatsu-Lab/ALPACA") is alpaca
    assert catalog.dataset("tatsu_lab/alpaca") is None
    sharegpt = catalog.dataset("anon8231489123/ShareGPT_Vicuna_unfiltered")
    assert sharegpt is not None
    assert sharegpt.license is None
    marco = catalog.dataset("MS MARCO")
    assert marco is not None
    assert marco.license == "MS MARCO terms, non-commercial research purposes only"
    assert catalog.dataset("nobody/nothing") is None


def test_every_record_of_data_stands_on_its_own(catalog: PackagedCatalog) -> None:
    known = catalog.datasets()
    assert len(known) >= 100
    assert [data.id.lower() for data in known] == sorted(data.id.lower() for data in known)
    for data in known:
        assert catalog.dataset(data.id) is data
        assert data.note.endswith(".")
        assert data.note.count(". ") == 0, data.id
        assert data.confidence != "high" or not data.source.startswith("recollection"), data.id


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("openai", "openai"),
        ("GPT-4", "openai"),
        ("vertex_ai", "vertex-ai"),
        (" Amazon Bedrock ", "bedrock"),
        ("fireworks-ai", "fireworks"),
        ("gemini", "google"),
    ],
)
def test_providers(catalog: PackagedCatalog, name: str, key: str) -> None:
    found = catalog.provider(name)
    assert isinstance(found, Provider)
    assert (found.name, found.license) == (key, None)
    assert found in catalog.providers()
    assert catalog.provider("nobody") is None


def test_lists_are_read_when_they_are_first_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    plain = PackagedCatalog(ROOT)

    def reading(path: Path, name: str) -> str:
        read.append(name)
        return read_text(path, name)

    monkeypatch.setattr(catalog_files, "read_text", reading)
    plain.license("mit")
    plain.openness("mit")
    plain.model("mistralai/Mistral-7B-v0.1")
    lists = {"licenses/data.yaml", "licenses/families.yaml", "licenses/providers.yaml"}
    assert not lists.intersection(read)
    for ask in (plain.dataset, plain.provider, plain.family):
        for _ in range(2):
            ask("x")
    assert [name for name in read if name in lists] == [
        "licenses/data.yaml",
        "licenses/providers.yaml",
        "licenses/families.yaml",
    ]


def test_a_catalog_may_do_without_lists(tmp_path: Path) -> None:
    (tmp_path / "licenses").mkdir()
    catalog = PackagedCatalog(tmp_path)
    assert catalog.dataset("tatsu-lab/alpaca") is None
    assert catalog.provider("openai") is None
    assert catalog.family("Llama-2-7b") is None
    assert (catalog.datasets(), catalog.providers()) == ((), ())


def test_a_compiled_catalog_reads_lists_without_validation(
    compiled_data: dict[str, Any], monkeypatch: pytest.MonkeyPatch, catalog: PackagedCatalog
) -> None:
    names = [f"licenses/{name}.yaml" for name in ("data", "families", "providers")]
    lists = {name: load((ROOT / name).read_text(encoding="utf-8"), name).data for name in names}
    monkeypatch.setattr(resources, "compiled", lambda: compiled_data | lists)
    compiled = PackagedCatalog()
    assert compiled.license_keys() == ("mit",)
    assert compiled.datasets() == catalog.datasets()
    assert compiled.providers() == catalog.providers()
    assert compiled.family("Llama-2-7b") == catalog.family("Llama-2-7b")


@pytest.mark.parametrize(
    ("name", "record", "told"),
    [
        ("data", "{title: A, note: '', source: s, confidence: low}", r"data\.a\.note.*at least 1 character"),
        ("data", "{title: A, note: n, source: s, confidence: sure}", r"data\.a\.confidence"),
        ("data", "{title: A, note: n, source: s, confidence: low, limits: [none]}", r"data\.a\.limits"),
        ("providers", "{title: A, terms: '', license: null}", r"providers\.a\.terms"),
        ("providers", "{title: A, terms: t}", r"providers\.a\.license"),
        ("families", "{names: [a], licenses: []}", r"families\.a\.licenses"),
        ("families", "{names: [a], licenses: [mit], organizations: [Meta]}", r"families\.a\.organizations"),
    ],
)
def test_a_list_that_cannot_be_read(tmp_path: Path, name: str, record: str, told: str) -> None:
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / f"{name}.yaml").write_text(f"schema: 1\n{name}:\n  a: {record}\n", encoding="utf-8")
    with pytest.raises(AuditError, match=rf"licenses/{name}\.yaml:3:\d+: {told}"):
        PackagedCatalog(tmp_path).records(name)


def test_every_problem_of_a_catalog_is_told(tmp_path: Path) -> None:
    (tmp_path / "licenses").mkdir()
    for name in ("data", "providers"):
        (tmp_path / "licenses" / f"{name}.yaml").write_text("schema: 2\n", encoding="utf-8")
    told = " ".join(str(problem) for problem in PackagedCatalog(tmp_path).load_all())
    for part in ("holds no rules", "holds no licenses", "licenses/data.yaml:1:9", "licenses/providers.yaml:1:9"):
        assert part in told
