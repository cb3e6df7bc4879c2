"""From the files of one model to evidence: the same way for a folder, the Hub and its cache."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from license_audit.model.card import Card, NamedParent
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import UNREAD, DataSource, Evidence, Origin, Parent
from license_audit.model.manifest import check_model_id
from license_audit.model.repository import Repository
from license_audit.model.words import Basis, Relation
from license_audit.readers.card import UNREADABLE, decode_card, read_card
from license_audit.readers.configurations import Configurations, is_configuration, read_configurations
from license_audit.readers.configured import Configured
from license_audit.readers.texts import decoded
from license_audit.readers.weights import WeightsHeader

_TERMS = re.compile(
    r"(?:^|[-_. ])(?:licen[sc]e|copying|unlicense)s?(?![a-z])"
    r"|(?:^|[-_. ])(?<!privacy.)(?<!security.)(?<!cookie.)policy(?![a-z])"
    r"|^(?:terms|eula)(?![a-z])",
    re.IGNORECASE,
)
_OTHER = (".py", ".json", ".yaml", ".yml", ".toml", ".png", ".svg")
_HUB_RELATIONS: dict[str, Relation] = {
    "finetune": "fine-tune",
    "adapter": "adapter",
    "merge": "merge",
    "quantized": "quantize",
}


class Folder(NamedTuple):
    """A model: what its card and configuration say, and its texts, which nobody has identified yet."""

    evidence: Evidence
    texts: Mapping[str, str]
    """License and policy texts, by file as shown; the card's own text among them."""


@dataclass(frozen=True)
class Files:
    """What was read of one model."""

    model: str
    """What reports call it."""
    shown: str
    """What stands before the name of a file where a file is named."""
    contents: Mapping[str, bytes]
    listing: Collection[str] | None
    """Names of all its files; None when nobody listed them."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Files that are there and could not be read, each with the reason."""
    origin: Origin | None = None
    repository: Repository | None = None
    """What the hub tells of it."""
    headers: Sequence[WeightsHeader] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_gated(self) -> bool:
        """Whether files are kept behind a gate."""
        return self.repository is not None and self.repository.gate in ("auto", "manual")

    @property
    def is_searched(self) -> bool:
        """Whether every file that is there for terms could be looked at."""
        return self.listing is not None and not (self.is_gated and any(is_terms(name) for name in self.refused))


def is_wanted(name: str) -> bool:
    """Whether a file may say something about terms or lineage. Weights never do."""
    return is_configuration(name) or is_notice(name) or may_hold_terms(name)


def may_hold_terms(name: str) -> bool:
    """Whether a file is there for the text of a license or policy, or is the card, which may hold one too."""
    return name.lower() == "readme.md" or is_terms(name)


def is_terms(name: str) -> bool:
    """Whether a file is there for the text of a license or policy, by its name.

    LICENSE, weights/LICENSE, MODEL_LICENSE.txt, USE_POLICY.md, TERMS.md, LICENSE.pdf, and whatever lies in a folder
    LICENSES.
    """
    folder, _, last = name.rpartition("/")
    is_meant = _TERMS.search(last) or folder.rpartition("/")[2].upper() == "LICENSES"
    return bool(is_meant) and not last.lower().endswith(_OTHER)


def is_notice(name: str) -> bool:
    """Whether a file is a NOTICE file."""
    return name.upper().startswith("NOTICE")


