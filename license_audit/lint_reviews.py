"""Readings of texts that were made long ago."""

from collections.abc import Iterable
from datetime import date

from license_audit.errors import Problem
from license_audit.readers.catalog import PackagedCatalog

MONTHS = 18
"""Months after which a text should be read again."""
YEAR = 12


def stale_reviews(catalog: PackagedCatalog, keys: Iterable[str], on: date) -> list[Problem]:
    """Those encodings whose last reading lies too far before a day."""
    last = _before(on)
    return [
        catalog.place(key, ("reviewed",), f"{key} was last read on {reviewed}, more than {MONTHS} months before {on}")
        for key in keys
        if (reviewed := catalog.license(key).reviewed.on) < last
    ]


def _before(on: date) -> date:
    """The same day so many months earlier; the last of the month where that has no such day."""
    index = on.year * YEAR + on.month - 1 - MONTHS
    year, month = divmod(index, YEAR)
    start_of_next = date(year + (month + 1) // YEAR, (month + 1) % YEAR + 1, 1)
    last = (start_of_next - date(year, month + 1, 1)).days
    return date(year, month + 1, min(on.day, last))
