"""Other forms of a text: harmless ones, and damage. The seed is a name, so they are always the same."""

import html
import re
import textwrap
from collections.abc import Callable
from itertools import pairwise

from identify_words import Dice

_TOKENS = re.compile(r"(\s+)")
_BREAK = re.compile(r"\n[ \t]*\n")
_ITEM = re.compile(r"^([ \t]*)([-*•o]|\(?\d{1,2}[.)]|\(?[a-z][.)])(?=[ \t]+\S)", re.MULTILINE)
_BULLET = re.compile(r"^([ \t]*)[-*•o](?=[ \t]+\S)", re.MULTILINE)
_NUMBER = re.compile(r"^([ \t]*)\(?(\d{1,2})[.)](?=[ \t]+\S)", re.MULTILINE)
_PREFIXES = ("# ", "// ", " * ", "-- ", ";; ", "% ", "> ", "| ")

_STRANGE = """window river basket yellow quickly seven engine garden paper never winter table sensor market bridge often
purple copper signal orange metric theory random colour travel kitchen planet harbour number walking silver"""
_PLAIN = str.maketrans("“”‘’–—\u00a0", "\"\"''-- ")

_PAGE_LINES = 42
_TITLE = 60
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def paragraphs(text: str) -> list[str]:
    """The blocks between blank lines, with list items apart."""
    found: list[str] = []
    for block in _BREAK.split(text.strip("\n")):
        starts = [match.start() for match in _ITEM.finditer(block)]
        cuts = sorted({0, *starts, len(block)})
        found += [block[left:right].strip("\n") for left, right in pairwise(cuts)]
    return [block for block in found if block.strip()]