def assemble(files: Files, catalog: Catalog) -> Folder:
    """Evidence from the files of a model. Oddities are remarks; none of them stops anything."""
    remarks: list[str] = [*files.remarks]
    texts = {name: _text(files, name, raw, remarks) for name, raw in files.contents.items()}
    readme = next((name for name in texts if name.lower() == "readme.md"), None)
    card = read_card(texts[readme], f"{files.shown}/{readme}") if readme else None
    configured = read_configurations(
        {name: text for name, text in texts.items() if is_configuration(name)}, files.shown
    )
    remarks += [*(card.remarks if card else ()), *configured.remarks]
    remarks += [text for header in files.headers for text in header.remarks]
    terms = {name: text for name, text in texts.items() if may_hold_terms(name)}
    terms |= _refused_terms(files, remarks)
    data = _data(card, configured, files)
    evidence = Evidence(
        model=files.model,
        declared=_declared(card, files),
        notice_file=_has_notice(files),
        parents=_parents(card or Card(), configured, files, catalog, remarks),
        stated=card.stated if card else (),
        data=data,
        data_disclosed=None if card is None else bool(data),
        gate=files.repository.gate if files.repository else None,
        origin=files.origin,
        sources=tuple(f"{files.shown}/{name}" for name in sorted(texts)),
        digests=tuple(
            sorted({sha256(files.contents[name]).hexdigest() for name in terms if _is_digested(files, name)})
        ),
        remarks=tuple(dict.fromkeys(remarks)),
    )
    return Folder(evidence, {f"{files.shown}/{name}": text for name, text in sorted(terms.items())})


def _is_digested(files: Files, name: str) -> bool:
    return name in files.contents and name.lower() != "readme.md"


