"""What an answer looks like, what it comes to, and what a questionnaire says; expectations come from reading."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from license_audit.asking.answers import composed, patch_of
from license_audit.asking.figures import AnswerError, number_of
from license_audit.asking.forms import Asking as ClauseAsking
from license_audit.asking.forms import Option, form_of, options
from license_audit.asking.sheet import _tried, questionnaire
from license_audit.asking.subjects import Subject, amount_of, subject_of
from license_audit.asking.trial import Trial
from license_audit.asking.words import MEANINGS
from license_audit.audit import audited
from license_audit.engine.binder import Binder
from license_audit.engine.ground import Atom
from license_audit.engine.questions import QUESTIONS
from license_audit.engine.situation import facts, kind_of
from license_audit.model.profile import Profile, Use
from license_audit.model.questionnaire import Asked, Choice, Form, Questionnaire
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.strict_yaml import load
from tests.conftest import ROOT

ON = date(2026, 11, 26)
NOBODY = Profile(schema="1")


def subject(path: str, use: str = "shop") -> Subject:
    """The fact behind a path, which is one of the profile's."""
    found = subject_of(path, use)
    assert found is not None
    return found


def form(path: str, profile: Profile = NOBODY) -> Form:
    """The form of an answer that no clause narrows down."""
    return form_of(subject(path), (), with_shop(profile), "shop", ON)


def with_shop(profile: Profile) -> Profile:
    """The profile with a use, where it has none."""
    return profile if profile.uses else profile.model_copy(update={"uses": {"shop": Use()}})


def answered(path: str, text: str, profile: Profile = NOBODY) -> Any:
    """What an answer puts under the keys of its fact."""
    asked = subject(path)
    found: Any = patch_of(asked, form(path, profile), text, with_shop(profile), ON)
    for key in asked.keys:
        found = found[key]
    return found


def declared(**organization: Any) -> Profile:
    """A profile with facts of the organization."""
    return Profile.model_validate({"schema": "1", "organization": organization})


def shop(**facts_: Any) -> Profile:
    """A profile with facts of a use."""
    return Profile.model_validate({"schema": "1", "uses": {"shop": facts_}})


USERS, MONEY = "organization.monthly_active_users.2023-06", "uses.shop.attributable_revenue"
AGREEMENTS, CLAIMS = "organization.agreements", "organization.claims_against"


@pytest.mark.parametrize(
    ("path", "kind", "keys", "period"),
    [
        ("uses.shop.purpose", "choice", ("uses", "shop", "purpose"), None),
        ("uses.shop.domains", "list", ("uses", "shop", "domains"), None),
        ("uses.shop.tags", "list", ("uses", "shop", "tags"), None),
        ("uses.shop.outputs.train_models", "choice", ("uses", "shop", "outputs", "train_models"), None),
        ("uses.shop.derivative.license", "text", ("uses", "shop", "derivative", "license"), None),
        ("uses.shop.consents_held", "yes-no", ("uses", "shop", "consents_held"), None),
        ("uses.shop.obtained_on", "date", ("uses", "shop", "obtained_on"), None),
        (MONEY, "money", ("uses", "shop", "attributable_revenue"), None),
        (f"{MONEY}.2025", "money", ("uses", "shop", "attributable_revenue"), None),
        (USERS, "count", ("organization", "monthly_active_users"), "2023-06"),
        ("organization.annual_revenue.2025", "money", ("organization", "annual_revenue"), "2025"),
        ("organization.kind", "choice", ("organization", "kind"), None),
        ("organization.exchange_rates.EUR.USD", "rate", ("organization", "exchange_rates"), None),
        (AGREEMENTS, "agreements", ("organization", "agreements"), None),
        (f"{AGREEMENTS}.since", "held-since", ("organization", "agreements"), None),
        (CLAIMS, "claims", ("organization", "claims_against"), None),
        (f"{CLAIMS}.1.right", "text", ("organization", "claims_against"), None),
        (f"{CLAIMS}.0.on", "date", ("organization", "claims_against"), None),
    ],
)
def test_a_path_names_a_fact(path: str, kind: str, keys: tuple[str, ...], period: str | None) -> None:
    found = subject(path)
    assert (found.kind, found.keys, found.period) == (kind, keys, period)


