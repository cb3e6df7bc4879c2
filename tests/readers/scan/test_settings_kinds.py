"""TOML and Terraform: which settings name models, and where their texts stand."""

import pytest

from license_audit.readers.scan.kinds import terraform, toml
from license_audit.readers.scan.source import Source, UnreadableError

Place = tuple[int, int, str, str]


def in_toml(text: str, path: str = "config.toml") -> list[Place]:
    """Line, column, id and kind of each hit."""
    return [(hit.line, hit.column, hit.id, hit.kind) for hit in toml.read(Source(path, text.encode()))]


def in_terraform(text: str) -> list[Place]:
    """Line, column, id and kind of each hit."""
    return [(hit.line, hit.column, hit.id, hit.kind) for hit in terraform.read(Source("main.tf", text.encode()))]


TOML: list[tuple[str, list[Place]]] = [
    ('model = "acme/x"\n', [(1, 10, "acme/x", "hub")]),
    ("[llm]\nmodel = 'acme/x' # acme/y\n", [(2, 10, "acme/x", "hub")]),
    ('[a."b.c"]\nmodel_id="acme/x"', [(2, 11, "acme/x", "hub")]),
    ('[model]\nname = "acme/x"\n[dataset]\nname = "acme/y"\n', [(2, 9, "acme/x", "hub")]),
    ('[[models]]\nid = "acme/x"\n[[models]]\nid = "acme/y"\n', [(2, 7, "acme/x", "hub"), (4, 7, "acme/y", "hub")]),
    ('models = [\n  "acme/x", # acme/no\n  "acme/y",\n]\n', [(2, 4, "acme/x", "hub"), (3, 4, "acme/y", "hub")]),
    ('a = { model = "acme/x", n = 1 }\nb.model = "acme/y"\n', [(1, 16, "acme/x", "hub"), (2, 12, "acme/y", "hub")]),
    ('[[x]]\nl = [[{model = "acme/x"}]]\n', [(2, 17, "acme/x", "hub")]),
    ('"model" = "acme/\\u0078"\n', [(1, 12, "acme/x", "hub")]),
    ('model = "acme/\\U0001F600"\n', []),
    (
        '[models]\nfast = "gpt-4o"\nslow = "acme/llama-7b"\ndir = "acme/y"\n',
        [(2, 9, "gpt-4o", "hosted"), (3, 9, "acme/llama-7b", "hub")],
    ),
    ('model = "phi-2"\n[models.phi-2]\nmodel = "acme/phi-2"\n', [(3, 10, "acme/phi-2", "hub")]),
    ('[llm]\nprovider = "ollama"\nmodel = "mistral"\n', [(3, 10, "mistral", "ollama")]),
    ('[llm]\nprovider = "none"\nmodel = "mistral"\n', []),
    ('[llm]\nbase_url = "http://localhost:11434/v1"\nmodel = "mistral"\n', [(3, 10, "mistral", "ollama")]),
    ('[llm]\napi_base = "https://openrouter.ai/api"\nmodel = "a1/b:free"\n', [(3, 10, "a1/b:free", "hosted")]),
    ('[llm]\napi_base = "http://localhost:8000"\nmodel = "acme/x"\n', [(3, 10, "acme/x", "hub")]),
    ('description = "acme/llama-7b"\nhomepage = "https://huggingface.co/acme/x"\n', []),
    ('weights_link = "https://huggingface.co/acme/x"\n', [(1, 17, "acme/x", "hub")]),
    ('cmd = "vllm serve acme/x"\n', [(1, 19, "acme/x", "hub")]),
    ('x = "--model acme/x --port 1"\n', [(1, 14, "acme/x", "hub")]),
    ('x = "serve acme/llama-7b now"\n', []),
    ('cmd = ["vllm", "serve", "acme/x"]\n', [(1, 26, "acme/x", "hub")]),
    ('x = ["--model", "acme/x", "a b"]\n', [(1, 18, "acme/x", "hub")]),
    ('run = ["pip install x", "vllm serve acme/x"]\n', [(1, 37, "acme/x", "hub")]),
    ('env = ["MODEL=acme/x", "IMAGE=acme/y"]\n', [(1, 15, "acme/x", "hub")]),
    ('cmd = """\nset -e\nvllm serve acme/x\n"""\n', [(3, 12, "acme/x", "hub")]),
    ('cmd = """vllm serve \\\n   acme/x"""\n', [(2, 4, "acme/x", "hub")]),
    ("cmd = '''\r\nvllm serve acme/x'''\r\nmodel = 'acme/y'\r\n", [(2, 12, "acme/x", "hub"), (3, 10, "acme/y", "hub")]),
    ('x = """{"model": "acme/x"}"""\n', [(1, 19, "acme/x", "hub")]),
    ('x = """\nsome prose of\nacme/llama-7b"""\n', []),
    ('[[env]]\nname = "MODEL"\nvalue = "acme/x"\n', [(3, 10, "acme/x", "hub")]),
    ('a = 1\nb = true\nc = 1979-05-27T07:32:00Z\nmodel = "acme/x"\n', [(4, 10, "acme/x", "hub")]),
    ('["llm"]\nmodel = "acme/x"\n', [(2, 10, "acme/x", "hub")]),
    ('[a]\n"" = "acme/x"\n', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "places"), TOML, ids=[text[:70] for text, _ in TOML])
