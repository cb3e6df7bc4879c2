"""What the words around the name of a model tell of descent."""

import re
from dataclasses import dataclass

from license_audit.model.words import Relation
from license_audit.readers.card_contexts import (
    AFTER,
    LABEL,
    NOT_ORIGIN,
    NOT_PARENT_AFTER,
    PART,
    PART_AFTER,
    TAKEN,
    TAKEN_AFTER,
    THIS,
    THIS_IS,
)
from license_audit.readers.card_languages import AFTER_ELSEWHERE, BEFORE_ELSEWHERE
from license_audit.readers.card_links import Mention
from license_audit.readers.card_words import BEFORE

_BEFORE = (*BEFORE, *BEFORE_ELSEWHERE)
_AFTER = (*AFTER, *AFTER_ELSEWHERE)
REACH = 200
"""Characters before and after a name in which what it is has to be said."""
_NOISE = re.compile(r"[*`\"“”'‘’]|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")
_SPACE = re.compile(r"\s+")
_FROM_OTHER = re.compile(r"[^⟦⟧]*?\bfrom\b[^⟦⟧]{0,60}⟦")
_SIZED = re.compile(r"\d[bm](?![a-z])|\d\.\d|(?:base|large|small)$", re.IGNORECASE)
_OTHER_SIZE = re.compile(
    r"\b(?:mini(?:ature)?|small(?:er)?|tiny|larger?|bigger|lite|lighter|nano|sibling|other|another|alternat(?:iv)?e|previous|next)\s+$",
    re.IGNORECASE,
)
"""A version of another size or kind is a sibling."""
_RELEASED = re.compile(r"\breleas\w+ (?:our|the|a) (?:\w+ ){0,2}$", re.IGNORECASE)
"""News of a model next to the card's own."""
_TITLE = re.compile(r"model card (?:for|of)?", re.IGNORECASE)
_SPECIAL: dict[str, Relation | None] = {
    "version": None,
    "models": "merge",
    "model": "fine-tune",
    "part": "component",
    "on": "fine-tune",
    "outputs": "train-on-outputs",
    "trained": "fine-tune",
    "changed": None,
    "converted": "quantize",
    "named": None,
}
"""Relations of patterns that hold only under a further condition."""
_GROUPS: tuple[tuple[str, Relation], ...] = (
    ("merge", "merge"),
    ("tune", "fine-tune"),
    ("quantize", "quantize"),
    ("adapter", "adapter"),
    ("distill", "distill"),
    ("teacher", "distill"),
    ("component", "component"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """That a model is the origin of the card's own."""

    relation: Relation | None
    """None when the words do not say how."""


@dataclass(frozen=True, slots=True)
class About:
    """The model that the card is about."""

    own: str
    """Its id; empty when nobody knows it."""
    title: str
    """The first heading, plain."""
    merges: bool
    """Whether the card speaks of a merge."""

    def is_own(self, name: str) -> bool:
        """Whether a name can be that of the card's own model."""
        if self.own:
            return plain(name) == plain(self.own)
        return not self.title or plain(name) in self.title or self.title in plain(name)


def plain(name: str) -> str:
    """The letters and digits of a name without its owner, so that two spellings can be compared."""
    return re.sub(r"[^a-z0-9]+", "", name.rpartition("/")[2].lower())


def plain_title(heading: str) -> str:
    """A heading as a plain name, without the words `model card for`."""
    return plain(_TITLE.sub("", heading))


def smooth(text: str) -> str:
    """A text without emphasis, quotation marks and runs of blanks."""
    return _SPACE.sub(" ", _NOISE.sub("", text)).strip()


def told(text: str, start: int, end: int, mention: Mention, about: About) -> Told | None:
    """What a smooth text tells of the model that it names from `start` to `end`; None when it tells of no descent."""
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    if NOT_PARENT_AFTER.match(after):
        return None
    label = LABEL.search(mention.label) if mention.linked and text.count("⟦") == 1 else None
    if (
        label
        and not (NOT_ORIGIN.search(mention.label) or _RELEASED.search(before))
        and ("original" in label.group().lower() or not NOT_ORIGIN.search(before))
    ):
        return Told(relation_of(label))
    return _before(before, after, mention, about) or _after(before, after)


def _before(before: str, after: str, mention: Mention, about: About) -> Told | None:
    for pattern, kind in _BEFORE:
        found = pattern.search(before)
        if not found or NOT_ORIGIN.search(before[: found.start()]):
            continue
        if kind in _SPECIAL and not _holds(kind, before[: found.start()], after, mention, about):
            continue
        return Told(_as_relation(kind) or also(after))
    return None


def also(after: str) -> Relation | None:
    """The relation that the words after a name add."""
    if PART_AFTER.match(after):
        return "component"
    return next((relation for ends, relation in _PLAIN_AFTER if ends.match(after)), None)


def _holds(kind: str, ahead: str, after: str, mention: Mention, about: About) -> bool:
    """Whether the further condition of a pattern holds."""
    match kind:
        case "version":
            return bool(THIS.search(ahead or "this")) and not _OTHER_SIZE.search(ahead)
        case "models":
            return about.merges
        case "named":
            return not about.is_own(mention.name)
        case "model":
            return after.lstrip().startswith("model")
        case "part":
            return bool(PART.search(ahead))
        case "on":
            return mention.linked or bool(_SIZED.search(mention.name))
        case _:
            return True


def _after(before: str, after: str) -> Told | None:
    if NOT_ORIGIN.search(before):
        return None
    if TAKEN.search(before) and (taken := TAKEN_AFTER.match(after)):
        return Told(relation_of(taken))
    if PART.search(before) and PART_AFTER.match(after):
        return Told("component")
    for pattern, kind in _AFTER:
        subject = THIS_IS if kind in _SPECIAL else THIS
        if pattern.match(after) and not _FROM_OTHER.match(after) and subject.search(before or "this is"):
            return Told(_as_relation(kind))
    return None


def _as_relation(kind: str | None) -> Relation | None:
    return _SPECIAL[kind] if kind in _SPECIAL else _RELATIONS.get(kind or "")


_RELATIONS: dict[str, Relation] = {
    "fine-tune": "fine-tune",
    "adapter": "adapter",
    "merge": "merge",
    "quantize": "quantize",
    "distill": "distill",
    "copy": "copy",
}
_PLAIN_AFTER = tuple((ends, _RELATIONS[kind]) for ends, kind in _AFTER if kind in _RELATIONS)


def relation_of(match: re.Match[str]) -> Relation | None:
    """The relation whose group of a pattern matched."""
    groups = match.groupdict()
    return next((relation for group, relation in _GROUPS if groups.get(group)), None)
