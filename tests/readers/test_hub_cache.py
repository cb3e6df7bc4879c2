"""The cache of the Hub client, held against the client itself."""

import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from license_audit.model.repository import Contents, Repository, Unavailable
from license_audit.readers.hub_cache import Cached, HubCache
from tests.loopback.content import File, Weights
from tests.loopback.hub import LoopbackHub

ONE, TWO = "1" * 40, "2" * 40


def every(_: str) -> bool:
    """Wants every file."""
    return True


def small(name: str) -> bool:
    """Wants what is no weights."""
    return not name.endswith(".safetensors")


class Layout:
    """Lays out a repository of the cache as the client does."""

    def __init__(self, cache: Path, name: str = "models--org--name") -> None:
        self.cache, self.path = cache, cache / name
        self.path.mkdir(parents=True)

    def write(self, inner: str, text: str = "") -> Path:
        """A file."""
        path = self.path / inner
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def link(self, inner: str, target: Path) -> None:
        """A link, relative as the client's."""
        path = self.path / inner
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(os.path.relpath(target, path.parent))

    def snapshot(self, commit: str, **files: str) -> "Layout":
        """Files of a commit; two underscores in a name stand for a dot, three for a slash."""
        for name, text in files.items():
            blob = self.write(f"blobs/{sha256(text.encode()).hexdigest()}", text)
            self.link(f"snapshots/{commit}/{name.replace('___', '/').replace('__', '.')}", blob)
        return self

    def ref(self, name: str, commit: str) -> "Layout":
        """A ref."""
        self.write(f"refs/{name}", commit)
        return self

    def tree(self, commit: str, *names: str) -> "Layout":
        """The list of all files of a commit."""
        files = {name: {"size": 1, "blob_id": "0"} for name in names}
        self.write(f"trees/{commit}.json", json.dumps({"format_version": 1, "files": files}))
        return self


def read(cache: Path, revision: str | None = None) -> Cached:
    """The model org/name."""
    found = HubCache(cache).repository("org/name", every, revision)
    assert isinstance(found, Cached)
    return found


def test_a_model(tmp_path: Path) -> None:
    Layout(tmp_path).snapshot(ONE, README__md="card", LICENSE="text", sub___NOTICE="n").ref("main", ONE)
    assert HubCache(tmp_path).commits("org/name") == {"main": ONE}
    assert read(tmp_path) == Cached(
        Repository("org/name", "org/name", ONE),
        Contents({"LICENSE": b"text", "README.md": b"card", "sub/NOTICE": b"n"}),
        frozenset(),
        (),
        tmp_path / "models--org--name" / "snapshots" / ONE,
    )
    assert HubCache(tmp_path).strange() == ()


def test_only_wanted_files_are_read(tmp_path: Path) -> None:
    Layout(tmp_path).snapshot(ONE, README__md="card", model__bin="w").ref("main", ONE)
    found = HubCache(tmp_path).repository("org/name", lambda name: name == "README.md")
    assert isinstance(found, Cached)
    assert found.contents == Contents({"README.md": b"card"})


def test_a_data_set_is_no_model(tmp_path: Path) -> None:
    Layout(tmp_path, "datasets--name").snapshot(ONE, README__md="card").ref("main", ONE)
    cache = HubCache(tmp_path)
    found = cache.dataset("name", every)
    assert isinstance(found, Cached)
    assert found.contents.files == {"README.md": b"card"}
    assert cache.repository("name", every) == Unavailable("name is not in the cache", "offline")
    assert cache.commits("name") == {}


def test_revisions(tmp_path: Path) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="one").snapshot(TWO, README__md="two")
    layout.ref("main", ONE).ref("refs/pr/1", TWO).ref("v1", TWO)
    assert HubCache(tmp_path).commits("org/name") == {"main": ONE, "refs/pr/1": TWO, "v1": TWO}
    for revision, text in [(None, b"one"), ("main", b"one"), ("refs/pr/1", b"two"), ("v1", b"two"), (TWO, b"two")]:
        assert read(tmp_path, revision).contents.files == {"README.md": text}
    cache = HubCache(tmp_path)
    for revision in ("3" * 40, "v2", "2" * 7, "v\n"):
        found = cache.repository("org/name", every, revision)
        assert isinstance(found, Unavailable)
        assert found.kind == "offline"
        assert found.reason.isprintable()


