"""Shell scripts, and those for batch systems."""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import in_text
from license_audit.readers.scan.source import Source

NAMES = ("*.sh", "*.bash", "*.zsh", "*.ksh", "*.slurm", "*.sbatch", "*.pbs", "*.command")
HINTS = (
    *(b"odel", b"MODEL", b"LLM", b"llm", b"lama", b"huggingface", b"hf.co", b"hf-mirror", b"hf download", b"okenizer"),
    *(b"TOKENIZER", b"retrain", b"PRETRAIN", b"gguf", b"GGUF", b"lora", b"LORA", b"heckpoint", b"CHECKPOINT", b"ckpt"),
    *(b"CKPT", b"dapter", b"ADAPTER", b"repo_id", b"repo-id", b"REPO", b"hf_repo", b"hf-repo", b"name_or_path", b"-hf"),
    *(b"spacy", b"hfd", b"peft", b"draft", b"DRAFT", b"mbed", b"EMBED", b"eranker", b"RERANK", b"vision_tower"),
    *(
        b"lmdeploy",
        b"local-ai",
        b"exo run",
        b"litgpt",
        b"tune download",
        b"lms ",
        b"vlm",
        b"VLM",
        b"unet",
        b"controlnet",
    ),
)
"""Words of which a script holds one where it names a model."""


def read(source: Source) -> Iterator[Hit]:
    """Models that commands of a script name, and those its variables hold."""
    yield from in_text(source.text)
