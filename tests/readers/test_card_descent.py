"""More ways in which cards tell of parents, and words that are close to them and tell of something else."""

import time

import pytest

from license_audit.readers.card import read_card

HUB = "https://huggingface.co"
OTTER = f"[Otter]({HUB}/acme/otter-7b)"
BEAVER = f"[Beaver]({HUB}/acme/beaver-7b)"
MERGE = "This is a merge of some favorites.\n\n"


def parents(prose: str, own: str = "", front: str = "license: mit") -> list[tuple[str, str | None]]:
    """Name and relation of each parent that front matter does not declare."""
    card = read_card(f"---\n{front}\n---\n{prose}", "c", own)
    return [(parent.name, parent.relation) for parent in card.stated_base]


def names(prose: str, own: str = "") -> list[str]:
    """Names of the parents."""
    return [name for name, _ in parents(prose, own)]


@pytest.mark.parametrize(
    ("prose", "relation"),
    [
        (f"It is an {OTTER} extension that reads maps.", None),
        (f"This is a {OTTER} remix.", None),
        (f"{OTTER} with additional training on recipes.", "fine-tune"),
        (f"{OTTER} created by the Acme lab and fine-tuned on recipes.", "fine-tune"),
        (f"# Otter ({OTTER}) fine-tuned on recipes", "fine-tune"),
        (f"This is {OTTER} (under a license of its own) instruction tuned on recipes.", "fine-tune"),
        (f"This is {OTTER} preference tuned on votes.", "fine-tune"),
        (f"We use the pretrained {OTTER} model.", None),
        (f"A captioner, leveraging {OTTER} for language.", None),
        (f"Both the encoder and the decoder are {OTTER} models.", None),
        (f"It evolved from its predecessor, the {OTTER}.", None),
        (f"* **Adopted from:** {OTTER}", "fine-tune"),
        (f"* **base mode** : {OTTER}", None),
        (f"- **Vision Encoder**: {OTTER}", "component"),
        (f"- **Base LLM**: {OTTER}", None),
        (f"- **Language Model**: {OTTER}", "component"),
        (f"## Model based on\n{OTTER}", None),
        (f"This repo holds GGUF files to run {OTTER} on small machines.", "quantize"),
        (f"Yes, this model has {OTTER} in it.", "merge"),
        (f"It uses {OTTER} (60%) as a base.", None),
        (f"*Thanks to everybody. Original models:*\n\n- {OTTER}", None),
        ("It was trained with French data from acme/otter-7b.", "train-on-outputs"),
        ("Models used\n===\n\n## Models used (small size)\n\n- acme/otter-7b", "merge"),
        ("Please note that this is a fine-tune of acme/otter-7b.", "fine-tune"),
        (f"The original river-trained Otter model can be found [here]({HUB}/acme/otter-7b).", None),
        (f"GGUF files. For the full BF16 weights, see [this]({HUB}/acme/otter-7b).", "quantize"),
        (f"For the unquantized model click [here]({HUB}/acme/otter-7b).", "quantize"),
        (f"Base models: {OTTER}", None),
        (f"The base model (7B) is {OTTER}", None),
    ],
)
def test_words_that_tell_of_a_parent(prose: str, relation: str | None) -> None:
    assert parents(prose) == [("acme/otter-7b", relation)]


@pytest.mark.parametrize(
    "prose",
    [
        f"It is the miniature version of {OTTER}.",
        f"It is a smaller version of {OTTER}.",
        "The license is derived from `acme/otter-7b`.",
        f"Please consider combining it with {OTTER}.",
        f"Obsolete, succeeded by a new merge: {OTTER}",
        f"A merge of two. Sister model here: {OTTER}",
        f"Pairs with a likeness score (based on {OTTER}) were kept.",
        f"## Models used in this paper\n- {OTTER}",
        f"### Training dataset\n`acme/otter-7b` trained using {OTTER} notes.",
        f"**Related**\n* Base models\n  * {OTTER}",
        f"Merged with another one.\n\n| Model | A | B |\n|---|---|---|\n| {OTTER} | 61.2 | 70.5% |",
        f"The merge made the program {'much ' * 13}better.\n\n| Model |  |\n|---|---|\n| {OTTER} | x |",
        "# A badger (RoBERTa-base) fine-tuned for names",
        f"This is an alternative version of {OTTER}.",
        f"News: released our [7B base model]({HUB}/acme/otter-7b) for maps",
        f"For the full set of tales see [here]({HUB}/acme/otter-7b).",
    ],
)
def test_words_that_tell_of_another_model(prose: str) -> None:
    assert parents(prose) == []


