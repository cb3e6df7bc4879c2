"""The situations of the project's own case files, read once for all tests, and what the engine answers to each."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from license_audit.auditor import Auditor
from license_audit.engine.binder import Binder
from license_audit.model.report import ClauseResult
from license_audit.readers.cases import Situated, read_cases
from license_audit.readers.catalog import PackagedCatalog
from license_audit.verify import differences
from tests.conftest import CASES, ROOT

FILES = tuple(sorted(path.stem for path in CASES.glob("*.yaml")))
"""Names of the case files, most of them the keys of licenses."""


class Answered(NamedTuple):
    """What the engine says of one situation."""

    case: str
    differences: tuple[str, ...]
    """In what it differs from the answer of the text."""
    clauses: tuple[ClauseResult, ...]


@cache
def packaged() -> Binder:
    """The licenses of the checkout, each bound once."""
    return Binder(PackagedCatalog(ROOT))


@cache
def situations(name: str) -> tuple[Situated, ...]:
    """The situations of a file."""
    return tuple(read_cases(CASES / f"{name}.yaml"))


@cache
def by_license() -> dict[str, tuple[Situated, ...]]:
    """The situations that are about a license, by its key."""
    found: dict[str, list[Situated]] = {}
    for situated in (one for name in FILES for one in situations(name)):
        case = situated.case
        for key in dict.fromkeys((case.license,) if case.license is not None else case.expect.terms or ()):
            found.setdefault(key, []).append(situated)
    return {key: tuple(ones) for key, ones in found.items()}


@cache
def answered(name: str) -> tuple[Answered, ...]:
    """The answers to the situations of a file. Each is judged once, whichever tests look at it."""
    return tuple(answer(situated, packaged()) for situated in situations(name))


def answer(situated: Situated, binder: Binder) -> Answered:
    """The answer to one situation under the licenses of a binder."""
    catalog = binder.catalog
    assert isinstance(catalog, PackagedCatalog)
    auditor = Auditor(situated.profile, catalog, situated.case.on, binder)
    ((use_name, use),) = situated.profile.uses.items()
    judged = auditor.judge(situated.evidence, use_name, use)
    found = tuple(differences(situated.case, judged.assessment, judged.findings))
    return Answered(situated.case.id, found, judged.assessment.clauses)


def named_in(situated: Situated) -> Iterator[str]:
    """Clauses that a case is about by its own words."""
    expect = situated.case.expect
    yield from (*expect.decisive, *(expect.owed or ()), *expect.may_owe, *expect.outcomes)
