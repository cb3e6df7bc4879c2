"""Dialects of YAML and JSON in which a key alone does not say what is meant: what stands beside it does."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from license_audit.model.reference import Hit, ReferenceKind
from license_audit.readers.scan.commands_values import address, is_known, value
from license_audit.readers.scan.names import is_bare, is_hub_id, is_path
from license_audit.readers.scan.structured import Mapping, Node, Scalar, Sequence
from license_audit.readers.scan.structured_values import litellm

_LOCAL_AI = frozenset((
    "backend", "context_size", "template", "f16", "threads", "stopwords", "roles", "known_usecases", "embeddings",
    "mmap", "function",
))  # fmt: skip
"""Settings that stand beside the model in a file of LocalAI."""
_WEIGHTS = re.compile(
    r".*\.(?:gguf|ggml|safetensors|bin|pth?|onnx|ckpt|h5|hdf5|keras|tflite|pkl|pickle|pb|joblib|npz|mlmodel|engine|plan)",
    re.IGNORECASE,
)
_NO_PART = re.compile(
    r"tokenizer|modelfile|config|vocab|merges|template|licen[cs]e|readme|notice|script", re.IGNORECASE
)
"""Files and folders of a kit that lie beside its weights."""


class Read(NamedTuple):
    """What a dialect found in a mapping, and the keys that need no further reading."""

    hits: Iterable[Hit] = ()
    read: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    """Names by which users ask for what was found."""


def _litellm(mapping: Mapping, _: str) -> Read | None:
    """LiteLLM: `litellm_params` names provider and model, `model_name` is what users call it."""
    parameters = mapping.get("litellm_params")
    if not isinstance(parameters, Mapping):
        return None
    node = parameters.get("model") or (None if parameters.pairs else mapping.get("model_name"))
    found = litellm(node.text, parameters) if isinstance(node, Scalar) else None
    hits = []
    if found is not None and isinstance(node, Scalar):
        column = node.column + max(0, node.text.find(found.id))
        role = "alias" if found.kind == "name" else "hosted" if found.kind == "hosted" else "model"
        hits.append(Hit(node.line, column, found.id, found.kind, role, "certain", found.revision, found.provider))
    return Read(hits, frozenset(("litellm_params", "model_name", "model_info")), (mapping.text("model_name"),))


def _local_ai(mapping: Mapping, _: str) -> Read | None:
    """LocalAI: `parameters.model` beside the settings of a backend is a file, an address, or a Hub id."""
    parameters = mapping.get("parameters")
    names = {key.text for key, _ in mapping.pairs}
    if not isinstance(parameters, Mapping) or not names & _LOCAL_AI:
        return None
    node = parameters.get("model")
    if not isinstance(node, Scalar) or value(node.text) is not None or not is_bare(node.text):
        return Read((), frozenset(("name",)))
    kind: ReferenceKind = "path" if is_path(node.text) else "name"
    hit = Hit(node.line, node.column, node.text, kind, "alias", "likely")
    return Read((hit,), frozenset(("name",)))


def _kitfile(mapping: Mapping, _: str) -> Read | None:
    """KitOps: the weights of a model and of its parts, as files, folders, or another kit in a registry."""
    model = mapping.get("model")
    if not isinstance(model, Mapping) or not (mapping.text("manifestVersion") or mapping.get("package") is not None):
        return None
    parts = model.get("parts")
    holders = [model, *(parts.items if isinstance(parts, Sequence) else [])]
    hits = []
    for holder in holders:
        node = holder.get("path") if isinstance(holder, Mapping) else None
        if not isinstance(node, Scalar) or not node.text.strip("./ ") or "$" in node.text:
            continue
        known = address(node.text)
        role = "model" if holder is model else "part"
        if known is not None:
            hits.append(Hit(node.line, node.column, known.id, known.kind, role, "certain", known.revision))
        elif holder is model or _is_weights(holder, node.text):
            hits.append(Hit(node.line, node.column, node.text, "path", role))
    return Read(hits, frozenset(("model", "package", "code", "docs", "prompts")))


def _is_weights(part: Node, text: str) -> bool:
    """Whether a part of a kit is weights: by its type, its ending, or as a folder."""
    kind = part.text("type") if isinstance(part, Mapping) else ""
    if kind.lower() in ("lora", "lora adapter", "adapter", "weights") or _WEIGHTS.fullmatch(text):
        return True
    last = text.rstrip("/").rpartition("/")[2]
    return "." not in last and not _NO_PART.search(last)


def _user_and_repository(mapping: Mapping, _: str) -> Read | None:
    """LM Studio and others: the id of a repository in two values."""
    user, repository = mapping.get("user", "owner", "organization"), mapping.get("repo")
    if not (isinstance(user, Scalar) and isinstance(repository, Scalar)):
        return None
    if mapping.text("type", "source", "provider").lower() not in ("huggingface", "hf", "hugging_face"):
        return None
    model = f"{user.text}/{repository.text}"
    if not is_hub_id(model):
        return None
    line, column = min((user.line, user.column), (repository.line, repository.column))
    hit = Hit(line, column, model, "hub", "source", "certain", mapping.text("revision", "branch"))
    return Read((hit,), frozenset(("user", "repo", "owner", "organization")))


def _lm_studio(mapping: Mapping, _: str) -> Read | None:
    """LM Studio's own name of a model, over the repositories that it comes from."""
    node, base = mapping.get("model"), mapping.get("base")
    if not isinstance(node, Scalar) or not isinstance(base, Sequence) or not _has_sources(base):
        return None
    return Read((Hit(node.line, node.column, node.text, "name", "alias", "likely"),), frozenset(("model",)))


