"""Manifests that hand out a model of a local folder, for tests of kits and of what a folder shows."""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from license_audit.artifacts.assigned import assigned
from license_audit.artifacts.shown import Distribution
from license_audit.artifacts.sources import Sources
from license_audit.audit import run as audit
from license_audit.cli import main
from license_audit.model.lock import Lock
from license_audit.model.manifest import Manifest
from license_audit.model.profile import Profile
from license_audit.model.report import ModelUse
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.store import Store
from tests.conftest import CORPUS, ROOT
from tests.published import scancode

DAY = "2026-11-24"
TEXTS = {
    "apache-2.0": "apache-2.0",
    "cc-by-4.0": "cc-by-4.0",
    "cc-by-nc-4.0": "cc-by-nc-4.0",
    "cc-by-nc-sa-4.0": "cc-by-nc-sa-4.0",
    "cc-by-sa-3.0": "cc-by-sa-3.0",
    "cc-by-sa-4.0": "cc-by-sa-4.0",
    "llama-2-community": "llama-2-license-2023",
    "mit": "mit",
}
"""Licenses with duties towards recipients, and the file of licensedcode-data that holds the text."""
OTHERS = ("falcon-180b-1.0", "falcon-2-11b-1.0", "falcon-llm-1.0", "falcon-tii-2024-12")
MORE = ("mistral-mnpl-0.1", "mistral-mrl-0.1")
"""Those whose text only the corpus holds."""
CARD = "---\nlicense: other\n---\n# Base\n\nCopyright 2024 The Base Authors\n"
NOTICE = "Base\nCopyright 2023 Base Lab\nThis work holds data of Foo.\n"
PROFILE = """\
schema: 1
organization: {{name: Acme, kind: academic, agreements: [], claims_against: [], monthly_active_users: {{at_most: 9}}}}
uses:
  ship:
    description: A model that everybody may download.
    purpose: research
    environment: non-production
    acts: [{acts}]
    audience: none
    domains: []
    outputs: {{train_models: none}}
    attributable_revenue: {{currency: EUR, at_least: 0, at_most: 0}}
    derivative: {{public_statements: true, name: acme-x, license: {license}}}
    fulfils: [{fulfils}]
  keep:
    acts: [run]
"""


def text_of(key: str) -> str | None:
    """The text of a license; None where only the corpus holds it, and it is not here."""
    if key in TEXTS:
        return scancode(TEXTS[key])
    path = CORPUS / "licenses" / f"{key}.txt"
    return path.read_text(encoding="utf-8") if path.exists() else None


def model(folder: Path, text: str, name: str = "base", notice: str = NOTICE) -> None:
    """A model folder with card, license text and NOTICE file."""
    (folder / name).mkdir(parents=True)
    (folder / name / "README.md").write_text(CARD, encoding="utf-8")
    (folder / name / "LICENSE").write_text(f"Copyright (c) 2024 Base Lab\n\n{text}", encoding="utf-8")
    if notice:
        (folder / name / "NOTICE").write_text(notice, encoding="utf-8")


def manifest(
    folder: Path,
    models: str = "{id: base-lab/base, path: base, use: [ship, keep]}",
    acts: str = "fine-tune, distribute-weights, distribute-derivative",
    license_: str = "own-terms",
    fulfils: str = "",
) -> Path:
    """A manifest with its profile."""
    profile = PROFILE.format(acts=acts, license=license_, fulfils=fulfils)
    (folder / "profile.yaml").write_text(profile, encoding="utf-8")
    (folder / "models.yaml").write_text(f"schema: 1\nmodels:\n  - {models}\n", encoding="utf-8")
    return folder / "models.yaml"


def run(*words: str | Path) -> Result:
    """The command line."""
    return CliRunner().invoke(main, [*map(str, words), "--on", DAY])


def kit(path: Path, *words: str | Path) -> dict[str, Any]:
    """Make the kit of the use `ship` in a folder `dist` beside the manifest, and give what it says of itself."""
    result = run("kit", path, "--output", path.parent / "dist", *words)
    assert result.exit_code == 0, result.output
    data: dict[str, Any] = json.loads((path.parent / "dist" / "ship" / "kit.json").read_text(encoding="utf-8"))
    return data


@cache
def _catalog() -> PackagedCatalog:
    return PackagedCatalog(ROOT)


def judged(path: Path, folders: tuple[str, ...] = (), store: Store | None = None) -> ModelUse:
    """The first result for the use `ship`, with folders that are handed out, and the lock file where there is one."""

    def distributing(entries: Manifest, profile: Profile, locked: Lock | None) -> Distribution:
        sources = Sources(path.parent, entries, locked, None, store)
        return Distribution(assigned(folders, entries, profile), sources, _catalog())

    profile, reads = path.parent / "profile.yaml", distributing if folders else None
    lock = path.parent / "models.lock"
    held = lock if lock.exists() else None
    report = audit(path, profile, _catalog(), date.fromisoformat(DAY), lock_path=held, distributing=reads)
    return next(use for use in report.uses if use.use == "ship")


def checked(path: Path, *folders: str | Path) -> ModelUse:
    """The same with a folder `dist` beside the manifest, or others."""
    return judged(path, tuple(map(str, folders)) or (str(path.parent / "dist"),))


def duties(use: ModelUse) -> dict[str, str]:
    """Outcomes of the duties that bite, by clause id."""
    listed = [one for one in use.assessment.clauses if one.kind == "duty"]
    return {one.clause: one.outcome for one in listed if one.outcome != "not-applicable"}


def fill_in(folder: Path) -> None:
    """Write something into each blank of the note of changes."""
    path = folder / "CHANGES.md"
    text = path.read_text(encoding="utf-8")
    for blank in ("who", "day, with the year", "which files, and how"):
        text = text.replace(f"[fill in: {blank}]", "2026-11-20, Acme")
    path.write_text(text, encoding="utf-8")
