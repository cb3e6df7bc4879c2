"""What was found in texts, as a table and as JSON."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from license_audit.outputs.identification import (
    BATCH,
    WIDEST,
    Beside,
    Difference,
    Entry,
    Text,
    change_line,
    document,
    document_beside,
    percent,
    printable,
    standing,
    summary,
    table,
    table_beside,
)

MIT = Text("mit", ("MIT",), "MIT License", "", "unaltered", 1.0, (3, 21), (), ())
GPL = Text(
    key="GPL-2.0-only",
    ids=("GPL-2.0-only", "GPL-2.0-or-later", "GPL-2.0"),
    title="GNU General Public License v2.0",
    version="2",
    status="altered",
    similarity=0.98765432,
    lines=(30, 369),
    changes=(Difference("changed", "2", (67, 67)), Difference("added", "after", (370, 372))),
    alike=("x", "y"),
)
PART = MIT._replace(key="part", ids=("LicenseRef-part",), status="partial", similarity=0.5)
ENTRIES = [
    Entry("LICENSE", (MIT, GPL)),
    Entry("a long name of a file", (PART,)),
    Entry("notes", (), ("mit", 0.34)),
    Entry("empty"),
    Entry("gone", problem="cannot be read"),
]


def lines(*entries: Entry, color: bool = False) -> list[str]:
    """The lines of a table."""
    return list(table(entries, color=color))


def test_the_whole_table() -> None:
    assert lines(*ENTRIES) == [
        "LICENSE                3-21    mit                                           -  unaltered  100.0 %",
        "LICENSE                30-369  GPL-2.0-only, also GPL-2.0-or-later, GPL-2.0  2  altered     98.8 %",
        "    changed 2 (lines 67-67)",
        "    added after the end (lines 370-372)",
        "    could also be: x, y",
        "a long name of a file  3-21    part                                          -  partial     50.0 %",
        "notes                  no known license text",
        "    nearest: mit, 34.0 % of its words",
        "empty                  no known license text",
    ]
    assert lines() == []


def test_colors_change_nothing_else() -> None:
    colored = lines(*ENTRIES, color=True)
    assert [line.count("\033[") for line in colored] == [2, 2, 0, 0, 0, 2, 0, 0, 0]
    for status, color in (("unaltered", 32), ("altered  ", 31), ("partial  ", 33)):
        assert any(f"\033[{color}m{status}\033[0m" in line for line in colored)
    plain = [line.replace("\033[0m", "") for line in colored]
    for color in (31, 32, 33):
        plain = [line.replace(f"\033[{color}m", "") for line in plain]
    assert plain == lines(*ENTRIES)


def test_a_long_run_is_printed_in_batches() -> None:
    asked = 0

    def endless() -> Iterator[Entry]:
        nonlocal asked
        while True:
            asked += 1
            yield Entry("x" * asked, (MIT,))

    rows = table(endless(), color=False)
    first = next(rows)
    assert asked == BATCH
    assert first.index("3-21") == WIDEST + 2
    for _ in range(BATCH - 1):
        next(rows)
    assert asked == BATCH
    next(rows)
    assert asked == 2 * BATCH


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (0.0, "0.0 %"),
        (0.34, "34.0 %"),
        (0.99949, "99.9 %"),
        (0.9995, "99.9 %"),
        (1 - 1e-12, "99.9 %"),
        (1.0, "100.0 %"),
    ],
)
def test_only_all_is_told_as_all(share: float, told: str) -> None:
    assert percent(share) == told
    (entry,) = json.loads(document([Entry("f", (MIT._replace(similarity=share),))]))["files"]
    assert (entry["matches"][0]["similarity"] == 1) is (share == 1)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("changed", "2", (67, 67)), "changed 2 (lines 67-67)"),
        (("removed", "1.b.v", (62, 62)), "removed 1.b.v (would stand at line 62)"),
        (("added", "before", (1, 3)), "added before the beginning (lines 1-3)"),
        (("added", "after", (20, 21)), "added after the end (lines 20-21)"),
        (("changed", "", (1, 2)), "changed text (lines 1-2)"),
    ],
)
def test_what_differs_is_one_line(change: tuple[str, str, tuple[int, int]], told: str) -> None:
    assert change_line(Difference(*change)) == told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("plain name", "plain name"),
        ("Lizenz für 許可", "Lizenz für 許可"),
        ("a\nb\x1b[31m\r\x07", r"a\nb\x1b[31m\r\x07"),
        ("bidi\u202e\x9b", r"bidi\u202e\x9b"),
        ("bytes\udcff", r"bytes\udcff"),
    ],
)
def test_names_do_nothing_to_a_terminal(name: str, told: str) -> None:
    assert printable(name) == told
    assert lines(Entry(name)) == [f"{told}  no known license text"]
    text = document([Entry(name)])
    assert text.isascii()
    assert json.loads(text)["files"][0]["file"] == name
    (line,) = table_beside(Beside(name, name, 0.0, (), ()), sections=False)
    assert line == f"{told} against {told}: nothing in it agrees"


def test_the_whole_document() -> None:
    found = json.loads(document(ENTRIES))
    assert list(found) == ["schema", "files"]
    assert found["schema"] == "1"
    assert [list(entry) for entry in found["files"]] == [["file", "matches", "nearest", "problem", "more"]] * len(
        ENTRIES
    )
    license_, _, notes, empty, gone = found["files"]
    assert license_["matches"][1] == {
        "key": "GPL-2.0-only",
        "ids": ["GPL-2.0-only", "GPL-2.0-or-later", "GPL-2.0"],
        "title": "GNU General Public License v2.0",
        "version": "2",
        "status": "altered",
        "similarity": 0.987654,
        "lines": [30, 369],
        "changes": [
            {"kind": "changed", "section": "2", "lines": [67, 67]},
            {"kind": "added", "section": "after", "lines": [370, 372]},
        ],
        "alike": ["x", "y"],
    }
    assert list(license_["matches"][0]) == list(license_["matches"][1])
    assert notes == {
        "file": "notes",
        "matches": [],
        "nearest": {"key": "mit", "share": 0.34},
        "problem": None,
        "more": False,
    }
    assert empty == {"file": "empty", "matches": [], "nearest": None, "problem": None, "more": False}
    assert gone == {"file": "gone", "matches": [], "nearest": None, "problem": "cannot be read", "more": False}


def test_a_file_stands_as_the_worst_of_its_texts() -> None:
    assert [standing(entry) for entry in ENTRIES] == ["altered", "partial", "without", "without", "without"]
    assert standing(Entry("f", (MIT,))) == "unaltered"


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({}, "0 files read: 0 with known texts as published, 0 altered, 0 without"),
        ({"without": 1}, "1 file read: 0 with known texts as published, 0 altered, 1 without"),
        (
            {"unaltered": 3, "altered": 1, "without": 8},
            "12 files read: 3 with known texts as published, 1 altered, 8 without",
        ),
        (
            {"unaltered": 1, "partial": 2, "silent": 3, "remark": 4, "failure": 5},
            (
                "3 files read: 1 with known texts as published, 0 altered, 2 partial, 0 without; "
                "3 binary and 4 other left out; 5 could not be read"
            ),
        ),
    ],
)
def test_the_summary(counts: dict[str, int], told: str) -> None:
    assert summary(Counter(counts)) == told


BESIDE = Beside(
    reference="A",
    file="B",
    similarity=0.9,
    changes=(Difference("removed", "2", (9, 9)), Difference("added", "before", (1, 1))),
    sections=(("", (3, 4)), ("1", (5, 8)), ("2", (9, 9))),
)


def test_two_files_beside_each_other() -> None:
    head = "B against A: altered, 90.0 % of its words agree"
    before, removed = "    added before the beginning (lines 1-1)", "    removed 2 (would stand at line 9)"
    assert list(table_beside(BESIDE, sections=False)) == [head, before, removed]
    same = ["    same text (lines 3-4)", "    same 1 (lines 5-8)"]
    assert list(table_beside(BESIDE, sections=True)) == [head, before, *same, removed]
    equal = BESIDE._replace(changes=(), similarity=1.0)
    assert list(table_beside(equal, sections=False)) == ["B against A: unaltered, 100.0 % of its words agree"]
    assert json.loads(document_beside(BESIDE)) == {
        "schema": "1",
        "reference": "A",
        "file": "B",
        "status": "altered",
        "similarity": 0.9,
        "changes": [
            {"kind": "removed", "section": "2", "lines": [9, 9]},
            {"kind": "added", "section": "before", "lines": [1, 1]},
        ],
        "sections": [
            {"section": "", "lines": [3, 4]},
            {"section": "1", "lines": [5, 8]},
            {"section": "2", "lines": [9, 9]},
        ],
    }


def test_a_file_with_more_texts_than_are_looked_for_says_so() -> None:
    entry = Entry("long", more=True)
    assert list(table([entry], color=False))[-1] == "long  holds more known texts than were looked for"
    assert json.loads(document([entry]))["files"][0]["more"] is True
