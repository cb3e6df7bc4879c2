"""Models behind an API, by their names: `gpt-4o`, `claude-…`, `groq/llama3-70b`; and families of open models."""

import re
from typing import NamedTuple

from license_audit.readers.scan.python_names import words

_HOSTED: tuple[tuple[str, str], ...] = (
    ("openai", r"gpt-(?:[345]|35)[\w.-]*|chatgpt-[\w.-]+|o[134](?:-(?:mini|preview|pro)[\w.-]*|-\d[\w.-]*)?"),
    ("openai", r"text-(?:embedding|davinci|curie|babbage|ada|moderation)-[\w.-]+|omni-moderation-[\w.-]+"),
    (
        "openai",
        r"(?:davinci|babbage|ada)-00\d|code-davinci-00\d|dall-e-[23]|gpt-image-1|whisper-1|tts-1(?:-hd)?|codex-mini\S*",
    ),
    ("anthropic", r"claude-[\w.@-]+"),
    ("google", r"(?:models/)?gemini-[\w.-]+|(?:models/)?(?:text-embedding|embedding)-00\d|textembedding-gecko\S*"),
    ("google", r"(?:chat|text|code|codechat)-bison\S*|imagen-\d[\w.-]*|text-multilingual-embedding-\d+|veo-\d\S*"),
    (
        "cohere",
        r"command(?:-(?:r|a|light|nightly|xlarge)[\w.-]*)?|(?:embed|rerank)-(?:english|multilingual|v\d)[\w.-]*",
    ),
    ("mistral", r"mistral-(?:large|medium|small|tiny|embed|saba|ocr)(?:-(?:latest|\d{4}))?|open-mi[sx]tral-[\w.-]+"),
    ("mistral", r"(?:codestral|ministral-\d+b|pixtral(?:-large|-12b)?|magistral-\w+)-(?:latest|\d{4})"),
    ("deepseek", r"deepseek-(?:chat|reasoner)"),
    ("xai", r"grok-[\w.-]+"),
    ("perplexity", r"sonar(?:-[\w.-]+)?"),
    ("voyage", r"voyage-[\w.-]+"),
    ("alibaba", r"qwen-(?:turbo|plus|max|long|vl-plus|vl-max)[\w.-]*|text-embedding-v\d"),
    ("zhipu", r"glm-(?:3|4)-(?:turbo|plus|air|airx|flash|long)\S*|embedding-[23]"),
    ("moonshot", r"moonshot-v\d[\w.-]*|kimi-(?:latest|k2-\S+)"),
    (
        "groq",
        r"llama-?3[\w.-]*-(?:8192|32768|versatile|instant|preview|tool-use-preview)|mixtral-8x7b-32768|gemma2?-\w+-it",
    ),
    (
        "bedrock",
        r"(?:us\.|eu\.|apac\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|stability)\.[a-z][\w.-]*(?::\d+\w*)?",
    ),
)
_HOSTED_NAMES = tuple((provider, re.compile(pattern, re.IGNORECASE)) for provider, pattern in _HOSTED)
_FINE_TUNED = re.compile(r"ft:(?:gpt|davinci|babbage)[\w.:-]+")
_OPEN = re.compile(
    r"(?:\w+-)?(?:code)?(?:llama|mi[sx]tral|qwen|qwq|gemma|phi-?\d|falcon-?\d|vicuna|alpaca|zephyr|yi-\d|bloomz?-|opt-\d|gpt2"
    r"|gpt-(?:neo|j|oss)|deepseek|starcoder|wizard|tinyllama|smollm|olmo|granite|internlm|baichuan|chatglm|glm-?\d|mpt-\d"
    r"|pythia|nous|hermes|dolphin|orca|solar|stablelm|stable-?diffusion|sdxl?-|flux|kimi-|minimax|nemotron|mamba|rwkv"
    r"|all-minilm|all-mpnet|multi-qa|paraphrase-|msmarco-|bge-|gte-|e5-|nomic-embed|mxbai-embed|snowflake-arctic|jina-"
    r"|bert-|distil|roberta|albert|deberta|electra|xlm-|xlnet|bart-|m?t5-|flan|pegasus|led-|longformer|mbart|m2m100|nllb|opus-mt"
    r"|whisper-|wav2vec2|hubert|clip-|vit-|blip|llava|bakllava|moondream|minicpm|layoutlm|donut|trocr|detr-|segformer"
    r"|minilm|m3e-|instructor-|biobert|finbert|scibert|codebert|command-r)[\w.+-]*",
    re.IGNORECASE,
)
_PROVIDERS = {
    **dict.fromkeys(("openai", "text-completion-openai", "openai-chat", "openai-responses"), "openai"),
    **dict.fromkeys(("azure", "azure_ai", "azure_openai"), "azure"),
    **dict.fromkeys(("anthropic", "claude"), "anthropic"),
    **dict.fromkeys(
        ("gemini", "vertex_ai", "google_genai", "google-gla", "google-vertex", "google_vertexai", "palm"), "google"
    ),
    **dict.fromkeys(("bedrock", "bedrock_converse", "sagemaker"), "bedrock"),
    **dict.fromkeys(("mistralai", "mistral"), "mistral"),
    **dict.fromkeys(("together_ai", "together"), "together"),
    **dict.fromkeys(("fireworks_ai", "fireworks"), "fireworks"),
    **dict.fromkeys(("nvidia_nim", "nvidia"), "nvidia"),
    **{name: name for name in words("groq cohere replicate deepinfra openrouter deepseek xai perplexity databricks")},
    **{name: name for name in words("watsonx cerebras sambanova voyage ai21 cloudflare friendliai anyscale novita")},
    **{name: name for name in words("dashscope moonshot github")},
}
_LOCAL = {
    **dict.fromkeys(("ollama", "ollama_chat"), "ollama"),
    **dict.fromkeys(("huggingface", "hosted_vllm", "vllm", "lm_studio", "llamafile", "transformers"), "hub"),
}
_NO_ORGANIZATIONS = words(
    """azure azure_ai azure_openai gemini vertex_ai google_genai google-gla google-vertex google_vertexai palm bedrock
    bedrock_converse sagemaker groq together_ai fireworks_ai nvidia_nim openrouter replicate deepinfra xai
    openai-chat openai-responses text-completion-openai friendliai dashscope cloudflare anthropic watsonx"""
)
_HOSTS = (
    ("openrouter.ai", "openrouter"), ("groq.com", "groq"), ("together.", "together"), ("fireworks.ai", "fireworks"),
    ("deepseek.com", "deepseek"), ("mistral.ai", "mistral"), ("anthropic.com", "anthropic"), ("x.ai", "xai"),
    ("perplexity.ai", "perplexity"), ("openai.azure.com", "azure"), ("openai.com", "openai"), ("nvidia.com", "nvidia"),
    ("googleapis.com", "google"), ("cohere.", "cohere"), ("cerebras.ai", "cerebras"), ("moonshot", "moonshot"),
    ("aliyuncs.com", "alibaba"), ("bigmodel.cn", "zhipu"), ("siliconflow", "siliconflow"), ("sambanova", "sambanova"),
    ("deepinfra.com", "deepinfra"), ("huggingface.co", "huggingface"), ("models.inference.ai.azure.com", "github"),
)  # fmt: skip
_LOCAL_HOST = re.compile(
    r"https?://(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[?::1|host\.docker\.internal"
    r"|[\w-]+(?=[:/]|$)|[\w.-]+\.(?:local|internal|svc)\b)"
)


