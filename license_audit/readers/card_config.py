"""Parents in the code blocks of a card: merge and training configurations, and adapters that are loaded onto a base."""

import re
from collections.abc import Collection, Iterator, Mapping

from license_audit.model.card import NamedParent
from license_audit.model.words import Relation
from license_audit.readers.card_links import hub_mention, is_bare, is_id
from license_audit.readers.card_text import Body, Code

_MERGE = re.compile(
    r"^[ \t\"']*(?:(?:merge_method|gate_mode)[\"']?[ \t]*:|(?:experts|"
    r"(?:layer_)?slices)[\"']?[ \t]*:[ \t]*\[?[ \t]*$)",
    re.MULTILINE,
)
_PART = re.compile(
    r"^[ \t]*(?:-[ \t]+)?[\"']?(?:model|path|source_model|base_model|"
    r"model_name)[\"']?[ \t]*:[ \t]*[\"']?([^\s\"'#,}]+)"
)
_INLINE = re.compile(r"[{,][ \t]*[\"']?(?:model|base_model)[\"']?[ \t]*:[ \t]*[\"']?([^\s\"'#,}]+)")
_WEIGHTED = re.compile(
    r"\[?([A-Za-z0-9][\w.-]{1,95}/[\w.-]{2,95}+)\]?\s{0,3}\(\s{0,3}\d?\.\d{1,4}\s{0,3}\)|"
    r"\b[Aa]pply\s{1,3}\[?([A-Za-z0-9][\w.-]{1,95}/[\w.-]{2,95})\]?\s{1,3}at\s{1,3}\d?\.\d"
)
"""A part of a merge with its weight, in a recipe that is written as code."""
_TRAINING = re.compile(
    r"^[ \t]*[\"']?(?:base_model|base_model_name_or_path|model_name_or_path|"
    r"pretrained_model_name_or_path)[\"']?[ \t]*:"
    r"[ \t]*[\"']?([^\s\"'#,}]+)"
)
_ADAPTER_KEY = re.compile(
    r"^[ \t]*[\"']?(?:adapter|finetuning_type|peft_type)[\"']?[ \t]*:[ \t]*[\"']?\w*(?:lora|ia3)",
    re.MULTILINE | re.IGNORECASE,
)
_DATA_LANGUAGES = ("", "yaml", "yml", "json", "yaml5", "text", "toml")
_ONTO = re.compile(r"PeftModel\w*\.from_pretrained|\.load_adapter\(|\.load_lora_weights\(|LoraModel|load_attn_procs\(")
_LOADED = re.compile(
    r"\b(?:Auto\w*|\w+ForCausalLM|\w+Pipeline|\w*LanguageModel|\w*Model\w*|\w+For[A-Z]\w+)\.from_pretrained\((?:\s|"
    r">>>){0,80}"
    r"(?:pretrained_model_name_or_path\s*=\s*|model_name\s*=\s*)?([\"'][^\"'\n]{1,200}[\"']|[A-Za-z_]\w{0,60})"
)
_CONDITIONING = re.compile(r"(?:ControlNet|T2IAdapter|MotionAdapter)\w*\.from_pretrained\(")
_WARM_START = re.compile(
    r"from_encoder_decoder_pretrained\(\s{0,80}[\"']([^\"'\n]{1,200})[\"'],\s{0,80}[\"']([^\"'\n]{1,200})[\"']"
)
_PIPELINE = re.compile(r"\w+Pipeline\.from_pretrained\(\s{0,80}[\"']([^\"'\n]{1,200})[\"']")
_ADAPTER = re.compile(
    r"(?:PeftModel\w*\.from_pretrained|\.load_adapter|"
    r"\.load_lora_weights)\(\s{0,80}(?:[A-Za-z_]\w{0,60}\s*,\s{0,80})?"
    r"(?:model_id\s*=\s*)?([\"'][^\"'\n]{1,200}[\"']|[A-Za-z_]\w{0,60})"
)
_BESIDE = re.compile(r"Tokenizer|Peft|Processor|ControlNet|T2IAdapter|MotionAdapter|Autoencoder")
"""Classes of what is loaded next to a base."""
_FLAG = re.compile(
    r"(?<![\w-])--(?:(?P<merge>merge)|(?P<base>base[-_]model(?:[-_](?:id|path|name(?:[-_]or[-_]path)?))?)|"
    r"(?:pretrained[-_])?model[-_]name[-_]or[-_]path)[= \t]{1,9}[\"']?(?P<value>[^\s\"'\\]{1,200})"
)
"""A parent on a command line."""
_TRAINS = re.compile(r"train|fine-?tune|\bsft\b|\bdpo\b|epochs|learning[-_]rate", re.IGNORECASE)
_TOKENIZER = re.compile(r"Tokenizer\w*\.from_pretrained\(\s{0,80}[\"']([^\"'\n]{1,200})[\"']")
_ASSIGNED = re.compile(r"^[ \t]*([A-Za-z_]\w{0,60})[ \t]*=[ \t]*[\"']([^\"'\n]{1,200})[\"']", re.MULTILINE)
_QUANTIZES = re.compile(r"\.quantize\(|\boneshot\(|save_quantized\(|quantize_config\s*=|quant_config\s*=")
_SIZE = re.compile(r"(?<![a-z0-9.])\d+(?:\.\d+)?[bm](?![a-z])")
_BASE_VARIABLE = re.compile(
    r"_?(?:base|backbone|foundation|parent)(?:_?model|_?checkpoint)?(?:_?(?:id|name|path|repo|name_or_path))?|"
    r"(?:model|llm)_?base",
    re.IGNORECASE,
)
_FREE = re.compile(r"[^#\n]{0,10}#[^\n]{0,80}\b(?:choose|favou?rite|any|e\.g\.|replace|change)(?!\w)", re.IGNORECASE)
"""What follows the value of a base variable that the reader of the card may choose."""


