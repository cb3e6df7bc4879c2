"""`license-audit explain`."""

import sys
from pathlib import Path

import click

from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import told
from license_audit.errors import printable
from license_audit.explain import explain, explain_coverage, stale_pages, write_pages
from license_audit.own_catalog import catalog_with
from license_audit.readers.catalog import PackagedCatalog

STALE = 1
"""Exit code when a folder of pages is not current."""


@click.command("explain")
@click.argument("subject", required=False)
@click.option("--coverage", is_flag=True, help="Which sections of a license are covered, and by what.")
@click.option(
    "--pages",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write a page in Markdown for each license, rule and family into FOLDER, in place of SUBJECT.",
)
@click.option("--check", is_flag=True, help="With --pages: write nothing, and exit with 1 when FOLDER is not current.")
@rules_option
def command(subject: str | None, coverage: bool, pages: Path | None, check: bool, rules: Path | None) -> None:
    """Explain SUBJECT: a license key or name, a clause id, a rule, a model id, or `facts`, which rules compare.

    \b
    Examples:
      license-audit explain llama-2-community
      license-audit explain llama-2-community --coverage
      license-audit explain llama-2-community/2
      license-audit explain user-threshold
      license-audit explain tiiuae/falcon-40b
      license-audit explain acme-house/3 --rules house
      license-audit explain --pages docs
      license-audit explain --pages docs --check
    """
    _check_usage(subject, pages, coverage=coverage, check=check)
    with told():
        catalog = catalog_with(rules)
        if pages is None:
            tell = explain_coverage if coverage else explain
            click.echo(tell(subject or "", catalog), nl=False)
        elif check:
            _compare(pages, catalog)
        else:
            click.echo(printable(write_pages(pages, catalog)), err=True)


def _check_usage(subject: str | None, pages: Path | None, *, coverage: bool, check: bool) -> None:
    if (subject is None) is (pages is None):
        raise click.UsageError(
            "Name a SUBJECT, or a folder with --pages." if subject is None else "--pages takes no SUBJECT."
        )
    if check and pages is None:
        raise click.UsageError("--check goes with --pages.")
    if coverage and subject is None:
        raise click.UsageError("--coverage goes with a SUBJECT.")


def _compare(folder: Path, catalog: PackagedCatalog) -> None:
    found = stale_pages(folder, catalog)
    for line in found:
        click.echo(printable(line))
    if found:
        click.echo("the pages are not current: run license-audit explain --pages", err=True)
        sys.exit(STALE)
