"""models.lock as text: JSON with sorted keys, one value a line, so that a change reads well in a diff."""

import json

from license_audit.model.lock import Lock


def render_lock(lock: Lock) -> str:
    """The whole file. The same lock gives the same bytes."""
    data = lock.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps({"schema": lock.schema_version, **data}, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
