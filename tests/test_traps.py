"""The traps, each by its number: what most people and many tools get wrong about licenses of models.

Situations stand in tests/cases/traps.yaml, whose cases are named for them. Here is what is no situation: facts of the
catalog and what a text found beside a model means. How clauses read is tested in tests/test_traps_in_texts.py.
"""

from datetime import date

import pytest

from license_audit.auditor import Auditor
from license_audit.model.catalog import KnownName
from license_audit.readers.card import read_card
from license_audit.readers.catalog import PackagedCatalog
from tests import test_traps_in_texts
from tests.situations import answered, situations
from tests.trapped import beside, clause, judged, numbers, outcomes, rules

COUNT = 58
LLAMAS = {
    "llama-2-community": "2023-06",
    "llama-3-community": "2024-03",
    "llama-3.1-community": "2024-06",
    "llama-3.2-community": "2024-08",
    "llama-3.3-community": "2024-11",
    "llama-4-community": "2025-03",
}
"""Agreements, each with the month before its printed release date."""


def test_every_trap_is_held_by_a_case_or_a_test() -> None:
    named = numbers([one.case for one in answered("traps")])
    named |= numbers([*globals(), *vars(test_traps_in_texts), *(f"{trap}-" for trap in WINDOWS)])
    assert named == set(range(1, COUNT + 1))


@pytest.mark.parametrize("number", sorted(numbers([one.case for one in answered("traps")])))
def test_the_cases_of_a_trap_have_the_answer_of_the_text(number: int) -> None:
    cases = [one for one in answered("traps") if one.case.startswith(f"t{number:02}-")]
    assert {one.case: one.differences for one in cases if one.differences} == {}


def test_where_readers_differ_the_answer_is_that_of_the_default_reading(catalog: PackagedCatalog) -> None:
    contested = [one for one in situations("traps") if one.case.contested]
    for one in contested:
        auditor = Auditor(one.profile, catalog, one.case.on)
        result = auditor.judge(one.evidence, "main", one.profile.uses["main"])
        assert result.assessment.verdict == one.case.expect.verdict, one.case.id


@pytest.mark.parametrize(("key", "month"), LLAMAS.items(), ids=list(LLAMAS))
def test_t01_the_month_before_the_release_counts_and_no_other(catalog: PackagedCatalog, key: str, month: str) -> None:
    around = {f"{year}-{number:02}": 5 for year in range(2022, 2027) for number in range(1, 13)}
    above = 700_000_001
    for users, outcome in (
        ({**around, month: above}, "barred"),
        ({**dict.fromkeys(around, above), month: 5}, "clear"),
    ):
        found = judged(catalog, beside("m", key), monthly_active_users=users, affiliates=[])
        assert outcomes(found)[f"{key}/2"] == outcome


@pytest.mark.parametrize("key", LLAMAS)
def test_t02_and_t03_more_than_the_limit_and_no_price(catalog: PackagedCatalog, key: str) -> None:
    test = clause(catalog, f"{key}/2")
    assert (test.with_["comparator"], test.with_["limit"]) == ("more-than", "700_000_000")
    assert [reading.name for reading in test.readings] == ["sum", "any"]
    assert (test.acts, test.cure) == ((), "separate-license")
    assert not {"royalty-payment", "royalty-report"} & rules(catalog, key)


def test_t07_uses_became_contains(catalog: PackagedCatalog) -> None:
    assert clause(catalog, "llama-3-community/1.b.i/2").readings == ()
    for key in list(LLAMAS)[2:]:
        assert len(clause(catalog, f"{key}/1.b.i/2").readings) == 2


def test_t08_the_european_sentence_stands_in_three_policies(catalog: PackagedCatalog) -> None:
    keys = [key for key in catalog.license_keys() if key.startswith("llama-")]
    assert {key for key in keys if "multimodal-in-region" in rules(catalog, key)} == {
        "llama-3.2-aup",
        "llama-3.3-aup",
        "llama-4-aup",
    }


def test_t10_a_language_out_of_scope_is_no_term() -> None:
    text = "---\nlicense: llama2\n---\n**Out-of-scope** Use in any language but English.\n"
    card = read_card(text, "c")
    assert (card.licenses, card.stated) == (("llama2",), ())


