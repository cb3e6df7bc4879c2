"""Each mutation of a comparator, month, number, currency, scope, act or exception is killed by a case.

Every mutant of every license is made. One is judged by the cases of its license, and of licenses that make it part of
themselves, until a case tells it from the right one; those that name the clause it changes come first.
"""

from collections.abc import Iterable

import pytest

from license_audit.engine.binding import bind_license
from license_audit.readers.cases import Situated
from license_audit.readers.catalog import PackagedCatalog
from license_audit.verify import ids_match
from tests.conftest import ROOT
from tests.mutation import Mutant, MutantBinder, mutants
from tests.situations import answer, by_license, named_in, packaged

CATALOG = PackagedCatalog(ROOT)
KEYS = CATALOG.license_keys()


@pytest.mark.parametrize("key", KEYS)
def test_every_mutant_of_a_license_is_killed_by_a_case(key: str) -> None:
    touching = [one for about in (key, *wholes_of(key)) for one in by_license().get(about, ())]
    assert [mutant.name for mutant in mutants(CATALOG.license(key)) if not is_killed(mutant, touching)] == []


def wholes_of(part: str) -> list[str]:
    """Licenses that make a text part of themselves."""
    return [key for key in KEYS if any(one.key == part for one in CATALOG.license(key).incorporates)]


def is_killed(mutant: Mutant, situations: Iterable[Situated]) -> bool:
    """Whether a situation has another answer under the mutant than by the text."""
    clause, binder = f"{mutant.license.key}/{mutant.clause}", MutantBinder(packaged(), mutant)
    ordered = sorted(situations, key=lambda one: not any(ids_match(clause, name) for name in named_in(one)))
    return any(answer(situated, binder).differences for situated in ordered)


@pytest.mark.parametrize("key", ["llama-2-community", "falcon-llm-1.0"])
def test_a_mutant_is_bound_as_it_would_be_alone(key: str) -> None:
    found = list(mutants(CATALOG.license(key)))
    assert len(found) > 20
    for mutant in found:
        binder = MutantBinder(packaged(), mutant)
        alone = bind_license(mutant.license, CATALOG)
        assert binder.bound(key) == alone != packaged().bound(key)
        assert binder.catalog.license(key) == mutant.license
        assert binder.bound("mit") is packaged().bound("mit")
