"""The reader of a hub, on repositories that are as they should be, and on those that are not."""

from typing import Any

import pytest
from huggingface_hub import HfApi, constants

from license_audit.model.repository import Repository, Unavailable
from tests.loopback import Fault, LoopbackHub, Weights
from tests.loopback.client import Time, ask

CARD = """---
license: other
license_name: acme-terms
license_link: LICENSE
base_model: acme/root
base_model_relation: quantized
datasets: [acme/talk, acme/code]
tags: [chat]
---
# A model
"""
DIGEST = "ab" * 32
FRIEND = "hf_right"
SEEN_NOWHERE = "hf_never_to_be_seen"


def only(answer: Repository | Unavailable) -> Repository:
    assert isinstance(answer, Repository), answer
    return answer


def why(answer: Repository | Unavailable) -> tuple[str, str]:
    assert isinstance(answer, Unavailable), answer
    return answer.kind, answer.reason


def test_one_request_tells_everything_of_a_model(loopback: LoopbackHub, paused: Time) -> None:
    files = {"README.md": CARD, "LICENSE": "terms"}
    made = loopback.model("acme/m1", {**files, "model.safetensors": Weights(DIGEST)}, gated="auto")
    hub = ask(loopback.url, paused)

    assert hub.describe("acme/m1") == Repository(
        id="acme/m1",
        asked="acme/m1",
        commit=made.head,
        gate="auto",
        files=("LICENSE", "README.md", "model.safetensors"),
        licenses=("other",),
        license_name="acme-terms",
        license_link="LICENSE",
        base=(("acme/root", "quantized"),),
        datasets=("acme/talk", "acme/code"),
        tags=(
            "chat",
            "base_model:acme/root",
            "base_model:quantized:acme/root",
            "dataset:acme/talk",
            "dataset:acme/code",
            "license:other",
        ),
        weights=(DIGEST,),
    )
    assert hub.requests == 1
    assert [(request.method, request.path) for request in loopback.requests] == [
        ("GET", "/api/models/acme/m1?blobs=true")
    ]


def test_a_data_set_is_described(loopback: LoopbackHub, paused: Time) -> None:
    made = loopback.dataset("acme/talk", {"README.md": "---\nlicense: cc-by-nc-4.0\n---\n", "LICENSE": "terms"})
    hub = ask(loopback.url, paused)
    found = only(hub.describe_dataset("acme/talk"))
    assert (found.commit, found.licenses, found.files) == (made.head, ("cc-by-nc-4.0",), ("LICENSE", "README.md"))
    assert found.gate == "none"
    assert why(hub.describe("acme/talk"))[0] == "gone"


def test_the_library_itself_reads_the_same(loopback: LoopbackHub, paused: Time) -> None:
    loopback.model("acme/m1", {"README.md": CARD, "w.gguf": Weights(DIGEST)}, gated="manual")
    theirs = HfApi(endpoint=loopback.url, token=False).model_info("acme/m1", files_metadata=True)
    ours = only(ask(loopback.url, paused).describe("acme/m1"))
    assert (ours.id, ours.commit, ours.gate) == (theirs.id, theirs.sha, theirs.gated)
    assert theirs.siblings is not None
    assert ours.files == tuple(sorted(sibling.rfilename for sibling in theirs.siblings))
    assert ours.weights == tuple(sibling.lfs.sha256 for sibling in theirs.siblings if sibling.lfs)
    assert ours.tags == tuple(theirs.tags or ())
    assert theirs.card_data is not None
    assert ours.licenses == (theirs.card_data.license,)
    assert vars(theirs)["base_models"] == {"relation": "quantized", "models": [{"_id": "0", "id": "acme/root"}]}


def test_a_revision_is_the_commit_it_means(loopback: LoopbackHub, paused: Time) -> None:
    made = loopback.model("m1", {"LICENSE": "old"})
    old, new = made.head, made.commit({"LICENSE": "new"})
    hub = ask(loopback.url, paused)
    assert only(hub.describe("m1", old)).commit == old
    assert only(hub.describe("m1", "main")).commit == new
    assert why(hub.describe("m1", "no/such")) == ("no-revision", "the Hub has no such revision of this repository")
    assert loopback.requests[-1].path == "/api/models/m1/revision/no%2Fsuch?blobs=true"


def test_an_answer_for_another_commit_is_refused(loopback: LoopbackHub, paused: Time) -> None:
    made = loopback.model("m1", {}, more={"sha": "f" * 40})
    kind, reason = why(ask(loopback.url, paused).describe("m1", made.head))
    assert (kind, reason) == ("refused", "the Hub answers for another commit")


