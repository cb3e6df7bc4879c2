"""Reading files that strangers wrote: only regular ones, of bounded size, in UTF-8."""

import stat
from pathlib import Path

from license_audit.errors import AuditError, Problem

MAX_BYTES = 4_000_000


def read_text(path: Path, shown: str, limit: int = MAX_BYTES) -> str:
    """The text of a regular UTF-8 file without byte order mark. AuditError says what is wrong with any other."""
    return decode(read_bytes(path, shown, limit), shown)


def read_bytes(path: Path, shown: str, limit: int = MAX_BYTES) -> bytes:
    """What a regular file holds. AuditError says what is wrong with any other."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise AuditError([Problem(shown, 0, 0, f"cannot be read: {_reason(error)}")]) from None
    if not stat.S_ISREG(status.st_mode):
        raise AuditError([Problem(shown, 0, 0, "is not a regular file")])
    if status.st_size > limit:
        message = f"is {status.st_size:,} bytes long; at most {limit:,} are read"
        raise AuditError([Problem(shown, 0, 0, message)])
    try:
        return path.read_bytes()
    except OSError as error:
        raise AuditError([Problem(shown, 0, 0, f"cannot be read: {_reason(error)}")]) from None


def decode(raw: bytes, shown: str) -> str:
    """UTF-8 text without byte order mark. AuditError names the place of the first wrong byte."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise AuditError([Problem(shown, 1, 1, "is UTF-16; save it as UTF-8")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before) - before.rfind(b"\n")
        raise AuditError([Problem(shown, line, column, "is not UTF-8")]) from None
    if "\0" in text:
        before_null = text[: text.index("\0")]
        line = before_null.count("\n") + 1
        column = len(before_null) - before_null.rfind("\n")
        raise AuditError([Problem(shown, line, column, "holds a NUL character")])
    return text


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
