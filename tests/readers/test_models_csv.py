"""Which model came under which license, and when: against the list of models where it is, and by facts read in it."""

import csv

import pytest

from license_audit.model.catalog import CatalogModel, KnownName
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import CORPUS

LISTED = CORPUS.parent / "design" / "models.csv"
NAMED = {"unknown": ["fugaku-llm-terms"]}
"""Terms that the list has no key for."""
CLOSER = {
    "google/gemma-2b": "terms by the date of the copy, which the list gives in a note",
    "google/gemma-2b-it": "the same",
    "google/gemma-7b": "the same",
    "google/gemma-7b-it": "the same",
    "google/codegemma-7b": "the edition of 2025-03-24 replaced the one of the list",
    "google/codegemma-7b-it": "the same",
    "google/gemma-2-27b": "the same",
    "google/gemma-2-27b-it": "the same",
    "google/gemma-2-2b": "the same",
    "google/gemma-2-2b-it": "the same",
    "google/gemma-2-9b": "the same",
    "google/gemma-2-9b-it": "the same",
    "google/paligemma-3b-pt-224": "the same",
    "google/recurrentgemma-2b": "the same",
    "black-forest-labs/FLUX.1-dev": "the list leaves out the day of the change, 2025-06-26",
    "openbmb/MiniCPM3-4B": "Apache-2.0 from 2025-06-06, which the list gives as its source",
    "openbmb/MiniCPM-2B-sft-bf16": "the same, and the text prints a later day than that of the release",
    "openbmb/MiniCPM-o-2_6": "older than the change of its series",
    "nvidia/Nemotron-4-340B-Instruct": "the text prints a later day than that of the release",
    "nvidia/Cosmos-1.0-Diffusion-7B-Text2World": "the same",
    "nvidia/nemotron-3-8b-base-4k": "the same",
    "Lightricks/LTX-2": "the same",
    "mistralai/mathstral-7B-v0.1": "listed twice, and better under its other spelling",
}
"""Models whose windows say more than their rows, each with why."""


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The list of models."""
    with LISTED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _model(catalog: PackagedCatalog, model_id: str) -> CatalogModel:
    found = catalog.model(model_id)
    assert found is not None, model_id
    return found


def _windows(model: CatalogModel) -> list[tuple[str, str | None, str | None]]:
    return [(window.license, window.since, window.until) for window in model.windows]


@pytest.mark.skipif(not LISTED.exists(), reason="the list of models is not here")
def test_every_row_is_in_the_catalog_under_the_same_license(
    catalog: PackagedCatalog, rows: list[dict[str, str]]
) -> None:
    assert len(rows) == 827
    for row in rows:
        model = _model(catalog, row["model_id"])
        key = row["license_key"]
        held = {window.license for window in model.windows}
        assert held.issuperset(NAMED.get(key) or key.split("+")), row["model_id"]


@pytest.mark.skipif(not LISTED.exists(), reason="the list of models is not here")
def test_days_and_confidence_are_those_of_the_list(catalog: PackagedCatalog, rows: list[dict[str, str]]) -> None:
    differing = {
        row["model_id"]
        for row in rows
        if (row["license_key"], row["since_date"], row["until_date"], row["confidence"])
        not in {
            (window.license, window.since or "", window.until or "", window.confidence)
            for window in _model(catalog, row["model_id"]).windows
        }
        and row["license_key"] not in NAMED
        and "+" not in row["license_key"]
    }
    assert differing == CLOSER.keys()


@pytest.mark.skipif(not LISTED.exists(), reason="the list of models is not here")
def test_no_model_lost_a_window(catalog: PackagedCatalog, rows: list[dict[str, str]]) -> None:
    for model_id in {row["model_id"] for row in rows}:
        count = sum(row["model_id"] == model_id for row in rows)
        assert len(_model(catalog, model_id).windows) >= count, model_id


@pytest.mark.parametrize(
    ("model_id", "windows"),
    [
        ("tiiuae/falcon-7b", [("falcon-llm-1.0", "2023-05-25", "2023-05-31"), ("apache-2.0", "2023-05-31", None)]),
        ("tiiuae/falcon-40b", [("falcon-llm-1.0", "2023-05-26", "2023-05-31"), ("apache-2.0", "2023-05-31", None)]),
        ("tiiuae/falcon-rw-1b", [("falcon-llm-1.0", "2023-05", "2023-05-31"), ("apache-2.0", "2023-05-31", None)]),
        (
            "mosaicml/mpt-7b-instruct",
            [("cc-by-sa-3.0", "2023-05-05", "2024-01-15"), ("apache-2.0", "2024-01-15", None)],
        ),
        (
            "mosaicml/mpt-7b-8k-instruct",
            [("cc-by-sa-3.0", "2023-07-18", "2024-01-15"), ("apache-2.0", "2024-01-15", None)],
        ),
        (
            "mosaicml/mpt-30b-instruct",
            [("cc-by-sa-3.0", "2023-06-22", "2024-01-15"), ("apache-2.0", "2024-01-15", None)],
        ),
        (
            "THUDM/chatglm-6b",
            [("chatglm-6b-nc-2023-03", "2023-03-14", "2023-07-08"), ("chatglm-6b", "2023-07-08", None)],
        ),
        (
            "THUDM/chatglm2-6b",
            [("chatglm2-6b-nc-2023-06", "2023-06-25", "2023-07-14"), ("chatglm2-6b", "2023-07-14", None)],
        ),
        (
            "THUDM/chatglm3-6b",
            [("chatglm3-6b-2023-10", "2023-10-27", "2024-05-24"), ("chatglm3-6b", "2024-05-24", None)],
        ),
        ("microsoft/phi-2", [("microsoft-research-license", "2023-12-12", "2024-01-05"), ("mit", "2024-01-05", None)]),
        ("microsoft/phi-1", [("microsoft-research-license", None, "2024-02"), ("mit", "2024-01", None)]),
        ("01-ai/Yi-34B", [("yi-series-2.1", "2023-11-02", "2024-05-30"), ("apache-2.0", "2024-05-30", None)]),
        ("internlm/internlm2-7b", [("internlm-weights-form", None, "2025-01-15"), ("apache-2.0", "2025-01-15", None)]),
        ("openbmb/MiniCPM3-4B", [("minicpm", "2024-09-05", "2025-06-06"), ("apache-2.0", "2025-06-06", None)]),
        (
            "black-forest-labs/FLUX.1-dev",
            [("flux-1-dev-nc-2024-08", "2024-08-01", "2025-06-27"), ("flux-1-dev-nc", "2025-06-26", None)],
        ),
        (
            "MiniMaxAI/MiniMax-M2",
            [("mit", "2025-10-27", "2025-11-13"), ("minimax-m2-modified-mit", "2025-11-13", None)],
        ),
        (
            "google/gemma-7b",
            [
                ("gemma-tou-2024-02-21", "2024-02-21", "2024-04-01"),
                ("gemma-tou-2024-04-01", "2024-04-01", "2025-03-24"),
                ("gemma-tou-2025-03-24", "2025-03-24", None),
            ],
        ),
        ("deepseek-ai/DeepSeek-V3", [("deepseek-la-1.0", "2024-12-26", None)]),
        ("deepseek-ai/DeepSeek-V3-0324", [("mit", "2025-03-24", None)]),
        (
            "xai-org/grok-2",
            [("grok-2-community-2025-08", "2025-08-23", "2025-11-04"), ("grok-2-community", "2025-11-04", None)],
        ),
    ],
)
def test_changes_of_known_models(
    catalog: PackagedCatalog, model_id: str, windows: list[tuple[str, str | None, str | None]]
) -> None:
    """Table 5.2 of the fact sheets, line by line."""
    assert _windows(_model(catalog, model_id)) == windows


@pytest.mark.parametrize(
    ("trap", "model_id", "license_"),
    [
        ("T12", "meta-llama/Meta-Llama-Guard-2-8B", "llama-3-community"),
        ("T12", "meta-llama/Llama-Guard-3-8B", "llama-3.1-community"),
        ("T13", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "mit"),
        ("T14", "codellama/CodeLlama-70b-hf", "llama-2-community"),
        ("T15", "mistralai/Codestral-22B-v0.1", "mistral-mnpl-0.1"),
        ("T15", "mistralai/Mamba-Codestral-7B-v0.1", "apache-2.0"),
        ("T15", "mistralai/Mathstral-7B-v0.1", "apache-2.0"),
        ("T15", "mistralai/Mistral-Large-Instruct-2411", "mistral-mrl-0.1"),
        ("T15", "mistralai/Devstral-2-123B-Instruct-2512", "mistral-modified-mit-2026"),
        ("T15", "mistralai/Mistral-Medium-3.5-128B", "mistral-modified-mit-2026"),
        ("T15", "mistralai/Voxtral-4B-TTS-2603", "cc-by-nc-4.0"),
        ("T19", "tiiuae/falcon-180B", "falcon-180b-1.0"),
        ("T19", "tiiuae/falcon-11B", "falcon-2-11b-1.0"),
        ("T19", "tiiuae/Falcon3-7B-Base", "falcon-tii-2024-12"),
        ("T19", "tiiuae/Falcon-H1-7B-Instruct", "falcon-tii-2024-12"),
        ("T19", "tiiuae/Falcon-E-3B-Base", "falcon-tii-2024-12"),
        ("T19", "tiiuae/falcon-mamba-7b", "falcon-mamba-7b-1.0"),
        ("T28", "mosaicml/mpt-7b", "apache-2.0"),
        ("T28", "mosaicml/mpt-7b-storywriter", "apache-2.0"),
        ("T28", "mosaicml/mpt-7b-chat", "cc-by-nc-sa-4.0"),
        ("T28", "mosaicml/mpt-7b-8k-chat", "cc-by-nc-sa-4.0"),
        ("T28", "mosaicml/mpt-30b-chat", "cc-by-nc-sa-4.0"),
        ("T35", "google/gemma-3-27b-it", "gemma-tou-2025-03-24"),
        ("T35", "google/gemma-3n-E4B-it", "gemma-tou-2025-03-24"),
        ("T35", "google/gemma-4-31B-it", "apache-2.0"),
        ("T35", "google/medgemma-4b-it", "hai-def-2024-11-15"),
        ("T35", "google/txgemma-27b-predict", "hai-def-2024-11-15"),
        ("T36", "Qwen/Qwen-7B", "tongyi-qianwen-2023"),
        ("T36", "Qwen/Qwen-1_8B", "tongyi-qianwen-research-2023"),
        ("T36", "Qwen/Qwen1.5-72B", "tongyi-qianwen-2023"),
        ("T36", "Qwen/Qwen1.5-4B", "tongyi-qianwen-research-2023"),
        ("T36", "Qwen/Qwen2-72B", "tongyi-qianwen-2023"),
        ("T36", "Qwen/Qwen2-7B", "apache-2.0"),
        ("T36", "Qwen/Qwen2.5-3B", "qwen-research-2024"),
        ("T36", "Qwen/Qwen2.5-72B", "qwen-2024"),
        ("T36", "Qwen/Qwen2.5-7B", "apache-2.0"),
        ("T36", "Qwen/Qwen3-8B", "apache-2.0"),
        ("T38", "deepseek-ai/DeepSeek-R1", "mit"),
        ("T38", "deepseek-ai/DeepSeek-V2.5", "deepseek-la-1.0"),
        ("T38", "deepseek-ai/deepseek-coder-33b-instruct", "deepseek-la-1.0"),
        ("T38", "deepseek-ai/deepseek-llm-67b-chat", "deepseek-la-1.0"),
        ("T38", "deepseek-ai/deepseek-vl-7b-chat", "deepseek-la-1.0"),
        ("T39", "MiniMaxAI/MiniMax-M2.1", "minimax-m2.1-modified-mit"),
        ("T39", "MiniMaxAI/MiniMax-M2.7", "minimax-m2.7-nc"),
        ("T39", "moonshotai/Kimi-K2-Instruct", "kimi-k2-modified-mit"),
        ("T47", "bigscience/bloom", "bigscience-bloom-rail-1.0"),
        ("T47", "databricks/dolly-v2-12b", "mit"),
        ("T50", "xai-org/grok-1", "apache-2.0"),
    ],
)
def test_traps_about_one_license(catalog: PackagedCatalog, trap: str, model_id: str, license_: str) -> None:
    model = _model(catalog, model_id)
    assert [window.license for window in model.windows] == [license_], trap


@pytest.mark.parametrize(
    ("trap", "model_id", "base"),
    [
        ("T13", "deepseek-ai/DeepSeek-R1-Distill-Llama-8B", "meta-llama/Llama-3.1-8B"),
        ("T13", "deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "meta-llama/Llama-3.3-70B-Instruct"),
        ("T13", "deepseek-ai/DeepSeek-R1-Distill-Qwen-32B", "Qwen/Qwen2.5-32B"),
        ("T18", "HuggingFaceTB/FineMath-Llama-3B", "meta-llama/Llama-3.2-3B"),
        ("T18", "microsoft/Orca-2-7b", "meta-llama/Llama-2-7b-hf"),
    ],
)
def test_permissive_terms_over_a_base_that_keeps_its_own(
    catalog: PackagedCatalog, trap: str, model_id: str, base: str
) -> None:
    assert _model(catalog, model_id).base == (base,), trap
    assert _model(catalog, base).windows, "and the base's terms are known"


@pytest.mark.parametrize(
    ("model_id", "said"),
    [
        ("meta-llama/Meta-Llama-Guard-2-8B", "the Llama 2 text"),
        ("meta-llama/Llama-Guard-3-8B", "the Llama 3.2 text"),
        ("meta-llama/Llama-Guard-3-8B-INT8", "the Llama 3.2 text"),
    ],
)
def test_a_folder_that_holds_another_text_is_told(catalog: PackagedCatalog, model_id: str, said: str) -> None:
    """T12: the folder does not decide the license."""
    note = _model(catalog, model_id).note
    assert note is not None
    assert said in note


TEXT_ONLY = """
Llama-3.2-1B Llama-3.2-1B-Instruct Llama-3.2-1B-Instruct-QLORA_INT4_EO8 Llama-3.2-1B-Instruct-SpinQuant_INT4_EO8
Llama-3.2-3B Llama-3.2-3B-Instruct Llama-3.2-3B-Instruct-QLORA_INT4_EO8 Llama-3.2-3B-Instruct-SpinQuant_INT4_EO8
Llama-Guard-3-1B Llama-Guard-3-1B-INT4 Llama-3.3-70B-Instruct Llama-Prompt-Guard-2-22M Llama-Prompt-Guard-2-86M
"""
MULTIMODAL = """
Llama-3.2-11B-Vision Llama-3.2-11B-Vision-Instruct Llama-3.2-90B-Vision Llama-3.2-90B-Vision-Instruct
Llama-Guard-3-11B-Vision Llama-Guard-4-12B Llama-4-Scout-17B-16E Llama-4-Scout-17B-16E-Instruct
Llama-4-Scout-17B-16E-Original Llama-4-Scout-17B-16E-Instruct-Original Llama-4-Maverick-17B-128E
Llama-4-Maverick-17B-128E-Instruct Llama-4-Maverick-17B-128E-Instruct-FP8 Llama-4-Maverick-17B-128E-Original
"""
LATER = ("llama-3.2-community", "llama-3.3-community", "llama-4-community")
"""Licenses whose policy has the European sentence."""


def test_which_llamas_the_european_sentence_concerns(catalog: PackagedCatalog) -> None:
    """T8: multimodal models alone, and so every one of the publisher's is told apart."""
    found = {
        model.id.removeprefix("meta-llama/"): model.multimodal
        for model in catalog.models()
        if model.publisher == "Meta" and model.windows[-1].license in LATER
    }
    assert found == dict.fromkeys(TEXT_ONLY.split(), False) | dict.fromkeys(MULTIMODAL.split(), True)


