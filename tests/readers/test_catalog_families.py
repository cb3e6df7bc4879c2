"""Families by name: what spellings point to, and what they must not."""

import csv

import pytest

from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.catalog_families import Patterns, data_key, family_of, folded
from tests.conftest import CORPUS

MODELS = CORPUS.parent / "design" / "models.csv"
PRECISION = 0.98


@pytest.mark.parametrize(
    ("model_id", "family"),
    [
        ("huggyllama/llama-30b", "llama-1"),
        ("tloen/alpaca-lora-7b", "llama-1"),
        ("lmsys/vicuna-7b-delta-v1.1", "llama-1"),
        ("lmsys/vicuna-13b-v1.5-16k", "vicuna-1.5"),
        ("somebody/vicuna-33B-coder", "vicuna"),
        ("meta-llama/Llama-2-7b-chat-hf", "llama-2"),
        ("georgesung/llama2_7b_chat_uncensored", "llama-2"),
        ("jondurbin/airoboros-l2-70b-2.1", "llama-2"),
        ("Gryphe/MythoMax-L2-13b", "llama-2"),
        ("TheBloke/CodeLlama-7B-Instruct-GGUF", "codellama"),
        ("NousResearch/Meta-Llama-3-8B", "llama-3"),
        ("Sao10K/L3-8B-Stheno-v3.2", "llama-3"),
        ("meta-llama/Meta-Llama-3.1-8B-Instruct", "llama-3.1"),
        ("fixie-ai/ultravox-v0_6-llama-3_1-8b", "llama-3.1"),
        ("llama31_8b_qlora_abstracts", "llama-3.1"),
        ("unsloth/Llama-3_2-1B-bnb-4bit", "llama-3.2"),
        ("Sao10K/L3.3-70B-Euryale-v2.3", "llama-3.3"),
        ("meta-llama/Llama-4-Scout-17B-16E", "llama-4"),
        ("meta-llama/Llama-Guard-3-1B", "llama-3.2"),
        ("meta-llama/Llama-Guard-3-8B-INT8", "llama-3.1"),
        ("deepseek-ai/DeepSeek-R1-Distill-Llama-70B", "llama-3.3"),
        ("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "qwen-2.5"),
        ("deepseek-ai/DeepSeek-Coder-V2-Lite-Instruct", "deepseek"),
        ("deepseek-ai/DeepSeek-V3", "deepseek-v3"),
        ("deepseek-ai/DeepSeek-V3-0324", "deepseek-mit"),
        ("google/codegemma-7b-it", "gemma"),
        ("unsloth/gemma-2-9b-it-bnb-4bit", "gemma-2"),
        ("TheDrummer/Fallen-Gemma3-12B-v1", "gemma-3"),
        ("google/gemma-4-31B-it", "gemma-4"),
        ("google/medgemma-4b-it", "health-ai"),
        ("01-ai/Yi-34B-Chat", "yi"),
        ("2PRYMMAL-Yi1.5-6B-SLERP", "yi-1.5"),
        ("Qwen/Qwen-72B-Chat", "qwen-1"),
        ("Qwen/Qwen1.5-4B-Chat", "qwen-1.5-small"),
        ("Qwen/Qwen2-72B-Instruct-AWQ", "qwen-2-72b"),
        ("Qwen/Qwen2.5-VL-3B-Instruct", "qwen-2.5-3b"),
        ("Qwen/Qwen2.5-Math-72B", "qwen-2.5-72b"),
        ("Qwen/Qwen2.5-7B-Instruct", "qwen-2.5"),
        ("tiiuae/falcon-7b-instruct", "falcon"),
        ("tiiuae/falcon-180B-chat", "falcon-180b"),
        ("tiiuae/Falcon3-Mamba-7B-Base", "falcon-3"),
        ("TheBloke/Mixtral-8x7B-Instruct-v0.1-GGUF", "mistral-apache"),
        ("teknium/OpenHermes-2.5-Mistral-7B", "mistral-apache"),
        ("mistralai/Mamba-Codestral-7B-v0.1", "mistral-apache"),
        ("bartowski/Codestral-22B-v0.1-GGUF", "codestral"),
        ("bartowski/Mistral-Small-Instruct-2409-GGUF", "mistral-research"),
        ("mistralai/Mistral-Small-3.1-24B-Instruct-2503", "mistral-apache"),
        ("mosaicml/mpt-7b-storywriter", "mpt"),
        ("mosaicml/mpt-30b-chat", "mpt-chat"),
        ("bigscience/bloomz-7b1", "bloom"),
        ("TheBloke/WizardCoder-15B-1.0-GPTQ", "starcoder"),
        ("microsoft/phi-1_5", "phi"),
        ("black-forest-labs/FLUX.1-dev", "flux-dev"),
        ("black-forest-labs/FLUX.1-schnell", "flux-schnell"),
        ("stabilityai/stable-diffusion-xl-base-0.9", "sdxl-0.9"),
        ("stabilityai/sdxl-turbo", "sdxl-turbo"),
        ("./models/Llama-2-7b/", "llama-2"),
    ],
)
def test_a_name_points_to_a_family(catalog: PackagedCatalog, model_id: str, family: str) -> None:
    found = catalog.family(model_id)
    assert found is not None
    assert found.name == family


@pytest.mark.parametrize(
    "model_id",
    [
        "TinyLlama/TinyLlama-1.1B-Chat-v1.0",
        "openlm-research/open_llama_3b",
        "openlm-research/open_llama_7b_v2",
        "somebody/Tiny-Llama-1.1B",
    ],
)
def test_llama_in_the_name_only(catalog: PackagedCatalog, model_id: str) -> None:
    found = catalog.family(model_id)
    assert found is not None
    assert found.licenses == ("apache-2.0",)


@pytest.mark.parametrize(
    "model_id",
    [
        "",
        "/",
        "llama-2/something-else",
        "google-bert/bert-base-uncased",
        "sentence-transformers/all-MiniLM-L6-v2",
        "liuhaotian/llava-v1.5-7b",
        "somebody/PurpleBloom-13B",
        "somebody/cherry-bloom-13b",
        "cognitivecomputations/dolphin-2.5",
        "ehartford/samantha-33b",
        "somebody/mistral-7b-llama-2-merge",
        "somebody/Llama-3-Gemma-2-merge",
        "deepseek-ai/DeepSeek-R1-0528-Qwen3-8B",
        "somebody/falcons-7b",
        "somebody/xllama-2",
        "somebody/llama-2b",
    ],
)
def test_a_name_that_points_to_nothing_or_to_several(catalog: PackagedCatalog, model_id: str) -> None:
    assert catalog.family(model_id) is None


def test_a_family_says_what_its_members_may_come_under(catalog: PackagedCatalog) -> None:
    found = catalog.family("Meta-Llama-3-8B-Instruct-GGUF")
    assert found is not None
    assert found.licenses[0] == "llama-3-community"
    assert found.organizations == ("meta-llama",)


def test_families_under_the_same_licenses_do_not_contradict_each_other() -> None:
    known = Patterns(
        {
            "a": {"names": ["first-7b"], "licenses": ["mit"]},
            "b": {"names": ["second"], "starts": ["third one"], "licenses": ["mit"]},
            "c": {"names": ["fourth"], "licenses": ["isc"]},
        }
    )
    same = family_of("first-7b-second", known)
    assert same is not None
    assert same.name == "a"
    assert family_of("second-fourth", known) is None
    late = family_of("third-two-one", known)
    assert late is not None
    assert late.name == "b"
    assert family_of("not-third-one", known) is None
    assert family_of("one-third", known) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Qwen1.5_MoE - A2.7B", "qwen1-5-moe-a2-7b"), ("-x-", "x"), ("", "")],
)
def test_a_folded_name(text: str, expected: str) -> None:
    assert folded(text) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [(" A/B_c ", "a/b_c"), ("Open_Hermes 2.5", "open-hermes-2-5")],
)
def test_what_a_data_set_is_looked_up_by(name: str, expected: str) -> None:
    assert data_key(name) == expected


def test_guesses_agree_with_the_known_models(catalog: PackagedCatalog) -> None:
    """Runs over the list of models that stands beside the checkout; without it there is nothing to compare."""
    known: dict[str, set[str]] = {}
    if MODELS.is_file():
        with MODELS.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                known.setdefault(row["model_id"], set()).update(row["license_key"].split("+"))
    guesses = {model_id: family for model_id in known if (family := catalog.family(model_id))}
    right = sum(bool(known[model_id].intersection(family.licenses)) for model_id, family in guesses.items())
    assert right >= PRECISION * len(guesses)
    assert len(guesses) >= 0.7 * len(known)
