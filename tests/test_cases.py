"""Law as data: every situation of the case files, and every rule seen to bite and to stay silent."""

import pytest

from license_audit.auditor import Auditor
from license_audit.readers.cases import Situated, read_cases
from license_audit.readers.catalog import PackagedCatalog
from license_audit.verify import run_cases
from tests.conftest import CASES, CORPUS, ROOT

FILES = sorted(CASES.glob("*.yaml"))
SHARED = [path for path in [CORPUS.parent / "cases" / "core.yaml"] if path.is_file()]
"""Further situations, where they stand beside the checkout."""
SITUATIONS = [
    pytest.param(situated, id=f"{path.stem}:{situated.case.id}")
    for path in FILES + SHARED
    for situated in read_cases(path)
]
SILENT = ("clear", "not-applicable")


@pytest.mark.parametrize("situated", SITUATIONS)
def test_a_situation_has_the_answer_of_the_text(situated: Situated, catalog: PackagedCatalog) -> None:
    (outcome,) = run_cases([situated], catalog)
    assert outcome.differences == ()


def test_every_license_has_situations_of_its_own(catalog: PackagedCatalog) -> None:
    assert {path.stem for path in FILES} >= set(catalog.license_keys())


@pytest.fixture(scope="module")
def outcomes_by_rule(catalog: PackagedCatalog) -> dict[str, set[str]]:
    """Which outcomes the clauses of each rule have over all of the project's own situations."""
    found: dict[str, set[str]] = {}
    for path in FILES:
        for situated in read_cases(path):
            ((use_name, use),) = situated.profile.uses.items()
            auditor = Auditor(situated.profile, catalog, situated.case.on)
            for result in auditor.judge(situated.evidence, use_name, use)[0].clauses:
                found.setdefault(result.rule, set()).add(result.outcome)
    return found


@pytest.mark.parametrize("rule", PackagedCatalog(ROOT).rule_names())
def test_every_rule_bites_in_one_situation_and_is_silent_in_another(
    rule: str, outcomes_by_rule: dict[str, set[str]]
) -> None:
    outcomes = outcomes_by_rule[rule]
    assert outcomes - {*SILENT, "open", "fulfilled"}
    if not _always(rule):
        assert outcomes.intersection(SILENT)


def _always(rule: str) -> bool:
    """Whether a rule has no condition, and every clause of it is triggered by whatever is done with the model."""
    catalog = PackagedCatalog(ROOT)
    clauses = [
        clause for key in catalog.license_keys() for clause in catalog.license(key).clauses if clause.rule == rule
    ]
    return catalog.rule(rule).when is None and all(not clause.acts or "run" in clause.acts for clause in clauses)