@pytest.mark.parametrize(
    "path", ["evidence.license_text", "signoff.a/1", "work.is_derivative", "uses.other.purpose", "organization.mood"]
)
def test_what_is_no_fact_of_the_profile(path: str) -> None:
    assert subject_of(path, "shop") is None


def test_a_use_may_be_called_anything() -> None:
    assert subject("uses.a.b.purpose", "a.b").keys == ("uses", "a.b", "purpose")


def test_every_fact_can_be_asked() -> None:
    for path in facts():
        if path.startswith(("organization.", "use.")) and path != "organization.agreements.years_held":
            subject = subject_of(path.replace("use.", "uses.shop.", 1), "shop")
            assert subject is not None, path
            figure = kind_of(path).name == "amount"
            assert (amount_of(path) is not None) == figure == (subject.kind in ("money", "count")), path
            if figure:
                assert subject.amount is amount_of(path)


def test_what_is_no_figure_is_written_as_none() -> None:
    subject = subject_of("uses.shop.purpose", "shop")
    assert subject is not None
    with pytest.raises(LookupError, match=r"use\.purpose is no figure"):
        _ = subject.amount
    assert amount_of("use.nothing") is None


def test_every_value_that_is_explained_exists() -> None:
    for fact, meanings in MEANINGS.items():
        values = subject_of(fact.replace("use.", "uses.shop."), "shop")
        assert values is not None
        assert values.values is None or set(meanings) <= set(values.values)
    asked = {fact for fact in QUESTIONS if fact.startswith(("use.", "organization."))}
    assert asked - {*facts()} == {
        "organization.agreements.since",
        "organization.exchange_rates",
        "use.obtained_on",
    }, "none is compared by itself"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        ("1200000", "1200000"),
        ("1_200_000", "1200000"),
        ("1,200,000", "1200000"),
        ("1 200 000", "1200000"),
        ("1'200", "1200"),
        ("12.50", "12.50"),
        ("1.200", None),
        ("1.200.000", None),
        ("12,00", None),
        ("1,2", None),
        ("-1", None),
        ("1e6", None),
        ("", None),
        ("1.", None),
        ("1.²", None),
        ("١٢", None),
        ("five", None),
    ],
)
def test_numbers_can_be_read_in_one_way_only(text: str, number: str | None) -> None:
    found = number_of(text, places=2)
    assert (None if found is None else str(found)) == number
    assert number_of("1.5", places=0) is None
    assert str(number_of("1.0825", places=None)) == "1.0825"


@pytest.mark.parametrize(
    ("path", "text", "value"),
    [
        ("uses.shop.consents_held", "YES", True),
        ("uses.shop.consents_held", "n", False),
        ("uses.shop.purpose", "Research", "research"),
        ("uses.shop.purpose", "2", "internal-business"),
        ("uses.shop.domains", "education, 1", ["education", "customer-service"]),
        ("uses.shop.domains", "none", []),
        ("uses.shop.domains", "nothing", []),
        ("uses.shop.domains", "education, ...", {"items": ["education"], "open": True}),
        ("uses.shop.fulfils", "registration", ["registration"]),
        ("uses.shop.fulfils", "none", []),
        ("uses.shop.domains", "none …", {"items": [], "open": True}),
        ("uses.shop.tags", "customer data, x", ["customer data", "x"]),
        ("uses.shop.offered_in", "de, AT, worldwide", ["DE", "AT", "worldwide"]),
        ("uses.shop.offered_in", "no", ["NO"]),
        (USERS, "1_200_000", {"2023-06": 1_200_000}),
        (USERS, "at most 5", {"at_most": 5}),
        (USERS, ">= 5", {"at_least": 5}),
        (USERS, "at least 4 and at most 5", {"at_least": 4, "at_most": 5}),
        (USERS, "between 4 to 5", {"at_least": 4, "at_most": 5}),
        (MONEY, "5 EUR", {"currency": "EUR", "at_least": 5, "at_most": 5}),
        (MONEY, "USD 4 to 6", {"currency": "USD", "at_least": 4, "at_most": 6}),
        ("organization.monthly_revenue", "at most 7 EUR", {"currency": "EUR", "at_most": 7}),
        ("organization.annual_revenue.2025", "7 EUR", {"currency": "EUR", "2025": 7}),
        ("uses.shop.obtained_on", "2024-03-02", "2024-03-02"),
        ("uses.shop.derivative.license", "own-terms", "own-terms"),
        (AGREEMENTS, "None", []),
        (
            AGREEMENTS,
            "Meta; llama-2-community, a/b; reference MSA 17; since 2024-01-01; until 2027-01-01 | TII; falcon-llm-1.0",
            [
                {
                    "licensor": "Meta",
                    "covers": ["llama-2-community", "a/b"],
                    "reference": "MSA 17",
                    "since": "2024-01-01",
                    "until": "2027-01-01",
                },
                {"licensor": "TII", "covers": ["falcon-llm-1.0"]},
            ],
        ),
        (CLAIMS, "none", []),
        (
            CLAIMS,
            "Meta; llama-2-community; right patent; defensive no; on 2024-02-01",
            [
                {
                    "against": "Meta",
                    "about": "llama-2-community",
                    "right": "patent",
                    "defensive": False,
                    "on": "2024-02-01",
                }
            ],
        ),
    ],
)
def test_what_an_answer_comes_to(path: str, text: str, value: Any) -> None:
    assert answered(path, text) == value


