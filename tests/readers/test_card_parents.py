"""Parents that the prose of a card names."""

import pytest

from license_audit.model.card import NamedParent
from license_audit.readers.card import read_card

HUB = "https://huggingface.co"


def parents(prose: str, front: str = "license: mit") -> list[tuple[str, str | None]]:
    """Name and relation of each parent that only the prose names."""
    return [(parent.name, parent.relation) for parent in read_card(f"---\n{front}\n---\n{prose}", "c").stated_base]


@pytest.mark.parametrize(
    ("prose", "relation"),
    [
        ("This model is a fine-tuned version of acme/otter-7b on a private set.", "fine-tune"),
        ("This model is a fine-tuned version of [acme/otter-7b](https://huggingface.co/acme/otter-7b).", "fine-tune"),
        ("A finetune of **acme/otter-7b** for cooking.", "fine-tune"),
        ("Fine-tuned from `acme/otter-7b` with three epochs.", "fine-tune"),
        ("We fine-tuned acme/otter-7b on recipes.", "fine-tune"),
        ("It was obtained by fine-tuning acme/otter-7b.", "fine-tune"),
        ("- **Finetuned from model [optional]:** acme/otter-7b", "fine-tune"),
        ("* Finetuned from model : acme/otter-7b", "fine-tune"),
        ("We used acme/otter-7b and fine-tuned it on recipes.", "fine-tune"),
        ("[Otter 7B](https://huggingface.co/acme/otter-7b) fine-tuned on Swahili instructions.", "fine-tune"),
        ("Continued pretraining of acme/otter-7b on medical text.", "fine-tune"),
        ("The model was continually pre-trained from acme/otter-7b.", "fine-tune"),
        ("We further pretrain acme/otter-7b on law.", "fine-tune"),
        ("The weights were initialized from acme/otter-7b.", "fine-tune"),
        ("Training started from acme/otter-7b.", "fine-tune"),
        ("It was trained on top of acme/otter-7b with DPO.", "fine-tune"),
        ("Instruction-tuned version of acme/otter-7b", "fine-tune"),
        ("We trained a roberta-base model on tweets.", "fine-tune"),
        ("This is a GGUF conversion of [Otter](https://huggingface.co/acme/otter-7b).", "quantize"),
        ("4-bit quantized version of acme/otter-7b.", "quantize"),
        (
            "This repo contains GGUF format model files for [Acme's Otter 7B](https://huggingface.co/acme/otter-7b).",
            "quantize",
        ),
        ("static quants of https://huggingface.co/acme/otter-7b", "quantize"),
        ("Quantization of acme/otter-7b by means of llama.cpp", "quantize"),
        (
            f"This model was converted to GGUF from [`acme/otter-7b`]({HUB}/acme/otter-7b) with a script.",
            "quantize",
        ),
        (
            "The Model [mlx/otter-7b-4bit](https://huggingface.co/mlx/otter-7b-4bit) was converted to MLX format from [acme/otter-7b](https://huggingface.co/acme/otter-7b).",
            "quantize",
        ),
        ("This repository contains acme/otter-7b quantized with AutoAWQ to 4 bits.", "quantize"),
        ("ONNX export of acme/otter-7b", "quantize"),
        ("Exl2 quants of acme/otter-7b", "quantize"),
        ("Original model: https://huggingface.co/acme/otter-7b", None),
        ("- Original model: [Otter 7B](https://huggingface.co/acme/otter-7b)", None),
        ("- Original model: https://huggingface.co/acme/otter-7b/", None),
        (
            "# Otter 7B - GGUF\n- Model creator: [Acme](https://huggingface.co/acme)\n- Original model: [Otter](https://huggingface.co/acme/otter-7b)",
            None,
        ),
        ("* [Unquantised fp16 model](https://huggingface.co/acme/otter-7b)", "quantize"),
        ("LoRA adapter for acme/otter-7b.", "adapter"),
        ("It is a LoRA adapter for [`acme/otter-7b`](https://huggingface.co/acme/otter-7b).", "adapter"),
        ("These are LoRA adaption weights for acme/otter-7b.", "adapter"),
        ("A QLoRA trained on acme/otter-7b", "adapter"),
        ("ControlNet weights trained on acme/otter-7b with a new conditioning.", "adapter"),
        ("Merge of acme/otter-7b and others.", "merge"),
        ("This model was merged using the TIES merge method using acme/otter-7b as a base.", "merge"),
        ("This model is distilled from acme/otter-7b.", "distill"),
        ("A distilled version of acme/otter-7b", "distill"),
        ("Teacher model: acme/otter-7b", "distill"),
        ("We used acme/otter-7b as the teacher.", "distill"),
        ("Re-upload of acme/otter-7b.", "copy"),
        ("This is a mirror of [Otter](https://huggingface.co/acme/otter-7b).", "copy"),
        ("A copy of acme/otter-7b without the gate.", "copy"),
        ("Base model: acme/otter-7b", None),
        ("**Base model:** [Otter](https://huggingface.co/acme/otter-7b)", None),
        ("- **Base Model**: `acme/otter-7b`", None),
        ("| Base model | acme/otter-7b |", None),
        ("| | |\n|---|---|\n| **Base Model** | `acme/otter-7b` |", None),
        ("## Base model\n\nacme/otter-7b", None),
        ("**Model page:** <br>\nhttps://huggingface.co/acme/otter-7b", None),
        ('<p>Based on <a href="https://huggingface.co/acme/otter-7b">Otter</a></p>', None),
        ("The model is built upon acme/otter-7b.", None),
        ("It is derived from acme/otter-7b.", None),
        ("It uses acme/otter-7b as its base model.", None),
        ("The underlying language model is acme/otter-7b.", None),
        ("Base model: hf.co/acme/otter-7b:Q4_K_M", None),
        ("# acme/otter-7b GGUF\n\nFiles.", "quantize"),
        ("# acme/otter-7b - AWQ", "quantize"),
        ("Модель основана на acme/otter-7b.", None),
        ("Это дообученная версия acme/otter-7b.", "fine-tune"),
        ("Квантованная версия acme/otter-7b.", "quantize"),
        ("Mô hình fine-tune từ acme/otter-7b", "fine-tune"),
        ("Dựa trên mô hình acme/otter-7b", None),
        ("基于 Acme 的 [Otter](https://huggingface.co/acme/otter-7b) 模型", None),
        ("Base model: huggingface://acme/otter-7b/model.gguf", None),
        ("# LoRA of acme/otter-7b", "adapter"),
        ("This model is a fine-tuned\nversion of\nacme/otter-7b.", "fine-tune"),
        ("本模型基于acme/otter-7b进行微调。", "fine-tune"),
        ("我们采用中文指令集，对acme/otter-7b进行LoRA微调。", "fine-tune"),
        ("基座模型：acme/otter-7b", None),
        ("acme/otter-7bをベースに日本語で学習しました。", None),
        ("acme/otter-7bをファインチューニングしたモデルです。", "fine-tune"),
        ("ベースモデル: acme/otter-7b", None),
        ("이 모델은 acme/otter-7b를 파인튜닝한 모델입니다.", "fine-tune"),
        ("Ce modèle est une version affinée de acme/otter-7b.", "fine-tune"),
        ("Modèle basé sur acme/otter-7b.", None),
        ("Este modelo está basado en acme/otter-7b.", None),
        ("Versión ajustada de acme/otter-7b para recetas.", "fine-tune"),
        ("Dieses Modell basiert auf acme/otter-7b.", None),
        ("Eine feinabgestimmte Version von acme/otter-7b.", "fine-tune"),
        ("Quantisierte Version von acme/otter-7b.", "quantize"),
    ],
)
def test_the_origin_is_named(prose: str, relation: str | None) -> None:
    found = parents(prose)
    assert [name for name, _ in found if name != "roberta-base"] == (
        [] if "roberta-base" in prose else ["acme/otter-7b"]
    )
    assert found[0][1] in (relation, "fine-tune" if "をベース" in prose else relation)


