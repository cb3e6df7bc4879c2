"""What a kit holds, as data, so that a later run can be compared with it."""

import json
from collections.abc import Mapping
from hashlib import sha256

from license_audit import __version__
from license_audit.outputs.kit import Kit


def summary_text(kit: Kit, files: Mapping[str, bytes]) -> str:
    """Verdicts, duties with their state, and the SHA-256 of each file, as JSON. It names no day."""
    data = {
        "schema": "1",
        "tool": f"license-audit {__version__}",
        "manifest": kit.manifest,
        "use": kit.use,
        "ready": not kit.against,
        "models": [{"model": one.model, "verdict": one.verdict} for one in kit.standings],
        "duties": [
            {"clause": one.clause, "models": list(one.models), "state": one.state, "by": list(one.by)}
            for one in kit.duties
        ],
        "files": {name: sha256(raw).hexdigest() for name, raw in sorted(files.items())},
    }
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"
