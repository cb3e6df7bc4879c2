"""From the files of one model to evidence."""

from typing import Any

import pytest

from license_audit.model.evidence import Evidence, Origin
from license_audit.model.repository import Repository
from license_audit.readers.assembly import Files, Folder, assemble, is_terms, is_wanted
from license_audit.readers.card import UNREADABLE
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.weights import WeightsHeader

HUB = Origin(source="hub", commit="1" * 40)
FOLDER = Origin(source="folder")


def put(catalog: PackagedCatalog, contents: dict[str, str | bytes] | None = None, **keys: Any) -> Folder:
    """Evidence from files of a model called `m`."""
    raw = {name: text if isinstance(text, bytes) else text.encode() for name, text in (contents or {}).items()}
    listing = tuple(raw) if "listing" not in keys else keys.pop("listing")
    return assemble(
        Files(**{"model": "m", "shown": "m", "contents": raw, "listing": listing, "origin": FOLDER, **keys}), catalog
    )


def repository(**keys: Any) -> Repository:
    """What a hub tells of a model."""
    return Repository(**{"id": "m", "asked": "m", "commit": "1" * 40, **keys})


def edges(evidence: Evidence) -> list[tuple[str, str, str, bool]]:
    """Parents with relation, basis, and whether they are contested."""
    return [(one.evidence.model, one.relation, one.basis, one.contested) for one in evidence.parents]


def card(front: str = "", body: str = "") -> str:
    """A card of our own writing."""
    return f"---\n{front}\n---\n{body}\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("LICENSE", True),
        ("LICENSE.txt", True),
        ("license-code.md", True),
        ("MODEL_LICENCE", True),
        ("COPYING", True),
        ("UNLICENSE", True),
        ("USE_POLICY.md", True),
        ("POLICY", True),
        ("acceptable_use_policy.txt", True),
        ("PRIVACY_POLICY.md", False),
        ("security-policy.md", False),
        ("TERMS.md", True),
        ("EULA.pdf", True),
        ("LICENSES/anything.txt", True),
        ("text_encoder/LICENSE", True),
        ("UsePolicy.md", True),
        ("USEPOLICY", True),
        ("LICENSEv2.txt", True),
        ("ModelLicense.txt", True),
        ("MODEL_TERMS.md", True),
        ("AUP.md", True),
        ("Agreement.pdf", True),
        ("LICENSE.json", True),
        ("license_map.json", False),
        ("policy.py", False),
        ("licensed.txt", False),
        ("licensing.md", False),
        ("license_check.py", False),
        ("determs.md", False),
        ("README.md", False),
    ],
)
def test_files_that_are_there_for_terms(name: str, *, expected: bool) -> None:
    assert is_terms(name) is expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("README.md", True),
        ("NOTICE", True),
        ("LICENSE", True),
        ("config.json", True),
        ("adapter_config.json", True),
        ("model_index.json", True),
        ("mergekit_config.yml", True),
        ("model.safetensors", False),
        ("tokenizer.json", False),
        ("docs/README.md", False),
    ],
)
def test_files_that_are_read(name: str, *, expected: bool) -> None:
    assert is_wanted(name) is expected


def test_nothing_at_all(catalog: PackagedCatalog) -> None:
    assert put(catalog) == (Evidence(model="m", notice_file=False, origin=FOLDER), {})


def test_card_text_and_notice(catalog: PackagedCatalog) -> None:
    readme = card("license: mit")
    found = put(catalog, {"README.md": readme, "LICENSE": "Mine.", "NOTICE": "N", "config.json": "{}"})
    evidence = found.evidence
    assert (evidence.declared, evidence.notice_file, evidence.data_disclosed) == (("mit",), True, False)
    assert found.texts == {"m/LICENSE": "Mine.", "m/README.md": readme}
    assert evidence.sources == ("m/LICENSE", "m/NOTICE", "m/README.md", "m/config.json")
    assert len(evidence.digests) == 1


@pytest.mark.parametrize(
    ("raw", "text", "remarks"),
    [
        (b"Gr\xfcn\n", "Gr�n\n", ("m/LICENSE:1:3: is not UTF-8; what cannot be read counts as no letter",)),
        (b"ab\ncd\xff", "ab\ncd�", ("m/LICENSE:2:3: is not UTF-8; what cannot be read counts as no letter",)),
        ("Grün".encode("utf-16"), "Grün", ()),
        (b"\xef\xbb\xbfok", "ok", ()),
        (b"a\0b", "", ("m/LICENSE:1:1: is binary and is not read",)),
    ],
)
def test_texts_in_other_encodings(catalog: PackagedCatalog, raw: bytes, text: str, remarks: tuple[str, ...]) -> None:
    found = put(catalog, {"LICENSE": raw})
    assert found.texts == {"m/LICENSE": text}
    assert found.evidence.remarks == remarks


