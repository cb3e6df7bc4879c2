"""Parents and data sets that configuration files name."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from license_audit.readers.configurations import Configurations, is_configuration, read_configurations
from license_audit.readers.configured import Configured
from tests.conftest import CORPUS

Edge = tuple[str, str, str, str]


def read(**files: str | dict[str, Any]) -> Configurations:
    """What files say; two underscores in a name stand for a dot, three for a dash."""
    texts = {
        name.replace("___", "-").replace("__", "."): text if isinstance(text, str) else json.dumps(text, indent=1)
        for name, text in files.items()
    }
    return read_configurations(texts, "m")


def edges(found: Configurations) -> list[Edge]:
    """Parents as tuples."""
    return [(parent.name, parent.relation, parent.basis, parent.where) for parent in found.parents]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("config.json", True), ("Adapter_Config.json", True), ("model_index.json", True), ("MLmodel", True),
        ("mergekit_config.yml", True), ("x.mergekit.yml", True), ("merge.yml", True), ("qlora.yaml", True),
        ("training_params.json", True), ("generation_config.json", False), ("vae/config.json", False),
        ("tokenizer.json", False), ("README.md", False), (".pre-commit-config.yaml", False),
        ("docker-compose.yml", False), ("conda.yaml", False), ("environment.yml", False), ("dockerless.yml", True),
    ],
)  # fmt: skip
def test_files_that_may_name_parents(name: str, *, expected: bool) -> None:
    assert is_configuration(name) is expected


def test_other_files_are_passed_over() -> None:
    assert read(README__md="base_model: a/b", nothing__json={"_name_or_path": "a/b"}) == Configurations()


def test_the_model_that_a_configuration_was_loaded_from() -> None:
    assert edges(read(config__json={"x": 1, "_name_or_path": "a/b"})) == [
        ("a/b", "fine-tune", "inferred", "m/config.json:3")
    ]
    quantized = read(config__json={"_name_or_path": "a/b", "quantization_config": {"quant_method": "gptq"}})
    assert edges(quantized) == [("a/b", "quantize", "inferred", "m/config.json:2")]


@pytest.mark.parametrize(
    "path",
    [
        "/home/x/llama", "./out", "../a/b", "out/merged", "models/Llama-2-7b", "C:\\models\\llama", "llama", "", None,
        5, "a/b/c", "runs/x", "me/checkpoint-500", "a/b.gguf", "~/x", "x/${y}", "saved_models/x", "Output/x",
    ],
)  # fmt: skip
def test_a_path_is_no_parent(path: object) -> None:
    assert read(config__json={"_name_or_path": path}) == Configurations()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://huggingface.co/a/b", "a/b"),
        ("https://huggingface.co/a/b/tree/main?x=1", "a/b"),
        ("hf.co/a/b:Q4_K_M", "a/b"),
        (" a/b ", "a/b"),
        ("/home/somebody/.cache/huggingface/hub/models--a--b-c/snapshots/0123", "a/b-c"),
        ("D:\\hub\\models--a--b", "a/b"),
    ],
)
def test_an_id_in_other_words(text: str, expected: str) -> None:
    found = read(config__json={"_name_or_path": text})
    assert [parent.name for parent in found.parents] == [expected]


def test_parts_of_a_model() -> None:
    config = {
        "audio_model_id": "openai/whisper-x",
        "mm_vision_tower": "openai/clip-x",
        "model_type": "a/b",
        "text_config": {"_name_or_path": "c/d"},
        "text_model_id": None,
        "vision_config": {"_name_or_path": ""},
    }
    assert edges(read(config__json=config)) == [
        ("openai/whisper-x", "component", "inferred", "m/config.json:2"),
        ("openai/clip-x", "component", "inferred", "m/config.json:3"),
        ("c/d", "component", "inferred", "m/config.json:6"),
    ]


@pytest.mark.parametrize(
    ("config", "name", "line"),
    [
        ({"alpha": 1, "base_model_name_or_path": "a/b"}, "a/b", 3),
        ({"base_model_name_or_path": "gpt2"}, "gpt2", 2),
        ({"model_name": "bert-base-uncased"}, "bert-base-uncased", 2),
        ({"r": 1, "base_model_name_or_path": "../b"}, "(the base in m/adapter_config.json, which is no Hub id)", 3),
        ({"base_model_name_or_path": ["a/b"]}, "(the base in m/adapter_config.json, which is no Hub id)", 2),
        ({"base_model_name_or_path": None}, "(the base in m/adapter_config.json, which is not named)", 2),
        ({}, "(the base in m/adapter_config.json, which is not named)", 1),
    ],
)
def test_the_base_of_an_adapter(config: dict[str, Any], name: str, line: int) -> None:
    assert edges(read(adapter_config__json=config)) == [(name, "adapter", "declared", f"m/adapter_config.json:{line}")]


def test_a_base_written_with_escapes() -> None:
    text = '{\n\n"base_model_name_or_path": "a\\/b"}'
    assert edges(read(adapter_config__json=text)) == [("a/b", "adapter", "declared", "m/adapter_config.json:3")]


def test_a_declared_parent_comes_first_and_counts_once() -> None:
    found = read(
        adapter_config__json={"base_model_name_or_path": "a/b"},
        config__json={"_name_or_path": "a/b", "text_config": {"_name_or_path": "c/d"}},
    )
    assert edges(found) == [
        ("a/b", "adapter", "declared", "m/adapter_config.json:2"),
        ("c/d", "component", "inferred", "m/config.json:4"),
    ]


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ('{"a": 1,\n  b}', "m/config.json:2:3: is not valid JSON"),
        ("[1]", "m/config.json:1:1: expected a JSON object"),
        ('{"a": ' + "9" * 5000 + "}", "m/config.json:1:1: is not valid JSON"),
        ("[" * 100_000, "m/config.json:1:1: is not valid JSON"),
    ],
)
def test_json_that_cannot_be_read(text: str, remark: str) -> None:
    """It may have named any parent."""
    unknown = Configured("(what m/config.json names, which cannot be read)", "fine-tune", "inferred", "m/config.json:1")
    assert read(config__json=text) == Configurations((unknown,), remarks=(remark,))


def test_an_adapter_that_cannot_be_read_has_a_base_that_nobody_knows() -> None:
    found = read(adapter_config__json="{")
    assert edges(found) == [
        (
            "(the base in m/adapter_config.json, which cannot be read)",
            "adapter",
            "declared",
            "m/adapter_config.json:1",
        )
    ]
    assert found.remarks == ("m/adapter_config.json:1:2: is not valid JSON",)


def test_a_key_that_stands_there_twice() -> None:
    found = read(adapter_config__json='{"base_model_name_or_path": "a/b",\n"base_model_name_or_path": "c/d"}')
    assert edges(found) == [("c/d", "adapter", "declared", "m/adapter_config.json:2")]
    assert found.remarks == (
        "m/adapter_config.json:1:1: the key 'base_model_name_or_path' stands there twice; the last one is read",
    )


def test_only_the_first_problems_are_told() -> None:
    text = "{" + ", ".join(f'"k{number}": 1' for number in range(5)) * 2 + "}"
    found = read(config__json=text.replace("1" + '"k0"', '1, "k0"'))
    assert len(found.remarks) == 4
    assert found.remarks[-1] == "m/config.json: 2 more problems of this kind"


def test_parts_of_a_pipeline() -> None:
    index = {
        "_class_name": "P",
        "_name_or_path": "a/b",
        "scheduler": ["diffusers", "S"],
        "text_encoder": {"_name_or_path": "c/d"},
        "unet": [None, None],
        "vae": ["diffusers", "V", {"repo": "e/f"}],
        "safety": ["diffusers", "S", {"repo": "./local", "pretrained_model_name_or_path": "g/h"}],
        "other": ["diffusers", "S", {"repo": None}],
    }
    found = read(model_index__json=index)
    by_name = {parent.name: (parent.relation, parent.basis) for parent in found.parents}
    assert by_name == {
        "a/b": ("fine-tune", "inferred"),
        "c/d": ("component", "inferred"),
        "e/f": ("component", "declared"),
        "g/h": ("component", "declared"),
    }
    assert {parent.name: parent.where for parent in found.parents}["a/b"] == "m/model_index.json:3"


MERGE = """\
models:
  - model: a/b
    parameters: {weight: 0.5, model: x/ignored}
  - model: a/b
  - model:
      model: {path: c/d, revision: main}
      lora: {path: e/lora-x}
