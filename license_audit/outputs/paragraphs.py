"""Text broken into lines as `textwrap` does it, for the hundreds of short paragraphs of a report, in less time."""


def wrap(text: str, width: int, first: str, rest: str) -> list[str]:
    """The lines of a paragraph with their indents: that of the first line, and that of all others.

    The same as `textwrap.wrap`, which is asked where more than one space, a control character or a very long word needs
    a decision.
    """
    if "  " in text or text.strip() != text or not text.isprintable() or not text:
        return _slowly(text, width, first, rest)
    lines: list[str] = []
    start, indent = 0, first
    while len(text) - start > width - len(indent):
        last = start + width - len(indent)
        space = text.rfind(" ", start, last + 1)
        word = max(text.rfind(" ", 0, start), space) + 1
        end = text.find(" ", word)
        end = len(text) if end < 0 else end
        if end - word > width - max(len(indent), len(rest)):
            return _slowly(text, width, first, rest)
        cut = _within(text, word, end, last)
        if cut <= max(start, space):
            cut = space
        lines.append(indent + text[start:cut])
        start = cut + 1 if cut == space else cut
        indent = rest
    return [*lines, indent + text[start:]]


def _within(text: str, word: int, end: int, last: int) -> int:
    """The last place, at most `last`, at which a word may be broken after a hyphen; -1 where there is none."""
    if text.find("--", word, end) >= 0:
        return _beside_dashes(text, word, end, last)
    hyphen = text.rfind("-", word, last)
    while hyphen >= 0 and not (_ends(text, word, hyphen) and _starts(text, hyphen + 1, end)):
        hyphen = text.rfind("-", word, hyphen)
    return hyphen + 1 if hyphen >= 0 else -1


def _ends(text: str, word: int, hyphen: int) -> bool:
    """Whether two letters stand before a hyphen, another hyphen between them or not."""
    second = hyphen - 2 if text[hyphen - 2] != "-" else hyphen - 3
    return second >= word and _is_letter(text[hyphen - 1]) and _is_letter(text[second])


def _starts(text: str, place: int, end: int) -> bool:
    """Whether two letters stand from a place on, a hyphen between them or not."""
    second = place + 2 if text[place + 1 : place + 2] == "-" else place + 1
    return second < end and _is_letter(text[place]) and _is_letter(text[second])


def _is_letter(one: str) -> bool:
    return (one.isalnum() and not one.isdecimal()) or one == "_"


def _beside_dashes(text: str, word: int, end: int, last: int) -> int:
    """The last place at which a word with dashes may be broken."""
    import textwrap  # noqa: PLC0415  # it prepares itself for longer than a report takes

    place, found = word, -1
    for part in textwrap.TextWrapper.wordsep_re.split(text[word:end]):
        place += len(part)
        found = place if word < place <= last else found
    return found


def _slowly(text: str, width: int, first: str, rest: str) -> list[str]:
    import textwrap  # noqa: PLC0415  # the same

    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest)
