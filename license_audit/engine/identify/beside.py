"""What stands beside a license in its file: terms that somebody added before its beginning or after its end."""

import re

from license_audit.engine.identify import tolerance
from license_audit.engine.identify.compare import Change
from license_audit.engine.identify.words import Words

DOMINANT = 0.5
"""Share of a file's words from which it is a license file, and everything in it belongs to the terms."""
BESIDE = 80
"""Words beside a license in another file, a README say, that are read for terms."""
_HEADING = re.compile(r"\n\s*(?:#{1,6}\s|={3,}|-{3,}|\*{3,}|[\w-]+:(?:\s|$)|```)")

Span = tuple[int, int]


def added(span: Span, taken: list[Span], words: Words, title: set[str]) -> list[Change]:
    """Terms before and after a license. `taken` holds the words of every license in the file."""
    start, end = span
    before = max((last for _, last in taken if last <= start), default=0)
    after = min((first for first, _ in taken if first >= end), default=len(words))
    if sum(last - first for first, last in taken) >= DOMINANT * len(words):
        places = _characters(words, before, start), _characters(words, end, after)
        anything = (
            None if words.is_page else _said(words, _nearest(words, places[0], before=True), title, but_about=True),
            _said(words, _nearest(words, places[1], before=False), title, but_about=False),
        )
    else:
        places = (
            _nearest(words, _characters(words, max(before, start - BESIDE), start), before=True),
            _nearest(words, _characters(words, end, min(after, end + BESIDE)), before=False),
        )
        anything = None, None
    found = []
    for (first, last), other, section in zip(places, anything, ("before", "after"), strict=True):
        terms = tolerance.first_terms(words.text[first:last], title)
        place = other if terms is None else (first + terms[0], first + terms[1])
        if place is not None:
            found.append(Change("added", section, (words.line_at(place[0]), words.line_at(place[1]))))
    return found


def _said(words: Words, place: Span, title: set[str], *, but_about: bool) -> Span | None:
    found = tolerance.first_sentence(words.text[slice(*place)], title, but_about=but_about)
    return (place[0] + found[0], place[0] + found[1]) if found else None


def _characters(words: Words, start: int, end: int) -> Span:
    """From the first to after the last character of words, and to the end of the text after its last word."""
    if start >= end:
        return 0, 0
    last = words.starts[end] if end < len(words) else len(words.text)
    return words.text.rfind("\n", 0, words.starts[start]) + 1, last


def _nearest(words: Words, place: Span, *, before: bool) -> Span:
    """The part next to the license: up to a heading, a rule, or the key of a mapping."""
    headings = [match.start() for match in _HEADING.finditer(words.text, *place)]
    if not headings:
        return place
    return (headings[-1], place[1]) if before else (place[0], headings[0])
