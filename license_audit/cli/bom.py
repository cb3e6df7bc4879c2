"""`license-audit bom`."""

import sys
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import hub_cache, inputs, lock_beside, profile_beside, told
from license_audit.errors import printable
from license_audit.inventory import inventory
from license_audit.outputs import BILLS, write
from license_audit.outputs.bom_gathering import gather
from license_audit.own_catalog import catalog_with


@click.command("bom")
@inputs
@click.option(
    "--format",
    "format_",
    type=click.Choice(BILLS),
    default="cyclonedx",
    help="SPDX 2.3 as JSON or as tags and values, SPDX 3.0.1, or CycloneDX 1.6, which is the default.",
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the bill to a file."
)
@rules_option
def command(
    manifest: Path,
    profile: Path | None,
    lock: Path | None,
    on: date | None,
    format_: str,
    output: Path | None,
    rules: Path | None,
) -> None:
    """Write a bill of materials: the models of MANIFEST, their ancestors, data, licenses and verdicts.

    No verdict changes the exit code: that is what `check` is for. Where there is no profile, the bill has no verdicts.

    \b
    Examples:
      license-audit bom models.yaml --format cyclonedx --output models.cdx.json
      license-audit bom models.yaml --format spdx --output models.spdx.json
    """
    with told():
        catalog = catalog_with(rules)
        named = profile_beside(manifest, profile)
        judged = named if profile is not None or named.exists() else None
        report, subjects = inventory(
            manifest, judged, catalog, on or date.today(), lock_path=lock_beside(manifest, lock), cache=hub_cache()
        )
        bill = gather(report, catalog, subjects)
        writer: Any = import_module(f"license_audit.outputs.{format_.replace('-', '_')}")
        text: str = writer.write_bom(bill)
        if output is not None:
            write(output, text)
        else:
            click.echo(text, nl=False)
    if judged is None:
        click.echo(printable(f"there is no {named}: the bill has no verdicts"), err=True)
    counts = [sum((one.kind == "data") is is_data for one in bill.components) for is_data in (False, True)]
    click.echo(f"{counts[0]} models, {counts[1]} data sets, {len(bill.terms)} licenses by reference", err=True)
    sys.exit(0)
