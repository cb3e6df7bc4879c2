"""Headers of local weight files: what they say of the license and of where the weights come from.

A header is written by whatever tool made the file, and nobody checks it. Only the header is read, and of a long one
only its start. Whatever in it is not as its format says becomes a remark.
"""

import codecs
import json
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from license_audit.model.manifest import check_model_id
from license_audit.readers.weights_gguf import MAGIC, read_gguf

MAX_READ = 8_000_000
"""Bytes of a safetensors header that are read at most. Its metadata stand at its start."""
_FILES = (".safetensors", ".gguf", ".bin", ".pt", ".pth", ".ckpt")
"""Endings that tell a file from an id."""
_MAX_HEADER = 100_000_000
"""The longest header that the safetensors format allows, in bytes."""
_LENGTH_BYTES = 8
_METADATA = "__metadata__"
_MAX_QUOTE = 100
_HUB = re.compile(r"https?://(?:www\.)?(?:huggingface\.co|hf\.co)/(?:datasets/|models/)?([\w.-]+/[\w.-]+)(?:[/?#].*)?")
_NUMBERED = re.compile(r"general\.(base_model|dataset)\.(\d+)\.(name|organization|url|repo_url)")
_SAFETENSORS_KEYS = {
    "license": "license",
    "modelspec.license": "license",
    "license_name": "license_name",
    "license_link": "license_link",
    "base_model": "base",
    "base_model_name_or_path": "base",
    "modelspec.merged_from": "base",
    "ss_sd_model_name": "base",
    "ss_base_model_version": "base",
    "datasets": "datasets",
    "modelspec.title": "name",
    "ss_output_name": "name",
}
_GGUF_KEYS = {
    "general.license": "license",
    "general.license.name": "license_name",
    "general.license.link": "license_link",
    "general.name": "name",
    "general.quantized_by": "quantized_by",
    "general.source.repo_url": "source",
    "general.source.url": "source",
    "general.source.huggingface.repository": "source",
    "general.datasets": "datasets",
}
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class WeightsHeader:
    """What the header of a weight file says. Nothing in it is checked by anybody."""

    file: str
    license: tuple[str, ...] = ()
    """License names, each once."""
    license_name: str | None = None
    license_link: str | None = None
    base: tuple[str, ...] = ()
    """Hub ids of the models that it was made from, each once."""
    named: tuple[str, ...] = ()
    """What it names as a parent where that is no Hub id."""
    source: tuple[str, ...] = ()
    """Hub ids of the repositories that this file was converted from."""
    datasets: tuple[str, ...] = ()
    """Hub ids of data sets; their names where no id is given."""
    name: str | None = None
    quantized_by: str | None = None
    remarks: tuple[str, ...] = ()
    """What is wrong with the header, each with the file."""


def read_header(path: Path, shown: str) -> WeightsHeader | None:
    """The header of a safetensors or GGUF file; None for a file of another kind. Never fails on any content."""
    kind = path.suffix.lower()
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb", buffering=0) as file:
            size = path.stat().st_size
            start = file.read(_LENGTH_BYTES)
            file.seek(0)
            if start.startswith(MAGIC):
                pairs, remarks = read_gguf(file, size)
                return _header(shown, _gguf_fields(pairs, remarks), remarks)
            if kind == ".gguf":
                return _header(shown, [], ["is not a GGUF file"])
            if kind == ".safetensors":
                pairs, remarks = _read_safetensors(file, size)
                return _header(shown, _safetensors_fields(pairs), remarks)
    except (OSError, ValueError) as error:
        if kind in (".gguf", ".safetensors"):
            return _header(shown, [], [f"cannot be read: {(getattr(error, 'strerror', None) or str(error)).lower()}"])
    return None


def _header(shown: str, fields: Pairs, remarks: list[str]) -> WeightsHeader:
    """The header with these fields; a value that cannot be shown on one line is a remark."""
    found: dict[str, dict[str, None]] = {}
    for field, text in fields:
        value = text.strip()
        if not value.isprintable():
            remarks.append(f"the {field} holds control characters and is not read: {value[:_MAX_QUOTE]!a}")
        elif value and value != "None":
            found.setdefault(field, {})[value] = None
    known = {field: tuple(values) for field, values in found.items()}
    return WeightsHeader(
        file=shown,
        license=known.get("license", ()),
        license_name=_first(known.get("license_name")),
        license_link=_first(known.get("license_link")),
        base=_ids(known.get("base", ())),
        named=tuple(value for value in known.get("base", ()) if _id(value) is None),
        source=_ids(known.get("source", ())),
        datasets=tuple(dict.fromkeys(_id(value) or value for value in known.get("datasets", ()))),
        name=_first(known.get("name")),
        quantized_by=_first(known.get("quantized_by")),
        remarks=tuple(dict.fromkeys(f"{shown}: {remark}" for remark in remarks)),
    )


def _first(values: tuple[str, ...] | None) -> str | None:
    return values[0] if values else None


def _ids(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found for value in values if (found := _id(value)) is not None))


