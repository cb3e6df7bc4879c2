"""What a string names that stands in a place for models of a Python file, and how sure that is."""

import re
from typing import NamedTuple

from license_audit.model.reference import Certainty, ReferenceKind
from license_audit.readers.scan.names import Named, hub_address, is_hub_id, named
from license_audit.readers.scan.python_calls import Place
from license_audit.readers.scan.python_hosted import hosted_provider, is_family, split_provider
from license_audit.readers.scan.python_names import words

_FOLDERS = words(
    """models model checkpoints checkpoint outputs output out results result weights pretrained saved_models saved_model
    saved save ckpt ckpts experiments runs logs log cache artifacts trained finetuned fine_tuned merged local assets
    resources config configs tests test static drive content workspace root app tmp lora loras adapters exp storage
    downloads download model_data pretrained_models hub dataset datasets docs images img lib templates scripts utils"""
)
_PLACEHOLDER = re.compile(
    r"(?:your|my|some|provider|username|user|org|organi[sz]ation|namespace|owner|repo|author|entity|hf[-_]user(?:name)?|foo|xxx+)"
    r"(?:[-_]?(?:org|name|user|username|account|namespace|organization|hf[-_]\w+|id))*/.*|[^/]+/(?:your|some)[-_].*|[^/]+/(?:unknown|name|model)",
    re.IGNORECASE,
)
_FILLED_IN = re.compile(
    r"[A-Z]+(?:_[A-Z]+)+|.*[-_]here|(?:llm|model|hf|embedding)[-_](?:name|path|id)|(?:\.?/)?path/to/.*", re.DOTALL
)
"""Words that stand for a name or path, and are none."""
_NOT_BARE = words(
    """auto none null true false default base test tests dummy foo bar baz unknown custom local model main name path
    transformers huggingface openai ollama anthropic vllm cpu cuda string str text file small-model
    my-model my_model your-model tokenizer bert-model fake mock classification"""
)
_INFERENCE = re.compile(
    r"https?://(?:api-inference\.huggingface\.co|router\.huggingface\.co/hf-inference)/(?:models|pipeline/[\w-]+)/"
    r"(?P<id>[\w-][\w.-]*(?:/[\w-][\w.-]*)?)(?P<rest>[/?#].*)?"
)
_PREFIX = re.compile(r"(?:hf[-_]hub|huggingface|hf|transformers|sentence-transformers|local-dir):(?!//)")
_TOOL_LIST = re.compile(r"(?:ViT|RN|EVA|ViTamin|convnext|coca_ViT)[\w@-]*(?:/\w+(?:@\w+)?)?", re.IGNORECASE)
_API_NAME = re.compile(r"[A-Za-z0-9@][\w.@:/+-]*")
_OLLAMA_NAME = re.compile(r"(?:[A-Za-z0-9_][\w.-]*/)?[A-Za-z0-9_][\w.-]*(?::[\w.-]+)?")
_WEIGHTS = re.compile(r"[^\n*{}<>]*\.(?:gguf|ggml|safetensors|onnx|bin|pt|pth|ckpt|h5|tflite|engine|keras)")
_RELEASED = re.compile(
    r"[^_]*\d(?!.*(?:For[A-Z]|Model$|Tokenizer$|Config$|Encoder$))[^_]*|mistral|mixtral|zephyr|gemma"
    r"|(?:nomic-embed|mxbai-embed|snowflake-arctic|all-minilm|all-mpnet|paraphrase-|multi-qa-|msmarco-|bert-base|bert-large"
    r"|distil\w+-|roberta-|xlm-|deberta-|albert-|flan-t5-)[\w-]*\w"
)
"""A bare name that tells which release of a family it is."""


class Judged(NamedTuple):
    """What a string names."""

    id: str
    kind: ReferenceKind
    certainty: Certainty = "certain"
    revision: str = ""
    provider: str = ""


def judge(value: str, place: Place, host: str, *, is_whole: bool) -> Judged | None:
    """What a string in a place names, if it names a model. `host` says who answers to the API clients of the file."""
    value = value.strip()
    found = address(value)
    if found is not None:
        return found
    if not is_whole:
        plain, mark, _ = value.partition("@")
        return Judged(plain, "hub", "likely") if mark and is_hub_id(plain) else None
    is_no_name = value.lower() in _NOT_BARE and place.way != "listed"
    if not value or is_no_name or _PLACEHOLDER.fullmatch(value) or _FILLED_IN.fullmatch(value):
        return None
    match place.way:
        case "load":
            return _loaded(_PREFIX.sub("", value, count=1))
        case "listed":
            return _listed(_PREFIX.sub("", value, count=1))
        case "ollama":
            return _of_ollama(value)
        case "hosted":
            return _offered(value, place.provider, host)
        case "prefixed":
            return _prefixed(value)
    return _likely(value, host)


