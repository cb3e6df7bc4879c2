"""Text for a terminal: what differs between two licenses, models, profiles or reports."""

from collections.abc import Iterable

from license_audit.errors import printable
from license_audit.model.comparison import Cited, Comparison, Pair, Row, UseComparison
from license_audit.outputs.comparison_words import (
    COUNTED,
    GROUPS,
    INCOMPLETE,
    NOT_KNOWN,
    READ_BOTH,
    SCOPE,
    STATES,
    SUBJECTS,
    TOPICS,
    alone,
    counts,
    gathered,
    heading,
    summary,
    travelling,
)
from license_audit.outputs.paragraphs import wrap
from license_audit.outputs.plain import logged

WIDTH = 110
NOTHING = "–"


def render_text(found: Comparison) -> str:
    """What differs, in full; what is the same, by its title and sections."""
    on = f" on {found.on}" if found.on else ""
    lines = [f"Comparison of {SUBJECTS[found.kind]}{on}", *_wrapped("  A  ", found.a), *_wrapped("  B  ", found.b), ""]
    lines += _wrapped("", summary(found))
    lines += _wrapped("", INCOMPLETE) if not found.is_complete else []
    lines += ["", *_remarks(found)] if found.remarks else []
    lines += _rows("What they are", found.identity)
    lines += _rows("Declared facts that differ", found.facts)
    for use in found.uses:
        lines += _use(use)
    lines += _matters(found)
    for group, title in GROUPS.items():
        members = [pair for pair in found.clauses if pair.group == group]
        if members:
            told = ", ".join(f"{number} {COUNTED[state]}" for state, number in counts(members).items())
            lines += ["", f"{title} ({told})", *(line for pair in members for line in _pair(pair))]
    lines += _travels(found)
    if found.clauses:
        lines += ["", *_wrapped("", SCOPE)]
        lines += _wrapped("", NOT_KNOWN) if "not-known" in counts(found.clauses) else []
    return "\n".join(map(logged, (line.rstrip() for line in lines))) + "\n"


def _remarks(found: Comparison) -> Iterable[str]:
    for remark in found.remarks:
        side = "" if remark.side == "both" else f"{remark.side.upper()}: "
        yield from _wrapped("  note: ", f"{side}{remark.text}")


def _rows(title: str, rows: tuple[Row, ...]) -> Iterable[str]:
    """Rows that differ with both values; the names of the others."""
    if not rows:
        return
    yield from ("", title)
    for row in rows:
        if row.differs:
            yield from _both(row, "  ")
    same = [row.what for row in rows if not row.differs and row.a is not None]
    if same:
        yield from _wrapped("  ", f"the same: {', '.join(same)}")


def _both(row: Row, indent: str) -> Iterable[str]:
    yield f"{indent}{printable(row.what)}"
    yield from _wrapped(f"{indent}  A  ", row.a or NOTHING)
    yield from _wrapped(f"{indent}  B  ", row.b or NOTHING)
    if row.a is not None and row.b is not None:
        sides = (("A", alone(row.only_a, row.a)), ("B", alone(row.only_b, row.b)))
        told = "; ".join(f"only {side}: {words}" for side, words in sides if words)
        yield from _wrapped(f"{indent}  →  ", told) if told else ()


def _pair(pair: Pair) -> Iterable[str]:
    sections = [f"{side} {cited.clause}" for side, cited in (("A", pair.a), ("B", pair.b)) if cited is not None]
    if pair.state == "same":
        told = "" if pair.is_told_alike else f" ({READ_BOTH})"
        yield from _wrapped("  = ", f"{pair.title}: {', '.join(sections)}{told}")
        for side, cited in () if pair.is_told_alike else (("A", pair.a), ("B", pair.b)):
            yield from _cited(side, cited, is_alone=False)
        return
    yield from _wrapped("  ", f"{STATES[pair.state].upper()}: {pair.title} ({pair.kind})")
    yield from _cited("A", pair.a, is_alone=pair.b is None)
    yield from _cited("B", pair.b, is_alone=pair.a is None)
    for row in pair.differences:
        yield from _both(row, "      ")
    if pair.see:
        yield from _wrapped("      ", f"see also {', '.join(pair.see)}")


def _cited(side: str, cited: Cited | None, *, is_alone: bool) -> Iterable[str]:
    if cited is not None:
        yield from _wrapped(f"    {side}  ", f"{cited.clause}, section {cited.section}: {cited.gist}")
        if is_alone and cited.condition is not None:
            yield from _wrapped("       ", f"when {cited.condition}")


def _matters(found: Comparison) -> Iterable[str]:
    for topic, title in TOPICS.items():
        known = gathered(found, topic)
        if known:
            yield from ("", title)
        for (state, head), members in known.items():
            read = f", {'A' if members[0].a else 'B'} alone is read" if state == "not-known" else ""
            places = (f"{one.word} [{', '.join((*one.a, *one.b))}]" for one in members)
            yield from _wrapped("  ", f"{STATES[state]}{read}: {head}: {', '.join(places)}")


def _travels(found: Comparison) -> Iterable[str]:
    moving = travelling(found.clauses)
    if moving:
        yield from ("", "What reaches users of derivatives or outputs on one side and not in the same way on the other")
    for pair in moving:
        told = (
            f"{side} {f'{cited.clause} {cited.travels}' if cited else NOTHING}"
            for side, cited in (("A", pair.a), ("B", pair.b))
        )
        yield from _wrapped("  ", f"{pair.title}: {', '.join(told)}")


def _use(use: UseComparison) -> Iterable[str]:
    yield from ("", printable(heading(use)))
    if use.a is None or use.b is None:
        yield from _wrapped("  ", f"only {'B' if use.a is None else 'A'} has this use: {use.b or use.a}")
        return
    verdict = f"{use.a} in both" if use.a == use.b else f"A {use.a.upper()}  B {use.b.upper()}"
    yield from _wrapped("  ", f"verdict: {verdict}")
    if use.reason_a != use.reason_b:
        yield from _wrapped("    A  ", use.reason_a)
        yield from _wrapped("    B  ", use.reason_b)
    if use.terms.differs:
        yield from _both(use.terms, "  ")
    for clause in use.clauses:
        if clause.matters:
            names = clause.a if clause.a == clause.b else f"A {clause.a or NOTHING}, B {clause.b or NOTHING}"
            sides = f"A {clause.outcome_a or NOTHING}, B {clause.outcome_b or NOTHING}"
            yield from _wrapped("  clause: ", f"{sides}: {clause.title} [{names}]")
            for row in clause.facts:
                yield from _wrapped("    changed: ", f"{row.what}: A {row.a or NOTHING}; B {row.b or NOTHING}")
    quiet = sum(clause.differs and not clause.matters for clause in use.clauses)
    if quiet:
        yield from _wrapped("  ", f"clauses of one side alone that do not touch the use: {quiet}")
    for duty in use.owed:
        if duty.a is None or duty.b is None:
            side = "A" if duty.b is None else "B"
            yield from _wrapped("  duty: ", f"owed only in {side}: {duty.title} [{duty.a or duty.b}]")
    for asked in use.questions:
        if asked.a != asked.b:
            yield from _wrapped("  question: ", f"open only in {'A' if asked.a else 'B'}: {asked.path}: {asked.text}")
    if not use.differs:
        yield "  nothing differs"


def _wrapped(label: str, text: str) -> list[str]:
    return wrap(printable(text), WIDTH, label, " " * len(label)) if text else [label.rstrip()]
