"""Words by which cards tell of terms: names of licenses, limits on use, and terms left to a parent."""

import re

MAX_NAME = 80
_I = re.IGNORECASE
WORD = (
    r"(?:licen[sc](?:e|ing|es)|许可证?|授权协议|使用协议|开源协议|模型协议|协议|授权|ライセンス|라이[선센]스|"
    r"lizenz|licencia|licenza|licença)"
)
FIELD = re.compile(
    rf"^\W{{0,8}}(?:(?P<about>model|weights?|code|source code|software|data(?:set)?|training data)\W{{1,3}})?{WORD}"
    r"(?:\(s\)| information| type| name| agreement| details)?(?:\s?\([^()]{0,30}\))?\W{0,4}\s?[:：|]"
    r"\W{0,6}(?P<value>\S.*)$",
    _I,
)
HEADING = re.compile(rf"\b{WORD}(?![\w-])|许可|协议|授权|ライセンス|라이[선센]스", _I)
UNDER = re.compile(
    r"\b(?:licen[sc]ed|releas\w+|distribut\w+|available|publish\w*|provid\w+|shar(?:ed|ing)|offered|"
    r"open-?\s?sourc\w*|falls?|comes?|goes|is|are|"
    r"use[ds]?)\b[^.;]{0,60}?\bunder\b|\b(?:govern\w+|cover\w+) by\b|\b(?:as per|per|according to|"
    r"pursuant to) (?:the|its)\b|\bsubject to\b|\blicen[sc]e[ds]?(?: (?:is|as|"
    r"used|terms))?(?:\s|:|-)|"
    r"\b(?:has|have|uses?|carries|retains?|adopts?|with|follows?|under) (?:an?|the)\b",
    _I,
)
FOREIGN_UNDER = re.compile(
    r"(?:sous|bajo|unter|sotto|sob|onder)\s(?:la |le |l['’]|los? |der |dem |a |o )?|遵循|采用|依照|遵守|基于|按照|"
    r"使用|の下で|のもと",
    _I,
)
GRANTING = re.compile(rf"(?:{UNDER.pattern}|{FOREIGN_UNDER.pattern})\s?(?:\S+ ){{0,3}}\W{{0,3}}$", _I)
"""What ends right before the name of a license that something is under."""
NAMES = re.compile(
    r"(?P<apache>\b(?i:apache)(?:[ -](?:Software ))?(?:[ -]?Licen[sc]e)?,?\s?(?:\(?(?:version|ver\.?|"
    r"v)\.?\s?)?[- ]?2(?:\.0)?\b(?:\s[Ll]icen[sc]e)?|\bApache [Ll]icen[sc]e\b)"
    r"|(?P<mit>\b(?:modified )?MIT(?:[- ][Ll]icen[sc]e)?\b)"
    r"|(?P<cc>\bCC0(?:[- ]1\.0)?\b|\b(?:CC|cc)[- ](?:BY|by|By)(?:[- ](?:NC|SA|ND|nc|sa|nd|Nc|"
    r"Sa)){0,3}(?:[- ]?v?\d\.\d)?|\bCreative Commons(?:[ -](?:[A-Z][\w-]*|\d\.\d)){1,9}|"
    r"\bCreative Commons [Ll]icen[sc]e\b)"
    r"|(?P<gpl>\b[AL]?GPL(?:[- ]?v?\d(?:\.\d)?)?(?:\+|-or-later|-only)?\b(?:\s[Ll]icen[sc]e)?|"
    r"\bGNU (?:[A-Z]\w+ ){1,4}[Ll]icen[sc]e(?: v?\d(?:\.\d)?)?)"
    r"|(?P<bsd>\bBSD(?:[- ]\d)?(?:[- ][Cc]lause)?(?:\s[Ll]icen[sc]e)?\b)"
    r"|(?P<rail>\b(?:[A-Z]\w{1,30}[ -])?(?:Open ?)?RAIL(?:\+\+|[- ][MS]|\b)(?:[- ][MS])?(?:\s[Ll]icen[sc]e)?|"
    r"\b[\w.]+-(?:open)?rail(?:\+\+)?(?:-[\w.]+)?\b)"
    r"|(?P<family>\b(?i:code ?)?(?i:llama)[- ]?\d(?:\.\d)?(?:[ -](?i:community|model|license|licence|agreement|"
    r"acceptable use policy)){1,4}\b|\b(?i:gemma) (?i:terms of use|license)\b)"
    r"|(?P<spdx>\b(?:Artistic|MPL|EPL|EUPL|AFL|OFL|ODC-By)[- ]v?\d(?:\.\d)?\b(?:\s[Ll]icen[sc]e)?)"
    r"|(?P<quoted>[“《「][^”》」\n]{2,60}(?:许可|协议|ライセンス)[^”》」\n]{0,40}[”》」])"
    r"|(?P<named>(?:\b[A-Z][\w.&+’'/-]*,?\s(?:of |for |and |the |on )?(?:\d[\w.]*\s)?){1,7}(?:Community |Public |"
    r"Model |Research |Use )*(?:Licen[sc]e|LICEN[SC]E|EULA|Terms of (?:Use|Service))(?:\s(?:Agreement|"
    r"AGREEMENT))?(?:,?\s(?:v\.?|version |V)?\s?\d(?:\.\d)*)?|\b[A-Z][\w.-]{1,30}[ _-](?:license|licence|LICENSE)\b)"
)
NO_NAMES = re.compile(
    r"^(?:the |a |an |this |our |its |their |your |see |please |under |accept |and |for |full |model |project |"
    r"other |standard |any |same |custom |"
    r"commercial |original |base |read |view |more |check )*(?:model |software |code |data(?:set)? |"
    r"weights )?(?:licen[sc]e|licensing|terms)?(?: agreement| file| terms| information)?$",
    _I,
)
URL_NAME = re.compile(r"https?://[^\s()\[\]<>\"']*(?:licen[sc]e|legal|terms|eula|llama-downloads)[^\s()\[\]<>\"']*", _I)
CODE = re.compile(
    r"\b(?:code|codebase|scripts?|software|repositor(?:y|ies)|library|package|toolkit)\b|代码|程序|コード", _I
)
DATA = re.compile(
    r"\b(?:data|datasets?|corpus|corpora|annotations?|images? (?:in|of)|recordings?|subset|texts?)\b|数据集?|データ", _I
)
MODEL = re.compile(
    r"\b(?:models?|weights?|checkpoints?|parameters|adapters?|lora|it is|contents of (?:this|"
    r"the) repo\w*)\b|模型|权重|參數|参数|モデル",
    _I,
)
DATA_UNDER = re.compile(
    r"\b(?:corpus|corpora|data ?sets?|data)\b\W{0,3}(?:(?:generated|collected|created|written|curated|made|"
    r"provided|annotated|"
    r"produced|gathered|built) (?:by|from|in|with) (?:\w+ ){1,6})?(?:and )?"
    r"(?:released|licensed|available|published|distributed|shared|provided) under\b(?: \w+){0,3}\W*$",
    _I,
)
"""Words before the name of a license by which data, not the model, is under it."""
VARIANT = re.compile(
    r"\b(?:our|the) (?P<size>\d+(?:\.\d+)?[- ]?(?:steps?|b|m|bit|k))\b(?: \w+){0,2}? "
    r"(?:models?|variants?|versions?|checkpoints?|weights) (?:is|are)\b",
    _I,
)
"""The subject of a sentence on one of several models."""
OTHERS = re.compile(
    r"\b(?:other|following|these|those|sibling|previous|larger|smaller|several|all of our|"
    r"some of our) (?:\w+ )?(?:models|versions|variants|checkpoints)\b|\bunlike\b|^\W*thank(?:s| you)\b",
    _I,
)
NEGATED = re.compile(
    r"\b(?:un-?licen[sc]ed|no (?:explicit |specific )?licen[sc]e|without (?:an? |any )?(?:\w+ )?licen[sc]e|"
    r"not (?:yet )?(?:been )?(?:licen[sc]ed|specified|released under|available under|covered|governed|decided|under)|"
    r"to be (?:determined|decided|specified|announced)|tbd|tba|unknown|not (?:an? )?(?:open|mit|apache|legal)|"
    r"isn.?t (?:licensed|under)|more information needed|n/a)\b",
    _I,
)
UPSTREAM = re.compile(
    r"\b(?:same|inherit\w*|subject to|govern\w+ by|adher\w+ to|compl(?:y|ies) with|follow\w*|refer to|see|check|"
    r"bound by|under|abide by|respect\w*|according to|consult|depends? on|as per|per)\b[^.;]{0,60}?"
    r"\b(?:original|base|upstream|parent|source|respective|underlying|"
    r"foundation)(?:\W+\w+){0,3}?\W{1,3}(?:s\W)?(?:licen[sc]\w*|terms)\b"
    r"|\blicen[sc]\w*(?: terms| agreement)? (?:of|from|as|used by|inherited from) (?:the |its |"
    r"their )?(?:\w+ ){0,2}?(?:original|base|upstream|parent|underlying|respective|foundation)\b"
    r"|\binherit\w* (?:from )?(?:the |its )?(?:base|original|parent|upstream)\b"
    r"|\bsame licen[sc]e(?: terms)? as\b"
    r"|\b(?:also|built|based|derived|derivative\w*|original\w*|because|since|as (?:this|it))\b[^;]{0,80}?"
    r"\b(?:adher\w*|comply|complies|abide|subject|bound|refer|restricted|follow\w*)\b[^.;]{0,30}?\b(?:llama|gemma|"
    r"qwen|mistral|falcon|vicuna|mpt|bloom|opt|stable diffusion|yi|baichuan|"
    r"deepseek)[\w.-]*(?:\W+\w+){0,4}?\W{1,3}(?:licen[sc]\w*|terms|policy)\b"
    r"|(?:遵循|遵守|依照)[^。；]{0,24}(?:原|基座|基础|llama|Llama|LLaMA|源)[^。；]{0,16}(?:许可|协议|条款)"
    r"|(?:元|ベース)のモデル[^。]{0,20}ライセンス",
    _I,
)
NON_COMMERCIAL = re.compile(
    r"\bnon-?\s?commercial(?:ly)?\b|\bno commercial (?:use|usage)\b|\bcommercial(?:ly)? (?:use|usage|purposes?|"
    r"application)s?(?: of [^.;]{0,40}?| (?:and|or)(?: (?!is |are |was )\w+){1,6}?)? "
    r"(?:is|are|was) (?:strictly )?(?:not|prohibited|forbidden|disallowed|"
    r"restricted)\b"
    r"|\b(?:not|never|cannot|can.?t|mustn.?t) (?:be )?(?:\w+ ){0,3}?(?:used? )?(?:for|in) (?:any )?commercial\b|"
    r"\b(?:not|cannot|can.?t) (?:be )?(?:used )?commercially\b|\bprohibit\w* commercial\b|\bnot for commercial\b"
    r"|(?:不得|禁止|不可|不能|严禁|不允许|勿|请勿)[^。；，,]{0,10}(?:商用|商业)|非商业|非商用|商用利用(?:は)?(?:不可|"
    r"禁止)|商用不可|상업적 (?:이용|"
    r"사용)[^.]{0,10}(?:금지|불가)|비상업"
    r"|\brestricted from (?:any )?commercial\b|\bonly (?:\w+ ){0,3}personal use\b|\bpersonal use only\b"
    r"|\bnon commercial\w*\b|\bno comercial\w*\b|\bnicht-?\s?kommerziell\w*\b|\bnão comercial\w*\b",
    _I,
)
BOTH = re.compile(
    r"\bcommercial(?:ly)? (?:and|or|as well as|/) (?:for )?non-?\s?commercial|\bnon-?\s?commercial(?:ly)? (?:and|or|"
    r"as well as|/) (?:for )?commercial|\bnot (?:limited|restricted) to\b|\bnon-?commercial,? and commercial\b|"
    r"\bnon-?\s?commercial, (?:and|or) commercial",
    _I,
)
RESEARCH = re.compile(
    r"\bresearch[- ](?:use |purposes? |usage |\w+ use )?only\b|\bresearch (?:and|or) (?:\w+ )(?:use |"
    r"purposes? )?only\b"
    r"|\bonly (?:be )?(?:\w+ ){0,3}(?:for|in|by|to) (?:\w+[ ,/-]+){0,4}?research\b"
    r"|\b(?:solely|strictly|exclusively|purely|limited|restricted)(?: \w+){0,3} (?:for|"
    r"to) (?:\w+[ ,/-]+){0,4}?research\b"
    r"|\b(?:intended|released?|available|provided|meant|shared|use[ds]?|published|permitted|"
    r"built|made|created|developed|designed|is|are|allowed)\b[^.;]{0,30}?\b(?:for|"
    r"to) (?:\w+[ ,/-]+){0,4}?research (?:purposes?|use)\b"
    r"|仅(?:供|限|用于|可用于|限于)[^。；]{0,14}(?:研究|学术|學術|学习)|只(?:能|可)?用于[^。；]{0,10}研究|"
    r"研究目的(?:のみ|に限|でのみ)|연구 ?(?:목적|"
    r"용)[^.]{0,6}(?:만|으로만)"
    r"|\b(?:uniquement|exclusivement)[^.;]{0,20} recherche\b|\brecherche (?:uniquement|seulement)\b|\b(?:solo|sólo|"
    r"únicamente|exclusivamente)[^.;]{0,30} investigación\b"
    r"|\b(?:nur|ausschließlich)[^.;]{0,20} Forschung\w*",
    _I,
)
RESEARCH_TOO = re.compile(
    r"\b(?:can|could|may|might|is|are)(?: also| be| both)+ (?:(?!only )\w+ ){0,2}for (?:\w+[ ,/-]+){0,4}?research\b"
    r"(?!\W+(?:\w+ ){0,2}only\b)"
    r"|\balso\b[^.;]{0,40}\bresearch (?:purposes?|use)\b(?! only\b)",
    _I,
)
"""Words that allow research among other things."""
COMMERCIAL = re.compile(
    r"(?<!non-)(?<!non )(?<!non)\bcommercial\b(?! use is (?:not|prohibited|forbidden))|(?<!非)(?<!禁止)商用|"
    r"(?<!非)商业用途",
    _I,
)
FAMILY_SUBJECT = re.compile(
    r"^\W*(?:the |our )?(?:(?:base|original|parent|underlying|foundation|upstream) (?:\w+ )?models?|llama[ -]?\d\S*|"
    r"meta llama \d\S*) (?:is|are|was|itself)\b",
    _I,
)
GRANTED = re.compile(
    r"\b(?:releas\w+|licen[sc]ed|available|distribut\w+|publish\w+|provided|apache|mit|cc[- ]by)\b", _I
)
FORBIDS = re.compile(r"\b(?:prohibited|violat\w+|accept(?:ed|ing)? (?:our|the|their)|read the|constitute)\b", _I)
AVAILABLE = re.compile(
    r"\blicen[sc]e\b[^.]{0,80}\b(?:available|found|see|at|here)\b|\b(?:see|under|check|refer|"
    r"read)\b[^.]{0,40}\blicen[sc]e\b",
    _I,
)
ALONE = re.compile(r"[A-Za-z][\w.+/-]*(?:[ -][\w.+/-]+){0,4}\.?|[^\s。]{2,30}(?:许可证?|协议)")
NOTHING = ("other", "unknown", "none", "tbd", "tba", "n/a", "na", "license", "licence", "link", "here", "yes", "no")
FEW = 5
"""Words that may stand alone below a heading and be a name."""
MAY_BE_TERMS = (
    *("licen", "lizenz", "terms", "commerc", "comerci", "kommerzi", "research", "recherche", "investiga", "forsch"),
    *("inherit", "policy", "apache", "rail", "许可", "协议", "授权", "研究", "商", "学术", "學術", "学习", "条款"),
    *("ライセンス", "라이", "연구", "상업", "personal use"),
)
"""Without any of these, in small letters, a sentence says nothing about terms."""