def _text(files: Files, name: str, raw: bytes, remarks: list[str]) -> str:
    """The text of a file; empty where it holds none that can be read."""
    shown = f"{files.shown}/{name}"
    if name.lower().endswith(UNREAD):
        return ""
    if name.lower() == "readme.md":
        text, odd = decode_card(raw, shown)
        remarks += odd
        return text
    plain = decoded(raw)
    if plain is None:
        remarks.append(f"{shown}:1:1: is binary and is not read")
        return ""
    if isinstance(plain, str):
        return plain
    try:
        return plain.decode("utf-8")
    except UnicodeDecodeError as error:
        before = plain[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        remarks.append(f"{shown}:{line}:{column}: is not UTF-8; what cannot be read counts as no letter")
        return plain.decode("utf-8", "replace")


def _refused_terms(files: Files, remarks: list[str]) -> dict[str, str]:
    """Terms that are there and could not be read: unknown ones, except behind a gate, where nobody could look."""
    found = {}
    for name, reason in sorted(files.refused.items()):
        remarks.append(f"{files.shown}/{name}: {reason}")
        if is_terms(name) and not files.is_gated:
            found[name] = ""
    return found


def _declared(card: Card | None, files: Files) -> tuple[str, ...] | None:
    """License names of the card; of the hub's own reading of it, where the card could not be read; then of weights."""
    headers = tuple(name for header in files.headers for name in (header.license_name or (), *header.license) if name)
    if card is not None:
        return card.licenses or headers
    repository = files.repository
    if repository is not None and repository.licenses is not None:
        named = repository.license_name
        is_other = [name.lower() for name in repository.licenses] == ["other"]
        return (named,) if is_other and named else repository.licenses
    if headers:
        return headers
    is_listed = files.listing is not None and not files.refused
    return () if is_listed and files.origin is not None and files.origin.source != "folder" else None


def _has_notice(files: Files) -> bool | None:
    if any(is_notice(name) for name in (*files.contents, *files.refused)):
        return True
    return None if files.listing is None else any(is_notice(name) for name in files.listing)


def _data(card: Card | None, configured: Configurations, files: Files) -> tuple[DataSource, ...]:
    listed = files.repository.datasets if files.repository else ()
    told = (DataSource(name=name, basis="declared") for name in listed)
    found: dict[str, DataSource] = {}
    headers = (
        DataSource(name=name, basis="declared", where=header.file)
        for header in files.headers
        for name in header.datasets
    )
    for source in (*(card.data if card else ()), *configured.data, *told, *headers):
        found.setdefault(source.name.lower(), source)
    return tuple(found.values())


def _parents(
    card: Card, configured: Configurations, files: Files, catalog: Catalog, remarks: list[str]
) -> tuple[Parent, ...]:
    """Every edge that card, hub, configuration or weights name, the surest source of each first.

    Front matter, adapter configuration and weights declare; prose states; other configuration only hints.
    """
    readme = f"{files.shown}/README.md"
    found = _Edges(files.model)
    for named in card.base:
        found.add(named.name, named.relation, "declared", f"{readme}:{named.line}")
        if named.name != UNREADABLE and not is_id(named.name):
            remarks.append(f"{readme}:{named.line}: base_model {named.name!r} is no Hub id such as org/name")
    for name, relation in files.repository.base if files.repository else ():
        found.add(name, _HUB_RELATIONS.get(relation or ""), "declared", "")
    found.declare([edge for edge in configured.parents if edge.basis == "declared"])
    for header in files.headers:
        told = (*header.base, *header.source)
        found.declare([Configured(name, "quantize", "declared", header.file) for name in told])
        remarks += [f"{header.file}: names {name} as its origin, which is no Hub id" for name in header.named]
    for named in card.stated_base:
        found.state(named, f"{readme}:{named.line}")
    for edge in configured.parents:
        if edge.basis != "declared":
            found.hint(edge.name, edge.relation, edge.where, catalog)
    return found.parents


class _Edges:
    """Collects edges, each parent once, and marks those that sources contest."""

    def __init__(self, child: str) -> None:
        self._child = child.lower()
        self._found: dict[str, Parent] = {}

    @property
    def parents(self) -> tuple[Parent, ...]:
        """The edges in the order in which they were found."""
        return tuple(self._found.values())

    def add(self, name: str, relation: Relation | None, basis: Basis, where: str, *, contested: bool = False) -> None:
        """An edge, unless the parent is there already, or is the model itself."""
        model = name if is_id(name) or name.startswith("(") else UNREADABLE
        key = model.lower()
        if key in (self._child, *self._found):
            return
        self._found[key] = Parent(
            evidence=Evidence(model=model),
            relation=relation or "fine-tune",
            basis=basis,
            contested=contested,
            where=where,
        )

    def declare(self, edges: Sequence[Configured]) -> None:
        """What a configuration or weights declare. Where front matter names quite other parents, all are contested."""
        is_whole = len(self._found) >= len(edges)
        news = [edge for edge in edges if not self._agrees(edge.name, is_whole=is_whole or edge.relation != "merge")]
        is_other = bool(self._found) and bool(news) and len(news) == len(edges)
        if is_other:
            self._found = {key: parent.model_copy(update={"contested": True}) for key, parent in self._found.items()}
        for edge in news:
            self.add(edge.name, edge.relation, "declared", edge.where, contested=is_other)

    def state(self, named: NamedParent, where: str) -> None:
        """What the prose states; a question where something else is declared."""
        declared = any(parent.basis == "declared" for parent in self._found.values())
        if not (declared and self._agrees(named.name)):
            self.add(named.name, named.relation, "stated", where, contested=declared)

    def hint(self, name: str, relation: Relation, where: str, catalog: Catalog) -> None:
        """What a configuration only hints at: a parent where none is named, else of interest if its name is known."""
        is_known = catalog.model(name) is not None or catalog.family(name) is not None
        if relation == "component" or not self._found or (is_known and not self._agrees(name)):
            self.add(name, relation, "inferred", where, contested=bool(self._found) and relation != "component")

    def _agrees(self, name: str, *, is_whole: bool = True) -> bool:
        """Whether the same repository is there already, perhaps as somebody else's copy.

        A parent without a name may be any of those there, unless the list of them is not `is_whole`.
        """
        last = name.lower().rpartition("/")[2]
        if not is_id(name):
            return bool(self._found) and is_whole
        return any(key == name.lower() or key.rpartition("/")[2] == last for key in self._found)


def is_id(name: str) -> bool:
    """Whether a name can be that of a Hub model."""
    try:
        check_model_id(name)
    except ValueError:
        return False
    return True
