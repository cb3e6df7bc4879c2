"""The table: what was measured, what is to be reached, and how many times better or worse the others are."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from identify_forms import HARMLESS
from identify_run import Tally

if TYPE_CHECKING:
    from identify import Measured

Cell = Callable[["Measured"], str]
_MEGA = 1_000_000


def _joined(found: "Measured", names: Sequence[str]) -> Tally:
    whole = Tally()
    for name in names:
        part = found.tallies.get(name, Tally())
        whole.shown += part.shown
        whole.right += part.right
        whole.named += part.named
        whole.located += part.located
    return whole


def right(*names: str) -> Cell:
    """Share of right answers, and of how many."""

    def cell(found: "Measured") -> str:
        whole = _joined(found, names)
        return f"{whole.share:.1f} % of {whole.shown}" if whole.shown else "–"

    return cell


def wrong(*names: str) -> Cell:
    """Share of wrong answers, with how many of how many."""

    def cell(found: "Measured") -> str:
        whole = _joined(found, names)
        return f"{100 - whole.share:.1f} %: {whole.wrong} of {whole.shown}" if whole.shown else "–"

    return cell


def named(*names: str) -> Cell:
    """Share of files with a right name first, whatever is said about alterations."""

    def cell(found: "Measured") -> str:
        whole = _joined(found, names)
        return f"{100 * whole.named / whole.shown:.1f} % of {whole.shown}" if whole.shown else "–"

    return cell


def placed(*names: str) -> Cell:
    """Share of changes that are reported on the right lines."""

    def cell(found: "Measured") -> str:
        whole = _joined(found, names)
        if not whole.shown or found.name != "ours":
            return "–"
        return f"{100 * whole.located / whole.shown:.1f} % of {whole.shown}"

    return cell


def _not_its_own(cell: Cell) -> Cell:
    return lambda found: "its own texts" if found.name == "scancode" else cell(found)


def _milliseconds(found: "Measured", names: Sequence[str]) -> dict[str, float]:
    return {
        f"{name}:{case}": spent
        for name in names
        for case, spent in found.tallies.get(name, Tally()).milliseconds.items()
    }


def speed(*names: str) -> Cell:
    """Files a second in one process, and milliseconds a file."""

    def cell(found: "Measured") -> str:
        spent = _milliseconds(found, names)
        if not spent:
            return "–"
        mean = sum(spent.values()) / len(spent)
        return f"{1000 / mean:,.0f}/s, {mean:.2f} ms ({len(spent)})"

    return cell


def _ratio(ours: "Measured | None", names: Sequence[str]) -> Cell:
    """How many times as long as ours, on the files that both were shown."""

    def cell(found: "Measured") -> str:
        if ours is None:
            return "–"
        mine, theirs = _milliseconds(ours, names), _milliseconds(found, names)
        both = mine.keys() & theirs.keys()
        if found is ours or not both:
            return "1×" if both else "–"
        return f"{sum(theirs[case] for case in both) / sum(mine[case] for case in both):,.1f}×"

    return cell


def _process(found: "Measured") -> str:
    series = found.process.get(found.name)
    return str(series) if series else "–"


def _process_ratio(base: str) -> Cell:
    def cell(found: "Measured") -> str:
        series, other = found.process.get(found.name), found.process.get(base)
        if not series or not other:
            return "–"
        return f"{series.median / other.median:.2f}× (least {series.least / other.least:.2f}×)"

    return cell


def _size(found: "Measured") -> str:
    if not found.installed:
        return "–"
    return f"{found.installed / _MEGA:.2f} MB {'index' if found.name == 'ours' else 'installed'}"


def _opening(found: "Measured") -> str:
    if found.opening.runs:
        return f"{found.opening.median:.2f} ms (least {found.opening.least:.2f})"
    return f"{found.loading * 1000:,.0f} ms to load"


def _memory(found: "Measured") -> str:
    before, after = found.memory.get("before"), found.memory.get("memory")
    if not before or not after:
        return "–"
    grown = (after["RssAnon"] - before["RssAnon"]) / 1000
    return f"{after['VmRSS'] / 1000:,.0f} MB; private part grew by {grown:,.0f} MB"


def _rows(ours: "Measured | None", sizes: dict[str, int]) -> list[tuple[str, str, Cell]]:
    untouched, edits = ("spdx untouched", "model licenses"), ("edited",)
    accuracy: list[tuple[str, str, Cell]] = [
        (f"SPDX texts ({sizes.get('reflowed', 0)}), right id first: as they are", "", named("spdx untouched")),
        ("  reflowed and reformatted", "≥ 99.5 %", right("reflowed")),
        ("  2 % of words edited", "≥ 99.5 %", right("edited")),
        ("  a tenth cut out", "≥ 98.5 %", right("cut")),
        ("  inside a README", "≥ 99.5 %", right("readme")),
        ("  both of two in one file", "≥ 99 %", right("two in one file")),
        ("copies of listed licenses at ScanCode", "≥ 98 %", _not_its_own(right("copies"))),
        ("model licenses known: right name first", "all", named("model licenses")),
        ("  and called unaltered", "all", right("model licenses")),
        ("  policies called unaltered", "all", right("policies")),
        ("  right on upstream copies", "≥ 98 %", right("upstream copies")),
        ("  a wrong SPDX id, called unaltered", "0", wrong("unlisted in the corpus")),
        ("one word reversed, still called unaltered", "0", wrong("spdx reversed")),
        ("a clause added, still called unaltered", "0", wrong("spdx clause")),
        ("a number changed, still called unaltered", "0", wrong("spdx number")),
        ("a paragraph removed, still called unaltered", "0", wrong("spdx removed")),
        (
            "  the change is on the lines reported",
            "",
            placed("spdx reversed", "spdx clause", "spdx number", "spdx removed"),
        ),
        ("a harmless copy called unaltered", "≥ 98 %", right(*(f"spdx {form}" for form in HARMLESS))),
        *((f"  {form}", "", right(f"spdx {form}")) for form in HARMLESS),
        ("an SPDX id as unaltered for ScanCode's unlisted texts", "0", wrong("unlisted at ScanCode")),
        ("a license found in prose", "0", wrong("prose")),
        ("  in a line that names one", "", wrong("mentions")),
    ]
    corpus: list[tuple[str, str, Cell]] = [
        ("corpus texts: one word reversed, called unaltered", "0", wrong("corpus reversed")),
        ("  a clause added", "0", wrong("corpus clause")),
        ("  a number changed", "0", wrong("corpus number")),
        ("  a paragraph removed", "0", wrong("corpus removed")),
        (
            "  the change is on the lines reported",
            "",
            placed(*(f"corpus {it}" for it in ("reversed", "clause", "number", "removed"))),
        ),
        ("  a harmless copy called unaltered", "≥ 98 %", right(*(f"corpus {form}" for form in HARMLESS))),
        *((f"    {form}", "", right(f"corpus {form}")) for form in HARMLESS),
        ("variants in other forms: right key first", "all", named("variants in other forms")),
        ("  and called unaltered", "", right("variants in other forms")),
        ("variants cut short: right key and partial", "all", right("variants cut short")),
        ("variants altered: right key first", "all", named("variants altered")),
        ("  not called unaltered", "all", right("variants altered")),
        ("  the change is on the lines reported", "all", placed("variants altered")),
        ("variants with several: all keys", "all", right("variants with several")),
    ]
    speeds: list[tuple[str, str, Cell]] = [
        ("one file, whole process", "", _process),
        ("  against python -c 'import click'", "≤ 1.5×", _process_ratio("click")),
        ("  against python that does nothing", "", _process_ratio("python")),
        ("in one process, untouched texts", "≥ 2,000/s", speed(*untouched)),
        ("  times as long as ours, same files", "", _ratio(ours, untouched)),
        ("in one process, edited texts, every edit located", "", speed(*edits)),
        ("  times as long as ours, same files", "ScanCode ≥ 100×", _ratio(ours, edits)),
        ("size", "≤ 3 MB", _size),
        ("time to open", "≤ 5 ms", _opening),
        ("memory after all files", "", _memory),
    ]
    return accuracy + corpus + speeds


def table(found: Sequence["Measured"], sizes: dict[str, int]) -> str:
    """Plain text, a column for each identifier; a row nobody was measured on is left out."""
    ours = next((result for result in found if result.name == "ours"), None)
    lines = [["", "to reach", *(f"{result.name} {result.version}" for result in found)]]
    for label, goal, cell in _rows(ours, sizes):
        cells = [cell(result) for result in found]
        if any(text != "–" for text in cells):
            lines.append([label, goal, *cells])
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )
