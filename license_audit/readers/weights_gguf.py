"""Keys and values at the start of a GGUF file, of versions 1 to 3 and of either byte order.

Token lists are walked over and never held. What is read is bounded: a header that lies costs no more than a long one.
"""

import re
import struct
from collections.abc import Iterator
from typing import BinaryIO, Final

MAGIC = b"GGUF"
MAX_READ = 16_000_000
"""Bytes of a header that are read at most; the token lists of the largest vocabularies fit in."""
_CHUNK = 32_768
_MAX_TEXT = 65_535
_MAX_DEPTH = 4
_MAX_LIST = 1_000
_LAST_VERSION = 3
_LOW_HALF = 0xFFFF
_STRING: Final = 8
_ARRAY: Final = 9
_SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
"""Bytes of each type of fixed size, by its number."""
_INTEGERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 10: "Q", 11: "q"}
_WANTED = re.compile(
    rb"general\.(?:license(?:\.name|\.link)?|name|quantized_by|datasets|source\.(?:repo_url|url|huggingface\.repository)"
    rb"|(?:base_model|dataset)\.(?:count|\d{1,6}\.(?:name|organization|repo_url|url)))"
)


class _WrongError(Exception):
    """The file is not as the format says, or too long to be read."""


def read_gguf(file: BinaryIO, size: int) -> tuple[list[tuple[str, str]], list[str]]:
    """Keys about terms and origin with their values, lists as one pair an item; and what is wrong with the header.

    `file` is open without a buffer and at its start, `size` is its length in bytes. Never fails on any content.
    """
    pairs: list[tuple[str, str]] = []
    remarks: list[str] = []
    stream = _Stream(file, size)
    try:
        for _ in range(_start(stream)):
            for key, value in _pair(stream):
                try:
                    pairs.append((key.decode("ascii"), value.decode("utf-8")))
                except UnicodeDecodeError:
                    remarks.append(f"the value of {key.decode('ascii')} is not UTF-8")
    except _WrongError as wrong:
        remarks.append(f"at byte {stream.place:,}: {wrong}")
    return pairs, remarks


def _start(stream: "_Stream") -> int:
    """Number of the keys that follow. Sets byte order and width of lengths."""
    stream.take(len(MAGIC))
    version = stream.number(4)
    if version & _LOW_HALF == 0:
        stream.order = ">"
        version = int.from_bytes(version.to_bytes(4, "little"), "big")
    if not 1 <= version <= _LAST_VERSION:
        raise _WrongError(f"version {version} of GGUF is not known")
    stream.width = 4 if version == 1 else 8
    stream.length()
    return stream.count(stream.width + 4, "keys")


def _pair(stream: "_Stream") -> Iterator[tuple[bytes, bytes]]:
    """The next key, with its value if it is wanted: once for each item of a list."""
    key = stream.text("a key")
    kind = stream.number(4)
    if not _WANTED.fullmatch(key):
        _skip(stream, kind)
    elif kind == _STRING:
        yield key, stream.text(key.decode("ascii"))
    elif kind in _INTEGERS:
        value = struct.unpack(stream.order + _INTEGERS[kind], stream.take(_SIZES[kind]))[0]
        yield key, str(value).encode("ascii")
    elif kind == _ARRAY and stream.peek(4) == _STRING:
        stream.take(4)
        count = stream.count(stream.width, "items")
        for _ in range(min(count, _MAX_LIST)):
            yield key, stream.text(key.decode("ascii"))
        stream.skip_texts(max(0, count - _MAX_LIST))
    else:
        _skip(stream, kind)


def _skip(stream: "_Stream", kind: int, depth: int = 0) -> None:
    if kind in _SIZES:
        stream.skip(_SIZES[kind])
    elif kind == _STRING:
        stream.skip(stream.length())
    elif kind == _ARRAY and depth < _MAX_DEPTH:
        inner = stream.number(4)
        if inner in _SIZES:
            stream.skip(stream.count(_SIZES[inner], "items") * _SIZES[inner])
        elif inner == _STRING:
            stream.skip_texts(stream.count(stream.width, "items"))
        else:
            for _ in range(stream.count(stream.width + 4, "items")):
                _skip(stream, inner, depth + 1)
    elif kind == _ARRAY:
        raise _WrongError(f"lists lie more than {_MAX_DEPTH} deep in lists")
    else:
        raise _WrongError(f"the type {kind} of a value is not known")


class _Stream:
    """Reads forward in pieces, counts what it reads, and stops at the limit."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self.order, self.width = "<", 8
        self._file, self._size = file, size
        self._buffer, self._at = b"", 0
        self._end = 0
        """Where in the file the buffer ends."""
        self._read = 0

    @property
    def place(self) -> int:
        """Where in the file the next byte is."""
        return self._end - len(self._buffer) + self._at

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if self._at + count > len(self._buffer):
            self._fill(count)
        self._at += count
        return self._buffer[self._at - count : self._at]

    def peek(self, width: int) -> int:
        """The next number, which stays unread."""
        value = self.number(width)
        self._at -= width
        return value

    def skip(self, count: int) -> None:
        """Leave bytes out; they are not read when they are not in the buffer yet."""
        if self._at + count <= len(self._buffer):
            self._at += count
            return
        target = self.place + count
        if target > self._size:
            raise _WrongError(f"the next {count:,} bytes lie beyond the end of the file")
        self._file.seek(target)
        self._buffer, self._at, self._end = b"", 0, target

    def skip_texts(self, count: int) -> None:
        """Leave texts out, those in the buffer without a call for each: there are hundreds of thousands."""
        length_at = struct.Struct(self.order + ("I" if self.width == 4 else "Q")).unpack_from  # noqa: PLR2004  # bytes
        while count:
            at, last = self._at, len(self._buffer) - self.width
            while count and at <= last:
                at += self.width + length_at(self._buffer, at)[0]
                count -= 1
            if at > len(self._buffer):
                self.skip(at - self._at)
            else:
                self._at = at
            if count:
                self.skip(self.length())
                count -= 1

    def number(self, width: int) -> int:
        """The next unsigned number of four or eight bytes."""
        return int.from_bytes(self.take(width), "little" if self.order == "<" else "big")

    def length(self) -> int:
        """The next length."""
        return self.number(self.width)

    def count(self, smallest: int, what: str) -> int:
        """The next count of things that take at least so many bytes each."""
        count = self.length()
        if count * smallest > self._size - self.place:
            raise _WrongError(f"{count:,} {what} do not fit into the rest of the file")
        return count

    def text(self, what: str) -> bytes:
        """The next text, of bounded length."""
        length = self.length()
        if length > _MAX_TEXT:
            raise _WrongError(f"{what} is {length:,} bytes long; at most {_MAX_TEXT:,} are read")
        return self.take(length)

    def _fill(self, count: int) -> None:
        rest = self._buffer[self._at :]
        wanted = max(count - len(rest), _CHUNK)
        if self._read + wanted > MAX_READ:
            raise _WrongError(f"the header goes on beyond the {MAX_READ:,} bytes of it that are read")
        more = self._file.read(wanted)
        self._read += len(more)
        self._end += len(more)
        self._buffer, self._at = rest + more, 0
        if len(self._buffer) < count:
            raise _WrongError("the file ends within its header")
