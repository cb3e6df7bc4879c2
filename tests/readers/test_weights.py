"""Headers of weight files."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.readers import weights_gguf
from license_audit.readers.weights import MAX_READ, WeightsHeader, read_header

TEXT, LIST = 8, 9
Values = list[tuple[str | bytes, int, Any]]


class Gguf:
    """Writes GGUF files of our own."""

    def __init__(self, version: int = 3, order: str = "<") -> None:
        self.version, self.order = version, order

    def length(self, count: int) -> bytes:
        """A length or count."""
        return struct.pack(self.order + ("I" if self.version == 1 else "Q"), count)

    def number(self, value: int) -> bytes:
        """A number of four bytes."""
        return struct.pack(self.order + "I", value)

    def text(self, value: str | bytes) -> bytes:
        """A text with its length."""
        raw = value.encode() if isinstance(value, str) else value
        return self.length(len(raw)) + raw

    def value(self, kind: int, value: Any) -> bytes:
        """A value of a type; a list is a pair of the type of its items and the items."""
        if kind == TEXT:
            return self.text(value)
        if kind == LIST:
            inner, items = value
            return self.number(inner) + self.length(len(items)) + b"".join(self.value(inner, item) for item in items)
        letter = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}[kind]
        return struct.pack(self.order + letter, value)

    def file(self, values: Values, count: int | None = None) -> bytes:
        """The bytes of a file with these keys."""
        start = b"GGUF" + self.number(self.version) + self.length(1)
        start += self.length(len(values) if count is None else count)
        return start + b"".join(
            self.text(key) + self.number(kind) + self.value(kind, item) for key, kind, item in values
        )


def gguf(folder: Path, values: Values, **options: Any) -> WeightsHeader:
    """What a GGUF file with these keys says."""
    return header(folder, Gguf(**options).file(values))


def header(folder: Path, raw: bytes, name: str = "x.gguf") -> WeightsHeader:
    """What a file says."""
    (folder / name).write_bytes(raw)
    found = read_header(folder / name, f"m/{name}")
    assert found is not None
    return found


def safetensors(folder: Path, data: object) -> WeightsHeader:
    """What a safetensors file with this header says."""
    raw = data if isinstance(data, bytes) else json.dumps(data).encode()
    return header(folder, struct.pack("<Q", len(raw)) + raw + b"\0" * 8, "x.safetensors")


MODEL: Values = [
    ("general.architecture", TEXT, "llama"),
    ("general.name", TEXT, "My Model"),
    ("general.license", TEXT, "mit,apache-2.0"),
    ("general.license.name", TEXT, "llama3"),
    ("general.license.link", TEXT, "LICENSE"),
    ("general.quantized_by", TEXT, "Me"),
    ("general.source.repo_url", TEXT, "https://huggingface.co/me/source"),
    ("general.base_model.count", 4, 4),
    ("general.base_model.0.name", TEXT, "Llama 3.1 8B"),
    ("general.base_model.0.organization", TEXT, "Meta Llama"),
    ("general.base_model.0.repo_url", TEXT, "https://huggingface.co/meta-llama/Llama-3.1-8B"),
    ("general.base_model.1.name", TEXT, "phi-2"),
    ("general.base_model.1.organization", TEXT, "microsoft"),
    ("general.base_model.2.name", TEXT, "Some Thing"),
    ("general.base_model.3.repo_url", TEXT, "https://elsewhere.example/x"),
    ("general.dataset.count", 10, 2),
    ("general.dataset.0.name", TEXT, "Alpaca"),
    ("general.dataset.0.repo_url", TEXT, "https://huggingface.co/datasets/tatsu-lab/alpaca"),
    ("general.dataset.1.name", TEXT, "Own Data"),
    ("general.datasets", LIST, (TEXT, ["a/b", "a/b", "c"])),
    ("general.tags", LIST, (TEXT, ["x", "y"])),
    ("llama.flags", LIST, (7, [True, False])),
    ("llama.nested", LIST, (LIST, [(4, [1, 2]), (TEXT, ["z"]), (LIST, [])])),
    *[(f"llama.number{kind}", kind, 1) for kind in (0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12)],
    ("tokenizer.chat_template", TEXT, "x" * 100_000),
    ("tokenizer.scores", LIST, (6, [0.5] * 50_000)),
    ("general.last", TEXT, "y"),
]


@pytest.mark.parametrize(("version", "order"), [(1, "<"), (2, "<"), (3, "<"), (3, ">")])
def test_gguf(tmp_path: Path, version: int, order: str) -> None:
    assert gguf(tmp_path, MODEL, version=version, order=order) == WeightsHeader(
        file="m/x.gguf",
        license=("mit", "apache-2.0"),
        license_name="llama3",
        license_link="LICENSE",
        base=("meta-llama/Llama-3.1-8B", "microsoft/phi-2"),
        named=("Some Thing", "https://elsewhere.example/x"),
        source=("me/source",),
        datasets=("a/b", "c", "tatsu-lab/alpaca", "Own Data"),
        name="My Model",
        quantized_by="Me",
    )


def test_gguf_by_another_name(tmp_path: Path) -> None:
    raw = Gguf().file([("general.license", TEXT, "mit")])
    assert header(tmp_path, raw, "model.bin").license == ("mit",)


def remarks(folder: Path, raw: bytes) -> list[str]:
    """What is wrong with a GGUF file."""
    return [remark.removeprefix("m/x.gguf: ") for remark in header(folder, raw).remarks]


def test_gguf_of_no_known_version(tmp_path: Path) -> None:
    for version, order in ((0, "<"), (4, "<"), (4, ">")):
        raw = Gguf(version, order).file([])
        assert remarks(tmp_path, raw) == [f"at byte 8: version {version} of GGUF is not known"]


def test_gguf_that_ends_early(tmp_path: Path) -> None:
    raw = Gguf().file([("general.license", TEXT, "mit"), ("general.name", TEXT, "abc")])
    for end in range(4, len(raw)):
        found = header(tmp_path, raw[:end])
        assert len(found.remarks) == 1
        assert found.license in ((), ("mit",))
    assert found.license == ("mit",)
    assert found.remarks == (f"m/x.gguf: at byte {len(raw) - 3}: the file ends within its header",)


@pytest.mark.parametrize(
    ("raw", "remark"),
    [
        (Gguf().file([], count=2**60), f"at byte 24: {2**60:,} keys do not fit into the rest of the file"),
        (
            Gguf().file([], count=1) + Gguf().length(70_000) + b"\0" * 90_000,
            "at byte 32: a key is 70,000 bytes long; at most 65,535 are read",
        ),
        (
            Gguf().file([("x", LIST, (TEXT, []))])[:-8] + Gguf().length(2**60),
            f"at byte 49: {2**60:,} items do not fit into the rest of the file",
        ),
        (
            Gguf().file([("x", LIST, (4, []))])[:-8] + Gguf().length(2**60),
            f"at byte 49: {2**60:,} items do not fit into the rest of the file",
        ),
        (
            Gguf().file([("x", TEXT, "")])[:-8] + Gguf().length(2**62),
            f"at byte 45: the next {2**62:,} bytes lie beyond the end of the file",
        ),
        (Gguf().file([("x", TEXT, "")])[:-12] + Gguf().number(99), "at byte 37: the type 99 of a value is not known"),
        (
            Gguf().file([("x", LIST, (LIST, [(LIST, [(LIST, [(LIST, [(4, [1])])])])]))]),
            "at byte 85: lists lie more than 4 deep in lists",
        ),
    ],
)
def test_gguf_that_lies(tmp_path: Path, raw: bytes, remark: str) -> None:
    assert remarks(tmp_path, raw) == [remark]


def test_what_came_before_a_lie_is_kept(tmp_path: Path) -> None:
    found = gguf(tmp_path, [("general.license", TEXT, "mit"), ("general.name", TEXT, "x" * 70_000)])
    assert found.license == ("mit",)
    assert found.remarks == ("m/x.gguf: at byte 94: general.name is 70,000 bytes long; at most 65,535 are read",)


def test_gguf_oddities(tmp_path: Path) -> None:
    found = gguf(
        tmp_path,
        [
            ("general.license", TEXT, "mit"),
            ("general.license", TEXT, "gpl-3.0"),
            ("general.name", TEXT, b"\xff"),
            ("general.quantized_by", TEXT, "a\x1bb"),
            ("general.license.name", LIST, (4, [1])),
            ("general.license.link", 6, 0.5),
            (b"general.\xff", TEXT, "x"),
            ("general.base_model.count", 11, -1),
            ("general.base_model.0.name", TEXT, " "),
            ("general.base_model.1.name", TEXT, "None"),
            ("general.source.url", 7, True),
        ],
    )
    assert found == WeightsHeader(
        file="m/x.gguf",
        license=("mit", "gpl-3.0"),
        remarks=(
            "m/x.gguf: the value of general.name is not UTF-8",
            "m/x.gguf: the key general.license stands there twice",
            "m/x.gguf: general.base_model.count is '-1', but 2 are described",
            "m/x.gguf: the quantized_by holds control characters and is not read: 'a\\x1bb'",
        ),
    )


def test_only_the_first_data_sets_of_a_long_list_are_read(tmp_path: Path) -> None:
    names = [f"a/b{number}" for number in range(1_100)]
    found = gguf(tmp_path, [("general.datasets", LIST, (TEXT, names)), ("general.license", TEXT, "mit")])
    assert found.datasets == tuple(names[:1_000])
    assert found.license == ("mit",)


def test_the_largest_vocabularies_are_walked_over(tmp_path: Path) -> None:
    words = [f"token{number}" for number in range(200_000)]
    found = gguf(tmp_path, [("tokenizer.ggml.tokens", LIST, (TEXT, words)), ("general.license", TEXT, "mit")])
    assert found.license == ("mit",)
    assert found.remarks == ()


def test_a_header_without_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights_gguf, "MAX_READ", 1_000_000)
    raw = Gguf().file([("general.license", TEXT, "mit"), ("x", LIST, (TEXT, []))])[:-8]
    raw += Gguf().length(250_000) + b"\0" * 2_000_000
    found = header(tmp_path, raw)
    assert found.license == ("mit",)
    assert len(found.remarks) == 1
    assert "the header goes on beyond the 1,000,000 bytes of it that are read" in found.remarks[0]


@given(st.data())
def test_no_bytes_make_it_fail(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.getbasetemp() / "mutants"
    folder.mkdir(exist_ok=True)
    name = data.draw(st.sampled_from(["x.gguf", "x.safetensors"]))
    whole = Gguf().file(MODEL[:24]) if name == "x.gguf" else struct.pack("<Q", 60) + METADATA.ljust(60)
    raw = bytearray(whole)
    for at, byte in data.draw(st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=8)):
        raw[at] = byte
    found = header(folder, bytes(raw[: data.draw(st.integers(0, len(raw)))]), name)
    assert all(remark.isprintable() for remark in found.remarks)


METADATA = b'{"__metadata__":{"license":"mit","base_model":"a/b"}}'


def test_safetensors(tmp_path: Path) -> None:
    metadata = {
        "format": "pt",
        "License": " mit ",
        "license_name": "x",
        "license_link": "https://x.example",
        "modelspec.license": "Own",
        "modelspec.title": "T",
        "modelspec.merged_from": "c/d, some model",
        "base_model": '["a/b", 5, "https://huggingface.co/e/f"]',
        "ss_sd_model_name": "models/sd_xl_base_1.0.safetensors",
        "ss_base_model_version": "[sdxl",
        "datasets": "g/h",
    }
    assert safetensors(tmp_path, {"__metadata__": metadata, "t": {"dtype": "F32"}}) == WeightsHeader(
        file="m/x.safetensors",
        license=("mit", "Own"),
        license_name="x",
        license_link="https://x.example",
        base=("c/d", "a/b", "e/f"),
        named=("some model", "models/sd_xl_base_1.0.safetensors", "[sdxl"),
        datasets=("g/h",),
        name="T",
    )


@pytest.mark.parametrize("name", ["a/b/c", "a/../b", "a b/c", "gpt2"])
def test_a_base_that_is_no_id_is_only_named(tmp_path: Path, name: str) -> None:
    found = safetensors(tmp_path, {"__metadata__": {"base_model": name}})
    assert (found.base, found.named) == ((), (name,))


@pytest.mark.parametrize(
    ("data", "remark"),
    [
        (b"[1]", "the header is not a JSON object"),
        (b"{", "at character 1 of the header: it is not valid JSON"),
        (b'{"\xff": 1}', "at byte 10: the header is not UTF-8"),
        (b"[" * 100_000, "the header is not JSON that can be read"),
        ({"__metadata__": 5}, "__metadata__ is not an object"),
        ({"__metadata__": {"license": 5}}, "the value of 'license' is not text"),
        ({"__metadata__": {"license": {"a": "b"}}}, "the value of 'license' is not text"),
    ],
)
def test_safetensors_that_lie(tmp_path: Path, data: object, remark: str) -> None:
    assert safetensors(tmp_path, data) == WeightsHeader("m/x.safetensors", remarks=(f"m/x.safetensors: {remark}",))


def test_keys_of_safetensors_that_stand_there_twice(tmp_path: Path) -> None:
    raw = b'{"__metadata__": {"license": "mit", "license": "gpl-3.0"}, "__metadata__": {"license": "x"}}'
    found = safetensors(tmp_path, raw)
    assert found.license == ("mit", "gpl-3.0", "x")
    assert found.remarks == (
        "m/x.safetensors: __metadata__ stands there twice",
        "m/x.safetensors: the key 'license' stands there twice",
    )


@pytest.mark.parametrize(
    ("raw", "remark"),
    [
        (b"", "the header is longer than the file"),
        (b"\x02\0\0\0\0\0\0", "the header is longer than the file"),
        (b"\x03\0\0\0\0\0\0\0{}", "the header is longer than the file"),
        (b"\xff" * 20, "the header is longer than the file"),
        (b"version https://git-lfs.example/spec/v1\n", "is a pointer to a file that was not downloaded"),
    ],
)
def test_files_that_are_no_safetensors(tmp_path: Path, raw: bytes, remark: str) -> None:
    assert header(tmp_path, raw, "x.safetensors").remarks == (f"m/x.safetensors: {remark}",)


def test_of_a_long_header_the_start_is_read(tmp_path: Path) -> None:
    tensors = ', "t": "' + "é" * (MAX_READ // 2) + '"}'
    found = safetensors(tmp_path, ('{ "__metadata__" : {"license": "mit"}' + tensors).encode())
    assert (found.license, found.remarks) == (("mit",), ())
    found = safetensors(tmp_path, ('{"a": 1' + tensors).encode())
    assert found.remarks == ("m/x.safetensors: the header is not JSON that can be read",)


def test_a_header_longer_than_the_format_allows(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    with path.open("wb") as file:
        file.write(struct.pack("<Q", 100_000_001))
        file.truncate(100_000_100)  # takes no room on the disk
    found = read_header(path, "m/x")
    assert found == WeightsHeader(
        "m/x", remarks=("m/x: the header is 100,000,001 bytes long; the format allows 100,000,000",)
    )


def test_files_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"PK\x03\x04")
    assert read_header(tmp_path / "x.bin", "m/x.bin") is None
    assert read_header(tmp_path, "m") is None
    assert read_header(tmp_path / "none.bin", "m/none.bin") is None
    assert header(tmp_path, b"PK", "y.gguf").remarks == ("m/y.gguf: is not a GGUF file",)


@pytest.mark.parametrize(
    ("name", "reason"), [("none.GGUF", "no such file or directory"), ("a\0.safetensors", "embedded null byte")]
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, reason: str) -> None:
    assert read_header(tmp_path / name, "m/x") == WeightsHeader("m/x", remarks=(f"m/x: cannot be read: {reason}",))


def test_little_is_read_of_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.gguf"
    raw = Gguf().file([("x", LIST, (6, []))], count=2)[:-8] + Gguf().length(2**30)
    with path.open("wb") as file:
        file.write(raw)
        file.seek(2**32, 1)
        file.write(Gguf().text("general.license") + Gguf().number(TEXT) + Gguf().text("mit"))
    monkeypatch.setattr(weights_gguf, "MAX_READ", 70_000)
    found = read_header(path, "m/x")
    assert found == WeightsHeader("m/x", license=("mit",))
