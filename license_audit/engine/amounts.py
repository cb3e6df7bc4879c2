"""Numbers with bounds: which interval a declared series leaves for the period a clause measures."""

from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal

from license_audit.model.facts import Amount, AnnualMoney
from license_audit.model.record import Record
from license_audit.model.words import TimeMode

MONTHS = 12
EXACT = Context(prec=250)
"""For sums and products of what people declare: at a threshold the last digit counts, and the usual 28 may be short."""


class Interval(Record):
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
            None if self.low is None else EXACT.multiply(self.low, factor),
            None if self.high is None else EXACT.multiply(self.high, factor),
        )

    def over(self, divisor: Decimal) -> "Interval":
        """The interval in a unit of which one is so many of these. What has an end comes out exact."""
        return Interval(
            None if self.low is None else EXACT.divide(self.low, divisor),
            None if self.high is None else EXACT.divide(self.high, divisor),
        )


UNKNOWN = Interval()


def total(numbers: Iterable[Decimal | None]) -> Decimal:
    """The exact sum; what is missing adds nothing."""
    found = Decimal(0)
    for number in numbers:
        found = found if number is None else EXACT.add(found, number)
    return found


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
    if period is not None:
        exact = dict(amount.figures).get(period)
        return Interval(amount.at_least, amount.at_most) if exact is None else Interval(exact, exact)
    if time == "any-12-months":
        return _any_twelve_months(amount)
    values = [value for name, value in amount.figures if name <= f"{on.year:04}-{on.month:02}"]
    lows = [*values, *([] if amount.at_least is None else [amount.at_least])]
    highs = [] if amount.at_most is None else [*values, amount.at_most]
    return Interval(max(lows, default=None), max(highs, default=None))


def bounded_by_year(monthly: Interval, yearly: Amount | None, period: str) -> Interval:
    """What a year's ceiling adds about a month in it. A yearly figure never yields an exact monthly one."""
    ceiling = interval(yearly, "fixed-month", period[:4], date.min).high
    highs = [high for high in (monthly.high, ceiling) if high is not None]
    return Interval(monthly.low, min(highs, default=None))


def _any_twelve_months(amount: Amount) -> Interval:
    """Bounds for the largest window of twelve months: one lies in at most two fiscal years, or in twelve months."""
    yearly = isinstance(amount, AnnualMoney)
    values = [value for _, value in amount.figures]
    factor = Decimal(2 if yearly else MONTHS)
    high = None if amount.at_most is None else EXACT.multiply(max([amount.at_most, *values]), factor)
    if yearly:
        return Interval(max([*values, *([] if amount.at_least is None else [amount.at_least])], default=None), high)
    months = {_index(name): value for name, value in amount.figures}
    sums = [total(months.get(start + step, amount.at_least) for step in range(MONTHS)) for start in months]
    steady = [] if amount.at_least is None else [EXACT.multiply(amount.at_least, factor)]
    return Interval(max([*sums, *steady], default=None), high)


def _index(month: str) -> int:
    year, number = month.split("-")
    return int(year) * MONTHS + int(number)
