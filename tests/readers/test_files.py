"""Files that strangers wrote."""

import os
from pathlib import Path

import pytest

from license_audit.errors import AuditError
from license_audit.readers.files import decode, read_text


def refusal(path: Path, limit: int = 100) -> str:
    """Why a file is not read."""
    with pytest.raises(AuditError) as caught:
        read_text(path, "shown", limit)
    return str(caught.value)


def test_a_regular_file_is_read_without_its_mark(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"\xef\xbb\xbfGr\xc3\xbc\xc3\x9fe\r\n")
    assert read_text(tmp_path / "a", "a") == "Grüße\r\n"


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 100)
    assert read_text(tmp_path / "a", "a", 100) == "x" * 100
    assert refusal(tmp_path / "a", 99) == "shown: is 100 bytes long; at most 99 are read"


def test_what_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert refusal(tmp_path / "pipe") == "shown: is not a regular file"
    assert refusal(tmp_path) == "shown: is not a regular file"
    assert refusal(Path("/dev/zero")) == "shown: is not a regular file"
    assert refusal(tmp_path / "nothing") == "shown: cannot be read: no such file or directory"
    assert refusal(tmp_path / "nul\0") == "shown: cannot be read: embedded null byte"


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a").write_bytes(b"")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert refusal(tmp_path / "a") == "shown: cannot be read: permission denied"


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"\xff\xfea\0", "1:1: is UTF-16; save it as UTF-8"),
        (b"\xfe\xff\0a", "1:1: is UTF-16; save it as UTF-8"),
        (b"\xe4", "1:1: is not UTF-8"),
        (b"ab\r\ncd\n\nx\xe4", "4:2: is not UTF-8"),
        (b"ab\n\0", "2:1: holds a NUL character"),
        (b"a\0\0", "1:2: holds a NUL character"),
        ("é\0".encode(), "1:2: holds a NUL character"),
    ],
)
def test_bytes_that_are_no_text(raw: bytes, place: str) -> None:
    with pytest.raises(AuditError) as caught:
        decode(raw, "shown")
    assert str(caught.value) == f"shown:{place}"
