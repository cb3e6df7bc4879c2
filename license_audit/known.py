"""The known texts, mapped into memory. Apart from all else, so that a command that only identifies starts fast."""

from functools import cache

from license_audit.engine.identify.index import Index
from license_audit.resources import index_path, mapped


@cache
def text_index() -> Index:
    """Every known text. Nothing of it is read before it is asked for."""
    return Index(mapped(index_path()))
