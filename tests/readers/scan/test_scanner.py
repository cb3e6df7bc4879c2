"""Reading the files of a tree: each by its kind, what cannot be read told, the rest read all the same."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from license_audit.model.reference import Hit
from license_audit.readers.scan import registry, scanner, tree
from license_audit.readers.scan.registry import Kind, fitting, kind_of, known
from license_audit.readers.scan.scanner import Gap, cores, scan_files, scan_tree
from license_audit.readers.scan.source import Source, UnreadableError
from tests.readers.scan.test_tree import ENVIRONMENT, git


def _words(source: Source) -> Iterator[Hit]:
    for number, line in enumerate(source.text.splitlines(), 1):
        if line == "broken":
            raise UnreadableError("is broken", number)
        yield Hit(number, 1, line, "hub", "word")


def _kind(
    name: str, *patterns: str, signs: tuple[bytes, ...] = (), hints: tuple[bytes, ...] = (), head: int = 0
) -> Kind:
    module = type("Module", (), {"NAMES": patterns, "SIGNS": signs, "HINTS": hints, "HEAD": head, "read": _words})
    return registry._described(name, module)


@pytest.fixture
def kinds(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    found = (
        _kind("words", "*.words", hints=(b"org/",)),
        _kind("signed_words", "*.words", signs=(b"signed", b"twice")),
        _kind("special", "deploy/*.words"),
        _kind("short", "*.head", head=8),
    )
    monkeypatch.setattr(registry, "known", lambda: found)
    for cached in (registry.by_ending, registry.special):
        cached.cache_clear()
    yield
    for cached in (registry.by_ending, registry.special):
        cached.cache_clear()


def quiet(done: int, total: int) -> None:
    assert done <= total


@pytest.mark.usefixtures("kinds")
def test_each_file_is_read_by_one_kind() -> None:
    assert [kind.name for kind in fitting("a.WORDS")] == ["signed-words", "words"]
    assert [kind.name for kind in fitting("deploy/a.words")] == ["signed-words", "special", "words"]
    assert fitting("a.txt") == ()
    chosen = kind_of("a.words", b"signed twice")
    assert chosen is not None
    assert chosen.name == "signed-words"
    chosen = kind_of("a.words", b"signed once")
    assert chosen is not None
    assert chosen.name == "words"
    assert kind_of("a.txt", b"") is None


def test_every_module_in_kinds_is_known() -> None:
    folder = Path(registry.__file__).parent / "kinds"
    names = sorted(path.stem.replace("_", "-") for path in folder.glob("*.py") if path.stem != "__init__")
    assert [kind.name for kind in known()] == names


@pytest.mark.usefixtures("kinds")
def test_hits_gaps_and_order(tmp_path: Path) -> None:
    for name, text in {
        "a.words": "org/b\norg/a\norg/a\nbroken\norg/late\n",
        "b.words": "nothing here",
        "c.head": "org/long/and/longer",
        "d.txt": "org/d",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "out.words").symlink_to("/etc/hostname")
    found = scan_files(tmp_path, ["a.words", "b.words", "c.head", "d.txt", "none.words", "out.words"], quiet, 1)
    assert [(one.file, one.reader, one.hit.line, one.hit.id) for one in found.references] == [
        ("a.words", "words", 1, "org/b"),
        ("a.words", "words", 2, "org/a"),
        ("a.words", "words", 3, "org/a"),
        ("c.head", "short", 1, "org/long"),
    ]
    assert found.files == 3
    assert found.unread == [
        Gap("a.words", 4, "is broken", is_grave=False),
        Gap("none.words", 0, "does not exist", is_grave=True),
        Gap("out.words", 0, "is a link that leads out of the tree, and is not followed", is_grave=True),
    ]
    listed = scan_files(tmp_path, ["none.words", "out.words"], quiet, 1, are_named=False)
    assert [(gap.file, gap.is_grave) for gap in listed.unread] == [("out.words", False)]


@pytest.mark.usefixtures("kinds")
def test_a_file_that_is_too_long_is_told_loudly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "MAX_BYTES", 100)
    (tmp_path / "a.words").write_bytes(b"org/a\n" * 50)
    (gap,) = scan_files(tmp_path, ["a.words"], quiet, 1, are_named=False).unread
    assert gap == Gap("a.words", 0, "is 300 bytes long; at most 100 are read", is_grave=True)


@pytest.mark.usefixtures("kinds")
def test_repositories_in_the_repository_are_read_too(tmp_path: Path) -> None:
    inner = tmp_path / "sub" / "inner"
    inner.mkdir(parents=True)
    for folder in (tmp_path, inner):
        git(folder, "init", "-q")
        (folder / "a.words").write_text("org/a\n", encoding="utf-8")
        (folder / "skip.words").write_text("org/b\n", encoding="utf-8")
    found = scan_tree(tmp_path, ["."], ENVIRONMENT, lambda path: path.endswith("skip.words"), quiet, 1)
    assert [one.file for one in found.references] == ["a.words", "sub/inner/a.words"]


@pytest.mark.usefixtures("kinds")
def test_many_files_on_several_cores_come_out_as_on_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "CHUNK", 3)
    monkeypatch.setattr(scanner, "SETTLED", 10**18)
    names = [f"{number}.words" for number in range(10)]
    for name in names:
        (tmp_path / name).write_text(f"org/{name}\n", encoding="utf-8")
    seen: list[tuple[int, int]] = []
    many = scan_files(tmp_path, names, lambda done, total: seen.append((done, total)), 2)
    assert many == scan_files(tmp_path, names, quiet, 1)
    assert [one.hit.id for one in many.references] == [f"org/{name}" for name in names]
    assert seen == [(3, 10), (6, 10), (9, 10), (10, 10)]


def test_cores_are_those_that_may_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= cores() <= (os.cpu_count() or 1)
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


def test_the_text_of_a_source() -> None:
    assert Source("a/b.py", b"\xef\xbb\xbfx").text == "x"
    assert Source("a/b.py", b"\xef\xbb\xbfx").name == "b.py"
    assert Source("b.py", "ü".encode("utf-16")).text == "ü"
    assert Source("b.py", b"a\xffb").text == "a\N{REPLACEMENT CHARACTER}b"


@pytest.mark.usefixtures("kinds")
def test_a_file_that_is_as_it_was_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "SETTLED", -(10**18))
    for name in ("a.words", "b.words", "c.words", "broken.words", "d.txt"):
        (tmp_path / name).write_text(f"org/{name[0]}\n" + "broken\n" * (name == "broken.words"), encoding="utf-8")
    (tmp_path / "link.words").symlink_to("a.words")
    paths = sorted(path.name for path in tmp_path.iterdir())
    first = scan_files(tmp_path, paths, quiet, 1)
    assert sorted(first.memory) == ["a.words", "b.words", "broken.words", "c.words"]
    read: list[str] = []
    whole = tree.read

    def counted(top: str, path: str, limit: int, head: int = 0) -> bytes:
        read.append(path)
        return whole(top, path, limit, head)

    monkeypatch.setattr(scanner, "read", counted)
    changed = tmp_path / "b.words"
    times = changed.stat()
    changed.write_text("org/x\n", encoding="utf-8")
    os.utime(changed, ns=(times.st_atime_ns, times.st_mtime_ns))
    (tmp_path / "c.words").unlink()
    seen: list[tuple[int, int]] = []
    second = scan_files(
        tmp_path, paths, lambda done, total: seen.append((done, total)), 1, first.memory, are_named=False
    )
    assert read == ["b.words", "c.words", "link.words"]
    assert [(one.file, one.hit.id) for one in second.references] == [
        ("a.words", "org/a"),
        ("b.words", "org/x"),
        ("broken.words", "org/b"),
        ("link.words", "org/a"),
    ]
    assert second.unread == [gap for gap in first.unread if gap.file == "broken.words"]
    assert sorted(second.memory) == ["a.words", "b.words", "broken.words", "d.txt"]
    assert second.files == 4
    assert seen == [(6, 6)]
    read.clear()
    third = scan_files(tmp_path, paths, quiet, 1, second.memory, are_named=False)
    assert read == ["c.words", "link.words"]
    assert third == second


@pytest.mark.usefixtures("kinds")
def test_a_file_that_changed_just_now_is_not_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.words").write_text("org/a\n", encoding="utf-8")
    monkeypatch.setattr(scanner, "SETTLED", 10**18)
    assert scan_files(tmp_path, ["a.words", "x\0.words"], quiet, 1).memory == {}


def test_a_text_in_utf_16_is_read_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("model: acme/chat-7b\n".encode("utf-16"))
    (tmp_path / "b.py").write_bytes('AutoModel.from_pretrained("acme/chat-7b")\n'.encode("utf-16"))
    found = scan_files(tmp_path, ["a.yaml", "b.py"], quiet, 1)
    assert [(one.file, one.hit.id) for one in found.references] == [
        ("a.yaml", "acme/chat-7b"),
        ("b.py", "acme/chat-7b"),
    ]