def test_a_rate_is_for_one_pair() -> None:
    assert answered("organization.exchange_rates.EUR.USD", "1.08") == {"EUR": {"USD": number_of("1.08", None)}}
    for text in ("0", "1,08", "x"):
        with pytest.raises(AnswerError, match="How many USD one EUR is"):
            answered("organization.exchange_rates.EUR.USD", text)


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        ("uses.shop.consents_held", "maybe", "neither yes nor no"),
        ("uses.shop.purpose", "fun", "is none of commercial, .* type one of them or its number"),
        ("uses.shop.purpose", "0", "is none of"),
        ("uses.shop.purpose", "99", "is none of"),
        ("uses.shop.domains", "gardening", "not in the list"),
        ("uses.shop.domains", "", "All that apply"),
        ("uses.shop.domains", "...", "All that apply"),
        ("uses.shop.fulfils", "registration, ...", "What is done is a record"),
        ("uses.shop.domains", ",", "All that apply"),
        ("uses.shop.domains", "education,,spam", "not in the list"),
        ("uses.shop.tags", "a,,b", "an item of the list is empty"),
        ("uses.shop.offered_in", "Germany", "no country code of two letters"),
        (USERS, "many", "'many' is no figure that can be read in one way only; The figure for 2023-06"),
        (USERS, "5 to 4", "5 is above 4"),
        (USERS, "12.5", "no figure"),
        (MONEY, "5", "name one currency"),
        (MONEY, "5 EUR to 6 USD", "name one currency"),
        (
            "organization.monthly_revenue",
            "5 EUR",
            "a single figure does not settle it; Bounds that hold for every month",
        ),
        ("organization.annual_revenue", "5 EUR", "every year not listed"),
        ("uses.shop.obtained_on", "yesterday", "is not a date"),
        ("uses.shop.obtained_on", "2026-11-27", "is after 2026-11-26"),
        ("uses.shop.derivative.license", "", "The key of a license"),
        ("uses.shop.derivative.name", "", "One word, or a few"),
        (AGREEMENTS, "Meta", "none, or LICENSOR"),
        (AGREEMENTS, "; llama-2-community", "none, or LICENSOR"),
        (AGREEMENTS, "Meta; ", "none, or LICENSOR"),
        (AGREEMENTS, "Meta; x; since", "is none of reference, since, until with a value"),
        (AGREEMENTS, "Meta; x; price 5", "is none of reference, since, until"),
        (AGREEMENTS, "Meta; x; since 2024", "is not a date"),
        (CLAIMS, "Meta; x; defensive perhaps", "defensive is yes or no"),
    ],
)
def test_what_is_no_answer_is_explained(path: str, text: str, told: str) -> None:
    with pytest.raises(AnswerError, match=told):
        answered(path, text)


