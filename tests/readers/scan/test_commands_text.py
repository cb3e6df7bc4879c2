"""Models that commands of a shell name, and where they stand."""

import pytest

from license_audit.readers.scan.commands import Variables, Word, in_text, in_words

Place = tuple[int, int, str, str]


def found(text: str) -> list[Place]:
    """Line, column, id and kind of each hit in a shell text."""
    return [(hit.line, hit.column, hit.id, hit.kind) for hit in in_text(text)]


FLAGS: list[tuple[str, list[Place]]] = [
    ("vllm serve acme/llama-3-8b --port 8000", [(1, 12, "acme/llama-3-8b", "hub")]),
    ("vllm serve --port 8000 acme/llama-3-8b", [(1, 24, "acme/llama-3-8b", "hub")]),
    ("vllm serve --enforce-eager acme/llama-3-8b", [(1, 28, "acme/llama-3-8b", "hub")]),
    ("vllm serve -- acme/llama-3-8b other/thing", [(1, 15, "acme/llama-3-8b", "hub")]),
    ("python -m vllm.entrypoints.api_server --model acme/opt-1b", [(1, 47, "acme/opt-1b", "hub")]),
    ("server --model=acme/opt-1b", [(1, 16, "acme/opt-1b", "hub")]),
    ("server --model 'acme/opt-1b'", [(1, 17, "acme/opt-1b", "hub")]),
    ("server --model", []),
    ("server --model --verbose", []),
    ("server --model '--other'", []),
    ("server --model=a1--b/c", []),
    ("x --model-id a1/b --tokenizer c1/d", [(1, 14, "a1/b", "hub"), (1, 31, "c1/d", "hub")]),
    ("x --draft-model a1/b", [(1, 17, "a1/b", "hub")]),
    ("x --models a1/b c1/d --other e1/f", [(1, 12, "a1/b", "hub"), (1, 17, "c1/d", "hub")]),
    ("x --models a1/b,c1/d", [(1, 12, "a1/b", "hub"), (1, 17, "c1/d", "hub")]),
    ("x --models a1/b c1/d", [(1, 12, "a1/b", "hub"), (1, 17, "c1/d", "hub")]),
    ("x --lora-modules sql=a1/b", [(1, 22, "a1/b", "hub")]),
    ("x --lora-modules sql=a1/b c=d1/e", [(1, 22, "a1/b", "hub"), (1, 29, "d1/e", "hub")]),
    ('x --lora-modules \'{"name": "n", "path": "a1/b"}\'', [(1, 42, "a1/b", "hub")]),
    ('x --speculative-config \'{"model": "a1/b", "n": 3}\'', [(1, 36, "a1/b", "hub")]),
    ('x --config \'{"path": "b"}\' \'{"model": "a1/b"}\'', [(1, 40, "a1/b", "hub")]),
    ("x --model_args pretrained=a1/b,dtype=auto,tokenizer=c1/d", [(1, 27, "a1/b", "hub"), (1, 53, "c1/d", "hub")]),
    ('x --engine-args \'{"model": "a1/b"}\'', [(1, 29, "a1/b", "hub")]),
    ("x --set a=b,model.id=a1/b", [(1, 22, "a1/b", "hub")]),
    ("x -e MODEL_ID=a1/b", [(1, 15, "a1/b", "hub")]),
    ("python train.py model.path=a1/b data.path=c1/d", [(1, 28, "a1/b", "hub")]),
    ("python train.py ++model.name=a1/b", [(1, 30, "a1/b", "hub")]),
    ("lighteval accelerate 'pretrained=a1/b,dtype=auto'", [(1, 34, "a1/b", "hub")]),
    ("llama-server -m models/x.gguf -md y.gguf", [(1, 17, "models/x.gguf", "path"), (1, 35, "y.gguf", "path")]),
    ("llama-server -hf acme/x-GGUF:Q4_K_M", [(1, 18, "acme/x-GGUF", "hub")]),
    ("llama-server --hf-repo hf://acme/x-GGUF", [(1, 24, "acme/x-GGUF", "hub")]),
    ("llm -m gpt-4o hello", [(1, 8, "gpt-4o", "hosted")]),
    ("docker run -m 16g image", []),
    ("python -m acme/llama-7b", []),
    ("git commit -m acme/llama-7b", []),
    ("litellm --model ollama/mistral", [(1, 17, "mistral", "ollama")]),
    ("mlx_lm.generate --model gpt2", [(1, 25, "gpt2", "hub")]),
    ("train.py --model gpt2", [(1, 18, "gpt2", "name")]),
    ("train.py --model_name_or_path gpt2", [(1, 31, "gpt2", "hub")]),
    ("train.py --model resnet18", []),
    ("train.py --dataset acme/llama-7b --output_model acme/llama-8b", []),
    ("vllm serve a1/b --served-model-name c1/d", [(1, 12, "a1/b", "hub")]),
    ("trainer --hub_model_id a1/b", []),
]


