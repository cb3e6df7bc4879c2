"""What a string in a place for models names, with what only such a place makes likely: hosted and well-known names."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from license_audit.model.reference import Certainty, Hit, ReferenceKind
from license_audit.readers.scan.commands_hosted import HUBS, OLLAMA, SELF, hosted, hosted_name, provider_of
from license_audit.readers.scan.commands_places import words_of
from license_audit.readers.scan.names import MAX_NAME, hub_address, is_hub_id, is_path, named

_ORDER: tuple[Certainty, ...] = ("certain", "likely", "possible")
MAX_VALUE = 1000
"""Characters of the longest value that is looked at."""
_OPEN = re.compile(r"[\s$<>{}|\\*\"'()\[\],;!]")
"""Characters of values that are filled in later, or are no names."""
_PLACEHOLDER = re.compile(
    r"(?:<.*|your[-_ ]?.*|my[-_]?(?:org|user|name|model).*|user(?:[-_]?name)?|organization|some[-_]?(?:org|user).*"
    r"|hf[-_]?user(?:[-_]?name)?|xxx+|\.\.\.|path|namespace)",
    re.IGNORECASE,
)
"""Organizations that somebody is to fill in."""
_MAYBE_PLACEHOLDER = re.compile(
    r"(?:org|owner|foo|example|author|company|acme|repo|account|publisher|model|test|vendor|provider|team)",
    re.IGNORECASE,
)
"""Those that are, where the name is one too."""
_PLACEHOLDER_NAME = re.compile(
    r"(?:(?:your|my|some|test|example)[-_].*|.*(?:your|custom)[-_]?model.*|(?:hf[-_])?model(?:[-_](?:name|id|a|b|repo|\d))?"
    r"|name|repo(?:[-_](?:name|id))?|xxx+|bar|id|org)",
    re.IGNORECASE,
)
_FILLED_IN = re.compile(
    r"[A-Z]+(?:_[A-Z]+)+|.*[-_]here|(?:(?:your|my|the)[-_])?(?:llm|model|hf|embedding)?[-_]?(?:model|name|path|id|file)"
    r"|(?:\.?/)?path/to/.*",
    re.DOTALL,
)
"""Words that stand for a name or path, and are none."""
_RESOURCE = re.compile(
    r".*-(?:model|endpoint|deployment|service|server|config|cluster|job|api|app|demo|test)s?", re.IGNORECASE
)
"""Names of things that are made around a model."""
_EARLY = re.compile(
    r"(?:distil)?(?:bert|roberta)-(?:base|large)(?:-[\w-]+)?|albert-[a-z]+-v\d|t5-(?:small|base|large|3b|11b)"
    r"|(?:distil)?gpt2(?:-(?:medium|large|xl))?|openai-gpt|xlm-[\w-]+|xlnet-[\w-]+|camembert-base|ctrl|transfo-xl-\w+"
)
"""Models of the Hub's early days, which have no organization."""
_RELEASE = re.compile(
    r"[\w.-]+/[\w.-]+-(?:gguf|awq|gptq|exl2|instruct|chat|hf|it|\d+(?:\.\d+)?b)(?:[-_.][\w.-]*)?", re.IGNORECASE
)
_FOLDERS = words_of("""
    model models checkpoint checkpoints ckpt ckpts output outputs out result results save saves saved
    saved_models run runs log logs exp exps experiment experiments weight weights pretrained pretrained_models
    pretrained_model cache dataset datasets data trained_models trained work_dirs work_dir workdir lora loras
    adapters artifacts artifact build dist downloads download workspace app root home tmp mnt assets resources
    configs config conf script scripts examples example tests test tools train training eval evaluation storage
    volume volumes hf_models local llm llms files generated merged final export exports release base_models
    huggingface hf hub
""")
"""Folders that relative paths start with, and no organization of note."""
_MIRRORED = re.compile(
    r"(?:.*/)?(?:models?|hub|hf|hf_models|huggingface|weights|checkpoints|llm|llms|pretrained|model[_-]?(?:cache|store|zoo))/"
    r"(?P<id>[A-Za-z0-9_][\w.-]*/[A-Za-z0-9_][\w.-]*)(?:/.*)?"
)
_BUILD = re.compile(r"i?q\d\w*|b?fp?\d+|int\d|gguf|ggml|onnx|main|original|v?\d+", re.IGNORECASE)
"""Folders that hold one build of a model, and are no part of an id."""
_CACHED = re.compile(r"(?:.*/)?models--(?P<org>[A-Za-z0-9_][\w.]*(?:-[\w.]+)*)--(?P<name>[A-Za-z0-9_][\w.-]*?)(?:/.*)?")
_FAMILY = re.compile(
    r"(?:^|[-_./])(?:(?:code|tiny|open|smol|mobile|vicuna|chat|meta)?-?llama|(?:co)?qwen|qwq|mistral|mi[xn]istral|mixtral"
    r"|ministral|codestral|devstral|gemma|code-?gemma|phi|gpt|falcon|deepseek|yi|bert|roberta|deberta|distil\w+|electra|albert"
    r"|t5|flan|mt5|bart|whisper|wav2vec|hubert|clip|siglip|blip|vit|dino\w*|bge|gte|e5|minilm|mpnet|bloom\w*|opt|pythia"
    r"|starcoder\w*|codegen|stable-?diffusion|sdxl|flux|glm|chatglm\w*|baichuan\w*|internlm\w*|internvl\w*|vicuna|zephyr"
    r"|olmo\w*|granite|nemotron|command-r|c4ai|aya|mpt|dolly|solar|smollm\w*|smolvlm\w*|llava|minicpm\w*|jina|nomic|hermes"
    r"|openhermes|dolphin|wizard\w*|orca|mamba|rwkv|xlm|xlnet|longformer|bigbird|sam|detr|owlvit|layoutlm\w*|donut|trocr"
    r"|bark|musicgen|kimi|ernie|exaone|all-minilm|nllb|marian|opus-mt|stablelm|gpt2|distilgpt2|tinyllama|codellama)"
    r"(?=$|[-_./\d]|v\d)",
    re.IGNORECASE,
)
_TAG = re.compile(r"[A-Za-z0-9][\w.-]*(?:/[A-Za-z0-9][\w.-]*)?:[\w.-]+")
_HUB_SCHEME = re.compile(r"(?:hf-hub|hf_hub|hf|huggingface|HF):(?://)?(?=[A-Za-z0-9])")
_LIBRARY_SCHEME = re.compile(r"(?:sentence[-_]transformers|local|huggingface|hf|huggingface_hub):(?=[A-Za-z0-9])")
"""What some tools put before a name of the Hub."""
_OLLAMA_SCHEME = re.compile(r"ollama(?:_chat)?(?::/?/?(?:library/)?|/)")
_LIBRARY = re.compile(r"(?:https?://)?(?:www\.)?(?:registry\.)?ollama\.(?:com|ai)/(?:library/)?([\w./:-]+)")
_REVISION = re.compile(r"[A-Za-z0-9._-]+")


