"""A place in a source tree that names a model. Plain values, so that scanning starts fast."""

from typing import Literal, NamedTuple

ReferenceKind = Literal["hub", "path", "ollama", "hosted", "name"]
"""What is named: a repository of the Hub, a file or folder, a model of an Ollama library, a model behind an API, or a
name that a tool resolves by a list of its own."""
Certainty = Literal["certain", "likely", "possible"]
"""`certain`: the place can hold nothing but a model. `likely`: a place that nearly always does. `possible`: it may."""


class Hit(NamedTuple):
    """What a reader of one kind of file found at one place."""

    line: int
    """Line of the file, counted from 1. In a notebook, of the file itself and not of the cell."""
    column: int
    """Column in characters, counted from 1."""
    id: str
    """The Hub id without host, file, revision and quantization; a path, or another name, as it is written."""
    kind: ReferenceKind
    role: str
    """What the place is, in one or two words: `load`, `base`, `merge parent`, `environment`, `argument`, …"""
    certainty: Certainty = "certain"
    revision: str = ""
    """Branch, tag or commit that is named beside the id; empty when none is."""
    provider: str = ""
    """Who offers a hosted model, where the place says so."""


class Reference(NamedTuple):
    """A hit with the file it was found in."""

    file: str
    """Path from the top of the tree, with `/`."""
    reader: str
    """Kind of file, by the name of its reader, e.g. `python`."""
    hit: Hit
