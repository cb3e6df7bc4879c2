"""Models in bills of materials."""

import pytest

from license_audit.readers.scan.kinds import cyclonedx, spdx
from license_audit.readers.scan.source import Source
from tests.readers.scan.places import Place
from tests.readers.scan.places import places as found

CYCLONEDX: dict[str, tuple[str, set[Place]]] = {
    "package URLs": (
        """\
{"bomFormat": "CycloneDX",
 "metadata": {"tools": {"components": [{"type": "application", "name": "generator"}]},
  "component": {"type": "application", "purl": "pkg:generic/acme%2Fapp@1.0"}},
 "components": [
  {"type": "machine-learning-model",
   "bom-ref": "pkg:huggingface/acme/llama-3-8b@1.0",
   "group": "acme", "name": "llama-3-8b",
   "licenses": [{"license": {"url": "https://huggingface.co/acme/llama-3-8b/blob/main/LICENSE"}}],
   "supplier": {"url": ["https://huggingface.co/acme"]},
   "externalReferences": [
    {"type": "website", "url": "https://huggingface.co/acme/llama-3-8b"},
    {"type": "license", "url": "https://huggingface.co/acme/licenses"},
    {"type": "website", "url": "https://example.com/acme/llama"},
    {"type": "website"}, "text"],
   "purl": "pkg:huggingface/acme/llama-3-8b@abc"}],
 "externalReferences": [{"type": "distribution", "url": "https://huggingface.co/acme/whole"}]}
""",
        {(6, "acme/llama-3-8b", "hub"), (11, "acme/llama-3-8b", "hub"), (15, "acme/llama-3-8b", "hub")},
    ),
    "group and name": (
        """\
{"bomFormat": "CycloneDX", "components": [
  {"type": "machine-learning-model", "bom-ref": "huggingface.co-acme-llama", "group": "acme",
   "name": "llama-3-8b"},
  {"type": "machine-learning-model", "name": "acme/zephyr-7b"},
  {"type": "machine-learning-model", "name": "gpt-4o"},
  {"type": "machine-learning-model", "name": "model.onnx"},
  {"type": "machine-learning-model", "name": "two words"},
  {"type": "machine-learning-model"},
  {"type": "data", "name": "acme/data", "group": "acme"},
  {"type": "library", "name": "torch", "components": [{"type": "machine-learning-model", "name": "acme/inner-7b"}]},
  {"type": "library", "purl": "pkg:huggingface/acme/as-library"}
]}
""",
        {
            (3, "acme/llama-3-8b", "hub"),
            (4, "acme/zephyr-7b", "hub"),
            (5, "gpt-4o", "name"),
            (6, "model.onnx", "path"),
            (10, "acme/inner-7b", "hub"),
            (11, "acme/as-library", "hub"),
        },
    ),
    "nothing": ('"bomFormat" "CycloneDX" {}', set()),
}


@pytest.mark.parametrize("name", CYCLONEDX)
def test_components_of_cyclonedx(name: str) -> None:
    text, expected = CYCLONEDX[name]
    assert found(text, "bom.json", "cyclonedx") == expected


SPDX: dict[str, tuple[str, set[Place]]] = {
    "version 3": (
        """\
{"@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld", "@graph": [
  {"type": "CreationInfo", "creationInfo": "_:c"},
  {"type": "software_File", "name": "model.bin", "software_primaryPurpose": "model"},
  {"type": "software_File", "name": "data.csv", "software_primaryPurpose": "data"},
  {"type": "ai_AIPackage", "name": "acme/llama-3-8b", "ai_hyperparameter": [{"key": "model", "value": "acme/no"}]},
  {"type": "ai_AIPackage", "name": "llama", "software_packageUrl": "pkg:huggingface/acme/zephyr-7b@abc"},
  {"type": "ai_AIPackage", "name": "own-model"},
  {"type": "ai_AIPackage", "name": "a model of ours"},
  {"type": "ai_AIPackage"},
  {"type": "ai_AIPackage", "name": "tiny", "software_downloadLocation": "git+https://huggingface.co/acme/tiny-1b"},
  {"type": "dataset_DatasetPackage", "name": "acme/data"},
  {"type": "software_Package", "name": "x",
   "externalIdentifier": [{"identifier": "pkg:huggingface/acme/outer-7b"}, {"identifier": "cpe:x"}, "text"]}
]}
""",
        {
            (3, "model.bin", "path"),
            (5, "acme/llama-3-8b", "hub"),
            (6, "acme/zephyr-7b", "hub"),
            (7, "own-model", "name"),
            (10, "acme/tiny-1b", "hub"),
            (13, "acme/outer-7b", "hub"),
        },
    ),
    "version 2": (
        """\
{"spdxVersion": "SPDX-2.3", "creationInfo": {"creators": ["Tool: spdx"]},
 "packages": [
  {"name": "requests", "downloadLocation": "https://example.com"},
  {"name": "acme/llama-3-8b", "primaryPackagePurpose": "MODEL"},
  {"name": "zephyr", "externalRefs": [{"referenceType": "purl",
   "referenceLocator": "pkg:huggingface/acme/zephyr-7b@abc"}]}],
 "files": [{"fileName": "./weights/model.safetensors", "primaryPurpose": "model"}]}
""",
        {(4, "acme/llama-3-8b", "hub"), (6, "acme/zephyr-7b", "hub"), (7, "./weights/model.safetensors", "path")},
    ),
    "nothing": ('"creationInfo" spdx', set()),
}


