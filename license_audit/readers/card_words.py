"""Words before the name of a model by which cards tell of descent, in the languages that cards are written in."""

import re

_I = re.IGNORECASE
_STOP = (
    r"than|unlike|like|compared?|for|using|by|in|datasets?|data|corpus|corpora|tokeni[sz]er|code|codebase|library|"
    r"scripts?|"
    r"papers?|recipe|this|these|my|github|notebook|leaderboard|benchmarks?|space|demo|prompts?|format|template|and|"
    r"or|but|"
    r"which|that|is|are|was|were|with|to|at|see|via|here|click|link|available|following|scratch|outperforms?|"
    r"technique|method|framework"
)
_GAP = rf"(?:\s+(?!(?:{_STOP})\b)[^\s⟦⟧;,()–-][^\s⟦⟧;,()]{{0,60}}){{0,8}}\s*[(:]?\s*$"
_SHORT_GAP = (
    r"[^\s⟦⟧;,()–-]{0,4}"
    rf"(?:\s+(?!(?:{_STOP}|of|on|from)\b)[^\s⟦⟧;,()–-][^\s⟦⟧;,()]{{0,60}}){{0,3}}\s*[(:]?\s*$"
)
"""Up to eight words that change nothing, between what tells of descent and the name."""
_W = r"(?:\s+(?!(?:than|unlike|like|see|available|outperform\w*|can|is|are|was|scratch|this)\b)[^\s⟦⟧;.]{1,40})"
_TUNE = r"(?:(?:re-?|further )?fine-?\s?-?|instruct(?:ion)?[- ]|chat[- ]|sft[- ])tun(?:e[ds]?|ing)"
_PRE = r"(?:pre-?\s?)?train(?:ed|ing|s)?"
_QUANT = (
    r"(?:re|de)?-?quant\w*|gguf\w*|ggml\w*|gptq\w*|awq|exl[23]\w*|hqq|onnx|openvino|mlx|core ?ml|tensorrt\S*|"
    r"ctranslate2|"
    r"int-?[48]|fp-?(?:4|8|16)|bf16|nf4|[1-8]-?\s?bits?|bpw|imatrix|llamafile|rkllm|w4a16|w8a8|safetensors|"
    r"conver(?:sions?|ted)|port(?:ed)?|export(?:ed)?|static quants|sharded|compressed"
)
_LORA = (
    r"(?:q|dyl|r)?-?loras?|dora|peft|adapters?|lycoris|locon|ia3|soft prompts?|controlnets?|control-lora|"
    r"textual inversions?|hypernetworks?|dreambooth|ip-adapter|delta weights?|low-rank adapt\w+"
)
_MERGED = r"(?:self-?|franken-?|model |slerp |ties |dare |linear )*merg(?:e[sd]?|ing)"

