"""Answers from the cache: the same as a new one, or none. Each way in which something can have changed is a test."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from license_audit import answers
from license_audit.answers import Answer, find, keep, key, watched
from license_audit.cli import main
from tests.conftest import ROOT

ACME = ROOT / "examples" / "acme"
ANSWER = Answer("output\n", "", "summary", "1")
PAST = 1_000_000_000


@pytest.fixture
def acme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, a cache of its own, and no file that is as new as the run."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(answers, "SETTLED", -PAST)  # a copy is as new as the test itself
    folder = tmp_path / "acme"
    shutil.copytree(ACME, folder)
    return folder


def check(folder: Path, *options: str, day: str = "2026-11-24") -> Result:
    return CliRunner().invoke(main, ["check", str(folder / "models.yaml"), "--on", day, *options])


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one whenever something is really judged."""
    from license_audit import checking  # noqa: PLC0415  # the module whose function is replaced

    runs: list[int] = []
    real = checking.answer

    def counted(*arguments: object) -> Answer:
        runs.append(1)
        return real(*arguments)  # type: ignore[arg-type]  # handed on as they come

    monkeypatch.setattr(checking, "answer", counted)
    return runs


def test_the_second_answer_is_the_first_without_judging(acme: Path, judged: list[int]) -> None:
    first, second = check(acme), check(acme)
    assert (first.exit_code, first.stdout, first.stderr) == (second.exit_code, second.stdout, second.stderr)
    assert first.exit_code == 1
    assert len(judged) == 1


def _appended(name: str, text: str = "\n") -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def _same_length_and_time(folder: Path) -> None:
    path = folder / "profile.yaml"
    times = path.stat()
    path.write_bytes(path.read_bytes().replace(b"purpose: commercial", b"purpose: evaluation", 1))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _a_license_appears(folder: Path) -> None:
    (folder / "models" / "ticket-router" / "LICENSE").write_text("All rights reserved.\n", encoding="utf-8")


def _a_card_goes(folder: Path) -> None:
    (folder / "models" / "ticket-router" / "README.md").unlink()


def _the_hub_cache_appears(folder: Path) -> None:
    (folder.parent / "hub" / "models--tiiuae--falcon-7b").mkdir(parents=True)


@pytest.mark.parametrize(
    "change",
    [
        _appended("models.yaml"),
        _appended("profile.yaml"),
        _appended("models/acme-helper-7b/README.md"),
        _same_length_and_time,
        _a_license_appears,
        _a_card_goes,
        _the_hub_cache_appears,
    ],
)
def test_whatever_changes_is_judged_again(acme: Path, judged: list[int], change: Callable[[Path], None]) -> None:
    check(acme)
    change(acme)
    again = check(acme)
    assert len(judged) == 2
    assert again.stdout == check(acme, "--no-cache").stdout


def test_a_lock_file_that_appears_or_changes_is_judged(acme: Path, judged: list[int]) -> None:
    check(acme)
    (acme / "models.lock").write_text('{"schema": "1", "tool": "0", "models": {}}\n', encoding="utf-8")
    with_lock = check(acme)
    assert len(judged) == 2
    assert "not-locked" in with_lock.stdout
    (acme / "models.lock").write_text("{", encoding="utf-8")
    assert check(acme).exit_code == 3


