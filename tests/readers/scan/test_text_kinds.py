"""Scripts, Dockerfiles, Makefiles, Modelfiles, environment files and requirements."""

import pytest

from license_audit.readers.scan.registry import kind_of
from license_audit.readers.scan.source import Source

Place = tuple[int, int, str, str]


def found(path: str, text: str) -> list[Place]:
    """Line, column, id and kind of each hit in a file of this path."""
    data = text.encode()
    kind = kind_of(path, data)
    assert kind is not None
    if not kind.may_name(data):
        return []
    return [(hit.line, hit.column, hit.id, hit.kind) for hit in kind.read(Source(path, data))]


@pytest.mark.parametrize("path", ["a/run.sh", "job.slurm", "x.sbatch", "x.bash", "x.zsh"])
def test_scripts(path: str) -> None:
    assert found(path, "#!/bin/sh\nvllm serve acme/x\n") == [(2, 12, "acme/x", "hub")]


MAKE: list[tuple[str, list[Place]]] = [
    ("MODEL ?= acme/x\n", [(1, 10, "acme/x", "hub")]),
    ("export MODEL := 'acme/x' # acme/y\n", [(1, 18, "acme/x", "hub")]),
    ("X = acme/x\nrun:\n\t@vllm serve $(X)\n", [(1, 5, "acme/x", "hub")]),
    ("X = acme/x\nrun: X\n\techo $(X)\n", []),
    ("run:\n\tvllm serve \\\n\t  acme/x\n", [(3, 4, "acme/x", "hub")]),
    ("run:\n\tM=acme/x; vllm serve $$M\n", [(2, 4, "acme/x", "hub")]),
    ("ifdef A\n  MODEL = acme/x\nendif\n", [(2, 11, "acme/x", "hub")]),
    ("# MODEL = acme/x\nrun:\n\t# vllm serve acme/x\n", []),
    ("run:\n\tvllm serve acme/x", [(2, 13, "acme/x", "hub")]),
    ('model := "acme/x"\nserve:\n    vllm serve {{model}}\n', [(1, 11, "acme/x", "hub")]),
    ('M := env("M", "acme/x")\nserve:\n    vllm serve {{ M }}\n', [(1, 16, "acme/x", "hub")]),
]


@pytest.mark.parametrize(("text", "places"), MAKE, ids=[text for text, _ in MAKE])
def test_makefiles(text: str, places: list[Place]) -> None:
    assert found("Makefile", text) == places
    assert found("justfile", text) == places


DOCKER: list[tuple[str, list[Place]]] = [
    ("FROM acme/llama-7b:1\nCOPY --from=acme/llama-7b /a /b\n", []),
    (
        "ENV MODEL_ID=acme/x \\\n    OTHER='acme/y' \\\n    TOKENIZER=\"acme/z\"\n",
        [(1, 14, "acme/x", "hub"), (3, 16, "acme/z", "hub")],
    ),
    ("ENV MODEL acme/x\n", [(1, 11, "acme/x", "hub")]),
    ("ARG MODEL\nARG X=acme/x\nRUN hf download ${X}\n", [(2, 7, "acme/x", "hub")]),
    ("LABEL model=acme/x\n", []),
    ("RUN --mount=type=cache,target=/x hf download acme/x\n", [(1, 46, "acme/x", "hub")]),
    ("RUN a && \\\n# hf download acme/no\n\n  hf download acme/x\n", [(4, 15, "acme/x", "hub")]),
    ('CMD ["--model", "acme/x"]\n', [(1, 18, "acme/x", "hub")]),
    ('ENTRYPOINT ["sh", "-c", "vllm serve acme/x"]\n', [(1, 37, "acme/x", "hub")]),
    ('CMD ["--model", "a\\qb", \\\n "--tokenizer", "acme/x"]\n', [(2, 18, "acme/x", "hub")]),
    ("CMD [ -f x ] || vllm serve acme/x\n", [(1, 28, "acme/x", "hub")]),
    ("RUN <<EOF\nhf download acme/x\nEOF\nENV MODEL=acme/y\n", [(2, 13, "acme/x", "hub"), (4, 11, "acme/y", "hub")]),
    ("RUN python3 <<EOF\nx.from_pretrained('acme/x')\nEOF\n", [(2, 20, "acme/x", "hub")]),
    (
        "RUN bash <<EOF && hf download acme/y\nhf download acme/x\nEOF\n",
        [(2, 13, "acme/x", "hub"), (1, 31, "acme/y", "hub")],
    ),
    ("RUN <<EOF\nhf download acme/x", [(2, 13, "acme/x", "hub")]),
    ("ADD https://huggingface.co/acme/x/resolve/main/y /y\n", [(1, 5, "acme/x", "hub")]),
    ("WORKDIR /models/acme/llama-3-8b\n", [(1, 9, "acme/llama-3-8b", "hub")]),
    ("ENV CACHE=/models/acme/llama-3-8b/x.gguf\n", [(1, 11, "acme/llama-3-8b", "hub")]),
    ("COPY model.bin /models/x\nEXPOSE 80\n]\n", []),
    ("RUN mkdir /models/acme/llama-3-8b && cd /models/acme/llama-3-8b\n", [(1, 11, "acme/llama-3-8b", "hub")]),
    ("RUN hf download acme/x\r\nENV MODEL=acme/y\r\n", [(1, 17, "acme/x", "hub"), (2, 11, "acme/y", "hub")]),
]


