"""Text of one kind that lies in a file of another, read by the reader of its own kind."""

import posixpath
import re
from collections.abc import Iterator
from contextvars import ContextVar

from license_audit.model.reference import Hit
from license_audit.readers.scan.source import Source, UnreadableError

_ENDING = re.compile(r".+\.(?P<end>pyw?|[mc]?[tj]sx?|sh|bash|zsh|ya?ml|json|toml|tf|md|ipynb)", re.IGNORECASE)
_NEVER = frozenset(("notebook", "gguf", "safetensors", "markdown"))
"""Kinds that do not lie in others."""
_MAX_DEPTH = 3
"""Texts within texts within texts that are read."""
_DEPTH: ContextVar[int] = ContextVar("depth", default=0)
"""How deep the reader stands. The readers of other kinds call each other and know nothing of it."""


def read_as(path: str, text: str, line: int, indent: int = 0) -> Iterator[Hit]:
    """Models in a text that would be a file of this path; nothing when no reader knows such a file, or cannot read it.

    `line` is where the text starts in its file, `indent` how many characters were cut off the start of its lines.
    """
    from license_audit.readers.scan.registry import kind_of  # noqa: PLC0415  # it imports the kinds, and they this

    data = text.encode("utf-8", errors="replace")
    kind = kind_of(posixpath.normpath(path), data)
    depth = _DEPTH.get()
    if kind is None or kind.name in _NEVER or depth >= _MAX_DEPTH or not kind.may_name(data):
        return
    mark = _DEPTH.set(depth + 1)
    try:
        found = list(kind.read(Source(path, data)))
    except UnreadableError:
        # A snippet may be cut anywhere. The file that holds it is read all the same.
        return
    finally:
        _DEPTH.reset(mark)
    for hit in found:
        yield hit._replace(line=hit.line + line - 1, column=hit.column + indent)


def by_ending(source: Source) -> Iterator[Hit] | None:
    """Models of a file whose name begins like one kind and ends like another: `env.sh`, `Modelfile.py`.

    None where the ending says nothing of another kind. The kind's own reader raises `UnreadableError` as it does.
    """
    from license_audit.readers.scan.registry import kind_of  # noqa: PLC0415  # it imports the kinds, and they this

    found = _ENDING.fullmatch(source.name)
    if found is None:
        return None
    kind = kind_of(f"file.{found['end']}", source.data)
    return kind.read(source) if kind is not None and kind.may_name(source.data) else iter(())