merge_method: ties
base_model: f/g@0123+h/lora
tokenizer_source: x/tokenizer
tokenizer: {source: x/tokens}
"""


def test_the_models_of_a_merge() -> None:
    assert edges(read(mergekit_config__yml=MERGE)) == [
        ("a/b", "merge", "declared", "m/mergekit_config.yml:2"),
        ("c/d", "merge", "declared", "m/mergekit_config.yml:6"),
        ("e/lora-x", "merge", "declared", "m/mergekit_config.yml:7"),
        ("f/g", "merge", "declared", "m/mergekit_config.yml:9"),
        ("h/lora", "merge", "declared", "m/mergekit_config.yml:9"),
    ]


def test_a_model_merged_with_itself_is_one_parent() -> None:
    slices = "slices:\n" + "- sources:\n  - {model: a/b, layer_range: [0, 8]}\n" * 3 + "merge_method: passthrough\n"
    assert edges(read(merge__yml=slices)) == [("a/b", "merge", "declared", "m/merge.yml:3")]


def test_experts_and_modules_are_merged_too() -> None:
    experts = "base_model: a/b\ngate_mode: random\nexperts:\n- source_model: c/d\n- source_model: [e/f]\n"
    assert [edge[0] for edge in edges(read(moe__yml=experts))] == ["a/b", "c/d"]
    modules = "merge_method: slerp\nmodules:\n  text_model:\n    slices: [{sources: [{model: g/h}]}]\n"
    assert [edge[0] for edge in edges(read(moe__yml=modules))] == ["g/h"]


def test_a_merged_model_that_is_no_id_is_a_parent_nobody_knows() -> None:
    found = read(x__mergekit__yml="merge_method: linear\nmodels:\n- model: ../b\n- model: /x/c\n- model: ../b\n")
    assert edges(found) == [
        (
            f"(a model merged in m/x.mergekit.yml:{line}, which is no Hub id)",
            "merge",
            "declared",
            f"m/x.mergekit.yml:{line}",
        )
        for line in (3, 4)
    ]


@pytest.mark.parametrize("start", ["", "---\n", "%YAML 1.1\n---\n", "# x\n\n---\n"])
def test_merges_on_the_way_are_no_parents(start: str) -> None:
    text = start + (
        "merge_method: slerp\nmodels: [{model: a/b}]\nname: first\n"
        "---\nmerge_method: slerp\nmodels:\n- model: first\n- model: gpt2\n--- # end\n- 5\n"
    )
    first = start.count("\n")
    assert edges(read(mega__yml=text)) == [
        ("a/b", "merge", "declared", f"m/mega.yml:{first + 2}"),
        ("gpt2", "merge", "declared", f"m/mega.yml:{first + 8}"),
    ]


def test_text_before_the_first_mark_is_a_document() -> None:
    assert [edge[0] for edge in edges(read(x__yaml="base_model: a/b\n---\nbase_model: c/d\n"))] == ["a/b", "c/d"]


def test_a_merge_that_cannot_be_read() -> None:
    found = read(mergekit_config__yml="a: 1\n---\nmodels: &x\n  <<: *x\n")
    name = "(the models merged in m/mergekit_config.yml, which cannot be read)"
    assert edges(found) == [(name, "merge", "declared", "m/mergekit_config.yml:2")]
    assert found.remarks == ("m/mergekit_config.yml:4:3: merge keys are not supported",)


def test_a_recipe_that_cannot_be_read_is_a_remark_where_it_may_name_a_model() -> None:
    assert read(train__yaml="base_model: a/b\nx: {{ y }}\n").remarks == ("m/train.yaml:2:5: a key must be plain text",)
    assert read(chart__yaml="x: {{ y }}\n") == Configurations()
    assert read(MLmodel="import os\nx: y: z\n").remarks == (
        "m/MLmodel:2:2: not valid YAML: mapping values are not allowed in this context",
    )


TRAINING = """\
base_model: a/b
adapter: lora
hub_model_id: me/out
tokenizer_name: x/y
datasets:
  - path: c/d
    type: sharegpt
  - path: json
    data_files: x.jsonl
  - path: ./local
  - {type: alpaca}
  - e/f
