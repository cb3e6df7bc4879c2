"""What strangers wrote, made harmless for logs and files that other programs read."""

from license_audit.errors import printable

_CUT = " […]"


def one_line(text: str, limit: int = 0) -> str:
    """The text on one line, without characters that nobody sees; with `limit`, no longer than so many characters."""
    plain = " ".join(printable(text).split())
    if not limit or len(plain) <= limit:
        return plain
    return plain[: max(limit - len(_CUT), 0)] + _CUT


def logged(line: str) -> str:
    """A line that no runner takes for a command: those begin with `::`, or hold `##[`."""
    line = line.replace("##[", "#\\x23[")
    body = line.lstrip()
    return f"{line[: len(line) - len(body)]}\\x3a{body[1:]}" if body.startswith("::") else line
