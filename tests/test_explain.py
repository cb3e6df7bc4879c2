"""Licenses, clauses, rules and models in depth; coverage of every section; case comparison."""

from pathlib import Path

import pytest

from license_audit.errors import AuditError
from license_audit.explain import explain, explain_coverage
from license_audit.model.report import Assessment, Finding
from license_audit.readers.cases import Case
from license_audit.readers.catalog import PackagedCatalog
from license_audit.verify import differences, ids_match
from tests.conftest import CORPUS, ROOT

CATALOG = PackagedCatalog(ROOT)


@pytest.mark.parametrize("key", CATALOG.license_keys())
def test_no_section_is_left_out(key: str) -> None:
    text = explain_coverage(key, CATALOG)
    license_ = CATALOG.license(key)
    total = len(license_.sections)
    read = (
        " covered" if license_.coverage == "sections" else " that were read covered; only the key clauses are encoded"
    )
    assert text.endswith(f"{total} of {total} sections{read}\n")
    assert "NOT COVERED" not in text


@pytest.mark.parametrize("key", CATALOG.license_keys())
def test_a_license_is_explained_clause_by_clause(key: str) -> None:
    text = explain(key, CATALOG)
    for clause in CATALOG.license(key).clauses:
        assert f"{key}/{clause.id}  [" in text


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        ("llama2", "Llama 2 Community License Agreement"),
        ("llama-2-community/2", "more than 700,000,000"),
        ("llama-2-community/2", "reading any: each company is compared with the line by itself (held by readers of"),
        ("llama-2-community", "What you may do Permitted by Acts 1.a run, fine-tune, "),
        ("llama-2-community", "read in more than one way: sum, any"),
        ("falcon-llm-1.0", "8.2.c Royalty above the attributable more than 1,000,000"),
        ("falcon-180b-1.0", "(text not held)"),
        ("mit", "license · publisher Massachusetts Institute of Technology · no version · undated · MIT · open"),
        ("llama-2-aup", "LicenseRef-llama-2-aup · language en"),
        ("llama-2-aup", "How it was read read by two readings, the second made blind on 2026-11-24, confidence high"),
        (
            "tatsu-lab/alpaca",
            "Alpaca (tatsu-lab/alpaca, a data set) license: Creative Commons Attribution-NonCommercial",
        ),
        ("tatsu-lab/alpaca", "(cc-by-nc-4.0, non-commercial) limits whoever trains on it: non-commercial, generator"),
        ("alpaca", "holds outputs of: openai note: "),
        ("ms_marco", "license: MS MARCO terms, non-commercial research purposes only limits"),
        ("books3", "license: none is known limits whoever trains on it: unlicensed, contested note: "),
        ("common voice", "(cc0-1.0, permissive) note: Voices given by volunteers"),
        ("openai", "OpenAI (openai, a provider of hosted models, api)"),
        ("openai", "terms: OpenAI Services Agreement and Usage Policies (text not read)"),
        ("user-threshold", " llama-2-community/2 any 700,000,000 more than "),
        ("user-threshold", "used by: "),
        ("permission", "Permission to act"),
        ("tiiuae/falcon-40b", "until 2023-05-31"),
        ("mosaicml/mpt-7b-chat", "fine-tune of mosaicml/mpt-7b"),
        ("openrail", "can mean"),
        ("permission", "grant Meaning The licensor permits the acts the clause lists."),
        (
            "facts",
            "evidence.age_in_months (amount; more-than, at-least, less-than, at-most) evidence.data_disclosed (flag",
        ),
        ("facts", "use.purpose (choice; is, one-of) commercial, internal-business, research"),
        ("facts", "use.domains (items; includes-any) customer-service, software-development, "),
        ("mistralai/Codestral-22B-v0.1", "note: "),
        ("mistralai/Mistral-7B-v0.1", "Apache License 2.0 (apache-2.0, open) since 2023-09-27"),
    ],
)
def test_other_subjects(subject: str, told: str) -> None:
    assert told in " ".join(explain(subject, CATALOG).split())


KNOWN = """\
schema: 1
known:
  a: {title: A, publisher: P, spdx: LicenseRef-a, kind: license, openness: community, version: "2", date: 2024-05,
      language: zh+en, incorporates: [{key: c, held: true}, {key: House Rules, held: false}], supersedes: b,
      aliases: [old]}
  b: {title: B, publisher: P, spdx: LicenseRef-b, kind: license, openness: research-only, version: null, date: null,
      published: 2023-01-31, language: fr, aliases: null}
  c: {title: C, publisher: Q, spdx: LicenseRef-c, kind: policy, version: null, date: null, language: en, aliases: []}
ambiguous: {}
nothing: []
"""


