"""Which terms a model really comes under: its own, and what travels from its parents.

Effective terms are the model's own terms and every upstream license that reaches it along the edge in that
license's own definition of a derivative. Nothing disappears because a child leaves it out.
"""

from collections.abc import Iterable

from license_audit.engine.binder import Binder
from license_audit.engine.edges import (
    Child,
    attribution,
    contested,
    data_terms,
    dropped,
    dropped_unread,
    edge_of,
    guessed,
    hidden_family,
    hidden_parent,
    limiting_family,
    not_held,
    outputs_provenance,
    parent_lacks,
    read_in_part,
    same_publisher,
)
from license_audit.engine.formula import Formula, Leaf, all_of, any_of
from license_audit.engine.ground import YES, YES_NO
from license_audit.engine.model_facts import InForce, Visit, least_open, model_facts, multimodal, notice_file
from license_audit.engine.own_terms import Moment, Own, entry_of, finding, own_terms
from license_audit.engine.situation import EvidenceFacts
from license_audit.engine.solve import Layer, Meant, Terms, joined_by
from license_audit.model.catalog import Catalog, CatalogModel, KnownName
from license_audit.model.evidence import Evidence, Parent
from license_audit.model.record import Record, replace
from license_audit.model.report import Edge, Finding
from license_audit.model.words import FROM_OUTPUTS, Openness

MAX_DEPTH = 12
MAX_STEPS = 3_000
"""Ancestors, counted once for each way that leads to them."""
PARENTS = "evidence.parents"
WITH_THE_BASE = ("adapter", "component", "copy")
"""Relations in which the parent itself is used beside the child, or is the child."""
BESIDE = ("adapter", "component")
"""Those in which it stays a work of its own, whose terms the child's do not replace, whoever published both."""


class Resolved(Record):
    """The effective terms of one model and what was noticed on the way."""

    terms: Terms
    findings: tuple[Finding, ...]
    concluded: tuple[str, ...] = ()
    """Keys of the model's own licenses, as concluded from text, publisher and card; its parents' are not among them."""
    licenses: tuple[str, ...] = ()
    """Keys of all licenses in force, those whose clauses are not encoded among them."""
    is_known: bool = False
    """Whether these are all; not so while nobody knows which terms a model or its parent is under."""
    openness: Openness | None = None
    """Of the least open of them; None while they are not all known."""
    lineage: tuple[Edge, ...] = ()


