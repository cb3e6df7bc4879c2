"""Dockerfiles: variables, defaults of arguments, and the commands that are run."""

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands import Variables, Word, in_text, in_words
from license_audit.readers.scan.commands_embedded import read_as
from license_audit.readers.scan.commands_values import address, mirrored, once
from license_audit.readers.scan.kinds.shell import HINTS as SHELL_HINTS
from license_audit.readers.scan.source import Source

NAMES = (
    "Dockerfile",
    "Dockerfile.*",
    "Dockerfile-*",
    "*.dockerfile",
    "*.Dockerfile",
    "Containerfile",
    "Containerfile.*",
)
HINTS = (*SHELL_HINTS, b"/models/", b"models--")
_INSTRUCTION = re.compile(r"[ \t]*(?P<word>[A-Za-z]+)[ \t]+(?P<rest>.*)", re.DOTALL)
_HERE = re.compile(r"<<-?[ \t]*[\"']?([A-Za-z_]\w*)[\"']?")
_PAIR = re.compile(r"(?P<name>[A-Za-z_][\w.-]*)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|(?P<plain>[^\s\"']*))")
_LEGACY = re.compile(r"(?P<name>[A-Za-z_]\w*)[ \t]+(?P<value>\S[^\n]*)")
_STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"")
_FLAGS = re.compile(r"(?:--[a-z-]+(?:=\S*)?[ \t]+)+")


class Instruction(NamedTuple):
    """An instruction with its lines, without comments."""

    word: str
    """In small letters."""
    text: str
    """What follows the word, its lines as they are in the file; comments are blank lines that go on."""
    line: int
    column: int
    here: str = ""
    """The text of its here-documents."""
    here_line: int = 0


def read(source: Source) -> Iterator[Hit]:
    """Models in `ENV`, `ARG`, and in commands. Images that it starts from are no models."""
    variables = Variables()
    found: list[Hit] = []
    for instruction in _instructions(source.text.replace("\r\n", "\n")):
        seen = set()
        for hit in once(_in_instruction(instruction, variables)):
            # A folder is made and entered in one line.
            if (hit.line, hit.id) not in seen:
                seen.add((hit.line, hit.id))
                found.append(hit)
    yield from once(found)


def _instructions(text: str) -> Iterator[Instruction]:
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        first = at
        if lines[at].lstrip().startswith("#") or not lines[at].strip():
            at += 1
            continue
        taken = [lines[at]]
        while at + 1 < len(lines) and (taken[-1].rstrip().endswith(("\\", "`")) or not taken[-1]):
            at += 1
            # Comments between the lines of an instruction do not end it.
            comment = lines[at].lstrip().startswith("#") or not lines[at].strip()
            taken.append("\\" if comment else lines[at])
        at += 1
        found = _INSTRUCTION.match("\n".join(taken))
        if found is None:
            continue
        body_at = at
        for end in _HERE.findall(found["rest"]) if found["word"].lower() in ("run", "copy", "add") else ():
            while at < len(lines) and lines[at].strip() != end:
                at += 1
            at += 1
        here = "\n".join(lines[body_at : max(body_at, at - 1)])
        yield Instruction(found["word"].lower(), found["rest"], first + 1, found.start("rest") + 1, here, body_at + 1)


def _in_instruction(instruction: Instruction, variables: Variables) -> Iterator[Hit]:
    word = instruction.word
    if word in ("env", "arg", "label"):
        if word != "label":
            yield from _settings(instruction, variables)
    elif word in ("run", "cmd", "entrypoint", "healthcheck", "onbuild", "shell"):
        yield from _run(instruction, variables)
    elif word in ("copy", "add", "workdir", "volume"):
        yield from _files(instruction)


def _settings(instruction: Instruction, variables: Variables) -> Iterator[Hit]:
    text = instruction.text
    legacy = _LEGACY.match(text) if "=" not in text.partition(" ")[0] else None
    if legacy and instruction.word == "env":
        word = Word(legacy["value"].strip().strip("\"'"), *_place(instruction, legacy.start("value")))
        yield from _setting(legacy["name"], word, variables)
        return
    for pair in _PAIR.finditer(text):
        group = next(name for name in ("double", "single", "plain") if pair[name] is not None)
        yield from _setting(pair["name"], Word(pair[group], *_place(instruction, pair.start(group))), variables)


def _setting(name: str, word: Word, variables: Variables) -> Iterator[Hit]:
    found = list(in_words([Word(f"{name}={word.text}", word.line, word.column - len(name) - 1)], variables))
    yield from found
    repeated = mirrored(word.text) if not found else None
    if repeated:
        yield Hit(word.line, word.column, repeated.id, repeated.kind, "path", repeated.certainty)


def _place(instruction: Instruction, offset: int) -> tuple[int, int]:
    before = instruction.text[:offset]
    row = before.count("\n")
    column = offset - before.rfind("\n") if row else instruction.column + offset
    return instruction.line + row, column


def _run(instruction: Instruction, variables: Variables) -> Iterator[Hit]:
    text = instruction.text
    flags = _FLAGS.match(text)
    start = flags.end() if flags else 0
    if text[start:].lstrip().startswith("["):
        words = list(_json_words(instruction, start))
        if words:
            yield from in_words(words, variables)
            return
    if instruction.here:
        yield from _here(instruction, variables)
    if not instruction.here or not text.lstrip().startswith("<<"):
        shell = _HERE.sub(lambda mark: " " * len(mark[0]), text[start:]) if instruction.here else text[start:]
        line, column = _place(instruction, start)
        yield from in_text(shell, line, column, variables=variables)


def _here(instruction: Instruction, variables: Variables) -> Iterator[Hit]:
    if "python" in instruction.text.partition("\n")[0]:
        yield from read_as("run.py", instruction.here, instruction.here_line)
    else:
        yield from in_text(instruction.here, instruction.here_line, variables=variables)


def _json_words(instruction: Instruction, start: int) -> Iterator[Word]:
    """The words of a command that is written as a list."""
    for found in _STRING.finditer(instruction.text, start):
        try:
            word = json.loads(found[0])
        except ValueError:
            word = found[0][1:-1]
        line, column = _place(instruction, found.start() + 1)
        yield Word(str(word), line, column)


def _files(instruction: Instruction) -> Iterator[Hit]:
    """Addresses and folders of models that are copied."""
    for found in re.finditer(r"[^\s\"\[\],]+", instruction.text):
        known = address(found[0]) or mirrored(found[0])
        if known is not None:
            role = "download" if "://" in found[0] else "path"
            yield Hit(*_place(instruction, found.start()), known.id, known.kind, role, known.certainty, known.revision)
