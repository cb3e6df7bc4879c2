"""What declared facts say about the period, unit and people a clause measures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from license_audit.engine.amounts import UNKNOWN, Interval, bounded_by_year, interval, month_before, period_of, total
from license_audit.engine.formula import Cut, Formula, Leaf
from license_audit.engine.ground import Atom, Branch, Constant, Negation, PolicyTest, ground, ground_atom
from license_audit.engine.sentences import describe, evaluate, sentence
from license_audit.engine.situation import EvidenceFacts, Situation, WorkFacts, kind_of
from license_audit.model.facts import AnnualMoney, Money, MonthlyCount, MonthlyMoney
from license_audit.model.profile import Organization, Use
from license_audit.model.words import Operator, TimeMode, Whose

ON = date(2026, 11, 24)
Number = int | None


def between(low: Number, high: Number) -> Interval:
    """An interval of whole numbers."""
    return Interval(None if low is None else Decimal(low), None if high is None else Decimal(high))


def situation(organization: dict[str, Any] | None = None, use: dict[str, Any] | None = None) -> Situation:
    """A situation of a license called `the-license`."""
    return Situation(
        Organization.model_validate(organization or {}),
        "main",
        Use.model_validate(use or {}),
        ON,
        EvidenceFacts(),
        WorkFacts(is_derivative=False),
        "the-license",
        frozenset({"the-license"}),
        ("Meta",),
    )


@pytest.mark.parametrize(
    ("low", "high", "constant", "inclusive", "expected"),
    [
        (5, 5, 4, False, True),
        (5, 5, 5, False, False),
        (5, 5, 5, True, True),
        (5, 5, 6, True, False),
        (4, 6, 5, False, None),
        (None, 5, 5, False, False),
        (None, 5, 5, True, None),
        (5, None, 5, True, True),
        (None, None, 5, True, None),
    ],
)
def test_an_interval_against_a_constant(
    low: Number, high: Number, constant: int, inclusive: bool, expected: bool
) -> None:
    assert between(low, high).above(Decimal(constant), inclusive=inclusive) is expected


def test_months_and_periods() -> None:
    assert (month_before(date(2026, 1, 5)), month_before(ON)) == ("2025-12", "2026-10")
    assert period_of("fixed-month", "2023-06", ON) == "2023-06"
    assert (period_of("preceding-month", None, ON), period_of("present", None, ON)) == ("2026-10", "2026-10")
    assert (period_of("annual", None, ON), period_of("at-any-time", None, ON), period_of(None, None, ON)) == (
        "2025",
        None,
        None,
    )


@pytest.mark.parametrize(
    ("series", "time", "month", "expected"),
    [
        ({"2023-06": 7, "at_most": 9}, "fixed-month", "2023-06", (7, 7)),
        ({"2023-06": 7, "at_most": 9}, "fixed-month", "2023-05", (None, 9)),
        ({"2026-10": 7}, "preceding-month", None, (7, 7)),
        ({"2026-09": 8, "2026-10": 7, "at_least": 2}, "at-any-time", None, (8, None)),
        ({"2026-09": 8, "2027-10": 70, "at_most": 6}, "at-any-time", None, (8, 8)),
        ({"at_least": 1, "at_most": 6}, "at-any-time", None, (1, 6)),
        ({}, "at-any-time", None, (None, None)),
    ],
)
def test_a_series_of_months(
    series: dict[str, Any], time: TimeMode, month: str | None, expected: tuple[Number, Number]
) -> None:
    assert interval(MonthlyCount.model_validate(series), time, month, ON) == between(*expected)


def test_nothing_declared_is_unknown() -> None:
    assert interval(None, "present", None, ON) == UNKNOWN


@pytest.mark.parametrize(
    ("money", "expected"),
    [
        (AnnualMoney.model_validate({"currency": "USD", "at_most": 10}), (None, 20)),
        (AnnualMoney.model_validate({"currency": "USD", "2025": 12, "at_most": 10, "at_least": 3}), (12, 24)),
        (AnnualMoney.model_validate({"currency": "USD", "2025": 12}), (12, None)),
        (MonthlyMoney.model_validate({"currency": "USD", "at_most": 10, "at_least": 1}), (12, 120)),
        (MonthlyMoney.model_validate({"currency": "USD", "2026-01": 5, "2026-02": 6}), (11, None)),
        (MonthlyMoney.model_validate({"currency": "USD", "2025-01": 5, "2026-02": 6, "at_least": 1}), (17, None)),
    ],
)
def test_any_twelve_months(money: AnnualMoney | MonthlyMoney, expected: tuple[Number, Number]) -> None:
    assert interval(money, "any-12-months", None, ON) == between(*expected)


def test_a_year_bounds_its_months_from_above_only() -> None:
    year = AnnualMoney.model_validate({"currency": "USD", "2026": 100})
    assert bounded_by_year(UNKNOWN, year, "2026-10") == between(None, 100)
    assert bounded_by_year(between(1, 40), year, "2026-10") == between(1, 40)
    assert bounded_by_year(between(1, 40), None, "2026-10") == between(1, 40)


MONTHLY = Atom("organization.monthly_revenue", "more-than", number=Decimal(50), time="preceding-month", currency="USD")


@pytest.mark.parametrize(
    ("organization", "expected"),
    [
        ({"annual_revenue": {"currency": "USD", "2026": 50}}, False),
        ({"annual_revenue": {"currency": "USD", "2026": 51}}, None),
        (
            {"annual_revenue": {"currency": "EUR", "2026": 50}, "monthly_revenue": {"currency": "USD", "at_most": 60}},
            None,
        ),
        ({"monthly_revenue": {"currency": "USD", "2026-10": 51}}, True),
    ],
)
def test_revenue_of_a_month(organization: dict[str, Any], expected: bool | None) -> None:
    found = ground_atom(MONTHLY, situation(organization))
    assert (found if isinstance(found, bool) else None) is expected


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        ("more-than", 5, False),
        ("at-least", 5, True),
        ("at-most", 5, True),
        ("less-than", 5, False),
        ("less-than", 6, True),
    ],
)
def test_comparisons(op: Operator, value: int, expected: bool) -> None:
    atom = Atom("use.attributable_revenue", op, number=Decimal(value), currency="USD")
    use = {"attributable_revenue": {"currency": "USD", "at_least": 5, "at_most": 5}}
    assert ground_atom(atom, situation(use=use)) is expected


def test_a_list_of_words_is_no_number() -> None:
    with pytest.raises(LookupError, match="compares no numbers"):
        ground_atom(Atom("use.attributable_revenue", "is", values=("5",)), situation())


REVENUE = Atom("use.attributable_revenue", "more-than", number=Decimal(100), currency="USD")


@pytest.mark.parametrize(
    ("euros", "rates", "expected"),
    [
        (100, {"EUR": {"USD": "1.08"}}, True),
        (100, {"USD": {"EUR": "2"}}, False),
        (0, {}, False),
    ],
)
def test_another_currency_needs_a_rate(euros: int, rates: dict[str, Any], expected: bool) -> None:
    use = {"attributable_revenue": {"currency": "EUR", "at_least": euros, "at_most": euros}}
    assert ground_atom(REVENUE, situation({"exchange_rates": rates}, use)) is expected


@pytest.mark.parametrize(
    ("op", "figure", "expected"),
    [
        ("at-least", "3000000", True),
        ("at-least", "2999999.99", False),
        ("more-than", "3000000", False),
        ("more-than", "3000000.01", True),
    ],
)
def test_a_rate_of_the_other_direction_is_exact_at_the_threshold(op: Operator, figure: str, expected: bool) -> None:
    atom = Atom("use.attributable_revenue", op, number=Decimal(1_000_000), currency="USD")
    use = {"attributable_revenue": {"currency": "PLN", "at_least": figure, "at_most": figure}}
    assert ground_atom(atom, situation({"exchange_rates": {"USD": {"PLN": 3}}}, use)) is expected


def test_products_and_sums_keep_every_digit() -> None:
    """More digits than decimal numbers keep by themselves."""
    long = Decimal("900000000000000000.00000000000000000001")
    assert Interval(long, long).times(Decimal("1.1")).low == Decimal("990000000000000000.000000000000000000011")
    assert total([long, None, Decimal(1)]) == Decimal("900000000000000001.00000000000000000001")
    yearly = AnnualMoney.model_validate({"currency": "USD", "at_most": long})
    assert interval(yearly, "any-12-months", None, ON).high == Decimal("1800000000000000000.00000000000000000002")
    own = {"2023-06": "100.00000000000000000000000000001", "at_most": 900}
    assert (
        users({"monthly_active_users": own, "affiliates": [sister(monthly_active_users={"2023-06": 0})]}, ANY) is True
    )


def test_without_a_rate_the_rate_is_the_question() -> None:
    use = {"attributable_revenue": {"currency": "EUR", "at_least": 900, "at_most": 900}}
    found = ground_atom(REVENUE, situation(use=use))
    assert isinstance(found, Leaf)
    assert found.path == "organization.exchange_rates.EUR.USD"


def users(organization: dict[str, Any], whose: Whose) -> Formula:
    """Whether there were more than 100 users in June 2023."""
    atom = Atom(
        "organization.monthly_active_users",
        "more-than",
        number=Decimal(100),
        time="fixed-month",
        month="2023-06",
        whose=whose,
    )
    return ground_atom(atom, situation(organization))


SUM: Whose = "licensee-and-affiliates-sum"
ANY: Whose = "licensee-or-affiliates-any"


def sister(**facts: Any) -> dict[str, Any]:
    """An affiliate."""
    return {"name": "Sister", **facts}


@pytest.mark.parametrize(
    ("organization", "whose", "expected"),
    [
        ({"monthly_active_users": {"2023-06": 101}}, SUM, True),
        ({"monthly_active_users": {"2023-06": 100}}, SUM, False),
        ({"monthly_active_users": {"2023-06": 100}}, ANY, False),
        ({"monthly_active_users": {"2023-06": 150}}, ANY, None),
        ({"monthly_active_users": {"2023-06": 150}, "affiliates": []}, ANY, True),
        (
            {"monthly_active_users": {"2023-06": 150}, "affiliates": [sister(monthly_active_users={"2023-06": 70})]},
            ANY,
            False,
        ),
        (
            {"monthly_active_users": {"2023-06": 250}, "affiliates": [sister(monthly_active_users={"2023-06": 101})]},
            ANY,
            True,
        ),
        ({"monthly_active_users": {"2023-06": 250}, "affiliates": [sister()]}, ANY, None),
        ({"affiliates": [sister(monthly_active_users={"2023-06": 101})]}, SUM, True),
        ({"affiliates": [sister(monthly_active_users={"2023-06": 99})]}, SUM, None),
        ({"founded": "2023-07-01", "affiliates": []}, SUM, False),
        ({"founded": "2023-06-30", "affiliates": []}, SUM, None),
        ({"founded": "2023-07-01"}, SUM, None),
        ({"founded": "2023-07-01", "affiliates": [sister(founded="2023-08-01")]}, SUM, False),
        ({"founded": "2023-07-01", "affiliates": [sister(founded="2020-08-01")]}, SUM, None),
        ({"founded": "2023-07-01", "affiliates": [sister(monthly_active_users={"2023-06": 100})]}, SUM, False),
        ({"founded": "2023-07-01", "affiliates": [sister(monthly_active_users={"2023-06": 100})]}, ANY, False),
    ],
)
def test_users_of_licensee_and_affiliates(organization: dict[str, Any], whose: Whose, expected: bool | None) -> None:
    found = users(organization, whose)
    assert (found if isinstance(found, bool) else None) is expected


HELD = Atom("organization.agreements", "is", values=("true",))


@pytest.mark.parametrize(
    ("agreement", "expected"),
    [
        ({"licensor": "Meta", "covers": ["the-license"]}, True),
        ({"licensor": "Meta Platforms Ireland", "covers": ["the-license"]}, True),
        ({"licensor": "Metal Works", "covers": ["the-license"]}, False),
        ({"licensor": "Meta", "covers": ["another"]}, False),
        ({"licensor": "Meta", "covers": ["the-license"], "until": "2026-11-24"}, True),
        ({"licensor": "Meta", "covers": ["the-license"], "until": "2026-11-23"}, False),
        ({"licensor": "Meta", "covers": ["the-license"], "since": "2026-11-24"}, True),
        ({"licensor": "Meta", "covers": ["the-license"], "since": "2026-11-25"}, False),
    ],
)
def test_a_separate_license_counts_for_its_licensor_work_and_days(agreement: dict[str, Any], expected: bool) -> None:
    assert ground_atom(HELD, situation({"agreements": [agreement]})) is expected


YEARS = Atom("organization.agreements.years_held", "at-least", number=Decimal(1))


@pytest.mark.parametrize(
    ("agreements", "expected"),
    [
        ([], False),
        ([{"licensor": "Meta", "covers": ["the-license"], "since": "2025-11-24"}], True),
        ([{"licensor": "Meta", "covers": ["the-license"], "since": "2025-11-25"}], False),
    ],
)
def test_years_since_a_permission(agreements: list[Any], expected: bool) -> None:
    assert ground_atom(YEARS, situation({"agreements": agreements})) is expected


def test_years_since_a_permission_without_a_date_or_a_list() -> None:
    undated = ground_atom(YEARS, situation({"agreements": [{"licensor": "Meta", "covers": ["the-license"]}]}))
    assert undated == Leaf(
        "organization.agreements.since", "organization.agreements.since", Cut(Decimal(1), inclusive=True)
    )
    assert not isinstance(ground_atom(YEARS, situation()), bool)


def claims(claim: dict[str, Any], *rights: str) -> Formula:
    """Whether a claim counts."""
    full = {"against": "Meta", "about": "the-license", **claim}
    atom = Atom("organization.claims_against", "is", values=("true",), rights=rights)
    return ground_atom(atom, situation({"claims_against": [full]}))


def test_claims_count_by_work_right_and_day() -> None:
    assert claims({"on": "2026-11-24"}, "any") is True
    assert claims({"on": "2026-11-25"}, "any") is False
    assert claims({"about": "another", "on": "2026-11-24"}, "any") is False
    assert claims({"on": "2026-11-24", "right": "patent"}, "patent") is True
    assert claims({"on": "2026-11-24", "right": "copyright"}, "patent") is False
    undated, unnamed = claims({}, "any"), claims({"on": "2026-11-24"}, "patent")
    assert isinstance(undated, Leaf)
    assert undated.path == "organization.claims_against.0.on"
    assert isinstance(unnamed, Leaf)
    assert unnamed.path == "organization.claims_against.0.right"


def test_lists_are_complete_unless_open() -> None:
    atom = Atom("use.offered_in", "includes-any", values=("US",))
    assert ground_atom(atom, situation(use={"offered_in": ["DE"]})) is False
    assert ground_atom(atom, situation(use={"offered_in": "worldwide"})) is True
    assert isinstance(ground_atom(atom, situation(use={"offered_in": {"items": ["DE"], "open": "true"}})), Leaf)


@pytest.mark.parametrize("path", ["use.nonsense", "nonsense", "use.purpose.more", "use.outputs", "use"])
def test_a_path_that_names_no_fact(path: str) -> None:
    with pytest.raises(LookupError):
        kind_of(path)


def test_conditions_as_sentences() -> None:
    purpose = Atom("use.purpose", "one-of", values=("research", "personal"))
    either = Branch(conjunction=False, parts=(purpose, Atom("use.environment", "is", values=("production",))))
    assert sentence(Negation(purpose)) == "the purpose is none of research, personal"
    assert sentence(Negation(either)).startswith("it is not so that (the purpose is research or personal or ")
    assert sentence(Branch(conjunction=True, parts=(either, purpose))).count(" and ") == 1
    assert sentence(PolicyTest("a-policy")) == "a clause of a-policy is broken"
    assert (sentence(Constant(value=True)), sentence(Constant(value=False))) == ("always", "never under this reading")
    assert sentence(Atom("use.acts", "includes-any", values=())) == "the acts include nothing"
    assert sentence(REVENUE) == "the attributable revenue is more than 100 USD"
    derivative = Atom("work.is_derivative", "is", values=("false",))
    assert sentence(derivative) == "it is not so that the model is a derivative that somebody else made"
    patent = Atom("organization.claims_against", "is", values=("true",), rights=("patent",))
    assert sentence(patent).endswith("(patent)")


def test_a_condition_as_it_came_out() -> None:
    here = situation(use={"purpose": "research"})
    research = Atom("use.purpose", "is", values=("research",))
    production = Atom("use.environment", "is", values=("production",))
    both = Branch(conjunction=True, parts=(Negation(research), production, PolicyTest("p"), Constant(value=True)))
    found = evaluate(both, here, lambda _: True)
    assert found.holds is False
    negated, environment, policy, constant = found.parts
    assert (negated.negation, negated.holds, negated.parts[0].holds) == (True, False, True)
    assert environment.fact is not None
    assert (environment.holds, environment.fact.declared, environment.fact.path) == (
        None,
        None,
        "uses.main.environment",
    )
    assert (policy.holds, constant.holds) == (True, True)
    assert ground(both, here, lambda _: True) is False


def test_declared_values_in_words() -> None:
    here = situation(
        {
            "agreements": [],
            "claims_against": [{"against": "a", "about": "b"}],
            "monthly_active_users": {"2023-06": 1200, "at_most": 5},
        },
        {
            "acts": {"items": ["run"], "open": "true"},
            "consents_held": "false",
            "attributable_revenue": {"currency": "EUR", "at_least": 1},
        },
    )
    assert describe("organization.agreements.years_held", here) == "none"
    assert describe("organization.claims_against", here) == "1 declared"
    assert describe("organization.monthly_active_users", here) == "2023-06: 1,200; at most 5"
    assert describe("use.acts", here) == "run, list open"
    assert describe("use.domains", here) is None
    assert describe("use.consents_held", here) == "no"
    assert describe("use.attributable_revenue", here) == "EUR at least 1"
    assert describe("use.events", here) == "none"
    bare = situation(
        use={"attributable_revenue": Money(currency="EUR", at_least=Decimal("0.5"), at_most=Decimal("0.5"))}
    )
    assert describe("use.attributable_revenue", bare) == "EUR at least 0.5; at most 0.5"


def test_what_belongs_to_something_not_declared_is_not_declared() -> None:
    assert situation().lookup("use.accepted.by") is None
    assert situation(use={"accepted": {"by": "legal"}}).lookup("use.accepted.by") == "legal"
