"""Python that cannot be parsed as a whole: cut into the statements that can, and quoted names in the rest."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from license_audit.model.reference import Certainty, Hit
from license_audit.readers.scan.python_calls import CALLS, CONSTANT, Place
from license_audit.readers.scan.python_judge import judge
from license_audit.readers.scan.python_names import is_model

_TOKEN = re.compile(
    r"""\#[^\n]*
    |\"\"\"(?:[^"\\]+|\\.|"(?!""))*(?:\"\"\")?
    |'''(?:[^'\\]+|\\.|'(?!''))*(?:''')?
    |"(?P<double>(?:[^"\\\n]+|\\.)*)"?
    |'(?P<single>(?:[^'\\\n]+|\\.)*)'?
    |[\[({]|[\])}]|\n""",
    re.VERBOSE | re.DOTALL,
)
"""What ends a string may be missing, so that no match fails after a long way."""
_GOES_ON = re.compile(r"[\s#)\]}]|(?:else|elif|except|finally)\b|$")
_NAME_BEFORE = re.compile(
    r"(?:(?P<name>\w{1,80})\s{0,20}(?::[^=\n]{0,80})?=|[\"'](?P<key>[\w-]{1,80})[\"']\s{0,20}:)\s{0,80}[rRuU]?$"
)
_CALL_BEFORE = re.compile(r"(?:(?P<base>\w{1,80})\.)?(?P<name>\w{1,80})\(\s{0,80}[rRuU]?$")
_REACH = 260
"""Characters before a string in which its place is looked for."""
LESS: dict[Certainty, Certainty] = {"certain": "likely", "likely": "possible", "possible": "possible"}
"""One step less sure."""


class Part(NamedTuple):
    """Some whole statements of a text."""

    line: int
    """Line of the first one, counted from 1."""
    text: str


def parts_of(text: str) -> list[Part]:
    """A text cut before each statement that stands at the margin."""
    lines, starts = text.split("\n"), [0]
    inside, depth, number = {0}, 0, 0
    for token in _TOKEN.finditer(text):
        mark = token[0]
        if mark == "\n":
            number += 1
            if depth == 0:
                inside.add(number)
        elif mark in "([{":
            depth += 1
        elif mark in ")]}":
            depth = max(0, depth - 1)
        else:
            number += mark.count("\n")
    for number, line in enumerate(lines):
        after_decorator = lines[starts[-1]].startswith("@") and number == starts[-1] + 1
        if number and number in inside and not after_decorator and not _GOES_ON.match(line):
            starts.append(number)
    return [
        Part(start + 1, "\n".join(lines[start:end]))
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True)
    ]


def in_lines(text: str, line: int = 1) -> Iterator[Hit]:
    """Names in quotes right after a word that says they are models, one step less sure than where code is parsed."""
    counted = 0
    for token in _TOKEN.finditer(text):
        value = token["double"] or token["single"]
        place = _place(text[max(0, token.start() - _REACH) : token.start()]) if value else None
        judged = judge(value, place, "", is_whole=True) if place else None
        if judged is not None and place is not None:
            start = token.start() + 1
            line, counted = line + text.count("\n", counted, start), start
            column, certainty = start - text.rfind("\n", 0, start), LESS[judged.certainty]
            yield Hit(line, column, judged.id, judged.kind, place.role, certainty, judged.revision, judged.provider)


def _place(before: str) -> Place | None:
    """The place that a string stands in, by what is before it."""
    if not before.rstrip("rRuU \t\n").endswith(("=", ":", "(")):
        return None
    named = _NAME_BEFORE.search(before)
    if named:
        return CONSTANT if is_model(named["name"] or named["key"]) else None
    called = _CALL_BEFORE.search(before)
    known = CALLS.get(called["name"]) if called else None
    if called is None or known is None or 0 not in known.positions:
        return None
    return known.place if not known.bases or called["base"] in known.bases else None
