"""The fifteen ways in which real cards mislead a reader, each with short cards of our own."""

import pytest

from license_audit.model.card import NamedParent
from license_audit.readers.card import UNREADABLE, decode_card, read_card

HUB = "https://huggingface.co"


def names(text: str, own: str = "") -> list[str]:
    """Names of the parents that only the prose names."""
    return [parent.name for parent in read_card(text, "c", own).stated_base]


def test_trap_1_a_permissive_tag_on_a_restricted_parent() -> None:
    card = read_card("---\nlicense: apache-2.0\n---\n- **Finetuned from model :** acme/gemma-2b-4bit\n", "c")
    assert card.licenses == ("apache-2.0",)
    assert card.stated_base == (NamedParent("acme/gemma-2b-4bit", "fine-tune", 4),)


@pytest.mark.parametrize("key", ["licence", "licenses", "liscence", "-license"])
def test_trap_2_a_wrong_key_is_neither_read_nor_passed_over(key: str) -> None:
    card = read_card(f"---\n{key}: cc-by-nc-4.0\n---\n", "c")
    assert (card.licenses, card.misnamed, len(card.remarks)) == ((), ("cc-by-nc-4.0",), 1)


def test_trap_2_a_placeholder_under_a_wrong_key() -> None:
    card = read_card("---\nlicence: license\n---\n", "c")
    assert (card.licenses, card.misnamed, len(card.remarks)) == ((), (), 1)


@pytest.mark.parametrize("rest", ["", "license_name: license", "license_name: other", "license_link: LICENSE"])
def test_trap_3_other_with_nothing_behind_it(rest: str) -> None:
    card = read_card(f"---\nlicense: other\n{rest}\n---\n", "c")
    assert (card.licenses, card.remarks) == (("other",), ())
    assert card.license_link == ("LICENSE" if "link" in rest else None)


@pytest.mark.parametrize("name", ["MIT", "apache-2", "BSD-3", "Otter Free License v3.0"])
def test_trap_4_names_are_kept_as_written(name: str) -> None:
    assert read_card(f"---\nlicense: {name}\n---\n", "c").licenses == (name,)
    assert read_card(f"---\nlicense: other\nlicense_name: {name}\n---\n", "c").licenses == (name,)


def test_trap_5_unknown_in_the_tag_and_terms_in_the_prose() -> None:
    card = read_card("---\nlicense: ???\n---\nLicense: CC BY-NC 4.0\n", "c")
    assert card.licenses == ("???",)
    assert [said.license for said in card.stated] == ["CC BY-NC 4.0"]


def test_trap_6_tag_and_prose_are_kept_apart() -> None:
    card = read_card("---\nlicense: gemma\n---\n- License: Apache-2.0\n", "c")
    assert (card.licenses, [said.license for said in card.stated]) == (("gemma",), ["Apache-2.0"])
    card = read_card("---\nlicense: apache-2.0\n---\n本模型禁止商用。\n", "c")
    assert [said.kind for said in card.stated] == ["non-commercial"]


def test_trap_6_a_card_inside_a_card_speaks_of_its_own_model() -> None:
    text = (
        f"Original model: [Otter]({HUB}/acme/otter-7b)\n\n# Original model card: Otter\n\n"
        f"Otter is a fine-tuned version of [Beaver]({HUB}/acme/beaver-7b).\n\n## License\n\nOtter License\n"
    )
    assert names(text) == ["acme/otter-7b"]
    assert [(said.kind, said.license) for said in read_card(text, "c").stated] == [("upstream-terms", "Otter License")]


def test_trap_7_a_list_stays_a_list() -> None:
    assert read_card("---\nlicense: [mit, openrail]\n---\n", "c").licenses == ("mit", "openrail")


def test_trap_8_parents_in_prose_title_table_tag_or_another_key() -> None:
    assert names("# LoRA for acme/otter-7b\n") == ["acme/otter-7b"]
    assert names("| Base model | acme/otter-7b |\n") == ["acme/otter-7b"]
    assert read_card("---\ntags: ['base_model:acme/otter-7b']\n---\n", "c").base[0].name == "acme/otter-7b"
    assert read_card(f"---\nmodel_link: {HUB}/acme/otter-7b\n---\n", "c").base[0].name == "acme/otter-7b"


def test_trap_8_the_same_parent_many_times_is_one() -> None:
    block = "```yaml\nslices:\n" + "- sources:\n  - model: acme/otter-7b\n" * 7 + "merge_method: passthrough\n```\n"
    assert read_card(block, "c").stated_base == (NamedParent("acme/otter-7b", "merge", 4),)


