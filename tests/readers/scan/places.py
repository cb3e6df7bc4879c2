"""What a file of the source tree names, for the tests of its readers."""

from license_audit.readers.scan.registry import kind_of
from license_audit.readers.scan.source import Source

Place = tuple[int, str, str]
"""Line, id and kind of a hit."""


def places(text: str, path: str, kind_name: str = "") -> set[Place]:
    """The places in a file with this text, read by the kind that its path and its words choose."""
    data = text.encode()
    kind = kind_of(path, data)
    assert kind is not None
    assert kind_name in ("", kind.name)
    if not kind.may_name(data):
        return set()
    return {(hit.line, hit.id, hit.kind) for hit in kind.read(Source(path, data))}
