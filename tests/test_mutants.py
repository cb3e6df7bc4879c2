"""Each mutation of a comparator, month, number, currency, scope, act or exception is killed by a case."""

import pytest

from license_audit.readers.cases import Situated, read_cases
from license_audit.readers.catalog import PackagedCatalog
from license_audit.verify import run_cases
from tests.conftest import CASES, ROOT
from tests.mutation import MutantCatalog, mutants

KEYS = PackagedCatalog(ROOT).license_keys()


@pytest.fixture(scope="module")
def situations() -> list[Situated]:
    """Every situation of the project's own case files."""
    return [situated for path in sorted(CASES.glob("*.yaml")) for situated in read_cases(path)]


@pytest.mark.parametrize("key", KEYS)
def test_every_mutant_of_a_license_is_killed_by_a_case(
    key: str, catalog: PackagedCatalog, situations: list[Situated]
) -> None:
    touching = [situated for situated in situations if _touches(situated, key, catalog)]
    survivors = [
        mutant.name
        for mutant in mutants(catalog.license(key))
        if not any(outcome.differences for outcome in run_cases(touching, MutantCatalog(catalog, mutant.license)))
    ]
    assert not survivors


def _touches(situated: Situated, key: str, catalog: PackagedCatalog) -> bool:
    """Whether the license, or one that makes it part of itself, is what the situation is about."""
    case = situated.case
    about = (case.license,) if case.license is not None else case.expect.terms or ()
    return any(name == key or any(part.key == key for part in catalog.license(name).incorporates) for name in about)
