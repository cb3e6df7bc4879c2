"""How fast many models are locked, against what their requests allow: `python benchmarks/locking.py [MODELS]`.

A loopback hub in a process of its own answers each request after 50 ms. What the round trips allow is the number of
requests by those 50 ms, shared by the workers. Goals: at most 1.3 times that; a second run with one request a model;
offline none, and the same lock file.
"""

import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from license_audit.errors import Problem
from license_audit.locking import Locker, Looker
from license_audit.model.lock import Lock
from license_audit.model.manifest import ModelEntry
from license_audit.outputs.lock import render_lock
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.hub import Hub
from license_audit.readers.lookers import HubLooker, OfflineLooker
from license_audit.readers.store import Store
from tests.loopback.generated import model_id

DELAY = 50
"""Milliseconds."""
WORKERS = 8
ROOT = Path(__file__).parent.parent


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    command = [sys.executable, "-m", "tests.loopback", "--models", str(count), "--delay", str(DELAY)]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server,
    ):
        if server.stdout is None:
            raise RuntimeError("the hub has no pipes")
        url = server.stdout.readline().strip()
        measure(count, url, Store(Path(folder), url))
        server.communicate()


def measure(count: int, url: str, store: Store) -> None:
    """Lock, lock again, and lock offline."""
    catalog = PackagedCatalog()
    entries = [ModelEntry(id=model_id(number), use=("main",)) for number in range(count)]

    def lock(looker: Looker, old: Lock | None) -> tuple[Lock, float]:
        start = time.perf_counter()
        outcome = Locker(catalog, looker, date(2026, 1, 1), old, workers=WORKERS).run(entries, {}, placed)
        if outcome.problems:
            raise RuntimeError(str(outcome.problems[0]))
        return outcome.lock, time.perf_counter() - start

    def hub() -> Hub:
        return Hub(wait=time.sleep, clock=time.monotonic, told=print, endpoint=url, token=False, workers=WORKERS)

    first = hub()
    locked, seconds = lock(HubLooker(first, store, lambda: "2026-01-01T00:00:00Z"), None)
    print(f"{count} models, {WORKERS} workers, {DELAY} ms an answer")
    print(f"first run    {told(seconds, first)} (goal 1.3)")
    second = hub()
    again, seconds = lock(HubLooker(second, store, lambda: "2026-02-02T00:00:00Z"), locked)
    print(f"second run   {told(seconds, second)}, same file: {render_lock(again) == render_lock(locked)}")
    offline, seconds = lock(OfflineLooker(store, None), locked)
    print(f"offline      {seconds:6.2f} s, same file: {render_lock(offline) == render_lock(locked)}")
    offline, seconds = lock(OfflineLooker(store, None), None)
    print(f"without lock {seconds:6.2f} s, same file: {render_lock(offline) == render_lock(locked)}")


def placed(key: str, message: str) -> Problem:
    """A problem of nowhere."""
    return Problem(key, 0, 0, message)


def told(seconds: float, hub: Hub) -> str:
    """Time, requests, and how the two compare."""
    allowed = hub.requests * DELAY / 1000 / WORKERS
    return f"{seconds:6.2f} s, {hub.requests} requests, {seconds / allowed:.2f} of what they allow"


if __name__ == "__main__":
    main()
