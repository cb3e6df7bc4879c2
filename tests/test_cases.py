"""Law as data: every situation of the case files, and every rule seen to bite and to stay silent.

One test answers for one file and names each situation whose answer is another than that of the text. Every situation is
judged once, for all tests.
"""

from functools import cache
from pathlib import Path

import pytest

from license_audit.readers.cases import read_cases
from license_audit.readers.catalog import PackagedCatalog
from license_audit.verify import run_cases
from tests.conftest import CASES, CORPUS, ROOT
from tests.situations import FILES, answered

CATALOG = PackagedCatalog(ROOT)
SHARED = [path for path in [CORPUS.parent / "cases" / "core.yaml"] if path.is_file()]
"""Further situations, where they stand beside the checkout."""
SILENT = ("clear", "not-applicable")


@pytest.mark.parametrize("name", FILES)
def test_every_situation_of_a_file_has_the_answer_of_the_text(name: str) -> None:
    assert {one.case: one.differences for one in answered(name) if one.differences} == {}


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.stem)
def test_further_situations_have_the_answer_of_the_text(path: Path) -> None:
    assert {one.case: one.differences for one in run_cases(read_cases(path), CATALOG) if one.differences} == {}


def test_the_command_says_what_these_tests_say() -> None:
    """Cases are run for a user as they are here."""
    found = list(run_cases(read_cases(CASES / "mit.yaml"), CATALOG))
    assert [(one.case, one.differences) for one in found] == [(one.case, one.differences) for one in answered("mit")]


def test_every_license_has_situations_of_its_own() -> None:
    assert set(FILES) >= set(CATALOG.license_keys())


@cache
def outcomes_by_rule() -> dict[str, set[str]]:
    """Which outcomes the clauses of each rule have over all of the project's own situations."""
    found: dict[str, set[str]] = {}
    for result in (result for name in FILES for one in answered(name) for result in one.clauses):
        found.setdefault(result.rule, set()).add(result.outcome)
    return found


@cache
def triggers() -> dict[str, list[tuple[str, ...]]]:
    """The acts of all clauses of each rule."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for clause in (clause for key in CATALOG.license_keys() for clause in CATALOG.license(key).clauses):
        found.setdefault(clause.rule, []).append(clause.acts)
    return found


@pytest.mark.parametrize("rule", CATALOG.rule_names())
def test_every_rule_bites_in_one_situation_and_is_silent_in_another(rule: str) -> None:
    outcomes = outcomes_by_rule()[rule]
    assert outcomes - {*SILENT, "open", "fulfilled"}
    if not _always(rule):
        assert outcomes.intersection(SILENT)


def _always(rule: str) -> bool:
    """Whether a rule has no condition, and every clause of it is triggered by whatever is done with the model."""
    return CATALOG.rule(rule).when is None and all(not acts or "run" in acts for acts in triggers()[rule])
