"""What is kept between runs."""

from pathlib import Path

import pytest

from license_audit.model.repository import Contents, Repository, Unavailable
from license_audit.readers.store import Described, Store

REPOSITORY = Repository(
    "x/y", "x/y", "1" * 40, "manual", ("LICENSE",), ("mit",), base=(("p/q", None), ("r/s", "merge"))
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store", "https://hub.example")


def test_an_answer(store: Store) -> None:
    assert store.described("models", "x/y", None) is None
    store.keep_answer("models", "x/y", None, Described(REPOSITORY, "now"))
    assert store.described("models", "x/y", None) == Described(REPOSITORY, "now")
    assert store.described("models", "x/y", "v1") is None
    assert store.described("datasets", "x/y", None) is None


@pytest.mark.parametrize(
    ("kind", "kept"), [("gone", True), ("gated", True), ("unreachable", False), ("refused", False)]
)
def test_only_knowledge_is_kept(store: Store, kind: str, kept: bool) -> None:  # a parameter of the test
    answer = Described(Unavailable("no", kind), "now")
    store.keep_answer("models", "x/y", "v1", answer)
    assert store.described("models", "x/y", "v1") == (answer if kept else None)


def test_contents(store: Store) -> None:
    contents = Contents({"LICENSE": "Grün\r\n".encode(), "README.md": b"\xff\xfe\x00"})
    assert store.contents("models", REPOSITORY) is None
    store.keep_contents("models", REPOSITORY, contents)
    assert store.contents("models", REPOSITORY) == contents


def test_contents_that_are_not_whole_are_not_kept(store: Store) -> None:
    store.keep_contents("models", REPOSITORY, Contents({}, {"LICENSE": "too long"}))
    assert store.contents("models", REPOSITORY) is None


@pytest.mark.parametrize(
    "damage", [b"", b"[]", b"{", b'{"text": 1, "base64": {}}', b'{"text": {}, "base64": {"a": "!"}}']
)
def test_a_damaged_entry_counts_as_absent(store: Store, tmp_path: Path, damage: bytes) -> None:
    store.keep_answer("models", "x/y", None, Described(REPOSITORY, "now"))
    store.keep_contents("models", REPOSITORY, Contents({"LICENSE": b"x"}))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        path.write_bytes(damage)
    assert store.described("models", "x/y", None) is None
    assert store.contents("models", REPOSITORY) is None


def test_a_name_from_a_server_stays_in_the_folder(store: Store, tmp_path: Path) -> None:
    for name in ("..", "../../x", "/etc/x", "a" * 300, "x\0y"):
        store.keep_contents("models", Repository(name, name, "../up", None), Contents({}))
    assert {path.name for path in tmp_path.iterdir()} == {"store"}


def test_a_store_that_cannot_be_written_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "store").write_text("a file in the way")
    store = Store(tmp_path / "store", "https://hub.example")
    store.keep_answer("models", "x/y", None, Described(REPOSITORY, "now"))
    assert store.described("models", "x/y", None) is None


def test_hubs_are_kept_apart(store: Store, tmp_path: Path) -> None:
    store.keep_answer("models", "x/y", None, Described(REPOSITORY, "now"))
    assert Store(tmp_path / "store", "https://mirror.example").described("models", "x/y", None) is None
