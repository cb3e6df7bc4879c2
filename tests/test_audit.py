"""The whole path: files in, report out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from license_audit.audit import check_files, run
from license_audit.errors import AuditError
from license_audit.model.report import ModelUse, Report
from license_audit.model.words import Verdict
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

ON = date(2026, 11, 24)
PROFILE = """
schema: 1
organization: {name: Acme, kind: company, agreements: [], claims_against: [], monthly_active_users: {at_most: 5}}
uses:
  shop:
    purpose: commercial
    environment: production
    acts: [run, build-product]
    audience: public
    domains: [customer-service]
    outputs: {train_models: none}
    attributable_revenue: {currency: EUR, at_least: 5, at_most: 9}
    derivative: {public_statements: false}
    fulfils: [danger-disclosure]
"""
Auditing = Callable[..., Report]


@pytest.fixture
def audit(tmp_path: Path, catalog: PackagedCatalog) -> Auditing:
    """Audit one model under a profile, with files of a local folder `m`."""

    def auditing(
        entry: str,
        profile: str = PROFILE,
        files: dict[str, str] | None = None,
        on: date = ON,
        fail_on: Verdict | None = None,
    ) -> Report:
        for name, text in (files or {}).items():
            (tmp_path / "m").mkdir(exist_ok=True)
            (tmp_path / "m" / name).write_text(text, encoding="utf-8")
        (tmp_path / "profile.yaml").write_text(profile, encoding="utf-8")
        (tmp_path / "models.yaml").write_text(f"schema: 1\nmodels:\n  - {entry}\n", encoding="utf-8")
        return run(tmp_path / "models.yaml", tmp_path / "profile.yaml", catalog, on, fail_on=fail_on)

    return auditing


def card(license_: str, body: str = "", **keys: str) -> dict[str, str]:
    """A folder with a card of our own writing."""
    more = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return {"README.md": f"---\nlicense: {license_}\n{more}---\n{body}\n"}


def only(report: Report) -> ModelUse:
    """The one result of a report."""
    (found,) = report.uses
    return found


def kinds(found: ModelUse) -> set[str]:
    """Kinds of the findings."""
    return {finding.kind for finding in found.findings}


def test_a_model_of_the_catalog(audit: Auditing) -> None:
    found = only(audit("{id: mistralai/Mistral-7B-v0.1, use: shop}"))
    assert (found.assessment.verdict, found.assessment.terms, found.line) == ("allowed", ("apache-2.0",), 3)


def test_a_model_nobody_knows_is_never_allowed(audit: Auditing) -> None:
    found = only(audit("{id: somebody/something, use: shop}"))
    assert found.assessment.verdict == "undetermined"
    assert "terms-unknown" in kinds(found)
    assert [question.path for question in found.assessment.questions] == ["evidence.license_text"]


def test_a_hosted_model_is_not_judged_by_the_terms_of_its_weights(audit: Auditing) -> None:
    found = only(audit("{provider: mistral, id: mistralai/Mistral-7B-v0.1, use: shop}"))
    assert found.assessment.verdict == "undetermined"


@pytest.mark.parametrize("named", ["front matter", "manifest", "adapter_config.json"])
def test_a_permissive_label_does_not_lift_the_terms_of_the_base(audit: Auditing, named: str) -> None:
    files = card("apache-2.0", **({"base_model": "meta-llama/Llama-2-7b-hf"} if named == "front matter" else {}))
    if named == "adapter_config.json":
        files["adapter_config.json"] = '{"base_model_name_or_path": "meta-llama/Llama-2-7b-hf"}'
    base = ", base: meta-llama/Llama-2-7b-hf" if named == "manifest" else ""
    found = only(audit(f"{{path: m, use: shop{base}}}", files=files))
    assert found.assessment.terms == ("apache-2.0", "llama-2-community")
    (dropped,) = [finding for finding in found.findings if finding.kind == "restriction-dropped"]
    assert {"llama-2-community/2", "llama-2-community/1.b.iv", "llama-2-community/1.b.v"} <= set(dropped.clauses)


@pytest.mark.parametrize(
    "files",
    [
        card("apache-2.0", "This model was fine-tuned from mistralai/Codestral-22B-v0.1 in a week."),
        card("apache-2.0") | {"config.json": '{"_name_or_path": "mistralai/Codestral-22B-v0.1"}'},
        card("apache-2.0", "Converted from https://huggingface.co/nobody/knows-this-one last week."),
    ],
)
def test_a_parent_that_is_only_inferred_is_a_question(audit: Auditing, files: dict[str, str]) -> None:
    found = only(audit("{path: m, use: shop}", files=files))
    assert found.assessment.verdict == "undetermined"
    assert "evidence.parents" in {question.path for question in found.assessment.questions}


def test_a_model_that_is_its_own_ancestor(audit: Auditing) -> None:
    found = only(audit("{id: a/b, base: a/b, use: shop}"))
    assert "lineage-loop" in kinds(found)
    assert found.assessment.verdict == "undetermined"


def test_text_found_is_stronger_than_the_label(audit: Auditing) -> None:
    found = only(audit("{path: m, use: shop}", files=card("apache-2.0") | {"LICENSE": "All rights reserved by me."}))
    assert "unknown-text" in kinds(found)
    assert found.assessment.verdict == "undetermined"


@pytest.mark.parametrize("ending", ["pdf", "docx", "rtf"])
def test_a_license_in_a_document_that_is_not_read_is_never_allowed(audit: Auditing, ending: str) -> None:
    found = only(audit("{path: m, use: shop}", files={**card("apache-2.0"), f"LICENSE.{ending}": "Not read."}))
    assert found.assessment.verdict == "undetermined"
    told = [finding.message for finding in found.findings if finding.kind == "unknown-text"]
    assert any("a document of this kind is not read" in message for message in told)


def test_a_declared_license_that_is_not_the_publishers(audit: Auditing) -> None:
    found = only(audit("{path: m, id: tiiuae/falcon-180B, use: shop}", files=card("apache-2.0")))
    assert found.assessment.terms == ("falcon-180b-1.0",)
    assert "declared-differs-from-found" in kinds(found)


@pytest.mark.parametrize(
    ("license_", "kind"),
    [
        ("other", "other-without-name"),
        ("openrail", "license-ambiguous"),
        ("my-own-terms", "license-unrecognized"),
        ("unknown", "license-missing"),
        ("falcon-mamba-7b-license", "clauses-not-encoded"),
        ("[mit, apache-2.0]", "several-licenses"),
    ],
)
def test_labels_that_settle_nothing(audit: Auditing, license_: str, kind: str) -> None:
    found = only(audit("{path: m, use: shop}", files=card(license_)))
    assert kind in kinds(found)
    assert found.assessment.verdict == "undetermined"


def test_terms_go_by_the_day_the_copy_was_obtained(audit: Auditing) -> None:
    dated = PROFILE + "    obtained_on: "
    entry = "{id: tiiuae/falcon-7b, use: shop}"
    before = only(audit(entry, dated + "2023-05-28"))
    assert (before.assessment.verdict, before.assessment.terms) == ("disallowed", ("falcon-llm-1.0",))
    assert "obtained-under-other-terms" in kinds(before)
    after = only(audit(entry, dated + "2023-05-31"))
    assert (after.assessment.verdict, after.assessment.terms) == ("allowed", ("apache-2.0",))
    assert kinds(after) == set()
    never = only(audit(entry, dated + "2022-01-01"))
    assert never.assessment.verdict == "undetermined"
    assert "terms-unknown" in kinds(never)
    unknown = only(audit(entry))
    assert (unknown.assessment.best, unknown.assessment.worst) == ("allowed", "disallowed")
    assert unknown.assessment.terms == ("falcon-llm-1.0", "apache-2.0")
    assert "uses.shop.obtained_on" in {question.path for question in unknown.assessment.questions}
    asked_early = only(audit(entry, on=date(2023, 5, 28)))
    assert asked_early.assessment.terms == ("falcon-llm-1.0",)


WAIVED = (
    PROFILE
    + """
