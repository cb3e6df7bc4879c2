"""The catalog that a command works with: the packaged one, and an organization's own folder where there is one."""

from pathlib import Path

from license_audit.errors import AuditError
from license_audit.readers.catalog import PackagedCatalog


def catalog_with(rules: Path | None) -> PackagedCatalog:
    """The packaged catalog, with the folder laid over it. AuditError with every mistake in the folder."""
    catalog = PackagedCatalog(rules=rules)
    if rules is not None:
        from license_audit.lint import lint_catalog  # noqa: PLC0415  # the packaged catalog is linted by its tests

        problems = lint_catalog(catalog)
        if problems:
            raise AuditError(problems)
    return catalog
