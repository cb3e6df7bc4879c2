"""How many model-uses are judged a second, and whether memory grows with the number of models beyond the report."""

import gc
import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path

from license_audit.audit import judge_entries
from license_audit.auditor import Auditor
from license_audit.model.evidence import Evidence
from license_audit.model.manifest import ModelEntry
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import read_profile
from license_audit.readers.strict_yaml import Document

ROOT = Path(__file__).parent.parent
ENTRIES = 10_000
GOAL = 20_000


def entries(catalog: PackagedCatalog, uses: tuple[str, ...], count: int) -> list[tuple[ModelEntry, Evidence]]:
    """Models of the catalog over and over, each in one of the uses."""
    models = catalog.models()
    names = [models[number % len(models)].id for number in range(count)]
    return [
        (ModelEntry(id=name, use=(uses[number // len(models) % len(uses)],)), Evidence(model=name))
        for number, name in enumerate(names)
    ]


def main() -> None:
    """Print model-uses a second, and the memory held for each."""
    gc.disable()  # as the command does
    catalog = PackagedCatalog()
    profile, _ = read_profile(ROOT / "examples" / "acme" / "profile.yaml")
    pairs = entries(catalog, tuple(profile.uses), ENTRIES)
    places = Document("models.yaml", {}, None)
    for _ in range(3):
        start = time.perf_counter()
        found = list(judge_entries(Auditor(profile, catalog, date(2026, 11, 24)), pairs, places))
        seconds = time.perf_counter() - start
        print(
            f"{len(found):,} model-uses in {seconds:.2f} s: {len(found) / seconds:,.0f} a second (to reach: {GOAL:,})"
        )
    for count in (1_000, ENTRIES):
        auditor = Auditor(profile, catalog, date(2026, 11, 24))
        list(judge_entries(auditor, pairs, places))
        tracemalloc.start()
        kept = list(judge_entries(auditor, pairs[:count], places))
        held, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        print(
            f"{len(kept):,} results: {held / len(kept):,.0f} bytes held for each, {peak / len(kept):,.0f} at the peak"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    main()
