"""Words after and around the name of a model: fields, introductions of lists, and what makes it another model."""

import re

_I = re.IGNORECASE

AFTER: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (
        re.compile(
            r"\s*(?:\([^()⟦⟧]{1,60}\)\s*)?(?:base |large )?(?:models?[\s,]|checkpoints?[\s,]|weights[\s,]|,\s|\s|"
            r"that (?:was|is|"
            r"has been)\s|which (?:was|is|has been)\s|"
            r"further\s|then\s)*(?:fine-?\s?tun(?:ed)|further (?:pre-?)?trained|re-?trained|trained further|"
            r"(?:instruct(?:ion)?|preference|chat)[- ]?tuned)\s+"
            r"(?:on|with|using|for|to|by|in|via|from)\b",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(
            r"\s*(?:models?\s|checkpoints?\s|weights\s|,\s|that (?:was|is|has been)\s|(?:has been |was |is )?)*"
            r"(?:quanti[sz]ed|converted|de-?quanti[sz]ed|exported|compiled|transposed|compressed|sharded)\b",
            _I,
        ),
        "quantize",
    ),
    (
        re.compile(
            r"\s*(?:models?\s)?for (?:the |their |its )?(?:base|original|full|unquanti[sz]ed|"
            r"pre-?trained)\s(?:\w+\s)?(?:versions?|models?|weights)\b",
            _I,
        ),
        None,
    ),
    (re.compile(r"\s*with (?:additional|further|continued) (?:pre-?)?train", _I), "fine-tune"),
    (re.compile(r"\s*\((?:the |our )?(?:base[- ]?(?:model|module)|backbone|foundation model)\)", _I), None),
    (
        re.compile(
            r"\s*(?:models?\s)?as (?:the |our |its |a )(?:base|backbone|foundation|starting point|initiali[sz]ation)\b",
            _I,
        ),
        "changed",
    ),
    (
        re.compile(r"\s*(?:models?\s)?(?:is |was )?(?:slerp |ties |dare |linear )?merged (?:with|into|onto)\b", _I),
        "merge",
    ),
    (re.compile(r"\s*(?:in it|mixed in|merged in(?:to it)?)\b", _I), "merge"),
    (
        re.compile(
            r"\s*(?:models?\s)?-?\s?(?:extension|derivative|derived|based|fine-?\s?tun(?:e|ing)|finetunes?|"
            r"remix|mod)\b"
            r"(?! (?:models|versions|ones)\b)",
            _I,
        ),
        "changed",
    ),
    (
        re.compile(
            r"\s*\)?,?\s*(?:(?:created|released|developed|published|introduced|provided|pre-?trained) "
            r"(?:by|in) [^.;⟦⟧]{1,60}? )?(?:and )?(?:was )?fine-?\s?tuned (?:on|for|with|using)\b",
            _I,
        ),
        "fine-tune",
    ),
    (
        re.compile(r"\s*\)?\s*(?:models?\s)?after (?:being |having been )?(?:further )?(?:fine-?\s?tun|train)\w*", _I),
        "fine-tune",
    ),
    (
        re.compile(
            r"\s*\)?\s*(?:models?\s)?(?:is|was) (?:combined|extended|followed|augmented|"
            r"used)[^⟦⟧.]{0,80}\b(?:fine-?\s?tun|train)",
            _I,
        ),
        "fine-tune",
    ),
    (re.compile(r"\s*(?:after|following) (?:\w+ )?(?:dpo|sft|orpo|kto|ppo|grpo|rlhf|simpo)\b", _I), "trained"),
    (
        re.compile(
            r"\s*\)?\s*(?:models?\s|weights\s)?(?:in|as) (?:an? |the )?(?:[\w.]+[- ])?(?:gguf|ggml|gptq|awq|"
            r"exl[23]|onnx|openvino|mlx|"
            r"core ?ml|safetensors|[2-8]-?\s?bits?|int-?[48]|fp-?(?:8|16|32)|b?f(?:loat)?16)\b",
            _I,
        ),
        "converted",
    ),
    (
        re.compile(
            r"\s*(?:models?\s)?(?:extended|expanded|(?:depth[- ])?up-?scaled|pruned|abliterated|trimmed|patched|"
            r"uncensored|healed) (?:to|with|by|on|for|using|from|down)\b",
            _I,
        ),
        "changed",
    ),
    (
        re.compile(
            r"\s*(?:models?\s|checkpoint\s|weights\s)?(?:(?:was|were|is|has been) (?:then )?(?:used|taken|"
            r"chosen|selected|"
            r"adopted|employed)|served|serves|acted|acts) as (?:the |our |an? |its )?(?:\w+ )?(?:base|"
            r"backbone|starting|foundation|"
            r"initiali[sz]ation|parent|student)\b"
            r"|\s*(?:is|was) the (?:base|backbone|parent|foundation)(?: model)?(?: \w+)? (?:of|for|in|"
            r"to) (?:this|our)\b"
            r"|\s*(?:is|was) the (?:base|parent|foundation) model\W*$",
            _I,
        ),
        None,
    ),
    (re.compile(r"\s*(?:models?\s)?(?:trained|tuned)\s+(?:further\s)?(?:on|with|using|for|to)\b", _I), "trained"),
    (
        re.compile(
            r"\s*,?\s*(?:but|with(?: an?| the)? (?:\w+ )?(?:\w+ )?(?:context|vocab\w*|layers?|embeddings?|tokens?|"
            r"heads?|weights|safetensors|fix\w*))\b",
            _I,
        ),
        "changed",
    ),
    (
        re.compile(r"\s*(?:with|\+|plus)\s+(?:an? |the )?(?:\w+ ){0,3}(?:q?lora|adapters?)\b(?! weights for)", _I),
        "adapter",
    ),
)
"""Beginnings of what stands after the name of a parent."""

