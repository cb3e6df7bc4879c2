"""What a value in a place for models names in YAML and JSON: defaults of variables, lists in one text, providers."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_hosted import HUBS, OLLAMA, SELF, hosted_name, provider_at, provider_of
from license_audit.readers.scan.commands_places import split_name
from license_audit.readers.scan.commands_values import Value, is_known, value
from license_audit.readers.scan.names import MAX_NAME, is_hub_id
from license_audit.readers.scan.structured import Mapping, Scalar, in_place
from license_audit.readers.scan.structured_keys import Slot, small

MAX_TEXT = 2000
"""Characters of the longest value that may name models."""
_DEFAULT = re.compile(r"\$\{(?P<name>[A-Za-z_]\w*):?[-=](?P<text>[^{}$\s]+)\}?")
_TEMPLATE = re.compile(r"\{\{-?[^{}]*?\bdefault\s+\\?[\"'](?P<text>[^\"'{}\s\\]+)\\?[\"'][^{}]*\}\}")
_LOOKUP = re.compile(r"(?:\$\{oc\.env:\w+,\s*|\$\{env:\w+[:,]-?)[\"']?(?P<text>[^\"'{}\s,]+)[\"']?\}")
_PIECE = re.compile(r"[^\s,;+|]+")
_LOCAL = re.compile(
    r"https?://(?:localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker\.internal|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\."
    r"|[\w-]+(?::\d+|/|$)|[\w.-]+\.(?:svc|local|internal|lan|home|localdomain)\b)"
)
_TAGGED = re.compile(
    r"[\w.-]+(?:/[\w.-]+)?:(?:\d+(?:\.\d+)?[bm](?![a-z0-9]).*|latest|.*q\d.*|e\d+b.*|instruct.*|chat.*|text.*)",
    re.IGNORECASE,
)
_SIZED = re.compile(
    r"(?:[a-z][\w.-]*:(?:\d+x)?\d+(?:\.\d+)?[bm](?![a-z0-9])[\w.-]*|[a-z.-]+\d[\w.-]*:latest)", re.IGNORECASE
)
"""A name with its size behind it, as Ollama writes it and hardly anybody else."""
_OF_SIZE = re.compile(r"[-_.](?:\d+x)?\d+(?:\.\d+)?[bm](?![a-z0-9])", re.IGNORECASE)
"""The size of a model in its name."""
_EMBEDDERS = frozenset(("nomic-embed-text", "mxbai-embed-large", "all-minilm", "snowflake-arctic-embed", "bge-m3"))
"""Embedders of Ollama that people name without a tag."""
_OF_PROVIDER = frozenset(
    ("api_type", "backend", "service", "vendor", "engine", "type", "api", "source", "platform", "client", "kind")
)
_AMBIGUOUS = frozenset(("nvidia", "google", "aws", "github", "cloudflare", "alibaba", "meta", "together", "perplexity"))
"""Names of providers that are words of keys for other reasons too."""
_EMPTY = frozenset(("empty-model", "dummy-model"))
"""Repositories that stand where a tool wants one and nothing is loaded."""
_FAKE = re.compile(r"(?:fake|dummy|mock|test|none|any|\d+)(?:[-_](?:model|endpoint|openai\S*))?", re.IGNORECASE)
"""Names of models that exist only in the tests of a router."""
_ROUTED = frozenset((
    "aiml", "aleph_alpha", "anyscale", "assemblyai", "azure_text", "baseten", "clarifai", "codestral", "deepgram",
    "elevenlabs", "featherless_ai", "friendliai", "gigachat", "github_copilot", "gradient_ai", "heroku", "jina_ai",
    "lambda_ai", "maritalk", "meta_llama", "minimax", "nlp_cloud", "nscale", "oci", "palm", "predibase", "sagemaker",
    "sagemaker_chat", "snowflake", "text-completion-codestral", "vercel_ai_gateway", "vertex_ai_beta",
))  # fmt: skip
"""Providers that only a router knows by these names."""
_OWN_SERVERS = SELF | frozenset((
    "openai_like", "custom_openai", "lm_studio", "xinference", "llamafile", "infinity", "triton", "docker_model_runner",
    "lemonade", "litellm_proxy", "text-completion-openai-like",
))  # fmt: skip
_OPEN = re.compile(r"[\s$<>{}|\\*\"'()\[\],;:!@]|path/to|your")
_SHARD = re.compile(
    r"(?:consolidated[\w.-]*|(?:diffusion_)?(?:pytorch_)?model(?:-\d+-of-\d+)?|adapter_model|hf_model_\d+\w*)"
    r"\.(?:pth?|bin|safetensors)"
)
"""Files that lie in every checkpoint: the folder around them says which it is."""
_FOLDER = re.compile(r"(?:~/|(?:\.{1,2}/)*)[\w.-]+(?:/[\w.-]+)*/?")


class Located(NamedTuple):
    """A text within a value, and where it starts in it."""

    text: str
    offset: int


def is_sized(text: str) -> bool:
    """Whether a text is a name of Ollama wherever it stands: a known family with a size, as in `llama3.1:8b`."""
    return len(text) <= MAX_NAME and bool(_SIZED.fullmatch(text)) and is_known(text.partition(":")[0])


def is_of_size(text: str) -> bool:
    """Whether an id of the Hub tells a known family and a size, so that a repository of code is hardly meant."""
    return is_hub_id(text) and is_known(text) and bool(_OF_SIZE.search(text))


def default_of(text: str) -> tuple[str, Located] | None:
    """The variable and its default in a value such as `${MODEL_ID:-org/name}`; None where there is none."""
    if "{" not in text or len(text) > MAX_TEXT:
        return None
    found = _DEFAULT.search(text)
    if found:
        return found["name"], Located(found["text"], found.start("text"))
    other = _TEMPLATE.search(text) or _LOOKUP.search(text)
    return ("", Located(other["text"], other.start("text"))) if other else None


def pieces(text: str) -> Iterator[Located]:
    """The names in a value: one, or several with commas, blanks or plus signs between them."""
    found = default_of(text)
    if found:
        yield found[1]
    elif "://" in text or not any(sign in text for sign in ",+; |"):
        yield Located(text.strip(), len(text) - len(text.lstrip()))
    elif len(text) <= MAX_TEXT and (text.count(" ") <= text.count(",") + text.count(" | ") * 2 or "," in text):
        for piece in _PIECE.finditer(text):
            yield Located(piece[0], piece.start())


def provider_in(mapping: Mapping) -> str:
    """Who serves the models of a mapping, as one of its keys says; empty where none does."""
    beside, address = "", ""
    for key, node in mapping.pairs:
        if not isinstance(node, Scalar) or len(node.text) > MAX_TEXT:
            continue
        name, text = small(key.text), node.text.strip()
        if name.endswith("provider") or name in _OF_PROVIDER:
            plain = text.lower().replace("nvidia_ai_endpoints", "nvidia")
            if provider_of(plain) or plain in SELF or plain in OLLAMA or plain in HUBS:
                beside = beside or plain
        elif "://" in text and ("base" in name or "url" in name or "endpoint" in name or "host" in name):
            address = address or text
    return by_address(address, beside) or beside


def by_address(address: str, beside: str = "") -> str:
    """Who answers at an address; a server of one's own where it lies in one's own network."""
    if not address:
        return ""
    known = provider_at(address)
    if known and beside in ("", "openai"):
        return known
    if ":11434" in address or "ollama" in address:
        return "ollama"
    return "local" if _LOCAL.match(address) and beside in ("", "openai") else ""


@lru_cache(maxsize=8192)
def provider_by_key(key: str) -> str:
    """Who serves the model that a key such as `OLLAMA_MODEL` or `openai` holds; empty where it does not say."""
    parts = split_name(key)
    if "ollama" in parts:
        return "ollama"
    return next((part for part in parts if part not in _AMBIGUOUS and provider_of(part)), "")


def named_in(scalar: Scalar, slot: Slot, provider: str, *, names: bool, revision: str = "") -> Iterator[Hit]:
    """Models that a value in a place for models names. `names` says whether well-known names count by themselves."""
    for piece in pieces(scalar.text):
        found = _judged(piece.text, slot, provider, names=names) or _folder(piece.text, slot)
        if found is None:
            continue
        line, column, _ = in_place(scalar, *_offset(scalar, piece.offset), piece.text)
        sure = max(slot.certainty, found.certainty, key=("certain", "likely", "possible").index)
        at = found.revision or (revision if found.kind == "hub" else "")
        yield Hit(line, column, found.id, found.kind, slot.role, sure, at, found.provider)


def _offset(scalar: Scalar, offset: int) -> tuple[int, int]:
    """Line and column within a text."""
    before = scalar.text[:offset]
    return before.count("\n") + 1, offset - before.rfind("\n")


def _folder(text: str, slot: Slot) -> Value | None:
    """A folder in the project that is loaded: any adapter, and a model that is called like a well-known one."""
    if slot.certainty != "certain" or "/" not in text or len(text) > MAX_NAME or _OPEN.search(text):
        return None
    if not _FOLDER.fullmatch(text) or not text.strip("./"):
        return None
    prefix, _, name = text.partition("/")
    if prefix == "models" and (known := hosted_name(name)):
        return Value(name, "hosted", provider=known.provider)
    is_model = is_known(text) and re.search(r"\d", text)
    return Value(text, "path", certainty="likely") if slot.role == "adapter" or is_model else None


def _judged(text: str, slot: Slot, provider: str, *, names: bool) -> Value | None:
    if not names and text in _EMBEDDERS:
        return Value(text, "ollama", certainty="likely")
    # OpenAI's protocol is everybody's: an id of open weights behind it is served by somebody else.
    found = value(text, provider="" if provider == "openai" and is_hub_id(text) else provider, loads=slot.loads)
    if found is None or found.id.rpartition("/")[2] in _EMPTY or _SHARD.fullmatch(found.id):
        return None
    if found.kind == "hosted" and slot.loads and not provider and is_hub_id(text):
        return Value(text, "hub")  # what is loaded from the Hub may lie under the name of a provider
    if found.kind == "ollama" and provider not in OLLAMA and not text.startswith("ollama"):
        return found if _TAGGED.fullmatch(text) and is_known(text.partition(":")[0]) else None
    if found.kind == "name" and not names:
        return None
    if found.kind == "hosted" and not names and not provider and "/" not in text:
        return None
    return found


def litellm(text: str, mapping: Mapping) -> Value | None:
    """The model behind a name of LiteLLM: `provider/name`, where the address may say that it is one's own server."""
    first, _, rest = text.strip().partition("/")
    who, address = first.lower(), mapping.text("api_base", "base_url")
    if not text.strip() or any(sign in text for sign in "*{$ ") or text.startswith(("os.environ", "auto_router/")):
        return None
    if who in OLLAMA and rest:
        return Value(rest, "ollama")
    last = "/".join(rest.split("/")[-2:])
    if who in HUBS and rest:
        return Value(last, "hub") if is_hub_id(last) else Value(rest, "name")
    if rest and (_FAKE.fullmatch(rest) or rest.startswith(("deployment/", "deployments/"))):
        return None
    if rest and (_LOCAL.match(address) or who in _OWN_SERVERS):
        return Value(rest, "hub") if is_hub_id(rest) else Value(rest, "name")
    if rest and (provider_of(who) or who in _ROUTED):
        return Value(rest.removeprefix("converse/"), "hosted", provider=provider_of(who) or who)
    provider = provider_of(mapping.text("custom_llm_provider")) or provider_at(address)
    known = hosted_name(text)
    if known or provider:
        return Value(text, "hosted", provider=provider or (known.provider if known else ""))
    return value(text)
