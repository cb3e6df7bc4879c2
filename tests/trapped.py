"""What the tests of the traps share."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from license_audit.auditor import Auditor, Judged
from license_audit.model.evidence import Evidence, FoundText
from license_audit.model.license import Clause
from license_audit.model.profile import Profile, Use
from license_audit.readers.catalog import PackagedCatalog

ON = date(2026, 11, 23)


def numbers(names: Iterable[str]) -> set[int]:
    """Numbers of the traps in names like `t07-…` and `test_t02_and_t03_…`."""
    return {int(number) for name in names for number in re.findall(r"(?<![a-z0-9])t(\d\d)(?=[-_])", name)}


def clause(catalog: PackagedCatalog, name: str) -> Clause:
    """A clause by its whole id."""
    key, _, section = name.partition("/")
    return next(one for one in catalog.license(key).clauses if one.id == section)


def rules(catalog: PackagedCatalog, key: str) -> set[str]:
    """Rules that the clauses of a license follow."""
    return {one.rule for one in catalog.license(key).clauses}


def events(catalog: PackagedCatalog, key: str) -> set[str]:
    """Events that the clauses of a license wait for."""
    return {str(one.with_["event"]) for one in catalog.license(key).clauses if "event" in one.with_}


def judged(
    catalog: PackagedCatalog, evidence: Evidence, use: Mapping[str, object] | None = None, **facts: object
) -> Judged:
    """What is said of a model that a company runs for money, apart from what is said otherwise."""
    usual = {"acts": ["run"], "purpose": "commercial", "audience": "employees", "domains": ["translation"]}
    main = {**usual, "received_as": "weights", **(use or {})}
    organization = {"kind": "company", "agreements": [], "claims_against": [], **facts}
    profile = Profile.model_validate({"schema": "1", "organization": organization, "uses": {"main": main}})
    return Auditor(profile, catalog, ON).judge(evidence, "main", Use.model_validate(main))


def beside(model: str, found: str, *declared: str) -> Evidence:
    """A model with a published text in its folder."""
    text = FoundText(file="LICENSE", key=found, status="unaltered", similarity=1.0)
    return Evidence(model=model, declared=declared or None, texts=(text,), notice_file=False)


def outcomes(result: Judged) -> dict[str, str]:
    """Outcomes of all clauses, by id."""
    return {one.clause: one.outcome for one in result.assessment.clauses}
