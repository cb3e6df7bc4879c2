"""`license-audit lock`."""

import os
import sys
import time
from datetime import UTC, date, datetime
from functools import partial
from os.path import lexists
from pathlib import Path
from urllib.parse import urlsplit

import click

from license_audit import __version__
from license_audit.cli.rules_option import rules_option
from license_audit.cli.shared import CANNOT, NAME, Day, at_home, hub_cache, told
from license_audit.errors import AuditError, Problem, printable
from license_audit.gathering import folders_of
from license_audit.locking import Locker, Looker, Outcome
from license_audit.model.lock import Lock, lock_key
from license_audit.model.manifest import Manifest
from license_audit.outputs import write
from license_audit.outputs.lock import render_lock
from license_audit.own_catalog import catalog_with
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import read_manifest
from license_audit.readers.lock import read_lock
from license_audit.readers.lookers import HubLooker, OfflineLooker
from license_audit.readers.store import Store
from license_audit.readers.strict_yaml import Document

PUBLIC = "https://huggingface.co"
WORKERS = 8


@click.command("lock")
@click.argument("manifest", type=click.Path(path_type=Path), default=Path("models.yaml"))
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    help=f"The lock file; {NAME} beside the manifest by default.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Write nothing, read every file again, and end with 3 when the lock file is not what there is now.",
)
@click.option("--upgrade", metavar="MODEL", multiple=True, help="Move this model to what there is now. Repeatable.")
@click.option("--upgrade-all", is_flag=True, help="Move every model.")
@click.option("--offline", is_flag=True, help="Ask nobody; HF_HUB_OFFLINE=1 does the same.")
@click.option("--workers", type=click.IntRange(1, 64), default=WORKERS, help=f"Requests at once; {WORKERS} by default.")
@click.option("--on", type=Day(), default=None, help="Day of the run; today by default.")
@rules_option
def command(
    manifest: Path,
    output: Path | None,
    check: bool,
    upgrade: tuple[str, ...],
    upgrade_all: bool,
    offline: bool,
    workers: int,
    on: date | None,
    rules: Path | None,
) -> None:
    """Write down what each model of MANIFEST comes under, so that `check` needs no network.

    Reads each model, its parents and its data sets from the Hub, or from what HF_ENDPOINT names. What is locked stays
    locked: what moved since is told, and noted in the file, until --upgrade takes it over.

    \b
    Examples:
      license-audit lock models.yaml
      license-audit lock --check
      license-audit lock --upgrade meta-llama/Llama-2-7b-hf
    """
    path = output or manifest.parent / NAME
    shown = sys.stderr.isatty()
    with told():
        entries, places = read_manifest(manifest)
        catalog = PackagedCatalog() if rules is None else catalog_with(rules)
        old = read_lock(path) if lexists(path) else None
        problems: list[Problem] = []
        folders = folders_of(entries, manifest.parent, places, problems)
        if problems:
            raise AuditError(problems)
        names = _named(upgrade, old)
        with click.progressbar(length=1, label="Locking", file=sys.stderr, hidden=not shown) as bar:

            def progress(done: int, total: int) -> None:
                bar.length = total
                bar.update(done - bar.pos)

            looker = _looker(workers, offline=offline)
            upgraded = names | {"*"} if upgrade_all else names
            day = on or date.today()
            locker = Locker(catalog, looker, day, old, upgraded, workers, progress, is_strict=check)
            try:
                outcome = locker.run(entries.models, folders, partial(_problem, entries, places))
            except KeyboardInterrupt:
                click.echo("\ninterrupted; what was read is kept, and the next run goes on from there", err=True)
                sys.exit(CANNOT)
    _tell(outcome, check=check)
    if not check and not outcome.problems:
        with told():
            text = render_lock(outcome.lock)
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                write(path, text)
    sys.exit(_ending(outcome, check=check))


def _problem(manifest: Manifest, places: Document, key: str, message: str) -> Problem:
    """A problem where the manifest lists a model; about the whole file for a parent."""
    keys = [lock_key(entry.name, entry.revision) for entry in manifest.models]
    return places.problem(("models", keys.index(key)), message) if key in keys else Problem(places.file, 0, 0, message)


def _named(upgrade: tuple[str, ...], old: Lock | None) -> frozenset[str]:
    """The models to move. A name that nothing is locked under is a usage error, not a run without effect."""
    keys = (*old.models, *old.datasets) if old else ()
    known = {name for key in keys for name in (key, key.partition("@")[0], key.removeprefix("path:"))}
    for name in upgrade:
        if old is not None and name not in known:
            raise click.BadParameter(f"{name} is not in the lock file", param_hint="--upgrade")
    return frozenset(upgrade)


def _looker(workers: int, *, offline: bool) -> Looker:
    endpoint = _endpoint()
    store = Store(store_folder(), endpoint or PUBLIC)
    if offline or os.environ.get("HF_HUB_OFFLINE", "").upper() in ("1", "ON", "YES", "TRUE"):
        cache = hub_cache()
        for note in cache.strange() if cache is not None else ():
            click.echo(f"the Hub's cache: {printable(note)}", err=True)
        return OfflineLooker(store, cache)
    from license_audit.readers.hub import Hub  # noqa: PLC0415  # slow to import, and offline not needed

    def say(note: str) -> None:
        click.echo(printable(note), err=True)

    hub = Hub(wait=time.sleep, clock=time.monotonic, told=say, endpoint=endpoint, workers=workers)
    return HubLooker(hub, store, lambda: datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def _endpoint() -> str | None:
    """What HF_ENDPOINT names; None for the public Hub."""
    given = os.environ.get("HF_ENDPOINT", "")
    endpoint = given.strip().rstrip("/")
    if not endpoint:
        return None
    try:
        parts = urlsplit(endpoint)
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_address = False
    if not is_address:
        raise click.UsageError(f"HF_ENDPOINT is {given!r}; expected an address that begins with https://")
    return endpoint


def store_folder() -> Path:
    """Where answers of the Hub are kept between runs. What another version of the tool kept may lack files."""
    return at_home(os.environ.get("XDG_CACHE_HOME") or "~/.cache") / "license-audit" / __version__


def _tell(outcome: Outcome, *, check: bool) -> None:
    """On standard error, one line each."""
    lines = [str(problem) for problem in outcome.problems]
    lines += [f"moved: {move.message}" for moves in outcome.moved.values() for move in moves]
    lines += [f"not looked at: {text}" for text in outcome.left_out]
    lines += [f"not as its commit has it: {key}; was the lock file edited?" for key in outcome.untrue]
    if check:
        lines += [f"not locked: {key}" for key in outcome.added]
        lines += [f"no longer needed: {key}" for key in outcome.dropped]
    lock, moved = outcome.lock, len(outcome.moved)
    counts = f"{len(outcome.added)} new, {len(outcome.dropped)} dropped"
    counts += f"; {moved} moved since they were locked" if moved else ""
    lines.append(f"{len(lock.models)} models and {len(lock.datasets)} data sets; {counts}")
    if outcome.problems:
        lines.append("nothing was written; what was read is kept, and the next run goes on from there")
    for line in lines:
        click.echo(printable(line), err=True)


def _ending(outcome: Outcome, *, check: bool) -> int:
    is_stale = bool(outcome.moved or outcome.added or outcome.dropped or outcome.untrue)
    return CANNOT if outcome.problems or (check and is_stale) else 0