TAKEN = re.compile(
    r"\b(?:us(?:e[ds]?|ing)|took|takes?|taking|adopt\w*|employ\w*|leverag\w*|utili[sz]\w*|chose|choosing|select\w*|"
    r"start\w*|with|"
    r"from|on|of)\s+(?:\S+\s+){0,5}$",
    _I,
)
"""Words before a name that take it up: `we used the pretrained`."""
TAKEN_AFTER = re.compile(
    r"\s*(?:models?|checkpoints?|weights|architecture)?\s*(?:\([^()⟦⟧]{1,20}\)\s*)?(?:"
    r"(?:was |is |being |serves |served |used |acting )*as (?:the |a |an |our |its |their )*(?:\S+ ){0,2}?(?:base|"
    r"backbone|embedding model|body|foundation|starting|initial\w*|pre-?trained|"
    r"underlying|parent|student|(?P<teacher>teacher))\b"
    r"|(?P<tune>(?:,? ?and |,? ?then |,? ?which (?:was|we) |, )(?:we |then |further |have |has |it |"
    r"subsequently )*train(?:ed|s)?\b"
    r"|(?:,? ?and |,? ?then |,? ?which (?:was|we) |,? )(?:we |then |further |have |has |it |subsequently )*"
    r"(?:fine-?\s?-?tun\w*|continu\w+ (?:pre)?train\w*|further train\w*)\b))",
    _I,
)
"""What follows a name that was taken up as the origin."""

THIS = re.compile(
    r"^\W*(?:\w+\W+){0,3}$|\b(?:this|these|here|is|are|we|it|our|i|the (?:model|repo\w*|weights)|contains?|hosts?|"
    r"provides?|a|an)\b|^[^a-z]*$|[\u3040-\u9fff\uac00-\ud7af]",
    _I,
)
"""Words by which a sentence speaks of the card's own model."""

NOT_ORIGIN = re.compile(
    r"\b(?:unlike|compar\w+|in contrast|outperform\w*|surpass\w*|better than|worse than|faster than|versus|vs\.?|"
    r"instead of|rather than|not (?:based|derived|trained|fine|merged|a fine|a quant|affiliated)|isn.?t|wasn.?t|"
    r"alternative to|"
    r"looking for|check out|check-out|see also|refer to|previous(?:ly)?|our other|we also (?:provide|release|offer|"
    r"have|train|publish)\w*|other (?:models|versions|variants|"
    r"sizes)|siblings?|sister|"
    r"can (?:also )?be|could be|should be|may be|might be|if you|how to|tutorial|such as|e\.g\.|similar(?:ly)? to|"
    r"inspired|"
    r"scored|filter(?:ed|ing) (?:by|with|using)|succeeded by|superseded|obsolete|deprecated|replaced by|"
    r"newer version|"
    r"recommend|please (?!note)|consider(?:ing)? (?:using|combining|trying)|"
    r"visit|available (?:at|here|in|on|from)|can be found|evaluat\w+|benchmark\w*|leaderboard|"
    r"baselines?|"
    r"tokeni[sz]er (?:of|from)|tokeni[sz]ed|prompt (?:format|template)|same (?:architecture|tokenizer|prompt|"
    r"format) as|"
    r"(?:following|these|other|several|many|all) (?:models|versions|variants|checkpoints) (?:are|were|have been)|"
    r"(?:tokeni[sz]er|vocabulary|prompts?|template|format|code|licen[sc]e|language|text|card|section|table|figure|"
    r"implementation) (?:is|was|are)|dataset (?:is|was)|data (?:is|"
    r"was|were)|judge|demo|"
    r"quant\w* (?:provided|by|are|is available)|ggufs? (?:by|are|available))\b"
    r"|\b(?:you|one|users|developers|anyone) (?:can|may|could|might|should) (?:also |then |further |easily )?$"
    r"|\bscores? \(|\b(?:not|never|nor|without|no longer|isn.?t|wasn.?t|neither)\s+(?:\w+\s+)?$"
    r"|并非|不是|优于|超越|相比|对比|"
    r"不同于|より高|と比較",
    _I,
)
"""Words that make a sentence one about another model."""

