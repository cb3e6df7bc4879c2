"""Settings of a configuration: keys with texts, in groups that belong together, and which of them name models."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from license_audit.model.reference import Certainty, Hit
from license_audit.readers.scan.commands import Word, in_text, in_words
from license_audit.readers.scan.commands_embedded import read_as
from license_audit.readers.scan.commands_flags import in_json
from license_audit.readers.scan.commands_hosted import SELF, provider_at, provider_of
from license_audit.readers.scan.commands_places import library, loads, place, split_name, words_of
from license_audit.readers.scan.commands_values import address, hits, is_known, is_weights, once, value
from license_audit.readers.scan.names import is_path

SETTING_HINTS = (
    b"model", b"Model", b"MODEL", b"llm", b"LLM", b"huggingface", b"hf.co", b"embed", b"tokenizer",
)  # fmt: skip
"""Words without which a file of settings can name no model."""
_COMMANDS = re.compile(
    r"(?:.*_)?(?:commands?|cmds?|run|runs|args|arguments|entrypoint|exec|execute|script|scripts|inline|shell|user_data"
    r"|startup_script|metadata_startup_script|launch|serve|start|build|setup|extra_args|cli_args|flags|command_string)"
)
"""Keys of commands, or of words that are put behind one."""
_PROSE = words_of("""
    description notes note comment comments title summary help label prompt system_prompt readme doc docs
    message
""")
"""Keys of what people read."""
_WRITTEN = re.compile(r"out|save|export|dest|target|log|upload|key|url|source|image")
"""Keys of files that are written, or that are none with weights."""
_NOT_ADDRESSES = frozenset(
    ["homepage", "documentation", "docs", "url_docs", "license_url", "paper", "website", "repository", "changelog"]
)
_SOURCES = frozenset(["name", "id", "path", "repo", "repo_id", "uri", "url", "source", "ref", "slug", "file"])
_FOUNDATION = re.compile(r"arn:aws[\w-]*:bedrock:[^:\s]*:[^:\s]*:foundation-model/(?P<id>[\w.:-]+)")


class Setting(NamedTuple):
    """A text and where it stands."""

    keys: tuple[str, ...]
    """The keys that lead to it, the last of them its own."""
    word: Word
    group: int
    """Number of the table, block or list that it stands in."""
    in_list: bool = False
    """Whether it is one of several values of its key."""
    is_block: bool = False
    """Whether it is written over several lines."""


@dataclass
class _Group:
    provider: str = ""
    pairs: dict[str, Setting] = field(default_factory=dict)


def in_settings(settings: Iterable[Setting]) -> Iterator[Hit]:
    """Models that settings name, by their keys; by the names beside them where values stand apart; by commands."""
    groups: dict[int, list[Setting]] = {}
    own: set[str] = set()
    for setting in settings:
        groups.setdefault(setting.group, []).append(setting)
        own.update(setting.keys)
    found = [hit for members in groups.values() for hit in _in_group(members)]
    # A name that is also a key of this file points to the entry there.
    yield from once(sorted(hit for hit in found if hit.kind != "name" or hit.id not in own))


def _in_group(members: list[Setting]) -> Iterator[Hit]:
    if members[0].in_list:
        yield from _in_list(members)
        return
    own = {setting.keys[-1].lower(): setting.word.text for setting in members}
    provider = _provider(own)
    name = own.get("name", "") if "value" in own else ""
    for setting in members:
        key = setting.keys[-1]
        if name and key.lower() == "value":
            yield from _in_setting(setting, name, provider)
        elif not (name and key.lower() == "name"):
            yield from _in_setting(setting, _name(setting), provider)


def _provider(own: dict[str, str]) -> str:
    """Who serves the models of a group."""
    for key, text in own.items():
        is_provider = split_name(key)[-1:] == ("provider",) or key in ("api_type", "backend", "service", "vendor")
        if is_provider and (provider_of(text) or text.lower() in SELF or text.lower() == "ollama"):
            return text
    for key, text in own.items():
        if ("base" in key or "url" in key or "endpoint" in key) and "://" in text:
            if provider_at(text):
                return provider_at(text)
            if ":11434" in text:
                return "ollama"
    return ""


def _name(setting: Setting) -> str:
    """What a key means: with the one before it, where it only says that a name or an id follows."""
    keys = setting.keys
    if keys[-1] == "default" and len(keys) > 1:
        return keys[-2]
    outer = next((key for key in reversed(keys[:-1]) if not key.isdigit()), "")
    if keys[-1].lower() in _SOURCES and place(outer):
        return f"{outer}.{keys[-1]}"
    return keys[-1]


def _in_setting(setting: Setting, name: str, provider: str) -> Iterator[Hit]:
    word, small = setting.word, "_".join(split_name(name))
    if small in _PROSE:
        return
    if setting.is_block or "\n" in word.text:
        yield from _in_block(setting, small)
        return
    if " " in word.text.strip():
        if _COMMANDS.fullmatch(small) or word.text.startswith("--"):
            yield from in_text(word.text, word.line, word.column)
        return
    certainty = place(name) or _by_outer(setting)
    if certainty:
        foundation = _FOUNDATION.fullmatch(word.text)
        if foundation:
            yield Hit(*word.place(foundation.start("id")), foundation["id"], "hosted", "setting", provider="bedrock")
        else:
            yield from _hits(word, "setting", certainty, provider=provider or library(name), hub=loads(name))
    elif "=" in word.text and re.fullmatch(r"[A-Za-z_]\w*=\S+", word.text):
        yield from in_words([word])
    elif is_weights(word.text) and is_path(word.text) and not _WRITTEN.search(small):
        yield Hit(word.line, word.column, word.text, "path", "setting", "likely")
    elif small not in _NOT_ADDRESSES and (known := address(word.text)):
        yield Hit(word.line, word.column, known.id, known.kind, "link", "likely", known.revision)


def _by_outer(setting: Setting) -> Certainty | None:
    """A key of the user's own in a table of models: `[models] chat = "org/name"`."""
    outer = setting.keys[-2].lower() if len(setting.keys) > 1 else ""
    if outer not in ("models", "llms", "embeddings", "hf_models", "base_models"):
        return None
    found = value(setting.word.text)
    return "likely" if found and (found.kind in ("hosted", "ollama") or is_known(found.id)) else None


