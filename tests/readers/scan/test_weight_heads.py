"""What headers of weights name as their base."""

import json
import struct

import pytest

from license_audit.readers.scan.kinds import gguf, safetensors
from license_audit.readers.scan.source import Source, UnreadableError


def header(*pairs: tuple[str, str]) -> bytes:
    """The start of a GGUF file with these keys and texts."""
    body = b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs))
    for key, text in pairs:
        body += struct.pack("<Q", len(key)) + key.encode() + struct.pack("<IQ", 8, len(text)) + text.encode()
    return body


def in_gguf(*pairs: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Id, role and certainty of each hit."""
    return [(hit.id, hit.role, hit.certainty) for hit in gguf.read(Source("x.gguf", header(*pairs)))]


def in_safetensors(metadata: object, cut: int | None = None) -> list[tuple[str, str]]:
    """Id and role of each hit."""
    text = json.dumps({"__metadata__": metadata, "w": {"dtype": "F32", "shape": [], "data_offsets": [0, 4]}}).encode()
    data = len(text).to_bytes(8, "little") + text
    return [(hit.id, hit.role) for hit in safetensors.read(Source("x.safetensors", data[:cut]))]


def test_gguf_names_its_base_models() -> None:
    assert in_gguf(
        ("general.name", "X"),
        ("general.base_model.count", "2"),
        ("general.base_model.0.repo_url", "https://huggingface.co/acme/llama-3-8b"),
        ("general.base_model.1.name", "Mistral 7B"),
        ("general.base_model.1.organization", "acme"),
    ) == [("acme/llama-3-8b", "base", "certain"), ("acme/Mistral-7B", "base", "certain")]


def test_gguf_names_its_source_once() -> None:
    base = ("general.base_model.0.url", "https://huggingface.co/acme/x")
    source = ("general.source.repo_url", "https://huggingface.co/acme/y")
    assert in_gguf(base, source) == [("acme/x", "base", "certain"), ("acme/y", "source", "likely")]
    assert in_gguf(base, (source[0], base[1])) == [("acme/x", "base", "certain")]
    assert in_gguf(("general.base_model.0.name", "X")) == []


def test_the_start_of_a_gguf_file_is_enough() -> None:
    data = header(("general.base_model.0.url", "https://huggingface.co/acme/x"), ("a", "b" * 100))
    assert [hit.id for hit in gguf.read(Source("x.gguf", data[:-90]))] == ["acme/x"]


def test_safetensors_name_their_bases() -> None:
    assert in_safetensors({"format": "pt", "base_model": "acme/x"}) == [("acme/x", "base")]
    assert in_safetensors({"_name_or_path": "acme/x", "base_model": "acme/x"}) == [("acme/x", "base")]
    assert in_safetensors({"modelspec.merged_from": '["acme/x", "acme/y"]'}) == [
        ("acme/x", "merge parent"),
        ("acme/y", "merge parent"),
    ]
    assert in_safetensors({"base_model": "base.safetensors", "n": 1}) == []
    assert in_safetensors("text") == []


def test_safetensors_without_metadata_name_nothing() -> None:
    text = b'{"w": {}}'
    assert list(safetensors.read(Source("x.safetensors", len(text).to_bytes(8, "little") + text))) == []


@pytest.mark.parametrize("read", [gguf.read, safetensors.read])
def test_a_pointer_is_no_file(read: object) -> None:
    assert callable(read)
    assert not list(read(Source("x", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n")))


def test_other_files_are_told() -> None:
    with pytest.raises(UnreadableError, match="not a GGUF file"):
        list(gguf.read(Source("x.gguf", b"hello")))
    for data in (b"", b"1234567", b"\0" * 8, b"\xff" * 16):
        with pytest.raises(UnreadableError, match="not a safetensors file"):
            list(safetensors.read(Source("x.safetensors", data)))
    with pytest.raises(UnreadableError, match="metadata"):
        in_safetensors({"base_model": "acme/x" * 10}, cut=60)