@pytest.mark.parametrize(("text", "places"), FLAGS, ids=[text for text, _ in FLAGS])
def test_flags_and_settings_name_models(text: str, places: list[Place]) -> None:
    assert found(text) == places


PROGRAMS: list[tuple[str, list[Place]]] = [
    ("huggingface-cli download acme/x file.gguf", [(1, 26, "acme/x", "hub")]),
    ("uv run hf download acme/x --local-dir y", [(1, 20, "acme/x", "hub")]),
    ("hf download gpt2", [(1, 13, "gpt2", "hub")]),
    ("hf download --repo-type dataset acme/x", []),
    ("hf download acme/x --repo-type=dataset", []),
    ("hf upload acme/x .", []),
    ("./hfd.sh acme/x --dataset", []),
    ("train --model acme/x --dataset acme/y", [(1, 15, "acme/x", "hub")]),
    ("bash hfd.sh acme/x --tool aria2c", [(1, 13, "acme/x", "hub")]),
    ("./hfd.sh acme/x", [(1, 10, "acme/x", "hub")]),
    ("make hfd acme/x", []),
    (
        "ollama pull llama3.1:8b && ollama run mistral hi",
        [(1, 13, "llama3.1:8b", "ollama"), (1, 39, "mistral", "ollama")],
    ),
    ("ollama run hf.co/acme/x-GGUF:Q4", [(1, 12, "acme/x-GGUF", "hub")]),
    ("ollama pull a b", [(1, 13, "a", "ollama"), (1, 15, "b", "ollama")]),
    ("ollama create mine -f Modelfile; ollama run mine", []),
    ("ollama serve", []),
    ("docker model run ai/smollm2", [(1, 18, "ai/smollm2", "hub")]),
    ("terraform model run acme/x", []),
    ("local-ai run phi-2 hermes-2", [(1, 14, "phi-2", "name"), (1, 20, "hermes-2", "name")]),
    ("local-ai run whatever", [(1, 14, "whatever", "name")]),
    ("local-ai run '<name>'", []),
    ("python -m spacy download en_core_web_sm", [(1, 26, "en_core_web_sm", "name")]),
    ("git clone https://huggingface.co/acme/x", [(1, 11, "acme/x", "hub")]),
    ("git clone git@hf.co:acme/x.git", [(1, 11, "acme/x", "hub")]),
    ("git clone https://huggingface.co/datasets/acme/x", []),
    ("git clone https://huggingface.co/spaces/acme/x", []),
    ("git clone https://github.com/acme/x", []),
    ("git clone https://huggingface.co/gpt2", [(1, 11, "gpt2", "hub")]),
    ("wget https://huggingface.co/acme", []),
    ("curl -L https://huggingface.co/acme/x/resolve/main/y -o z", [(1, 9, "acme/x", "hub")]),
    ("wget --url=https://hf.co/acme/x/resolve/main/y", [(1, 12, "acme/x", "hub")]),
    ("curl https://huggingface.co/acme/models", []),
    ("sudo -E nohup vllm serve acme/x", [(1, 26, "acme/x", "hub")]),
    ("docker run --gpus all -v a:/b vllm/vllm-openai:latest --model acme/x", [(1, 63, "acme/x", "hub")]),
    ("docker pull acme/llama-7b", []),
    ("mkdir -p /models/acme/llama-3-8b", [(1, 10, "acme/llama-3-8b", "hub")]),
    ("ls /models/acme/shelf", []),
]


@pytest.mark.parametrize(("text", "places"), PROGRAMS, ids=[text for text, _ in PROGRAMS])
def test_programs_take_models_as_words(text: str, places: list[Place]) -> None:
    assert found(text) == places


