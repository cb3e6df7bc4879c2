"""From clauses and facts to a verdict with its range, exact over every completion of what is not declared."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from license_audit.engine.binding import BoundClause, BoundLicense
from license_audit.engine.formula import (
    Formula,
    Leaf,
    TooManyCompletionsError,
    all_of,
    any_of,
    negate,
    satisfiable,
)
from license_audit.engine.ground import YES, YES_NO, acts_declared, agreement_held, ground
from license_audit.engine.situation import NOTHING_KNOWN, EvidenceFacts, Situation, WorkFacts
from license_audit.model.license import License
from license_audit.model.record import Record, replace
from license_audit.model.words import ClauseId, LicenseKey, Outcome, Verdict

T = TypeVar("T")
BARRING = ("bar", "prohibition", "condition", "termination")
SEVERITY: tuple[Verdict, ...] = ("allowed", "conditional", "disallowed")
UNKNOWN_TEXT = "evidence.license_text"
KEY_CLAUSES = "evidence.key_clauses"
"""With the key of a text behind it: whether what nobody read of that text leaves no rights."""


class Layer(Record):
    """One license that reaches the model, and when it does."""

    bound: BoundLicense
    guard: Formula = True
    """Whether it reaches the model at all: dates of the copy, parents that are not certain."""
    is_derivative: bool = False
    """Whether the model is a derivative of what this license was given for."""
    policies: tuple[BoundLicense, ...] = ()
    """Use policies that are part of it."""
    grants: bool = True
    """False for an organization's own policy: nobody has to look into it for permission, and it gives none."""

    @property
    def documents(self) -> tuple[BoundLicense, ...]:
        """The license and its policies."""
        return (self.bound, *self.policies)


class Meant(Record):
    """Whose work an agreement or a claim has to name, so that a license of a lineage is meant."""

    key: str
    """Key of the license."""
    names: frozenset[str]
    """Hub ids, lower case: of models that carry the license and, where its licensor is one, of what came from them."""
    carriers: tuple[tuple[str, str | None], ...] = ()
    """Models that carry the license, each with its publisher where that is known: each of them has its own licensor
    where the text names none."""


class Terms(Record):
    """Everything that decides about a model apart from the profile."""

    layers: tuple[Layer, ...]
    unknown: Formula = False
    """Whether terms exist, or may exist, that nobody has read."""
    names: frozenset[str] = frozenset()
    """Hub ids of the model and its ancestors, lower case."""
    meant: tuple[Meant, ...] = ()
    """For each license of the lineage, sorted by key."""
    evidence: EvidenceFacts = NOTHING_KNOWN

    @property
    def keys(self) -> tuple[LicenseKey, ...]:
        """License keys in force, own terms first."""
        return tuple(dict.fromkeys(LicenseKey(layer.bound.key) for layer in self.layers))

    @property
    def unread(self) -> dict[str, Formula]:
        """What nobody read, by the fact that is open, with when it is in force: whole texts, and the rest of others."""
        found: dict[str, Formula] = {} if self.unknown is False else {UNKNOWN_TEXT: self.unknown}
        for layer in self.layers:
            for bound in (layer.bound, *layer.policies):
                if bound.is_partial:
                    path = f"{KEY_CLAUSES}.{bound.key}"
                    found[path] = any_of(found.get(path, False), layer.guard)
        return found


class Grounded(Record):
    """A clause with what the declared facts leave of it."""

    bound: BoundClause
    license: BoundLicense
    situation: Situation
    trigger: Formula
    """Whether the use falls under the clause at all."""
    bites: Formula
    """Whether it bites: forbids, obliges or grants."""
    guard: Formula
    """Whether its license reaches the model."""
    fulfilled: bool = False

    @property
    def bars(self) -> Formula:
        """Whether it leaves no rights."""
        if self.bound.kind in BARRING:
            return self.bites
        if self.bound.kind == "judgement" and not self.fulfilled:
            path = f"signoff.{self.bound.id}"
            return all_of(self.bites, Leaf(path, path, YES, YES_NO))
        return False

    @property
    def owes(self) -> Formula:
        """Whether it leaves a duty undone."""
        return self.bites if self.bound.kind == "duty" and not self.fulfilled else False