def test_a_document_is_a_text_that_nobody_read(catalog: PackagedCatalog) -> None:
    assert put(catalog, {"LICENSE.pdf": b"%PDF"}).texts == {"m/LICENSE.pdf": ""}


def test_a_card_that_is_not_utf_8(catalog: PackagedCatalog) -> None:
    evidence = put(catalog, {"README.md": card("license: mit").encode("utf-16")}).evidence
    assert evidence.declared == ("mit",)
    evidence = put(catalog, {"README.md": b"---\nlicense: mit\n---\nGr\xfcn\n"}).evidence
    assert evidence.declared == ("mit",)
    assert evidence.remarks[0].startswith("m/README.md:4:3")


@pytest.mark.parametrize(
    ("keys", "declared"),
    [
        ({"repository": repository(licenses=("mit",))}, ("mit",)),
        ({"repository": repository(licenses=("other",), license_name="acme")}, ("acme",)),
        ({"repository": repository(licenses=("other",))}, ("other",)),
        ({"repository": repository(licenses=())}, ()),
        ({"repository": repository(licenses=None)}, ()),
        ({"repository": repository(licenses=None), "listing": None}, None),
        ({"repository": repository(licenses=None), "refused": {"README.md": "too long"}}, None),
        ({"headers": (WeightsHeader("m/x.gguf", license=("mit",)),)}, ("mit",)),
        ({"headers": (WeightsHeader("m/x.gguf", license=("other",), license_name="acme"),)}, ("acme", "other")),
        ({"origin": FOLDER}, None),
    ],
)
def test_what_is_declared_without_a_card(
    catalog: PackagedCatalog, keys: dict[str, Any], declared: tuple[str, ...] | None
) -> None:
    """Of a repository that was listed and has no card, it is known that it declares nothing; of a folder it is not."""
    assert put(catalog, **{"origin": HUB, **keys}).evidence.declared == declared


@pytest.mark.parametrize(
    ("front", "header", "declared"),
    [
        ("tags: [x]", "mit", ("mit",)),
        ("license: apache-2.0", "Apache-2.0", ("apache-2.0",)),
        ("license: apache-2.0", "other", ("apache-2.0",)),
        ("license: apache-2.0", "whatever", ("apache-2.0",)),
        # two that say otherwise are both named, and nobody knows which holds
        ("license: apache-2.0", "cc-by-nc-4.0", ("apache-2.0", "cc-by-nc-4.0")),
    ],
)
def test_card_and_weights(catalog: PackagedCatalog, front: str, header: str, declared: tuple[str, ...]) -> None:
    headers = (WeightsHeader("m/x.gguf", license=(header,)),)
    assert put(catalog, {"README.md": card(front)}, headers=headers).evidence.declared == declared


def test_of_two_cards_the_hubs_is_read(catalog: PackagedCatalog) -> None:
    files: dict[str, str | bytes] = {"Readme.md": card("license: mit"), "README.md": card("license: apache-2.0")}
    assert put(catalog, files).evidence.declared == ("apache-2.0",)


def test_a_hub_that_lists_no_files_is_told(catalog: PackagedCatalog) -> None:
    evidence = put(
        catalog, {"README.md": card("license: mit")}, listing=None, origin=HUB, repository=repository()
    ).evidence
    assert evidence.remarks == ("m: nobody listed its files; there may be license texts that nobody looked at",)


@pytest.mark.parametrize(
    ("front", "declared"),
    [
        ("licence: mit", ()),
        ("license: apache-2.0\nlicence: cc-by-nc-4.0", ("apache-2.0", "cc-by-nc-4.0")),
        ("license: mit\nlicence: mit", ("mit",)),
        ("license: mit\nlicence: license", ("mit",)),
    ],
)
def test_a_license_under_a_wrong_key(catalog: PackagedCatalog, front: str, declared: tuple[str, ...]) -> None:
    evidence = put(catalog, {"README.md": card(front)}).evidence
    assert evidence.declared == declared
    assert any("the key 'licence' is not read as the license" in remark for remark in evidence.remarks)


