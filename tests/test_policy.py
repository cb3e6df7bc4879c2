"""What an organization denies and allows, and names in a profile that would match nothing."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from license_audit.audit import check_files
from license_audit.engine.binder import Binder
from license_audit.engine.lineage import resolve
from license_audit.engine.own_terms import Moment
from license_audit.model.evidence import Evidence, FoundText, Origin, Parent
from license_audit.model.manifest import ModelEntry
from license_audit.model.profile import Policy
from license_audit.policy import PolicyLists
from license_audit.readers.catalog import PackagedCatalog

MISTRAL = "mistralai/Mistral-7B-v0.1"
HUB = Origin(source="hub", commit="1" * 40)
FOLDER = Origin(source="folder", is_named=False)
Denying = Callable[..., bool]


@pytest.fixture
def denied(catalog: PackagedCatalog) -> Denying:
    """Whether a policy denies a model; the evidence is its name alone unless more is given."""

    def denying(policy: dict[str, dict[str, list[str]]], evidence: Evidence | None = None, **entry: Any) -> bool:
        line = ModelEntry(use=("u",), **entry)
        known = evidence or Evidence(model=line.name, provider=line.provider or "")
        resolved = resolve(known, Binder(catalog), Moment(date(2026, 11, 26), None))
        lists = PolicyLists(Policy.model_validate(policy), catalog)
        first, second = (lists.denials(line, known, resolved) for _ in range(2))
        assert first == second
        return bool(first)

    return denying


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ({"licenses": ["apache-2.0"]}, True),
        ({"licenses": ["Apache-2.0"]}, True),
        ({"licenses": [" APACHE 2.0"]}, True),
        ({"licenses": ["Apache License, Version 2.0"]}, True),
        ({"licenses": ["mit"]}, False),
        ({"openness": ["open"]}, True),
        ({"openness": ["community", "api"]}, False),
        ({"publishers": ["Mistral AI"]}, True),
        ({"publishers": ["mistral ai"]}, True),
        ({"publishers": ["MistralAI"]}, True),
        ({"publishers": ["Meta"]}, False),
        ({"models": [MISTRAL.upper()]}, True),
        ({"models": ["mistralai/Mistral-7B"]}, False),
        ({}, False),
    ],
)
def test_what_is_denied_by_any_spelling(denied: Denying, listed: dict[str, list[str]], *, expected: bool) -> None:
    assert denied({"deny": listed}, id=MISTRAL) is expected
    if listed:
        assert denied({"allow": listed}, id=MISTRAL) is not expected


RENAMED = Evidence(model="old/name", renamed=MISTRAL, declared=("apache-2.0",), origin=HUB)
CHILD = Evidence(
    model="lab/child",
    declared=("apache-2.0",),
    origin=HUB,
    parents=(Parent(evidence=RENAMED, relation="fine-tune", basis="declared"),),
)


@pytest.mark.parametrize("evidence", [RENAMED, CHILD])
@pytest.mark.parametrize("listed", [{"models": [MISTRAL]}, {"models": ["Old/Name"]}, {"publishers": ["Mistral AI"]}])
def test_a_model_that_was_renamed_is_denied_by_both_names(
    denied: Denying, evidence: Evidence, listed: dict[str, list[str]]
) -> None:
    assert denied({"deny": listed}, evidence, id=evidence.model)


def test_a_model_that_was_renamed_is_allowed_by_both_names(denied: Denying) -> None:
    for name in (MISTRAL, "old/name"):
        assert not denied({"allow": {"models": [name]}}, RENAMED, id="old/name")
    assert not denied({"allow": {"publishers": ["mistralai"]}}, RENAMED, id="old/name")


def test_what_is_allowed_is_allowed_for_the_model_and_not_for_its_ancestors(denied: Denying) -> None:
    assert denied({"allow": {"models": [MISTRAL]}}, CHILD, id="lab/child")
    assert denied({"allow": {"publishers": ["Mistral AI"]}}, CHILD, id="lab/child")


@pytest.mark.parametrize("written", ["models/own", "./models/own", "models/own/", "Models/../models/Own"])
@pytest.mark.parametrize("listed", ["models/own", "./models/own/", "MODELS/own"])
def test_a_folder_by_any_spelling_of_its_path(denied: Denying, written: str, listed: str) -> None:
    evidence = Evidence(model=written, declared=("mit",), origin=FOLDER)
    assert denied({"deny": {"models": [listed]}}, evidence, path=written)
    assert not denied({"allow": {"models": [listed]}}, evidence, path=written)


def test_a_folder_with_an_id_is_denied_by_its_path_too(denied: Denying) -> None:
    evidence = Evidence(model=MISTRAL, declared=("apache-2.0",), origin=Origin(source="folder", is_named=True))
    for name in ("models/own", MISTRAL):
        assert denied({"deny": {"models": [name]}}, evidence, path="./models/own", id=MISTRAL)
        assert not denied({"allow": {"models": [name]}}, evidence, path="./models/own", id=MISTRAL)


def test_the_path_of_a_folder_that_looks_like_a_model_is_allowed_by_nothing(denied: Denying) -> None:
    evidence = Evidence(model=MISTRAL, declared=("mit",), origin=FOLDER)
    for allowed in ({"models": [MISTRAL]}, {"publishers": ["Mistral AI"]}):
        assert denied({"allow": allowed}, evidence, path=MISTRAL)


@pytest.mark.parametrize(
    ("entry", "listed", "expected"),
    [
        ({"provider": "openai", "id": "gpt-4"}, {"publishers": ["OpenAI"]}, True),
        ({"provider": "openai", "id": "gpt-4"}, {"publishers": ["open ai"]}, True),
        ({"provider": "openai", "id": "gpt-4"}, {"models": ["gpt-4"]}, True),
        ({"provider": "openai", "id": "gpt-4"}, {"models": ["OpenAI:GPT-4"]}, True),
        ({"provider": "openai", "id": "gpt-4"}, {"publishers": ["Anthropic"]}, False),
        ({"provider": "azure", "id": "gpt-4"}, {"publishers": ["Azure OpenAI"]}, True),
        ({"provider": "together", "id": "meta-llama/Llama-2-7b-hf"}, {"publishers": ["Meta"]}, True),
        ({"provider": "together", "id": "meta-llama/Llama-2-7b-hf"}, {"publishers": ["Together AI"]}, True),
        ({"provider": "nobody", "id": "x"}, {"publishers": ["OpenAI"]}, False),
        ({"id": "openai/whisper-large-v3"}, {"publishers": ["OpenAI"]}, True),
        ({"id": "a/b"}, {"publishers": ["OpenAI"]}, False),
    ],
)
def test_a_hosted_model_is_denied_by_publisher_and_provider(
    denied: Denying, entry: dict[str, str], listed: dict[str, list[str]], *, expected: bool
) -> None:
    assert denied({"deny": listed}, **entry) is expected


@pytest.mark.parametrize(
    ("entry", "listed", "passes"),
    [
        ({"provider": "openai", "id": "gpt-4"}, {"publishers": ["OpenAI"]}, True),
        ({"provider": "openai", "id": "gpt-4"}, {"models": ["openai:gpt-4"]}, True),
        ({"provider": "openai", "id": "gpt-4"}, {"openness": ["api"]}, True),
        # what a provider offers of others is not its own, and weights of that name are something else
        ({"provider": "huggingface", "id": "somebody-elses"}, {"publishers": ["Hugging Face"]}, False),
        ({"provider": "together", "id": "meta-llama/Llama-2-7b-hf"}, {"publishers": ["Meta"]}, True),
        ({"provider": "together", "id": MISTRAL}, {"models": [MISTRAL]}, False),
        ({"provider": "nobody", "id": "x"}, {"publishers": ["OpenAI"]}, False),
        ({"id": "a/b"}, {"openness": ["open", "permissive", "community"]}, False),
    ],
)
def test_a_hosted_model_is_allowed_by_what_is_certainly_its_own(
    denied: Denying, entry: dict[str, str], listed: dict[str, list[str]], *, passes: bool
) -> None:
    assert denied({"allow": listed}, **entry) is not passes


def test_a_license_of_unknown_openness_is_not_allowed_beside_an_open_one(denied: Denying) -> None:
    texts = tuple(FoundText(file=key, key=key, status="unaltered") for key in ("apache-2.0", "HPND"))
    assert denied({"allow": {"openness": ["open"]}}, Evidence(model="a/b", texts=texts, origin=HUB), id="a/b")


PROFILE = "schema: 1\nuses: {a: {derivative: {license: own-terms}}}\npolicy:\n"


@pytest.mark.parametrize(
    ("policy", "told"),
    [
        ("deny: {licenses: [MIT, Apache-2.0, LicenseRef-scancode-llama-2-license-2023]}", None),
        ("deny: {publishers: [meta, mistralai, OpenAI, azure, Together AI]}", None),
        ("deny: {models: [gpt2, a/b, ./models/x, 'my models/x', 'openai:gpt-4', 'cloudflare:@cf/x/y']}", None),
        ("allow: {models: [meta-llama/Llama-2-7b-hf]}", None),
        ("deny: {licenses: [mit, apache-2]}", None),
        (
            "deny: {licenses: [mit, apache-2.00]}",
            "4:26: nobody knows a license 'apache-2.00'; did you mean apache-2.0?",
        ),
        ("allow: {licenses: [qqqqqqqqqq]}", "4:22: nobody knows a license 'qqqqqqqqqq'"),
        ("deny: {licenses: [Apache-2.0 OR MIT]}", "4:21: nobody knows a license 'Apache-2.0 OR MIT'"),
        (
            "deny: {licenses: [llama-2-aup]}",
            "4:21: 'llama-2-aup' is a use policy, and no model comes under one alone; ",
        ),
        ("deny: {licenses: [openrail]}", "4:21: 'openrail' can mean "),
        ("allow: {publishers: [Meta, Mata AI]}", "4:30: nobody knows a publisher 'Mata AI'"),
        ("deny: {publishers: [Mistral Al]}", "4:23: nobody knows a publisher 'Mistral Al'; did you mean Mistral AI?"),
        ("deny: {models: ['meta-llama/*']}", "4:19: 'meta-llama/*' is no model; expected a Hub id such as org/name, "),
        ("deny: {models: ['https://huggingface.co/a/b']}", "4:19: 'https://huggingface.co/a/b' is no model; "),
        ("deny: {models: [a/b@main]}", "4:19: 'a/b@main' is no model; "),
        (
            "deny: {models: [meta-llama/Llama_2_7b_hf]}",
            "4:19: nobody knows a model 'meta-llama/Llama_2_7b_hf'; did you mean meta-llama/Llama-2-7b-hf?",
        ),
        ("deny: {openness: [opn]}", "4:21: policy.deny.openness.0: Input should be 'open', 'permissive', "),
    ],
)
def test_a_name_that_nobody_knows_is_a_mistake(
    catalog: PackagedCatalog, tmp_path: Path, policy: str, told: str | None
) -> None:
    path = tmp_path / "profile.yaml"
    path.write_text(f"{PROFILE}  {policy}\n", encoding="utf-8")
    found = [str(problem).removeprefix(f"{path}:") for problem in check_files(None, path, catalog)]
    if told is None:
        assert found == []
    else:
        assert len(found) == 1
        assert found[0].startswith(told)
