"""Numbers with bounds: which interval a declared series leaves for the period a clause measures."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from license_audit.model.facts import Amount
from license_audit.model.words import TimeMode

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Interval:
    """What is known of a number: it lies between the ends, both included. No end: nothing is known on that side."""

    low: Decimal | None = None
    high: Decimal | None = None

    def above(self, constant: Decimal, *, inclusive: bool) -> bool | None:
        """Whether the number is above the constant (or equal, when inclusive); None when the bounds leave it open."""
        if self.low is not None and (self.low > constant or (inclusive and self.low == constant)):
            return True
        if self.high is not None and (self.high < constant or (not inclusive and self.high == constant)):
            return False
        return None

    def times(self, factor: Decimal) -> "Interval":
        """The interval in another unit."""
        return Interval(
            None if self.low is None else self.low * factor, None if self.high is None else self.high * factor
        )


UNKNOWN = Interval()


def month_before(day: date) -> str:
    """`YYYY-MM` of the calendar month before the day's."""
    year, month = (day.year, day.month - 1) if day.month > 1 else (day.year - 1, MONTHS)
    return f"{year:04}-{month:02}"


def period_of(time: TimeMode | None, month: str | None, on: date) -> str | None:
    """The month or year that a time mode measures on a day; None when it measures no single one."""
    match time:
        case "fixed-month":
            return month
        case "preceding-month" | "present":
            return month_before(on)
        case "annual":
            return f"{on.year - 1:04}"
        case _:
            return None


def interval(amount: Amount | None, time: TimeMode | None, month: str | None, on: date) -> Interval:
    """What a declared series says about the measured period."""
    if amount is None:
        return UNKNOWN
    period = period_of(time, month, on)
    bounds = Interval(amount.at_least, amount.at_most)
    if period is not None:
        exact = dict(amount.figures).get(period)
        return bounds if exact is None else Interval(exact, exact)
    if not amount.figures:
        return bounds
    values = [value for name, value in amount.figures if name <= f"{on.year:04}-{on.month:02}"]
    if time == "at-any-time":
        highs = [*values, amount.at_most] if amount.at_most is not None else []
        lows = [*values, amount.at_least] if amount.at_least is not None else values
        return Interval(max(lows, default=None), max(highs, default=None))
    return bounds
