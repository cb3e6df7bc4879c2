"""What a line of a card points to: models and data sets of the Hub, by link, by id in words, or by an old bare name."""

import re
from dataclasses import dataclass
from typing import Literal

HOSTS = ("huggingface.co", "hf.co", "hf-mirror.com")
_URL_END = r"\s<>\"'`|\\^{}，。；、！（）「」】⟦⟧"
_URL = re.compile(
    rf"(?:https?|huggingface|hf)://[^{_URL_END}]{{1,2000}}|(?<![\w./@-])(?:huggingface|hf)\.co/[^{_URL_END}]{{1,2000}}"
)
_LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]{0,300}\]){0,600})\]"
    r"\(\s{0,9}<?([^\s()<>]{0,2000}(?:\([^\s()]{0,200}\)[^\s()<>]{0,500})?)>?(?:\s{1,9}[\"'][^\"'\n]{0,300}[\"'])?\s"
    r"{0,9}\)"
)
_ID = re.compile(
    r"(?<![A-Za-z0-9_./@:~$\\-])([A-Za-z0-9][A-Za-z0-9_.-]{0,95}/[A-Za-z0-9][A-Za-z0-9_.-]{0,95}+)/?"
    r"(?![A-Za-z0-9_/@-]|\((?!base\b|\d?\.\d))"
)
_BARE = re.compile(
    r"(?<![A-Za-z0-9_./-])("
    r"bert-(?:base|large)-(?:(?:multilingual-|german-|chinese-)?(?:un)?cased|german-dbmdz-(?:un)?cased|chinese)"
    r"(?:-whole-word-masking)?(?:-finetuned-\w{1,20})?|bert-base-chinese|"
    r"distilbert-base-(?:(?:multilingual-|german-)?(?:un)?cased)(?:-finetuned-[\w-]{1,30})?|"
    r"(?:distil)?roberta-(?:base|large)(?:-(?:mnli|openai-detector))?|xlm-roberta-(?:base|"
    r"large)(?:-finetuned-[\w-]{1,30})?|"
    r"xlm-mlm-[\w-]{2,20}|albert-(?:base|large|xlarge|xxlarge)-v[12]|xlnet-(?:base|large)-cased|camembert-base|"
    r"distilgpt2|gpt2-(?:medium|large|xl)|openai-gpt|gpt2|t5-(?:small|base|large|3b|11b)|transfo-xl-wt103|ctrl"
    r")(?![A-Za-z0-9_/-])",
    re.IGNORECASE,
)
_MAY_BE_BARE = ("bert", "gpt", "t5-", "xlnet", "xlm-", "-xl-", "ctrl")
_OTHER_PLACES = frozenset(
    [
        "spaces",
        "docs",
        "blog",
        "papers",
        "collections",
        "models",
        "join",
        "settings",
        "organizations",
        "posts",
        "learn",
        "tasks",
        "chat",
        "pricing",
        "login",
        "api",
        "new",
        "search",
        "terms-of-service",
        "privacy",
        "transformers",
        "course",
        "inference-endpoints",
        "enterprise",
        "front",
        "avatars",
        "datasets-server",
        "course",
        "welcome",
        "support",
        "brand",
        "storage",
        "huggingface.js",
        "autotrain",
        "playground",
        "metrics",
        "languages",
    ]
)
_FILE = re.compile(
    r"\.(?:py|md|txt|json|jsonl|ya?ml|toml|sh|ipynb|gguf|ggml|bin|safetensors|onnx|pth?|ckpt|png|jpe?g|gif|svg|webp|"
    r"mp[34]|"
    r"wav|csv|tsv|parquet|zip|gz|pdf|html?|cpp|c|h|js|ts|css|xml|cfg|ini|model|so|exe|lock|com|org|net|io|ai)$",
    re.IGNORECASE,
)
_QUANT = re.compile(r":[A-Za-z0-9_.-]{1,40}$")
_NO_OWNERS = frozenset(
    [
        "image",
        "audio",
        "video",
        "text",
        "application",
        "font",
        "multipart",
        "message",
        "models",
        "model",
        "output",
        "outputs",
        "checkpoint",
        "checkpoints",
        "ckpt",
        "ckpts",
        "data",
        "dataset",
        "datasets",
        "src",
        "lib",
        "bin",
        "tmp",
        "home",
        "mnt",
        "content",
        "workspace",
        "path",
        "to",
        "your",
        "username",
        "user",
        "results",
        "runs",
        "logs",
        "local",
        "ghcr.io",
        "docker.io",
        "and",
        "or",
        "he",
        "she",
        "his",
        "her",
        "input",
        "train",
        "test",
        "yes",
        "true",
        "n",
        "w",
        "a",
        "b",
        "c",
        "d",
    ]
)
"""First words of MIME types, local paths and pairs of words with a slash between."""
_WORD = re.compile(r"\w")
_SIZE = re.compile(r"\d|-|_|[a-z][A-Z]")
_NAMED_AFTER_DATA = re.compile(r"(?:data ?set|corpus)s?(?![A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A model or data set that a line names."""

    name: str
    kind: Literal["model", "data", "organization"]
    linked: bool
    """Whether it is a link, so that somebody meant a repository."""
    label: str
    """The words of the line that stand for it."""


def mark(line: str, number: int = 0) -> tuple[str, list[Mention]]:
    """A line with each mention replaced by ⟦n⟧, n counted from `number`; other links are replaced by their text."""
    found: list[Mention] = []
    line = line.replace("⟦", "[").replace("⟧", "]")

    def put(mention: Mention) -> str:
        found.append(mention)
        return f"⟦{number + len(found) - 1}⟧"

    def link(match: re.Match[str]) -> str:
        label = match.group(1).strip()
        mention = hub_mention(match.group(2), label)
        if mention is None:
            return _plain_label(label)
        return f"here {put(mention)}" if _POINTER.fullmatch(label) else put(mention)

    def url(match: re.Match[str]) -> str:
        address = match.group().rstrip(".,;:!?)*_]")
        mention = hub_mention(address, "")
        rest = match.group()[len(address) :]
        return (put(mention) if mention else "URL") + rest

    def named(match: re.Match[str]) -> str:
        name = match.group(1).rstrip(".-_")
        tail = match.group(1)[len(name) :]
        quoted = match.string[max(0, match.start() - 1) : match.start()] in ("`", '"', "'")
        alone = not _WORD.search(match.string[: match.start()]) and not _WORD.search(match.string[match.end() :])
        known = is_id(name, alone=alone) and (quoted or alone or _SIZE.search(name.partition("/")[2]))
        return put(Mention(name, "model", linked=False, label=name)) + tail if known else match.group()

    def bare(match: re.Match[str]) -> str:
        name = match.group(1)
        aside = not name.islower() and match.string[: match.start()].endswith("(")  # an architecture in passing
        return match.group() if aside else put(Mention(name, "model", linked=False, label=name))

    if "[" in line:
        line = _LINK.sub(link, line)
    if "/" in line:
        line = _URL.sub(url, line)
        line = _ID.sub(named, line)
    small = line.lower()
    if any(word in small for word in _MAY_BE_BARE):
        line = _BARE.sub(bare, line)
    return line, found


_POINTER = re.compile(
    r"(?:click |see |from )?(?:here|this|link|hf|hugging ?face(?: hub)?|🤗.{0,20}|download)\W{0,3}", re.IGNORECASE
)
"""The text of a link that names nothing."""


def _plain_label(label: str) -> str:
    """The text of a link without an image in it and without what would read as an id."""
    return re.sub(r"!\[[^\[\]]{0,300}\]?(?:\([^()]{0,500}\))?", " ", label)


def hub_mention(address: str, label: str) -> Mention | None:
    """The model, data set or organization that an address of the Hub leads to; None for all other addresses."""
    parts = _hub_path(address)
    if not parts:
        return None
    place = parts[0].lower()
    if place == "datasets":
        name = "/".join(parts[1:3])
        return Mention(name, "data", linked=True, label=label or name) if name else None
    if place in _OTHER_PLACES or (len(parts) > 2 and parts[2] not in ("tree", "")):  # noqa: PLR2004 - owner, name, rest
        return None
    if len(parts) == 1:
        kind: Literal["model", "organization"] = "model" if _BARE.fullmatch(parts[0]) else "organization"
        return Mention(parts[0], kind, linked=True, label=label or parts[0])
    name = _QUANT.sub("", f"{parts[0]}/{parts[1]}")
    return Mention(name, "model", linked=True, label=label or name) if is_id(name, linked=True) else None


def _hub_path(address: str) -> list[str]:
    """Owner, name and what follows, of an address of the Hub; empty for other addresses."""
    scheme, mark_, rest = address.partition("://")
    if not mark_:
        rest = address
    elif scheme.lower() in ("huggingface", "hf"):
        return _clean(rest)[:2]
    host, _, path = rest.partition("/")
    if host.lower().removeprefix("www.") not in HOSTS:
        return []
    return _clean(path)


def _clean(path: str) -> list[str]:
    path = re.split(r"[?#]", path, maxsplit=1)[0]
    return [part.rstrip(".,;:)*_`'\"").removesuffix(".git") for part in path.split("/") if part]


def is_id(name: str, *, linked: bool = False, alone: bool = False) -> bool:
    """Whether `org/name` can be a repository and not a path, a MIME type, a date or two words with a slash between.

    `linked`: it is the address of a link; `alone`: the line holds nothing else.
    """
    org, _, own = name.partition("/")
    if not org or not own or "/" in own or ".." in name or _FILE.search(own):
        return False
    if linked:
        return bool(re.fullmatch(r"[A-Za-z0-9][\w.-]*", org, re.ASCII) and re.fullmatch(r"[\w.-]+", own, re.ASCII))
    if org.lower() in _NO_OWNERS or not re.search(r"[A-Za-z]{2}", org) or not re.search(r"[A-Za-z]{2}", own):
        return False
    return alone or bool(_SIZE.search(own)) or (own.islower() and org.islower())


def is_bare(name: str) -> bool:
    """Whether a name without an owner is one of the Hub's own from its first years."""
    return bool(_BARE.fullmatch(name))


def is_data_name(name: str) -> bool:
    """Whether an id calls itself a data set."""
    return bool(_NAMED_AFTER_DATA.search(name.partition("/")[2]))