class Value(NamedTuple):
    """A model that a string names."""

    id: str
    kind: ReferenceKind
    revision: str = ""
    provider: str = ""
    certainty: Certainty = "certain"


def is_known(text: str) -> bool:
    """Whether a name is, or starts with, that of a well-known family of models."""
    return bool(_FAMILY.search(text))


def is_release(text: str) -> bool:
    """Whether a text is a Hub id that is spelled like a release of weights, whatever place it stands in."""
    return _RELEASE.fullmatch(text) is not None and is_hub_id(text) and is_known(text) and not _is_folder(text)


def address(text: str) -> Value | None:
    """The model of a hub that an address names; None for an organization, a data set, or another site."""
    found = hub_address(text) if "/" in text else None
    if found is None:
        return None
    if "/" not in found.id and not _EARLY.fullmatch(found.id) and not re.search(r"/(?:resolve|blob|tree|raw)/", text):
        return None
    # `…/org/models` is a page about an organization.
    is_page = found.id.endswith(("/models", "/datasets", "/spaces", "/collections"))
    return None if is_page or _is_placeholder(found.id) else Value(found.id, found.kind, found.revision)


def mirrored(text: str, *, is_place: bool = False) -> Value | None:
    """The Hub id that a path repeats, as in `/models/org/name/file.gguf` and in the Hub's own cache.

    Where the path stands in a place for models (`is_place`), its last part need not be spelled like a known family.
    """
    cached = _CACHED.fullmatch(text) if "models--" in text else None
    if cached:
        return Value(f"{cached['org']}/{cached['name']}", "hub", certainty="likely")
    found = _MIRRORED.fullmatch(text) if text.count("/") > 1 and len(text) < MAX_VALUE else None
    if found is None or not is_hub_id(found["id"]) or _is_folder(found["id"]) or _is_placeholder(found["id"]):
        return None
    name = found["id"].partition("/")[2]
    is_model = re.search(r"\d", name) and (is_place or is_known(name)) and not is_weights(name)
    is_model = is_model and not _BUILD.fullmatch(name)
    return Value(found["id"], "hub", certainty="likely") if is_model else None


def value(text: str, *, provider: str = "", loads: bool = False, tagged: bool = True) -> Value | None:
    """What a string in a place for models names; None when it names none that is known as one.

    `provider` is who serves it, where the place says so. A place `loads` when it fetches from the Hub, where names
    without an organization are models too. Names with tags are those of Ollama, except where images stand (`tagged`).
    """
    text = text.strip()
    if not text or len(text) > MAX_VALUE:
        return None
    known = address(text)
    if known is not None:
        return known
    library = _LIBRARY.fullmatch(text)
    if library:
        return Value(library[1], "ollama")
    text = _HUB_SCHEME.sub("", text, count=1) if _HUB_SCHEME.match(text) and "://" not in text else text
    if _OPEN.search(text) or "://" in text.removeprefix("ollama://") or _FILLED_IN.fullmatch(text):
        return None
    before = _LIBRARY_SCHEME.match(text)
    if before:
        rest = text[before.end() :]
        own = "sentence-transformers/" if before[0].startswith("sentence") and "/" not in rest else ""
        return _plain(own + rest, loads=True, tagged=False)
    served = _served(text, provider.lower())
    if served is not None:
        return served
    if is_path(text) or text.startswith("models--"):
        return mirrored(text, is_place=True) or (
            Value(text, "path") if is_weights(text) or _is_folder_of_release(text) else None
        )
    return _plain(text, loads=loads, tagged=tagged)


