"""Configuration and catalogs in TOML."""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_settings import SETTING_HINTS, in_settings
from license_audit.readers.scan.source import Source
from license_audit.readers.scan.toml_places import toml_settings

NAMES = ("*.toml",)
HINTS = (*SETTING_HINTS, b"checkpoint", b"lora")
_PACKAGES = frozenset(
    (
        "pyproject.toml",
        "cargo.toml",
        "ruff.toml",
        ".ruff.toml",
        "pixi.toml",
        "book.toml",
        "rustfmt.toml",
        "clippy.toml",
        "taplo.toml",
        ".taplo.toml",
        "typos.toml",
        "_typos.toml",
        "poetry.toml",
        "gopkg.toml",
        "rust-toolchain.toml",
        "deny.toml",
        "libs.versions.toml",
        "project.toml",
        "manifest.toml",
    )
)
"""Files of package managers and checkers, which name packages."""


def read(source: Source) -> Iterator[Hit]:
    """Models that settings name. `UnreadableError` where the file is no TOML."""
    if source.name.lower() not in _PACKAGES:
        yield from in_settings(toml_settings(source.text))
