"""A conversation on the terminal: one question after the other, and nothing written before somebody says yes."""

import json
import stat
import sys
from pathlib import Path

import click

from license_audit.asking.figures import AnswerError
from license_audit.asking.session import Session, Settled
from license_audit.cli.shared import CANNOT
from license_audit.errors import AuditError, Problem, printable
from license_audit.model.questionnaire import Asked
from license_audit.outputs import write
from license_audit.outputs.questions import choices, introduced, said_to_write, step, who_waits, why
from license_audit.outputs.questions_diff import render_diff
from license_audit.readers.profile_edit import read_whole

WORDS = "Enter leaves it open; why, back, quit"
OPEN = ("", "skip", "?", "unknown", "don't know", "not known")
"""Said by whoever does not know; the fact stays undeclared."""
_UNCHANGED = "Nothing was written."
_WRITE_BITS = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def converse(session: Session) -> None:
    """Ask until nothing is left or somebody has enough; then show the changes, and write them if they are wanted."""
    try:
        _ask_all(session)
        _end(session)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nInterrupted.")
        _kept(session)
        sys.exit(CANNOT)


def _ask_all(session: Session) -> None:
    while asked := session.open():
        one = asked[0]
        _show(session, one, len(asked))
        while (said := _said()) == "why" or not _done(session, one, said):
            if said == "why":
                click.echo("\n".join(why(one)))
        if said == "quit":
            return


def _done(session: Session, one: Asked, said: str) -> bool:
    """Do what was said; whether another question is next, because this one was answered or something was undone."""
    if said == "quit":
        return True
    if said == "back":
        turn = session.back()
        click.echo(printable(f"Undone: {turn.path}") if turn is not None else "There is nothing to undo.")
        return turn is not None
    if said == "":
        session.skip(one)
        click.echo("Left open.")
        return True
    try:
        settled = session.answer(one, said)
    except AnswerError as error:
        click.echo(printable(f"Not taken: {error}"))
        return False
    click.echo("Noted." if settled else "Noted. No verdict is decided by it alone.")
    for found in settled:
        click.echo(_told(found))
    return True


def _said() -> str:
    text: str = click.prompt(f"Answer [{WORDS}]", default="", show_default=False)
    plain = text.strip()
    word = plain.lower()
    return "" if word in OPEN else word if word in ("why", "back", "quit") else plain


def _show(session: Session, one: Asked, left: int) -> None:
    sheet = session.sheet
    count = f"{left} question{'' if left == 1 else 's'} left"
    click.echo(f"\n{count}; {sheet.decided} of {sheet.total} verdicts are decided.")
    click.echo(printable(f"{one.text}\n   {one.path}"))
    for line in (*introduced(one), *who_waits(one), *choices(one.form), *said_to_write(one.form)):
        click.echo(line)


def _told(found: Settled) -> str:
    return printable(f"  now decided: {found.model} in {found.use} is {found.verdict}")


def _end(session: Session) -> None:
    sheet = session.sheet
    click.echo(f"\n{sheet.decided} of {sheet.total} verdicts are decided.")
    before = [use.assessment.verdict for use in session.first.report.uses]
    for was, use in zip(before, session.trial.found.report.uses, strict=True):
        if use.assessment.verdict != was:
            click.echo(_told(Settled(use.model, use.use, use.assessment.verdict)))
    if sheet.questions:
        click.echo("Still open: " + printable(", ".join(one.path for one in sheet.questions)))
    for one in sheet.steps:
        click.echo("\n".join(["", *step(one)]))
    if not session.patch:
        click.echo(_UNCHANGED)
        return
    try:
        is_written = _offer(session.profile, session.text, session.edited, asks=True)
    except AuditError:
        _kept(session)
        raise
    if not is_written:
        _kept(session)


def _kept(session: Session) -> None:
    """Answers that were not written are printed, so that they are not lost."""
    if session.patch:
        click.echo(f"{_UNCHANGED} These were the answers; questions --apply takes them from a file:")
        click.echo(json.dumps(session.patch, indent=2, default=str))
    else:
        click.echo(_UNCHANGED)


def write_changes(file: Path, text: str, edited: str, *, asks: bool) -> None:
    """Show what would change in a file, and write it unless somebody says no. AuditError when it changed meanwhile."""
    try:
        is_written = _offer(file, text, edited, asks=asks)
    except click.Abort:
        click.echo(f"\n{_UNCHANGED}")
        sys.exit(CANNOT)
    if not is_written:
        click.echo(_UNCHANGED)


def _offer(file: Path, text: str, edited: str, *, asks: bool) -> bool:
    """Whether the changes are in the file now."""
    if edited == text:
        click.echo("The profile says all of that already. Nothing was written.")
        return True
    click.echo(render_diff(text, edited, printable(str(file))), nl=False)
    _refuse_guarded(file)
    if asks and not click.confirm(printable(f"Write these changes to {file}?"), default=False):
        return False
    if read_whole(file) != text:
        raise AuditError([Problem(str(file), 0, 0, "changed meanwhile; nothing was written to it")])
    write(file, edited)
    click.echo(printable(f"Written to {file}."))
    return True


def _refuse_guarded(file: Path) -> None:
    """AuditError for a file that somebody made read-only, or that has another name, which would keep the old text."""
    try:
        found = file.stat()
    except OSError as error:
        raise AuditError([Problem(str(file), 0, 0, f"cannot be read: {(error.strerror or '').lower()}")]) from None
    if not found.st_mode & _WRITE_BITS:
        raise AuditError([Problem(str(file), 0, 0, "is read-only; nothing was written to it")])
    if found.st_nlink > 1:
        message = "has other names (hard links), which would keep the old text; nothing was written to it"
        raise AuditError([Problem(str(file), 0, 0, message)])
