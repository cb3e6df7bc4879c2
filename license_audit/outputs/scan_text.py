"""Text of a scan for a terminal: a line for each place that somebody has to look at."""

from collections.abc import Mapping

from license_audit.model.reference import ReferenceKind
from license_audit.model.scan import Mention, Scan, Standing, Unread
from license_audit.outputs.plain import logged, one_line

COLORS: Mapping[Standing, int] = {"listed": 32, "excused": 32, "unclear": 33, "missing": 31}
KINDS: Mapping[ReferenceKind, str] = {
    "hub": "model",
    "path": "local model",
    "ollama": "Ollama model",
    "hosted": "hosted model",
    "name": "model",
}
_GAP = 31
_TO_MEND: tuple[Standing, ...] = ("missing", "unclear")


def render_scan(scan: Scan, *, color: bool, everything: bool) -> str:
    """Nothing when all is well. `everything` tells the models that are listed or excused, too."""
    lines = [
        f"{place(one.file, one.line, one.column)}: {_colored(one.standing, COLORS[one.standing], color)}: "
        f"{said(one, scan)}"
        for one in scan.mentions
        if everything or one.standing in _TO_MEND
    ]
    lines += [f"{place(gap.file, gap.line)}: {_colored('not read', _GAP, color)}: {unread(gap)}" for gap in scan.unread]
    # What is to be done is the same for all that are missing, and for all that are unclear.
    examples = {one.standing: one for one in reversed(scan.mentions)}
    lines += [one_line(f"{name}: {remedy(examples[name], scan)}") for name in _TO_MEND if name in examples]
    return "".join(f"{logged(line)}\n" for line in lines)


def place(file: str, line: int = 0, column: int = 0) -> str:
    """`file:line:column`, as far as it is known."""
    return ":".join([one_line(file), *(str(number) for number in (line, column) if number)])


def said(mention: Mention, scan: Scan) -> str:
    """What a mention comes to."""
    name = named(mention)
    if mention.standing == "excused":
        return one_line(f"{name}: {mention.why}")
    if mention.standing == "listed":
        return one_line(f"{name} is in {scan.manifest}")
    return one_line(f"{name} {lacks(mention, scan)}")


def named(mention: Mention) -> str:
    """The model with what is known of it."""
    provider = f" of {mention.provider}" if mention.provider else ""
    revision = f" at {mention.revision}" if mention.revision else ""
    return f"{KINDS[mention.kind]} {mention.id}{provider}{revision} ({mention.role})"


def lacks(mention: Mention, scan: Scan) -> str:
    """That the manifest does not list it."""
    lists = f"is not in {scan.manifest}" if scan.manifest else "is in no manifest"
    return lists if mention.standing == "missing" else f"may be one, and {lists}"


def remedy(mention: Mention, scan: Scan) -> str:
    """What to do about a model that is not listed."""
    manifest = scan.manifest or "models.yaml"
    if mention.standing == "unclear":
        return f"if it is one, list it with its use; if not, say so under scan.not_models in {manifest}"
    return f"list it in {manifest} with its use, or run license-audit scan --fix --use NAME"


def unread(gap: Unread) -> str:
    """Why a file was not read, and what that means."""
    end = "models may hide in it" if gap.level == "error" else "nobody looked for models in it"
    return one_line(f"{gap.reason}; {end}")


def _colored(word: str, code: int, color: bool) -> str:
    return f"\033[{code};1m{word}\033[0m" if color else word
