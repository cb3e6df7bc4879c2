"""How long whole processes take, how long the index takes to open, and how large it is."""

import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

_HERE = Path(sys.executable).parent
_OPEN = """
import time
from license_audit.known import text_index
start = time.perf_counter()
index = text_index()
print(time.perf_counter() - start)
"""
_SIZE = """
import sys
from importlib import metadata
print(sum(f.locate().stat().st_size for n in sys.argv[1:] for f in metadata.files(n) or () if f.locate().is_file()))
"""
_ONE = {
    "licenseclassifier": "import sys, licenseclassifier as l; print(l.identify_license(open(sys.argv[1]).read()))",
    "askalono": "import sys, askalono as a; print(a.identify(open(sys.argv[1]).read()))",
}
_INSTALLED = {
    "scancode": ("scancode-toolkit-mini", "licensedcode-data"),
    "licenseclassifier": ("licenseclassifier",),
    "askalono": ("pyaskalono",),
    "licenseid": ("licenseid",),
}


@dataclass
class Series:
    """Runs of one command, in milliseconds."""

    runs: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The middle one."""
        return statistics.median(self.runs)

    @property
    def least(self) -> float:
        """The shortest one."""
        return min(self.runs)

    def __str__(self) -> str:
        return f"{self.median:,.0f} ms (least {self.least:,.0f}, {len(self.runs)} runs)"


def _run(command: list[str]) -> tuple[float, bool]:
    """Milliseconds, and whether it ran: exit code 1 is an answer where no exception is shown."""
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=False)
    spent = (time.perf_counter() - start) * 1000
    return spent, done.returncode in {0, 1} and b"Traceback" not in done.stderr


def interleaved(commands: dict[str, list[str]], rounds: int) -> dict[str, Series]:
    """Each command once a round, so that whatever else the machine does meets them all; a failing command drops out."""
    found = {name: Series() for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            if name not in found:
                continue
            milliseconds, ran = _run(command)
            if not ran:
                found.pop(name)
            elif number:  # the first round only fills caches
                found[name].runs.append(milliseconds)
    return found


def whole_process(path: Path, rounds: int) -> dict[str, Series]:
    """The installed command on one file, beside Python that does nothing and Python that imports click."""
    return interleaved(
        {
            "ours": [str(_HERE / "license-audit"), "identify", str(path)],
            "click": [sys.executable, "-c", "import click"],
            "python": [sys.executable, "-c", "pass"],
        },
        rounds,
    )


def peer_process(name: str, python: Path, path: Path, rounds: int) -> dict[str, Series]:
    """The same for a peer; those that have no command are called from Python."""
    if name == "scancode":
        command = [str(python.parent / "scancode"), "--license", "--quiet", "--json", "-", str(path)]
    elif name == "licenseid":
        return {}  # its command wants a database in the home folder
    else:
        command = [str(python), "-c", _ONE[name], str(path)]
    commands = {name: command, "python": [str(python), "-c", "pass"]}
    return interleaved(commands, 2 if name == "scancode" else rounds)


def opening(rounds: int) -> Series:
    """How long a new process takes to open the index, its modules being loaded."""
    found = Series()
    for _ in range(rounds):
        done = subprocess.run([sys.executable, "-c", _OPEN], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            found.runs.append(float(done.stdout) * 1000)
    return found


def index_size() -> int:
    """Bytes of the packaged index: what lies beside the licenses and is no YAML."""
    from license_audit.resources import data_folder  # noqa: PLC0415 — without it the peers can still be measured

    return sum(
        path.stat().st_size
        for path in data_folder().joinpath("licenses").rglob("*")
        if path.is_file() and path.suffix not in {".yaml", ".json", ".md"}
    )


def installed_size(name: str, python: Path) -> int:
    """Bytes of a peer's own packages, without what they depend on and without what they make when they run."""
    command = [str(python), "-c", _SIZE, *_INSTALLED[name]]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout or 0) if done.returncode == 0 else 0


def version(name: str, python: Path) -> str:
    """The version that was measured."""
    if name == "ours":
        return metadata.version("model-license-audit")
    command = [str(python), "-c", "import sys; from importlib import metadata as m; print(m.version(sys.argv[1]))"]
    return subprocess.run([*command, _INSTALLED[name][0]], capture_output=True, text=True, check=False).stdout.strip()
