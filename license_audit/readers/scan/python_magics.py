"""What IPython adds to Python: commands of a shell and magics, as notebooks and scripts made from them hold them."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import in_text
from license_audit.readers.scan.python_calls import ENVIRONMENT
from license_audit.readers.scan.python_judge import judge
from license_audit.readers.scan.python_names import is_model, words
from license_audit.readers.scan.python_text import in_string

_CELL = re.compile(r"\s*%%(?P<name>\w+)[ \t]*(?P<rest>[^\n]*)")
_LINE = re.compile(r"(?P<indent>[ \t]*)(?P<target>[\w, \t]+=[ \t]*)?(?P<mark>!!?|%(?!%))(?P<rest>.*)")
_HELP = re.compile(r"(?P<indent>[ \t]*)(?:\?{1,2}[\w.]+|[\w.]+\?{1,2})[ \t]*")
_ENVIRONMENT = re.compile(r"(?:set_)?env[ \t]+(?P<name>\w+)(?:[ \t]*=[ \t]*|[ \t]+)(?P<value>\S+)")
_SHELLS = words("bash sh script cmd system shell sx")
_PYTHON = words(
    """time timeit capture prun python python3 py px autopx debug memit ipytest skip run_pytest pyspark local spark"""
)


class Plain(NamedTuple):
    """Python without what IPython adds, line for line, and the models that the rest names."""

    text: str
    hits: tuple[Hit, ...]


def without_magics(text: str) -> Plain:
    """Take magics and commands out of Python; lines keep their numbers."""
    lines, taken = text.split("\n"), 0
    plain: list[str] = []
    hits: list[Hit] = []
    for number, line in enumerate(lines):
        found = _LINE.fullmatch(line) if number >= taken else None
        if number < taken:
            plain.append("")
        elif found is None:
            asked = _HELP.fullmatch(line)
            plain.append(f"{asked['indent']}pass" if asked else line)
        else:
            taken = number + 1
            while lines[taken - 1].endswith("\\") and taken < len(lines):
                taken += 1
            command = "\n".join([found["rest"], *lines[number + 1 : taken]])
            hits += _commanded(command, found["mark"], number + 1, found.start("rest") + 1)
            plain.append(f"{found['target'].strip()} None" if found["target"] else f"{found['indent']}pass")
            if found["target"]:
                plain[-1] = found["indent"] + plain[-1]
    return Plain("\n".join(plain), tuple(hits))


def cell_without_magics(text: str) -> Plain:
    """Take magics and commands out of a cell; one that is of another language leaves no Python."""
    cell = _CELL.match(text)
    if cell is None:
        return without_magics(text)
    head, name = cell.end(), cell["name"].lower()
    above = text.count("\n", 0, head) + 1
    body = text[head + 1 :]
    if name in _PYTHON or (name in ("writefile", "file") and cell["rest"].strip().endswith(".py")):
        inner = without_magics(body)
        return Plain("\n" * above + inner.text, tuple(hit._replace(line=hit.line + above) for hit in inner.hits))
    hits: tuple[Hit, ...] = ()
    if name in _SHELLS:
        hits = tuple(in_text(body, above + 1))
    elif name in ("writefile", "file"):
        hits = tuple(in_string(body, above + 1, 1))
    return Plain("", hits)


def _commanded(command: str, mark: str, line: int, column: int) -> Iterator[Hit]:
    """Models of one command or magic."""
    found = _ENVIRONMENT.match(command) if mark == "%" else None
    if found is None:
        runs = command.startswith("run ")
        yield from in_text(f"ipy{command}" if runs else command, line, column - 3 if runs else column)
    elif is_model(found["name"]):
        judged = judge(found["value"].strip("\"'"), ENVIRONMENT, "", is_whole=True)
        if judged is not None:
            at = column + command.index(found["value"]) + command[found.start("value") :].index(judged.id)
            yield Hit(
                line, at, judged.id, judged.kind, "environment", judged.certainty, judged.revision, judged.provider
            )
