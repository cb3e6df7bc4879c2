"""Lists of Python packages: addresses of packages that lie in a repository of a hub."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_values import address
from license_audit.readers.scan.source import Source

NAMES = ("requirements*.txt", "*requirements.txt", "constraints*.txt")
HINTS = (b"huggingface.co", b"hf.co")
_ADDRESS = re.compile(r"https://[^\s#]{1,500}")


def read(source: Source) -> Iterator[Hit]:
    """Models whose packages are installed from a hub. Other packages are no models."""
    for number, line in enumerate(source.text.split("\n"), start=1):
        found = None if line.lstrip().startswith("#") else _ADDRESS.search(line)
        known = address(found[0]) if found else None
        if found and known:
            yield Hit(number, found.start() + 1, known.id, known.kind, "download", "certain", known.revision)
