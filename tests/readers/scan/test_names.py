"""What a string names by its shape."""

import pytest

from license_audit.readers.scan.names import Named, hub_address, is_bare, is_hub_id, is_path, named


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" hf.co/acme/chat:Q4_K_M ", Named("acme/chat", "hub", is_address=True)),
        ("https://huggingface.co/acme/chat/resolve/v2/model.gguf", Named("acme/chat", "hub", "v2", is_address=True)),
        ("hf://acme/chat@main/x", Named("acme/chat", "hub", "main", is_address=True)),
        ("https://huggingface.co/gpt2", Named("gpt2", "hub", is_address=True)),
        ("pkg:huggingface/acme/chat@abc?x=y", Named("acme/chat", "hub", "abc", is_address=True)),
        ("pkg:huggingface/acme%2Fchat", Named("acme/chat", "hub", is_address=True)),
        ("modelscope.cn/models/acme/chat", Named("acme/chat", "hub", is_address=True)),
        ("https://huggingface.co/datasets/acme/words", None),
        ("hf://buckets/acme/chat", None),
        ("pkg:huggingface/one", None),
        ("https://example.org/acme/chat", None),
    ],
)
def test_addresses(text: str, expected: Named | None) -> None:
    assert hub_address(text) == expected
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("acme/chat", Named("acme/chat", "hub")),
        ("acme/chat@v1", Named("acme/chat", "hub", "v1")),
        ("mistral:7b", Named("mistral:7b", "ollama")),
        ("acme/chat:free", Named("acme/chat:free", "ollama")),
        ("gpt2", Named("gpt2", "name")),
        ("./weights", Named("./weights", "path")),
        ("C:\\\\models", Named("C:\\\\models", "path")),
        ("acme/chat.gguf", Named("acme/chat.gguf", "path")),
        ("", None),
        ("two words", None),
        ("two\nlines", None),
        ("ftp://acme/chat", None),
    ],
)
def test_names_without_an_address(text: str, expected: Named | None) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(
    "text", ["image/png", "acme/app.py", "ghcr.io/acme", "usr/bin", "a--b/c", "a/b/c", "a/" + "b" * 200]
)
def test_what_is_no_id_of_the_hub(text: str) -> None:
    assert not is_hub_id(text)


def test_bare_names_and_paths() -> None:
    assert is_bare("phi-2")
    assert not is_bare("acme/chat")
    assert is_path("~/models/chat")
    assert not is_path("acme/chat")