def test_t11_the_date_printed_in_the_text(catalog: PackagedCatalog) -> None:
    name = catalog.named("llama3.3")
    assert isinstance(name, KnownName)
    assert name.date == "2024-12-06"
    assert catalog.license("llama-3.3-community").date == date(2024, 12, 6)
    assert clause(catalog, "llama-3.3-community/2").with_["month"] == "2024-11"


@pytest.mark.parametrize(
    ("model", "found", "declared", "terms"),
    [
        ("meta-llama/Meta-Llama-Guard-2-8B", "llama-2-community", "llama3", "llama-3-community"),
        ("meta-llama/Llama-Guard-3-8B", "llama-3.2-community", "llama3.1", "llama-3.1-community"),
    ],
)
def test_t12_the_folder_does_not_decide(
    catalog: PackagedCatalog, model: str, found: str, declared: str, terms: str
) -> None:
    result = judged(catalog, beside(model, found, declared))
    assert set(result.assessment.terms) == {found, terms}
    assert "declared-differs-from-text" in {one.kind for one in result.findings}


@pytest.mark.parametrize(
    ("model", "declared", "terms"),
    [
        ("tiiuae/Falcon-H1-1.5B-Base", ("falcon-llm-license",), "falcon-tii-2024-12"),
        ("tiiuae/Falcon-H1-1.5B-Base", (), "falcon-tii-2024-12"),
        ("Kwai-Kolors/Kolors", (), "kolors"),
        ("xverse/XVERSE-13B", (), "xverse"),
        ("THUDM/glm-130b", (), "glm-130b"),
    ],
)
def test_t26_and_t52_apache_for_the_code_frees_no_weights(
    catalog: PackagedCatalog, model: str, declared: tuple[str, ...], terms: str
) -> None:
    result = judged(catalog, beside(model, "apache-2.0", *declared))
    assert terms in result.assessment.terms
    assert result.findings
    assert result.assessment.verdict != "allowed"


def test_t14_the_policy_of_code_llama_is_that_of_llama_2(catalog: PackagedCatalog) -> None:
    own, other = (catalog.license(key).clauses for key in ("codellama-aup", "llama-2-aup"))
    assert [(one.id, one.rule, one.with_) for one in own] == [(one.id, one.rule, one.with_) for one in other]