class Solution(Record):
    """The verdict and what it rests on."""

    grounded: tuple[Grounded, ...]
    disallowed: Formula
    not_granted: tuple[tuple[str, Formula], ...]
    """Acts that a license does not grant, with the formula that they are done."""
    verdicts: tuple[Verdict, ...]
    """Every verdict that some completion gives, mildest first: allowed, conditional, disallowed."""
    owed: tuple[ClauseId, ...]
    capped: bool
    undecided: bool = False
    """Whether the licenses alone leave the verdict open: what an organization asks for beside them closes nothing."""

    @property
    def verdict(self) -> Verdict:
        """The one verdict of all completions, or undetermined."""
        if self.undecided and self.verdicts != ("disallowed",):
            return "undetermined"
        return self.verdicts[0] if len(self.verdicts) == 1 else "undetermined"


class _Search:
    """Asks for completions, and remembers whether a search had to be cut short."""

    def __init__(self) -> None:
        self.capped = False

    def possible(self, formula: Formula) -> bool:
        if isinstance(formula, bool):
            return formula
        try:
            return satisfiable(formula)
        except TooManyCompletionsError:
            self.capped = True
            return True


def solve(terms: Terms, situation: Situation, swap: BoundClause | None = None) -> Solution:
    """Judge terms in a situation. `swap` puts another reading in the place of its clause's default.

    With policies of the organization's own the answer is never milder than without them.
    """
    granting = tuple(layer for layer in terms.layers if layer.grants)
    whole = _solve(terms, situation, swap)
    if len(granting) == len(terms.layers):
        return whole
    bare = _solve(replace(terms, layers=granting), situation, swap)
    if bare.verdicts == ("disallowed",):
        # A search that was cut short among the added clauses can make nothing possible that was not.
        return replace(whole, verdicts=bare.verdicts, owed=())
    return replace(whole, undecided=len(bare.verdicts) > 1)


def _solve(terms: Terms, situation: Situation, swap: BoundClause | None) -> Solution:
    grounded = _united(clause for layer in terms.layers for clause in _ground_layer(layer, terms, situation, swap))
    not_granted = tuple(
        (f"{layer.bound.key}: {act}", all_of(layer.guard, acts_declared([act], situation)))
        for layer in terms.layers
        if layer.grants
        for act in layer.bound.not_granted
    )
    unread = (all_of(holds, Leaf(path, path, YES, YES_NO)) for path, holds in terms.unread.items())
    disallowed = any_of(*(clause.bars for clause in grounded), *(formula for _, formula in not_granted), *unread)
    search = _Search()
    permitted = negate(disallowed)
    duties = [(clause.bound.id, clause.owes) for clause in grounded if clause.owes is not False]
    some = any_of(*(owes for _, owes in duties))
    verdicts: list[Verdict] = []
    if search.possible(all_of(permitted, negate(some))):
        verdicts.append("allowed")
    if search.possible(all_of(permitted, some)):
        verdicts.append("conditional")
    if search.possible(disallowed):
        verdicts.append("disallowed")
    owed = dict.fromkeys(
        name
        for name, owes in duties
        if verdicts != ["disallowed"] and (owes is True or not search.possible(all_of(permitted, negate(owes))))
    )
    return Solution(grounded, disallowed, not_granted, tuple(verdicts), tuple(owed), search.capped)


def outcome_of(clause: Grounded) -> Outcome:
    """The one outcome of a clause."""
    search = _Search()
    certain = not search.possible(negate(clause.bites))
    if not certain and search.possible(clause.bites):
        return "open"
    kind = clause.bound.kind
    if certain:
        if kind in BARRING:
            return "barred"
        if kind == "judgement":
            return "review"
        if kind == "duty":
            return "fulfilled" if clause.fulfilled else "owed"
        return "granted"
    if kind in BARRING and search.possible(clause.trigger):
        return "clear"
    return "not-applicable"