def test_toml(text: str, places: list[Place]) -> None:
    assert in_toml(text) == places


def test_what_is_no_toml_is_told_with_its_line() -> None:
    with pytest.raises(UnreadableError) as told:
        in_toml("a = 1\nb = [\n")
    assert told.value.line in (0, 2, 3)
    with pytest.raises(UnreadableError) as told:
        in_toml("a = 1\nb = = 2\nc = 3\n")
    assert told.value.line == 2
    with pytest.raises(UnreadableError) as told:
        in_toml("a = " + "[" * 5000)
    assert told.value.line == 0


@pytest.mark.parametrize("path", ["pyproject.toml", "x/Cargo.toml"])
def test_packages_are_no_models(path: str) -> None:
    assert in_toml('model = "acme/x"\n', path) == []


TERRAFORM: list[tuple[str, list[Place]]] = [
    ('variable "model_id" {\n  default = "acme/x"\n}\n', [(2, 14, "acme/x", "hub")]),
    (
        'variable "models" {\n  default = ["acme/x", "acme/y"]\n}\n',
        [(2, 15, "acme/x", "hub"), (2, 25, "acme/y", "hub")],
    ),
    ('module "m" {\n  source = "acme/llama-7b/aws"\n  hf_model_id = "acme/x"\n}\n', [(3, 18, "acme/x", "hub")]),
    ('x { image = "acme/llama-7b" }\noutput "model" { value = "acme/x" }\n', []),
    ('variable "model" { description = "acme/llama-7b" }\n', []),
    ('model = "acme/x" # acme/a\n// model = "acme/b"\n/* model = "acme/c" */\n', [(1, 10, "acme/x", "hub")]),
    ('/* open\nmodel = "acme/x"', []),
    (
        'env = {\n  MODEL = "acme/x"\n  "TOKENIZER" : "acme/y"\n}\n',
        [(2, 12, "acme/x", "hub"), (3, 18, "acme/y", "hub")],
    ),
    (
        'env {\n  name  = "MODEL_ID"\n  value = "acme/x"\n}\nenv {\n name = "I"\n value = "acme/y"\n}\n',
        [(3, 12, "acme/x", "hub")],
    ),
    ('x = [{ name = "MODEL", value = "acme/x" }, { name = "I", value = "acme/y" }]', [(1, 33, "acme/x", "hub")]),
    ('args = ["--model", "acme/x"]\n', [(1, 21, "acme/x", "hub")]),
    ('command = "vllm serve acme/x"\n', [(1, 23, "acme/x", "hub")]),
    ('x = jsonencode({ model = "acme/x", n = f(1) })\n', [(1, 27, "acme/x", "hub")]),
    ('model = var.model != "" ? var.model : "acme/x"\n', [(1, 40, "acme/x", "hub")]),
    ('model = "${var.org}/x"\n', []),
    ('model = "a${ f("}") }b"\nmodel = "acme/x"\n', [(2, 10, "acme/x", "hub")]),
    ('a = "%{ if x }y%{ endif }$$ %% \\" \\n"\nmodel = "acme/x"\n', [(2, 10, "acme/x", "hub")]),
    ('a = "broken\nmodel = "acme/x"\n', [(2, 10, "acme/x", "hub")]),
    ('a = "${open', []),
    ('a = "open', []),
    (
        'user_data = <<-EOF\n    #!/bin/sh\n    vllm serve acme/x\n  EOF\nmodel = "acme/y"\n',
        [(3, 16, "acme/x", "hub"), (5, 10, "acme/y", "hub")],
    ),
    ("x = <<EOT\n  args:\n    - --model\n    - acme/llama-7b\nEOT\n", [(4, 7, "acme/llama-7b", "hub")]),
    ("x = <<EOT\nprose of acme/llama-7b\nEOT\n", []),
    ("user_data = <<EOF\n\nvllm serve acme/x\n", [(3, 12, "acme/x", "hub")]),
    ("user_data = <<EOF\nvllm serve acme/x", [(2, 12, "acme/x", "hub")]),
    (
        'x = {"foundation_model" = "arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2"}\n',
        [(1, 72, "anthropic.claude-v2", "hosted")],
    ),
    ('d {\n model {\n  name = "gpt-4o"\n }\n}\n', [(3, 11, "gpt-4o", "hosted")]),
    ("} ] )\n" + "{" * 80 + 'model = "acme/llama-7b"', [(2, 90, "acme/llama-7b", "hub")]),
    ("a b c d e f g h { i = 1 }\n~é\n", []),
]


@pytest.mark.parametrize(("text", "places"), TERRAFORM, ids=[text[:70] for text, _ in TERRAFORM])
def test_terraform(text: str, places: list[Place]) -> None:
    assert in_terraform(text) == places


def test_weights_are_models_whatever_their_key() -> None:
    text = 'ae = "/w/ae.safetensors"\noutput = "/w/new.safetensors"\nae_url = "/w/x.safetensors"\nlog = "/w/x.log"\n'
    assert in_toml(text) == [(1, 7, "/w/ae.safetensors", "path")]
    assert in_toml('ollama_model = "mistral"\n') == [(1, 17, "mistral", "ollama")]
