"""`license-audit kit`."""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

import click

from license_audit.audit import audited
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import hub_cache, inputs, lock_beside, profile_beside, told
from license_audit.errors import AuditError, Problem, printable
from license_audit.outputs import write_bytes
from license_audit.outputs.kit import SUMMARY
from license_audit.own_catalog import catalog_with

if TYPE_CHECKING:
    # What finds and compares texts is loaded once the manifest has been read.
    from license_audit.kit import Made


@click.command("kit")
@inputs
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder for the kits: one folder for each use.",
)
@click.option("--use", "uses", multiple=True, metavar="NAME", help="Only this use. Repeatable.")
@click.option("--force", is_flag=True, help="Replace files that are there already and differ.")
@rules_option
def command(
    manifest: Path,
    profile: Path | None,
    lock: Path | None,
    on: date | None,
    output: Path,
    uses: tuple[str, ...],
    rules: Path | None,
    *,
    force: bool,
) -> None:
    """Write what has to go along with the models of MANIFEST, for each use that hands something to others.

    A folder for each use: NOTICE, credits, license copies, a note of changes, terms for recipients, and CHECKLIST.md,
    which says what answers each duty and what is left to do. License texts are copied from local folders, from the
    Hub's cache and from what `lock` kept; where there is none, the checklist says which file has to be put there.
    A use that is not allowed gets a draft, and its checklist says first what stands against it. No verdict changes the
    exit code: that is what `check` is for.

    \b
    Examples:
      license-audit kit models.yaml --output dist
      license-audit kit models.yaml --output dist --use open-release --force
      license-audit check models.yaml --artifacts dist
    """
    from license_audit.artifacts.assigned import handing_out  # noqa: PLC0415  # see above
    from license_audit.artifacts.sources import Sources  # noqa: PLC0415  # the same
    from license_audit.kit import kits  # noqa: PLC0415  # the same
    from license_audit.readers.lock import read_lock  # noqa: PLC0415  # the same
    from license_audit.readers.store import Store  # noqa: PLC0415  # the same

    with told():
        catalog = catalog_with(rules)
        cache, locked = hub_cache(), lock_beside(manifest, lock)
        found = audited(
            manifest, profile_beside(manifest, profile), catalog, on or date.today(), lock_path=locked, cache=cache
        )
        named = dict.fromkeys(name for entry in found.manifest.models for name in entry.use)
        for name in uses:
            if name not in named:
                raise click.BadParameter(f"no model of the manifest has the use {name}", param_hint="--use")
        folder, hub = kept_files()
        held = None if locked is None else read_lock(locked)
        sources = Sources(manifest.parent, found.manifest, held, cache, Store(Path(folder), hub))
        made = kits(found, sources, catalog, uses)
        _write(output, made, force=force)
    giving = handing_out(found.manifest, found.profile)
    for name in uses or named:
        if name not in giving:
            click.echo(printable(f"{name}: no kit, since none of its acts hands anything to others"), err=True)
    for one in made:
        click.echo(printable(_told(output, one)), err=True)


def kept_files() -> tuple[str, str]:
    """The folder in which `lock` keeps files of hubs, and the hub that is asked now."""
    from license_audit.cli.lock import PUBLIC, store_folder  # noqa: PLC0415  # loads all that locking needs

    return str(store_folder()), os.environ.get("HF_ENDPOINT", "").strip().rstrip("/") or PUBLIC


def _told(output: Path, made: "Made") -> str:
    kit = made.kit
    states = [duty.state for duty in kit.duties]
    done = sum(state in ("answered", "recorded") for state in states)
    ready = f"NOT READY: {', '.join(f'{one.model} is {one.verdict}' for one in kit.against)}; " if kit.against else ""
    return f"{output / made.folder}: {ready}{done} of {len(states)} duties answered; see CHECKLIST.md"


def _write(output: Path, made: "Iterable[Made]", *, force: bool) -> None:
    """Write all files, or none where one is in the way. AuditError names every such file."""
    files = {output / one.folder / name: raw for one in made for name, raw in one.files.items()}
    root = os.path.realpath(output)
    problems = [problem for path, raw in files.items() for problem in _in_the_way(path, raw, root, force=force)]
    problems += [problem for one in made for problem in _left_over(output / one.folder, one.files)]
    if problems:
        raise AuditError(problems)
    for path, raw in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != raw:
            write_bytes(path, raw)


def _left_over(folder: Path, files: Mapping[str, bytes]) -> Iterable[Problem]:
    """Files of an earlier kit that are not of this one. Nothing is deleted, and no folder holds parts of two kits."""
    try:
        names = list(json.loads((folder / SUMMARY).read_bytes())["files"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    for name in names:
        if isinstance(name, str) and name not in files and lexists(folder / name):
            yield Problem(str(folder / name), 0, 0, "is of an earlier kit and not of this one; remove it first")


def _in_the_way(path: Path, raw: bytes, root: str, *, force: bool) -> Iterable[Problem]:
    if not f"{os.path.realpath(path)}/".startswith(f"{root}/"):
        yield Problem(str(path), 0, 0, "is a link that leads out of the folder for the kits")
    elif path.exists() and not path.is_file():
        yield Problem(str(path), 0, 0, "is there already and is no file")
    elif path.is_file() and path.read_bytes() != raw and not force:
        yield Problem(str(path), 0, 0, "is there already and differs; --force replaces it")