waivers:
  - {model: mistralai/Codestral-22B-v0.1, finding: mistral-mnpl-0.1/3.2/1, by: legal, why: bought, until: 2026-11-24}
"""
)


def test_a_waiver_marks_and_removes_nothing(audit: Auditing) -> None:
    entry = "{id: mistralai/Codestral-22B-v0.1, use: shop}"
    plain, waived = only(audit(entry)), only(audit(entry, WAIVED))
    lapsed = only(audit(entry, WAIVED, on=date(2026, 11, 25)))
    assert (plain.gate, waived.gate, lapsed.gate) == ("fails", "waived", "fails")
    assert waived.assessment == plain.assessment
    assert [finding for finding in waived.findings if finding.kind != "waived"] == list(plain.findings)


def test_a_waiver_of_a_finding_kind_marks_it(audit: Auditing) -> None:
    profile = (
        WAIVED.replace("mistral-mnpl-0.1/3.2/1", "policy-denied") + "policy: {deny: {openness: [non-commercial]}}\n"
    )
    found = only(audit("{id: mistralai/Codestral-22B-v0.1, use: shop}", profile, fail_on="disallowed"))
    denied = [finding for finding in found.findings if finding.kind == "policy-denied"]
    assert all(finding.waived for finding in denied)
    assert found.gate == "fails"


@pytest.mark.parametrize(
    ("policy", "denied"),
    [
        ("deny: {licenses: [apache-2.0]}", True),
        ("deny: {licenses: [mit]}", False),
        ("deny: {publishers: [Mistral AI]}", True),
        ("deny: {models: [mistralai/Mistral-7B-v0.1]}", True),
        ("deny: {openness: [open]}", True),
        ("allow: {licenses: [mit]}", True),
        ("allow: {licenses: [apache-2.0]}", False),
        ("allow: {openness: [open]}", False),
        ("allow: {publishers: [Mistral AI]}", False),
        ("allow: {models: [mistralai/Mistral-7B-v0.1]}", False),
    ],
)
def test_the_organizations_own_policy(audit: Auditing, policy: str, denied: bool) -> None:
    found = only(audit("{id: mistralai/Mistral-7B-v0.1, use: shop}", f"{PROFILE}policy: {{{policy}}}\n"))
    assert ("policy-denied" in kinds(found)) is denied
    assert found.gate == ("fails" if denied else "passes")
    assert found.assessment.verdict == "allowed"


@pytest.mark.parametrize(
    ("policy", "denied"),
    [
        ("deny: {licenses: [gemma-tou-2024-04-01]}", True),
        ("deny: {openness: [community]}", True),
        ("deny: {openness: [api]}", False),
        ("allow: {licenses: [apache-2.0]}", True),
        ("allow: {openness: [community]}", False),
        ("allow: {licenses: [apache-2.0, gemma-tou-2024-04-01]}", False),
    ],
)
def test_policy_on_terms_that_are_not_encoded(audit: Auditing, policy: str, denied: bool) -> None:
    """A license counts for the policy whether its clauses are encoded or not."""
    files = card("gemma-tou-2024-04-01")
    found = only(audit("{path: m, use: shop}", f"{PROFILE}policy: {{{policy}}}\n", files=files))
    assert ("policy-denied" in kinds(found)) is denied


@pytest.mark.parametrize("policy", ["deny: {publishers: [Mistral AI]}", "deny: {models: [MistralAI/mistral-7b-v0.1]}"])
def test_what_is_denied_is_denied_in_what_is_made_of_it(audit: Auditing, policy: str) -> None:
    files = card("apache-2.0", base_model="mistralai/Mistral-7B-v0.1")
    found = only(audit("{path: m, use: shop}", f"{PROFILE}policy: {{{policy}}}\n", files=files))
    assert "policy-denied" in kinds(found)


def test_the_path_of_a_folder_names_no_publisher(audit: Auditing, tmp_path: Path) -> None:
    (tmp_path / "mistralai").mkdir()
    found = only(audit("{path: mistralai, use: shop}", f"{PROFILE}policy: {{allow: {{publishers: [Mistral AI]}}}}\n"))
    assert "policy-denied" in kinds(found)


def test_an_allow_list_denies_terms_that_are_known_in_part(audit: Auditing) -> None:
    profile = f"{PROFILE}policy: {{allow: {{licenses: [apache-2.0]}}}}\n"
    plain = only(audit("{path: m, use: shop}", profile, files=card("apache-2.0")))
    assert "policy-denied" not in kinds(plain)
    found = only(audit("{path: m, use: shop}", profile, files=card("apache-2.0", base_model="nobody/knows")))
    assert "policy-denied" in kinds(found)


def test_a_hosted_model_in_the_policy(audit: Auditing) -> None:
    denied = only(
        audit("{provider: openai, id: gpt-4, use: shop}", f"{PROFILE}policy: {{deny: {{openness: [api]}}}}\n")
    )
    assert "policy-denied" in kinds(denied)
    allowed = only(
        audit("{provider: openai, id: gpt-4, use: shop}", f"{PROFILE}policy: {{allow: {{openness: [api]}}}}\n")
    )
    assert "policy-denied" not in kinds(allowed)


def test_an_allow_list_denies_what_nobody_knows(audit: Auditing) -> None:
    found = only(audit("{id: a/b, use: shop}", f"{PROFILE}policy: {{allow: {{licenses: [mit]}}}}\n"))
    assert "policy-denied" in kinds(found)


def test_a_model_listed_twice_is_judged_once(audit: Auditing) -> None:
    report = audit("{id: mistralai/Mistral-7B-v0.1, use: [shop, shop]}")
    assert report.uses[0].assessment is report.uses[1].assessment


def test_every_problem_of_every_file_is_told(audit: Auditing) -> None:
    with pytest.raises(AuditError) as caught:
        audit("{id: a/b, use: shopp}", PROFILE + "policy: {deny: {licenses: [nonsense]}}\n")
    told = str(caught.value)
    assert "nobody knows a license 'nonsense'" in told
    assert "models.yaml:3:" in told
    assert "did you mean shop?" in told


def test_a_derivative_license_that_nobody_knows_is_a_problem(audit: Auditing) -> None:
    with pytest.raises(AuditError, match="nobody knows a license 'whatever'"):
        audit("{id: a/b, use: shop}", PROFILE.replace("{public_statements: false}", "{license: whatever}"))


def test_both_files_are_read_even_when_one_is_broken(audit: Auditing) -> None:
    with pytest.raises(AuditError) as caught:
        audit("{id: [], use: shop}", "schema: 2")
    assert {Path(problem.file).name for problem in caught.value.problems} == {"models.yaml", "profile.yaml"}


def test_two_runs_are_identical(catalog: PackagedCatalog) -> None:
    acme = ROOT / "examples" / "acme"
    reports = [run(acme / "models.yaml", acme / "profile.yaml", catalog, ON) for _ in range(2)]
    assert reports[0].model_dump_json() == reports[1].model_dump_json()


def test_acme_shows_each_verdict_and_a_dropped_restriction(catalog: PackagedCatalog) -> None:
    acme = ROOT / "examples" / "acme"
    report = run(acme / "models.yaml", acme / "profile.yaml", catalog, ON)
    assert {found.assessment.verdict for found in report.uses} == {
        "allowed",
        "conditional",
        "undetermined",
        "disallowed",
    }
    assert "restriction-dropped" in {kind for found in report.uses for kind in kinds(found)}


def test_progress_is_told_model_by_model(catalog: PackagedCatalog) -> None:
    acme = ROOT / "examples" / "acme"
    seen: list[tuple[int, int]] = []
    run(acme / "models.yaml", acme / "profile.yaml", catalog, ON, lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == len(seen)


def test_a_broken_profile_hides_no_problem_of_the_manifest(tmp_path: Path, catalog: PackagedCatalog) -> None:
    (tmp_path / "profile.yaml").write_text("schema: 2\n", encoding="utf-8")
    (tmp_path / "models.yaml").write_text("schema: 1\nmodels: [{id: '..', use: a}]\n", encoding="utf-8")
    problems = check_files(tmp_path / "models.yaml", tmp_path / "profile.yaml", catalog)
    assert [Path(problem.file).name for problem in problems] == ["models.yaml", "profile.yaml"]


def test_a_folder_without_card_or_text_is_undetermined(audit: Auditing) -> None:
    found = only(audit("{path: m, use: shop}", files={"config.json": "{}"}))
    assert found.assessment.verdict == "undetermined"
    assert (found.found, found.texts, found.concluded) == ((), (), ())
    assert [finding.kind for finding in found.findings] == ["terms-unknown"]
