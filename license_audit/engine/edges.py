"""What is noticed along one edge of a lineage: what the child drops, what the parent lacks, what the data imposes."""

from collections.abc import Collection, Iterable, Mapping

from license_audit.engine.binding import BoundLicense
from license_audit.engine.own_terms import Own, entry_of, finding
from license_audit.model.catalog import Catalog, Family, KnownName
from license_audit.model.evidence import DataSource, Evidence, Parent
from license_audit.model.license import License
from license_audit.model.record import Record
from license_audit.model.report import Edge, Finding
from license_audit.model.words import Openness

OPEN: tuple[Openness, ...] = ("open", "permissive")
"""Terms under which whoever drops them drops no limit on use."""
_LIMITS = {
    "non-commercial": "may not be used commercially",
    "research-only": "is for research only",
    "share-alike": "asks that what is made of it is shared alike",
    "generator-terms": "holds outputs of a model whose terms limit what they may train",
    "contested": "holds works whose use is contested",
    "unlicensed": "has no license",
    "own-terms": "comes under terms of its own",
}


class Child(Record):
    """What a model says of itself, as far as its parents are concerned."""

    model: str
    own: Own
    evidence: Evidence
    carried: frozenset[tuple[str, str]]
    """Meanings of the clauses of its own licenses."""

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of its own licenses."""
        return tuple(key for key, _ in self.own.windows)

    def is_silent(self, catalog: Catalog) -> bool:
        """Whether it names no license at all; then nothing is claimed that could drop anything."""
        return all(name.lower() == "other" or catalog.names_nothing(name) for name in self.own.says)


def dropped(child: Child, parent: Parent, upstream: BoundLicense, catalog: Catalog) -> list[Finding]:
    """Restrictions of an encoded license of the parent that have no counterpart in what the child says of itself."""
    if upstream.key in child.keys or child.is_silent(catalog):
        return []
    lost = tuple(
        clause.id
        for clause in upstream.clauses
        if clause.rule.restriction
        and clause.clause.travels == "with-derivatives"
        and clause.meaning not in child.carried
    )
    return _dropped(child, parent, f"comes under {upstream.key}, which travels", lost) if lost else []


def dropped_unread(child: Child, parent: Parent, upstream: Mapping[str, str], catalog: Catalog) -> list[Finding]:
    """Licenses that limit use, whose clauses are not encoded, and that the child does not name."""
    if child.is_silent(catalog):
        return []
    lost = [key for key in upstream if key not in child.keys and catalog.openness(key) not in OPEN]
    whys = (f"comes under {key}{_by(upstream[key], parent)}, whose clauses are not encoded yet" for key in lost)
    return [found for why in whys for found in _dropped(child, parent, why)]


def guessed(child: Child, parent: Parent, catalog: Catalog) -> list[Finding]:
    """What the name of a parent with unknown terms points to."""
    family = limiting_family(parent.evidence.model, catalog)
    if family is None or child.is_silent(catalog) or not set(child.keys).isdisjoint(family.licenses):
        return []
    text = f"is by its name one of {family.name}, which come under {' or '.join(family.licenses)}"
    return _dropped(child, parent, text)


def limiting_family(model: str, catalog: Catalog) -> Family | None:
    """The family that a name points to, where its members come under limits. A guess."""
    family = catalog.family(model)
    if family is None or any(catalog.openness(key) in OPEN for key in family.licenses):
        return None
    return family


def hidden_family(child: Child, reached: Collection[str], catalog: Catalog) -> tuple[Family, str] | None:
    """A family with limits that a model is called after, or tagged with, and that none of its terms comes from.

    `reached` are the keys of all terms that reach the model. Gives the family, and what names it.
    """
    if child.is_silent(catalog):
        return None
    for name, told in ((child.model, "its name"), *((tag, f"its tag {tag}") for tag in child.evidence.hints)):
        family = limiting_family(name, catalog)
        if family is None or _is_publisher(child.evidence, family):
            continue
        if set(family.licenses).isdisjoint((*child.keys, *reached)):
            return family, told
    return None


def hidden_parent(child: Child, family: Family, told: str) -> Finding:
    """That a model points to a family that comes under limits, declares other terms and names no such parent."""
    text = (
        f"{child.model} is by {told} one of {family.name}, which come under {' or '.join(family.licenses)}; "
        f"it declares {', '.join(child.own.says)} and names no such parent"
    )
    return finding("parent-not-declared", "warning", text)


def not_held(license_: License) -> list[Finding]:
    """Policies that are part of a license and that nobody here has read."""
    return [
        finding(
            "policy-not-held",
            "warning",
            f"{part.key} is part of {license_.key} by section {part.by}, and its text is not held: "
            "what it forbids is not judged",
        )
        for part in license_.incorporates
        if not part.held
    ]


def read_in_part(documents: Iterable[BoundLicense]) -> list[Finding]:
    """Texts in force of which only the key clauses are encoded."""
    return [
        finding(
            "key-clauses-only",
            "warning",
            f"only the key clauses of {one.key} are encoded: what bars, what is capped and what must be shown; "
            "a person must read its text",
        )
        for one in documents
        if one.is_partial
    ]


def _is_publisher(evidence: Evidence, family: Family) -> bool:
    """Whether a hub vouches that a model is the family's publisher's own."""
    is_vouched = evidence.origin is not None and evidence.origin.source != "folder"
    name = evidence.renamed or evidence.model
    return is_vouched and name.lower().partition("/")[0] in family.organizations


def _dropped(child: Child, parent: Parent, why: str, clauses: tuple[str, ...] = ()) -> list[Finding]:
    said = ", ".join(child.own.says)
    text = f"{said} is declared, but {parent.evidence.model} {why}"
    found = [finding("restriction-dropped", "warning", text, clauses)]
    if parent.basis == "stated":
        place = f"{parent.where} names" if parent.where else "the prose names"
        note = f"{place} {parent.evidence.model} as the origin, and base_model does not"
        found.append(finding("parent-not-declared", "warning", note))
    return found


def _by(model: str, parent: Parent) -> str:
    return "" if model == parent.evidence.model else f" through {model}"


def attribution(child: Child, parent: Parent, upstream: BoundLicense) -> list[Finding]:
    """That the child ships neither the license text nor the notices that the parent's license wants passed on."""
    if child.evidence.texts is None or upstream.key in (child.evidence.found or ()):
        return []
    missing = tuple(
        clause.id
        for clause in upstream.clauses
        if clause.rule.attribution and not ("notice-file" in clause.rule.fulfilled_by and child.evidence.notice_file)
    )
    text = f"{upstream.key} of {parent.evidence.model} wants its text or notices passed on; none lies with the model"
    return [finding("attribution-dropped", "note", text, missing)] if missing else []


