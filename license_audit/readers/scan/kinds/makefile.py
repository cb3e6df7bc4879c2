"""Makefiles and justfiles: their variables and the commands of their recipes."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import Variables, Word, in_text, in_words
from license_audit.readers.scan.commands_values import once
from license_audit.readers.scan.kinds.shell import HINTS as SHELL_HINTS
from license_audit.readers.scan.source import Source

NAMES = ("Makefile", "Makefile.*", "GNUmakefile", "*.mk", "*.mak", "justfile", ".justfile", "*.just")
HINTS = SHELL_HINTS
_VARIABLE = re.compile(
    r"\s*(?:export\s+|override\s+|set\s+)?([A-Za-z_][\w.-]{0,80})\s*(?::::?|::?|\?|\+)?=\s*([^\n#]*)"
)
_REFERENCE = re.compile(r"\$\(([A-Za-z_]\w*)\)")
_JUST_REFERENCE = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")
_DEFAULT = re.compile(r"env(?:_var_or_default)?\(\s*[\"'][\w.-]+[\"']\s*,\s*(?P<value>[\"'][^\"']*[\"'])\s*\).*")
"""A value that a justfile takes from the environment, with what it is otherwise."""
_PREFIX = re.compile(r"[@+-]+")


def read(source: Source) -> Iterator[Hit]:
    """Models in variables and recipes. A variable that speaks of none counts where a command uses it."""
    yield from once(_in_lines(source))


def _in_lines(source: Source) -> Iterator[Hit]:
    variables = Variables()
    recipe: list[str] = []
    started = 0
    for number, line in enumerate(source.text.split("\n"), start=1):
        if line[:1] in ("\t", " ") or (recipe and recipe[-1].endswith("\\")):
            started = started if recipe else number
            recipe.append(line)
            continue
        yield from _recipe(recipe, started, variables)
        recipe = []
        found = _VARIABLE.match(line)
        if found:
            word = _value(found, number)
            yield from in_words([word._replace(text=f"{found[1].replace('-', '_')}={word.text}")], variables)
    yield from _recipe(recipe, started, variables)


def _value(found: re.Match[str], number: int) -> Word:
    """The value of a variable; its place counts from where it stands, and the name is put before it by the reader."""
    name = found[1]
    default = _DEFAULT.fullmatch(found[2])
    text = _shell(default["value"] if default else found[2].strip())
    quoted = text[:1] in ("'", '"')
    start = found.start(2) + (default.start("value") if default else 0) + 1 + quoted
    return Word(text.strip("'\""), number, start - len(name) - 1)


def _recipe(lines: list[str], started: int, variables: Variables) -> Iterator[Hit]:
    if not lines:
        return
    assigned = _VARIABLE.match(lines[0])
    if assigned and len(lines) == 1 and "=" in lines[0] and not lines[0].startswith("\t"):
        word = _value(assigned, started)
        yield from in_words([word._replace(text=f"{assigned[1]}={word.text}")], variables)
        return
    text = "\n".join(_command(line) for line in lines)
    yield from in_text(text, started, variables=variables)


def _command(line: str) -> str:
    """A line of a recipe as the shell gets it, with as many characters before it as there were."""
    stripped = line.lstrip()
    mark = _PREFIX.match(stripped)
    if mark:
        line = " " * (len(line) - len(stripped) + mark.end()) + stripped[mark.end() :]
    return _shell(line)


def _shell(text: str) -> str:
    return _JUST_REFERENCE.sub(r"${\1}", _REFERENCE.sub(r"${\1}", text)).replace("$$", "$")
