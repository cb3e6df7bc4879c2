"""The texts of a kit: what goes along with a model that is handed to others, and the list of what is left to do."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from license_audit.model.record import Record
from license_audit.model.words import Verdict
from license_audit.outputs.markup import code, prose
from license_audit.outputs.plain import one_line

NOTICE, ATTRIBUTION, CHANGES = "NOTICE", "ATTRIBUTION.md", "CHANGES.md"
PASS_ON, CHECKLIST, SUMMARY = "PASS-ON.md", "CHECKLIST.md", "kit.json"
LICENSES = "LICENSES"
"""Folder of the license copies."""
NO_VERDICT_AGAINST: tuple[Verdict, ...] = ("allowed", "conditional")
State = Literal["answered", "fill-in", "recorded", "by-hand", "no-file"]
_HEADINGS: Mapping[State, str] = {
    "by-hand": "Still to be done by hand",
    "fill-in": "Answered once the blanks are filled in",
    "answered": "Answered by this kit",
    "recorded": "Recorded in the profile as done",
    "no-file": "Not to be shown by any file",
}
_ADVICE: Mapping[State, str] = {
    "by-hand": "Put what is missing into the folder that goes out.",
    "fill-in": "Whatever stands in square brackets is for you to write.",
    "answered": "Hand these files out with the model, unaltered.",
    "recorded": "The profile says so under fulfils; nothing here shows it.",
    "no-file": "Do it, and record it in the profile under fulfils.",
}


class Credit(Record):
    """Who made a model, and under which license it comes."""

    name: str
    author: str
    address: str
    license: str
    license_address: str
    """Empty where none is needed."""
    kept: tuple[str, ...]
    """Copyright lines that came with it."""


class Change(Record):
    """What a note of changes is about."""

    name: str
    """Of the changed model; empty when nobody declared it."""
    original: str


class PassedOn(Record):
    """A term for recipients."""

    license: str
    section: str
    gist: str
    remedy: str
    places: tuple[str, ...]
    """Files of the kit with the lines on which it stands."""


class Duty(Record):
    """One duty of the checklist."""

    clause: str
    license: str
    section: str
    title: str
    gist: str
    remedy: str
    models: tuple[str, ...]
    state: State
    by: tuple[str, ...]
    """Files of the kit with lines."""
    told: str
    """What is missing, or why nobody can tell; empty where nothing is."""
    is_open: bool
    """Whether an open fact decides if it is owed at all."""


class Copy(Record):
    """A text that came with a model."""

    model: str
    original: str
    """Its name among the files of the model."""
    file: str
    """Its name in the kit."""
    title: str
    """The license that it is; empty for a text nobody knows."""
    is_unaltered: bool


class Wanted(Record):
    """A text that is not on this machine."""

    title: str
    model: str
    file: str
    """Its name among the files of the model; empty when nobody knows of one."""
    commit: str
    digest: str


class Standing(Record):
    """The verdict of one model in the use."""

    model: str
    verdict: Verdict
    reason: str
    obstacles: tuple[str, ...]
    """Clauses and facts that stand against it."""
    blocked: tuple[str, ...]
    """What stands against it whatever the licenses say: the organization's own policy, or terms that moved."""

    @property
    def is_against(self) -> bool:
        """Whether the model may not be handed out as things stand."""
        return bool(self.blocked) or self.verdict not in NO_VERDICT_AGAINST


class Kit(Record):
    """What is known of one use in which something is handed out."""

    use: str
    description: str
    manifest: str
    standings: tuple[Standing, ...]
    duties: tuple[Duty, ...]
    copies: tuple[Copy, ...]
    wanted: tuple[Wanted, ...]

    @property
    def against(self) -> tuple[Standing, ...]:
        """Models that may not be handed out as things stand."""
        return tuple(one for one in self.standings if one.is_against)


def notice_text(parts: Iterable[tuple[str, str]]) -> str:
    """The NOTICE file, each part below the line that says what it is about; empty for nothing."""
    told = "\n\n".join(f"{one_line(about)}\n\n{text}" for about, text in parts)
    return f"{told}\n" if told else ""


def attribution_text(credits_: Iterable[Credit], sentences: Iterable[tuple[str, str]]) -> str:
    """Credits, and sentences to show, each with where it has to stand; empty for nothing."""
    parts = [_credit(one) for one in credits_]
    parts = ["## Credits", *parts] if parts else []
    shown = [f"{one_line(about)}\n\n> {one_line(sentence)}" for about, sentence in sentences]
    parts += ["## Sentences to show", *shown] if shown else []
    return "\n\n".join(["# Attribution", *parts]) + "\n" if parts else ""


