"""What the page for reviewers needs to judge anew when a declared fact changes: plain data for its script.

The script evaluates the same conditions as the engine. Each license, each set of terms and each set of names stands in
the data once, however many models come under it; texts that the page shows anyway are left out.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, assert_never

from license_audit.audit import Audited
from license_audit.engine.binding import BoundClause, BoundLicense, comparisons
from license_audit.engine.formula import Cut, Formula, Leaf, Node
from license_audit.engine.ground import Atom, Bound, Branch, Constant, Negation, PolicyTest
from license_audit.engine.lineage import Resolved
from license_audit.engine.questions import ANY_PERIOD, QUESTIONS
from license_audit.engine.sentences import COMPARISONS, NAMES, TITLES, WHOSE
from license_audit.engine.situation import DERIVED, annotation_of, kind_of
from license_audit.engine.solve import Layer, Terms
from license_audit.lint import LISTS, MONEY
from license_audit.model.catalog import Catalog
from license_audit.model.evidence import Evidence
from license_audit.model.facts import Countries
from license_audit.model.license import Rule
from license_audit.model.profile import Fulfilment, Profile
from license_audit.model.value import Value

FIRST_DAY = "0001-01-01"
ESCAPES = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&\u2028\u2029"})
ALWAYS_ASKED = "use.acts"
"""A fact that every clause may depend on, whatever its condition."""


class WhatIf(NamedTuple):
    """Data for the script of the page."""

    text: str
    """JSON in ASCII: sorted, compact, the same for the same audit."""
    analyses: tuple[int, ...]
    """For each use of the report, in its order, the number of its analysis in the data."""


def what_if(audited: Audited) -> WhatIf:
    """The data of an audit, and which analysis belongs to which use of its report."""
    auditor = audited.auditor
    made = WhatIfData(auditor.on, audited.profile)
    numbers = []
    for entry, evidence in zip(audited.manifest.models, audited.evidence, strict=True):
        copies = made.copies(_Resolver(audited, evidence))
        for use in entry.use:
            judged = auditor.judge(evidence, use, audited.profile.uses[use])
            numbers.append(made.analysis(use, copies, judged.use.fulfils))
    data = made.data() | {"uses": numbers}
    return WhatIf(json.dumps(data, sort_keys=True, separators=(",", ":")), tuple(numbers))


def embedded(text: str) -> str:
    """JSON that may stand inside a script element of HTML: it means the same, and nothing in it ends the element."""
    return text.translate(ESCAPES)


def profile_data(profile: Profile) -> dict[str, Any]:
    """Organization and uses of a profile, normalized: what is not declared is left out, numbers are texts."""
    uses = {name: _plain(use) for name, use in profile.uses.items()}
    return {"organization": _plain(profile.organization), "uses": uses}


@dataclass(frozen=True)
class _Resolver:
    """The terms of one model, by the day on which its copy was obtained."""

    audited: Audited
    evidence: Evidence

    def on(self, obtained: date | None) -> Resolved:
        """The terms for a copy of a day; None: nobody knows the day."""
        return self.audited.auditor.resolve(self.evidence, obtained)

    def today(self) -> Resolved:
        """The terms for a copy obtained on the day of the audit."""
        return self.on(self.audited.auditor.on)

    def days(self) -> list[date]:
        """First days of stretches of time within which every copy has the same terms; none where no day matters."""
        found = _boundaries(self.on(None).terms.names, self.audited.auditor.catalog)
        return [date.fromisoformat(FIRST_DAY), *sorted(found)] if found else []


def _boundaries(names: Iterable[str], catalog: Catalog) -> set[date]:
    """Days on which publishers changed the terms of a model or of its ancestors."""
    entries = (catalog.model(name) for name in names)
    windows = [window for entry in entries if entry is not None and len(entry.windows) > 1 for window in entry.windows]
    days = [day for window in windows for day in (window.since, window.until) if day is not None]
    return {date.fromisoformat(day + FIRST_DAY[len(day) :]) for day in days}


def _plain(value: object) -> Any:
    """A value as JSON has it, without what is not declared."""
    if isinstance(value, Value):
        return {name: _plain(part) for name, part in vars(value).items() if part is not None}
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else value


def _formula(formula: Formula) -> Any:
    """A formula: true, false, {all}, {any}, or a leaf with its `values`, or with its `number` for a cut."""
    if isinstance(formula, bool):
        return formula
    if isinstance(formula, Node):
        return {"all" if formula.conjunction else "any": [_formula(part) for part in formula.parts]}
    return _without_defaults(
        {"variable": formula.variable, **_test(formula)},
        path=(formula.path, formula.variable),
        domain=(formula.domain, None),
        negated=(formula.negated, False),
    )


def _test(leaf: Leaf) -> dict[str, Any]:
    if isinstance(leaf.test, Cut):
        return _without_defaults({"number": f"{leaf.test.constant:f}"}, inclusive=(leaf.test.inclusive, False))
    return {"values": sorted(leaf.test)}


def _condition(bound: Bound) -> Any:
    """A condition: true, false, {all}, {any}, {not}, {policy}, or a comparison without what is as it is by default."""
    match bound:
        case Atom():
            return _atom(bound)
        case Branch():
            return {"all" if bound.conjunction else "any": [_condition(part) for part in bound.parts]}
        case Negation():
            return {"not": _condition(bound.part)}
        case PolicyTest():
            return {"policy": bound.key}
        case Constant():
            return bound.value
        case _:
            assert_never(bound)


def _atom(atom: Atom) -> dict[str, Any]:
    usual = Atom(atom.fact, atom.op)
    told = {"values": list(atom.values)} if kind_of(atom.fact).name != "amount" else {"number": f"{atom.number:f}"}
    return _without_defaults(
        {"fact": atom.fact, "op": atom.op, **told},
        time=(atom.time, usual.time),
        month=(atom.month, usual.month),
        whose=(atom.whose, usual.whose),
        currency=(atom.currency, usual.currency),
        rights=(list(atom.rights), list(usual.rights)),
    )


def _without_defaults(data: dict[str, Any], **parts: tuple[Any, Any]) -> dict[str, Any]:
    """The data with those parts that are not as they usually are: each comes as (value, usual value)."""
    return data | {name: value for name, (value, usual) in parts.items() if value != usual}


def _license(bound: BoundLicense) -> dict[str, Any]:
    clauses = [
        _without_defaults(
            _clause(clause),
            alternatives=([_reading(other, clause) for other in bound.alternatives.get(clause.id, ())], []),
        )
        for clause in bound.clauses
    ]
    return _without_defaults(
        {"clauses": clauses, "title": bound.license.title},
        licensors=(list(bound.license.licensors), []),
        not_granted=(list(bound.not_granted), []),
        partial=(bound.is_partial, False),
    )


def _clause(bound: BoundClause) -> dict[str, Any]:
    clause, rule = bound.clause, bound.rule
    return _without_defaults(
        {"id": clause.id, "rule": rule.rule},
        kind=(bound.kind, rule.kind),
        acts=(list(bound.acts), []),
        when=(_condition(bound.when), True),
        unless=(list(clause.unless), []),
        cure=(clause.cure, None),
        duties=(list(bound.duties), list(rule.fulfilled_by)),
        gist=(clause.gist, ""),
        wording=(clause.wording, None),
    )


def _reading(other: BoundClause, clause: BoundClause) -> dict[str, Any]:
    """Another reading of a clause: what of the clause it changes, and who reads it so."""
    usual, read = ({"kind": clause.rule.kind, "acts": [], "when": True} | _clause(one) for one in (clause, other))
    changed = {name: value for name, value in read.items() if value != usual[name]}
    return changed | {"reading": {key: getattr(other.reading, key) for key in ("name", "difference", "held_by")}}


def _all_clauses(bound: BoundLicense) -> Iterable[BoundClause]:
    """The clauses of a license under all of their readings."""
    yield from bound.clauses
    for others in bound.alternatives.values():
        yield from others


def _rule(rule: Rule) -> dict[str, Any]:
    return _without_defaults(
        {"kind": rule.kind, "title": rule.title, "question": rule.question, "remedy": rule.remedy},
        duties=(list(rule.fulfilled_by), []),
        covers_acts=(rule.covers_acts, False),
        asks=(rule.when is not None, False),
    )


def _kind(path: str) -> dict[str, Any]:
    """The sort of a fact. `values`: all that it may be; `words`: those from which a list is made."""
    kind = kind_of(path)
    return _without_defaults(
        {"name": kind.name},
        values=(list(kind.values or ()), []),
        words=(list(LISTS.get(path, ())), []),
        money=(path in MONEY, False),
        countries=(path not in DERIVED and kind.name == "items" and annotation_of(path) is Countries, False),
    )


def _number(part: Any, known: dict[str, int]) -> int:
    """The number under which a part stands in the data, once for all that are equal."""
    return known.setdefault(json.dumps(part, sort_keys=True), len(known))


def _listed(known: Mapping[str, int]) -> list[Any]:
    return [json.loads(text) for text in known]


@dataclass
class WhatIfData:
    """What is collected of an audit, each thing once."""

    on: date
    profile: Profile
    licenses: dict[str, BoundLicense] = field(default_factory=dict)
    terms: dict[str, int] = field(default_factory=dict)
    works: dict[str, int] = field(default_factory=dict)
    analyses: dict[str, int] = field(default_factory=dict)

    def data(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        clauses = [clause for bound in self.licenses.values() for clause in _all_clauses(bound)]
        rules = {clause.rule.rule: clause.rule for clause in clauses}
        compared = [part for clause in clauses for part in comparisons(clause.when)]
        facts = {ALWAYS_ASKED, *(part.fact for part in compared if isinstance(part, Atom))}
        return {
            "on": self.on.isoformat(),
            "profile": profile_data(self.profile),
            "kinds": {path: _kind(path) for path in facts},
            "questions": list(QUESTIONS.items()),
            "words": {"comparisons": COMPARISONS, "whose": WHOSE, "titles": TITLES, "names": NAMES},
            "any_period": ANY_PERIOD,
            "rules": {name: _rule(rule) for name, rule in rules.items()},
            "licenses": {key: _license(bound) for key, bound in self.licenses.items()},
            "terms": _listed(self.terms),
            "works": _listed(self.works),
            "analyses": _listed(self.analyses),
        }

    def analysis(self, use: str, copies: list[list[Any]], fulfils: tuple[Fulfilment, ...] | None = None) -> int:
        """Number of the analysis of a use. `fulfils`: what is done for this model, where a folder shows it."""
        declared = self.profile.uses[use].fulfils
        told = {"use": use, "copies": copies}
        shown = declared if fulfils is None else fulfils
        return _number(_without_defaults(told, fulfils=(_plain(shown), _plain(declared))), self.analyses)

    def copies(self, terms: _Resolver) -> list[list[Any]]:
        """[first day, work, later work]: of a copy of which nobody knows the day, and then by the day.

        One line alone holds for every day. A later work stands beside that of a copy obtained under other terms.
        """
        unknown: list[Any] = ["", self.work(terms.on(None).terms), None]
        dated: list[list[Any]] = []
        for day in terms.days():
            resolved = terms.on(day)
            is_other = any(finding.kind == "obtained-under-other-terms" for finding in resolved.findings)
            later = self.work(terms.today().terms) if is_other else None
            line = [day.isoformat(), self.work(resolved.terms), later]
            dated += [line] if not dated or dated[-1][1:] != line[1:] else []
        return [unknown, *dated]

    def work(self, terms: Terms) -> int:
        """Number of a work: its terms, the names it goes by, and by which of them each license is meant."""
        told = {
            "layers": [self._layer(layer) for layer in terms.layers],
            "unknown": _formula(terms.unknown),
            "evidence": _plain(terms.evidence),
        }
        meant = {one.key: [sorted(one.names), [list(carrier) for carrier in one.carriers]] for one in terms.meant}
        return _number([_number(told, self.terms), sorted(terms.names), meant], self.works)

    def _layer(self, layer: Layer) -> dict[str, Any]:
        self.licenses |= {bound.key: bound for bound in (layer.bound, *layer.policies)}
        return _without_defaults(
            {"key": layer.bound.key},
            guard=(_formula(layer.guard), True),
            derivative=(layer.is_derivative, False),
            grants=(layer.grants, True),
            policies=([policy.key for policy in layer.policies], []),
        )
