"""Markdown and JavaScript: what is a use of a model there, and what is only talk."""

import pytest

from license_audit.readers.scan.kinds import markdown, typescript
from license_audit.readers.scan.source import Source

Place = tuple[int, int, str, str]


def in_markdown(text: str, path: str = "docs/page.md") -> list[Place]:
    """Line, column, id and certainty of each hit."""
    return [(hit.line, hit.column, hit.id, hit.certainty) for hit in markdown.read(Source(path, text.encode()))]


def in_script(text: str, path: str = "src/a.ts") -> list[Place]:
    """Line, column, id and kind of each hit."""
    return [(hit.line, hit.column, hit.id, hit.kind) for hit in typescript.read(Source(path, text.encode()))]


ADDRESS = "https://huggingface.co/acme/x"


def test_prose_names_models_that_may_be_used() -> None:
    assert in_markdown(f"# App\nSee [x]({ADDRESS}).\n") == [(2, 9, "acme/x", "possible")]
    assert in_markdown(f"- [x]({ADDRESS}) and [x]({ADDRESS})\n") == [(1, 7, "acme/x", "possible")]
    assert in_markdown(f"<!-- {ADDRESS}\n{ADDRESS} -->\n<!-- {ADDRESS}") == []
    assert in_markdown("[a](https://huggingface.co/acme) [b](https://huggingface.co/datasets/acme/y)\n") == []


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("MODEL-LICENSES.md", "# Licences"),
        ("docs/models.md", "# Things"),
        ("THIRD_PARTY.md", ""),
        ("docs/x.md", "# List of models"),
        ("README.md", "## Model licenses"),
        ("docs/x.md", "### Models and their licenses"),
    ],
)
def test_a_list_of_models_is_a_use(path: str, title: str) -> None:
    text = f"{title}\n- [x]({ADDRESS})\n| `acme/llama-2` | MIT |\n* acme/llama-3\n* acme/thing\nSee {ADDRESS}.\n"
    assert in_markdown(text, path) == [
        (2, 7, "acme/x", "likely"),
        (3, 4, "acme/llama-2", "likely"),
        (4, 3, "acme/llama-3", "likely"),
        (6, 5, "acme/x", "possible"),
    ]


def test_each_model_of_a_row_is_told_once() -> None:
    row = "| acme/llama-2 | https://huggingface.co/acme/llama-2 | acme/llama-2 |\n"
    assert in_markdown(row, "models.md") == [(1, 18, "acme/llama-2", "likely")]


def test_a_section_with_licenses_ends_with_the_next() -> None:
    text = f"# App\n## Model Licenses\n- {ADDRESS}\n## Other\n- {ADDRESS}\n"
    assert [certainty for *_, certainty in in_markdown(text, "README.md")] == ["likely", "possible"]


def test_a_readme_is_no_list_by_its_title_of_another_kind() -> None:
    assert in_markdown(f"# Models used\n- {ADDRESS}\n", "README.md") == [(2, 3, "acme/x", "possible")]


def test_a_card_declares_its_parents() -> None:
    text = "---\nbase_model:\n  - acme/x\n  - 'acme/y'\ndatasets:\n- acme/z\n---\n# Card\nbase_model: acme/no\n"
    assert in_markdown(text) == [(3, 5, "acme/x", "certain"), (4, 6, "acme/y", "certain")]
    assert in_markdown("---\nbase_model: acme/x\n---") == [(2, 13, "acme/x", "certain")]
    assert in_markdown("---\nbase_model: gpt2\n---\n") == []
    assert in_markdown("---\nbase_model: acme/x\n") == []


def test_blocks_are_read_as_what_they_are() -> None:
    assert in_markdown("```bash\n$ vllm serve acme/x\n```\n") == [(2, 14, "acme/x", "possible")]
    assert in_markdown("~~~toml\nmodel = 'acme/x'\n~~~\n") == [(2, 10, "acme/x", "possible")]
    assert in_markdown("1. a\n   ```python\n   x.from_pretrained('acme/x')\n   ```\n") == [
        (3, 23, "acme/x", "possible")
    ]
    assert in_markdown("```dockerfile\nENV MODEL=acme/x\n") == [(2, 11, "acme/x", "possible")]
    assert in_markdown("````md\n```bash\nvllm serve acme/x\n```\n````\n") == []
    assert in_markdown("```\nvllm serve acme/x\n```\n") == []
    assert in_markdown("```toml\nmodel = [\n```\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "Put this into `config.toml`:\n\n```toml\nmodel = 'acme/x'\n```\n",
        "\n\n```toml title=config.toml\nmodel = 'acme/x'\n```\n",
        "\n\n```toml:config.toml\nmodel = 'acme/x'\n```\n",
        "\n```toml\n# config.toml\nmodel = 'acme/x'\n```\n",
    ],
)
def test_a_block_that_is_a_file_is_more(text: str) -> None:
    assert in_markdown(text) == [(4, 10, "acme/x", "likely")]


def test_what_is_said_before_one_block_is_not_said_of_the_next() -> None:
    text = "In config.toml:\n```toml\na = 1\n```\n```toml\nmodel = 'acme/x'\n```\n```\n```\n"
    assert in_markdown(text) == [(6, 10, "acme/x", "possible")]


def test_an_excerpt_of_a_block_is_not_told_again() -> None:
    text = "```toml\nmodel = 'acme/x'\n```\n\n```toml\nmodel = 'acme/x'\ntokenizer = 'acme/y'\n```\n"
    assert in_markdown(text) == [(6, 10, "acme/x", "possible"), (7, 14, "acme/y", "possible")]


