"""A repository of models or data as a hub, its cache or a folder shows it, before anything in it is understood."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from license_audit.model.record import Record
from license_audit.model.words import Gate

_NONE: Mapping[str, Any] = MappingProxyType({})


class Repository(Record):
    """What one request tells of a repository."""

    id: str
    """As the hub calls it now; another than was asked for when it was renamed."""
    asked: str
    """As it was asked for."""
    commit: str
    """Full commit, 40 hexadecimal digits."""
    gate: Gate | None = None
    files: tuple[str, ...] | None = None
    """Names of all files at that commit, sorted; None when nobody listed them."""
    licenses: tuple[str, ...] | None = None
    """License names as the hub read them from the card; None when it says nothing of the card."""
    license_name: str | None = None
    license_link: str | None = None
    base: tuple[tuple[str, str | None], ...] = ()
    """Parents as the hub lists them, each with the word for the relation, as written."""
    datasets: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    is_disabled: bool = False
    weights: tuple[str, ...] = ()
    """SHA-256 of the weight files, hexadecimal, sorted, as the hub lists them; none of them is downloaded."""


class Contents(Record):
    """Files of a repository at one commit."""

    files: Mapping[str, bytes] = _NONE
    """By name. Never weights."""
    refused: Mapping[str, str] = _NONE
    """Files that exist and could not be read, each with the reason."""
    unreachable: str = ""
    """Why reading stopped before the end, where that may pass; then nothing of this is evidence."""


class Unavailable(Record):
    """Why a repository could not be read. `gone` and `gated` are answers; the others may pass."""

    reason: str
    """One sentence without addresses and tokens."""
    kind: str
    """`gone`, `gated`, `disabled`, `no-revision`, `refused`, `unreachable`, `offline`."""


class Look(Record):
    """What one look at a repository gave."""

    answer: Repository | Unavailable
    at: str | None
    """When, ISO, UTC; None where no time was written down."""
    source: Literal["hub", "cache"] = "hub"
    contents: Contents | None = None
    """None where nothing new was to be read."""
    is_kept: bool = False
    """Whether this is what an earlier run was told, and not what a hub says now."""
    remarks: tuple[str, ...] = ()
    snapshot: Path | None = None
    """Folder of a cache with the files, whose weights have headers."""
    absent: frozenset[str] = frozenset()
    """Files of which a hub once said that they are not there."""

    def is_older_than(self, at: str | None) -> bool:
        """Whether this was kept before a time, ISO; somebody has looked since."""
        return self.is_kept and self.at is not None and at is not None and self.at < at