def test_an_answer_adds_to_what_is_declared() -> None:
    listed = shop(domains={"items": ["education"], "open": True})
    assert answered("uses.shop.domains", "spam", listed) == ["education", "spam"]
    assert answered("uses.shop.domains", "none", listed) == ["education"]
    assert form("uses.shop.domains", listed).declared == "education, list open"
    assert "What there is beside" in form("uses.shop.domains", listed).expected
    assert "education" not in {choice.value for choice in form("uses.shop.domains", listed).choices}


def test_an_answer_does_not_contradict_what_is_declared() -> None:
    users = declared(monthly_active_users={"at_least": 10, "at_most": 100})
    assert answered(USERS, "100", users) == {"2023-06": 100}
    assert answered(USERS, "at least 20", users) == {"at_least": 20}
    for text in ("9", "101", "at most 101", "at least 9", "5 to 50"):
        with pytest.raises(AnswerError, match="the profile says at least 10 and at most 100; mend that by hand"):
            answered(USERS, text, users)
    below = declared(monthly_active_users={"at_most": 100})
    with pytest.raises(AnswerError, match="the profile says at most 100; mend"):
        answered(USERS, "101", below)
    money = shop(attributable_revenue={"currency": "EUR", "at_least": 5})
    assert answered(MONEY, "7", money) == {"currency": "EUR", "at_least": 7, "at_most": 7}
    with pytest.raises(AnswerError, match="declares this in EUR"):
        answered(MONEY, "7 USD", money)


def test_parts_of_agreements_and_claims_are_added() -> None:
    held = [{"licensor": "Meta", "covers": ["a"], "since": "2024-01-01"}, {"licensor": "TII", "covers": ["b", "c"]}]
    profile = declared(agreements=held, claims_against=[{"against": "A", "about": "x"}, {"against": "B", "about": "y"}])
    since = f"{AGREEMENTS}.since"
    assert answered(since, "2024-05-06", profile) == [held[0], {**held[1], "since": "2024-05-06"}]
    assert answered(since, "1: 2024-05-06", profile)[1]["since"] == "2024-05-06"
    assert form(since, profile).choices == (Choice(value="1", meaning="TII, for b, c", matters=True),)
    with pytest.raises(AnswerError, match="A date such as"):
        answered(since, "2: 2024-05-06", profile)
    two = declared(agreements=[held[1], held[1]])
    assert answered(since, "2: 2024-05-06", two) == [held[1], {**held[1], "since": "2024-05-06"}]
    with pytest.raises(AnswerError, match="NUMBER: DATE"):
        answered(since, "2024-05-06", two)
    claims = [{"against": "A", "about": "x"}, {"against": "B", "about": "y"}]
    assert answered(f"{CLAIMS}.1.on", "2024-05-06", profile) == [claims[0], {**claims[1], "on": "2024-05-06"}]
    assert answered(f"{CLAIMS}.0.right", "Patent", profile) == [{**claims[0], "right": "patent"}, claims[1]]
    assert form(f"{CLAIMS}.0.right", profile).declared == "a claim against A about x"
    assert form(f"{CLAIMS}.0.right", profile).choices[0].value == "patent"
    assert form(f"{CLAIMS}.1.on", profile).choices == ()


def test_patches_are_composed() -> None:
    assert composed({"a": {"b": 1, "c": 2}, "d": [1]}, {"a": {"c": {"e": 3}}, "d": None}) == {
        "a": {"b": 1, "c": {"e": 3}},
        "d": None,
    }


Asking = Callable[..., Questionnaire]


@pytest.fixture
def sheet(tmp_path: Path, catalog: PackagedCatalog) -> Asking:
    """The questionnaire about models in the use `shop`."""

    def asking(models: list[str], profile: str, **options: Any) -> Questionnaire:
        listed = "".join(f"  - {model}\n" for model in models)
        (tmp_path / "models.yaml").write_text(f"schema: 1\nmodels:\n{listed}", encoding="utf-8")
        (tmp_path / "profile.yaml").write_text(f"schema: 1\n{profile}\n", encoding="utf-8")
        found = audited(tmp_path / "models.yaml", tmp_path / "profile.yaml", options.get("catalog", catalog), ON)
        return questionnaire(Trial(found, load(f"schema: 1\n{profile}\n", "p").data))

    return asking


