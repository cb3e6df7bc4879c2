"""Serves generated models until its input ends: `python -m tests.loopback --models 1000 --delay 50`."""

import argparse
import sys

from tests.loopback.faults import Window
from tests.loopback.generated import generate
from tests.loopback.hub import LoopbackHub


def main() -> None:
    """Prints the address as the first line; at the end, how many requests came."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback")
    parser.add_argument("--models", type=int, default=1000)
    parser.add_argument("--delay", type=float, default=0.0, help="milliseconds before each answer")
    parser.add_argument("--quota", help="requests/seconds for descriptions of models, e.g. 500/300")
    options = parser.parse_args()
    quota = None
    if options.quota:
        limit, seconds = options.quota.split("/")
        quota = Window(int(limit), float(seconds))
    with LoopbackHub(delay=options.delay / 1000, quota=quota) as hub:
        generate(hub, options.models)
        sys.stdout.write(f"{hub.url}\n")
        sys.stdout.flush()
        sys.stdin.read()
        sys.stdout.write(f"{len(hub.requests)}\n")


if __name__ == "__main__":
    main()
