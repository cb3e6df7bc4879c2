"""profile.yaml: what the organization declares. Everything is optional; what is not declared is unknown."""

from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self

from license_audit.model.facts import (
    DECIMALS,
    HIGHEST,
    Acts,
    AnnualMoney,
    Companies,
    Countries,
    Domains,
    Events,
    Flag,
    Items,
    Money,
    MonthlyCount,
    MonthlyMoney,
    Word,
    Words,
    has_needless_decimals,
)
from license_audit.model.marks import after, before, field
from license_audit.model.value import Value
from license_audit.model.words import (
    Audience,
    DecisionMaking,
    Duty,
    Environment,
    Kind,
    Openness,
    Purpose,
    ReceivedAs,
    SafetyMeasures,
    TrainedFor,
    TrainedModels,
    Verdict,
)


class Affiliate(Value):
    """A company under common control with the organization."""

    name: str
    founded: date | None = None
    monthly_active_users: MonthlyCount | None = None
    """Its own share of the organization's total."""
    annual_revenue: AnnualMoney | None = None
    """Its own share of the organization's total."""
    business_lines: Words | None = None
    """What it does for money; part of the organization's."""


class Agreement(Value):
    """A separate license or permission held."""

    licensor: str
    covers: tuple[str, ...]
    """License keys or Hub ids; anything else matches nothing."""
    reference: str | None = None
    since: date | None = None
    """First day; some texts count years from it."""
    until: date | None = None
    """Last day, included; open-ended when absent."""


class Claim(Value):
    """A claim brought by the organization that something infringes its rights."""

    against: str
    about: str
    """License key or Hub id of the work; anything else matches nothing."""
    right: Word | None = None
    """patent, copyright, trademark, contract, …"""
    defensive: Flag | None = None
    """True when it answers a claim first brought against the organization."""
    on: date | None = None
    """Day of filing."""


class Organization(Value):
    """Facts that hold for the whole organization."""

    name: str | None = None
    kind: Kind | None = None
    """What the organization is."""
    established_in: Countries | None = None
    """Countries, principal place of business first."""
    founded: date | None = None
    affiliates: tuple[Affiliate, ...] | None = None
    """Complete when declared; an empty list says there are none."""
    monthly_active_users: MonthlyCount | None = None
    """Users of all products and services by calendar month, affiliates included."""
    annual_revenue: AnnualMoney | None = None
    """Consolidated, group-wide, by fiscal year."""
    monthly_revenue: MonthlyMoney | None = None
    """Consolidated, group-wide, by calendar month; for a person who acts for an employer, the employer's."""
    daily_active_users: MonthlyCount | None = None
    """Highest number of users in a day, of all products with the model inside, affiliates included, by month."""
    business_lines: Words | None = None
    """What the group does for money, e.g. `model-as-a-service`, `image-generation`, `retail`."""
    competes_with: Companies | None = None
    """Licensors with whose products the group competes; an empty list says none."""
    tax_exempt: Flag | None = None
    """Whether it is a recognized charity."""
    exchange_rates: dict[str, dict[str, Decimal]] = field(default_factory=dict)
    """From currency to currency: units of the second for one of the first."""
    agreements: tuple[Agreement, ...] | None = None
    """Separate licenses held; an empty list says none."""
    claims_against: tuple[Claim, ...] | None = None
    """Infringement claims brought; an empty list says none."""

    @after
    def _rates_are_positive(self) -> Self:
        numbers = [rate for rates in self.exchange_rates.values() for rate in rates.values()]
        if any(not rate.is_finite() or not 0 < rate <= HIGHEST for rate in numbers):
            raise ValueError(f"an exchange rate is not above zero, or above {HIGHEST:,}")
        if any(has_needless_decimals(rate) for rate in numbers):
            raise ValueError(f"an exchange rate has more than {DECIMALS} decimals")
        return self


class TrainedModel(Value):
    """A model that the organization trains on outputs."""

    name: str | None = None
    kind: Word | None = None
    """What kind of model, e.g. `language-model`, `image-model`, `embedding-model`, `classifier`."""
    performs_similarly: Flag | None = None
    """Whether it is meant to do what the model does whose outputs it learns from."""
    distributed: Flag | None = None
    """Whether it is handed to others or made available to them."""
    purpose: TrainedFor | None = None
    """Why it is trained."""
    competes_with_licensor: Flag | None = None
    """Whether it competes with a model or product of the licensor."""


class Outputs(Value):
    """What the model's outputs are used for."""

    train_models: TrainedModels | None = None
    """Kind of model that is trained on the outputs."""
    used_in: Countries | None = None
    """Countries in which outputs are used."""
    trained_model: TrainedModel = TrainedModel()


