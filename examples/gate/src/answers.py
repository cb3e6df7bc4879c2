"""Answers questions about books."""

import os

from transformers import AutoModelForCausalLM, AutoTokenizer

# We began with google/flan-t5-base; what a comment names is no reference.
MODEL = os.getenv("ANSWER_MODEL", "mistralai/Mistral-7B-Instruct-v0.3")


def load() -> tuple[AutoTokenizer, AutoModelForCausalLM]:
    """The tokenizer and the model that write answers."""
    return AutoTokenizer.from_pretrained(MODEL), AutoModelForCausalLM.from_pretrained(MODEL)
