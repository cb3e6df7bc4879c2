"""Which terms a model really comes under: its own, and what travels from its parents.

Effective terms are the model's own terms and every upstream license that reaches it along the edge in that license's own
definition of a derivative. Nothing disappears because a child leaves it out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from license_audit.engine.binding import BoundClause, BoundLicense, bind_license
from license_audit.engine.formula import Cut, Formula, Leaf, all_of, any_of, negate
from license_audit.engine.ground import YES, YES_NO
from license_audit.engine.situation import EvidenceFacts
from license_audit.engine.solve import Layer, Terms
from license_audit.model.catalog import AmbiguousName, Catalog, CatalogModel, KnownName, Window
from license_audit.model.evidence import Evidence, Parent
from license_audit.model.report import Finding
from license_audit.model.words import Level

MAX_DEPTH = 12
WITH_THE_BASE = ("adapter",)
"""Relations in which the parent itself is used beside the child."""


@dataclass(frozen=True)
class Resolved:
    """The effective terms of one model and what was noticed on the way."""

    terms: Terms
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Moment:
    """When the copy was obtained and when the question is asked."""

    on: date
    obtained: date | None
    path: str
    """Fact path of the date on which the copy was obtained."""


@dataclass(frozen=True)
class _Own:
    """What is concluded about a model's own terms."""

    windows: tuple[tuple[str, Formula], ...] = ()
    """License keys, each with when it holds."""
    unknown: Formula = False
    findings: tuple[Finding, ...] = ()
    says: tuple[str, ...] = ()
    """What the model says of itself: license names, known or not."""


class Binder:
    """Licenses of one catalog, bound once each."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self._bound = lru_cache(maxsize=None)(self._bind)

    def bound(self, key: str) -> BoundLicense | None:
        """The license with its rules; None when its clauses are not encoded."""
        return self._bound(key)

    def _bind(self, key: str) -> BoundLicense | None:
        try:
            return bind_license(self.catalog.license(key), self.catalog)
        except KeyError:
            return None

    def layer(self, key: str, guard: Formula, *, is_derivative: bool) -> Layer | None:
        """A layer of terms with the policies that are part of it; None when the clauses are not encoded."""
        found = self.bound(key)
        if found is None:
            return None
        policies = (self.bound(part.key) for part in found.license.incorporates if part.held)
        return Layer(found, guard, is_derivative, tuple(policy for policy in policies if policy is not None))


def resolve(evidence: Evidence, binder: Binder, moment: Moment) -> Resolved:
    """The effective terms of a model."""
    layers: list[Layer] = []
    unknown: list[Formula] = []
    findings: list[Finding] = []
    names: set[str] = set()
    _walk(evidence, binder, moment, True, False, (), layers, unknown, findings, names)
    terms = Terms(
        _merged(layers),
        any_of(*unknown),
        frozenset(names),
        EvidenceFacts(notice_file=evidence.notice_file),
    )
    return Resolved(terms, tuple(dict.fromkeys(findings)))


def _walk(
    evidence: Evidence,
    binder: Binder,
    moment: Moment,
    guard: Formula,
    is_derivative: bool,
    trail: tuple[str, ...],
    layers: list[Layer],
    unknown: list[Formula],
    findings: list[Finding],
    names: set[str],
) -> tuple[str, ...]:
    """Collect the terms of a model and of its ancestors; gives the license names the model itself carries."""
    name = evidence.model.lower()
    if name in trail or len(trail) >= MAX_DEPTH:
        findings.append(_finding("lineage-loop", "warning", f"{evidence.model} is named among its own ancestors"))
        return ()
    names.add(name)
    entry = binder.catalog.model(evidence.model)
    own = _own_terms(evidence, entry, binder, moment)
    findings += own.findings if not trail else [found for found in own.findings if found.level != "note"]
    for key, holds in own.windows:
        layer = binder.layer(key, all_of(guard, holds), is_derivative=is_derivative)
        if layer is None:
            unknown.append(all_of(guard, holds))
            findings.append(_finding("clauses-not-encoded", "warning", f"the clauses of {key} are not encoded yet"))
        else:
            layers.append(layer)
    unknown.append(all_of(guard, own.unknown))
    keys = tuple(key for key, _ in own.windows)
    for parent in _parents(evidence, entry, binder):
        upstream = parent.evidence
        if _same_publisher(entry, binder.catalog.model(upstream.model)):
            names.add(upstream.model.lower())
            continue
        edge = all_of(guard, _edge_guard(parent))
        _follow(parent, edge, keys, own, binder, moment, (*trail, name), layers, unknown, findings, names)
    return keys


def _follow(
    parent: Parent,
    guard: Formula,
    keys: tuple[str, ...],
    own: _Own,
    binder: Binder,
    moment: Moment,
    trail: tuple[str, ...],
    layers: list[Layer],
    unknown: list[Formula],
    findings: list[Finding],
    names: set[str],
) -> None:
    above: list[Layer] = []
    open_terms: list[Formula] = []
    noticed: list[Finding] = []
    derived = parent.relation not in WITH_THE_BASE
    _walk(parent.evidence, binder, moment, guard, derived, trail, above, open_terms, noticed, names)
    findings += noticed
    if any(part is not False for part in open_terms):
        about = "the terms of a parent are not known"
        findings.append(_finding("parent-terms-unknown", "warning", f"{parent.evidence.model}: {about}"))
        unknown += open_terms if parent.relation not in ("distill", "train-on-outputs") else []
    for layer in above:
        if derived and parent.relation not in layer.bound.license.derivatives:
            findings += _outputs_provenance(parent, layer.bound)
            continue
        layers.append(layer)
        findings += _dropped(layer, keys, own, parent, binder)


def _parents(evidence: Evidence, entry: CatalogModel | None, binder: Binder) -> Iterable[Parent]:
    """Declared parents first; the catalog's where nothing else names one."""
    if evidence.parents or entry is None:
        return evidence.parents
    return [
        Parent.model_construct(
            evidence=Evidence.model_construct(model=base, parents=(), declared=None, found=None),
            relation=entry.relation,
            basis="declared",
        )
        for base in entry.base
    ]


