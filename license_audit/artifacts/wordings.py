"""Wordings that a text requires, and notices that have to be kept."""

import re

from license_audit.artifacts.asked import Asked, Line, Look, all_there, joined, searched
from license_audit.artifacts.folder import Artifacts
from license_audit.artifacts.notices import as_artifacts, copyright_lines, kept_notices
from license_audit.artifacts.sources import Source
from license_audit.artifacts.words import UNKNOWN, lines_of, words_of

_NOTICE = re.compile(r"(?<![a-z])notices?(?![a-z])|(?-i:(?<=[a-z])Notices?(?![a-z]))", re.IGNORECASE)
"""The word in the name of a file."""


def required_wording(asked: Asked, files: Artifacts) -> Look:
    """The required sentence in a NOTICE file. License texts quote it, and so they do not count."""
    wording = asked.clause.wording
    if wording is None:
        return Look("unsure", told="the clause prints no wording to compare with")
    named = [file for file in files.notices if _NOTICE.search(file.rpartition("/")[2])]
    for file in named:
        hit = files.bare(file).find_sentence(words_of(wording))
        if hit is not None:
            return Look("shown", by=(files.place(file, hit.line),))
    return Look("missing", told=f"“{wording}” is not in {searched(files, named, 'NOTICE file')}")


def notice_contents(asked: Asked, files: Artifacts) -> Look:
    """What NOTICE files of the originals hold, in one file of the folder, line by line and in their order."""
    looks = [_contents(model, name, files) for model in asked.models for name in model.notices]
    looks += [
        Look("unsure", told=f"nobody looked whether {model.model} ships a NOTICE file")
        for model in asked.models
        if model.whole is None and not model.digests
    ]
    return joined(looks) if looks else Look("unsure", told="no NOTICE file of the original was read")


def _contents(model: Source, name: str, files: Artifacts) -> Look:
    """Whether the lines of a NOTICE file stand one after the other in a file; else the first that does not go on."""
    if name not in model.files:
        return Look("unsure", told=f"{name} of {model.model} is not on this machine to compare with")
    numbered = enumerate(lines_of(model.text(name)), start=1)
    if UNKNOWN in model.text(name):
        return Look(
            "unsure", told=f"{name} of {model.model} is in an unknown encoding; nothing can be compared with it"
        )
    rows = [(number, line.strip(), words_of(line)) for number, line in numbered if words_of(line)]
    if not rows:
        return Look("unsure", told=f"{name} of {model.model} holds no words")
    furthest = 0
    for file in files.texts:
        done, first = _run([words for _, _, words in rows], file, files)
        if done == len(rows) and not files.worded(file).is_denied(first):
            return Look("shown", by=(files.place(file, first),))
        furthest = max(furthest, min(done, len(rows) - 1))
    number, line, _ = rows[furthest]
    lost = Line(model.model, name, number, line)
    return Look("missing", told=f"{lost} is not in {searched(files, files.texts)}")


def _run(rows: list[tuple[str, ...]], file: str, files: Artifacts) -> tuple[int, int]:
    """How many of the rows stand in the file in their order, and the line of the first.

    Either all in one run, however its lines are broken, or each as a line, whatever stands between.
    """
    whole = files.worded(file).find_lines(tuple(word for words in rows for word in words))
    if whole is not None:
        return len(rows), whole.line
    at, first = 0, 0
    for done, words in enumerate(rows):
        hit = files.worded(file).find_lines(words, at)
        if hit is None:
            return done, first
        at, first = hit.end, first or hit.line
    return len(rows), first


def copyright_line(asked: Asked, files: Artifacts) -> Look:
    """The copyright lines beside the permission text of each model."""
    return joined(_beside_text(model, asked.clause.license, files) for model in asked.models)


def _beside_text(model: Source, key: str, files: Artifacts) -> Look:
    found = copyright_lines(as_artifacts(model, tuple(text.file for text in model.texts if text.key == key)))
    if not found:
        return Look("unsure", told=f"the copyright line of {model.model} is not on this machine to compare with")
    return all_there((Line(model.model, *one) for one in found), files)


def notices_kept(asked: Asked, files: Artifacts) -> Look:
    """Every notice in the texts of the originals."""
    looks = []
    for model in asked.models:
        if model.whole is None or model.whole.left_out:
            looks.append(Look("unsure", told=f"not every file of {model.model} is here to be searched for notices"))
        if model.whole is not None:
            looks.append(all_there((Line(model.model, *one) for one in kept_notices(model.whole)), files))
    found = joined(looks)
    if found.status == "shown" and not found.by:
        return Look("unsure", told="no notice was recognized in the files of the original")
    return found