def joined_by(items: Iterable[T], name: Callable[[T], str], join: Callable[[T, T], T]) -> tuple[T, ...]:
    """One item for each name, in the order in which the names come."""
    found: dict[str, T] = {}
    for item in items:
        key = name(item)
        found[key] = join(found[key], item) if key in found else item
    return tuple(found.values())


def _united(clauses: Iterable[Grounded]) -> tuple[Grounded, ...]:
    """Each clause once: editions of a license may share a policy, which then reaches the model by any of them."""
    return joined_by(clauses, lambda clause: clause.bound.id, _joined)


def _joined(first: Grounded, second: Grounded) -> Grounded:
    return replace(
        first,
        trigger=any_of(first.trigger, second.trigger),
        bites=any_of(first.bites, second.bites),
        guard=any_of(first.guard, second.guard),
    )


def _meant(license_: License, terms: Terms) -> Meant:
    """By what an agreement or a claim means a license.

    Where the text names no licensor, its key alone does not say whose work is meant.
    """
    meant = next((one for one in terms.meant if one.key == license_.key), Meant(license_.key, terms.names))
    return replace(meant, names=meant.names | {license_.key}, carriers=()) if license_.licensors else meant


def _ground_layer(layer: Layer, terms: Terms, situation: Situation, swap: BoundClause | None) -> Iterable[Grounded]:
    work = WorkFacts(is_derivative=layer.is_derivative)
    license_ = layer.bound.license
    meant = _meant(license_, terms)
    inner = replace(
        situation,
        evidence=terms.evidence,
        work=work,
        license=license_.key,
        names=meant.names,
        licensors=license_.licensors,
        carriers=meant.carriers,
    )

    def ground_one(clause: BoundClause, of: BoundLicense) -> Grounded:
        bound = swap if swap is not None and swap.id == clause.id else clause
        return _ground_clause(bound, of, layer.guard, inner, bites)

    found: list[Grounded] = []
    bites: dict[str, Formula] = {}
    for policy in layer.policies:
        of_policy = [ground_one(clause, policy) for clause in policy.clauses]
        bites[policy.key] = any_of(*(clause.bars for clause in of_policy))
        found += of_policy
    return [*(ground_one(clause, layer.bound) for clause in layer.bound.clauses), *found]


def _ground_clause(
    bound: BoundClause,
    license_: BoundLicense,
    guard: Formula,
    situation: Situation,
    policies: dict[str, Formula],
) -> Grounded:
    trigger = all_of(guard, acts_declared(bound.acts, situation) if bound.acts else True)
    if trigger is False:
        return Grounded(bound, license_, situation, trigger, trigger, guard)
    clause = bound.clause
    excepted = (_holds(license_.by_id[name], situation, policies) for name in clause.unless)
    bites = all_of(
        trigger,
        _holds(bound, situation, policies),
        negate(any_of(*excepted)),
        negate(agreement_held(situation)) if clause.cure == "separate-license" and bound.kind != "duty" else True,
    )
    return Grounded(bound, license_, situation, trigger, bites, guard, _is_fulfilled(bound, license_, situation))


def differs(clause: Grounded, other: BoundClause) -> bool:
    """Whether another reading of the clause comes to anything else in the same situation."""
    again = _ground_clause(other, clause.license, clause.guard, clause.situation, {})
    return (again.bites, again.bars, again.owes) != (clause.bites, clause.bars, clause.owes)


def _holds(bound: BoundClause, situation: Situation, policies: dict[str, Formula]) -> Formula:
    return ground(bound.when, situation, lambda key: policies.get(key, False))


def _is_fulfilled(bound: BoundClause, license_: BoundLicense, situation: Situation) -> bool:
    if bound.rule.kind != "duty":
        return False
    keys = {license_.key, situation.license}  # what is done for a license is done for its policies
    records = [
        record
        for record in situation.use.fulfils or ()
        if record.licenses is None or not keys.isdisjoint(record.licenses)
    ]
    if any(record.clause == bound.id for record in records):
        return True
    done = {record.duty for record in records}
    return bool(bound.duties) and all(token in done for token in bound.duties)
