"""Terms that stand beside a license in its file: before it, after it, and between two of them."""

import pytest

from license_audit.engine.identify import identify
from license_audit.engine.identify.beside import added
from license_audit.engine.identify.index import Index, pack
from license_audit.engine.identify.words import Words
from tests.engine.identify.test_search import DANCE, SONG, known

INDEX = Index(pack([known("dance", DANCE), known("song", SONG)]))
LONG = "The model tells cats from dogs and was trained on our own photographs of them. " * 30


def beside(text: str) -> list[tuple[str, int, int]]:
    """What was added beside the licenses: before or after, and the lines."""
    changes = [change for match in identify(text, INDEX).matches for change in match.changes]
    assert {change.kind for change in changes} <= {"added"}
    return [(change.section, *change.lines) for change in changes]


@pytest.mark.parametrize(
    "text",
    [
        DANCE,
        f"\n\n{DANCE}\n\n",
        f"Copyright (c) 2024 Jane Doe\n\n{DANCE}",
        f"# License\n\n{DANCE}",
        f"{LONG}\n\n{LONG}\n\nHospitals are outside.\n\n# {DANCE}",
        f"The files of this project are under the following license.\n\n{DANCE}",
        f"{DANCE}\n\nJane Doe, Paris\n",
        f"{DANCE}\n\nBig Dance Company, Inc.\n",
        f"{DANCE}\n\nSPDX-License-Identifier: only-for-those-who-must\n",
        f"<html><body><p>Welcome to our friendly shop with many things.</p>\n\n{DANCE}</body></html>",
        f"# Cats\n\n{LONG}\n\n## License\n\n{DANCE}\nCats are nice.\n\n## Citation\n\nYou must cite us.\n",
        f"{LONG}\n\nYou must ask first.\n\n{LONG}\n\n{LONG}\n\n# License\n\n{DANCE}",
    ],
)
def test_nothing_is_added(text: str) -> None:
    assert beside(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"You must ask first.\n\n{DANCE}", [("before", 1, 1)]),
        (f"{DANCE}\nYou must ask first.\n", [("after", 9, 9)]),
        (f"You must ask\nfirst.\n\n{DANCE}\nHats are not to be sold.\n", [("before", 1, 2), ("after", 12, 12)]),
        (f"{DANCE}\nHospitals, banks and schools are outside.\n", [("after", 9, 9)]),
        (f"Hospitals, banks and schools are outside.\n\n{DANCE}", [("before", 1, 1)]),
        (f"Hospitals, banks and schools are outside.\n\n# {DANCE}", [("before", 1, 1)]),
        (f"{DANCE}\nNo commercial use.\n", [("after", 9, 9)]),
        (f"{DANCE}\nNo commercial use\n", [("after", 9, 9)]),
        (f"{DANCE}\nResearch use only\n", [("after", 9, 9)]),
        (f"Kommerzielle Nutzung verboten.\n\n{DANCE}", [("before", 1, 1)]),
        (f"{DANCE}\nКоммерческое использование запрещено.\n", [("after", 9, 9)]),
        (f"{DANCE}\n{'=' * 20}\n\n{SONG}\nYou must ask first.\n", [("after", 17, 17)]),
        (f"{DANCE}\nYou must ask first.\n\n{SONG}", [("after", 9, 9), ("before", 9, 9)]),
        # In a long file a rider is looked for next to the license, and under its heading.
        (f"# Cats\n\n{LONG}\n\n## License\n\n{DANCE}\nYou must ask first.\n\n## Usage\n", [("after", 15, 15)]),
        (f"# Cats\n\n{LONG}\n\n## License\n\nYou must ask first.\n\n{DANCE}\n\n## Usage\n", [("before", 7, 7)]),
        # A license file is read to its end.
        (f"{DANCE}\n# Notes\n\nBe kind.\n\n# More\n\nYou must ask first.\n", [("after", 15, 15)]),
    ],
)
def test_terms_are_added(text: str, expected: list[tuple[str, int, int]]) -> None:
    assert beside(text) == expected


def test_an_introduction_may_stand_between_two_licenses() -> None:
    text = f"{DANCE}\nThe songs in this package have another license than the rest:\n\n{SONG}"
    assert beside(text) == []


def test_a_license_without_words_beside_it_has_nothing_added() -> None:
    words = Words("dance")
    assert added((0, 1), [(0, 1)], words, set()) == []
