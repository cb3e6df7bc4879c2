"""`license-audit questions`."""

from datetime import date
from pathlib import Path

import click

from license_audit.audit import run
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import hub_cache, inputs, lock_beside, profile_beside, told
from license_audit.outputs.questions import render_questions
from license_audit.own_catalog import catalog_with


@click.command("questions")
@inputs
@rules_option
def command(manifest: Path, profile: Path | None, lock: Path | None, on: date | None, rules: Path | None) -> None:
    """List what the profile still has to answer for MANIFEST, most decisive first.

    \b
    Example:
      license-audit questions models.yaml --profile profile.yaml
    """
    with told():
        catalog = catalog_with(rules)
        found = run(
            manifest,
            profile_beside(manifest, profile),
            catalog,
            on or date.today(),
            lock_path=lock_beside(manifest, lock),
            cache=hub_cache(),
        )
    click.echo(render_questions(found), nl=False)