def _in_list(members: list[Setting]) -> Iterator[Hit]:
    """The values of one key: words of a command, or models."""
    key = _name(members[0])
    small = "_".join(split_name(key))
    words = [setting.word for setting in members]
    if _COMMANDS.fullmatch(small) or any(word.text.startswith("--") for word in words):
        if any(" " in word.text for word in words) and not any(word.text.startswith("-") for word in words):
            for word in words:
                yield from in_text(word.text, word.line, word.column)
        else:
            yield from in_words(words)
        return
    for setting in members:
        yield from _in_setting(setting, key, "")


def _in_block(setting: Setting, name: str) -> Iterator[Hit]:
    """A text of several lines: a script, a document, or prose."""
    word = setting.word
    text = word.text
    indent = word.turns[1][2] - 1 if len(word.turns) > 1 else 0
    if text.lstrip().startswith("#!") or _COMMANDS.fullmatch(name):
        yield from in_text(text, word.line, word.column, indent=indent)
    elif text.lstrip().startswith(("{", "[")):
        yield from in_json(word)
    elif re.search(r"^\s*(?:- )?[\w.\"-]+:(?:\s|$)", text, re.MULTILINE):
        yield from read_as("text.yaml", text, word.line, indent)


def _hits(word: Word, role: str, certainty: Certainty, *, provider: str, hub: bool) -> Iterator[Hit]:
    yield from hits(word.text, word.line, word.column, role, certainty, provider=provider, loads=hub)
