"""`license-audit identify`: what it prints, how it ends, and files that nobody would call texts."""

import json
import os
import random
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import identify as module
from license_audit.cli import main
from license_audit.engine.identify import Identification, identify
from license_audit.engine.identify.index import Index
from tests.conftest import ROOT

APACHE = (ROOT / "LICENSE").read_text(encoding="utf-8")
WORDS = ("about", "before", "cat", "dog", "every", "fish", "green", "house", "inside", "joy", "kettle", "lamp", "moon")


def run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    """Call the command. Whatever comes, it is no traceback."""
    result = CliRunner().invoke(main, ["identify", *map(str, arguments)], input=stdin, prog_name="license-audit")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def found(*arguments: str | Path, stdin: bytes | None = None) -> list[dict[str, Any]]:
    """The files of the JSON."""
    result = run(*arguments, "--format", "json", stdin=stdin)
    files: list[dict[str, Any]] = json.loads(result.stdout)["files"]
    return files


def keys(entry: dict[str, Any]) -> list[str]:
    """Keys of the texts in a file."""
    return [match["key"] for match in entry["matches"]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in with a license, an altered copy of it, and a note."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "LICENSE").write_text(APACHE, encoding="utf-8")
    (tmp_path / "altered").write_text(altered(), encoding="utf-8")
    (tmp_path / "notes").write_text("Buy bread.\n", encoding="utf-8")
    return tmp_path


def altered(old: str = "explicitly", new: str = "implicitly") -> str:
    """The license with one word changed, in section 5."""
    assert APACHE.count(old) >= 1
    lines = APACHE.split("\n")
    lines[LINE - 1] = lines[LINE - 1].replace(old, new, 1)
    return "\n".join(lines)


LINE = next(number for number, line in enumerate(APACHE.split("\n"), 1) if line.lstrip().startswith("5. "))
"""The line on which section 5 starts."""
LAST = len(APACHE.rstrip("\n").split("\n"))


def test_an_untouched_text(folder: Path) -> None:
    result = run("LICENSE")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.split()[:3] == ["LICENSE", f"1-{LAST}", "apache-2.0"]
    assert result.stdout.endswith("unaltered  100.0 %\n")
    (entry,) = found("LICENSE")
    (match,) = entry["matches"]
    assert match == {
        "key": "apache-2.0",
        "ids": ["Apache-2.0"],
        "title": "Apache License 2.0",
        "version": match["version"],
        "status": "unaltered",
        "similarity": 1,
        "lines": [1, LAST],
        "changes": [],
        "alike": [],
    }
    assert found(folder / "LICENSE")[0]["matches"] == [match]


@pytest.mark.usefixtures("folder")
def test_an_altered_text() -> None:
    result = run("altered")
    assert result.exit_code == 0
    first, *changes = result.stdout.splitlines()
    assert first.split()[:3] == ["altered", f"1-{LAST}", "apache-2.0"]
    assert "  altered  " in first
    assert changes == [f"    changed 5 (lines {LINE}-{LINE})"]
    assert "100.0" not in first
    assert "\033" not in result.stdout
    (entry,) = found("altered")
    assert entry["matches"][0]["changes"] == [{"kind": "changed", "section": "5", "lines": [LINE, LINE]}]


@pytest.mark.usefixtures("folder")
def test_prose() -> None:
    assert run("notes").stdout == "notes  no known license text\n"
    assert found("notes") == [{"file": "notes", "matches": [], "nearest": None, "problem": None, "more": False}]


def test_a_part_is_near_what_it_is_from(folder: Path) -> None:
    paragraph = next(line for line in APACHE.split("\n") if len(line.split()) > 60)
    (folder / "part").write_text(paragraph, encoding="utf-8")
    lines = run("part").stdout.splitlines()
    assert lines[0] == "part  no known license text"
    assert lines[1].startswith("    nearest: ")
    assert lines[1].endswith(" % of its words")
    assert 0 < found("part")[0]["nearest"]["share"] < 0.5


def test_several_files_and_folders(folder: Path) -> None:
    (folder / "sub" / ".git").mkdir(parents=True)
    (folder / "sub" / "LICENSE").write_text(APACHE, encoding="utf-8")
    (folder / "sub" / ".git" / "LICENSE").write_text(APACHE, encoding="utf-8")
    (folder / "sub" / "weights.txt").write_bytes(b"\0" * 99)
    result = run(".")
    assert result.exit_code == 0
    names = [line.split()[0] for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert names == ["./LICENSE", "./altered", "./sub/LICENSE"]
    assert result.stderr == "4 files read: 2 with known texts as published, 1 altered, 1 without; 1 binary left out\n"
    everything = run(".", "--all").stdout
    assert "./notes        no known license text\n" in everything
    assert [entry["file"] for entry in found(".")] == names
    assert [entry["file"] for entry in found(".", "--all")] == ["./LICENSE", "./altered", "./notes", "./sub/LICENSE"]
    assert run("sub", "LICENSE", "altered").stdout.split() == run("altered", "LICENSE", "sub", "sub").stdout.split()


@pytest.mark.usefixtures("folder")
def test_standard_input() -> None:
    result = run("-", stdin=APACHE.encode())
    assert result.stdout.startswith("-  1-")
    assert keys(found("-", stdin=APACHE.encode())[0]) == ["apache-2.0"]
    assert len(found("-", "-", stdin=APACHE.encode())) == 1
    assert [entry["file"] for entry in found("LICENSE", "-", stdin=APACHE.encode())] == ["-", "LICENSE"]
    assert run("-", stdin=b"").stdout == "-  no known license text\n"
    result = run("-", stdin=b"a" * 5_000_000)
    assert result.exit_code == 3
    assert result.stderr == "-: is more than 4,000,000 bytes long; at most 4,000,000 are read\n"


@pytest.mark.usefixtures("folder")
def test_a_process_without_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(SystemExit) as caught:
        main(["identify", "-"], prog_name="license-audit")
    assert caught.value.code == 3


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "arguments", [[], ["--diff", "LICENSE"], ["--diff", "LICENSE", "altered", "notes"], ["--diff", "-", "-"], ["--x"]]
)
def test_wrong_usage(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: license-audit identify [OPTIONS] FILE...\n")


@pytest.mark.usefixtures("folder")
def test_one_bad_file_hides_no_other() -> None:
    result = run("none", "LICENSE", "/dev/null")
    assert result.exit_code == 3
    assert result.stdout.startswith("LICENSE  ")
    assert result.stderr.splitlines() == [
        "/dev/null: is not a regular file",
        "none: cannot be read: no such file or directory",
        "1 file read: 1 with known texts as published, 0 altered, 0 without; 2 could not be read",
    ]
    assert [(entry["file"], entry["problem"]) for entry in found("none", "LICENSE")] == [
        ("LICENSE", None),
        ("none", "cannot be read: no such file or directory"),
    ]
    result = run("none", "--format", "json")
    assert result.exit_code == 3
    assert len(json.loads(result.stdout)["files"]) == 1


def test_what_a_folder_holds_besides_is_no_failure(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "out").symlink_to(ROOT / "LICENSE")
    (folder / "loop").symlink_to(".")
    with (folder / "long.txt").open("wb") as file:
        file.write(b"word " * 2_000)
        file.seek(100_000_000)
        file.write(b".")
    result = run(".")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [
        "./long.txt: is 100,000,001 bytes long; at most 4,000,000 are read",
        "./out: is a link that leads out of the folder, or nowhere",
        "./pipe: is not a regular file",
        "3 files read: 1 with known texts as published, 1 altered, 1 without; 3 other left out",
    ]


def test_the_output_may_be_a_file(folder: Path) -> None:
    result = run("altered", "--output", folder / "found.txt")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (folder / "found.txt").read_text(encoding="utf-8") == run("altered").stdout
    run("altered", "--format", "json", "--output", folder / "found.json")
    assert (folder / "found.json").read_text(encoding="utf-8") == run("altered", "--format", "json").stdout
    result = run("altered", "--output", folder / "none" / "found.json")
    assert result.exit_code == 3
    assert "cannot be written" in result.stderr


@pytest.mark.usefixtures("folder")
def test_two_runs_give_the_same_bytes() -> None:
    for arguments in (["."], [".", "--format", "json", "--all"]):
        assert run(*arguments).stdout_bytes == run(*arguments).stdout_bytes


@pytest.mark.usefixtures("folder")
def test_two_files_section_by_section() -> None:
    result = run("--diff", "LICENSE", "altered")
    assert (result.exit_code, result.stderr) == (0, "")
    head, *changes = result.stdout.splitlines()
    assert head.startswith("altered against LICENSE: altered, 99.9 % of its words agree")
    assert changes == [f"    changed 5 (lines {LINE}-{LINE})"]
    sections = run("--diff", "LICENSE", "altered", "--all").stdout.splitlines()
    assert f"    changed 5 (lines {LINE}-{LINE})" in sections
    assert sum(line.startswith("    same ") for line in sections) > 8
    compared = json.loads(run("--diff", "LICENSE", "altered", "--format", "json").stdout)
    assert compared["status"] == "altered"
    assert compared["changes"] == [{"kind": "changed", "section": "5", "lines": [LINE, LINE]}]
    assert {"section": "5", "lines": [LINE, LINE]} in compared["sections"]
    assert (
        run("--diff", "LICENSE", "LICENSE").stdout == "LICENSE against LICENSE: unaltered, 100.0 % of its words agree\n"
    )
    assert run("--diff", "LICENSE", "-", stdin=APACHE.encode()).stdout.startswith("- against LICENSE: unaltered")


def test_two_files_that_stand_in_no_list(folder: Path) -> None:
    shuffled = random.Random(3)  # noqa: S311 - words, not secrets
    sections = [" ".join(shuffled.choices(WORDS, k=40)) for _ in range(4)]
    texts = [
        "\n\n".join(f"{number}. {section}." for number, section in enumerate(some, 1))
        for some in (sections, sections[:3])
    ]
    (folder / "a").write_text(texts[0], encoding="utf-8")
    (folder / "b").write_text(
        f"Copyright (c) 2026 Acme\n\n{texts[0]}\n\nAnd feed every green fish.\n", encoding="utf-8"
    )
    (folder / "c").write_text(f"Our house is a green house.\n\n{texts[1]}", encoding="utf-8")
    assert run("--diff", "a", "b").stdout.splitlines()[1:] == ["    added after the end (lines 11-11)"]
    lines = run("--diff", "a", "c").stdout.splitlines()
    assert lines[1] == "    added before the beginning (lines 1-1)"
    assert lines[2].startswith("    removed 4 (would stand at line ")
    assert run("--diff", "a", "notes").stdout == "notes against a: nothing in it agrees\n"
    (folder / "short").write_text("Feed a cat.", encoding="utf-8")
    assert "unaltered, 100.0 %" in run("--diff", "short", "short").stdout


def test_two_files_of_which_one_cannot_be_compared(folder: Path) -> None:
    result = run("--diff", "none", "LICENSE")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "none: cannot be read: no such file or directory\n"
    (folder / "empty").write_text("...\n", encoding="utf-8")
    result = run("--diff", "empty", "LICENSE")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr == "empty: has 0 words; a reference has 1 to 65,000\n"
    (folder / "long").write_text("word " * 65_001, encoding="utf-8")
    assert run("--diff", "long", "LICENSE").stderr == "long: has 65,001 words; a reference has 1 to 65,000\n"
    assert run("--diff", "LICENSE", "long").exit_code == 0
    (folder / "wide").write_text(APACHE, encoding="utf-16")
    assert "unaltered" in run("--diff", "wide", "LICENSE").stdout


ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16, high byte first": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "no utf-8 in it": lambda text: text.replace(".\n", ".\xa0\n").encode("latin-1", "ignore"),
    "one line": lambda text: " ".join(text.split()).encode(),
    "a NUL far in": lambda text: text.encode() + b"\0",
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_text_in_any_encoding(folder: Path, encoding: str) -> None:
    (folder / "text").write_bytes(ENCODINGS[encoding](APACHE))
    (entry,) = found("text")
    assert keys(entry) == ["apache-2.0"]
    assert entry["matches"][0]["status"] == "unaltered"


@pytest.mark.parametrize(
    "raw", [b"", b"\n", b"...,;:!?--- *** ///\n" * 999, b"\xff" * 999, b"\xff\xfe", "許可".encode()]
)
def test_a_text_of_no_words(folder: Path, raw: bytes) -> None:
    (folder / "text").write_bytes(raw)
    result = run("text")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "text  no known license text\n", "")


@pytest.mark.parametrize("raw", [b"\x7fELF\0\0", b"text\0text", "text".encode("utf-32"), "text".encode("utf-16-le")])
def test_a_binary_file_with_the_name_of_a_text(folder: Path, raw: bytes) -> None:
    (folder / "text.txt").write_bytes(raw)
    result = run("text.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", "text.txt: is binary; not read\n")


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_file_of_one_endless_line(folder: Path, end: str) -> None:
    chosen = random.Random(4)  # noqa: S311 - words, not secrets
    (folder / "text").write_text(" ".join(chosen.choices(WORDS, k=550_000))[:3_000_000] + end, encoding="utf-8")
    result = run("text")
    assert result.exit_code == 0
    assert result.stdout.startswith("text  no known license text\n")


def test_a_hundred_megabytes_of_words(folder: Path) -> None:
    chosen = random.Random(5)  # noqa: S311 - words, not secrets
    block = " ".join(chosen.choices(WORDS, k=200_000)).encode()
    with (folder / "text").open("wb") as file:
        while file.tell() < 100_000_000:
            file.write(block)
    result = run("text")
    (folder / "text").unlink()
    assert (result.exit_code, result.stdout) == (3, "")
    assert "bytes long; at most 4,000,000 are read" in result.stderr


def test_names_with_odd_characters(folder: Path) -> None:
    for name in (b"a\nb", b"c\x1b[31m", b"d\xff", "e\u202e".encode(), "ü".encode()):
        (folder / os.fsdecode(name)).write_text(APACHE, encoding="utf-8")
    (folder / "gone\x1b").symlink_to("nowhere")
    result = run(".")
    assert [line.split()[0] for line in result.stdout.splitlines() if line[0] != " "] == [
        "./LICENSE",
        r"./a\nb",
        "./altered",
        r"./c\x1b[31m",
        r"./d\udcff",
        r"./e\u202e",
        "./ü",
    ]
    assert result.stderr.startswith("./gone\\x1b: is a link")
    assert "\x1b" not in result.output
    assert found(".")[4]["file"] == "./d\udcff"


def test_ten_thousand_files_in_one_folder(folder: Path) -> None:
    (folder / "many").mkdir()
    for number in range(10_000):
        (folder / "many" / f"{number}.txt").write_bytes(b"Nothing to see in file %d.\n" % number)
    (folder / "many" / "LICENSE").write_text(APACHE, encoding="utf-8")
    result = run("many")
    assert result.stdout.startswith("many/LICENSE  ")
    assert result.stderr == "10001 files read: 1 with known texts as published, 0 altered, 10000 without\n"


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Call the command on a terminal; what it shows."""
    first, second = os.openpty()
    with os.fdopen(second, "w", encoding="utf-8") as file:

        def shown(*arguments: str) -> str:
            monkeypatch.setattr(sys, "stdout", file)
            monkeypatch.setattr(sys, "stderr", file)
            with pytest.raises(SystemExit) as caught:
                main(["identify", *arguments], prog_name="license-audit")
            file.flush()
            assert caught.value.code in {0, 3}
            return os.read(first, 100_000).decode()

        yield shown
    os.close(first)


@pytest.mark.usefixtures("folder")
def test_a_terminal_gets_color_and_a_bar(terminal: Callable[..., str]) -> None:
    alone = terminal("LICENSE")
    assert "\033[32munaltered\033[0m" in alone
    assert "Reading" not in alone
    several = terminal(".", "none")
    assert "Reading" in several
    assert "\r\033[K./altered" in several
    assert "\033[31maltered  \033[0m" in several
    assert "\r\033[Knone: cannot be read" in several


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("format_", "lines"), [("table", 1), ("json", 0)])
def test_an_interrupted_run_ends_cleanly(format_: str, lines: int, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = 0

    def interrupted(text: str | bytes, index: Index) -> Identification:
        nonlocal calls
        calls += 1
        if calls > 1:
            raise KeyboardInterrupt
        return identify(text, index)

    monkeypatch.setattr(module, "identify", interrupted)
    result = run("LICENSE", "altered", "notes", "--format", format_)
    assert result.exit_code == 130
    assert result.stdout.count("\n") == lines
    assert result.stderr.splitlines()[-1] == "interrupted"
    calls = 0
    run("LICENSE", "altered", "--output", "found", "--format", format_)
    assert not Path("found").exists()


@pytest.mark.usefixtures("folder")
def test_an_interruption_while_two_files_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "read", interrupted)
    result = run("--diff", "LICENSE", "altered")
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "interrupted\n")


def started(*arguments: str, after: str = "") -> list[str]:
    """The command as a process of its own, in which a signal interrupts whatever the parent does about it."""
    code = (
        "import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler);"
        f"from license_audit.__main__ import main\ntry:\n    main({['identify', *arguments]!r})\n"
        f"finally:\n    {after or 'pass'}"
    )
    return [sys.executable, "-c", code]


@pytest.mark.usefixtures("folder")
def test_control_c() -> None:
    Path("+first").write_text(APACHE, encoding="utf-8")
    with subprocess.Popen(
        started("+first", "+none", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "+none: cannot be read: no such file or directory\n"
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out.startswith("+first  1-")
    assert out.count("\n") == 1
    assert err.endswith("interrupted\n")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "forbidden"),
    [
        ("LICENSE", ["pydantic", "yaml", "jinja2", "json", "multiprocessing", "html", "hashlib"]),
        ("altered", ["pydantic", "yaml", "jinja2", "json", "multiprocessing", "html"]),
    ],
)
@pytest.mark.usefixtures("folder")
def test_what_one_file_does_not_load(name: str, forbidden: list[str]) -> None:
    after = f"print('LOADED', sorted(set({forbidden!r}) & set(sys.modules)))"
    result = subprocess.run(started(name, after=after), capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "LOADED []"


def test_the_examples_of_the_help_are_calls(folder: Path) -> None:
    (folder / "models").mkdir()
    for name in ("published.txt", "README.md"):
        (folder / name).write_text(APACHE, encoding="utf-8")
    examples = [line.strip() for line in run("--help").stdout.splitlines() if line.startswith("    license-audit ")]
    assert len(examples) == 4
    for example in examples:
        words = shlex.split(example.partition(" < ")[0])[2:]
        assert run(*words, stdin=APACHE.encode()).exit_code == 0