def _same_publisher(child: CatalogModel | None, parent: CatalogModel | None) -> bool:
    """A publisher's own re-release states its terms anew; nothing travels from its older sibling."""
    return child is not None and parent is not None and child.publisher == parent.publisher


def _edge_guard(parent: Parent) -> Formula:
    if parent.basis == "declared":
        return True
    path = "evidence.parents"
    return Leaf(f"{path}={parent.evidence.model}", path, YES, YES_NO)


def _own_terms(evidence: Evidence, entry: CatalogModel | None, binder: Binder, moment: Moment) -> _Own:
    """Text found, then the publisher's statement in the catalog, then the card."""
    says = evidence.declared or ()
    declared = _named(says, binder.catalog, evidence.model)
    if evidence.found:
        unknown = "" in evidence.found
        keys = tuple(key for key in evidence.found if key)
        findings = [*_differs(declared.keys, keys, evidence.model)] if says else []
        if unknown:
            findings.append(_finding("unknown-text", "warning", f"{evidence.model}: a license text is not known by fingerprint"))
        if len(keys) > 1:
            findings.append(_finding("several-licenses", "warning", f"{evidence.model}: texts of {', '.join(keys)}"))
        return _Own(tuple((key, True) for key in keys), unknown, tuple(findings), says)
    if entry is not None:
        own = _by_date(entry, moment)
        differs = _differs(declared.keys, tuple(key for key, _ in own.windows), evidence.model) if says else []
        return replace(own, findings=(*own.findings, *differs), says=says or tuple(key for key, _ in own.windows))
    if evidence.declared is None:
        finding = _finding("terms-unknown", "warning", f"{evidence.model}: neither card, text nor catalog names its terms")
        return _Own((), True, (finding,))
    return _Own(tuple((key, True) for key in declared.keys), declared.unknown, tuple(declared.findings), says)


@dataclass(frozen=True)
class _Named:
    keys: tuple[str, ...]
    unknown: bool
    findings: list[Finding]


def _named(names: tuple[str, ...], catalog: Catalog, model: str) -> _Named:
    """What the license names of a card mean. More than one name is a question, never the first of them."""
    telling = [name for name in names if not catalog.names_nothing(name)]
    if not telling:
        return _Named((), True, [_finding("license-missing", "warning", f"{model}: no license is declared")])
    keys: list[str] = []
    findings: list[Finding] = []
    for name in telling:
        meaning = catalog.named(name)
        match meaning:
            case KnownName():
                keys.append(meaning.key)
            case AmbiguousName():
                text = f"{model}: {name!r} can mean {', '.join(meaning.keys)}; the {meaning.decided_by} decides"
                findings.append(_finding("license-ambiguous", "warning", text))
            case None if name.lower() == "other":
                findings.append(_finding("other-without-name", "warning", f"{model}: says other and names no license"))
            case None:
                findings.append(_finding("license-unrecognized", "warning", f"{model}: nobody knows a license {name!r}"))
    if len(telling) > 1:
        text = f"{model}: {', '.join(telling)} may mean both, either, or code and weights"
        findings.append(_finding("several-licenses", "warning", text))
    return _Named(tuple(dict.fromkeys(keys)), bool(findings), findings)


