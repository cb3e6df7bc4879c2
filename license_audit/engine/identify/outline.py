"""The sections of any text, known or not, each with a digest of its words: enough to tell later what changed."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from hashlib import blake2b

from license_audit.engine.identify.sections import Numbering
from license_audit.engine.identify.words import words_of

DIGEST_BYTES = 6
Outline = tuple[tuple[str, str], ...]


def outline(text: str) -> Outline:
    """Sections in their order, by the text's own numbering; paragraphs that have no number are counted."""
    return tuple((name, _digest(words)) for name, words in _sections(text) if words)


def differing(old: Outline, new: Outline) -> tuple[str, ...]:
    """Names of the sections that changed, were added or were removed, in the order of the texts."""
    names: dict[str, None] = {}
    matcher = SequenceMatcher(a=[digest for _, digest in old], b=[digest for _, digest in new], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            names |= dict.fromkeys(name for name, _ in (*old[start:end], *new[first:last]))
    return tuple(names)


def _sections(text: str) -> Iterator[tuple[str, list[str]]]:
    numbering, paragraph = Numbering(), 1
    name, words, is_blank = "paragraph 1", list[str](), False
    for line in text.splitlines():
        opening = numbering.opening(line)
        starts = is_blank and bool(line.strip()) and name.startswith("paragraph ")
        if opening is not None or starts:
            yield name, words
            paragraph += 1
            name, words = opening.name if opening else f"paragraph {paragraph}", []
        words += words_of(line if opening is None else line[: opening.start] + line[opening.end :])
        is_blank = not line.strip()
    yield name, words


def _digest(words: Sequence[str]) -> str:
    return blake2b(" ".join(words).encode(), digest_size=DIGEST_BYTES).hexdigest()
