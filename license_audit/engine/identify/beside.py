"""What stands beside a license in its file: terms that somebody added before its beginning or after its end."""

import re

from license_audit.engine.identify import tolerance
from license_audit.engine.identify.compare import Change
from license_audit.engine.identify.words import Words

DOMINANT = 0.5
"""Share of a file's words from which it is a license file, and everything in it belongs to the terms."""
BESIDE = 80
"""Words beside a license in another file, a README say, that are read for terms."""
_HEADING = r"\n\s*(?:#{1,6}\s|={3,}|-{3,}|\*{3,}|[\w-]+:(?:\s|$)|```)"

_MARK = re.compile(r"\s*#{1,6}\s+")

Span = tuple[int, int]


def added(span: Span, taken: list[Span], words: Words, title: tolerance.Title) -> list[Change]:
    """Terms before and after a license. `taken` holds the words of every license in the file.

    Next to the license anything that is said may be one of its terms; farther off, in a file that is a license file,
    what speaks of terms.
    """
    start, end = span
    before = max((last for _, last in taken if last <= start), default=0)
    after = min((first for first, _ in taken if first >= end), default=len(words))
    dominant = sum(last - first for first, last in taken) >= DOMINANT * len(words)
    if not dominant:
        before, after = max(before, start - BESIDE), min(after, end + BESIDE)
    last = after == len(words) or not dominant
    found = [
        _first(words, _characters(words, before, start), title, before=True, everywhere=dominant),
        _first(words, _characters(words, end, after), title, before=False, everywhere=dominant, introduces=not last),
    ]
    return [
        Change("added", section, (words.line_at(place[0]), words.line_at(place[1])))
        for section, place in zip(("before", "after"), found, strict=True)
        if place is not None
    ]


def _first(
    words: Words, place: Span, title: tolerance.Title, *, before: bool, everywhere: bool, introduces: bool = True
) -> Span | None:
    """The first thing said beside a license that may be one of its terms."""
    near = _nearest(words, place, title, before=before, dominant=everywhere)
    start, end = place if everywhere else near
    terms = tolerance.first_terms(words.text[start:end], title)
    if terms is not None:
        return start + terms[0], start + terms[1]
    if words.is_page and before:
        return None
    return _said(words, near, title, but_about=introduces, however_short=everywhere)


def _said(words: Words, place: Span, title: tolerance.Title, *, but_about: bool, however_short: bool) -> Span | None:
    found = tolerance.first_sentence(words.text[slice(*place)], title, but_about=but_about, however_short=however_short)
    return (place[0] + found[0], place[0] + found[1]) if found else None


def _characters(words: Words, start: int, end: int) -> Span:
    """From the first to after the last character of words, and to the end of the text after its last word."""
    if start >= end:
        return 0, 0
    last = words.starts[end] if end < len(words) else len(words.text)
    return words.text.rfind("\n", 0, words.starts[start]) + 1, last


def _nearest(words: Words, place: Span, title: tolerance.Title, *, before: bool, dominant: bool) -> Span:
    """The part next to the license: up to a heading that is not its own, a rule, or the key of a mapping.

    In a license file the mark before the first words of the license (`# ` before its title) is its own heading.
    """
    start, end = place
    headings = [match.start() for match in re.compile(_HEADING).finditer(words.text, max(0, start - 1), end)]
    if before:
        headings = [
            heading
            for heading in headings
            if not tolerance.is_title(words.text[heading:end], title)
            and not (dominant and _MARK.fullmatch(words.text, heading, end))
        ]
    if not headings:
        return place
    return (max(start, headings[-1]), end) if before else (start, max(start, headings[0]))
