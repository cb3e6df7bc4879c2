"""The questions of an audit as a form in Markdown, for a ticket: boxes that can be ticked, and lines to fill in."""

from collections.abc import Iterator

from license_audit.model.questionnaire import Asked, Questionnaire, Section, Step
from license_audit.outputs.markup import code, prose
from license_audit.outputs.questions_words import (
    HOW,
    NOTHING,
    SHOWN,
    about,
    blanks,
    compared,
    effect,
    headline,
    others,
    progress,
    waiting,
    weight,
)

_LINE = r"\_" * 20


def render(sheet: Questionnaire) -> str:
    """The whole form."""
    parts = ["## Questions about models", prose(headline(sheet)), prose(progress(sheet))]
    if not (sheet.questions or sheet.steps):
        parts.append(NOTHING)
    if sheet.questions:
        parts.append(prose(HOW))
    parts += ["\n".join(_asked(one)) for one in sheet.questions]
    if sheet.steps:
        parts.append("## What no answer in the profile settles")
    parts += ["\n".join(_step(one)) for one in sheet.steps]
    return "\n\n".join(parts) + "\n"


def _asked(one: Asked) -> Iterator[str]:
    yield from _head(one)
    yield from (f"- {prose(text)}" for text in (about(one), one.reason) if text)
    yield from _sections(one.sections)
    if one.form.declared:
        yield f"- Declared so far: {prose(one.form.declared)}"
    for found in one.effects:
        yield f"- If the answer is {prose(found.answer)}: {effect(found)}"
    yield ""
    for blank in blanks(one.form):
        meaning = f": {prose(blank.meaning)}" if blank.meaning else ""
        yield f"- {prose(blank.label)}{meaning} {_LINE}" if blank.is_line else f"- [ ] {prose(blank.label)}{meaning}"


def _step(one: Step) -> Iterator[str]:
    yield from _head(one)
    yield from _sections(one.sections)
    yield f"- To do: {prose(one.todo)}"
    yield from (f"- Noticed: {prose(text)}" for text in one.noticed)


def _head(one: Asked | Step) -> Iterator[str]:
    yield f"### {one.number}. {prose(one.text)}"
    yield ""
    yield code(one.path)
    yield ""
    yield f"- Waits for it: {prose(waiting(one.waiting))}. {weight(one)}"


def _sections(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections[:SHOWN]:
        place = f"{code(section.clause)}, section {prose(section.section)} of {prose(section.title)}"
        told = f"- Asked by {place}: {prose(section.gist)}"
        yield " ".join(part for part in (told, prose(compared(section))) if part)
    if rest := others(sections):
        yield f"- {prose(rest)}"