def test_another_day_format_or_threshold_is_another_question(acme: Path, judged: list[int]) -> None:
    for options in ((), ("--format", "json"), ("--fail-on", "disallowed"), ("--report", str(acme / "r.html"))):
        check(acme, *options)
    check(acme, day="2026-11-25")
    assert len(judged) == 5
    (acme / "r.html").unlink()
    assert check(acme, "--report", str(acme / "r.html")).exit_code == 1
    assert len(judged) == 5
    assert (acme / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_no_cache_means_none(acme: Path, judged: list[int]) -> None:
    for _ in range(2):
        check(acme, "--no-cache")
    assert len(judged) == 2
    assert not (acme.parent / "cache").exists()


def test_a_file_that_changed_just_now_is_not_relied_on(
    acme: Path, judged: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "SETTLED", PAST * 3600)
    for _ in range(2):
        check(acme)
    assert len(judged) == 2


@pytest.mark.parametrize("cut", [0, 5, 30, 60, -1])
@pytest.mark.parametrize("damage", [b"", b"\0", b"garbage" * 10])
def test_a_damaged_entry_is_no_entry(acme: Path, judged: list[int], cut: int, damage: bytes) -> None:
    first = check(acme)
    (entry,) = (acme.parent / "cache" / "license-audit" / "answers").iterdir()
    raw = entry.read_bytes()
    entry.write_bytes(raw[:cut] + damage + raw[cut + len(damage) + 1 :])
    again = check(acme)
    assert again.stdout == first.stdout
    assert len(judged) == 2


def test_an_entry_of_another_question_is_no_answer(acme: Path, judged: list[int]) -> None:
    """Whoever moves an entry under another name gets the check of what it rests on, and of its name."""
    check(acme, "--fail-on", "disallowed")
    (entry,) = (acme.parent / "cache" / "license-audit" / "answers").iterdir()
    check(acme)
    (other,) = (path for path in entry.parent.iterdir() if path != entry)
    shutil.copy(entry, other)
    check(acme)
    assert len(judged) == 3


def test_an_error_is_not_kept(acme: Path, judged: list[int]) -> None:
    (acme / "profile.yaml").write_text("schema: 2\n", encoding="utf-8")
    for _ in range(2):
        assert check(acme).exit_code == 3
    assert len(judged) == 2


def test_the_tool_itself_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.py").touch()
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "a.yaml").touch()
    monkeypatch.setattr(answers, "_folders", lambda: (str(tmp_path),))
    names = {key(("question",)), key(("question",)), key(("other",))}
    assert len(names) == 2
    (tmp_path / "__pycache__" / "a.pyc").touch()
    assert key(("question",)) in names
    (tmp_path / "rules" / "a.yaml").write_text("x", encoding="utf-8")
    assert key(("question",)) not in names


def test_long_files_are_compared_by_head_and_times(tmp_path: Path) -> None:
    weights, store = tmp_path / "model.safetensors", tmp_path / "store"
    weights.write_bytes(bytes(answers.WHOLE + 1))
    with watched() as run:
        weights.open("rb").close()
    keep(store, "a", _later(run), ANSWER)
    assert find(store, "a") == ANSWER
    with weights.open("r+b") as file:
        file.seek(answers.WHOLE)
        file.write(b"x")
    assert find(store, "a") is None


def _later(run: answers.Watched) -> answers.Watched:
    run.start = 10**21
    return run


def test_what_is_listed_counts_with_its_links(tmp_path: Path) -> None:
    folder, store = tmp_path / "folder", tmp_path / "store"
    folder.mkdir()
    (folder / "link").symlink_to("a")
    with watched() as run:
        list(folder.iterdir())
        os.scandir(folder).close()
        (folder / "written").write_text("x", encoding="utf-8")
    assert not run.files
    keep(store, "a", _later(run), ANSWER)
    assert find(store, "a") == ANSWER
    (folder / "link").unlink()
    (folder / "link").symlink_to("b")
    assert find(store, "a") is None


def _target_appears(folder: Path) -> None:
    (folder / "later").write_text("x", encoding="utf-8")


def _target_is_a_folder(folder: Path) -> None:
    (folder / "later").mkdir()


def _middle_leads_elsewhere(folder: Path) -> None:
    (folder / "middle").unlink()
    (folder / "middle").symlink_to("two")


def _pipe_becomes_a_file(folder: Path) -> None:
    (folder / "listed" / "pipe").unlink()
    (folder / "listed" / "pipe").touch()


