"""Python source."""

from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.python_code import in_python
from license_audit.readers.scan.source import Source

NAMES = ("*.py", "*.pyi", "*.pyw")
HINTS = (
    *(b"odel", b"MODEL", b"retrained", b"hugging", b"hf.co", b"hf://", b"repo_id", b"okenizer", b"heckpoint"),
    *(b"CHECKPOINT", b"llm", b"LLM", b"ransformer", b"iffusers", b"mbed", b"ncoder", b"erank", b"mlx", b"lama"),
    *(b"sglang", b"speechbrain", b"from_hparams", b"trl", b"YOLO", b"BERT", b"modelscope"),
)
"""Words of places for models, and names of libraries whose calls need none of them."""


def read(source: Source) -> Iterator[Hit]:
    """Models that a Python file names."""
    return in_python(source.text)