class Offered(NamedTuple):
    """A name split into who offers the model and what the model is called there."""

    id: str
    provider: str
    way: str
    """`hosted`, or `ollama` or `hub` where the prefix says that the model runs on one's own machine."""
    is_certain: bool = True
    """Whether the prefix is no organization of the Hub as well."""


def hosted_provider(name: str) -> str:
    """Who offers a model of this name behind an API; empty when the name says nothing of the kind."""
    if _FINE_TUNED.fullmatch(name):
        return "openai"
    return next((provider for provider, pattern in _HOSTED_NAMES if pattern.fullmatch(name)), "")


def is_family(name: str) -> bool:
    """Whether a bare name is spelled like a well-known family of open models."""
    return bool(_OPEN.fullmatch(name))


def split_provider(name: str) -> Offered | None:
    """Split `groq/llama3-70b-8192` or `openai:gpt-4o`; None when there is no prefix of a provider."""
    for mark in ("/", ":"):
        prefix, found, rest = name.partition(mark)
        if not found or not rest:
            continue
        if prefix in _PROVIDERS:
            return Offered(rest, _PROVIDERS[prefix], "hosted", "/" in rest or prefix in _NO_ORGANIZATIONS)
        if prefix in _LOCAL:
            return Offered(rest, "", _LOCAL[prefix])
    return None


def provider_of_host(address: str) -> str:
    """Who answers at the base address of an API: a provider, `local` for one's own machines, or empty."""
    if _LOCAL_HOST.match(address):
        return "local"
    return next((provider for host, provider in _HOSTS if host in address), "")