WINDOWS = {
    "t13": ["deepseek-ai/DeepSeek-R1-Distill-Llama-8B mit", "deepseek-ai/DeepSeek-R1-Distill-Qwen-7B mit"],
    "t14": ["codellama/CodeLlama-7b-hf llama-2-community", "codellama/CodeLlama-70b-hf llama-2-community"],
    "t15": [
        "mistralai/Codestral-22B-v0.1 mistral-mnpl-0.1",
        "mistralai/Mamba-Codestral-7B-v0.1 apache-2.0",
        "mistralai/Mathstral-7B-v0.1 apache-2.0",
        "mistralai/Mistral-Large-Instruct-2407 mistral-mrl-0.1",
        "mistralai/Mistral-Large-3-675B-Instruct-2512 apache-2.0",
        "mistralai/Devstral-2-123B-Instruct-2512 mistral-modified-mit-2026",
        "mistralai/Mistral-Medium-3.5-128B mistral-modified-mit-2026",
        "mistralai/Voxtral-4B-TTS-2603 cc-by-nc-4.0",
    ],
    "t19": [
        "tiiuae/falcon-rw-1b falcon-llm-1.0 2023-05-31 apache-2.0",
        "tiiuae/falcon-7b falcon-llm-1.0 2023-05-31 apache-2.0",
        "tiiuae/falcon-40b-instruct falcon-llm-1.0 2023-05-31 apache-2.0",
        "tiiuae/falcon-180B falcon-180b-1.0",
        "tiiuae/falcon-11B falcon-2-11b-1.0",
        "tiiuae/Falcon3-1B-Base falcon-tii-2024-12",
        "tiiuae/Falcon-H1-1.5B-Base falcon-tii-2024-12",
        "tiiuae/falcon-mamba-7b falcon-mamba-7b-1.0",
    ],
    "t28": [
        "mosaicml/mpt-30b apache-2.0",
        "mosaicml/mpt-7b-storywriter apache-2.0",
        "mosaicml/mpt-7b-8k-chat cc-by-nc-sa-4.0",
        "mosaicml/mpt-30b-chat cc-by-nc-sa-4.0",
        "mosaicml/mpt-30b-instruct cc-by-sa-3.0 2024-01-15 apache-2.0",
    ],
    "t35": [
        "google/gemma-2b gemma-tou-2024-02-21 2024-04-01 gemma-tou-2024-04-01 2025-03-24 gemma-tou-2025-03-24",
        "google/gemma-3-4b-it gemma-tou-2025-03-24",
        "google/gemma-4-31B-it apache-2.0",
        "google/medgemma-4b-it hai-def-2024-11-15",
    ],
    "t36": [
        "Qwen/Qwen-7B tongyi-qianwen-2023",
        "Qwen/Qwen-72B tongyi-qianwen-2023",
        "Qwen/Qwen-1_8B tongyi-qianwen-research-2023",
        "Qwen/Qwen1.5-7B tongyi-qianwen-2023",
        "Qwen/Qwen2-72B tongyi-qianwen-2023",
        "Qwen/Qwen2-7B apache-2.0",
        "Qwen/Qwen2.5-3B qwen-research-2024",
        "Qwen/Qwen2.5-7B apache-2.0",
        "Qwen/Qwen2.5-72B qwen-2024",
        "Qwen/Qwen3-8B apache-2.0",
    ],
    "t38": [
        "deepseek-ai/DeepSeek-V2 deepseek-la-1.0",
        "deepseek-ai/DeepSeek-V2.5 deepseek-la-1.0",
        "deepseek-ai/DeepSeek-V3 deepseek-la-1.0",
        "deepseek-ai/DeepSeek-V3-0324 mit",
        "deepseek-ai/DeepSeek-R1 mit",
    ],
    "t47": ["bigscience/bloom bigscience-bloom-rail-1.0", "databricks/dolly-v2-12b mit"],
    "t49": ["nvidia/Nemotron-4-340B-Instruct nvidia-open-model-earlier 2025-04-28 nvidia-open-model-2025-04"],
    "t50": ["xai-org/grok-1 apache-2.0", "xai-org/grok-2 grok-2-community-2025-08 2025-11-04 grok-2-community"],
    "t51": [
        "microsoft/phi-2 microsoft-research-license 2024-01-05 mit",
        "01-ai/Yi-34B yi-series-2.1 2024-05-30 apache-2.0",
        "internlm/internlm2-7b internlm-weights-form 2025-01-15 apache-2.0",
        "openbmb/MiniCPM3-4B minicpm 2025-06-06 apache-2.0",
        "THUDM/chatglm-6b chatglm-6b-nc-2023-03 2023-07-08 chatglm-6b",
        "THUDM/chatglm2-6b chatglm2-6b-nc-2023-06 2023-07-14 chatglm2-6b",
        "THUDM/chatglm3-6b chatglm3-6b-2023-10 2024-05-24 chatglm3-6b",
        "MiniMaxAI/MiniMax-M2 mit 2025-11-13 minimax-m2-modified-mit",
    ],
    "t53": ["THUDM/codegeex2-6b codegeex2", "OrionStarAI/Orion-14B-Base orion-14b"],
}
"""Models with their licenses and the days on which these changed, by trap."""


@pytest.mark.parametrize(("trap", "lines"), WINDOWS.items(), ids=list(WINDOWS))
def test_the_catalog_knows_better_than_the_rumor(catalog: PackagedCatalog, trap: str, lines: list[str]) -> None:
    for line in lines:
        model, *expected = line.split()
        entry = catalog.model(model)
        assert entry is not None, f"{trap}: {model}"
        found = [entry.windows[0].license]
        for window in entry.windows[1:]:
            found += [window.since or "", window.license]
        assert found == expected, f"{trap}: {model}"


def test_t47_what_the_lists_say_is_written_down(catalog: PackagedCatalog) -> None:
    for model, told in (("bigscience/bloom", "BigCode"), ("databricks/dolly-v2-12b", "apache-2.0")):
        entry = catalog.model(model)
        assert entry is not None
        assert told in (entry.note or "")


def test_t29_what_mirrors_and_first_cards_say_is_written_down(catalog: PackagedCatalog) -> None:
    said = {"mpt-7b-instruct": "CC-BY-SA-3.0", "mpt-7b-chat": "cc-by-sa-3.0", "mpt-30b-instruct": "CC-By-NC-SA-3.0"}
    for model, told in said.items():
        entry = catalog.model(f"mosaicml/{model}")
        assert entry is not None
        assert told in (entry.note or "")
