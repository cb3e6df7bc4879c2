"""Facts an organization declares: exact, bounded or missing; lists that are complete unless they say otherwise."""

import re
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Self

from license_audit.model.marks import Before, after, before
from license_audit.model.value import Value
from license_audit.model.words import Act, Domain, Duty, Event

_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
_YEAR = r"\d{4}"
_CURRENCY, _COUNTRY = 3, 2
"""Letters of a code."""
DECIMALS = 100
HIGHEST = 10**18
"""No count and no sum of money is above it; what is would only overflow."""


def _flag(value: object) -> object:
    if value in ("true", True):
        return True
    if value in ("false", False):
        return False
    raise ValueError(f"expected true or false, not {value!r}")


Flag = Annotated[bool, Before(_flag)]
"""`true` or `false`, nothing that merely looks like it."""


def _is_code(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isalpha() and text.isupper()


_MEANT = {"UK": "GB", "EL": "GR"}
"""Codes that people write beside those of ISO 3166-1."""


def _country(value: object) -> object:
    if isinstance(value, str) and (value == "worldwide" or _is_code(value, _COUNTRY)):
        return _MEANT.get(value, value)
    raise ValueError(f"expected an ISO 3166-1 alpha-2 country code in capitals, or worldwide, not {value!r}")


Country = Annotated[str, Before(_country)]


_FORMS = ("ag", "co", "company", "corp", "corporation", "gmbh", "inc", "incorporated", "limited", "llc", "ltd", "plc")
"""Legal forms at the end of a company's name."""


def _word(value: object) -> object:
    return "-".join(re.split(r"[\s_-]+", value.strip().lower())) if isinstance(value, str) else value


def _company(value: object) -> object:
    if not isinstance(value, str):
        return value
    words = re.findall(r"[^\s.,]+", value.lower())
    while len(words) > 1 and words[-1] in _FORMS:
        words.pop()
    return " ".join(words)


Word = Annotated[str, Before(_word)]
"""A word that is compared without regard to capitals, and to spaces or lines between its parts."""
Company = Annotated[str, Before(_company)]
"""The name of a company, compared without regard to capitals, stops and legal form."""


class Items(Value):
    """A list of things. Declared means complete: what is not listed is declared not to be the case."""

    items: tuple[str, ...]
    open: Flag = False
    """True when the list is declared incomplete: whatever is not listed stays unknown."""

    @before
    @classmethod
    def _plain_list(cls, data: Any) -> Any:
        if isinstance(data, (list, tuple)):
            return {"items": data}
        return {"items": [data]} if isinstance(data, str) else data


class Acts(Items):
    """Acts of a use, from the closed list."""

    items: tuple[Act, ...]


class Domains(Items):
    """Fields of use, from the closed list."""

    items: tuple[Domain, ...]


class Duties(Items):
    """Duties, from the closed list."""

    items: tuple[Duty, ...]


class Words(Items):
    """Words of an open list, such as lines of business; capitals and spaces make no difference."""

    items: tuple[Word, ...]


class Companies(Items):
    """Names of companies; capitals, stops and legal form make no difference."""

    items: tuple[Company, ...]


class Events(Items):
    """What has happened, from the closed list; a record like `fulfils`: what is not in it has not happened."""

    items: tuple[Event, ...]


class Countries(Items):
    """ISO 3166-1 alpha-2 codes, or the word worldwide."""

    items: tuple[Country, ...]


class Amount(Value):
    """A number with optional bounds and, for money, a currency. Exact when both bounds are equal."""

    currency: str | None = None
    """ISO 4217 code; none for counts."""
    at_least: Decimal | None = None
    """Lower bound, also of every period that is not listed."""
    at_most: Decimal | None = None
    """Upper bound, also of every period that is not listed."""
    figures: tuple[tuple[str, Decimal], ...] = ()
    """Exact figures by period, sorted: month `YYYY-MM` or fiscal year `YYYY`."""

    period: ClassVar[str | None] = None
    period_name: ClassVar[str] = "no periods"
    bounds: ClassVar[tuple[str, ...]] = ("currency", "at_least", "at_most")

    @before
    @classmethod
    def _periods_to_figures(cls, data: Any) -> Any:
        if not isinstance(data, dict) or "figures" in data:
            return data
        kept, figures = {}, []
        for key, value in data.items():
            if key in cls.bounds:
                kept[key] = value
            elif cls.period is not None and re.fullmatch(cls.period, str(key)):
                figures.append((str(key), _number(value)))
            else:
                raise ValueError(f"{key!r} is not one of {', '.join(cls.bounds)}; expected {cls.period_name}")
        return {**kept, "figures": tuple(sorted(figures))}

    @after
    def _sensible(self) -> Self:
        numbers = [value for value in (self.at_least, self.at_most) if value is not None]
        numbers += [value for _, value in self.figures]
        if any(not number.is_finite() or number < 0 for number in numbers):
            raise ValueError("a figure is negative or no number; expected 0 or more")
        if any(has_needless_decimals(number) for number in numbers):
            raise ValueError(f"a figure has more than {DECIMALS} decimals; is it in the right unit?")
        if any(number > HIGHEST for number in numbers):
            raise ValueError(f"a figure is above {HIGHEST:,}; is it in the right unit?")
        if self.at_least is not None and self.at_most is not None and self.at_least > self.at_most:
            raise ValueError(f"at_least {self.at_least} is above at_most {self.at_most}")
        if self.currency is not None and not _is_code(self.currency, _CURRENCY):
            raise ValueError(f"expected an ISO 4217 currency in capitals, not {self.currency!r}")
        return self


class MonthlyCount(Amount):
    """Counts by calendar month; the bounds hold for every month that is not listed."""

    period: ClassVar[str | None] = _MONTH
    period_name: ClassVar[str] = "a month such as 2023-06"


class Money(Amount):
    """An amount of money."""

    @after
    def _has_currency(self) -> Self:
        if self.currency is None:
            raise ValueError("an amount of money needs a currency, e.g. currency: EUR")
        return self


class AnnualMoney(Money):
    """Money by fiscal year; the bounds hold for every year that is not listed."""

    period: ClassVar[str | None] = _YEAR
    period_name: ClassVar[str] = "a fiscal year such as 2025"


class MonthlyMoney(Money):
    """Money by calendar month; the bounds hold for every month that is not listed."""

    at_most_any_12_months: Decimal | None = None
    """Upper bound of the sum of every twelve consecutive months, past and present."""

    period: ClassVar[str | None] = _MONTH
    period_name: ClassVar[str] = "a month such as 2026-10"
    bounds: ClassVar[tuple[str, ...]] = (*Money.bounds, "at_most_any_12_months")

    @after
    def _sensible_ceiling(self) -> Self:
        ceiling = self.at_most_any_12_months
        if ceiling is None:
            return self
        if not ceiling.is_finite() or not 0 <= ceiling <= HIGHEST or has_needless_decimals(ceiling):
            raise ValueError("at_most_any_12_months is no sum of money from 0 on")
        if any(value > ceiling for _, value in self.figures):
            raise ValueError("a month is above at_most_any_12_months")
        return self


def has_needless_decimals(number: Decimal) -> bool:
    """Whether a number has more decimals than any figure needs. Written out it could fill the memory."""
    exponent = number.as_tuple().exponent
    return isinstance(exponent, int) and exponent < -DECIMALS


def _number(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise ValueError(f"expected a number, not {value!r}") from None
