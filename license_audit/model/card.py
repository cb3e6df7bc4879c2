"""What a model card says, before anything is concluded from it."""

from dataclasses import dataclass

from license_audit.model.evidence import DataSource, Statement
from license_audit.model.words import Relation


@dataclass(frozen=True, slots=True)
class NamedParent:
    """A model that a card names as the origin of its own."""

    name: str
    """As written, without the address of the Hub; `org/name` where the card gives one."""
    relation: Relation | None
    """None when the card does not say how the model came from it."""
    line: int
    """Line of the card, counted from 1."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says of the model's terms: declared in front matter, stated in prose, and never mixed."""

    licenses: tuple[str, ...] = ()
    """License names of the front matter, an unreadable one among them; empty when it names none."""
    license_name: str | None = None
    license_link: str | None = None
    base: tuple[NamedParent, ...] = ()
    """Parents of the front matter, in order, each once."""
    stated_base: tuple[NamedParent, ...] = ()
    """Parents that only the prose names, in order, each once."""
    stated: tuple[Statement, ...] = ()
    """What the prose says about terms."""
    data: tuple[DataSource, ...] = ()
    """Data sets and generators, those of the front matter first."""
    gate_prompt: str | None = None
    """The text that whoever asks for access has to agree to."""
    tags: tuple[str, ...] = ()
    is_dataset: bool = False
    """Whether the front matter is that of a data set and not of a model."""
    remarks: tuple[str, ...] = ()
    """What is odd about the card, with file, line and column."""
    misnamed: tuple[str, ...] = ()
    """License names under keys that the Hub does not read, such as `licence`: no declaration, and not nothing."""
