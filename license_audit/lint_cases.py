"""Whether the cases beside a catalog try what its texts say: each clause, both ends, and every line that is drawn."""

from collections.abc import Collection, Iterable, Iterator

from license_audit.engine.solve import BARRING
from license_audit.errors import AuditError, Problem
from license_audit.lint_thresholds import untried
from license_audit.model.license import License
from license_audit.readers.cases import Expectation, Situated, read_cases
from license_audit.readers.catalog import PackagedCatalog
from license_audit.verify import ids_match

FOLDER = "tests/cases"
"""Where the cases of a catalog lie, from its folder on."""
PASSING = ("allowed", "conditional")


def lint_cases(catalog: PackagedCatalog, keys: Collection[str]) -> list[Problem]:
    """What no case tries of these texts of a folder; nothing where the folder has no cases."""
    folder = catalog.folder / FOLDER
    if not folder.is_dir():
        return []
    problems: list[Problem] = []
    cases: list[Situated] = []
    unread: set[str] = set()
    for file in sorted(folder.glob("*.yaml")):
        try:
            cases += read_cases(file)
        except AuditError as error:
            problems += error.problems
            unread.add(file.stem)
    naming, about = _naming(cases), _about(cases)
    for key in (key for key in keys if key not in unread):
        license_ = catalog.license(key)
        named = {clause.id: _that_name(f"{key}/{clause.id}", naming.get(key, {})) for clause in license_.clauses}
        problems += _clauses(license_, named, about.get(key, []), catalog)
        if license_.kind == "license":
            whole = (license_, *(catalog.license(part.key) for part in license_.incorporates if part.key in keys))
            kinds = {catalog.rule(clause.rule).kind for document in whole for clause in document.clauses}
            problems += _ends(license_, about.get(key, []), catalog, can_bar=not kinds.isdisjoint(BARRING))
    return sorted(problems)


def _naming(cases: Iterable[Situated]) -> dict[str, dict[str, list[Situated]]]:
    """By license, and by the id of a clause as cases write it: the cases that name it."""
    found: dict[str, dict[str, list[Situated]]] = {}
    for situated in cases:
        for name in dict.fromkeys(_named(situated.case.expect)):
            found.setdefault(name.partition("/")[0], {}).setdefault(name, []).append(situated)
    return found


def _named(expect: Expectation) -> Iterator[str]:
    yield from (*expect.decisive, *(expect.owed or ()), *expect.may_owe, *expect.outcomes)


def _that_name(clause: str, naming: dict[str, list[Situated]]) -> list[Situated]:
    return [situated for name, cases in naming.items() if ids_match(name, clause) for situated in cases]


def _about(cases: Iterable[Situated]) -> dict[str, list[Situated]]:
    """By license: the cases in which it is in force."""
    found: dict[str, list[Situated]] = {}
    for situated in cases:
        case = situated.case
        for key in dict.fromkeys((case.license,) if case.license is not None else case.expect.terms or ()):
            found.setdefault(key, []).append(situated)
    return found


def _clauses(
    license_: License, named: dict[str, list[Situated]], about: list[Situated], catalog: PackagedCatalog
) -> Iterator[Problem]:
    """Clauses that no case names, and lines that no figure stands beside."""
    places = {clause.id: number for number, clause in enumerate(license_.clauses)}
    for clause, cases in named.items():
        if not cases:
            yield _told(license_, ("clauses", places[clause]), f"no case names the clause {clause}", catalog)
    for clause, lack in untried(license_, catalog, named, about):
        yield _told(license_, ("clauses", places[clause]), f"the clause {clause} {lack}", catalog)


def _ends(
    license_: License, cases: Collection[Situated], catalog: PackagedCatalog, *, can_bar: bool
) -> Iterator[Problem]:
    """A license that can bar needs a case in which it does, and each needs one in which nothing stands against it."""
    if can_bar and not any(_bars(one.case.expect) for one in cases):
        yield _told(license_, ("clauses",), "no case of this license is disallowed", catalog)
    if not any(_passes(one.case.expect, license_) for one in cases):
        yield _told(license_, ("clauses",), f"no case of this license is {_clear(license_)}", catalog)


def _bars(expect: Expectation) -> bool:
    return expect.verdict == "disallowed" or "barred" in expect.outcomes.values()


def _passes(expect: Expectation, license_: License) -> bool:
    """Whether nothing stands against a use. Of a text that was read in part nothing better can be said than best."""
    if license_.coverage == "key-clauses":
        return expect.verdict == "undetermined" and expect.best in PASSING
    return expect.verdict in PASSING


def _clear(license_: License) -> str:
    words = " or ".join(PASSING)
    return f"undetermined with {words} as its best" if license_.coverage == "key-clauses" else words


def _told(license_: License, path: tuple[str | int, ...], text: str, catalog: PackagedCatalog) -> Problem:
    return catalog.place(license_.key, path, text)
