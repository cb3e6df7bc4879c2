"""GGUF files: the models that their header says they were made from."""

import io
import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_values import value
from license_audit.readers.scan.source import Source, UnreadableError

NAMES = ("*.gguf",)
HEAD = 1_000_000
_BASE = re.compile(r"general\.base_model\.(\d+)\.(name|organization|url|repo_url)")
_SOURCES = ("general.source.huggingface.repository", "general.source.repo_url", "general.source.url")
_POINTER = b"version https://git-lfs"
_SIZE = 1 << 50
"""Only the start is at hand, so nothing is taken to lie beyond the end of the file."""


def read(source: Source) -> Iterator[Hit]:
    """Each base model of the header, and the repository that the file was converted from. All stand in line 1."""
    from license_audit.readers.weights_gguf import MAGIC, read_gguf  # noqa: PLC0415  # few trees hold weights

    if source.data.startswith(_POINTER):
        return
    if not source.data.startswith(MAGIC):
        raise UnreadableError("is not a GGUF file", 1)
    pairs, _ = read_gguf(io.BytesIO(source.data), _SIZE)
    seen: set[str] = set()
    for role, candidates in _named(dict(reversed(pairs))):
        found = next((known for text in candidates if (known := value(text)) and known.kind == "hub"), None)
        if found is not None and found.id not in seen:
            seen.add(found.id)
            yield Hit(1, 1, found.id, "hub", role, "certain" if role == "base" else "likely", found.revision)


def _named(pairs: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Roles with the texts that may name a model, the best first."""
    numbered: dict[int, dict[str, str]] = {}
    for key, text in pairs.items():
        found = _BASE.fullmatch(key)
        if found:
            numbered.setdefault(int(found[1]), {})[found[2]] = text.strip()
    for _, entry in sorted(numbered.items()):
        joined = f"{entry.get('organization', '')}/{entry.get('name', '').replace(' ', '-')}"
        yield "base", (entry.get("repo_url", ""), entry.get("url", ""), joined)
    yield "source", tuple(pairs.get(key, "") for key in _SOURCES)
