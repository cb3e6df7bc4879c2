"""Answers questions. The old version used google/flan-t5-xl, which is no reference."""

import os
from dataclasses import dataclass

from sentence_transformers import CrossEncoder, SentenceTransformer
from transformers import AutoModelForCausalLM, AutoTokenizer, pipeline

BASE = "mistralai/Mistral-7B-Instruct-v0.3"
ORGANIZATION = "BAAI"
# MODEL = "tiiuae/falcon-7b"
MODEL = os.getenv("CHAT_MODEL", "Qwen/Qwen2.5-7B-Instruct")


@dataclass
class Settings:
    """What can be set."""

    reranker: str = "cross-encoder/ms-marco-MiniLM-L-6-v2"
    output_dir: str = "acme/answers"


def load(settings: Settings):
    tokenizer = AutoTokenizer.from_pretrained(BASE)
    model = AutoModelForCausalLM.from_pretrained(MODEL, revision="main")
    embed = SentenceTransformer(f"{ORGANIZATION}/bge-small-en-v1.5")
    rank = CrossEncoder(settings.reranker)
    summarize = pipeline("summarization", model="facebook/bart-large-cnn")
    model.push_to_hub("acme/answers-7b")
    return tokenizer, model, embed, rank, summarize
