"""A text's fingerprint: a digest of its words, from which no wording can be read back."""

import hashlib
import re

_WORD = re.compile(r"[a-z0-9]+")
_COPYRIGHT = re.compile(r"^[^\w©]*(?:copyright|\(c\)|©)[^.]*$", re.IGNORECASE)


def fingerprint(text: str) -> str:
    """SHA-256, in hex, of the words in lower case; lines that only state a copyright are left out."""
    lines = (line for line in text.splitlines() if not _COPYRIGHT.match(line.strip()))
    words = _WORD.findall("\n".join(lines).lower())
    return hashlib.sha256(" ".join(words).encode()).hexdigest()
