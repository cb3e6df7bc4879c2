"""Write the YAML of rules and licenses down as JSON, so that an installed command starts without parsing YAML."""

import json
import tempfile
from itertools import accumulate
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


def _plain(node: yaml.Node | None) -> Any:
    """Every scalar as its own text, as the strict reader gives it."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if node is None or (node.style in (None, "") and node.value in ("", "~", "null", "Null", "NULL")):
        return None
    return node.value


def _written(data: dict[str, Any]) -> bytes:
    """The JSON of each file, and before it a line that says where each stands: a run needs a part of them.

    Where a file holds models, the line says of which organizations, so that no other is read to find one.
    """
    parts = [_json(value) for value in data.values()]
    ends = list(accumulate(map(len, parts)))
    places = {
        name: (end - len(part), end, *_organizations(data[name]))
        for name, part, end in zip(data, parts, ends, strict=True)
    }
    return _json(places) + b"\n" + b"".join(parts)


def _organizations(value: dict[str, Any]) -> tuple[list[str], ...]:
    return ([name.lower() for name in value["organizations"]],) if value.get("organizations") else ()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


class CompileCatalog(BuildHookInterface[Any]):
    """Adds `compiled.json` to the wheel; editable installs keep reading the YAML itself."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile every rule and license file."""
        if version == "editable":
            return
        root = Path(self.root)
        files = sorted([*root.glob("rules/*.yaml"), *root.glob("licenses/**/*.yaml")])
        data = {
            path.relative_to(root).as_posix(): _plain(yaml.compose(path.read_text(encoding="utf-8"), yaml.SafeLoader))
            for path in files
        }
        target = Path(tempfile.mkdtemp()) / "compiled.json"
        target.write_bytes(_written(data))
        build_data["force_include"][str(target)] = "license_audit/_data/compiled.json"
