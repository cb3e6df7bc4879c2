"""Model cards: their bytes, and what front matter declares."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.model.card import Card, NamedParent
from license_audit.readers.card import UNREADABLE, decode_card, read_card


def front(*lines: str) -> Card:
    """A card whose front matter starts on line 2."""
    return read_card("---\n" + "\n".join(lines) + "\n---\n", "c")


@pytest.mark.parametrize(
    "text",
    [
        "---\nlicense: mit\n---\n",
        "---\nlicense: mit\n---",
        "\n\n---\nlicense: mit\n---\nText.",
        "---\r\nlicense: mit\r\n---\r\nText.",
        "---\r\r\nlicense: mit\r\r\n---\r\r\nText.",
        "---  \nlicense: mit\n---\t\nText.",
        "---\n\nlicense: mit\n\n---\n",
        "\ufeff---\nlicense: mit\n---\n",
        "---\nlicense: [mit]\n---\n",
        "---\nlicense: [mit, mit, '']\n---\n",
        "---\nlicense: [mit, null]\n---\n",
        "---\nlicense: ' mit '\n---\n",
        "---\nlicense: mit\ntags: ['license:mit']\n---\n",
    ],
)
def test_a_license_of_the_front_matter(text: str) -> None:
    card = read_card(text, "README.md")
    assert (card.licenses, card.base, card.remarks) == (("mit",), (), ())


@pytest.mark.parametrize(
    "text", ["", "# A model\n", "---\n---\n", "---\n# nothing\n---\n", "---\nlicense:\n---\n", "a\n---\nb", "---"]
)
def test_a_card_that_says_nothing(text: str) -> None:
    assert read_card(text, "README.md") == Card()


@pytest.mark.parametrize("name", ["license", "other", "Other", "''"])
def test_other_without_a_name_of_its_own(name: str) -> None:
    assert front("license: other", f"license_name: {name}").licenses == ("other",)


def test_a_name_of_its_own_stands_for_other() -> None:
    card = front("license: other", "license_name: otter-1.0", "license_link: ' LICENSE '")
    assert (card.licenses, card.license_name, card.license_link) == (("otter-1.0",), "otter-1.0", "LICENSE")
    assert front("license: [llama2, other]", "license_name: [otter-1.0]").licenses == ("llama2", "otter-1.0")
    assert front("license: mit", "license_name: otter-1.0").licenses == ("mit",)


def test_a_folded_link_is_one_line() -> None:
    assert front("license: other", "license_link: >-", "  https://acme.example/license").license_link == (
        "https://acme.example/license"
    )


@pytest.mark.parametrize(
    "key", ["licence", "licenses", "liscence", "lisence", "-license", "License", "LICENSE", "licences", "license(s)"]
)
def test_a_key_that_is_nearly_the_license(key: str) -> None:
    card = front(f"{key}: mit")
    assert (card.licenses, card.misnamed) == ((), ("mit",))
    assert card.remarks == (
        f"c:2:{len(key) + 3}: the key {key!r} is not read as the license; the Hub's key is license",
    )


def test_the_placeholder_of_a_template_is_no_license() -> None:
    card = front("licence: license")
    assert (card.licenses, card.misnamed, len(card.remarks)) == ((), (), 1)


@pytest.mark.parametrize(
    ("key", "right"),
    [("-license_name", "license_name"), ("licence_link", "license_link"), ("license-name", "license_name")],
)
def test_a_key_that_is_nearly_a_name_or_link(key: str, right: str) -> None:
    card = front("license: other", f"{key}: otter")
    assert (card.licenses, card.license_name, card.license_link) == (("other",), None, None)
    assert card.remarks == (f"c:3:{len(key) + 3}: the key {key!r} is not read; the Hub's key is {right}",)


def test_parents_and_their_relation() -> None:
    card = front(
        "base_model:", "- ax/bx", "- null", "- AX/bx", "- https://huggingface.co/cx/dx", "base_model_relation: merge"
    )
    assert card.base == (NamedParent("ax/bx", "merge", 3), NamedParent("cx/dx", "merge", 6))
    assert front("base_model: ax/bx").base == (NamedParent("ax/bx", None, 2),)
    assert front("base_model: https://acme.example/x").base == (NamedParent("https://acme.example/x", None, 2),)


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("finetune", "fine-tune"),
        ("Finetuned", "fine-tune"),
        ("adapter", "adapter"),
        ("merge", "merge"),
        ("quantized", "quantize"),
        ("distill", "distill"),
    ],
)
def test_words_for_a_relation(word: str, relation: str) -> None:
    assert front("base_model: ax/bx", f"base_model_relation: {word}").base[0].relation == relation


@pytest.mark.parametrize("word", ["cousin", "[merge]"])
def test_a_relation_that_nobody_knows(word: str) -> None:
    card = front("base_model: ax/bx", f"base_model_relation: {word}")
    assert card.base == (NamedParent("ax/bx", None, 2),)
    assert len(card.remarks) == 1
    assert card.remarks[0].startswith("c:3:22: nobody knows the relation")


def test_whoever_quantized_names_a_relation() -> None:
    assert front("base_model: ax/bx", "quantized_by: me").base == (NamedParent("ax/bx", "quantize", 2),)


def test_other_keys_for_a_parent() -> None:
    assert front("model_link: https://huggingface.co/ax/bx").base == (NamedParent("ax/bx", None, 2),)
    card = front("-base_model: ax/bx", "base_model: cx/dx")
    assert [parent.name for parent in card.base] == ["cx/dx", "ax/bx"]
    assert card.remarks == ("c:2:14: the Hub does not read the key '-base_model'; its key is base_model",)


def test_tags_that_the_hub_would_write() -> None:
    card = front(
        "tags:",
        "- base_model:ax/bx",
        "- base_model:quantized:ax/bx",
        "- base_model:adapter:cx/dx",
        "- base_model:ax/bx",
        "- license:mit",
        "- dataset:ex/fx",
        "- dataset:ex/fx",
        "- 'dataset:'",
        "- arxiv:2101.00001",
    )
    assert card.licenses == ("mit",)
    assert card.base == (NamedParent("ax/bx", "quantize", 3), NamedParent("cx/dx", "adapter", 5))
    assert [(data.name, data.basis, data.where) for data in card.data] == [("ex/fx", "declared", "c:8")]
    assert card.tags[0] == "base_model:ax/bx"


def test_a_tag_agrees_with_a_license_of_its_own_name() -> None:
    card = front("license: other", "license_name: otter", "tags: ['license:other']")
    assert card.licenses == ("otter",)


def test_data_sets() -> None:
    card = front("datasets:", "- ax/bx", "- null", "- {name: x}", "- https://huggingface.co/datasets/cx/dx")
    assert [(data.name, data.where) for data in card.data] == [("ax/bx", "c:3"), ("cx/dx", "c:6")]
    assert card.remarks == ("c:4:3: datasets holds an empty entry", "c:5:3: datasets is not a name")
    assert front("datasets: squad").data[0].name == "squad"


def test_the_text_of_a_gate() -> None:
    assert front("extra_gated_prompt: You agree.").gate_prompt == "You agree."
    assert front("extra_gated_description: Share your name.").gate_prompt == "Share your name."
    card = front("extra_gated_prompt: {a: b}")
    assert (card.gate_prompt, card.remarks) == (None, ("c:2:21: extra_gated_prompt is not a text",))


def test_a_card_of_a_data_set() -> None:
    assert front("license: mit", "task_categories: [x]").is_dataset
    assert not front("license: mit", "task_categories: [x]", "pipeline_tag: x").is_dataset
    assert not front("license: mit").is_dataset


@pytest.mark.parametrize(
    ("line", "licenses", "base", "remark"),
    [
        ("license: {a: b}", (UNREADABLE,), (), "c:3:10: license is not a name"),
        ("license: [mit, {a: b}]", ("mit", UNREADABLE), (), "c:3:16: license is not a name"),
        ("base_model: {a: b}", (), (UNREADABLE,), "c:3:13: base_model is not a name"),
        ("base_model: [ax/bx, [c/d]]", (), ("ax/bx", UNREADABLE), "c:3:21: base_model is not a name"),
        (
            "license: mit\nlicense: mit",
            (UNREADABLE,),
            (UNREADABLE,),
            "c:4:1: the key 'license' stands here twice",
        ),
    ],
)
def test_what_cannot_be_read_stays_unknown(
    line: str, licenses: tuple[str, ...], base: tuple[str, ...], remark: str
) -> None:
    card = read_card(f"---\n# a comment\n{line}\n---\n", "c")
    assert (card.licenses, tuple(parent.name for parent in card.base), card.remarks) == (licenses, base, (remark,))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("# Title\n---\nlicense: mit\n---\n", "c:2:1: the front matter does not start the file and is not read"),
        ("<!-- x -->\n---\nlicense: mit\n---\n", "c:2:1: the front matter does not start the file and is not read"),
        ("\n---\nlicense: mit\n", "c:2:1: the front matter is not closed and is not read"),
        ("---\nlicense: mit\n...\n# Title", "c:1:1: the front matter is not closed and is not read"),
        (
            "language: en\nlicense: mit\ntags:\n- x\n\n# Title",
            "c:1:1: the front matter has no fence of three dashes and is not read",
        ),
        (
            "license: mit\nbase_model: ax/bx\n\n# Title",
            "c:1:1: the front matter has no fence of three dashes and is not read",
        ),
        ("---\n- license\n---\n", "c:2:1: the front matter is not a mapping"),
        ("---\nmit\n---\n", "c:2:1: the front matter is not a mapping"),
        (
            "---\nlicense: \tmit\na: b: c\n---\n",
            "c:3:5: not valid YAML: mapping values are not allowed in this context",
        ),
        ("---\na: !!python/name:x y\n---\n", "c:2:4: the tag tag:yaml.org,2002:python/name:x is not allowed"),
        ("---\na: \x07\n---\n", "c:2:4: a control character is not allowed"),
    ],
)
def test_front_matter_that_is_not_read(text: str, remark: str) -> None:
    card = read_card(text, "c")
    assert (card.licenses, card.base, card.remarks) == ((UNREADABLE,), (NamedParent(UNREADABLE, None, 1),), (remark,))


def test_a_block_that_is_not_closed_and_tells_nothing_is_a_remark() -> None:
    card = read_card("\n---\n# Title:\n  description: otters\n", "c")
    assert card == Card(remarks=("c:2:1: the front matter is not closed and is not read",))
    assert read_card("---\nWords.\n", "c") == Card()


def test_a_template_that_nobody_filled_in() -> None:
    card = read_card("---\nlicense: {{ license }}\n---\n", "c")
    assert card.licenses == (UNREADABLE,)
    assert card.remarks[-1] == "c:2:10: the front matter is a template that nobody filled in"


def test_the_prose_is_read_all_the_same() -> None:
    card = read_card("---\na: b: c\n---\nFine-tuned from ax/bx-7b.\n\nLicense: MIT\n", "c")
    assert [(parent.name, parent.line) for parent in card.stated_base] == [("ax/bx-7b", 4)]
    assert [(said.license, said.line) for said in card.stated] == [("MIT", 6)]


def test_a_second_block_is_told_and_not_read() -> None:
    card = read_card("---\nlicense: mit\n---\n# Title\n\n---\nlicense: other\n---\n", "c")
    assert (card.licenses, card.remarks) == (("mit",), ("c:6:1: a second block of front matter is not read",))
    assert read_card("---\nlicense: mit\n---\n# Title\n\n---\nWords\n---\n", "c").remarks == ()


@pytest.mark.parametrize(
    ("raw", "text", "remarks"),
    [
        (b"a\n", "a\n", ()),
        (b"\xef\xbb\xbfa", "a", ()),
        ("aé".encode("utf-16"), "aé", ("c:1:1: is UTF-16; the Hub reads UTF-8",)),
        (b"\xfe\xff\x00a", "a", ("c:1:1: is UTF-16; the Hub reads UTF-8",)),
        (b"\xff\xfea", "\ufffd", ("c:1:1: is UTF-16; the Hub reads UTF-8", "c:1:1: is not UTF-16")),
        (b"ab\nc\xe9\xffd", "ab\nc\ufffd\ufffdd", ("c:2:2: is not UTF-8",)),
        (b"ab\n\0d", "ab\n\ufffdd", ("c:2:1: holds a NUL character",)),
    ],
)
def test_whatever_bytes_come(raw: bytes, text: str, remarks: tuple[str, ...]) -> None:
    assert decode_card(raw, "c") == (text, remarks)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_reading_never_fails(text: str) -> None:
    for form in (
        text,
        f"---\n{text}\n---\n{text}",
        f"---\nlicense: {text}",
        f"Fine-tuned from {text}\n- a/b-7b {text}\n|{text}|",
    ):
        card = read_card(form, "c")
        assert all(len(said.quote) <= 200 for said in card.stated)


@given(
    st.lists(
        st.sampled_from(
            [
                "fine-tuned from",
                "merge of",
                "a/b-7b",
                "[x](https://hf.co/ax/bx)",
                "\n- ",
                "\n",
                "```",
                "# ",
                "|",
                "under the MIT License",
                "<a href='x'>",
                "(",
                "**",
                "基于",
                ":",
                ". ",
            ]
        ),
        max_size=30,
    )
)
def test_no_arrangement_of_telling_words_fails(words: list[str]) -> None:
    text = " ".join(words)
    lines = text.count("\n") + 1
    card = read_card(text, "c")
    assert all(1 <= parent.line <= lines for parent in card.stated_base)
    assert all(1 <= said.line <= lines for said in card.stated)


@pytest.mark.parametrize(
    "piece",
    [
        "a/",
        " ",
        "[",
        "[a](",
        "<a ",
        "<!--",
        "https://huggingface.co/a/b-7 ",
        "merge of ",
        "Aa Bb ",
        "*",
        "|",
        "- ",
        "not ",
    ],
)
def test_no_line_takes_endless_time(piece: str) -> None:
    line = piece * (200_000 // len(piece))
    start = time.process_time()
    read_card(f"{line}\n# x\n{line[:1900]}\n", "c")
    assert time.process_time() - start < 2


def test_long_front_matter_is_read_in_time() -> None:
    results = "".join(f"- name: m{number}\n  results:\n  - value: 0.{number}\n" for number in range(18_000))
    text = f"---\nmodel-index:\n{results}license: mit\n---\n"
    assert len(text) > 750_000
    start = time.process_time()
    assert read_card(text, "c").licenses == ("mit",)
    assert time.process_time() - start < 10  # a wide bound for slow machines
