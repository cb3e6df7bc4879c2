"""`license-audit check`."""

import sys
from datetime import date
from pathlib import Path

import click

from license_audit.answers import Answer, Question, find, keep, key, watched
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import (
    hub_cache_folder,
    inputs,
    is_terminal,
    kept_folder,
    lock_beside,
    profile_beside,
    told,
)
from license_audit.model.words import Verdict
from license_audit.outputs import FORMATS, write
from license_audit.readers.repository import folder_in_repository


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
@click.option(
    "--new-only",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="BASELINE",
    help="Fail only for what is not exactly so in a report that --format json wrote before.",
)
@click.option(
    "--artifacts",
    metavar="[USE=]DIR",
    multiple=True,
    help="A folder that is handed to others: duties that its files show count as done. Repeatable.",
)
@rules_option
@click.option("--quiet", is_flag=True, help="Tell only what fails. Of no effect on other formats than text.")
@click.option("--no-cache", is_flag=True, help="Judge again, even when nothing changed since the last answer.")
def command(
    manifest: Path,
    profile: Path | None,
    lock: Path | None,
    on: date | None,
    format_: str,
    output: Path | None,
    report: Path | None,
    fail_on: Verdict | None,
    new_only: Path | None,
    artifacts: tuple[str, ...],
    rules: Path | None,
    *,
    quiet: bool,
    no_cache: bool,
) -> None:
    """Judge each model of MANIFEST in each of its uses.

    \b
    Examples:
      license-audit check models.yaml
      license-audit check models.yaml --profile legal/profile.yaml --report report.html
      license-audit check models.yaml --format sarif --output license.sarif --fail-on disallowed
      license-audit check models.yaml --artifacts open-release=dist/acme-tickets-7b
      license-audit check models.yaml --format json --output baseline.json; license-audit check --new-only baseline.json
    """
    question = Question(
        manifest=manifest,
        profile=profile_beside(manifest, profile),
        lock=lock_beside(manifest, lock),
        cache=hub_cache_folder(),
        on=on or date.today(),
        fail_on=fail_on,
        baseline=new_only,
        rules=rules,
        format=format_,
        color=output is None and is_terminal(sys.stdout),
        quiet=quiet,
        wants_report=report is not None,
        artifacts=artifacts,
        kept=_kept() if artifacts else None,
    )
    with told():
        text, page, summary, code = _answer(question, None if no_cache else kept_folder("answers"))
        if report is not None:
            write(report, page)
        if output is not None:
            write(output, text)
        else:
            click.echo(text, nl=False)
    click.echo(summary, err=True)
    sys.exit(int(code))


def _kept() -> tuple[str, str]:
    from license_audit.cli.kit import kept_files  # noqa: PLC0415  # only for folders that are handed out

    return kept_files()


def _answer(question: Question, folder: Path | None) -> Answer:
    """The answer that was given before to the same question about the same files, or a new one, which is kept."""
    if folder is None:
        return _judged(question)
    name = key((*question, folder_in_repository(question.manifest.parent)))
    known = find(folder, name)
    if known is not None:
        return known
    with watched() as run:
        found = _judged(question)
    keep(folder, name, run, found, question.cache)
    return found


def _judged(question: Question) -> Answer:
    from license_audit.checking import answer  # noqa: PLC0415  # not needed where an answer is at hand

    with click.progressbar(length=1, label="Judging", file=sys.stderr, hidden=not is_terminal(sys.stderr)) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return answer(question, progress)
