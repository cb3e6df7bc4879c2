"""JSON of a scan: the scan as it is, keys in a fixed order."""

import json

from license_audit.model.scan import Scan


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """The scan as JSON, indented by two. Bytes of file names that are no text stand there as JSON writes them."""
    del color, everything
    text = json.dumps(scan.model_dump(mode="python"), indent=2, ensure_ascii=False) + "\n"
    return text.encode(errors="backslashreplace").decode()
