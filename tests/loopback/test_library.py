"""The loopback hub answers huggingface_hub itself, and in processes of their own."""

import subprocess
import sys
import time
from pathlib import Path

import huggingface_hub
import pytest
from huggingface_hub import HfApi, hf_hub_download
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    RemoteEntryNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from tests.conftest import ROOT
from tests.loopback import Fault, LoopbackHub
from tests.loopback.generated import generate, model_id

READER = """
import time
from license_audit.readers.hub import Hub

hub = Hub(wait=time.sleep, clock=time.monotonic, told=print)
found = hub.describe("acme/m1")
files = hub.read(found, ["LICENSE"]).files
print(found.id, found.commit, files["LICENSE"].decode(), hub.requests)
"""


def run(script: str, endpoint: str, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """A script in a process that knows the hub from its environment."""
    environment = {"HF_ENDPOINT": endpoint, "HF_HOME": str(home), "PYTHONPATH": str(ROOT), **more}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env=environment, check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def test_the_environment_names_the_hub_and_the_token(loopback: LoopbackHub, tmp_path: Path) -> None:
    made = loopback.model("acme/m1", {"LICENSE": "terms"}, gated="auto", token="hf_secret")  # noqa: S106
    loopback.faults.append(Fault("/", times=9, headers={"X-HF-Warning": "topic; a warning of the server"}))
    done = run(READER, loopback.url, tmp_path, HF_TOKEN="hf_secret")  # noqa: S106
    assert (done.stdout, done.stderr) == (f"acme/m1 {made.head} terms 2\n", "")
    assert [request.headers["authorization"] for request in loopback.requests] == ["Bearer hf_secret"] * 2
    assert not any("agent" in request.headers["user-agent"] for request in loopback.requests)
    assert not list(tmp_path.iterdir())


def test_a_hub_that_hangs_on_the_list_of_programs_does_no_harm(loopback: LoopbackHub, tmp_path: Path) -> None:
    loopback.model("acme/m1", {"LICENSE": "terms"})
    loopback.faults.append(Fault("/api/agent-harnesses", times=9, delay=30))
    start = time.monotonic()
    assert run(READER, loopback.url, tmp_path).stdout.endswith(" terms 2\n")
    assert time.monotonic() - start < 10
    assert not [request.path for request in loopback.requests if "agent" in request.path]


def test_offline_no_request_is_made(loopback: LoopbackHub, tmp_path: Path) -> None:
    script = READER.replace('files = hub.read(found, ["LICENSE"]).files', "print(found.kind, hub.requests); exit()")
    assert run(script, loopback.url, tmp_path, HF_HUB_OFFLINE="1").stdout == "offline 0\n"
    assert not loopback.requests


def test_the_library_downloads(loopback: LoopbackHub, tmp_path: Path) -> None:
    made = loopback.model("acme/m1", {"LICENSE": "terms"})
    path = hf_hub_download("acme/m1", "LICENSE", endpoint=loopback.url, cache_dir=tmp_path, token=False)
    assert Path(path).read_text() == "terms"
    assert Path(path).parent.name == made.head
    api = HfApi(endpoint=loopback.url, token=False)
    assert [entry.path for entry in api.list_repo_tree("acme/m1")] == ["LICENSE"]
    assert [entry.path for entry in api.get_paths_info("acme/m1", ["LICENSE", "NOTICE"])] == ["LICENSE"]


def test_expand_gives_what_is_asked_for(loopback: LoopbackHub) -> None:
    loopback.model("acme/m1", {"README.md": "---\nlicense: mit\n---\n"})
    api = HfApi(endpoint=loopback.url, token=False)
    info = api.model_info("acme/m1", revision="main", expand=["sha", "siblings", "cardData"])
    assert info.siblings is not None
    assert [sibling.rfilename for sibling in info.siblings] == ["README.md"]
    assert info.card_data is not None
    assert (info.card_data.license, info.tags) == ("mit", None)


def test_the_library_tells_errors_apart(loopback: LoopbackHub, tmp_path: Path) -> None:
    loopback.model("acme/gated", {"LICENSE": "terms"}, gated="auto")
    loopback.model("acme/disabled", {"LICENSE": "terms"}, disabled=True)
    loopback.model("acme/m1", {"LICENSE": "terms"})
    api = HfApi(endpoint=loopback.url, token=False)
    with pytest.raises(DisabledRepoError):
        api.model_info("acme/disabled")
    with pytest.raises(RepositoryNotFoundError):
        api.model_info("acme/never")
    with pytest.raises(RevisionNotFoundError):
        api.model_info("acme/m1", revision="v9")
    with pytest.raises(GatedRepoError):
        api.hf_hub_download("acme/gated", "LICENSE", cache_dir=tmp_path)
    with pytest.raises(RemoteEntryNotFoundError):
        api.hf_hub_download("acme/m1", "NOTICE", cache_dir=tmp_path)


def test_many_models_are_served_by_a_process_of_their_own() -> None:
    command = [sys.executable, "-m", "tests.loopback", "--models", "60", "--delay", "1", "--quota", "2/300"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            api = HfApi(endpoint=url, token=False)
            assert api.model_info(model_id(59)).id == "lab-1/model-59"
            assert api.model_info(model_id(0)).id == "lab-0/model-0"
            with pytest.raises(huggingface_hub.errors.HfHubHTTPError, match="429"):
                api.model_info(model_id(1))
        finally:
            huggingface_hub.close_session()
            process.stdin.close()
        assert process.stdout.read() == "3\n"


def test_generated_models_are_the_same_every_time(loopback: LoopbackHub) -> None:
    assert generate(loopback, 5) == [f"lab-0/model-{number}" for number in range(5)]
    root, child = (loopback.repositories["model", f"lab-0/model-{number}"] for number in (0, 2))
    assert root.describe(root.commits[0], with_blobs=False)["tags"] == ["license:apache-2.0"]
    assert "base_model:quantized:lab-0/model-0" in child.describe(child.commits[0], with_blobs=False)["tags"]
