"""What strings in places for models name, and which names are places for models."""

import pytest

from license_audit.readers.scan.commands_hosted import hosted, provider_at, provider_of
from license_audit.readers.scan.commands_places import loads, place
from license_audit.readers.scan.commands_values import address, mirrored, value
from license_audit.readers.scan.names import Named, named

VALUES = [
    ("acme/llama-3-8b", "acme/llama-3-8b", "hub"),
    ("acme/llama-3-8b@v1", "acme/llama-3-8b", "hub"),
    ("hf.co/acme/x-GGUF:Q4_K_M", "acme/x-GGUF", "hub"),
    ("https://huggingface.co/acme/x/tree/main", "acme/x", "hub"),
    ("hf-hub:acme/x", "acme/x", "hub"),
    ("local:acme/x", "acme/x", "hub"),
    ("sentence-transformers:all-MiniLM-L6-v2", "sentence-transformers/all-MiniLM-L6-v2", "hub"),
    ("sentence_transformers:acme/x", "acme/x", "hub"),
    ("huggingface/acme/x", "acme/x", "hub"),
    ("lmstudio/llama-3-8b", "llama-3-8b", "name"),
    ("gpt2", "gpt2", "name"),
    ("phi-2", "phi-2", "name"),
    ("llama3.1:8b", "llama3.1:8b", "ollama"),
    ("someone/gemma-2b:latest", "someone/gemma-2b:latest", "ollama"),
    ("ollama/llama3", "llama3", "ollama"),
    ("ollama_chat/llama3", "llama3", "ollama"),
    ("ollama://llama3", "llama3", "ollama"),
    ("ollama:llama3", "llama3", "ollama"),
    ("ollama/hf.co/acme/x", "acme/x", "hub"),
    ("https://ollama.com/library/llama3:8b", "llama3:8b", "ollama"),
    ("gpt-4o", "gpt-4o", "hosted"),
    ("openai/gpt-4o", "gpt-4o", "hosted"),
    ("openai:gpt-4o", "gpt-4o", "hosted"),
    ("ft:gpt-4o:acme::x", "ft:gpt-4o:acme::x", "hosted"),
    ("openai/gpt-oss-20b", "openai/gpt-oss-20b", "hub"),
    ("google/gemini-2.0-flash", "google/gemini-2.0-flash", "hosted"),
    ("groq/llama-3.1-8b-instant", "llama-3.1-8b-instant", "hosted"),
    ("groq/openai/gpt-oss-20b", "openai/gpt-oss-20b", "hosted"),
    ("google/gemma-3-1b-it:free", "google/gemma-3-1b-it:free", "hosted"),
    ("us.anthropic.claude-3-haiku-20240307-v1:0", "us.anthropic.claude-3-haiku-20240307-v1:0", "hosted"),
    ("./x/y.gguf", "./x/y.gguf", "path"),
    ("/models/acme/llama-3-8b/x.gguf", "acme/llama-3-8b", "hub"),
    ("models/acme/llama-3-8b", "acme/llama-3-8b", "hub"),
    ("/app/models/acme/voice-1.5", "acme/voice-1.5", "hub"),
    ("models--acme--llama-3-8b/snapshots/1", "acme/llama-3-8b", "hub"),
]


@pytest.mark.parametrize(("text", "model", "kind"), VALUES, ids=[text for text, *_ in VALUES])
def test_strings_name_models(text: str, model: str, kind: str) -> None:
    found = value(text)
    assert found is not None
    assert (found.id, found.kind) == (model, kind)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "x" * 2000,
        "a1/" + "x" * 400,
        "two words",
        "$MODEL",
        "{{ model }}",
        "<org>/<name>",
        "your-org/your-model",
        "username/model",
        "org/name",
        "acme/your-model",
        "path/to/model",
        "output/checkpoint-100",
        "/models/llama",
        "./checkpoint",
        "s3://bucket/model",
        "https://example.com/acme/x",
        "https://huggingface.co/acme",
        "https://huggingface.co/acme/models",
        "https://huggingface.co/your-org/your-model",
        "https://huggingface.co/datasets/acme/x",
        "text/plain",
        "resnet18",
        "mistral",
        "auto",
        "true",
        "ollama/",
        "ollama/ollama",
        "/app/model_cache/llama",
        "é",
    ],
)
def test_other_strings_name_none(text: str) -> None:
    assert value(text) is None


def test_whoever_serves_a_model_decides_what_a_name_is() -> None:
    assert value("mistral", provider="ollama") == ("mistral", "ollama", "", "", "certain")
    assert value("./x", provider="ollama") is None
    assert value("llama3:8b", provider="local") == ("llama3:8b", "ollama", "", "", "certain")
    assert value("x/y:free", provider="openrouter") == ("x/y:free", "hosted", "", "openrouter", "certain")
    assert value("glm-5", provider="z-ai") == ("glm-5", "hosted", "", "zai", "certain")
    assert value("nvidia/nemotron-3", provider="nvidia") == ("nvidia/nemotron-3", "hosted", "", "nvidia", "certain")
    assert value("groq/llama-x", provider="groq") == ("llama-x", "hosted", "", "groq", "certain")
    assert value("openai/gpt-4o", provider="openai") == ("gpt-4o", "hosted", "", "openai", "certain")
    assert value("./x.gguf", provider="openai") == ("./x.gguf", "path", "", "", "certain")


