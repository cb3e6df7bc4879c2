"""Waiting: for a quota, for a hub that is down or slow; never for ever, and never twice for the same thing."""

import json
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from typing import Any

import httpx2
import huggingface_hub
import pytest

from license_audit.model.repository import Repository, Unavailable
from tests.loopback import Fault, LoopbackHub, Window
from tests.loopback.client import Time, ask
from tests.loopback.generated import generate

NOON = 1_700_000_000
SHA = "a" * 40


def kind(answer: Repository | Unavailable) -> str:
    return answer.kind if isinstance(answer, Unavailable) else "found"


@pytest.mark.parametrize(
    ("status", "headers", "seconds", "note"),
    [
        (429, {"RateLimit": '"api";r=0;t=55'}, 56, "waiting 56 s for the Hub's quota"),
        (429, {"RateLimit": '"api";r=0;t=55', "Retry-After": "7"}, 56, "waiting 56 s for the Hub's quota"),
        (429, {"RateLimit": '"api";r=99;t=55', "Retry-After": "7"}, 8, "waiting 8 s for the Hub's quota"),
        (429, {"Retry-After": "7"}, 8, "waiting 8 s for the Hub's quota"),
        (503, {"Retry-After": "7"}, 8, "waiting 8 s for the Hub's quota"),
        (429, {"Date": formatdate(NOON, usegmt=True), "Retry-After": formatdate(NOON + 9, usegmt=True)}, 10, ""),
        (429, {"Date": formatdate(NOON, usegmt=True), "Retry-After": formatdate(NOON + 9)}, 10, ""),
        (429, {"Date": formatdate(NOON, usegmt=True), "Retry-After": formatdate(NOON - 9, usegmt=True)}, 1, ""),
        (429, {"Date": None, "Retry-After": formatdate(NOON, usegmt=True)}, 1, "asking again in 1 s"),
        (429, {"Retry-After": "soon"}, 1, "asking again in 1 s: the Hub answers with status 429"),
        (429, {"Retry-After": "Wed, 99 Oct 2025 99:99:99 GMT"}, 1, "asking again in 1 s"),
        (429, {"RateLimit": "nonsense"}, 1, "asking again in 1 s"),
        (429, {"RateLimit": '"api";r=0;t=' + "9" * 5000}, 1, "asking again in 1 s"),
        (429, {}, 1, "asking again in 1 s: the Hub answers with status 429"),
        (408, {}, 1, "asking again in 1 s: the Hub answers with status 408"),
        (500, {}, 1, "asking again in 1 s: the Hub answers with status 500"),
        (502, {}, 1, "asking again in 1 s: the Hub answers with status 502"),
        (503, {}, 1, "asking again in 1 s: the Hub answers with status 503"),
    ],
)
def test_after_a_wait_the_answer_comes(
    loopback: LoopbackHub, paused: Time, status: int, headers: dict[str, str | None], seconds: float, note: str
) -> None:
    loopback.model("m1", {})
    loopback.faults.append(Fault("/api/models/", status=status, headers=headers))
    hub = ask(loopback.url, paused)
    assert kind(hub.describe("m1")) == "found"
    assert (paused.waits, hub.requests) == ([seconds], 2)
    assert len(paused.notes) == 1
    assert paused.notes[0].startswith(note)


@pytest.mark.parametrize("changed", [{"status": 500}, {"status": 429}, {"is_dropped": True}, {"is_cut": True}])
def test_in_the_end_the_hub_is_unreachable(loopback: LoopbackHub, paused: Time, changed: dict[str, Any]) -> None:
    loopback.model("m1", {})
    loopback.faults.append(Fault("/api/models/", times=99, **changed))
    hub = ask(loopback.url, paused)
    assert kind(hub.describe("m1")) == "unreachable"
    assert (paused.waits, hub.requests) == ([1, 2, 4], 4)


def test_nobody_listens(paused: Time) -> None:
    with LoopbackHub() as hub:
        address = hub.url
    hub.server_close()
    answer = ask(address, paused, attempts=2).describe("m1")
    assert answer == Unavailable("there is no connection to the Hub", "unreachable")
    assert paused.waits == [1]


def test_a_slow_hub_is_not_waited_for(loopback: LoopbackHub, paused: Time) -> None:
    loopback.model("m1", {})
    loopback.faults.append(Fault("/api/models/", times=99, delay=5))
    answer = ask(loopback.url, paused, timeout=0.05, attempts=2).describe("m1")
    assert answer == Unavailable("the Hub did not answer in time", "unreachable")
    assert len(loopback.requests) == 2


def test_an_answer_that_trickles_is_given_up(loopback: LoopbackHub, paused: Time) -> None:
    loopback.model("m1", {})

    def hurried() -> float:
        paused.now += 100
        return paused.now

    hub = ask(loopback.url, paused, attempts=1, patience=50.0)
    hub._transport._clock = hurried
    assert hub.describe("m1") == Unavailable("the Hub took too long to answer", "unreachable")
    loopback.faults.append(Fault("/api/models/", status=403))
    assert kind(hub.describe("m1")) == "refused"