class _Walk:
    """What is collected from a model and its ancestors."""

    def __init__(
        self, binder: Binder, moment: Moment, below: "_Walk | None" = None, *, by_outputs: bool = False
    ) -> None:
        """`below` is the walk of a child, which goes on counting."""
        self.binder, self.moment = binder, moment
        self.layers: list[Layer] = []
        self.visits: list[Visit] = below.visits if below else []
        self.by_outputs = by_outputs
        """Whether only outputs of what is visited went into the model asked about."""
        self.unread: dict[str, str] = {}
        """Licenses whose clauses are not encoded, each with the model that comes under it."""
        self.superseded: set[str] = set()
        """Licenses that publishers have replaced since; whoever drops them may have obtained the model later."""
        self.unread_when: list[Formula] = []
        """When one of them holds."""
        self.unknown: list[Formula] = []
        """When terms hold of which nobody knows which they are."""
        self.findings: list[Finding] = []
        self.names: set[str] = below.names if below else set()
        self.meant: dict[str, set[str]] = below.meant if below else {}
        """Models by which agreements and claims mean each license."""
        self.carriers: dict[str, set[str]] = below.carriers if below else {}
        """Models that carry each license."""
        self.steps: list[str] = below.steps if below else []
        """Every model visited, on any way, so that merges of merges of merges come to an end."""
        self.lineage: list[Edge] = []
        self.concluded: tuple[str, ...] = ()

    def visit(
        self, evidence: Evidence, guard: Formula, trail: tuple[str, ...], *, is_derivative: bool, restated: bool = False
    ) -> None:
        """Collect the terms of a model and of its ancestors. `trail` holds the descendants on the way to it.

        The own terms of a model count for nothing where its publisher has `restated` them for the descendant.
        """
        name = evidence.model.lower()
        self.steps.append(name)
        if name in trail or len(trail) >= MAX_DEPTH or len(self.steps) > MAX_STEPS:
            self.findings.append(_end(evidence.model, trail))
            self.unknown.append(guard)
            self.visits.append(Visit(evidence, guard, self.by_outputs, is_read=False))
            return
        self.visits.append(Visit(evidence, guard, self.by_outputs))
        self.names.add(name)
        catalog = self.binder.catalog
        entry = entry_of(evidence, catalog)
        own = own_terms(evidence, entry, catalog, self.moment)
        self.concluded = tuple(key for key, _ in own.windows)
        self.superseded |= _superseded(own, evidence, entry, catalog, self.moment)
        if not restated:
            self._own(own, evidence, guard, is_derivative=is_derivative)
            for key, _ in own.windows:
                self.carriers.setdefault(key, set()).add(name)
                self.meant.setdefault(key, set()).update((name, *trail) if self._names_licensor(key) else (name,))
        self.findings += data_terms(evidence, catalog)
        child = Child(evidence.model, own, evidence, self._carried(own))
        parents = tuple(_parents(evidence, entry))
        for parent in parents:
            same = parent.relation not in BESIDE and same_publisher(evidence, parent.evidence.model, catalog)
            self._follow(parent, all_of(guard, _edge_guard(parent)), child, (*trail, name), restated=same)
        if entry is None and evidence.declared is not None:
            self._hidden(child, guard, parents)
        self.findings += contested(evidence)

    def _own(self, own: Own, evidence: Evidence, guard: Formula, *, is_derivative: bool) -> None:
        self.findings += own.findings
        self.unknown.append(all_of(guard, own.unknown))
        for key, holds in own.windows:
            self._add(key, evidence.model, all_of(guard, holds), is_derivative=is_derivative)

    def _hidden(self, child: Child, guard: Formula, parents: tuple[Parent, ...]) -> None:
        """Note a family that name or tags point to, and whose terms come from no parent: a question."""
        catalog = self.binder.catalog
        if any(limiting_family(parent.evidence.model, catalog) for parent in parents):
            return
        reached = {layer.bound.key for layer in self.layers} | self.unread.keys()
        found = hidden_family(child, reached, catalog)
        if found is not None:
            self.findings.append(hidden_parent(child, *found))
            self.unknown.append(all_of(guard, Leaf(f"{PARENTS}={found[0].name}", PARENTS, YES, YES_NO)))

    def _add(self, key: str, model: str, guard: Formula, *, is_derivative: bool) -> None:
        layer = self.binder.layer(key, guard=guard, is_derivative=is_derivative)
        if layer is None:
            self.unread[key] = model
            self.unread_when.append(guard)
            self.findings.append(finding("clauses-not-encoded", "warning", _why_unread(key, self.binder.catalog)))
        else:
            self.layers.append(layer)
            self.findings += [*not_held(layer.bound.license), *read_in_part((layer.bound, *layer.policies))]

    def _names_licensor(self, key: str) -> bool:
        bound = self.binder.bound(key)
        return bound is not None and bool(bound.license.licensors)

    def _carried(self, own: Own) -> frozenset[tuple[str, str]]:
        bound = (self.binder.bound(key) for key, _ in own.windows)
        return frozenset(clause.meaning for license_ in bound if license_ is not None for clause in license_.clauses)

    def _follow(self, parent: Parent, guard: Formula, child: Child, trail: tuple[str, ...], *, restated: bool) -> None:
        """Take over what travels along one edge."""
        by_outputs = self.by_outputs or parent.relation in FROM_OUTPUTS
        above = _Walk(self.binder, self.moment, self, by_outputs=by_outputs)
        catalog = self.binder.catalog
        derived = parent.relation not in WITH_THE_BASE
        above.visit(parent.evidence, guard, trail, is_derivative=derived, restated=restated)
        noticed = parent_lacks(parent, above.concluded)
        if any(part is not False for part in (*above.unknown, *above.unread_when)):
            text = f"{parent.evidence.model}: the terms of a parent are not known"
            noticed.append(finding("parent-terms-unknown", "warning", text))
            self.unknown += above.unknown
            if not above.concluded:
                noticed += guessed(child, parent, catalog)
        if parent.relation in FROM_OUTPUTS:
            self.unknown += above.unread_when
        else:
            self.unread |= above.unread
            self.unread_when += above.unread_when
            noticed += dropped_unread(child, parent, above.unread, catalog)
        for layer in above.layers:
            if derived and parent.relation not in layer.bound.license.derivatives:
                noticed += outputs_provenance(parent, layer.bound)
            else:
                self.layers.append(layer)
                if layer.bound.key not in above.superseded:
                    noticed += dropped(child, parent, layer.bound, catalog)
                noticed += attribution(child, parent, layer.bound)
        self.findings += [*above.findings, *noticed]
        self.lineage += [edge_of(child.model, parent, above.concluded, noticed), *above.lineage]
        self.superseded |= above.superseded


