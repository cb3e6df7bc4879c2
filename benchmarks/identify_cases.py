"""Which files are shown, in groups, and what the right answer to each is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from identify_changes import ALTERED
from identify_forms import HARMLESS, SUFFIXES, cut, edited, joined, reflowed
from identify_prose import Detector, mentions, ordinary
from identify_readme import readme
from identify_texts import Known, Texts, Variant, read
from identify_words import Dice, bare, digest

Names = frozenset[str]


class Case(NamedTuple):
    """A file, the sets of names of which one each must be found, and the lines a change stands on."""

    id: str
    text: str
    expected: tuple[Names, ...]
    suffix: str = ".txt"
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Group:
    """Cases of one sort. They are made when they are shown; some texts give none."""

    name: str
    rule: str
    size: int
    make: Callable[[int], Case | None]

    def chosen(self, limit: int | None) -> list[int]:
        """Which cases are shown: all, or so many of them, mixed; a smaller choice is part of a larger one."""
        ranked = sorted(range(self.size), key=lambda number: digest(f"{self.name} {number}"))
        return sorted(ranked[:limit])


def _plain(name: str, rule: str, texts: Sequence[Known]) -> Group:
    """Texts as they are."""

    def make(number: int) -> Case:
        known = texts[number]
        return Case(known.id, known.text, (known.names,), known.suffix)

    return Group(name, rule, len(texts), make)


def _formed(
    name: str, rule: str, texts: Sequence[Known], form: Callable[[str, Dice], str | None], suffix: str = ".txt"
) -> Group:
    """Texts in another form."""

    def make(number: int) -> Case | None:
        known = texts[number]
        text = form(known.text, Dice(f"{name} {known.id}"))
        return None if text is None else Case(f"{known.id}/{name}", text, (known.names,), suffix)

    return Group(name, rule, len(texts), make)


def _altered(name: str, texts: Sequence[Known], change: str) -> Group:
    """Texts with one change of meaning."""

    def make(number: int) -> Case | None:
        known = texts[number]
        changed = ALTERED[change](known.text, Dice(f"{name} {known.id}"))
        if changed is None:
            return None
        return Case(f"{known.id}/{name}", changed.text, (known.names,), lines=(changed.first, changed.last))

    return Group(name, "altered", len(texts), make)


def _two(texts: Sequence[Known]) -> Group:
    """Two texts in one file, neither of which is a part of the other."""
    order = sorted(texts, key=lambda known: digest(f"two {known.id}"))
    pairs = list(pairwise([*order, *order[:1]]))

    def make(number: int) -> Case | None:
        one, other = pairs[number]
        left, right = bare(one.text), bare(other.text)
        if left in right or right in left:
            return None
        text = joined(one.text, other.text, Dice(f"two {one.id}"))
        return Case(f"{one.id}+{other.id}/two", text, (one.names, other.names))

    return Group("two in one file", "all", len(pairs), make)


def _variants(name: str, rule: str, texts: Texts, variants: Sequence[Variant]) -> Group:
    """Files of the corpus' variants."""

    def make(number: int) -> Case:
        variant = variants[number]
        text = read(variant.path)
        expected = tuple(texts.names_of[key] for key in variant.keys)
        suffix = variant.path.suffix if variant.path.suffix in {".html", ".md"} else ".txt"
        lines = _first_change(texts, variant.keys[0], text) if rule == "altered" else (0, 0)
        return Case(f"{variant.id} ({variant.transform})", text, expected, suffix, lines)

    return Group(name, rule, len(variants), make)


def _first_change(texts: Texts, key: str, text: str) -> tuple[int, int]:
    """The lines on which a file first differs from the text of a key."""
    original = next(known.text for known in texts.licenses if known.id == key)
    lines = (original.splitlines(), text.splitlines())
    for tag, _, _, first, last in SequenceMatcher(None, *lines, autojunk=False).get_opcodes():
        if tag != "equal":
            return first + 1, max(first + 1, last)
    return 0, 0


def _spdx_groups(texts: Texts) -> list[Group]:
    """The SPDX list's texts, whole, damaged, altered and in harmless forms."""
    spdx = texts.spdx
    if not spdx:
        return []
    return [
        _plain("spdx untouched", "unaltered", spdx),
        _formed("reflowed", "top", spdx, reflowed),
        _formed("edited", "top", spdx, edited),
        _formed("cut", "top", spdx, cut),
        _formed("readme", "top", spdx, readme, ".md"),
        _two(spdx),
        _plain("copies", "top", texts.copies),
        *(_altered(f"spdx {change}", spdx, change) for change in ALTERED),
        *(_formed(f"spdx {form}", "unaltered", spdx, HARMLESS[form], SUFFIXES.get(form, ".txt")) for form in HARMLESS),
    ]


def _corpus_groups(texts: Texts) -> list[Group]:
    """The corpus' texts and variants."""
    if not texts.licenses:
        return []
    own = texts.licenses
    licenses = [known for known in own if known.kind == "licence"]
    policies = [known for known in own if known.kind != "licence"]
    by = {
        expect: [variant for variant in texts.variants if variant.expect == expect]
        for expect in ("match", "partial", "altered", "multi")
    }
    natural = [variant for variant in by["match"] if variant.kind == "natural"]
    made = [variant for variant in by["match"] if variant.kind != "natural"]
    return [
        _plain("model licenses", "unaltered", licenses),
        _plain("policies", "unaltered", policies),
        _variants("upstream copies", "top", texts, natural),
        _variants("variants in other forms", "unaltered", texts, made),
        _variants("variants cut short", "partial", texts, by["partial"]),
        _variants("variants altered", "altered", texts, by["altered"]),
        _variants("variants with several", "all", texts, by["multi"]),
        *(_altered(f"corpus {change}", own, change) for change in ALTERED),
        *(_formed(f"corpus {form}", "unaltered", own, HARMLESS[form], SUFFIXES.get(form, ".txt")) for form in HARMLESS),
    ]


def _foreign_groups(texts: Texts) -> list[Group]:
    """Files for which no SPDX id is right, or nothing at all."""
    detector = Detector([*texts.spdx, *texts.licenses])
    unlisted = [known for known in texts.licenses if not known.names & texts.listed.keys()]
    claims = [
        _plain("unlisted in the corpus", "unlisted", unlisted),
        _plain("unlisted at ScanCode", "unlisted", texts.unlisted),
    ]
    return [
        *(claims if texts.listed else []),
        _plain("prose", "nothing", ordinary(texts, detector)),
        _plain("mentions", "nothing", mentions(texts, detector)),
    ]


def groups(texts: Texts) -> list[Group]:
    """Every group that has cases here."""
    return [group for group in (*_spdx_groups(texts), *_corpus_groups(texts), *_foreign_groups(texts)) if group.size]
