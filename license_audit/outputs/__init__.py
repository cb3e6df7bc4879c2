"""One format each: a report in, text out."""

import os
from importlib import import_module
from os.path import realpath
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from license_audit.errors import AuditError, Problem

if TYPE_CHECKING:
    # Texts are identified without reports, and the model of reports is slow to import.
    from license_audit.model.report import Report

FORMATS = ("text", "json", "html")
"""A new format is a module of that name with `render(report, titles, *, color)`, and its name here."""


_PERMISSIONS, _NEW = 0o777, 0o666
_FRESH = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0)
"""A file that was not there before, and no link."""


class Titles(Protocol):
    """What outputs ask of the catalog."""

    def title(self, key: str) -> str:
        """The title of a license, or its key."""


def render(format_: str, report: "Report", titles: Titles, *, color: bool = False) -> str:
    """The report in a format."""
    module: Any = import_module(f"license_audit.outputs.{format_}")
    text: str = module.render(report, titles, color=color)
    return text


def summary(report: "Report") -> str:
    """One line that says how the gate stands and why."""
    counts = dict.fromkeys(("allowed", "conditional", "undetermined", "disallowed"), 0)
    for use in report.uses:
        counts[use.assessment.verdict] += 1
    told = ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count) or "no models"
    failing = sum(use.gate == "fails" for use in report.uses)
    waived = sum(use.gate == "waived" for use in report.uses)
    gate = f"gate fails: {failing} of {len(report.uses)} reach fail_on {report.fail_on}" if failing else "gate passes"
    return f"{told}; {gate}{f', {waived} waived' if waived else ''}"


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
