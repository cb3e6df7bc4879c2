"""SPDX 2.3 and 3.0.1: read back and judged by the libraries of those who make the format."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import given, settings
from hypothesis import strategies as st
from ntia_conformance_checker import SbomChecker
from spdx_python_model import load
from spdx_python_model import v3_0_1 as spdx3
from spdx_tools.spdx.model.document import Document
from spdx_tools.spdx.parser.parse_anything import parse_file
from spdx_tools.spdx.validation.document_validator import validate_full_spdx_document

from license_audit.audit import run
from license_audit.model.evidence import DataSource, Evidence, Origin
from license_audit.model.report import Edge, Report
from license_audit.outputs import cyclonedx, spdx, spdx_tag
from license_audit.outputs import spdx3 as spdx3_output
from license_audit.outputs.bom import Bom
from license_audit.outputs.bom_gathering import gather
from license_audit.outputs.bom_subjects import Subject
from license_audit.readers.catalog import PackagedCatalog
from tests import bills
from tests.bills import ACME, COMMIT, ON, named
from tests.conftest import ROOT

LLAMA = "LicenseRef-scancode-llama-2-license-2023"
WRITERS: dict[str, Callable[[Bom], str]] = {
    "x.spdx.json": spdx.write_bom,
    "x.spdx": spdx_tag.write_bom,
    "x.json": spdx3_output.write_bom,
}


@pytest.fixture(scope="module")
def bom(tmp_path_factory: pytest.TempPathFactory, catalog: PackagedCatalog) -> Bom:
    """The bill of one model of every kind."""
    return bills.bill(tmp_path_factory.mktemp("site"), catalog)


@pytest.fixture(scope="module")
def report(catalog: PackagedCatalog) -> Report:
    """The report of the example."""
    return run(ACME / "models.yaml", ACME / "profile.yaml", catalog, ON)


def written(folder: Path, name: str, bom: Bom) -> Path:
    """A bill in a file."""
    path = folder / name
    path.write_text(WRITERS[name](bom), encoding="utf-8")
    return path


def parsed(path: Path) -> Document:
    """The document of a file, which has nothing that the makers' own rules object to."""
    found = parse_file(str(path))
    assert validate_full_spdx_document(found) == []
    return found


@pytest.mark.parametrize("name", ["x.spdx.json", "x.spdx"])
def test_a_bill_of_every_kind_is_valid(name: str, bom: Bom, tmp_path: Path) -> None:
    found = parsed(written(tmp_path, name, bom))
    assert len(found.packages) == len(bom.components) + 1
    assert {package.name for package in found.packages} == {"models.yaml", *(one.name for one in bom.components)}
    assert len(found.annotations) == sum(len(one.judgements) for one in bom.components)
    assert {one.license_id for one in found.extracted_licensing_info} == {one.id for one in bom.terms}


def test_both_ways_of_writing_say_the_same(bom: Bom, tmp_path: Path) -> None:
    as_json, as_tags = (parsed(written(tmp_path, name, bom)) for name in ("x.spdx.json", "x.spdx"))

    def sorted_parts(found: Document) -> list[list[str]]:
        parts = (found.packages, found.relationships, found.annotations, found.extracted_licensing_info)
        return [sorted(map(repr, part)) for part in parts]

    assert as_json.creation_info == as_tags.creation_info
    assert sorted_parts(as_json) == sorted_parts(as_tags)


@pytest.mark.parametrize(("module", "name"), [(spdx, "x.spdx.json"), (spdx_tag, "x.spdx")])
def test_the_example_is_valid(module: Any, name: str, report: Report, catalog: PackagedCatalog, tmp_path: Path) -> None:
    (tmp_path / name).write_text(module.render(report, catalog, color=False), encoding="utf-8")
    found = parsed(tmp_path / name)
    info = found.creation_info
    assert str(info.created) == "2026-11-26 00:00:00"
    assert [str(one) for one in info.creators] == [
        f"Tool: license-audit-{report.tool_version}",
        "Organization: Acme GmbH",
    ]
    assert info.document_namespace.startswith("https://spdx.org/spdxdocs/license-audit-")


