"""Which flags, variables and keys hold models, by the words of their names."""

import re
from functools import lru_cache

from license_audit.model.reference import Certainty

_SPLIT = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])")
_MAX_NAME = 100


def words_of(text: str) -> frozenset[str]:
    """The words of a text, for lists that are long."""
    return frozenset(text.split())


_OWN = words_of("""
    model models modelid modelname modelpath llm llms embedder reranker tokenizer checkpoint ckpt pretrained
    pretrain adapter lora loras peft gguf basemodel draft speculator vlm mmproj hfmodel
""")
"""Words that say that a model is meant."""
_AFTER = words_of("""
    id ids name names path paths file files repo repos repository uri url urls tag ref slug or of key identifier
    hf hub huggingface weights gguf checkpoint default defaults small medium large tiny big mini fast slow smart
    heavy light main primary secondary fallback backup chat code coder vision text image audio embed embedding
    embeddings rerank reranker draft base judge teacher student reasoning planner worker critic actor reward
    summary local remote instruct a b c one two three first second ollama openai anthropic gemini groq
    openrouter vllm query router list set override en de fr zh ja us eu target source src train eval test dev
    prod modules module variants variant options option available choices choice
""")
"""Words that may follow: they say which model, or how it is named."""
_BEFORE_NOT = words_of("""
    served output out save saved saving push dest dst destination upload wandb max min num data machine device
    gpu cpu pricing threat domain permission auth car phone printer camera database db orm view no skip disable
    enable use has is force new merged serve export exported result results cache cached finetuned
    scale background color world bim cad mesh sim simulation physics robot disk instance
    billing
""")
"""Words before it that say that it is a result, a number, a switch, or no model of this sort."""
_REPOSITORY = re.compile(r"(?:hf|huggingface|hub|model|models|llm|gguf|weights|lora|base|adapter|tokenizer)")
_LOADS = re.compile(
    r"(?:.*(?:name_or_path|pretrained|tokenizer|hf_model|hf_repo|hf_hub).*|base_model|base_model_name|pretrain)"
)
_WEAK = frozenset(("path", "name", "id", "repo", "uri", "default"))
"""Last parts of dotted names that mean what the part before them says."""
_PARTS = frozenset(
    ("vision_tower", "text_encoder", "image_encoder", "audio_encoder", "unet", "controlnet", "feature_extractor")
)


def split_name(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, whether it is written with dashes, underscores or capitals."""
    return tuple(part.lower() for part in _SPLIT.split(name[:_MAX_NAME]) if part)


@lru_cache(maxsize=4096)
def place(name: str) -> Certainty | None:
    """How sure it is that a flag, a variable or a key of this name holds a model; None where it does not."""
    outer, _, last = name.rpartition(".")
    parts = split_name(f"{outer.rpartition('.')[2]}_{last}" if last in _WEAK else last)
    if not parts:
        return None
    joined = "_".join(parts)
    if joined in _PARTS or joined.endswith("name_or_path"):
        return None if parts[0] in ("dataset", "data", "output", "config") else "certain"
    if "hub" in parts and parts[-2:] == ("model", "id"):
        # The name under which a trainer uploads what it has made.
        return None if parts[0] == "hub" or "push" in parts else "certain"
    if parts[-1] in ("repo", "repository") or parts[-2:] in (("repo", "id"), ("repo", "name"), ("hub", "id")):
        return _of_repository(parts)
    return _of_words(parts)


def _of_repository(parts: tuple[str, ...]) -> Certainty | None:
    before = [part for part in parts if part not in ("repo", "repository", "id", "name")]
    if parts == ("repo", "id"):
        return "likely"
    if not before or any(
        part in _BEFORE_NOT or part in ("dataset", "space", "git", "docker", "image") for part in before
    ):
        return None
    return "certain" if any(_REPOSITORY.fullmatch(part) for part in before) else None


def _of_words(parts: tuple[str, ...]) -> Certainty | None:
    at = max((index for index, part in enumerate(parts) if part in _OWN), default=-1)
    if at < 0:
        return None
    before, after = parts[:at], parts[at + 1 :]
    if any(part in _BEFORE_NOT for part in before):
        return None
    if any(part not in _AFTER and not part.isdigit() and not re.fullmatch(r"v?\d+[bkm]?", part) for part in after):
        return None
    if after and after[-1] in ("repository", "set", "key"):
        return None
    return "certain" if parts[at].startswith(("model", "tokenizer")) or not after else "likely"


@lru_cache(maxsize=4096)
def loads(name: str) -> bool:
    """Whether what stands in a place is loaded from the Hub even when it has no organization."""
    return bool(_LOADS.fullmatch("_".join(split_name(name))))


@lru_cache(maxsize=4096)
def library(name: str) -> str:
    """`ollama` where the name of a place says that its model is one of an Ollama library; empty otherwise.

    `OLLAMA_MODELS` is a folder to Ollama itself.
    """
    parts = split_name(name)
    return "ollama" if "ollama" in parts and parts[-1] != "models" else ""