class Derivative(Value):
    """A changed model of the organization's own."""

    name: str | None = None
    license: Word | None = None
    """License key put on it, or `own-terms` for terms outside the catalog."""
    public_statements: Flag | None = None
    """Whether anything public is said about it."""


class Acceptance(Value):
    """Who accepted a gate, and when."""

    by: str
    on: date | None = None


class Fulfilment(Value):
    """A duty shown done. A record, not a guess: what is not recorded is owed."""

    duty: Duty | None = None
    """Token of the closed list."""
    clause: str | None = None
    """A single clause id instead of a token."""
    licenses: tuple[str, ...] | None = None
    """Licenses for which it is done; all when absent."""

    @before
    @classmethod
    def _token(cls, data: Any) -> Any:
        if isinstance(data, str):
            return {"clause": data} if "/" in data else {"duty": data}
        if isinstance(data, dict) and len(data) == 1 and not data.keys() & {"duty", "clause", "licenses"}:
            ((duty, licenses),) = data.items()
            return {"duty": duty, "licenses": licenses}
        return data


class Use(Value):
    """One use of models: acts, purpose, audience and what has been done about duties."""

    description: str | None = None
    purpose: Purpose | None = None
    """Why the model is used."""
    environment: Environment | None = None
    """Where it runs."""
    acts: Acts | None = None
    """What is done with the model."""
    audience: Audience | None = None
    """Who is served; recipients of distributed weights are no audience."""
    offered_in: Countries | None = None
    """Countries in which the use is offered."""
    operated_in: Countries | None = None
    """Countries in which the organization itself runs the model."""
    domains: Domains | None = None
    """What the use does."""
    tags: Items | None = None
    """What else it is or handles, in the words of the organization's own rules, e.g. `customer-data`."""
    attributable_revenue: Money | None = None
    """Revenue of twelve months that comes from this use of the model."""
    product_monthly_active_users: MonthlyCount | None = None
    """Users of the product that uses the model, by calendar month; no more than the organization's."""
    product_monthly_unique_users: MonthlyCount | None = None
    """Different people who used the product, by calendar month."""
    product_monthly_visits: MonthlyCount | None = None
    """Visits of the product, by calendar month."""
    product_monthly_revenue: MonthlyMoney | None = None
    """Revenue of the product, by calendar month; no more than the organization's."""
    product_annual_recurring_revenue: MonthlyMoney | None = None
    """Recurring revenue of the product over a year, as it stood in a calendar month."""
    deployed_devices: MonthlyCount | None = None
    """Devices of end users on which the model runs, affiliates included, by calendar month."""
    hardware: Words | None = None
    """What the model runs on, where a text asks, e.g. `rtx-workstation`."""
    decision_making: DecisionMaking | None = None
    """Whether decisions about persons are made, and who makes them."""
    safety_measures: SafetyMeasures | None = None
    """Whether safety training, filters and watermarks are kept."""
    received_as: ReceivedAs | None = None
    """How the model was received."""
    outputs: Outputs = Outputs()
    derivative: Derivative = Derivative()
    obtained_on: date | None = None
    """Day on which the copy was obtained."""
    accepted: Acceptance | None = None
    licensed_practice: Flag | None = None
    """Whether the professional practice in this use is licensed."""
    consents_held: Flag | None = None
    """Whether the rights and consents for sensitive data are held."""
    events: Events = Events(items=())
    """What has happened in this use; what is not listed has not."""
    fulfils: tuple[Fulfilment, ...] | None = None
    """Duties shown done. A registration that is not in the list was not made; without a list it is unknown."""


class PolicyList(Value):
    """Licenses, degrees of openness, publishers or models."""

    licenses: tuple[str, ...] = ()
    openness: tuple[Openness, ...] = ()
    publishers: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


class Policy(Value):
    """The organization's own rules, beyond any license."""

    deny: PolicyList = PolicyList()
    allow: PolicyList = PolicyList()
    """When it names anything, only what it names passes."""
    fail_on: Verdict = "undetermined"
    """The mildest verdict at which the gate fails."""


class Waiver(Value):
    """A person's decision to let one finding pass for a time. It marks the finding and removes nothing."""

    model: str
    finding: str
    """Clause id or finding kind."""
    by: str
    why: str
    until: date
    """Last day, included."""
    on: date | None = None
    """Day on which it was given; it lapses when the lock file came to hold other terms later."""
    text: str | None = field(default=None, pattern=r"^[0-9a-f]{8,64}$")
    """Start of the SHA-256 of the license text it was given for; it counts for no other text."""
    revision: str | None = None
    """Start of the commit it was given for; it counts for no other commit."""


class Profile(Value):
    """The whole declaration."""

    schema_version: Literal["1"] = field(alias="schema")
    organization: Organization = Organization()
    uses: dict[str, Use] = field(default_factory=dict)
    policy: Policy = Policy()
    waivers: tuple[Waiver, ...] = ()
