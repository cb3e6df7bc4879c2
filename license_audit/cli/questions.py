"""`license-audit questions`."""

from datetime import date
from pathlib import Path

import click

from license_audit.asking.session import Session, checked
from license_audit.asking.sheet import questionnaire
from license_audit.asking.trial import Trial
from license_audit.audit import audited
from license_audit.cli.asking import converse, write_changes
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import hub_cache, inputs, lock_beside, profile_beside, told
from license_audit.outputs import write
from license_audit.outputs.questions import FORMATS, render_questions
from license_audit.own_catalog import catalog_with
from license_audit.readers.files import read_text
from license_audit.readers.profile_edit import BOM, read_patch, read_whole, with_patch
from license_audit.readers.strict_yaml import load


@click.command("questions")
@inputs
@rules_option
@click.option(
    "--format", "format_", type=click.Choice(FORMATS), default=None, help="Format of the form; text by default."
)
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the form to a file."
)
@click.option("--interactive", is_flag=True, help="Ask one question after the other, and write the answers.")
@click.option(
    "--apply",
    "patch",
    type=click.Path(path_type=Path),
    default=None,
    metavar="PATCH",
    help="Lay a JSON merge patch over the profile: what a report exports, or an interrupted session printed.",
)
@click.option("--yes", is_flag=True, help="With --apply: write without asking.")
def command(
    manifest: Path,
    profile: Path | None,
    lock: Path | None,
    on: date | None,
    rules: Path | None,
    format_: str | None,
    output: Path | None,
    patch: Path | None,
    *,
    interactive: bool,
    yes: bool,
) -> None:
    """List what the profile still has to answer for MANIFEST, most decisive first.

    The list is a form that can be printed and filled in by somebody who has never seen this tool. Nothing is written to
    the profile before its changes were shown and somebody said yes.

    \b
    Examples:
      license-audit questions models.yaml --profile profile.yaml
      license-audit questions models.yaml --format html --output questions.html
      license-audit questions models.yaml --interactive
      license-audit questions models.yaml --apply patch.json
    """
    if (interactive and patch is not None) or ((interactive or patch is not None) and (format_ or output)):
        raise click.UsageError(
            "--interactive, --apply, and a form with --format or --output are three different things"
        )
    if yes and patch is None:
        raise click.UsageError("--yes goes with --apply; answers are always shown before they are written")
    file = profile_beside(manifest, profile)
    with told():
        catalog = catalog_with(rules)
        if patch is not None:
            changes = read_patch(read_text(patch, str(patch)), str(patch))
            text = read_whole(file)
            edited = with_patch(text, str(file), changes)
            checked(load(edited.removeprefix(BOM), str(file)), catalog)
            write_changes(file, text, edited, asks=not yes)
            return
        found = audited(
            manifest, file, catalog, on or date.today(), lock_path=lock_beside(manifest, lock), cache=hub_cache()
        )
        if interactive:
            converse(Session(found, manifest, file))
            return
        data = load(read_text(file, str(file)), str(file)).data
        form = render_questions(questionnaire(Trial(found, data)), format_ or "text")
        if output is not None:
            write(output, form)
        else:
            click.echo(form, nl=False)
