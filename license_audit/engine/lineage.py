"""Which terms a model really comes under: its own, and what travels from its parents.

Effective terms are the model's own terms and every upstream license that reaches it along the edge in that
license's own definition of a derivative. Nothing disappears because a child leaves it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from license_audit.engine.binding import BoundClause, BoundLicense, bind_license
from license_audit.engine.formula import Formula, Leaf, all_of, any_of
from license_audit.engine.ground import YES, YES_NO
from license_audit.engine.own_terms import Moment, Own, finding, own_terms
from license_audit.engine.situation import EvidenceFacts
from license_audit.engine.solve import Layer, Terms
from license_audit.model.catalog import Catalog, CatalogModel
from license_audit.model.evidence import Evidence, Parent
from license_audit.model.report import Finding

MAX_DEPTH = 12
WITH_THE_BASE = ("adapter",)
"""Relations in which the parent itself is used beside the child."""
FROM_OUTPUTS = ("distill", "train-on-outputs")
"""Relations in which only outputs of the parent went into the child."""


@dataclass(frozen=True)
class Resolved:
    """The effective terms of one model and what was noticed on the way."""

    terms: Terms
    findings: tuple[Finding, ...]
    concluded: tuple[str, ...] = ()
    """Keys of the model's own licenses, as concluded from text, publisher and card; its parents' are not among them."""


class Binder:
    """Licenses of one catalog, bound once each."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._bound: dict[str, BoundLicense | None] = {}
        self._policies: dict[str, tuple[BoundLicense, ...]] = {}

    def bound(self, key: str) -> BoundLicense | None:
        """The license with its rules; None when its clauses are not encoded."""
        if key not in self._bound:
            try:
                self._bound[key] = bind_license(self.catalog.license(key), self.catalog)
            except KeyError:
                self._bound[key] = None
        return self._bound[key]

    def layer(self, key: str, *, guard: Formula, is_derivative: bool) -> Layer | None:
        """A layer of terms with the policies that are part of it; None when the clauses are not encoded."""
        found = self.bound(key)
        if found is None:
            return None
        if key not in self._policies:
            held = (self.bound(part.key) for part in found.license.incorporates if part.held)
            self._policies[key] = tuple(policy for policy in held if policy is not None)
        return Layer(found, guard, is_derivative, self._policies[key])


@dataclass
class _Walk:
    """What is collected from a model and its ancestors."""

    binder: Binder
    moment: Moment
    layers: list[Layer] = field(default_factory=list)
    unknown: list[Formula] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    concluded: tuple[str, ...] = ()

    def visit(self, evidence: Evidence, guard: Formula, trail: tuple[str, ...], *, is_derivative: bool) -> None:
        """Collect the terms of a model and of its ancestors. `trail` holds the descendants on the way to it."""
        name = evidence.model.lower()
        if name in trail or len(trail) >= MAX_DEPTH:
            self.findings.append(
                finding("lineage-loop", "warning", f"{evidence.model} is named among its own ancestors")
            )
            self.unknown.append(guard)
            return
        self.names.add(name)
        catalog = self.binder.catalog
        entry = catalog.model(evidence.model)
        own = own_terms(evidence, entry, catalog, self.moment)
        self.findings += own.findings
        self.concluded = tuple(key for key, _ in own.windows)
        self.unknown.append(all_of(guard, own.unknown))
        for key, holds in own.windows:
            self._add(key, all_of(guard, holds), is_derivative=is_derivative)
        for parent in _parents(evidence, entry):
            upstream = parent.evidence.model
            if _same_publisher(entry, catalog.model(upstream)):
                self.names.add(upstream.lower())
            else:
                self._follow(parent, all_of(guard, _edge_guard(parent)), own, (*trail, name))

    def _add(self, key: str, guard: Formula, *, is_derivative: bool) -> None:
        layer = self.binder.layer(key, guard=guard, is_derivative=is_derivative)
        if layer is None:
            self.unknown.append(guard)
            self.findings.append(finding("clauses-not-encoded", "warning", f"the clauses of {key} are not encoded yet"))
        else:
            self.layers.append(layer)

    def _follow(self, parent: Parent, guard: Formula, own: Own, trail: tuple[str, ...]) -> None:
        """Take over what travels along one edge."""
        above = _Walk(self.binder, self.moment, names=self.names)
        derived = parent.relation not in WITH_THE_BASE
        above.visit(parent.evidence, guard, trail, is_derivative=derived)
        self.findings += above.findings
        if any(part is not False for part in above.unknown):
            text = f"{parent.evidence.model}: the terms of a parent are not known"
            self.findings.append(finding("parent-terms-unknown", "warning", text))
            self.unknown += above.unknown
        for layer in above.layers:
            if derived and parent.relation not in layer.bound.license.derivatives:
                self.findings += _outputs_provenance(parent, layer.bound)
            else:
                self.layers.append(layer)
                self.findings += self._dropped(layer.bound, own, parent)

    def _dropped(self, upstream: BoundLicense, own: Own, parent: Parent) -> list[Finding]:
        """Restrictions of the parent that have no counterpart in what the child says of itself."""
        keys = [key for key, _ in own.windows]
        catalog = self.binder.catalog
        silent = all(name.lower() == "other" or catalog.names_nothing(name) for name in own.says)
        if upstream.key in keys or silent:
            return []
        bound = (self.binder.bound(key) for key in keys)
        carried = {_meaning(clause) for license_ in bound if license_ is not None for clause in license_.clauses}
        lost = tuple(
            clause.id
            for clause in upstream.clauses
            if clause.rule.restriction
            and clause.clause.travels == "with-derivatives"
            and _meaning(clause) not in carried
        )
        if not lost:
            return []
        declared = ", ".join(own.says)
        text = f"{declared} is declared, but {parent.evidence.model} comes under {upstream.key}, which travels"
        return [finding("restriction-dropped", "warning", text, lost)]