def rewrap(text: str, width: int, indent: str = "", prefix: str = "") -> str:
    """All words in other lines."""
    blocks = [
        textwrap.fill(
            " ".join(block.split()),
            width,
            initial_indent=prefix + indent,
            subsequent_indent=prefix + indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for block in paragraphs(text)
    ]
    return f"\n{prefix.rstrip()}\n".join(blocks) + "\n"


def reflowed(text: str, dice: Dice) -> str:
    """Another width, indentation, comment marks and bullets."""
    bullet = dice.pick(("-", "*", "•", "+"))
    marked = _BULLET.sub(rf"\g<1>{bullet}", text)
    return rewrap(
        marked, dice.pick((50, 60, 96, 120)), dice.pick(("", "  ", "    ", "\t")), dice.pick(("", *_PREFIXES))
    )


def edited(text: str, dice: Dice) -> str:
    """Two words in a hundred, but one at least, replaced, taken out or put in."""
    tokens = _TOKENS.split(text)
    places = [at for at, token in enumerate(tokens) if token and not token.isspace()]
    for index in dice.sample(len(places), max(1, round(len(places) * 0.02))):
        at = places[index]
        strange = dice.pick(_STRANGE.split())
        tokens[at] = dice.pick((strange, "", f"{tokens[at]} {strange}"))
    return "".join(tokens)


def cut(text: str, dice: Dice) -> str:
    """Without a tenth of its words, taken from one place."""
    tokens = _TOKENS.split(text)
    away = len(tokens) // 10
    start = dice.below(len(tokens) - away + 1)
    return "".join(tokens[:start] + tokens[start + away :])


def with_copyright(text: str, dice: Dice) -> str:
    """A copyright line of somebody above it."""
    year = dice.pick(("2019", "2021-2024", "2026"))
    name = dice.pick(("Jane Doe", "Example Project Authors", "Acme Ltd."))
    sign = dice.pick(("Copyright (c)", "Copyright ©", "Copyright (C)", "©"))
    return f"{sign} {year} {name}\n\n{text}"


def with_header(text: str, dice: Dice) -> str:
    """A line of the sort that tools write above it."""
    return dice.pick(("SPDX-FileCopyrightText: 2024 Jane Doe\n\n", "LICENSE\n=======\n\n", "License\n\n---\n\n")) + text


def quotes(text: str, dice: Dice) -> str:
    """Typographic quotes, dashes, ellipses and hard blanks; or plain ones where the text has typographic ones."""
    if any(sign in text for sign in "“”’"):
        return text.translate(_PLAIN)
    text = re.sub(r'"([^"\n]*)"', r"“\1”", text)
    text = text.replace("'", "’").replace("--", "—").replace("...", "…")
    return text.replace(". ", ".\u00a0", 1 + dice.below(5))


def line_ends(text: str, dice: Dice) -> str:
    """A byte order mark, carriage returns, tabs and blanks at the ends of lines."""
    mark = dice.pick(("\ufeff", ""))
    return mark + text.replace("    ", "\t").replace("\n", dice.pick(("\r\n", " \r\n", "\t \n")))


def as_html(text: str, dice: Dice) -> str:
    """A page: head, headings, paragraphs, entities."""
    parts = []
    for number, block in enumerate(paragraphs(text)):
        inner = html.escape(block, quote=dice.below(2) == 0).replace("\n", dice.pick(("\n", "<br>\n")))
        tag = "h2" if len(block) < _TITLE and "\n" not in block and not number else "p"
        parts.append(f'<{tag} class="text">{inner}</{tag}>')
    head = "<head><meta charset='utf-8'><title>Legal</title><style>p { margin: 1em } h2 { color: #333 }</style></head>"
    body = "\n".join(parts).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("©", "&copy;")
    return f"<!DOCTYPE html>\n<html>\n{head}\n<body>\n<div id=main>\n{body}\n</div>\n</body>\n</html>\n"


def as_markdown(text: str, dice: Dice) -> str:
    """Headings, emphasis, escapes and links."""
    parts = []
    for block in paragraphs(text):
        one = " ".join(block.split()) if dice.below(2) else block.strip()
        one = re.sub(r"(?<![\w<(])(https?://[^\s)>,]+[^\s)>,.;])", r"<\1>", one)
        one = re.sub(r"\b([A-Z]{4,}(?: [A-Z]{2,})*)\b", r"**\1**", one, count=2) if dice.below(2) else one
        one = _NUMBER.sub(r"**\2.**", one) if dice.below(3) == 0 else one
        parts.append(f"## {one}" if len(one) < _TITLE and "\n" not in one and one[:1].isalpha() else one)
    return "\n\n".join(parts) + "\n"


def commented(text: str, dice: Dice) -> str:
    """As a comment of some language."""
    style = dice.below(len(_PREFIXES) + 2)
    lines = rewrap(text, 76).splitlines()
    if style < len(_PREFIXES):
        return "".join(f"{(_PREFIXES[style] + line).rstrip()}\n" for line in lines)
    if style == len(_PREFIXES):
        return "/*\n" + "".join(f" * {line}".rstrip() + "\n" for line in lines) + " */\n"
    return "<!--\n" + "\n".join(lines) + "\n-->\n"


def paged(text: str, dice: Dice) -> str:
    """As printed: page numbers below, and in half of them a running head."""
    lines = rewrap(text, 80).splitlines()
    pages = [lines[at : at + _PAGE_LINES] for at in range(0, len(lines), _PAGE_LINES)]
    head = "Acme Handbook, legal notices\n\n" if dice.below(2) else ""
    foot = dice.pick(("Page {0} of {1}", "- {0} -", "{0} / {1}", "{0}"))
    return "\f".join(
        f"{head}{chr(10).join(page)}\n\n{' ' * 30}{foot.format(number, len(pages))}\n"
        for number, page in enumerate(pages, start=1)
    )


def renumbered(text: str, dice: Dice) -> str | None:
    """List items numbered in another way; none where the text has no numbered lines."""
    if not _NUMBER.findall(text)[1:]:
        return None
    style = dice.below(5)
    roman = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")

    def instead(match: re.Match[str]) -> str:
        number = int(match[2])
        small = 0 < number <= len(roman)
        marks = (f"{number})", f"({number})", "•", f"{roman[number - 1]}." if small else "-")
        letter = f"{_LETTERS[number - 1]})" if 0 < number <= len(_LETTERS) else "*"
        return match[1] + (*marks, letter)[style]

    return _NUMBER.sub(instead, text)


def other_case(text: str, dice: Dice) -> str:
    """All in small letters, or all in capitals where every letter has one."""
    return text.lower() if dice.below(2) or "ß" in text else text.upper()


HARMLESS: dict[str, Callable[[str, Dice], str | None]] = {
    "copyright": with_copyright,
    "header": with_header,
    "quotes": quotes,
    "line-ends": line_ends,
    "html": as_html,
    "markdown": as_markdown,
    "comment": commented,
    "pages": paged,
    "numbering": renumbered,
    "case": other_case,
}

SUFFIXES = {"html": ".html", "markdown": ".md"}


def joined(one: str, other: str, dice: Dice) -> str:
    """Two texts in one file."""
    return one + dice.pick(("\n\n", "\n\n" + "-" * 72 + "\n\n", "\n\n\n\n", "\n\n" + "=" * 60 + "\n\n")) + other
