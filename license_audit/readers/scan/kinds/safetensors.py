"""Safetensors files: the models that the metadata of their header name."""

import json
import re
from collections.abc import Iterator
from typing import Any

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_values import value
from license_audit.readers.scan.source import Source, UnreadableError

NAMES = ("*.safetensors",)
HEAD = 1_000_000
_LENGTH = 8
"""Bytes that hold the length of the header."""
_MAX_HEADER = 100_000_000
_METADATA = re.compile(r'\s*\{\s*"__metadata__"\s*:\s*')
_ROLES = {
    "base_model": "base",
    "base_model_name_or_path": "base",
    "_name_or_path": "base",
    "name_or_path": "base",
    "modelspec.merged_from": "merge parent",
    "ss_sd_model_name": "base",
    "ss_base_model_version": "base",
    "source_model": "base",
    "parent_model": "base",
}
_POINTER = b"version https://git-lfs"
_PIECE = re.compile(r"[^\s,\[\]\"']+")


def read(source: Source) -> Iterator[Hit]:
    """Each model that the metadata name as a base. All stand in line 1."""
    data = source.data
    if data.startswith(_POINTER):
        return
    length = int.from_bytes(data[:_LENGTH], "little")
    if len(data) < _LENGTH or not 0 < length <= _MAX_HEADER:
        raise UnreadableError("is not a safetensors file", 1)
    seen: set[str] = set()
    for key, text in _metadata(data[_LENGTH : _LENGTH + length].decode("utf-8", errors="replace")):
        for piece in _PIECE.finditer(text) if key in _ROLES else ():
            found = value(piece[0])
            if found is not None and found.kind == "hub" and found.id not in seen:
                seen.add(found.id)
                yield Hit(1, 1, found.id, "hub", _ROLES[key], "certain", found.revision)


def _metadata(header: str) -> Iterator[tuple[str, str]]:
    """Keys in small letters and texts of the metadata, which stand at the start of the header where there are any."""
    start = _METADATA.match(header)
    if start is None:
        return
    try:
        found: Any = json.JSONDecoder().raw_decode(header, start.end())[0]
    except (ValueError, RecursionError) as error:
        raise UnreadableError("its metadata are not JSON that can be read", 1) from error
    if isinstance(found, dict):
        yield from ((key.lower(), text) for key, text in found.items() if isinstance(text, str))