@pytest.mark.parametrize(
    "prose",
    [
        f"({OTTER} + {BEAVER}) 75/25 merge",
        f"{OTTER} and {BEAVER} merge with new settings",
        f"acme/otter-7b, {BEAVER} ties merged by hand.",
        f"A merge including {OTTER}, and {BEAVER}",
        f"It takes {OTTER} (53%) as a base with {BEAVER} (47%).",
        f"We merged them. It uses these:\n- {OTTER}\n- {BEAVER}",
        f"The models used for the merge are {OTTER} and {BEAVER}.",
    ],
)
def test_both_models_of_a_merge(prose: str) -> None:
    assert names(prose) == ["acme/otter-7b", "acme/beaver-7b"]


@pytest.mark.parametrize(
    "prose",
    [
        f"Compared with {OTTER} + {BEAVER} merge",
        f"{OTTER} merge",
        f"{OTTER} + {BEAVER} together",
        f"{OTTER}. Then {BEAVER} merge",
    ],
)
def test_names_that_are_not_called_a_merge_together(prose: str) -> None:
    assert "acme/otter-7b" not in names(prose)


def test_a_line_with_nothing_but_an_id_names_it_whatever_its_spelling() -> None:
    assert names("## Models used\n\n- Acme/Slurp\n- **Acme/Otter**\n- acme/otter-7b.1/") == [
        "Acme/Slurp",
        "Acme/Otter",
        "acme/otter-7b.1",
    ]
    assert names("A merge of Yes/No and Acme/Slurp for fun") == []


def test_a_configuration_with_local_folders_is_read_by_the_names_that_the_prose_links() -> None:
    config = "```yaml\nmerge_method: ties\nmodels:\n  - model: {}\n  - model: stranger-7b\n```"
    for value in ("otter-7b", "/srv/models/acme_otter-7b", "./Otter-7B/"):
        assert names(f"Prompts as in {OTTER}.\n\n{config.format(value)}") == ["acme/otter-7b"]


def test_experts_of_an_architecture_are_no_merge() -> None:
    block = '```json\n{{\n  "model_name": "acme/otter-7b",\n  "moe": {{\n    "experts": {}\n```'
    assert names(block.format("128,")) == []
    assert names(block.format("[")) == ["acme/otter-7b"]


def test_an_adapter_for_another_size_tells_of_no_base() -> None:
    code = (
        "```python\nmodel = AutoModel.from_pretrained('acme/otter-13b')\n"
        "model = PeftModel.from_pretrained(model, '{}')\n```"
    )
    assert names(code.format("acme/trail-13b"), "acme/trail-7b") == []
    assert names(code.format("acme/trail-13b"), "acme/trail-13b") == ["acme/otter-13b"]
    assert names(code.format("acme/trail"), "acme/trail-7b") == ["acme/otter-13b"]
    assert names(code.format("acme/trail-13b")) == ["acme/otter-13b"]


def test_an_encoder_and_a_decoder_that_are_put_together() -> None:
    code = "```python\nm = EncoderDecoderModel.from_encoder_decoder_pretrained('bert-base-uncased', '{}')\n```"
    assert parents(code.format("acme/otter-7b")) == [("bert-base-uncased", "component"), ("acme/otter-7b", "component")]
    assert names(code.format("./local")) == ["bert-base-uncased"]


TABLE = f"| Model | Base model | Size |\n|---|---|---|\n| Trail-7B | {OTTER} | 7 |\n| Trail-13B | {BEAVER} | 13 |"


def test_the_column_of_base_models_counts_in_the_row_of_the_model_itself() -> None:
    assert names(TABLE, "acme/Trail-7B") == ["acme/otter-7b"]
    assert names(TABLE, "acme/Trail-70B") == []
    assert names(TABLE) == []
    assert names(TABLE.replace("Base model", "Rival"), "acme/Trail-7B") == []
    assert names(f"{TABLE}\n\n{TABLE.replace('otter', 'mink').replace('Base model', 'Rival')}", "acme/Trail-7B") == [
        "acme/otter-7b"
    ]
    assert names(f"| A | Base model |\n|---|---|\n| [Trail-7B]({HUB}/acme/Trail-7B) |", "acme/Trail-7B") == []


def test_a_heading_that_says_model_leads_to_the_origin_when_the_link_is_another() -> None:
    prose = f"# Trail\n## Model\n{OTTER} (a checkpoint)"
    assert names(prose, "acme/trail") == ["acme/otter-7b"]
    assert names(prose, "other/otter-7b") == []
    assert names(prose) == []


