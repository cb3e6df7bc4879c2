"""Models in data with places: by the keys that hold them, by what stands beside them, in commands and inner texts."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_values import address
from license_audit.readers.scan.structured import MAX_DEPTH, Mapping, Node, Scalar, Sequence
from license_audit.readers.scan.structured_commands import (
    is_container,
    is_of_container,
    looks_like_command,
    of_container,
    program_of,
    under_key,
)
from license_audit.readers.scan.structured_dialects import DIALECTS
from license_audit.readers.scan.structured_inner import in_text_of
from license_audit.readers.scan.structured_keys import Slot, inner, is_command, is_quiet, slot, small
from license_audit.readers.scan.structured_values import (
    MAX_TEXT,
    default_of,
    is_of_size,
    is_sized,
    named_in,
    provider_by_key,
    provider_in,
)

_MAX_VISITS = 2
"""How often what an alias names is read: its meaning depends on where it is used."""
_SIGN = re.compile(r"[/={]|^--|base_model:|:\d|:latest$")
"""What a value has that may name a model although its key does not say so."""
_SETTING = re.compile(r"[A-Za-z_][\w.]*=\S+")
_TAG = re.compile(r"base_model:(?:(?:finetune|quantized|merge|adapter):)?(?P<id>[\w.-]+/[\w.-]+)")
_NO_WEIGHTS = re.compile(
    r".*(?:/(?:LICENSE|LICENCE|NOTICE|README|USE_POLICY)[\w.]*|\.(?:md|png|jpe?g|gif|svg|webp|pdf|mp4|html?))(?:\?.*)?$"
)
_NO_LINK = re.compile(
    r"(?:.*_)?(?:licen[sc]e\w*|icons?|logo|avatar|image|images|thumbnail|paper|schema|badge|docs?|documentation)"
)


_PLURALS = frozenset(("models", "llms", "embeddings", "tokenizers", "base_models", "adapters"))


class Context(NamedTuple):
    """What a value stands in."""

    key: str = ""
    """The nearest key above it."""
    slot: Slot | None = None
    """What that key holds, where it holds models."""
    provider: str = ""
    depth: int = 0
    names: bool = True
    """Whether well-known names count by themselves."""


def in_documents(documents: Iterable[Node]) -> Iterator[Hit]:
    """Models that documents name. A name that is also one of the user's own points to the entry there."""
    walk = _Walk()
    for document in documents:
        walk.hits += walk.node(document, Context())
    seen: set[tuple[int, int, str]] = set()
    for hit in sorted(walk.hits):
        place = (hit.line, hit.column, hit.id)
        is_own = hit.kind in ("name", "hub") and hit.id in walk.own and hit.role != "alias" and "/" not in hit.id
        is_alias = hit.kind == "hosted" and hit.id in walk.aliases and hit.role != "hosted"
        if not is_own and not is_alias and place not in seen:
            seen.add(place)
            yield hit