@pytest.mark.parametrize(
    ("subject", "told"),
    [
        (
            "old",
            """\
A (a)
  license · publisher P · version 2 · 2024-05 · LicenseRef-a · community · language zh+en
  replaces B (b)
  all versions side by side: 2 versions from b to a
  Its clauses are not encoded yet: nothing is said here about what it permits, asks or forbids.

What incorporates what
  incorporates C (c) (clauses not encoded)
  incorporates House Rules (text not held)

Which models came under it
  No model of the catalog.
""",
        ),
        (
            "b",
            """\
B (b)
  license · publisher P · no version · published 2023-01-31 · LicenseRef-b · research-only ·
    language fr
  replaced by A (a)
  all versions side by side: 2 versions from b to a
  Its clauses are not encoded yet: nothing is said here about what it permits, asks or forbids.

Which models came under it
  No model of the catalog.
""",
        ),
        (
            "licenseref-c",
            """\
C (c)
  policy · publisher Q · no version · undated · LicenseRef-c · language en
  Its clauses are not encoded yet: nothing is said here about what it permits, asks or forbids.

What incorporates what
  part of A (a)

Which models came under it
  No model of the catalog.
""",
        ),
    ],
)
def test_a_license_that_is_not_encoded_shows_its_identity(tmp_path: Path, subject: str, told: str) -> None:
    (tmp_path / "licenses").mkdir()
    (tmp_path / "licenses" / "names.yaml").write_text(KNOWN, encoding="utf-8")
    assert explain(subject, PackagedCatalog(tmp_path)) == told


PROVIDERS = "schema: 1\nproviders:\n  both: {title: Both, aliases: [c], terms: Rules, license: a}\n"
DATA = """\
schema: 1
data:
  both: {title: Both, terms: House Rules, limits: [own-terms], note: It is., source: read, confidence: low}
"""


def test_a_name_of_a_data_set_and_of_a_provider_shows_both(tmp_path: Path) -> None:
    (tmp_path / "licenses").mkdir()
    for name, text in (("names", KNOWN), ("providers", PROVIDERS), ("data", DATA)):
        (tmp_path / "licenses" / f"{name}.yaml").write_text(text, encoding="utf-8")
    assert (
        explain("both", PackagedCatalog(tmp_path))
        == """\
Both (both, a data set)
    license: House Rules
    limits whoever trains on it: own-terms
    note: It is.
    low: read
Both (both, a provider of hosted models, api)
    terms: Rules (A (a, community))
"""
    )


@pytest.mark.parametrize("subject", ["lama-2-community", "mit/nothing", "a/b/c"])
def test_an_unknown_subject_is_a_problem(subject: str) -> None:
    with pytest.raises(AuditError, match="no license, clause, rule or model is called that"):
        explain(subject, CATALOG)
    with pytest.raises(AuditError):
        explain_coverage(subject, CATALOG)


def test_a_misspelt_subject_gets_a_hint() -> None:
    with pytest.raises(AuditError, match="did you mean llama-2-community"):
        explain("lama-2-community", CATALOG)


def test_a_misspelt_data_set_gets_a_hint() -> None:
    with pytest.raises(AuditError, match="did you mean tatsu-lab/alpaca"):
        explain("tatsu-lab/alpacca", CATALOG)


def test_anchors_stand_in_the_texts() -> None:
    """Runs over the texts that stand beside the checkout; without them there is nothing to compare."""
    for key in CATALOG.license_keys():
        path = CORPUS / "licenses" / f"{key}.txt"
        words = _words(path.read_text(encoding="utf-8")) if path.is_file() else ""
        for clause in CATALOG.license(key).clauses:
            assert len(clause.anchor.split()) <= 8
            assert not words or _is_in(clause.anchor, words), f"{key}/{clause.id}"


def _is_in(anchor: str, words: str) -> bool:
    """Whether an anchor stands in a text. Where words have no spaces between them, lines may break anywhere."""
    if anchor.isascii():
        return _words(anchor) in words
    return _words(anchor).replace(" ", "") in words.replace(" ", "")


def _words(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.lower()).split())


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("a/2", "a/2", True),
        ("a/2", "a/2.b", True),
        ("a/2/1", "a/2", True),
        ("a/2", "a/20", False),
        ("a/2", "b/2", False),
    ],
)
def test_ids_match_by_whole_parts(first: str, second: str, expected: bool) -> None:
    assert ids_match(first, second) is expected


