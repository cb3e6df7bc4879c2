"""What every format of a questionnaire says: who waits, what an answer does, and what there is to fill in."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple, assert_never

from license_audit.model.questionnaire import Asked, Effect, Form, Questionnaire, Section, Step, Waiting

SHOWN = 6
"""Models and sections that are told in full; of more, the number or the names."""
UNKNOWN = "Not known here. It stays open; nothing is guessed."
HOW = (
    "Tick one box or fill in a line for each question. What nobody knows stays open: tick the last box. An answer that "
    "is left out is never taken for yes or no."
)
NOTHING = "Nothing is left to ask: every verdict is decided."


class Blank(NamedTuple):
    """Something to tick, or to write on."""

    label: str
    meaning: str = ""
    is_line: bool = False


def headline(sheet: Questionnaire) -> str:
    """What is asked about."""
    organization = f" of {sheet.organization}" if sheet.organization else ""
    return f"{sheet.manifest} judged against {sheet.profile}{organization} for {sheet.on}"


def progress(sheet: Questionnaire) -> str:
    """How many verdicts are decided, and how much is left to ask."""
    asked, steps = len(sheet.questions), len(sheet.steps)
    verdicts = f"{sheet.decided:,} of {sheet.total:,} verdicts are decided."
    questions = f"{asked:,} question{'' if asked == 1 else 's'}"
    return f"{verdicts} {questions} for the profile; {steps:,} more that no answer in it settles."


class Group(NamedTuple):
    """Models that wait in one use."""

    use: str
    models: tuple[str, ...]
    """Those that are named."""
    rest: int
    """How many more there are."""


def groups(found: Iterable[Waiting]) -> list[Group]:
    """The models that wait, by use."""
    by_use: dict[str, list[str]] = {}
    for one in found:
        by_use.setdefault(one.use, []).append(one.model)
    return [Group(use, tuple(models[:SHOWN]), max(len(models) - SHOWN, 0)) for use, models in by_use.items()]


def waiting(found: Iterable[Waiting]) -> str:
    """The models that wait, by use, in one line."""
    return "; ".join(
        f"{', '.join(models)}{f' and {rest:,} more' if rest else ''} in {use}" for use, models, rest in groups(found)
    )


def weight(one: Asked | Step) -> str:
    """How decisive a question is."""
    alone = sum(found.decides for found in one.waiting)
    if not alone:
        undecided = any(found.verdict == "undetermined" for found in one.waiting)
        return "Needed together with other answers." if undecided else "The verdict stands; a duty may be owed."
    if alone == len(one.waiting):
        return "An answer to this alone can settle " + ("it." if alone == 1 else f"all {alone:,}.")
    return f"An answer to this alone can settle {alone:,} of {len(one.waiting):,}."


def effect(found: Effect) -> str:
    """What one answer would do, e.g. `allowed`, or `2 allowed, 1 undetermined`."""
    if len(found.counts) == 1 and found.counts[0].number == 1:
        return found.counts[0].verdict
    return ", ".join(f"{count.number:,} {count.verdict}" for count in found.counts)


def about(one: Asked) -> str:
    """The use that a question is about; empty for the organization."""
    description = f": {one.description}" if one.description else ""
    return f"About the use {one.use}{description}" if one.use else ""


def others(sections: tuple[Section, ...]) -> str:
    """The sections beyond those that are told in full; empty where there are none."""
    rest = sections[SHOWN:]
    return f"Asked as well by {', '.join(section.clause for section in rest)}." if rest else ""


def source(section: Section) -> str:
    """Where a clause stands."""
    return f"{section.clause}, section {section.section} of {section.title}"


def compared(section: Section) -> str:
    """What the section looks for; empty where it says no more than its gist."""
    return f"It looks whether {'; or whether '.join(section.compared)}." if section.compared else ""


def blanks(form: Form) -> Iterator[Blank]:
    """What there is to tick and to fill in, with the box for what nobody knows."""
    yield from _blanks(form)
    yield Blank(UNKNOWN)


def _blanks(form: Form) -> Iterator[Blank]:
    match form.kind:
        case "yes-no":
            yield Blank("Yes")
            yield Blank("No")
        case "choice":
            yield from (Blank(choice.value, choice.meaning) for choice in form.choices)
        case "list":
            yield from _of_list(form)
        case "count" | "money":
            yield from _of_figure(form)
        case "rate":
            yield Blank("Rate", form.expected, is_line=True)
        case "date":
            yield Blank("Date", "year, month, day", is_line=True)
        case "held-since":
            yield from (
                Blank("First day", f"of {choice.value}, {choice.meaning}", is_line=True) for choice in form.choices
            )
        case "agreements":
            yield Blank("No separate license is held")
            yield from _lines("Licensor", "What it covers", "Reference", "First day", "Last day")
        case "claims":
            yield Blank("No claim was brought")
            yield from _lines("Against whom", "About which model or license", "Which right", "Day of filing")
            yield Blank("It answers a claim that was first brought against us")
        case "text":
            told = ", ".join(choice.value for choice in form.choices)
            yield Blank("Answer", f"such as {told}" if told else form.expected, is_line=True)
        case _:
            assert_never(form.kind)


def _lines(*labels: str) -> Iterator[Blank]:
    return (Blank(label, is_line=True) for label in labels)


def _of_list(form: Form) -> Iterator[Blank]:
    yield from (Blank(choice.value, choice.meaning) for choice in form.choices if choice.matters)
    others = ", ".join(choice.value for choice in form.choices if not choice.matters)
    yield Blank("None of these" if form.choices else "None")
    yield Blank("Others" if form.choices else "All of them", others and f"of {others}", is_line=True)
    yield Blank("The list is not complete")


def _of_figure(form: Form) -> Iterator[Blank]:
    unit = f"in {form.currency}" if form.currency else "with its currency" if form.kind == "money" else ""
    exact = f"Figure for {form.period}" if form.period else "Figure"
    yield Blank(exact, unit, is_line=True)
    yield Blank("Or at least", is_line=True)
    yield Blank("Or at most", is_line=True)