@pytest.mark.parametrize(
    "prose",
    [
        "# acme/otter-7b-GGUF quants",
        "# acme/otter-7b",
        "Unlike acme/otter-7b, this model was trained from scratch.",
        "Compared to acme/otter-7b it is faster.",
        "It outperforms acme/otter-7b on every test.",
        "It was trained from scratch and not fine-tuned from acme/otter-7b.",
        "This model is not based on acme/otter-7b.",
        "See also acme/otter-7b.",
        "Looking for something larger? Try [Otter 70B](https://huggingface.co/acme/otter-70b).",
        "The data was tokenized with the [acme/otter-7b](https://huggingface.co/acme/otter-7b) tokenizer.",
        "It uses the tokenizer of acme/otter-7b.",
        "| Model | Score |\n|---|---|\n| acme/otter-7b | 3.1 |",
        "Fine-tuned on the [recipes](https://huggingface.co/datasets/acme/recipes-7b) dataset.",
        "Fine-tuned on the acme/recipes-dataset.",
        "Try the [demo](https://huggingface.co/spaces/acme/otter-7b) based on it.",
        "Trained with code derived from [otter](https://github.com/acme/otter-7b).",
        "Based on [the paper](https://arxiv.org/abs/2101.00001) of otters.",
        "```python\nmodel = AutoModel.from_pretrained('acme/otter-7b')\n```",
        "```bash\ndocker pull acme/otter-7b:latest\n```",
        "The picture is of type image/png and based on image/x-otter-7b.",
        "The checkpoint was built from src/train-7b.py and data/set-1.json.",
        "Runs are at https://wandb.ai/acme/otter-7b and were continued from there.",
        "Quantized versions of this model are at [GGUF](https://huggingface.co/acme/otter-7b-GGUF).",
        "Quantizations provided by acme:\n- [GPTQ](https://huggingface.co/acme/otter-7b-GPTQ)\n- [GGML](https://huggingface.co/acme/otter-7b-GGML)",
        "The following models were fine-tuned from [acme/otter-7b](https://huggingface.co/acme/otter-7b):",
        "**Related models**\n- [Otter chat](https://huggingface.co/acme/otter-7b-chat)\n- [Otter base](https://huggingface.co/acme/otter-7b)",
        "You can fine-tune it as shown for acme/otter-7b.",
        "See how to fine-tune acme/otter-7b in the notebook.",
        "This model can be merged with acme/otter-7b.",
        "# Original model card: Otter\n\nOtter is a fine-tuned version of acme/otter-7b.",
        "<!-- base_model: acme/otter-7b -->",
        "```bibtex\n@misc{otter, title={Fine-tuned from acme/otter-7b}}\n```",
        "@misc{otter,\n title={Otter, a fine-tuned version of acme/otter-7b}\n}",
        "We thank [acme](https://huggingface.co/acme) and based the text on theirs.",
        "Our previous classifier was based on acme/otter-7b.",
        "The following text is modified from [Otter](https://huggingface.co/acme/otter-7b).",
        "Judges such as acme/otter-7b gave it five points.",
        "It works in training and/or fine-tuning and/or 8-bit.",
        "优于acme/otter-7b的表现。",
        "The same prompt format as acme/otter-7b.",
        "For a quantized version see [here](https://huggingface.co/acme/otter-7b-AWQ).",
        "We release an 8-bit quantized model, [click here](https://huggingface.co/acme/otter-7b-int8).",
        "Install with `pip install acme/otter-7b.tar.gz`, then merge.",
    ],
)
def test_other_models_are_not_the_origin(prose: str) -> None:
    assert parents(prose) == []


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        (
            (
                f"This is a 60/40 merge between:\n- [Otter]({HUB}/acme/otter-7b)\n"
                f"- [Beaver]({HUB}/acme/beaver-7b) + [Fish]({HUB}/acme/fish-lora-7b) by me"
            ),
            ["acme/otter-7b", "acme/beaver-7b", "acme/fish-lora-7b"],
        ),
        ("### Models Merged\n\n* acme/otter-7b\n* ./local\n* acme/beaver-7b", ["acme/otter-7b", "acme/beaver-7b"]),
        ("Parts:\n* merge of:\n  * acme/otter-7b\n  * acme/beaver-7b", ["acme/otter-7b", "acme/beaver-7b"]),
        ("Mix of acme/otter-7b, acme/beaver-7b and acme/fish-7b.", ["acme/otter-7b", "acme/beaver-7b", "acme/fish-7b"]),
        (
            f"Its two models ([Otter]({HUB}/acme/otter-7b) and [Beaver]({HUB}/acme/beaver-7b)) were merged.",
            ["acme/otter-7b", "acme/beaver-7b"],
        ),
        (
            "## Merged models\n\n| Model | Weight |\n|---|---|\n| acme/otter-7b | 0.5 |\n| acme/beaver-7b | 0.5 |",
            ["acme/otter-7b", "acme/beaver-7b"],
        ),
        (
            "```yaml\nmodels:\n  - model: acme/otter-7b+acme/fish-lora\n  - model: ./x\nmerge_method: ties\n```",
            ["acme/otter-7b", "acme/fish-lora"],
        ),
        (
            (
                '```json\n{\n"merge_method": "x",\n"models": [{"model": "acme/otter-7b"}, '
                '{"model": "https://huggingface.co/acme/beaver-7b"}]}\n```'
            ),
            ["acme/otter-7b", "acme/beaver-7b"],
        ),
        ("```yaml\nmerge_method: linear\nmodels:\n- model: acme/otter-7b\n\n## License\n\nMIT\n", ["acme/otter-7b"]),
    ],
)
def test_every_model_of_a_merge(prose: str, expected: list[str]) -> None:
    found = parents(prose)
    assert [name for name, _ in found] == expected
    assert {relation for _, relation in found} == {"merge"}


