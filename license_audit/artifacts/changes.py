"""Notes of changes: that a model was changed, by whom, when, and how."""

import re
from collections.abc import Iterator
from typing import Literal

from license_audit.artifacts.asked import Asked, Look, address_of, joined, searched
from license_audit.artifacts.folder import Artifacts
from license_audit.artifacts.naming import HUB, names_any, tells_license, without_address, without_names
from license_audit.artifacts.notices import as_artifacts
from license_audit.artifacts.sources import Source
from license_audit.artifacts.words import Paragraph, lines_of, words_of

_CHANGED = re.compile(r"(?<![\w./-])(?:changed|changes|modified|modifications?)(?![\w/-])", re.IGNORECASE)
_DONE = re.compile(
    r"(?<![\w./-])(?:(?:changed|modified)(?![\w/-])|(?:changes|modifications?)(?![\w/-])(?=[^:]*:))", re.IGNORECASE
)
"""Of these only verbs say in prose that something was done, and nouns before a colon, after which it stands."""
_NO_STATEMENT = frozenset(("see", "welcome", "whether", "which"))
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COPYRIGHT = re.compile(r"copyright|©|\(c\)\s*(?:19|20)\d\d", re.IGNORECASE)
_LABEL = re.compile(r"^[\W_]*(changed from|changed by|changed on|what was changed)[ \t*_]*:(.*)$", re.IGNORECASE)
_LABELS = ("changed from", "changed by", "changed on", "what was changed")
"""The fields of the form that a kit holds."""
_PLACEHOLDER = re.compile(
    r"\[\s*(?:fill|to\s*do|tbd|insert|your|who|when|day|date|name|which|what|xxx|\.\.\.|…|_+)[^\]]*\]"
    r"|<\s*(?:fill|todo|tbd|insert|your|who|day|date|name|which|what)\b[^>]*>"
    r"|\b(?:todo|tbd|fixme|xxx)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(r"^\W*(?:(?:nothing|nobody|none|never|no|not|n/a|na|unknown)\b.*)?$|^\[[^\]]*\]$", re.IGNORECASE)
"""What says nothing in a field."""
_FUTURE = re.compile(r"\b(?:will|shall|going to|to be)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|;")
_NO_CHANGE = frozenset(
    words_of(
        "not no never neither nor without none nothing nobody cannot hardly false untrue wrong deny denies denied "
        "will shall would should could might can must going plan plans planned intend intends intended future if "
        "unless until pending yet t ll"
    )
)
"""Words near to that of a change that take it back, or put it off. The last two are the ends of `don't` and `we'll`."""
_MAY = re.compile(r"\bmay\s+(?:be|have|get)\b|\bto\s+be\b", re.IGNORECASE)
_REACH_BEFORE, _REACH_AFTER = 6, 4
"""Words before and after that are near."""
_Standing = Literal["done", "blank", "none"]


def change_notice(asked: Asked, files: Artifacts) -> Look:
    """For each original a paragraph that names it, says that it was changed, and gives a date."""
    return joined(_changed(model, asked, files) for model in asked.originals)


def is_credit(found: Paragraph, model: Source, asked: Asked) -> bool:
    """Whether a paragraph names title, author, address and license of a model."""
    # The address names author and title as well, so they are looked for beside it.
    rest = without_address(found.text, f"{HUB}/{model.model}")
    if rest is None or not names_any(rest, [model.title]):
        return False
    beside = Paragraph(found.line, rest)
    key, organization = asked.clause.license, model.model.partition("/")[0]
    authors = (organization, asked.catalog.publisher_of(model.model))
    if not any(beside.holds(words_of(name)) for name in authors if name):
        return False
    address = address_of(key, asked.catalog)
    return beside.holds(words_of(asked.catalog.title(key))) or (address is not None and tells_license(rest, address))