SCRIPTS: list[tuple[str, list[Place]]] = [
    ("await pipeline('feature-extraction', 'acme/x');", [(1, 39, "acme/x", "hub")]),
    ('pipeline<\'x\'>("text-generation", "gpt2")', [(1, 35, "gpt2", "hub")]),
    ("AutoTokenizer.from_pretrained(`acme/x`)", [(1, 32, "acme/x", "hub")]),
    ("const MODEL = 'acme/x';\n", [(1, 16, "acme/x", "hub")]),
    ("const model: string = 'acme/x';", [(1, 24, "acme/x", "hub")]),
    ('const m = { model: \'gpt-4o\', "modelId": "acme/x" };', [(1, 21, "gpt-4o", "hosted"), (1, 42, "acme/x", "hub")]),
    ("const model = process.env.MODEL ?? 'gpt-4o';", [(1, 37, "gpt-4o", "hosted")]),
    ("const x = process.env['MODEL'] || 'gpt-4o';", [(1, 36, "gpt-4o", "hosted")]),
    ("const x = opts.model || 'gpt-4o';", [(1, 26, "gpt-4o", "hosted")]),
    ("const model = fast ? 'gpt-4o-mini' : 'gpt-4o';", [(1, 23, "gpt-4o-mini", "hosted"), (1, 39, "gpt-4o", "hosted")]),
    ("const models = ['gpt-4o',\n  'acme/x'];", [(1, 18, "gpt-4o", "hosted"), (2, 4, "acme/x", "hub")]),
    (
        "const list = [{ id: 'gpt-4o' }, { id: 'acme/llama-7b' }, { id: 'acme/x' }];",
        [(1, 22, "gpt-4o", "hosted"), (1, 40, "acme/llama-7b", "hub")],
    ),
    ("generateText({ model: openai('gpt-4o') })", [(1, 31, "gpt-4o", "hosted")]),
    (
        "ollama('mistral'); groq('llama-x'); openai('acme/x')",
        [(1, 9, "mistral", "ollama"), (1, 26, "llama-x", "hosted"), (1, 45, "acme/x", "hub")],
    ),
    ("CreateMLCEngine('Llama-3-8B-q4f16-MLC')", [(1, 18, "Llama-3-8B-q4f16-MLC", "name")]),
    ("log('Llama-3-8B-q4f16-MLC')", []),
    ("createOpenAI({}).chat('gpt-4o'); a().b('gpt-4o')", [(1, 24, "gpt-4o", "hosted")]),
    ("const m = { 'gpt-4o': 'gpt-4o-2024-05-13', 'x': 'gpt-4.1' };", [(1, 24, "gpt-4o-2024-05-13", "hosted")]),
    ("const u = 'https://huggingface.co/acme/x/resolve/main/y';", [(1, 12, "acme/x", "hub")]),
    ("fetch('https://huggingface.co/acme/x/resolve/main/y')", [(1, 8, "acme/x", "hub")]),
    ("// model: 'gpt-4o'\n/* model: 'gpt-4o'\n*/ const model = 'gpt-4.1';", [(3, 19, "gpt-4.1", "hosted")]),
    ("throw new Error('model gpt-4o failed'); f(\"acme/x\")", []),
    ("mongoose.model('User'); const a = { model: 'Tesla-3' }; b = 'acme/x';", []),
    ("x('a', 'b'); return 'gpt-4o'", []),
    ("const model = `${org}/x`; const t = 'text/plain';", []),
]


@pytest.mark.parametrize(("text", "places"), SCRIPTS, ids=[text[:60] for text, _ in SCRIPTS])
def test_scripts_load_and_ask_for_models(text: str, places: list[Place]) -> None:
    assert in_script(text) == places


def test_bundles_are_left_out() -> None:
    assert in_script("const model = 'gpt-4o'", "dist/a.min.js") == []
    assert in_script("declare const model = 'gpt-4o'", "types/a.d.ts") == []


def test_an_item_may_say_that_it_is_a_model() -> None:
    text = "# Third-party model licenses\n- Model: `acme/thing`\n- Model: `acme/thing`\n- `acme/thing-2`\n"
    assert in_markdown(text, "NOTICES.md") == [(2, 11, "acme/thing", "likely"), (3, 11, "acme/thing", "likely")]
    table = "# Licenses\n| a | b |\n| `phi3:latest` | MIT |\n| `x:latest` | MIT |\n"
    assert in_markdown(table, "MODELS.md") == [(3, 4, "phi3:latest", "likely")]


@pytest.mark.parametrize(
    ("text", "models"),
    [
        ('const openai = createOpenAI({ baseURL: "http://a:11434/v1" })\nopenai.chat("tinyllama")', ["tinyllama"]),
        ('const u = "http://a:11434"; const v = "https://api.openai.com/v1"; m = { model: "mistral" }', []),
        ('new ChatOllama({ temperature: 0, model: "mistral" })', ["mistral"]),
        ('const EMBED_MODEL = process.env.OLLAMA_EMBED || "nomic-embed-text"', ["nomic-embed-text"]),
        ('const LLM = process.env.OLLAMA_LLM || "mistral:7b-instruct"', ["mistral:7b-instruct"]),
        ('const x = process.env.OTHER || "llama3:8b"', []),
        ('f(process.env.OTHER || "llama3:8b")', []),
        ("const modelVariants = [\n" + '"qwen:4b",\n' * 40 + "]", ["qwen:4b"] * 40),
        ('type Model = "gpt-4o" | "o1-mini"', []),
        ("const m = { id: 'gpt-4', name: 'GPT-4' }", ["gpt-4"]),
        ('const names = { "gpt-4o": "GPT-4o" }', []),
    ],
)
def test_who_serves_what_scripts_ask_for(text: str, models: list[str]) -> None:
    assert [model for _, _, model, _ in in_script(text)] == models