def asked(found: Questionnaire, path: str) -> Asked:
    """The question about a path."""
    return next(one for one in found.questions if one.path == path)


LLAMA = "{id: meta-llama/Llama-2-7b-chat-hf, use: shop}"
FALCON = "{id: tiiuae/falcon-40b, use: shop}"
FULL = (
    "organization: {kind: company, agreements: [], claims_against: []%s}\n"
    "uses: {shop: {description: 'Sells <b>', purpose: commercial, environment: production, acts: [run], "
    "audience: public, domains: [customer-service], received_as: weights, outputs: {train_models: none}%s}}"
)


def counts(one: Asked) -> list[tuple[str, list[tuple[str, int]]]]:
    """What each answer would do, as plain values."""
    return [(effect.answer, [(count.verdict, count.number) for count in effect.counts]) for effect in one.effects]


def test_a_limit_on_users_is_told(sheet: Asking) -> None:
    one = asked(sheet([LLAMA], FULL % ("", ", fulfils: [danger-disclosure]")), USERS)
    assert (one.number, one.decides, one.use, one.form.kind, one.form.period) == (1, True, None, "count", "2023-06")
    assert counts(one) == [("700,000,000 or less", [("allowed", 1)]), ("more than 700,000,000", [("disallowed", 1)])]
    (section,) = one.sections
    assert (section.clause, section.section) == ("llama-2-community/2", "2")
    assert section.title == "Llama 2 Community License Agreement"
    assert section.compared[0].endswith("is more than 700,000,000")
    assert [(waiting.model, waiting.decides) for waiting in one.waiting] == [("meta-llama/Llama-2-7b-chat-hf", True)]


def test_bands_keep_within_what_is_declared(sheet: Asking) -> None:
    one = asked(sheet([LLAMA], FULL % (", monthly_active_users: {at_least: 700_000_000}", "")), USERS)
    assert [answer for answer, _ in counts(one)] == ["700,000,000 or less", "more than 700,000,000"]
    assert one.form.declared == "at least 700,000,000"


def test_answers_that_do_nothing_are_not_told(sheet: Asking) -> None:
    found = sheet([LLAMA, FALCON], "uses: {shop: {acts: [run]}}")
    assert asked(found, "uses.shop.received_as").effects == ()
    assert asked(found, "uses.shop.received_as").text == "How was the model received?"
    order = [one.path for one in found.questions]
    assert order == list(dict.fromkeys(order))
    settled = [sum(waiting.decides for waiting in one.waiting) for one in found.questions]
    assert settled == sorted(settled, reverse=True)


def test_money_is_asked_in_the_currency_of_the_limit(sheet: Asking) -> None:
    held = "agreements: [{licensor: TII, covers: [falcon-llm-1.0], since: 2024-01-01}], claims_against: []"
    profile = (FULL % ("", ", derivative: {public_statements: false}, obtained_on: 2023-05-28")).replace(
        "agreements: [], claims_against: []", held
    )
    found = sheet([FALCON], profile)
    one = asked(found, MONEY)
    assert one.form.currency == "USD"
    # The permission is held, so that it no longer matters whether there is any revenue.
    assert [answer for answer, _ in counts(one)] == ["1,000,000 USD or less", "more than 1,000,000 USD"]


class Limits(NamedTuple):
    """A clause that compares a figure with limits."""

    limits: tuple[Atom, ...]

    def atoms(self, fact: str) -> tuple[Atom, ...]:
        """Its comparisons."""
        return tuple(atom for atom in self.limits if atom.fact == fact)


def labels(path: str, *limits: tuple[Any, str, str | None], profile: Profile = NOBODY) -> list[str]:
    """What answers are tried for a figure that is compared with limits."""
    found = subject(path)
    atoms = tuple(Atom(found.fact, op, number=Decimal(number), currency=code) for op, number, code in limits)
    asking: Any = [Limits(atoms)]
    whole = with_shop(profile)
    shape = form(path, profile).model_copy(update={"currency": "USD" if found.kind == "money" else None})
    return [option.label for option in options(found, shape, asking, whole, ON)]