@pytest.mark.parametrize(
    "change", [_target_appears, _target_is_a_folder, _middle_leads_elsewhere, _pipe_becomes_a_file]
)
def test_what_links_lead_to_in_the_end_counts(tmp_path: Path, change: Callable[[Path], None]) -> None:
    store, listed = tmp_path / "store", tmp_path / "listed"
    for name in ("listed", "one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    (tmp_path / "middle").symlink_to("one")
    (listed / "dangling").symlink_to("../later")
    (listed / "through").symlink_to("../middle/file")
    os.mkfifo(listed / "pipe")
    with watched() as run:
        list(listed.iterdir())
    keep(store, "a", _later(run), ANSWER)
    assert find(store, "a") == ANSWER
    change(tmp_path)
    assert find(store, "a") is None


def test_a_file_reached_by_another_way_is_another(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    (tmp_path / "middle").symlink_to("one")
    with watched() as run:
        (tmp_path / "middle" / "file").read_bytes()
    keep(store, "a", _later(run), ANSWER)
    assert find(store, "a") == ANSWER
    _middle_leads_elsewhere(tmp_path)
    assert find(store, "a") is None


def test_a_file_that_was_missing_and_appears_counts(tmp_path: Path) -> None:
    store, late = tmp_path / "store", tmp_path / "late"
    with watched() as run, pytest.raises(FileNotFoundError):
        late.read_bytes()
    keep(store, "a", _later(run), ANSWER)
    assert find(store, "a") == ANSWER
    late.touch()
    assert find(store, "a") is None


def test_what_is_noted_and_what_is_not(tmp_path: Path) -> None:
    """Files of Python and its libraries, the tool's, and what is written are left out."""
    (tmp_path / "a").touch()
    own = str(Path(answers.__file__).with_name("texts.txt"))
    left_out = (own, os.__file__, click.__file__, 7)
    with watched() as run:
        for name in (str(tmp_path / "a"), bytes(tmp_path / "b"), tmp_path / "code.py", *left_out):
            answers._hook("open", (name, "r", os.O_RDONLY))
        answers._hook("open", (str(tmp_path / "new"), "w", os.O_WRONLY | os.O_CREAT))
        answers._hook("os.scandir", (str(tmp_path / "folder.pth"),))
        answers._hook("os.listdir", (None,))
        answers._hook("import", ("x", None))
    answers._hook("open", (str(tmp_path / "later"), "r", os.O_RDONLY))
    assert run.files == {
        str(tmp_path / "a"): str(tmp_path / "a"),
        str(tmp_path / "b"): "",
        str(tmp_path / "code.py"): "",
    }
    assert run.folders == {str(tmp_path / "folder.pth"): ""}


def test_a_file_or_link_that_changed_its_place_during_the_run_is_not_relied_on(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").touch()
    link, store = tmp_path / "link", tmp_path / "store"
    link.symlink_to("one")
    with watched() as run:
        (link / "file").read_bytes()
        (tmp_path / "one" / "file").read_bytes()
    link.unlink()
    link.symlink_to("two")
    keep(store, "a", _later(run), ANSWER)
    assert not store.exists()
    with watched() as run:
        (tmp_path / "one" / "file").read_bytes()
    (tmp_path / "one" / "file").unlink()
    keep(store, "a", _later(run), ANSWER)
    assert not store.exists()


def test_an_answer_from_the_hub_s_cache_is_not_kept(tmp_path: Path) -> None:
    cache, store = tmp_path / "hub", tmp_path / "store"
    (cache / "models--acme--chat").mkdir(parents=True)
    with watched() as run:
        list(cache.iterdir())
    keep(store, "a", _later(run), ANSWER, cache)
    assert find(store, "a") == ANSWER
    with watched() as run:
        list((cache / "models--acme--chat").iterdir())
    keep(store, "b", _later(run), ANSWER, cache)
    assert find(store, "b") is None


def test_a_question_counts_what_its_paths_lead_to(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to("one")
    first = key((link,))
    link.unlink()
    link.symlink_to("two")
    assert key((link,)) != first


def test_only_the_newest_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST", 3)
    with watched() as run:
        pass
    for number in range(6):
        keep(tmp_path, str(number), run, ANSWER)
        os.utime(tmp_path / str(number), (number, number))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["3", "4", "5"]


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with watched() as run:
        pass
    keep(tmp_path / "file", "a", run, ANSWER)
    assert find(tmp_path / "file", "a") is None
