"""The whole review as Markdown for a ticket: what was asked, every verdict, and boxes to tick for duties and questions.

What does not fit into a ticket is left out in whole entries, the mildest first, and each part says how many it lacks.
Room goes first to the uses that are ruled out and stop the gate, then to the table, the duties and the questions. Each
leaves half of what it finds to those that follow; what is still free at the end goes round again, in the same order.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from license_audit.model.report import ModelUse, Report, State
from license_audit.outputs import Titles
from license_audit.outputs.ending import VERDICTS, summary
from license_audit.outputs.markup import cell, code, prose
from license_audit.outputs.merged import Asked, Owed, duties_owed, questions_asked
from license_audit.outputs.notices import STATES, named
from license_audit.outputs.ticket_uses import short, told_use

MAX_TICKET = 65_536
"""GitHub counts characters of an issue; bytes are never fewer."""
COLUMNS = 5
"""Uses beside each other in one table."""
HALF = 24
"""Characters kept of the beginning and of the end of a long name above a column."""
NAMED = 6
"""Models and clauses named beside a duty or a question; longer lists end with the number of the others."""
_DIGEST = 12
"""Characters of a digest by which people compare it."""
_GATES: dict[State, str] = {
    "fails": "stopped",
    "known": "known from the baseline",
    "waived": "waived",
    "passes": "pass",
}
_REST = "**{:,} of {:,} {} are left out here:** a ticket holds no more. The other formats have all of them."
_LEGAL = "Nothing here is legal advice. A qualified person checks and decides."


class Part(NamedTuple):
    """A part of the ticket, with entries that are shown whole or not at all."""

    title: str
    noun: str
    """What the entries are, in the plural."""
    entries: tuple[str, ...]
    """The gravest first, where they have a gravity."""
    rank: int
    """Parts with the lowest rank are filled first."""
    urgent: int = 0
    """How many entries, from the first on, are filled before every rank."""
    gap: str = "\n\n"
    """What stands between title and entries."""
    joint: str = "\n"
    """What stands between two entries."""


def render(report: Report, titles: Titles, *, color: bool) -> str:
    """The report as a ticket."""
    del color
    return ticket(report, titles, MAX_TICKET)


def ticket(report: Report, titles: Titles, limit: int) -> str:
    """The report in at most `limit` bytes."""
    parts = [part for part in _parts(report, titles) if part.entries]
    head = "\n\n".join(_head(report))
    left = limit - _size(head) - sum(_size(part.title) + _size(_rest(part, 0)) for part in parts)
    kept = _filled(parts, left)
    return "\n\n".join([head, *(_shown(part, count) for part, count in zip(parts, kept, strict=True))]) + "\n"


def _filled(parts: list[Part], left: int) -> list[int]:
    """How many entries of each part are shown in so many bytes."""
    kept = [0] * len(parts)
    turns = [(part.rank, place, len(part.entries)) for place, part in enumerate(parts)]
    turns += [(0, place, part.urgent) for place, part in enumerate(parts)]
    for is_last in (False, True):
        for rank, place, end in sorted(turns):
            # The gravest of all is told even when it alone takes more than half.
            floor = 0 if is_last else left // 2
            entries = parts[place].entries
            while kept[place] < end:
                needed = _size(entries[kept[place]])
                if left - needed < (floor if rank or kept[place] else 0):
                    # Nothing smaller takes its place: who reads on has seen what is graver.
                    break
                left -= needed
                kept[place] += 1
    return kept


def _size(text: str) -> int:
    """Bytes of a text, with the lines around it."""
    return len(text.encode()) + len("\n\n")


def _shown(part: Part, kept: int) -> str:
    shown = part.gap + part.joint.join(part.entries[:kept]) if kept else ""
    return f"{part.title}{shown}{_rest(part, kept)}"


def _rest(part: Part, kept: int) -> str:
    """How many entries are left out; empty when none is."""
    count = len(part.entries)
    return f"\n\n{_REST.format(count - kept, count, part.noun)}" if kept < count else ""


def _parts(report: Report, titles: Titles) -> Iterator[Part]:
    """The parts in the order of the ticket."""
    tables = list(_rows(report.uses))
    rows = tuple(row for table in tables for row in table)
    noun = "models" if len(tables) == 1 else f"rows of {len(tables):,} tables"
    yield Part("### Models and uses", noun, rows, 1)
    owed = tuple(_duty(one, report, titles) for one in duties_owed(report))
    yield Part(f"### Duties owed ({len(owed):,})", "duties", owed, 2)
    asked = tuple(_question(one, report) for one in questions_asked(report))
    yield Part(f"### Open questions ({len(asked):,})\n\nMost decisive first.", "questions", asked, 3)
    waived = tuple(_waivers(report))
    yield Part(f"### Waivers ({len(waived):,})", "waivers", waived, 4)
    for title, uses, rank in (
        ("What stops the gate", [use for use in report.uses if use.gate == "fails"], 5),
        ("What does not stop it", [use for use in report.uses if use.gate != "fails"], 6),
    ):
        ordered = sorted(uses, key=lambda use: (STATES.index(use.gate), -VERDICTS.index(use.assessment.verdict)))
        told = tuple(told_use(use, report, titles) for use in ordered)
        urgent = sum(use.gate == "fails" and use.assessment.verdict == "disallowed" for use in ordered)
        yield Part(f"### {title} ({len(told):,})", "model uses", told, rank, urgent, joint="\n\n")


def _head(report: Report) -> Iterator[str]:
    """What was asked, of whom, when and with what, and how it ends."""
    gate = "fails" if any(use.gate == "fails" for use in report.uses) else "passes"
    yield f"## Review of model licenses: the gate {gate}"
    yield prose(summary(report))
    known = {source.name: source.sha256[:_DIGEST] for source in report.sources}

    def file(name: str) -> str:
        return f"{code(named(name))}{f' (SHA-256 {code(known[name])}…)' if name in known else ''}"

    lines = [
        f"- Date asked about: {report.on}",
        f"- Organization: {prose(named(report.organization)) if report.organization else 'not named'}",
        f"- Manifest: {file(report.manifest)}",
        f"- Profile: {file(report.profile)}",
    ]
    others = [name for name in known if name not in (report.manifest, report.profile)]
    lines += [f"- Read as well: {file(name)}" for name in others[:NAMED]]
    lines += [f"- Read as well: {len(others) - NAMED:,} more files"] if len(others) > NAMED else []
    lines += [f"- Own rules: {code(named(report.own_rules))}"] if report.own_rules else []
    lines.append(f"- Tool: license-audit {report.tool_version}")
    yield "\n".join(lines)
    verdicts = Counter[str](use.assessment.verdict for use in report.uses)
    gates = Counter(use.gate for use in report.uses)
    yield "\n".join(
        (
            f"- Verdicts: {', '.join(f'{verdicts[name]:,} {name}' for name in reversed(VERDICTS))}",
            f"- Gate, from {report.fail_on} on: {', '.join(f'{gates[state]:,} {_GATES[state]}' for state in STATES)}",
        )
    )
    yield _LEGAL


def _rows(uses: Iterable[ModelUse]) -> Iterator[tuple[str, ...]]:
    """The rows of each table: models by uses, in the order of the manifest. Its head stands before its first row."""
    cells: dict[tuple[int, str], dict[str, ModelUse]] = {}
    names: dict[str, None] = {}
    for use in uses:
        cells.setdefault((use.line, use.model), {})[use.use] = use
        names[use.use] = None
    every, headed = tuple(names), _headed(names)
    for start in range(0, len(every), COLUMNS):
        group = every[start : start + COLUMNS]
        rows = (
            f"| {cell(model)} | {' | '.join(_verdict(found.get(name)) for name in group)} |"
            for (_, model), found in cells.items()
            if not found.keys().isdisjoint(group)
        )
        head = f"| {' | '.join(('Model', *(headed[name] for name in group)))} |\n|{' --- |' * (len(group) + 1)}"
        first, *others = rows
        above = "\n### Models and more uses\n\n" if start else ""
        yield (f"{above}{head}\n{first}", *others)


def _headed(names: Iterable[str]) -> dict[str, str]:
    """What stands above the column of each use: its name, cut in the middle where it then still tells it apart."""
    cut = {name: _middle_cut(name) for name in names}
    times = Counter(cut.values())
    return {name: cell(text if times[text] == 1 else name) for name, text in cut.items()}


def _middle_cut(name: str) -> str:
    """A name with its beginning and its end, by which numbered names differ."""
    return name if len(name) <= 2 * HALF else f"{name[:HALF]} […] {name[-HALF:]}"


def _verdict(use: ModelUse | None) -> str:
    if use is None:
        return "–"
    verdict = use.assessment.verdict
    return f"**{verdict}**" if use.gate == "fails" else verdict


def _duty(one: Owed, report: Report, titles: Titles) -> str:
    """A box to tick, what fulfils the duty, and the words that a text requires."""
    clause = one.clause
    section = short(f"section {clause.section} of {titles.title(clause.license)}")
    lines = [f"- [ ] **{short(clause.title)}** ({code(clause.clause)}, {section}): {short(clause.gist)}"]
    lines.append(f"  - What to do: {short(clause.remedy)}")
    if clause.fulfilled_by:
        lines.append(f"  - Done when {code('fulfils')} lists {' and '.join(map(code, clause.fulfilled_by))}")
    others = [name for name in one.clauses if name != clause.clause]
    lines += [f"  - Asked for by {_listed(map(code, others))} as well"] if others else []
    lines.append(f"  - Models: {_listed(_places(one.uses, report))}")
    if clause.wording:
        # Never shortened: somebody has to print it as it is.
        quoted = [f"    > {prose(line)}" for line in clause.wording.splitlines() if line.strip()]
        lines += ["  - Required wording:", *quoted]
    return "\n".join(lines)


def _question(one: Asked, report: Report) -> str:
    """A box to tick, with the clauses that ask and the models that wait."""
    lines = [f"- [ ] {short(one.question.text)} ({code(one.question.path)})"]
    if one.settles:
        lines.append(f"  - An answer to this alone can settle {one.settles:,} of {len(one.uses):,}")
    lines += [f"  - Asked by {_listed(map(code, one.clauses))}"] if one.clauses else []
    lines.append(f"  - Models: {_listed(_places(one.uses, report))}")
    return "\n".join(lines)


def _waivers(report: Report) -> Iterator[str]:
    for waiver in report.waivers:
        ended = ", and has ended" if waiver.until < report.on else ""
        yield (
            f"- {code(waiver.finding)} of {code(waiver.model)}: by {short(waiver.by)}, until {waiver.until}{ended}. "
            f"{short(waiver.why)}"
        )


def _places(places: Iterable[int], report: Report) -> Iterator[str]:
    for place in places:
        use = report.uses[place]
        yield f"{code(use.model)} for {code(use.use)}"


def _listed(names: Iterable[str]) -> str:
    every = list(names)
    rest = len(every) - NAMED
    return ", ".join([*every[:NAMED], *([f"and {rest:,} more"] if rest > 0 else [])])
