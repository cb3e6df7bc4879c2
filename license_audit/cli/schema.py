"""`license-audit schema`."""

import click

from license_audit.schema import KINDS, json_schema


@click.command("schema")
@click.argument("name", type=click.Choice(sorted(KINDS)))
def command(name: str) -> None:
    """Print the JSON Schema of a kind of file, for editors and other programs.

    \b
    Example:
      license-audit schema profile > profile.schema.json
    """
    click.echo(json_schema(name), nl=False)
