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
FAMILIES = ("meta-llama/Llama-2", "tiiuae/falcon", "mistralai/M", "mosaicml/mpt")
"""Models of the four families for which the goal was set: few different terms, so most answers are given before."""


def entries(
    catalog: PackagedCatalog, uses: tuple[str, ...], count: int, begin: tuple[str, ...] = ("",)
) -> list[tuple[ModelEntry, Evidence]]:
    """Models of the catalog whose names begin so, over and over, each in one of the uses."""
    models = [model for model in catalog.models() if model.id.startswith(begin)]
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
    few = entries(catalog, tuple(profile.uses), ENTRIES, FAMILIES)
    for what, chosen, goal in (("four families", few, f" (to reach: {GOAL:,})"), ("the whole catalog", pairs, "")):
        for _ in range(3):
            start = time.perf_counter()
            found = list(judge_entries(Auditor(profile, catalog, date(2026, 11, 24)), chosen, places))
            seconds = time.perf_counter() - start
            print(f"{what}: {len(found):,} model-uses in {seconds:.2f} s: {len(found) / seconds:,.0f} a second{goal}")
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
