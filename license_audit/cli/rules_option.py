"""`--rules FOLDER`: an organization's own rules and licenses; `own_catalog` reads and lints them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., Any])


def rules_option(function: F) -> F:
    """`--rules`, given to the command as `rules`."""
    return click.option(
        "--rules",
        type=click.Path(path_type=Path),
        default=None,
        help="Folder with rules/ and licenses/ of your own. A policy in it holds for every model.",
    )(function)
