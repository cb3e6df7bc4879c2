"""What JSON of each tool names, and where."""

import json

import pytest

from license_audit.readers.scan.registry import kind_of
from license_audit.readers.scan.source import Source
from tests.readers.scan.places import Place, places


def found(text: str, path: str = "config.json") -> set[Place]:
    """The places in a file with this text."""
    return places(text, path)


EXAMPLES: dict[str, tuple[str, set[Place]]] = {
    "configuration of the Hub": (
        """\
{
  "_name_or_path": "acme/llama-3-8b",
  "architectures": ["LlamaForCausalLM"],
  "auto_map": {"AutoConfig": "acme/llama-3-8b--configuration.Config"},
  "model_type": "llama",
  "text_config": {"_name_or_path": "bert-base-uncased"},
  "vision_config": {"_name_or_path": "/home/acme/models/vision"},
  "vocab_size": 32000
}
""",
        {(2, "acme/llama-3-8b", "hub"), (6, "bert-base-uncased", "hub")},
    ),
    "adapter": (
        """\
{"base_model_name_or_path": "acme/llama-3-8b", "peft_type": "LORA",
 "revision": null, "task_type": "CAUSAL_LM", "target_modules": ["q_proj"]}
""",
        {(1, "acme/llama-3-8b", "hub")},
    ),
    "engine of Triton": (
        '{"model": "acme/opt-125m", "disable_log_requests": true, "tokenizer": "acme/tokenizer"}',
        {(1, "acme/opt-125m", "hub"), (1, "acme/tokenizer", "hub")},
    ),
    "settings of an editor": (
        """\
// comment with "model": "acme/commented"
{
  "models": [
    {"title": "Llama 3", "provider": "ollama", "model": "llama3.1:8b"},
    {"title": "GPT", "provider": "openai", "model": "gpt-4o",},
    {"title": "Own", "provider": "vllm", "model": "acme/coder-7b"}, /* "model": "acme/other" */
  ],
  "embeddingsProvider": {"provider": "huggingface-tei", "model": "acme/embedder-base"},
  "tabAutocompleteModel": {"provider": "ollama", "model": "starcoder2"}
}
""",
        {
            (4, "llama3.1:8b", "ollama"),
            (5, "gpt-4o", "hosted"),
            (6, "acme/coder-7b", "hub"),
            (8, "acme/embedder-base", "hub"),
            (9, "starcoder2", "ollama"),
        },
    ),
    "scripts of a package": (
        """\
{
  "name": "@acme/model-app",
  "repository": "acme/model-app",
  "scripts": {
    "download": "huggingface-cli download acme/llama-3-8b --local-dir models",
    "build": "tsc -p models/tsconfig.json"
  },
  "dependencies": {"@acme/models": "^1.0.0", "model": "acme/model"}
}
""",
        {(5, "acme/llama-3-8b", "hub")},
    ),
    "escapes": (
        '{"run": "pip install vllm\\nvllm serve acme/llama-3-8b",\n "model": "acme\\/mistral-7b"}\n',
        {(1, "acme/llama-3-8b", "hub"), (2, "acme/mistral-7b", "hub")},
    ),
    "schema of values": (
        '{"properties": {"modelId": {"type": "string", "default": "acme/llama-3-8b", "title": "acme/title"}}}',
        {(1, "acme/llama-3-8b", "hub")},
    ),
    "cut in the middle": (
        '{"model": "acme/llama-3-8b", "other": {"tokenizer": "acme/tok',
        {(1, "acme/llama-3-8b", "hub"), (1, "acme/tok", "hub")},
    ),
    "keys without quotes": ('{model: "acme/llama-3-8b", count: 3}', {(1, "acme/llama-3-8b", "hub")}),
    "nested text": (
        json.dumps({"config": "model: acme/llama-3-8b\ntokenizer: acme/tokenizer\n", "plain": "two\nlines"}),
        {(1, "acme/llama-3-8b", "hub"), (1, "acme/tokenizer", "hub")},
    ),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_dialect_names_what_a_reader_sees(name: str) -> None:
    text, expected = EXAMPLES[name]
    assert found(text) == expected


NOTHING = {
    "pipeline of the Hub": '{"_class_name": "Pipeline", "text_encoder": ["transformers", "Model"], "vae": ["a"]}',
    "data sets": '{"alpaca": {"dataset": "acme/alpaca", "datasets": ["acme/models"], "dataset_id": "acme/model"}}',
    "interface": '{"example": 1, "openapi": "3.1.0", "model": "acme/llama-3-8b"}',
    "words": '{"model": "Model", "models": {"title": "Models/All"}, "llm": null}',
    "empty": "",
    "a number": "3",
    "a text": '"model"',
    "closed twice": '}] "model"',
    "numbers": '{"model": 3, "models": [1, true, null]}',
    "a colon too many": '{"model":: , : }',
}


@pytest.mark.parametrize("name", NOTHING)
def test_files_that_name_no_model_give_nothing(name: str) -> None:
    assert found(NOTHING[name]) == set()


@pytest.mark.parametrize(
    "path", ["package-lock.json", "tokenizer.json", "bpe_vocab.json", "model.safetensors.index.json"]
)
def test_files_of_tools_are_passed_over(path: str) -> None:
    assert found('{"model": "acme/llama-3-8b"}', path) == set()


def test_a_long_interface_is_not_read() -> None:
    assert found('{ "openapi": "3.1.0", "model": "acme/llama-3-8b"}') == set()


def test_a_revision_beside_an_id_belongs_to_it() -> None:
    source = Source("x.json", b'{"model": "acme/llama-3-8b", "revision": "abc123"}')
    kind = kind_of("x.json", source.data)
    assert kind is not None
    (hit,) = kind.read(source)
    assert (hit.revision, hit.role, hit.certainty, hit.column) == ("abc123", "model", "certain", 12)
