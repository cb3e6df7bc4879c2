"""What may differ in a copy without changing what the license says.

Numbering in another style, copyright lines, page numbers and running heads. Words that could change what somebody may do
are never passed over, wherever they stand.
"""

import re

MAX_FREE = 60
"""Words that may stand for the name of a holder."""
_NUMBER = re.compile(r"\d{1,3}|[a-z]|[ivxl]{1,6}")
_COPYRIGHT = re.compile(
    r"\W*(?:(?:copyright|\(c\)|spdx-filecopyrighttext)\b.*|all rights reserved\W*|(?:19|20)\d\d\b[\s,–-].{0,120})", re.IGNORECASE
)
_PAGE = re.compile(r"\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*|\W*page\W*", re.IGNORECASE)
_COMMANDS = re.compile(
    r"\b(?:shall|must|may not|may only|only (?:for|be|if|to|with|by|permitted|allowed)|can ?not|"
    r"not (?:be |to )?(?:use|permit|allow|distribut|sell|appl)\w*|"
    r"without (?:\w+ ){0,3}(?:written|permission|consent|license)|prohibit\w*|forbid\w*|forbidden|notwithstanding)\b|"
    r"不得|禁止|应当|必须|仅限",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"\b(?:restrict\w*|non-?\s?commercial\w*|commercial(?:ly)?|"
    r"additional (?:\w+ )?(?:term|condition|restriction|clause|permission|provision|requirement)s?|"
    r"royalt\w+|revenue|monthly active|written (?:consent|permission|agreement)|research (?:purposes?|use)|"
    r"separate licen[cs]e|hereby|rider|amend(?:ed|ment|s)|supersede\w*|provided that|subject to|exclu(?:des?|ding)|"
    r"except (?:that|for|as)|terminat\w+|indemnif\w+)\b|商业|除外",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"[^\n]*\w[^\n]*(?:\n[^\n]*\w[^\n]*)*")
_NAMES = re.compile(r"[^\s-]+(?:[-_/.][^\s-]+){2,}|\bspdx-[\w-]+:[^\n]*", re.IGNORECASE)
"""Identifiers, addresses and SPDX tags: they name licenses and say nothing about them."""
_WORD = re.compile(r"\w+")
MIN_SENTENCE = 8
"""Words from which a block of text is more than a heading."""


def title_words(title: str) -> set[str]:
    """The words that a heading with the license's name is made of."""
    words = set(_WORD.findall(title.lower()))
    if "noncommercial" in words:
        words |= {"non", "commercial"}
    if {"non", "commercial"} <= words:
        words.add("noncommercial")
    return {*words, "the", "a", "an", "of", "and", "for", "license", "licence", "agreement", "public", "legal", "code", "international", "version", "v"}


def is_number(word: str) -> bool:
    """Whether a word can be the number of a list item."""
    return bool(_NUMBER.fullmatch(word))


def tells(text: str, title: set[str] = frozenset()) -> bool:
    """Whether a text speaks of what somebody must, may not or may only do, the words of the license's name aside."""
    return any(
        not set(_WORD.findall(match.group().lower())) <= title
        for pattern in (_COMMANDS, _TOPICS)
        for match in pattern.finditer(text)
    )


def first_terms(text: str, title: set[str]) -> tuple[int, int] | None:
    """Where a text that stands beside a license speaks of terms: first character, and the one after the last.

    A heading made of the license's own name speaks of none, whatever the name is.
    """
    for block in _BLOCK.finditer(text):
        told = _NAMES.sub("", block.group())
        words = _WORD.findall(told.lower())
        if set(words) <= title:
            continue
        sentence = len(words) >= MIN_SENTENCE and not told.lstrip().startswith("#")
        if _COMMANDS.search(told) or (sentence and _TOPICS.search(told)):
            return block.span()
    return None


def is_furniture(lines: list[str], title: set[str]) -> bool:
    """Whether lines are copyright lines, page numbers, or running heads made of the title's words."""
    told = [line for line in lines if any(mark.isalnum() for mark in line)]
    return bool(told) and all(_is_furniture(line, title) for line in told)


def _is_furniture(line: str, title: set[str]) -> bool:
    if tells(line):
        return False
    if _COPYRIGHT.fullmatch(line.strip()) or _PAGE.fullmatch(line):
        return True
    words = set(_WORD.findall(line.lower())) - {"page"}
    return {word for word in words if not word.isdigit()} <= title

