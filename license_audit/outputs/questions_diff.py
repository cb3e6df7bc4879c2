"""What would change in a file, as a unified diff for people, without characters that a terminal obeys."""

from difflib import unified_diff

from license_audit.errors import printable

_NO_END = "\\ No newline at end of file"


def render_diff(old: str, new: str, name: str) -> str:
    """The lines of a file that change, with three unchanged ones around them; empty where none does."""
    lines = []
    found = unified_diff(old.splitlines(keepends=True), new.splitlines(keepends=True), f"{name}", f"{name} (changed)")
    for line in found:
        lines.append(printable(line.rstrip("\r\n")))
        if not line.endswith(("\n", "\r")):
            lines.append(_NO_END)
    return "\n".join(lines) + "\n" if lines else ""