VARIABLES: list[tuple[str, list[Place]]] = [
    ("MODEL=acme/x server", [(1, 7, "acme/x", "hub")]),
    ("export MODEL_ID='acme/x'", [(1, 18, "acme/x", "hub")]),
    ("declare -r MODEL=acme/x OTHER=acme/y", [(1, 18, "acme/x", "hub")]),
    ("setenv MODEL acme/x", [(1, 14, "acme/x", "hub")]),
    ("set -x MODEL acme/x", [(1, 14, "acme/x", "hub")]),
    ("export PATH", []),
    ("X=acme/x\nvllm serve $X\nvllm serve $X", [(1, 3, "acme/x", "hub")]),
    ("X=acme/x\nY=$X\nvllm serve ${Y}", [(1, 3, "acme/x", "hub")]),
    ("X=acme/x\necho $X", []),
    ("ORG=acme\nvllm serve $ORG/x", [(2, 12, "acme/x", "hub")]),
    ("vllm serve ${ORG:-acme}/x", [(1, 12, "acme/x", "hub")]),
    ("vllm serve $ORG/x", []),
    ("vllm serve ${1:-acme/x}", [(1, 17, "acme/x", "hub")]),
    ("vllm serve ${A:-${B:-acme/x}}", [(1, 22, "acme/x", "hub")]),
    ("MODEL=${MODEL:-acme/x}", [(1, 16, "acme/x", "hub")]),
    (': "${MODEL:=acme/x}" "${OTHER:=acme/y}"', [(1, 13, "acme/x", "hub")]),
    ("run.sh ${MODEL:-acme/x} ${IMAGE:-acme/y}", [(1, 17, "acme/x", "hub")]),
    ("MODELS=(\n  acme/x  # acme/no\n  'acme/y'\n)", [(2, 3, "acme/x", "hub"), (3, 4, "acme/y", "hub")]),
    ('declare -A MODELS=( ["small"]="acme/x" )', [(1, 32, "acme/x", "hub")]),
    (
        "L=(acme/x acme/y)\nfor m in ${L[@]}; do vllm serve $m; done",
        [(1, 4, "acme/x", "hub"), (1, 11, "acme/y", "hub")],
    ),
    ("for MODEL in acme/x acme/y; do :; done", [(1, 14, "acme/x", "hub"), (1, 21, "acme/y", "hub")]),
    ("MODELS='acme/x acme/y'", [(1, 9, "acme/x", "hub"), (1, 16, "acme/y", "hub")]),
    ("IMAGE=acme/x", []),
    ("MODEL=acme/x; MODEL_DIR=/out/y", [(1, 7, "acme/x", "hub")]),
]


@pytest.mark.parametrize(("text", "places"), VARIABLES, ids=[text for text, _ in VARIABLES])
def test_variables_hold_models_and_are_followed(text: str, places: list[Place]) -> None:
    assert found(text) == places


SHELL: list[tuple[str, list[Place]]] = [
    ("# vllm serve acme/x", []),
    ("true # vllm serve acme/x", []),
    ("vllm serve acme/x#y", []),
    ("echo vllm serve acme/x", []),
    ("echo --model acme/x | tee log", []),
    ("printf 'MODEL=acme/x' > .env", [(1, 15, "acme/x", "hub")]),
    ("printf 'MODEL=acme/x' > notes", []),
    ("[ --model = acme/x ]", []),
    ("vllm serve \\\n  acme/x", [(2, 3, "acme/x", "hub")]),
    ('vllm serve "acme/\\\nx"', []),
    ("vllm serve acme\\/x", [(1, 12, "acme/x", "hub")]),
    ('server --model "acme/x" --name "a \\" b"', [(1, 17, "acme/x", "hub")]),
    ('server --name "a \\n b" --model acme/x', [(1, 32, "acme/x", "hub")]),
    ("if ! vllm serve acme/x; then exit 1; fi", [(1, 17, "acme/x", "hub")]),
    ("up() {\n  vllm serve acme/x &\n}", [(2, 14, "acme/x", "hub")]),
    ("(vllm serve acme/x) | grep y", [(1, 13, "acme/x", "hub")]),
    ("case $1 in\n a) vllm serve acme/x ;;\nesac", [(2, 16, "acme/x", "hub")]),
    ("D=$(hf download acme/x)", [(1, 17, "acme/x", "hub")]),
    ("D=`hf download acme/x`", [(1, 16, "acme/x", "hub")]),
    ('D="a $(hf download acme/x) `hf download acme/y` b"', [(1, 20, "acme/x", "hub"), (1, 41, "acme/y", "hub")]),
    ("N=$(( (1 << 2) * 3 ))\nvllm serve acme/x", [(2, 12, "acme/x", "hub")]),
    ("vllm serve acme/x > log 2>&1 < /dev/null", [(1, 12, "acme/x", "hub")]),
    ("bash -c 'vllm serve acme/x && true'", [(1, 21, "acme/x", "hub")]),
    ('bash -c "a\nvllm serve acme/x"', [(2, 12, "acme/x", "hub")]),
    ("ssh host 'vllm serve acme/x'", [(1, 22, "acme/x", "hub")]),
    ('ARGS="--port 1 --model acme/x"', []),
    ("run '--port 1 --model acme/x'", [(1, 23, "acme/x", "hub")]),
    ("run 'a word or two'", []),
    ('bash -c "bash -c \'bash -c \\"bash -c hi there\\"\'"', []),
    ("python -c 'import x; x.from_pretrained(\"acme/x\")'", [(1, 41, "acme/x", "hub")]),
    ("'unclosed", []),
    ('"unclosed', []),
    ("vllm serve acme/x \\", [(1, 12, "acme/x", "hub")]),
    ("then", []),
    ("a )", []),
    ("vllm serve acme/x;", [(1, 12, "acme/x", "hub")]),
    ("vllm serve $'acme/x'", [(1, 14, "acme/x", "hub")]),
    ("$(" * 40 + "vllm serve acme/x", [(1, 92, "acme/x", "hub")]),
    ("$(" * 60 + "vllm serve acme/x", []),
    ("(" * 60 + "vllm serve acme/x", [(1, 72, "acme/x", "hub")]),
]


