"""Python that cannot be parsed, in part or as a whole."""

from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.model.reference import Hit
from license_audit.readers.scan.python_code import in_python, parsed


def hits(text: str) -> list[Hit]:
    """Hits of a text."""
    return list(in_python(dedent(text)))


def test_statements_that_can_be_parsed_are_read_as_ever() -> None:
    text = """
        MODEL = "acme/one-7b"
        print "old"

        @decorated
        def f(
            x,
        ):
            return AutoModel.from_pretrained(MODEL)

        try:
            pass
        except Error, error:
            AutoModel.from_pretrained("acme/two-7b")
        else:
            '''
        x = AutoModel.from_pretrained("acme/three-7b")
            '''
        # AutoModel.from_pretrained("acme/four-7b")
    """
    assert [(hit.line, hit.column, hit.id, hit.certainty) for hit in hits(text)] == [
        (2, 10, "acme/one-7b", "certain"),
        (14, 32, "acme/two-7b", "likely"),
    ]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('  m = AutoModel.from_pretrained(\n"acme/x")', "acme/x likely"),
        ("  {{ x }} model_id = 'acme/x'", "acme/x possible"),
        ('  {{ x }} model_id: Optional[str] = r"acme/x"', "acme/x possible"),
        ('  {{ x }} {"model": "acme/x"', "acme/x possible"),
        ('  {{ x }} timm.create_model("resnet50-a")', "resnet50-a likely"),
        ('  {{ x }} my.create_model("resnet50-a")', None),
        ('  {{ x }} pipeline("acme/x")', None),
        ('  {{ x }} dataset = "acme/x"', None),
        ('  {{ x }} model = ""; y = "acme/x"', None),
        ('  {{ x }} unknown("acme/x")', None),
        ('  {{ x }} model = "two words", "acme/x"', None),
    ],
)
def test_quoted_names_in_the_rest(code: str, expected: str | None) -> None:
    assert [f"{hit.id} {hit.certainty}" for hit in hits(code)] == ([expected] if expected else [])


def test_a_script_made_from_a_notebook() -> None:
    text = """
        !pip install transformers
        %env MODEL_ID=acme/one-7b
        x = !huggingface-cli download acme/two-7b \\
            --local-dir x
        if True:
            !huggingface-cli download acme/three-7b
        model?
        AutoModel.from_pretrained("acme/four-7b")
    """
    assert [f"{hit.line}:{hit.column} {hit.id}" for hit in hits(text)] == [
        "3:15 acme/one-7b",
        "4:31 acme/two-7b",
        "7:31 acme/three-7b",
        "9:28 acme/four-7b",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 5000 + '"acme/x-7b"',
        "x = " + "-" * 100_000 + '1\nmodel = "acme/x-7b"',
        "model = [\n" * 3000 + '"acme/x-7b"',
        'model = "acme/x-7b"\0',
        'model = "acme/x-7b\n' + "'" * 10_000,
        'model = """acme/x-7b\n' + '"""' * 9_999 + "'''",
        '\\N{x} "\\N{x}" model = "acme/x-7b" \ud800',
    ],
)
def test_hostile_text_is_survived(text: str) -> None:
    assert all(hit.id == "acme/x-7b" for hit in in_python(text))


def test_deep_trees_are_walked_without_end_of_stack() -> None:
    text = "x = " + " + ".join(["1"] * 3000) + '\nmodel = "acme/x-7b"\n' + "a" + ".b" * 900 + '("acme/x-7b")'
    assert [hit.id for hit in hits(text)] == ["acme/x-7b"]


def test_warnings_of_the_parser_stay_silent() -> None:
    assert [hit.id for hit in hits('x = "\\d" is 1\nmodel = "acme/x-7b"')] == ["acme/x-7b"]


def test_collection_of_garbage_stays_as_it_was() -> None:
    import gc  # noqa: PLC0415  # only here

    gc.disable()
    try:
        assert parsed("x = 1") is not None
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert parsed("x =") is None
    assert gc.isenabled()


PIECES = st.sampled_from(
    [
        'model = "acme/x-7b"', "f'acme/{x}'", '"--model"', "pipeline(", ")", "!huggingface-cli download a/b", "%%bash",
        "\n", "    ", "\\", '"""', "'''", "# ", "from_pretrained(", "{{ x }}", "model: a/b", "[", "]",
        "\0", "\ud800", "é", "%", "{}",
    ]
)  # fmt: skip


@given(st.one_of(st.text(), st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=30).map("".join)))
def test_any_text_gives_hits_or_none(text: str) -> None:
    lines = text.split("\n")
    for hit in in_python(text):
        assert 1 <= hit.line <= len(lines)
        assert hit.column >= 1
        assert hit.id
