"""Names by which models behind an API are known, and who offers them."""

import re
from typing import NamedTuple

_PROVIDERS = {
    "ai21": "ai21",
    "anthropic": "anthropic",
    "azure": "azure",
    "azure_ai": "azure",
    "bedrock": "bedrock",
    "bedrock_converse": "bedrock",
    "cerebras": "cerebras",
    "cloudflare": "cloudflare",
    "cohere": "cohere",
    "cohere_chat": "cohere",
    "dashscope": "alibaba",
    "databricks": "databricks",
    "deepinfra": "deepinfra",
    "deepseek": "deepseek",
    "fireworks": "fireworks",
    "fireworks_ai": "fireworks",
    "gemini": "google",
    "github": "github",
    "github_models": "github",
    "google_genai": "google",
    "google-gla": "google",
    "google-vertex": "google",
    "groq": "groq",
    "hyperbolic": "hyperbolic",
    "mistral": "mistral",
    "moonshot": "moonshot",
    "nebius": "nebius",
    "novita": "novita",
    "nvidia_nim": "nvidia",
    "openai": "openai",
    "openrouter": "openrouter",
    "perplexity": "perplexity",
    "replicate": "replicate",
    "sambanova": "sambanova",
    "text-completion-openai": "openai",
    "together": "together",
    "together_ai": "together",
    "togetherai": "together",
    "vertex": "google",
    "vertex_ai": "google",
    "voyage": "voyage",
    "watsonx": "ibm",
    "xai": "xai",
    "z-ai": "zai",
    "zai": "zai",
    "zhipuai": "zai",
}
"""What tools write before the name of a model, or as its provider, and who that is."""
_ALSO = {
    "alibaba": "alibaba",
    "aws": "bedrock",
    "azure-openai": "azure",
    "azureopenai": "azure",
    "google": "google",
    "googleai": "google",
    "nvidia": "nvidia",
    "nim": "nvidia",
    "siliconflow": "siliconflow",
    "vertexai": "google",
    "x-ai": "xai",
    "z.ai": "zai",
    "zhipu": "zai",
    "volcengine": "volcengine",
    "huggingface-inference": "huggingface",
}
"""Further names of providers, of which none stands before the name of a model."""
_ORGANIZATIONS = frozenset(("anthropic", "cohere", "deepseek", "mistral", "nvidia", "openai", "databricks", "ai21"))
"""Prefixes that are, or look like, organizations of the Hub: only names that are no open weights are hosted."""
OLLAMA = frozenset(("ollama", "ollama_chat", "ollama-chat"))
HUBS = frozenset(("huggingface", "hf", "hf-hub", "hf-inference", "hosted_vllm", "vllm", "huggingface_hub"))
SELF = frozenset(("local", "lmstudio", "lm_studio", "localai", "llamacpp", "llama.cpp", "llama-cpp", "vllm", "tgi"))
"""Who serves a model on the user's own machine."""
_HOSTS = (
    ("api.openai.com", "openai"),
    ("openai.azure.com", "azure"),
    ("api.anthropic.com", "anthropic"),
    ("openrouter.ai", "openrouter"),
    ("api.groq.com", "groq"),
    ("api.together", "together"),
    ("api.mistral.ai", "mistral"),
    ("api.deepseek.com", "deepseek"),
    ("generativelanguage.googleapis.com", "google"),
    ("aiplatform.googleapis.com", "google"),
    ("integrate.api.nvidia.com", "nvidia"),
    ("api.fireworks.ai", "fireworks"),
    ("api.perplexity.ai", "perplexity"),
    ("api.cerebras.ai", "cerebras"),
    ("dashscope", "alibaba"),
    ("api.x.ai", "xai"),
    ("api.z.ai", "zai"),
    ("api.deepinfra.com", "deepinfra"),
    ("models.inference.ai.azure.com", "github"),
    ("models.github.ai", "github"),
    ("api.cohere", "cohere"),
    ("api.siliconflow", "siliconflow"),
    ("bedrock-runtime", "bedrock"),
)
_NAMES = (
    (
        re.compile(
            r"(?:gpt-(?!oss|2|j|neo|sw3)[\w.-]+|chatgpt-[\w.-]+|o[1345](?:-[\w.-]+)?|text-embedding-(?:3|ada)[\w.-]*"
            r"|text-(?:davinci|curie|babbage|ada)-[\w.-]+|davinci-002|babbage-002|dall-e-\d|whisper-1|tts-1(?:-hd)?"
            r"|omni-moderation[\w.-]*|text-moderation[\w.-]*|codex-[\w.-]+|computer-use-preview|sora-\d[\w.-]*)"
        ),
        "openai",
    ),
    (re.compile(r"claude-[\w.@-]+"), "anthropic"),
    (re.compile(r"(?:gemini-[\w.-]+|text-bison[\w@.-]*|chat-bison[\w@.-]*|imagen-[\w.-]+|veo-[\w.-]+)"), "google"),
    (re.compile(r"(?:text-embedding-00\d|textembedding-gecko[\w@.-]*|gemini-embedding[\w.-]*)"), "google"),
    (
        re.compile(
            r"(?:mistral-(?:tiny|small|medium|large|embed|saba|ocr)(?:-[\w.-]+)?|open-mi[sx]tral-[\w.-]+"
            r"|codestral(?:-(?:latest|embed|\d{4}))?|pixtral-(?:large-)?latest|ministral-[38]b-latest|magistral-\w+-latest"
            r"|devstral-\w+-(?:latest|\d{4}))"
        ),
        "mistral",
    ),
    (re.compile(r"(?:deepseek-(?:chat|reasoner|coder))"), "deepseek"),
    (
        re.compile(
            r"(?:command(?:-(?:r|a|light|nightly|r-plus|r7b)[\w.-]*)?|embed-(?:english|multilingual|v4)[\w.-]*)"
        ),
        "cohere",
    ),
    (re.compile(r"rerank-(?:english|multilingual|v3|v4)[\w.-]*"), "cohere"),
    (re.compile(r"(?:grok-(?!1\b)[\w.-]+)"), "xai"),
    (re.compile(r"(?:sonar(?:-[\w.-]+)?|pplx-[\w.-]+)"), "perplexity"),
    (
        re.compile(r"(?:qwen-(?:max|plus|turbo|long|flash|vl-max|vl-plus)[\w.-]*|text-embedding-v\d|qwen3-max[\w.-]*)"),
        "alibaba",
    ),
    (re.compile(r"(?:moonshot-v1-[\w.-]+|kimi-latest)"), "moonshot"),
    (re.compile(r"(?:glm-4-(?:plus|air|flash|long|0520)[\w.-]*|glm-zero[\w.-]*)"), "zai"),
    (re.compile(r"(?:voyage-[\w.-]+)"), "voyage"),
    (
        re.compile(r"(?:llama-3\.\d-\d+b-(?:instant|versatile|specdec|preview)|llama3-\d+b-8192|mixtral-8x7b-32768)"),
        "groq",
    ),
    (
        re.compile(
            r"(?:(?:us|eu|apac|global|us-gov)\.)?(?:anthropic|amazon|ai21|cohere|meta|mistral|stability|deepseek)\."
            r"[a-z][\w.-]*(?::\d+(?::\w+)?)?"
        ),
        "bedrock",
    ),
)
_TUNED = re.compile(r"ft:(?:gpt|babbage|davinci)-[\w.:-]+")
"""A model that its user has tuned at OpenAI."""
_ROUTED = re.compile(r"[A-Za-z0-9._-]+/[A-Za-z0-9._-]+:(?:free|nitro|floor|beta|extended|online|thinking|exacto)")
"""A model of a router that offers it under several conditions."""


