"""`license-audit explain`."""

from pathlib import Path

import click

from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import told
from license_audit.explain import explain, explain_coverage
from license_audit.own_catalog import catalog_with


@click.command("explain")
@click.argument("subject")
@click.option("--coverage", is_flag=True, help="Which sections of a license are covered, and by what.")
@rules_option
def command(subject: str, coverage: bool, rules: Path | None) -> None:
    """Explain SUBJECT: a license key or name, a clause id, a rule, a model id, or `facts`, which rules compare.

    \b
    Examples:
      license-audit explain llama-2-community --coverage
      license-audit explain llama-2-community/2
      license-audit explain user-threshold
      license-audit explain tiiuae/falcon-40b
      license-audit explain acme-house/3 --rules house
    """
    with told():
        catalog = catalog_with(rules)
        text = explain_coverage(subject, catalog) if coverage else explain(subject, catalog)
    click.echo(text, nl=False)
