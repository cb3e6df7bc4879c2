"""Scans for a terminal: quiet when all is well, and a line with place, state and next step when not."""

import pytest

from license_audit.outputs import render_scan
from license_audit.outputs.plain import logged, one_line
from tests.outputs import samples


def text(*mentions: object, **options: object) -> str:
    return render_scan("text", samples.scan(*mentions), **options)  # type: ignore[arg-type]  # color, everything


def test_nothing_is_said_when_all_is_well() -> None:
    fine = (samples.mention("a.py", 1, "org/a", standing="listed"), samples.mention("a.py", 2, "x", standing="excused"))
    assert text(*fine) == ""
    assert text() == ""
    assert len(text(*fine, everything=True).splitlines()) == 2


def test_a_line_says_where_what_and_what_to_do() -> None:
    assert text(samples.mention("a.py", 3, "org/x", revision="v1")) == (
        "a.py:3:9: missing: model org/x at v1 (load) is not in models.yaml\n"
        "missing: list it in models.yaml with its use, or run license-audit scan --fix --use NAME\n"
    )


def test_without_a_manifest_it_says_so() -> None:
    told = render_scan("text", samples.scan(samples.mention("a.py", 3, "org/x"), manifest=""))
    assert "model org/x (load) is in no manifest\nmissing: list it in models.yaml with its use" in told


def test_a_file_that_was_not_read_is_told() -> None:
    lines = render_scan("text", samples.whole_scan()).splitlines()
    assert lines[-4:-2] == [
        "app/huge.json: not read: 120 MB are more than is read; nobody looked for models in it",
        "app/secret.py:4: not read: permission denied; models may hide in it",
    ]


def test_color_only_when_asked_for() -> None:
    assert "\033" not in render_scan("text", samples.hostile_scan(), everything=True)
    colored = render_scan("text", samples.whole_scan(), color=True)
    assert "\033[31;1mmissing\033[0m" in colored
    assert "\033[33;1munclear\033[0m" in colored
    assert "\033[31;1mnot read\033[0m" in colored


def test_each_place_is_one_line_whatever_strangers_write() -> None:
    told = render_scan("text", samples.hostile_scan(), everything=True)
    assert told.count("\n") == 10
    assert all(line.isprintable() for line in told.splitlines())


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("::error::x", "\\x3a:error::x"),
        ("   ::add-mask::x", "   \\x3a:add-mask::x"),
        ("a ##[error]x", "a #\\x23[error]x"),
        ("a::b: ##x", "a::b: ##x"),
        ("", ""),
    ],
)
def test_no_line_is_a_command_for_a_runner(line: str, expected: str) -> None:
    assert logged(line) == expected


def test_one_line_is_one_line_and_not_too_long() -> None:
    assert one_line("  a\n\tb\u202e\x07 ") == "a b\\u202e\\x07"
    assert one_line("abcdefgh", 8) == "abcdefgh"
    assert one_line("abcdefghi", 8) == "abcd […]"
    assert one_line("abcdefghi", 2) == " […]"