def test_an_unwanted_finding_is_told() -> None:
    expect = {"verdict": "undetermined", "not_findings": ["lineage-loop"]}
    common = {"id": "c", "license": "mit", "profile": {"uses": {"m": {}}}, "on": "2026-11-24", "why": "w"}
    loop = Finding(kind="lineage-loop", level="warning", message="m")
    case = Case.model_validate({**common, "expect": expect})
    assert list(differences(case, Assessment.model_validate(FOUND), (loop,))) == ["has the finding lineage-loop"]


FOUND = {
    "verdict": "undetermined",
    "best": "allowed",
    "worst": "conditional",
    "reason": "r",
    "owed": ("a/1",),
    **dict.fromkeys(["decisive", "terms", "clauses", "questions", "changes", "readings"], ()),
}


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ({"verdict": "undetermined", "best": "conditional"}, "best allowed, expected conditional"),
        ({"verdict": "undetermined", "worst": "disallowed"}, "worst conditional, expected disallowed"),
        ({"verdict": "undetermined", "owed": ["a/2"]}, "does not owe a/2; owes a/1"),
        ({"verdict": "undetermined", "owed": ["a/1"], "may_owe": ["a/9"]}, ""),
        ({"verdict": "allowed"}, "verdict undetermined, expected allowed"),
        ({"verdict": "allowed", "also_accept": ["undetermined"]}, ""),
        ({"verdict": "undetermined", "decisive": ["a/1"]}, "decisive a/1 is not in the explanation"),
        ({"verdict": "undetermined", "terms": ["mit"]}, "terms nothing, expected mit"),
        ({"verdict": "undetermined", "questions": ["x"]}, "does not ask x, but nothing"),
        ({"verdict": "undetermined", "findings": ["x"]}, "lacks the finding x, has nothing"),
        ({"verdict": "undetermined", "outcomes": {"a/1": "owed"}}, "a/1 is absent, expected owed"),
    ],
)
def test_differences_are_told(expect: dict[str, object], told: str) -> None:
    data = {
        "id": "c",
        "license": "mit",
        "profile": {"uses": {"m": {}}},
        "on": "2026-11-24",
        "expect": expect,
        "why": "w",
    }
    found = differences(Case.model_validate(data), Assessment.model_validate(FOUND), ())
    assert "; ".join(found) == told


def told_of(verdict: str, expect: dict[str, object], *clauses: dict[str, object], lost: tuple[str, ...] = ()) -> str:
    """What differs from an expectation, of a finished assessment with these clauses."""
    common = dict.fromkeys(("license", "section", "rule", "title", "gist", "remedy", "question"), "x")
    results = tuple({"clause": "a/1", "condition": None, "kind": "duty", **common, **one} for one in clauses)
    found = {**FOUND, "verdict": verdict, "best": verdict, "worst": verdict, "owed": (), "clauses": results}
    dropped = Finding(kind="restriction-dropped", level="warning", message="m", clauses=lost)
    case = {"id": "c", "license": "mit", "profile": {"uses": {"m": {}}}, "on": "2026-11-24", "why": "w"}
    checked = Case.model_validate({**case, "expect": {"verdict": verdict, **expect}})
    return "; ".join(differences(checked, Assessment.model_validate(found), (dropped,)))


def test_tokens_cures_and_what_is_dropped_are_compared() -> None:
    owed: dict[str, object] = {"outcome": "owed", "fulfilled_by": ("license-copy",), "cure": None}
    assert told_of("conditional", {"duties": ["license-copy"]}, owed) == ""
    assert told_of("conditional", {"duties": ["credit"]}, owed) == "owes nothing called credit"
    barred: dict[str, object] = {"outcome": "barred", "fulfilled_by": (), "cure": "separate-license"}
    assert told_of("disallowed", {"cure": ["separate-license"]}, barred) == ""
    assert told_of("disallowed", {"cure": ["payment"]}, barred) == ""
    assert told_of("disallowed", {"cure": ["stop"]}, barred) == "cures payment, separate-license, expected stop"
    assert told_of("disallowed", {"cure": ["stop"]}, {**barred, "cure": None}) == ""
    assert told_of("allowed", {"dropped": ["a/1"]}, lost=("a/1/2",)) == ""
    assert told_of("allowed", {"dropped": ["a/1"]}, lost=("a/2",)) == "does not tell that a/1 is dropped"
