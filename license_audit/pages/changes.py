"""What changed from the version that a license replaced, by comparing their clauses."""

from collections.abc import Iterable, Mapping

from license_audit.compare_words import EVERYWHERE
from license_audit.model.comparison import Cited, Comparison, Pair, Row, State
from license_audit.model.page import Block, Bullets, Link, Paragraph, Section, Table, Words
from license_audit.model.record import Record
from license_audit.pages.shelf import Shelf, license_path, listed

STATES: Mapping[State, str] = {
    "same": "the same",
    "differs": "changed",
    "only-a": "gone",
    "only-b": "new",
    "not-known": "not known",
}
COLUMNS = ("Change", "About", "Before", "Now")
ORDER: tuple[State, ...] = ("only-b", "differs", "only-a", "not-known")
PLACE = "stands in"
"""What a comparison calls the document of a clause."""
PRINTED = "required wording"
SHOWN = "stands with its clause"
"""Texts that are to be printed are told once, with their clauses."""


class Change(Record):
    """What became of a clause."""

    pair: Pair
    state: State
    rows: tuple[Row, ...]
    """Aspects in which it changed."""


def changes(key: str, shelf: Shelf) -> Iterable[Section]:
    """What is new, changed and gone; nothing for a text that replaced none."""
    before = shelf.names[key].supersedes
    if before is None:
        return
    blocks: list[Block] = [Paragraph(("compared with ", *shelf.link(before)))]
    if shelf.is_known(before):
        blocks += _compared(shelf.changes(key, before))
    yield Section("What changed", tuple(blocks))


def settled(found: Comparison) -> list[Change]:
    """Every pair of clauses. That each version has a policy of its own is no change of what the policy says."""
    return [_settled(pair) for pair in found.clauses]


def tally(all_: list[Change]) -> str:
    """How many clauses changed in which way."""
    known = [change.state for change in all_]
    return ", ".join(f"{known.count(state)} {told}" for state, told in STATES.items() if state in known)


def _settled(pair: Pair) -> Change:
    rows = tuple(row for row in pair.differences if row.what != PLACE or EVERYWHERE in (row.a, row.b))
    state: State = "same" if pair.state == "differs" and not rows else pair.state
    return Change(pair, state, rows)


def _compared(found: Comparison) -> Iterable[Block]:
    all_ = settled(found)
    if all_:
        yield Paragraph((f"clauses: {tally(all_)}",))
    if found.remarks:
        yield Bullets(tuple((remark.text,) for remark in found.remarks))
    told = sorted((one for one in all_ if one.state in ORDER), key=lambda one: ORDER.index(one.state))
    rows = tuple(row for one in told for row in _rows(one))
    if rows:
        yield Table(COLUMNS, rows)


def _rows(change: Change) -> Iterable[tuple[Words, ...]]:
    """A pair as one row, or each aspect in which its clauses differ as one."""
    pair, state = change.pair, STATES[change.state]
    about: Words = (f"{pair.title} (", *listed(_section(one) for one in (pair.a, pair.b) if one is not None), ")")
    if not change.rows:
        yield (state,), about, _gist(pair.a), _gist(pair.b)
    for row in change.rows:
        before, now = _sides(row)
        yield (state,), (*about, f": {row.what}"), (before,), (now,)


def _section(cited: Cited) -> Words:
    anchor = cited.clause.removeprefix(f"{cited.license}/")
    return (Link(cited.clause, license_path(cited.license), anchor),)


def _gist(cited: Cited | None) -> Words:
    return () if cited is None else (cited.gist,)


def _sides(row: Row) -> tuple[str, str]:
    """Both values; of lists that have much in common, what only one of them names."""
    if row.what == PRINTED:
        return SHOWN if row.a else "", SHOWN if row.b else ""
    if row.a is None or row.b is None or not (row.only_a or row.only_b):
        return row.a or "", row.b or ""
    return _only(row.only_a, row.a), _only(row.only_b, row.b)


def _only(words: tuple[str, ...], whole: str) -> str:
    told = ", ".join(words)
    return whole if told == whole else f"only here: {told}" if told else "nothing more"