def test_terms_that_could_not_be_read(catalog: PackagedCatalog) -> None:
    """Unknown ones, except behind a gate and in a cache, where nobody could look."""
    refused = {"LICENSE": "is too long", "config.json": "is too long"}
    found = put(catalog, refused=refused, listing=tuple(refused), origin=HUB, repository=repository(gate="none"))
    assert found.texts == {"m/LICENSE": ""}
    assert found.evidence.remarks == ("m/LICENSE: is too long", "m/config.json: is too long")
    gated = put(catalog, refused=refused, listing=tuple(refused), origin=HUB, repository=repository(gate="manual"))
    assert gated.texts == {}
    assert (gated.evidence.gate, gated.evidence.unread) == ("manual", ("LICENSE", "config.json"))
    cached = put(
        catalog, refused=refused, listing=tuple(refused), origin=Origin(source="cache"), repository=repository()
    )
    assert cached.texts == {}


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"listing": ("NOTICE.txt",)}, True),
        ({"listing": ("x",)}, False),
        ({"listing": None}, None),
        ({"refused": {"NOTICE": "no"}}, True),
    ],
)
def test_the_notice_file(catalog: PackagedCatalog, keys: dict[str, Any], *, expected: bool | None) -> None:
    assert put(catalog, **keys).evidence.notice_file is expected


def test_terms_in_a_notice_file(catalog: PackagedCatalog) -> None:
    notice = "Copyright 2024 Example Lab\n\nYou may not use this model for commercial purposes.\n"
    (said,) = put(catalog, {"README.md": card("license: mit"), "NOTICE": notice}).evidence.stated
    assert (said.kind, said.line, said.file) == ("non-commercial", 3, "NOTICE")


def test_terms_in_the_prompt_of_a_gate(catalog: PackagedCatalog) -> None:
    front = "license: mit\nextra_gated_prompt: You agree to use the model for non-commercial purposes only, under MIT."
    (said,) = put(catalog, {"README.md": card(front)}).evidence.stated
    assert (said.kind, said.file) == ("non-commercial", "the gate's prompt")


def test_a_license_named_in_the_prompt_of_a_gate_is_not_the_models(catalog: PackagedCatalog) -> None:
    front = "license: mit\nextra_gated_prompt: This model is licensed under the Apache License 2.0."
    assert put(catalog, {"README.md": card(front)}).evidence.stated == ()


def test_training_data(catalog: PackagedCatalog) -> None:
    header = WeightsHeader("m/x.gguf", datasets=("d/four",))
    evidence = put(
        catalog,
        {"README.md": card("datasets: [d/one]"), "axolotl.yml": "base_model: a/b\ndatasets: [{path: d/two}]\n"},
        repository=repository(datasets=("D/One", "d/three")),
        headers=(header,),
    ).evidence
    assert [source.name for source in evidence.data] == ["d/one", "d/two", "d/three", "d/four"]
    assert evidence.data_disclosed is True


ADAPTER = '{"base_model_name_or_path": "%s"}'
LOADED = '{"_name_or_path": "%s"}'
LLAMA = "meta-llama/Llama-2-7b-hf"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        # front matter declares; configuration that agrees adds nothing
        ({"README.md": card("base_model: a/b\nbase_model_relation: merge")}, [("a/b", "merge", "declared", False)]),
        (
            {"README.md": card("base_model: a/b"), "adapter_config.json": ADAPTER % "a/b"},
            [("a/b", "fine-tune", "declared", False)],
        ),
        # the same name elsewhere is no evidence of a copy
        (
            {"README.md": card("base_model: a/b"), "adapter_config.json": ADAPTER % "copy/B"},
            [("a/b", "fine-tune", "declared", True), ("copy/B", "adapter", "declared", True)],
        ),
        # a card cannot make a student of what its adapter loads
        (
            {
                "README.md": card("base_model: a/b\nbase_model_relation: distill"),
                "adapter_config.json": ADAPTER % "a/b",
            },
            [("a/b", "adapter", "declared", True)],
        ),
        (
            {"README.md": card("base_model: a/b"), "adapter_config.json": ADAPTER % "./local"},
            [("a/b", "fine-tune", "declared", False)],
        ),
        # two declarations that differ are both kept, and contested
        (
            {"README.md": card("base_model: a/b"), "adapter_config.json": ADAPTER % "c/d"},
            [("a/b", "fine-tune", "declared", True), ("c/d", "adapter", "declared", True)],
        ),
        ({"adapter_config.json": ADAPTER % "c/d"}, [("c/d", "adapter", "declared", False)]),
        # a merge recipe that names more than the card completes it
        (
            {
                "README.md": card("base_model: a/b"),
                "mergekit_config.yml": "models: [{model: a/b}, {model: c/d}]\nmerge_method: linear\n",
            },
            [("a/b", "fine-tune", "declared", False), ("c/d", "merge", "declared", False)],
        ),
        # other configuration hints, where nothing is declared or a known model is hidden
        ({"config.json": LOADED % "e/f"}, [("e/f", "fine-tune", "inferred", False)]),
        (
            {"README.md": card("base_model: a/b"), "config.json": LOADED % "e/f"},
            [("a/b", "fine-tune", "declared", False)],
        ),
        (
            {"README.md": card("base_model: a/b"), "config.json": LOADED % LLAMA},
            [("a/b", "fine-tune", "declared", False), (LLAMA, "fine-tune", "inferred", True)],
        ),
        (
            {"README.md": card("base_model: a/b"), "config.json": '{"text_model_id": "e/f"}'},
            [("a/b", "fine-tune", "declared", False), ("e/f", "component", "inferred", False)],
        ),
        # prose states
        (
            {
                "README.md": card(
                    "tags: [x]", "This model is a fine-tuned version of [c/d](https://huggingface.co/c/d)."
                )
            },
            [("c/d", "fine-tune", "stated", False)],
        ),
        (
            {
                "README.md": card(
                    "base_model: a/b", "This model is a fine-tuned version of [c/d](https://huggingface.co/c/d)."
                )
            },
            [("a/b", "fine-tune", "declared", False), ("c/d", "fine-tune", "stated", True)],
        ),
        (
            {"README.md": card("base_model: a/b", "Fine-tuned from [A/B](https://huggingface.co/A/B).")},
            [("a/b", "fine-tune", "declared", False)],
        ),
        (
            {
                "README.md": card(
                    "tags: [x]", "This model is a fine-tuned version of [c/d](https://huggingface.co/c/d)."
                ),
                "adapter_config.json": ADAPTER % "c/d",
            },
            [("c/d", "adapter", "declared", False)],
        ),
        # a folder may be called anything, so this is no model that names itself
        ({"README.md": card("base_model: M")}, [("M", "fine-tune", "declared", False)]),
        ({"README.md": card("base_model: ../b")}, [(UNREADABLE, "fine-tune", "declared", False)]),
    ],
)
def test_parents(
    catalog: PackagedCatalog, files: dict[str, str | bytes], expected: list[tuple[str, str, str, bool]]
) -> None:
    assert edges(put(catalog, files).evidence) == expected