def code_parents(body: Body, own: str = "") -> list[NamedParent]:
    """Parents that configurations and adapter code name, in order; the same may come twice.

    `own` is the id of the card's own model, empty when nobody knows it.
    """
    found: list[NamedParent] = []
    bases = [list(_bases(code)) for code in body.codes]
    several = len({name for held in bases for name, _ in held}) > 1
    loaded = ""
    for code, held in zip(body.codes, bases, strict=True):
        if code.language == "bibtex":
            continue
        if _MERGE.search(code.text):
            found += [NamedParent(name, "merge", line) for name, line in _merged(code, _short_names(body))]
        elif code.language in _DATA_LANGUAGES:
            relation: Relation = "adapter" if _ADAPTER_KEY.search(code.text) else "fine-tune"
            found += [NamedParent(name, relation, line) for name, line in _values(code, _TRAINING, {})]
        found += [NamedParent(name, "merge", line) for name, line in _weighted(code)]
        for name, line in () if several else (*held, *_loaded(code, own)):
            loaded = loaded or name
            if name == loaded:  # further ones show what else the adapter goes with
                found.append(NamedParent(name, "adapter", line))
        found += _on_command_lines(code)
        found += [NamedParent(name, "component", line) for name, line in _joined(code)]
        if _QUANTIZES.search(code.text):
            found += [NamedParent(name, "quantize", line) for name, line in _sources(code)]
    return found


def tokenizer_parents(body: Body) -> list[NamedParent]:
    """Encoders whose tokenizer code loads next to a model from elsewhere: a hint for cards that name no parent."""
    return [NamedParent(name, None, line) for code in body.codes for name, line in _tokenized(code)]


def _short_names(body: Body) -> dict[str, str]:
    """Ids that the prose mentions, by what a configuration with local folders calls them: `name` or `owner_name`."""
    ids = {mention.name for unit in body.units for mention in unit.mentions.values() if mention.kind == "model"}
    short: dict[str, str] = {}
    for name in sorted(ids):
        short.setdefault(name.rpartition("/")[2].lower(), name)
        short.setdefault(name.replace("/", "_").lower(), name)
    return short


