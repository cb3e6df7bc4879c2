"""From the files of one model to evidence: the same way for a folder, the Hub and its cache."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import NamedTuple

from license_audit.model.card import Card
from license_audit.model.catalog import Catalog, KnownName
from license_audit.model.evidence import UNREAD, DataSource, Evidence, Origin, Parent, Statement
from license_audit.model.repository import Repository
from license_audit.model.words import Relation
from license_audit.readers.card import UNREADABLE, decode_card, read_card
from license_audit.readers.configurations import Configurations, is_configuration, read_configurations
from license_audit.readers.configured import Configured
from license_audit.readers.parents import Edges, is_id
from license_audit.readers.texts import decoded
from license_audit.readers.weights import WeightsHeader

_TERMS = re.compile(
    r"licen[sc]es?(?!(?:d|r|e|ing|able)(?![a-z]))(?![a-z]{3})"
    r"|(?:^|[-_. ])copying(?![a-z])"
    r"|(?<!privacy.)(?<!security.)(?<!cookie.)(?:(?<![a-z])|use|usage)policy(?![a-z])"
    r"|(?<![a-z])(?:terms|eula|aup|agreement)(?![a-z])",
    re.IGNORECASE,
)
_OTHER = (".py", ".yaml", ".yml", ".toml", ".png", ".svg")
_DATA = ".json"
_USUAL = ("LICENSE", "LICENSE.txt", "LICENSE.md")
"""Names under which a license text lies, where there is one, in nearly all repositories."""
GATE = "the gate's prompt"
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
    absent: frozenset[str] = frozenset()
    """Files of which a hub once said that they are not there; a listing says it of all others."""
    origin: Origin | None = None
    repository: Repository | None = None
    """What the hub tells of it."""
    headers: Sequence[WeightsHeader] = ()
    remarks: tuple[str, ...] = ()

    @property
    def own(self) -> str:
        """Id of the model, so that it is no parent of its own; empty for a folder, which may be called anything."""
        return "" if self.origin is not None and self.origin.source == "folder" else self.model

    @property
    def is_gated(self) -> bool:
        """Whether files are kept behind a gate."""
        return self.repository is not None and self.repository.gate in ("auto", "manual")

    @property
    def is_partial(self) -> bool:
        """Whether files may be missing here that say nothing by that: kept behind a gate, or not in the cache."""
        return self.is_gated or (self.origin is not None and self.origin.source == "cache")

    @property
    def is_searched(self) -> bool:
        """Whether every file that is there for terms could be looked at."""
        is_listed = self.listing is not None or self.absent.issuperset(_USUAL)
        return is_listed and not (self.is_partial and any(is_terms(name) for name in self.refused))


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
    if last.lower().endswith(_DATA):
        return last.lower() in ("license.json", "licence.json")
    return bool(is_meant) and not last.lower().endswith(_OTHER)


def is_notice(name: str) -> bool:
    """Whether a file is a NOTICE file."""
    return name.upper().startswith("NOTICE")


def assemble(files: Files, catalog: Catalog) -> Folder:
    """Evidence from the files of a model. Oddities are remarks; none of them stops anything."""
    remarks: list[str] = [*files.remarks]
    if files.listing is None:
        remarks.append(f"{files.shown}: nobody listed its files; there may be license texts that nobody looked at")
    texts = {name: _text(files, name, raw, remarks) for name, raw in files.contents.items()}
    readmes = sorted((name for name in texts if name.lower() == "readme.md"), key=lambda name: name != "README.md")
    readme = readmes[0] if readmes else None
    card = read_card(texts[readme], f"{files.shown}/{readme}", files.own) if readme else None
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
        declared=_declared(card, files, catalog),
        notice_file=_has_notice(files),
        parents=_parents(card or Card(), readme or "README.md", configured, files, catalog, remarks),
        stated=(*(card.stated if card else ()), *_asked(card), *_noticed(texts)),
        hints=_hints(card, files, catalog),
        data=data,
        data_disclosed=None if card is None else bool(data),
        unread=_unread(files),
        license_link=_link(card, files),
        renamed=new_name(files.repository) if files.repository else None,
        gate=files.repository.gate if files.repository else None,
        origin=files.origin,
        sources=tuple(f"{files.shown}/{name}" for name in sorted(texts)),
        digests=_digests(files, terms),
        remarks=tuple(dict.fromkeys(remarks)),
    )
    return Folder(evidence, {f"{files.shown}/{name}": text for name, text in sorted(terms.items())})


def _asked(card: Card | None) -> Iterator[Statement]:
    """What whoever asks for access must agree to. License names in it are those of the text that it quotes."""
    prompt = card.gate_prompt if card is not None else None
    for one in read_card(prompt, GATE).stated if prompt else ():
        if one.kind in ("non-commercial", "research-only"):
            yield one.model_copy(update={"file": GATE})


def _noticed(texts: Mapping[str, str]) -> Iterator[Statement]:
    """What NOTICE files say about terms, in which nobody looks for them."""
    for name, text in sorted(texts.items()):
        if is_notice(name):
            yield from (one.model_copy(update={"file": name}) for one in read_card(text, name).stated)


def _hints(card: Card | None, files: Files, catalog: Catalog) -> tuple[str, ...]:
    """Tags that name a family. Others tell nothing of where the model comes from."""
    tags = card.tags if card is not None else files.repository.tags if files.repository else ()
    return tuple(tag for tag in dict.fromkeys(tags) if ":" not in tag and catalog.family(tag) is not None)


def _digests(files: Files, terms: Collection[str]) -> tuple[str, ...]:
    names = (name for name in terms if name in files.contents and name.lower() != "readme.md")
    return tuple(sorted({sha256(files.contents[name]).hexdigest() for name in names}))


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
    """Terms that are there and could not be read: unknown ones, except where nobody could look."""
    remarks += [f"{files.shown}/{name}: {files.refused[name]}" for name in _unread(files)]
    return {} if files.is_partial else {name: "" for name in _unread(files) if is_terms(name)}


def _unread(files: Files) -> tuple[str, ...]:
    """Files that are there for terms or lineage and could not be read, as far as their names tell."""
    return tuple(name for name in sorted(files.refused) if is_wanted(name))


def _declared(card: Card | None, files: Files, catalog: Catalog) -> tuple[str, ...] | None:
    """License names of the card; of the hub's own reading of it, where the card could not be read; then of weights."""
    headers = tuple(name for header in files.headers for name in (header.license_name or (), *header.license) if name)
    if card is not None:
        # A name under a wrong key, or in weights, is no declaration. Beside a right one that says otherwise it makes
        # two, and nobody knows which holds.
        beside = (*card.misnamed, *(name for name in headers if _differs(name, card.licenses, catalog)))
        return tuple(dict.fromkeys((*card.licenses, *beside))) if card.licenses else headers
    repository = files.repository
    if repository is not None and repository.licenses is not None:
        named = repository.license_name
        is_other = [name.lower() for name in repository.licenses] == ["other"]
        return (named,) if is_other and named else repository.licenses
    if headers:
        return headers
    is_listed = files.listing is not None and not files.refused
    return () if is_listed and files.origin is not None and files.origin.source != "folder" else None


