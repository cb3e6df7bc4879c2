"""What a hub says of a repository, read from its JSON. Shapes that nobody has seen yet are passed over, not tripped on.

The library's own class for this is not used: it fails on cards with a key such as `self`, on a file list of another
shape and on dates that are none, and none of these is a reason not to read a license.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from license_audit.model.repository import Repository
from license_audit.model.words import Gate

_COMMIT = re.compile(r"[0-9a-f]{40}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TRAINED = (".safetensors", ".bin", ".pt", ".pth", ".ckpt", ".h5", ".hdf5", ".keras", ".msgpack", ".pkl", ".pickle")
_CONVERTED = (".gguf", ".ggml", ".onnx", ".onnx_data", ".tflite", ".pb", ".ot", ".mlmodel", ".llamafile", ".engine")
_ARRAYS = (".npy", ".npz", ".joblib", ".nemo", ".data-00000-of-00001")
_WEIGHTS = (*_TRAINED, *_CONVERTED, *_ARRAYS)
_LARGE = (*_WEIGHTS, ".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z", ".parquet", ".arrow")
_LEAST = 500_000
"""Bytes of a file that counts as weights. What training leaves behind beside them is smaller, and often the same."""


def is_large(name: str) -> bool:
    """Whether a file holds weights, packed files or tables of data, by its name. None of these is ever downloaded."""
    return name.casefold().endswith(_LARGE)


def repository(asked: str, revision: str | None, body: bytes) -> Repository | str:
    """The repository that a description is about; or why it describes none."""
    try:
        data = _json(body)
    except (ValueError, RecursionError):
        return "the Hub's answer is not JSON"
    if not isinstance(data, dict) or not isinstance(data.get("id"), str):
        return "the Hub's answer names no repository"
    commit = data.get("sha")
    if not isinstance(commit, str) or not _COMMIT.fullmatch(commit):
        return "the Hub's answer names no commit"
    if revision is not None and _COMMIT.fullmatch(revision) and revision != commit:
        return "the Hub answers for another commit"
    raw = data.get("cardData")
    card = raw if isinstance(raw, dict) else {}
    siblings = data.get("siblings")
    tags = tuple(_texts(data.get("tags")))
    return Repository(
        id=data["id"],
        asked=asked,
        commit=commit,
        gate=_gate(data),
        files=tuple(sorted({name for name, _ in _named(siblings)})) if isinstance(siblings, list) else None,
        licenses=tuple(_texts(card.get("license"))) if isinstance(raw, dict) else None,
        license_name=_text(card.get("license_name")),
        license_link=_text(card.get("license_link")),
        base=tuple(_base(data.get("baseModels"), tags).items()),
        datasets=tuple(dict.fromkeys([*_texts(card.get("datasets")), *_tagged(tags, "dataset:"), *_sources(card)])),
        tags=tags,
        is_disabled=data.get("disabled") is True,
        weights=tuple(sorted(set(weight_digests(siblings)))),
    )


def _json(body: bytes) -> Any:
    data = json.loads(body)
    if rb"\ud" in body.lower():  # half of a character, which no file can hold
        data = json.loads(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace"))
    return data


def _gate(data: dict[str, Any]) -> Gate | None:
    """The gate; one of a kind nobody knows is taken for the stricter one."""
    match data.get("gated"):
        case None:
            return None
        case False:
            return "none"
        case "auto":
            return "auto"
        case _:
            return "manual"


def _named(siblings: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each listed file with its name."""
    for sibling in siblings if isinstance(siblings, list) else ():
        if isinstance(sibling, dict) and isinstance(name := sibling.get("rfilename"), str):
            yield name, sibling


def weight_digests(siblings: object) -> Iterator[str]:
    """SHA-256 of each file of weights."""
    for name, sibling in _named(siblings):
        lfs = sibling.get("lfs")
        if isinstance(lfs, dict) and name.casefold().endswith(_WEIGHTS):
            digest, size = lfs.get("sha256"), lfs.get("size")
            is_small = isinstance(size, int) and size < _LEAST
            if isinstance(digest, str) and _SHA256.fullmatch(digest) and not is_small:
                yield digest


def _base(listed: object, tags: tuple[str, ...]) -> dict[str, str | None]:
    """Parents with the relation: as the hub lists them, completed by its tags, which may be all there is."""
    base: dict[str, str | None] = {}
    for name, relation in (*_parents(listed, None), *_tagged_parents(tags)):
        base[name] = base.get(name) or relation
    return base


def _parents(value: object, relation: str | None) -> Iterator[tuple[str, str | None]]:
    """Ids in any nesting of lists, of mappings with an id, and of mappings with models and a relation."""
    match value:
        case str():
            yield value, relation
        case list():
            for item in value:
                yield from _parents(item, relation)
        case dict():
            word = value.get("relation")
            inner = word if isinstance(word, str) else relation
            yield from _parents(value.get("models"), inner)
            if isinstance(value.get("id"), str):
                yield value["id"], inner
        case _:
            return


def _tagged_parents(tags: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    for tag in _tagged(tags, "base_model:"):
        relation, colon, name = tag.rpartition(":")
        yield name, relation if colon else None


def _sources(card: dict[str, Any]) -> Iterator[str]:
    """What the card of a data set names as its origin: ids, or `extended|` before one; `original` names nothing."""
    for text in _texts(card.get("source_datasets")):
        name = text.rpartition("|")[2]
        if "/" in name or "|" in text:
            yield name


def _tagged(tags: tuple[str, ...], start: str) -> Iterator[str]:
    return (tag.removeprefix(start) for tag in tags if tag.startswith(start) and tag != start)


def _text(value: object) -> str | None:
    """A value as text; what YAML took for something else, such as `no` or `1.0`, as JSON writes it."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _texts(value: object) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        text = _text(item)
        if text is not None:
            yield text