_TAG = re.compile(r"\d+(?:\.\d+)?[bm](?:-.*)?|latest|instruct|text|chat|code|v\d.*", re.IGNORECASE)
"""What stands behind the colon of a model in an Ollama library."""


class Hosted(NamedTuple):
    """A model behind an API."""

    id: str
    provider: str


def provider_of(name: str) -> str:
    """Who is meant by the name of a provider; empty when it is nobody known."""
    small = name.strip().lower()
    return _PROVIDERS.get(small) or _ALSO.get(small) or ""


def provider_at(address: str) -> str:
    """Who answers at an address; empty when it is nobody known."""
    return next((provider for host, provider in _HOSTS if host in address), "")


def hosted_name(text: str) -> Hosted | None:
    """The hosted model that a bare name is known to be, such as `gpt-4o`."""
    small = text.lower()
    found = next((provider for pattern, provider in _NAMES if pattern.fullmatch(small)), None)
    return Hosted(text, found) if found else None


def hosted(text: str) -> Hosted | None:
    """The hosted model in a text such as `groq/llama-3.1-8b-instant`, `gpt-4o`, `google/gemma-3-1b-it:free`."""
    if _ROUTED.fullmatch(text):
        return Hosted(text, "openrouter")
    if _TUNED.fullmatch(text):
        return Hosted(text, "openai")
    first, sign, rest = text.partition(":")
    if sign and "/" not in first and first.lower() in _PROVIDERS and rest and not _TAG.fullmatch(rest):
        return Hosted(rest, _PROVIDERS[first.lower()])
    first, _, rest = text.partition("/")
    small = first.lower()
    if not rest:
        return hosted_name(text)
    last = hosted_name(rest)
    if small in _ORGANIZATIONS:
        # An organization of the Hub has the same name, and offers open weights there.
        return Hosted(rest, _PROVIDERS.get(small, small)) if last else None
    if small in _PROVIDERS:
        return Hosted(last.id if last else rest, _PROVIDERS[small])
    if last and small in _ALSO:
        return Hosted(text, _ALSO[small])
    return None
