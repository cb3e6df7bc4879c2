"""What may differ in a copy without changing what the license says.

Numbering in another style, copyright lines, page numbers and running heads. Words that could change what somebody may
do are never passed over, wherever they stand. Patterns are compiled when they are first used: most texts need none.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

Title = AbstractSet[str]
"""The words that a heading with the license's name is made of."""
MAX_FREE = 40
"""Words that may stand for the name of a holder."""
MAX_HEAD = 10
"""Words of a running head."""
MIN_CLAUSE = 6
"""Words of the shortest sentence that could be a clause."""
MIN_SHORT = 3
"""Words of the shortest sentence that counts where a full stop ends it."""
ABBREVIATED = 3
"""Letters of the longest abbreviation that ends a name, as in `Inc.` or `Ltd.`."""
MIN_SENTENCE = 8
"""Words from which a block of text is more than a heading."""
_NUMBER = r"\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivxl]{1,6}|[一二三四五六七八九十百第]"
_WORD = r"\w+"
_COPYRIGHT = (
    r"(?i)\W*(?:(?:copyright|\(c\)|spdx-filecopyrighttext)\b.*"
    r"|all rights reserved\W*|(?:19|20)\d\d\b[\s,–-].{0,120})"
)
_PAGE = r"(?i)\W*(?:page\s+)?\d{1,3}(?:\s*(?:of|/)\s*\d{1,3})?\W*|\W*page\W*"
_COMMANDS = (
    r"(?i)\b(?:shall|should|must|may not|may only|only (?:for|be|if|to|with|by|permitted|allowed)|can ?not|"
    r"not (?:to )?(?:be )?(?:use|permit|allow|distribut|s[eo]l[ld]|appl)\w*|"
    r"no (?:[\w-]+ ){0,2}(?:use|usage|(?:re)?distribution|derivatives?|modifications?|hosting|(?:re)?sale)|"
    r"(?:research|academic|educational|personal|private|internal|evaluation|commercial)(?: \w+){0,2} only|"
    r"without (?:\w+ ){0,3}(?:written|permission|consent|license)|prohibit\w*|forbid\w*|forbidden|notwithstanding)\b|"
    r"不得|禁止|应当|必须|仅限"
)
"""Words that tell somebody what to do or to leave."""
_TOPICS = (
    r"(?i)\b(?:restrict\w*|non-?\s?commercial\w*|commercial(?:ly)?|"
    r"additional (?:\w+ )?(?:term|condition|restriction|clause|permission|provision|requirement)s?|"
    r"royalt\w+|public domain|revenue|monthly active|written (?:consent|permission|agreement)|"
    r"research (?:purposes?|use)|separate licen[cs]e|hereby|rider|amend(?:ed|ment|s)|supersede\w*|provided that|"
    r"subject to|exclu(?:des?|ding)|except (?:that|for|as)|terminat\w+|indemnif\w+)\b|商业|除外"
)
"""Words that terms are about; a name may hold them too."""
_ABOUT = (
    r"(?i)\b(?:licen[sc]\w*|copyright\w*|repositor\w+|repo|projects?|packages?|files?|folders?|redistribut\w+|"
    r"releases?|versions?|notices?|authors?|written by|model card|source code)\b|许可|协议"
)
"""Words by which a sentence introduces a license."""
_BREAK = r"\n[^\w\n]*\n"
"""Where a paragraph ends; a line of marks alone is as good as an empty one."""
_SENTENCE_END = r"[.;]\s+"
_GOES_ON = r"(?:and|or|&|copyright|portions|all rights)\b"
"""How a name goes on after a stop that ends no sentence, as in `Inc. and others`."""
_NAMES = r"(?i)(?<![^\s_/.-])[^\s_/.-]{1,60}(?:[_/.-]{1,3}[^\s_/.-]{1,60}){2,}|\bspdx-[\w-]{1,60}:[^\n]*"
"""Identifiers, addresses and SPDX tags: they name licenses and say nothing about them."""
_ANY_TITLE = ("the", "a", "an", "of", "and", "for", "license", "licence", "agreement", "public", "legal", "code")
_VERSION = ("international", "version", "v")


def title_words(title: str) -> Title:
    """The words that a heading with the license's name is made of."""
    words = set(_words(title.lower()))
    if "noncommercial" in words or {"non", "commercial"} <= words:
        words |= {"non", "commercial", "noncommercial"}
    return words.union(_ANY_TITLE, _VERSION)


def is_title(text: str, title: Title) -> bool:
    """Whether a text is made of the words of a license's name, and of more than the word license."""
    words = set(_words(text.lower()))
    return words <= title and not words.issubset((*_ANY_TITLE, *_VERSION))


