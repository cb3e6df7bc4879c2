"""The reader through a mirror as organizations run it: reader, olah, loopback hub."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from license_audit.model.repository import Repository, Unavailable
from tests.loopback import LoopbackHub, Weights
from tests.loopback.client import Time, ask

OLAH = os.environ.get("OLAH", "")
"""The command olah-cli, installed from requirements.txt beside this file into an environment of its own."""
START = 60.0
"""Seconds after which the mirror must answer."""
CARD = "---\nlicense: other\nlicense_name: acme-terms\nbase_model: acme/root\n---\n# A model\n"
pytestmark = pytest.mark.skipif(not OLAH, reason="the environment variable OLAH does not name olah-cli")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        port: int = one.getsockname()[1]
        return port


def is_listening(port: int) -> bool:
    with socket.socket() as one:
        one.settimeout(1)
        return one.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def mirror(loopback: LoopbackHub, tmp_path: Path) -> Iterator[str]:
    """Address of a mirror in front of the loopback hub. It ends with the test."""
    port = free_port()
    options = {"host": "127.0.0.1", "port": port, "repos-path": tmp_path / "repos", "log-path": tmp_path / "logs"}
    for side, place in (("hf", f"127.0.0.1:{loopback.server_port}"), ("mirror", f"127.0.0.1:{port}")):
        options |= {f"{side}-scheme": "http", f"{side}-netloc": place, f"{side}-lfs-netloc": place}
    command = [OLAH, *(f"--{name}={value}" for name, value in options.items())]
    # It finds nobody else, whatever it is made to ask.
    environment = {**os.environ, "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    with (
        (tmp_path / "olah.txt").open("wb") as log,
        subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        ) as process,
    ):
        try:
            end = time.monotonic() + START
            while not is_listening(port):
                assert process.poll() is None, (tmp_path / "olah.txt").read_text()
                assert time.monotonic() < end, "the mirror does not answer"
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


def test_a_model_through_a_mirror(loopback: LoopbackHub, mirror: str, paused: Time) -> None:
    files = {"README.md": CARD, "LICENSE": "Terms of a test.\n"}
    made = loopback.model("acme/m1", {**files, "model.safetensors": Weights("ab" * 32)})
    direct, through = ask(loopback.url, paused), ask(mirror, paused, timeout=20.0)

    found = through.describe("acme/m1")
    assert isinstance(found, Repository), found
    seen = direct.describe("acme/m1")
    assert isinstance(seen, Repository), seen
    assert seen.weights == ("ab" * 32,)
    # The mirror passes the question on without its parameters, so nothing is heard of the digests of weights.
    assert found == replace(seen, weights=())
    contents = through.read(found, [*files, "model.safetensors"])
    assert contents.files == {name: text.encode() for name, text in files.items()}
    assert set(contents.refused) == {"model.safetensors"}

    old = found.commit
    made.commit({"LICENSE": "Other terms.\n"})
    again = through.describe("acme/m1", old)
    assert isinstance(again, Repository), again
    assert again.commit == old
    assert through.read(again, ["LICENSE"]).files == {"LICENSE": b"Terms of a test.\n"}


def test_unknown_models_and_files_through_a_mirror(loopback: LoopbackHub, mirror: str, paused: Time) -> None:
    loopback.model("acme/m1", {"README.md": CARD})
    through = ask(mirror, paused, timeout=20.0)
    gone = through.describe("acme/never")
    assert isinstance(gone, Unavailable), gone
    assert gone.kind == "gone"
    found = through.describe("acme/m1")
    assert isinstance(found, Repository), found
    unlisted = Repository(id=found.id, asked=found.id, commit=found.commit)
    assert through.read(unlisted, ["LICENSE"]).files == {}
    assert through.read(unlisted, ["LICENSE"]).refused == {}