def resolve(evidence: Evidence, binder: Binder, moment: Moment) -> Resolved:
    """The effective terms of a model."""
    walk = _Walk(binder, moment)
    walk.visit(evidence, guard=True, trail=(), is_derivative=False)
    terms = Terms(
        _merged(walk.layers),
        any_of(*walk.unknown),
        frozenset(walk.names),
        EvidenceFacts(notice_file=evidence.notice_file),
    )
    return Resolved(terms, tuple(dict.fromkeys(walk.findings)), walk.concluded)


def _parents(evidence: Evidence, entry: CatalogModel | None) -> Iterable[Parent]:
    """Those that card, manifest or files name; the catalog's where nothing else names one."""
    if evidence.parents or entry is None:
        return evidence.parents
    return [Parent(evidence=Evidence(model=base), relation=entry.relation, basis="declared") for base in entry.base]


def _same_publisher(child: CatalogModel | None, parent: CatalogModel | None) -> bool:
    """A publisher's own re-release states its terms anew; nothing travels from its older sibling."""
    return child is not None and parent is not None and child.publisher == parent.publisher


def _edge_guard(parent: Parent) -> Formula:
    if parent.basis == "declared":
        return True
    path = "evidence.parents"
    return Leaf(f"{path}={parent.evidence.model}", path, YES, YES_NO)


def _outputs_provenance(parent: Parent, upstream: BoundLicense) -> list[Finding]:
    limits = tuple(clause.id for clause in upstream.clauses if clause.rule.limits_outputs)
    if not limits:
        return []
    text = f"trained on outputs of {parent.evidence.model}, whose license limits what outputs may be used for"
    return [finding("outputs-provenance", "note", text, limits)]


def _meaning(clause: BoundClause) -> tuple[str, str]:
    return clause.rule.rule, repr(sorted(clause.clause.with_.items()))


def _merged(layers: list[Layer]) -> tuple[Layer, ...]:
    """One layer for each license; it reaches the model when any of its ways does."""
    merged: dict[str, Layer] = {}
    for layer in layers:
        first = merged.get(layer.bound.key)
        merged[layer.bound.key] = layer if first is None else _joined(first, layer)
    return tuple(merged.values())


def _joined(first: Layer, second: Layer) -> Layer:
    derivative = first.is_derivative or second.is_derivative
    return replace(first, guard=any_of(first.guard, second.guard), is_derivative=derivative)
