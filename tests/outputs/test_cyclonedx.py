"""CycloneDX 1.6, judged by the validator of those who make the format."""

import json
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.model.bom import Bom as ReadBom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from license_audit.audit import run
from license_audit.outputs import cyclonedx
from license_audit.outputs.bom import Bom
from license_audit.outputs.bom_gathering import gather
from license_audit.readers.catalog import PackagedCatalog
from tests import bills
from tests.bills import ACME, COMMIT, ON, TEXT, named

LLAMA = "LicenseRef-scancode-llama-2-license-2023"
VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)


@pytest.fixture(scope="module")
def bom(tmp_path_factory: pytest.TempPathFactory, catalog: PackagedCatalog) -> Bom:
    """The bill of one model of every kind."""
    return bills.bill(tmp_path_factory.mktemp("site"), catalog)


@pytest.fixture(scope="module")
def document(bom: Bom) -> dict[str, Any]:
    """It as CycloneDX, valid by the schema."""
    text = cyclonedx.write_bom(bom)
    assert VALIDATOR.validate_str(text) is None
    found: dict[str, Any] = json.loads(text)
    return found


def part(document: dict[str, Any], name: str) -> dict[str, Any]:
    """The one component or service of a name."""
    (found,) = [one for one in (*document["components"], *document["services"]) if one["name"] == name]
    assert isinstance(found, dict)
    return found


def properties(found: dict[str, Any]) -> dict[str, str]:
    """Properties by name, without the tool's own prefix."""
    return {one["name"].removeprefix("license-audit:"): one["value"] for one in found["properties"]}


def test_the_example_is_valid(catalog: PackagedCatalog) -> None:
    report = run(ACME / "models.yaml", ACME / "profile.yaml", catalog, ON)
    text = cyclonedx.render(report, catalog, color=False)
    assert VALIDATOR.validate_str(text) is None
    data = json.loads(text)
    assert data["metadata"]["timestamp"] == "2026-11-26T00:00:00Z"
    assert data["metadata"]["component"]["supplier"] == {"name": "Acme GmbH"}
    assert "services" not in data


def test_the_makers_library_reads_it(document: dict[str, Any]) -> None:
    """It drops model cards, and finds everything else in its place."""
    read = ReadBom.from_json(document)  # type: ignore[attr-defined]  # added to the class by a decorator
    assert len(read.components) == len(document["components"])
    assert len(read.services) == 2
    assert read.serial_number.urn == document["serialNumber"]


def test_the_validator_would_object(document: dict[str, Any]) -> None:
    broken = {**document, "components": [{**document["components"][0], "verdict": "allowed"}]}
    assert VALIDATOR.validate_str(json.dumps(broken)) is not None


def test_a_model(document: dict[str, Any]) -> None:
    tuned = part(document, "acme/tuned")
    assert tuned["type"] == "machine-learning-model"
    assert tuned["version"] == COMMIT
    assert tuned["purl"] == f"pkg:huggingface/acme/tuned@{COMMIT}"
    assert tuned["externalReferences"] == [
        {"type": "distribution", "url": f"https://huggingface.co/acme/tuned/tree/{COMMIT}"},
        {"type": "model-card", "url": f"https://huggingface.co/acme/tuned/blob/{COMMIT}/README.md"},
    ]
    assert part(document, "nobody/pinned")["externalReferences"][1]["url"].endswith("/blob/main/README.md")
    assert "purl" not in part(document, "models/we ird_ü")


def test_licenses_are_told_one_by_one(document: dict[str, Any]) -> None:
    def told(name: str) -> list[tuple[str, str]]:
        found = [one["license"] for one in part(document, name).get("licenses", ())]
        return [(one["acknowledgement"], one.get("id") or one["name"]) for one in found]

    assert told("acme/tuned") == [("declared", "Apache-2.0"), ("concluded", "Apache-2.0"), ("concluded", LLAMA)]
    # The card lists two and does not say how they go together: that is what it declares, and no conclusion.
    assert told("acme/several") == [("declared", "MIT"), ("declared", "Apache-2.0")]
    assert told("acme/silent") == told("acme/other") == []
    assert told("models/we ird_ü")[0] == ("declared", "LicenseRef-OpenMDW-1.0")
    (llama,) = [one["license"] for one in part(document, "acme/tuned")["licenses"] if "name" in one["license"]]
    assert llama["text"]["content"].startswith("Llama 2 Community License Agreement, version 2")
    assert llama["url"] == "https://scancode-licensedb.aboutcode.org/llama-2-license-2023.html"
    assert "url" not in part(document, "acme/named")["licenses"][0]["license"]


