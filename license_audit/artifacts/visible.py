"""A text without the parts that its reader never sees, or sees struck out."""

import re

_STRUCK = r"(?<!~)~~(?!~)(?:[^\n]|\n(?![ \t]*\n))*?(?<!~)~~(?!~)"
_PARTS = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<name>script|style|template)\b.*?(?:</(?P=name)\b[^>]*>|\Z)"
    rf"|{_STRUCK}"
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]*(?:#|<>)[^\n]*$",
    re.IGNORECASE | re.DOTALL | re.MULTILINE,
)
"""Comments of HTML, what is there for machines, struck words, and the comments of Markdown. None needs to be closed."""
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[a-z][\w-]*+)"
    r"(?P<rest>(?:\"[^\"]{0,500}+\"|'[^']{0,500}+'|[^<>\"']{1,500}+){0,40}+)>",
    re.IGNORECASE,
)
"""Its parts are limited, so that no text takes long to read."""
_CONCEALS = re.compile(r"\bhidden\b|display\s*:\s*none|(?:opacity|font-size)\s*:\s*0(?![.\d]*[1-9])", re.IGNORECASE)
_STRIKES = ("del", "s", "strike")
_VOID = ("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
"""Elements that hold nothing, and are never closed."""
_INK = re.compile(r"[^\r\n]")


def visible(text: str) -> str:
    """The text with spaces in place of all that is not shown; its lines keep their numbers."""
    if "<" not in text and "~~" not in text and "]:" not in text:
        return text
    shown = _PARTS.sub(lambda part: _INK.sub(" ", part[0]), text)
    parts = []
    at = 0
    for first, last in _concealed(shown):
        parts += [shown[at:first], _INK.sub(" ", shown[first:last])]
        at = last
    return "".join([*parts, shown[at:]])


def _concealed(text: str) -> list[tuple[int, int]]:
    """Where elements stand that are hidden or struck; one that is never closed goes on to the end."""
    found = list[tuple[int, int]]()
    name, start, depth = "", 0, 0
    for tag in _TAG.finditer(text):
        called = tag["name"].lower()
        if depth:
            depth += 0 if called != name else -1 if tag["end"] else 1
            if not depth:
                found.append((start, tag.end()))
        elif not tag["end"] and called not in _VOID and (called in _STRIKES or _CONCEALS.search(tag["rest"])):
            name, start, depth = called, tag.start(), 1
    return [*found, (start, len(text))] if depth else found
