"""Clauses of two sides, paired by what they are about, and what each pair differs in."""

from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from license_audit.compare_words import Told, differences, entries
from license_audit.engine.binding import BoundLicense, comparisons
from license_audit.engine.ground import PolicyTest
from license_audit.engine.judge import section_of
from license_audit.engine.sentences import sentence
from license_audit.engine.situation import ALL_ACTS
from license_audit.model.catalog import Catalog
from license_audit.model.comparison import Cited, Group, Matter, Pair, State, Topic
from license_audit.model.record import Record
from license_audit.model.words import ClauseKind

GROUPS: Mapping[ClauseKind, Group] = {
    "grant": "grants",
    "exception": "grants",
    "prohibition": "limits",
    "condition": "limits",
    "bar": "limits",
    "judgement": "limits",
    "duty": "duties",
    "termination": "terminations",
}
ABOUT: Mapping[str, Topic] = {"domains": "domain", "event": "event"}
"""Parameters that say what a clause is about. All others say how far it goes."""
Match = tuple[Told | None, Told | None]


class Side(Record):
    """Everything that one side says, as far as it has been read."""

    clauses: tuple[Told, ...]
    unread: bool = False
    """Whether a text of this side has not been read at all, or only for its key clauses."""
    unread_policy: bool = False
    """Whether that is so of a policy that is part of a text."""
    not_granted: frozenset[str] = frozenset()
    """Acts that some license of this side does not grant; where several are in force, each has to."""

    def may_say(self, told: Told) -> bool:
        """Whether a text that nobody read here may say what a clause of the other side says."""
        return self.unread or (told.is_policy and self.unread_policy)


def side_of(documents: Iterable[tuple[BoundLicense, tuple[BoundLicense, ...]]], *, unread: bool = False) -> Side:
    """The clauses of licenses, each with the policies that are part of it. A document that comes twice counts once."""
    found: dict[str, Told] = {}
    unread_policy = False
    not_granted: set[str] = set()
    for license_, policies in documents:
        not_granted.update(license_.not_granted if license_.license.kind == "license" else ())
        for document in (license_, *policies):
            for bound in document.clauses:
                found.setdefault(bound.id, Told(bound, document, document is not license_))
        unread = unread or license_.is_partial
        read = {policy.key for policy in policies if not policy.is_partial}
        unread_policy = unread_policy or any(part.key not in read for part in license_.license.incorporates)
    return Side(tuple(found.values()), unread, unread_policy, frozenset(not_granted))


def matched(a: Sequence[Told], b: Sequence[Told]) -> list[Match]:
    """Every clause once, beside the one of the other side that is most nearly about the same, if any is.

    The pairs stand in the order of A, then comes what only B has.
    """
    mates = _mates(a, b)
    left = set(range(len(b))) - set(mates.values())
    found: list[Match] = [(told, b[mates[place]] if place in mates else None) for place, told in enumerate(a)]
    return [*found, *((None, b[place]) for place in sorted(left))]


def pairs(a: Side, b: Side, catalog: Catalog) -> tuple[Pair, ...]:
    """Every clause of both sides, once, by group."""
    matches = matched(a.clauses, b.clauses)
    found = [_pair(match, a, b, catalog) for match in matches]
    order = get_args(Group)
    return tuple(sorted(found, key=lambda pair: order.index(pair.group)))


def matters(a: Side, b: Side) -> tuple[Matter, ...]:
    """Acts granted, fields of use and events, each with the clauses that speak about it."""
    said: dict[tuple[Topic, str, str], tuple[list[str], list[str]]] = {}
    may_say: dict[tuple[Topic, str, str], list[bool]] = {}
    for number, (side, other) in enumerate(((a, b), (b, a))):
        for told in side.clauses:
            for topic, word in _words(told, side):
                key = (topic, told.bound.rule.title, word)
                said.setdefault(key, ([], []))[number].append(told.bound.id)
                may_say.setdefault(key, []).append(other.may_say(told))
    topics = get_args(Topic)
    return tuple(
        Matter(
            topic=topic,
            title=title,
            word=word,
            state=_said(first, second, not_known=all(may_say[topic, title, word])),
            a=tuple(first),
            b=tuple(second),
        )
        for (topic, title, word), (first, second) in sorted(
            said.items(), key=lambda entry: (topics.index(entry[0][0]), entry[0][1], _place(entry[0][2]))
        )
    )


def _said(first: list[str], second: list[str], *, not_known: bool) -> State:
    if first and second:
        return "same"
    return "not-known" if not_known else "only-a" if first else "only-b"


def _place(word: str) -> tuple[int, str]:
    """Acts stand in the order of their list, all other words by the alphabet."""
    acts: tuple[str, ...] = ALL_ACTS
    return (acts.index(word) if word in acts else 0, word)


