"""The questions of an audit as a form in text: each asked once, most decisive first."""

from collections.abc import Iterator

from license_audit.errors import printable
from license_audit.model.questionnaire import Asked, Form, Questionnaire, Section, Step
from license_audit.outputs.paragraphs import wrap
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
    source,
    waiting,
    weight,
)

FORMATS = ("text", "markdown", "html", "json")
WIDTH = 100
INDENT = "   "
_LINE = "_" * 30


def render_questions(sheet: Questionnaire, format_: str) -> str:
    """The questionnaire in one of the formats."""
    if format_ == "json":
        return sheet.model_dump_json(indent=2) + "\n"
    if format_ == "markdown":
        from license_audit.outputs.questions_markdown import render  # noqa: PLC0415  # one format is asked for

        return render(sheet)
    if format_ == "html":
        from license_audit.outputs.questions_html import render as page  # noqa: PLC0415  # the same

        return page(sheet)
    return _text(sheet)


def _text(sheet: Questionnaire) -> str:
    if not (sheet.questions or sheet.steps):
        return NOTHING + "\n"
    lines = [*wrap(printable(f"Still to be answered: {headline(sheet)}"), WIDTH, "", ""), progress(sheet)]
    lines += wrap(HOW, WIDTH, "", "") if sheet.questions else []
    for one in sheet.questions:
        lines += ["", *asked(one)]
    if sheet.steps:
        lines += ["", "No answer in the profile settles these:"]
    for each in sheet.steps:
        lines += ["", *step(each)]
    return "\n".join(lines) + "\n"


def asked(one: Asked) -> list[str]:
    """The lines of one question, with what there is to tick and to fill in."""
    lines = [*_head(one), *why(one)]
    for blank in blanks(one.form):
        meaning = f": {blank.meaning}" if blank.meaning else ""
        label = f"{blank.label}{meaning} {_LINE}" if blank.is_line else f"[ ] {blank.label}{meaning}"
        lines += wrap(printable(label), WIDTH, INDENT, INDENT + "    ")
    return lines


def choices(form: Form) -> list[str]:
    """The values to choose from, with their numbers; those that the sections look for first."""
    if form.kind in ("agreements", "claims"):
        return _paragraphs(*(f"Looked for: {choice.value}, {choice.meaning}" for choice in form.choices))
    told, rest = [], []
    for number, choice in enumerate(form.choices, start=1):
        name = f"{number} {choice.value}" if choice.value != str(number) else choice.value
        if choice.matters or choice.meaning:
            told.append(f"{name}: {choice.meaning}" if choice.meaning else name)
        else:
            rest.append(name)
    return _paragraphs(*told, f"also {', '.join(rest)}" if rest else "")


def said_to_write(form: Form) -> list[str]:
    """The lines that say how an answer is written."""
    declared = f"Declared so far: {form.declared}." if form.declared else ""
    return _paragraphs(declared, f"Write: {form.expected}")


def why(one: Asked) -> list[str]:
    """The lines that say who waits, which sections ask, and what each answer would do."""
    declared = f"Declared so far: {one.form.declared}." if one.form.declared else ""
    lines = [*introduced(one), *who_waits(one), *_sections(one.sections), *_paragraphs(declared)]
    if one.effects:
        told = "; ".join(f"{found.answer}: {effect(found)}" for found in one.effects)
        lines += _paragraphs(f"What an answer does: {told}.")
    return lines


def step(one: Step) -> list[str]:
    """The lines of something that no answer settles."""
    lines = [*_head(one), *who_waits(one), *_sections(one.sections)]
    return [*lines, *_paragraphs(f"To do: {one.todo}", *(f"Noticed: {text}." for text in one.noticed))]


def _head(one: Asked | Step) -> Iterator[str]:
    yield from wrap(printable(f"{one.number}. {one.text}"), WIDTH, "", INDENT)
    yield printable(f"{INDENT}{one.path}")


def introduced(one: Asked) -> list[str]:
    """The lines that say which use is meant, and what makes the fact count."""
    return _paragraphs(about(one), one.reason)


def who_waits(one: Asked | Step) -> list[str]:
    """The lines that say which models in which uses wait."""
    return _paragraphs(f"Waits for it: {waiting(one.waiting)}. {weight(one)}")


def _sections(sections: tuple[Section, ...]) -> Iterator[str]:
    for section in sections[:SHOWN]:
        told = " ".join(part for part in (f"asked by {source(section)}: {section.gist}", compared(section)) if part)
        yield from _paragraphs(told)
    yield from _paragraphs(others(sections))


def _paragraphs(*texts: str) -> list[str]:
    return [line for text in texts if text for line in wrap(printable(text), WIDTH, INDENT, INDENT + "  ")]
