"""`license-audit kit`."""

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from os.path import lexists
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import click

from license_audit.audit import audited
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import hub_cache, inputs, lock_beside, profile_beside, told
from license_audit.errors import AuditError, Problem, printable
from license_audit.outputs import write_bytes
from license_audit.outputs.kit import ATTRIBUTION, CHANGES, LICENSES, NOTICE, PASS_ON, SUMMARY
from license_audit.own_catalog import catalog_with
from license_audit.readers.files import read_bytes

if TYPE_CHECKING:
    # What finds and compares texts is loaded once the manifest has been read.
    from license_audit.kit import Made

HANDED_OUT = (NOTICE, ATTRIBUTION, CHANGES, PASS_ON, LICENSES)
"""What a kit that is ready has beside its checklist."""


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
    from license_audit.artifacts.names import safe  # noqa: PLC0415  # the same
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
        giving = handing_out(found.manifest, found.profile)
        apart = tuple(output / safe(name) for name in giving)
        sources = Sources(manifest.parent, found.manifest, held, cache, Store(Path(folder), hub), apart)
        made = kits(found, sources, catalog, uses)
        _write(output, made, force=force)
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
    found = (problem for path, raw in files.items() for problem in _in_the_way(path, raw, output, force=force))
    problems = list(dict.fromkeys(found))
    # A file is read only where nothing stands in its way.
    problems = problems or [problem for one in made for problem in _left_over(output / one.folder, one)]
    if problems:
        raise AuditError(problems)
    for one in made:
        _write_one(output / one.folder, one.files)


def _write_one(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write one kit: its summary says that it is not ready until all the rest is there."""
    changed = {name: raw for name, raw in files.items() if not _is_held(folder / name, raw)}
    if not changed:
        return
    unfinished = json.loads(files[SUMMARY]) | {"ready": False}
    summary = (json.dumps(unfinished, indent=2) + "\n").encode()
    rest = ((name, raw) for name, raw in changed.items() if name != SUMMARY)
    for name, raw in ((SUMMARY, summary), *rest, (SUMMARY, files[SUMMARY])):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_bytes(folder / name, raw)


def _is_held(path: Path, raw: bytes) -> bool:
    return path.is_file() and path.read_bytes() == raw


def _left_over(folder: Path, made: "Made") -> Iterable[Problem]:
    """Files of an earlier kit that are not of this one. Nothing is deleted, and no folder holds parts of two kits.

    Beside a kit that is not ready stands none of the files that a ready one has, whoever put it there.
    """
    earlier = [name for name in _names(folder) if name not in made.files]
    for name in earlier:
        yield Problem(str(folder / name), 0, 0, "is of an earlier kit and not of this one; remove it first")
    for name in HANDED_OUT if made.kit.against else ():
        if _holds_file(folder / name) and not any(one == name or one.startswith(f"{name}/") for one in earlier):
            yield Problem(str(folder / name), 0, 0, "looks ready, and this kit is not; remove it first")


def _names(folder: Path) -> Iterable[str]:
    """The files of an earlier kit that are still there. A name that leads out of the folder is none of a kit."""
    try:
        names = list(json.loads(read_bytes(folder / SUMMARY, str(folder / SUMMARY)))["files"])
    except (AuditError, ValueError, KeyError, TypeError, RecursionError):
        return
    for name in names:
        if isinstance(name, str) and not _leads_out(PurePosixPath(name)) and lexists(folder / name):
            yield name


def _holds_file(path: Path) -> bool:
    """Whether a path is that of a file, or of a folder with a file somewhere in it."""
    return any(files for _, _, files in os.walk(path)) if path.is_dir() else lexists(path)


def _leads_out(name: PurePosixPath) -> bool:
    return name.is_absolute() or ".." in name.parts


def _in_the_way(path: Path, raw: bytes, output: Path, *, force: bool) -> Iterable[Problem]:
    """What keeps a file from being written; only the first of what stands on the way to it."""
    for parent in reversed(path.parents):
        if parent.is_relative_to(output) and parent != output and parent.is_symlink():
            yield _link(parent)
            return
        if lexists(parent) and not parent.is_dir():
            yield Problem(str(parent), 0, 0, "is there already and is no folder")
            return
    if path.is_symlink():
        yield _link(path)
    elif path.exists() and not path.is_file():
        yield Problem(str(path), 0, 0, "is there already and is no file")
    elif path.is_file() and path.read_bytes() != raw and not force:
        yield Problem(str(path), 0, 0, "is there already and differs; --force replaces it")


def _link(path: Path) -> Problem:
    return Problem(str(path), 0, 0, "is a link; a kit is written through none")