def address(value: str) -> Judged | None:
    """The model of the Hub that an address names; None where it is an address of something else, or not complete."""
    if "/" not in value or " " in value or "\n" in value:
        return None
    inference = _INFERENCE.fullmatch(value)
    if inference:
        return Judged(inference["id"], "hub", "certain", "", "huggingface")
    found = hub_address(value)
    if found is None or _PLACEHOLDER.fullmatch(found.id) or ("/" not in found.id and "/resolve/" not in value):
        return None
    return Judged(found.id, "hub", "certain", found.revision)


def _loaded(value: str) -> Judged | None:
    found = named(value)
    if found is None:
        return None
    if found.kind == "name":
        provider = hosted_provider(value)
        if provider and not is_family(value):
            return Judged(value, "hosted", "likely", "", provider)
        return (
            None if value.lower() in _FOLDERS or "." in value[:1] or not is_model_name(value) else Judged(value, "hub")
        )
    return _in_place(found)


def _in_place(found: Named) -> Judged | None:
    if found.kind == "hub" and found.id.partition("/")[0].lower() in _FOLDERS:
        return Judged(found.id, "path", "likely")
    return Judged(found.id, found.kind, "certain", found.revision)


def is_model_name(value: str) -> bool:
    """Whether a bare name in a loading call can be one: it holds more than a number, and no file ending."""
    return any(letter.isalpha() for letter in value) and not re.search(r"\.(?:json|ya?ml|txt|model|pkl|py)$", value)


def _listed(value: str) -> Judged | None:
    if _TOOL_LIST.fullmatch(value):
        return Judged(value, "name")
    found = named(value)
    if found is None or (found.kind == "name" and not is_model_name(value)):
        return None
    return _in_place(found)


def _of_ollama(value: str) -> Judged | None:
    value = value.removeprefix("ollama/").removeprefix("ollama_chat/")
    if named(value) is not None and value.startswith((".", "/", "~")):
        return Judged(value, "path")
    return Judged(value, "ollama") if _OLLAMA_NAME.fullmatch(value) else None


def _offered(value: str, provider: str, host: str) -> Judged | None:
    """A model asked of an API."""
    if not _API_NAME.fullmatch(value):
        found = named(value)
        return Judged(value, "path", "likely") if found and found.kind == "path" else None
    is_own = provider in ("", "openai") and host in ("local", "ollama")
    split = None if is_own or "openrouter" in (host, provider) else split_provider(value)
    if split is not None and split.is_certain and split.way == "hosted":
        return Judged(split.id, "hosted", "certain", "", split.provider)
    if is_own:
        return _served(value, host)
    by_name = hosted_provider(value)
    offered = (host or by_name) if provider in ("", "openai") and (host or by_name) else provider
    return Judged(value, "hosted", "certain" if offered else "likely", "", offered)


def _served(value: str, host: str) -> Judged:
    """A model asked of a server of one's own, which may call it by any name."""
    if host == "ollama":
        return Judged(value, "ollama", "likely")
    return Judged(value, "hub", "likely") if is_hub_id(value) else Judged(value, "name", "possible")


def _prefixed(value: str) -> Judged | None:
    split = split_provider(value)
    if split is not None:
        return _split(split.id, split.way, split.provider, "certain")
    provider = hosted_provider(value)
    if provider:
        return Judged(value, "hosted", "certain", "", provider)
    if is_hub_id(value):
        return Judged(value, "hub", "likely")
    return Judged(value, "name", "possible") if is_family(value) else None


def _split(name: str, way: str, provider: str, certainty: Certainty) -> Judged | None:
    if way == "hosted":
        return Judged(name, "hosted", certainty, "", provider) if _API_NAME.fullmatch(name) else None
    if way == "ollama":
        return Judged(name, "ollama", certainty) if _OLLAMA_NAME.fullmatch(name) else None
    return Judged(name, "hub", certainty) if is_hub_id(name) else None


def _likely(value: str, host: str) -> Judged | None:
    """What a string names in a place that only its name makes one for models."""
    provider = hosted_provider(value)
    if provider:
        return Judged(value, "hosted", "likely", "", provider)
    if _WEIGHTS.fullmatch(value):
        is_path = value.startswith(("./", "../", "/", "~/")) or value.endswith((".gguf", ".ggml"))
        return Judged(value, "path", "possible") if is_path and named(value) else None
    split = split_provider(value)
    if split is not None and (split.is_certain or hosted_provider(split.id) or split.way != "hosted"):
        if host == "openrouter" and split.provider != host:
            return Judged(value, "hosted", "likely", "", host)
        return _split(split.id, split.way, split.provider, "likely")
    plain, _, revision = value.partition("@")
    if is_hub_id(plain):
        is_folder = plain.partition("/")[0].lower() in _FOLDERS
        return None if is_folder else Judged(plain, "hub", "likely", revision)
    name, mark, _ = value.rpartition("/")[2].partition(":")
    if mark and is_family(name) and _OLLAMA_NAME.fullmatch(value):
        return Judged(value, "ollama", "likely")
    return Judged(value, "name", "possible") if is_family(value) and _RELEASED.fullmatch(value) else None
