"""Lines of a model's files that are notices, and have to be kept."""

import re
from typing import NamedTuple

from license_audit.artifacts.folder import Artifacts
from license_audit.artifacts.sources import Source
from license_audit.artifacts.words import lines_of, words_of
from license_audit.readers.assembly import is_notice

_COPYRIGHT = re.compile(
    r"^\W*(?:copyright\s*(?:\(c\)|©)|copyright\b.*\b(?:19|20)\d\d\b|©|\(c\)\s*(?:19|20)\d\d\b|spdx-filecopyrighttext:)",
    re.IGNORECASE,
)
"""Beginnings that are a statement of copyright wherever they stand."""
_LOOSE = re.compile(r"^\W*copyright\s+(?!holder|notice|licen[sc]|and\b|owner|or\b|laws?\b|protection)\w", re.IGNORECASE)
"""Others, which within license texts are parts of their sentences."""
_TEMPLATE = re.compile(r"[<\[{](?:year|yyyy|name|copyright|date)", re.IGNORECASE)
_NOTICE = re.compile(r"copyright|©|™|®|\btrademark|\bpatent|all rights reserved|\battribution", re.IGNORECASE)


class Notice(NamedTuple):
    """A line that is a notice."""

    file: str
    line: int
    """Counted from 1."""
    text: str


def copyright_lines(files: Artifacts) -> tuple[Notice, ...]:
    """Lines that begin like a statement of copyright, in license texts, too; no templates of one."""
    return tuple(
        Notice(file, number, line.strip())
        for file, text in files.texts.items()
        for number, line in enumerate(lines_of(text), start=1)
        if (_COPYRIGHT.match(line) or (_LOOSE.match(line) and not _is_within(number, files.terms_in(file))))
        and not _TEMPLATE.search(line)
        and words_of(line)
    )


def _is_within(number: int, parts: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= number <= last for first, last in parts)


def kept_notices(files: Artifacts) -> tuple[Notice, ...]:
    """Every line that may be a notice of copyright, patent, trademark or attribution.

    Outside of license texts, which speak of all four; NOTICE files have a clause of their own.
    """
    found = [one for one in copyright_lines(files) if not is_notice(one.file)]
    for file, text in files.texts.items():
        for number, line in enumerate(() if is_notice(file) else lines_of(text), start=1):
            if _NOTICE.search(line) and words_of(line) and not _is_within(number, files.terms_in(file)):
                found.append(Notice(file, number, line.strip()))
    return tuple(sorted(set(found)))


def as_artifacts(source: Source, names: tuple[str, ...] | None = None) -> Artifacts:
    """Texts that came with a model; of some files only, where their names are given."""
    wanted = source.files if names is None else [name for name in names if name in source.files]
    return Artifacts("", {name: source.text(name) for name in wanted})