def test_without_main_the_only_snapshot_is_read(tmp_path: Path) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="one")
    found = read(tmp_path)
    assert found.repository.commit == ONE
    assert found.remarks == (f"models--org--name/refs: has no main; the only snapshot, {ONE}, is read",)
    assert isinstance(HubCache(tmp_path).repository("org/name", every, "main"), Unavailable)
    layout.snapshot(TWO, README__md="two")
    assert HubCache(tmp_path).repository("org/name", every) == Unavailable(
        "org/name is in the cache, but not at main", "offline"
    )


def test_main_without_its_snapshot_is_not_another_snapshot(tmp_path: Path) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="one").ref("main", TWO)
    assert isinstance(HubCache(tmp_path).repository("org/name", every), Unavailable)
    remark = f"models--org--name/refs/main: names {TWO}, of which there is no snapshot"
    assert HubCache(tmp_path).strange() == (remark,)
    layout.write(f".no_exist/{TWO}/README.md")
    assert read(tmp_path) == Cached(
        Repository("org/name", "org/name", TWO), Contents(), frozenset({"README.md"}), (remark,)
    )


def test_absent_files_and_the_list_of_all(tmp_path: Path) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="card", extra__md="x").ref("main", ONE)
    layout.tree(ONE, "README.md", "LICENSE", "sub/NOTICE")
    for name in ("COPYING", "sub/LICENSE", "README.md"):
        layout.write(f".no_exist/{ONE}/{name}")
    layout.write(f".no_exist/{TWO}/other")
    (layout.path / f".no_exist/{ONE}/link").symlink_to("COPYING")
    found = read(tmp_path)
    assert found.repository.files == ("LICENSE", "README.md", "extra.md", "sub/NOTICE")
    assert found.contents.files == {"README.md": b"card", "extra.md": b"x"}
    assert found.contents.refused == {"LICENSE": "is not in the cache", "sub/NOTICE": "is not in the cache"}
    assert found.absent == {"COPYING", "sub/LICENSE"}
    assert found.remarks == (
        f"models--org--name/.no_exist/{ONE}/README.md: is noted as absent, yet the commit has it",
        f"models--org--name/snapshots/{ONE}/extra.md: is not in the list of files, trees/{ONE}.json",
    )


ENTRY = '{"size": 1, "blob_id": "0"}'


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ('{"format_version": 1,\n', ".json:2:1: is not valid JSON"),
        ("[1]", ".json: is not of format version 1"),
        ('{"format_version": 2, "files": {}}', ".json: is not of format version 1"),
        ('{"format_version": 1, "files": []}', ".json: does not list files with their sizes"),
        ('{"format_version": 1, "files": {"a": 1}}', ".json: does not list files with their sizes"),
        ('{"format_version": 1, "files": {"a": {}}}', ".json: does not list files with their sizes"),
        (f'{{"format_version": 1, "files": {{"a\\n": {ENTRY}}}}}', ".json: does not list files with their sizes"),
        ("[" * 100_000, ".json: "),
        ("9" * 5000, ".json: "),
    ],
)
def test_a_list_that_cannot_be_read_is_none(tmp_path: Path, text: str, remark: str) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="card").ref("main", ONE)
    layout.write(f"trees/{ONE}.json", text)
    found = read(tmp_path)
    assert found.repository.files is None
    assert len(found.remarks) == 1
    assert found.remarks[0].startswith(f"models--org--name/trees/{ONE}{remark}")


def test_a_list_alone_is_enough(tmp_path: Path) -> None:
    Layout(tmp_path).tree(ONE, "README.md")
    found = read(tmp_path, ONE)
    assert found.repository.files == ("README.md",)
    assert found.contents == Contents(refused={"README.md": "is not in the cache"})
    assert found.remarks == ("models--org--name: holds no snapshot",)


def test_the_digests_of_weights(tmp_path: Path) -> None:
    from huggingface_hub._tree_cache import TreeCacheEntry, write_tree_cache  # noqa: PLC0415  # the client's own writer

    layout = Layout(tmp_path).snapshot(ONE, README__md="card").ref("main", ONE)
    sizes = {"model.safetensors": 900_000, "b.gguf": 800_000, "small.bin": 100, "data.parquet": 900_000}
    entries = {
        name: TreeCacheEntry(135, "0", f"{number:064x}", size) for number, (name, size) in enumerate(sizes.items())
    }
    write_tree_cache(str(layout.path), ONE, {**entries, "README.md": TreeCacheEntry(4, "1")})
    found = read(tmp_path).repository
    assert found.weights == (f"{0:064x}", f"{1:064x}")
    assert found.files == ("README.md", "b.gguf", "data.parquet", "model.safetensors", "small.bin")


