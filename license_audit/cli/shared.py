"""Options and endings that several commands share."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from license_audit.errors import AuditError, Problem, printable

if TYPE_CHECKING:
    from license_audit.readers.hub_cache import HubCache

NAME = "models.lock"
"""The lock file's name beside the manifest."""
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
    """MANIFEST, --profile, --lock and --on."""
    for option in (
        click.option(
            "--lock",
            type=click.Path(path_type=Path, dir_okay=False),
            default=None,
            help=f"The lock file. Default: {NAME} beside the manifest, where there is one.",
        ),
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


def lock_beside(manifest: Path, lock: Path | None) -> Path | None:
    """The lock file that was named, or the one beside the manifest; None where there is none."""
    beside = manifest.parent / NAME
    return lock if lock is not None else beside if lexists(beside) else None


def cache_folder() -> Path:
    """The Hub's own cache, where its client puts it."""
    if named := os.environ.get("HF_HUB_CACHE"):
        return at_home(named)
    home = os.environ.get("HF_HOME") or f"{os.environ.get('XDG_CACHE_HOME') or '~/.cache'}/huggingface"
    return at_home(home) / "hub"


def at_home(path: str) -> Path:
    """A path whose `~` is the home folder. A usage error where nobody knows it: nothing is written elsewhere."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise click.UsageError(f"{path!r}, which the environment names, starts with a home that nobody knows") from None


def kept_folder(name: str) -> Path:
    """Where the tool keeps something between two runs: a folder of the user's cache."""
    return at_home(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "license-audit" / name


def hub_cache_folder() -> Path | None:
    """The Hub's own cache, where there is one."""
    folder = cache_folder()
    return folder if folder.is_dir() else None


def hub_cache() -> "HubCache | None":
    """A reader of the Hub's own cache, where there is one."""
    from license_audit.readers.hub_cache import HubCache  # noqa: PLC0415  # commands that judge nothing start without it

    folder = hub_cache_folder()
    return HubCache(folder) if folder is not None else None


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person reads a stream; it is None where whoever started the command closed it."""
    return stream is not None and stream.isatty()


@contextmanager
def told() -> Iterator[None]:
    """Tell every problem on standard error and leave with the exit code for `could not be done`."""
    try:
        yield
    except AuditError as error:
        problems = error.problems
    except BrokenPipeError:
        raise  # whoever read the output has seen enough, and click ends quietly
    except OSError as error:
        # A working directory that is gone, a name that is too long, a disk that is full.
        place = str(error.filename or "the output")
        problems = (Problem(place, 0, 0, f"cannot be used: {(error.strerror or '').lower()}"),)
    else:
        return
    for problem in problems:
        click.echo(printable(str(problem)), err=True)
    count = len(problems)
    click.echo(f"the audit could not be done: {count} problem{'s' if count > 1 else ''}", err=True)
    sys.exit(CANNOT)
