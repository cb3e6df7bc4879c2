"""Starts `license-audit lock` again and again and kills it: `python -m tests.killing FOLDER POINTS`.

Each run is a child of this process, which has imported everything and has no threads, so that a run takes little time
and the kills fall all over it. After each the lock file is looked at; what it holds is printed, one word a line.
"""

import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

from huggingface_hub import close_session

from license_audit.cli import lock
from license_audit.cli import main as command
from license_audit.errors import AuditError
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.lock import read_lock


def main() -> None:
    """The folder holds a site, a lock file `before.lock` to start from, and nothing kept from earlier runs."""
    folder, points = Path(sys.argv[1]), int(sys.argv[2])
    catalog = PackagedCatalog()
    vars(lock)["PackagedCatalog"] = lambda: catalog  # read once, not in each child
    shutil.copy(folder / "before.lock", folder / "models.lock")
    with suppress(SystemExit):
        command(["lock", str(folder / "models.yaml"), "--upgrade-all"], standalone_mode=False)
    close_session()  # no connection is shared with a child
    whole = min(run(folder, None) for _ in range(3))
    chance = random.Random(4)  # noqa: S311  # where to kill is no secret
    for _ in range(points):
        run(folder, chance.uniform(0, whole * 1.4))
        sys.stdout.write(f"{held(folder / 'models.lock')}\n")
    run(folder, None)
    sys.stdout.write(f"{held(folder / 'models.lock')}\n")


def run(folder: Path, until: float | None) -> float:
    """One run from the start, killed after so many seconds; gives how long it took."""
    shutil.rmtree(folder / "cache", ignore_errors=True)
    shutil.copy(folder / "before.lock", folder / "models.lock")
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        try:
            command(["lock", str(folder / "models.yaml"), "--upgrade-all"], standalone_mode=False)
        finally:
            os._exit(0)
    if until is not None:
        time.sleep(until)
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return time.perf_counter() - start


def held(path: Path) -> str:
    """`old` or `new`; `half` for a file that is neither."""
    try:
        models = read_lock(path).models
    except AuditError as error:
        return f"half: {error.problems[0]}"
    names = {"".join(block.declared or ()) for block in models.values()}
    words = {"mit": "old", "apache-2.0": "new"}
    return words.get(names.pop(), "half") if len(names) == 1 else f"half: {sorted(names)}"


if __name__ == "__main__":
    main()