@pytest.mark.parametrize(("text", "places"), DOCKER, ids=[text[:60] for text, _ in DOCKER])
def test_dockerfiles(text: str, places: list[Place]) -> None:
    assert found("docker/Dockerfile.gpu", text) == places


MODELFILE: list[tuple[str, list[Place]]] = [
    ("FROM llama3.2\n", [(1, 6, "llama3.2", "ollama")]),
    ("from  'llama3:8b' # base\r\n", [(1, 8, "llama3:8b", "ollama")]),
    ("FROM ./x/y.gguf\nADAPTER ./lora.gguf\n", [(1, 6, "./x/y.gguf", "path"), (2, 9, "./lora.gguf", "path")]),
    ("FROM /srv/model\n", [(1, 6, "/srv/model", "path")]),
    ("FROM .\nPARAMETER num_ctx 1\n", []),
    ("FROM hf.co/acme/x-GGUF:Q4_0\n", [(1, 6, "acme/x-GGUF", "hub")]),
    ("FROM modelscope.cn/acme/x:Q4\n", [(1, 6, "acme/x", "hub")]),
    ("FROM someone/x:latest\n", [(1, 6, "someone/x:latest", "ollama")]),
    ("FROM <base>\nFROM a b\n# FROM llama3\nFROM\n", []),
    ('SYSTEM """a\nFROM llama3\n"""\nFROM phi3\n', [(4, 6, "phi3", "ollama")]),
    ('TEMPLATE "a\nFROM llama3\n"\nPARAMETER stop "<|x|>"\nFROM phi3\n', [(5, 6, "phi3", "ollama")]),
    ('SYSTEM """one line"""\nFROM phi3\n', [(2, 6, "phi3", "ollama")]),
]


@pytest.mark.parametrize(("text", "places"), MODELFILE, ids=[text for text, _ in MODELFILE])
def test_modelfiles(text: str, places: list[Place]) -> None:
    assert found("x/Modelfile", text) == places


ENV: list[tuple[str, list[Place]]] = [
    ("MODEL=acme/x\n", [(1, 7, "acme/x", "hub")]),
    ("export LLM_MODEL = 'acme/x' # acme/y\n", [(1, 21, "acme/x", "hub")]),
    ("MODEL=acme/x # acme/y\n", [(1, 7, "acme/x", "hub")]),
    ("MODELS=acme/x, acme/y\n", [(1, 8, "acme/x", "hub"), (1, 16, "acme/y", "hub")]),
    ("MODEL=${MODEL:-acme/x}\n", [(1, 16, "acme/x", "hub")]),
    ("MODEL=\n# MODEL=acme/x\n#MODEL=acme/x\nIMAGE=acme/x\n", []),
    ("MODEL=#odd\n", []),
    ("OLLAMA_MODEL=mistral\n", [(1, 14, "mistral", "ollama")]),
    ("LLM_PROVIDER=ollama\nLLM_MODEL=mistral\n", [(2, 11, "mistral", "ollama")]),
    ("PROVIDER=ollama\nMODEL=mistral\n", []),
    ("OPENAI_MODEL=gpt-4o\n", [(1, 14, "gpt-4o", "hosted")]),
    ("GROQ_MODEL=llama-x\n", [(1, 12, "llama-x", "hosted")]),
    ("NVIDIA_MODEL=acme/x\n", [(1, 14, "acme/x", "hub")]),
]


@pytest.mark.parametrize(("text", "places"), ENV, ids=[text for text, _ in ENV])
def test_environment_files(text: str, places: list[Place]) -> None:
    assert found("app/.env.example", text) == places


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("src/env.py", "MODEL = 'acme/x-7b'\n", [(1, 10, "acme/x-7b", "hub")]),
        (
            "env.sh",
            "export OLLAMA_MODEL=mistral\nvllm serve acme/x-7b\n",
            [(1, 21, "mistral", "ollama"), (2, 12, "acme/x-7b", "hub")],
        ),
        ("Modelfile.py", "# FROM mistral\nmodel = load('FROM')\n", []),
        ("Modelfile.md", "FROM mistral\n", []),
        ("Modelfile.v2", "FROM mistral\n", [(1, 6, "mistral", "ollama")]),
    ],
)
def test_the_ending_of_a_name_says_more_than_its_beginning(path: str, text: str, expected: list[object]) -> None:
    assert found(path, text) == expected


def test_packages_that_lie_in_a_hub() -> None:
    text = "torch\n# https://huggingface.co/acme/no\nx @ https://huggingface.co/acme/x/resolve/main/x.whl\nhttps://e.com/a\n"
    assert found("requirements.txt", text) == [(3, 5, "acme/x", "hub")]
    assert found("requirements-dev.txt", "acme/x\nunsloth\n") == []