def _credit(one: Credit) -> str:
    where = f" ({one.license_address})" if one.license_address else ""
    told = f"“{one_line(one.name)}” by {one_line(one.author)} ({one.address}), licensed under {one.license}{where}."
    return "\n".join([told, *(one_line(line) for line in one.kept)])


def changes_text(changes: Iterable[Change]) -> str:
    """Notes of changes with blanks; empty for nothing."""
    parts = [
        f"Model: {one_line(one.name) or '[fill in: name of the model]'}\n"
        f"Changed from: {one_line(one.original)}\n"
        "Changed by: [fill in: who]\n"
        "Changed on: [fill in: day, with the year]\n"
        "What was changed: [fill in: which files, and how]"
        for one in changes
    ]
    return "\n\n".join(["# Changed files", *parts]) + "\n" if parts else ""


def pass_on_text(terms: Iterable[PassedOn]) -> str:
    """What has to be agreed with recipients, in words of our own; empty for nothing."""
    parts = [
        "\n".join(
            [
                f"## {prose(f'{one.license}, section {one.section}')}",
                "",
                f"{prose(one.gist)} {prose(one.remedy)}",
                "",
                "In the text: " + (", ".join(map(code, one.places)) or "no copy is in this kit") + ".",
            ]
        )
        for one in terms
    ]
    head = (
        "# What recipients have to agree to\n\n"
        "These are summaries. What binds is the text that each points at. Put the terms into the agreement under which "
        "you hand the model out; this file alone binds nobody."
    )
    return "\n\n".join([head, *parts]) + "\n" if parts else ""


def checklist_text(kit: Kit) -> str:
    """Every duty with what answers it and what is left to do. What stands against the use comes first."""
    ready = not kit.against
    title = f"# {'Checklist' if ready else 'Not ready'}: {prose(kit.use)}"
    lines = [title, "", *([prose(kit.description), ""] if kit.description else [])]
    if not ready:
        lines += list(_against(kit))
    lines += ["Models: " + ", ".join(f"{code(one.model)} ({one.verdict})" for one in kit.standings) + ".", ""]
    for state, heading in _HEADINGS.items():
        found = [duty for duty in kit.duties if duty.state == state]
        if found:
            lines += [f"## {heading}", "", _ADVICE[state], "", *(_duty(duty) for duty in found), ""]
    if not kit.duties:
        lines += ["No clause asks for anything in this use.", ""]
    lines += list(_texts(kit))
    return "\n".join(lines).rstrip("\n") + "\n"


def _against(kit: Kit) -> Iterator[str]:
    yield "**Do not hand this out.** This stands against it:"
    yield ""
    for one in kit.against:
        yield f"- {code(one.model)} is {one.verdict}. {prose(one.reason)}"
        yield from (f"  - {prose(told)}" for told in one.blocked)
        yield from (f"  - {code(obstacle)}" for obstacle in one.obstacles)
    yield ""


def _duty(duty: Duty) -> str:
    mark = "x" if duty.state in ("answered", "recorded") else " "
    cited = prose(f"{duty.license}, section {duty.section}: {duty.title}")
    lines = [
        f"- [{mark}] **{cited}** ({code(duty.clause)})",
        f"  {prose(duty.gist)}",
        f"  For {', '.join(map(code, duty.models))}.",
    ]
    if duty.is_open:
        lines.append("  Only if a fact that is still open makes it a duty; `license-audit questions` tells which.")
    if duty.by:
        lines.append(f"  In {', '.join(map(code, duty.by))}.")
    if duty.state in ("by-hand", "no-file"):
        lines.append(f"  {prose(duty.remedy)}")
    if duty.told:
        lines.append(f"  Missing: {prose(duty.told)}.")
    return "\n".join(lines)


def _texts(kit: Kit) -> Iterator[str]:
    if kit.copies:
        yield from ("## Texts that came with the models", "", "Each is a copy, byte for byte.", "")
        for one in kit.copies:
            what = prose(one.title) if one.title else "a text nobody knows"
            odd = "" if one.is_unaltered else ", not as published: have it read"
            yield f"- {code(one.file)}: {code(one.original)} of {code(one.model)}, {what}{odd}"
        yield ""
    if kit.wanted:
        yield from ("## Texts to be put here", "", "They are not on this machine. Take them from the source named.", "")
        for want in kit.wanted:
            yield f"- {_wanted(want)}"
        yield ""


def _wanted(want: Wanted) -> str:
    if not want.file:
        return f"{prose(want.title)} for {code(want.model)}: as published; no file of the model is known to hold it"
    commit = f" at commit {code(want.commit)}" if want.commit else ""
    return f"{prose(want.title)}: {code(want.file)} of {code(want.model)}{commit}, SHA-256 {code(want.digest)}"
