"""What the loopback hub can do wrong, and its quota."""

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass
class Fault:
    """An answer that goes wrong. Without a status it is the right answer, changed."""

    path: str
    """Pattern that the path of the request holds."""
    times: int = 1
    """How many requests it meets."""
    status: int | None = None
    """Answered instead of the right answer."""
    headers: Mapping[str, str | None] = field(default_factory=dict)
    """Put over those of the answer; None takes one away."""
    body: bytes | None = None
    delay: float = 0.0
    """Seconds before the answer."""
    is_cut: bool = False
    """The connection ends in the middle of the body."""
    is_dropped: bool = False
    """The connection ends without an answer."""
    is_chunked: bool = False
    """The body comes without a length."""
    then: Callable[[], object] | None = None
    """Done before the answer is sent."""


class Window:
    """A quota of so many requests in a fixed window of seconds."""

    def __init__(self, limit: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self.seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._end = 0.0
        self._left = 0

    def take(self) -> tuple[bool, str]:
        """Counts a request: whether it is within the quota, and the RateLimit header."""
        with self._lock:
            now = self._clock()
            if now >= self._end:
                self._end, self._left = now + self.seconds, self.limit
            is_within = self._left > 0
            self._left -= is_within
            return is_within, f'"api";r={self._left};t={int(self._end - now)}'
