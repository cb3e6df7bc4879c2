"""Any number of models that differ, always the same ones."""

import hashlib
import json

from tests.loopback.content import File, Weights
from tests.loopback.hub import LoopbackHub

_FAMILY = 4
"""A root and three models made from it."""
_LICENSES = ("apache-2.0", "mit", "cc-by-4.0", "other")
_RELATIONS = ("finetune", "quantized", "adapter")


def model_id(number: int) -> str:
    """The id of a generated model."""
    return f"lab-{number // 50}/model-{number}"


def generate(hub: LoopbackHub, count: int) -> list[str]:
    """Adds models, each with card, license text, configuration and listed weights. Gives their ids."""
    for number in range(count):
        root = number - number % _FAMILY
        front = [f"license: {_LICENSES[number // _FAMILY % len(_LICENSES)]}"]
        if number != root:
            front += [f"base_model: {model_id(root)}", f"base_model_relation: {_RELATIONS[number % _FAMILY - 1]}"]
        card = "\n".join(["---", *front, "---", f"# Model {number}", "", "A model made up for a test."])
        files: dict[str, File] = {
            "README.md": card,
            "LICENSE": f"Terms number {number // _FAMILY} of this test, which nobody knows.\n",
            "config.json": json.dumps({"architectures": ["MadeUp"], "vocab_size": 1000 + number}),
            "model.safetensors": Weights(hashlib.sha256(f"weights {number}".encode()).hexdigest()),
        }
        hub.model(model_id(number), files)
    return [model_id(number) for number in range(count)]
