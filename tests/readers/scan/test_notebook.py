"""Models that the cells of notebooks name."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.readers.scan.kinds import notebook, python
from license_audit.readers.scan.source import Source, UnreadableError


def book(*cells: str | list[str], language: str = "python", kind: str = "code") -> str:
    """A notebook of some cells."""
    made = [{"cell_type": kind, "metadata": {"source": "a/b"}, "outputs": [], "source": cell} for cell in cells]
    return json.dumps({"cells": made, "metadata": {"kernelspec": {"language": language}}}, indent=1)


def found(text: str) -> list[tuple[str, str]]:
    """Hits, each with what stands in the file at its place."""
    lines = text.split("\n")
    hits = list(notebook.read(Source("a.ipynb", text.encode())))
    return [(hit.id, lines[hit.line - 1][hit.column - 1 :][: len(hit.id)]) for hit in hits]


def ids(text: str) -> list[str]:
    """Ids of a notebook, each of which has to stand at its place."""
    for name, written in found(text):
        assert name == written
    return [name for name, _ in found(text)]


def test_cells_share_their_names() -> None:
    text = book(['MODEL = "acme/one-7b"\n', "print(MODEL)"], ["m = AutoModel.from_pretrained(MODEL)"])
    (hit,) = notebook.read(Source("a.ipynb", text.encode()))
    assert (hit.id, hit.certainty, text.split("\n")[hit.line - 1].strip()) == (
        "acme/one-7b",
        "certain",
        '"MODEL = \\"acme/one-7b\\"\\n",',
    )
    assert notebook.HINTS == python.HINTS


def test_outputs_and_prose_are_not_read() -> None:
    text = json.dumps(
        {
            "cells": [
                {"source": ["model = 'acme/prose-7b'"], "cell_type": "markdown"},
                {"cell_type": "code", "source": ["x = 1"], "outputs": [{"text": ["model = 'acme/printed-7b'"]}]},
                {"cell_type": "code", "source": [], "metadata": {"cells": {"source": ["model = 'acme/meta-7b'"]}}},
                {"cell_type": "code", "source": ["model = 'acme/code-7b'"]},
            ]
        }
    )
    assert ids(text) == ["acme/code-7b"]


def test_a_source_in_one_string() -> None:
    text = book('é = "\u00e9\U0001f600"\nx = "\\n"; model = "acme/one-7b"\nmodel_2 = \'acme/two-7b\'')
    assert ids(text) == ["acme/one-7b", "acme/two-7b"]
    raw = text.replace("acme/one", "acme\\/one")
    assert [name for name, _ in found(raw)] == ["acme/one-7b", "acme/two-7b"]


def test_lines_without_their_ends() -> None:
    assert [name for name, _ in found(book(["model = ", '"acme/one-7b"\n', "x = 1"]))] == ["acme/one-7b"]


def test_the_older_format() -> None:
    cell = {"cell_type": "code", "input": ["model = 'acme/one-7b'"], "language": "python"}
    text = json.dumps({"worksheets": [{"cells": [cell]}], "metadata": {}, "nbformat": 3})
    assert ids(text) == ["acme/one-7b"]


def test_commands_and_magics() -> None:
    text = book(
        ["!pip install x\n", "!huggingface-cli download acme/one-7b\n", "model = 'acme/two-7b'"],
        ["%%bash\n", "huggingface-cli download acme/three-7b"],
        ["%%time\n", "!ls\n", "model = 'acme/four-7b'"],
        ["%%capture out\n", "!huggingface-cli download acme/five-7b"],
        [
            "%env MODEL_ID='acme/six-7b'\n",
            "%set_env MODEL_ID acme/seven-7b\n",
            "%env OTHER=acme/x\n",
            "%env MODEL_ID=x",
        ],
        ["%%writefile train.py\n", "model = 'acme/eight-7b'"],
        ["%%writefile config.yaml\n", "base_model: acme/nine-7b\n", "x: 1"],
        ["%%html\n", "<a model='acme/no-7b'>"],
        ["%%javascript"],
        ["%load_ext x\n", "?model\n", "model??"],
        ["%run train.py --model acme/ten-7b"],
    )
    names = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    assert sorted(ids(text)) == sorted(f"acme/{name}-7b" for name in names)


def test_a_cell_that_cannot_be_parsed() -> None:
    text = book(["model = 'acme/one-7b'"], ["print 'x'\n", "y = (\n", "AutoModel.from_pretrained('acme/two-7b')"])
    assert sorted(ids(text)) == ["acme/one-7b", "acme/two-7b"]


def test_other_languages() -> None:
    assert ids(book(["model <- 'acme/one-7b'"], language="R")) == []
    assert ids(book(["huggingface-cli download acme/one-7b"], language="bash")) == ["acme/one-7b"]
    assert ids(book(["model = 'acme/one-7b'"], kind="raw")) == []


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("{", "is not valid JSON", 1),
        ('{\n "cells": [\n  {"source": ["x" "y"]}\n ]\n}', "is not valid JSON", 3),
        ("[" * 100_000, "is nested too deeply", 0),
    ],
)
def test_broken_notebooks(text: str, message: str, line: int) -> None:
    with pytest.raises(UnreadableError) as caught:
        list(notebook.read(Source("a.ipynb", text.encode())))
    assert caught.value.message.startswith(message)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text", ["", " \n", "[]", "1", '"x"', '{"cells": 1}', '{"cells": [1, "source"]}', '{"cells": [[1]]}']
)
def test_notebooks_of_nothing(text: str) -> None:
    assert found(text) == []


@given(st.text())
def test_any_text_gives_hits_or_says_why_not(text: str) -> None:
    try:
        assert list(notebook.read(Source("a.ipynb", text.encode("utf-8", "replace")))) == []
    except UnreadableError as error:
        assert error.message  # noqa: PT017  # both ends are right


@given(st.lists(st.text(), max_size=5))
def test_any_cell_is_read(cells: list[str]) -> None:
    text = book(*cells, ["model = 'acme/one-7b'"])
    assert "acme/one-7b" in [name for name, _ in found(text)]