BEFORE: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (
        re.compile(
            rf"\b{_MERGED}{_W}{{0,14}}?\s+"
            rf"(?:of|between|from|with|into|onto|using|combines|comprises|including|containing){_GAP}",
            _I,
        ),
        "merge",
    ),
    (re.compile(rf"\b{_MERGED}\s*(?:\(\S+\)\s*)?[:\s]\s*(?:the |both )?$", _I), "merge"),
    (
        re.compile(
            r"\b(?:slerp|ties|dare|passthrough|task arithmetic|blend|mix(?:ture)?|combination|fusion|soup|"
            r"interpolation|hybrid|stack|"
            rf"average|moe|mixture of experts)(?:ed|ing|s)?{_W}{{0,5}}?\s+(?:of|between|from|with){_GAP}",
            _I,
        ),
        "merge",
    ),
    (re.compile(r"\bas (?:a|the) base(?: model)?,? (?:with|and|plus) (?:the )?$", _I), "merge"),
    (
        re.compile(
            r"\bmodels? (?:used|merged|combined)(?: (?:in|for|to|by|the|this|our|make|create|\w*merg\w*|model)){0,5}"
            r" (?:are|were|is|was)(?: the)?\s*:?\s*$",
            _I,
        ),
        "models",
    ),
    (re.compile(r"\b(?:encoder|decoder)s? (?:is|are|was|were) (?:an? |the )?$", _I), None),
    (re.compile(rf"\b(?:combin|blend|mix|merg|fus|stitch)(?:es|ed|ing|s)?{_W}{{0,4}}?\s*$", _I), "merge"),
    (re.compile(rf"\bdistil\w*{_W}{{0,6}}?\s+(?:of|from|using|with|out of){_GAP}", _I), "distill"),
    (re.compile(r"\b(?:teacher|distillation) models?(?: (?:is|was|being|used))?[\s:,(]*$", _I), "distill"),
    (re.compile(rf"\b(?:{_LORA})\b{_W}{{0,8}}?\s+(?:of|for|from|on|onto|over|with){_GAP}", _I), "adapter"),
    (
        re.compile(
            r"\b(?:re-?up(?:load)?s?\w*|mirror\w*|clones?|cloned|cop(?:y|ies)|copied|duplicat\w+|fork\w*|backup|"
            r"archive|"
            rf"re-?host\w*|same (?:files|weights|model|checkpoint))\b{_W}{{0,5}}?\s+(?:of|from|as){_GAP}",
            _I,
        ),
        "copy",
    ),
    (
        re.compile(
            rf"\b{_TUNE}{_W}{{0,6}}?\s+(?:of|from|off|upon|on top of|over|starting (?:from|with)|out of|"
            rf"based (?:up)?on){_GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"(?<!to )(?<!for )(?<!of )\b{_TUNE}\s+(?:the |a |an |our |from |pre-?trained |base |model )*$", _I
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:by|after|via|we|of|version of)\s+{_TUNE}\s+(?:the |a |an |our |pre-?trained |base |model )*$", _I
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:trained|training|retrained|adapted|aligned|post-?trained|resumed|restarted|"
            rf"continued)\s+(?:(?!data|corp|text|sample|example|pair|image|question|conversation)\w+\s+){{0,3}}?"
            rf"(?:from|on top of|over|off|starting (?:from|with)|based (?:up)?on)(?! scratch){_GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:continu\w+|further|additional(?:ly)?|domain-adaptive|incremental(?:ly)?)\s+{_PRE}{_W}{{0,4}}?\s+"
            rf"(?:of|from|on|on top of|over|with){_GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (re.compile(rf"\b(?:continu\w+|further|additional(?:ly)?)\s+{_PRE}\s+(?:the )?$", _I), "fine-tune"),
    (re.compile(r"\b(?:by|after|we|i) (?:further |then )?train(?:ed|ing)?\s+(?:the )?$", _I), "fine-tune"),
    (re.compile(rf"\b(?:{_TUNE}|trained)\s+(?:\w+\s+){{0,3}}?on(?: top of)?{_GAP}", _I), "on"),
    (
        re.compile(
            r"\b(?:data|datasets?|outputs?|responses?|answers|instructions|samples|pairs|conversations|completions|"
            r"dialogues|texts?)\b"
            rf"{_W}{{0,4}}?\s+(?:(?:was |were |are |is )?(?:generated|produced|synthesi[sz]ed|created|written|"
            rf"distilled) (?:by|with|using|from|via)"
            rf"|from|of){_SHORT_GAP}",
            _I,
        ),
        "outputs",
    ),
    (
        re.compile(
            rf"\b(?:{_QUANT})(?![\w])(?:{_W}){{0,10}}?\s+(?:of|for|from|to (?:inference|infer|run|use|serve)){_GAP}",
            _I,
        ),
        "quantize",
    ),
    (
        re.compile(
            r"(?<!to )(?<!for )\b(?:quanti[sz](?:ed|ing)|convert(?:ed|ing)|quants? of)\s+(?:the |a |"
            r"an )?(?:original |official )?(?:model )?$",
            _I,
        ),
        "quantize",
    ),
    (
        re.compile(
            rf"\b(?:initiali[sz](?:ed|ing|ation)|warm-?\s?start\w*|bootstrapp\w+){_W}{{0,5}}?\s+(?:from|with|by|"
            rf"using|of|as){_GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:start(?:s|ed|ing)?)\s+(?:out\s+)?(?:from|with|point(?: (?:is|was))?|checkpoint(?: (?:is|"
            rf"was))?){_GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:based(?: up)?on|based (?:up)?on|based off(?: of)?|bases? on|buil(?:t|ds?|"
            rf"ding)(?:\s+\w+)?\s+(?:up)?on(?: top of)?|"
            rf"built (?:with|using|from|off|around)|on top of|deriv\w+ (?:of|from)|derivative\w* (?:of|from)|"
            rf"adapted from|"
            rf"evolved from(?: its predecessors?,?)?|developed (?:from|based on|on)|"
            rf"created from|obtained from|made from|"
            rf"modif\w+ (?:version )?(?:of|from)|expan\w+ (?:of|from)|up-?scal\w+ (?:of|from)|extend(?:s|ed|"
            rf"ing)?(?: from)?|"
            rf"pruned (?:\w+ ){{0,3}}(?:of|from)|prun(?:ed|ing)(?: the)?|ablit\w+ (?:\w+ ){{0,2}}(?:of|from)|"
            rf"uses? as (?:its |the |a )?base(?: model)?){_GAP}",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            r"\b(?:base|backbone|foundation|parent|underlying|original|source) (?:language )?(?:model|llm|checkpoint|"
            r"weights|version)"
            rf"(?: used)?(?: here| for (?:this|the) \w+)?(?: (?:is|was|being|by|can be found|"
            rf":))?(?: here)?{_SHORT_GAP}",
            _I,
        ),
        None,
    ),
    (re.compile(r"\b(?:student|base|backbone)(?: model)?\s*[:=]\s*$", _I), None),
    (
        re.compile(
            r"\bthe original (?:[\w.-]{1,40} ){1,4}(?:model|checkpoint)s? (?:can be found|is available|is hosted)"
            r"(?: at| on)?(?: here)?\W*$",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            r"\bfor the (?:original|unquanti[sz]ed|full(?= (?:\w+ ){0,2}(?:bf16|fp16|f16|fp32|16-bit|precision)))"
            r"(?: [\w.-]{1,40}){0,3} (?:model|weights|version)s?,? "
            r"(?:please )?(?:click|see|go to|visit|use)(?: here)?\W*$",
            _I,
        ),
        "quantize",
    ),
    (
        re.compile(
            r"\b(?:we|i) (?:use[ds]?|take|took|adopt(?:ed)?|chose|employ(?:ed)?) "
            r"(?:the |a |an )?pre-?trained (?:\w+ )?$",
            _I,
        ),
        None,
    ),
    (re.compile(r"\bleverag(?:es|ing) (?:the |a |an )?(?:frozen |pre-?trained )*$", _I), None),
    (
        re.compile(r"\b(?:two|three|four|five|six|seven|eight|\d{1,2}) (?:\w+ )?models?\s*[(:]\s*(?:the )?$", _I),
        "models",
    ),
    (
        re.compile(
            r"\b(?:vision|image|visual|audio|speech|text|language) (?:encoder|tower|decoder|backbone|"
            r"model)s?(?: part)?(?: of| from| is| was|:)?"
            rf"{_SHORT_GAP}",
            _I,
        ),
        "part",
    ),
    (re.compile(r"\btrain(?:ed|ing)?\s+(?:an?|the|our)\s+(?:pre-?trained )?$", _I), "model"),
    (re.compile(rf"\b(?:versions?|variant|edition|checkpoint|derivative|remix) of{_GAP}", _I), "version"),
    # Romance and Germanic languages
    (
        re.compile(
            r"\b(?:bas[ée]e?s? sur|issue? d[eu]|d[ée]riv[ée]e?s? d[eu]|basad[oa]s? en|derivad[oa]s? de|"
            r"basead[oa]s? (?:em|no|na)|"
            rf"basat[oa] su|basiert auf|basierend auf|aufbauend auf|abgeleitet von|auf (?:der )?basis von|"
            rf"gebaseerd op){_GAP}",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            r"\b(?:affin[ée]e?s?|ajust[ée]e?s?|ajustad[oa]s?|ajuste fino|afinad[oa]s?|(?:re)?entra[iî]n[ée]e?s?|"
            r"entrenad[oa]s?|"
            r"treinad[oa]s?|addestrat[oa]|feinabgestimmt\w*|feingetunt\w*|feinabstimmung|nachtrainiert\w*|finetun\w*|"
            r"fine-?tun\w*)"
            rf"{_W}{{0,4}}?\s+(?:à partir d[eu]|a partir d[eo]|desde|d[eu]|da|do|von|des|vom|auf|sur|sobre){_GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:fusi[oó]n|fusión|mezcla|combinaci[oó]n|zusammenführung|verschmelzung|"
            rf"mélange){_W}{{0,4}}?\s+(?:d[eu]|des|entre|von){_GAP}",
            _I,
        ),
        "merge",
    ),
    (
        re.compile(
            rf"\b(?:quantifi[ée]e?s?|cuantizad[oa]s?|cuantizaci[oó]n|quantizad[oa]|quantisiert\w*|konvertiert\w*|"
            rf"convertid[oa]s?|conversi[oó]n){_W}{{0,4}}?\s+"
            rf"(?:d[eu]|von|des|desde|da|do){_GAP}",
            _I,
        ),
        "quantize",
    ),
    # Russian, Vietnamese
    (re.compile(r"\b(?:дообучен|дообуч|тонк\w+ настройк)[^⟦⟧.;]{0,30}$", _I), "fine-tune"),
    (re.compile(r"\b(?:квант|сконвертирован)[^⟦⟧.;]{0,30}$", _I), "quantize"),
    (re.compile(r"\b(?:слияни|объединени)[^⟦⟧.;]{0,30}$", _I), "merge"),
    (re.compile(r"\b(?:основан\w*|построен\w*)\s+на[^⟦⟧.;]{0,20}$|\bна (?:основе|базе)[^⟦⟧.;]{0,20}$", _I), None),
    (re.compile(r"\bfine-?tune(?:d)? (?:của|từ)\s+(?:mô hình\s+)?$", _I), "fine-tune"),
    (re.compile(r"\bdựa trên\s+(?:mô hình\s+)?$", _I), None),
    # Chinese, Japanese
    (
        re.compile(r"(?:LoRA|QLoRA|适配器|適配器)[^⟦⟧。]{0,12}(?:基于|基於|用于|适用于|参数)\s*(?:了|模型)?\s*$", _I),
        "adapter",
    ),
    (re.compile(r"(?:基于|基於)[^⟦⟧。；，,]{1,14}$"), None),
    (re.compile(r"(?:蒸馏自|蒸餾自|教师模型(?:为|是|：|:)?)\s*$"), "distill"),
    (
        re.compile(
            r"(?:量化自|转换自|轉換自|量化版本?(?:，|,)?(?:来自|源自)|量化元(?:は|：|:)?|変換元(?:は|：|:)?)\s*$"
        ),
        "quantize",
    ),
    (re.compile(r"(?:微调自|微調自|微调于)\s*$"), "fine-tune"),
    (
        re.compile(
            r"(?:基于|基於|基底模型|基础模型|基座模型|底座模型|预训练模型|ベースモデル|元モデル)(?:为|是|了|采用|"
            r"使用|は|：|:|\s|模型|Meta的?|最新的|开源的?|"
            r"Hugging ?Face上?的?)*$",
            _I,
        ),
        None,
    ),
)
"""Ends of what stands before the name of a parent, with what they tell."""
