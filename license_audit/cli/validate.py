"""`license-audit validate`."""

import sys
from datetime import date
from pathlib import Path

import click

from license_audit.audit import check_files
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import CANNOT, Day
from license_audit.errors import AuditError, Problem
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
    help="Folder with a whole catalog, rules/ and licenses/, to lint instead of the packaged one, tests/cases with it.",
)
@click.option("--on", type=Day(), default=None, help="Date on which readings of texts are old; today by default.")
@click.option("--strict", is_flag=True, help="Count warnings as problems.")
@rules_option
def command(
    manifest: Path | None,
    profile: Path | None,
    folder: Path | None,
    on: date | None,
    rules: Path | None,
    *,
    strict: bool,
) -> None:
    """Lint a manifest, a profile, or a folder of rules and licenses; without arguments the packaged ones.

    Warnings are told and let it pass: readings that are old, and models under terms that were replaced.

    \b
    Examples:
      license-audit validate models.yaml --profile profile.yaml
      license-audit validate
      license-audit validate --catalog . --strict
      license-audit validate models.yaml --profile profile.yaml --rules house
    """
    linted = folder is not None or rules is not None or not (manifest or profile)
    warnings: list[Problem] = []
    try:
        catalog = PackagedCatalog(folder, rules)
        problems = lint_catalog(catalog) if linted else []
        if folder is not None:
            more, warnings = _deeper(catalog, problems, on or date.today())
            problems = sorted([*problems, *more])
        problems = problems or check_files(manifest, profile, catalog)
    except AuditError as error:
        problems = list(error.problems)
    for problem in problems:
        click.echo(str(problem))
    for warning in warnings:
        click.echo(str(warning._replace(message=f"warning: {warning.message}")))
    told = [_counted(len(problems), "problem") if problems else "no problems found"]
    told += [_counted(len(warnings), "warning")] if warnings else []
    click.echo(", ".join(told), err=True)
    sys.exit(CANNOT if problems or (strict and warnings) else 0)


def _deeper(catalog: PackagedCatalog, found: list[Problem], on: date) -> tuple[list[Problem], list[Problem]]:
    """Problems and warnings of the texts that are right by themselves: what no case tries, and what has become old."""
    from license_audit.lint_cases import lint_cases  # noqa: PLC0415  # whoever lints a manifest starts without it
    from license_audit.lint_names import superseded  # noqa: PLC0415  # the same
    from license_audit.lint_reviews import stale_reviews  # noqa: PLC0415  # the same

    broken = {problem.file for problem in found}
    if any(not file.startswith("licenses/") for file in broken):
        return [], []
    sound = [key for key in catalog.license_keys() if f"licenses/{key}.yaml" not in broken]
    old = stale_reviews(catalog, sound, on)
    return lint_cases(catalog, sound), old if broken else [*old, *superseded(catalog)]


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'s' if count > 1 else ''}"
