"""Licenses made for tests: they compare every fact in every way that conditions allow, wherever no text does so far."""

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any, get_args

from license_audit.engine.binding import BoundClause, BoundLicense
from license_audit.engine.ground import Atom, Bound, Branch, Constant, Negation, PolicyTest
from license_audit.engine.situation import facts, kind_of
from license_audit.lint import LISTS, MONEY, SERIES
from license_audit.model import words
from license_audit.model.license import Clause, License, Reading, Rule
from license_audit.model.record import replace
from license_audit.model.words import ClauseId, Operator
from tests.browser.profiles import BUSINESS, COUNTRIES, COVERED, LINES, NAMES, RIGHTS, USERS

NUMERIC: tuple[Operator, ...] = ("more-than", "at-least", "less-than", "at-most")
KINDS = ("bar", "prohibition", "duty", "duty", "condition", "termination", "judgement", "grant", "exception")
WORDS = {
    "evidence.publisher": ("Maker", "Other"),
    "use.derivative.license": (*COVERED, "own-terms"),
    "use.derivative.name": NAMES,
    "use.outputs.trained_model.name": NAMES,
    "use.outputs.trained_model.kind": ("language-model", "classifier"),
    "organization.principal_place": ("DE", "US"),
}
ITEMS = {
    "use.tags": ("customer-data", "health-data", "Gesundheit", "𝒟"),
    "use.hardware": ("rtx-workstation", "phone"),
    "use.derivative.name_prefixes": ("llama", "𝒟", "wr"),
    "use.outputs.trained_model.name_prefixes": ("llama", "exaone", "𝒟ebut"),
    "organization.business_lines": BUSINESS,
    "organization.competes_with": ("naver", "trial"),
}
"""What lists may hold that have no closed vocabulary; countries elsewhere."""
PER_TAG = 5
"""Prohibitions for each unknown: so many that they cannot all be kept, and not so many that this is easily seen."""
PARTIAL = (1, 6)
"""Of eight trials, the one of which only the key clauses are encoded, and the one of whose policy that is so."""
MONTHS = {
    "fixed-month": ("2023-06", "2023-07"),
    "any-12-months": (None, "0001-01", "2025-06"),
    "at-any-time": (None, "0001-01", "2025-12", "2026-09"),
}
"""Months that clauses name beside the ways to choose a period."""


def trial(number: int) -> BoundLicense:
    """A license that grants everything and sets a few conditions, each on other facts."""
    random = Random(number)  # noqa: S311  # no secret: the same number has to give the same license
    key = f"trial-{number}"
    atoms = _atoms(random)
    clauses = [_clause(key, "grant", "grant", Constant(value=True))]
    clauses += [_clause(key, f"{place}", random.choice(KINDS), _condition(random, atoms), random) for place in range(7)]
    clauses.append(_clause(key, "policy", "prohibition", PolicyTest(f"{key}-policy")))
    others: dict[ClauseId, tuple[BoundClause, ...]] = {}
    others |= {clause.id: (_other(clause, random, atoms),) for clause in clauses[1:3]}
    licensors = () if number % 2 else ("Trial",)  # of the odd ones, anybody may be the licensor
    made = _license(key, "license", licensors, partial=number % 8 == PARTIAL[0])
    return BoundLicense(made, tuple(clauses), others)


def pointed() -> BoundLicense:
    """A license that compares what chance seldom does, each in a clause of its own, so that its outcome is told."""
    years = Atom("organization.annual_revenue", "more-than", time="any-12-months", currency="USD")
    months = replace(years, fact="organization.monthly_revenue")
    product = replace(months, fact="use.product_monthly_revenue", time="preceding-month", whose="product")
    since = [(years, None), (years, "2025-01"), (years, "2026-01"), (months, "2025-12"), (months, "2026-10")]
    series = [*(replace(atom, month=month) for atom, month in since), product]
    atoms = [replace(atom, number=Decimal(line)) for atom in series for line in LINES]
    ever = Atom("use.product_monthly_unique_users", "more-than", time="at-any-time", number=Decimal(USERS[1]))
    atoms += [replace(ever, month=month) for month in ("2024-01", "2025-11", "2026-09", "2026-10")]
    atoms += [Atom("organization.agreements.years_held", "at-least", number=Decimal(years)) for years in (1, 2)]
    claims = ("organization.claims_against.offensive", "organization.claims_against.licensor")
    atoms += [Atom(fact, "is", values=("true",)) for fact in claims]
    clauses = [_clause("trial-pointed", "grant", "grant", Constant(value=True))]
    clauses += [_clause("trial-pointed", f"{place}", "prohibition", atom) for place, atom in enumerate(atoms)]
    return BoundLicense(_license("trial-pointed", "license"), tuple(clauses), {})


def slight() -> BoundLicense:
    """A license with a duty of which no profile says whether it is owed, and nothing else."""
    grant = _clause("trial-slight", "grant", "grant", Constant(value=True))
    duty = _clause("trial-slight", "duty", "duty", Atom("organization.name", "is", values=("Trial",)))
    return BoundLicense(_license("trial-slight", "license"), (grant, duty), {})


def policy(number: int) -> BoundLicense:
    """The use policy of a trial."""
    random = Random(number + 1000)  # noqa: S311  # no secret
    key = f"trial-{number}-policy"
    conditions = [_condition(random, _atoms(random)) for _ in range(2)]
    clauses = [_clause(key, f"{place}", "prohibition", when, random) for place, when in enumerate(conditions)]
    return BoundLicense(_license(key, "policy", partial=number % 8 == PARTIAL[1]), tuple(clauses), {})


