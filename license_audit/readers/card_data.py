"""Data sets and generators that the prose of a card says the model was trained on."""

import re
from collections.abc import Iterator

from license_audit.model.evidence import DataSource
from license_audit.readers.card_links import Mention
from license_audit.readers.card_text import Body, Unit

_I = re.IGNORECASE
_TRAINED = re.compile(
    r"\b(?:(?:pre|post|re)-?\s?)?train(?:ed|ing)\b|\bfine-?\s?-?tun(?:e[ds]?|ing)\b|\binstruction[- ]tun\w+|"
    r"\btuned (?:on|with)\b|\bdistill?ed\b|\blearn(?:ed|s|t)? from\b|"
    r"\bbuilt (?:by|with|from)\b.{0,60}\bdata|训练|訓練|微调|微調|学習|チューニング|학습|entra[iîí]n\w*|entrenad\w*|"
    r"trainiert|treinad\w*",
    _I,
)
_DATA_HEADING = re.compile(
    r"\b(?:train\w*|fine-?tun\w*|tuning|instruction)\b.*\b(?:data|datasets?|corpus|corpora|set|mix\w*)\b|"
    r"^\W*(?:data ?sets?|data|corpus|datasets? used)\W*$|训练数据|学習データ",
    _I,
)
_FIELD = re.compile(
    r"^\W{0,8}(?:(?:pre-?)?training |fine-?tuning |instruction |trained |sft |dpo )?(?:data ?sets?|data|corpus|"
    r"corpora|trained on|数据集|データセット)"
    r"(?:\(s\)| used| source)?(?: ?\[optional\])?\W{0,4}[:：|]",
    _I,
)
_NOT_TRAINED = re.compile(
    r"\b(?:evaluat\w*|tested|benchmark\w*|not (?:been )?(?:pre-?|fine-?)?(?:trained|tuned)|unlike|compar\w+|"
    r"outperform\w*|surpass\w*|leaderboard|can be (?:fine-?tuned|trained)|could be|"
    r"previous\w*|how to|if you|you can|wasn.?t trained|without (?:any )?|test set|validation|accuracy|score[sd]?|"
    r"zero-shot|notebooks?|useful for)\b",
    _I,
)
_BEFORE_NAME = re.compile(
    r"\b(?:data|datasets?|corpus|corpora|subset|mix\w*|collection|set|instructions?|conversations?|outputs?|"
    r"responses?|generat\w*|synthes\w*|produc\w*|distill?ed|scrap\w*|train\w*|tun(?:ed|ing)|like|including|from|on|"
    r"with|of|by|us(?:e[ds]?|ing))\b|"
    r"数据|データ|训练|学習|[用以由]$",
    _I,
)
_SETS = re.compile(
    r"(?<![\w/-])(?:Stanford Alpaca|Code ?Alpaca|GPT-?4[- ]Alpaca|Alpaca-?GPT4|Alpaca|ShareGPT(?:[-_ ]?Vicuna)?|"
    r"Baize|(?:Databricks )?Dolly(?:[- ]?15k)?|GPT4All|GPTeacher|"
    r"books3|Books3|The Pile|LAION[\w-]*|mC4|C4|RedPajama|SlimPajama|RefinedWeb|OpenOrca|SlimOrca|UltraChat|"
    r"UltraFeedback|Evol-?Instruct|WizardLM[- ]evol\w*|OpenAssistant|OASST\d?|"
    r"Guanaco|LIMA|FLAN|(?:Anthropic )?HH(?:-RLHF)?|Camel-?AI|airoboros|LMSYS-Chat-1M|WildChat|Common ?Crawl|"
    r"Wikipedia|BookCorpus|OpenWebText|OSCAR|CC-?News|The Stack|Dolma|FineWeb(?:-Edu)?|"
    r"COYO[\w-]*|ImageNet(?:-\w+)?|MS ?COCO|Common Voice|LibriSpeech|Self-?Instruct|Unnatural Instructions|"
    r"Danbooru\w*|Reddit|GitHub code)(?![\w/]|-(?:style|format|like|LoRA|lora|\d+[bB]))",
    re.ASCII,
)
_GENERATORS = re.compile(
    r"(?<![\w/-])(?:GPT-?4o(?:-mini)?|GPT-?4(?:[- ]?(?:turbo|V|\d+))?|GPT-?3(?:\.5)?(?:-turbo)?|ChatGPT|"
    r"text-davinci-00\d|Claude(?:[- ](?:\d(?:\.\d)?|Opus|Sonnet|Haiku|Instant))*|Gemini(?:[- ](?:Pro|Ultra|Flash))?|"
    r"Bard|PaLM(?:[- ]2)?|"
    r"OpenAI(?:'s)?(?: API)?|Mistral Large|Command R\+?)(?![\w/]|-(?:style|like|level|quality|compatible))",
    re.ASCII,
)
_MADE = re.compile(
    r"\b(?:generat\w*|synthes\w*|produc\w*|distill?\w*|outputs?|responses?|completions?|answers?|written|created|"
    r"annotat\w*|translat\w*|labell?ed|curated|self-?instruct|augment\w*|derived|from)\b[^.;]{0,60}$|生成|蒸馏",
    _I,
)
_OUTPUTS = re.compile(
    r"[\s-]{1,2}(?:generated|synthesi[sz]ed|outputs?|data(?:sets?)?\b|responses?|completions?|conversations?)", _I
)
_NOT_DATA_AFTER = re.compile(
    r"\W{0,3}(?:prompt|format|template|style|model\b|models\b|tokeni[sz]er|architecture|api|llm|-?\d+b\b|"
    r"instruct(?:ion)? format|leaderboard|eval)",
    _I,
)
_MAY_BE_DATA = ("train", "tun", "data", "distil", "learn", "corp", "训", "訓", "微", "学", "チュ", "학", "entr")
"""Without any of these, in small letters, nothing is said about training data."""
_NOISE = re.compile(r"[*`]+")
_SPACE = re.compile(r"\s+")


