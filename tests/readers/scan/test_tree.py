"""Which files of a tree are read, and how."""

import os
import socket
import subprocess
from pathlib import Path

import pytest

from license_audit.readers.scan.tree import ElsewhereError, files_in, read

LIMIT = 1000
ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str) -> None:
    subprocess.run(("git", "-C", folder, *words), check=True, env=ENVIRONMENT, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    for name in ("a.py", "src/b.py", "out/c.py", "src/ünï\ncode.py", "node_modules/d.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x = 1\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("out/\n", encoding="utf-8")
    git(tmp_path, "add", "a.py", ".gitignore")
    return tmp_path


def test_git_says_what_there_is(repository: Path) -> None:
    assert files_in(repository, ENVIRONMENT) == [
        ".gitignore",
        "a.py",
        "node_modules/d.py",
        "src/b.py",
        "src/ünï\ncode.py",
    ]
    assert files_in(repository / "src", ENVIRONMENT) == ["b.py", "ünï\ncode.py"]


def test_a_file_that_is_committed_though_ignored_is_listed(repository: Path) -> None:
    git(repository, "add", "-f", "out/c.py")
    assert "out/c.py" in files_in(repository, ENVIRONMENT)


def test_repositories_in_the_repository_are_one_path(repository: Path) -> None:
    for name in ("inner", "module"):
        git(repository, "init", "-q", name)
        (repository / name / "x.py").touch()
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org")
    git(repository / "module", "add", "x.py")
    git(repository / "module", *identity, "commit", "-qm", "x")
    git(repository, "-c", "advice.addEmbeddedRepo=false", "add", "module")
    assert files_in(repository, ENVIRONMENT)[2:4] == ["inner/", "module/"]


def test_a_hook_s_variables_lead_nowhere_else(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "-q")
    hooked = {**ENVIRONMENT, "GIT_DIR": str(other / ".git"), "GIT_INDEX_FILE": str(other / "index")}
    assert files_in(repository, hooked) == files_in(repository, ENVIRONMENT)


def test_a_repository_s_own_program_is_not_run(repository: Path) -> None:
    program = repository / "program"
    program.write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    program.chmod(0o755)
    git(repository, "config", "core.fsmonitor", str(program))
    files_in(repository, ENVIRONMENT)
    assert not (repository / "ran").exists()


def test_without_git_all_is_listed_but_what_nobody_commits(tmp_path: Path) -> None:
    for name in ("a.py", "src/b.py", "node_modules/c.py", "venv/lib/d.py", "venv/pyvenv.cfg", "x/__pycache__/e.pyc"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).touch()
    assert files_in(tmp_path, ENVIRONMENT) == ["a.py", "src/b.py"]
    assert files_in(tmp_path, {"PATH": "/nonexistent"}) == ["a.py", "src/b.py"]


def test_links_are_listed_and_not_walked(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "x.py").touch()
    (tmp_path / "link").symlink_to(outside)
    (tmp_path / "up").symlink_to(tmp_path)
    assert files_in(tmp_path, ENVIRONMENT) == ["link", "up"]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shut").mkdir()
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if path.name == "shut":
            raise PermissionError(13, "no")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert files_in(tmp_path, ENVIRONMENT) == ["shut"]


def test_a_file_is_read_whole_or_its_head(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345" * 100)
    assert read(str(tmp_path), "a", LIMIT) == b"12345" * 100
    assert read(str(tmp_path), "a", 10, head=7) == b"1234512"
    assert read(str(tmp_path), "a", 10, head=600) == b"12345" * 100
    with pytest.raises(ValueError, match="is 500 bytes long; at most 10 are read"):
        read(str(tmp_path), "a", 10)


def test_short_reads_are_put_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    whole = os.read
    monkeypatch.setattr(os, "read", lambda descriptor, size: whole(descriptor, min(size, 2)))
    assert read(str(tmp_path), "a", LIMIT) == b"12345"


def test_nothing_but_a_regular_file_of_the_tree_is_read(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    top = str(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(ElsewhereError, match="is not a regular file"):
        read(top, "pipe", LIMIT)  # and does not wait for a writer
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s"))
        with pytest.raises(ValueError, match="cannot be read: no such device or address"):
            read(top, "s", LIMIT)
    with pytest.raises(FileNotFoundError):
        read(top, "none", LIMIT)
    with pytest.raises(ElsewhereError, match="is not a regular file"):
        read(top, ".", LIMIT)
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.py"
    secret.write_text("x", encoding="utf-8")
    for name, target in (("out", secret), ("loop", tmp_path / "loop"), ("gone", tmp_path / "none")):
        (tmp_path / name).symlink_to(target)
    with pytest.raises(ElsewhereError, match="leads out of the tree"):
        read(top, "out", LIMIT)
    for name in ("loop", "gone"):
        with pytest.raises(ElsewhereError, match="leads nowhere"):
            read(top, name, LIMIT)


def test_a_link_in_the_tree_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"1")
    (tmp_path / "link").symlink_to("a")
    assert read(str(tmp_path), "link", LIMIT) == b"1"
