"""The engine of the what-if in a real browser: what it says is what the engine in Python says, to the last question."""

import json
import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import cache, partial
from inspect import signature
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from license_audit.audit import Audited, audited
from license_audit.engine import solve
from license_audit.engine.formula import satisfiable
from license_audit.model.report import Assessment, Evaluated
from license_audit.readers.catalog import PackagedCatalog
from license_audit.what_if import profile_data, what_if
from tests.browser.bench import Bench
from tests.browser.engine_page import (
    DRIVER,
    ENGINE,
    VARIANTS,
    case,
    digests,
    hard_terms,
    material,
    told,
    told_of,
    write_page,
)
from tests.browser.profiles import DAYS
from tests.browser.reports import EXAMPLES

if TYPE_CHECKING:
    from playwright.sync_api import Page

SECONDS = 1500.0
MANY = 10_000
PROFILES = int(os.environ.get("WHAT_IF_PROFILES", MANY))
"""Generated profiles, each judged under some licenses of the catalog, which are dealt out in turn."""
LEAST = 300
"""Profiles of the default number that each license meets, however many licenses there are."""
BATCH = 100
CAPPED = 9
"""Place of that part among those that are told."""
FEW = 400
"""Profiles that have to show what is wrong with a mutant."""
ON = date(2026, 11, 24)
Opened = Callable[[Any, str], AbstractContextManager["Page"]]


@pytest.fixture
def opened(bench: Bench, tmp_path: Path) -> Opened:
    """Opens a page that holds data and an engine."""

    @contextmanager
    def open_page(data: Any, engine: str) -> "Iterator[Page]":
        path = tmp_path / "engine.html"
        write_page(path, data, engine)
        with bench.visit(path) as visit:
            yield visit.page

    return open_page


def in_browser(page: "Page", seeds: Iterable[int]) -> list[str]:
    """What the engine of the page says of profiles, one digest each."""
    given = {"profiles": [case(seed) for seed in seeds], "days": [day.isoformat() for day in DAYS]}
    found: list[str] = page.evaluate(DRIVER, json.dumps(given))
    return found


def batches(count: int, size: int = BATCH) -> list[range]:
    """Seeds, so many at a time."""
    return [range(start, min(start + size, count)) for start in range(0, count, size)]


def first_difference(page: "Page", seed: int) -> str:
    """Where the two engines part, for one profile."""
    given = case(seed)
    expected = json.loads(json.dumps(told(seed)))
    for analysis, right in zip(given["analyses"], expected, strict=True):
        found = page.evaluate(
            "([profile, analysis, on]) => window.told(profile, analysis, on)", [given["profile"], analysis, given["on"]]
        )
        for part, (one, other) in enumerate(zip(found, right, strict=True)):
            if one != other:
                return f"profile {seed}, analysis {analysis}, part {part}: page {one}, Python {other}"
    return f"profile {seed}: no difference when looked at again"


def test_every_license_and_every_trial_is_dealt_to_enough_profiles() -> None:
    """None is left out for want of time: what is dealt are the profiles, and each license gets its share."""
    met = Counter(number for seed in range(MANY) for number in material().chosen(seed))
    licenses = batches(len(material().texts), VARIANTS)
    assert min(sum(met[number] for number in ways) for ways in licenses) >= LEAST
    assert met.keys() == set(range(len(material().terms)))


def test_generated_profiles_under_the_whole_catalog(opened: Opened) -> None:
    parts = batches(PROFILES)
    with (
        ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool,
        opened(material().data, ENGINE.read_text("utf-8")) as page,
    ):
        expected = pool.map(digests, parts)
        found = [in_browser(page, part) for part in parts]
        wrong = [
            seed
            for part, ours, theirs in zip(parts, found, expected, strict=True)
            for seed, one, other in zip(part, ours, theirs, strict=True)
            if one != other
        ]
        assert not wrong, f"{len(wrong)} of {PROFILES}: {first_difference(page, wrong[0])}"