def _has_sources(base: Sequence) -> bool:
    return any(isinstance(item, Mapping) and item.get("sources") is not None for item in base.items)


def _ollama_chart(mapping: Mapping, key: str) -> Read | None:
    """The chart of Ollama: models to pull and to run."""
    if key != "models":
        return None
    hits: list[Hit] = []
    read = set()
    for name in ("pull", "run"):
        node = mapping.get(name)
        if isinstance(node, Sequence):
            read.add(name)
            hits += (
                Hit(item.line, item.column, item.text, "ollama", "download", "certain")
                for item in node.items
                if isinstance(item, Scalar) and item.text and " " not in item.text
            )
    return Read(hits, frozenset(read)) if read else None


def _file_of_repository(mapping: Mapping, _: str) -> Read | None:
    """A catalog: the repository of a file with weights, and the model that it was made from."""
    repository = mapping.get("repo", "repository")
    if (
        not isinstance(repository, Scalar)
        or not is_hub_id(repository.text)
        or "github" in mapping.text("type", "source")
    ):
        return None
    if not _WEIGHTS.fullmatch(mapping.text("file", "filename", "file_name", "gguf", "weights", "model_file")):
        return None
    revision = mapping.text("revision")
    hits = [Hit(repository.line, repository.column, repository.text, "hub", "download", "certain", revision)]
    base = mapping.get("base")
    if isinstance(base, Scalar) and is_hub_id(base.text):
        hits.append(Hit(base.line, base.column, base.text, "hub", "base", "likely"))
    return Read(hits, frozenset(("repo", "repository", "base")))


def _kaito(mapping: Mapping, key: str) -> Read | None:
    """KAITO: a preset of a workspace is a model under the project's own name for it."""
    node = mapping.get("name") if key == "preset" else None
    if not isinstance(node, Scalar) or not is_bare(node.text):
        return None
    if not is_known(node.text) or not any(sign.isdigit() for sign in node.text):
        return None
    return Read((Hit(node.line, node.column, node.text, "name", "preset", "likely"),), frozenset(("name",)))


def _dstack(mapping: Mapping, key: str) -> Read | None:
    """dstack: the model of a service beside the format of its answers, under the name by which it is loaded."""
    node = mapping.get("name") if key == "model" else None
    if not isinstance(node, Scalar) or not is_bare(node.text) or mapping.text("format") not in ("openai", "tgi"):
        return None
    return Read((Hit(node.line, node.column, node.text, "name", "alias", "likely"),), frozenset(("name",)))


DIALECTS: tuple[Callable[[Mapping, str], Read | None], ...] = (
    _litellm,
    _kitfile,
    _local_ai,
    _user_and_repository,
    _lm_studio,
    _ollama_chart,
    _dstack,
    _kaito,
    _file_of_repository,
)
