"""Monthly active users, with affiliates added or compared one by one.

Readers of Llama 2 section 2 differ on whether the users of the licensee and its affiliates are added; the profile's
figure includes affiliates, and `affiliates` splits it.
"""

from datetime import date
from decimal import Decimal

from license_audit.engine.amounts import EXACT, Interval, interval, period_of, total
from license_audit.engine.situation import Situation
from license_audit.model.profile import Affiliate
from license_audit.model.words import TimeMode, Whose

NOBODY = Interval(Decimal(0), Decimal(0))


def users(situation: Situation, time: TimeMode | None, month: str | None, whose: Whose) -> Interval:
    """What is declared of the users in the measured period."""
    period = period_of(time, month, situation.on)
    whole = _total(situation, time, month, period)
    if whose != "licensee-or-affiliates-any":
        return whole
    parts = _parts(situation, time, month, period)
    if parts is None:
        return Interval(None, whole.high)
    lows = total(part.low for part in parts)
    highs = [part.high for part in parts]
    own_low = _difference(whole.low, None if None in highs else total(highs))
    own_high = _difference(whole.high, lows)
    low = max([part.low or Decimal(0) for part in parts] + ([own_low] if own_low is not None else []), default=None)
    every_high = [*highs, own_high]
    high = None if None in every_high else max(value for value in every_high if value is not None)
    return Interval(low, high if high is not None else whole.high)


def _total(situation: Situation, time: TimeMode | None, month: str | None, period: str | None) -> Interval:
    organization = situation.organization
    declared = interval(organization.monthly_active_users, time, month, situation.on)
    parts = _parts(situation, time, month, period)
    if parts is None:
        return declared
    known = total(part.low for part in parts)
    low = max((value for value in (declared.low, known) if value is not None), default=None)
    if declared.high is None and _too_young(organization.founded, period):
        highs = [part.high for part in parts]
        if None not in highs:
            return Interval(low, total(highs))
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
    return None if first is None or second is None else max(EXACT.subtract(first, second), Decimal(0))