def _merged(code: Code, short: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    yield from _values(code, _PART, short)
    yield from _values(code, _INLINE, short)


def _weighted(code: Code) -> Iterator[tuple[str, int]]:
    for number, line in code.lines:
        for match in _WEIGHTED.finditer(line[:1000]):
            if name := repository(match.group(1) or match.group(2)):
                yield name, number


def _values(code: Code, pattern: re.Pattern[str], short: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for number, line in code.lines:
        for match in pattern.finditer(line[:1000]):
            for value in match.group(1).split("+"):
                if name := repository(value) or short.get(value.rstrip("/").rpartition("/")[2].lower()):
                    yield name, number


def repository(value: str) -> str | None:
    """The repository that a value of a configuration names; None for a local path and whatever else it may be."""
    if "://" in value:
        mention = hub_mention(value, "")
        return mention.name if mention and mention.kind == "model" else None
    value = value.strip().rstrip("/")
    return value if is_bare(value) or is_id(value) else None


def _variables(code: Code) -> dict[str, tuple[str, int]]:
    """Texts that variables hold, with their positions."""
    return {match.group(1): (match.group(2), match.start(2)) for match in _ASSIGNED.finditer(code.text)}


def _sources(code: Code) -> Iterator[tuple[str, int]]:
    """What a block that quantizes loads."""
    values = _variables(code)
    for match in _LOADED.finditer(code.text):
        value, at = values.get(match.group(1), (match.group(1).strip("\"'"), match.start(1)))
        if "Tokenizer" not in match.group() and (name := repository(value)):
            yield name, _line(code, at)


def _bases(code: Code) -> Iterator[tuple[str, int]]:
    """What base variables hold; a card in which they hold several models only shows how to use its own on them."""
    for variable, (value, at) in _variables(code).items():
        free = _FREE.match(code.text, at + len(value) + 1)
        if _BASE_VARIABLE.fullmatch(variable) and not free and (name := repository(value)):
            yield name, _line(code, at)


def _loaded(code: Code, own: str) -> Iterator[tuple[str, int]]:
    """What is loaded before an adapter is put onto it."""
    values = _variables(code)
    onto = _ONTO.search(code.text)
    if onto is None:
        yield from _conditioned(code)
        return
    adapters = {match.group(1).strip("\"'") for match in _ADAPTER.finditer(code.text)}
    adapters |= {values[name][0] for name in adapters & values.keys()}
    if _of_a_relative(adapters, own):
        return
    for match in _LOADED.finditer(code.text, 0, onto.start()):
        if _BESIDE.search(match.group()):
            continue
        value, at = values.get(match.group(1), (match.group(1).strip("\"'"), match.start(1)))
        if (name := repository(value)) and name not in adapters:
            yield name, _line(code, at)


def _of_a_relative(adapters: Collection[str], own: str) -> bool:
    """Whether the adapters that code loads are for a model of another size than the card's own."""
    sizes = set(_SIZE.findall(own.rpartition("/")[2].lower()))
    others = [set(_SIZE.findall(name.rpartition("/")[2].lower())) for name in adapters if is_id(name)]
    return bool(sizes and others) and all(other and not other & sizes for other in others)


def _conditioned(code: Code) -> Iterator[tuple[str, int]]:
    """The pipeline that a network for conditioning is put into."""
    if _CONDITIONING.search(code.text):
        for match in _PIPELINE.finditer(code.text):
            if name := repository(match.group(1)):
                yield name, _line(code, match.start(1))


def _on_command_lines(code: Code) -> Iterator[NamedParent]:
    """What a command merges or trains."""
    for match in _FLAG.finditer(code.text):
        name = repository(match["value"])
        if name and (match["merge"] or match["base"] or _TRAINS.search(code.text)):
            relation: Relation = "merge" if match["merge"] else "adapter" if "lora" in code.text else "fine-tune"
            yield NamedParent(name, relation, _line(code, match.start()))


def _joined(code: Code) -> Iterator[tuple[str, int]]:
    """An encoder and a decoder that are put together."""
    for match in _WARM_START.finditer(code.text):
        for group in (1, 2):
            if name := repository(match.group(group)):
                yield name, _line(code, match.start(group))


def _tokenized(code: Code) -> Iterator[tuple[str, int]]:
    """An encoder from the first years of the Hub whose tokenizer goes with a model that is loaded from elsewhere."""
    others = {match.group(1).strip("\"'") for match in _LOADED.finditer(code.text) if "Tokenizer" not in match.group()}
    for match in _TOKENIZER.finditer(code.text):
        name = match.group(1)
        if is_bare(name) and "bert" in name.lower() and others and name not in others:
            yield name, _line(code, match.start())


def _line(code: Code, position: int) -> int:
    return code.lines[min(code.text.count("\n", 0, position), len(code.lines) - 1)][0]