NOT_PARENT_AFTER = re.compile(
    r"\W*(?:s )?(?:(?!on |for |using |with |to |and |in |by |from |via )\w+ )?(?:tokeni[sz]ers?|datasets?|data\b|"
    r"corpus|corpora|papers?|scripts?|code\b|codebase|librar\w+|frameworks?|"
    r"notebooks?|templates?|prompts?|prompt format|format\b|benchmarks?|leaderboard|pipeline|recipe|"
    r"repo(?:sitory)? on github|demo|space\b|"
    r"vocab\w*|architecture(?! as| and| weights)|method|technique|chat template)",
    _I,
)
"""What follows a name when not the model itself is meant."""

MERGED_AFTER = re.compile(
    r"\s*(?:を|の)?\s*(?:マージ|合并|合併|融合|병합)|"
    r"\W{0,3}(?:[\d/:.%]{1,12}\s){0,3}(?:(?:slerp|ties|dare|linear|gradient|block|weighted|model)[\s-]){0,2}"
    r"(?:merged?|blend|mix)\b(?!ed (?:in|into) the| request)",
    _I,
)
"""What follows several names when all of them were put together."""

LINKS = re.compile(
    r"(?:\s|[,&+/、;*]|\band\b|\bwith\b|\bor\b|\bthe\b|\bboth\b|\bmodels?\b|\binto\b|\bonto\b|\bthen\b|和|与|と|"
    r"及|과|와|×|\bx\b|\be\b|\bи\b|"
    r"\by\b|"
    r"\bet\b|\bund\b|"
    r"\([^()⟦⟧]{0,40}\)|\bbase\b|\d+(?:\.\d+)?%?|\bLoRAs?\b|v\d[\w.]*|\b(?:my|our|their)\b|"
    r"(?-i:\b[A-Z][\w-]{1,30}s\b)){1,12}",
    _I,
)
"""What stands between two parents of one list."""

FIELD = re.compile(
    r"[^\w⟦]{0,12}(?:(?:the|our|its|pre-?trained|initial)\s)?(?:"
    r"(?:base|parent|original|source|foundation(?:al)?|backbone|upstream|starting|starter|underlying|pre-?trained|"
    r"root|seed|student|target|unquanti[sz]ed|full)"
    r"[ _-]?(?:base |large )?(?:language |vision )?(?:models?|mode|llms?|checkpoints?|weights|network|"
    r"repo(?:sitory)?|"
    r"repo|hf model)(?:\(s\))?"
    r"(?: (?:name|id|used(?: (?:for|in|to) \w{1,20})?|link|page|card|path|source|architecture|checkpoint|repo))?"
    r"|base|(?:(?:this |the )?model )?(?:is )?based on|backbone|foundation|"
    r"starting point|origin(?:al)?|source|upstream|re-?upload|mirror|sentence transformer body|"
    r"parents?(?: models?)?|base[ _]model[ _](?:id|name|path)"
    r"|(?P<tune>(?:fine-?\s?tun(?:ed?|ing)|trained|adapted|adopted|derived|continued|initiali[sz]ed)[ -]"
    r"(?:from|on|off|with|"
    r"using|base)(?: (?:the )?(?:base |parent |pre-?trained )?(?:models?|checkpoint))?)"
    r"|(?P<quantize>(?:quanti[sz]ed|converted|quants?|conversion|gguf|exported)[ -](?:from|of|"
    r"version of)(?: (?:the )?(?:base |original )?models?)?)"
    r"|(?P<distill>(?:distilled (?:from|version of)|teacher(?: models?)?))"
    r"|(?P<merge>merge (?:of|base|method base)|merged? (?:models?|from|of|components)|models? merged|experts|"
    r"(?:merge )?(?:ingredients|constituents|recipe)|models? (?:used|in (?:the )?merge))"
    r"|(?P<adapter>(?:lora|adapter) (?:of|for|base|base model|trained on))"
    r"|(?P<component>(?:vision|image|visual|audio|speech|text)[ _-](?:encoder|tower|backbone)s?|vae|"
    r"(?:language|vision) model|(?:base |backbone )?llm)"
    r"|model (?:page|source|origin)|made from|created from|built (?:on|from|with)"
    r"|基础模型|基座模型|底座模型|基底模型|基模型|原始模型|原模型|预训练模型|ベースモデル|元モデル|ベース|"
    r"베이스 ?모델|기반 ?모델|modelo base|modèle de base|basismodell|"
    r"modello base|базовая модель|исходная модель)"
    r"(?: ?\[optional\]| ?\(optional\)| ?\([^()⟦⟧]{0,30}\))?\s{0,3}(?:[:：|=]|->|→|is\s(?:the\s)?)",
    _I,
)
"""A field whose value is the origin."""

