"""Generated profiles: every fact that conditions compare, in every state, and near every line that clauses draw."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, get_args

from license_audit.model import words

DAYS = (date(2026, 11, 24), date(2024, 2, 29), date(2026, 1, 1), date(2025, 12, 31))
"""Days on which the question is asked."""
MODEL = "maker/model"
COVERED = (
    "Maker/Model",
    MODEL,
    "maker/parent",
    "llama-2-community",
    "Falcon-LLM-1.0",
    "mistral-mnpl-0.1",
    "trial-0",
    "something-else",
)
LICENSORS = ("Meta", "meta platforms, inc.", "Meta Platforms Ireland", "TII", " Mistral  AI ", "Trial", "Nobody Ltd")
COUNTRIES = ("DE", "FR", "US", "worldwide")
NAMES = ("Llama-3.3-Wren", "llama wren", "Wren", "𝒟ebut", "EXAONE-wren")
BUSINESS = ("model-as-a-service", "image-generation", "retail")
RIGHTS = ("patent", "copyright", "trademark")
USERS = (700_000_000, 100, 58_333_333)
LINES = (1_000_000, 500_000, 83_333, 2)
RATES = (
    {"EUR": {"USD": "1.08"}},
    {"USD": {"EUR": "0.9259259259259259259259259259"}},
    {"USD": {"PLN": "3"}},
    {"PLN": {"USD": "0.3333333333333333333333333333333333"}, "EUR": {"PLN": "4"}},
    {"USD": {"EUR": "3", "PLN": "7"}},
)
"""By which other currencies reach the lines, of which some lie at fractions without an end."""
FACTORS = ("1", "3", "7", "0.9259259259259259259259259259")
"""By which a line in one currency becomes one in another."""
STEPS = ("-1", "-0.000000000000000000000000001", "0", "0.01", "1")
DECLARED = {0.5: 4, 0.85: 8, 0.95: 14, 0.98: 24, 1.0: 50}
"""Shares of the facts that profiles declare, and how often: some say little, most nearly everything.

