"""How well cards are read: `python benchmarks/cards.py [FOLDER]`, a folder of cards with their labels.jsonl.

Prints the declared licenses that come out as labelled, the parents found and missed, and the license that the prose
states beside the one that a person read there.
"""

import json
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from license_audit.model.card import Card, NamedParent
from license_audit.model.catalog import AmbiguousName, KnownName
from license_audit.readers.card import UNREADABLE, decode_card, read_card
from license_audit.readers.catalog import PackagedCatalog

ROOT = Path(__file__).parent.parent
FOLDER = ROOT.parent / "shared" / "corpus" / "cards"
HUB_TAGS = frozenset(
    [
        "bsd",
        "gpl",
        "lgpl",
        "openrail",
        "bigscience-openrail-m",
        "creativeml-openrail-m",
        "bigcode-openrail-m",
        "bigscience-bloom-rail-1.0",
        "openrail++",
        "llama2",
        "llama3",
        "llama3.1",
        "llama3.2",
        "llama3.3",
        "llama4",
        "gemma",
        "deepfloyd-if-license",
        "apple-ascl",
        "apple-amlr",
        "fair-noncommercial-research-license",
        "h-research",
        "intel-research",
        "grok2-community",
        "lfm1.0",
        "open-mdw",
        "c-uda",
        "cc",
        "cdla-permissive-1.0",
    ]
)
"""Tags of the Hub that are no SPDX ids."""
EMPTY_WORDS = re.compile(r"\b(?:the|license|licence|agreement|community|model|terms|of|use|public|v)\b")
"""Words of a license name that tell no license from another."""
READABLE = ("ok", "ok_leading_blank")


@dataclass
class Measured:
    """One card with its label and what was read."""

    label: Mapping[str, Any]
    card: Card

    @property
    def file(self) -> str:
        """Name of the card."""
        return str(self.label["file"])


def slug(name: str) -> str:
    """A name without capitals, blanks and words that tell nothing: `Gemma Terms of Use` and `gemma` are one."""
    words = EMPTY_WORDS.sub(" ", re.sub(r"[^a-z0-9.+]+", " ", name.lower()))
    return "-".join(words.split())


class Names:
    """License names in the form of the labels."""

    def __init__(self, catalog: PackagedCatalog) -> None:
        self.catalog = catalog
        self._titles = {slug(known.title): known for known in catalog.known()}
        self._tags = {slug(tag): tag for tag in HUB_TAGS} | {re.sub(r"[.-]", "", slug(tag)): tag for tag in HUB_TAGS}

    def label(self, name: str) -> str:
        """SPDX id, `hf:<tag>`, `other:<slug>`, `other`, or `unknown`.

        A tag of the Hub stays one, also when only the words differ; then come the SPDX id of a name or title that the
        catalog knows, and a slug of the name. A name without a letter says nothing.
        """
        plain = name.strip().lower()
        if self.catalog.names_nothing(plain) or not re.search(r"\w", plain):
            return "unknown"
        if "://" in plain:
            return next((f"hf:{tag}" for part in plain.split("/") if (tag := self._tag(part))), f"other:{plain}")
        if plain in ("other", "license"):
            return "other"
        if tag := self._tag(plain):
            return f"hf:{tag}"
        known = self.key(name)
        if known and not known.spdx.startswith("LicenseRef"):
            return re.sub(r"-only$|-or-later$", "", known.spdx)
        return f"other:{re.sub(r'[^a-z0-9.]+', '-', plain).strip('-')}"

    def _tag(self, plain: str) -> str | None:
        if plain in HUB_TAGS:
            return plain
        return self._tags.get(slug(plain)) or self._tags.get(re.sub(r"[.-]", "", slug(plain)))

    def key(self, name: str) -> KnownName | None:
        """What the catalog knows under a name, its title or its slug."""
        for form in (name, re.sub(r"\s+", "-", name.strip())):
            found = self.catalog.named(form)
            if isinstance(found, KnownName):
                return found
        if isinstance(found, AmbiguousName):
            return None
        if (titled := self._titles.get(slug(name))) is not None:
            return titled
        begun = name.strip().lower()
        close = [known for known in self.catalog.known() if known.spdx.lower().startswith((f"{begun}-", f"{begun}.0"))]
        first = min(close, key=lambda known: len(known.spdx), default=None)
        return first if first and all(known.spdx.startswith(first.spdx) for known in close) else None

    def same(self, read: str, labelled: str) -> bool:
        """Whether two labels mean one license.

        A person shortened the slugs of `other:`; so two of them agree when the catalog has one key for both, or when
        one contains the other once the words that tell nothing are gone. An SPDX id that the catalog lacks is read as a
        slug of the same letters.
        """
        if read == labelled or read.lower() == f"other:{labelled.lower()}":
            return True
        if not (read.startswith("other:") and labelled.startswith("other:")):
            return False
        one, two = slug(read[6:]), slug(labelled[6:])
        keys = [known.key for known in map(self.key, (read[6:], labelled[6:])) if known]
        return bool(one and two) and (one in two or two in one or (len(keys) > 1 and keys[0] == keys[1]))