def test_nobody_said_so_of_others(catalog: PackagedCatalog) -> None:
    assert _model(catalog, "meta-llama/Llama-3.1-8B").multimodal is None


@pytest.mark.parametrize(
    ("model_id", "keys"),
    [
        ("CohereForAI/c4ai-command-r-plus", ["cc-by-nc-4.0", "c4ai-aup"]),
        ("CohereLabs/c4ai-command-a-03-2025", ["cc-by-nc-4.0", "cohere-labs-aup"]),
    ],
)
def test_a_policy_beside_a_license_is_a_term_of_its_own(
    catalog: PackagedCatalog, model_id: str, keys: list[str]
) -> None:
    """T45. The policy has no days, so that it holds whenever the license does."""
    windows = _model(catalog, model_id).windows
    assert [window.license for window in windows] == keys
    assert (windows[1].since, windows[1].until) == (None, None)


@pytest.mark.parametrize(
    ("model_id", "key"),
    [
        ("tiiuae/falcon-mamba-7b-instruct", "falcon-mamba-7b-1.0"),
        ("ai21labs/AI21-Jamba-1.5-Mini", "jamba-open-model"),
        ("allenai/tulu-2-70b", "ai2-impact-lr"),
        ("baichuan-inc/Baichuan-7B", "baichuan-7b"),
        ("baichuan-inc/Baichuan-13B-Chat", "baichuan-13b-community"),
        ("baichuan-inc/Baichuan2-7B-Base", "baichuan2-community"),
        ("pfnet/plamo-2-8b", "plamo-community"),
        ("Fugaku-LLM/Fugaku-LLM-13B", "fugaku-llm-terms"),
        ("xai-org/grok-2", "grok-2-community-2025-08"),
        ("stabilityai/stable-diffusion-3-medium", "sd3-nc-2024-06"),
        ("nvidia/Nemotron-4-340B-Instruct", "nvidia-open-model-earlier"),
        ("internlm/internlm2_5-7b-chat", "internlm-weights-form"),
    ],
)
def test_terms_whose_text_is_not_held(catalog: PackagedCatalog, model_id: str, key: str) -> None:
    """They are known by name, and nothing is written down of what they say."""
    assert _model(catalog, model_id).windows[0].license == key
    known = catalog.named(key)
    assert isinstance(known, KnownName)
    assert (known.held, known.encoded, known.kind) == (False, False, "license")


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_what_is_not_held_is_what_the_corpus_lacks(catalog: PackagedCatalog) -> None:
    held = {path.stem for path in (CORPUS / "licenses").glob("*.txt")}
    assert {known.key for known in catalog.known() if not known.held} == {known.key for known in catalog.known()} - held


def test_every_window_opens_before_it_closes_and_none_leaves_a_gap(catalog: PackagedCatalog) -> None:
    for model in catalog.models():
        for earlier, later in zip(model.windows, model.windows[1:], strict=False):
            if later.since is None:
                known = catalog.named(later.license)
                assert isinstance(known, KnownName)
                assert known.kind == "policy", model.id
                continue
            assert earlier.until is not None, model.id
            assert later.since <= earlier.until, f"{model.id}: nothing is known of the days between"
            assert earlier.since is None or earlier.since < earlier.until, model.id
