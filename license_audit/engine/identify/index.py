"""All known texts in one file that is mapped into memory and read where it is needed.

Header, then tables of little-endian numbers: digests of whole texts, sorted, with the text that each belongs to;
windows of shadows, sorted, with the texts that hold them; then the texts.
"""

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from struct import Struct
from typing import Literal

from license_audit.engine.identify.reference import WINDOW, Known, Stored, encode

_HEADER = Struct("<8sIIIII")
_MAGIC = b"mlatexts"
VERSION = 1
SHORT = 120
"""Words of a text of which every window is kept, since selected ones would be too few."""


class Index:
    """Known texts. Opening reads the header; nothing else is read before it is asked for."""

    def __init__(self, data: bytes | memoryview) -> None:
        view = memoryview(data)
        head: tuple[bytes, int, int, int, int, int] = (
            _HEADER.unpack_from(view) if len(view) >= _HEADER.size else (b"", 0, 0, 0, 0, 0)
        )
        magic, version, self._digest_count, self._window_count, self._posting_count, self._text_count = head
        if magic != _MAGIC or version != VERSION:
            raise ValueError(f"is no index of texts of version {VERSION}; make it again with license-audit index")
        if sys.byteorder != "little":
            raise ValueError("is written for processors that store the low byte first")
        place = _HEADER.size + -_HEADER.size % 8

        def table(kind: Literal["Q", "I", "H"], count: int) -> "memoryview[int]":
            nonlocal place
            size = {"Q": 8, "I": 4, "H": 2}[kind] * count
            found = view[place : place + size].cast(kind)
            place += size + -size % 8
            return found

        self._digests = table("Q", self._digest_count)
        self._digest_texts = table("H", self._digest_count)
        self._windows = table("I", self._window_count)
        self._posting_starts = table("I", self._window_count + 1)
        self._postings = table("H", self._posting_count)
        self._text_starts = table("I", self._text_count + 1)
        self._short_count: int = table("I", 1)[0]
        self._short_windows = table("I", self._short_count)
        self._short_texts = table("H", self._short_count)
        self._texts = view[place:]
        self._opened: dict[int, Stored] = {}

    def __len__(self) -> int:
        return self._text_count

    def text(self, number: int) -> Stored:
        """A text by its number."""
        if number not in self._opened:
            start, end = self._text_starts[number], self._text_starts[number + 1]
            self._opened[number] = Stored(self._texts[start:end])
        return self._opened[number]

    def texts(self) -> Iterator[Stored]:
        """Every text, in the order of keys."""
        return map(self.text, range(len(self)))

    def whole(self, digest: bytes) -> Stored | None:
        """The text whose letters have a digest."""
        number = int.from_bytes(digest, "little")
        at = bisect_left(self._digests, number)
        if at < len(self._digests) and self._digests[at] == number:
            return self.text(self._digest_texts[at])
        return None

    def holding(self, window: str) -> "memoryview[int]":
        """Numbers of the texts that hold a window."""
        number = int(window, 16)
        at = bisect_left(self._windows, number)
        if at < len(self._windows) and self._windows[at] == number:
            return self._postings[self._posting_starts[at] : self._posting_starts[at + 1]]
        return self._postings[:0]

    def short(self, windows: Iterable[str]) -> Iterator[int]:
        """Numbers of the short texts that hold windows, once for each window."""
        for window in sorted(self._short_set.intersection(int(window, 16) for window in windows)):
            at = bisect_left(self._short_windows, window)
            while at < len(self._short_windows) and self._short_windows[at] == window:
                yield self._short_texts[at]
                at += 1

    @cached_property
    def _short_set(self) -> frozenset[int]:
        return frozenset(self._short_windows)


def pack(texts: Iterable[Known]) -> bytes:
    """An index of texts. The same texts give the same bytes."""
    from license_audit.engine.identify.align import selected  # noqa: PLC0415  # reading an index needs none of it

    ordered = sorted(texts, key=lambda known: (known.identity, encode(known)))
    records = [encode(known) for known in ordered]
    digests: dict[int, int] = {}
    windows: dict[int, dict[int, None]] = defaultdict(dict)
    short: set[tuple[int, int]] = set()
    for number, known in enumerate(ordered):
        digests.setdefault(int.from_bytes(known.whole, "little"), number)
        for _, window in selected(known.shadow):
            windows[int(window, 16)][number] = None
        if known.length < SHORT:
            every = (known.shadow[at : at + WINDOW] for at in range(known.length - WINDOW + 1))
            short |= {(int(window, 16), number) for window in every}
    keys = sorted(windows)
    postings = [sorted(windows[key]) for key in keys]
    starts = [0]
    for group in postings:
        starts.append(starts[-1] + len(group))
    places = [0]
    for record in records:
        places.append(places[-1] + len(record))
    pairs = sorted(short)
    header = _HEADER.pack(_MAGIC, VERSION, len(digests), len(keys), starts[-1], len(records))
    parts = [
        header + b"\0" * (-len(header) % 8),
        _packed("Q", sorted(digests)),
        _packed("H", (digests[key] for key in sorted(digests))),
        _packed("I", keys),
        _packed("I", starts),
        _packed("H", chain.from_iterable(postings)),
        _packed("I", places),
        _packed("I", [len(pairs)]),
        _packed("I", (window for window, _ in pairs)),
        _packed("H", (number for _, number in pairs)),
    ]
    return b"".join([*parts, *records])


def _packed(kind: str, numbers: Iterable[int]) -> bytes:
    listed = list(numbers)
    found = Struct(f"<{len(listed)}{kind}").pack(*listed)
    return found + b"\0" * (-len(found) % 8)
