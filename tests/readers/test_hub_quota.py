"""The quota of a hub, one step at a time."""

import pytest

from license_audit.readers.hub_quota import Quota
from tests.loopback.client import Time


def quota(paused: Time, *, workers: int = 4, longest: float = 100.0) -> Quota:
    return Quota(workers=workers, longest=longest, wait=paused.wait, clock=paused.clock, told=paused.notes.append)


def test_as_long_as_every_worker_may_go_nobody_waits(paused: Time) -> None:
    one = quota(paused)
    for _ in range(20):
        assert one.enter() == 0
        one.learn(4, 50)
        one.leave()
    assert not paused.waits


def test_the_last_ones_are_counted_out(paused: Time) -> None:
    one = quota(paused)
    one.enter()
    one.learn(2, 50)
    one.leave()
    for _ in range(2):
        assert one.enter() == 0
    assert not paused.waits
    assert one.enter() == 0
    assert paused.waits == [51]


def test_requests_on_their_way_are_taken_off(paused: Time) -> None:
    one = quota(paused)
    for _ in range(3):
        one.enter()
    one.learn(3, 50)
    one.leave()
    assert one.enter() == 0
    assert not paused.waits
    one.enter()
    assert paused.waits == [51]


def test_a_later_answer_never_gives_more_in_the_same_window(paused: Time) -> None:
    one = quota(paused)
    one.enter()
    one.learn(0, 50)
    one.learn(3, 20)
    one.leave()
    one.enter()
    assert paused.waits == [51]


def test_after_the_window_everything_is_open_again(paused: Time) -> None:
    one = quota(paused)
    one.hold(50)
    paused.wait(51)
    for _ in range(9):
        assert one.enter() == 0
    one.learn(3, 50)
    one.hold(10)
    assert paused.waits == [51]
    assert one.enter() == 0
    assert paused.waits == [51, 51]


@pytest.mark.parametrize(("seconds", "refused"), [(100, 0), (101, 101), (5000, 5000)])
def test_what_is_too_long_is_not_waited(paused: Time, seconds: float, refused: float) -> None:
    one = quota(paused)
    one.hold(seconds)
    assert one.enter() == refused
    assert len(paused.waits) == (0 if refused else 1)


def test_several_that_wait_say_so_once(paused: Time) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if len(waits) == 1:
            one.enter()  # another thread comes while this one waits
        else:
            paused.wait(seconds)

    one = Quota(workers=4, longest=100, wait=wait, clock=paused.clock, told=paused.notes.append)
    one.hold(50)
    one.enter()
    assert waits == [51, 51]
    assert paused.notes == ["waiting 51 s for the Hub's quota"]
