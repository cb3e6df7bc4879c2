"""How long the whole process takes, beside the imports it cannot do without. Medians of paired runs.

`license-audit` must be installed in the environment of the Python that runs this (a wheel, not an editable install, is
what users have).
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
RUNS = 21
CHECK = [
    str(Path(sys.executable).parent / "license-audit"),
    "check",
    "--no-cache",
    str(ROOT / "examples" / "acme" / "models.yaml"),
]
HELP = [CHECK[0], "--help"]
PAIRS = (
    ("check of examples/acme", CHECK, "import click, yaml, pydantic", 2.0),
    ("--help", HELP, "import click", 1.2),
)


def seconds(command: list[str]) -> float:
    """Wall-clock seconds of one run."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Print each pair with its ratio and the ratio to reach."""
    for name, command, imports, goal in PAIRS:
        ours, theirs = [], []
        for _ in range(RUNS):
            theirs.append(seconds([sys.executable, "-c", imports]))
            ours.append(seconds(command))
        ratio = statistics.median(ours) / statistics.median(theirs)
        print(
            f"{name}: {statistics.median(ours) * 1000:.0f} ms; python -c '{imports}': "
            f"{statistics.median(theirs) * 1000:.0f} ms; ratio {ratio:.2f} (to reach: {goal})"
        )


if __name__ == "__main__":
    main()
