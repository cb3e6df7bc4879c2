"""Places of values, files that are no YAML, and what hostile files cannot do."""

import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from license_audit.model.reference import Hit
from license_audit.readers.scan.kinds import cyclonedx, json, spdx, yaml
from license_audit.readers.scan.source import Source, UnreadableError
from license_audit.readers.scan.structured import MAX_DEPTH, Mapping, Node, Scalar, Sequence, in_place, yaml_documents
from license_audit.readers.scan.structured_json import json_document
from license_audit.readers.scan.structured_lines import read_lines, without_templates


def in_yaml(text: str, path: str = "a.yaml") -> list[Hit]:
    """Hits of a YAML file."""
    return list(yaml.read(Source(path, text.encode())))


def places(node: Node) -> Iterator[tuple[str, int, int]]:
    """Each value with its line and column."""
    if isinstance(node, Scalar):
        yield node.text, node.line, node.column
    elif isinstance(node, Mapping):
        for _, value in node.pairs:
            yield from places(value)
    else:
        for item in node.items:
            yield from places(item)


def test_places_of_yaml_are_those_of_the_text_without_its_quotes() -> None:
    text = 'plain: one # two\nquoted: "thr\\"ee"\nsingle: \'é four\'\nflow: {a: [five, "six"]}\n? [no, key]\n: seven\n'
    (document,) = yaml_documents(text)
    assert list(places(document)) == [
        ("one", 1, 8),
        ('thr"ee', 2, 10),
        ("é four", 3, 10),
        ("five", 4, 12),
        ("six", 4, 19),
    ]


def test_blocks_keep_the_places_of_their_lines() -> None:
    text = "a:\n  literal: |\n\n    first\n      second\n  folded: >-\n    third\n    fourth\n  empty: |\nb: |+\n\n"
    (document,) = yaml_documents(text)
    assert isinstance(document, Mapping)
    inner = document.get("a")
    assert isinstance(inner, Mapping)
    literal, folded = inner.get("literal"), inner.get("folded")
    assert isinstance(literal, Scalar)
    assert isinstance(folded, Scalar)
    assert in_place(literal, 2, 1, "first") == (4, 5, 0)
    assert in_place(literal, 3, 3, "second") == (5, 7, 0)
    line, column, start = in_place(folded, 1, 7, "fourth")
    assert (line, column) == (8, 5)
    assert in_place(folded, 1, 7, "third", start) == (7, 1, start)


def test_words_that_are_written_otherwise_are_at_the_start_of_their_value() -> None:
    (document,) = yaml_documents('a: "two\\nlines"\nb: first\n  second\n')
    first, second = document.get("a", "x"), document.get("b")  # type: ignore[union-attr]  # a mapping
    assert isinstance(first, Scalar)
    assert isinstance(second, Scalar)
    assert in_place(first, 2, 1, "lines")[:2] == (1, 10)
    assert in_place(first, 2, 1, "absent")[:2] == (1, 5)
    assert in_place(second, 1, 7, "second")[:2] == (3, 3)


def test_a_mapping_gives_the_first_value_of_a_key_and_text_only_for_single_values() -> None:
    (document,) = yaml_documents("a: 1\na: 2\nb: [3]\n")
    assert isinstance(document, Mapping)
    assert document.text("a") == "1"
    assert document.text("b") == ""
    assert document.get("c") is None
    assert isinstance(document.get("c", "b"), Sequence)


def test_places_of_json() -> None:
    document = json_document('{"a": "x\\ny",\n  "b": ["é", {"c": "d"}], e: "f"}')
    assert document is not None
    assert list(places(document)) == [("x\ny", 1, 8), ("é", 2, 10), ("d", 2, 21), ("f", 2, 31)]


@pytest.mark.parametrize(
    "text",
    ['{"a": "\\u12"}', '{"a": "\\', '["', "[", "]", '{"a"', '{"a" "b"}', "[//]\n]", "/* /", '[/**/"a"]', "{a:[b:c]}"],
)
def test_json_that_is_none_is_read_as_far_as_it_goes(text: str) -> None:
    document = json_document(text)
    assert document is None or list(places(document)) is not None


def test_a_text_alone_is_a_document() -> None:
    document = json_document(' "acme"')
    assert document is not None
    assert list(places(document)) == [("acme", 1, 3)]


