"""Whether a Python text can name a model at all. Parsing costs twenty times what this look costs."""

import re

_STRING = re.compile(r"[\"']([A-Za-z0-9@/.~][^\s\"'\\]{1,160})[\"']")
"""A string without blanks. Names of models have none."""
_SHAPE = re.compile(
    r"^(?:(?!(?:application|text|image|audio|video|multipart)/)(?:[\w-]+:)?(?:[\w.-]+/)?[A-Za-z0-9][\w.-]*/(?:[A-Za-z0-9{%][^\s/]*(?<!\.py)(?<!\.html))?"
    r"|.*\.(?:gguf|ggml|safetensors)|.*-\d+(?:\.\d+)?b\b.*"
    r"|[\w./:-]*?(?:llama|gpt|claude|gemini|mi[sx]tral|qwen|gemma|phi-?\d|falcon|deepseek|embed.*\d|command|whisper|bert"
    r"|\bt5|distil|grok|\bo[134]\b|minilm|mpnet|bge|dall-e|sonar|voyage|titan|bison|glm|kimi|moonshot|sonnet|opus|haiku"
    r"|stable|nomic|mxbai|arctic|paraphrase|jina|baichuan|moderation|rerank|core_web_|core_news_|flux|sdxl|bloom|opt-|vit-|clip|bart).*|[\w.]+(?:-[\w.]+)*-v\d.*)$",
    re.MULTILINE | re.IGNORECASE,
)
"""`org/name`, the start of one, or a word of a well-known family."""
_LOADED = re.compile(
    r"\((?:(?<=pretrained\()|(?<=ransformer\()|(?<=Encoder\()|(?<=ipeline\()|(?<=load_model\()|(?<=create_model\()"
    r"|(?<=spacy\.load\()|(?<=WhisperModel\()|(?<=YOLO\()|(?<=LLM\()|(?<=Embedding\()|(?<=Embeddings\()|(?<=Llama\()"
    r"|(?<=llama\()|(?<=download\()|(?<=KeyBERT\()|(?<=Client\()|(?<=\.chat\()|(?<=\.pull\()|(?<=model\()|(?<=ions\.create\()"
    r"|(?<=s\.create\())"
    r"[^()\"']{0,120}[\"'][\w./-]+[\"']"
)
_LOADS = ("from_pretrained(", "pipeline(", "SentenceTransformer(", "CrossEncoder(", "ollama", "LLM(", "load_model(")
_NAMELIKE = re.compile(r"^[\w.]+-[\w.-]*\d[\w.-]*$|^[a-z]+-[a-z]+-[a-z-]+$", re.MULTILINE)
_OTHERS = (
    "huggingface.co/", "hf.co/", "modelscope", "hf://", "pkg:hugg", "huggingface-cli ", "hf download", "ollama pull",
    "ollama run", "from ollama import", "import ollama", "Ollama(", "vllm serve", '"--model', "'--model", "\nFROM ",
    '"FROM ', "'FROM ",
)  # fmt: skip
_ENTRY = re.compile(r"model[\w-]{0,30}: \S+/")


def is_worthwhile(text: str) -> bool:
    """Whether any string of a text can name a model, by its shape or by where it stands."""
    words = "\n".join(set(_STRING.findall(text)))
    if _SHAPE.search(words) or any(other in text for other in _OTHERS) or _LOADED.search(text) or _ENTRY.search(text):
        return True
    return any(load in text for load in _LOADS) and _NAMELIKE.search(words) is not None
