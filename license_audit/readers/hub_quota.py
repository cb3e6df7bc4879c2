"""The quota of a hub, shared by all threads that ask it: no request is sent that would only be turned away."""

import threading
from collections.abc import Callable

_MARGIN = 1.0
"""Seconds waited beyond what the hub names, because it names whole seconds."""
_NEVER = float("-inf")


class Quota:
    """How many requests a hub still takes, and until when it takes none.

    Nothing is known at first, and nothing is held back. A thread asks `enter` before each request and tells `leave`
    after it; in between it tells what the answer said with `learn` or `hold`.
    """

    def __init__(
        self,
        *,
        workers: int,
        longest: float,
        wait: Callable[[float], None],
        clock: Callable[[], float],
        told: Callable[[str], None],
    ) -> None:
        """`workers` threads at most ask at once; a wait above `longest` seconds is not waited."""
        self._workers = workers
        self._longest = longest
        self._wait = wait
        self._clock = clock
        self._told = told
        self._lock = threading.Lock()
        self._left: int | None = None
        self._until = _NEVER
        self._announced = _NEVER
        self._under_way = 0

    def enter(self) -> float:
        """Waits until a request may go and gives 0; or gives the seconds to wait, when they are too many."""
        while True:
            with self._lock:
                seconds = self._until - self._clock()
                if seconds <= 0:
                    self._left = None
                if self._left is None or self._left > 0:
                    self._left = None if self._left is None else self._left - 1
                    self._under_way += 1
                    return 0.0
                if seconds > self._longest + _MARGIN:
                    return seconds - _MARGIN
                is_news = self._until > self._announced
                self._announced = self._until
            if is_news:
                self._told(f"waiting {seconds:.0f} s for the Hub's quota")
            self._wait(seconds)

    def leave(self) -> None:
        """The answer to a request is there, or none will come."""
        with self._lock:
            self._under_way -= 1

    def learn(self, remaining: int, seconds: float) -> None:
        """An answer says that so many requests are left for so many seconds.

        As long as every thread may send one more, nobody is held back. After that, requests on their way may each
        have been counted already, or not yet; they are taken off, so that none is turned away.
        """
        if remaining >= self._workers:
            return
        with self._lock:
            left = max(0, remaining - (self._under_way - 1))
            now = self._clock()
            if self._left is not None and self._until > now:
                left = min(left, self._left)
            self._left = left
            self._until = max(self._until, now + seconds + _MARGIN)

    def hold(self, seconds: float) -> None:
        """The hub takes no request for so many seconds."""
        with self._lock:
            self._left = 0
            self._until = max(self._until, self._clock() + seconds + _MARGIN)