class _Walk:
    """One pass over the documents of a file."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        self.own: set[str] = set()
        """Names that the file gives to things of its own."""
        self.aliases: set[str] = set()
        """Names by which a router of the file offers models to its users."""
        self.visits: dict[int, int] = {}

    def node(self, node: Node, context: Context) -> Iterator[Hit]:
        if isinstance(node, Scalar):
            yield from self.scalar(node, context)
            return
        visits = self.visits.get(id(node), 0)
        if visits >= _MAX_VISITS or context.depth > MAX_DEPTH:
            return
        self.visits[id(node)] = visits + 1
        below = context._replace(depth=context.depth + 1)
        if isinstance(node, Sequence):
            for item in node.items:
                yield from self.node(item, below)
        else:
            yield from self.mapping(node, below)

    def mapping(self, mapping: Mapping, context: Context) -> Iterator[Hit]:
        for dialect in DIALECTS:
            found = dialect(mapping, context.key)
            if found is not None:
                yield from found.hits
                self.aliases.update(found.aliases)
                mapping = Mapping([pair for pair in mapping.pairs if pair[0].text not in found.read])
        self.own.update(value.text for key, value in mapping.pairs if isinstance(value, Scalar) and key.text == "name")
        provider = provider_in(mapping) or provider_by_key(context.key) or context.provider
        context = context._replace(provider=provider)
        if mapping.has("name") and mapping.has("value", "defaultValue", "default"):
            yield from self.named_pair(mapping, context)
            return
        container = is_container(mapping)
        if container:
            yield from (hit for hit in of_container(mapping, program_of(mapping)) if hit.kind != "path")
        found_here = [
            (isinstance(value, Scalar), list(self.pair(key, value, mapping, context)))
            for key, value in mapping.pairs
            if not (container and is_of_container(key.text))
        ]
        has_ids = any(hit.kind != "name" for is_single, hits in found_here for hit in hits if is_single)
        for is_single, hits in found_here:
            # A short name beside an id is how people call it.
            yield from (hit for hit in hits if not (has_ids and is_single and hit.kind == "name"))

    def named_pair(self, mapping: Mapping, context: Context) -> Iterator[Hit]:
        """`name: MODEL_ID` beside `value: org/name`: an environment, or the parameters of a workflow."""
        name = mapping.get("name")
        for key, value in mapping.pairs:
            if key.text == "name":
                continue
            if key.text in ("value", "defaultValue", "default") and isinstance(name, Scalar):
                yield from self.pair(name, value, mapping, context._replace(slot=None, key=""))
            else:
                yield from self.pair(key, value, mapping, context)

    def pair(self, key: Scalar, value: Node, mapping: Mapping, context: Context) -> Iterator[Hit]:
        if is_quiet(key.text):
            return
        held = slot(key.text)
        if held is None and context.slot is not None:
            is_name = inner(key.text)
            if is_name is not None and not _is_image(key.text, mapping):
                held = context.slot._replace(is_name=is_name)
        elif (
            held is None
            and small(key.text) in ("repo", "repository", "model_id")
            and (context.provider in ("huggingface", "hf") or (isinstance(value, Scalar) and is_of_size(value.text)))
            and not _is_image(key.text, mapping)
        ):
            held = Slot("model", "certain", loads=False)
        if is_command(key.text) and held is None and not isinstance(value, Mapping) and not _is_text(value):
            served = mapping.has("storageUri", "modelFormat", "storage")
            for hit in under_key(key.text, value, program_of(mapping)):
                # Beside the place of the weights, `--model_name` is what they are called.
                if hit.kind != "path" and not (served and hit.kind == "name"):
                    yield hit
            return
        if small(key.text) in ("scripts", "commands") and isinstance(value, Mapping):
            yield from self.scripts(value)
        provider = provider_by_key(key.text) or context.provider
        if provider == "openai" and context.provider in ("local", "ollama"):
            provider = context.provider  # a variable for OpenAI's client, which asks a server of one's own
        if isinstance(value, Scalar):
            revision = mapping.text("revision", "model_revision", "hf_revision", "base_model_revision")
            yield from self.scalar(value, Context(key.text, held, provider, context.depth), revision)
            return
        if held is not None and isinstance(value, Mapping):
            yield from self.keys(value, held, provider)
        below = held
        if below is None and isinstance(value, Mapping) and small(context.key) in _PLURALS:
            below = context.slot  # a name of the user's in a table of models
        yield from self.node(value, Context(key.text, below, provider, context.depth))

    def scripts(self, mapping: Mapping) -> Iterator[Hit]:
        """Commands that have names: the scripts of a package."""
        for _, value in mapping.pairs:
            if isinstance(value, Scalar):
                yield from (hit for hit in under_key("command", value) if hit.kind != "path")

    def keys(self, mapping: Mapping, held: Slot, provider: str) -> Iterator[Hit]:
        """Ids that are keys themselves: `models: {org/name: …}`."""
        for key, _ in mapping.pairs:
            if "/" in key.text or is_sized(key.text):
                yield from (hit for hit in named_in(key, held, provider, names=False) if hit.kind != "path")

    def scalar(self, scalar: Scalar, context: Context, revision: str = "") -> Iterator[Hit]:
        text = scalar.text
        if "\n" in text.strip() or ("\n" in text and context.slot is None):
            yield from in_text_of(context.key, scalar)
            return
        if len(text) > MAX_TEXT or (context.slot is None and not _SIGN.search(text)):
            return
        if context.slot is not None:
            if text.startswith(("{", "[{")):
                yield from in_text_of(context.key, scalar)
                return
            names = not context.slot.is_name
            yield from named_in(scalar, context.slot, context.provider, names=names, revision=revision)
        elif text.startswith(("{", "[{")):
            yield from in_text_of(context.key, scalar)
        elif looks_like_command(context.key, text):
            yield from (hit for hit in under_key(context.key, scalar) if hit.kind != "path")
        elif _SETTING.fullmatch(text):
            yield from self.setting(scalar)
        else:
            yield from self.link(scalar, context)

    def setting(self, scalar: Scalar) -> Iterator[Hit]:
        """`MODEL_ID=org/name` in a list of variables."""
        name, _, rest = scalar.text.partition("=")
        held = slot(name)
        if held is not None:
            value = Scalar(rest, scalar.line, scalar.column + len(name) + 1, scalar.indent, scalar.raw)
            yield from self.scalar(value, Context(name, held, provider_by_key(name)))

    def link(self, scalar: Scalar, context: Context) -> Iterator[Hit]:
        """An address of a hub wherever it stands, a tag for a parent, and a default of a variable for models."""
        text = scalar.text
        tag = _TAG.fullmatch(text)
        default = default_of(text)
        if tag:
            yield Hit(scalar.line, scalar.column + tag.start("id"), tag["id"], "hub", "base", "likely")
        elif is_sized(text):
            yield Hit(scalar.line, scalar.column, text, "ollama", "model", "likely")
        elif default and (held := slot(default[0])):
            yield from named_in(scalar, held, provider_by_key(default[0]) or context.provider, names=True)
        elif not _NO_LINK.fullmatch(small(context.key)) and not _NO_WEIGHTS.fullmatch(text):
            known = address(text)
            if known is not None:
                yield Hit(scalar.line, scalar.column, known.id, known.kind, "link", "likely", known.revision)


def _is_image(key: str, mapping: Mapping) -> bool:
    """Whether `repository` is that of an image."""
    return key == "repository" and mapping.has("tag", "pullPolicy", "modelURL", "registry")


def _is_text(value: Node) -> bool:
    """Whether a value is a text of several lines."""
    return isinstance(value, Scalar) and "\n" in value.text.strip()
