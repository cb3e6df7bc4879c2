"""Ordinary files that are no license, found on this machine.

A file is left out when a license text stands in it: a run of 38 words or more of a text that the SPDX list or the
corpus holds, or the whole of a text that is shorter. That also leaves out files with the long Apache or GPL notice,
which are runs of those licenses' appendices.
"""

import re
import sysconfig
from collections.abc import Iterable, Iterator
from pathlib import Path

from identify_texts import Known, Texts, front, read
from identify_words import digest, words

_RUN = 30  # with every eighth position of a text looked up, a run of 38 words is always seen
_STEP = 8
_SIZES = range(1_500, 250_000)
_MENTION = re.compile(
    r"^is_(?:license_reference|license_tag|license_intro|license_clue|false_positive): *yes", re.MULTILINE
)
_SUFFIXES = (".md", ".rst", ".txt", ".py", ".json", ".toml", ".cfg")


class Detector:
    """Sees license text in a file."""

    def __init__(self, texts: Iterable[Known]) -> None:
        self._runs: set[int] = set()
        self._short: list[str] = []
        for known in texts:
            found = words(known.text)
            if len(found) < _RUN + _STEP:
                self._short.append(f" {' '.join(found)} ")
            self._runs.update(hash(tuple(found[at : at + _RUN])) for at in range(0, len(found) - _RUN + 1, _STEP))

    def holds(self, text: str) -> bool:
        """Whether the text holds a long run of a license or the whole of a short one."""
        found = words(text)
        if any(hash(tuple(found[at : at + _RUN])) in self._runs for at in range(len(found) - _RUN + 1)):
            return True
        joined = f" {' '.join(found)} "
        return any(short in joined for short in self._short)


def _files(folder: Path, pattern: str) -> list[Path]:
    """The files of a reasonable size, in an order that has nothing to do with their names."""
    found = [path for path in folder.glob(pattern) if path.is_file() and path.stat().st_size in _SIZES]
    return sorted(found, key=lambda path: digest(str(path.relative_to(folder))))


def _about_licenses(folders: list[Path]) -> list[Path]:
    """Files that speak of licenses most often for their length."""
    rated = []
    for folder in folders:
        for pattern in ("**/METADATA", "**/*.md", "**/*.rst", "**/*licens*.py", "**/*spdx*.py"):
            for path in _files(folder, pattern):
                text = read(path).lower()
                rated.append((text.count("licens") / len(text), str(path), path))
    return [path for _, _, path in sorted(rated, reverse=True)]


def _sources(texts: Texts) -> Iterator[tuple[str, list[Path], int]]:
    """Kind, candidates and how many of them to take."""
    shared = texts.corpus.parent
    packages = [path for folder in texts.folders for path in _files(folder, "**/*.py")]
    docs = [
        path
        for folder in texts.folders
        for name in ("METADATA", "*.md", "*.rst")
        for path in _files(folder, f"**/{name}")
    ]
    yield "card", _files(texts.corpus / "cards", "*.md"), 200
    yield (
        "about licenses",
        [*_files(shared / "design", "*.md"), *_files(shared, "README.md"), *_about_licenses(texts.folders)],
        80,
    )
    yield "document", sorted(docs, key=lambda path: digest(path.parent.name + path.name)), 60
    yield "package source", sorted(packages, key=lambda path: digest(path.parent.name + path.name)), 60
    yield "standard library", _files(Path(sysconfig.get_path("stdlib")), "[a-z]*.py"), 60


def ordinary(texts: Texts, detector: Detector) -> list[Known]:
    """Cards, documents, sources, and prose about licenses."""
    found: list[Known] = []
    seen: set[int] = set()
    for kind, paths, wanted in _sources(texts):
        count = 0
        for path in paths:
            text = read(path)
            if count == wanted:
                break
            if (mark := digest(text)) in seen or detector.holds(text):
                continue
            seen.add(mark)
            count += 1
            suffix = path.suffix if path.suffix in _SUFFIXES else ".txt"
            found.append(Known(f"{kind}:{path.parent.name}/{path.name}", text, frozenset(), suffix, kind))
    return found


def mentions(texts: Texts, detector: Detector, wanted: int = 200) -> list[Known]:
    """Short lines that name a license without being one: ScanCode's references, tags and false positives."""
    found: list[Known] = []
    for folder in texts.folders:
        for path in sorted(
            (folder / "licensedcode" / "data" / "rules").glob("*.RULE"), key=lambda path: digest(path.name)
        ):
            head, text = front(read(path))
            if text.strip() and _MENTION.search(head) and not detector.holds(text):
                found.append(Known(f"mention:{path.stem}", text, frozenset(), kind="mention"))
            if len(found) == wanted:
                return found
    return found