def _differs(name: str, names: tuple[str, ...], catalog: Catalog) -> bool:
    """Whether a name of weights means another license than those of the card; `other` and the like mean none."""
    meaning = catalog.named(name)
    return isinstance(meaning, KnownName) and all(catalog.named(other) != meaning for other in names)


def _link(card: Card | None, files: Files) -> str | None:
    if card is not None:
        return card.license_link
    return files.repository.license_link if files.repository else None


def new_name(repository: Repository) -> str | None:
    """What a hub calls a repository that was asked for by another name; capitals alone make none."""
    return repository.id if repository.id.lower() != repository.asked.lower() else None


def _has_notice(files: Files) -> bool | None:
    if any(is_notice(name) for name in (*files.contents, *files.refused)):
        return True
    if files.listing is None:
        return False if "NOTICE" in files.absent else None
    return any(is_notice(name) for name in files.listing)


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
    card: Card, name_of_card: str, configured: Configurations, files: Files, catalog: Catalog, remarks: list[str]
) -> tuple[Parent, ...]:
    """Every edge that card, hub, configuration or weights name, the surest source of each first.

    Front matter, adapter configuration and weights declare; prose states; other configuration only hints.
    """
    readme = f"{files.shown}/{name_of_card}"
    found = Edges(files.own)
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
    for named in card.stated_base:
        found.state(named, f"{readme}:{named.line}")
    for edge in configured.parents:
        if edge.basis != "declared":
            found.hint(edge.name, edge.relation, edge.where, catalog)
    for header in files.headers:
        for name in header.named:
            remarks.append(f"{header.file}: names {name} as its origin, which is no Hub id")
            found.hint(f"({name}, which is no Hub id)", "quantize", header.file, catalog)
    return found.parents