def test_trap_8_a_list_of_sizes_is_no_merge() -> None:
    assert names(f"## Otter family\n- [7B]({HUB}/acme/otter-7b)\n- [13B]({HUB}/acme/otter-13b)\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "[link](https://acme.example)\n---\nlicense: mit\n---\n",
        "license: mit\ntags: [x]\n\n# Title\n",
        "---\nlicense: mit\n\n# Title\n",
        "---\nlicense:\tmit\n---\n",
        "---\n- license: mit\n---\n",
        "---\nlicense: {{ license }}\n---\n",
    ],
)
def test_trap_9_front_matter_that_is_nearly_front_matter(text: str) -> None:
    card = read_card(text, "c")
    if "\tmit" not in text:
        assert (card.licenses, card.base) == ((UNREADABLE,), (NamedParent(UNREADABLE, None, 1),))
        assert len(card.remarks) >= 1
    else:
        assert card.licenses in (("mit",), (UNREADABLE,))


def test_trap_9_what_only_looks_odd() -> None:
    text, remarks = decode_card(
        "\r\r\n---\r\r\nlicense: mit\r\r\ndatasets: [null]\r\r\n---\r\r\n".encode("utf-16"), "c"
    )
    card = read_card(text, "c")
    assert card.licenses == ("mit",)
    assert remarks + card.remarks == ("c:1:1: is UTF-16; the Hub reads UTF-8", "c:4:12: datasets holds an empty entry")


@pytest.mark.parametrize(
    "prose",
    [
        "It finds unauthorized or unlicensed practice of any profession.",
        "Regulated or controlled substances",
        "```bibtex\n@misc{a, license = {MIT License}}\n```",
        "It was not released under the MIT License.",
        f"- [Otter chat]({HUB}/acme/otter-chat): made for chat.\n  - License: CC-BY-NC-4.0",
    ],
)
def test_trap_10_license_words_about_something_else(prose: str) -> None:
    assert read_card(prose, "c").stated == ()


def test_trap_10_code_and_data_have_licenses_of_their_own() -> None:
    text = "The code is under the MIT License.\n\nThe dataset is under the CC BY 4.0 license.\n\n"
    text += "The weights are under the Otter License.\n"
    assert [said.about for said in read_card(text, "c").stated] == ["code", "data", "model"]


@pytest.mark.parametrize(
    "thing",
    [
        "image/png",
        "acme/otter-dataset",
        "src/train.py",
        "docker.io/acme/otter-7b",
        "https://github.com/acme/otter-7b",
        f"{HUB}/datasets/acme/otter-7b",
        f"{HUB}/spaces/acme/otter-7b",
        f"{HUB}/acme",
        f"{HUB}/acme/otter-7b/blob/main/train.py",
        "https://wandb.ai/acme/otter-7b",
        "https://arxiv.org/abs/2101.00001",
        "data/otter-7b",
        "and/or",
        "2023/11",
    ],
)
def test_trap_11_things_of_that_shape_that_are_no_models(thing: str) -> None:
    assert names(f"This model is a fine-tuned version of {thing}.") == []


@pytest.mark.parametrize(
    "name",
    [
        "hf.co/acme/otter-7b:Q4_K_M",
        "https://hf.co/acme/otter-7b",
        "https://www.huggingface.co/acme/otter-7b/tree/main",
        "huggingface://acme/otter-7b/model.gguf",
        "https://huggingface.co/acme/otter-7b?x=y#z",
    ],
)
def test_trap_12_the_address_and_the_quantization_are_no_part_of_the_name(name: str) -> None:
    assert names(f"Base model: {name}") == ["acme/otter-7b"]


@pytest.mark.parametrize(
    "name", ["models/otter-7b", "./otter-7b.gguf", "/mnt/otter-7b", "https://modelscope.cn/models/acme/otter-7b"]
)
def test_trap_12_local_paths_and_other_hubs(name: str) -> None:
    assert names(f"Base model: {name}") == []


def test_trap_13_a_hosted_name_is_no_parent() -> None:
    assert names("The data was judged by gpt-4 and groq/otter-7b.") == []


def test_trap_14_ids_in_code_blocks() -> None:
    block = '```yaml\nmerge_method: slerp\nbase_model: "acme/otter-7b"\nmodels:\n  - {model: acme/beaver-7b}\n```\n'
    assert names(block) == ["acme/otter-7b", "acme/beaver-7b"]
    assert names("```python\nmodel = AutoModel.from_pretrained('acme/otter-7b')\n```\n") == []


def test_trap_15_prose_that_disagrees_with_front_matter_stays_visible() -> None:
    card = read_card(
        "---\nbase_model: acme/otter-7b\n---\nA fine-tune of acme/Beaver-7b and not a copy of acme/OTTER-7b.\n", "c"
    )
    assert ([parent.name for parent in card.base], names("")) == (["acme/otter-7b"], [])
    assert [parent.name for parent in card.stated_base] == ["acme/Beaver-7b"]


def test_trap_15_capitals_do_not_make_two_parents() -> None:
    card = read_card("---\nbase_model: acme/Otter-8x7B\n---\nA fine-tune of acme/otter-8X7b.\n", "c")
    assert card.stated_base == ()
