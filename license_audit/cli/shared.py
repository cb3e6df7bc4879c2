"""Options and endings that several commands share."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from license_audit.errors import AuditError

CANNOT = 3
"""Exit code when the audit could not be done."""
F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A date such as 2026-11-24."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or a usage error."""
        try:
            return value if isinstance(value, date) else date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a date such as 2026-11-24", param, ctx)


def inputs(function: F) -> F:
    """MANIFEST, --profile and --on."""
    for option in (
        click.option("--on", type=Day(), default=None, help="Date the question is asked about; today by default."),
        click.option(
            "--profile",
            type=click.Path(path_type=Path),
            default=None,
            help="Default: profile.yaml beside the manifest.",
        ),
        click.argument("manifest", type=click.Path(path_type=Path), default=Path("models.yaml")),
    ):
        function = option(function)
    return function


def profile_beside(manifest: Path, profile: Path | None) -> Path:
    """The profile that was named, or the one beside the manifest."""
    return profile if profile is not None else manifest.parent / "profile.yaml"


@contextmanager
def told() -> Iterator[None]:
    """Tell every problem on standard error and leave with the exit code for `could not be done`."""
    try:
        yield
    except AuditError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        count = len(error.problems)
        click.echo(f"the audit could not be done: {count} problem{'s' if count > 1 else ''}", err=True)
        sys.exit(CANNOT)
