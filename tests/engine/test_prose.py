"""What a card's prose says against the license that is concluded."""

from datetime import date
from typing import Any

import pytest

from license_audit.engine.own_terms import Moment, own_terms
from license_audit.engine.prose import prose
from license_audit.model.evidence import Evidence, Statement
from license_audit.readers.catalog import PackagedCatalog


def said(kind: Any, license_: str = "", about: Any = "model") -> Statement:
    """A statement on line 7."""
    return Statement(kind=kind, license=license_, about=about, quote="as it says", line=7)


@pytest.mark.parametrize(
    ("statement", "keys", "is_told", "is_unsure"),
    [
        (said("non-commercial"), ("apache-2.0",), True, True),
        (said("non-commercial"), ("llama-2-community",), True, True),
        (said("non-commercial"), ("cc-by-nc-4.0",), False, False),
        (said("non-commercial"), ("mistral-mrl-0.1",), False, False),
        (said("non-commercial"), ("mit", "cc-by-nc-4.0"), False, False),
        (said("research-only"), ("cc-by-nc-4.0",), True, True),
        (said("research-only"), ("mistral-mrl-0.1",), False, False),
        (said("license", "apache-2.0"), ("apache-2.0",), False, False),
        (said("license", "MIT"), ("apache-2.0",), True, False),
        (said("license", "apache-2.0"), ("llama-2-community",), True, False),
        (said("license", "llama2"), ("apache-2.0",), True, True),
        (said("license", "gemma"), ("mit",), True, True),
        (said("license", "gemma"), ("gemma-tou-2024-04-01",), False, False),
        (said("license", "house rules"), ("mit",), False, False),
        (said("license", "llama2", "code"), ("mit",), False, False),
        (said("non-commercial", about="data"), ("mit",), False, False),
        (said("upstream-terms"), ("mit",), False, False),
        (said("non-commercial"), (), False, False),
    ],
)
def test_statements(
    catalog: PackagedCatalog, statement: Statement, keys: tuple[str, ...], *, is_told: bool, is_unsure: bool
) -> None:
    found = prose(Evidence(model="x/y", stated=(statement,)), keys, catalog)
    assert (bool(found.findings), found.is_unsure) == (is_told, is_unsure)


def test_what_is_told(catalog: PackagedCatalog) -> None:
    again = said("non-commercial").model_copy(update={"line": 90})
    found = prose(Evidence(model="x/y", stated=(said("non-commercial"), again)), ("mit",), catalog)
    assert [finding.message for finding in found.findings] == [
        "x/y: mit is declared or found, but the card says that commercial use is not allowed (line 7: “as it says”)"
    ]
    assert found.findings[0].kind == "declared-differs-from-prose"


def test_a_label_that_can_mean_several_texts(catalog: PackagedCatalog) -> None:
    evidence = Evidence(model="x/y", declared=("gemma",), stated=(said("license", "apache-2.0"),))
    own = own_terms(evidence, None, catalog, Moment(date(2026, 11, 26), None))
    assert "declared-differs-from-prose" in {finding.kind for finding in own.findings}
    assert own.unknown is True
