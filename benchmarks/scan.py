"""How many references to models are found in labelled files, and how many of those found are none.

    python benchmarks/scan.py [FOLDER]

FOLDER holds the files and `labels.jsonl`: for each file its `original_path`, its `models` with line and id, and its
`traps`. Each file is scanned by itself under its original path. What is only `possible` is counted apart: it fails no
gate.
"""

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from license_audit.model.reference import Hit, Reference
from license_audit.readers.scan.scanner import Found, scan_files

FOLDER = Path(__file__).parent.parent.parent / "shared" / "corpus" / "manifests"
Place = tuple[int, str]
NOTED: dict[str, Callable[[Hit], bool]] = {
    "031-catalog-toml-models.toml": lambda hit: hit.kind == "hosted",
    "046-dockerfile-Dockerfile.txt": lambda hit: hit.line in (9, 16),
}
"""What a label leaves out and says so in its notes: hosted models with closed weights, and one id again and again."""


def scanned(label: dict[str, Any], folder: Path) -> Found:
    """What is found in a labelled file that lies where it came from."""
    with tempfile.TemporaryDirectory() as top:
        path = Path(top) / label["original_path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((folder / label["file"]).read_bytes())
        return scan_files(Path(top), [label["original_path"]], lambda _done, _total: None, 1)


def labelled(label: dict[str, Any]) -> set[Place]:
    """The places that a person found."""
    return {(model["line"], model["id"]) for model in label["models"]}


def is_trap(hit: Hit, label: dict[str, Any]) -> bool:
    """Whether a hit is what a label warns of: on the same line, in the same words."""
    marked = [*label["traps"], *({"line": one["line"], "text": one["id"]} for one in label["comment_only"])]
    return any(hit.line == one["line"] and (hit.id in one["text"] or one["text"] in hit.id) for one in marked)


def main() -> Counter[str]:
    """Print what was missed and what was found in error, and the two figures; gives the counts back."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    count: Counter[str] = Counter()
    for label in labels:
        wanted, found = labelled(label), scanned(label, folder)
        sure = _by_place(one for one in found.references if one.hit.certainty != "possible")
        perhaps = _by_place(one for one in found.references if one.hit.certainty == "possible")
        extra = {place: hit for place, hit in sure.items() if place not in wanted}
        noted = [place for place, hit in extra.items() if NOTED.get(label["file"], _never)(hit)]
        for place in noted:
            del extra[place], sure[place]
        count += Counter(
            labelled=len(wanted),
            found=len(wanted & {*sure, *perhaps}),
            reported=len(sure),
            right=len(sure) - len(extra),
            noted=len(noted),
            possible=len(perhaps),
            traps=sum(is_trap(one.hit, label) for one in found.references if _place(one) not in wanted),
        )
        for line, id_ in sorted(wanted - {*sure, *perhaps}):
            print(f"missed  {label['original_path']}:{line}: {id_}")
        for (line, id_), hit in sorted(extra.items()):
            print(f"wrong   {label['original_path']}:{line}: {id_} ({hit.kind}, {hit.role}, {hit.certainty})")
    print(
        f"recall {count['found'] / count['labelled']:.3f} ({count['found']} of {count['labelled']}), "
        f"precision {count['right'] / max(count['reported'], 1):.3f} ({count['right']} of {count['reported']}), "
        f"{count['noted']} left out by the notes of the labels, {count['possible']} only possible, "
        f"{count['traps']} traps reported, {len(labels)} files"
    )
    return count


def _never(_hit: Hit) -> bool:
    return False


def _by_place(references: Any) -> dict[Place, Hit]:
    return {_place(one): one.hit for one in references}


def _place(reference: Reference) -> Place:
    return reference.hit.line, reference.hit.id


if __name__ == "__main__":
    main()
