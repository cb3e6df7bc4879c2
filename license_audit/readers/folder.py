"""A local model folder: card, license texts, NOTICE, configuration. The folder's own files only."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from license_audit.errors import AuditError, Problem
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import UNREAD, Evidence, Parent
from license_audit.model.manifest import check_model_id
from license_audit.model.words import Basis, Relation
from license_audit.readers.card import UNREADABLE, Card, read_card
from license_audit.readers.files import read_text

_RELATIONS: dict[str, Relation] = {
    "finetune": "fine-tune",
    "fine-tune": "fine-tune",
    "quantized": "quantize",
    "adapter": "adapter",
    "merge": "merge",
    "distill": "distill",
}
_TERMS = re.compile(
    r"(?:^|[-_. ])(?:licen[sc]e|copying|unlicense)s?(?![a-z])"
    r"|(?:^|[-_. ])(?:acceptable|prohibited)?[-_ ]?use[-_ ]?policy(?![a-z])"
    r"|^(?:terms|eula)(?![a-z])",
    re.IGNORECASE,
)
_OTHER = (".py", ".json", ".yaml", ".yml", ".toml", ".png", ".svg")
NO_CARD = Card((), (), None, (), (), ())


class Folder(NamedTuple):
    """A model folder: what its card and configuration say, and its texts, which nobody has identified yet."""

    evidence: Evidence
    texts: Mapping[str, str]
    """License and policy texts, by file as shown; the card's own text among them."""


def read_folder(folder: Path, shown: str, catalog: Catalog) -> Folder:
    """The files of a model folder. AuditError when the folder or a file of it cannot be read."""
    names = _names(folder, shown)
    texts = {name: _text(folder, name, shown) for name in names if _is_text(name)}
    readme = next((name for name in names if name.lower() == "readme.md"), None)
    card = read_card(texts[readme], f"{shown}/{readme}") if readme else NO_CARD
    parents = _parents(card, catalog)
    parents += _configured(texts, shown, declared=bool(card.base))
    remarks = tuple(
        f"{shown}/{readme}: base_model {name!r} is no Hub id such as org/name"
        for name in card.base
        if name != UNREADABLE and not _is_id(name)
    )
    evidence = Evidence(
        model=shown,
        declared=card.licenses if readme else None,
        notice_file=any(name.upper().startswith("NOTICE") for name in names),
        parents=tuple(parents),
        sources=tuple(f"{shown}/{name}" for name in texts),
        remarks=card.remarks + remarks,
    )
    return Folder(evidence, {f"{shown}/{name}": text for name, text in texts.items() if may_hold_terms(name)})


def _names(folder: Path, shown: str) -> list[str]:
    """Names of the files that are read, those in a folder LICENSES among them, sorted."""
    try:
        names = sorted(path.name for path in folder.iterdir())
        inner = [name for name in names if name.upper() == "LICENSES" and (folder / name).is_dir()]
        names += [f"{name}/{path.name}" for name in inner for path in sorted((folder / name).iterdir())]
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise AuditError([Problem(shown, 0, 0, f"cannot be read as a model folder: {reason}")]) from None
    odd = [name for name in names if _is_text(name) and not name.isprintable()]
    if odd:
        raise AuditError([Problem(shown, 0, 0, f"holds a file with control characters in its name: {odd[0]!a}")])
    return [name for name in names if name not in inner]


def _is_text(name: str) -> bool:
    plain = name.lower()
    return plain in ("config.json", "adapter_config.json") or plain.startswith("notice") or may_hold_terms(name)


def may_hold_terms(name: str) -> bool:
    """Whether a file is there for the text of a license or policy, or is the card, which may hold one too."""
    return name.lower() == "readme.md" or is_terms(name)


def is_terms(name: str) -> bool:
    """Whether a file is there for the text of a license or policy, by its name.

    LICENSE, MODEL_LICENSE.txt, USE_POLICY.md, TERMS.md, LICENSE.pdf, and whatever lies in a folder LICENSES.
    """
    return bool(_TERMS.search(name) or "/" in name) and not name.lower().endswith(_OTHER)


def _text(folder: Path, name: str, shown: str) -> str:
    path = folder / name
    try:
        inside = path.resolve(strict=True).is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        inside = False
    if path.is_symlink() and not inside:
        raise AuditError([Problem(f"{shown}/{name}", 0, 0, "is a link that leads out of the model folder, or nowhere")])
    return "" if name.lower().endswith(UNREAD) else read_text(path, f"{shown}/{name}")


def _parents(card: Card, catalog: Catalog) -> list[Parent]:
    """Parents of the front matter; where it names none, models that the prose names, or links to, as origin.

    A parent that is named but is no Hub id is a parent nobody knows.
    """
    relation = _RELATIONS.get(card.relation or "", "fine-tune")
    declared = [_parent(name if _is_id(name) else UNREADABLE, relation, "declared") for name in card.base]
    if declared:
        return declared
    known = (name for name in card.mentioned if (name in card.linked and _is_id(name)) or catalog.model(name))
    return [_parent(name, relation, "inferred") for name in known]


def _configured(texts: dict[str, str], shown: str, *, declared: bool) -> list[Parent]:
    adapter = _json(texts, "adapter_config.json", shown).get("base_model_name_or_path")
    if isinstance(adapter, str) and _is_id(adapter):
        return [_parent(adapter, "adapter", "declared")]
    if adapter and not declared:
        return [_parent(f"(the base in {shown}/adapter_config.json, which is no Hub id)", "adapter", "declared")]
    loaded = _json(texts, "config.json", shown).get("_name_or_path")
    if isinstance(loaded, str) and "/" in loaded and _is_id(loaded) and not declared:
        return [_parent(loaded, "fine-tune", "inferred")]
    return []


def _json(texts: dict[str, str], name: str, shown: str) -> dict[str, Any]:
    if name not in texts:
        return {}
    try:
        data = json.loads(texts[name])
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        raise AuditError([Problem(f"{shown}/{name}", line, column, "is not valid JSON")]) from None
    if not isinstance(data, dict):
        raise AuditError([Problem(f"{shown}/{name}", 1, 1, "expected a JSON object")])
    return data


def _parent(name: str, relation: Relation, basis: Basis) -> Parent:
    return Parent(evidence=Evidence(model=name), relation=relation, basis=basis)


def _is_id(name: str) -> bool:
    try:
        check_model_id(name)
    except ValueError:
        return False
    return True