@pytest.mark.parametrize("name", SPDX)
def test_packages_and_files_of_spdx(name: str) -> None:
    text, expected = SPDX[name]
    assert found(text, "sbom.spdx.json", "spdx") == expected


def test_deep_nesting_ends_somewhere() -> None:
    text = '{"bomFormat": "CycloneDX", "x": 1, "components": [' + '{"components": [' * 5000
    assert found(text, "bom.json", "cyclonedx") == set()


COMPONENT = '{"type": "machine-learning-model", "purl": "pkg:huggingface/acme/chat@1"}'
PACKAGE = (
    '{"primaryPackagePurpose": "MODEL", "name": "acme/chat", "downloadLocation": "https://huggingface.co/acme/chat"}'
)


@pytest.mark.parametrize(
    ("maker", "count"),
    [
        ('{"components": [{"name": "license-audit", "version": "1"}]}', 0),
        ('[{"name": "license-audit-0.1.0"}]', 0),
        ('{"components": [{"name": "license-auditor"}]}', 1),
        ('{"components": [{"name": "license-audit-plus"}]}', 1),
        ('{"components": [{"name": "license-audit"}, {"name": "another"}]}', 1),
        ('{"components": ["license-audit"]}', 1),
        ("null", 1),
    ],
)
def test_a_bill_of_ours_repeats_the_manifest_and_another_one_names_models(maker: str, count: int) -> None:
    text = f'{{"bomFormat": "CycloneDX", "metadata": {{"tools": {maker}}}, "components": [{COMPONENT}]}}'
    assert len(list(cyclonedx.read(Source("bom.json", text.encode())))) == count


def test_a_component_that_is_called_like_us_is_no_maker() -> None:
    text = f'{{"bomFormat": "CycloneDX", "components": [{{"type": "library", "name": "license-audit"}}, {COMPONENT}]}}'
    assert len(list(cyclonedx.read(Source("bom.json", text.encode())))) == 1


@pytest.mark.parametrize(
    ("head", "is_ours"),
    [
        ('"creationInfo": {"creators": ["Organization: Acme", "Tool: license-audit-0.1.0"]}', True),
        ('"creationInfo": {"creators": [{}, "Tool: other-1"]}', False),
        ('"creationInfo": {}', False),
    ],
)
def test_documents_of_spdx_2_say_who_made_them(head: str, *, is_ours: bool) -> None:
    text = f'{{"spdxVersion": "SPDX-2.3", {head}, "packages": [{PACKAGE}]}}'
    assert bool(list(spdx.read(Source("bom.json", text.encode())))) is not is_ours


@pytest.mark.parametrize(("kind", "is_ours"), [("Tool", True), ("Person", False)])
def test_documents_of_spdx_3_say_who_made_them(kind: str, *, is_ours: bool) -> None:
    package = '{"type": "ai_AIPackage", "software_packageUrl": "pkg:huggingface/acme/chat"}'
    text = f'{{"@graph": [{{"type": "{kind}", "name": "license-audit-0.1.0"}}, {package}], "creationInfo": "spdx"}}'
    assert bool(list(spdx.read(Source("bom.json", text.encode())))) is not is_ours