def test_both_sides_of_each_limit_are_tried() -> None:
    assert labels(USERS, ("more-than", "0", None), ("at-least", "10", None)) == [
        "0",
        "more than 0 and less than 10",
        "10 or more",
    ]
    assert labels(USERS, ("at-most", "10", None), ("less-than", "0", None)) == [
        "0 or more and 10 or less",
        "more than 10",
    ]
    assert labels(USERS) == []
    assert labels("organization.monthly_active_users", ("more-than", "5", None)) == []
    # A limit in another currency needs a rate first, but nothing is nothing in all of them.
    assert labels(MONEY, ("more-than", "0", None), ("more-than", "5", "EUR"), ("more-than", "9", "USD")) == [
        "0 USD",
        "more than 0 USD and 9 USD or less",
        "more than 9 USD",
    ]
    narrow = declared(monthly_active_users={"at_most": 20})
    assert labels(USERS, ("more-than", "10", None), ("more-than", "20", None), profile=narrow) == [
        "10 or less",
        "more than 10 and 20 or less",
    ]


def test_a_claim_an_agreement_and_a_list(sheet: Asking) -> None:
    profile = (FULL % ("", "")).replace("agreements: [], claims_against: []", "founded: 2020-01-01")
    profile = profile.replace("domains: [customer-service], ", "").replace("acts: [run], ", "")
    found = sheet([LLAMA], profile)
    agreements = asked(found, AGREEMENTS)
    assert Choice(value="llama-2-community", meaning="Llama 2 Community License Agreement, of Meta", matters=True) in (
        agreements.form.choices
    )
    domains = asked(found, "uses.shop.domains").form
    assert {one.value for one in domains.choices if one.matters} >= {"military", "malware"}
    assert next(one for one in domains.choices if one.value == "education").matters is False
    acts = asked(found, "uses.shop.acts")
    assert acts.reason.startswith("Licenses grant single acts")
    assert acts.description == "Sells <b>"
    claims = asked(found, CLAIMS)
    assert claims.decides


def test_a_rate_is_asked(sheet: Asking) -> None:
    held = "agreements: [{licensor: TII, covers: [falcon-llm-1.0], since: 2024-01-01}], claims_against: []"
    more = ", obtained_on: 2023-05-28, derivative: {public_statements: false}, "
    more += "attributable_revenue: {currency: EUR, at_least: 900_000, at_most: 2_000_000}"
    found = sheet([FALCON], (FULL % ("", more)).replace("agreements: [], claims_against: []", held))
    one = asked(found, "organization.exchange_rates.EUR.USD")
    assert (one.form.kind, one.form.declared, one.effects) == ("rate", None, ())
    assert one.text.startswith("Which exchange rate")


def test_a_first_day_is_asked(sheet: Asking) -> None:
    held = "agreements: [{licensor: TII, covers: [falcon-llm-1.0]}], claims_against: []"
    more = ", obtained_on: 2023-05-28, derivative: {public_statements: false}, "
    more += "attributable_revenue: {currency: USD, at_least: 5, at_most: 9}"
    found = sheet([FALCON], (FULL % ("", more)).replace("agreements: [], claims_against: []", held))
    one = asked(found, f"{AGREEMENTS}.since")
    assert (one.form.kind, one.form.declared, one.effects) == ("held-since", "1 declared", ())


def test_a_claim_of_which_a_part_is_missing(sheet: Asking) -> None:
    claims = "agreements: [], claims_against: [{against: TII, about: falcon-llm-1.0, on: 2024-01-01}]"
    more = ", obtained_on: 2023-05-28, derivative: {public_statements: false}, "
    more += "attributable_revenue: {currency: USD, at_most: 0}"
    found = sheet([FALCON], (FULL % ("", more)).replace("agreements: [], claims_against: []", claims))
    one = asked(found, f"{CLAIMS}.0.right")
    assert one.form.kind == "text"
    assert "a claim against TII" in (one.form.declared or "")


