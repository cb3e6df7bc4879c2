"""What names in Python say of their values: `base_model` holds a model, `output_dir` and `dataset_name` do not."""

import re
from functools import lru_cache


def words(text: str) -> frozenset[str]:
    """Words of a text as a set."""
    return frozenset(text.split())


_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_MODEL_WORDS = words(
    """model models checkpoint checkpoints ckpt tokenizer llm llms pretrained backbone embedder embedding embeddings
    reranker adapter adapters lora vlm unet vae controlnet modelname modelid modelpath"""
)
_MODEL_NAMES = words(
    """repo_id repo_ids hf_repo hf_repo_id hf_repo_name hf_id hf_name hf_hub_id hub_id hub_repo hub_repo_id name_or_path
    text_encoder image_encoder processor_name processor_id feature_extractor hf_path
    llmmodel basemodel"""
)
_OTHER_WORDS = words(
    """out output outputs save saved saving new push pushed upload uploaded uploading dataset datasets data class
    classes cls type types project run runs experiment format version revision extension prefix suffix kwargs args card
    registry doc docs docstring description export exported exporting result results wandb docker container license
    owner author merged trained training title label labels task tasks help homepage citation image images config
    configs directory cost costs price prices pricing limit limits"""
)
"""With one of these a name says something of a model, or what is made of it, and not which it is."""
_OTHER_NAMES = words("hub_model_id push_to_hub_model_id hub_repo_name")
_STILL_MODELS = re.compile(r"image_model|image_embed|config_name|label_model|pretrained|base_model")
"""Names that hold a word of something else and still hold a model."""
_WRITTEN = re.compile(
    r"(?:^|_)(?:output|out|save|saved|new|push|upload|dataset|data|merged|results?|export)(?:_|$|s_)", re.IGNORECASE
)


@lru_cache(maxsize=8192)
def is_model(name: str) -> bool:
    """Whether the name of a variable, keyword, field, option or key says that its value names a model."""
    name = name.strip("-_ ")
    plain = name.lower().replace("-", "_")
    if plain in _OTHER_NAMES:
        return False
    if plain in _MODEL_NAMES:
        return True
    parts = {word.lower() for word in _WORDS.findall(name)}
    is_other = bool(parts & _OTHER_WORDS) and not _STILL_MODELS.search(plain)
    return bool(parts & _MODEL_WORDS) and not is_other


@lru_cache(maxsize=8192)
def is_written(name: str) -> bool:
    """Whether a name says that a program writes its value itself, or that it is a data set."""
    return _WRITTEN.search(name) is not None