def prose_data(body: Body, shown: str) -> list[DataSource]:
    """Data sets and generators of training sentences, fields, and lists below a heading on training data, in order."""
    found: dict[str, DataSource] = {}
    for unit in body.units:
        if unit.embedded or unit.sibling:
            continue
        for name, line in _of_unit(unit):
            found.setdefault(name.casefold(), DataSource(name=name, basis="stated", where=f"{shown}:{line}"))
    return list(found.values())


def _of_unit(unit: Unit) -> Iterator[tuple[str, int]]:
    heading = unit.headings[-1] if unit.headings else ""
    small = f"{unit.text} {heading} {unit.lead}".lower()
    if unit.kind == "heading" or not any(word in small for word in _MAY_BE_DATA):
        return
    text = _SPACE.sub(" ", _NOISE.sub("", unit.text)).strip()
    under = bool(_DATA_HEADING.search(heading)) and not _NOT_TRAINED.search(heading)
    told = bool(_TRAINED.search(text) or _FIELD.match(text))
    listed = unit.kind in ("item", "row") and (
        under or (bool(_TRAINED.search(unit.lead)) and "data" in unit.lead.lower())
    )
    if not (told or listed or under) or _NOT_TRAINED.search(text):
        return
    for match in re.finditer(r"⟦(\d+)⟧", text):
        mention = unit.mentions[int(match.group(1))]
        if _is_data(mention, text[match.end() :], told=told or listed):
            yield mention.name, unit.line_of(unit.text.find(match.group()))
    for pattern in (_SETS, _GENERATORS):
        for match in pattern.finditer(text):
            before = text[: match.start()]
            if _NOT_DATA_AFTER.match(text[match.end() :]):
                continue
            made = _MADE.search(before) or _OUTPUTS.match(text[match.end() :])
            if made if pattern is _GENERATORS else listed or _BEFORE_NAME.search(before) or _FIELD.match(text):
                yield match.group(), _line(unit, match.group())


def _is_data(mention: Mention, after: str, *, told: bool) -> bool:
    """Whether a mention is a data set: by its link, or by the word that follows an id."""
    if mention.kind == "data":
        return told
    return (
        mention.kind == "model" and bool(re.match(r"\W{0,3}(?:\w+ )?(?:data ?sets?|corpus|data)\b", after, _I)) and told
    )


def _line(unit: Unit, words: str) -> int:
    return unit.line_of(max(unit.text.find(words), 0))