@pytest.mark.parametrize(
    ("code", "relation"),
    [
        (
            "m = AutoModelForCausalLM.from_pretrained('acme/otter-7b')\nm = PeftModel.from_pretrained(m, 'me/lora-7b')",
            "adapter",
        ),
        ("base_model = 'acme/otter-7b'\nm = AutoModel.from_pretrained(base_model)", "adapter"),
        (
            "name = 'acme/otter-7b'\nm = AutoModelForCausalLM.from_pretrained(name)\nm.load_adapter('me/lora-7b')",
            "adapter",
        ),
        ("pipe = FluxPipeline.from_pretrained(\n    'acme/otter-7b')\npipe.load_lora_weights('me/lora-7b')", "adapter"),
        ("m = AutoAWQForCausalLM.from_pretrained('acme/otter-7b')\nm.quantize(tokenizer)", "quantize"),
        (
            (
                "t = AutoTokenizer.from_pretrained('me/x-7b')\nm = AutoModel.from_pretrained('acme/otter-7b')\n"
                "m = PeftModel.from_pretrained(m, 'me/lora-7b')"
            ),
            "adapter",
        ),
    ],
)
def test_code_that_puts_something_onto_a_base(code: str, relation: str) -> None:
    assert parents(f"```python\n{code}\n```") == [("acme/otter-7b", relation)]


