"""Looking at repositories: what is asked, what is kept, and what is looked at offline."""

from pathlib import Path

import pytest

from license_audit.model.repository import Contents, Look, Repository, Unavailable
from license_audit.readers.lookers import GUESSED, HubLooker, OfflineLooker, files_of
from license_audit.readers.store import Described, Store
from tests.loopback import Fault, LoopbackHub
from tests.loopback.client import Time, ask

CARD = "---\nlicense: mit\n---\n"
REPOSITORY = Repository("x/y", "x/y", "1" * 40, "none", ("README.md",), ("mit",))
CONTENTS = Contents({"README.md": CARD.encode()})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """An empty store."""
    return Store(tmp_path / "store", "https://hub.example")


def looker(loopback: LoopbackHub, store: Store, *days: str) -> HubLooker:
    """Asks the loopback hub, on one day after another."""
    left = list(days)
    return HubLooker(ask(loopback.url, Time()), store, lambda: left.pop(0))


def test_the_day_is_that_of_the_first_look_at_the_same_state(loopback: LoopbackHub, store: Store) -> None:
    made = loopback.model("x/y", {"README.md": CARD})
    look = looker(loopback, store, "monday", "tuesday")
    assert look.model("x/y", None, None).at == "monday"
    assert look.model("x/y", None, None).at == "monday"
    made.commit({"README.md": "other"})
    assert look.model("x/y", None, None).at == "tuesday"


def test_a_hub_that_lists_no_files_is_asked_for_the_usual_ones(loopback: LoopbackHub, store: Store) -> None:
    loopback.model("x/y", {"README.md": CARD, "LICENSE.txt": "t", "unusual-license": "u"}, more={"siblings": None})
    found = looker(loopback, store, "monday").model("x/y", None, None)
    assert found.contents is not None
    assert sorted(found.contents.files) == ["LICENSE.txt", "README.md"]
    assert set(found.contents.files) < set(GUESSED)


def test_offline_what_is_kept_is_looked_at(store: Store) -> None:
    store.keep_answer("models", "x/y", None, Described(REPOSITORY, "monday"))
    offline = OfflineLooker(store, None)
    assert offline.model("x/y", None, "1" * 40) == Look(REPOSITORY, "monday", is_kept=True)
    lost = offline.model("x/y", None, None)
    assert isinstance(lost.answer, Unavailable)
    store.keep_contents("models", REPOSITORY, CONTENTS)
    assert offline.model("x/y", None, None) == Look(REPOSITORY, "monday", contents=CONTENTS, is_kept=True)


def test_offline_what_is_known_to_be_gone_stays_gone(store: Store) -> None:
    gone = Unavailable("there is no such repository", "gone")
    store.keep_answer("models", "x/y", None, Described(gone, "monday"))
    assert OfflineLooker(store, None).model("x/y", None, None) == Look(gone, "monday", is_kept=True)


def test_offline_data(store: Store) -> None:
    offline = OfflineLooker(store, None)
    assert isinstance(offline.dataset("d/s").answer, Unavailable)
    store.keep_answer("datasets", "d/s", None, Described(REPOSITORY, "monday"))
    assert offline.dataset("d/s") == Look(REPOSITORY, "monday", is_kept=True)
    assert isinstance(OfflineLooker(None, None).dataset("d/s").answer, Unavailable)


def test_what_was_not_read_has_no_files() -> None:
    with pytest.raises(TypeError, match="x/y was not read"):
        files_of("x/y", Look(Unavailable("no", "gone"), None))


def test_what_was_kept_without_a_file_is_read_again(loopback: LoopbackHub, store: Store) -> None:
    """Another version of the tool may have asked for fewer files."""
    made = loopback.model("x/y", {"README.md": CARD, "LICENSE": "t"})
    whole = Repository("x/y", "x/y", made.head, "none", ("LICENSE", "README.md"), ("mit",))
    store.keep_contents("models", whole, CONTENTS)
    found = looker(loopback, store, "monday").model("x/y", None, None)
    assert found.contents is not None
    assert sorted(found.contents.files) == ["LICENSE", "README.md"]


def test_a_repository_that_says_it_is_disabled(loopback: LoopbackHub, store: Store) -> None:
    loopback.model("x/y", {"README.md": CARD}, more={"disabled": True})
    head = loopback.model("x/z", {}, more={"disabled": True}).head
    for name, known in (("x/y", None), ("x/z", head)):
        answer = looker(loopback, store, "monday").model(name, None, known).answer
        assert isinstance(answer, Unavailable)
        assert answer.kind == "disabled"


def test_a_file_that_cannot_be_reached_stops_the_look(loopback: LoopbackHub, store: Store) -> None:
    made = loopback.model("x/y", {"README.md": CARD})
    loopback.faults.append(Fault(path="/resolve/", times=99, status=503))
    answer = looker(loopback, store, "monday").model("x/y", None, None).answer
    assert isinstance(answer, Unavailable)
    assert answer.kind == "unreachable"
    assert store.contents("models", Repository("x/y", "x/y", made.head)) is None


def test_a_kept_answer_is_older_than_what_somebody_saw_since() -> None:
    kept, fresh = Look(REPOSITORY, "2026-01-02", is_kept=True), Look(REPOSITORY, "2026-01-02")
    assert kept.is_older_than("2026-01-03")
    assert not kept.is_older_than("2026-01-02")
    assert not kept.is_older_than(None)
    assert not fresh.is_older_than("2026-01-03")
