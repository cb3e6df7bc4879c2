"""Which findings labelled cards give: `python benchmarks/card_findings.py [FOLDER]`.

Only the card and the name of the model are at hand, and the packaged catalog; no parent is read. Cards that relabel
what came from a parent with limits should give `restriction-dropped` or `parent-not-declared` where they name it; cards
without a concern should give neither.
"""

import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from license_audit.blocks import found_in
from license_audit.engine.binder import Binder
from license_audit.engine.lineage import resolve
from license_audit.engine.own_terms import Moment
from license_audit.model.evidence import Origin
from license_audit.readers.assembly import Files
from license_audit.readers.catalog import PackagedCatalog

WANTED = ("restriction-dropped", "parent-not-declared")
PROSE = "declared-differs-from-prose"
CONFLICT = "declared_vs_prose_conflict"
ON = date(2026, 11, 26)
CARDS = Path(__file__).parent.parent.parent / "shared" / "corpus" / "cards"


def findings(label: dict[str, Any], folder: Path, binder: Binder, catalog: PackagedCatalog) -> list[str]:
    """Kinds and messages of the findings."""
    name = label["model_id"]
    raw = (folder / label["file"]).read_bytes()
    origin = Origin(source="hub") if "/" in name else Origin(source="folder")
    files = Files(model=name, shown=name, contents={"README.md": raw}, listing=None, origin=origin)
    resolved = resolve(found_in(files, catalog, ON).evidence, binder, Moment(ON, None))
    return [f"{one.kind}: {one.message}" for one in resolved.findings]


def table(folder: Path) -> Iterator[str]:
    """The figures, line by line."""
    catalog = PackagedCatalog()
    binder = Binder(catalog)
    labels = [json.loads(line) for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    models = [label for label in labels if label["card_kind"] == "model_card"]
    told = {label["file"]: findings(label, folder, binder, catalog) for label in models}

    def heard(label: dict[str, Any], kinds: tuple[str, ...]) -> list[str]:
        return [text for text in told[label["file"]] if text.startswith(kinds)]

    relabels = [label for label in models if label["concern_code"] == "permissive_relabel"]
    groups = (
        ("relabelled, parent named", [label for label in relabels if label["base_models"]], WANTED),
        ("relabelled, parent only inferable", [label for label in relabels if not label["base_models"]], WANTED),
        ("tag against prose", [label for label in models if label["concern_code"] == CONFLICT], (PROSE,)),
    )
    for what, group, kinds in groups:
        hit = [label for label in group if heard(label, kinds)]
        yield f"{what}: {len(hit)} of {len(group)} with {' or '.join(kinds)}"
        yield from (f"  missed {label['file']}: {label['concern']}" for label in group if label not in hit)
    clean = [label for label in models if label["concern_code"] == "none"]
    for kinds in (WANTED, (PROSE,)):
        loud = [label for label in clean if heard(label, kinds)]
        yield f"no concern: {len(clean) - len(loud)} of {len(clean)} without {' and '.join(kinds)}"
        yield from (f"  false {label['file']}: {'; '.join(heard(label, kinds))}" for label in loud)


if __name__ == "__main__":
    for line in table(Path(sys.argv[1]) if len(sys.argv) > 1 else CARDS):
        print(line)
