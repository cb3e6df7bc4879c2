"""JSON of every dialect, also with comments: configurations, manifests, and what lies beside weights on the Hub."""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.source import Source
from license_audit.readers.scan.structured_files import HINTS, in_json

__all__ = ["HINTS"]
NAMES = (
    "*.json",
    "*.jsonc",
    "*.json5",
    "*.json.example",
    "*.json.sample",
    "*.json.template",
    "*.json.tmpl",
    "*.json.j2",
    "*.json.dist",
)


def read(source: Source) -> Iterator[Hit]:
    """Models that a JSON file names."""
    yield from in_json(source)
