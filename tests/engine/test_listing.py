"""Whether a manifest lists what a source tree names."""

import pytest

from license_audit.engine.listing import Listing
from license_audit.model.manifest import Manifest
from license_audit.model.reference import Certainty, Hit, Reference, ReferenceKind

MANIFEST = Manifest.model_validate(
    {
        "schema": "1",
        "models": [
            {"id": "meta-llama/Llama-2-7b-hf", "use": "a"},
            {"id": "distilbert/distilbert-base-uncased", "use": "a"},
            {"path": "models/helper", "base": "mistralai/Mistral-7B-v0.1", "use": "a"},
            {"provider": "openai", "id": "gpt-4o", "use": "a"},
            {"provider": "ollama", "id": "mistral:latest", "use": "a"},
        ],
        "scan": {
            "skip": [{"files": "vendor", "why": "not ours"}, {"files": "*.spec.ts", "why": "tests"}],
            "not_models": [
                {"id": "Acme/Output", "why": "what we publish"},
                {"id": "gpt2", "files": "tests/*", "why": "a word in a test"},
            ],
        },
    }
)


def standing(
    id_: str,
    kind: ReferenceKind = "hub",
    *,
    file: str = "src/app.py",
    provider: str = "",
    certainty: Certainty = "certain",
    folder: str = "",
) -> str:
    hit = Hit(1, 1, id_, kind, "load", certainty, provider=provider)
    return Listing(MANIFEST, folder).standing(Reference(file, "python", hit))[0]


@pytest.mark.parametrize("name", ["meta-llama/Llama-2-7b-hf", "META-LLAMA/llama-2-7b-HF", "mistralai/Mistral-7B-v0.1"])
def test_an_id_or_a_base_is_listed_whatever_its_capitals(name: str) -> None:
    assert standing(name) == "listed"


def test_another_id_is_missing_and_a_possible_one_is_unclear() -> None:
    assert standing("meta-llama/Llama-2-7b") == "missing"
    assert standing("meta-llama/Llama-2-7b", certainty="likely") == "missing"
    assert standing("meta-llama/Llama-2-7b", certainty="possible") == "unclear"


def test_a_bare_name_is_listed_by_the_id_that_ends_so() -> None:
    assert standing("distilbert-base-uncased") == "listed"
    assert standing("distilbert-base-uncased", "name") == "listed"
    assert standing("distilbert-base-cased") == "missing"
    # An id with another organization is another model.
    assert standing("somebody/distilbert-base-uncased") == "missing"


def test_hosted_models_are_listed_under_their_provider() -> None:
    assert standing("gpt-4o", "hosted", provider="OpenAI") == "listed"
    assert standing("openai/gpt-4o", "hosted") == "listed"
    assert standing("openai/gpt-4o", "hosted", provider="openai") == "listed"
    assert standing("gpt-4o", "hosted") == "listed"
    assert standing("gpt-4o", "name") == "listed"
    assert standing("gpt-4o", "hosted", provider="azure") == "missing"
    assert standing("gpt-4o-mini", "hosted", provider="openai") == "missing"


def test_a_model_of_ollama_is_listed_with_its_tag() -> None:
    assert standing("mistral:latest", "ollama") == "listed"
    assert standing("mistral:7b", "ollama") == "missing"


@pytest.mark.parametrize(
    ("path", "file", "listed"),
    [
        ("models/helper", "src/app.py", True),
        ("../models/helper/model.gguf", "src/app.py", True),
        ("./models/helper/", "run.sh", True),
        ("models/helpers", "src/app.py", False),
        ("models", "src/app.py", False),
        ("/opt/models/meta-llama/Llama-2-7b-hf", "Dockerfile", True),
        ("/opt/models/Llama-2-7b-hf", "Dockerfile", False),
    ],
)
def test_a_path_is_listed_when_it_leads_into_a_listed_folder_or_ends_with_a_listed_id(
    path: str, file: str, *, listed: bool
) -> None:
    assert (standing(path, "path", file=file) == "listed") is listed


def test_the_folder_of_the_manifest_counts() -> None:
    assert standing("legal/models/helper", "path", file="app.py", folder="legal") == "listed"
    assert standing("models/helper", "path", file="app.py", folder="legal") == "missing"


def test_a_listed_folder_s_own_configuration_is_read_by_check_and_its_code_is_source() -> None:
    assert standing("some/parent", file="models/helper/config.json") == "listed"
    assert standing("some/parent", file="models/helper/train.py") == "missing"
    assert standing("some/parent", file="models/helper/docker-compose.yml") == "missing"
    assert standing("some/parent", file="models/helper/part/config.json") == "missing"
    assert standing("some/parent", file="models/helper/Model.GGUF") == "listed"
    assert standing("some/parent", file="models/other/config.json") == "missing"


def test_what_is_no_model_says_why_and_only_where_it_was_said() -> None:
    listing = Listing(MANIFEST)
    output = Reference("train.py", "python", Hit(1, 1, "acme/output", "hub", "load"))
    assert listing.standing(output) == ("excused", "what we publish")
    assert standing("gpt2", file="tests/test_words.py") == "excused"
    assert standing("gpt2", file="src/words.py") == "missing"


@pytest.mark.parametrize(
    ("file", "skipped"),
    [("vendor/x/y.py", True), ("vendor", True), ("vendored/x.py", False), ("web/a.spec.ts", True), ("web/a.ts", False)],
)
def test_files_that_nobody_looks_into(file: str, *, skipped: bool) -> None:
    assert Listing(MANIFEST).skips(file) is skipped
