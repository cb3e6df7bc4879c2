"""Numbers with bounds: which interval a declared series leaves for the period a clause measures."""

from collections.abc import Iterable
from datetime import date
from decimal import Context, Decimal

from license_audit.model.facts import Amount, AnnualMoney, MonthlyMoney
from license_audit.model.record import Record
from license_audit.model.words import TimeMode

MONTHS = 12
YEAR_DIGITS = 4
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
        open_ = meet(Interval(amount.at_least, amount.at_most), Interval(None, ceiling_of_windows(amount)))
        return open_ if exact is None else Interval(exact, exact)
    if time == "any-12-months":
        return _any_twelve_months(amount, month)
    return _highest(amount, _counted(amount, time, month, on), on)


def _counted(amount: Amount, time: TimeMode | None, month: str | None, on: date) -> tuple[str, str] | None:
    """First and last completed period that count where a text names no single one; None where the first is open.

    `annual-unnamed` means the last completed fiscal year; a year that still runs counts where it is declared already.
    `at-any-time` counts from the month that the clause names.
    """
    yearly = isinstance(amount, AnnualMoney)
    last = f"{on.year - 1:04}" if yearly else month_before(on)
    if time == "annual-unnamed" and yearly:
        return last, last
    if time != "at-any-time" or month is None:
        return None
    return month[: len(last)], last


def _highest(amount: Amount, counted: tuple[str, str] | None, on: date) -> Interval:
    """Bounds of the highest figure up to the day."""
    first = "" if counted is None else counted[0]
    figures = {name: value for name, value in amount.figures if first <= name <= f"{on.year:04}-{on.month:02}"}
    values = list(figures.values())
    lows = [*values, *([] if amount.at_least is None else [amount.at_least])]
    low = max(lows, default=None)
    if counted is not None and all(period in figures for period in _periods(*counted)):
        return Interval(max(values), max(values))
    highs = [] if amount.at_most is None else [*values, amount.at_most]
    return Interval(low, max(highs, default=None))


def _periods(first: str, last: str) -> list[str]:
    """Every month, or every year, from the first to the last; the last alone where it comes first."""
    if len(last) == YEAR_DIGITS:
        return [f"{year:04}" for year in range(int(first), int(last) + 1)] or [last]
    return [_month(number) for number in range(_index(first), _index(last) + 1)] or [last]


def ceiling_of_windows(amount: Amount | None) -> Decimal | None:
    """What no twelve consecutive months exceed, where it is declared."""
    return amount.at_most_any_12_months if isinstance(amount, MonthlyMoney) else None


def meet(first: Interval, second: Interval) -> Interval:
    """What two statements about one number leave of it."""
    lows = [low for low in (first.low, second.low) if low is not None]
    highs = [high for high in (first.high, second.high) if high is not None]
    return Interval(max(lows, default=None), min(highs, default=None))


def bounded_by_year(monthly: Interval, yearly: Amount | None, period: str) -> Interval:
    """What a year's ceiling adds about a month in it. A yearly figure never yields an exact monthly one."""
    ceiling = interval(yearly, "fixed-month", period[:YEAR_DIGITS], date.min).high
    return meet(monthly, Interval(None, ceiling))


def _any_twelve_months(amount: Amount, since: str | None) -> Interval:
    """Bounds for the largest window of twelve months: one lies in at most two fiscal years, or in twelve months.

    `since`: the first month in which a window that counts may begin; any window counts without it.
    """
    if isinstance(amount, AnnualMoney):
        return _any_two_years(amount, since)
    values = [value for _, value in amount.figures]
    high = None if amount.at_most is None else EXACT.multiply(max([amount.at_most, *values]), Decimal(MONTHS))
    months = {_index(name): value for name, value in amount.figures}
    starts = [start for start in months if since is None or start >= _index(since)]
    sums = [total(months.get(start + step, amount.at_least) for step in range(MONTHS)) for start in starts]
    steady = [] if amount.at_least is None else [EXACT.multiply(amount.at_least, Decimal(MONTHS))]
    return meet(Interval(max([*sums, *steady], default=None), high), Interval(None, ceiling_of_windows(amount)))


def _any_two_years(amount: AnnualMoney, since: str | None) -> Interval:
    figures = [(year, value) for year, value in amount.figures if since is None or f"{year}-01" >= since]
    values = [value for _, value in figures]
    low = max([*values, *([] if amount.at_least is None else [amount.at_least])], default=None)
    every = [value for _, value in amount.figures]
    return Interval(low, None if amount.at_most is None else EXACT.multiply(max([amount.at_most, *every]), Decimal(2)))


def _month(number: int) -> str:
    """The month with a running number."""
    year, before = divmod(number - 1, MONTHS)
    return f"{year:04}-{before + 1:02}"


def _index(month: str) -> int:
    year, number = month.split("-")
    return int(year) * MONTHS + int(number)
