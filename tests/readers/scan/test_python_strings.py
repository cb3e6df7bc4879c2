"""Addresses, commands and texts of other languages inside strings of Python."""

from textwrap import dedent

import pytest

from license_audit.model.reference import Hit
from license_audit.readers.scan.python_code import in_python


def hits(text: str) -> list[Hit]:
    """Hits of a text."""
    return list(in_python(dedent(text)))


def found(text: str) -> list[str]:
    """Hits as `line:column id`."""
    return [f"{hit.line}:{hit.column} {hit.id}" for hit in hits(text)]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('get("https://huggingface.co/acme/x/resolve/main/m.gguf")', ("acme/x", "address", "certain", "main")),
        ('FILES = ["https://huggingface.co/acme/x/resolve/v2/m.gguf"]', ("acme/x", "address", "certain", "v2")),
        ('get("https://huggingface.co/gpt2/resolve/main/vocab.json")', ("gpt2", "address", "certain", "main")),
        ('link = "https://huggingface.co/acme/x"', ("acme/x", "address", "possible", "")),
        ('get(f"https://huggingface.co/acme/x/resolve/main/{name}")', ("acme/x", "address", "certain", "main")),
        ('URL = "https://api-inference.huggingface.co/models/acme/x"', ("acme/x", "address", "certain", "")),
        ('x == get("hf://acme/x/m.gguf")', ("acme/x", "address", "certain", "")),
    ],
)
def test_addresses(code: str, expected: tuple[str, str, str, str]) -> None:
    assert [(hit.id, hit.role, hit.certainty, hit.revision) for hit in hits(code)] == [expected]


@pytest.mark.parametrize(
    "code",
    [
        'get("https://huggingface.co/datasets/acme/x/resolve/main/m.csv")',
        'get("https://huggingface.co/docs/hub")',
        'get("https://huggingface.co/gpt2")',
        'get(f"https://huggingface.co/{name}/resolve/main/x")',
        'get(f"https://huggingface.co/acme/{name}")',
        'get("https://huggingface.co/your-org/your-model/resolve/main/x")',
        'text = "see https://huggingface.co/acme/x for more"',
        'CITE = """\n@misc{x,\n  url = {https://huggingface.co/acme/x}\n}\n"""',
        '_HOMEPAGE = "https://huggingface.co/acme/x"',
        'card = {"homepage": "https://huggingface.co/acme/x"}',
        'setup(url="https://huggingface.co/acme/x")',
        'f(help="https://huggingface.co/acme/x", title=f"https://huggingface.co/acme/x")',
        'def f(dataset="https://huggingface.co/acme/x"): pass',
        'x == "https://huggingface.co/acme/x"',
        'print(f"https://huggingface.co/acme/{x}")',
        'AutoModel.from_pretrained(f"")',
    ],
)
def test_addresses_of_something_else(code: str) -> None:
    assert hits(code) == []


def test_commands_as_text_and_as_words() -> None:
    text = """
        import os, subprocess
        os.system("huggingface-cli download acme/one-7b")
        subprocess.run(["vllm", "serve", "acme/two-7b", "--port", "80"])
        MODEL = "acme/three-7b"
        subprocess.Popen(["python", "-m", "vllm.entrypoints.openai.api_server", "--model", MODEL])
        args = ["--model", "acme/four-7b", size, f"--rank={rank}"]
        run_command(f"huggingface-cli download {MODEL}", shell=True)
        run(command)
        image.run_commands("pip install x", "huggingface-cli download acme/five-7b")
        EXAMPLES = ["huggingface-cli download acme/no-7b"]
    """
    assert found(text) == [
        "3:37 acme/one-7b",
        "4:35 acme/two-7b",
        "5:10 acme/three-7b",
        "7:21 acme/four-7b",
        "10:63 acme/five-7b",
    ]


def test_commands_in_other_strings() -> None:
    text = '''
        script = """#!/bin/sh
        set -e
        !huggingface-cli download acme/one-7b
        """
        lines = ["!huggingface-cli download acme/two-7b\\n", "more"]
    '''
    assert [hit.split()[1] for hit in found(text)] == ["acme/one-7b", "acme/two-7b"]
    assert [hit.line for hit in hits(text)] == [4, 6]


def test_configuration_in_a_string() -> None:
    text = '''
        config = """
        slices:
          - sources:
              - model: acme/one-7b  # the first
                layer_range: [0, 32]
        base_model: "acme/two-7b"
        dataset: acme/data
        model_type: llama
        model: {x}
        """
    '''
    assert found(text) == ["5:16 acme/one-7b", "7:14 acme/two-7b"]
    assert {(hit.role, hit.certainty) for hit in hits(text)} == {("key", "likely")}


def test_a_modelfile_in_a_string() -> None:
    text = '''
        modelfile = """FROM llama3.2
        SYSTEM You are Mario.
        """
        other = """FROM here
        to there"""
        one = "FROM llama3.2"
    '''
    assert [(hit.line, hit.column, hit.id, hit.kind, hit.role) for hit in hits(text)] == [
        (2, 21, "llama3.2", "ollama", "base")
    ]


def test_prose_that_looks_like_configuration() -> None:
    assert hits('PROMPT = """\nmodel: the best one\nmodel: llama\n"""\nx = "a/b"') == []
