"""Which files are read for license texts, and what is refused."""

import io
import os
from pathlib import Path

import pytest

from license_audit.readers.files import MAX_BYTES
from license_audit.readers.texts import PROBED, STDIN, Refusal, Source, decoded, is_folder, read, sources

AWAY = Refusal("is a link that leads out of the folder, or nowhere", "remark")


def walked(folder: Path) -> list[tuple[str, Refusal | None]]:
    """Paths within a folder, as they come, and why each is not to be opened."""
    return [(os.path.relpath(source.path, folder), source.refusal) for source in sources([str(folder)])]


def content(path: Path | str, *, named: bool = True) -> str | bytes | Refusal:
    """What a file holds."""
    return read(Source(str(path), named=named), None)


def test_what_is_named_comes_once_and_sorted(tmp_path: Path) -> None:
    for name in ("b", "a"):
        (tmp_path / name).write_bytes(b"")
    names = [str(tmp_path / "b"), STDIN, str(tmp_path / "a"), STDIN, str(tmp_path / "none"), ""]
    found = list(sources(names))
    assert found == [Source(name, named=True) for name in sorted(set(names))]


def test_a_folder_is_walked_in_the_order_of_paths(tmp_path: Path) -> None:
    for name in ("a/z", "a/b/c", "a-b", "a.b", "a0", ".hidden", ".git/config", "a/.cache/x", "Z"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    names = [name for name, _ in walked(tmp_path)]
    assert names == sorted(names) == [".hidden", "Z", "a-b", "a.b", "a/b/c", "a/z", "a0"]
    assert all(not source.named for source in sources([str(tmp_path)]))
    assert [source.path for source in sources([f"{tmp_path}/a/"])] == [f"{tmp_path}/a/b/c", f"{tmp_path}/a/z"]


def test_a_hidden_folder_that_is_named_is_walked(tmp_path: Path) -> None:
    (tmp_path / ".cache").mkdir()
    (tmp_path / ".cache" / "LICENSE").write_bytes(b"")
    assert [name for name, _ in walked(tmp_path / ".cache")] == ["LICENSE"]
    assert walked(tmp_path) == []


def test_links_are_followed_to_files_within_the_folder_and_no_farther(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "sub").mkdir(parents=True)
    (tmp_path / "folder-beside").mkdir()
    (tmp_path / "folder-beside" / "secret").write_bytes(b"")
    (folder / "sub" / "text").write_bytes(b"inside")
    for name, target in {
        "inside": "sub/text",
        "loop": "loop",
        "nowhere": "none",
        "out": "../folder-beside/secret",
        "out-folder": "../folder-beside",
        "same": ".",
        "sub/up": "..",
        "sub-again": "sub",
        "root": "/",
    }.items():
        (folder / name).symlink_to(target)
    away = dict.fromkeys(("loop", "nowhere", "out", "out-folder", "root"), AWAY)
    assert dict(walked(folder)) == {"inside": None, "sub/text": None, **away}
    assert content(folder / "inside", named=False) == b"inside"
    (tmp_path / "link").symlink_to("folder")
    assert [name for name, _ in walked(tmp_path / "link")] == [name for name, _ in walked(folder)]


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    reason = "is not a regular file"
    assert walked(tmp_path) == [("pipe", Refusal(reason, "remark"))]
    assert read(Source("pipe", named=False, refusal=AWAY), None) == AWAY
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path, ""):
        assert content(path) == Refusal(reason, "failure")
    (tmp_path / "link").symlink_to("pipe")
    assert content(tmp_path / "link", named=False) == Refusal(reason, "remark")


def test_what_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert content(tmp_path / "none") == Refusal("cannot be read: no such file or directory", "failure")
    assert content("nul\0") == Refusal("cannot be read: embedded null byte", "failure")
    assert content(tmp_path / ("x" * 300)) == Refusal("cannot be read: file name too long", "failure")
    assert not is_folder(str(tmp_path / ("x" * 300)))

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a").write_bytes(b"")
    denied = Refusal("cannot be read: permission denied", "failure")
    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)
        assert content(tmp_path / "a") == content(tmp_path / "a", named=False) == denied
    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refuse)
        assert walked(tmp_path) == [(".", denied)]


def test_a_folder_deeper_than_python_recurses(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(1_200):
        deep = deep / "d"
        deep.mkdir()
    (deep / "text").write_bytes(b"deep")
    (found,) = sources([str(tmp_path)])
    assert read(found, None) == b"deep"
    (deep / "text").unlink()
    while deep != tmp_path:  # removing temporary folders recurses
        deep.rmdir()
        deep = deep.parent


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", b""),
        (b"plain", b"plain"),
        (b"\xef\xbb\xbfmark", b"mark"),
        (b"\xe4\xff latin", b"\xe4\xff latin"),
        ("wörd".encode("utf-16"), "wörd"),
        (b"\xfe\xff" + "wörd".encode("utf-16-be"), "wörd"),
        (b"\xff\xfea\0b", "a\N{REPLACEMENT CHARACTER}"),
        ("word".encode("utf-32"), None),
        (b"\0", None),
        (b"a" * (PROBED - 1) + b"\0", None),
        (b"a" * PROBED + b"\0", b"a" * PROBED + b"\0"),
    ],
)
def test_what_bytes_say(raw: bytes, expected: str | bytes | None) -> None:
    assert decoded(raw) == expected


@pytest.mark.parametrize(("named", "weight"), [(True, "failure"), (False, "silent")])
def test_binary_files_matter_only_when_they_are_named(tmp_path: Path, weight: str, *, named: bool) -> None:
    (tmp_path / "weights.txt").write_bytes(b"\x08\0" * 9)
    assert content(tmp_path / "weights.txt", named=named) == Refusal("is binary; not read", weight)  # type: ignore[arg-type]
    with (tmp_path / "weights.txt").open("r+b") as file:
        file.truncate(1_000_000_000)
    assert content(tmp_path / "weights.txt", named=named) == Refusal("is binary; not read", weight)  # type: ignore[arg-type]


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_bytes(b"x" * MAX_BYTES)
    assert content(path) == b"x" * MAX_BYTES
    with path.open("ab") as file:
        file.write(b"x")
    reason = "is 4,000,001 bytes long; at most 4,000,000 are read"
    assert content(path) == Refusal(reason, "failure")
    assert content(path, named=False) == Refusal(reason, "remark")


def test_standard_input_is_bounded_too() -> None:
    source = Source(STDIN, named=True)
    assert read(source, io.BytesIO(b"text")) == b"text"
    reason = "is more than 4,000,000 bytes long; at most 4,000,000 are read"
    with Path("/dev/urandom").open("rb") as endless:
        assert read(source, endless) == Refusal("is binary; not read", "failure")
    with io.BytesIO(b"x" * 9_000_000) as long:
        assert read(source, long) == Refusal(reason, "failure")
        assert long.tell() == MAX_BYTES + 1
    assert read(source, None) == Refusal("cannot be read: standard input is closed", "failure")
