"""Generated profiles: complete ones, and the same with facts left out."""

from datetime import date
from typing import Any, get_args

from hypothesis import strategies as st

from license_audit.model import words
from license_audit.model.profile import Organization, Use

NAMES = ("llama-2-community", "apache-2.0", "mistral-mnpl-0.1", "falcon-llm-1.0", "cc-by-nc-sa-4.0", "something-else")
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31)).map(date.isoformat)
COUNTS = st.one_of(
    st.integers(0, 5_000_000), st.integers(699_999_998, 700_000_002), st.integers(800_000_000, 900_000_000)
)
MONEY = st.one_of(st.integers(0, 2), st.integers(999_999, 1_000_001), st.integers(2_000_000, 9_000_000))


LARGE = st.sampled_from([0, 1_000, 300_000, 9_000_000_000])
"""Revenue of a year. Twelve months of two such years come to no more than twice as much, which no line lies between."""
RATES = {"USD": {"EUR": 0.9, "CNY": 7, "KRW": 1400, "GBP": 0.8, "JPY": 150}}
LINES_OF_BUSINESS = ("model-as-a-service", "image-generation", "retail")
COUNTRIES = ("US", "DE", "FR", "GB", "KR", "CN", "SG", "BR")
NAMED = ("Debut", "llama-debut", "Debut-2")


def _always(values: st.SearchStrategy[int], currency: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """A figure that is the same in each month or year."""
    fixed = {"currency": currency} if currency else {}
    return values.map(lambda value: {**fixed, "at_least": value, "at_most": value})


def _list(values: tuple[str, ...], least: int = 0) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=least, max_size=3, unique=True)


def _one(literal: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(get_args(literal))


def _some(literal: Any) -> st.SearchStrategy[list[str]]:
    return st.lists(_one(literal), min_size=1, max_size=4, unique=True)


ORGANIZATIONS = st.fixed_dictionaries(
    {
        "kind": _one(words.Kind),
        "founded": DAYS,
        "established_in": _list(COUNTRIES, 1),
        "affiliates": st.lists(
            st.fixed_dictionaries(
                {
                    "name": st.just("Sister"),
                    "founded": DAYS,
                    "monthly_active_users": _always(st.just(0)),
                    "annual_revenue": _always(st.just(0), "USD"),
                    "business_lines": _list(LINES_OF_BUSINESS),
                }
            ),
            max_size=1,
        ),
        "monthly_active_users": _always(COUNTS),
        "daily_active_users": _always(COUNTS),
        "annual_revenue": _always(LARGE, "USD"),
        "monthly_revenue": _always(st.sampled_from([0, 100, 700_000_000]), "USD"),
        "business_lines": _list(LINES_OF_BUSINESS),
        "competes_with": _list(("stability-ai", "naver")),
        "tax_exempt": st.booleans(),
        "exchange_rates": st.just(RATES),
        "agreements": st.lists(
            st.fixed_dictionaries(
                {
                    "licensor": st.sampled_from(["Meta", "TII", "Mistral AI", "Nobody Ltd"]),
                    "covers": st.lists(st.sampled_from(NAMES), min_size=1, max_size=2),
                    "since": DAYS,
                    "until": DAYS,
                }
            ),
            max_size=2,
        ),
        "claims_against": st.lists(
            st.fixed_dictionaries(
                {
                    "against": st.just("Somebody"),
                    "about": st.sampled_from(NAMES),
                    "right": st.sampled_from(["patent", "copyright"]),
                    "on": DAYS,
                }
            ),
            max_size=1,
        ),
    }
)
USES = st.fixed_dictionaries(
    {
        "purpose": _one(words.Purpose),
        "environment": _one(words.Environment),
        "audience": _one(words.Audience),
        "acts": _some(words.Act),
        "domains": _some(words.Domain),
        "received_as": _one(words.ReceivedAs),
        "offered_in": _list(COUNTRIES, 1),
        "operated_in": _list(COUNTRIES, 1),
        "outputs": st.fixed_dictionaries(
            {
                "train_models": _one(words.TrainedModels),
                "used_in": _list(COUNTRIES, 1),
                "trained_model": st.fixed_dictionaries(
                    {
                        "name": st.sampled_from(NAMED),
                        "kind": st.sampled_from(["language-model", "image-model", "classifier"]),
                        "performs_similarly": st.booleans(),
                        "distributed": st.booleans(),
                        "purpose": _one(words.TrainedFor),
                        "competes_with_licensor": st.booleans(),
                    }
                ),
            }
        ),
        "derivative": st.fixed_dictionaries(
            {
                "name": st.sampled_from(NAMED),
                "license": st.sampled_from([*NAMES[:5], "own-terms"]),
                "public_statements": st.booleans(),
            }
        ),
        "product_monthly_active_users": _always(COUNTS),
        "product_monthly_unique_users": _always(COUNTS),
        "product_monthly_visits": _always(COUNTS),
        "product_monthly_revenue": _always(st.sampled_from([0, 100, 700_000_000]), "USD"),
        "product_annual_recurring_revenue": _always(LARGE, "USD"),
        "deployed_devices": _always(COUNTS),
        "hardware": _list(("rtx-workstation", "phone")),
        "decision_making": _one(words.DecisionMaking),
        "safety_measures": _one(words.SafetyMeasures),
        "obtained_on": DAYS,
        "attributable_revenue": st.fixed_dictionaries({"currency": st.just("USD"), "at_least": MONEY}).map(
            lambda money: {**money, "at_most": money["at_least"]}
        ),
        "licensed_practice": st.booleans(),
        "consents_held": st.booleans(),
    }
)
RECORDS = st.lists(_one(words.Duty), unique=True, max_size=6)


@st.composite
def declared(draw: st.DrawFn) -> tuple[Organization, Use, Organization, Use]:
    """(organization, use) of a complete profile, and of the same profile with facts left out."""
    organization, use, records = draw(ORGANIZATIONS), draw(USES), draw(RECORDS)
    kept_facts = draw(st.sets(st.sampled_from(sorted(organization))))
    kept_uses = draw(st.sets(st.sampled_from(sorted(use))))
    poorer = {name: value for name, value in organization.items() if name in kept_facts}
    poorer_use = {name: value for name, value in use.items() if name in kept_uses}
    return (
        Organization.model_validate(organization),
        Use.model_validate({**use, "fulfils": records}),
        Organization.model_validate(poorer),
        Use.model_validate({**poorer_use, "fulfils": records}),
    )
