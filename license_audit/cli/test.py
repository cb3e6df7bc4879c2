"""`license-audit test`."""

import sys
from pathlib import Path

import click

from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import told
from license_audit.own_catalog import catalog_with
from license_audit.readers.cases import read_cases
from license_audit.verify import run_cases


@click.command("test")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@rules_option
def command(files: tuple[Path, ...], rules: Path | None) -> None:
    """Run case FILES and print how many passed.

    \b
    Examples:
      license-audit test tests/cases/*.yaml
      license-audit test house/cases.yaml --rules house
    """
    failed = passed = 0
    with told():
        catalog = catalog_with(rules)
        for file in files:
            for outcome in run_cases(read_cases(file), catalog):
                if outcome.differences:
                    failed += 1
                    click.echo(f"{file}:{outcome.line}: {outcome.case}: {'; '.join(outcome.differences)}")
                else:
                    passed += 1
    click.echo(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