def test_templates_are_filled_with_marks_of_their_length() -> None:
    text = '{{- if .x }}\na: {{ .Values.model }}\nb: "{{ .m | default "acme/b-7b" }}"\n{% if x %}\nc: <% y %>d\n'
    plain = without_templates(text).split("\n")
    assert plain[0] == ""
    assert plain[1].startswith("a: \ue000")
    assert len(plain[1]) == len("a: {{ .Values.model }}")
    assert plain[2].split() == ["b:", '"', "acme/b-7b", '"']
    assert plain[3] == ""
    assert plain[4].endswith("d")
    assert "\ue000" in without_templates("x: {{ default .Values.other }}")


def test_a_chart_is_read_by_what_is_written_out() -> None:
    text = """\
{{- if .Values.enabled }}
spec:
  containers:
    - image: {{ .Values.image }}
      args: ["--model", {{ .Values.model | quote }}, "--tokenizer", "acme/tokenizer"]
      env:
        - name: MODEL_ID
          value: {{ .Values.model | default "acme/llama-3-8b" }}
        - name: OTHER_MODEL
          value: acme/other-7b
{{- end }}
"""
    assert {(hit.line, hit.id) for hit in in_yaml(text)} == {
        (5, "acme/tokenizer"),
        (8, "acme/llama-3-8b"),
        (10, "acme/other-7b"),
    }


BROKEN = """\
# model: commented/model
model: acme/first-7b
\tbad: tab
other: [unclosed
"quoted": "acme/nothing"
spec:
  env:
    - name: MODEL_ID
      value: acme/second-7b  # comment
    -   name: TOKENIZER
        value: 'acme/tokenizer'
  args:
  - --model
  - acme/third-7b
  - - nested
  models: ["acme/fourth-7b", acme/fifth-7b]
  run: |
    # comment
    huggingface-cli download acme/sixth-7b

    echo done
  text: >
    vllm serve
    acme/seventh-7b
  list:
    - |
      ollama pull llama3
    - plain
    -
  deeper:
      model: "acme/eighth-7b"
  model_id:
    acme/ninth-7b
back: {model: acme/tenth-7b}
: nothing
"""


def test_yaml_with_mistakes_is_read_line_by_line_and_said_to_be_broken() -> None:
    hits: list[Hit] = []
    with pytest.raises(UnreadableError, match="is not valid YAML") as error:
        hits.extend(yaml.read(Source("a.yaml", BROKEN.encode())))
    assert error.value.line == 3


def collected(text: str) -> tuple[set[tuple[int, str]], UnreadableError | None]:
    """Hits of a YAML file, and what is said of it at its end."""
    found: set[tuple[int, str]] = set()
    reader = yaml.read(Source("a.yaml", text.encode()))
    while True:
        try:
            hit = next(reader)
        except StopIteration:
            return found, None
        except UnreadableError as error:
            return found, error
        found.add((hit.line, hit.id))


def test_what_comes_before_the_mistake_and_after_it_is_found() -> None:
    found, error = collected(BROKEN)
    assert error is not None
    assert found == {
        (2, "acme/first-7b"),
        (9, "acme/second-7b"),
        (11, "acme/tokenizer"),
        (14, "acme/third-7b"),
        (16, "acme/fourth-7b"),
        (16, "acme/fifth-7b"),
        (19, "acme/sixth-7b"),
        (31, "acme/eighth-7b"),
        (34, "acme/tenth-7b"),
    }


def test_templates_that_stay_broken_are_no_mistake() -> None:
    found, error = collected("{{ x }}\nmodel: acme/llama-3-8b\n\tbad: [\n")
    assert found == {(2, "acme/llama-3-8b")}
    assert error is None


def test_lines_may_be_of_any_depth() -> None:
    text = "\n".join(" " * number + "key:" for number in range(200)) + "\n" + " " * 200 + "model: acme/llama-3-8b"
    node = read_lines(text)
    assert isinstance(node, Mapping)


def test_a_file_whose_name_fits_but_not_its_content_is_read_as_far_as_it_goes() -> None:
    found, error = collected("import os\nmodel = x['a']: y\nclass A:\n    b: int = {\n")
    assert found == set()
    assert error is not None


