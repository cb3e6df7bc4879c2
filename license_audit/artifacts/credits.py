"""Credits, notes of changes, and names: what a folder says of where the model comes from."""

import re
from collections.abc import Iterator

from license_audit.artifacts.asked import Asked, Line, Look, all_there, joined, paragraph, searched
from license_audit.artifacts.copies import ADDRESSES
from license_audit.artifacts.folder import Artifacts
from license_audit.artifacts.notices import as_artifacts, copyright_lines
from license_audit.artifacts.sources import Source
from license_audit.artifacts.words import Paragraph, lines_of, words_of

HUB = "huggingface.co"
BLANK = "[fill in"
"""How a place begins that somebody still has to fill in."""
TELLS_CHANGE = ("cc-by-sa-3.0/4.c",)
"""Clauses on credit that also ask how a changed model uses the original."""
_CHANGED = re.compile(r"\b(?:changed|changes|modified|modifications?)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_TITLE = re.compile(r"^(?:#\s+|model_name:\s*)['\"]?(\S.*?)['\"]?\s*$")


def change_notice(asked: Asked, files: Artifacts) -> Look:
    """For each original a paragraph that names it, says that it was changed, and gives a date."""
    return joined(_changed(model, asked, files) for model in asked.originals)


def _changed(original: Source, asked: Asked, files: Artifacts) -> Look:
    names = [words_of(name) for name in original.names]
    blank = ""
    for file in files.texts:
        for found in files.worded(file).paragraphs():
            if not _CHANGED.search(found.text) or not any(map(found.holds, names)):
                continue
            if any(_is_theirs(words_of(found.text), model) for model in asked.models):
                continue
            place = files.place(file, found.line)
            if BLANK not in found.text and _YEAR.search(_without(original.names, found.text)):
                return Look("shown", by=(place,))
            blank = blank or (place if BLANK in found.text else "")
    if blank:
        return Look("missing", told=f"{blank} is not filled in")
    told = f"no paragraph names {original.model}, says that it was changed, and gives a date, in "
    return Look("missing", told=told + searched(files, files.texts))


def _without(names: tuple[str, ...], text: str) -> str:
    """The text without names, which may hold a number that looks like a year."""
    return re.sub("|".join(map(re.escape, names)), "", text, flags=re.IGNORECASE)


def _is_theirs(words: tuple[str, ...], model: Source) -> bool:
    """Whether a paragraph came with a model, and tells of changes that others made before."""
    texts = model.whole if model.whole is not None else as_artifacts(model)
    return any(texts.worded(name).find(words) for name in texts.texts)


def credit(asked: Asked, files: Artifacts) -> Look:
    """Title, author, source and license of each model in one paragraph, and the copyright lines that came with it."""
    looks = [_credited(model, asked, files) for model in asked.models]
    if asked.clause.clause in TELLS_CHANGE and _shares_changed(asked):
        looks.append(change_notice(asked, files))
    return joined(looks)


def _shares_changed(asked: Asked) -> bool:
    acts = asked.use.acts
    return acts is not None and "distribute-derivative" in acts.items


def _credited(model: Source, asked: Asked, files: Artifacts) -> Look:
    if model.is_folder or "/" not in model.model:
        return Look("unsure", told=f"who made {model.model}, and where it comes from, is not known")
    address = words_of(f"{HUB}/{model.model}")
    parts = list(_parts(model, asked))

    def is_credit(found: Paragraph) -> bool:
        # The address names author and title as well, so they are looked for beside it.
        rest = found.without(address)
        return rest is not None and all(any(map(rest.holds, part)) for part in parts)

    place = paragraph(files, is_credit)
    if not place:
        told = f"no paragraph names {model.title}, its author, its address and its license, in "
        return Look("missing", told=told + searched(files, files.texts))
    if not model.files:
        return Look("unsure", told=f"the files of {model.model} are not here; they may name authors")
    kept = all_there((Line(model.model, *one) for one in copyright_lines(as_artifacts(model))), files)
    return joined((Look("shown", by=(place,)), kept))


def _parts(model: Source, asked: Asked) -> Iterator[list[tuple[str, ...]]]:
    """What a credit holds beside the address, each with the ways to say it."""
    key, organization = asked.clause.license, model.model.partition("/")[0]
    yield [words_of(model.title)]
    yield [words_of(name) for name in (organization, asked.catalog.publisher_of(model.model)) if name]
    yield [words_of(name) for name in (asked.catalog.title(key), ADDRESSES.get(key)) if name]


def required_prefix(asked: Asked) -> str:
    """What the name of a changed model has to begin with; empty where the clause asks for nothing of that kind."""
    inner = asked.clause.clause.partition("/")[2]
    clauses = asked.catalog.license(asked.clause.license).clauses
    found = (clause.with_.get("prefix") for clause in clauses if clause.id == inner)
    return next((prefix for prefix in found if isinstance(prefix, str)), "")


def name_begins(prefix: str, asked: Asked, files: Artifacts) -> Look:
    """The name under which the model goes out: the title of its card, and the name that the profile declares."""
    names = [
        (files.place(file, number), told[1])
        for file, text in files.texts.items()
        if file.rpartition("/")[2].lower() == "readme.md"
        for number, line in enumerate(lines_of(text), start=1)
        if (told := _TITLE.match(line))
    ]
    if not names:
        return Look("missing", told=f"no README.md in {files.shown or 'the kit'} says what the model is called")
    declared = asked.use.derivative.name
    for place, name in (*names[:1], *([("the profile", declared)] if declared else [])):
        if words_of(name)[: len(words_of(prefix))] != words_of(prefix):
            return Look("missing", told=f"the name “{name}” ({place}) does not begin with “{prefix}”")
    return Look("shown", by=(names[0][0],))
