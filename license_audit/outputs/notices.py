"""Problems as plain values, for formats that tell them one by one.

All texts are on one line and printable, and not endless; paths are as they are.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from posixpath import normpath

from license_audit.model.report import State
from license_audit.model.words import Level
from license_audit.outputs.kinds import kind
from license_audit.outputs.plain import one_line

MAX_NAME = 300
"""Characters of a name, and of a title."""
MAX_MESSAGE = 1500
"""Characters of a sentence."""
LEVELS: tuple[Level, ...] = ("error", "warning", "note")
_ENDS = ".!?…]"
STATES: tuple[State, ...] = ("fails", "known", "waived", "passes")
"""From gravest to mildest."""
_PLACE = re.compile(r":\d+(?::\d+)?\b|\blines? \d+(?:–\d+)?")


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell somebody at one place."""

    rule: str
    """Kind of finding; `use-disallowed` and its kin for verdicts."""
    level: Level
    title: str
    message: str
    """One sentence: what is so, and why."""
    details: tuple[str, ...]
    """A line for each clause, duty or question."""
    help: str
    """What to do; empty where nothing is."""
    file: str
    """Path from the top of the repository, with `/`."""
    line: int
    """Counted from 1."""
    column: int
    """Counted from 1; 0 where no column is known."""
    subject: str
    """The model, or the file that nobody could read."""
    standing: State
    suppression: str = ""
    """Who waived it, why and until when."""
    facts: tuple[tuple[str, str], ...] = ()
    """Further values by name."""
    fingerprint: str = ""
    """Digest of what it is about. Lines, order, day and version of the tool are no part of it."""
    about: tuple[str, ...] = field(default=(), repr=False)
    """What the fingerprint is made of, beside kind and file."""

    @property
    def gravity(self) -> tuple[int, int]:
        """Sorts the gravest first."""
        return LEVELS.index(self.level), STATES.index(self.standing)

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything that is to be told, a line each."""
        waived = (_ended(f"Waived {self.suppression}"),) if self.suppression else ()
        return tuple(line for line in (self.message, *self.details, *waived, self.help) if line)


def by_gravity(notices: Iterable[Notice]) -> list[Notice]:
    """The gravest first; those of one gravity stay in their order."""
    return sorted(notices, key=lambda notice: notice.gravity)


def named(text: str) -> str:
    """A name, fit for a title."""
    return one_line(text, MAX_NAME)


def sentence(text: str) -> str:
    """A sentence, fit for a message, with its end."""
    return _ended(one_line(text, MAX_MESSAGE))


def _ended(text: str) -> str:
    return text if not text or text[-1] in _ENDS else f"{text}."


def path(folder: str, file: str) -> str:
    """The path from the top of the repository. Bytes that are no text are written out."""
    return normpath(f"{folder}/{file}").lstrip("/").encode(errors="backslashreplace").decode()


def facts(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Values by name, without empty ones."""
    return tuple((name, one_line(value, MAX_MESSAGE)) for name, value in values.items() if value)


def without_places(message: str) -> str:
    """A message without line numbers: these are no part of what it is about."""
    return _PLACE.sub("", message)


def numbered(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """Each with its fingerprint, in the same order.

    Those about the very same thing are told apart by a number: in the order of their texts, and of their places where
    the texts are the same, too.
    """
    found = list(notices)
    alike: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, notice in enumerate(found):
        alike[notice.rule, notice.file, *notice.about].append(place)
    for key, places in alike.items():
        places.sort(key=lambda place: (found[place].message, found[place].details, place))
        for number, place in enumerate(places):
            parts = (*key, str(number)) if number else key
            digest = sha256(
                "".join(f"{len(part)}:{part}" for part in parts).encode(errors="backslashreplace")
            ).hexdigest()
            found[place] = replace(found[place], fingerprint=digest)
    return tuple(found)


def left_out(count: int, file: str) -> Notice:
    """That a format could not hold everything."""
    meaning = kind("results-left-out")
    notice = Notice(
        rule="results-left-out",
        level="warning",
        title=meaning.title,
        message=f"{count:,} more results were left out; the gravest were kept.",
        details=(),
        help=meaning.help,
        file=file,
        line=1,
        column=0,
        subject=named(file),
        standing="passes",
    )
    return numbered([notice])[0]