def _differs(declared: tuple[str, ...], concluded: tuple[str, ...], model: str) -> list[Finding]:
    if not declared or set(declared) <= set(concluded):
        return []
    text = f"{model}: declared {', '.join(declared)}, but {', '.join(concluded) or 'unknown terms'} apply"
    return [_finding("declared-differs-from-found", "warning", text)]


def _by_date(entry: CatalogModel, moment: Moment) -> _Own:
    """The publisher's terms on the day the copy was obtained; all of them when the day is not known."""
    windows = entry.windows
    if len(windows) == 1:
        return _Own(((windows[0].license, True),))
    guards = [_within(window, moment, first=number == 0) for number, window in enumerate(windows)]
    kept = tuple((window.license, guard) for window, guard in zip(windows, guards, strict=True) if guard is not False)
    today = replace(moment, obtained=moment.on)
    now = [window.license for window in windows if _within(window, today, first=window is windows[0]) is True]
    findings = []
    if moment.obtained is not None and [key for key, _ in kept] != now:
        text = f"{entry.id}: obtained under {', '.join(key for key, _ in kept)}; today's terms are {', '.join(now)}"
        findings.append(_finding("obtained-under-other-terms", "warning", text))
    if not kept:
        text = f"{entry.id}: obtained on {moment.obtained}, before any terms that are known"
        return _Own((), True, (_finding("terms-unknown", "warning", text),))
    return _Own(kept, False, tuple(findings))


def _within(window: Window, moment: Moment, *, first: bool) -> Formula:
    """Whether the copy was obtained while the window was open."""
    since = True if first and moment.obtained is None else _reached(window.since, moment)
    return all_of(since, negate(_reached(window.until, moment)) if window.until else True)


def _reached(day: str | None, moment: Moment) -> Formula:
    if day is None:
        return True
    if moment.obtained is not None:
        return moment.obtained.isoformat()[: len(day)] >= day
    if moment.on.isoformat()[: len(day)] < day:
        return False
    number = Decimal(day.replace("-", "").ljust(8, "0"))
    return Leaf(moment.path, moment.path, Cut(number, inclusive=True))


def _outputs_provenance(parent: Parent, bound: BoundLicense) -> list[Finding]:
    limits = [clause.id for clause in bound.clauses if clause.rule.limits_outputs or clause.clause.travels == "outputs"]
    if not limits:
        return []
    text = f"trained on outputs of {parent.evidence.model}, whose license limits what outputs may be used for"
    return [_finding("outputs-provenance", "note", text, tuple(limits))]


def _dropped(layer: Layer, keys: tuple[str, ...], own: _Own, parent: Parent, binder: Binder) -> list[Finding]:
    """Restrictions of the parent that have no counterpart in what the child says of itself."""
    license_ = layer.bound
    if license_.key in keys or not own.says:
        return []
    if all(name.lower() == "other" or binder.catalog.names_nothing(name) for name in own.says):
        return []
    carried = {_meaning(clause) for key in keys for clause in _clauses(binder.bound(key))}
    lost = tuple(
        clause.id
        for clause in license_.clauses
        if clause.rule.restriction and clause.clause.travels == "with-derivatives" and _meaning(clause) not in carried
    )
    if not lost:
        return []
    text = f"{', '.join(own.says)} is declared, but {parent.evidence.model} comes under {license_.key}, which travels"
    return [_finding("restriction-dropped", "warning", text, lost)]


def _clauses(bound: BoundLicense | None) -> tuple[BoundClause, ...]:
    return bound.clauses if bound is not None else ()


def _meaning(clause: BoundClause) -> tuple[str, str]:
    return clause.rule.rule, repr(sorted(clause.clause.with_.items()))


def _merged(layers: list[Layer]) -> tuple[Layer, ...]:
    """One layer for each license; it reaches the model when any of its ways does."""
    merged: dict[str, Layer] = {}
    for layer in layers:
        first = merged.get(layer.bound.key)
        if first is None:
            merged[layer.bound.key] = layer
        else:
            merged[layer.bound.key] = replace(
                first,
                guard=any_of(first.guard, layer.guard),
                is_derivative=first.is_derivative or layer.is_derivative,
            )
    return tuple(merged.values())


def _finding(kind: str, level: Level, message: str, clauses: tuple[str, ...] = ()) -> Finding:
    return Finding(kind=kind, level=level, message=message, clauses=clauses)
