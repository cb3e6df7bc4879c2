"""Parents that the prose of a card names."""

import pytest

from license_audit.readers.card import read_card


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
            "This model was converted to GGUF format from [`acme/otter-7b`](https://huggingface.co/acme/otter-7b) using llama.cpp.",
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
        "| Base | [acme/otter-7b](https://huggingface.co/acme/otter-7b) | 3.1 | [x/y-2](https://huggingface.co/x/y-2) |\n"
        * 0
        + "nothing",
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
