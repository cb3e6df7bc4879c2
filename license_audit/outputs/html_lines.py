"""Headroom as small charts: where a declared number lies beside the line that a clause draws."""

from decimal import Decimal
from typing import NamedTuple

from license_audit.model.report import Headroom
from license_audit.outputs.merged import Line

WIDTH, AT = 200, 140
"""Width of a chart in pixels, and where the line stands in it."""
LEAST = 3
"""A bar that is shorter would not be seen."""
PERCENT = 100


class Bar(NamedTuple):
    """A declared range beside a line, in pixels. Open on the right when there is no upper bound."""

    start: int
    length: int
    is_open: bool


class Row(NamedTuple):
    """A line with its chart and what it means in words."""

    line: Line
    declared: str
    bar: Bar | None
    """None where nothing is declared, or where the line lies at nothing."""
    left: str


def rows(lines: tuple[Line, ...]) -> tuple[Row, ...]:
    """Each line as the page shows it."""
    return tuple(Row(line, declared(line.headroom), _bar(line.headroom), left(line.headroom)) for line in lines)


def declared(line: Headroom) -> str:
    """What is known of the number, e.g. `EUR 1 to 5` or `at most 5`; empty when nothing is."""
    unit = f"{line.currency} " if line.currency else ""
    low, high = line.low, line.high
    if high is None:
        return "" if low is None else f"at least {unit}{amount(low)}"
    if low == high:
        return unit + amount(high)
    return f"{unit}{amount(low)} to {amount(high)}" if low else f"at most {unit}{amount(high)}"


def left(line: Headroom) -> str:
    """How far the number can still go, in words."""
    if line.is_fixed:
        sides = {"below": "below it", "above": "above it", "open": "not known on which side"}
        return f"{sides[line.side]}; the period is over and can no longer change"
    if line.side == "open":
        return "open: what is declared does not tell"
    if line.side == "above":
        return "crossed"
    if line.high is None or not line.limit:
        return "not reached"
    share = line.high / line.limit * PERCENT
    unit = f"{line.currency} " if line.currency else ""
    return f"at least {unit}{amount(line.limit - line.high)} below the line (at most {share:.1f} % of it)"


def amount(value: Decimal) -> str:
    """With thousands marked and at most two decimals."""
    rounded = round(value, 2)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,.2f}"


def _bar(line: Headroom) -> Bar | None:
    if (line.low is None and line.high is None) or not line.limit:
        return None
    start = _place(line.low or Decimal(0), line.limit)
    end = WIDTH if line.high is None else _place(line.high, line.limit)
    length = max(end - start, LEAST)
    return Bar(min(start, WIDTH - length), length, line.high is None)


def _place(value: Decimal, limit: Decimal) -> int:
    return min(round(value / limit * AT), WIDTH)