def is_number(word: str) -> bool:
    """Whether a word can be the number of a list item."""
    return bool(re.fullmatch(_NUMBER, word))


def tells(text: str, title: Title = frozenset()) -> bool:
    """Whether a text speaks of what somebody must, may not or may only do, the words of the license's name aside."""
    return any(
        not set(_words(match.group().lower())) <= title
        for pattern in (_COMMANDS, _TOPICS)
        for match in re.finditer(pattern, text)
    )


def first_terms(text: str, title: Title) -> tuple[int, int] | None:
    """Where a text beside a license speaks of terms: first character, and the one after the last.

    A heading made of the license's own name speaks of none, whatever the name is.
    """
    for start, end in _blocks(text):
        told = re.sub(_NAMES, "", text[start:end])
        words = _words(told.lower())
        heading = told.lstrip().startswith("#") and "\n" not in told.strip()
        sentence = len(words) >= MIN_SENTENCE and not heading
        commands = re.search(_COMMANDS, told) or (sentence and re.search(_TOPICS, told))
        if commands and not set(words) <= title:
            return start, end
    return None


def first_sentence(text: str, title: Title, *, but_about: bool, however_short: bool = False) -> tuple[int, int] | None:
    """Where a text beside a license says anything at all that is no furniture.

    Terms can be put in many words, so whatever stands under a license in its own file may be one of them. `but_about`
    passes over what speaks of the file, the project or the license, as an introduction does. `however_short` takes a
    few words with a full stop for a sentence, as between a license and the end of its own file.
    """
    for start, end in _blocks(text):
        told = re.sub(_NAMES, "", text[start:end])
        words = _words(told.lower())
        short = len(words) < MIN_CLAUSE and not (however_short and _ends_as_sentence(told, words))
        nothing = short or set(words) <= title or is_furniture(told.split("\n"), title, frozenset())
        if not nothing and not (but_about and re.search(_ABOUT, told)):
            return start, end
    return None


def _ends_as_sentence(told: str, words: list[str]) -> bool:
    """Whether a few words end in a full stop; in a name only `Inc.` and its like do."""
    end = told.rstrip()[-1:]
    return len(words) >= MIN_SHORT and (end == "。" or (end in (".", "!") and len(words[-1]) > ABBREVIATED))


def has_break(text: str) -> bool:
    """Whether a paragraph ends in a text."""
    return bool(re.search(_BREAK, text))


def says_more(text: str, title: Title) -> bool:
    """Whether a text that should be somebody's name, or a copyright line, goes on with something else."""
    paragraphs = [part for part in re.split(_BREAK, text) if any(map(str.isalnum, part))]
    if any(not is_furniture(part.split("\n"), title, frozenset()) for part in paragraphs[1:]):
        return True
    sentences = re.split(_SENTENCE_END, paragraphs[0]) if paragraphs else []
    return any(len(_words(part)) > MIN_CLAUSE and not re.match(_GOES_ON, part) for part in sentences[1:])


def without_numbers(line: str) -> str:
    """The words of a line, numbers aside, so that the heads of two pages are equal."""
    return " ".join(word for word in _words(line) if not word.isdigit())


def is_furniture(lines: Iterable[str], title: Title, repeated: AbstractSet[str]) -> bool:
    """Whether lines are copyright lines, page numbers, or running heads.

    A running head is made of the title's words, or it is a short line that stands on other pages too.
    """
    told = [line for line in lines if any(mark.isalnum() for mark in line)]
    return bool(told) and all(_says_nothing(line, title) or _is_head(line, repeated) for line in told)


def _is_head(line: str, repeated: AbstractSet[str]) -> bool:
    ends = line.rstrip().endswith((".", ";", ","))
    return not ends and without_numbers(line) in repeated and len(_words(line)) <= MAX_HEAD and not tells(line)


def _says_nothing(line: str, title: Title) -> bool:
    if tells(line, title):
        return False
    if re.fullmatch(_COPYRIGHT, line.strip()) or re.fullmatch(_PAGE, line):
        return True
    return {word for word in _words(line.lower()) if not word.isdigit() and word != "page"} <= title


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Lines with words in a row, without what divides them: first character, and the one after the last."""
    start = place = 0
    open_ = False
    for line in text.split("\n"):
        told = any(map(str.isalnum, line))
        if told and not open_:
            start = place
        elif open_ and not told:
            yield start, place - 1
        open_ = told
        place += len(line) + 1
    if open_:
        yield start, len(text)


def _words(text: str) -> list[str]:
    return re.findall(_WORD, text)