def test_steps_say_what_has_to_be_done_instead(sheet: Asking, tmp_path: Path) -> None:
    (tmp_path / "m").mkdir()
    (tmp_path / "m" / "README.md").write_text("---\nlicense: other\n---\n", encoding="utf-8")
    found = sheet(["{path: m, use: shop}", "{id: nobody/knows, use: shop}", LLAMA], FULL % ("", ""))
    (step,) = found.steps
    assert step.path == "evidence.license_text"
    assert "`license-audit lock`" in step.todo
    assert any(text.startswith("m: says other") for text in step.noticed)
    assert [waiting.model for waiting in step.waiting] == ["m", "nobody/knows"]
    assert (found.total, found.decided) == (3, 0)


def test_a_section_that_a_person_must_judge_is_a_step(sheet: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = PackagedCatalog(ROOT)
    falcon = catalog.license("falcon-180b-1.0")
    clause = next(one for one in falcon.clauses if one.id == "5.3")
    review = clause.model_copy(update={"readings": (clause.readings[1],)})
    changed = falcon.model_copy(update={"clauses": tuple(review if one.id == "5.3" else one for one in falcon.clauses)})
    known = catalog.license
    monkeypatch.setattr(catalog, "license", lambda key: changed if key == falcon.key else known(key))
    found = sheet(["{id: tiiuae/falcon-180B, use: shop}"], FULL % ("", ""), catalog=catalog)
    step = next(one for one in found.steps if one.path == "signoff.falcon-180b-1.0/5.3")
    assert step.todo.startswith("Let counsel read the section and judge it.")
    assert step.todo.endswith("list falcon-180b-1.0/5.3 under `fulfils` of the use.")
    assert [section.clause for section in step.sections] == ["falcon-180b-1.0/5.3"]


def test_own_rules_ask_for_what_files_say() -> None:
    example = ROOT / "examples" / "house-rules"
    catalog = PackagedCatalog(ROOT, example)
    found = audited(example / "models.yaml", example / "profile.yaml", catalog, ON)
    text = (example / "profile.yaml").read_text(encoding="utf-8")
    steps = questionnaire(Trial(found, load(text, "p").data)).steps
    assert [step.path for step in steps] == ["evidence.age_in_months", "evidence.license_text", "evidence.data_limits"]
    assert all(step.todo for step in steps)


def test_a_patch_that_fits_no_profile_tries_nothing(catalog: PackagedCatalog) -> None:
    acme = ROOT / "examples" / "acme"
    found = audited(acme / "models.yaml", acme / "profile.yaml", catalog, ON)
    trial = Trial(found, {"schema": "1"})
    assert trial.verdicts({"organization": {"kind": "club"}}, []) is None
    assert _tried([], [Option("club", {"organization": {"kind": "club"}})], trial) == {}


def tried(path: str, *clauses: tuple[str, str]) -> list[str]:
    """Answers that are tried for a list, where these clauses ask."""
    binder = Binder(PackagedCatalog(ROOT))
    asking = []
    for key, section in clauses:
        license_ = binder.bound(key)
        assert license_ is not None
        asking.append(ClauseAsking(license_.by_id[section], license_))
    whole = with_shop(NOBODY)
    asked = form_of(subject(path), asking, whole, "shop", ON)
    return [option.label for option in options(subject(path), asked, asking, whole, ON)]


def test_what_clauses_treat_alike_is_tried_once() -> None:
    """Section 5.c of the first leaves out the European Union; that of the second two countries more."""
    found = tried("uses.shop.offered_in", ("tencent-hunyuan-large", "5.c"), ("tencent-hunyuan-video", "5.c"))
    assert found[0] == "none of these"
    assert len(found) == 3
    assert found[1].startswith("one of AT, BE, ")
    assert "FR" in found[1]
    assert found[2] == "one of GB, KR"
    few = tried("uses.shop.domains", ("llama-2-aup", "2.4"))
    assert few == ["none of these", "critical-infrastructure", "transportation-operation", "heavy-machinery"]
    fields = [
        ("llama-2-aup", section) for section in ("1.1.1", "1.1.2", "1.2", "1.3", "1.7", "2.1", "2.3", "2.4", "3.1")
    ]
    many = tried("uses.shop.domains", *fields)
    assert "harassment" in many
    assert [one for one in many if one.startswith("one of ")] == [
        "one of military, nuclear, espionage",
        "one of critical-infrastructure, transportation-operation, heavy-machinery",
    ]
