"""The questions of a whole report, merged: each asked once, most decisive first."""

import textwrap

from license_audit.model.report import Question, Report


def render_questions(report: Report) -> str:
    """Each open question with what asks it and which models wait for it."""
    waiting: dict[str, list[str]] = {}
    asked: dict[str, Question] = {}
    clauses: dict[str, dict[str, None]] = {}
    for use in report.uses:
        if use.assessment.verdict == "undetermined":
            for question in use.assessment.questions:
                first = asked.setdefault(question.path, question)
                asked[question.path] = question if question.decides and not first.decides else first
                waiting.setdefault(question.path, []).append(f"{use.model} ({use.use})")
                clauses.setdefault(question.path, {}).update(dict.fromkeys(question.clauses))
    if not asked:
        return "Nothing is left to ask: every verdict is decided.\n"
    order = sorted(asked.values(), key=lambda one: (not one.decides, -len(waiting[one.path]), one.path))
    lines = []
    for number, question in enumerate(order, start=1):
        lines.append(f"{number}. {question.path}")
        lines += textwrap.wrap(question.text, 100, initial_indent="   ", subsequent_indent="   ")
        if clauses[question.path]:
            asks = "asked by " + ", ".join(clauses[question.path])
            lines += textwrap.wrap(asks, 100, initial_indent="   ", subsequent_indent="     ")
        names = "for " + ", ".join(dict.fromkeys(waiting[question.path]))
        lines += textwrap.wrap(names, 100, initial_indent="   ", subsequent_indent="     ")
    return "\n".join(lines) + "\n"
