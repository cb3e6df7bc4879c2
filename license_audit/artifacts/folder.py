"""The texts of a folder that is handed to others, and which licenses they are."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from license_audit.artifacts.words import Worded
from license_audit.engine.identify import Match, identify
from license_audit.errors import AuditError, Problem
from license_audit.known import text_index
from license_audit.readers.assembly import is_notice, is_terms
from license_audit.readers.texts import Refusal, decoded, is_folder, read, sources
from license_audit.recognition import NEARLY_WHOLE

NO_EVIDENCE = ("CHECKLIST.md", "PASS-ON.md")
"""Files of a kit that tell what is to be done: they show nothing done."""
_TEXTS = (".txt", ".md", ".markdown", ".rst", ".html", ".htm")
_DATA = (
    ".safetensors", ".bin", ".gguf", ".ggml", ".pt", ".pth", ".ckpt", ".onnx", ".h5", ".msgpack", ".npz", ".npy",
    ".parquet", ".arrow", ".zip", ".gz", ".tar", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".so", ".dll", ".json",
    ".jsonl", ".csv", ".tsv", ".model", ".tiktoken", ".vocab",
)  # fmt: skip
"""Endings of files that hold weights, words of a vocabulary, or pictures."""
_REPORTS = (
    re.compile(r"Models of .* judged against "),
    re.compile(r"## (?:Model licenses: the gate |Review of model licenses: the gate |Questions about models\b)"),
    re.compile(r"# (?:Checklist|Not ready): |# What recipients have to agree to\n"),
    re.compile(r"<!DOCTYPE html>.*?<title>(?:License audit of |Questions about models\b)[^<]*</title>", re.DOTALL),
    re.compile(r'\{\s*"schema_version": "\d+",\s*"tool_version": "'),
)
"""Beginnings of what this tool writes about models: reports, questions, checklists."""
_VOCABULARIES = ("vocab.txt", "merges.txt", "tokens.txt")


class Found(NamedTuple):
    """A license text in a file of the folder."""

    file: str
    match: Match


class Artifacts:
    """Texts by the names of their files."""

    def __init__(self, shown: str, texts: Mapping[str, str], left_out: tuple[str, ...] = ()) -> None:
        """`shown` stands before the name of a file where one is named; `left_out` tells what could not be looked at."""
        self.shown = shown
        self.texts = dict(sorted(texts.items()))
        self.left_out = left_out
        self._worded: dict[str, Worded] = {}
        self._found: dict[str, tuple[Found, ...]] = {}

    def place(self, file: str, line: int) -> str:
        """File and line as they are shown."""
        return f"{self.shown}/{file}:{line}" if self.shown else f"{file}:{line}"

    def worded(self, file: str) -> Worded:
        """The words of a file."""
        if file not in self._worded:
            self._worded[file] = Worded(self.texts[file])
        return self._worded[file]

    def bare(self, file: str) -> Worded:
        """The words of a file without those of license texts in it, which quote what they ask for."""
        return Worded(self.texts[file], self.terms_in(file))

    def terms_in(self, file: str) -> tuple[tuple[int, int], ...]:
        """First and last line of each license text in a file."""
        matches = (found.match for found in self._found_in(file))
        return tuple(one.lines for one in matches if one.status == "unaltered" or one.similarity >= NEARLY_WHOLE)

    def _found_in(self, file: str) -> tuple[Found, ...]:
        if file not in self._found:
            self._found[file] = tuple(Found(file, match) for match in identify(self.texts[file], text_index()).matches)
        return self._found[file]

    @property
    def notices(self) -> tuple[str, ...]:
        """Files that are there for notices, by their names."""
        return tuple(name for name in self.texts if "NOTICE" in name.rpartition("/")[2].upper())

    @property
    def found(self) -> tuple[Found, ...]:
        """The license texts in the files, in the order of files and lines."""
        return tuple(found for file in self.texts for found in self._found_in(file))


def inside(folder: Path, others: Iterable[Path]) -> Iterator[str]:
    """The names of those of some other folders that lie within a folder, each with a slash at its end."""
    root = os.path.realpath(folder)
    for other in others:
        real = os.path.realpath(other)
        if real.startswith(f"{root}{os.sep}"):
            yield f"{Path(real).relative_to(root).as_posix()}/"


def read_artifacts(folder: Path, shown: str, *, everything: bool = False, apart: tuple[str, ...] = ()) -> Artifacts:
    """The texts of a folder and of the folders in it; code and data, too, where `everything` is asked for.

    AuditError when the folder or a text of it cannot be read; with `everything` that text is left out. So is what is
    too long, or a link that leads out. Folders that are `apart`, named with a slash at the end, are not looked into.
    Reports of this tool quote what they ask for, so they show nothing done and are left out.
    """
    if not is_folder(str(folder)):
        raise AuditError([Problem(shown, 0, 0, "is not a folder that can be read")])
    texts: dict[str, str] = {}
    left_out, problems = list[str](), list[Problem]()
    for name, got in _read(folder, everything=everything, apart=apart):
        if isinstance(got, Refusal):
            if got.weight == "failure" and not everything:
                problems.append(Problem(f"{shown}/{name}", 0, 0, got.reason))
            elif got.weight != "silent":
                left_out.append(f"{name} {got.reason}")
        elif not name.isprintable():
            problems.append(Problem(shown, 0, 0, f"holds a file with control characters in its name: {name!a}"))
        elif not everything and is_report(got):
            left_out.append(f"{name} is a report of this tool")
        else:
            texts[name] = got
    if problems:
        raise AuditError(problems)
    return Artifacts(shown, texts, tuple(left_out))


def artifacts_of(shown: str, files: Mapping[str, bytes]) -> Artifacts:
    """The same from files that are at hand."""
    texts = {name: text_of(raw) for name, raw in files.items() if _is_wanted(name, everything=False)}
    return Artifacts(shown, {name: text for name, text in texts.items() if text is not None})


def text_of(raw: bytes) -> str | None:
    """The text of a file; None for what is binary."""
    plain = decoded(raw)
    return plain.decode("utf-8", "replace") if isinstance(plain, bytes) else plain


def is_report(text: str) -> bool:
    """Whether a text was written by this tool about a model, and not for those who get it."""
    return any(mark.match(text) for mark in _REPORTS)


def _read(folder: Path, *, everything: bool, apart: tuple[str, ...]) -> Iterator[tuple[str, str | Refusal]]:
    for source in sources([str(folder)]):
        name = Path(source.path).relative_to(folder).as_posix()
        is_apart = f"{name}/".startswith(apart)
        if is_apart or (source.refusal is None and not _is_wanted(name, everything=everything)):
            continue
        got = read(source, None)
        yield name, got.decode("utf-8", "replace") if isinstance(got, bytes) else got


def _is_wanted(name: str, *, everything: bool) -> bool:
    last = name.rpartition("/")[2]
    if last in NO_EVIDENCE or last.lower() in _VOCABULARIES:
        return False
    if everything:
        return not last.lower().endswith(_DATA)
    return last.lower().endswith(_TEXTS) or "." not in last or is_terms(name) or is_notice(last)