def test_a_model_of_a_hub_is_no_parent_of_its_own(catalog: PackagedCatalog) -> None:
    assert put(catalog, {"README.md": card("base_model: M")}, origin=HUB).evidence.parents == ()


def test_a_merged_model_without_a_name_stays_a_parent_that_nobody_knows(catalog: PackagedCatalog) -> None:
    recipe = "merge_method: linear\nmodels: [{model: a/b}, {model: ./secret/model-x}]\n"
    known, unknown = put(
        catalog, {"README.md": card("base_model: a/b"), "mergekit_config.yml": recipe}
    ).evidence.parents
    assert known.evidence.model == "a/b"
    assert unknown.evidence.model.startswith("(")
    whole = put(catalog, {"README.md": card("base_model: [a/b, c/d]"), "mergekit_config.yml": recipe})
    assert [one.evidence.model for one in whole.evidence.parents] == ["a/b", "c/d"]


def test_parents_that_the_hub_lists(catalog: PackagedCatalog) -> None:
    listed = repository(base=(("a/b", "quantized"), ("c/d", None), ("e/f", "strange")))
    assert edges(put(catalog, repository=listed).evidence) == [
        ("a/b", "quantize", "declared", False),
        ("c/d", "fine-tune", "declared", False),
        ("e/f", "fine-tune", "declared", False),
    ]


def test_parents_in_the_headers_of_weights(catalog: PackagedCatalog) -> None:
    header = WeightsHeader("m/x.gguf", base=("a/b",), source=("c/d",), named=("Some Model",))
    evidence = put(catalog, headers=(header,)).evidence
    assert edges(evidence) == [("a/b", "quantize", "declared", False), ("c/d", "quantize", "declared", False)]
    assert evidence.parents[0].where == "m/x.gguf"
    assert evidence.remarks == ("m/x.gguf: names Some Model as its origin, which is no Hub id",)


def test_a_parent_that_weights_name_without_an_id_is_one_that_nobody_knows(catalog: PackagedCatalog) -> None:
    header = WeightsHeader("m/x.gguf", named=("Some Model",))
    evidence = put(catalog, {"README.md": card("license: mit")}, headers=(header,)).evidence
    assert edges(evidence) == [("(Some Model, which is no Hub id)", "quantize", "inferred", False)]


def test_the_place_of_a_parent_is_in_the_file_that_was_read(catalog: PackagedCatalog) -> None:
    evidence = put(catalog, {"readme.MD": card("base_model: a/b")}).evidence
    assert [one.where for one in evidence.parents] == ["m/readme.MD:2"]


def test_where_parents_are_named(catalog: PackagedCatalog) -> None:
    evidence = put(catalog, {"README.md": card("license: mit\nbase_model: ../b")}).evidence
    assert evidence.parents[0].where == "m/README.md:3"
    assert "m/README.md:3: base_model '../b' is no Hub id such as org/name" in evidence.remarks