def test_a_renamed_repository_says_its_new_name(loopback: LoopbackHub, paused: Time) -> None:
    loopback.model("new/name", {"LICENSE": "terms"})
    loopback.renamed["old/name"] = "new/name"
    hub = ask(loopback.url, paused)
    found = only(hub.describe("old/name"))
    assert (found.asked, found.id) == ("old/name", "new/name")
    assert hub.requests == 2
    assert hub.read(found, ["LICENSE"]).files == {"LICENSE": b"terms"}
    assert hub.requests == 3


def test_gone_private_and_hidden_look_the_same_without_a_token(loopback: LoopbackHub, paused: Time) -> None:
    loopback.model("acme/secret", {}, private=True, token=FRIEND)
    anonymous, stranger, friend = (ask(loopback.url, paused, token=token) for token in (False, "hf_wrong", FRIEND))
    for name in ("acme/secret", "acme/never"):
        kind, reason = why(anonymous.describe(name))
        assert kind == "gone"
        assert "without a token" in reason
        assert why(stranger.describe(name)) == ("gone", "the Hub has no such repository, or hides it from this token")
    assert only(friend.describe("acme/secret")).id == "acme/secret"


def test_files_behind_a_gate_need_the_token(loopback: LoopbackHub, paused: Time) -> None:
    loopback.model("acme/m1", {"LICENSE": "terms"}, gated="manual", token=FRIEND)
    anonymous, friend = ask(loopback.url, paused), ask(loopback.url, paused, token=FRIEND)
    found = only(anonymous.describe("acme/m1"))
    assert found.gate == "manual"
    refused = anonymous.read(found, ["LICENSE"]).refused
    assert refused == {"LICENSE": "the Hub hands this repository out only to those it has let in"}
    assert friend.read(found, ["LICENSE"]).files == {"LICENSE": b"terms"}
    loopback.faults.append(Fault("/api/", status=403, headers={"X-Error-Code": "GatedRepo"}))
    assert why(anonymous.describe("acme/m1"))[0] == "gated"


def test_a_disabled_repository_is_told_apart(loopback: LoopbackHub, paused: Time) -> None:
    made = loopback.model("acme/m1", {}, disabled=True)
    assert why(ask(loopback.url, paused).describe("acme/m1"))[0] == "disabled"
    made.disabled, made.more = False, {"disabled": True}
    assert only(ask(loopback.url, paused).describe("acme/m1")).is_disabled


@pytest.mark.parametrize("name", ["", "a/b/c", "../etc", "a b", "-x"])
def test_what_is_no_id_is_not_asked_for(loopback: LoopbackHub, paused: Time, name: str) -> None:
    assert why(ask(loopback.url, paused).describe(name))[0] == "refused"
    assert not loopback.requests


def test_offline_nothing_is_asked(loopback: LoopbackHub, paused: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    loopback.model("m1", {"LICENSE": "terms", "NOTICE": "notice"})
    hub = ask(loopback.url, paused)
    found = only(hub.describe("m1"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    kind, reason = why(hub.describe("m1"))
    assert kind == "offline"
    assert hub.read(found, ["LICENSE", "NOTICE"]).refused == {"LICENSE": reason, "NOTICE": reason}
    assert (hub.requests, len(loopback.requests), paused.waits) == (1, 1, [])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"body": b"<html>Log in</html>"}, "the Hub's answer is not JSON"),
        ({"body": b"\xff"}, "the Hub's answer is not JSON"),
        ({"body": b"[" * 100_000}, "the Hub's answer is not JSON"),
        ({"body": b"[]"}, "the Hub's answer names no repository"),
        ({"body": b'{"sha": "x"}'}, "the Hub's answer names no repository"),
        ({"body": b'{"id": "m1"}'}, "the Hub's answer names no commit"),
        ({"body": b'{"id": "m1", "sha": "abc"}'}, "the Hub's answer names no commit"),
        ({"status": 304}, "the Hub answers with status 304"),
        ({"status": 400}, "the Hub answers with status 400, and does not say why"),
        ({"status": 404}, "the Hub answers with status 404, and does not say why"),
        ({"status": 401}, "the Hub refuses access, with status 401"),
        ({"status": 403}, "the Hub refuses access, with status 403"),
        (
            {"status": 401, "headers": {"X-Error-Message": "Invalid credentials in Authorization header"}},
            "the Hub does not know this token",
        ),
        ({"status": 404, "headers": {"X-Error-Code": "EntryNotFound"}}, "the Hub has no such file at this commit"),
        (
            {"headers": {"Content-Encoding": "gzip"}},
            "the Hub cannot be asked at this address, or what it sends cannot be read",
        ),
    ],
)
def test_a_bad_answer_is_refused_at_once(
    loopback: LoopbackHub, paused: Time, changed: dict[str, Any], reason: str
) -> None:
    loopback.model("m1", {})
    loopback.faults.append(Fault("/api/models/", times=9, **changed))
    hub = ask(loopback.url, paused)
    assert why(hub.describe("m1")) == ("refused", reason)
    assert (hub.requests, paused.waits) == (1, [])