MUTANTS = (
    ("low > 0 || (inclusive &&", "low > 0 || (!inclusive &&"),
    ("high < 0 || (!inclusive &&", "high < 0 || (inclusive &&"),
    ("[year, month - 1]", "[year, month]"),
    ("[year - 1, MONTHS]", "[year, MONTHS]"),
    ("Number(day.slice(0, 4)) - 1", "Number(day.slice(0, 4))"),
    ("name <= on.slice(0, 7)", "name < on.slice(0, 7)"),
    ("whole(2)", "whole(1)"),
    ("whole(MONTHS))]), high)", "whole(2))]), high)"),
    ("start >= indexOf(since)", "start > indexOf(since)"),
    ("`${year}-01` >= since", "`${year}-01` > since"),
    ("first <= name && name <=", "name <="),
    ("place(last) - place(first) + 1", "place(last) - place(first)"),
    ('time === "annual-unnamed" && yearly', 'time === "annual-unnamed"'),
    ('if (whose === "licensee") return between(ownLow,', 'if (whose === "licensee") return between(all.low,'),
    ("amount.currency && amount.currency !== currency", "amount.currency && amount.currency === currency"),
    ('fact.endsWith(".licensor") && !isLicensor', 'fact.endsWith(".licensor") && isLicensor'),
    ('!== "worldwide" ? items[0]', '!== "worldwide" ? items[items.length - 1]'),
    ('.join("").toLowerCase()', '.join("")'),
    ("duty && (!licenses ||", "duty && (true ||"),
    ("s.carriers.every(", "s.carriers.some("),
    ("publisher === null || isLicensor(", "isLicensor("),
    ("!isExact(declared)", "declared.high === null"),
    ('act === "distill" || act ===', "act ==="),
    ("converted(found, over, inverse)", "converted(found, times, inverse)"),
    ("reduced(digits, power)", "whole(digits / power)"),
    ('whose !== "licensee-or-affiliates-any")', 'whose === "licensee-or-affiliates-any")'),
    ("founded.slice(0, period.length) > period", "founded.slice(0, period.length) >= period"),
    ("held.since <= s.on", "held.since < s.on"),
    ("s.on <= held.until", "s.on < held.until"),
    ("claim.on > s.on", "claim.on >= s.on"),
    ("s.on.slice(5) < since.slice(5)", "s.on.slice(5) <= since.slice(5)"),
    ("if (!value.open) return false;", "return false;"),
    (' || value.items.includes("worldwide")', ""),
    ('atom.op === "at-least" || atom.op === "less-than"', 'atom.op === "at-least"'),
    ('bound.cure === "separate-license" && bound.kind !== "duty"', 'bound.cure === "separate-license"'),
    ("allOf(bites, leaf(path, path, { values: YES }, YES_NO))", "bites"),
    ("undecided: bare.verdicts.length > 1", "undecided: false"),
    ("bound.duties.every(", "bound.duties.some("),
    ("negate(anyOf(...excepted))", "true"),
    ("b.clauses.length - a.clauses.length", "a.clauses.length - b.clauses.length"),
    ("possible.every(", "possible.some("),
    ("if (partial) found.set(", "if (!partial) found.set("),
    ("[license, ...policies]) {", "[license]) {"),
    ("anyOf(found.get(path) || false, guard)", "true"),
)
"""Words of the engine, and what is put in their place: comparators, months, currencies, people, outcomes."""


def agrees(page: "Page", seeds: Iterable[int], expected: list[str]) -> bool:
    """Whether the page says of profiles what is expected; one whose engine breaks does not."""
    from playwright.sync_api import Error  # noqa: PLC0415  # where there is no browser there may be no playwright

    try:
        return in_browser(page, seeds) == [expected[seed] for seed in seeds]
    except Error:
        return False


def test_a_wrong_engine_is_found_out(opened: Opened) -> None:
    engine = ENGINE.read_text("utf-8")
    expected = digests(range(FEW))
    left = []
    for right, wrong in (("", ""), *MUTANTS):
        assert not right or engine.count(right) == 1, right
        with opened(material().data, engine.replace(right, wrong)) as page:
            if all(agrees(page, part, expected) for part in batches(FEW, 30)):
                left.append(right)
    assert left == [""], f"{left}: all mutants were told from the right one, and the right one from none"


