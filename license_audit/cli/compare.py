"""`license-audit compare`."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import Day, hub_cache, told
from license_audit.compare import KINDS, Ask, Kind, MismatchError, compare
from license_audit.outputs import write
from license_audit.own_catalog import catalog_with

if TYPE_CHECKING:
    from license_audit.model.comparison import Comparison

FORMATS = ("text", "html", "json")


@click.command("compare")
@click.argument("a")
@click.argument("b")
@click.option("--kind", type=click.Choice(KINDS), default=None, help="What A and B are; found out by default.")
@click.option(
    "--profile",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="For two models: judge both in the uses of this profile.",
)
@click.option("--use", "uses", multiple=True, help="Only this use. May be given more than once.")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="For two profiles: judge the models of this manifest under each.",
)
@click.option("--lock", type=click.Path(path_type=Path, dir_okay=False), default=None, help="The lock file.")
@click.option("--on", type=Day(), default=None, help="Date the question is asked about; today by default.")
@rules_option
@click.option("--format", "format_", type=click.Choice(FORMATS), default="text", help="Format of the output.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the output to a file."
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when A and B differ, and with 0 when they do not.")
def command(
    a: str,
    b: str,
    kind: Kind | None,
    profile: Path | None,
    uses: tuple[str, ...],
    manifest: Path | None,
    lock: Path | None,
    on: date | None,
    rules: Path | None,
    format_: str,
    output: Path | None,
    *,
    exit_code: bool,
) -> None:
    """Compare A and B clause by clause: two licenses, two models, two profiles, or two reports in JSON.

    A and B are license keys or names, ids or folders of models, profile files, or files that `check --format json`
    wrote. The exit code is 0 whether they differ or not, unless --exit-code is given.

    \b
    Examples:
      license-audit compare llama-2 falcon-180b-1.0
      license-audit compare mistral-mnpl-0.1 mistral-mrl-0.1 --format html --output compare.html
      license-audit compare tiiuae/falcon-40b tiiuae/falcon-180B --profile profile.yaml --use support-assistant
      license-audit compare old.yaml new.yaml --manifest models.yaml
      license-audit compare before.json after.json --exit-code
    """
    with told():
        ask = Ask(
            a=a,
            b=b,
            on=on or date.today(),
            kind=kind,
            profile=profile,
            manifest=manifest,
            lock=lock,
            uses=uses,
            cache=hub_cache(),
        )
        try:
            found = compare(ask, catalog_with(rules))
        except MismatchError as error:
            raise click.UsageError(str(error)) from None
        text = _rendered(found, format_)
        if output is not None:
            write(output, text)
        else:
            click.echo(text, nl=False)
    sys.exit(1 if exit_code and found.differs else 0)


def _rendered(found: "Comparison", format_: str) -> str:
    if format_ == "json":
        return found.model_dump_json(indent=2) + "\n"
    if format_ == "html":
        from license_audit.outputs.comparison_html import render_html  # noqa: PLC0415  # loads a template engine

        return render_html(found)
    from license_audit.outputs.comparison import render_text  # noqa: PLC0415  # not needed for the other formats

    return render_text(found)
