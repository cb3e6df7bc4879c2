"""What was found in texts: a table for people, JSON for programs."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

SCHEMA = "1"
"""Version of the JSON. A key that is added does not change it."""
BATCH = 500
"""Rows whose columns are aligned with each other. A long run is printed in batches and needs no memory for the rest."""
WIDEST = 60
"""Characters of a file's name up to which the columns behind it stay aligned."""
COLORS = {"unaltered": 32, "partial": 33, "altered": 31}
COUNTED = {
    "unaltered": "with known texts as published",
    "altered": "altered",
    "partial": "partial",
    "without": "without",
}
"""Standings of a file, and how the summary calls them."""
LEFT_OUT = {"silent": "binary", "remark": "other"}
"""What a folder holds besides, by how it is told, and what the summary calls it."""
_GAP = "  "
_INDENT = " " * 4


class Difference(NamedTuple):
    """A section that is not as published."""

    kind: str
    section: str
    lines: tuple[int, int]


class Text(NamedTuple):
    """A known text in a file."""

    key: str
    ids: tuple[str, ...]
    title: str
    version: str
    """Empty for a text without a version."""
    status: str
    similarity: float
    """From 0 to 1."""
    lines: tuple[int, int]
    changes: tuple[Difference, ...]
    alike: tuple[str, ...]


class Entry(NamedTuple):
    """What one file holds."""

    file: str
    matches: tuple[Text, ...] = ()
    nearest: tuple[str, float] | None = None
    """Key of the nearest known text, and the share of its words that agree."""
    problem: str | None = None
    """Why the file was not read."""
    more: bool = False
    """Whether the file is so long that it may hold known texts which were not looked for."""


class Beside(NamedTuple):
    """A file beside another, which is taken for the published text."""

    reference: str
    file: str
    similarity: float
    """Part of the reference's words that agree, from 0 to 1."""
    changes: tuple[Difference, ...]
    sections: tuple[tuple[str, tuple[int, int]], ...]
    """Sections of the reference, and the lines of the file on which they stand."""

    @property
    def status(self) -> str:
        """Whether anything that counts is different."""
        if not self.similarity:
            return "unrelated"
        return "altered" if self.changes else "unaltered"


class _Row(NamedTuple):
    cells: tuple[str, ...]
    """File, lines, key, version, status and similarity; or the file and a sentence."""
    notes: list[str]


def table(entries: Iterable[Entry], *, color: bool) -> Iterator[str]:
    """A line for each known text, with indented lines for what differs. Files that were not read have none."""
    rows: list[_Row] = []
    for entry in entries:
        rows += _rows(entry)
        if len(rows) >= BATCH:
            yield from _aligned(rows, color=color)
            rows = []
    yield from _aligned(rows, color=color)


def document(entries: Iterable[Entry]) -> str:
    """JSON with `schema` and `files`; each file with `file`, `matches`, `nearest`, `problem` and `more`."""
    return _json({"files": [_object(entry) for entry in entries]})


def table_beside(beside: Beside, *, sections: bool) -> Iterator[str]:
    """How a file differs from another, a line for each difference, and with `sections` for each section that agrees."""
    names = printable(beside.file), printable(beside.reference)
    if beside.status == "unrelated":
        yield f"{names[0]} against {names[1]}: nothing in it agrees"
        return
    yield f"{names[0]} against {names[1]}: {beside.status}, {percent(beside.similarity)} of its words agree"
    told = [(change.lines, change_line(change)) for change in beside.changes]
    different = {change.section for change in beside.changes}
    if sections:
        told += [
            (lines, f"same {section or 'text'} (lines {lines[0]}-{lines[1]})")
            for section, lines in beside.sections
            if section not in different
        ]
    yield from (_INDENT + line for _, line in sorted(told, key=lambda entry: entry[0]))


def document_beside(beside: Beside) -> str:
    """JSON with `schema`, `reference`, `file`, `status`, `similarity`, `changes` and `sections`."""
    return _json(
        {
            "reference": beside.reference,
            "file": beside.file,
            "status": beside.status,
            "similarity": _rounded(beside.similarity),
            "changes": list(map(_change, beside.changes)),
            "sections": [{"section": section, "lines": list(lines)} for section, lines in beside.sections],
        }
    )


