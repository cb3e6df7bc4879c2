"""What a string names, by its shape alone. Whether it stands in a place for models is for the readers to say."""

import re
from typing import NamedTuple
from urllib.parse import unquote

from license_audit.model.reference import ReferenceKind

MAX_NAME = 200
_PART = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
_HUB_ID = re.compile(rf"({_PART}/{_PART})")
_BARE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_TAGGED = re.compile(rf"((?:{_PART}/)?{_PART}):([A-Za-z0-9._-]+)")
_HUB_HOSTS = r"(?:huggingface\.co|hf\.co|www\.huggingface\.co|hf-mirror\.com)"
_NAME_PART = rf"(?!(?:resolve|blob|tree|raw|commit)/){_PART}"
_HUB_URL = re.compile(rf"(?:https?://)?{_HUB_HOSTS}/(?P<id>{_PART}(?:/{_NAME_PART})?)(?P<rest>[/:@?#].*)?", re.DOTALL)
_OTHER_HUB = re.compile(
    rf"(?:https?://)?(?:www\.)?modelscope\.(?:cn|ai)/(?:models/)?(?P<id>{_PART}/{_PART})(?P<rest>[/:@?#].*)?", re.DOTALL
)
_SCHEME = re.compile(
    rf"(?:hf|huggingface|hf-hub|huggingface-hub)://(?:models/)?(?P<id>{_PART}/{_PART})(?P<rest>[/:@?#].*)?", re.DOTALL
)
_PURL = re.compile(r"pkg:huggingface/(?P<id>[^@?#]+)(?P<rest>[@?#].*)?", re.DOTALL | re.IGNORECASE)
_REVISION = re.compile(r"/(?:resolve|blob|tree|raw|commit)/(?P<revision>[^/?#]+)")
_AT = re.compile(r"@(?P<revision>[A-Za-z0-9._-]+)")
_NOT_MODELS = frozenset(
    re.findall(
        r"\S+",
        "api autotrain avatars blog brand buckets changelog chat cli collections competitions course datasets "
        "docs enterprise front inference jobs join kernels leaderboards learn login models new organizations "
        "papers posts pricing privacy security settings spaces static support tags tasks terms-of-service ",
    )
)
"""First parts of the Hub's own addresses that hold no model."""
_MIME = re.compile(r"(application|audio|font|image|message|model|multipart|text|video)/[\w.+-]+", re.IGNORECASE)
_SOURCE_FILE = re.compile(
    r".*\.(py|ipynb|js|ts|tsx|jsx|mjs|css|scss|html?|json|jsonl|ya?ml|toml|ini|cfg|conf|lock|md|rst|txt|csv|tsv|parquet"
    r"|sh|bash|ps1|bat|rb|go|rs|java|kt|c|h|cc|cpp|hpp|cu|sql|xml|svg|png|jpe?g|gif|webp|ico|pdf|zip|tar|gz|tgz|whl"
    r"|so|dll|exe|log|env|service|tf|proto|wav|mp3|mp4|git)",
    re.IGNORECASE,
)
_WEIGHTS = re.compile(r".*\.(gguf|ggml|safetensors|bin|pt|pth|onnx|ckpt|h5|tflite|mlmodel|keras|engine)", re.IGNORECASE)


class Named(NamedTuple):
    """What a string names."""

    id: str
    """Hub id without host, file, revision and quantization; a path or another name as it is written."""
    kind: ReferenceKind
    revision: str = ""
    is_address: bool = False
    """Whether host or scheme says that it is a model of a hub, wherever it stands."""


def hub_address(text: str) -> Named | None:
    """The model in an address of a hub: `https://huggingface.co/…`, `hf.co/…:Q4_K_M`, `hf://…`, a package URL."""
    text = text.strip()
    for pattern in (_HUB_URL, _SCHEME, _PURL, _OTHER_HUB):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        model = unquote(found["id"]).strip("/") if pattern is _PURL else found["id"]
        if model.partition("/")[0].lower() in _NOT_MODELS or (pattern is _PURL and not is_hub_id(model)):
            return None
        rest = found["rest"] or ""
        revision = _REVISION.match(rest) or _AT.match(rest)
        return Named(model.rstrip("."), "hub", revision["revision"] if revision else "", is_address=True)
    return None


def is_hub_id(text: str) -> bool:
    """Whether a string has the shape `org/name` of a Hub id, and not that of a file, a MIME type or an image."""
    if len(text) > MAX_NAME or not _HUB_ID.fullmatch(text) or ".." in text or "--" in text:
        return False
    organization, _, name = text.partition("/")
    if _MIME.fullmatch(text) or _SOURCE_FILE.fullmatch(name) or "." in organization:
        return False
    return organization.lower() not in ("path", "tmp", "data", "mnt", "usr", "opt", "var", "etc", "home", "src", "bin")


def is_path(text: str) -> bool:
    """Whether a string is written like a file or folder: with a leading dot, slash, tilde or drive, or as weights."""
    if text.startswith(("./", "../", "/", "~/", ".\\", "..\\", "file:")) or re.match(r"[A-Za-z]:[\\/]", text):
        return True
    return bool(_WEIGHTS.fullmatch(text)) and not hub_address(text)


def is_bare(text: str) -> bool:
    """Whether a string could be a name without an organization: `gpt2`, `phi-2`, `gpt-4o`."""
    return len(text) <= MAX_NAME and bool(_BARE.fullmatch(text))


def named(text: str) -> Named | None:
    """What a string in a place for models names: address, path, Hub id with or without a tag, or bare name."""
    text = text.strip()
    address = hub_address(text)
    if address is not None:
        return address
    if not text or "://" in text or "\n" in text:
        return None
    if is_path(text):
        return Named(text, "path")
    plain, _, revision = text.partition("@")
    if is_hub_id(plain):
        return Named(plain, "hub", revision)
    tagged = _TAGGED.fullmatch(text)
    if tagged and (is_hub_id(tagged[1]) or "/" not in tagged[1]):
        return Named(text, "ollama")
    return Named(text, "name") if is_bare(text) else None
