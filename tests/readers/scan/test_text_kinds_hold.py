"""Whatever a file holds, its reader ends soon and raises nothing but what it may."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.readers.scan.registry import Kind, known
from license_audit.readers.scan.source import Source, UnreadableError

NAMES = frozenset(
    (
        *("dockerfile", "env", "gguf", "makefile", "markdown", "modelfile"),
        *("requirements", "safetensors", "shell", "terraform", "toml", "typescript"),
    )
)
KINDS = [kind for kind in known() if kind.name in NAMES]
PIECES = st.sampled_from(
    [
        *(
            "--model ",
            "acme/llama-3",
            '"',
            "'",
            "`",
            "$(",
            ")",
            "${A:-",
            "}",
            "\\\n",
            "\n",
            "#",
            "<<EOF\n",
            "EOF\n",
            "=",
        ),
        *("{", "[", "]", "MODEL=", "vllm serve ", "ollama run ", "```yaml\n", "```\n", "| ", "- ", '"""', "/*", "*/"),
        *("RUN ", "ENV ", "FROM ", "model: ", " ", "\t", "&&", ";", "(", "bash -c ", "\x00", "é", "\r\n", "$X", "<!--"),
        *("curl -d ", '{"model": "gpt-4o"}', 'variable "model" {\n', "[[models]]\n", "pipeline('x', ", "---\n", "GGUF"),
        *("https://huggingface.co/a1/b/resolve/main/x", "base_model: x/y-llama\n", "cat > x.sh ", "\x85", "\u2028"),
    ]
)


def take(kind: Kind, data: bytes) -> int:
    """How many hits a reader gives; -1 when it says that it cannot read."""
    try:
        return len(list(kind.read(Source("x/y", data))))
    except UnreadableError:
        return -1


def test_all_kinds_are_there() -> None:
    assert {kind.name for kind in KINDS} == NAMES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@given(
    data=st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=25).map(lambda parts: "".join(parts).encode()))
)
def test_any_content_is_read_or_told(kind: Kind, data: bytes) -> None:
    assert take(kind, data) >= -1


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize(
    "piece",
    [
        *("$(", "((", "<<A\n", "<<A ", "A=$A\n", "vllm serve ", "ollama pull ", "--model a/b ", '"a" ', "'", '"', "`"),
        *("${", "{", "[", "```\n", "<!--", "/*", "\\", "\\\n", "RUN a \\\n", "| a ", "a.b=", "model: 'gpt-4o'", "$((1"),
        *("models/a1/", "cat > a.sh <<E\n", "x=y,", '{"model": "a', "export A=b/c$A ", "\n", "- a\n", "https://hf.co/"),
    ],
)
def test_time_grows_with_the_file_and_no_faster(kind: Kind, piece: str) -> None:
    data = (piece * (60_000 // len(piece))).encode()
    start = time.perf_counter()
    take(kind, data)
    assert time.perf_counter() - start < 10
