"""models.lock, made from a loopback hub by the command that users call."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from license_audit.cli import main
from license_audit.model.lock import Lock
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.lock import read_lock
from tests.conftest import ROOT
from tests.engine.identify.test_outline import OURS
from tests.loopback import Fault, LoopbackHub, Weights
from tests.published import scancode

PROFILE = """\
schema: 1
organization: {agreements: [], claims_against: []}
uses:
  shop: {purpose: commercial, environment: production, acts: [run], audience: public, outputs: {train_models: none}}
"""
TOKEN = "hf_right"  # noqa: S105  # of the loopback hub
CARD = "---\nlicense: mit\n---\nA model.\n"
Runner = Callable[..., Result]


class Site:
    """A folder with a manifest, and a hub."""

    def __init__(self, folder: Path, hub: LoopbackHub) -> None:
        self.folder, self.hub = folder, hub
        (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")

    def manifest(self, *entries: str) -> None:
        """The models of the manifest, as it writes them."""
        lines = "".join(f"  - {{{entry}, use: shop}}\n" for entry in entries)
        (self.folder / "models.yaml").write_text(f"schema: 1\nmodels:\n{lines or '  []'}", encoding="utf-8")

    def call(self, name: str, *arguments: str) -> Result:
        """Call a command on the manifest. Whatever comes, it is no traceback."""
        result = CliRunner().invoke(main, [name, str(self.folder / "models.yaml"), *arguments, "--on", "2026-11-26"])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    def lock(self, *arguments: str, code: int = 0) -> Lock:
        """Lock, with the exit code that is expected."""
        result = self.call("lock", *arguments)
        assert result.exit_code == code, result.stderr
        self.told = result.stderr
        return read_lock(self.path)

    def check(self, *arguments: str) -> tuple[int, dict[str, Any]]:
        """Exit code and the first result of an audit."""
        result = self.call("check", "--format", "json", *arguments)
        return result.exit_code, json.loads(result.stdout)["uses"][0]

    @property
    def path(self) -> Path:
        """The lock file."""
        return self.folder / "models.lock"


@pytest.fixture
def site(tmp_path: Path, loopback: LoopbackHub, monkeypatch: pytest.MonkeyPatch, catalog: PackagedCatalog) -> Site:
    """A folder whose commands ask the loopback hub and keep what it says in the folder. The catalog is read once."""
    for name in ("cli.lock", "checking"):
        monkeypatch.setattr(f"license_audit.{name}.catalog_with", lambda _rules: catalog)
    monkeypatch.setenv("HF_ENDPOINT", loopback.url)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    (tmp_path / "site").mkdir()
    return Site(tmp_path / "site", loopback)


def kinds(use: dict[str, Any]) -> set[str]:
    """Kinds of the findings of a result."""
    return {finding["kind"] for finding in use["findings"]}


def messages(use: dict[str, Any], kind: str) -> list[str]:
    """Messages of the findings of a kind."""
    return [finding["message"] for finding in use["findings"] if finding["kind"] == kind]


def test_a_model_its_parents_and_its_data(site: Site) -> None:
    card = "---\nlicense: mit\nbase_model: hall/root\ndatasets: [lab/talk]\n---\n"
    made = site.hub.model(
        "lab/child", {"README.md": card, "LICENSE": scancode("mit"), "m.safetensors": Weights("a" * 64)}
    )
    site.hub.model("hall/root", {"README.md": "---\nlicense: apache-2.0\nbase_model: attic/gone\n---\n"})
    site.hub.dataset("lab/talk", {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    site.manifest("id: lab/child")
    lock = site.lock()
    assert sorted(lock.models) == ["attic/gone", "hall/root", "lab/child"]
    child = lock.models["lab/child"]
    assert (child.commit, child.gate, child.declared, child.concluded, child.how) == (
        made.head,
        "none",
        ("mit",),
        ("mit",),
        "text",
    )
    assert [(edge.model, edge.basis, edge.where) for edge in child.parents] == [
        ("hall/root", "declared", "lab/child/README.md:3")
    ]
    assert sorted(child.files) == ["LICENSE", "README.md"]
    assert lock.models["attic/gone"].unavailable
    assert lock.models["hall/root"].how == "card"
    assert lock.datasets["lab/talk"].declared == ("cc-by-nc-4.0",)
    assert list(lock.texts) == [child.files["LICENSE"]]
    code, use = site.check()
    assert (code, use["source"], use["commit"]) == (1, "lock", made.head)
    assert {"parent-unavailable", "data-terms"} <= kinds(use)
    assert "not-locked" not in kinds(use)


def test_a_second_run_asks_once_for_each_and_offline_nobody(site: Site) -> None:
    for number in range(3):
        site.hub.model(f"lab/m{number}", {"README.md": CARD, "LICENSE": scancode("mit"), "NOTICE": "n"})
    site.manifest("id: lab/m0", "id: lab/m1", "id: lab/m2")
    site.lock()
    first = site.path.read_bytes()
    assert len(site.hub.requests) == 12
    site.hub.requests.clear()
    site.lock()
    assert len(site.hub.requests) == 3
    assert site.path.read_bytes() == first
    site.hub.requests.clear()
    site.lock("--offline")
    assert site.path.read_bytes() == first
    site.path.unlink()
    site.lock("--offline")
    assert site.path.read_bytes() == first
    assert site.hub.requests == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (OURS, OURS.replace("700", "800"), "changed: section 2"),
        (OURS, OURS.replace("   b) Affiliates count.\n", ""), "changed: section 2.b"),
        (
            scancode("mit"),
            scancode("mit").rstrip() + "\n\nWhoever earns more than a million a month shows the name of the model.\n",
            "was mit (unaltered) and is mit (altered); changed: paragraph",
        ),
        (
            scancode("llama-2-license-2023"),
            scancode("llama-2-license-2023").replace("700 million", "70 million"),
            "was llama-2-community (unaltered) and is llama-2-community (altered); changed: section 2",
        ),
    ],
)
def test_a_text_that_changes_upstream_fails_the_gate_until_it_is_taken_over(
    site: Site, old: str, new: str, told: str
) -> None:
    assert old != new
    repository = site.hub.model("lab/m", {"README.md": CARD, "LICENSE": old})
    site.manifest("id: lab/m")
    before = site.lock().models["lab/m"]
    assert site.call("lock", "--check").exit_code == 0
    _, use = site.check()
    assert "terms-moved" not in kinds(use)

    repository.commit({"LICENSE": new})
    stale = site.call("lock", "--check")
    assert stale.exit_code == 3
    assert "moved: lab/m: LICENSE " in stale.stderr
    assert told in stale.stderr
    assert read_lock(site.path).models["lab/m"] == before

    noted = site.lock().models["lab/m"]
    assert noted.model_copy(update={"moves": ()}) == before
    code, use = site.check("--fail-on", "disallowed")
    assert (code, use["gate"]) == (1, "fails")
    assert told in messages(use, "terms-moved")[0]

    taken = site.lock("--upgrade", "lab/m").models["lab/m"]
    assert (taken.commit, taken.moves, taken.terms_since) == (repository.head, (), "2026-11-26")
    _, use = site.check("--fail-on", "disallowed")
    assert "terms-moved" not in kinds(use)
    assert site.call("lock", "--check").exit_code == 0


def test_a_commit_that_moves_no_terms_is_no_news(site: Site) -> None:
    repository = site.hub.model("lab/m", {"README.md": CARD, "LICENSE": scancode("mit")})
    site.manifest("id: lab/m")
    site.lock()
    first = site.path.read_bytes()
    repository.commit({"README.md": f"{CARD}\nBetter numbers now.\n"})
    assert site.call("lock", "--check").exit_code == 0
    site.lock()
    assert site.path.read_bytes() == first
    assert site.lock("--upgrade-all").models["lab/m"].commit == repository.head


@pytest.mark.parametrize(
    ("change", "finding", "told"),
    [
        ({"card": {"license": "cc-by-nc-4.0"}}, None, None),
        ({"gated": "manual"}, "gate-changed", "the gate was none and is manual"),
        ({"disabled": True}, "terms-moved", "lab/m: "),
    ],
)
def test_other_moves(site: Site, change: dict[str, Any], finding: str | None, told: str | None) -> None:
    repository = site.hub.model("lab/m", {"README.md": CARD})
    site.manifest("id: lab/m")
    site.lock()
    for name, value in change.items():
        setattr(repository, name, value)
    site.lock()
    _, use = site.check()
    if finding is None:
        assert not kinds(use) & {"gate-changed", "terms-moved"}
    else:
        assert told is not None
        assert told in messages(use, finding)[0]


def test_a_label_that_changes(site: Site) -> None:
    repository = site.hub.model("lab/m", {"README.md": CARD})
    site.manifest("id: lab/m")
    site.lock()
    repository.commit({"README.md": "---\nlicense: cc-by-nc-4.0\nbase_model: lab/root\n---\n"})
    site.hub.model("lab/root", {"README.md": CARD})
    site.lock()
    _, use = site.check()
    assert messages(use, "terms-moved") == [
        "lab/m: the card declared mit and declares cc-by-nc-4.0",
        "lab/m: its parents were none and are lab/root (fine-tune, declared)",
    ]


def test_a_repository_that_was_renamed(site: Site) -> None:
    site.hub.model("lab/new", {"README.md": CARD})
    site.hub.renamed["lab/old"] = "lab/new"
    site.manifest("id: lab/old")
    assert site.lock().models["lab/old"].renamed == "lab/new"


def test_waivers_and_acceptances_lapse(site: Site) -> None:
    repository = site.hub.model("lab/m", {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"}, gated="auto", token=TOKEN)
    waiver = "{model: lab/m, finding: clauses-not-encoded, by: a@b.example, why: w, until: 2030-01-01, on: 2026-01-01}"
    profile = PROFILE.replace("audience: public", "audience: public, accepted: {by: a@b.example, on: 2026-01-01}")
    (site.folder / "profile.yaml").write_text(f"{profile}waivers:\n  - {waiver}\n", encoding="utf-8")
    site.manifest("id: lab/m")
    site.lock()
    assert not kinds(site.check()[1]) & {"waiver-lapsed", "acceptance-lapsed", "gate-not-accepted"}
    repository.commit({"README.md": "---\nlicense: mit\n---\n"})
    for arguments in ((), ("--upgrade", "lab/m")):
        site.lock(*arguments)
        assert kinds(site.check()[1]) >= {"waiver-lapsed", "acceptance-lapsed"}


def test_a_gated_model_without_access(site: Site) -> None:
    """The hub tells its label to everybody, and its files to nobody."""
    files = {"README.md": "---\nlicense: llama2\n---\n", "LICENSE.txt": "x"}
    site.hub.model("lab/m", files, gated="manual", token=TOKEN)
    site.manifest("id: lab/m")
    block = site.lock().models["lab/m"]
    assert (block.gate, block.declared, block.files, block.texts) == ("manual", ("llama2",), {}, None)
    assert block.unread == ("LICENSE.txt", "README.md")
    use = site.check()[1]
    assert use["assessment"]["verdict"] == "undetermined"
    assert {"gate-not-accepted", "files-unread"} <= kinds(use)


def test_a_hub_that_cannot_be_reached(site: Site) -> None:
    site.hub.model("lab/a", {"README.md": CARD})
    site.hub.model("lab/b", {"README.md": CARD})
    site.manifest("id: lab/a")
    site.lock()
    first = site.path.read_bytes()
    site.manifest("id: lab/a", "id: lab/b")
    result = site.call("lock", "--offline")
    assert result.exit_code == 3
    assert "models.yaml:4:5: lab/b cannot be locked: " in result.stderr
    assert "nothing was written" in result.stderr
    assert site.path.read_bytes() == first
    assert sorted(site.lock().models) == ["lab/a", "lab/b"]


def test_a_pinned_revision(site: Site) -> None:
    repository = site.hub.model("lab/m", {"README.md": CARD})
    old = repository.head
    repository.commit({"README.md": "---\nlicense: apache-2.0\n---\n"})
    site.manifest(f"id: lab/m, revision: {old}", "id: lab/m")
    lock = site.lock()
    assert (lock.models[f"lab/m@{old}"].declared, lock.models["lab/m"].declared) == (("mit",), ("apache-2.0",))
    assert site.check()[1]["declared"] == ["mit"]
    site.manifest(f"id: lab/m, revision: {repository.head}")
    stale = site.call("check")
    assert stale.exit_code == 3
    assert re.search(r"models\.yaml:3:\d+: the lock file holds .*; run license-audit lock", stale.stderr)
    assert site.call("lock", "--check").exit_code == 3
    assert sorted(site.lock().models) == [f"lab/m@{repository.head}"]
    assert site.check()[1]["declared"] == ["apache-2.0"]


def test_a_model_that_is_not_locked(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": CARD})
    site.manifest("id: lab/m")
    site.lock()
    site.manifest("id: mistralai/Mistral-7B-v0.1", "path: m")
    (site.folder / "m").mkdir()
    use = site.check()[1]
    assert messages(use, "not-locked") == [
        "mistralai/Mistral-7B-v0.1 is not in the lock file; judged from the packaged catalog"
    ]
    assert site.call("lock", "--check").exit_code == 3


def test_copies_have_the_same_weights(site: Site) -> None:
    same = {"model.safetensors": Weights("c" * 64)}
    site.hub.model("meta-llama/Llama-2-7b-hf", {"README.md": "---\nlicense: llama2\n---\n", **same})
    site.hub.model("lab/copy", {"README.md": CARD, **same})
    site.hub.model("lab/other", {"README.md": CARD, "model.safetensors": Weights("d" * 64)})
    site.manifest("id: lab/copy", "id: lab/other", "id: meta-llama/Llama-2-7b-hf")
    lock = site.lock()
    (edge,) = lock.models["lab/copy"].parents
    assert (edge.model, edge.relation, edge.where) == ("meta-llama/Llama-2-7b-hf", "copy", "the same weight files")
    assert lock.models["lab/other"].parents == ()
    use = site.check()[1]
    assert use["assessment"]["terms"] == ["mit", "llama-2-community"]
    assert "restriction-dropped" in kinds(use)
    first = site.path.read_bytes()
    site.lock()
    assert site.path.read_bytes() == first


def test_a_local_folder(site: Site) -> None:
    folder = site.folder / "m"
    folder.mkdir()
    (folder / "README.md").write_text("---\nlicense: mit\nbase_model: lab/root\n---\n", encoding="utf-8")
    (folder / "LICENSE").write_text(scancode("mit"), encoding="utf-8")
    site.hub.model("lab/root", {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    site.manifest("path: m")
    lock = site.lock()
    assert (lock.models["path:m"].source, lock.models["path:m"].at) == ("folder", None)
    use = site.check()[1]
    assert (use["source"], use["assessment"]["terms"]) == ("folder", ["mit", "cc-by-nc-4.0"])
    assert "not-locked" not in kinds(use)
    (folder / "LICENSE").write_text(
        scancode("mit").replace("without restriction", "with restrictions"), encoding="utf-8"
    )
    use = site.check()[1]
    assert messages(use, "terms-moved")[0].startswith(
        "path:m: LICENSE was mit (unaltered) and is mit (altered); changed: "
    )
    assert site.call("lock", "--check").exit_code == 3
    site.lock("--upgrade", "m")
    assert "terms-moved" not in kinds(site.check()[1])


def test_a_hosted_model(site: Site) -> None:
    site.manifest("provider: openai, id: gpt-4")
    assert site.lock().models["openai:gpt-4"].source == "provider"
    code, use = site.check()
    assert (code, use["assessment"]["verdict"], use["openness"], use["source"]) == (
        1,
        "undetermined",
        "api",
        "provider",
    )
    assert "terms-not-read" in kinds(use)


def test_loops_come_to_an_end(site: Site) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        site.hub.model(f"lab/{one}", {"README.md": f"---\nlicense: mit\nbase_model: lab/{other}\n---\n"})
    site.manifest("id: lab/a")
    assert sorted(site.lock().models) == ["lab/a", "lab/b"]
    assert "lineage-loop" in kinds(site.check()[1])


def test_a_name_that_is_not_locked_cannot_be_upgraded(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": CARD})
    site.manifest("id: lab/m")
    site.lock("--upgrade", "lab/m")
    result = site.call("lock", "--upgrade", "lab/x")
    assert result.exit_code == 2
    assert "lab/x is not in the lock file" in result.stderr


def test_problems_of_the_manifest_and_of_folders(site: Site) -> None:
    site.manifest("path: nowhere")
    result = site.call("lock")
    assert result.exit_code == 3
    assert "models.yaml:3:5: nowhere cannot be read as a model folder" in result.stderr


def test_a_file_that_moves_between_two_calls(site: Site) -> None:
    """What is locked is of one commit, whatever happens meanwhile."""
    repository = site.hub.model("lab/m", {"README.md": CARD, "LICENSE": scancode("mit")})
    old = repository.head
    change = {"LICENSE": "other terms", "README.md": "---\nlicense: other\n---\n"}
    site.hub.faults.append(Fault(path="/resolve/", then=lambda: repository.commit(change)))
    site.manifest("id: lab/m")
    block = site.lock().models["lab/m"]
    assert (block.commit, block.declared, block.concluded) == (old, ("mit",), ("mit",))


def test_a_text_that_is_too_long_is_unknown(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": CARD, "LICENSE": "x" * 4_000_001})
    site.manifest("id: lab/m")
    block = site.lock().models["lab/m"]
    assert (block.texts, block.found, "LICENSE" in block.files) == (("LICENSE",), ("",), False)
    assert site.check()[1]["assessment"]["verdict"] == "undetermined"


def test_a_run_that_is_killed_leaves_the_old_file_or_the_new(site: Site) -> None:
    repositories = [site.hub.model(f"lab/m{number}", {"README.md": CARD}) for number in range(30)]
    site.manifest(*(f"id: {repository.name}" for repository in repositories))
    site.lock()
    site.path.rename(site.folder / "before.lock")
    for repository in repositories:
        repository.commit({"README.md": "---\nlicense: apache-2.0\n---\n"})
    environment = {**os.environ, "XDG_CACHE_HOME": str(site.folder / "cache")}
    command = [sys.executable, "-m", "tests.killing", str(site.folder), "50"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True)
    words = done.stdout.split("\n")[:-1]
    assert len(words) == 51
    assert set(words) == {"old", "new"}
    # The last run is left alone.
    assert words[-1] == "new"


def test_what_an_interrupted_run_read_is_not_read_again(site: Site) -> None:
    for number in range(4):
        site.hub.model(f"lab/m{number}", {"README.md": CARD, "LICENSE": scancode("mit")})
    site.hub.faults.append(Fault(path="/api/models/lab/m3", times=99, status=503))
    site.manifest(*(f"id: lab/m{number}" for number in range(4)))
    result = site.call("lock", "--workers", "1")
    assert result.exit_code == 3
    assert not site.path.exists()
    site.hub.faults.clear()
    site.hub.requests.clear()
    site.lock()
    files = [request.path for request in site.hub.requests if "/resolve/" in request.path]
    assert sorted(path.split("/")[2] for path in files) == ["m3", "m3"]


def test_a_parent_that_no_hub_could_know_is_locked_as_such(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": "---\nlicense: mit\nbase_model: lab/a--b\n---\n"})
    site.manifest("id: lab/m")
    assert "no id that the Hub could know" in site.lock().models["lab/a--b"].unavailable


def test_offline_a_parent_may_be_left_out(site: Site, tmp_path: Path) -> None:
    """A model of the Hub's cache is locked without its parent, and that is told."""
    folder = tmp_path / "hub" / "models--lab--m"
    snapshot = folder / "snapshots" / ("1" * 40)
    snapshot.mkdir(parents=True)
    (snapshot / "README.md").write_text("---\nlicense: mit\nbase_model: lab/root\ndatasets: [lab/talk]\n---\n")
    (folder / "refs").mkdir()
    (folder / "refs" / "main").write_text("1" * 40)
    (tmp_path / "hub" / "stray").mkdir()
    site.manifest("id: lab/m")
    lock = site.lock("--offline")
    assert sorted(lock.models) == ["lab/m"]
    assert (lock.models["lab/m"].source, lock.models["lab/m"].at) == ("cache", None)
    assert lock.datasets == {}
    assert "not looked at: lab/root: offline, and " in site.told
    assert "the Hub's cache: stray: " in site.told
    first = site.path.read_bytes()
    site.lock("--offline")
    assert site.path.read_bytes() == first
    assert site.hub.requests == []