def test_a_package(bom: Bom) -> None:
    data = json.loads(spdx.write_bom(bom))
    packages = {package["name"]: package for package in data["packages"]}
    tuned = packages["acme/tuned"]
    assert tuned["versionInfo"] == COMMIT
    assert tuned["downloadLocation"] == f"git+https://huggingface.co/acme/tuned@{COMMIT}"
    assert tuned["supplier"] == "Organization: acme"
    assert tuned["licenseDeclared"] == "Apache-2.0"
    assert tuned["licenseConcluded"] == f"Apache-2.0 AND {LLAMA}"
    assert tuned["copyrightText"] == "NOASSERTION"
    assert tuned["externalRefs"] == [
        {
            "referenceCategory": "PACKAGE_MANAGER",
            "referenceLocator": f"pkg:huggingface/acme/tuned@{COMMIT}",
            "referenceType": "purl",
        }
    ]
    assert [one["annotator"] for one in tuned["annotations"]] == [f"Tool: license-audit-{bom.tool_version}"] * 3
    assert packages["acme/silent"]["licenseDeclared"] == "NONE"
    assert packages["nobody/pinned"]["downloadLocation"] == "https://huggingface.co/nobody/pinned"
    folder = packages["models/we ird_ü"]
    assert folder["downloadLocation"] == folder["supplier"] == "NOASSERTION"
    assert "externalRefs" not in folder
    # What stands in parentheses would be read back as an address.
    assert packages["models.yaml"]["supplier"] == "Organization: Acme [EU] GmbH"


def test_relationships(bom: Bom) -> None:
    data = json.loads(spdx.write_bom(bom))
    tuned, base = f"SPDXRef-{named(bom, 'acme/tuned').ref}", f"SPDXRef-{named(bom, 'hall/base').ref}"
    alpaca = f"SPDXRef-{named(bom, 'tatsu-lab/alpaca').ref}"
    found = {
        (one["spdxElementId"], one["relationshipType"], one["relatedSpdxElement"]): one.get("comment")
        for one in data["relationships"]
    }
    assert found["SPDXRef-DOCUMENT", "DESCRIBES", "SPDXRef-Manifest"] is None
    assert ("SPDXRef-Manifest", "DEPENDS_ON", tuned) in found
    assert found[tuned, "DESCENDANT_OF", base] == "fine-tune of hall/base (declared at acme/tuned/README.md:3)"
    assert found[tuned, "OTHER", alpaca] == "trained on tatsu-lab/alpaca (declared at acme/tuned/README.md:5)"


def test_tags_of_strangers_are_words(bom: Bom) -> None:
    lines = spdx_tag.write_bom(bom).splitlines()
    assert "PackageName: evil" not in lines
    assert not any("\x1b" in line for line in lines)


@pytest.mark.parametrize(("spec", "name"), [("spdx2", "x.spdx.json"), ("spdx3", "x.json")])
def test_minimum_elements(spec: str, name: str, bom: Bom, tmp_path: Path) -> None:
    """Nothing floats, and what is missing is what nobody knows: versions of names, suppliers of folders."""
    checked = SbomChecker(str(written(tmp_path, name, bom)), compliance="ntia", sbom_spec=spec)
    assert not checked.parsing_errors
    assert not checked.validation_messages
    assert checked.floating_component_ids == set()
    assert not checked.has_unknown_pointers
    assert checked.doc_author
    assert checked.doc_timestamp
    assert checked.doc_version
    assert checked.dependency_relationships
    assert not checked.components_without_names
    assert not checked.components_without_identifiers
    assert {name for name, _ in checked.components_without_versions} == {
        one.name for one in bom.components if not one.version
    }
    assert {name for name, _ in checked.components_without_suppliers} == {
        one.name for one in bom.components if not one.supplier
    }


@pytest.mark.parametrize(("spec", "name"), [("spdx2", "x.spdx.json"), ("spdx3", "x.json")])
def test_a_locked_model_has_all_minimum_elements(
    spec: str, name: str, tmp_path: Path, catalog: PackagedCatalog
) -> None:
    manifest = bills.site(tmp_path)
    manifest.write_text("schema: 1\nmodels: [{id: hall/loop, use: shop}]\n", encoding="utf-8")
    lock = json.loads((tmp_path / "models.lock").read_text(encoding="utf-8"))
    lock["models"]["hall/loop"]["parents"] = []
    (tmp_path / "models.lock").write_text(json.dumps(lock), encoding="utf-8")
    found = bills.taken(manifest, catalog)
    path = written(tmp_path, name, gather(found.report, catalog, found.subjects))
    assert SbomChecker(str(path), compliance="ntia", sbom_spec=spec).compliant


