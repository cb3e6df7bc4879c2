"""`license-audit validate`."""

import sys
from pathlib import Path

import click

from license_audit.audit import check_files
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import CANNOT
from license_audit.errors import AuditError
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
    help="Folder with a whole catalog, rules/ and licenses/, to lint instead of the packaged one.",
)
@rules_option
def command(manifest: Path | None, profile: Path | None, folder: Path | None, rules: Path | None) -> None:
    """Lint a manifest, a profile, or a folder of rules and licenses; without arguments the packaged ones.

    \b
    Examples:
      license-audit validate models.yaml --profile profile.yaml
      license-audit validate
      license-audit validate --catalog .
      license-audit validate models.yaml --profile profile.yaml --rules house
    """
    linted = folder is not None or rules is not None or not (manifest or profile)
    try:
        catalog = PackagedCatalog(folder, rules)
        problems = lint_catalog(catalog) if linted else []
        problems = problems or check_files(manifest, profile, catalog)
    except AuditError as error:
        problems = list(error.problems)
    for problem in problems:
        click.echo(str(problem))
    count = len(problems)
    click.echo("no problems found" if not count else f"{count} problem{'s' if count > 1 else ''}", err=True)
    sys.exit(CANNOT if problems else 0)
