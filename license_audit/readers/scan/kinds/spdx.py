"""Documents of SPDX 2 and 3 in JSON."""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.source import Source
from license_audit.readers.scan.structured_bom import in_bill
from license_audit.readers.scan.structured_json import json_document

NAMES = ("*.json", "*.jsonld", "*.spdx3")
SIGNS = (b'"creationInfo"', b"spdx")
HINTS = (b"AIPackage", b"model", b"MODEL", b"huggingface")


def read(source: Source) -> Iterator[Hit]:
    """Packages and files whose purpose is that of a model, and package URLs of the Hub."""
    root = json_document(source.text)
    if root is not None:
        yield from in_bill(root)