def elements(path: Path) -> tuple[Any, Any]:
    """The elements of an SPDX 3 file, in which no reference dangles."""
    model, found = load(path)
    assert found.link() == set()
    return model, found


def test_spdx3_is_read_back(bom: Bom, tmp_path: Path) -> None:
    model, found = elements(written(tmp_path, "x.json", bom))
    assert model is spdx3
    models = {one.name: one for one in found.foreach_type(spdx3.ai_AIPackage)}
    assert models.keys() == {one.name for one in bom.components if one.kind != "data"}
    assert {one.name for one in found.foreach_type(spdx3.dataset_DatasetPackage)} == {
        one.name for one in bom.components if one.kind == "data"
    }
    tuned = models["acme/tuned"]
    assert tuned.software_packageVersion == COMMIT
    assert tuned.software_packageUrl == f"pkg:huggingface/acme/tuned@{COMMIT}"
    assert tuned.software_downloadLocation == f"https://huggingface.co/acme/tuned/tree/{COMMIT}"
    assert tuned.suppliedBy.name == "acme"
    assert tuned.creationInfo.createdBy[0].name == "Acme (EU) GmbH"
    assert tuned.creationInfo.created.isoformat() == "2026-11-26T00:00:00+00:00"
    assert models["models/we ird_ü"].software_downloadLocation is None


def test_spdx3_licenses_lineage_and_verdicts(bom: Bom, tmp_path: Path) -> None:
    _, found = elements(written(tmp_path, "x.json", bom))
    relations = list(found.foreach_type(spdx3.Relationship))
    kinds = spdx3.RelationshipType

    def of(name: str, kind: str) -> list[Any]:
        return [one for one in relations if one.from_.name == name and one.relationshipType == kind]

    (declared,) = of("acme/tuned", kinds.hasDeclaredLicense)
    assert declared.to[0].simplelicensing_licenseExpression == "Apache-2.0"
    (concluded,) = of("acme/tuned", kinds.hasConcludedLicense)
    assert concluded.to[0].simplelicensing_licenseExpression == f"Apache-2.0 AND {LLAMA}"
    (entry,) = concluded.to[0].simplelicensing_customIdToUri
    assert entry.key == LLAMA
    (text,) = [
        one for one in found.foreach_type(spdx3.simplelicensing_SimpleLicensingText) if one.spdxId == entry.value
    ]
    assert text.name == "Llama 2 Community License Agreement"
    individual = spdx3.expandedlicensing_IndividualLicensingInfo
    assert [str(one.to[0]) for one in of("acme/silent", kinds.hasDeclaredLicense)] == [individual.NoneLicense]
    assert [str(one.to[0]) for one in of("acme/silent", kinds.hasConcludedLicense)] == [individual.NoAssertionLicense]
    for package in found.foreach_type(spdx3.software_Package):
        assert len(of(package.name, kinds.hasDeclaredLicense)) == len(of(package.name, kinds.hasConcludedLicense)) == 1
    assert [one.to[0].name for one in of("acme/tuned", kinds.descendantOf)] == ["hall/base"]
    assert "tatsu-lab/alpaca" in [one.to[0].name for one in of("acme/tuned", kinds.trainedOn)]
    notes = [one for one in found.foreach_type(spdx3.Annotation) if one.subject.name == "acme/tuned"]
    assert sorted(note.statement.partition(":")[0] for note in notes) == [
        "For the use lab",
        "For the use lab",
        "For the use shop",
    ]


def test_spdx3_without_an_organization_answers_for_itself(
    bom: Bom, report: Report, catalog: PackagedCatalog, tmp_path: Path
) -> None:
    _, found = elements(written(tmp_path, "x.json", bom.model_copy(update={"organization": None})))
    (info,) = {one.creationInfo for one in found.foreach_type(spdx3.ai_AIPackage)}
    assert info.createdBy[0].name == f"license-audit-{bom.tool_version}"
    data = json.loads(spdx.write_bom(bom.model_copy(update={"organization": None})))
    assert data["creationInfo"]["creators"] == [f"Tool: license-audit-{bom.tool_version}"]
    assert json.loads(spdx3_output.render(report, catalog, color=False))["@graph"]


