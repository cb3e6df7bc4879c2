"""How long `check` takes as a hook: fifty locked models, the installed wheel, no answer kept from before.

`python benchmarks/gate.py [RUNS]` builds the wheel, installs it into an environment of its own, and prints medians of
paired runs. Goals: at most 1.5 times the imports of click, yaml and pydantic for a question that is new, and 1.3 times
the import of click for one that was answered before. Every new question is about another day.
"""

import hashlib
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import count
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent.parent))

from license_audit.model.evidence import DataSource, FoundText, Passage, Statement
from license_audit.model.license import License
from license_audit.model.lock import Block, Lock, LockedParent, LockedText
from license_audit.model.words import Relation
from license_audit.outputs.lock import render_lock
from license_audit.readers.catalog import PackagedCatalog

ROOT = Path(__file__).parent.parent
PROFILE = ROOT / "examples" / "acme" / "profile.yaml"
MODELS = 50
GOAL, GOAL_AGAIN = 1.5, 1.3
FIRST_DAY = date(2026, 11, 24)
USES = ("support-assistant", "ticket-triage", "code-completion", "archive-search", "research-bench", "code-lab")
LICENSES = (
    *("apache-2.0",) * 9,
    *("mit",) * 4,
    *("llama-2-community",) * 3,
    "falcon-tii-2024-12",
    "mistral-mrl-0.1",
    "cc-by-nc-4.0",
    "cc-by-4.0",
)
"""Shares in which hubs carry them, roughly."""
RELATIONS: tuple[Relation, ...] = ("fine-tune", "quantize", "adapter")


class Spent(NamedTuple):
    """Seconds of one run."""

    wall: float
    processor: float
    """User and system time, children included."""


def digest(text: str) -> str:
    """SHA-256, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def locked_text(license_: License) -> LockedText:
    """A license text as the lock file holds it."""
    passages = tuple(
        Passage(clause=f"{license_.key}/{clause.id}", lines=(3 * number + 5, 3 * number + 7))
        for number, clause in enumerate(license_.clauses)
    )
    found = FoundText(
        key=license_.key, status="unaltered", similarity=1.0, lines=(1, 3 * len(passages) + 9), passages=passages
    )
    return LockedText(found=(found,), sections=tuple((name, digest(name)[:16]) for name in license_.sections))


def block(number: int, key: str, parents: tuple[LockedParent, ...]) -> Block:
    """What is locked of one model: card, configuration, license text, a remark of its prose, two data sets."""
    files = {name: digest(f"{name} {number}") for name in ("README.md", "config.json")}
    return Block(
        source="hub",
        commit=digest(f"commit {number}")[:40],
        at="2026-11-20T08:00:00Z",
        gate="none",
        declared=(key,),
        found=(key,),
        concluded=(key,),
        how="text",
        files={**files, "LICENSE": digest(key)},
        texts=("LICENSE",),
        notice_file=False,
        parents=parents,
        stated=(Statement(kind="license", license=key, quote=f"Released under {key}.", line=31),),
        data=(
            DataSource(name="example/conversations", basis="declared", where=f"lab/model-{number}/README.md:9"),
            DataSource(name="example/articles", basis="stated", where=f"lab/model-{number}/README.md:44"),
        ),
        data_disclosed=True,
        weights=digest(f"weights {number}"),
    )


def lock(catalog: PackagedCatalog) -> Lock:
    """Fifty models, of which three in four come from a parent that is locked as well, and a fifth from two."""
    models: dict[str, Block] = {}
    for number in range(MODELS):
        key = LICENSES[number % len(LICENSES)]
        roots = [f"lab-{number % 7}/base-{number // 4}"] if number % 4 else []
        roots += [f"lab-0/base-{number // 8}"] if number % 5 == 0 else []
        for root in roots:
            models.setdefault(root, block(1000 + len(models), key, ()))
        edges = tuple(
            LockedParent(
                model=root,
                relation=RELATIONS[number % len(RELATIONS)],
                basis="declared",
                where=f"{model_id(number)}/README.md:3",
            )
            for root in roots
        )
        models[model_id(number)] = block(number, key, edges)
    texts = {digest(key): locked_text(catalog.license(key)) for key in dict.fromkeys(LICENSES)}
    return Lock(tool="0.1.0", models=models, texts=texts)


def model_id(number: int) -> str:
    """The Hub id of a model of the manifest."""
    return f"lab-{number % 7}/model-{number}-instruct"


def fill(folder: Path) -> Path:
    """A manifest, a profile and a lock file. Gives the manifest."""
    entries = [f"  - {{id: {model_id(number)}, use: {USES[number % len(USES)]}}}\n" for number in range(MODELS)]
    manifest = folder / "models.yaml"
    manifest.write_text("schema: 1\nmodels:\n" + "".join(entries), encoding="utf-8")
    (folder / "profile.yaml").write_bytes(PROFILE.read_bytes())
    (folder / "models.lock").write_text(render_lock(lock(PackagedCatalog())), encoding="utf-8")
    return manifest


def installed(folder: Path) -> Path:
    """The Python of a new environment that holds the wheel."""
    build = [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", str(folder)]
    subprocess.run([*build, str(ROOT)], check=True, stderr=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", str(wheel)], check=True, stderr=subprocess.DEVNULL)
    return python


def spent(command: list[str], home: Path) -> Spent:
    """One run, whose answers are kept in a folder of the measurement."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(home)}
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Spent(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def runs(python: Path, manifest: Path) -> dict[str, Callable[[], list[str]]]:
    """What is compared, each as a command for its next run."""
    command = [str(python.parent / "license-audit"), "check", str(manifest), "--on"]
    days: Iterator[date] = (FIRST_DAY + timedelta(days=number) for number in count())
    return {
        "python -c 'import click'": lambda: [str(python), "-c", "import click"],
        "python -c 'import click, yaml, pydantic'": lambda: [str(python), "-c", "import click, yaml, pydantic"],
        "check, a new question": lambda: [*command, next(days).isoformat()],
        "check, the same again": lambda: [*command, FIRST_DAY.isoformat()],
    }


def main() -> None:
    """Print the medians and their ratios."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        commands = runs(installed(folder), fill(folder))
        for command in commands.values():
            spent(command(), folder)
        found: dict[str, list[Spent]] = {what: [] for what in commands}
        for _ in range(times):
            for what, command in commands.items():
                found[what].append(spent(command(), folder))
    report(found)


def report(found: dict[str, list[Spent]]) -> None:
    """A line for each command, and the ratios."""
    for what, times in found.items():
        walls = sorted(one.wall * 1000 for one in times)
        processor = statistics.median(one.processor * 1000 for one in times)
        print(
            f"{what:42} {statistics.median(walls):6.1f} ms ({walls[0]:.1f} to {walls[-1]:.1f}), "
            f"{processor:6.1f} ms of processor"
        )
    click, imports, new, again = found.values()
    print(f"a new question: {_ratios(new, imports)} the imports of click, yaml and pydantic (goal {GOAL})")
    print(f"the same again: {_ratios(again, click)} the import of click (goal {GOAL_AGAIN})")


def _ratios(ours: list[Spent], theirs: list[Spent]) -> str:
    pairs = list(zip(ours, theirs, strict=True))
    wall = statistics.median(one.wall / other.wall for one, other in pairs)
    processor = statistics.median(one.processor / other.processor for one, other in pairs)
    return f"{wall:.2f} times (processor {processor:.2f})"


if __name__ == "__main__":
    main()
