"""The questions of an audit as a form for paper: one self-contained page without scripts."""

from license_audit.model.questionnaire import Questionnaire
from license_audit.outputs.pages import page
from license_audit.outputs.questions_words import (
    HOW,
    NOTHING,
    SHOWN,
    about,
    blanks,
    compared,
    effect,
    groups,
    others,
    progress,
    weight,
)


def render(sheet: Questionnaire) -> str:
    """The whole form."""
    values = {
        "sheet": sheet,
        "how": HOW,
        "nothing": NOTHING,
        "progress": progress(sheet),
        "shown": SHOWN,
        "about": about,
        "others": others,
        "blanks": blanks,
        "compared": compared,
        "effect": effect,
        "groups": groups,
        "weight": weight,
    }
    return page("questions.html.j2", values)
