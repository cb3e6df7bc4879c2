"""Facts of the wider landscape: figures of groups and products, windows of twelve months, what follows from facts."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from license_audit.engine.amounts import UNKNOWN, Interval, interval
from license_audit.engine.formula import Leaf
from license_audit.engine.ground import Atom, ground_atom, measured
from license_audit.engine.sentences import describe, sentence
from license_audit.engine.situation import Situation, facts, kind_of
from license_audit.model.facts import AnnualMoney, Companies, Countries, MonthlyCount, MonthlyMoney, Words
from license_audit.model.words import TimeMode, Whose
from tests.engine.test_facts import Number, between, situation

ON = date(2026, 11, 24)
USD = {"currency": "USD"}


def known(atom: Atom, organization: dict[str, Any], use: dict[str, Any] | None = None) -> Interval:
    """What is known of the number that a comparison needs."""
    return measured(atom, situation(organization, use))[1]


@pytest.mark.parametrize(
    ("figures", "time", "month", "low", "high"),
    [
        # The last completed year is meant; one that still runs counts where it is declared.
        ({"2025": 9}, "annual-unnamed", None, 9, 9),
        ({"2025": 9, "2026": 12}, "annual-unnamed", None, 12, 12),
        ({"2024": 50, "2025": 9}, "annual-unnamed", None, 9, 9),
        ({"2026": 9}, "annual-unnamed", None, 9, None),
        ({"at_most": 20}, "annual-unnamed", None, None, 20),
        # At any time since the month that the clause names.
        ({"2023": 50, "2024": 3, "2025": 4}, "at-any-time", "2024-07", 4, 4),
        ({"2024": 3}, "at-any-time", "2024-07", 3, None),
        ({"2024": 3, "at_most": 8}, "at-any-time", "2024-07", 3, 8),
        ({"2023": 50, "2025": 4}, "at-any-time", None, 50, None),
        ({"2027": 50, "2026": 4}, "at-any-time", "2026-12", 4, None),
        # Any twelve months.
        ({"2024": 21, "2025": 6}, "any-12-months", "0001-01", 21, None),
        ({"2024": 21, "2025": 6}, "any-12-months", "2025-01", 6, None),
        ({"2024": 21, "2025": 6, "at_most": 5}, "any-12-months", "2025-01", 6, 42),
        ({"at_least": 3}, "any-12-months", None, 3, None),
    ],
)
def test_years_that_a_text_counts(
    figures: dict[str, int], time: TimeMode, month: str | None, low: Number, high: Number
) -> None:
    assert interval(AnnualMoney.model_validate(USD | figures), time, month, ON) == between(low, high)


def test_months_at_any_time_are_those_since_the_clause_s_month_up_to_the_last_whole_one() -> None:
    users = MonthlyCount.model_validate({"2026-08": 3, "2026-09": 9, "2026-10": 5})
    assert interval(users, "at-any-time", "2026-08", ON) == between(9, 9)
    assert interval(users, "at-any-time", "2026-07", ON) == between(9, None)
    assert interval(users, "at-any-time", "2026-10", ON) == between(5, 5)
    over_new_year = MonthlyCount.model_validate({"2025-12": 7, "2026-01": 5})
    assert interval(over_new_year, "at-any-time", "2025-12", date(2026, 2, 1)) == between(7, 7)


def test_a_ceiling_of_twelve_months_bounds_every_window_and_every_month() -> None:
    money = MonthlyMoney.model_validate(USD | {"2026-10": 4, "at_most_any_12_months": 20})
    assert interval(money, "any-12-months", None, ON) == between(4, 20)
    assert interval(money, "fixed-month", "2026-09", ON) == between(None, 20)
    assert interval(money, "fixed-month", "2026-10", ON) == between(4, 4)
    assert describe("organization.monthly_revenue", situation({"monthly_revenue": money})) == (
        "USD 2026-10: 4; at most 20 in any twelve months"
    )


def test_windows_of_months_begin_no_earlier_than_the_text_counts() -> None:
    money = MonthlyMoney.model_validate(USD | {"2025-01": 30, "2026-10": 4})
    assert interval(money, "any-12-months", None, ON) == between(30, None)
    assert interval(money, "any-12-months", "2026-01", ON) == between(4, None)


@pytest.mark.parametrize("ceiling", ["-1", "NaN", "1E+30", "3"])
def test_a_ceiling_that_cannot_be_is_refused(ceiling: str) -> None:
    with pytest.raises(ValueError, match="at_most_any_12_months"):
        MonthlyMoney.model_validate(USD | {"2026-10": 4, "at_most_any_12_months": ceiling})


GROUP = {
    "annual_revenue": USD | {"2025": 100},
    "affiliates": [
        {"name": "One", "annual_revenue": USD | {"2025": 30}},
        {"name": "Two", "annual_revenue": USD | {"2025": 20}},
    ],
}


@pytest.mark.parametrize(
    ("whose", "low", "high"),
    [
        ("licensee-and-affiliates-sum", 100, 100),
        ("group", 100, 100),
        ("licensee", 50, 50),
        ("licensee-or-affiliates-any", 50, 50),
    ],
)
def test_revenue_of_a_group_is_counted_as_the_clause_says(whose: Whose, low: Number, high: Number) -> None:
    atom = Atom(
        "organization.annual_revenue", "more-than", number=Decimal(1), time="annual", whose=whose, currency="USD"
    )
    assert known(atom, GROUP) == between(low, high)


def test_the_licensee_alone_is_not_known_while_affiliates_are_not_declared() -> None:
    atom = Atom("organization.monthly_active_users", "more-than", time="preceding-month", whose="licensee")
    assert known(atom, {"monthly_active_users": {"2026-10": 7}}) == between(None, 7)
    assert known(atom, {"monthly_active_users": {"2026-10": 7}, "affiliates": []}) == between(7, 7)
    unsaid = {"monthly_active_users": {"2026-10": 7}, "affiliates": [{"name": "One"}]}
    assert known(atom, unsaid) == between(None, 7)


def test_an_affiliate_s_revenue_in_another_currency_adds_nothing_known() -> None:
    atom = Atom("organization.annual_revenue", "more-than", time="annual", whose="licensee", currency="USD")
    group = GROUP | {"affiliates": [{"name": "One", "annual_revenue": {"currency": "EUR", "2025": 30}}]}
    assert known(atom, group) == between(None, 100)
    alone = {"affiliates": [{"name": "One", "annual_revenue": USD | {"2025": 30}}]}
    assert known(atom, alone) == UNKNOWN


def test_a_company_of_this_year_had_no_revenue_last_year() -> None:
    atom = Atom("organization.annual_revenue", "more-than", time="annual", currency="USD")
    assert known(atom, {"founded": date(2026, 1, 1), "affiliates": []}) == between(0, 0)
    assert known(atom, {"founded": date(2025, 12, 31), "affiliates": []}) == between(0, None)


def test_a_product_has_no_more_users_than_the_organization() -> None:
    atom = Atom("use.product_monthly_active_users", "more-than", time="preceding-month", whose="product")
    assert known(atom, {"monthly_active_users": {"at_most": 9}}) == between(None, 9)
    product = {"product_monthly_active_users": {"2026-10": 5}}
    assert known(atom, {"monthly_active_users": {"at_most": 9}}, product) == between(5, 5)


def test_a_product_earns_no_more_than_the_organization_in_the_same_currency() -> None:
    atom = Atom("use.product_monthly_revenue", "more-than", time="preceding-month", whose="product", currency="USD")
    assert known(atom, {"monthly_revenue": USD | {"at_most": 9}}) == between(None, 9)
    assert known(atom, {"annual_revenue": USD | {"2026": 12}}) == between(None, 12)
    assert known(atom, {"monthly_revenue": {"currency": "EUR", "at_most": 9}}) == UNKNOWN
    product = {"product_monthly_revenue": USD | {"2026-10": 5}}
    assert known(atom, {"monthly_revenue": USD | {"at_most": 9}}, product) == between(5, 5)


def test_fiscal_years_say_something_of_any_twelve_months() -> None:
    atom = Atom("organization.monthly_revenue", "more-than", time="any-12-months", currency="USD")
    assert known(atom, {"annual_revenue": USD | {"2024": 21}}) == between(21, None)
    both = {"annual_revenue": USD | {"2024": 21}, "monthly_revenue": USD | {"at_most_any_12_months": 30}}
    assert known(atom, both) == between(21, 30)
    assert known(atom, {"annual_revenue": {"currency": "EUR", "2024": 21}}) == UNKNOWN
    at_any_time = Atom("organization.monthly_revenue", "more-than", time="at-any-time", currency="USD")
    assert known(at_any_time, {"annual_revenue": USD | {"2024": 21}}) == UNKNOWN


def holds(fact: str, values: tuple[str, ...], held: Situation) -> object:
    """Whether a comparison holds; the path that is asked where it is open."""
    op = {"items": "includes-any", "flag": "is"}.get(kind_of(fact).name, "one-of")
    found = ground_atom(Atom(fact, op, values), held)  # type: ignore[arg-type]  # one of the operators
    return found.path if isinstance(found, Leaf) else found


def test_the_principal_place_is_the_first_that_is_declared() -> None:
    place = "organization.principal_place"
    assert holds(place, ("AT",), situation({"established_in": ["AT", "US"]})) is True
    assert holds(place, ("AT",), situation({"established_in": ["US", "AT"]})) is False
    assert holds(place, ("AT",), situation({})) == "organization.established_in"
    assert holds(place, ("AT",), situation({"established_in": []})) == "organization.established_in"
    assert holds(place, ("AT",), situation({"established_in": ["worldwide"]})) == "organization.established_in"


def test_a_name_begins_with_words_whatever_their_capitals() -> None:
    begins = "use.derivative.name_prefixes"
    assert holds(begins, ("llama",), situation(use={"derivative": {"name": "Llama-3-Wren"}})) is True
    assert holds(begins, ("llama",), situation(use={"derivative": {"name": "Wren-Llama"}})) is False
    assert holds(begins, ("llama",), situation()) == "uses.main.derivative.name"
    trained = situation(use={"outputs": {"trained_model": {"name": "wren"}}})
    assert holds("use.outputs.trained_model.name_prefixes", ("wren",), trained) is True
    assert describe("use.outputs.trained_model.name_prefixes", trained) == "wren"


def test_a_registration_is_a_question_until_the_list_of_what_is_done_is_declared() -> None:
    def registered(use: dict[str, Any]) -> object:
        return holds("use.fulfils", ("registration",), situation(use=use))

    assert registered({}) == "uses.main.fulfils"
    assert registered({"fulfils": []}) is False
    assert registered({"fulfils": ["registration"]}) is True
    assert registered({"fulfils": [{"registration": ["the-license"]}]}) is True
    assert registered({"fulfils": [{"registration": ["another"]}]}) is False
    assert registered({"fulfils": ["the-license/2"]}) is False


CLAIM = {"about": "the-license", "on": "2026-01-01", "right": "patent"}


@pytest.mark.parametrize(
    ("fact", "claim", "expected"),
    [
        ("licensor", {"against": "Meta Platforms"}, True),
        ("licensor", {"against": "Somebody"}, False),
        ("offensive", {"against": "Somebody", "defensive": False}, True),
        ("offensive", {"against": "Somebody", "defensive": True}, False),
        ("offensive", {"against": "Somebody"}, "organization.claims_against.0.defensive"),
    ],
)
def test_claims_against_the_licensor_and_claims_that_answer_one(
    fact: str, claim: dict[str, Any], expected: object
) -> None:
    declared = situation({"claims_against": [CLAIM | claim]})
    assert holds(f"organization.claims_against.{fact}", ("true",), declared) == expected
    assert holds(f"organization.claims_against.{fact}", ("true",), situation()) == "organization.claims_against"
    assert describe(f"organization.claims_against.{fact}", declared) == "1 declared"


def test_facts_that_follow_from_others_are_listed_with_them() -> None:
    assert {"organization.principal_place", "use.derivative.name_prefixes", "use.fulfils"} <= {*facts()}
    assert kind_of("use.fulfils").name == "items"


def test_words_and_companies_are_compared_as_people_write_them() -> None:
    assert Words.model_validate(["Model as a Service", "retail_trade"]).items == ("model-as-a-service", "retail-trade")
    assert Companies.model_validate(["NAVER Corp.", "Naver Cloud, Inc", "SE"]).items == ("naver", "naver cloud", "se")
    assert Countries.model_validate(["UK", "EL", "DE"]).items == ("GB", "GR", "DE")
    for kind in (Words, Companies):
        with pytest.raises(ValueError, match="valid string"):
            kind.model_validate([3])


def test_a_right_by_an_unusual_word_is_open() -> None:
    declared = situation({"claims_against": [CLAIM | {"against": "Meta", "right": "Patent"}]})
    odd = situation({"claims_against": [CLAIM | {"against": "Meta", "right": "inventions"}]})
    atom = Atom("organization.claims_against", "is", ("true",), rights=("patent",))
    assert ground_atom(atom, declared) is True
    found = ground_atom(atom, odd)
    assert isinstance(found, Leaf)
    assert found.path == "organization.claims_against.0.right"


def test_lines_of_affiliates_are_those_of_the_group() -> None:
    group = {"business_lines": ["retail"], "affiliates": [{"name": "One", "business_lines": ["Image Generation"]}]}
    assert holds("organization.business_lines", ("image-generation",), situation(group)) is True
    assert holds("organization.business_lines", ("banking",), situation(group)) is False
    undeclared = situation({"affiliates": [{"name": "One"}]})
    assert holds("organization.business_lines", ("retail",), undeclared) == "organization.business_lines"
    assert describe("organization.business_lines", situation(group)) == "retail, image-generation"


def test_sentences_say_from_when_on_and_whose_figures_count() -> None:
    atom = Atom("organization.annual_revenue", "more-than", number=Decimal(5), time="at-any-time", month="2024-07")
    assert sentence(atom) == "the annual revenue since 2024-07, affiliates added, is more than 5"
    ever = Atom("organization.monthly_revenue", "more-than", number=Decimal(5), time="any-12-months", month="0001-01")
    assert sentence(ever) == "the monthly revenue is more than 5"


def test_what_is_taken_as_undeclared_is_undeclared_under_each_of_its_names() -> None:
    declared = situation({"established_in": ["AT"]})
    free = Situation(declared.organization, "main", declared.use, ON, free=frozenset({"organization.established_in"}))
    assert free.lookup("organization.principal_place") is None


def test_whoever_trains_on_outputs_trains_something() -> None:
    trained = "use.outputs.train_models"
    nothing = {"outputs": {"train_models": "none"}}
    for act in ("distill", "train-on-outputs"):
        odd = situation(use={**nothing, "acts": [act]})
        assert holds(trained, ("other-llm",), odd) == "uses.main.outputs.train_models"
        assert describe(trained, odd) == "none, which does not go with the acts"
    assert holds(trained, ("other-llm",), situation(use={**nothing, "acts": ["run"]})) is False
    assert holds(trained, ("other-llm",), situation(use=nothing)) is False
    some = {"acts": ["distill"], "outputs": {"train_models": "other-llm"}}
    assert holds(trained, ("other-llm",), situation(use=some)) is True


def test_bounds_say_nothing_of_months_before_there_was_a_company() -> None:
    atom = Atom("organization.monthly_active_users", "more-than", time="fixed-month", month="2023-06")
    young: dict[str, Any] = {"founded": "2024-01-01", "affiliates": []}
    assert known(atom, young | {"monthly_active_users": {"at_least": 900}}) == between(0, 0)
    assert known(atom, young | {"monthly_active_users": {"at_most": 900}}) == between(0, 0)
    assert known(atom, young | {"monthly_active_users": {"2023-06": 900}}) == between(900, 900)
    old = young | {"affiliates": [{"name": "Sister"}], "monthly_active_users": {"at_most": 900}}
    assert known(atom, old) == between(0, 900)
