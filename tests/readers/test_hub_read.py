"""Files of a repository: at exactly one commit, whole, as the hub says they are, and never weights."""

import hashlib
from typing import Any

import huggingface_hub
import pytest

from license_audit.model.repository import Contents, Repository, Unavailable
from tests.loopback import Fault, LoopbackHub, Weights
from tests.loopback import Repository as Made
from tests.loopback.client import Time, ask

TERMS = b"Terms of a test, which are long enough to be cut in two.\n"
FRIEND = "hf_right"


@pytest.fixture
def made(loopback: LoopbackHub) -> Made:
    """A model with a license."""
    return loopback.model("acme/m1", {"README.md": "# A model", "LICENSE": TERMS, "w.safetensors": Weights("ab" * 32)})


def found(made: Made, *, files: tuple[str, ...] | None = None) -> Repository:
    return Repository(id=made.name, asked=made.name, commit=made.head, files=files)


def read(loopback: LoopbackHub, paused: Time, made: Made, limit: int = 1000) -> bytes | str:
    contents = ask(loopback.url, paused).read(found(made), ["LICENSE"], limit)
    assert len(contents.files) + len(contents.refused) == 1
    return contents.files.get("LICENSE") or contents.refused["LICENSE"]


def test_one_request_a_file_at_the_commit(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    hub = ask(loopback.url, paused)
    contents = hub.read(found(made), ["LICENSE", "README.md", "LICENSE"])
    assert contents == Contents({"LICENSE": TERMS, "README.md": b"# A model"})
    assert hub.requests == 2
    assert [request.path for request in loopback.requests] == [
        f"/acme/m1/resolve/{made.head}/LICENSE",
        f"/acme/m1/resolve/{made.head}/README.md",
    ]
    assert loopback.requests[0].headers["accept-encoding"] == "identity"


def test_a_file_that_is_not_there_is_in_neither_list(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    hub = ask(loopback.url, paused)
    assert hub.read(found(made), ["NOTICE"]) == Contents()
    assert hub.requests == 1
    assert hub.read(found(made, files=("LICENSE",)), ["NOTICE"]) == Contents()
    assert hub.requests == 1


def test_a_file_that_is_listed_and_not_there_is_refused(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    contents = ask(loopback.url, paused).read(found(made, files=("NOTICE",)), ["NOTICE"])
    assert contents.refused == {"NOTICE": "the Hub has no such file at this commit"}


@pytest.mark.parametrize(
    "name", ["w.safetensors", "a/W.BIN", "m.gguf", "m.pt", "m.pth", "m.onnx", "m.h5", "m.msgpack", "data.parquet"]
)
def test_weights_are_not_asked_for(loopback: LoopbackHub, paused: Time, made: Made, name: str) -> None:
    contents = ask(loopback.url, paused).read(found(made, files=(name,)), [name])
    assert contents.refused == {name: "holds weights or data by its name; none are downloaded"}
    assert not loopback.requests


@pytest.mark.parametrize("name", ["../../x/LICENSE", "./LICENSE", "/LICENSE", "a//LICENSE", "a/", "", "LI\nCENSE"])
def test_odd_names_are_not_asked_for(loopback: LoopbackHub, paused: Time, made: Made, name: str) -> None:
    contents = ask(loopback.url, paused).read(found(made, files=(name,)), [name])
    assert contents.refused == {name: "has a name that leads elsewhere or cannot be shown"}
    assert not loopback.requests


def test_names_are_sent_as_they_are(loopback: LoopbackHub, paused: Time) -> None:
    name = "sub/LICENSE 100%?#é.txt"
    made = loopback.model("m1", {name: TERMS})
    assert ask(loopback.url, paused).read(found(made), [name]).files == {name: TERMS}


def test_a_moved_repository_still_gives_the_old_files(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    hub = ask(loopback.url, paused)
    loopback.faults.append(Fault("/api/models/", then=lambda: None))
    before = hub.describe("acme/m1")
    assert isinstance(before, Repository)
    made.commit({"LICENSE": "other terms"})
    assert hub.read(before, ["LICENSE"]).files == {"LICENSE": TERMS}
    after = hub.describe("acme/m1")
    assert isinstance(after, Repository)
    assert after.commit != before.commit
    assert hub.read(after, ["LICENSE"]).files == {"LICENSE": b"other terms"}


def test_a_repository_that_moves_between_two_files_gives_both_of_one_commit(
    loopback: LoopbackHub, paused: Time, made: Made
) -> None:
    loopback.faults.append(Fault("/LICENSE", then=lambda: made.commit({"README.md": "# Another"})))
    contents = ask(loopback.url, paused).read(found(made), ["LICENSE", "README.md"])
    assert contents.files == {"LICENSE": TERMS, "README.md": b"# A model"}


def test_a_commit_that_is_gone_is_refused(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    before = found(made)
    made.commit({"LICENSE": "other terms"})
    made.forget(before.commit)
    contents = ask(loopback.url, paused).read(before, ["LICENSE"])
    assert contents.refused == {"LICENSE": "the Hub has no such revision of this repository"}


def test_a_file_above_the_limit_is_not_read(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    made.commit({"LICENSE": b"x" * 1000})
    assert read(loopback, paused, made) == b"x" * 1000
    made.commit({"LICENSE": b"x" * 1001})
    assert read(loopback, paused, made) == "is 1,001 bytes long; at most 1,000 are read"
    loopback.faults.append(Fault("LICENSE", is_chunked=True))
    assert read(loopback, paused, made) == "is longer than the 1,000 bytes that are read"
    assert not paused.waits


def test_a_huge_card_costs_no_more_than_its_start(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    made.commit({"README.md": b"#" * 50_000_000})
    loopback.faults.append(Fault("README", is_chunked=True))
    contents = ask(loopback.url, paused).read(found(made), ["README.md"])
    assert contents.refused == {"README.md": "is longer than the 4,000,000 bytes that are read"}


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"is_cut": True}, "the Hub's answer broke off"),
        ({"is_dropped": True}, "the Hub's answer broke off"),
        ({"headers": {"ETag": '"' + "0" * 40 + '"'}}, "the content is not what its ETag says"),
        ({"headers": {"ETag": '"' + "0" * 64 + '"'}}, "the content is not what its ETag says"),
        ({"body": b"terms that somebody put in between"}, "the content is not what its ETag says"),
        ({"headers": {"X-Repo-Commit": "f" * 40}}, "the Hub answers with a file of another commit"),
        ({"headers": {"X-Linked-Size": "7"}}, "the file came with another length than the Hub names"),
    ],
)
def test_a_wrong_file_is_asked_for_again_and_then_refused(
    loopback: LoopbackHub, paused: Time, made: Made, changed: dict[str, Any], reason: str
) -> None:
    loopback.faults.append(Fault("LICENSE", times=3, **changed))
    assert read(loopback, paused, made) == TERMS
    assert paused.waits == [1, 2, 4]
    loopback.faults.append(Fault("LICENSE", times=4, **changed))
    assert read(loopback, paused, made) == reason
    assert len(loopback.requests) == 8
    assert paused.notes[0] == f"asking again in 1 s: {reason}"


@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": None},
        {"ETag": 'W/"' + "0" * 40 + '"'},
        {"ETag": '"00112233445566778899aabbccddeeff"'},
        {"ETag": f'"{hashlib.sha256(TERMS).hexdigest()}"'},
        {"X-Repo-Commit": None},
        {"X-Linked-Size": "many"},
    ],
)
def test_headers_that_say_nothing_or_agree_are_fine(
    loopback: LoopbackHub, paused: Time, made: Made, headers: dict[str, str | None]
) -> None:
    loopback.faults.append(Fault("LICENSE", headers=headers))
    assert read(loopback, paused, made) == TERMS
    assert len(loopback.requests) == 1


def test_another_host_gives_the_file_and_never_sees_the_token(loopback: LoopbackHub, paused: Time) -> None:
    with LoopbackHub() as other:
        digest = hashlib.sha256(TERMS).hexdigest()
        made = loopback.model(
            "acme/m1", {"LICENSE": TERMS}, gated="auto", token=FRIEND, elsewhere={"LICENSE": other.url}
        )
        other.blobs[f"/blobs/{digest}"] = TERMS
        hub = ask(loopback.url, paused, token=FRIEND)
        assert hub.read(found(made), ["LICENSE"]).files == {"LICENSE": TERMS}
        assert hub.requests == 2
        assert loopback.requests[0].headers["authorization"] == f"Bearer {FRIEND}"
        assert [request.path for request in other.requests] == [f"/blobs/{digest}"]
        assert "authorization" not in other.requests[0].headers

        other.faults.append(Fault("/blobs/", headers={"ETag": '"' + "0" * 40 + '"'}))
        assert hub.read(found(made), ["LICENSE"]).files == {"LICENSE": TERMS}, "its own ETag may be made in any way"

        other.blobs[f"/blobs/{digest}"] = TERMS.replace(b"two", b"six")
        assert hub.read(found(made), ["LICENSE"]).refused == {"LICENSE": "the content is not what its ETag says"}
        huggingface_hub.close_session()


def test_after_a_hub_that_does_not_answer_no_further_file_is_asked_for(
    loopback: LoopbackHub, paused: Time, made: Made
) -> None:
    loopback.faults.append(Fault("LICENSE", times=9, status=503))
    hub = ask(loopback.url, paused)
    reason = "the Hub answers with status 503"
    assert hub.read(found(made), ["LICENSE", "README.md"]).refused == {"LICENSE": reason, "README.md": reason}
    assert hub.requests == 4


def test_a_refused_file_does_not_keep_others_back(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    loopback.faults.append(Fault("LICENSE", times=9, status=403))
    contents = ask(loopback.url, paused).read(found(made), ["LICENSE", "README.md"])
    assert set(contents.files) == {"README.md"}
    assert set(contents.refused) == {"LICENSE"}


def test_a_gone_repository_says_so(loopback: LoopbackHub, paused: Time, made: Made) -> None:
    before = found(made)
    loopback.repositories.clear()
    hub = ask(loopback.url, paused)
    assert "no such repository" in hub.read(before, ["LICENSE"]).refused["LICENSE"]
    assert isinstance(hub.describe("acme/m1"), Unavailable)