def parent_lacks(parent: Parent, concluded: tuple[str, ...]) -> list[Finding]:
    """That a parent does not exist, or names no license. `concluded` are the keys of its own licenses."""
    place = f", named at {parent.where}," if parent.where else ""
    if parent.evidence.unavailable:
        text = f"the parent {parent.evidence.model}{place} could not be read: {parent.evidence.unavailable}"
        return [finding("parent-unavailable", "warning", text)]
    if parent.evidence.declared == () and not parent.evidence.texts and not concluded:
        text = f"the parent {parent.evidence.model}{place} names no license, so nothing is granted by it"
        return [finding("parent-unlicensed", "warning", text)]
    return []


def data_terms(evidence: Evidence, catalog: Catalog) -> list[Finding]:
    """Terms of training data. They do not flow into weights; whoever reads the report should know them."""
    return [found for source in evidence.data for found in _data_terms(evidence.model, source, catalog)]


def _data_terms(model: str, source: DataSource, catalog: Catalog) -> Iterable[Finding]:
    said = f" ({source.where})" if source.where else ""
    known = catalog.dataset(source.name)
    if known is not None and known.limits:
        limits = " and ".join(_LIMITS[limit] for limit in known.limits)
        text = f"{model} was trained on {known.title}{said}, which {limits}: {known.note}"
        yield finding("data-terms", "note", text)
    elif known is None and source.declared:
        meanings = [catalog.named(name) for name in source.declared]
        keys = [name.key for name in meanings if isinstance(name, KnownName)]
        limited = [key for key in keys if catalog.openness(key) not in OPEN]
        if limited:
            text = f"{model} was trained on {source.name}{said}, whose card declares {', '.join(limited)}"
            yield finding("data-terms", "note", text)


def contested(evidence: Evidence) -> list[Finding]:
    """Parents of which one source knows and another names others."""
    if not any(parent.contested for parent in evidence.parents):
        return []
    told = ", ".join(f"{one.evidence.model} ({one.basis}{_at(one)})" for one in evidence.parents)
    return [finding("lineage-contested", "warning", f"{evidence.model}: sources name different parents: {told}")]


def _at(parent: Parent) -> str:
    return f" at {parent.where}" if parent.where else ""


def edge_of(child: str, parent: Parent, concluded: tuple[str, ...], found: Iterable[Finding]) -> Edge:
    """The edge as the report shows it. `concluded` are the keys of the parent's own licenses.

    `found` is what was noticed along it.
    """
    losses = (finding for finding in found if finding.kind == "restriction-dropped")
    lost = (name for loss in losses for name in loss.clauses or concluded or ("its terms",))
    return Edge(
        child=child,
        parent=parent.evidence.model,
        relation=parent.relation,
        basis=parent.basis,
        contested=parent.contested,
        where=parent.where,
        concluded=concluded,
        dropped=tuple(dict.fromkeys(lost)),
    )


def same_publisher(child: Evidence, parent: str, catalog: Catalog) -> bool:
    """A publisher's own re-release states its terms anew. Those of others above it still travel.

    The organization in an id tells the publisher only where a hub vouches for it: a folder may be called anything.
    """
    entry, above = entry_of(child, catalog), catalog.model(parent)
    if entry is not None and above is not None:
        return entry.publisher == above.publisher
    is_vouched = child.origin is not None and child.origin.source != "folder"
    organization, slash, _ = (child.renamed or child.model).lower().partition("/")
    return is_vouched and bool(slash) and organization == parent.lower().partition("/")[0]


def outputs_provenance(parent: Parent, upstream: BoundLicense) -> list[Finding]:
    """That a model was trained on outputs that a license of the parent limits."""
    limits = tuple(clause.id for clause in upstream.clauses if clause.rule.limits_outputs)
    if not limits:
        return []
    text = f"trained on outputs of {parent.evidence.model}, whose license limits what outputs may be used for"
    return [finding("outputs-provenance", "note", text, limits)]
