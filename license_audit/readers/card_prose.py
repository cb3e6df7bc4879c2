"""What the prose of a card says: parents, terms and data, each with its line."""

from dataclasses import dataclass

from license_audit.model.card import NamedParent
from license_audit.model.evidence import DataSource, Statement
from license_audit.readers.card_config import code_parents, tokenizer_parents
from license_audit.readers.card_data import prose_data
from license_audit.readers.card_parents import first_of_each, prose_parents
from license_audit.readers.card_terms import prose_terms
from license_audit.readers.card_text import read_body

__all__ = ["Prose", "first_of_each", "read_prose"]


@dataclass(frozen=True, slots=True)
class Prose:
    """What the prose of a card says."""

    parents: tuple[NamedParent, ...]
    """In order, each once."""
    terms: tuple[Statement, ...]
    data: tuple[DataSource, ...]


def read_prose(text: str, start: int, shown: str, own: str) -> Prose:
    """The prose of a card that starts at a position of its text. `own` is the id of the card's model, or empty."""
    body = read_body(text[start:], text.count("\n", 0, start))
    parents = first_of_each(prose_parents(body, own) + code_parents(body, own) or tokenizer_parents(body), [own])
    return Prose(parents, prose_terms(body, text.split("\n"), own), tuple(prose_data(body, shown)))