def test_ids_that_differ_in_capitals_are_two_models(tmp_path: Path) -> None:
    Layout(tmp_path, "models--Org--Name").snapshot(ONE, README__md="big").ref("main", ONE)
    assert HubCache(tmp_path).repository("org/name", every) == Unavailable(
        "org/name is not in the cache; Org/Name, written with other capitals, is", "offline"
    )
    Layout(tmp_path).snapshot(TWO, README__md="small").ref("main", TWO)
    found = read(tmp_path)
    assert found.contents.files == {"README.md": b"small"}
    assert found.remarks == ("models--org--name: models--Org--Name differs from it only in capitals",)
    assert HubCache(tmp_path).strange() == (
        "models--Org--Name: models--org--name differs from it only in capitals",
        "models--org--name: models--Org--Name differs from it only in capitals",
    )


@pytest.mark.parametrize("asked", ["../x", "a/b/c", "", "org--name", "a/b--c", "a\nb"])
def test_what_is_no_id_is_not_looked_for(tmp_path: Path, asked: str) -> None:
    Layout(tmp_path).snapshot(ONE, README__md="card").ref("main", ONE)
    found = HubCache(tmp_path).repository(asked, every)
    assert isinstance(found, Unavailable)
    assert found.kind == "refused"
    assert found.reason.isprintable()
    assert HubCache(tmp_path).commits(asked) == {}


def test_links(tmp_path: Path) -> None:
    cache = tmp_path / "hub"
    layout = Layout(cache).ref("main", ONE)
    shared = cache / "blobs" / "ab" / "abcd"
    shared.parent.mkdir(parents=True)
    shared.write_text("shared", encoding="utf-8")
    (cache / "blobs" / ".huggingface-shared-blobs").write_text("1\n", encoding="utf-8")
    layout.link("blobs/etag", shared)
    layout.link(f"snapshots/{ONE}/shared", layout.path / "blobs" / "etag")
    secret = tmp_path / "secret"
    secret.write_text("secret", encoding="utf-8")
    layout.link(f"snapshots/{ONE}/out", secret)
    layout.link("blobs/out", secret)
    layout.link(f"snapshots/{ONE}/out2", layout.path / "blobs" / "out")
    layout.link("blobs/folder", tmp_path)
    (layout.path / f"snapshots/{ONE}/out3").symlink_to("../../blobs/folder/secret")
    (layout.path / f"snapshots/{ONE}/out4").symlink_to(secret)
    layout.link(f"snapshots/{ONE}/nowhere", layout.path / "blobs" / "none")
    layout.link(f"snapshots/{ONE}/loop", layout.path / f"snapshots/{ONE}/loop")
    layout.link(f"snapshots/{ONE}/ref", layout.path / "refs" / "main")
    other = Layout(cache, "models--org--other").snapshot(ONE, LICENSE="theirs").ref("main", ONE)
    layout.link(f"snapshots/{ONE}/theirs", next((other.path / "blobs").iterdir()))
    (layout.path / f"snapshots/{ONE}/plain").write_text("plain", encoding="utf-8")
    found = read(cache)
    assert found.contents.files == {"plain": b"plain", "shared": b"shared"}
    out, nowhere = "is a link that does not lead to a blob of this cache", "is a link that leads nowhere"
    expected = {
        "out": out,
        "out2": out,
        "out3": out,
        "out4": out,
        "ref": out,
        "theirs": out,
        "loop": nowhere,
        "nowhere": nowhere,
    }
    assert found.contents.refused == expected
    told = [f"models--org--name/snapshots/{ONE}/{name}: {reason}" for name, reason in expected.items()]
    told.append("models--org--name/blobs: holds files that belong to no snapshot: 1, among them folder")
    assert found.remarks == tuple(sorted(told))
    assert HubCache(cache).strange() == found.remarks