@pytest.mark.parametrize(
    "code",
    [
        "lora = 'me/lora-7b'\nm = AutoModel.from_pretrained(lora)\nm = PeftModel.from_pretrained(m, lora)",
        "m = AutoModel.from_pretrained('./local-7b')\nm = PeftModel.from_pretrained(m, 'me/lora-7b')",
        "base_model = './local-7b'",
        "m = PeftModelForCausalLM.from_pretrained('me/lora-7b')\nm.load_adapter('x')",
        "m = AutoAWQForCausalLM.from_pretrained(path)\nm.quantize(tokenizer)",
        "t = AutoTokenizer.from_pretrained('acme/bert-7b')\nm = AutoModel.from_pretrained('me/x-7b')",
        "t = AutoTokenizer.from_pretrained('bert-base-cased')\nm = AutoModel.from_pretrained('bert-base-cased')",
    ],
)
def test_code_that_loads_the_model_itself(code: str) -> None:
    assert parents(f"```python\n{code}\n```") == []


def test_an_old_encoder_whose_tokenizer_is_loaded_beside_the_model() -> None:
    code = "t = BertTokenizer.from_pretrained('bert-base-cased')\nm = BertForMaskedLM.from_pretrained('me/x-7b')"
    assert parents(f"```python\n{code}\n```") == [("bert-base-cased", None)]


