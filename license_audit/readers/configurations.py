"""Configuration files of a model folder: which parents and data sets they name.

Pure functions from texts. A model's own configuration only remembers from where it was once loaded, and a training
configuration may belong to another model of the same folder: what they say is inferred. An adapter's base and the
models of a merge are declared.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from license_audit.errors import AuditError, Problem
from license_audit.model.evidence import DataSource
from license_audit.model.words import Relation
from license_audit.readers.configured import Configured, Findings, hub_id
from license_audit.readers.recipes import note_training, read_recipes

_PART_KEYS = re.compile(
    r"(?:text|audio|vision|language|speech|image)_model(?:_id|_name|_name_or_path)|(?:mm_)?vision_tower"
)
"""Keys of a configuration that name a model which is a part of this one."""
_BASE_KEYS = ("base_model_name_or_path", "model_name")
"""Key of an adapter's base, as PEFT and as AdapterHub write it."""
_OWN_KEYS = ("repo", "repo_id", "pretrained_model_name_or_path", "_name_or_path")
_OTHER_RECIPES = re.compile(
    r"\.|_?(?:docker|compose|conda|python_env|environment|requirements|action|dvc|mkdocs|dataset_infos?)\b"
)
"""Starts of names of YAML files that are about something else."""


@dataclass(frozen=True, slots=True)
class Configurations:
    """What the configuration files of one folder say, taken together."""

    parents: tuple[Configured, ...] = ()
    """Each name once, the declared ones first; a parent that nobody knows has a name in brackets."""
    data: tuple[DataSource, ...] = ()
    """Data sets of training configurations, each once."""
    remarks: tuple[str, ...] = ()
    """What cannot be read, with file, line and column."""


def is_configuration(name: str) -> bool:
    """Whether a file may name parents, by its name. Files in subfolders belong to parts and are left out."""
    plain = name.lower()
    if "/" in plain:
        return False
    return plain in _READERS or (plain.endswith((".yml", ".yaml")) and not _OTHER_RECIPES.match(plain))


def read_configurations(texts: Mapping[str, str], shown: str) -> Configurations:
    """What the files say, by name below the folder `shown`. Other files are passed over. Never fails."""
    parents: list[Configured] = []
    data: dict[str, DataSource] = {}
    remarks: list[str] = []
    for name in sorted(filter(is_configuration, texts)):
        findings = Findings(f"{shown}/{name}")
        _READERS.get(name.lower(), read_recipes)(texts[name], findings)
        parents += findings.parents
        remarks += findings.remarks
        for source in findings.data:
            data.setdefault(source.name, source)
    found: dict[str, Configured] = {}
    for parent in sorted(parents, key=lambda parent: parent.basis != "declared"):
        found.setdefault(parent.name, parent)
    return Configurations(tuple(found.values()), tuple(data.values()), tuple(remarks))


def _object(text: str, findings: Findings) -> dict[str, Any] | None:
    """A JSON object; None, with a remark, for anything else."""
    twice: dict[str, None] = {}

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        counts = Counter(key for key, _ in pairs)
        twice.update(dict.fromkeys(key for key, count in counts.items() if count > 1))
        return dict(pairs)

    try:
        data = json.loads(text, object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        findings.unread(AuditError([Problem(findings.file, line, column, "is not valid JSON")]))
        return None
    if not isinstance(data, dict):
        findings.unread(AuditError([Problem(findings.file, 1, 1, "expected a JSON object")]))
        return None
    problems = [
        Problem(findings.file, _line(text, key, ""), 1, f"the key {key!a} stands there twice; the last one is read")
        for key in twice
    ]
    findings.unread(AuditError(problems))
    return data


def _line(text: str, key: str, value: str) -> int:
    """The line on which a key has a value; that of the key where the value is written in another way."""
    start = re.escape(json.dumps(key)) + r"\s*:\s*"
    match = re.search(start + re.escape(json.dumps(value)), text) or re.search(start, text)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def _note(text: str, findings: Findings, key: str, value: object, relation: Relation) -> None:
    """Note what a key infers, where its value is an id."""
    found = hub_id(value)
    if found is not None:
        findings.parent(found, relation, "inferred", _line(text, key, str(value)))


def _read_config(text: str, findings: Findings) -> None:
    read = _object(text, findings)
    if read is None:
        findings.parent(f"(what {findings.file} names, which cannot be read)", "fine-tune", "inferred", 1)
    data = read or {}
    relation: Relation = "quantize" if isinstance(data.get("quantization_config"), dict) else "fine-tune"
    _note(text, findings, "_name_or_path", data.get("_name_or_path"), relation)
    for key, value in data.items():
        if isinstance(value, dict):
            _note(text, findings, "_name_or_path", value.get("_name_or_path"), "component")
        elif _PART_KEYS.fullmatch(key):
            _note(text, findings, key, value, "component")


def _read_adapter(text: str, findings: Findings) -> None:
    """The base of an adapter. There always is one, so where it has no name it is a parent nobody knows."""
    data = _object(text, findings)
    if data is None:
        findings.parent(f"(the base in {findings.file}, which cannot be read)", "adapter", "declared", 1)
        return
    key = next((key for key in _BASE_KEYS if data.get(key)), _BASE_KEYS[0])
    value = data.get(key)
    line = _line(text, key, str(value))
    found = hub_id(value, may_be_bare=True)
    if found is None:
        what = "is no Hub id" if value else "is not named"
        found = f"(the base in {findings.file}, which {what})"
    findings.parent(found, "adapter", "declared", line)


def _read_model_index(text: str, findings: Findings) -> None:
    """The parts of a pipeline: `[library, class]`, and where a third value says so, the repository of the part."""
    data = _object(text, findings) or {}
    _note(text, findings, "_name_or_path", data.get("_name_or_path"), "fine-tune")
    for value in data.values():
        parts = value if isinstance(value, list) else [value]
        for part in parts:
            if isinstance(part, dict):
                _note_part(text, findings, part)


def _note_part(text: str, findings: Findings, part: dict[str, Any]) -> None:
    for own in _OWN_KEYS:
        found = hub_id(part.get(own))
        if found is not None:
            line = _line(text, own, str(part[own]))
            findings.parent(found, "component", "inferred" if own == "_name_or_path" else "declared", line)
            return


def _read_training(text: str, findings: Findings) -> None:
    data = _object(text, findings) or {}
    note_training(data, findings, lambda path: _line(text, [step for step in path if isinstance(step, str)][-1], ""))


_READERS: dict[str, Callable[[str, Findings], None]] = {
    "adapter_config.json": _read_adapter,
    "config.json": _read_config,
    "mlmodel": read_recipes,
    "model_index.json": _read_model_index,
    "modular_model_index.json": _read_model_index,
    "training_args.json": _read_training,
    "train_args.json": _read_training,
    "training_config.json": _read_training,
    "train_config.json": _read_training,
    "training_params.json": _read_training,
}
