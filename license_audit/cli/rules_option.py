"""`--rules FOLDER`: an organization's own rules and licenses, read and linted before anything is judged."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from license_audit.errors import AuditError
from license_audit.readers.catalog import PackagedCatalog

F = TypeVar("F", bound=Callable[..., Any])


def rules_option(function: F) -> F:
    """`--rules`, given to the command as `rules`."""
    return click.option(
        "--rules",
        type=click.Path(path_type=Path),
        default=None,
        help="Folder with rules/ and licenses/ of your own. A policy in it holds for every model.",
    )(function)


def catalog_with(rules: Path | None) -> PackagedCatalog:
    """The packaged catalog, with the folder laid over it. AuditError with every mistake in the folder."""
    catalog = PackagedCatalog(rules=rules)
    if rules is not None:
        from license_audit.lint import lint_catalog  # noqa: PLC0415  # the packaged catalog is linted by its tests

        problems = lint_catalog(catalog)
        if problems:
            raise AuditError(problems)
    return catalog