def hard(tags: int) -> BoundLicense:
    """A license with many prohibitions, each of three of the same unknowns: whether all can be kept is hard to say."""
    random = Random(tags)  # noqa: S311  # no secret
    clauses = [_clause("hard", "grant", "grant", Constant(value=True))]
    for place in range(round(tags * PER_TAG)):
        named = [Atom("use.tags", "includes-any", values=(f"t{tag}",)) for tag in random.sample(range(tags), 3)]
        parts = tuple(Negation(atom) if random.random() < 0.5 else atom for atom in named)
        clauses.append(_clause("hard", f"{place}", "prohibition", Branch(conjunction=True, parts=parts)))
    return BoundLicense(_license("hard", "license"), tuple(clauses), {})


def _atoms(random: Random) -> list[Atom]:
    """One comparison of each fact; several of those that are numbers."""
    known = [path for path in facts() if not path.startswith("use.accepted")]
    paths = [*known, *(3 * [path for path in known if kind_of(path).name == "amount"])]
    return [_atom(path, random) for path in random.sample(paths, len(paths))]


def _atom(path: str, random: Random) -> Atom:
    kind = kind_of(path)
    if kind.name == "amount":
        return _number(path, random)
    if kind.name == "flag":
        rights: tuple[str, ...] = tuple(random.sample((*RIGHTS, "other"), random.randint(1, 2)))
        given = random.choice((("any",), rights)) if "claims_against" in path else ("any",)
        return Atom(path, "is", values=(random.choice(("true", "false")),), rights=given)
    if kind.name == "items":
        known = LISTS.get(path) or ITEMS.get(path, COUNTRIES[:3])
        return Atom(path, "includes-any", values=_some(known, random))
    return Atom(path, "one-of", values=_some(kind.values or WORDS.get(path, COVERED), random))


def _some(known: Sequence[str], random: Random) -> tuple[str, ...]:
    return tuple(random.sample(known, random.randint(1, min(3, len(known)))))


def _number(path: str, random: Random) -> Atom:
    op = random.choice(NUMERIC)
    if path == "organization.agreements.years_held":
        return Atom(path, op, number=Decimal(random.choice((0, 1, 2))))
    if path == "evidence.age_in_months":
        return Atom(path, op, number=Decimal(random.choice((35, 36))))
    time = random.choice(get_args(words.TimeMode)) if path in SERIES else None
    return Atom(
        path,
        op,
        number=Decimal(random.choice(LINES if path in MONEY else USERS)),
        time=time,
        month=random.choice(MONTHS[time]) if time in MONTHS else None,
        whose=random.choice(get_args(words.Whose)),
        currency="USD" if path in MONEY else None,
    )


def _condition(random: Random, atoms: list[Atom]) -> Bound:
    """One comparison, or two or three of them, joined or turned around. Takes what it uses off the list."""
    parts: list[Bound] = [atoms.pop() for _ in range(random.choice((1, 1, 2, 3)))]
    if random.random() < 0.3:
        parts[0] = Negation(parts[0])
    joined: Bound = parts[0] if len(parts) == 1 else Branch(random.random() < 0.5, tuple(parts))
    return Negation(joined) if random.random() < 0.2 else joined


def _clause(key: str, name: str, kind: str, when: Bound, random: Random | None = None) -> BoundClause:
    acts, data, cure = (), {}, None
    if random is not None:
        acts = tuple(random.sample(get_args(words.Act), random.choice((0, 0, 3))))
        data = {"unless": [random.choice("0123456")]} if random.random() < 0.3 and not key.endswith("policy") else {}
        cure = random.choice((None, None, "separate-license", "payment"))
    told = {"title": f"A {kind}", "meaning": "For tests.", "question": f"Is {name} so?", "remedy": "None."}
    duties = [*random.sample(get_args(words.Duty), 1)] if random is not None and kind == "duty" else []
    rule = Rule.model_validate({"rule": f"{key}-{name}", "kind": kind, "fulfilled_by": duties, **told})
    if kind == "grant":
        rule = rule.model_copy(update={"covers_acts": True})
    written: dict[str, Any] = {
        "id": name,
        "rule": rule.rule,
        "acts": [*acts],
        "anchor": "a",
        "gist": f"This is {name}.",
        "cure": cure,
    }
    return BoundClause(ClauseId(f"{key}/{name}"), Clause.model_validate(written | data), rule, acts, when)


def _other(clause: BoundClause, random: Random, atoms: list[Atom]) -> BoundClause:
    """The clause as others read it: another condition, other acts, or no longer a bar."""
    reading = Reading.model_validate({"name": "other", "difference": "It is read otherwise.", "held_by": "others"})
    effect = random.choice((None, "duty", "review"))
    acts = random.choice((clause.acts, ("run",)))
    return BoundClause(clause.id, clause.clause, clause.rule, acts, _condition(random, atoms), effect, reading)


def _license(key: str, kind: str, licensors: Sequence[str] = ("Trial",), *, partial: bool = False) -> License:
    data: dict[str, Any] = {"schema": "1", "key": key, "kind": kind, "title": key, "publisher": "Trial", "clauses": []}
    reviewed = {"by": "tests", "on": "2026-11-24", "confidence": "high"}
    rest = {"spdx": "LicenseRef-trial", "version": "1", "date": None, "sections": [], "licensors": [*licensors]}
    coverage = "key-clauses" if partial else "sections"
    return License.model_validate(data | rest | {"reviewed": reviewed, "coverage": coverage})
