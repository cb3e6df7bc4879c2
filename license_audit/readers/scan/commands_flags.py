"""Models in the flags and settings of a command: `--model X`, `--model=X`, `model.path=X`, `pretrained=X,dtype=y`."""

import re
from collections.abc import Iterator, Sequence

from license_audit.model.reference import Certainty, Hit
from license_audit.readers.scan.commands_places import loads, place
from license_audit.readers.scan.commands_shell import Word
from license_audit.readers.scan.commands_values import hits, value
from license_audit.readers.scan.commands_variables import Variables

_FLAG = re.compile(r"--?(?P<name>[A-Za-z][\w.-]*)(?:=(?P<value>.*))?", re.DOTALL)
_SETTING = re.compile(r"\+{0,2}(?P<name>[A-Za-z_][\w.-]*)=(?P<value>.+)", re.DOTALL)
_PIECE = re.compile(r"[^\s,]+")
_PAIR = re.compile(r"(?P<name>[A-Za-z_][\w.-]*)=(?P<value>[^\s,=]+)")
_JSON_PAIR = re.compile(r"\"(?P<name>[\w-]{1,60})\"\s*:\s*\"(?P<value>[^\"\\\n]{1,300})\"")
_HUB_FLAGS = frozenset(
    (
        "hf",
        "hfr",
        "hfd",
        "hfrd",
        "hfv",
        "hfrv",
        "hf-repo",
        "hf_repo",
        "hf-repo-draft",
        "hf-repo-v",
        "hf-model",
        "hf-path",
    )
)
"""Flags of llama.cpp and its kin, whose values may end in a quantization."""
_SHORT = frozenset(("m", "md", "mm"))
_SETTINGS = re.compile(
    r"(?:.*(?:model|engine|config|container|extra|server|vllm|launch)[-_](?:args|kwargs|overrides?|config)|args|kwargs|set"
    r"|set-string|env|set-env-vars|update-env-vars|environment|build-arg|overrides?|config-override|e|M|hparams)"
)
"""Flags whose values are settings of their own."""
_NAMED = re.compile(r"(?:lora[-_]?(?:modules|adapters|paths?)|adapters?|peft|lora)")
"""Flags whose values give each model a name of the user's."""
_LOADERS = re.compile(
    r"(?:.*/)?(?:vllm|text-generation-launcher|text-generation-server|text-embeddings-router|sglang[\w.]*|lm_eval|lm-eval"
    r"|optimum-cli|mlx_lm[\w.]*|mlx_vlm[\w.]*|infinity_emb|vllm\.[\w.]+|ct2-transformers-converter|lighteval|llamafactory-cli)"
)
"""Programs that take names without an organization from the Hub."""
_REVISIONS = re.compile(r"--(?:revision|model[-_]revision)(?:=(.*))?")
_REVISION = re.compile(r"[A-Za-z0-9._/-]{1,100}")


def in_flags(words: Sequence[Word], variables: Variables) -> Iterator[Hit]:
    """Models in flags and settings of a command."""
    loader = any(_LOADERS.fullmatch(word.text) for word in words)
    for at, word in enumerate(words):
        flag = _FLAG.fullmatch(word.text)
        if flag:
            yield from _in_flag(flag, words, at, variables, loader=loader)
            continue
        setting = _SETTING.fullmatch(word.text)
        if setting:
            yield from _in_setting(setting, word, variables, loader=loader)
        elif word.text.startswith(("{", "[{")):
            yield from in_json(word)


def in_json(word: Word, *, provider: str = "") -> Iterator[Hit]:
    """Models that an object written as JSON in a word names by its keys."""
    for pair in _JSON_PAIR.finditer(word.text):
        certainty = place(pair["name"])
        if certainty or (pair["name"] == "path" and value(pair["value"])):
            line, column = word.place(pair.start("value"))
            yield from hits(pair["value"], line, column, "argument", certainty or "likely", provider=provider)