def test_a_search_is_given_up_after_as_many_steps(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """With just enough steps both find the answer, and with one less neither does."""
    terms, data, situation = hard_terms()

    def with_steps(steps: int) -> list[Any]:
        monkeypatch.setattr(solve, "satisfiable", partial(satisfiable, budget=steps))
        found: list[Any] = json.loads(json.dumps(told_of(terms, situation)))
        return found

    enough = bisect_left(range(20_000), 1, key=lambda steps: not with_steps(steps)[CAPPED])
    assert enough > 100, "a search that takes its time"
    for steps in (enough - 1, enough):
        engine = ENGINE.read_text("utf-8").replace("BUDGET = 20000;", f"BUDGET = {steps};")
        with opened(data, engine) as page:
            page.evaluate(DRIVER, json.dumps({"profiles": [], "days": [data["on"]]}))
            found = page.evaluate("([profile, on]) => window.told(profile, 0, on)", [data["profile"], data["on"]])
        assert found == with_steps(steps)
        assert found[CAPPED] is (steps < enough)


def test_the_budget_is_the_same() -> None:
    assert f"BUDGET = {signature(satisfiable).parameters['budget'].default};" in ENGINE.read_text("utf-8")


@cache
def catalog_of(folder: Path) -> PackagedCatalog:
    """The catalog with which an example is audited."""
    return PackagedCatalog(rules=folder if (folder / "rules").is_dir() else None)


def audit(folder: Path, profile: Path) -> Audited:
    """The audit of an example, with its own profile or another."""
    return audited(folder / "models.yaml", profile, catalog_of(folder), ON)


ASSESSED = """([profile, numbers]) => {
  const data = window.whole ??= JSON.parse(document.getElementById('data').textContent);
  const all = licenseAudit.assessAll(data, profile);
  return numbers.map((number) => {
    const one = licenseAudit.assess(data, profile, number);
    if (JSON.stringify(one) !== JSON.stringify(all[number])) throw new Error(`analysis ${number} differs from itself`);
    return {...one, conditions: licenseAudit.conditions(data, profile, number)};
  });
}"""


def told_by_report(assessment: Assessment) -> dict[str, Any]:
    """What the page has to say of a use, by the report."""
    dumped = assessment.model_dump(mode="json")
    same = ("verdict", "best", "worst", "reason", "decisive", "owed", "questions", "readings", "capped")
    return {name: dumped[name] for name in same} | {
        "outcomes": {clause.clause: clause.outcome for clause in assessment.clauses},
        "conditions": {clause.clause: shape(clause.condition) for clause in assessment.clauses if clause.condition},
    }


def shape(told: Evaluated) -> dict[str, Any]:
    """A condition as it came out, without its sentences."""
    if told.fact is not None:
        return {"holds": told.holds, "path": told.fact.path, "declared": told.fact.declared}
    return {"holds": told.holds} | ({"parts": [shape(part) for part in told.parts]} if told.parts else {})


def assert_same(page: "Page", of: Audited, numbers: Iterable[int]) -> None:
    """The page, given this profile, says of every use what this report says."""
    found = page.evaluate(ASSESSED, [profile_data(of.profile), list(numbers)])
    assert len(found) == len(of.report.uses)
    for use, one in zip(of.report.uses, found, strict=True):
        one.pop("notGranted")
        assert one == told_by_report(use.assessment), f"{use.model} in {use.use}"


def others(profile: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The profile with facts declared otherwise: dates, acts, agreements, figures, or nothing at all."""
    days = ("2023-05-27", "2023-05-31", "2023-06-01", "2024-07-22", "2024-07-23", "2026-11-24")
    for day in days:
        yield with_uses(profile, {"obtained_on": day})
    yield with_uses(profile, {"obtained_on": None})
    yield with_uses(profile, {"acts": ["run", "host-as-api", "distribute-weights"], "audience": None})
    yield with_uses(profile, {"attributable_revenue": {"currency": "EUR", "at_most": 925_925}, "domains": None})
    yield with_uses(profile, {"fulfils": ["license-copy", "staff-policy"], "purpose": "research"})
    covers = ["meta-llama/Llama-2-7b-chat-hf", "mistral-mnpl-0.1", "tiiuae/falcon-7b"]
    held = [{"licensor": "Meta", "covers": covers}, {"licensor": "Mistral AI", "covers": covers, "since": "2025-11-24"}]
    yield profile | {"organization": profile["organization"] | {"agreements": held}}
    yield profile | {"organization": {"monthly_active_users": {"2023-06": 700_000_001}}}
    yield profile | {"organization": {}, "uses": {name: {} for name in profile["uses"]}}


def with_uses(profile: dict[str, Any], facts: dict[str, Any]) -> dict[str, Any]:
    """The profile with the same facts in every use; None takes one away."""
    uses = {
        name: {fact: value for fact, value in (use | facts).items() if value is not None}
        for name, use in profile["uses"].items()
    }
    return profile | {"uses": uses}


LANDSCAPE = Path(__file__).parent / "landscape"
"""Models of many families, and a profile with the facts that their texts ask for."""
FOLDERS = [*(EXAMPLES / name for name in ("acme", "gate", "house-rules")), LANDSCAPE]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_changed_profile_on_the_page_is_the_audit_of_that_profile(
    opened: Opened, folder: Path, tmp_path: Path
) -> None:
    first = audit(folder, folder / "profile.yaml")
    made = what_if(first)
    profile = yaml.safe_load((folder / "profile.yaml").read_text("utf-8"))
    changed = tmp_path / "profile.yaml"
    with opened(json.loads(made.text), ENGINE.read_text("utf-8")) as page:
        assert_same(page, first, made.analyses)
        for other in others(profile):
            changed.write_text(yaml.safe_dump(other, sort_keys=False), "utf-8")
            assert_same(page, audit(folder, changed), made.analyses)
