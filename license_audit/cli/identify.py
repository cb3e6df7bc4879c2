"""`license-audit identify`."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple

import click

from license_audit.cli.shared import CANNOT, told
from license_audit.engine.identify import Match, identify
from license_audit.known import text_index
from license_audit.outputs import write
from license_audit.outputs.identification import (
    Beside,
    Difference,
    Entry,
    Text,
    document,
    document_beside,
    printable,
    standing,
    summary,
    table,
    table_beside,
)
from license_audit.readers.texts import STDIN, Refusal, Source, is_folder, read, sources

INTERRUPTED = 130
"""Exit code when the user stopped the run."""
_PAIR = 2
_CLEAR = "\r\033[K"
"""Takes the progress bar off its line."""


class Wanted(NamedTuple):
    """What a call asks for."""

    files: tuple[str, ...]
    format: str
    whole: bool
    output: Path | None


@click.command("identify")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=str, allow_dash=True))
@click.option(
    "--format", "format_", type=click.Choice(["table", "json"]), default="table", help="Format of the output."
)
@click.option("--all", "whole", is_flag=True, help="List files without a known text, or sections without a difference.")
@click.option("--diff", is_flag=True, help="Compare two files section by section; the first is the reference.")
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), default=None, help="Write the output to a file."
)
def command(files: tuple[str, ...], format_: str, whole: bool, diff: bool, output: Path | None) -> None:
    """Tell which license each FILE is, and which of its sections are not as published.

    FILE may be a folder, whose hidden folders are left out, or - for standard input. Layout, numbering and copyright
    lines differ from copy to copy; a text in which anything else differs is altered, however similar it is.

    \b
    Examples:
      license-audit identify LICENSE
      license-audit identify - < LICENSE
      license-audit identify models README.md --format json --output texts.json
      license-audit identify --diff published.txt LICENSE --all

    Exit codes: 0 done; 2 wrong usage; 3 a file could not be read; 130 interrupted.
    """
    if diff and (len(files) != _PAIR or files == (STDIN, STDIN)):
        raise click.UsageError("--diff compares two files: a reference and another file")
    wanted = Wanted(files, format_, whole, output)
    counts: Counter[str] = Counter()
    several = not diff and (len(set(files)) > 1 or is_folder(files[0]))
    try:
        if diff:
            _compare(wanted, counts)
        else:
            _identify(wanted, counts, several=several)
    except KeyboardInterrupt:
        counts["interrupted"] += 1
    if several:
        click.echo(summary(counts), err=True)
    if counts["interrupted"]:
        click.echo("interrupted", err=True)
        sys.exit(INTERRUPTED)
    sys.exit(CANNOT if counts["failure"] else 0)


def _identify(wanted: Wanted, counts: Counter[str], *, several: bool) -> None:
    """Read file by file and tell what each holds."""
    bar = several and sys.stderr.isatty()
    with _walk(wanted.files, bar=bar) as walked:
        found = _entries(walked, counts, bar=bar)
        listed = (entry for entry in found if wanted.whole or not several or entry.matches or entry.problem)
        if wanted.format == "table":
            lines = table(listed, color=wanted.output is None and sys.stdout.isatty())
        else:
            text = document(listed)
            lines = iter([] if counts["interrupted"] else [text])
        _deliver(lines, wanted.output, counts, bar=bar)


def _walk(files: tuple[str, ...], *, bar: bool) -> AbstractContextManager[Iterable[Source]]:
    """The files to read, where wanted with a bar that shows how many are left."""
    if not bar:
        return nullcontext(sources(files))
    length = sum(1 for _ in sources(files))
    return click.progressbar(sources(files), length=length, label="Reading", file=sys.stderr)


def _entries(walked: Iterable[Source], counts: Counter[str], *, bar: bool) -> Iterator[Entry]:
    """What each file holds. After an interruption no more are read, and those that were can still be told."""
    try:
        for source in walked:
            content = read(source, _standard_input())
            if not isinstance(content, Refusal):
                entry = _entry(source.path, content)
                counts[standing(entry)] += 1
                yield entry
            elif _complain(source, content, counts, bar=bar):
                yield Entry(source.path, problem=content.reason)
    except KeyboardInterrupt:
        counts["interrupted"] += 1


def _entry(name: str, content: str | bytes) -> Entry:
    found = identify(content, text_index())
    nearest = (found.nearest.key, found.nearest.share) if found.nearest else None
    return Entry(name, tuple(map(_text, found.matches)), nearest, more=found.is_cut)


def _text(match: Match) -> Text:
    """What is told of a match, which itself holds the whole file."""
    known = match.identity
    changes = tuple(Difference(*change) for change in match.changes)
    return Text(
        known.key,
        known.ids,
        known.title,
        known.version,
        match.status,
        match.similarity,
        match.lines,
        changes,
        match.alike,
    )


def _compare(wanted: Wanted, counts: Counter[str]) -> None:
    """Read two files and tell in which sections they differ."""
    texts = []
    for name in wanted.files:
        source = Source(name, named=True)
        content = read(source, _standard_input())
        if isinstance(content, Refusal):
            _complain(source, content, counts)
        else:
            texts.append(content if isinstance(content, str) else content.decode("utf-8", "replace"))
    if len(texts) == _PAIR:
        beside = _beside(wanted.files, texts)
        if isinstance(beside, Refusal):
            _complain(Source(wanted.files[0], named=True), beside, counts)
        else:
            lines = table_beside(beside, sections=wanted.whole)
            _deliver(lines if wanted.format == "table" else iter([document_beside(beside)]), wanted.output, counts)


def _beside(names: Sequence[str], texts: Sequence[str]) -> Beside | Refusal:
    """A file beside another that is taken for a published text, whatever it holds."""
    from license_audit.engine.identify.draft import MAX_LENGTH, draft  # noqa: PLC0415  # only a comparison needs it
    from license_audit.engine.identify.matching import compared  # noqa: PLC0415
    from license_audit.engine.identify.reference import Identity  # noqa: PLC0415
    from license_audit.engine.identify.tolerance import is_furniture  # noqa: PLC0415
    from license_audit.engine.identify.words import Words, digest  # noqa: PLC0415

    (published, name), drafted, words = names, draft(texts[0]), Words(texts[1])
    if not 0 < len(drafted.words) <= MAX_LENGTH:
        return Refusal(f"has {len(drafted.words):,} words; a reference has 1 to {MAX_LENGTH:,}", "failure")
    reference = drafted.known(Identity(published, (), "", ""), digest(Words(texts[0]).words))
    comparison = compared(reference, words)
    if comparison is None:
        return Beside(published, name, float(reference.whole == digest(words.words)), (), ())
    start, end = comparison.alignment.span
    around = [("before", 0, start), ("after", end, len(words))]
    changes = [Difference(*change) for change in comparison.changes()]
    changes += [
        Difference("added", place, words.lines(first, last))
        for place, first, last in around
        if first < last and not is_furniture(words.between(first, last).split("\n"), set(), set())
    ]
    sections = tuple((place.section, words.lines(place.start, place.end)) for place in comparison.places())
    share = comparison.alignment.matched / reference.length
    return Beside(published, name, share, tuple(sorted(changes, key=lambda change: change.lines)), sections)


def _complain(source: Source, refusal: Refusal, counts: Counter[str], *, bar: bool = False) -> bool:
    """Count a file that was not read, and say why where that is worth a line."""
    counts[refusal.weight] += 1
    if refusal.weight == "silent":
        return False
    click.echo(f"{_CLEAR if bar else ''}{printable(source.path)}: {refusal.reason}", err=True)
    return True


def _deliver(lines: Iterator[str], output: Path | None, counts: Counter[str], *, bar: bool = False) -> None:
    """Print lines as they come, or write all of them to a file. An interrupted run writes none."""
    if output is None:
        for line in lines:
            if bar:
                click.echo(_CLEAR, err=True, nl=False)
            click.echo(line)
    else:
        text = "".join(f"{line}\n" for line in lines)
        if not counts["interrupted"]:
            with told():
                write(output, text)


def _standard_input() -> BinaryIO | None:
    """Standard input; None where the process was started without one."""
    return sys.stdin.buffer if sys.stdin else None