def resolve(evidence: Evidence, binder: Binder, moment: Moment) -> Resolved:
    """The effective terms of a model."""
    walk = _Walk(binder, moment)
    walk.visit(evidence, guard=True, trail=(), is_derivative=False)
    licenses = tuple(dict.fromkeys((*(layer.bound.key for layer in walk.layers), *walk.unread)))
    if not any(layer.grants for layer in walk.layers):
        walk.unknown.append(bool(walk.layers))  # a policy alone permits nothing
    is_known = bool(licenses) and all(part is False for part in walk.unknown)
    terms = Terms(
        _merged((*walk.layers, *binder.house)),
        any_of(*walk.unknown, *walk.unread_when),
        frozenset(walk.names),
        tuple(_meant(key, names, walk.carriers[key], binder.catalog) for key, names in sorted(walk.meant.items())),
        _facts(walk, is_known=is_known) if binder.house else _always_known(walk),
    )
    return Resolved(
        terms,
        tuple(dict.fromkeys(walk.findings)),
        walk.concluded,
        licenses,
        is_known,
        "api" if evidence.provider else least_open(licenses, binder.catalog) if is_known else None,
        tuple(dict.fromkeys(walk.lineage)),
    )


def _meant(key: str, names: set[str], carriers: set[str], catalog: Catalog) -> Meant:
    return Meant(key, frozenset(names), tuple((name, catalog.publisher_of(name)) for name in sorted(carriers)))


def _always_known(walk: _Walk) -> EvidenceFacts:
    """What licenses ask of the model."""
    return EvidenceFacts(notice_file=notice_file(walk.visits), multimodal=_multimodal(walk))


def _multimodal(walk: _Walk) -> bool | None:
    """Whether the model handles more than text; of a model that nobody knows, where all under its terms are alike."""
    catalog = walk.binder.catalog
    known = multimodal(walk.visits, catalog)
    asking = [layer for layer in walk.layers if any("evidence.multimodal" in one.compares for one in layer.documents)]
    if known is not None or not asking:
        return known
    said = {one for layer in asking for one in catalog.multimodal_under(layer.bound.key)}
    return said.pop() if len(said) == 1 else None


def _facts(walk: _Walk, *, is_known: bool) -> EvidenceFacts:
    """What an organization's own rules may ask of the model."""
    is_certain = all(when is True for when in walk.unread_when)
    licenses = [InForce(layer.bound.key, layer.guard is True) for layer in _merged(walk.layers)]
    licenses += [InForce(key, is_certain) for key in walk.unread]
    found = model_facts(walk.visits, licenses, walk.binder.catalog, walk.moment, is_known=is_known)
    return found.model_copy(update={"multimodal": _multimodal(walk)})


def _parents(evidence: Evidence, entry: CatalogModel | None) -> Iterable[Parent]:
    """Those that card, manifest or files name; the catalog's too, where none of these is declared."""
    if entry is None or any(parent.basis == "declared" for parent in evidence.parents):
        return evidence.parents
    bases = {base.lower() for base in entry.base}
    own = [Parent(evidence=Evidence(model=base), relation=entry.relation, basis="declared") for base in entry.base]
    return [*own, *(parent for parent in evidence.parents if parent.evidence.model.lower() not in bases)]


def _why_unread(key: str, catalog: Catalog) -> str:
    """Why nobody can judge by a text."""
    name = catalog.named(key)
    is_held = not isinstance(name, KnownName) or name.held
    return (
        f"the clauses of {key} are not encoded yet"
        if is_held
        else f"the text of {key} is not held, so nothing says what it asks"
    )


def _end(model: str, trail: tuple[str, ...]) -> Finding:
    """Why nothing above a model is looked at."""
    if model.lower() in trail:
        return finding("lineage-loop", "warning", f"{model} is named among its own ancestors")
    if len(trail) >= MAX_DEPTH:
        text = f"{model} lies more than {MAX_DEPTH} steps up; nothing above is read"
        return finding("lineage-too-deep", "warning", text)
    return finding(
        "lineage-too-large", "warning", f"more than {MAX_STEPS:,} ancestors; {model} and the rest are not read"
    )


def _superseded(own: Own, evidence: Evidence, entry: CatalogModel | None, catalog: Catalog, moment: Moment) -> set[str]:
    """Licenses of a model that its publisher offers no more."""
    if entry is None or moment.obtained is not None:
        return set()
    today = own_terms(evidence, entry, catalog, Moment(moment.on, moment.on))
    return {key for key, _ in own.windows} - {key for key, _ in today.windows}


def _edge_guard(parent: Parent) -> Formula:
    """Only what is declared is certain. What prose states or a file hints at is a question until it is declared."""
    if parent.basis == "declared":
        return True
    return Leaf(f"{PARENTS}={parent.evidence.model}", PARENTS, YES, YES_NO)


def _merged(layers: Iterable[Layer]) -> tuple[Layer, ...]:
    """One layer for each license; it reaches the model when any of its ways does."""
    return joined_by(layers, lambda layer: layer.bound.key, _joined)


def _joined(first: Layer, second: Layer) -> Layer:
    derivative = first.is_derivative or second.is_derivative
    return replace(first, guard=any_of(first.guard, second.guard), is_derivative=derivative)
