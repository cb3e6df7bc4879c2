"""Monthly active users, with affiliates added or compared one by one.

Readers of Llama 2 section 2 differ on whether the users of the licensee and its affiliates are added; the profile's
figure includes affiliates, and `affiliates` splits it.
"""

from datetime import date
from decimal import Decimal

from license_audit.engine.amounts import Interval, interval, period_of
from license_audit.engine.situation import Situation
from license_audit.model.profile import Affiliate
from license_audit.model.words import TimeMode, Whose

NOBODY = Interval(Decimal(0), Decimal(0))


def users(situation: Situation, time: TimeMode | None, month: str | None, whose: Whose) -> Interval:
    """What is declared of the users in the measured period."""
    period = period_of(time, month, situation.on)
    total = _total(situation, time, month, period)
    if whose != "licensee-or-affiliates-any":
        return total
    parts = _parts(situation, time, month, period)
    if parts is None:
        return Interval(None, total.high)
    lows = sum((part.low or Decimal(0) for part in parts), Decimal(0))
    highs = [part.high for part in parts]
    own_low = _difference(total.low, None if None in highs else sum((high or Decimal(0) for high in highs), Decimal(0)))
    own_high = _difference(total.high, lows)
    low = max([part.low or Decimal(0) for part in parts] + ([own_low] if own_low is not None else []), default=None)
    every_high = [*highs, own_high]
    high = None if None in every_high else max(value for value in every_high if value is not None)
    return Interval(low, high if high is not None else total.high)


def _total(situation: Situation, time: TimeMode | None, month: str | None, period: str | None) -> Interval:
    organization = situation.organization
    declared = interval(organization.monthly_active_users, time, month, situation.on)
    parts = _parts(situation, time, month, period)
    if parts is None:
        return declared
    known = sum((part.low or Decimal(0) for part in parts), Decimal(0))
    low = max((value for value in (declared.low, known) if value is not None), default=None)
    if declared.high is None and _too_young(organization.founded, period):
        highs = [part.high for part in parts]
        if None not in highs:
            return Interval(low, sum((high or Decimal(0) for high in highs), Decimal(0)))
    return Interval(low, declared.high)


def _parts(situation: Situation, time: TimeMode | None, month: str | None, period: str | None) -> list[Interval] | None:
    """One interval for each affiliate; None when affiliates are not declared."""
    affiliates = situation.organization.affiliates
    if affiliates is None:
        return None
    return [_affiliate(affiliate, situation, time, month, period) for affiliate in affiliates]


def _affiliate(
    affiliate: Affiliate, situation: Situation, time: TimeMode | None, month: str | None, period: str | None
) -> Interval:
    known = interval(affiliate.monthly_active_users, time, month, situation.on)
    return NOBODY if known.high is None and _too_young(affiliate.founded, period) else known


def _too_young(founded: date | None, period: str | None) -> bool:
    """Whether a company did not exist before the measured month had ended."""
    return founded is not None and period is not None and f"{founded.year:04}-{founded.month:02}" > period


def _difference(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else max(first - second, Decimal(0))
