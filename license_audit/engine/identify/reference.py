"""What is kept of a published text: its shadow, and for each piece of it a digest. No wording can be read from it.

A digit stands for one word in sixteen, so a row of them says less than the words carry; a digest covers a whole
paragraph. The only words in it are the names of sections.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from struct import Struct
from typing import Final, Literal, NamedTuple

from license_audit.engine.identify.words import digest

WINDOW = 8
"""Words in a window of a shadow. Thirty-two bits."""
_HEAD = Struct("<8sHHHHHH")
_UNIT = Struct("<HHB8s")
_VARIABLE = Struct("<HHB")
_PATTERN = Struct("<BBB8s")
_PLAIN = Struct("<HH")


Presence = Literal[0, 1, 2]
"""Whether a part of a text belongs to every copy."""
NEEDED: Final = 0
OPTIONAL: Final = 1
"""The text is the same license without it, as the SPDX list says; if it is there, it is as published."""
TITLE: Final = 2
"""It only names the text, and copies name it in their own ways."""


class Unit(NamedTuple):
    """A paragraph, or a part of one that stands under a number of its own."""

    section: str
    """The text's own numbering, `1.b.v`; `preamble`, `appendix`, or `paragraph 3` where nothing is numbered."""
    start: int
    end: int
    """Word after the last."""
    presence: Presence
    """Whether it may be missing."""
    digest: bytes
    """Over its words, without numbering and variable parts."""


class Pattern(NamedTuple):
    """What may stand in a variable part."""

    head: int
    """Words that are fixed at its start."""
    tail: int
    """Words that are fixed at its end."""
    is_open: bool
    """Whether anything may stand between head and tail."""
    digest: bytes
    """Over head and tail."""


class Variable(NamedTuple):
    """A part whose words differ from copy to copy: a holder's name, a word with an equivalent."""

    start: int
    end: int
    patterns: tuple[Pattern, ...]


class Identity(NamedTuple):
    """What a text is called."""

    key: str
    """Key of the catalog, or the SPDX id of a text that the catalog does not hold."""
    ids: tuple[str, ...]
    """SPDX ids or LicenseRef of the text, the preferred one first."""
    title: str
    version: str
    listed: bool = False
    """Whether this copy is the one that the SPDX list publishes."""


class Known(NamedTuple):
    """A published text in memory."""

    identity: Identity
    whole: bytes
    """Digest over all its letters and digits."""
    shadow: str
    units: tuple[Unit, ...]
    numbering: tuple[tuple[int, int], ...]
    variables: tuple[Variable, ...]

    @property
    def length(self) -> int:
        """Words of the text."""
        return len(self.shadow)


def encode(known: Known) -> bytes:
    """A text as bytes. The same text gives the same bytes."""
    identity = known.identity
    listed = "listed" if identity.listed else ""
    names = "\n".join((identity.key, ",".join(identity.ids), identity.title, identity.version, listed))
    sections = "\n".join(unit.section for unit in known.units)
    labels = f"{names}\0{sections}".encode()
    shadow = bytes.fromhex(known.shadow + "0" * (len(known.shadow) % 2))
    body = [labels, shadow]
    body += [_UNIT.pack(unit.start, unit.end, unit.presence, unit.digest) for unit in known.units]
    body += [_PLAIN.pack(*span) for span in known.numbering]
    for variable in known.variables:
        body.append(_VARIABLE.pack(variable.start, variable.end, len(variable.patterns)))
        body += [_PATTERN.pack(*pattern) for pattern in variable.patterns]
    head = _HEAD.pack(
        known.whole,
        known.length,
        len(labels),
        len(known.units),
        len(known.numbering),
        len(known.variables),
        len(shadow),
    )
    return head + b"".join(body)


class Stored:
    """A published text in an index, decoded as far as it is asked for."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        head: tuple[bytes, int, int, int, int, int, int] = _HEAD.unpack_from(data)
        self._whole, self.length, self._labels, self._units, self._numbering, self._variables, self._shadow = head

    @cached_property
    def _words(self) -> tuple[str, str]:
        names, _, sections = bytes(self._data[_HEAD.size : _HEAD.size + self._labels]).decode().partition("\0")
        return names, sections

    @cached_property
    def identity(self) -> Identity:
        """What the text is called."""
        key, ids, title, version, listed = self._words[0].split("\n")
        return Identity(key, tuple(ids.split(",")), title, version, bool(listed))

    @cached_property
    def shadow(self) -> str:
        """One hexadecimal digit for each word."""
        start = _HEAD.size + self._labels
        return self._data[start : start + self._shadow].hex()[: self.length]

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """The text in pieces, without a hole."""
        start = _HEAD.size + self._labels + self._shadow
        packed = self._data[start : start + self._units * _UNIT.size]
        return tuple(
            Unit(section, first, end, presence, mark)
            for section, (first, end, presence, mark) in zip(
                self._words[1].split("\n"), _UNIT.iter_unpack(packed), strict=True
            )
        )

    @property
    def _numbering_start(self) -> int:
        return _HEAD.size + self._labels + self._shadow + self._units * _UNIT.size

    @cached_property
    def numbering(self) -> tuple[tuple[int, int], ...]:
        """Words that only number."""
        start = self._numbering_start
        packed = self._data[start : start + self._numbering * _PLAIN.size]
        return tuple((first, end) for first, end in _PLAIN.iter_unpack(packed))

    @cached_property
    def variables(self) -> tuple[Variable, ...]:
        """Parts whose words differ from copy to copy."""
        place = self._numbering_start + self._numbering * _PLAIN.size
        found = []
        for _ in range(self._variables):
            start, end, count = _VARIABLE.unpack_from(self._data, place)
            place += _VARIABLE.size
            packed = self._data[place : place + count * _PATTERN.size]
            patterns = tuple(
                Pattern(head, tail, bool(is_open), mark) for head, tail, is_open, mark in _PATTERN.iter_unpack(packed)
            )
            place += len(packed)
            found.append(Variable(start, end, patterns))
        return tuple(found)

    def known(self) -> Known:
        """The whole text in memory."""
        return Known(self.identity, self._whole, self.shadow, self.units, self.numbering, self.variables)

    @cached_property
    def spare(self) -> bytes:
        """A byte for each word: what a copy may be without or have another word for is not zero.

        1 for what the SPDX list says is optional, 2 for titles, numbering and variable parts.
        """
        marks = bytearray(self.length)
        optional = [(unit.start, unit.end) for unit in self.units if unit.presence == OPTIONAL]
        loose = [(unit.start, unit.end) for unit in self.units if unit.presence == TITLE]
        loose += [*self.numbering, *((part.start, part.end) for part in self.variables)]
        for mark, spans in ((b"\1", optional), (b"\2", loose)):
            for start, end in spans:
                marks[start:end] = mark * (end - start)
        return bytes(marks)


Reference = Known | Stored
"""A published text, in memory or in an index."""


def merged(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in their order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)


_TURNING = frozenset(("not", "no", "never", "only", "except", "unless"))
"""Words that are in no name and turn round what is said."""


def fits(variable: Variable, words: Sequence[str], limit: int) -> bool:
    """Whether words may stand in a variable part; at most `limit` of them where anything may stand."""
    for pattern in variable.patterns:
        fixed = pattern.head + pattern.tail
        free = len(words) - fixed
        if free == 0 or (pattern.is_open and 0 < free <= limit):
            end = len(words) - pattern.tail
            given = [*words[: pattern.head], *words[end:]]
            if digest(given) == pattern.digest and _TURNING.isdisjoint(words[pattern.head : end]):
                return True
    return False
