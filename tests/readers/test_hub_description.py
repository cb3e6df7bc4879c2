"""Descriptions of repositories in shapes that were seen, and in shapes that may come."""

import json
from typing import Any

import pytest

from license_audit.model.repository import Repository
from license_audit.readers.hub_description import repository

SHA = "a" * 40
DIGEST = "cd" * 32


def described(**data: Any) -> Repository:
    found = repository("asked/x", None, json.dumps({"id": "a/x", "sha": SHA, **data}).encode())
    assert isinstance(found, Repository), found
    return found


def test_nothing_said_is_nothing_known() -> None:
    assert described() == Repository(id="a/x", asked="asked/x", commit=SHA)


@pytest.mark.parametrize(
    ("listed", "base"),
    [
        (None, ()),
        (["b/one", "b/two"], (("b/one", None), ("b/two", None))),
        ({"relation": "merge", "models": [{"id": "b/one"}, {"id": "b/two"}]}, (("b/one", "merge"), ("b/two", "merge"))),
        ([{"id": "b/one", "relation": "adapter"}], (("b/one", "adapter"),)),
        ({"models": ["b/one"], "relation": "new-word"}, (("b/one", "new-word"),)),
        ({"models": [{"id": 7}, 3, None], "relation": 1}, ()),
        ("b/one", (("b/one", None),)),
        (12, ()),
    ],
)
def test_parents_in_every_shape(listed: Any, base: tuple[tuple[str, str | None], ...]) -> None:
    assert described(baseModels=listed).base == base


def test_tags_complete_the_parents() -> None:
    tags = ["base_model:b/one", "base_model:quantized:b/one", "base_model:", "base_model:b/two", "base_models:b/no"]
    assert described(tags=tags).base == (("b/one", "quantized"), ("b/two", None))
    merged = described(tags=tags, baseModels={"relation": "merge", "models": [{"id": "b/one"}]})
    assert merged.base == (("b/one", "merge"), ("b/two", None))


@pytest.mark.parametrize(
    ("card", "licenses"),
    [
        ({"license": "mit"}, ("mit",)),
        ({"license": ["mit", "apache-2.0"]}, ("mit", "apache-2.0")),
        ({"license": False}, ("false",)),
        ({"license": 1.0}, ("1.0",)),
        ({"license": {"name": "mit"}}, ('{"name": "mit"}',)),
        ({"license": None}, ()),
        ({}, ()),
        ("text", None),
        (None, None),
    ],
)
def test_licenses_in_every_shape(card: Any, licenses: tuple[str, ...] | None) -> None:
    assert described(cardData=card).licenses == licenses


def test_cards_that_the_library_stumbles_over() -> None:
    card = {"self": 1, "license": "mit", "eval_results": "hello", "model-index": 3, "ignore_metadata_errors": 0}
    found = described(cardData=card, createdAt="yesterday", siblings=[{"rfilename": "LICENSE"}], evalResults=7)
    assert (found.licenses, found.files) == (("mit",), ("LICENSE",))


def test_name_and_link_of_the_license() -> None:
    found = described(cardData={"license_name": 2, "license_link": "https://example.org/terms"})
    assert (found.license_name, found.license_link) == ("2", "https://example.org/terms")


def test_data_sets_of_card_and_tags_count_once() -> None:
    found = described(cardData={"datasets": "d/one"}, tags=["dataset:d/one", "dataset:d/two", 5])
    assert found.datasets == ("d/one", "d/two")
    assert found.tags == ("dataset:d/one", "dataset:d/two", "5")


@pytest.mark.parametrize(
    ("gated", "gate"),
    [(False, "none"), ("auto", "auto"), ("manual", "manual"), (True, "manual"), ("strict", "manual"), (None, None)],
)
def test_gates(gated: Any, gate: str | None) -> None:
    assert described(gated=gated).gate == gate


def test_files_and_digests_of_weights() -> None:
    large = {"sha256": DIGEST, "size": 10**9}
    siblings = [
        {"rfilename": "model.safetensors", "lfs": large},
        {"rfilename": "copy.safetensors", "lfs": large},
        {"rfilename": "unknown-size.gguf", "lfs": {"sha256": "ef" * 32}},
        {"rfilename": "training_args.bin", "lfs": {"sha256": "12" * 32, "size": 5000}},
        {"rfilename": "tokenizer.json", "lfs": {"sha256": "34" * 32, "size": 10**7}},
        {"rfilename": "odd.bin", "lfs": {"sha256": "no digest", "size": 10**9}},
        {"rfilename": "odder.bin", "lfs": {"sha256": 5, "size": "large"}},
        {"rfilename": "plain.bin", "lfs": None},
        {"rfilename": 5},
        {},
        "LICENSE",
    ]
    found = described(siblings=siblings)
    assert found.weights == (DIGEST, "ef" * 32)
    assert found.files == tuple(sorted({s["rfilename"] for s in siblings[:8]}))  # type: ignore[index]
    assert described(siblings={"0": "LICENSE"}).files is None


def test_half_a_character_is_replaced() -> None:
    body = rb'{"id": "a/x", "sha": "' + SHA.encode() + rb'", "tags": ["\ud800", "\ud83d\ude00"]}'
    found = repository("a/x", None, body)
    assert isinstance(found, Repository)
    assert found.tags == ("?", "\U0001f600")


def test_a_branch_may_be_any_commit() -> None:
    body = json.dumps({"id": "a/x", "sha": SHA}).encode()
    assert isinstance(repository("a/x", "main", body), Repository)
    assert isinstance(repository("a/x", SHA, body), Repository)
    assert repository("a/x", "b" * 40, body) == "the Hub answers for another commit"


@pytest.mark.parametrize(
    ("sources", "datasets"),
    [
        (["original"], ()),
        (["b/one", "extended|squad", "extended|b/two", "c4", 7], ("b/one", "squad", "b/two")),
        ("extended|other-wikipedia", ("other-wikipedia",)),
        (None, ()),
    ],
)
def test_what_a_data_set_was_made_from(sources: Any, datasets: tuple[str, ...]) -> None:
    assert described(cardData={"source_datasets": sources}).datasets == datasets