@pytest.mark.parametrize(
    ("block", "relation"),
    [
        ("yaml\nbase_model: acme/otter-7b\ndatasets:\n  - path: acme/data", "fine-tune"),
        ("yaml\nbase_model: acme/otter-7b\nadapter: qlora", "adapter"),
        ('json\n{\n"base_model_name_or_path": "acme/otter-7b",\n"peft_type": "LORA"\n}', "adapter"),
    ],
)
def test_a_training_configuration_names_its_base(block: str, relation: str) -> None:
    assert parents(f"```{block}\n```") == [("acme/otter-7b", relation)]


def test_a_name_in_words_whose_id_stands_elsewhere() -> None:
    code = "```python\nname = 'acme/otter-7b'\n```"
    assert parents(f"# Otter 7B chat\n\nIt was built by finetuning Otter-7B on tales.\n\n{code}") == [
        ("acme/otter-7b", "fine-tune")
    ]
    assert parents(f"# Otter-7B\n\nFinetuning Otter-7B is easy.\n\n{code}") == []
    assert parents(f"# Chat\n\nOtter-7B is a model.\n\n{code}") == []


def test_the_same_name_under_another_owner() -> None:
    text = "This repository contains two versions of Otter-7b.\n\n```python\nmodel_id = 'acme/Otter-7b'\n```\n"
    assert read_card(text, "c", "copycat/Otter-7b").stated_base == (NamedParent("acme/Otter-7b", "copy", 1),)
    assert read_card(text, "c", "acmee/Otter-7b").stated_base == ()
    assert read_card(text, "c", "acme/Otter-7b").stated_base == ()
    assert read_card(text, "c", "Otter-7b").stated_base == ()


def test_no_model_is_its_own_parent() -> None:
    assert read_card("A fine-tune of acme/otter-7b.", "c", "ACME/otter-7b").stated_base == ()


def test_a_sentence_about_another_model() -> None:
    text = f"# Beaver\n\n[Otter]({HUB}/acme/otter-7b) is a fine-tuned version of [Fish]({HUB}/acme/fish-7b)."
    assert parents(text) == []
    text = f"# Otter 7B\n\n[Otter]({HUB}/acme/otter-7b) is a fine-tuned version of [Fish]({HUB}/acme/fish-7b)."
    assert parents(text) == [("acme/fish-7b", "fine-tune")]


@pytest.mark.parametrize(
    ("prose", "relation"),
    [
        ("Built with acme/otter-7b as its vision encoder.", "component"),
        ("It has acme/otter-7b as an encoder.", "component"),
        ("It uses the vision encoder of acme/otter-7b.", "component"),
        ("Trained on conversations generated by acme/otter-7b.", "train-on-outputs"),
        ("This is acme/otter-7b trained on tales.", "fine-tune"),
        ("This is acme/otter-7b with new embeddings.", None),
        ("Trained on [Otter](https://huggingface.co/acme/otter-7b) with pictures.", "fine-tune"),
        ("Uncensored version of acme/otter-7b.", None),
        ("Base: acme/otter-7b\nMethod: DPO", None),
        ("> Base model: acme/otter-7b", None),
        ("<li>Base model: acme/otter-7b</li>", None),
        ("Base model: acme/otter-7b (unlike acme/beaver-7b)", None),
        ("Thanks to acme/otter-7b for the base weights.", None),
    ],
)
def test_less_common_words(prose: str, relation: str | None) -> None:
    assert parents(prose) == [("acme/otter-7b", relation)]


