"""Local model folders, file by file."""

import struct
from pathlib import Path

import pytest

from license_audit.errors import AuditError
from license_audit.readers.assembly import Files
from license_audit.readers.folder import read_folder


def filled(folder: Path, files: dict[str, str | bytes]) -> Files:
    """What a folder with these files holds."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_folder(folder, "m")


def refused(folder: Path, told: str) -> None:
    """The folder is refused with one problem."""
    with pytest.raises(AuditError) as caught:
        read_folder(folder, "m")
    (problem,) = caught.value.problems
    assert told in str(problem)


def test_an_empty_folder(tmp_path: Path) -> None:
    found = read_folder(tmp_path, "m")
    assert (found.model, found.shown, found.contents, found.listing, found.headers) == ("m", "m", {}, (), ())
    assert found.origin is not None
    assert (found.origin.source, found.origin.commit) == ("folder", None)


def test_what_is_read_and_what_is_only_listed(tmp_path: Path) -> None:
    read = ("README.md", "LICENSE", "USE_POLICY.md", "NOTICE.txt", "config.json", "LICENSES/mit", "weights/LICENSE.md")
    listed = ("model.bin", "tokenizer.model", "LICENSE.py")
    neither = (".git/LICENSE", "a/b/c/d/LICENSE", "src/README.md", "src/code.py")
    found = filled(tmp_path, dict.fromkeys((*read, *listed, *neither), "x"))
    assert sorted(found.contents) == sorted(read)
    assert sorted(found.listing or ()) == sorted((*read, *listed))


def test_headers_of_weights(tmp_path: Path) -> None:
    body = b'{"__metadata__": {"license": "mit", "base_model": "a/b"}}'
    one = struct.pack("<Q", len(body)) + body
    files: dict[str, str | bytes] = {"a-1-of-2.safetensors": one, "a-2-of-2.safetensors": one, "b.gguf": b"none"}
    found = filled(tmp_path, files)
    assert [(header.file, header.license, header.base) for header in found.headers] == [
        ("m/a-1-of-2.safetensors", ("mit",), ("a/b",)),
        ("m/b.gguf", (), ()),
    ]
    assert found.headers[1].remarks


def test_weights_that_lie_elsewhere_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "x.gguf").write_text("x")
    (tmp_path / "m" / "x.gguf").symlink_to("../x.gguf")
    assert read_folder(tmp_path / "m", "m").headers == ()


def test_weights_that_are_no_file(tmp_path: Path) -> None:
    (tmp_path / "x.gguf").symlink_to("y")
    (tmp_path / "y").mkdir()
    assert read_folder(tmp_path, "m").headers == ()


@pytest.mark.parametrize("target", ["../outside", "/etc/hostname", "nowhere", "LICENSE"])
def test_a_link_that_leads_out(tmp_path: Path, target: str) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (tmp_path / "outside").write_text("x")
    (folder / "LICENSE").symlink_to(target)
    refused(folder, "m/LICENSE: is a link that leads out of the model folder, or nowhere")


def test_a_link_within(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("x")
    (tmp_path / "LICENSE").symlink_to("text")
    assert read_folder(tmp_path, "m").contents == {"LICENSE": b"x"}


def test_a_snapshot_of_the_hubs_cache(tmp_path: Path) -> None:
    """Its files are links into the repository's blobs, and to nothing else."""
    repository = tmp_path / "models--a--b"
    snapshot = repository / "snapshots" / ("1" * 40)
    snapshot.mkdir(parents=True)
    (repository / "blobs").mkdir()
    (repository / "blobs" / "x").write_text("terms")
    (snapshot / "LICENSE").symlink_to("../../blobs/x")
    assert read_folder(snapshot, "m").contents == {"LICENSE": b"terms"}
    (tmp_path / "other").write_text("x")
    (snapshot / "NOTICE").symlink_to("../../../other")
    refused(snapshot, "m/NOTICE: is a link that leads out")


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    refused(tmp_path / "no", "cannot be read as a model folder: no such file")
    (tmp_path / "file").write_text("x")
    refused(tmp_path / "file", "cannot be read as a model folder: not a directory")
    refused(Path("a\0b"), "cannot be read as a model folder: ")


def test_a_name_with_control_characters(tmp_path: Path) -> None:
    (tmp_path / "LICENSE\x1b[2J").write_text("x")
    refused(tmp_path, r"holds a file with control characters in its name: 'LICENSE\x1b[2J'")


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    """A folder called LICENSE holds no text by that name; what lies in it is looked at for terms."""
    found = filled(tmp_path, {"LICENSE/a.txt": "x", "LICENSE/COPYING": "y"})
    assert found.contents == {"LICENSE/COPYING": b"y"}
