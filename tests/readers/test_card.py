"""Model cards: front matter and prose."""

import pytest

from license_audit.readers.card import UNREADABLE, Card, read_card

EMPTY = Card((), (), None, (), (), ())


@pytest.mark.parametrize(
    "text",
    [
        "---\nlicense: mit\n---\n",
        "---\nlicense: mit\n---",
        "\n\n---\nlicense: mit\n---\nText.",
        "---\r\nlicense: mit\r\n---\r\nText.",
        "---  \nlicense: mit\n---\t\nText.",
        "---\nlicense: [mit]\n---\n",
        "---\nlicense: [mit, mit, '']\n---\n",
        "---\nlicense: ' mit '\n---\n",
        "---\nlicense: other\nlicense_name: mit\n---\n",
    ],
)
def test_a_license_of_the_front_matter(text: str) -> None:
    assert read_card(text, "README.md") == Card(("mit",), (), None, (), (), ())


@pytest.mark.parametrize(
    "text", ["", "# A model\n", "---\n---\n", "---\n# nothing\n---\n", "---\nlicense:\n---\n", "a\n---\nb"]
)
def test_a_card_that_says_nothing(text: str) -> None:
    assert read_card(text, "README.md") == EMPTY


@pytest.mark.parametrize("name", ["license", "other", "Other", "[a]"])
def test_other_without_a_name_of_its_own(name: str) -> None:
    card = read_card(f"---\nlicense: other\nlicense_name: {name}\n---\n", "README.md")
    assert card.licenses == ("other",)


def test_bases_and_their_relation() -> None:
    card = read_card("---\nbase_model: [a/b, c/d]\nbase_model_relation: merge\n---\n", "README.md")
    assert (card.base, card.relation) == (("a/b", "c/d"), "merge")
    card = read_card("---\nbase_model: a/b\nbase_model_relation: [merge]\n---\n", "README.md")
    assert (card.base, card.relation) == (("a/b",), None)


@pytest.mark.parametrize(
    ("line", "licenses", "base", "remark"),
    [
        ("license: {a: b}", (UNREADABLE,), (), "README.md:3:10: license is not a name"),
        ("license: [mit, {a: b}]", ("mit", UNREADABLE), (), "README.md:3:16: license is not a name"),
        ("base_model: {a: b}", (), (UNREADABLE,), "README.md:3:13: base_model is not a name"),
        ("base_model: [a/b, [c/d]]", (), ("a/b", UNREADABLE), "README.md:3:19: base_model is not a name"),
        (
            "licence: mit",
            (),
            (),
            "README.md:3:10: the key 'licence' is not read as the license; the Hub's key is license",
        ),
        (
            "license: mit\nlicense: mit",
            (UNREADABLE,),
            (UNREADABLE,),
            "README.md:4:1: the key 'license' stands here twice",
        ),
    ],
)
def test_what_cannot_be_read_stays_unknown(
    line: str, licenses: tuple[str, ...], base: tuple[str, ...], remark: str
) -> None:
    card = read_card(f"---\n# a comment\n{line}\n---\n", "README.md")
    assert (card.licenses, card.base, card.remarks) == (licenses, base, (remark,))


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        (
            "# Title\n---\nlicense: mit\n---\n",
            "README.md:2:1: the front matter does not start the file and is not read",
        ),
        ("\n---\nlicense: mit\n", "README.md:2:1: the front matter is not closed and is not read"),
        ("---\n- license\n---\n", "README.md:2:1: the front matter is not a mapping"),
    ],
)
def test_front_matter_that_is_not_read(text: str, remark: str) -> None:
    assert read_card(text, "README.md") == Card((UNREADABLE,), (UNREADABLE,), None, (), (), (remark,))


def test_models_that_the_prose_names() -> None:
    text = (
        "---\nlicense: mit\n---\n"
        "A friend of x/y.\n"
        "Fine-tuned from a/b-7B, then merged with https://huggingface.co/c/d.\n"
        "Continued pretraining of e/ff. Trained on https://huggingface.co/datasets/g/h, based on care.\n"
    )
    card = read_card(text, "README.md")
    assert card.linked == ("c/d",)
    assert card.mentioned[:1] == ("c/d",)
    assert {"a/b-7B", "e/ff"} <= set(card.mentioned)
    assert "x/y" not in card.mentioned