def _words(told: Told, side: Side) -> Iterable[tuple[Topic, str]]:
    """What a clause is about, word by word."""
    if told.bound.rule.covers_acts:
        yield from (("act", act) for act in told.bound.acts or ALL_ACTS if act not in side.not_granted)
    for name, topic in ABOUT.items():
        if name in told.bound.clause.with_:
            yield from ((topic, word) for word in entries(told.bound.clause.with_[name]))


def _mates(a: Sequence[Told], b: Sequence[Told]) -> dict[int, int]:
    """Which clause of B stands beside a clause of A, by their places: the closest two first.

    Which side comes first makes no difference: of pairs that are equally close and equally far apart in their texts,
    those that compete for a clause come in the same order, whether sorted by their place in A or in B.
    """
    close = sorted(
        (
            (_likeness(one, other), first, second)
            for first, one in enumerate(a)
            for second, other in enumerate(b)
            if _are_alike(one, other)
        ),
        key=lambda entry: (*(-part for part in entry[0]), abs(entry[1] - entry[2]), entry[1], entry[2]),
    )
    mates: dict[int, int] = {}
    taken: set[int] = set()
    for _, first, second in close:
        if first not in mates and second not in taken:
            mates[first] = second
            taken.add(second)
    return mates


def _are_alike(a: Told, b: Told) -> bool:
    """Whether two clauses may stand beside each other: one rule, and at least one thing that both are about."""
    return a.bound.rule.rule == b.bound.rule.rule and (a.bound.id == b.bound.id or _share(a, b))


def _share(a: Told, b: Told) -> bool:
    return all(not one or not other or one & other for one, other in _abouts(a, b))


def _abouts(a: Told, b: Told) -> Iterable[tuple[set[str], set[str]]]:
    for name in ABOUT:
        first, second = (set(entries(told.bound.clause.with_.get(name, ()))) for told in (a, b))
        yield first, second


def _likeness(a: Told, b: Told) -> tuple[float, ...]:
    """How near two clauses are, the weightiest aspect first; the larger, the nearer."""
    return (
        a.bound.id == b.bound.id,
        sum(_overlap(one, other) for one, other in _abouts(a, b)),
        a.is_policy == b.is_policy,
        _overlap(set(a.bound.acts or ALL_ACTS), set(b.bound.acts or ALL_ACTS)),
        _overlap(set(a.bound.clause.on), set(b.bound.clause.on)),
        a.bound.clause.with_ == b.bound.clause.with_,
        a.bound.clause.id == b.bound.clause.id,
    )


def _overlap(a: set[str], b: set[str]) -> float:
    """Which share of all that either names both name."""
    return len(a & b) / len(a | b) if a | b else 1.0


def _pair(match: Match, a: Side, b: Side, catalog: Catalog) -> Pair:
    first, second = match
    rule = next(told.bound.rule for told in match if told is not None)
    found = differences(first, second, catalog) if first is not None and second is not None else ()
    state = _state(match, a, b, is_same=not found)
    return Pair(
        group=_group(first, second),
        rule=rule.rule,
        kind=rule.kind,
        title=rule.title,
        state=state,
        a=None if first is None else _cited(first),
        b=None if second is None else _cited(second),
        differences=found,
        see=() if state == "same" else tuple(_see(match, a, b)),
    )


def _state(match: Match, a: Side, b: Side, *, is_same: bool) -> State:
    first, second = match
    if first is None:
        return "not-known" if second is not None and a.may_say(second) else "only-b"
    if second is None:
        return "not-known" if b.may_say(first) else "only-a"
    return "same" if is_same else "differs"


def _group(first: Told | None, second: Told | None) -> Group:
    both = [told for told in (first, second) if told is not None]
    if any(told.is_policy or _asks_policy(told) for told in both):
        return "policies"
    return GROUPS[both[0].bound.rule.kind]


def _asks_policy(told: Told) -> bool:
    return any(isinstance(test, PolicyTest) for test in comparisons(told.bound.when))


def _see(match: Match, a: Side, b: Side) -> Iterable[str]:
    """Other clauses of the other side that are about some of the same, or are shown done by the same."""
    first, second = match
    for told, mate, other in ((first, second, b), (second, first, a)):
        if told is not None:
            others = (one for one in other.clauses if mate is None or one.bound.id != mate.bound.id)
            yield from (one.bound.id for one in others if _touches(told, one, mate))


def _touches(told: Told, candidate: Told, mate: Told | None) -> bool:
    rule, other = told.bound.rule, candidate.bound.rule
    acts = set(told.bound.acts or ALL_ACTS) & set(candidate.bound.acts or ALL_ACTS)
    if rule.rule == other.rule:
        return bool(acts) and _share(told, candidate)
    shared = set(told.bound.duties) & set(candidate.bound.duties)
    return mate is None and bool(acts and shared)


def _cited(told: Told) -> Cited:
    bound = told.bound
    return Cited(
        clause=bound.id,
        license=told.document.key,
        section=section_of(bound.clause),
        gist=bound.clause.gist,
        acts=bound.acts,
        condition=None if bound.rule.when is None else sentence(bound.when),
        travels=bound.clause.travels,
    )
