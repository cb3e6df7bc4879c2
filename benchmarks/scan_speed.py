"""How long `license-audit scan` takes for a tree of 20,000 files, beside git grep and reading the files.

    python benchmarks/scan_speed.py [FOLDER]

The tree (5,000 files of Python, one in ten of which loads a model) is made in FOLDER, or in a folder of its own that is
removed. Its Python is that of the standard library of the Python that runs this; the other files are YAML, JSON,
Markdown and JavaScript in small pieces, as in a repository of services. Medians of paired runs.
"""

import json
import random
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

FILES, PYTHON, RUNS = 20_000, 5_000, 5
ONE_IN = 10
LONGEST = 40_000
"""Files of the standard library that are longer are left out: few repositories have such."""
GREP = ("git", "grep", "-lE", "from_pretrained|base_model")
SCAN = (str(Path(sys.executable).parent / "license-audit"), "scan")


def make(top: Path) -> None:
    """Write and commit the tree; the same for each run of this script on one Python."""
    chance = random.Random(5)  # noqa: S311  # no secret
    library = sorted(Path(sysconfig.get_path("stdlib")).glob("**/*.py"))
    sources = [text for path in library if (text := path.read_bytes()) and len(text) < LONGEST]
    for number in range(FILES):
        folder = top / f"part{number % 200}"
        folder.mkdir(parents=True, exist_ok=True)
        if number < PYTHON:
            text = chance.choice(sources)
            if number % ONE_IN == 0:
                text += b'\nfrom transformers import AutoModel\nAutoModel.from_pretrained("acme/chat-%d")\n' % number
            (folder / f"module{number}.py").write_bytes(text)
        else:
            name, text = OTHERS[number % len(OTHERS)](number)
            (folder / name).write_bytes(text)
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x"]):
        subprocess.run(("git", "-C", top, *words), check=True, capture_output=True)


def _yaml(number: int) -> tuple[str, bytes]:
    text = f"apiVersion: v1\nkind: Service\nmetadata:\n  name: service-{number}\nspec:\n  ports: [{{port: 80}}]\n" * 3
    if number % 50 == 0:
        text += f"---\nbase_model: acme/base-{number}\n"
    return f"file{number}.yaml", text.encode()


def _json(number: int) -> tuple[str, bytes]:
    record = {"name": f"record {number}", "values": list(range(200)), "kind": "A4", "tags": ["a/b", "c/d"]}
    if number % 50 == 1:
        record["model"] = "A4"
    return f"file{number}.json", json.dumps(record, indent=1).encode()


def _markdown(number: int) -> tuple[str, bytes]:
    return f"file{number}.md", (
        f"# Part {number}\n\nSome words about it, and a [link](https://example.org).\n" * 20
    ).encode()


def _javascript(number: int) -> tuple[str, bytes]:
    return f"file{number}.js", (f"export const value{number} = {{ name: 'x', path: 'a/b' }}\n" * 40).encode()


def _text(number: int) -> tuple[str, bytes]:
    return f"file{number}.txt", (f"line of text {number}\n" * 100).encode()


OTHERS: tuple[Callable[[int], tuple[str, bytes]], ...] = (_yaml, _json, _markdown, _javascript, _text)


def grep(top: Path) -> list[str]:
    """Names of the files that git grep finds."""
    return subprocess.run(GREP, cwd=top, capture_output=True, check=True, text=True).stdout.splitlines()


def read(top: Path, names: list[str]) -> int:
    """Bytes of some files, each read whole."""
    return sum(len((top / name).read_bytes()) for name in names)


def scan(top: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    """One run of the whole command."""
    return subprocess.run((*SCAN, *options), cwd=top, capture_output=True, check=False)


def seconds(action: Callable[[], object]) -> float:
    """Wall-clock seconds of an action."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure(top: Path) -> None:
    """Print the medians and the two ratios."""
    everything = [path.relative_to(top).as_posix() for path in sorted(top.glob("part*/*"))]
    scan(top)
    rows = []
    for _ in range(RUNS):
        matched = seconds(lambda: read(top, grep(top)))
        whole = seconds(lambda: grep(top)) + seconds(lambda: read(top, everything))
        rows.append((matched, whole, seconds(lambda: scan(top, "--no-cache")), seconds(lambda: scan(top))))
    matched, whole, first, again = (statistics.median(column) for column in zip(*rows, strict=True))
    found = json.loads(scan(top, "--format", "json").stdout)
    print(f"{len(everything):,} files; scan reads {found['files']:,} and finds {len(found['mentions']):,} references")
    print(f"git grep, and reading what it finds: {matched:.2f} s; git grep, and reading every file: {whole:.2f} s")
    for name, ours in (("the first time", first), ("again", again)):
        print(f"scan {name}: {ours:.2f} s, ratios {ours / matched:.2f} and {ours / whole:.2f} (to reach: 2.0)")


def main() -> None:
    """Make the tree and measure."""
    if len(sys.argv) > 1:
        top = Path(sys.argv[1])
        if not top.exists():
            make(top)
        measure(top)
        return
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        measure(Path(folder))


if __name__ == "__main__":
    main()
