"""A duty that is looked for in a folder, and how the search comes out."""

from collections.abc import Callable, Iterable
from typing import Literal, NamedTuple

from license_audit.artifacts.folder import Artifacts
from license_audit.artifacts.sources import Source
from license_audit.artifacts.words import UNKNOWN, Paragraph, words_of
from license_audit.model.license import Clause
from license_audit.model.profile import Use
from license_audit.model.record import Record
from license_audit.model.report import ClauseResult
from license_audit.readers.catalog import PackagedCatalog

LONGEST = 200
"""Characters of a line that is told."""
MAX_NAMED = 3
"""Files that are named where something was looked for in many."""


class Look(Record):
    """What a folder shows of one duty, or of a part of it."""

    status: Literal["shown", "missing", "unsure"]
    """`unsure`: no file can show it, or what it has to be held against is not at hand."""
    by: tuple[str, ...] = ()
    """Files with lines that show it done."""
    told: str = ""
    """What is missing and where it was looked for, or why nobody can tell."""


NO_FILE = Look("unsure", told="no file can show it")


class Asked(Record):
    """A duty, and what has to be known to look for it."""

    clause: ClauseResult
    models: tuple[Source, ...]
    """Models that its license is for; never none."""
    originals: tuple[Source, ...]
    """Those of them that come first on the way up from the model: a changed one was made from these."""
    use: Use
    catalog: PackagedCatalog

    @property
    def encoded(self) -> Clause:
        """The clause as its license is encoded."""
        inner = self.clause.clause.removeprefix(f"{self.clause.license}/")
        return next(one for one in self.catalog.license(self.clause.license).clauses if one.id == inner)


def address_of(key: str | None, catalog: PackagedCatalog) -> str | None:
    """Address with which a license is content in place of a copy; None where it wants the text, or is not encoded."""
    try:
        return None if key is None else catalog.license(key).address
    except KeyError:
        return None


class Line(NamedTuple):
    """A line of a model's file that has to be found again."""

    model: str
    file: str
    number: int
    """Counted from 1."""
    text: str

    def __str__(self) -> str:
        told = self.text if len(self.text) <= LONGEST else f"{self.text[:LONGEST]} …"
        return f"line {self.number} of {self.file} of {self.model} (“{told}”)"


def searched(files: Artifacts, names: Iterable[str], kind: str = "text") -> str:
    """The files in which something was looked for; that there is none of the kind, where there is none."""
    listed = list(names)
    where = files.shown or "the kit"
    if not listed:
        return f"{where}, which holds no {kind}"
    rest = len(listed) - MAX_NAMED
    return f"{', '.join(listed[:MAX_NAMED])}{f' and {rest} more files' if rest > 0 else ''} in {where}"


def paragraph(files: Artifacts, wanted: Callable[[Paragraph], bool]) -> str:
    """The place of the first paragraph that is as wanted; empty where none is."""
    for file in files.texts:
        for found in files.worded(file).paragraphs():
            if wanted(found):
                return files.place(file, found.line)
    return ""


def joined(looks: Iterable[Look]) -> Look:
    """Several looks as one: what is missing in any is missing, and what nobody can tell of any nobody can tell."""
    listed = list(looks)
    for status in ("missing", "unsure"):
        told = list(dict.fromkeys(one.told for one in listed if one.status == status))
        if told:
            more = f"; and {len(told) - 1} more of this kind" if len(told) > 1 else ""
            return Look("missing" if status == "missing" else "unsure", told=told[0] + more)
    return Look("shown", by=tuple(dict.fromkeys(place for one in listed for place in one.by)))


def all_there(lines: Iterable[Line], files: Artifacts) -> Look:
    """Whether each line stands somewhere in the folder, as a whole line."""
    return joined(_there(line, files) for line in lines)


def _there(line: Line, files: Artifacts) -> Look:
    if UNKNOWN in line.text:
        return Look("unsure", told=f"{line} is in an unknown encoding, so nothing can be compared with it")
    place = _anywhere(words_of(line.text), files)
    if place:
        return Look("shown", by=(place,))
    return Look("missing", told=f"{line} is not in {searched(files, files.texts)}")


def _anywhere(words: tuple[str, ...], files: Artifacts) -> str:
    for file in files.texts:
        hit = files.worded(file).find_lines(words)
        if hit is not None:
            return files.place(file, hit.line)
    return ""
