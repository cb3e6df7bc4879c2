"""`license-audit validate`."""

import sys
from pathlib import Path

import click

from license_audit.audit import check_files
from license_audit.cli.shared import CANNOT
from license_audit.lint import lint_catalog
from license_audit.readers.catalog import PackagedCatalog


@click.command("validate")
@click.argument("manifest", type=click.Path(path_type=Path), required=False)
@click.option("--profile", type=click.Path(path_type=Path), default=None, help="Profile to lint.")
@click.option(
    "--catalog",
    "folder",
    type=click.Path(path_type=Path),
    default=None,
    help="Folder with rules/ and licenses/ to lint.",
)
def command(manifest: Path | None, profile: Path | None, folder: Path | None) -> None:
    """Lint a manifest, a profile, or a folder of rules and licenses; without arguments the packaged ones.

    \b
    Examples:
      license-audit validate models.yaml --profile profile.yaml
      license-audit validate
      license-audit validate --catalog .
    """
    catalog = PackagedCatalog(folder)
    linted = folder is not None or not (manifest or profile)
    problems = lint_catalog(catalog) if linted else []
    problems = problems or check_files(manifest, profile, catalog)
    for problem in problems:
        click.echo(str(problem))
    count = len(problems)
    click.echo("no problems found" if not count else f"{count} problem{'s' if count > 1 else ''}", err=True)
    sys.exit(CANNOT if problems else 0)