def test_what_is_locked_stays_when_the_hub_fails(site: Site) -> None:
    card = "---\nlicense: mit\nbase_model: hall/root\ndatasets: [lab/talk]\n---\n"
    site.hub.model("lab/m", {"README.md": card})
    site.hub.model("hall/root", {"README.md": CARD})
    site.hub.dataset("lab/talk", {"README.md": CARD})
    site.manifest("id: lab/m")
    site.lock()
    first = site.path.read_bytes()
    site.hub.faults += [Fault(path=f"/api/{kind}s/", times=999, body=b"no JSON") for kind in ("model", "dataset")]
    site.lock()
    assert site.path.read_bytes() == first
    site.path.unlink()
    (site.folder.parent / "cache").rename(site.folder.parent / "away")
    result = site.call("lock")
    assert result.exit_code == 3
    assert "lab/m cannot be locked: " in result.stderr


def test_data_that_is_gone_or_cannot_be_read(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": "---\nlicense: mit\ndatasets: [lab/gone, lab/odd, 'a b', plain]\n---\n"})
    site.hub.dataset("lab/odd", {"README.md": CARD})
    site.hub.faults.append(Fault(path="/api/datasets/lab/odd", times=99, body=b"no JSON"))
    site.manifest("id: lab/m")
    datasets = site.lock().datasets
    assert list(datasets) == ["lab/gone"]
    assert datasets["lab/gone"].unavailable


def test_a_parent_that_the_manifest_names_is_locked(site: Site) -> None:
    for name in ("lab/m", "hall/root", "hall/other"):
        site.hub.model(name, {"README.md": CARD})
    (site.folder / "m").mkdir()
    site.manifest("id: lab/m, base: hall/root", "path: m, base: hall/other")
    assert sorted(site.lock().models) == ["hall/other", "hall/root", "lab/m", "path:m"]


def test_a_folder_that_changes_without_other_terms(site: Site) -> None:
    (site.folder / "m").mkdir()
    (site.folder / "m" / "README.md").write_text(CARD)
    site.manifest("path: m")
    before = site.lock().models["path:m"]
    (site.folder / "m" / "README.md").write_text(f"{CARD}More words.\n")
    after = site.lock().models["path:m"]
    assert (after.moves, before.files == after.files) == ((), False)


def test_a_lock_file_that_cannot_be_read(site: Site) -> None:
    site.manifest("id: lab/m")
    site.path.write_text("{\n<<<<<<< ours\n", encoding="utf-8")
    for command in ("lock", "check"):
        result = site.call(command)
        assert result.exit_code == 3
        assert re.search(r"models\.lock:2:1: is not valid JSON: .*; a merge left its marks\?", result.stderr)


@pytest.mark.parametrize("endpoint", ["hub.example", "ftp://hub.example", "https://", "http://[::1", "http://h:99999"])
def test_an_endpoint_that_is_no_address(site: Site, monkeypatch: pytest.MonkeyPatch, endpoint: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", endpoint)
    site.manifest("id: lab/m")
    result = site.call("lock")
    assert result.exit_code == 2
    assert f"HF_ENDPOINT is {endpoint!r}; expected an address that begins with https://" in result.stderr


@pytest.mark.parametrize("ending", ["", " ", "/", "/ "])
def test_an_endpoint_with_something_at_its_end(site: Site, monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    site.hub.model("lab/m", {"README.md": CARD})
    monkeypatch.setenv("HF_ENDPOINT", f"{site.hub.url}{ending}")
    site.manifest("id: lab/m")
    assert list(site.lock().models) == ["lab/m"]


def test_no_endpoint_is_the_public_one(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "")
    site.manifest("id: lab/m")
    result = site.call("lock", "--offline")
    assert result.exit_code == 3
    assert "lab/m cannot be locked: " in result.stderr


@pytest.mark.parametrize(("name", "command"), [("XDG_CACHE_HOME", "lock"), ("HF_HUB_CACHE", "check")])
def test_a_home_that_nobody_has(site: Site, monkeypatch: pytest.MonkeyPatch, name: str, command: str) -> None:
    site.manifest("id: lab/m")
    monkeypatch.chdir(site.folder)
    monkeypatch.setenv(name, "~nobody-of-that-name/x")
    result = site.call(command)
    assert result.exit_code == 2
    assert "starts with a home that nobody knows" in result.stderr
    assert sorted(path.name for path in site.folder.iterdir()) == ["models.yaml", "profile.yaml"]


def test_a_run_that_a_person_interrupts(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    site.hub.model("lab/m", {"README.md": CARD})
    site.manifest("id: lab/m")
    monkeypatch.setattr("license_audit.locking.found_in", interrupt)
    result = site.call("lock")
    assert result.exit_code == 3
    assert "interrupted; what was read is kept" in result.stderr
    assert not site.path.exists()


def test_waiting_for_the_hub_is_told(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": CARD})
    site.hub.faults.append(Fault(path="/api/models/lab/m", status=429, headers={"Retry-After": "0"}))
    site.manifest("id: lab/m")
    site.lock()
    assert "waiting" in site.told


def test_a_failure_that_may_pass_is_no_evidence(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": "---\nlicense: mit\n---\nFor non-commercial use only.\n"})
    site.hub.faults.append(Fault(path="/resolve/", times=99, headers={"Retry-After": "0"}, status=503))
    site.manifest("id: lab/m")
    assert site.call("lock").exit_code == 3
    assert not site.path.exists()
    site.hub.faults.clear()
    site.lock()
    assert "declared-differs-from-prose" in kinds(site.check()[1])


def test_a_hub_that_does_not_answer_is_no_agreement(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": CARD})
    site.manifest("id: lab/m")
    site.lock()
    first = site.path.read_bytes()
    site.hub.faults.append(Fault(path="/api/models/", times=99, status=403))
    for arguments in (("--check",), ("--upgrade", "lab/m")):
        result = site.call("lock", *arguments)
        assert result.exit_code == 3
        assert "lab/m cannot be locked: the Hub refuses access" in result.stderr
        assert "no longer needed" not in result.stderr
    site.lock()
    assert "not looked at: lab/m: the Hub refuses access" in site.told
    assert site.path.read_bytes() == first


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"README.md": f"{CARD}\nFor non-commercial use only.\n"}, "the card says now"),
        ({"NOTICE": "You may not use this model for commercial purposes.\n"}, "NOTICE is new"),
        ({"README.md": "---\nlicense: mit\ntags: [llama-2]\n---\nA model.\n"}, "tags named none and name llama-2"),
        ({"README.md": "---\nlicense: mit\nlicense_link: x\n---\nA model.\n"}, "license_link was absent and is x"),
        (
            {"config.json": '{"_name_or_path": "meta-llama/Llama-2-7b-hf"}'},
            "meta-llama/Llama-2-7b-hf (fine-tune, inferred)",
        ),
        ({"adapter_config.json": '{"base_model_name_or_path": "a/b"}'}, "a/b (adapter, declared)"),
        ({"UsePolicy.md": "Do no harm."}, "UsePolicy.md is new"),
    ],
)
def test_whatever_bears_on_terms_is_noticed(site: Site, change: dict[str, str], told: str) -> None:
    repository = site.hub.model("lab/m", {"README.md": CARD})
    site.manifest("id: lab/m")
    site.lock()
    repository.commit(change)
    assert told in site.call("lock", "--check").stderr
    site.lock()
    code, use = site.check("--fail-on", "disallowed")
    assert (code, "terms-moved" in kinds(use)) == (1, True)
    assert site.lock("--upgrade", "lab/m").models["lab/m"].terms_since == "2026-11-26"


def test_a_lock_file_that_somebody_edited(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n", "LICENSE": scancode("cc-by-nc-4.0")})
    site.manifest("id: lab/m")
    site.lock()
    true = site.path.read_text()
    for old, new in (
        ('"cc-by-nc-4.0"\n   ],\n   "files"', '"mit"\n   ],\n   "files"'),
        ('"status": "unaltered"', '"status": "altered"'),
    ):
        assert old in true
        site.path.write_text(true.replace(old, new))
        result = site.call("lock", "--check")
        assert result.exit_code == 3
        mended = site.lock("--upgrade", "lab/m")
        assert (mended.models["lab/m"].declared, mended.models["lab/m"].found) == (("cc-by-nc-4.0",), ("cc-by-nc-4.0",))
        assert site.call("lock", "--check").exit_code == 0
    data = json.loads(true)
    del data["texts"]
    site.path.write_text(json.dumps(data))
    assert "not as its commit has it: lab/m; was the lock file edited?" in site.call("lock", "--check").stderr


def test_what_the_hub_says_may_be_newer_than_the_catalog(site: Site) -> None:
    name = "mistralai/Mistral-7B-v0.1"
    site.hub.model(name, {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    site.manifest(f"id: {name}")
    site.lock()
    use = site.check()[1]
    assert use["assessment"]["verdict"] == "undetermined"
    assert "declared-differs-from-found" in kinds(use)


def test_a_folder_called_like_a_model_of_the_hub(site: Site) -> None:
    """It has a block of its own, is no model of the catalog, and no parent of the Hub's model."""
    folder = site.folder / "hall" / "root"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text(CARD)
    site.hub.model("hall/root", {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    site.hub.model("lab/m", {"README.md": "---\nlicense: mit\nbase_model: hall/root\n---\n"})
    site.manifest("id: lab/m", "path: hall/root")
    assert sorted(site.lock().models) == ["hall/root", "lab/m", "path:hall/root"]
    assert site.check()[1]["assessment"]["terms"] == ["mit", "cc-by-nc-4.0"]
    named = site.folder / "mistralai" / "Mistral-7B-v0.1"
    named.mkdir(parents=True)
    site.manifest("path: mistralai/Mistral-7B-v0.1")
    assert site.check()[1]["assessment"]["verdict"] == "undetermined"


def test_capitals_make_no_other_model(site: Site) -> None:
    site.hub.model("lab/m", {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n"})
    site.manifest("id: lab/m")
    site.lock()
    site.manifest("id: Lab/M")
    assert site.check()[1]["assessment"]["terms"] == ["cc-by-nc-4.0"]


def test_a_waiver_does_not_outlive_a_new_pin(site: Site) -> None:
    repository = site.hub.model("lab/m", {"README.md": CARD})
    old = repository.head
    new = repository.commit({"README.md": "---\nlicense: apache-2.0\n---\n"})
    waiver = "{model: LAB/m, finding: policy-denied, by: a@b.example, why: w, until: 2030-01-01, on: 2026-01-01}"
    text = f"{PROFILE}policy: {{deny: {{models: [Lab/m]}}}}\nwaivers:\n  - {waiver}\n"
    (site.folder / "profile.yaml").write_text(text, encoding="utf-8")
    site.manifest(f"id: lab/m, revision: {old}")
    site.lock()
    assert site.check()[0] == 0
    site.manifest(f"id: lab/m, revision: {new}")
    site.lock()
    code, use = site.check()
    assert (code, "waiver-lapsed" in kinds(use)) == (1, True)


def test_nothing_of_a_stranger_steers_the_terminal(site: Site) -> None:
    escape = "\x1b[2J\u202e"
    card = f"---\nlicense: mit\n---\nThis model{escape} is for non-commercial use only.\n"
    repository = site.hub.model("lab/m", {"README.md": card})
    site.manifest("id: lab/m")
    site.lock()
    repository.commit({"README.md": CARD, "NOTICE": f"No commercial use{escape} is allowed.\n"})
    outputs = [
        site.call("lock", "--check").stderr,
        site.call("check").stdout,
        site.call("check", "--format", "html").stdout,
    ]
    for output in outputs:
        assert "non-commercial use only" in output
        assert not set(output) & set(escape[:1] + escape[-1:])