def test_a_field_with_more_than_one_model() -> None:
    assert parents("Teacher: acme/otter-70b, student: acme/otter-7b") == [
        ("acme/otter-70b", "distill"),
        ("acme/otter-7b", None),
    ]
    assert parents("Base model: acme/otter-7b and acme/beaver-7b") == [
        ("acme/otter-7b", None),
        ("acme/beaver-7b", None),
    ]
    assert parents("Base model: the acme/otter-7b tokenizer") == []


def test_the_line_is_that_of_the_name() -> None:
    card = read_card("---\nlicense: mit\n---\n\nThis model is\na fine-tuned version of\nacme/otter-7b\n", "c")
    assert card.stated_base == (NamedParent("acme/otter-7b", "fine-tune", 7),)


def test_a_network_for_conditioning_goes_with_its_pipeline() -> None:
    code = "net = ControlNetModel.from_pretrained('me/net-7b')\npipe = XPipeline.from_pretrained('acme/otter-7b', net)"
    assert parents(f"```python\n{code}\n```") == [("acme/otter-7b", "adapter")]
    assert (
        parents(
            "```python\nnet = ControlNetModel.from_pretrained('me/net-7b')\np = XPipeline.from_pretrained('./x')\n```"
        )
        == []
    )


def test_a_row_for_several_models_tells_of_none() -> None:
    assert parents("| Base model | acme/otter-7b | acme/otter-13b |") == []


def test_a_list_that_a_field_introduces() -> None:
    assert parents("Base model:\n- Otters\n  - acme/otter-7b") == []
    assert parents("Facts:\n- Base model:\n  - acme/otter-7b") == [("acme/otter-7b", None)]
    assert parents("Facts:\n- Base models\n  - acme/otter-7b") == []
    assert parents("Base model:\n- acme/otter-7b") == [("acme/otter-7b", None)]


def test_only_what_is_joined_to_the_first_name_of_an_item_counts() -> None:
    assert parents("Merge of:\n- acme/otter-7b, chosen because acme/beaver-7b was slow") == [("acme/otter-7b", "merge")]


def test_what_is_joined_may_still_be_something_else() -> None:
    assert parents("A fine-tune of acme/otter-7b and acme/beaver-7b tokenizer.") == [("acme/otter-7b", "fine-tune")]


def test_a_sibling_that_is_the_model_itself() -> None:
    text = f"# X\n\n- [Otter]({HUB}/acme/otter-7b): a fine-tune of [Fish]({HUB}/acme/fish-7b)"
    assert read_card(text, "c", "acme/otter-7b").stated_base == (NamedParent("acme/fish-7b", "fine-tune", 3),)
    assert read_card(text, "c", "acme/beaver-7b").stated_base == ()


def test_code_in_a_card_inside_the_card_is_not_read() -> None:
    assert parents("Original model card:\n\n```yaml\nbase_model: acme/otter-7b\n```\n") == []


def test_models_in_a_number_are_parents_only_of_a_merge() -> None:
    assert parents(f"Its two models ([Otter]({HUB}/acme/otter-7b)) sleep.") == []


def test_a_model_that_is_trained_has_to_be_called_one() -> None:
    assert parents("We train a bert-base-cased tokenizer.") == []
    assert parents("We train a bert-base-cased on tales.") == []


def test_a_name_that_sounds_like_data_is_no_model() -> None:
    assert parents("Fine-tuned on acme/tales.") == []
    assert parents("Fine-tuned on `acme/tales`.") == []