def test_a_circle_of_redirects_ends(loopback: LoopbackHub, paused: Time) -> None:
    loopback.renamed["acme/round"] = "acme/round"
    assert why(ask(loopback.url, paused).describe("acme/round"))[0] == "refused"


@pytest.mark.parametrize("endpoint", ["", "hub.example", "ftp://hub.example", "/srv/hub"])
def test_an_endpoint_is_an_address(paused: Time, endpoint: str) -> None:
    with pytest.raises(ValueError, match="begins with https://"):
        ask(endpoint, paused)


@pytest.mark.parametrize("number", ["workers", "attempts"])
def test_somebody_asks_at_least_once(paused: Time, number: str) -> None:
    with pytest.raises(ValueError, match="at least one"):
        ask("http://127.0.0.1:1", paused, **{number: 0})


@pytest.mark.parametrize("endpoint", ["http://[::1", "http://hub.example:port"])
def test_an_address_that_cannot_be_is_refused(paused: Time, endpoint: str) -> None:
    assert why(ask(endpoint, paused).describe("m1"))[0] == "refused"


def test_the_librarys_own_endpoint_counts_without_another(
    loopback: LoopbackHub, paused: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    loopback.model("m1", {"LICENSE": "terms"})
    hub = ask(None, paused, attempts=1)
    assert why(hub.describe("m1"))[0] == "unreachable"
    monkeypatch.setattr(constants, "ENDPOINT", loopback.url)
    assert only(hub.describe("m1")).id == "m1"


def test_a_slash_at_the_end_of_the_endpoint_is_none_too_many(loopback: LoopbackHub, paused: Time) -> None:
    loopback.model("m1", {"LICENSE": "terms"})
    hub = ask(f"{loopback.url}/", paused)
    assert hub.read(only(hub.describe("m1")), ["LICENSE"]).files == {"LICENSE": b"terms"}


def test_a_token_that_must_be_stored_and_is_not(loopback: LoopbackHub, paused: Time) -> None:
    reason = "a token is to be used, and none is to be had"
    assert why(ask(loopback.url, paused, token=True).describe("m1")) == ("refused", reason)
    assert not loopback.requests


@pytest.mark.parametrize("token", ["hf_with\nbreak", "hf_\u00e9", "hf_\x00"])
def test_a_token_that_cannot_be_sent_is_not_shown(loopback: LoopbackHub, paused: Time, token: str) -> None:
    reason = "the token holds characters that no token holds"
    assert why(ask(loopback.url, paused, token=token).describe("m1")) == ("refused", reason)
    assert not loopback.requests


def test_no_token_is_in_what_is_told(loopback: LoopbackHub, paused: Time, capfd: pytest.CaptureFixture[str]) -> None:
    token = SEEN_NOWHERE
    loopback.model("m1", {"LICENSE": "terms"})
    hub = ask(loopback.url, paused, token=token)
    found = only(hub.describe("m1"))
    said = [repr(hub), repr(found)]
    for fault in (
        {"status": 401},
        {"status": 403, "headers": {"X-Error-Message": token}},
        {"status": 429, "headers": {"Retry-After": "5"}},
        {"status": 500},
        {"body": token.encode()},
        {"headers": {"X-HF-Warning": f"topic; {token}"}},
        {"is_dropped": True},
    ):
        loopback.faults[:] = [Fault("/", times=9, **fault)]
        said += [repr(hub.describe("m1")), repr(hub.read(found, ["LICENSE"]).refused)]
    assert all(request.headers["authorization"] == f"Bearer {token}" for request in loopback.requests)
    assert token not in "".join([*said, *paused.notes])
    assert loopback.url.removeprefix("http://") not in "".join([*said, *paused.notes])
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", ["lab/" + "m" * 120, "lab/a\x1b", "..", "a/b/c", ""])
def test_an_answer_for_a_repository_that_cannot_be_one(loopback: LoopbackHub, paused: Time, name: str) -> None:
    loopback.model("acme/m1", {"README.md": CARD}, more={"id": name})
    kind, reason = why(ask(loopback.url, paused).describe("acme/m1"))
    assert (kind, reason) == ("refused", "the Hub's answer names a repository that cannot be one")


def test_a_proxy_that_cannot_be_used(loopback: LoopbackHub, paused: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ImportError

    monkeypatch.setattr("huggingface_hub.get_session", fail)
    kind, reason = why(ask(loopback.url, paused).describe("acme/m1"))
    assert (kind, "proxy" in reason) == ("refused", True)
