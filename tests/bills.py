"""A manifest with one model of every kind, for bills of materials."""

from datetime import date
from pathlib import Path

from license_audit.inventory import Inventory, inventory
from license_audit.model.evidence import DataSource, Evidence, FoundText
from license_audit.model.lock import Block, Lock, LockedParent, LockedText
from license_audit.model.report import Report
from license_audit.outputs.bom import Bom, Component
from license_audit.outputs.bom_gathering import gather
from license_audit.outputs.bom_subjects import Subject
from license_audit.outputs.lock import render_lock
from license_audit.readers.catalog import PackagedCatalog
from tests.conftest import ROOT

ACME = ROOT / "examples" / "acme"
ON = date(2026, 11, 26)
COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40
TEXT, STRANGE = "a" * 64, "b" * 64
NASTY = "set </text> of\x1b[31m\nPackageName: evil"
"""A name that tags, values and terminals would take for their own marks."""

PROFILE = """\
schema: 1
organization: {name: "Acme (EU) GmbH", agreements: [], claims_against: []}
uses:
  shop: {purpose: commercial, environment: production, acts: [run], audience: public}
  lab: {purpose: research, environment: non-production, acts: [run], audience: none}
"""
MANIFEST = """\
schema: 1
models:
  - {id: acme/tuned, use: [shop, lab]}
  - {id: acme/tuned, use: lab}
  - {id: acme/several, use: shop}
  - {id: acme/silent, use: shop}
  - {id: acme/other, use: shop}
  - {id: acme/named, use: shop}
  - {id: acme/gone, use: shop}
  - {id: acme/loop, use: shop}
  - {id: nobody/pinned, revision: v1.0, use: shop}
  - {id: hall/base, use: shop}
  - {path: "models/we ird_ü", use: shop}
  - {provider: openai, id: gpt-4, use: shop}
  - {provider: unheard-of, id: x-1, use: shop}
"""


def _lock() -> Lock:
    def hub(**values: object) -> Block:
        return Block.model_validate({"source": "hub", "commit": COMMIT, "at": "2026-11-25T00:00:00Z", **values})

    def up(model: str, **values: object) -> LockedParent:
        return LockedParent.model_validate({"model": model, "relation": "fine-tune", "basis": "declared", **values})

    def data(name: str, **values: object) -> DataSource:
        return DataSource.model_validate({"name": name, "basis": "declared", **values})

    return Lock(
        tool="0",
        models={
            "acme/tuned": hub(
                declared=("apache-2.0",),
                parents=(up("hall/base", where="acme/tuned/README.md:3"),),
                data=(
                    data("tatsu-lab/alpaca", where="acme/tuned/README.md:5"),
                    data("Some/Unknown-Set"),
                    data(NASTY, basis="stated"),
                    data("sharegpt", basis="stated"),
                ),
                data_disclosed=True,
                gate="manual",
                renamed="acme/tuned-2",
            ),
            "hall/base": hub(
                declared=("llama-2",),
                commit=OTHER,
                files={"LICENSE.txt": TEXT, "USE.md": STRANGE, "MORE.md": "c" * 64},
                texts=("LICENSE.txt",),
                data=(data("some/unknown-set", basis="stated", where="hall/base/README.md:9"),),
                data_disclosed=True,
            ),
            "acme/several": hub(declared=("mit", "apache-2.0")),
            "acme/silent": hub(declared=(), data_disclosed=False),
            "acme/other": hub(declared=("other",), license_link="https://acme.example/terms"),
            "acme/named": hub(
                declared=("our </text> terms",),
                license_link="LICENSE",
                files={"LICENSE": STRANGE},
                texts=("LICENSE",),
                gate="auto",
            ),
            "acme/gone": Block(source="hub", unavailable="there is no such repository"),
            "acme/loop": hub(declared=("gemma",), parents=(up("acme/loop"), up("hall/loop", relation="adapter"))),
            "hall/loop": hub(declared=("mit",), parents=(up("acme/loop"), up("no id at all", relation="merge"))),
        },
        datasets={"Some/Unknown-Set": hub(declared=("cc-by-4.0",), data=(data("deep/set"),))},
        texts={
            TEXT: LockedText(found=(FoundText(key="llama-2-community", status="unaltered", similarity=1.0),)),
            STRANGE: LockedText(found=(FoundText(key="mit", status="altered", similarity=0.9),)),
        },
    )


def site(folder: Path) -> Path:
    """The manifest, with its profile, its lock file and its folder beside it."""
    (folder / "profile.yaml").write_text(PROFILE, encoding="utf-8")
    (folder / "models.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "models.lock").write_text(render_lock(_lock()), encoding="utf-8")
    (folder / "models" / "we ird_ü").mkdir(parents=True)
    card = "---\nlicense: openmdw-1.0\nbase_model: Hall/Base\n---\n"
    (folder / "models" / "we ird_ü" / "README.md").write_text(card, encoding="utf-8")
    return folder / "models.yaml"


def taken(manifest: Path, catalog: PackagedCatalog, *, judged: bool = True) -> Inventory:
    """The inventory of a site."""
    profile = manifest.parent / "profile.yaml" if judged else None
    return inventory(manifest, profile, catalog, ON, manifest.parent / "models.lock")


def bill(folder: Path, catalog: PackagedCatalog) -> Bom:
    """The bill of a site that is made in a folder."""
    found = taken(site(folder), catalog)
    return gather(found.report, catalog, found.subjects)


def named(found: Bom, name: str) -> Component:
    """The one component of a name."""
    (component,) = [one for one in found.components if one.name == name]
    return component


def subject(model: str, key: str) -> Subject:
    """A model that comes under one license."""
    return Subject(evidence=Evidence(model=model), own=(key,), licenses=(key,), is_settled=True)


def empty(bom: Bom) -> Report:
    """A report without results, of the same day."""
    return Report(
        tool_version=bom.tool_version,
        on=bom.on,
        manifest=bom.manifest,
        profile="",
        organization=None,
        fail_on="undetermined",
        uses=(),
    )
