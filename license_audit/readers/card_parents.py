"""Models that the prose of a card names as the origin of its own.

A mention counts when the words right before or after it say so: a verb of descent with a preposition, a field such as
`Base model:`, a list under words such as `merge of`. Comparisons, siblings, advice and demos have other words there.
"""

import re
from collections.abc import Iterable, Iterator

from license_audit.model.card import NamedParent
from license_audit.model.words import Relation
from license_audit.readers.card_contexts import (
    ASIDE,
    FIELD,
    LEAD,
    LINKS,
    MERGED_AFTER,
    MERGES,
    NOT_ORIGIN,
    NOT_PARENT_AFTER,
)
from license_audit.readers.card_descent import REACH, About, Told, also, plain, plain_title, relation_of, smooth, told
from license_audit.readers.card_links import Mention, is_data_name, is_id
from license_audit.readers.card_text import Body, Unit

_MARK = re.compile(r"⟦(\d+)⟧")
_CONVERTED = re.compile(r"gguf|ggml|gptq|awq|exl[23]|onnx|mlx|[2-8]-?bit|quant|bnb", re.IGNORECASE)
_TITLE = re.compile(rf"\W*⟦(\d+)⟧[\s:–-]*(?:{_CONVERTED.pattern})[\w\s-]{{0,30}}", re.IGNORECASE)
"""A title that is a name with a word for a change of format."""
_ONLY_MARKS = re.compile(r"(?:⟦\d+⟧[\s,.&+;]*(?:and\s)?)+(?:\([^()]{1,30}\))?")
_LAST_MARK = re.compile(r"[^⟦⟧]{0,80}(?:⟦\d+⟧[^\w⟦⟧]*)+")
_MODEL_HEADING = re.compile(r"\W*(?:the )?model\W*", re.IGNORECASE)
_BASE_COLUMN = re.compile(
    r"(?:base|parent|original|source|backbone|foundation) ?(?:model|llm|checkpoint)s?|(?:fine-?\s?tuned|derived) from",
    re.IGNORECASE,
)
_CREDITS = re.compile(r"\b(?:credits?|sources?|ingredients|components|links)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\W{0,6}⟦(\d+)⟧\W{0,3}(?:is|was|has been|:|-|–|model is)\s")
_QUOTED = re.compile(r"(?<![\w./:-])([A-Za-z0-9][\w.-]{0,95}/[A-Za-z0-9][\w.-]{0,95})(?![\w/:-])", re.ASCII)
_DATA = re.compile(r"\bdata(?:sets?)?\b|\bcorpus\b", re.IGNORECASE)
_MADE_DATA = re.compile(r"\b(?:data|conversations?|dialogues?|samples|examples|generated)\b", re.IGNORECASE)
_VERSION = re.compile(r"-v\d+(?:\.\d+)*$", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_NO_NUMBER = re.compile(r"[^\W\d_]|⟦")
_HEADING_LENGTH = 60
"""Characters up to which what stands before a table is like a heading."""
_RESULTS = 2
"""Cells with numbers from which on a table row is one of results."""
_MOST = 60
"""Ids of a card that are looked for by name."""
_ALIKE = 0.8
"""From this likeness on, two owners are one that is misspelt or renamed."""


def prose_parents(body: Body, own: str = "") -> list[NamedParent]:
    """Parents that sentences, fields, lists and tables name, in order; the same may come twice.

    `own` is the id of the card's own model, empty when nobody knows it.
    """
    merges = any(MERGES.search(unit.text) for unit in body.units)
    about = About(own, plain_title(body.title), merges)
    found: list[NamedParent] = []
    header, last = list[str](), 0
    for unit in body.units:
        if unit.kind == "row":
            header = header if unit.line == last + 1 else _cells(unit.plain())
            last = unit.line
            found += [] if unit.embedded else _in_column(unit, header, about)
        if not unit.embedded and any(mention.kind == "model" for mention in unit.mentions.values()):
            found += _in_unit(unit, about)
    found = found or list(_by_name(body, about)) or list(_credited(body, about))
    return [parent for parent in found if parent.name.casefold() != own.casefold()]


def _in_unit(unit: Unit, about: About) -> Iterator[NamedParent]:
    text = smooth(unit.text)
    if unit.kind == "row":
        yield from _row(unit, text)
    elif unit.kind == "heading" and (title := _TITLE.fullmatch(text)) and not _CONVERTED.search(_name(unit, title)):
        yield _parent(unit, int(title.group(1)), "quantize")
    elif (field := _field(unit, text, about)) is not None:
        yield from field
    elif listed := list(_listed(unit, text, about)):
        yield from listed
    elif not unit.sibling or about.is_own(next(iter(unit.mentions.values())).name if unit.mentions else ""):
        yield from _sentence(unit, text, about)


def _name(unit: Unit, match: re.Match[str]) -> str:
    return unit.mentions[int(match.group(1))].name


def _parent(unit: Unit, number: int, relation: Relation | None) -> NamedParent:
    return NamedParent(unit.mentions[number].name, relation, unit.line_of(unit.text.find(f"⟦{number}⟧")))


def _models(unit: Unit, text: str) -> list[re.Match[str]]:
    """Where the text names models, in order; a name that calls itself a data set is none unless it is a link."""
    return [match for match in _MARK.finditer(text) if _is_model(unit.mentions[int(match.group(1))])]


def _is_model(mention: Mention) -> bool:
    return mention.kind == "model" and (mention.linked or not is_data_name(mention.name))


def _row(unit: Unit, text: str) -> Iterator[NamedParent]:
    """A table row with a field in its first cell, or one of a table of merged models."""
    cells = [cell.strip() for cell in text.strip("| ").split("|")]
    field = FIELD.match(f"{cells[0]}:") if len(cells) > 1 else None
    if field and field.end() >= len(cells[0]):
        if any(_models(unit, cell) for cell in cells[2:]):
            return  # one row for several models
        yield from (_parent(unit, int(match.group(1)), relation_of(field)) for match in _models(unit, cells[1]))
    elif sum(map(_is_number, cells)) < _RESULTS and (lead := _lead(unit)):
        yield from (_parent(unit, int(match.group(1)), relation_of(lead)) for match in _models(unit, cells[0])[:1])


def _is_number(cell: str) -> bool:
    return bool(_DIGIT.search(cell)) and not _NO_NUMBER.search(cell)


def _cells(text: str) -> list[str]:
    return [cell.strip(" *`_") for cell in text.strip("| ").split("|")]


def _in_column(unit: Unit, header: list[str], about: About) -> Iterator[NamedParent]:
    """What a table names in a column for base models, in the row that starts with the card's own model."""
    cells = smooth(unit.text).strip("| ").split("|")
    at = next((at for at, words in enumerate(header) if _BASE_COLUMN.fullmatch(words)), 0)
    if at == 0 or at >= len(cells) or not about.own or plain(_cells(unit.plain())[0]) != plain(about.own):
        return
    yield from (_parent(unit, int(match.group(1)), None) for match in _models(unit, cells[at]))


def _credited(body: Body, about: About) -> Iterator[NamedParent]:
    """Links that end a line below the word credits or below words on a merge.

    Only in the card of a merge that tells of its parts in no other way.
    """
    below = False
    for unit in body.units if about.merges else ():
        if unit.kind == "heading" or unit.text.rstrip().endswith(":"):
            below = bool(_CREDITS.search(unit.plain()))
        elif unit.kind == "prose" and not unit.mentions and (lead := LEAD.search(unit.text)) and lead.group("merge"):
            below = True
        elif below and not unit.embedded and _LAST_MARK.fullmatch(unit.text) and not ASIDE.search(unit.text):
            for match in _models(unit, unit.text):
                if not _CONVERTED.search(_name(unit, match)) and not about.is_own(_name(unit, match)):
                    yield _parent(unit, int(match.group(1)), "merge")


def _lead(unit: Unit) -> re.Match[str] | None:
    """What introduces the list or table of a unit as what the model was made of: the last sentence before it.

    The sentence before that counts too when the last one only goes on: `It uses these base models:`.
    """
    *before, words = re.split(r"(?<=[.!?])\s+(?=[A-Z⟦*])", smooth(unit.lead))
    if ASIDE.search(words) or (unit.kind == "row" and not words.endswith(":") and len(words) > _HEADING_LENGTH):
        return None
    return LEAD.search(words) or (
        LEAD.search(" ".join(before)) if unit.kind == "item" and words.endswith(":") else None
    )


def _field(unit: Unit, text: str, about: About) -> list[NamedParent] | None:
    """What a field such as `Base model: …` names; None when the unit is no such field."""
    field = FIELD.match(text)
    models = _models(unit, text)
    if field is None:
        above = unit.headings[-1] if unit.headings and unit.kind == "prose" else ""
        field = FIELD.fullmatch(above.strip(" :*") + ":") if above else None
        other = about.own and models and _MODEL_HEADING.fullmatch(above) and not about.is_own(_name(unit, models[0]))
        if not (field or other) or not _ONLY_MARKS.fullmatch(text):
            return None
        return [_parent(unit, int(match.group(1)), relation_of(field) if field else None) for match in models]
    found: list[NamedParent] = []
    at: int | None = field.end()
    for match in models:
        between, number = text[at : match.start()], int(match.group(1))
        if at is not None and (not found or LINKS.fullmatch(between)) and not NOT_ORIGIN.search(between):
            known = (
                None
                if NOT_PARENT_AFTER.match(text[match.end() :])
                else Told(relation_of(field) or also(text[match.end() :]))
            )
        else:
            known = told(text, match.start(), match.end(), unit.mentions[number], about)
        at = match.end() if known else None
        found += [_parent(unit, number, known.relation)] if known else []
    return found


def _listed(unit: Unit, text: str, about: About) -> Iterator[NamedParent]:
    """What an item names first, in a list that is introduced as what the model was made of, and what that is from."""
    models = _models(unit, text) if unit.kind == "item" else []
    lead = _lead(unit) if models else None
    if not lead or models[0].start() > REACH:
        return
    at = models[0].start()
    if _MADE_DATA.search(text[:at]) or NOT_PARENT_AFTER.match(text[models[0].end() :]):
        return
    relation = relation_of(lead)
    for match in models:
        number = int(match.group(1))
        if match.start() > at and not LINKS.fullmatch(text[at : match.start()]):
            known = told(text, match.start(), match.end(), unit.mentions[number], about)
            if known is None:
                break
            relation = known.relation
        yield _parent(unit, number, relation)
        at = match.end()


def _sentence(unit: Unit, text: str, about: About) -> Iterator[NamedParent]:
    """Models of a sentence that it tells to be the origin, and those that it joins to them."""
    last: Told | None = None
    end = 0
    models = _models(unit, text)
    about_data = bool(unit.headings and _DATA.search(unit.headings[-1]))
    for at, match in enumerate(models):
        number = int(match.group(1))
        if last is None or not LINKS.fullmatch(text[end : match.start()]):
            last = told(text, match.start(), match.end(), unit.mentions[number], about)
            if last is None and _merged_with_next(text, models[at:]):
                last = Told("merge")
            if about_data and not text[: match.start()].strip(" :-"):
                last = None  # what a model was trained on, told of that model
        elif NOT_PARENT_AFTER.match(text[match.end() :]):
            last = None
        if last and match is not models[0] and _other_subject(unit, text, about):
            last = None
        end = match.end()
        if last:
            yield _parent(unit, number, last.relation)


def _merged_with_next(text: str, models: list[re.Match[str]]) -> bool:
    """Whether the first of some models stands in a chain of them that is called a merge at its end."""
    chain = 0
    while chain + 1 < len(models) and LINKS.fullmatch(text[models[chain].end() : models[chain + 1].start()]):
        chain += 1
    before = text[: models[0].start()]
    return chain > 0 and bool(MERGED_AFTER.match(text[models[chain].end() :])) and not NOT_ORIGIN.search(before)


def _other_subject(unit: Unit, text: str, about: About) -> bool:
    """Whether the sentence starts with another model and tells of that one."""
    subject = _SUBJECT.match(text)
    mention = unit.mentions[int(subject.group(1))] if subject else None
    return bool(mention and mention.kind == "model" and not about.is_own(mention.name))


def _by_name(body: Body, about: About) -> Iterator[NamedParent]:
    """Parents that sentences name in words only, where the card gives the id elsewhere, in code or in a list."""
    ids = {mention.name for unit in body.units for mention in unit.mentions.values() if mention.kind == "model"}
    quoted = (
        match.group(1) for code in body.codes for _, line in code.lines for match in _QUOTED.finditer(line[:1000])
    )
    ids |= {name for name in quoted if is_id(name)}
    units = [
        (unit, smooth(unit.text))
        for unit in body.units
        if unit.kind != "row" and not unit.sibling and not unit.embedded
    ]
    for name in sorted(ids)[:_MOST]:
        own = name.rpartition("/")[2]
        same = plain(own) == plain(about.own)
        if plain(own) == about.title or (same and not _another_owner(name, about.own)):
            continue
        mention = Mention(name, "model", linked=False, label=own)
        short = own if [_unversioned(one) for one in ids].count(_unversioned(name)) > 1 else _unversioned(own)
        words = re.compile(
            rf"(?<![\w/-]){re.escape(short)}(?:{re.escape(own[len(short) :])})?(?![\w/-])", re.IGNORECASE
        )
        for unit, text in units:
            match = words.search(text) if short.lower() in text.lower() else None
            known = told(text, match.start(), match.end(), mention, about) if match else None
            if known and (known.relation or same):
                yield NamedParent(name, known.relation or "copy", unit.line)
                break


def _unversioned(name: str) -> str:
    """A name without the version at its end; a card that names one version only may leave it out."""
    return _VERSION.sub("", name)


def _another_owner(name: str, own: str) -> bool:
    """Whether two ids of one name have owners that are not the same one misspelt."""
    from difflib import SequenceMatcher  # noqa: PLC0415  # only for cards that name their own model twice

    one, _, named = name.rpartition("/")
    two, _, known = own.rpartition("/")
    return bool(one and two and named and known) and SequenceMatcher(None, one.lower(), two.lower()).ratio() < _ALIKE


def first_of_each(parents: Iterable[NamedParent], without: Iterable[str]) -> tuple[NamedParent, ...]:
    """Each parent once, capitals aside, with the first relation that is told; none of `without`."""
    left_out = {name.casefold() for name in without}
    kept: dict[str, NamedParent] = {}
    for parent in parents:
        key = parent.name.casefold()
        known = kept.get(key)
        if key in left_out or (known and known.relation):
            continue
        kept[key] = parent if known is None else NamedParent(known.name, parent.relation, known.line)
    return tuple(kept.values())
