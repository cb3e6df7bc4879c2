"""What changed from the version that a license replaced, by comparing their clauses."""

from collections.abc import Iterable, Mapping

from license_audit.model.comparison import Cited, Comparison, Pair, Row, State
from license_audit.model.page import Block, Bullets, Link, Paragraph, Section, Table, Words
from license_audit.outputs.comparison_words import counts
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
PRINTED = "required wording"
SHOWN = "stands with its clause"
"""Texts that are to be printed are told once, with their clauses."""


def changes(key: str, shelf: Shelf) -> Iterable[Section]:
    """What is new, changed and gone; nothing for a text that replaced none."""
    before = shelf.names[key].supersedes
    if before is None:
        return
    blocks: list[Block] = [Paragraph(("compared with ", *shelf.link(before)))]
    if shelf.is_known(before):
        blocks += _compared(shelf.changes(key, before))
    yield Section("What changed", tuple(blocks))


def tally(found: Comparison) -> str:
    """How many pairs of clauses changed in which way."""
    return ", ".join(f"{number} {STATES[state]}" for state, number in counts(found.clauses).items())


def _compared(found: Comparison) -> Iterable[Block]:
    if found.clauses:
        yield Paragraph((f"clauses: {tally(found)}",))
    if found.remarks:
        yield Bullets(tuple((remark.text,) for remark in found.remarks))
    pairs = sorted((pair for pair in found.clauses if pair.state in ORDER), key=lambda pair: ORDER.index(pair.state))
    rows = tuple(row for pair in pairs for row in _rows(pair))
    if rows:
        yield Table(COLUMNS, rows)


def _rows(pair: Pair) -> Iterable[tuple[Words, ...]]:
    """A pair as one row, and each aspect in which its clauses differ as one more."""
    about: Words = (f"{pair.title} (", *listed(_section(one) for one in (pair.a, pair.b) if one is not None), ")")
    state = STATES[pair.state]
    if not pair.differences:
        yield (state,), about, _gist(pair.a), _gist(pair.b)
    for row in pair.differences:
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