@pytest.mark.parametrize("changed", [{"body": b"x" * 1_000_000}, {"is_cut": True}])
def test_the_body_of_an_error_does_not_matter(loopback: LoopbackHub, paused: Time, changed: dict[str, Any]) -> None:
    loopback.faults.append(Fault("/api/models/", status=404, headers={"X-Error-Code": "RepoNotFound"}, **changed))
    assert kind(ask(loopback.url, paused).describe("m1")) == "gone"
    assert not paused.waits


@pytest.mark.parametrize("headers", [{"Retry-After": "100000"}, {"RateLimit": '"api";r=0;t=100000'}])
def test_a_wait_that_is_too_long_is_named_and_not_waited(
    loopback: LoopbackHub, paused: Time, headers: dict[str, str | None]
) -> None:
    made = loopback.model("m1", {"LICENSE": "terms"})
    loopback.faults.append(Fault("/api/models/", status=429, headers=headers))
    hub = ask(loopback.url, paused)
    expected = Unavailable("the Hub asks to wait 100,000 s, which is too long", "unreachable")
    assert hub.describe("m1") == expected
    # Nobody knocks again meanwhile. Files have a quota of their own.
    assert hub.describe("m1") == expected
    assert (hub.requests, paused.waits) == (1, [])
    found = Repository(id="m1", asked="m1", commit=made.head)
    assert hub.read(found, ["LICENSE"]).files == {"LICENSE": b"terms"}


@pytest.mark.parametrize("digits", [10, 20_000])
def test_no_number_is_too_large(loopback: LoopbackHub, paused: Time, digits: int) -> None:
    loopback.faults.append(Fault("/api/models/", status=429, headers={"Retry-After": "9" * digits}))
    answer = ask(loopback.url, paused).describe("m1")
    assert answer == Unavailable("the Hub asks to wait 1,000,000,000 s, which is too long", "unreachable")


def test_when_one_thread_learns_of_the_quota_all_wait(loopback: LoopbackHub, paused: Time) -> None:
    generate(loopback, 8)
    hub = ask(loopback.url, paused)
    loopback.faults.append(Fault("/api/models/lab-0/model-0", headers={"RateLimit": '"api";r=0;t=200'}))
    assert kind(hub.describe("lab-0/model-0")) == "found"
    assert not paused.waits
    start = threading.Barrier(4)

    def described(number: int) -> str:
        start.wait(5)
        return kind(hub.describe(f"lab-0/model-{number}"))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(described, range(1, 5))) == ["found"] * 4
    assert paused.waits
    assert set(paused.waits) == {201}
    assert paused.notes == ["waiting 201 s for the Hub's quota"]
    assert len(loopback.requests) == 5


@pytest.mark.parametrize("workers", [1, 3, 8])
def test_a_known_quota_is_never_overdrawn(paused: Time, workers: int) -> None:
    with LoopbackHub(quota=Window(20, 300, paused.clock)) as loopback:
        names = generate(loopback, 100)
        hub = ask(loopback.url, paused, workers=workers)
        with ThreadPoolExecutor(workers) as pool:
            assert {kind(answer) for answer in pool.map(hub.describe, names)} == {"found"}
        # A request that was turned away would have been sent again.
        assert len(loopback.requests) == hub.requests == 100
        assert len(paused.waits) >= 4
        if workers == 1:
            assert paused.waits == [301] * 4
            assert paused.notes == ["waiting 301 s for the Hub's quota"] * 4
    huggingface_hub.close_session()


Handler = Callable[[httpx2.Request], httpx2.Response]


@pytest.fixture
def answered() -> Iterator[Callable[[Handler], None]]:
    """Lets a function answer in place of a loopback, for what no loopback can be made to do."""

    def install(handler: Handler) -> None:
        huggingface_hub.set_client_factory(lambda: httpx2.Client(transport=httpx2.MockTransport(handler)))

    yield install
    huggingface_hub.set_client_factory(lambda: httpx2.Client(follow_redirects=True))


def test_less_than_the_named_length_is_no_answer(paused: Time, answered: Callable[[Handler], None]) -> None:
    body = json.dumps({"id": "m1", "sha": SHA}).encode()
    answered(lambda _: httpx2.Response(200, content=body, headers={"Content-Length": str(len(body) + 1)}))
    hub = ask("http://hub.example", paused, attempts=1)
    assert hub.describe("m1") == Unavailable("the Hub's answer broke off", "unreachable")


def test_an_error_of_the_system_is_no_crash(paused: Time, answered: Callable[[Handler], None]) -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise PermissionError

    answered(fail)
    assert kind(ask("http://hub.example", paused, attempts=1).describe("m1")) == "unreachable"


def test_a_bare_401_of_the_public_hub_means_gone(paused: Time, answered: Callable[[Handler], None]) -> None:
    answered(lambda _: httpx2.Response(401))
    assert kind(ask("https://hub.example", paused).describe("m1")) == "gone"