@pytest.mark.parametrize(("text", "places"), SHELL, ids=[text[:60] for text, _ in SHELL])
def test_shell_is_read_as_a_shell_does(text: str, places: list[Place]) -> None:
    assert found(text) == places


HERE: list[tuple[str, list[Place]]] = [
    (
        "cat <<EOF > Modelfile\nFROM llama3.2\nEOF\nvllm serve acme/x",
        [(2, 6, "llama3.2", "ollama"), (4, 12, "acme/x", "hub")],
    ),
    ("cat <<EOF | tee -a x.modelfile\nFROM llama3.2\nEOF", [(2, 6, "llama3.2", "ollama")]),
    ("ollama create x -f - <<EOF\nFROM llama3.2\nEOF", [(2, 6, "llama3.2", "ollama")]),
    ("cat > .env <<'EOF'\nMODEL=acme/x\nEOF", [(2, 7, "acme/x", "hub")]),
    (
        "cat > run.sh <<-EOF\n\tvllm serve acme/x\n\tEOF\nvllm serve acme/y",
        [(2, 13, "acme/x", "hub"), (4, 12, "acme/y", "hub")],
    ),
    ("cat <<EOF\nuse --model acme/x\nEOF", []),
    ("bash <<EOF\nvllm serve acme/x\nEOF", [(2, 12, "acme/x", "hub")]),
    ("sbatch <<EOF\nvllm serve acme/x\nEOF", [(2, 12, "acme/x", "hub")]),
    ("python - <<EOF\nx.from_pretrained('acme/x')\nEOF", [(2, 20, "acme/x", "hub")]),
    ("cat <<A <<B > .env\nx\nA\nMODEL=acme/x\nB", [(4, 7, "acme/x", "hub")]),
    ("bash <<EOF\nvllm serve acme/x", [(2, 12, "acme/x", "hub")]),
    (
        "bash <<EOF\r\nvllm serve acme/x\r\nEOF\r\nvllm serve acme/y",
        [(2, 12, "acme/x", "hub"), (4, 12, "acme/y", "hub")],
    ),
    ("cat > odd.xyz <<EOF\nvllm serve acme/x\nEOF", []),
    ("cat > x.toml <<EOF\nmodel = [\nEOF", []),
    ("tee -a <<EOF\nMODEL=acme/x\nEOF", []),
]


@pytest.mark.parametrize(("text", "places"), HERE, ids=[text[:60] for text, _ in HERE])
def test_here_documents_are_what_reads_or_holds_them(text: str, places: list[Place]) -> None:
    assert found(text) == places


def test_a_document_for_a_cluster_is_yaml() -> None:
    text = "kubectl apply -f - <<EOF\nargs:\n  - --model\n  - acme/llama-3-8b\nEOF"
    assert [hit.id for hit in in_text(text)] == ["acme/llama-3-8b"]


def test_a_request_asks_for_a_model_behind_an_api() -> None:
    text = 'curl https://api.openai.com/v1/chat -d \'{"model": "gpt-4o"}\''
    hit = next(in_text(text))
    assert (hit.column, hit.id, hit.kind, hit.provider) == (52, "gpt-4o", "hosted", "openai")
    assert not list(in_text('curl http://localhost:8000/v1/chat -d \'{"model": "acme/x"}\''))
    assert not list(in_text("curl https://api.openai.com/v1/models"))