def test_folders_that_are_links_are_not_followed(tmp_path: Path) -> None:
    elsewhere = Layout(tmp_path / "elsewhere").snapshot(ONE, README__md="card").ref("main", ONE)
    cache = tmp_path / "hub"
    layout = Layout(cache, "models--org--parts").tree(ONE, "README.md")
    for part in ("snapshots", "refs", ".no_exist"):
        layout.link(part, elsewhere.path / part)
    layout.link("trees/x", elsewhere.path)
    (cache / "models--org--name").symlink_to(elsewhere.path)
    found = HubCache(cache).repository("org/parts", every, ONE)
    assert isinstance(found, Cached)
    assert found.contents.files == {}
    assert HubCache(cache).commits("org/parts") == {}
    assert HubCache(cache).repository("org/name", every) == Unavailable(
        "org/name is in the cache only as something that is no folder", "refused"
    )
    assert "models--org--name: is a stray file or link" in HubCache(cache).strange()
    assert "models--org--parts/snapshots: does not belong into the folder of a repository" in found.remarks


def test_a_snapshot_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="card").ref("main", TWO)
    layout.link(f"snapshots/{TWO}", layout.path / "snapshots" / ONE)
    layout.link(f".no_exist/{TWO}", layout.path / "snapshots" / ONE)
    assert isinstance(HubCache(tmp_path).repository("org/name", every), Unavailable)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="card").ref("main", ONE)
    with layout.write(f"snapshots/{ONE}/long").open("wb") as file:
        file.truncate(4_000_001)
    os.mkfifo(layout.path / f"snapshots/{ONE}/pipe")
    layout.tree(ONE, "README.md", "long", "pipe", "README.md/below")
    assert read(tmp_path).contents.refused == {
        "README.md/below": "is not in the cache",
        "long": "is 4,000,001 bytes long; at most 4,000,000 are read",
        "pipe": "is not a regular file",
    }


