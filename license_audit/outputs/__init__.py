"""One format each: a report in, text out."""

import os
from importlib import import_module
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from license_audit.errors import AuditError, Problem
from license_audit.outputs.ending import scan_summary, summary

if TYPE_CHECKING:
    # Texts are identified without reports, and the model of reports is slow to import.
    from license_audit.model.catalog import Encoding
    from license_audit.model.report import Report
    from license_audit.model.scan import Scan

__all__ = [
    "BILLS",
    "FORMATS",
    "SCAN_FORMATS",
    "Titles",
    "render",
    "render_scan",
    "scan_summary",
    "summary",
    "write",
    "write_bytes",
]

SCAN_FORMATS = ("text", "json", "sarif", "junit", "github", "github-summary", "gitlab", "markdown")
"""Formats of a scan. Its text and JSON are modules of their own; the others are `render_scan` beside `render`."""
BILLS = ("spdx", "spdx-tag", "spdx3", "cyclonedx")
"""Bills of materials: what models there are and what they come under. They tell verdicts, and no reasons."""
FORMATS = ("text", "json", "html", *SCAN_FORMATS[2:], "ticket", *BILLS)
"""A new format is a module of that name with `render(report, titles, *, color)`, and its name here."""
_OWN = ("text", "json")

_PERMISSIONS, _NEW = 0o777, 0o666
_FRESH = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
"""A file that was not there before, and no link."""


class Titles(Protocol):
    """What outputs ask of the catalog."""

    def title(self, key: str) -> str:
        """The title of a license, or its key."""

    def encoding(self, key: str) -> "Encoding | None":
        """Who encoded a license, and when; None when it is not encoded."""


def render(format_: str, report: "Report", titles: Titles, *, color: bool = False) -> str:
    """The report in a format."""
    module: Any = import_module(f"license_audit.outputs.{_module(format_)}")
    text: str = module.render(report, titles, color=color)
    return text


def render_scan(format_: str, scan: "Scan", *, color: bool = False, everything: bool = False) -> str:
    """The scan in a format. `everything` makes the text tell the models that are listed, too; JSON always does."""
    name = f"scan_{format_}" if format_ in _OWN else _module(format_)
    module: Any = import_module(f"license_audit.outputs.{name}")
    text: str = module.render_scan(scan, color=color, everything=everything)
    return text


def _module(format_: str) -> str:
    return format_.replace("-", "_")


def write(path: Path, text: str) -> None:
    """Write a file whole or not at all. AuditError when it cannot be written."""
    write_bytes(path, text.encode())


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file whole or not at all. AuditError when it cannot be written.

    What is no regular file, such as /dev/null, is written to and never replaced; a link stays one. The draft has a name
    that nobody can know before, so it is no link of somebody else's, and two runs do not share it.
    """
    try:
        target = Path(realpath(path))
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        draft = target.with_name(f".{target.name}.{os.urandom(6).hex()}.part")
        try:
            with os.fdopen(os.open(draft, _FRESH, _NEW), "wb") as file:
                file.write(data)
            if target.exists():
                draft.chmod(target.stat().st_mode & _PERMISSIONS)
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise AuditError([Problem(str(path), 0, 0, f"cannot be written: {(error.strerror or '').lower()}")]) from None
