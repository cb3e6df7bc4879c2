"""Credits and names: what a folder says of where the model comes from."""

import re

from license_audit.artifacts import naming
from license_audit.artifacts.asked import Asked, Line, Look, all_there, joined, paragraph, searched
from license_audit.artifacts.changes import change_notice, is_credit
from license_audit.artifacts.folder import Artifacts
from license_audit.artifacts.notices import as_artifacts, copyright_lines
from license_audit.artifacts.sources import Source
from license_audit.artifacts.visible import visible
from license_audit.artifacts.words import lines_of, words_of

HUB = naming.HUB
"""Where credits point to."""
_TITLE = re.compile(r"^(?:#\s+|model_name:\s*)['\"]?(\S.*?)['\"]?\s*$")


def credit(asked: Asked, files: Artifacts) -> Look:
    """Title, author, source and license of each model in one paragraph, and the copyright lines that came with it."""
    looks = [_credited(model, asked, files) for model in asked.models]
    if asked.encoded.tells_change and _shares_changed(asked):
        looks.append(change_notice(asked, files))
    return joined(looks)


def _shares_changed(asked: Asked) -> bool:
    acts = asked.use.acts
    return acts is not None and "distribute-derivative" in acts.items


def _credited(model: Source, asked: Asked, files: Artifacts) -> Look:
    if model.is_folder or "/" not in model.model:
        return Look("unsure", told=f"who made {model.model}, and where it comes from, is not known")
    place = paragraph(files, lambda found: is_credit(found, model, asked))
    if not place:
        told = f"no paragraph names {model.title}, its author, its address and its license, in "
        return Look("missing", told=told + searched(files, files.texts))
    if not model.files:
        return Look("unsure", told=f"the files of {model.model} are not here; they may name authors")
    unread = sorted(model.digests.keys() - model.files.keys())
    if unread:
        return Look("unsure", told=f"{unread[0]} of {model.model} is not here; it may name authors")
    texts = model.whole if model.whole is not None else as_artifacts(model)
    kept = all_there((Line(model.model, *one) for one in copyright_lines(texts)), files)
    return joined((Look("shown", by=(place,)), kept))


def required_prefix(asked: Asked) -> str:
    """What the name of a changed model has to begin with; empty where the clause asks for nothing of that kind."""
    prefix = asked.encoded.with_.get("prefix")
    return prefix if isinstance(prefix, str) else ""


def name_begins(prefix: str, asked: Asked, files: Artifacts) -> Look:
    """The name under which the model goes out: the title of its card, and the name that the profile declares."""
    names = [
        (files.place(file, number), told[1])
        for file, text in files.texts.items()
        if file.rpartition("/")[2].lower() == "readme.md"
        for number, line in enumerate(lines_of(visible(text)), start=1)
        if (told := _TITLE.match(line))
    ]
    if not names:
        return Look("missing", told=f"no README.md in {files.shown or 'the kit'} says what the model is called")
    declared = asked.use.derivative.name
    for place, name in (*names[:1], *([("the profile", declared)] if declared else [])):
        if words_of(name)[: len(words_of(prefix))] != words_of(prefix):
            return Look("missing", told=f"the name “{name}” ({place}) does not begin with “{prefix}”")
    return Look("shown", by=(names[0][0],))
