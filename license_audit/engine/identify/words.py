"""A text as the identifier sees it: its words, and one hexadecimal digit for each of them.

Case, punctuation, markup, comment marks and line breaks carry no meaning and are dropped. The digits form the text's
shadow. About one word in sixteen shares each digit, so a shadow aligns two texts without telling what either says.
"""

import re
from _blake2 import blake2b  # hashlib loads OpenSSL first, which takes longer than a comparison
from collections.abc import Iterable, Sequence
from functools import cached_property
from unicodedata import is_normalized, normalize
from zlib import crc32

_LATIN = r"[a-z0-9]+(?:(?<=[0-9])[.,](?=[0-9])[a-z0-9]+)*"
"""Letters and digits; a point or comma between digits belongs to the number, so that 1.5 is not 15."""
_ASCII_WORD = re.compile(_LATIN)
_WORD = re.compile(rf"{_LATIN}|[^\W_a-z0-9]")
_SIGN = r"[$€£¥](?=[ \t]?\d)|(?<=\d)[ \t]?%"
_SIGNS = {"$": " dollar ", "€": " euro ", "£": " pound ", "¥": " yen ", "%": " percent "}
"""Signs beside a number, which are words by another name."""
_TAG = r"(?i)</?([a-z][a-z0-9]{0,9})\b[^<>]{0,2000}>|<!--|-->|<!doctype[^<>]{0,500}>"
_TAGS = frozenset(
    (
        *("a", "abbr", "article", "aside", "b", "big", "blockquote", "body", "br", "button", "caption", "center"),
        *("cite", "code", "col", "dd", "details", "div", "dl", "dt", "em", "figure", "font", "footer", "form", "h1"),
        *("h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "i", "img", "input", "label", "li", "link"),
        *("main", "meta", "nav", "ol", "p", "pre", "q", "s", "script", "section", "small", "span", "strong", "style"),
        *("sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "tt", "u", "ul"),
    )
)
"""Elements of HTML. Whatever else stands in angle brackets, `<year>`, is text."""
_HIDDEN = frozenset({"script", "style", "title", "header", "footer", "nav"})
"""Elements whose contents are no part of a page's text."""
_PAGE = r"(?i)<(?:html|body)\b"
_ENTITY = r"(?i)&(?:[a-z]{2,8}|#\d{1,6}|#x[0-9a-f]{1,5});"
_LINK = r"(?i)\]\s{0,3}\((?:https?:|www\.|mailto:|/|#)(?:[^()\s]|(?<=-)\n[\s#*/;]{0,9}|\([^()\s]{0,80}\)){0,500}\)"
"""The address behind the words of a Markdown link; a line may have been broken at a hyphen in it."""
_ESCAPE = r"(?i)\\(?:[nrt]|u[0-9a-f]{4})"
"""What stands for a line break or a mark in a quoted string of YAML or JSON, as the prompts of gated models are."""
_TEMPLATE = r"<<[^<>]{0,300}>>"
_MARKS = (("(c)", "   "), ("(C)", "   "), ("©", " "), ("\N{SOFT HYPHEN}", ""), ("\N{ZERO WIDTH SPACE}", ""))
EQUAL = {
    "https": "http",
    "licence": "license",
    "licences": "licenses",
    "licenced": "licensed",
    "licencee": "licensee",
    "licencor": "licensor",
    "licencing": "licensing",
    "sublicence": "sublicense",
    "sublicences": "sublicenses",
    "organisation": "organization",
    "organisations": "organizations",
    "authorised": "authorized",
    "unauthorised": "unauthorized",
    "recognised": "recognized",
    "acknowledgement": "acknowledgment",
    "acknowledgements": "acknowledgments",
    "favour": "favor",
    "honour": "honor",
    "judgement": "judgment",
    "fulfil": "fulfill",
    "whilst": "while",
    "analogue": "analog",
    "centre": "center",
    "programme": "program",
    "utilisation": "utilization",
    "wilful": "willful",
}
"""Spellings that the matching guidelines of the SPDX list (section 8.1) count as the same word."""
MAX_KEPT = 200_000
"""Words whose digits are remembered between texts; more are forgotten all at once."""


class _Digits(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if len(self) > MAX_KEPT:
            self.clear()
        digit = f"{crc32(EQUAL.get(word, word).encode()) >> 28:x}"
        self[word] = digit
        return digit


_DIGITS = _Digits()


def shadow(words: Iterable[str]) -> str:
    """One hexadecimal digit for each word."""
    return "".join(map(_DIGITS.__getitem__, words))


def digest(words: Iterable[str]) -> bytes:
    """Eight bytes of BLAKE2b over the letters and digits of the words, however these are divided."""
    return blake2b("".join(words).encode(), digest_size=8).digest()


def equal_spelling(words: Sequence[str]) -> Sequence[str]:
    """The words with one spelling for those that count as the same."""
    if EQUAL.keys().isdisjoint(words):
        return words
    return list(map(EQUAL.get, words, words))


class Words:
    """The words of one text. Places are found only when somebody asks for them."""

    def __init__(self, text: str) -> None:
        self._original = text
        self.text = folded(readable(text))
        """In lower case, with markup and marks turned into blanks; line breaks stay where they are."""
        pattern = _ASCII_WORD if self.text.isascii() else _WORD
        self.words: list[str] = pattern.findall(self.text)
        self._pattern = pattern

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def is_page(self) -> bool:
        """Whether it was a page of HTML, in which much stands beside what the page shows."""
        return bool(re.search(_PAGE, self._original))

    @cached_property
    def shadow(self) -> str:
        """One hexadecimal digit for each word."""
        return shadow(self.words)

    @cached_property
    def starts(self) -> list[int]:
        """Where in the text each word starts."""
        return list(map(re.Match.start, self._pattern.finditer(self.text)))

    def line(self, word: int) -> int:
        """The line, counted from 1, on which a word stands; the last line for a place after all words."""
        if not self.starts:
            return 1
        return self.line_at(self.starts[min(word, len(self.starts) - 1)])

    def line_at(self, place: int) -> int:
        """The line, counted from 1, of a character."""
        return self.text.count("\n", 0, place) + 1

    def lines(self, start: int, end: int) -> tuple[int, int]:
        """First and last line of the words from `start` up to `end`."""
        return self.line(start), self.line(max(start, end - 1))

    def quote(self, first: int, last: int) -> str:
        """Lines of the text as it was given, from one number to another."""
        lines = self._original.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(lines[first - 1 : last])

    def opens_line(self, word: int) -> bool:
        """Whether nothing but marks stands before a word on its line."""
        place = self.starts[word]
        before = self.text[self.text.rfind("\n", 0, place) + 1 : place]
        return not any(mark.isalnum() for mark in before)

    def between(self, start: int, end: int) -> str:
        """The text from one word up to the end of the line's worth before another."""
        if start >= len(self.starts):
            return ""
        stop = self.starts[end] if end < len(self.starts) else len(self.text)
        return self.text[self.starts[start] : stop]


def readable(text: str) -> str:
    """The text as a browser would show it, and without copyright signs."""
    return unmarked(shown(text))


def shown(text: str) -> str:
    """The text as a browser would show it: markup becomes blanks, entities what they stand for. Lines stay lines."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\\n" in text:
        text = re.sub(_ESCAPE, _unescaped, text)
    if "<<" in text:
        text = re.sub(_TEMPLATE, _blank, text)
    text = text.replace("**", "")
    if "](" in text:
        text = re.sub(_LINK, _blank, text)
    text = _without_tags(text)
    if "&" in text and re.search(_ENTITY, text):
        from html import unescape  # noqa: PLC0415  # slow to import, and rarely needed

        text = _without_tags(re.sub(_ENTITY, lambda match: unescape(match.group()).replace("\n", " "), text))
    if any(sign in text for sign in _SIGNS):
        text = re.sub(_SIGN, lambda match: _SIGNS[match.group()[-1]], text)
    return text


def unmarked(text: str) -> str:
    """The text without signs that some copies have and others write out."""
    for mark, instead in _MARKS:
        if mark in text:
            text = text.replace(mark, instead)
    return text


def words_of(text: str) -> list[str]:
    """The words of a text as it is shown."""
    lower = folded(unmarked(text))
    return (_ASCII_WORD if lower.isascii() else _WORD).findall(lower)


def folded(text: str) -> str:
    """The text in lower case, letters in their plainest form: ligatures, full-width letters and ß are spelled out."""
    if text.isascii():
        return text.lower()
    return text.casefold() if is_normalized("NFKC", text) else normalize("NFKC", text).casefold()


def _without_tags(text: str) -> str:
    """The text without markup, and without what stands in elements that a page does not show as its text."""
    if "<" not in text:
        return text
    parts = []
    place = 0
    unclosed: set[str] = set()
    for tag in re.finditer(_TAG, text):
        name = (tag[1] or "").lower()
        if tag.start() < place or (name and name not in _TAGS):
            continue
        end = tag.end()
        if name in _HIDDEN - unclosed and text[tag.start() + 1] != "/":
            closing = re.compile(rf"(?i)</{name}\s{{0,9}}>").search(text, end)
            if closing is None:
                unclosed.add(name)
            else:
                end = closing.end()
        parts += [text[place : tag.start()], " " + "\n" * text.count("\n", tag.start(), end)]
        place = end
    return "".join([*parts, text[place:]])


def _unescaped(match: re.Match[str]) -> str:
    code = match.group()[2:]
    return chr(int(code, 16)) if code else "  "


def _blank(match: re.Match[str]) -> str:
    """What takes the place of markup: its line breaks, so that lines keep their numbers."""
    return " " + "\n" * match.group().count("\n")