def test_strange_entries(tmp_path: Path) -> None:
    layout = Layout(tmp_path).snapshot(ONE, README__md="card").ref("main", ONE)
    for inner in ("stray", "blobs/loose1", "blobs/loose2", "blobs/x.incomplete", ".DS_Store", "snapshots/Thumbs.db"):
        layout.write(inner)
    layout.write("snapshots/file")
    layout.write("snapshots/latest/README.md")
    layout.write(f"snapshots/{ONE}/a\nb")
    layout.ref("short", "1234567").ref("line", ONE + "\n").ref("long", ONE * 9).ref("odd", "é").ref(
        "main.01234567.tmp", ONE
    )
    Layout(tmp_path, "models--org--empty")
    Layout(tmp_path, "models--a--b--c")
    Layout(tmp_path, "spaces--a--b").snapshot(ONE, app__py="x").ref("main", ONE)
    for name in ("blobs", "notes"):
        (tmp_path / name).mkdir()
    (tmp_path / ".locks").mkdir()
    for name in ("CACHEDIR.TAG", "version.txt", "desktop.ini", "datasets--a--b"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    here = [
        "blobs/x.incomplete: is left over from an interrupted download",
        "blobs: holds files that belong to no snapshot: 2, among them loose1",
        "refs/line: does not hold a commit of 40 hexadecimal digits and nothing else",
        "refs/long: cannot be read: is 360 bytes long; at most 200 are read",
        "refs/main.01234567.tmp: is left over from an interrupted download",
        "refs/odd: does not hold a commit of 40 hexadecimal digits and nothing else",
        "refs/short: does not hold a commit of 40 hexadecimal digits and nothing else",
        "snapshots/file: is no folder with the name of a commit",
        "snapshots/latest: is no folder with the name of a commit",
        "stray: does not belong into the folder of a repository",
    ]
    expected = [f"models--org--name/{remark}" for remark in here]
    expected.append(f"'models--org--name/snapshots/{ONE}/a\\nb': has control characters in its name and is not read")
    assert sorted(read(tmp_path).remarks) == sorted(expected)
    expected += [
        "blobs: is no folder of a repository",
        "datasets--a--b: is a stray file or link",
        "models--a--b--c: is no folder of a repository",
        "models--org--empty: holds no snapshot",
        "notes: is no folder of a repository",
        "version.txt: is a stray file or link",
    ]
    assert HubCache(tmp_path).strange() == tuple(sorted(expected))


def test_a_cache_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for name, reason in (("none", "no such file or directory"), ("file", "not a directory")):
        cache = HubCache(tmp_path / name)
        assert cache.strange() == (f"the cache cannot be read: {reason}",)
        assert cache.repository("org/name", every) == Unavailable(f"the cache cannot be read: {reason}", "offline")
        assert cache.commits("org/name") == {}


def test_a_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Layout(tmp_path).snapshot(ONE, README__md="card").ref("main", ONE)
    real = os.scandir

    def scandir(path: Path) -> "os._ScandirIterator[str]":
        if str(path).endswith("refs"):
            raise PermissionError(13, "Permission denied")
        return real(str(path))

    monkeypatch.setattr(os, "scandir", scandir)
    assert HubCache(tmp_path).strange() == ("models--org--name/refs: cannot be read: permission denied",)


@pytest.fixture
def filled(tmp_path: Path, loopback: LoopbackHub) -> Path:
    """A cache that the client filled."""
    from huggingface_hub import hf_hub_download, snapshot_download  # noqa: PLC0415  # takes its settings when imported
    from huggingface_hub.errors import EntryNotFoundError  # noqa: PLC0415  # as above

    cache = tmp_path / "hub"
    for name in ("org/one", "org/two", "alone"):
        files: dict[str, File] = {
            "README.md": name.encode(),
            "sub/NOTICE": b"notice",
            "model.safetensors": Weights("ab" * 32),
        }
        loopback.model(name, files)
        hf_hub_download(name, "README.md", cache_dir=cache, endpoint=loopback.url)
        with pytest.raises(EntryNotFoundError):
            hf_hub_download(name, "LICENSE", cache_dir=cache, endpoint=loopback.url)
    loopback.dataset("org/one", {"README.md": b"data"})
    snapshot_download("org/one", repo_type="dataset", cache_dir=cache, endpoint=loopback.url)
    snapshot_download("org/two", cache_dir=cache, endpoint=loopback.url, allow_patterns=["*.md", "sub/*"])
    loopback.repositories["model", "alone"].commit({"README.md": b"changed"})
    hf_hub_download("alone", "README.md", cache_dir=cache, endpoint=loopback.url)
    return cache


def test_it_reads_what_the_client_wrote(filled: Path, loopback: LoopbackHub) -> None:
    from huggingface_hub import _CACHED_NO_EXIST, scan_cache_dir, try_to_load_from_cache  # noqa: PLC0415  # as above

    cache = HubCache(filled)
    assert cache.strange() == ()
    scanned = scan_cache_dir(filled)
    assert scanned.warnings == []
    assert len(scanned.repos) == 4
    for repo in scanned.repos:
        look_up = cache.repository if repo.repo_type == "model" else cache.dataset
        for revision in repo.revisions:
            found = look_up(repo.repo_id, every, revision.commit_hash)
            assert isinstance(found, Cached)
            assert found.contents.files == {
                file.file_path.relative_to(revision.snapshot_path).as_posix(): file.file_path.read_bytes()
                for file in revision.files
            }
            for name in ("README.md", "LICENSE", "sub/NOTICE", "other"):
                answer = try_to_load_from_cache(
                    repo.repo_id, name, filled, revision.commit_hash, repo_type=repo.repo_type
                )
                assert (name in found.absent) == (answer is _CACHED_NO_EXIST)
                assert (name in found.contents.files) == isinstance(answer, str)
        if repo.repo_type == "model":
            refs = {ref: revision.commit_hash for revision in repo.revisions for ref in revision.refs}
            assert cache.commits(repo.repo_id) == refs
    two = cache.repository("org/two", small)
    assert isinstance(two, Cached)
    assert two.repository.commit == loopback.repositories["model", "org/two"].head
    assert two.repository.files == ("README.md", "model.safetensors", "sub/NOTICE")
    alone = cache.repository("alone", small)
    assert isinstance(alone, Cached)
    assert alone.contents.files == {"README.md": b"changed"}


def test_what_the_client_warns_of_is_strange(filled: Path) -> None:
    from huggingface_hub import scan_cache_dir  # noqa: PLC0415  # as above

    (filled / "stray.txt").write_text("x", encoding="utf-8")
    (filled / "folder").mkdir()
    (filled / "models--org--one" / "snapshots" / "file").write_text("x", encoding="utf-8")
    (filled / "models--org--two" / "refs" / "gone").write_text(TWO, encoding="utf-8")
    Layout(filled, "models--org--bare").write("blobs/x")
    next((filled / "models--alone" / "blobs").iterdir()).unlink()
    warned = scan_cache_dir(filled).warnings
    assert len(warned) == 6
    told = HubCache(filled).strange()
    names = ("stray.txt", "folder", "models--org--one", "models--org--two", "models--org--bare", "models--alone")
    for name in names:
        assert any(name in str(warning) for warning in warned)
        assert any(remark.startswith(name) for remark in told)
    assert all(remark.partition(":")[0].split("/")[0] in names for remark in told)