def test_every_newer_license_is_accepted(bom: Bom, catalog: PackagedCatalog, tmp_path: Path) -> None:
    """Each license that the catalog knows can be written, and the makers' rules have nothing against it."""
    subjects = [
        bills.subject(f"a/m{number}", known.key)
        for number, known in enumerate(catalog.known())
        if known.kind == "license"
    ]
    report = bills.empty(bom)
    parsed(written(tmp_path, "x.spdx.json", gather(report, catalog, subjects)))


@pytest.mark.parametrize("format_", ["spdx", "spdx_tag", "spdx3", "cyclonedx"])
def test_two_runs_give_the_same_bytes(format_: str, tmp_path: Path) -> None:
    manifest = bills.site(tmp_path)
    code = (
        "import sys; from pathlib import Path; from importlib import import_module; from tests import bills\n"
        "from license_audit.outputs.bom_gathering import gather\n"
        "from license_audit.readers.catalog import PackagedCatalog\n"
        "catalog = PackagedCatalog(); found = bills.taken(Path(sys.argv[1]), catalog)\n"
        "bom = gather(found.report, catalog, found.subjects)\n"
        "print(import_module('license_audit.outputs.' + sys.argv[2]).write_bom(bom), end='')\n"
    )
    first, second = (
        subprocess.run(
            [sys.executable, "-c", code, str(manifest), format_],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    )
    assert first
    assert first == second
    assert str(tmp_path).encode() not in first
    assert str(ROOT).encode() not in first


def test_nothing_slow_is_imported_before_it_is_written() -> None:
    code = (
        "import sys; import license_audit.outputs.spdx, license_audit.outputs.spdx_tag\n"
        "import license_audit.outputs.spdx3, license_audit.outputs.cyclonedx\n"
        "print([name for name in sys.modules if name.startswith(('spdx_', 'cyclonedx', 'jsonschema', 'license_expr'))])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)
    assert found.stdout.decode().strip() == "[]"


def test_another_day_is_another_document(bom: Bom) -> None:
    later = bom.model_copy(update={"on": date(2026, 11, 27)})
    assert len({json.loads(spdx.write_bom(one))["documentNamespace"] for one in (bom, later)}) == 2


WORDS = st.text(st.characters(codec=None, exclude_categories=()), max_size=30) | st.sampled_from(
    [
        "<text>",
        "</TEXT>\nX: y",
        "NOASSERTION",
        "NONE",
        "Organization: x (y@z)",
        "a AND b",
        "LicenseRef-x",
        "# no",
        "\ud800",
    ]
)


@settings(max_examples=25)
@given(st.lists(WORDS, min_size=6, max_size=6), st.booleans())
def test_whatever_strangers_write(words: list[str], as_tags: bool) -> None:
    """Names, licenses, links and reasons of any letters make a valid document, and come back as they were written."""
    path, name, license_, link, account, where = words
    source = DataSource(name=name, basis="declared", declared=(license_, name), where=where)
    evidence = Evidence(
        model=path or "x",
        origin=Origin(source="folder", commit=where),
        declared=(license_,),
        license_link=link,
        unavailable=where,
        data=(source,),
    )
    hosted = Evidence(model=f"{account}:{name}", provider=account or "x", renamed=link, unavailable=name)
    edge = Edge.model_validate(
        {
            "child": evidence.model,
            "parent": name,
            "relation": "copy",
            "basis": "stated",
            "contested": True,
            "where": where,
            "concluded": (),
        }
    )
    catalog = PackagedCatalog(ROOT)
    subjects = [
        Subject(evidence=evidence, lineage=(edge,)),
        Subject(evidence=hosted),
        Subject(evidence=Evidence(model=name), is_listed=False),
    ]
    report = Report(
        tool_version="0", on=ON, manifest=name, profile=where, organization=account, fail_on="disallowed", uses=()
    )
    found = gather(report, catalog, subjects)
    with TemporaryDirectory() as folder:
        read = parsed(written(Path(folder), "x.spdx" if as_tags else "x.spdx.json", found))
        assert [one.name.strip("“”") for one in read.packages[1:]] == [one.name.strip("“”") for one in found.components]
        elements(written(Path(folder), "x.json", found))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(cyclonedx.write_bom(found)) is None
