"""The engine of the what-if and the engine in Python on the same terms and profiles, told in the same words."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

from license_audit.engine.binder import Binder
from license_audit.engine.formula import Cut, Formula, Leaf, all_of, any_of, negate
from license_audit.engine.ground import YES, YES_NO
from license_audit.engine.judge import _decisive, _questions, _readings, _reason
from license_audit.engine.situation import DataLimits, EvidenceFacts, Situation
from license_audit.engine.solve import Layer, Meant, Terms, outcome_of, solve
from license_audit.model.facts import Amount
from license_audit.model.profile import Profile
from license_audit.readers.catalog import PackagedCatalog
from license_audit.what_if import WhatIfData, embedded, profile_data
from tests.browser.profiles import DAYS, MODEL, Maker
from tests.browser.trials import hard, pointed, policy, slight, trial

ROOT = Path(__file__).parent.parent.parent
ENGINE = ROOT / "reports" / "templates" / "engine.js"
TRIALS = 16
"""Licenses made for these tests, which ask what no text asks so far."""
VARIANTS = 6
"""Ways in which each license reaches a model: guards, other licenses beside it, evidence."""
TAGS = 20
"""Unknowns of the terms that take hundreds of steps to search."""
WEIGHTS = (10, 5, 1, 1, 1, 3)
"""How often each way is taken; those with much that is open take long to judge."""
DEALT = 8
"""Licenses under which one profile is judged. They are dealt out in turn, so that the work does not grow with the
catalog, and all licenses come equally often: of 170 each is met by 47 profiles of a thousand."""
TRIED = 4
"""Trials under which it is judged, too."""
POINTED = ("trial-pointed", "trial-slight")
"""Trials under which every profile is judged."""
CARRIERS = ((MODEL, "Trial"), ("maker/parent", None))
MEANT = (0, 3)
"""Ways in which a license is meant by one of the names alone."""
PARENT = Leaf("evidence.parents=maker/parent", "evidence.parents", YES, YES_NO)
OBTAINED = Leaf("use.obtained_on", "use.obtained_on", Cut(Decimal(20240723), inclusive=True))
GUARDS: tuple[Formula, ...] = (True, PARENT, negate(OBTAINED), True, any_of(PARENT, OBTAINED), True)
LATER = Leaf("use.obtained_on", "use.obtained_on", Cut(Decimal("20240723.5"), inclusive=False))
UNKNOWN: tuple[Formula, ...] = (False, False, False, all_of(PARENT, LATER), False, False)


def _aged(least: int | None, most: int) -> Amount:
    return Amount(at_least=None if least is None else Decimal(least), at_most=Decimal(most))


def _evidence(**facts: Any) -> EvidenceFacts:
    return EvidenceFacts.model_construct(**facts)


EVIDENCE = (
    _evidence(),
    _evidence(notice_file=True, openness="open", possible=("open",), age_in_months=_aged(35, 35)),
    _evidence(notice_file=False, possible=("community", "api"), age_in_months=_aged(None, 35)),
    _evidence(possible=("open", "permissive"), data_limits=DataLimits(items=("contested",), open=True)),
    _evidence(publisher="Maker", data_limits=DataLimits(items=("non-commercial",)), data_disclosed=True),
    _evidence(publisher="Other", data_limits=DataLimits(items=()), data_disclosed=False, age_in_months=_aged(36, 36)),
)

KNOWN = _evidence(
    notice_file=False,
    openness="open",
    possible=("open",),
    publisher="Maker",
    age_in_months=_aged(35, 35),
    multimodal=False,
    data_limits=DataLimits(items=()),
    data_disclosed=True,
)
"""Nothing of a model is left to be found out."""

DRIVER = """(given) => {
  const {profiles, days} = JSON.parse(given);
  const whole = window.whole ??= JSON.parse(document.getElementById('data').textContent);
  const byDay = window.byDay ??= Object.fromEntries(days.map((on) => [on, {...whole, on}]));
  const told = (profile, analysis, on) => {
    const found = licenseAudit.assess(byDay[on], profile, analysis);
    return [found.verdict, found.best, found.worst, found.reason, found.decisive, found.owed,
      Object.entries(found.outcomes), found.questions.map((one) => [one.path, one.text, one.clauses, one.decides]),
      found.notGranted, found.capped,
      found.readings.map((one) => [one.clause, one.name, one.difference, one.held_by, one.verdict, one.owed])];
  };
  window.told = told;
  const digest = async ({profile, analyses, on}) => {
    const text = JSON.stringify(analyses.map((analysis) => told(profile, analysis, on)));
    const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  return Promise.all(profiles.map(digest));
}"""
"""What each profile comes to, as one digest of what is told of all its analyses."""


class Material:
    """Terms to judge, and the same as data for the page."""

    def __init__(self) -> None:
        catalog = PackagedCatalog(rules=ROOT / "examples" / "house-rules")
        self.terms = list(_all_terms(catalog, Binder(catalog)))
        made = WhatIfData(DAYS[0], Profile.model_validate({"schema": "1", "uses": {"main": {}}}))
        for terms in self.terms:
            made.analysis("main", [["", made.work(terms), None]])
        self.data = made.data()
        assert len(self.data["analyses"]) == len(self.terms), "all are different"
        self.texts = [number for number, terms in enumerate(self.terms) if not terms.keys[0].startswith("trial")]
        self.pointed = [number for number, terms in enumerate(self.terms) if terms.keys[0] in POINTED]
        others = {*self.texts, *self.pointed}
        self.trials = [number for number in range(len(self.terms)) if number not in others]

    def chosen(self, seed: int) -> list[int]:
        """Terms for a profile: the licenses that it is dealt, each in one of its ways, and some of the trials."""
        random = Random(seed)  # noqa: S311  # no secret
        first, dealt = self.texts[::VARIANTS], DEALT * seed
        ways = random.choices(range(VARIANTS), WEIGHTS, k=min(DEALT, len(first)))
        chosen = [first[(dealt + place) % len(first)] + way for place, way in enumerate(ways)]
        return [*chosen, *random.sample(self.trials, TRIED), *self.pointed]


@cache
def material() -> Material:
    """Made once in each process."""
    return Material()


def write_page(path: Path, data: Any, engine: str) -> None:
    """A page that holds data and an engine, and nothing to see."""
    held = embedded(json.dumps(data))
    head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>engine</title>'
    path.write_text(
        f'{head}<script type="application/json" id="data">{held}</script><script>{engine}</script></html>',
        encoding="utf-8",
    )


@lru_cache(maxsize=400)
def case(seed: int) -> dict[str, Any]:
    """A profile for the page, with the analyses to judge and the day."""
    maker = Maker(seed)
    profile = Profile.model_validate(maker.profile())
    return {"profile": profile_data(profile), "analyses": material().chosen(seed), "on": maker.on.isoformat()}


def digests(seeds: Iterable[int]) -> list[str]:
    """What the engine in Python says of each profile, as the page digests it."""
    return [sha256(json.dumps(told(seed), **COMPACT).encode()).hexdigest() for seed in seeds]


COMPACT: dict[str, Any] = {"ensure_ascii": False, "separators": (",", ":")}


def told(seed: int) -> list[Any]:
    """What the engine in Python says of a profile under each of its terms."""
    maker = Maker(seed)
    profile = Profile.model_validate(maker.profile())
    situation = Situation(profile.organization, "main", profile.uses["main"], maker.on)
    return [told_of(material().terms[number], situation) for number in material().chosen(seed)]


def told_of(terms: Terms, situation: Situation) -> list[Any]:
    """What the engine in Python says of terms in a situation, in the order in which the page tells it."""
    solution = solve(terms, situation)
    outcomes = [(clause, outcome_of(clause)) for clause in solution.grounded]
    is_asked = solution.verdict in ("undetermined", "conditional")
    questions = _questions(solution, situation) if is_asked else ()
    return [
        solution.verdict,
        solution.verdicts[0],
        solution.verdicts[-1],
        _reason(solution, outcomes, questions),
        _decisive(solution, outcomes),
        solution.owed,
        # A policy that two licenses have in common comes twice, and counts once.
        [[name, outcome] for name, outcome in {clause.bound.id: outcome for clause, outcome in outcomes}.items()],
        [[asked.path, asked.text, asked.clauses, asked.decides] for asked in questions],
        [[name, formula if isinstance(formula, bool) else None] for name, formula in solution.not_granted],
        solution.capped,
        [
            [read.clause, read.name, read.difference, read.held_by, read.verdict, read.owed]
            for read in _readings(terms, situation, solution)
        ],
    ]


def hard_terms() -> tuple[Terms, dict[str, Any], Situation]:
    """Terms whose answer takes long to find, the same as data, and a situation in which nothing is declared."""
    profile = Profile.model_validate({"schema": "1", "uses": {"main": {"acts": ["run"]}}})
    terms = Terms((Layer(hard(TAGS)),), names=frozenset({MODEL}))
    made = WhatIfData(DAYS[0], profile)
    made.analysis("main", [["", made.work(terms), None]])
    return terms, made.data(), Situation(profile.organization, "main", profile.uses["main"], DAYS[0])


def _all_terms(catalog: PackagedCatalog, binder: Binder) -> Iterator[Terms]:
    """Each license in each of its ways, one after another; then the trials."""
    keys = [key for key in catalog.license_keys() if catalog.license(key).kind == "license"]
    for place, key in enumerate(sorted(keys)):
        beside = sorted(keys)[place - 1]
        for variant in range(VARIANTS):
            layer = binder.layer(key, guard=GUARDS[variant], is_derivative=variant % 2 == 1)
            other = binder.layer(beside, guard=PARENT, is_derivative=True)
            assert layer is not None
            assert other is not None
            layers = {3: (layer, other), 5: (layer, *binder.house)}.get(variant, (layer,))
            evidence = EVIDENCE[(place + variant) % len(EVIDENCE)]
            names = frozenset({MODEL, "maker/parent"})
            meant = (Meant(key, frozenset({MODEL, "maker/parent"}), CARRIERS),) if variant in MEANT else ()
            yield Terms(layers, UNKNOWN[variant], names, meant, evidence)
    yield Terms((Layer(pointed()),), names=frozenset({MODEL}))
    yield Terms((Layer(slight()), *binder.house), names=frozenset({MODEL}), evidence=KNOWN)
    for number, house in product(range(TRIALS), (False, True)):
        guard = PARENT if number % len(GUARDS) == 1 else True
        layers = (Layer(trial(number), guard, policies=(policy(number),)), *(binder.house if house else ()))
        yield Terms(layers, names=frozenset({MODEL}), evidence=EVIDENCE[number % len(EVIDENCE)])