pretraining_dataset: {path: g/h}
dataset_mixer: {i/j: 1.0, ./k: 0.5}
dataset: identity, l/m, 7, alpaca.json, none
test_datasets: [{path: n/o}]
data: {path: p/q}
dataset_name:
"""


def test_a_training_and_its_data() -> None:
    found = read(qlora__yaml=TRAINING)
    assert edges(found) == [("a/b", "fine-tune", "inferred", "m/qlora.yaml:1")]
    assert [(data.name, data.basis, data.declared, data.where) for data in found.data] == [
        (name, "inferred", None, f"m/qlora.yaml:{line}")
        for name, line in [
            ("c/d", 6), ("e/f", 12), ("g/h", 13), ("i/j", 14), ("identity", 15), ("l/m", 15), ("p/q", 17),
        ]
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("model_name_or_path: a/b # comment\n", [("a/b", "fine-tune")]),
        ("model:\n  hf_model_ckpt: [a/b, c/d, 5, x]\n", [("a/b", "fine-tune"), ("c/d", "fine-tune")]),
        ("teacher_model: a/b\nmodel: c/d\n", [("a/b", "distill"), ("c/d", "fine-tune")]),
        ("list: [{model: openai/gpt-x}]\n", []),
        ("model_name: {a/b: 1}\n", []),
        ("base_model: ./out\n", []),
        ("base_model:\n", []),
        ("- a/b\n", []),
        ("", []),
    ],
)
def test_models_that_trainings_start_from(text: str, expected: list[tuple[str, str]]) -> None:
    found = read(train__yml=text)
    assert [(parent.name, parent.relation) for parent in found.parents] == expected
    assert found.remarks == ()


def test_data_without_a_training_are_not_read() -> None:
    assert read(data__yml="datasets: [a/b]\n") == Configurations()


def test_a_training_in_json() -> None:
    params = {"data_path": "x/y", "model": "a/b", "datasets": ["c/d"], "token": "secret"}
    found = read(training_params__json=params, training_args__json="[")
    assert edges(found) == [("a/b", "fine-tune", "inferred", "m/training_params.json:3")]
    assert [(data.name, data.where) for data in found.data] == [("c/d", "m/training_params.json:4")]
    assert found.remarks == ("m/training_args.json:1:2: is not valid JSON",)


def test_depth_is_bounded() -> None:
    deep = '{"a": ' * 900 + '{"base_model": "a/b"}' + "}" * 900
    assert read(training_args__json=deep) == Configurations()


def test_the_model_that_mlflow_packed() -> None:
    text = "flavors:\n  transformers:\n    source_model_name: a/b\n    tokenizer_name: c/d\nrun_id: x\n"
    assert edges(read(MLmodel=text)) == [("a/b", "fine-tune", "inferred", "m/MLmodel:3")]


@given(
    st.sampled_from(["config.json", "adapter_config.json", "model_index.json", "MLmodel", "merge.yml", "t.yaml"]),
    st.one_of(
        st.text(),
        st.recursive(
            st.none() | st.text(max_size=3) | st.sampled_from(["a/b", "../x"]) | st.integers(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["base_model", "model", "models", "slices", "datasets", "_name_or_path", "path"]),
                    inner,
                    max_size=4,
                )
            ),
        ).map(json.dumps),
    ),
)
def test_nothing_makes_it_fail(name: str, text: str) -> None:
    assert isinstance(read_configurations({name: text}, "m"), Configurations)


KINDS = {
    "axolotl", "hf-adapter-config", "hf-config", "hf-model-index", "llama-factory", "mergekit", "mlflow",
    "training-config",
}  # fmt: skip


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not here")
def test_every_model_that_people_found_in_real_configurations_is_found() -> None:
    labels = (CORPUS / "manifests" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    read_files = 0
    for label in map(json.loads, labels):
        if label["kind"] not in KINDS:
            continue
        read_files += 1
        name = label["original_name"]
        assert is_configuration(name)
        text = (CORPUS / "manifests" / label["file"]).read_text(encoding="utf-8")
        found = {parent.name: parent.where for parent in read_configurations({name: text}, "m").parents}
        first: dict[str, int] = {}
        for model in label["models"]:
            first.setdefault(model["id"], model["line"])
        assert found == {name_: f"m/{name}:{line}" for name_, line in first.items()}
    assert read_files == 14