def _changed(original: Source, asked: Asked, files: Artifacts) -> Look:
    blank = ""
    for file in files.texts:
        for found in files.worded(file).paragraphs():
            standing = _standing(found, original, asked)
            if standing == "done":
                return Look("shown", by=(files.place(file, found.line),))
            if standing == "blank":
                blank = blank or files.place(file, found.line)
    if blank:
        return Look("missing", told=f"{blank} is not filled in")
    told = f"no paragraph names {original.model}, says that it was changed, and gives a date, in "
    return Look("missing", told=told + searched(files, files.texts))


def _standing(found: Paragraph, original: Source, asked: Asked) -> _Standing:
    """Whether a paragraph is a note of the change, one that is not filled in, or none."""
    if not _CHANGED.search(found.text) or not names_any(found.text, original.names):
        return "none"
    if any(_is_theirs(words_of(found.text), one) or is_credit(found, one, asked) for one in asked.models):
        return "none"
    fields = list(_fields(found.text))
    rest = _bare(found.text, asked)
    prose: _Standing = "done" if _says_changed(rest, original) else "none"
    standing = _form(fields, original, asked) if fields else prose
    return "blank" if standing == "done" and _PLACEHOLDER.search(found.text) else standing


def _fields(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a form with their values; a line without a label goes on with the value before."""
    label, value = "", ""
    for line in lines_of(text):
        told = _LABEL.match(line)
        if told:
            if label:
                yield label, value
            label, value = told[1].lower(), told[2].strip(" \t*_")
        elif label:
            value = f"{value} {line.strip()}".strip()
    if label:
        yield label, value


def _form(fields: list[tuple[str, str]], original: Source, asked: Asked) -> _Standing:
    if not any(label == "changed from" and names_any(value, original.names) for label, value in fields):
        return "none"
    if {label for label, _ in fields} != set(_LABELS):
        return "blank"
    if any(_EMPTY.match(value) or _FUTURE.search(value) for _, value in fields):
        return "blank"
    days = [_bare(value, asked) for label, value in fields if label == "changed on"]
    return "done" if all(map(_YEAR.search, days)) else "blank"


def _bare(text: str, asked: Asked) -> str:
    """The text without lines of copyright, addresses and names, which may hold such words or numbers."""
    kept = "\n".join(line for line in lines_of(text) if not _COPYRIGHT.search(line))
    names = {name for one in (*asked.models, *asked.originals) for name in (one.model, one.title)}
    if asked.use.derivative.name:
        names.add(asked.use.derivative.name)
    words = without_names(kept, names).split()
    return " ".join(word for word in words if not _is_address(word))


def _is_address(word: str) -> bool:
    """Whether it looks like an address, or like the id of any model; dates with slashes do not."""
    before, slash, after = word.partition("/")
    if "://" in word or word.lower().startswith("www."):
        return True
    return bool(slash) and any(map(str.isalpha, before)) and ("." in before or any(map(str.isalpha, after)))


def _says_changed(text: str, original: Source) -> bool:
    """Whether a sentence says that something was changed in a year: not that it was not, will be, or by its maker."""
    maker = words_of(original.model.partition("/")[0])
    return any(_is_done(sentence, maker) for sentence in _SENTENCE.split(text) if _YEAR.search(sentence))


def _is_done(sentence: str, maker: tuple[str, ...]) -> bool:
    words = words_of(sentence)
    by_maker = any(words[at : at + 1 + len(maker)] == ("by", *maker) for at in range(len(words)))
    if sentence.rstrip().endswith("?") or by_maker or not _NO_STATEMENT.isdisjoint(words):
        return False
    for word in _DONE.finditer(sentence):
        before, after = words_of(sentence[: word.start()]), words_of(sentence[word.end() :])
        near = {*before[-_REACH_BEFORE:], *after[:_REACH_AFTER]}
        if not near & _NO_CHANGE and not _MAY.search(sentence):
            return True
    return False


def _is_theirs(words: tuple[str, ...], model: Source) -> bool:
    """Whether a paragraph came with a model, and tells of changes that others made before."""
    texts = model.whole if model.whole is not None else as_artifacts(model)
    return any(texts.worded(name).find(words) for name in texts.texts)
