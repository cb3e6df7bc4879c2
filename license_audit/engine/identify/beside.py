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
        places = (_characters(words, before, start), _characters(words, end, after))
    else:
        places = (
            _nearest(words, _characters(words, max(before, start - BESIDE), start), before=True),
            _nearest(words, _characters(words, end, min(after, end + BESIDE)), before=False),
        )
    found = []
    for (first, last), section in zip(places, ("before", "after"), strict=True):
        terms = tolerance.first_terms(words.text[first:last], title)
        if terms is not None:
            lines = words.line_at(first + terms[0]), words.line_at(first + terms[1])
            found.append(Change("added", section, lines))
    return found


def _characters(words: Words, start: int, end: int) -> Span:
    """From the first to after the last character of words, and to the end of the text after its last word."""
    if start >= end:
        return 0, 0
    last = words.starts[end] if end < len(words) else len(words.text)
    return words.starts[start], last


def _nearest(words: Words, place: Span, *, before: bool) -> Span:
    """The part next to the license: up to a heading, a rule, or the key of a mapping."""
    headings = [match.start() for match in _HEADING.finditer(words.text, *place)]
    if not headings:
        return place
    return (headings[-1], place[1]) if before else (place[0], headings[0])