def test_verdicts_and_facts_are_properties(document: dict[str, Any], bom: Bom) -> None:
    tuned = properties(part(document, "acme/tuned"))
    judged = named(bom, "acme/tuned").judgements
    assert tuned["verdict:shop"] == judged[0].verdict
    assert tuned["gate:lab"] == judged[1].gate
    assert tuned["told:shop"] == judged[0].told
    assert tuned["license-declared"] == "Apache-2.0"
    assert tuned["license-concluded"] == f"Apache-2.0 AND {LLAMA}"
    assert tuned["own-licenses"] == "Apache-2.0"
    assert tuned["lineage:fine-tune"] == "fine-tune of hall/base (declared at acme/tuned/README.md:3)"
    assert properties(part(document, "hall/base"))["text-sha256"] == TEXT
    assert properties(part(document, "acme/silent"))["license-declared"] == "NONE"
    assert properties(part(document, "hall/loop"))["listed"] == "no"


def test_model_cards(document: dict[str, Any], bom: Bom) -> None:
    card = part(document, "acme/tuned")["modelCard"]
    data = [link.ref for link in named(bom, "acme/tuned").links if link.relation == "data"]
    assert [one["ref"] for one in card["modelParameters"]["datasets"]] == data
    assert card["considerations"]["useCases"][0].startswith("shop: ")
    facts = properties(card)
    assert facts["hub-gate"] == "manual"
    assert facts["training-data-named"] == "yes"
    assert all("modelCard" not in one for one in document["components"] if one["type"] == "data")


def test_pedigree_and_dependencies(document: dict[str, Any], bom: Bom) -> None:
    pedigree = part(document, "acme/tuned")["pedigree"]
    base = named(bom, "hall/base")
    assert pedigree["ancestors"] == [
        {"type": "machine-learning-model", "name": "hall/base", "version": base.version, "purl": base.purl}
    ]
    assert pedigree["notes"] == "fine-tune of hall/base (declared at acme/tuned/README.md:3)"
    needs = {one["ref"]: one.get("dependsOn", []) for one in document["dependencies"]}
    assert needs["Manifest"] == [one.ref for one in bom.components if one.is_listed]
    assert base.ref in needs[named(bom, "acme/tuned").ref]
    assert needs.keys() == {"Manifest", *(one.ref for one in bom.components)}


def test_hosted_models_are_services(document: dict[str, Any]) -> None:
    assert [one["name"] for one in document["services"]] == ["openai:gpt-4", "unheard-of:x-1"]
    service = part(document, "openai:gpt-4")
    assert service["provider"] == {"name": "OpenAI"}
    assert properties(service)["verdict:shop"] == "undetermined"


def test_words_of_strangers(document: dict[str, Any]) -> None:
    assert "\\u001b" not in json.dumps(document)
    assert part(document, "set ‹/text› of\\x1b[31m PackageName: evil")["type"] == "data"


def test_every_license_of_the_catalog_is_accepted(bom: Bom, catalog: PackagedCatalog) -> None:
    keys = [known.key for known in catalog.known() if known.kind == "license"]
    subjects = [bills.subject(f"a/m{number}", key) for number, key in enumerate(keys)]
    text = cyclonedx.write_bom(gather(bills.empty(bom), catalog, subjects))
    assert VALIDATOR.validate_str(text) is None


def test_an_empty_manifest(bom: Bom, catalog: PackagedCatalog, tmp_path: Path) -> None:
    text = cyclonedx.write_bom(gather(bills.empty(bom), catalog, []))
    assert VALIDATOR.validate_str(text) is None
    (tmp_path / "x.json").write_text(text)
    assert json.loads(text)["dependencies"] == [{"ref": "Manifest"}]
