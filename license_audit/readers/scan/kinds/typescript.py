"""TypeScript and JavaScript: what transformers.js loads, and the models that clients of APIs ask for."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Certainty, Hit
from license_audit.readers.scan.commands_hosted import hosted_name, provider_of
from license_audit.readers.scan.commands_places import library, place
from license_audit.readers.scan.commands_values import address, hits, is_known, value
from license_audit.readers.scan.source import Source

NAMES = ("*.ts", "*.js", "*.mjs", "*.cjs", "*.tsx", "*.jsx", "*.mts", "*.vue", "*.svelte")
HINTS = (
    *(
        b"from_pretrained",
        b"pipeline(",
        b"gpt-",
        b"claude-",
        b"gemini-",
        b"huggingface",
        b"hf.co/",
        b"lama",
        b"Xenova/",
    ),
    *(b"istral", b"wen", b"text-embedding", b"emma", b"hisper", b"onnx-community/", b"eepseek", b"DeepSeek", b"embed"),
    *(b"_MODEL", b"MODEL_", b"modelId", b"modelName", b"model: '", b'model: "'),
    *(b"MiniLM", b"model: 'o", b'model: "o', b"-MLC", b"flux", b"FLUX", b"stable-diffusion", b"command-", b"grok-"),
)
_TOKEN = re.compile(
    r"(?P<comment>//[^\n]*|/\*(?:[^*]|\*(?!/))*(?:\*/)?)"
    r"|(?P<text>\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*')"
    r"|(?P<template>`(?:[^`\\]|\\.)*`)",
    re.DOTALL,
)
_MAYBE = re.compile(r"(?=[^/:.\d-]*[/:.\d-])[\w@.:/+%?=&#-]+|[a-z0-9]{3,20}")
"""What could name a model: one word."""
_BEFORE = 160
"""Characters before a string that are looked at."""
_LOAD = re.compile(
    r"(?:\bfrom_pretrained|\bfromPretrained|\bpipeline(?:<[^()]*>)?\(\s*[\"'][\w-]+[\"']\s*,|\bfrom_hub)\s*\(?\s*$"
)
_OR = re.compile(r"(?P<key>[A-Za-z_$][\w$.]*)(?:\[[\"'](?P<env>\w+)[\"']\])?\s*(?:\?\?|\|\|)\s*$")
"""A default behind a name: `process.env.MODEL ?? "…"`."""
_RENAMED = re.compile(r"[\"'](?P<key>[\w.-]+)[\"']\s*:\s*$")
"""A key between quotes, which may be the name of a model that is called otherwise elsewhere."""
_NAMED = re.compile(
    r"[\"']?(?P<key>[A-Za-z_$][\w$-]*)[\"']?\??\s*(?::\s*[A-Za-z][\w<>\[\]|. ]*=|[:=](?!=))"
    r"\s*(?:\(?[^;{}()\n,]{0,60}[?:|]\s*)?\[?\s*$"
)
_LISTED = re.compile(
    r"[\"']?(?P<key>[A-Za-z_]\w*)[\"']?\s*(?::\s*[\w\[\]<>]+)?\s*[:=]\s*\[(?:\s*[\"'][^\"'\n]*[\"']\s*,)+\s*$"
)
_CALLED = re.compile(
    r"\b(?P<provider>openai|anthropic|google|groq|mistral|xai|cohere|ollama|openrouter|bedrock|azure|vertex|deepseek|perplexity"
    r"|togetherai|fireworks|cerebras|deepinfra)(?:\.(?:chat|embedding|textEmbeddingModel|languageModel|responses|completion"
    r"|image|transcription|speech|imageModel))?\(\s*$"
)
_METHOD = re.compile(r"\)\s*\.(?:chat|languageModel|completion|responses|embedding|textEmbeddingModel)\(\s*$")
"""A method of a client that was made right before it."""
_CLIENT = re.compile(r"\b(?:CreateMLCEngine|CreateWebWorkerMLCEngine|reload)\(\s*$")
_OLLAMA_SERVER = re.compile(r"https?://[^\s\"'`]{1,80}:11434|ollama\.com(?:/v1|/api|[\"'`])")
_ELSEWHERE = re.compile(r"api\.openai\.com|openrouter\.ai|api\.groq\.com|api\.together|OPENAI_BASE_URL|azure")
_MADE = re.compile(r"new\s+(?P<client>\w*Ollama\w*)\(\s*\{[^{}]*$")
_NEXT = re.compile(r"\s*,\s*")
_TYPE = re.compile(r"\btype\s+\w+\s*=[^;=]*$")
_CAPITAL = re.compile(r"[A-Z]")
_IDS = frozenset(("id", "value", "name", "slug"))


def read(source: Source) -> Iterator[Hit]:
    """Models that strings name where they are loaded, asked for, or given to something that speaks of models."""
    if source.name.lower().endswith((".min.js", ".min.mjs", ".d.ts")):
        return
    text = source.text
    # A client of OpenAI that is pointed at an Ollama server asks for models of its library.
    host = "ollama" if _OLLAMA_SERVER.search(text) and not _ELSEWHERE.search(text) else ""
    line, start = 1, 0
    counted, last, first = 0, 0, ""
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "comment" or not 3 < len(token[0]) < 300:  # noqa: PLR2004  # as long as an address
            continue
        breaks = text.count("\n", counted, token.start())
        if breaks:
            line += breaks
            start = text.rindex("\n", counted, token.start()) + 1
        counted = token.start()
        if not (first.rstrip().endswith("[") and _NEXT.fullmatch(text, last, token.start())):
            first = text[max(0, token.start() - _BEFORE) : token.start()]
            before = first
        else:
            # A further item of a list is in the place of the first, however long the list is.
            before = f'{first}"", '
        last = token.end()
        yield from _string(token[0][1:-1], before, line, token.start() - start + 2, host)


def _string(text: str, before: str, line: int, column: int, host: str) -> Iterator[Hit]:
    if not _MAYBE.fullmatch(text):
        return
    if before.rstrip()[-1:] in ("(", ","):
        found = tuple(_argument(text, before, line, column, host))
        if found:
            yield from found
            return
    known = address(text)
    if known is not None:
        yield Hit(line, column, known.id, known.kind, "link", "likely", known.revision)
    elif value(text, provider=_library(before) or host) is not None:
        certainty = _certainty(text, before)
        if certainty:
            provider = _library(before) or ("" if hosted_name(text) or "/" in text else host)
            yield from hits(text, line, column, "setting", certainty, provider=provider)


def _library(before: str) -> str:
    """`ollama` where the name that a string is given to, or the client that is made with it, says so."""
    made = _MADE.search(before)
    if made:
        return library(made["client"])
    found = _OR.search(before) or _NAMED.search(before)
    return library(str(found.groupdict().get("env") or found["key"]).rpartition(".")[2]) if found else ""


def _argument(text: str, before: str, line: int, column: int, host: str) -> Iterator[Hit]:
    """What a function is given that loads a model, or makes a client for one."""
    called = _CALLED.search(before)
    if _LOAD.search(before):
        yield from hits(text, line, column, "load", loads=True)
    elif called:
        yield from hits(text, line, column, "hosted", provider=_provider(called["provider"], text, host))
    elif hosted_name(text) and _METHOD.search(before):
        yield from hits(text, line, column, "hosted", "likely")
    elif text.endswith("-MLC") and _CLIENT.search(before):
        yield Hit(line, column, text, "name", "load")


def _provider(name: str, text: str, host: str) -> str:
    """Who is asked by a function of that name: a client of one provider may be pointed at another's server."""
    return name if name == "ollama" or provider_of(name) != "openai" or hosted_name(text) else host


def _certainty(text: str, before: str) -> Certainty | None:
    """How sure it is that a string names a model, by the name that it is given to."""
    renamed = _RENAMED.search(before)
    if renamed and hosted_name(renamed["key"]):
        return None if _CAPITAL.search(text) else "likely"
    if _TYPE.search(before):
        return None
    behind = _OR.search(before)
    if behind:
        # Where the variable of the environment says nothing, the name that gets its value may.
        given = _NAMED.search(before[: behind.start()])
        name = str(behind["env"] or behind["key"]).rpartition(".")[2]
        return place(name) or (place(given["key"]) if given else None)
    found = _NAMED.search(before) or _LISTED.search(before)
    if found is None:
        return None
    name = found["key"]
    if name in _IDS:
        if name == "name" and hosted_name(text) and _CAPITAL.search(text):
            return None  # what is shown to people
        model = value(text)
        return "likely" if model and (model.kind == "hosted" or (model.kind == "hub" and is_known(model.id))) else None
    return place(name)
