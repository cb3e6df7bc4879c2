"""`license-audit check`."""

import sys
from datetime import date
from pathlib import Path

import click

from license_audit.audit import run
from license_audit.cli.shared import hub_cache, inputs, lock_beside, profile_beside, told
from license_audit.model.words import Verdict
from license_audit.outputs import FORMATS, render, summary, write
from license_audit.readers.catalog import PackagedCatalog


@click.command("check")
@inputs
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", help="Format of the output.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the output to a file."
)
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="Write the HTML report to a file as well.",
)
@click.option(
    "--fail-on",
    type=click.Choice(["conditional", "undetermined", "disallowed"]),
    default=None,
    help="Mildest verdict at which the gate fails; the profile's fail_on by default.",
)
def command(
    manifest: Path,
    profile: Path | None,
    lock: Path | None,
    on: date | None,
    format_: str,
    output: Path | None,
    report: Path | None,
    fail_on: Verdict | None,
) -> None:
    """Judge each model of MANIFEST in each of its uses.

    \b
    Examples:
      license-audit check models.yaml
      license-audit check models.yaml --profile legal/profile.yaml --report report.html
      license-audit check models.yaml --format json --output report.json --fail-on disallowed
    """
    shown = sys.stderr.isatty()
    with told(), click.progressbar(length=1, label="Judging", file=sys.stderr, hidden=not shown) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        catalog = PackagedCatalog()
        found = run(
            manifest,
            profile_beside(manifest, profile),
            catalog,
            on or date.today(),
            progress,
            fail_on,
            lock_path=lock_beside(manifest, lock),
            cache=hub_cache(),
        )
    with told():
        if report is not None:
            write(report, render("html", found, catalog))
        text = render(format_, found, catalog, color=output is None and sys.stdout.isatty())
        if output is not None:
            write(output, text)
        else:
            click.echo(text, nl=False)
    failed = any(use.gate == "fails" for use in found.uses)
    click.echo(summary(found), err=True)
    sys.exit(1 if failed else 0)