def test_an_ollama_server_is_told_to_fetch() -> None:
    assert found('curl http://x:11434/api/pull -d \'{"name": "llama3:8b"}\'') == [(1, 44, "llama3:8b", "ollama")]
    assert found('curl http://x:11434/api/pull -d \'{"model": "llama3:8b"}\'') == [(1, 45, "llama3:8b", "ollama")]


def test_a_revision_beside_the_model_is_told() -> None:
    assert next(in_text("hf download acme/x --revision v1")).revision == "v1"
    assert next(in_text("hf download acme/x --revision=abc")).revision == "abc"
    assert not next(in_text("hf download acme/x --revision")).revision
    assert not next(in_text("hf download acme/x --revision '<which>'")).revision
    assert next(in_text("serve --model acme/x@main --revision v1")).revision == "main"


def test_places_count_from_where_the_text_starts() -> None:
    hits = list(in_text("vllm serve acme/x\nvllm serve acme/y", 10, 5, indent=4))
    assert [(hit.line, hit.column) for hit in hits] == [(10, 16), (11, 16)]


def test_words_of_one_command() -> None:
    words = [
        Word("vllm", 3, 1),
        Word("serve", 3, 6),
        Word("acme/x", 4, 2),
        Word("--tokenizer", 5, 1),
        Word("acme/x", 6, 1),
    ]
    assert [(hit.line, hit.column, hit.id) for hit in in_words(words)] == [(6, 1, "acme/x"), (4, 2, "acme/x")]
    assert not list(in_words([]))


def test_variables_of_one_command_serve_the_next() -> None:
    variables = Variables()
    assert not list(in_words([Word("X=acme/x")], variables))
    assert [hit.id for hit in in_words([Word("vllm"), Word("serve"), Word("$X")], variables)] == ["acme/x"]


def test_too_much_is_not_followed() -> None:
    variables = Variables()
    variables.put("A", Word("x" * 2000))
    assert not list(variables.resolved(Word("$A")))
    for number in range(300):
        variables.put("B", Word(str(number)))
    assert len(list(variables.resolved(Word("$B")))) == 100
    for _ in range(400):
        for number in range(100):
            variables.put("C", Word(str(number)))
        list(variables.resolved(Word("$C")))
    variables.put("C", Word("x"))
    assert not list(variables.resolved(Word("$C")))
    deep = "${A:-" * 8 + "x" + "}" * 8
    assert [word.text for word in variables.resolved(Word(deep))] == ["${A:-${A:-x}}"]


def test_texts_in_texts_end() -> None:
    text = "".join(f"cat > {number}.sh <<E{number}\n" for number in range(400))
    assert not list(in_text(text))
    assert not list(in_text("vllm serve acme/x", depth=9))


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ("OLLAMA_MODEL=mistral", ["mistral"]),
        ("OLLAMA_MODELS=models", []),
        ("REPO=acme/Llama-2-7b-chat-GGUF", ["acme/Llama-2-7b-chat-GGUF"]),
        ("DATA_REPO=acme/Llama-2-7b-chat", []),
        ("REPO=acme/tools", []),
        (
            "docker run --gpus all -v /a:/b acme/server:1 acme/Llama-3-8B-Instruct --port 80",
            ["acme/Llama-3-8B-Instruct"],
        ),
        ("docker run acme/llama-3-8b-instruct", []),
        ("docker pull acme/llama-3-8b-instruct acme/llama-3-8b-instruct", []),
        ("python serve.py acme/Llama-3-8B-Instruct", ["acme/Llama-3-8B-Instruct"]),
        ("python serve.py acme/tools", []),
        ("make acme/Llama-3-8B-Instruct acme/Llama-3-8B-Instruct", []),
        ("MODEL=LLM_MODEL_NAME", []),
        ("train --model_name_or_path /data/stable-diffusion-2", ["/data/stable-diffusion-2"]),
        ("train --model_name_or_path /data/checkpoint", []),
        ("MODEL_PATH=/data/Llama-2-7b", ["/data/Llama-2-7b"]),
        ("read -r -d '' C <<EOF\nmain.cli --pretrain acme/x\nEOF\n", ["acme/x"]),
        ("C=$(cat <<'EOF'\npython3 a.py --model acme/x\nEOF\n)", ["acme/x"]),
        ("cat <<EOF\nUsage: a.py --model acme/x\nEOF\n", []),
        ("train --model_name_or_path /path/to/llama-7b", []),
    ],
)
def test_what_only_the_spelling_of_a_value_tells(text: str, models: list[str]) -> None:
    assert [hit.id for hit in in_text(text)] == models
