"""Words before the name of a model by which cards tell of descent."""

import re

_I = re.IGNORECASE
_STOP = (
    r"than|unlike|like|compared?|for|using|by|in|datasets?|data|corpus|corpora|tokeni[sz]er|code|codebase|library|"
    r"scripts?|papers?|recipe|this|these|my|github|notebook|leaderboard|benchmarks?|space|demo|prompts?|format|template|and|"
    r"or|but|which|that|is|are|was|were|with|to|at|see|via|here|click|link|available|following|scratch|outperforms?|"
    r"technique|method|framework"
)
GAP = rf"(?:\s+(?!(?:{_STOP})\b)[^\s⟦⟧;,()–-][^\s⟦⟧;,()]{{0,60}}){{0,8}}\s*[(:]?\s*$"
_SHORT_GAP = (
    r"[^\s⟦⟧;,()–-]{0,4}"
    rf"(?:\s+(?!(?:{_STOP}|of|on|from)\b)[^\s⟦⟧;,()–-][^\s⟦⟧;,()]{{0,60}}){{0,3}}\s*[(:]?\s*$"
)
"""Up to eight words that change nothing, between what tells of descent and the name."""
W = r"(?:\s+(?!(?:than|unlike|like|see|available|outperform\w*|can|is|are|was|scratch|this)\b)[^\s⟦⟧;.]{1,40})"
_PREF = r"dpo|sft|orpo|kto|ppo|grpo|rlhf|rlaif|simpo|cpo|ipo"
"""Short names of ways to train on instructions or preferences."""
_TUNE = (
    rf"(?:(?:re-?|further )?fine-?\s?-?|instruct(?:ion)?[- ]|chat[- ]|preference[- ]|"
    rf"(?:{_PREF})[- ])tun(?:e[ds]?|ing)"
)
_PRE = r"(?:pre-?\s?)?train(?:ed|ing|s)?"
_QUANT = (
    r"(?:re|de)?-?quant\w*|gguf\w*|ggml\w*|gptq\w*|awq|exl[23]\w*|hqq|onnx|openvino|mlx|core ?ml|tensorrt\S*|"
    r"ctranslate2|up-?cast|down-?cast|"
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
            rf"\b{_MERGED}{W}{{0,14}}?\s+"
            rf"(?:of|between|from|with|into|onto|using|combines|comprises|including|containing){GAP}",
            _I,
        ),
        "merge",
    ),
    (re.compile(rf"(?<!of the )\b{_MERGED}\s*(?:\(\S+\)\s*)?[:\s]\s*(?:the |both )?$", _I), "merge"),
    (
        re.compile(
            r"\b(?:slerp|ties|dare|passthrough|task arithmetic|blend|mix(?:ture)?|combination|fusion|soup|"
            r"interpolation|hybrid|stack|"
            rf"average|moe|mixture of experts)(?:ed|ing|s)?{W}{{0,5}}?\s+(?:of|between|from|with){GAP}",
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
    (re.compile(rf"\b(?:combin|blend|mix|merg|fus|stitch)(?:es|ed|ing|s)?{W}{{0,4}}?\s*$", _I), "merge"),
    (re.compile(rf"\bdistil\w*{W}{{0,6}}?\s+(?:of|from|using|with|out of){GAP}", _I), "distill"),
    (re.compile(r"\b(?:teacher|distillation) models?(?: (?:is|was|being|used))?[\s:,(]*$", _I), "distill"),
    (re.compile(rf"\b(?:{_LORA})\b{W}{{0,8}}?\s+(?:of|for|from|on|onto|over|with){GAP}", _I), "adapter"),
    (
        re.compile(
            r"\b(?:re-?up(?:load)?s?\w*|mirror\w*|clones?|cloned|cop(?:y|ies)|copied|duplicat\w+|fork\w*|backup|"
            r"archive|re-?host\w*|unofficial upload|"
            rf"same (?:files|weights|model|checkpoint))\b{W}{{0,5}}?\s+(?:of|from|as){GAP}",
            _I,
        ),
        "copy",
    ),
    (
        re.compile(
            rf"\b{_TUNE}{W}{{0,6}}?\s+(?:of|from|off|upon|on top of|over|starting (?:from|with)|out of|"
            rf"based (?:up)?on){GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"(?<!to )(?<!for )(?<!of )\b{_TUNE}\s+(?:(?:an?|the) (?:[\w-]+ ){{0,4}}model (?:called|named) )?"
            r"(?:the |a |an |our |from |pre-?trained |base |model )*$",
            _I,
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
            rf"(?:from|on top of|over|off|starting (?:from|with)|based (?:up)?on)(?! scratch){GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:continu\w+|further|additional(?:ly)?|domain-adaptive|incremental(?:ly)?)\s+{_PRE}{W}{{0,4}}?\s+"
            rf"(?:of|from|on|on top of|over|with){GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (re.compile(rf"\b(?:continu\w+|further|additional(?:ly)?)[\s-]+{_PRE}\s+(?:the )?$", _I), "fine-tune"),
    (
        re.compile(
            rf"\b(?:{_PREF}|transfer[- ]learn\w*)(?:\s+(?:train\w*|version|run|fine-?tun\w*))?\s+(?:of|from){GAP}|"
            rf"(?<!to )\b(?:apply|applied|applying|ran|running|did|perform\w*)\s+(?:{_PREF})\s+(?:to|on|over){GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (re.compile(rf"\b(?:{_PREF}|transfer[- ]learn\w*)(?:\s+train\w*)?\s+on(?: top of)?{GAP}", _I), "on"),
    (
        re.compile(
            r"(?:^\W*|\bis )(?:the |an? |this )?(?:ablit\w+|uncensored|de-?censored|jailbroken|"
            r"(?:depth[- ])?up-?scaled|pruned|llamafied)\s+(?:(?:the|original|official)\s+)*$",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            r"\b(?:this|our) (?:\w+ )?(?:model|checkpoint|run|version|project) (?:continues|extends|adapts|"
            r"modifies|improves|"
            r"customi[sz]es|enhances)(?: up)?(?:on)?\s+(?:the )?(?:pre-?trained )?$",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            r"\b(?:this|the|these) (?:lora|adapter|controlnet|embedding)s? (?:was|were|is|are|has been) "
            rf"(?:trained|made|created|intended|designed|built|meant) (?:for|to (?:be )?used? (?:with|on)){GAP}",
            _I,
        ),
        "adapter",
    ),
    (re.compile(r"\b(?:by|after|we|i) (?:further |then )?train(?:ed|ing)?\s+(?:the )?$", _I), "fine-tune"),
    (re.compile(rf"\b(?:{_TUNE}|trained)\s+(?:\w+\s+){{0,3}}?on(?: top of)?{GAP}", _I), "on"),
    (
        re.compile(
            r"\b(?:data|datasets?|outputs?|responses?|answers|instructions|samples|pairs|conversations|completions|"
            r"dialogues|texts?)\b"
            rf"{W}{{0,4}}?\s+(?:(?:was |were |are |is )?(?:generated|produced|synthesi[sz]ed|created|written|"
            rf"distilled) (?:by|with|using|from|via)"
            rf"|from|of){_SHORT_GAP}",
            _I,
        ),
        "outputs",
    ),
    (
        re.compile(
            rf"\b(?:{_QUANT})(?![\w])(?:{W}){{0,10}}?\s+(?:of|for|from|to (?:inference|infer|run|use|serve)){GAP}",
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
            rf"\b(?:initiali[sz](?:ed|ing|ation)|warm-?\s?start\w*|bootstrapp\w+){W}{{0,5}}?\s+(?:from|with|by|"
            rf"using|of|as){GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:initial|starting) (?:weights?|parameters|checkpoints?)(?: (?:is|are|was|were))?"
            rf"(?: \w+)?(?: (?:from|of))?{GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:weights|parameters|layers|checkpoint|embeddings)\b(?: \w+)? (?:taken|copied|inherited|"
            rf"transferred|reused|ported|"
            rf"borrowed|extracted|come|came|originate\w*) from{GAP}",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            rf"\b(?:start(?:s|ed|ing)?)\s+(?:out\s+)?(?:from|with|point(?: (?:is|was))?|checkpoint(?: (?:is|"
            rf"was))?){GAP}",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            rf"\b(?:based(?: up)?on|based (?:up)?on|based off(?: of)?|bases? on|buil(?:t|ds?|"
            rf"ding)(?:\s+\w+)?\s+(?:up)?on(?: top of)?|"
            rf"built (?:with|using|from|off|around)|on top of|on the basis of|"
            rf"deriv\w+ (?:of|from)|derivative\w* (?:of|from)|"
            rf"adapted from|inherit(?:s|ed|ing)? from|"
            rf"evolved from(?: its predecessors?,?)?|developed (?:from|based on|on)|"
            rf"created from|obtained from|made from|"
            rf"modif\w+ (?:version )?(?:of|from)|expan\w+ (?:of|from)|up-?scal\w+ (?:of|from)|extend(?:s|ed|"
            rf"ing)?(?: from)?|"
            rf"pruned (?:\w+ ){{0,3}}(?:of|from)|prun(?:ed|ing)(?: the)?|ablit\w+ (?:\w+ ){{0,2}}(?:of|from)|"
            rf"(?:adaptation|extension|refinement|continuation|customi[sz]ation) of|"
            rf"uses? as (?:its |the |a )?base(?: model)?){GAP}",
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
            rf"\b(?:{_TUNE}|trained|initiali[sz]ed|derived|converted) from{W}{{1,8}}? "
            r"(?:available|hosted|released|published|found) (?:in|at|on|here|under)\W*$",
            _I,
        ),
        None,
    ),
    (
        re.compile(
            r"\b(?:original|source|parent|underlying|backbone|foundation) (?:\w+ )?(?:model|checkpoint|weights) "
            r"(?:is|are) (?:available|hosted|published|released) (?:at|on|here|under|from)\W*$",
            _I,
        ),
        None,
    ),
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
    (re.compile(rf"\b(?:versions?|variant|edition|checkpoint|derivative|remix) of{GAP}", _I), "version"),
    (
        re.compile(
            r"(?<!of )(?<!from )(?<!on )\bthis (?:specific |particular )?(?:pre-?trained )?(?:model|variant|"
            r"version|checkpoint),? (?:named|called|known as)\s*$",
            _I,
        ),
        "named",
    ),
)
"""Ends of what stands before the name of a parent, with what they tell."""