def declared(card: Card) -> list[str]:
    """License names of the front matter; where the Hub's key is absent, those under a misspelled one."""
    return list(card.licenses or card.misnamed)


def license_right(names: Names, measured: Measured) -> tuple[bool, str]:
    """Whether the declared license is as labelled, and what was read.

    A list of one is that one. An `other` without a name in a list agrees with any `other:`: its slug came from the
    prose, and front matter does not say it.
    """
    want = measured.label["declared_license"]
    wanted: list[str] = want if isinstance(want, list) else [want] if want else []
    found = [names.label(name) for name in declared(measured.card)]
    right = len(found) == len(wanted) and all(
        names.same(one, two) or (one == "other" and two.startswith("other:") and len(found) > 1)
        for one, two in zip(found, wanted, strict=True)
    )
    return right, ", ".join(found) or "none"


def parents_of(card: Card) -> list[NamedParent]:
    """Every parent that a card names, declared ones first."""
    return [parent for parent in (*card.base, *card.stated_base) if parent.name != UNREADABLE]


def parents(measured: Sequence[Measured]) -> tuple[int, int, int, list[str]]:
    """Parents labelled, found and falsely found, and a line for each that is wrong.

    What a person only inferred is neither right nor wrong when it is found. Nor is a teacher: the labels list models
    whose weights went into this one.
    """
    asked = right = false = 0
    lines = []
    for one in measured:
        wanted = {name.lower() for name in one.label["base_models"]}
        inferred = {name.lower() for name in one.label["base_inferred"]}
        found = {parent.name.lower(): parent for parent in parents_of(one.card)}
        asked, right = asked + len(wanted), right + len(wanted & found.keys())
        lines += [f"  missed {one.file}: {name}" for name in sorted(wanted - found.keys())]
        taught = {name for name, parent in found.items() if parent.relation in ("distill", "train-on-outputs")}
        for name in found.keys() - wanted - inferred - taught:
            false += 1
            lines.append(f"  false  {one.file}:{found[name].line}: {found[name].name} ({found[name].relation})")
    return asked, right, false, lines


def stated(names: Names, measured: Sequence[Measured]) -> tuple[int, int, int, list[str]]:
    """Cards whose prose names a license by label, how many were found, names that no label has, and a line for each."""
    asked = right = false = 0
    lines = []
    for one in measured:
        want = one.label["prose_license"]
        wanted = re.split(r" (?:OR|AND) ", want) if isinstance(want, str) else want or []
        found = {
            names.label(said.license): said
            for said in one.card.stated
            if said.license and (said.about == "model" or one.card.is_dataset)
        }
        hit = any(names.same(name, two) for name in found for two in wanted)
        asked, right = asked + bool(wanted), right + hit
        if wanted and not hit:
            lines.append(f"  missed {one.file}: {want}; read {', '.join(found) or 'none'}")
        for name, said in found.items():
            if "://" not in said.license and not any(names.same(name, two) for two in wanted):
                false += 1
                lines.append(f"  false  {one.file}:{said.line}: {name} ({said.license!r}); labelled {want}")
    return asked, right, false, lines


def read_all(folder: Path) -> Iterator[Measured]:
    """Each card with its label."""
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        text, _ = decode_card((folder / label["file"]).read_bytes(), label["file"])
        yield Measured(label, read_card(text, label["file"], str(label["model_id"] or "")))


def main(folder: Path) -> None:
    """Print the figures."""
    start = time.perf_counter()
    measured = list(read_all(folder))
    spent = time.perf_counter() - start
    names = Names(PackagedCatalog(ROOT))
    readable = [one for one in measured if one.label["front_matter"] in READABLE]
    results = [(one, *license_right(names, one)) for one in readable]
    print(f"declared license as labelled: {sum(ok for _, ok, _ in results)} of {len(results)}")
    for one, ok, found in results:
        if not ok:
            print(f"  wrong  {one.file}: read {found}; labelled {one.label['declared_license']}")
    asked, right, false, lines = parents(measured)
    print(
        f"parents: "
        f"{right} of {asked} found, recall {right / max(asked, 1):.3f}, precision {right / max(right + false, 1):.3f}"
    )
    print("\n".join(lines))
    asked, right, false, lines = stated(names, measured)
    print(f"license in prose: {right} of {asked} found, {false} that no label has")
    print("\n".join(lines))
    print(f"{len(measured)} cards, {spent:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