def test_credits_of_a_merge_that_names_its_parts_nowhere_else() -> None:
    links = f"Otter, the first, by Acme\n\n{HUB}/acme/otter-7b\n\nBeaver by Acme\n{HUB}/acme/beaver-7b\n"
    for lead in ("Credits:\n\n", "## Models and their credits\n\n", ""):
        assert parents(f"{MERGE}{lead}{links}", "acme/trail") == [
            ("acme/otter-7b", "merge"),
            ("acme/beaver-7b", "merge"),
        ]
    assert names(f"{MERGE}## Notes\n\n{links}", "acme/trail") == []
    assert names(f"A model.\n\nCredits:\n\n{links}", "acme/trail") == []
    assert names(f"{MERGE}A fine-tune of acme/mink-7b.\n\nCredits:\n\n{links}", "acme/trail") == ["acme/mink-7b"]


@pytest.mark.parametrize(
    "line",
    [f"{HUB}/acme/otter-7b-GGUF", f"{HUB}/acme/trail", f"Thanks for {HUB}/acme/otter-7b", f"{HUB}/acme/otter-7b runs"],
)
def test_credits_that_are_no_part_of_the_merge(line: str) -> None:
    assert names(f"{MERGE}Credits:\n\n{line}", "acme/trail") == []


def test_a_repository_that_was_duplicated_is_a_copy() -> None:
    assert parents("Text", front="duplicated_from: acme/otter-7b") == [("acme/otter-7b", "copy")]
    assert parents("Text", "acme/otter-7b", "duplicated_from: acme/otter-7b") == []
    assert parents("Text", front="base_model: acme/otter-7b\nduplicated_from: acme/otter-7b") == []


def test_what_a_part_of_a_merge_is_made_from() -> None:
    lines = f"- {OTTER}, based on {BEAVER}\n- acme/mink-7b, faster than acme/stoat-7b"
    assert parents(f"A merge of these models:\n{lines}") == [
        ("acme/otter-7b", "merge"),
        ("acme/beaver-7b", None),
        ("acme/mink-7b", "merge"),
    ]


@pytest.mark.parametrize("note", ["pick any you favor", "choose one", "your favorite", "replace it with yours"])
def test_a_base_that_the_reader_of_a_card_may_choose(note: str) -> None:
    code = "```python\nbase = 'acme/otter-7b'{}\npipe = load(base)\n```"
    assert names(code.format(f"  # {note}")) == []
    assert names(code.format("  # the one")) == ["acme/otter-7b"]


def test_code_that_shows_an_adapter_on_several_models() -> None:
    block = "```python\nbase_model_path = '{}'\npipe = Pipe.from_pretrained(base_model_path)\n```\n\n"
    block = block.replace("\n```", "\npipe.load_lora_weights('acme/trail')\n```")
    one, two = block.format("acme/otter-7b"), block.format("acme/beaver-7b")
    assert parents(one + one) == [("acme/otter-7b", "adapter")]
    assert names(one + two) == []


def test_further_models_that_code_puts_an_adapter_on_are_examples() -> None:
    block = "```python\npipe = SomePipeline.from_pretrained('{}')\npipe.load_lora_weights('acme/trail')\n```\n\n"
    assert parents(block.format("acme/otter-7b") + block.format("acme/beaver-7b")) == [("acme/otter-7b", "adapter")]
    net = "```python\nnet = ControlNetModel.from_pretrained('acme/net')\npipe.load_lora_weights('acme/trail')\n```"
    assert names(net) == []


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("train.py --base_model='acme/otter-7b' --epochs 3", [("acme/otter-7b", "fine-tune")]),
        ("tune.py --base-model-path acme/otter-7b \\\n  --lora-rank 8", [("acme/otter-7b", "adapter")]),
        ("train.py \\\n  --model_name_or_path acme/otter-7b", [("acme/otter-7b", "fine-tune")]),
        (
            "ties.py out --merge acme/otter-7b --merge acme/beaver-7b",
            [("acme/otter-7b", "merge"), ("acme/beaver-7b", "merge")],
        ),
        ("eval.py --model_name_or_path acme/otter-7b", []),
        ("train.py --base_model ./local --model acme/otter-7b", []),
    ],
)
def test_a_command_line_names_what_it_trains_or_merges(command: str, expected: list[tuple[str, str]]) -> None:
    assert parents(f"```bash\npython {command}\n```") == expected


@pytest.mark.parametrize("words", ["version of", "gguf quants for", "fine-tuned from", "base model", "merge of"])
def test_long_words_with_hyphens_take_no_time(words: str) -> None:
    started = time.process_time()
    assert names(f"{words} {'ab-cd' * 30} q4 {'xyz' * 40}, and acme/otter-7b") == []
    assert time.process_time() - started < 0.5
