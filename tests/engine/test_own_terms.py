"""What is concluded about a model's own terms, and what does not travel."""

from datetime import date

import pytest

from license_audit.engine.formula import Leaf
from license_audit.engine.lineage import Binder, resolve
from license_audit.engine.own_terms import Moment, own_terms
from license_audit.model.catalog import CatalogModel, Window
from license_audit.model.evidence import Evidence, Parent
from license_audit.model.profile import Fulfilment
from license_audit.readers.catalog import PackagedCatalog

ON = date(2026, 11, 24)
OLD = Window("cc-by-sa-3.0", None, "2024-01", "a note", "high")
NEW = Window("apache-2.0", "2024-01", None, "a note", "high")
MODEL = CatalogModel("lab/model", "Lab", (OLD, NEW), (), "fine-tune", None)


def keys(obtained: date | None, on: date = ON) -> list[str]:
    """License keys that may hold for a copy."""
    own = own_terms(Evidence(model="lab/model"), MODEL, PackagedCatalog(), Moment(on, obtained))
    return [key for key, _ in own.windows]


@pytest.mark.parametrize(
    ("obtained", "expected"),
    [
        (date(2020, 1, 1), ["cc-by-sa-3.0"]),
        (date(2023, 12, 31), ["cc-by-sa-3.0"]),
        (date(2024, 1, 1), ["apache-2.0"]),
        (None, ["cc-by-sa-3.0", "apache-2.0"]),
    ],
)
def test_a_window_without_a_first_day_reaches_back(obtained: date | None, expected: list[str]) -> None:
    assert keys(obtained) == expected


def test_terms_that_came_later_than_the_question_do_not_count() -> None:
    assert keys(None, on=date(2023, 6, 1)) == ["cc-by-sa-3.0"]


def test_an_open_date_is_one_question() -> None:
    own = own_terms(Evidence(model="lab/model"), MODEL, PackagedCatalog(), Moment(ON, None))
    guards = [guard for _, guard in own.windows]
    assert {guard.path for guard in guards if isinstance(guard, Leaf)} == {"use.obtained_on"}


def test_two_texts_in_one_folder_both_apply() -> None:
    evidence = Evidence(model="m", found=("mit", "apache-2.0"))
    own = own_terms(evidence, None, PackagedCatalog(), Moment(ON, None))
    assert [key for key, _ in own.windows] == ["mit", "apache-2.0"]
    assert [finding.kind for finding in own.findings] == ["several-licenses"]


def test_outputs_of_a_free_model_leave_no_trace() -> None:
    parent = Parent(evidence=Evidence(model="lab/base", declared=("apache-2.0",)), relation="distill", basis="declared")
    found = resolve(
        Evidence(model="m", declared=("mit",), parents=(parent,)), Binder(PackagedCatalog()), Moment(ON, None)
    )
    assert (found.terms.keys, found.findings) == (("mit",), ())


def test_a_record_in_full() -> None:
    assert Fulfilment.model_validate({"duty": "credit", "licenses": ["mit"]}) == Fulfilment(
        duty="credit", licenses=("mit",)
    )
