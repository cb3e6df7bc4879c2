"""Whole files of YAML and JSON: which are read, how, and what is said of those that cannot be parsed."""

import re
from collections.abc import Iterator
from contextvars import ContextVar

import yaml

from license_audit.model.reference import Hit
from license_audit.readers.scan.source import Source, UnreadableError
from license_audit.readers.scan.structured import Mapping, Node, yaml_documents
from license_audit.readers.scan.structured_json import json_document
from license_audit.readers.scan.structured_lines import read_lines, without_templates
from license_audit.readers.scan.structured_walk import in_documents

HINTS = (
    b"odel", b"MODEL", b"uggingface", b"UGGINGFACE", b"hf.co", b"hf://", b"hf:", b"HF_", b"hf_", b"repo_id",
    b"repoId", b"okenizer", b"TOKENIZER", b"heckpoint", b"CHECKPOINT", b"ckpt", b"dapter", b"lora", b"LORA",
    b"LoRA", b"llm", b"LLM", b"mbed", b"EMBED", b"ncoder", b"erank", b"RERANK", b"pretrain", b"eacher",
    b"ollama", b"local-ai", b"hf download", b"name_or_path", b"ackbone", b".gguf", b"-hf", b"parent_id", b"judge",
)  # fmt: skip
"""Parts of words without which nothing in a file can name a model."""
_MAX_NESTED = 4
"""Documents within texts of documents that are read."""
_nested: ContextVar[int] = ContextVar("_nested", default=0)
_NEVER = re.compile(
    r"(?:package-lock|npm-shrinkwrap|(?:.*[-_.])?tokenizer|(?:.*[-_.])?vocab|added_tokens|special_tokens_map"
    r"|.*\.(?:safetensors|bin|msgpack|h5)\.index)\.json|pnpm-lock\.yaml",
    re.IGNORECASE,
)
"""Lists of packages, of words and of tensors: long, and never the place where a model is chosen."""
_INTERFACE = re.compile(r"\s*\{\s*\"(?:openapi|swagger|asyncapi)\"\s*:\s*\"")
"""The start of a description of an interface, which may be long."""
_KEY = re.compile(
    r"(?:model|llm|vlm|checkpoint|ckpt|tokenizer|adapter|lora|peft|embed|embedder|embedding|rerank|reranker|encoder"
    r"|pretrain|teacher|student|judge|backbone|draft|specul|mmproj|gguf|name_or_path|nameorpath|repo_?id|huggingface|hf|vae|unet"
    r"|controlnet|refiner|vision_tower|parent)[\w./-]{0,60}\\?[\"']?\s{0,9}:"
    r"|hugging|hf\.co|hf:|hf download|modelscope|ollama|vllm|sglang|lm_eval|local-ai"
    r"|--[a-z-]{0,20}(?:model|tokenizer)|base_model:|-hf\b|model[a-z_]{0,20}=|\"name\"\s{0,9}:\s{0,9}\"[\w-]{0,40}(?:model|llm|tokenizer|checkpoint)"
)
"""What JSON in small letters has at least once, if it names a model: JSON is often long, and finding this is quick."""


def in_yaml(source: Source) -> Iterator[Hit]:
    """Models in a YAML file."""
    if _NEVER.fullmatch(source.name):
        return
    documents, problem = _documents(source.text)
    yield from _walked(documents)
    if problem is not None:
        raise problem


def in_json(source: Source) -> Iterator[Hit]:
    """Models in a JSON file."""
    if _NEVER.fullmatch(source.name):
        return
    if _INTERFACE.match(source.text) or not _KEY.search(source.text.lower()):
        return
    root = json_document(source.text)
    yield from _walked([] if root is None else [root])


def _walked(documents: list[Node]) -> list[Hit]:
    depth = _nested.get()
    if depth > _MAX_NESTED or any(_describes_interface(document) for document in documents):
        return []
    token = _nested.set(depth + 1)
    try:
        return list(in_documents(documents))
    finally:
        _nested.reset(token)


def _describes_interface(document: Node) -> bool:
    """Whether a document describes an interface: what it names are examples."""
    return isinstance(document, Mapping) and bool(document.text("openapi", "swagger", "asyncapi"))


def _documents(text: str) -> tuple[list[Node], UnreadableError | None]:
    try:
        return list(yaml_documents(text)), None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problem: UnreadableError | None = _problem(error)
    plain = without_templates(text)
    if plain != text:
        problem = None
        try:
            return list(yaml_documents(plain)), None
        except (yaml.YAMLError, ValueError, RecursionError):
            pass
    return [read_lines(plain)], problem


def _problem(error: Exception) -> UnreadableError:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    reason = getattr(error, "problem", None) or "nested too deeply"
    return UnreadableError(f"is not valid YAML ({reason}) and was read line by line", mark.line + 1 if mark else 0)