def revision_of(words: Sequence[Word]) -> str:
    """The revision that a command asks for, with a flag of its own; empty when it asks for none."""
    for at, word in enumerate(words):
        found = _REVISIONS.fullmatch(word.text)
        if found:
            text = found[1] if found[1] is not None else words[at + 1].text if at + 1 < len(words) else ""
            return text if _REVISION.fullmatch(text) else ""
    return ""


def _in_flag(
    flag: re.Match[str], words: Sequence[Word], at: int, variables: Variables, *, loader: bool
) -> Iterator[Hit]:
    name = flag["name"]
    values = [words[at].part(flag.start("value"))] if flag["value"] is not None else _after(words, at, name)
    if name in _HUB_FLAGS:
        for word in _resolved(values, variables):
            plain = word.text.partition(":")[0] if "://" not in word.text else word.text
            yield from _hits(word._replace(text=plain), "certain", hub=True)
    elif _SETTINGS.fullmatch(name):
        for word in values:
            yield from _in_settings(word, variables, loader=loader)
    elif name in _SHORT:
        for word in _resolved(values, variables) if not _is_python(words[:at]) else ():
            line, column = word.place(0)
            yield from hits(word.text, line, column, "argument", "likely", tagged=False)
    elif certainty := place(name):
        for word in values:
            yield from _in_value(word, name, certainty, variables, hub=loader or loads(name))


def _in_value(word: Word, name: str, certainty: Certainty, variables: Variables, *, hub: bool) -> Iterator[Hit]:
    """The models in the value of a flag that takes them."""
    if word.text.startswith("{"):
        yield from in_json(word)
    elif _NAMED.fullmatch(name) and "=" in word.text:
        yield from _hits(word.part(word.text.index("=") + 1), certainty, hub=True)
    elif "--" not in word.text:
        for found in _resolved(list(_pieces(word)), variables):
            yield from _hits(found, certainty, hub=hub)


def _after(words: Sequence[Word], at: int, name: str) -> list[Word]:
    """The words that are values of a flag: one, or all up to the next flag where the flag takes several."""
    if at + 1 >= len(words) or words[at + 1].text.startswith("-"):
        return []
    if not (name.endswith("s") or _NAMED.fullmatch(name)):
        return [words[at + 1]]
    end = next((index for index in range(at + 1, len(words)) if words[index].text.startswith("-")), len(words))
    return list(words[at + 1 : end])


def _in_setting(setting: re.Match[str], word: Word, variables: Variables, *, loader: bool) -> Iterator[Hit]:
    certainty = place(setting["name"])
    rest = word.part(setting.start("value"))
    if "," in rest.text and "=" in rest.text:
        yield from _in_settings(word, variables, loader=loader)
    elif certainty:
        for piece in _pieces(rest):
            for found in _resolved([piece], variables):
                yield from _hits(found, certainty, hub=loader or loads(setting["name"]))


def _in_settings(word: Word, variables: Variables, *, loader: bool) -> Iterator[Hit]:
    """Settings one after another, with commas or blanks between them."""
    if word.text.startswith("{"):
        yield from in_json(word)
        return
    for pair in _PAIR.finditer(word.text):
        certainty = place(pair["name"])
        if certainty:
            for found in variables.resolved(word.part(pair.start("value"), pair.end("value"))):
                yield from _hits(found, certainty, hub=loader or loads(pair["name"]))


def _pieces(word: Word) -> Iterator[Word]:
    """The parts of a list in one word; the word itself where it is none."""
    if "," not in word.text and " " not in word.text:
        yield word
        return
    for piece in _PIECE.finditer(word.text):
        yield word.part(piece.start(), piece.end())


def _resolved(words: Sequence[Word], variables: Variables) -> Iterator[Word]:
    for word in words:
        yield from variables.resolved(word)


def _hits(word: Word, certainty: Certainty, *, hub: bool) -> Iterator[Hit]:
    line, column = word.place(0)
    yield from hits(word.text, line, column, "argument", certainty, loads=hub)


def _is_python(before: Sequence[Word]) -> bool:
    """Whether `-m` stands after Python, where it names a module, or where it is a message."""
    names = [word.text.rpartition("/")[2] for word in before[-3:]]
    return any(name.startswith(("python", "pytest", "pypy")) for name in names) or "git" in names