LEAD = re.compile(
    r"(?P<merge>\bmerg(?:e|ed|es|ing)\b(?!kit)(?! method)|\bmodels? (?:merged|used (?:in|for) (?:the|this)"
    r"(?! (?:paper|work|study|article)))|"
    r"\b(?:blend|mix|combination|fusion|soup|recipe|ingredients|slerp|ties)\b"
    r"(?! of (?:\w+ ){0,2}(?:parts|data|texts?|tasks|losses|objectives|languages))(?: of|:| between)?"
    r"|\bcombin(?:es|ing|ation)\b(?! of (?:\w+ ){0,2}(?:parts|data|texts?|tasks|losses|objectives|"
    r"languages))|\bmixture of experts\b|\bmoe\b|\b(?:made|built|created|composed|consist\w*) (?:of|"
    r"with|from|using) (?:the )?(?:following )?(?:\w+ )?models\b"
    r"|^\W*(?:source |component |"
    r"the )?models?(?:\W{1,3}(?:and )?lo-?ras?)? used(?: and recipe)?(?: \([^()]{0,40}\))?\W*$)"
    r"|(?P<tune>\bfine-?\s?tuned from|\btrained from|\binitiali[sz]ed from)"
    r"|\b(?:base model|based on|derived from|built (?:up)?on|original model|source model|parent models?|"
    r"(?:base|original|source) models(?= ?:)|基于|"
    r"ベースモデル)\W{0,6}$",
    _I,
)
"""Words that introduce a list or table of what the model was made of."""

ASIDE = re.compile(
    r"\b(?:quant\w*|gguf|gptq|awq|exl2|available|other|related|similar|thanks|thank|credits?|acknowledg\w*|compar\w*|"
    r"benchmark\w*|"
    r"evaluat\w*|results?|demo|download\w*|versions|variants|family|collection|see also|siblings|sister|recommended|"
    r"settings|"
    r"license|limitations?|dataset\w*|data|unmerged|full model)\b",
    _I,
)
"""Words that introduce a list of something else."""

LABEL = re.compile(
    r"(?P<quantize>\b(?:un-?quanti[sz]ed|original (?:fp16|bf16|float16|unquantized))\b)|\b(?:original|base|parent|"
    r"source|upstream) (?:\w+ ){0,2}(?:models?|weights|checkpoint|repo\w*)\b",
    _I,
)
"""The text of a link that says what it leads to: the origin."""

THIS_IS = re.compile(
    r"(?:^\W*|\b(?:this (?:model |repo\w* )?(?:is|contains|hosts|holds|provides)|it is|its|here is)(?:\s|$))"
    r"(?:(?:an?|the|just|simply|exactly|basically|essentially)\s)*(?:same as (?:the )?)?"
    r"(?:(?:model )?(?:weights|files|checkpoints?) (?:of|for) (?:the )?)?$|\bis the\s*$",
    _I,
)
"""What stands before a name that is said to be the card's own model, changed."""

PART = re.compile(
    r"\b(?:us(?:e[ds]?|ing)|built|pairs?|paired|pairing|employ\w*|utili[sz]\w*|leverag\w*|adopt\w*|"
    r"combin\w+|consist\w*|connect\w*|initiali[sz]\w*|with|compris\w+|based|has|takes?)\b",
    _I,
)
"""Words by which a model is put together from parts."""

PART_AFTER = re.compile(
    r"\s*\)?\s*(?:models?\s)?(?:as (?:the |a |an |its |our )?)?(?:\w+ ){0,2}(?:backbone|(?:vision|image|visual|audio|"
    r"speech|text) (?:encoder|tower|decoder)|encoder)\b"
    r"|\s*\)?\s*(?:models?\s)?as (?:the |a |an |its |our )?(?:\w+ ){0,2}(?:language model|llm|decoder|vae|vocoder)\b",
    _I,
)
"""What follows the name of such a part."""

MERGES = re.compile(r"\bmerg(?:e|ed|es|ing)\b|mergekit", _I)
"""Words of a card that is about a merge."""
