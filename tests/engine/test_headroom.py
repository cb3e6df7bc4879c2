"""How far declared numbers are from the lines that clauses draw."""

from decimal import Decimal
from typing import Any

import pytest

from license_audit.model.report import Headroom
from tests.engine.test_judge import CLEAN, judged

HOSTED = {"acts": ["run"], "purpose": "commercial", "obtained_on": "2023-05-28"}


def lines(key: str, organization: dict[str, Any], use: dict[str, Any]) -> dict[str, Headroom]:
    """The lines of a license, by clause."""
    return {line.clause: line for line in judged(key, organization, use).headroom}


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


@pytest.mark.parametrize(
    ("users", "low", "high", "side"),
    [
        ({"2023-06": 700_000_000}, 700_000_000, 700_000_000, "below"),
        ({"2023-06": 700_000_001}, 700_000_001, 700_000_001, "above"),
        ({"at_most": 5}, None, 5, "below"),
        ({"at_least": 700_000_001}, 700_000_001, None, "above"),
        ({"at_least": 5, "at_most": 800_000_000}, 5, 800_000_000, "open"),
    ],
)
def test_a_fixed_month_can_no_longer_change(
    users: dict[str, int], low: int | None, high: int | None, side: str
) -> None:
    line = lines("llama-2-community", CLEAN | {"monthly_active_users": users}, HOSTED)["llama-2-community/2"]
    assert (line.low, line.high) == (_decimal(low), _decimal(high))
    assert (str(line.side), int(line.limit)) == (side, 700_000_000)
    assert line.is_fixed
    assert line.path == "organization.monthly_active_users.2023-06"
    assert line.currency is None


def test_money_is_told_in_the_currency_of_the_line() -> None:
    permission = [{"licensor": "TII", "covers": ["falcon-llm-1.0"], "since": "2023-06-01"}]
    organization = CLEAN | {"agreements": permission, "exchange_rates": {"USD": {"EUR": 3}}}
    revenue = {"currency": "EUR", "at_most": 1_000_000}
    found = lines("falcon-llm-1.0", organization, HOSTED | {"attributable_revenue": revenue})
    line = found["falcon-llm-1.0/8.2.c"]
    assert (line.currency, int(line.limit), line.low, str(line.side)) == ("USD", 1_000_000, None, "below")
    assert line.high == Decimal("333333.3333333333333333333333"), "no more digits than anybody reads"
    assert not line.is_fixed
    nothing = found["falcon-llm-1.0/8.1"]
    assert (int(nothing.limit), nothing.currency, nothing.high) == (0, "EUR", Decimal(1_000_000))


def test_a_missing_rate_is_where_the_number_stands() -> None:
    revenue = {"currency": "EUR", "at_most": 5}
    permission = [{"licensor": "TII", "covers": ["falcon-llm-1.0"], "since": "2023-06-01"}]
    found = lines("falcon-llm-1.0", CLEAN | {"agreements": permission}, HOSTED | {"attributable_revenue": revenue})
    line = found["falcon-llm-1.0/8.2.c"]
    assert (line.path, line.low, line.high, line.side) == ("organization.exchange_rates.EUR.USD", None, None, "open")


def test_what_is_not_declared_is_told_only_where_a_clause_waits_for_it() -> None:
    assert lines("falcon-llm-1.0", CLEAN, HOSTED)["falcon-llm-1.0/8.1"].side == "open"
    company = CLEAN | {"kind": "company"}
    assert not lines("mistral-mrl-0.1", company, {"acts": ["run"], "purpose": "commercial"})
    assert not lines("mit", {}, {"acts": ["run"]})
