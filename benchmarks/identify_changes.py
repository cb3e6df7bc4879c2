"""Changes of meaning, each with the lines on which it stands, so that an answer can be compared with them."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from identify_words import Dice, words

_BREAK = re.compile(r"\n[ \t]*\n")
_NOTICE = re.compile(
    r"[^\w\n]*(?:portions[^\w\n]+)?(?:copyright|\(c\)|©|all rights reserved)[^\n]{0,160}$", re.IGNORECASE | re.MULTILINE
)

REVERSALS: tuple[tuple[str, str], ...] = (
    (r"\bmay not\b", "may"),
    (r"\bshall not\b", "shall"),
    (r"\bmust not\b", "must"),
    (r"\bwill not\b", "will"),
    (r"\b(is|are|does|do|can|should) not\b", r"\1"),
    (r"\bmay\b(?! not)", "may not"),
    (r"\bshall\b(?! not)", "shall not"),
    (r"\bmust\b(?! not)", "must not"),
    (r"\bmust\b(?! not)", "may"),
    (r"\bwithout\b", "with"),
    (r"\bincluding\b", "excluding"),
    (r"\b(is|are) granted\b", r"\1 denied"),
    (r"\b(is|are) hereby granted\b", r"\1 hereby denied"),
    (r"\bnon-exclusive\b", "exclusive"),
    (r"\birrevocable\b", "revocable"),
    (r"\broyalty-free\b", "royalty-bearing"),
    (r"\bperpetual\b", "temporary"),
    (r"\bpermitted\b", "prohibited"),
    (r"\ballowed\b", "forbidden"),
    (r"\bfree\b", "paid"),
    (r"\ball\b", "no"),
    (r"\bany\b", "no"),
    (r"\bno\b", "any"),
    (r"\bnot\b ?", ""),
    ("不得", "可以"),
    ("可以", "不得"),
    ("应当?", "无需"),
)

# Written for this benchmark; none stands in a license.
CLAUSES = (
    "Every quarter, whoever runs this work sends its makers a list of the places where it runs.",
    "Nobody earning money with this work keeps these permissions beyond the thirtieth day.",
    "Hospitals, banks and schools ask for a separate paper first.",
    "Each machine that runs this work shows the name of its makers on the first screen.",
    "Changes that somebody makes belong to the makers of the original from the day they are made.",
    "These permissions end for whoever takes a maker of this work to court, over whatever matter.",
    "Weapons, policing and insurance are outside these permissions.",
    "Teams of more than fifty people pay the yearly fee printed in the price list.",
    "Results produced with this work are not to be used for building something that competes with it.",
    "Within the European Union these permissions are not given.",
)
_TERMS = 12


class Changed(NamedTuple):
    """A changed text, and the lines of it on which the change stands; none where it has no place."""

    text: str
    first: int = 0
    last: int = 0


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _in_notice(text: str, at: int) -> bool:
    """Whether the line is a copyright notice, where a change is no change of terms."""
    start = text.rfind("\n", 0, at) + 1
    return _NOTICE.match(text, start) is not None


def reversed_word(text: str, dice: Dice) -> Changed | None:
    """One word turned into its contrary; none where the text has no such word."""
    rules = list(REVERSALS)
    while rules:
        pattern, instead = rules.pop(dice.below(len(rules)))
        found = [match for match in re.finditer(pattern, text) if not _in_notice(text, match.start())]
        if found:
            match = dice.pick(found)
            line = _line(text, match.start())
            return Changed(text[: match.start()] + match.expand(instead) + text[match.end() :], line, line)
    return None


def number_changed(text: str, dice: Dice) -> Changed | None:
    """One number of a term ten times as high; section numbers, years and versions are left alone."""
    pattern = re.compile(r"(?<![\d.,/:§-])(?<!section )(?<!version )(?<!article )\b\d{1,3}\b(?![.\d):/-])(?= [a-z])")
    found = [
        match
        for match in pattern.finditer(text)
        if not _in_notice(text, match.start()) and text[: match.start()].rpartition("\n")[2].strip()
    ]
    if not found:
        return None
    match = dice.pick(found)
    line = _line(text, match.start())
    return Changed(f"{text[: match.end()]}0{text[match.end() :]}", line, line)


def _gaps(text: str) -> list[tuple[int, int]]:
    return [(match.start(), match.end()) for match in _BREAK.finditer(text)]


def clause_added(text: str, dice: Dice) -> Changed:
    """A sentence of ours as a paragraph of its own: in a third of the texts at the end, else between two."""
    clause = dice.pick(CLAUSES)
    gaps = _gaps(text.strip("\n"))
    body = text.strip("\n")
    if not gaps or dice.below(3) == 0:
        return Changed(f"{body}\n\n{clause}\n", body.count("\n") + 3, body.count("\n") + 3)
    start, end = dice.pick(gaps)
    line = _line(body, start) + 2
    return Changed(f"{body[:start]}\n\n{clause}\n\n{body[end:]}\n", line, line)


def paragraph_removed(text: str, dice: Dice) -> Changed | None:
    """Without one paragraph of terms: three tenths of the words at most, no notice, nothing after the end of terms."""
    body = text.strip("\n")
    ends = re.search(r"end of terms|how to apply", body, re.IGNORECASE)
    most = len(words(body)) * 3 // 10
    edges = [(0, 0), *_gaps(body), (len(body), len(body))]
    blocks = [(left[1], right[0]) for left, right in pairwise(edges)]
    fit = [
        (start, end)
        for start, end in blocks
        if _TERMS <= len(words(body[start:end])) <= most
        and not _NOTICE.match(body, start)
        and (ends is None or start < ends.start())
    ]
    if not fit[1:]:
        return None
    start, end = dice.pick(fit)
    line = _line(body, start)
    return Changed(body[:start].rstrip("\n") + "\n\n" + body[end:].lstrip("\n") + "\n", max(1, line - 2), line)


ALTERED: dict[str, Callable[[str, Dice], Changed | None]] = {
    "reversed": reversed_word,
    "clause": clause_added,
    "number": number_changed,
    "removed": paragraph_removed,
}
