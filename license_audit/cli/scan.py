"""`license-audit scan`."""

import os
import sys
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

import click

from license_audit.answers import key, recall, remember
from license_audit.cli.shared import CANNOT, is_terminal, kept_folder, told
from license_audit.errors import AuditError, Problem
from license_audit.outputs import SCAN_FORMATS, render_scan, scan_summary, write

if TYPE_CHECKING:
    # Loaded when there is something to scan.
    from license_audit.model.scan import Scan
    from license_audit.readers.manifest_edit import Entry
    from license_audit.scanning import Tree

BAR = 1000
"""Files from which on progress is shown."""


@click.command("scan")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help="The manifest. Default: models.yaml at the top of what is scanned.",
)
@click.option("--format", "format_", type=click.Choice(SCAN_FORMATS), default="text", help="Format of the output.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the output to a file."
)
@click.option("--fix", is_flag=True, help="Add to the manifest what it lacks; needs --use.")
@click.option("--use", default=None, help="Name of the use in the profile under which --fix lists models.")
@click.option("--no-cache", is_flag=True, help="Read every file again, also those that are as they were.")
@click.option("--all", "everything", is_flag=True, help="Tell the models that are listed, too.")
def command(
    paths: tuple[Path, ...],
    manifest: Path | None,
    format_: str,
    output: Path | None,
    use: str | None,
    *,
    fix: bool,
    everything: bool,
    no_cache: bool,
) -> None:
    """Find the models that source files name, and tell which of them the manifest lacks.

    PATHS are files or folders; the folder you are in by default. What git ignores is left out. Ends with 1 when a
    model is missing from the manifest, and with 3 when a file is missing or could not be read.

    \b
    Examples:
      license-audit scan
      license-audit scan src deploy/values.yaml --manifest legal/models.yaml
      license-audit scan --fix --use support-assistant
      license-audit scan --format sarif --output scan.sarif
    """
    if fix and not (use or "").strip():
        raise click.UsageError("--fix needs --use: the name of the use in the profile")
    from license_audit.scanning import Tree, add, entries_for  # noqa: PLC0415  # usage errors come before slow imports

    with told():
        top, inside = _placed(paths)
        tree = Tree(top, inside, manifest if manifest is not None else top / "models.yaml")
        if manifest is not None and not lexists(manifest):
            raise AuditError([Problem(str(manifest), 0, 0, "does not exist")])
        found = _scanned(tree, no_cache=no_cache)
        entries = entries_for(found, tree, use) if fix and use is not None else []
        if entries and use is not None:
            add(tree, entries, use, write)
            for entry in entries:
                click.echo(f"{tree.manifest}: added {_told(entry)}", err=True)
            found = _scanned(tree, no_cache=no_cache)
        colored = output is None and is_terminal(sys.stdout)
        text = render_scan(format_, found, color=colored, everything=everything)
        if output is not None:
            write(output, text)
        else:
            click.echo(text, nl=False)
    click.echo(scan_summary(found), err=True)
    if any(gap.level == "error" for gap in found.unread):
        sys.exit(CANNOT)
    sys.exit(1 if any(mention.standing == "missing" for mention in found.mentions) else 0)


def _told(entry: "Entry") -> str:
    return ", ".join(f"{name}: {value}" for name, value in entry.items())


def _scanned(tree: "Tree", *, no_cache: bool) -> "Scan":
    """The scan of a tree. Files that were read before and did not change are not parsed again."""
    from license_audit.readers.scan.scanner import cores  # noqa: PLC0415  # see above
    from license_audit.scanning import scan  # noqa: PLC0415

    if no_cache or not any((tree.top / path).is_dir() for path in tree.paths):
        return scan(tree, os.environ, _Bar(), cores())
    folder, name = kept_folder("scans"), key(("scan", tree.top.resolve(), *tree.paths))
    memory = recall(folder, name) or {}
    before = dict(memory)
    found = scan(tree, os.environ, _Bar(), cores(), memory)
    if memory != before:
        remember(folder, name, memory)
    return found


def _placed(paths: tuple[Path, ...]) -> tuple[Path, tuple[str, ...]]:
    """The top of the tree, and the paths from there. A usage error for paths that lie in different trees."""
    here = Path.cwd()
    if all((here / path).resolve().is_relative_to(here.resolve()) for path in paths):
        names = (os.path.relpath(here / path, here) for path in paths or (Path(),))
        return Path(), tuple(Path(name).as_posix() for name in names)
    if len(paths) == 1:
        (path,) = paths
        return (path, (".",)) if path.is_dir() else (path.parent, (path.name,))
    raise click.UsageError("the paths lie in different trees; scan each tree by itself")


class _Bar:
    """Progress on standard error, for whoever looks at it, when there is much to read."""

    def __init__(self) -> None:
        self._shown = is_terminal(sys.stderr)

    def __call__(self, done: int, total: int) -> None:
        if self._shown and total >= BAR:
            click.echo(f"\rscanned {done:,} of {total:,} files", err=True, nl=done == total)