Where little is said, most is open and takes long to judge; where much is said, the figures decide.
"""
HIGHEST = "1000000000000000000"


class Maker:
    """Profiles from one seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311  # no secret: the same seed has to give the same profile
        self.on = self.random.choice(DAYS)
        (self.declared,) = self.random.choices([*DECLARED], [*DECLARED.values()])
        """How likely a fact is to be declared."""

    def profile(self) -> dict[str, Any]:
        """A profile with one use, called `main`, as YAML would give it."""
        organization = {
            "kind": self.one(get_args(words.Kind)),
            "established_in": self.some(COUNTRIES),
            "founded": self.near_month(date(2023, 7, 1)),
            "affiliates": self.several(self.affiliate),
            "monthly_active_users": self.series(USERS, ("2023-06", "2023-07", *self.months()), None),
            "annual_revenue": self.years(),
            "monthly_revenue": self.windowed(self.series(LINES, self.months(), self.currency())),
            "daily_active_users": self.series(USERS, self.months(), None),
            "business_lines": self.some(BUSINESS),
            "competes_with": self.some(("naver", "trial")),
            "tax_exempt": self.random.random() < 0.5,
            "exchange_rates": self.random.choice(RATES),
            "agreements": self.several(self.agreement),
            "claims_against": self.several(self.claim),
        }
        return {"schema": "1", "organization": self.kept(organization), "uses": {"main": self.use()}}

    def use(self) -> dict[str, Any]:
        """A use."""
        facts = {
            "purpose": self.one(get_args(words.Purpose)),
            "environment": self.one(get_args(words.Environment)),
            "acts": self.some(get_args(words.Act)),
            "audience": self.one(get_args(words.Audience)),
            "offered_in": self.some(COUNTRIES),
            "domains": self.domains(),
            "tags": self.some(("customer-data", "health-data")),
            "attributable_revenue": self.series((0, 0, *LINES), (), self.currency()),
            "received_as": self.one(get_args(words.ReceivedAs)),
            "operated_in": self.some(COUNTRIES),
            "product_monthly_active_users": self.series(USERS, self.months(), None),
            "product_monthly_unique_users": self.series(USERS, self.months(), None),
            "product_monthly_visits": self.series(USERS, self.months(), None),
            "product_monthly_revenue": self.windowed(self.series(LINES, self.months(), self.currency())),
            "product_annual_recurring_revenue": self.series(LINES, self.months(), self.currency()),
            "deployed_devices": self.series(USERS, self.months(), None),
            "hardware": self.some(("rtx-workstation", "phone")),
            "decision_making": self.one(get_args(words.DecisionMaking)),
            "safety_measures": self.one(get_args(words.SafetyMeasures)),
            "outputs": self.outputs(),
            "derivative": self.kept(
                {
                    "name": self.one(NAMES),
                    "license": self.one((*COVERED, "own-terms")),
                    "public_statements": self.random.random() < 0.5,
                }
            ),
            "licensed_practice": self.random.random() < 0.5,
            "consents_held": self.random.random() < 0.5,
            "events": self.some(get_args(words.Event)) if self.random.random() < 0.5 else [],
            "fulfils": [self.fulfilment() for _ in range(self.random.choice((0, 4, 16)))],
        }
        return self.kept(facts)

    def outputs(self) -> dict[str, Any]:
        """What outputs are used for, and what is trained on them."""
        trained = {
            "name": self.one(NAMES),
            "kind": self.one(("language-model", "classifier", "oracle")),
            "performs_similarly": self.random.random() < 0.5,
            "distributed": self.random.random() < 0.5,
            "purpose": self.one(get_args(words.TrainedFor)),
            "competes_with_licensor": self.random.random() < 0.5,
        }
        facts = {
            "train_models": self.one(get_args(words.TrainedModels)),
            "used_in": self.some(COUNTRIES),
            "trained_model": self.kept(trained),
        }
        return self.kept(facts)

    def years(self) -> dict[str, Any]:
        """Revenue by fiscal year."""
        return self.series(LINES, [str(self.on.year - past) for past in range(3)], self.currency())

    def windowed(self, series: dict[str, Any]) -> dict[str, Any]:
        """Money by month, sometimes with a ceiling for every twelve of them that no figure passes."""
        if self.random.random() < 0.6:
            return series
        figures = [Decimal(value) for name, value in series.items() if name[:1].isdigit()]
        return series | {"at_most_any_12_months": str(max([self.near(LINES), *figures]))}

    def kept(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Some of the facts; the others stay undeclared."""
        return {name: value for name, value in facts.items() if self.random.random() < self.declared}

    def one(self, values: Sequence[str]) -> str:
        """One of the words."""
        return self.random.choice(values)

    def some(self, values: Sequence[str]) -> dict[str, Any]:
        """A list of a few of the words, complete or open; seldom nothing."""
        count = self.random.choice((0, 1, 1, 2, 2, 3, 5))
        found = self.random.sample(values, min(count, len(values)))
        return {"items": found, "open": self.random.random() < 0.08}

    def domains(self) -> dict[str, Any]:
        """Fields of use; often with the one that the policy of an example asks a duty for."""
        found = self.some(get_args(words.Domain))
        found["items"] += ["human-resources"] if self.random.random() < 0.4 else []
        return found

    def several(self, make: Callable[[], dict[str, Any]]) -> list[dict[str, Any]]:
        """None, one or two."""
        return [make() for _ in range(self.random.choice((0, 1, 1, 2)))]

    def currency(self) -> str:
        """Mostly the one that clauses name."""
        return self.random.choice(("USD", "USD", "EUR", "PLN"))

    def months(self) -> list[str]:
        """Months at which a period may begin or end: of the day, beside it, and a year before."""
        return [self.month(past) for past in (-1, 0, 1, 2, 13)]

    def month(self, past: int) -> str:
        """The month so many months before that of the day."""
        count = self.on.year * 12 + self.on.month - 1 - past
        return f"{count // 12:04}-{count % 12 + 1:02}"

    def near(self, lines: Sequence[int]) -> Decimal:
        """A figure at, just below or just above a line, or far from it."""
        if self.random.random() < 0.1:
            return self.random.choice((Decimal(0), Decimal(HIGHEST), Decimal(5)))
        line = Decimal(self.random.choice(lines)) * Decimal(self.random.choice(FACTORS))
        return max(line + Decimal(self.random.choice(STEPS)), Decimal(0))

    def series(self, lines: Sequence[int], periods: Sequence[str], currency: str | None) -> dict[str, Any]:
        """Exact figures, bounds on either side or both, or no figure at all."""
        figures = self.random.sample(periods, self.random.randint(0, min(3, len(periods))))
        found: dict[str, Any] = {period: str(self.near(lines)) for period in figures}
        if periods and self.random.random() < 0.2:
            year = [self.month(past) for past in range(1, 13)] if self.month(0) in periods else []
            found |= dict.fromkeys(year, str(self.near(lines)))
        low, high = sorted((self.near(lines), self.near(lines)))
        state = self.random.choice(("none", "exact", "exact", "below", "above", "both"))
        found |= {"at_least": str(high if state == "exact" else low)} if state in ("exact", "above", "both") else {}
        found |= {"at_most": str(high)} if state in ("exact", "below", "both") else {}
        return found if currency is None else found | {"currency": currency}

    def near_month(self, day: date) -> str:
        """A day shortly before or after another."""
        return (day + timedelta(days=self.random.choice((-40, -1, 0, 1, 40)))).isoformat()

    def near_day(self, *, years: int = 0) -> str:
        """The day of the question or one beside it, some years earlier."""
        year = self.on.year - years
        day = (
            self.on.replace(year=year, day=28)
            if (self.on.month, self.on.day) == (2, 29)
            else self.on.replace(year=year)
        )
        return (day + timedelta(days=self.random.choice((-1, 0, 1)))).isoformat()

    def affiliate(self) -> dict[str, Any]:
        """An affiliate."""
        users = self.series(USERS, ("2023-06", "2023-07", *self.months()), None)
        facts = {
            "founded": self.near_month(date(2023, 7, 1)),
            "monthly_active_users": users,
            "annual_revenue": self.years(),
            "business_lines": self.some(BUSINESS),
        }
        return {"name": "Sister", **self.kept(facts)}

    def agreement(self) -> dict[str, Any]:
        """A separate license, often current, often somebody else's."""
        facts = {"since": self.near_day(years=self.random.choice((0, 1, 2)))}
        if self.random.random() < 0.3:
            facts["until"] = self.near_day()
        covers = self.random.sample(COVERED, self.random.randint(1, 3))
        return {"licensor": self.random.choice(LICENSORS), "covers": covers, **self.kept(facts)}

    def claim(self) -> dict[str, Any]:
        """A claim about the model or about something else."""
        facts = {
            "right": self.random.choice((*RIGHTS, "other")),
            "on": self.near_day(),
            "defensive": self.random.random() < 0.5,
        }
        return {
            "against": self.random.choice(("Somebody", *LICENSORS)),
            "about": self.random.choice(COVERED),
            **self.kept(facts),
        }

    def fulfilment(self) -> Any:
        """A duty shown done: everywhere, for some licenses, or for one clause."""
        duty = self.random.choice(get_args(words.Duty))
        alone = {"duty": duty, "licenses": self.random.sample(COVERED, 2)}
        return self.random.choice(
            (duty, duty, alone, {"clause": self.random.choice(("llama-2-community/1.b.i", "mit/1"))})
        )
