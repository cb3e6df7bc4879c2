"""Figures of a group by period, with affiliates added, compared one by one, or left out.

Readers of Llama 2 section 2 differ on whether the users of the licensee and its affiliates are added; some texts count
the licensee alone. The profile's figures include affiliates, and `affiliates` splits them.
"""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from license_audit.engine.amounts import EXACT, UNKNOWN, Interval, interval, period_of, total
from license_audit.engine.situation import Situation
from license_audit.model.facts import Amount
from license_audit.model.profile import Affiliate
from license_audit.model.words import TimeMode, Whose

NOBODY = Interval(Decimal(0), Decimal(0))
SPLIT = ("organization.monthly_active_users", "organization.annual_revenue")
"""Figures that affiliates have a share of."""


class Measure(NamedTuple):
    """Which figure is looked at, and in which period."""

    name: str
    """Field of the organization and of its affiliates."""
    time: TimeMode | None
    month: str | None
    on: date

    @property
    def period(self) -> str | None:
        """The single month or year that is measured."""
        return period_of(self.time, self.month, self.on)

    def known(self, amount: Amount | None) -> Interval:
        """What a declared series says."""
        return interval(amount, self.time, self.month, self.on)


def of_group(situation: Situation, fact: str, time: TimeMode | None, month: str | None, whose: Whose) -> Interval:
    """What is declared of a figure of the organization in the measured period, affiliates as the clause counts them."""
    measure = Measure(fact.rpartition(".")[2], time, month, situation.on)
    parts = _parts(situation, measure)
    whole = _total(situation, measure, parts)
    if whose not in ("licensee", "licensee-or-affiliates-any"):
        return whole
    if parts is None:
        return Interval(None, whole.high)
    highs = [part.high for part in parts]
    own_low = _difference(whole.low, None if None in highs else total(highs))
    own_high = _difference(whole.high, total(part.low for part in parts))
    own = Interval(own_low, own_high if own_high is not None else whole.high)
    if whose == "licensee":
        return own
    low = max([part.low or Decimal(0) for part in parts] + ([own_low] if own_low is not None else []), default=None)
    every_high = [*highs, own.high]
    high = None if None in every_high else max(value for value in every_high if value is not None)
    return Interval(low, high if high is not None else whole.high)


def _total(situation: Situation, measure: Measure, parts: list[Interval] | None) -> Interval:
    organization = situation.organization
    declared = measure.known(_amount(situation, measure))
    if parts is None:
        return declared
    known = total(part.low for part in parts)
    highs = [part.high for part in parts]
    is_exact = declared.low is not None and declared.low == declared.high
    if not is_exact and None not in highs and _too_young(organization.founded, measure.period):
        return Interval(known, total(highs))  # bounds speak of the months in which there was a company
    low = max((value for value in (declared.low, known) if value is not None), default=None)
    return Interval(low, declared.high)


def _amount(situation: Situation, measure: Measure) -> Amount | None:
    found: Amount | None = situation.lookup(f"organization.{measure.name}")
    return found


def _parts(situation: Situation, measure: Measure) -> list[Interval] | None:
    """One interval for each affiliate; None when affiliates are not declared."""
    affiliates = situation.organization.affiliates
    if affiliates is None:
        return None
    whole = _amount(situation, measure)
    return [_affiliate(affiliate, measure, whole) for affiliate in affiliates]


def _affiliate(affiliate: Affiliate, measure: Measure, whole: Amount | None) -> Interval:
    amount: Amount | None = getattr(affiliate, measure.name)
    is_other = (
        amount is not None and (whole is None or amount.currency != whole.currency) and amount.currency is not None
    )
    known = UNKNOWN if is_other else measure.known(amount)
    is_exact = known.low is not None and known.low == known.high
    return NOBODY if not is_exact and _too_young(affiliate.founded, measure.period) else known


def _too_young(founded: date | None, period: str | None) -> bool:
    """Whether a company did not exist before the measured month or year had ended."""
    return (
        founded is not None and period is not None and f"{founded.year:04}-{founded.month:02}"[: len(period)] > period
    )


def _difference(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else max(EXACT.subtract(first, second), Decimal(0))
