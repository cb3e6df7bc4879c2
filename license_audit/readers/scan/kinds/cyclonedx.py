"""Bills of materials of CycloneDX in JSON."""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.source import Source
from license_audit.readers.scan.structured_bom import in_bill
from license_audit.readers.scan.structured_json import json_document

NAMES = ("*.json", "*.cdx")
SIGNS = (b'"bomFormat"', b'"CycloneDX"')
HINTS = (b"machine-learning-model", b"huggingface")


def read(source: Source) -> Iterator[Hit]:
    """Models among the components; data, frameworks and services are none."""
    root = json_document(source.text)
    if root is not None:
        yield from in_bill(root)