def _served(text: str, provider: str) -> Value | None:
    """What is served by somebody, as its prefix or the place says."""
    scheme = _OLLAMA_SCHEME.match(text)
    if scheme and not text.startswith("ollama/ollama"):
        rest = text[scheme.end() :]
        return address(rest) or (Value(rest, "ollama") if rest else None)
    first, _, rest = text.partition("/")
    if provider in OLLAMA or (provider in SELF and _TAG.fullmatch(text) and not is_path(text)):
        return None if is_path(text) else Value(text, "ollama")
    if first.lower() in HUBS and is_hub_id(rest):
        return Value(rest, "hub")
    if first.lower() in SELF and rest:
        return _plain(rest, loads=False, tagged=True)
    who = provider_of(provider)
    if who and not is_path(text):
        inner = hosted(text)
        same = provider_of(first) == who and rest and (first.lower() not in ("nvidia", "openai") or hosted_name(rest))
        name = rest if same else text
        return Value(inner.id if inner and inner.provider == who and not same else name, "hosted", provider=who)
    found = hosted(text)
    return Value(found.id, "hosted", provider=found.provider) if found else None


def _plain(text: str, *, loads: bool, tagged: bool) -> Value | None:
    found = named(text) if len(text) <= MAX_NAME else None
    if found is None:
        return mirrored(text, is_place=True)
    if found.kind == "hub":
        if _is_placeholder(found.id) or found.id.startswith("ollama/"):
            return None
        if _is_folder(found.id):
            return mirrored(text, is_place=True)
        revision = found.revision if _REVISION.fullmatch(found.revision) else ""
        return Value(found.id, "hub", revision)
    if found.kind == "ollama":
        return Value(text, "ollama", certainty="certain" if is_known(text) else "likely") if tagged else None
    if is_known(text) and re.search(r"[-\d]", text) and (loads or not _RESOURCE.fullmatch(text)):
        return Value(text, "hub" if loads else "name", certainty="certain" if loads else "likely")
    return None


def _is_folder(model: str) -> bool:
    return model.partition("/")[0].lower() in _FOLDERS


def _is_placeholder(model: str) -> bool:
    """Whether an id is a pattern that somebody is to fill in."""
    organization, _, name = model.partition("/")
    if _PLACEHOLDER.fullmatch(organization) or name.lower() == "local-model":
        return True  # LM Studio answers to any name; its pages show this one
    filled_in = bool(_PLACEHOLDER_NAME.fullmatch(name))
    return filled_in and bool(
        _MAYBE_PLACEHOLDER.fullmatch(organization) or name.lower().startswith(("your", "my-model"))
    )


def is_weights(text: str) -> bool:
    """Whether a path is that of a file with weights."""
    return bool(re.search(r"\.(?:gguf|ggml|safetensors|bin|pt|pth|onnx|ckpt|tflite)$", text, re.IGNORECASE))


def _is_folder_of_release(text: str) -> bool:
    """Whether a path is that of a folder named like a release of a known family: `/data/Llama-2-7b-hf`."""
    last = text.rstrip("/").rpartition("/")[2]
    return is_known(last) and bool(re.search(r"-.*\d|\d.*-", last))


def once(found: Iterable[Hit]) -> Iterator[Hit]:
    """Each place once, as what it most certainly is, in the order in which they were found."""
    best: dict[tuple[int, int, str], Hit] = {}
    for hit in found:
        key = (hit.line, hit.column, hit.id)
        known = best.get(key)
        if known is None or _ORDER.index(hit.certainty) < _ORDER.index(known.certainty):
            best[key] = hit
    yield from best.values()


def weakened(hit: Hit, certainty: Certainty) -> Hit:
    """A hit that is at most so certain."""
    return hit._replace(certainty=max(hit.certainty, certainty, key=_ORDER.index))


def hits(
    text: str,
    line: int,
    column: int,
    role: str,
    certainty: Certainty = "certain",
    *,
    provider: str = "",
    loads: bool = False,
    tagged: bool = True,
) -> Iterator[Hit]:
    """The model that a string names, as a hit at its place; nothing when it names none."""
    found = value(text, provider=provider, loads=loads, tagged=tagged)
    if found is not None:
        hit = Hit(line, column, found.id, found.kind, role, found.certainty, found.revision, found.provider)
        yield weakened(hit, certainty)