def standing(entry: Entry) -> str:
    """How a file that was read stands: as the worst of its texts."""
    found = {match.status for match in entry.matches}
    return next((status for status in ("altered", "partial", "unaltered") if status in found), "without")


def summary(counts: Counter[str]) -> str:
    """One line about many files, from how many stand how, and how many were not read for what weight."""
    total = sum(counts[status] for status in COUNTED)
    told = ", ".join(
        f"{counts[status]} {words}" for status, words in COUNTED.items() if counts[status] or status != "partial"
    )
    left = " and ".join(f"{counts[weight]} {words}" for weight, words in LEFT_OUT.items() if counts[weight])
    parts = [f"{total} file{'' if total == 1 else 's'} read: {told}"]
    if left:
        parts.append(f"{left} left out")
    if counts["failure"]:
        parts.append(f"{counts['failure']} could not be read")
    return "; ".join(parts)


def percent(share: float) -> str:
    """A share with one decimal. What is not all is never told as 100.0 %."""
    told = f"{100 * share:.1f} %"
    return "99.9 %" if told == "100.0 %" and share < 1 else told


def printable(name: str) -> str:
    """A file's name as it may be sent to a terminal: nothing in it moves the cursor or turns the writing around."""
    if name.isprintable():
        return name
    return "".join(mark if mark.isprintable() else mark.encode("unicode_escape").decode() for mark in name)


def change_line(change: Difference) -> str:
    """What differs, and on which lines."""
    place = {"before": "before the beginning", "after": "after the end"}.get(change.section, change.section or "text")
    first, last = change.lines
    where = f"would stand at line {first}" if change.kind == "removed" else f"lines {first}-{last}"
    return f"{change.kind} {place} ({where})"


def _rows(entry: Entry) -> Iterator[_Row]:
    name = printable(entry.file)
    if entry.problem is None and not entry.matches:
        near = entry.nearest
        told = [f"nearest: {near[0]}, {percent(near[1])} of its words"] if near else []
        yield _Row((name, "no known license text"), told)
    for match in entry.matches:
        others = [name for name in match.ids[1:] if name != match.key]
        key = match.key + (f", also {', '.join(others)}" if others else "")
        lines = f"{match.lines[0]}-{match.lines[1]}"
        told = list(map(change_line, match.changes))
        if match.alike:
            told.append(f"could also be: {', '.join(match.alike)}")
        yield _Row((name, lines, key, match.version or "-", match.status, f"{percent(match.similarity):>7}"), told)
    if entry.more:
        yield _Row((name, "holds more known texts than were looked for"), [])


def _aligned(rows: list[_Row], *, color: bool) -> Iterator[str]:
    widths = [0] * 5
    for row in rows:
        for column, cell in enumerate(row.cells[:-1]):
            widths[column] = max(widths[column], min(len(cell), WIDEST))
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row.cells[:-1], widths, strict=False)]
        if color and len(cells) == len(widths):
            cells[-1] = f"\033[{COLORS[row.cells[4]]}m{cells[-1]}\033[0m"
        yield _GAP.join((*cells, row.cells[-1]))
        yield from (_INDENT + note for note in row.notes)


def _object(entry: Entry) -> dict[str, Any]:
    return {
        "file": entry.file,
        "matches": [_match(match) for match in entry.matches],
        "nearest": {"key": entry.nearest[0], "share": _rounded(entry.nearest[1])} if entry.nearest else None,
        "problem": entry.problem,
        "more": entry.more,
    }


def _match(match: Text) -> dict[str, Any]:
    return {
        **match._asdict(),
        "similarity": _rounded(match.similarity),
        "changes": list(map(_change, match.changes)),
    }


def _change(change: Difference) -> dict[str, Any]:
    return {"kind": change.kind, "section": change.section, "lines": list(change.lines)}


def _rounded(share: float) -> float:
    """Six decimals. What is not all is never told as 1."""
    return round(share, 6) if share == 1 else min(round(share, 6), 0.999_999)


def _json(data: dict[str, Any]) -> str:
    """In ASCII, so that no file's name can do harm on a terminal."""
    import json  # noqa: PLC0415  # the table does without it

    return json.dumps({"schema": SCHEMA, **data}, indent=2)
