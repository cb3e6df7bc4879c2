"""Reports as the command writes them: of the examples, of many models, and of what strangers may write."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from click.testing import CliRunner

from license_audit.cli import main
from license_audit.readers.catalog import PackagedCatalog

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples"
DAY = "2026-11-24"
PROFILE: dict[str, Any] = {
    "schema": 1,
    "organization": {
        "name": "Big GmbH",
        "kind": "company",
        "monthly_active_users": {"at_most": 5_000_000},
    },
    "uses": {
        "assistant": {
            "purpose": "commercial",
            "environment": "production",
            "acts": ["run", "build-product"],
            "audience": "public",
            "offered_in": ["DE"],
            "domains": ["customer-service"],
        },
        "bench": {
            "purpose": "research",
            "environment": "non-production",
            "acts": ["run", "fine-tune"],
            "audience": "none",
        },
        "product": {
            "purpose": "commercial",
            "environment": "production",
            "acts": ["run", "fine-tune", "distribute-derivative", "distribute-product"],
            "audience": "public",
        },
    },
}


def check(folder: Path, *words: str) -> str:
    """What `check` prints for the manifest of a folder, judged anew. Fails where no audit is possible."""
    rules = ["--rules", str(folder)] if (folder / "rules").is_dir() else []
    command = ["check", str(folder / "models.yaml"), "--on", DAY, "--no-cache", *rules, *words]
    done = CliRunner().invoke(main, command, catch_exceptions=False)
    assert done.exit_code in (0, 1), done.stderr
    return done.stdout


def make_report(folder: Path, path: Path) -> Path:
    """The page for reviewers of the manifest in a folder, written to a path."""
    check(folder, "--report", str(path))
    return path


def many_models(folder: Path, count: int) -> None:
    """A manifest of so many models in three uses each, and its profile. Those beyond the catalog are not known."""
    known = [model.id for model in PackagedCatalog().models()]
    names = [*known[:: max(len(known) // count, 1)], *(f"nobody/model-{number}" for number in range(count))][:count]
    models = [{"id": name, "use": list(PROFILE["uses"])} for name in names]
    for name, data in (("models", {"schema": 1, "models": models}), ("profile", PROFILE)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")


def first_screen(page: "Page") -> dict[str, float]:
    """Milliseconds from the start of the visit until something is drawn, and until the file is read to its end."""
    found: dict[str, float] = page.evaluate(
        """() => new Promise((done) => new PerformanceObserver((list) => {
          const drawn = list.getEntries().find((one) => one.name === 'first-contentful-paint');
          const read = performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd;
          if (drawn) { done({drawn: drawn.startTime, read}); }
        }).observe({type: 'paint', buffered: true}))"""
    )
    return found