def test_tags_may_be_those_of_images() -> None:
    assert value("acme/runner:1.0", tagged=False) is None
    tagged = value("acme/runner:1.0")
    assert tagged is not None
    assert tagged.certainty == "likely"


def test_a_loader_takes_bare_names_from_the_hub() -> None:
    assert value("bert-base-uncased", loads=True) == ("bert-base-uncased", "hub", "", "", "certain")


def test_revisions_that_cannot_be_are_left_out() -> None:
    found = value("acme/llama-7b@" + "x" * 10)
    assert found is not None
    assert found.revision == "x" * 10
    odd = value("acme/llama-7b@~1")
    assert odd is not None
    assert odd.revision == ""


def test_addresses_and_repeated_ids() -> None:
    assert address("https://huggingface.co/gpt2/resolve/main/x") == ("gpt2", "hub", "main", "", "certain")
    assert address("acme") is None
    assert mirrored("/models/acme/shelf") is None
    assert mirrored("/models/acme/voice-1.5") is None
    assert mirrored("/models/data/llama-2") is None
    assert mirrored("/srv/acme/llama-2") is None


PLACES = [
    ("--model", "certain"),
    ("MODEL_ID", "certain"),
    ("modelName", "certain"),
    ("embeddingModel", "certain"),
    ("LLM_MODEL_SMALL", "certain"),
    ("MODEL_7B", "certain"),
    ("model_2", "certain"),
    ("LLM", "certain"),
    ("lora_modules", "likely"),
    ("HF_REPO", "certain"),
    ("hf_repo_id", "certain"),
    ("repo_id", "likely"),
    ("model.path", "certain"),
    ("actor.model.path", "certain"),
    ("vision_tower", "certain"),
    ("adapter_name_or_path", "certain"),
    ("HF_HUB_MODEL_ID", "certain"),
    ("dataset_name_or_path", None),
    ("hub_model_id", None),
    ("push_to_hub_model_id", None),
    ("served_model_name", None),
    ("output_model", None),
    ("MODEL_DIR", None),
    ("model_type", None),
    ("max_model_len", None),
    ("model_key", None),
    ("docker_repo", None),
    ("REPO", None),
    ("git_repo", None),
    ("acme_repo", None),
    ("path", None),
    ("---", None),
    ("", None),
]


@pytest.mark.parametrize(("name", "certainty"), PLACES)
def test_names_say_whether_they_hold_models(name: str, certainty: str | None) -> None:
    assert place(name) == certainty


def test_some_names_load_from_the_hub() -> None:
    assert loads("model_name_or_path")
    assert not loads("model")


def test_providers_are_known_by_names_and_addresses() -> None:
    assert provider_of("Vertex_AI") == "google"
    assert provider_of("x-ai") == "xai"
    assert provider_of("nobody") == ""
    assert provider_at("https://api.groq.com/openai/v1") == "groq"
    assert provider_at("http://localhost") == ""
    assert hosted("acme/x") is None
    assert hosted("x-ai/grok-4") == ("x-ai/grok-4", "xai")
    assert hosted("anthropic/thing") is None
    assert hosted("bedrock/anthropic.claude-v2") == ("anthropic.claude-v2", "bedrock")


@pytest.mark.parametrize(
    ("text", "hosted_as"),
    [
        ("mistral:7b-instruct", None),
        ("openai:gpt-4o", "gpt-4o"),
        ("mistral:latest", None),
        ("groq:llama-3.1-8b", "llama-3.1-8b"),
    ],
)
def test_a_tag_of_a_library_is_no_name_at_a_provider(text: str, hosted_as: str | None) -> None:
    found = hosted(text)
    assert (found.id if found else None) == hosted_as


@pytest.mark.parametrize("text", ["mistral-model", "llama-2-endpoint", "bert-service"])
def test_what_is_made_around_a_model_is_named_after_it(text: str) -> None:
    assert value(text) is None
    assert value(text, loads=True) is not None


@pytest.mark.parametrize("text", ["gguf_path_here", "MODEL_NAME", "model-name", "your-model", "/path/to/llama-7b.gguf"])
def test_words_that_stand_for_a_name(text: str) -> None:
    assert value(text, provider="ollama") is None


def test_pages_of_early_models_and_of_organizations() -> None:
    early = value("https://huggingface.co/t5-base")
    assert early is not None
    assert early.id == "t5-base"
    assert value("https://huggingface.co/meta-llama") is None


def test_addresses_and_paths_by_their_shape_alone() -> None:
    assert named("https://huggingface.co/acme/x") == Named("acme/x", "hub", is_address=True)
    assert named("./x.gguf") == Named("./x.gguf", "path")
