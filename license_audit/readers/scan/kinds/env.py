"""Files of environment variables."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_embedded import by_ending
from license_audit.readers.scan.commands_hosted import provider_of
from license_audit.readers.scan.commands_places import loads, place, split_name
from license_audit.readers.scan.commands_values import hits
from license_audit.readers.scan.source import Source

NAMES = (".env", ".env.*", "*.env", "env.*", "*.env.*", ".envrc", "*.properties")
HINTS = (
    b"MODEL",
    b"model",
    b"LLM",
    b"llm",
    b"EMBED",
    b"RERANK",
    b"TOKENIZER",
    b"REPO",
    b"LORA",
    b"ADAPTER",
    b"CHECKPOINT",
    b"huggingface.co",
    b"hf.co",
    b"GGUF",
)
_LINE = re.compile(
    r"[ \t]*(?:export[ \t]+|set[ \t]+)?(?P<name>[A-Za-z_][\w.-]{0,99})[ \t]*[=:][ \t]*(?P<value>[^\r\n]*)"
)
_QUOTED = re.compile(r"(?P<mark>[\"'])(?P<text>[^\"']*)(?P=mark)")
_PLAIN = re.compile(r"(?P<text>[^#]*?)(?:[ \t]+#.*|[ \t]*)")
_DEFAULT = re.compile(r"\$\{\w+:?-(?P<text>[^{}$]+)\}")
_PIECE = re.compile(r"[^\s,;|]+")


def read(source: Source) -> Iterator[Hit]:
    """Models in variables whose names speak of models."""
    other = by_ending(source)
    if other is not None:
        yield from other
        return
    providers: dict[str, str] = {}
    for number, line in enumerate(source.text.split("\n"), start=1):
        found = _LINE.match(line)
        if found is None:
            continue
        text, start = _value(found["value"])
        if split_name(found["name"])[-1:] == ("provider",):
            providers["_".join(split_name(found["name"])[:-1])] = text
        yield from _variable(found["name"], text, number, found.start("value") + start + 1, providers)


def _value(text: str) -> tuple[str, int]:
    """A value without its quotes and comment, and where in the text it starts."""
    quoted = _QUOTED.match(text)
    found = quoted or _PLAIN.fullmatch(text)
    if found is None:
        return "", 0
    default = _DEFAULT.fullmatch(found["text"])
    if default:
        return default["text"], found.start("text") + default.start("text")
    return found["text"], found.start("text")


def _variable(name: str, text: str, line: int, column: int, providers: dict[str, str]) -> Iterator[Hit]:
    certainty = place(name)
    for piece in _PIECE.finditer(text) if certainty else ():
        yield from hits(
            piece[0],
            line,
            column + piece.start(),
            "environment",
            certainty or "likely",
            provider=_provider(name, providers),
            loads=loads(name),
        )


def _provider(name: str, providers: dict[str, str]) -> str:
    """Who serves the model of a variable, as its name says or a variable of nearly the same name before it."""
    parts = split_name(name)
    if "ollama" in parts:
        return "ollama"
    own = next((part for part in parts if part not in ("nvidia", "google", "aws") and provider_of(part)), "")
    return own or next((who for key, who in providers.items() if key and "_".join(parts).startswith(key)), "")