def test_aliases_do_not_multiply() -> None:
    lines = ["a0: &a0 {model: acme/llama-3-8b}"]
    lines += [f"a{number}: &a{number} [{', '.join([f'*a{number - 1}'] * 10)}]" for number in range(1, 40)]
    start = time.perf_counter()
    assert {hit.id for hit in in_yaml("\n".join(lines))} == {"acme/llama-3-8b"}
    assert time.perf_counter() - start < 5


def test_a_value_that_contains_itself_ends() -> None:
    assert [hit.id for hit in in_yaml("a: &a\n  model: acme/llama-3-8b\n  self: *a\n")] == ["acme/llama-3-8b"]


def test_what_lies_too_deep_is_not_read() -> None:
    deep = "[" * (MAX_DEPTH + 5)
    assert (
        in_yaml(f"x: {deep}{{model: acme/deep}}{']' * (MAX_DEPTH + 5)}\nmodel: acme/llama-3-8b\n")[0].id
        == "acme/llama-3-8b"
    )
    assert list(json.read(Source("a.json", b'{"a":' * 5000 + b'{"model": "acme/deep"}'))) == []
    assert in_yaml("model: &m " + "{a: " * (MAX_DEPTH + 5) + "x" + "}" * (MAX_DEPTH + 5)) == []


@pytest.mark.parametrize("bad", ["[" * 100_000, "- " * 100_000, "{a: " * 100_000, "model: |\n" * 10_000, "? " * 50_000])
def test_nesting_without_end_is_no_crash(bad: str) -> None:
    collected(bad)


def test_documents_in_documents_are_read_to_a_depth() -> None:
    text = "model: acme/llama-3-8b\n"
    for _ in range(30):
        text = "data.yaml: |\n" + "".join(f"  {line}\n" for line in text.splitlines())
    assert in_yaml(text) == []


@pytest.mark.parametrize(
    "bad",
    [
        '["' * 200_000,
        '"' * 200_000,
        "/*" * 200_000,
        '{"a":' * 100_000,
        "a" * 500_000,
        "a " * 200_000,
        '"\\"' * 100_000,
        "\\" * 200_000,
    ],
)
def test_json_takes_linear_time(bad: str) -> None:
    start = time.perf_counter()
    list(json.read(Source("a.json", bad.encode())))
    assert time.perf_counter() - start < 10


def test_a_long_wrapped_text_costs_no_more_than_a_short_one() -> None:
    text = "run: >\n" + "  vllm serve acme/llama-3-8b && \\\n" * 5_000
    start = time.perf_counter()
    assert {hit.id for hit in in_yaml(text)} == {"acme/llama-3-8b"}
    assert time.perf_counter() - start < 20


FRAGMENTS = (
    "model: ", "acme/llama-3-8b", "\n", "  ", "- ", "[", "]", "{", "}", '"', "'", "|\n", ">-\n", "&a ", "*a", "<<: ",
    "{{ x }}", "{% y %}", "# c", ":", ",", "\t", "\\", "args: ", "name: ", "value: ", "litellm_params: ",
    "parameters: ",
    "models:\n", "\x00", "${A:-", "é", "\ue000", "--model ", "run: ", "data.yaml: ", "---\n", "!t ", "%YAML 9\n",
    '{"model": "', "huggingface.co/a/b", "user: a\n", "repo: b\n", "type: huggingface\n", "pull: ",
    "path: ", "parts:\n",
    "manifestVersion: 1\n", "purl: pkg:huggingface/", "python -c ",
)  # fmt: skip
DATA = st.one_of(
    st.binary(max_size=200), st.lists(st.sampled_from(FRAGMENTS), max_size=30).map("".join).map(str.encode)
)


@pytest.mark.parametrize("reader", [yaml, json, cyclonedx, spdx])
@given(data=DATA)
@example(data=b"model: >-\n \n")
@example(data=b"2024-99-99: [")
@example(data="model: \ud7ff\ufffe".encode())
def test_no_file_raises_anything_but_unreadable(reader: object, data: bytes) -> None:
    source = Source("x.yaml", data)
    hits: list[Hit] = []
    with suppress(UnreadableError):
        hits.extend(reader.read(source))  # type: ignore[attr-defined]  # a module of kinds
    lines = source.text.count("\n") + source.text.count("\r") + 2
    assert all(1 <= hit.line <= lines and hit.column >= 1 and hit.id for hit in hits)
