"""What a scan of a source tree comes to: each reference, and whether the manifest lists it."""

from typing import Literal

from license_audit.model.reference import Certainty, ReferenceKind
from license_audit.model.value import Value

Standing = Literal["listed", "missing", "unclear", "excused"]
"""`unclear`: a possible reference that the manifest does not list; it fails nothing. `excused`: the manifest says, with
a reason, that it is no model."""


class Mention(Value):
    """One place that names a model."""

    file: str
    """Path from the top of the tree, with `/`."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1, in characters."""
    id: str
    """Hub id without host, file, revision and quantization; a path or another name as it is written."""
    kind: ReferenceKind
    reader: str
    """Kind of file, e.g. `python`."""
    role: str
    """What the place is, e.g. `load` or `base`."""
    certainty: Certainty
    revision: str = ""
    provider: str = ""
    standing: Standing
    why: str = ""
    """Reason for which the manifest excuses it."""


class Unread(Value):
    """A file that could not be scanned."""

    file: str
    line: int = 0
    """Where reading it failed; 0 when that is nowhere in particular."""
    reason: str
    level: Literal["error", "warning"] = "warning"
    """`error` when models may hide in it: the scan is not complete, and ends with exit code 3."""


class Scan(Value):
    """The whole scan."""

    schema_version: str = "1"
    tool_version: str
    manifest: str
    """Path of the manifest from the top of the tree; empty when there is none."""
    folder: str = ""
    """Folder of the tree in its repository, with `/`; empty at the top, or where there is no repository."""
    files: int
    """Files that were read."""
    mentions: tuple[Mention, ...]
    unread: tuple[Unread, ...] = ()
