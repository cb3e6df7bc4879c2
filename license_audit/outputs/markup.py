"""Markdown from strangers' texts: no link, picture, mention or HTML comes out of them, and no document is too long."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from license_audit.outputs.plain import one_line

_LIVELY = re.compile(r"@|://|www\.|#\d|GH-\d|\$|mailto:|xmpp:|:\w+:|[!%&]\d|~\w|\w[/_]\w", re.IGNORECASE)
"""What GitHub and GitLab turn into links, mentions, formulas or pictures, however its characters are escaped; and names
with a slash or an underline, which read better so."""
_AFTER = ".,:;)”"
_MARKS = re.compile(r"([\\`*_\[\]<>&|~#!^{}])")
_START = re.compile(r"^(\d*)([-+=.):])")
_TICKS = re.compile(r"`+")
_BAR = "\\x7c"
_REST = "**{:,} more entries are left out here.** The gravest come first; the report has all of them."


class Block(NamedTuple):
    """A part of a document that is shown whole or not at all, so that no mark stays open."""

    text: str
    entries: int = 1
    """What it counts for when it is left out."""


def code(text: str) -> str:
    """The text in a code span; empty for no text."""
    plain = one_line(text)
    fence = "`" * (max((len(run) for run in _TICKS.findall(plain)), default=0) + 1)
    gap = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{gap}{plain}{gap}{fence}" if plain else ""


def cell(text: str) -> str:
    """The text in a code span that a table can hold."""
    return code(text.replace("|", _BAR))


def prose(text: str) -> str:
    """The text as words; what would become lively stands in a code span."""
    told = " ".join(_word(word) for word in one_line(text).split(" "))
    return _START.sub(r"\1\\\2", told)


def _word(word: str) -> str:
    if not _LIVELY.search(word):
        return _MARKS.sub(r"\\\1", word)
    before = word[0] if word[0] in "(“" else ""
    name = word[len(before) :].rstrip(_AFTER)
    return f"{before}{code(name)}{word[len(before) + len(name) :]}"


def fitted(blocks: Iterable[Block], limit: int) -> str:
    """As many blocks as fit into `limit` bytes, one below the other, and how many entries do not."""
    listed = list(blocks)
    left = sum(block.entries for block in listed)
    kept, size = [], len(_REST.format(left)) + 3
    for block in listed:
        size += len(block.text.encode()) + 1
        if size > limit:
            kept.append(f"\n{_REST.format(left)}")
            break
        kept.append(block.text)
        left -= block.entries
    return "\n".join(kept) + "\n"
