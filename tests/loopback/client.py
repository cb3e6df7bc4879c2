"""The reader under test, pointed at a loopback hub, with a clock that nobody has to wait for."""

import threading
from typing import Any

from license_audit.readers.hub import Hub


class Time:
    """A clock that only moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.waits: list[float] = []
        self.notes: list[str] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        """Seconds."""
        return self.now

    def wait(self, seconds: float) -> None:
        """Moves the clock."""
        with self._lock:
            self.now += seconds
            self.waits.append(seconds)


def ask(endpoint: str | None, time: Time, **more: Any) -> Hub:
    """A reader of a hub. No token unless one is named."""
    settings: dict[str, Any] = {"token": False, "timeout": 5.0, **more}
    return Hub(wait=time.wait, clock=time.clock, told=time.notes.append, endpoint=endpoint, **settings)
