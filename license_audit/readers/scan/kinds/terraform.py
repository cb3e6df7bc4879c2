"""Terraform and other files in HCL."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_settings import SETTING_HINTS, Setting, in_settings
from license_audit.readers.scan.hcl import hcl_settings
from license_audit.readers.scan.source import Source

NAMES = ("*.tf", "*.tfvars", "*.hcl", "*.tofu", "*.nomad")
HINTS = (*SETTING_HINTS, b"HF_", b"ollama")
_OTHER = re.compile(
    r"(?:source|version|image|image_uri|image_url|repository|image_repository|ami|sku|machine_type|chart)"
)
"""Arguments that name modules, images, charts and machines."""


def read(source: Source) -> Iterator[Hit]:
    """Models that arguments, defaults of variables, environments and scripts name."""
    yield from in_settings(setting for setting in hcl_settings(source.text) if not _is_other(setting))


def _is_other(setting: Setting) -> bool:
    last = setting.keys[-1]
    if _OTHER.fullmatch(last):
        return True
    return last in ("description", "error_message", "condition", "type") or setting.keys[:1] == ("output",)
