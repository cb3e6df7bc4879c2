"""The vocabulary of YAML and JSON: which keys hold models, which commands, and which lead to nothing of the sort."""

import re
from functools import lru_cache
from typing import NamedTuple

from license_audit.model.reference import Certainty
from license_audit.readers.scan.commands_places import loads, place, split_name

_COMMANDS = re.compile(
    r"(?:.*_)?(?:commands?|cmds?|args|argv|arguments|entrypoint|exec|runs?|scripts?|shell|user_data|run_cmd|setup|launch|flags"
    r"|inline|startup_script|start_command|install|prepare|post_start|pre_stop|init|on_start|onstart)"
)
_LINES = re.compile(
    r"(?:.*_)?(?:commands|cmds|scripts?|runs?|setup|inline|user_data|prepare|install|on_start|runcmd|run_cmd)"
)
"""Of these, keys whose lists hold a command in each item, and not its words."""
_QUIET = re.compile(
    r"(?:.*_)?(?:datasets?|dataset_\w+|data_files|example_model_input|examples?|licen[cs]es?|license_\w+|icons?|logo|avatar"
    r"|thumbnail|images?|image_pull_secrets|labels|annotations|match_labels|selector|chat_template|prompts?|description"
    r"|summary|readme|readme_path|notes?|comments?|help|tooltip|placeholder|documentation|docs|paper|citation|changelog"
    r"|uses|wandb|auto_map|dependencies|dev_dependencies|packages|requirements|benchmarks?|eval_results|metrics|messages?"
    r"|spaces?|maintainers|model_group_alias|model_alias|aliases|model_info|deprecated|author|homepage|bugs|keywords"
    r"|search_terms|served_model_names?|output_\w+|registration|resume_\w+|required|model_card|widget|owner|title"
    r"|display_name|permissions|chat_template_kwargs|processor_class)"
)
"""Keys under which nothing is loaded: data, pictures, prose, licenses, and what comes out."""
_DATA = re.compile(r"(?:.*_)?(?:datasets?|corpus|corpora)(?:_(?!model|encoder|tokenizer).*)?")
_SOURCES = frozenset((
    "name", "id", "path", "repo", "repo_id", "uri", "url", "urls", "source", "ref", "slug", "file", "value",
    "default", "model_id", "hf_id", "hf_path", "repository", "pretrained", "const", "name_or_path",
    "storage_uri", "hf", "repo_path", "checkpoint", "weights", "identifier", "download_url", "filename",
    "full_name", "link"
))  # fmt: skip
"""Keys that say which model is meant where the key before them says that one is."""
_NAMES = frozenset(("name", "id", "slug", "full_name", "identifier"))
_MORE: dict[str, tuple[str, Certainty]] = {
    "parent_id": ("base", "likely"),
    "parent_model": ("base", "certain"),
    "base_models": ("base", "certain"),
    "checkpoint_repository": ("model", "certain"),
    "backbone": ("model", "likely"),
    "teacher": ("teacher", "likely"),
    "student": ("model", "likely"),
    "encoder": ("model", "likely"),
    "decoder": ("model", "likely"),
    "encoder_name": ("model", "likely"),
    "embeddings": ("model", "likely"),
    "embedding": ("model", "likely"),
    "embed": ("model", "likely"),
    "rerank": ("model", "likely"),
    "vae": ("model", "likely"),
    "unet": ("model", "likely"),
    "controlnet": ("model", "likely"),
    "refiner": ("model", "likely"),
    "name_or_path": ("model", "certain"),
    "hf_id": ("model", "certain"),
    "hf_path": ("model", "likely"),
    "huggingface_id": ("model", "certain"),
    "hugging_face_id": ("model", "certain"),
    "huggingface": ("model", "likely"),
    "hf": ("model", "likely"),
    "judge": ("model", "likely"),
    "model_dir": ("model", "likely"),
    "lora_adapters": ("adapter", "likely"),
}
"""Keys beyond those that flags and variables share with them."""
_ROLES = (
    ("tokenizer", "tokenizer"),
    ("adapter", "adapter"),
    ("lora", "adapter"),
    ("peft", "adapter"),
    ("draft", "draft"),
    ("speculat", "draft"),
    ("reward", "reward"),
    ("teacher", "teacher"),
    ("base", "base"),
    ("embed", "embedding"),
    ("rerank", "reranker"),
)


class Slot(NamedTuple):
    """A key that holds a model."""

    role: str
    certainty: Certainty
    loads: bool
    """Whether a name without an organization is one of the Hub."""
    is_name: bool = False
    """Whether people also write names of their own there."""


@lru_cache(maxsize=8192)
def small(key: str) -> str:
    """A key in small letters, with underscores between its words."""
    return "_".join(split_name(key))


@lru_cache(maxsize=8192)
def slot(key: str) -> Slot | None:
    """What a key holds, if that is a model."""
    name = small(key)
    if is_quiet(key):
        return None
    if name in _MORE:
        role, certainty = _MORE[name]
        return Slot(role, certainty, loads(key))
    certainty_of_place = place(key.rpartition(".")[2] if "." in key else key)
    if certainty_of_place is None:
        return None
    role = next((role for word, role in _ROLES if word in name), "model")
    return Slot(role, certainty_of_place, loads(key), is_name=name.endswith("name"))


@lru_cache(maxsize=8192)
def inner(key: str) -> bool | None:
    """Whether a key says which model is meant below one for models: `True` for a name, None where it does not."""
    name = small(key)
    return name in _NAMES if name in _SOURCES else None


@lru_cache(maxsize=8192)
def is_quiet(key: str) -> bool:
    """Whether nothing below a key is loaded as a model."""
    name = small(key)
    return bool(_QUIET.fullmatch(name) or _DATA.fullmatch(name))


@lru_cache(maxsize=8192)
def is_command(key: str) -> bool:
    """Whether a key holds a command, or words that are put behind one."""
    return bool(_COMMANDS.fullmatch(small(key)))


@lru_cache(maxsize=8192)
def has_lines(key: str) -> bool:
    """Whether each item of a list under a key is a command of its own."""
    return bool(_LINES.fullmatch(small(key)))
