"""Names of files and folders made from strangers' names: they stay in their folder on every system."""

import re
from hashlib import sha256
from pathlib import PurePosixPath

_OTHER = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 80
_MARK = 8
"""Digits of the digest that tells two names apart."""

_NOTICE = re.compile(r"(?:^|[^a-z])notices?(?:[^a-z]|$)", re.IGNORECASE)
_TEXTS = ("", ".txt", ".md", ".markdown", ".rst", ".html", ".htm")


def is_notice_file(name: str) -> bool:
    """Whether a file is there for notices, by the last part of its name, as THIRD_PARTY_NOTICES.txt."""
    last = PurePosixPath(name).name
    is_text = PurePosixPath(last).suffix.lower() in _TEXTS
    return last.upper().startswith("NOTICE") or (is_text and _NOTICE.search(last) is not None)


def safe(name: str) -> str:
    """The name for a file: itself where it is plain; with a digest where another name could end up the same.

    Two dashes stand for the slash, as in the Hub's cache.
    """
    given = name.replace("/", "--") if name.count("/") == 1 else name
    is_one = name.count("--") == 0
    plain = _OTHER.sub("-", given).strip(".-")[:_LONGEST].strip(".-")
    if plain and plain == given and is_one:
        return plain
    path = PurePosixPath(plain)
    return f"{path.stem or 'x'}-{sha256(name.encode(errors='surrogatepass')).hexdigest()[:_MARK]}{path.suffix}"