def _id(text: str) -> str | None:
    """The Hub id that a text is or links to. A name without organization may be anything, and is none."""
    link = _HUB.fullmatch(text)
    plain = link.group(1) if link else text
    if "/" not in plain or plain.lower().endswith(_FILES):
        return None
    try:
        return check_model_id(plain)
    except ValueError:
        return None


def _gguf_fields(pairs: Pairs, remarks: list[str]) -> Pairs:
    """The fields that GGUF keys mean. Adds a remark for each key that stands there twice, or counts wrongly."""
    fields: Pairs = []
    numbered: dict[tuple[str, int], dict[str, str]] = {}
    once: dict[str, str] = {}
    for key, value in pairs:
        if key in once and key != "general.datasets":
            remarks.append(f"the key {key} stands there twice")
        once[key] = value
        match = _NUMBERED.fullmatch(key)
        if match:
            numbered.setdefault((match[1], int(match[2])), {}).setdefault(match[3], value)
        elif key == "general.license":
            fields += [("license", name) for name in value.split(",")]
        elif key in _GGUF_KEYS:
            fields.append((_GGUF_KEYS[key], value))
    for kind, field in (("base_model", "base"), ("dataset", "datasets")):
        described = [entry for (of, _), entry in sorted(numbered.items()) if of == kind]
        fields += [(field, _described(entry)) for entry in described]
        count = once.get(f"general.{kind}.count")
        if count is not None and count != str(len(described)):
            remarks.append(f"general.{kind}.count is {count[:_MAX_QUOTE]!a}, but {len(described)} are described")
    return fields


def _described(entry: dict[str, str]) -> str:
    """What an entry names: a Hub link, organization and name where they form an id, or whatever else is there."""
    links = [entry[field] for field in ("repo_url", "url") if field in entry]
    joined = f"{entry.get('organization', '')}/{entry.get('name', '')}"
    candidates = [*links, joined]
    return next((text for text in candidates if _id(text.strip())), entry.get("name") or "".join(links[:1]))


def _safetensors_fields(pairs: Pairs) -> Pairs:
    found = ((_SAFETENSORS_KEYS.get(key.lower()), key.lower(), value) for key, value in pairs)
    return [(field, item) for field, key, value in found if field is not None for item in _items(key, value)]


def _items(key: str, text: str) -> Iterator[str]:
    """A text by itself, or the items of the list that it writes out: the format knows no lists."""
    if key == "modelspec.merged_from":
        yield from text.split(",")
        return
    try:
        data = json.loads(text) if text.startswith("[") else text
    except (ValueError, RecursionError):
        data = text
    yield from (item for item in (data if isinstance(data, list) else [data]) if isinstance(item, str))


def _read_safetensors(file: BinaryIO, size: int) -> tuple[Pairs, list[str]]:
    """Metadata of a safetensors header; and what is wrong with it."""
    start = file.read(_LENGTH_BYTES)
    length = int.from_bytes(start, "little")
    if start == b"version ":
        return [], ["is a pointer to a file that was not downloaded"]
    if len(start) < _LENGTH_BYTES or length > size - _LENGTH_BYTES:
        return [], ["the header is longer than the file"]
    if length > _MAX_HEADER:
        return [], [f"the header is {length:,} bytes long; the format allows {_MAX_HEADER:,}"]
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(
            file.read(min(length, MAX_READ)), final=length <= MAX_READ
        )
        data = _metadata(text) if length > MAX_READ else json.loads(text, object_pairs_hook=tuple)
    except UnicodeDecodeError as error:
        return [], [f"at byte {_LENGTH_BYTES + error.start:,}: the header is not UTF-8"]
    except json.JSONDecodeError as error:
        return [], [f"at character {error.pos:,} of the header: it is not valid JSON"]
    except (ValueError, RecursionError):
        return [], ["the header is not JSON that can be read"]
    return _pairs(data)


def _metadata(text: str) -> Any:
    """The metadata at the start of a header of which only the start is read, as the whole header would be."""
    start = re.match(rf'\s*\{{\s*"{_METADATA}"\s*:\s*', text)
    if start is None:
        raise ValueError(f"the header is longer than is read and does not start with {_METADATA}")
    found, _ = json.JSONDecoder(object_pairs_hook=tuple).raw_decode(text, start.end())
    return ((_METADATA, found),)


def _pairs(data: Any) -> tuple[Pairs, list[str]]:
    """Keys and texts of the metadata. Objects are tuples here, so that keys that stand there twice are both seen."""
    if not isinstance(data, tuple):
        return [], ["the header is not a JSON object"]
    parts = [value for key, value in data if key == _METADATA]
    remarks = [f"{_METADATA} stands there twice"] if len(parts) > 1 else []
    pairs: Pairs = []
    seen: set[str] = set()
    for part in parts:
        if not isinstance(part, tuple):
            remarks.append(f"{_METADATA} is not an object")
            continue
        for key, value in part:
            if key in seen:
                remarks.append(f"the key {key[:_MAX_QUOTE]!a} stands there twice")
            seen.add(key)
            if isinstance(value, str):
                pairs.append((key, value))
            else:
                remarks.append(f"the value of {key[:_MAX_QUOTE]!a} is not text")
    return pairs, remarks
