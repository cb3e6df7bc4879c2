"""What may differ in a copy without changing what the license says.

Numbering in another style, copyright lines, page numbers and running heads. Words that could change what somebody may do
are never passed over, wherever they stand.
"""

import re

MAX_FREE = 40
"""Words that may stand for the name of a holder."""
_NUMBER = re.compile(r"\d{1,3}|[a-z]|[ivxl]{1,6}|[一二三四五六七八九十百第]")
_COPYRIGHT = re.compile(
    r"\W*(?:(?:copyright|\(c\)|spdx-filecopyrighttext)\b.*|all rights reserved\W*|(?:19|20)\d\d\b[\s,–-].{0,120})", re.IGNORECASE
)
_PAGE = re.compile(r"\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*|\W*page\W*", re.IGNORECASE)
_COMMANDS = re.compile(
    r"\b(?:shall|should|must|may not|may only|only (?:for|be|if|to|with|by|permitted|allowed)|can ?not|"
    r"not (?:be |to )?(?:use|permit|allow|distribut|sell|appl)\w*|"
    r"without (?:\w+ ){0,3}(?:written|permission|consent|license)|prohibit\w*|forbid\w*|forbidden|notwithstanding)\b|"
    r"不得|禁止|应当|必须|仅限",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"\b(?:restrict\w*|non-?\s?commercial\w*|commercial(?:ly)?|"
    r"additional (?:\w+ )?(?:term|condition|restriction|clause|permission|provision|requirement)s?|"
    r"royalt\w+|public domain|revenue|monthly active|written (?:consent|permission|agreement)|research (?:purposes?|use)|"
    r"separate licen[cs]e|hereby|rider|amend(?:ed|ment|s)|supersede\w*|provided that|subject to|exclu(?:des?|ding)|"
    r"except (?:that|for|as)|terminat\w+|indemnif\w+)\b|商业|除外",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(?:licen[sc]\w*|copyright\w*|repositor\w+|repo|projects?|packages?|files?|folders?|redistribut\w+|releases?|"
    r"versions?|notices?|authors?|written by|model card|source code)\b|许可|协议",
    re.IGNORECASE,
)
MIN_CLAUSE = 6
"""Words of the shortest sentence that could be a clause."""
_BLOCK = re.compile(r"[^\n]*\w[^\n]*(?:\n[^\n]*\w[^\n]*)*")
_NAMES = re.compile(r"[^\s-]+(?:[-_/.][^\s-]+){2,}|\bspdx-[\w-]+:[^\n]*", re.IGNORECASE)
"""Identifiers, addresses and SPDX tags: they name licenses and say nothing about them."""
_WORD = re.compile(r"\w+")
MAX_HEAD = 10
"""Words of a running head."""
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
    """Where a text beside a license speaks of terms: first character, and the one after the last.

    A heading made of the license's own name speaks of none, whatever the name is.
    """
    for block in _BLOCK.finditer(text):
        told = _NAMES.sub("", block.group())
        words = _WORD.findall(told.lower())
        if set(words) <= title:
            continue
        heading = told.lstrip().startswith("#") and "\n" not in told.strip()
        sentence = len(words) >= MIN_SENTENCE and not heading
        if _COMMANDS.search(told) or (sentence and _TOPICS.search(told)):
            return block.span()
    return None


def first_sentence(text: str, title: set[str], *, but_about: bool) -> tuple[int, int] | None:
    """Where a text beside a license says anything at all that is no furniture.

    Terms can be put in many words, so whatever stands under a license in its own file may be one of them. `but_about`
    passes over what speaks of the file, the project or the license, as an introduction does.
    """
    for block in _BLOCK.finditer(text):
        told = _NAMES.sub("", block.group())
        words = _WORD.findall(told.lower())
        if len(words) < MIN_CLAUSE or set(words) <= title or is_furniture(told.split("\n"), title, set()):
            continue
        if but_about and _ABOUT.search(told):
            continue
        return block.span()
    return None


def without_numbers(line: str) -> str:
    """The words of a line, numbers aside, so that the heads of two pages are equal."""
    return " ".join(word for word in _WORD.findall(line) if not word.isdigit())


def is_furniture(lines: list[str], title: set[str], repeated: set[str]) -> bool:
    """Whether lines are copyright lines, page numbers, or running heads.

    A running head is made of the title's words, or it is a short line that stands on other pages too.
    """
    told = [line for line in lines if any(mark.isalnum() for mark in line)]
    return bool(told) and all(
        _is_furniture(line, title) or (_is_head(line) and without_numbers(line) in repeated) for line in told
    )


def _is_head(line: str) -> bool:
    return len(_WORD.findall(line)) <= MAX_HEAD and not line.rstrip().endswith((".", ";", ",")) and not tells(line)


def _is_furniture(line: str, title: set[str]) -> bool:
    if tells(line):
        return False
    if _COPYRIGHT.fullmatch(line.strip()) or _PAGE.fullmatch(line):
        return True
    words = set(_WORD.findall(line.lower())) - {"page"}
    return {word for word in words if not word.isdigit()} <= title
