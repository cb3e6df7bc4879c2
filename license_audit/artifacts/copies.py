"""Copies of licenses: there, the right ones, and unaltered."""

from collections.abc import Iterator
from functools import cache

from license_audit.artifacts.asked import Asked, Look, address_of, paragraph, searched
from license_audit.artifacts.folder import Artifacts, Found
from license_audit.artifacts.naming import names_any, tells_license
from license_audit.artifacts.visible import visible
from license_audit.artifacts.words import Paragraph
from license_audit.engine.identify import identify
from license_audit.known import text_index
from license_audit.recognition import NEARLY_WHOLE


@cache
def known_keys() -> frozenset[str]:
    """Keys of all texts that can be recognized."""
    return frozenset(text.identity.key for text in text_index().texts())


def copied_license(asked: Asked) -> str | None:
    """Key of the license of which a copy is owed; None when nobody declared which one that is."""
    return asked.use.derivative.license if asked.encoded.of_derivative else asked.clause.license


def license_copy(asked: Asked, files: Artifacts) -> Look:
    """The whole text as published in any file, or its address where that is enough."""
    key = copied_license(asked)
    copies = [found for found in _seen(files) if found.match.key == key]
    whole = next((found for found in copies if found.match.status == "unaltered"), None)
    if whole is not None:
        return Look("shown", by=(files.place(whole.file, whole.match.lines[0]),))
    places = _addresses(key, asked, files)
    if places:
        altered = [found for found in copies if found.match.similarity >= NEARLY_WHOLE]
        if altered:
            told = _altered(_nearest(altered), asked.catalog.title(altered[0].match.key), files)
            return Look("unsure", told=f"{told}, and lies beside the address of the license ({places[0]})")
        return Look("shown", by=places)
    if key is None or key not in known_keys():
        told = f"the text of {key} cannot be recognized" if key else "uses.*.derivative.license names no license"
        return Look("unsure", told=told)
    title = asked.catalog.title(key)
    if copies:
        return Look("missing", told=_altered(_nearest(copies), title, files))
    return Look("missing", told=f"no copy of the {title} in {searched(files, files.texts)}")


def _seen(files: Artifacts) -> Iterator[Found]:
    """The license texts in the files, of each file only what is seen of it."""
    found = files.found
    hiding = {file for file in {one.file for one in found} if visible(files.texts[file]) != files.texts[file]}
    yield from (one for one in found if one.file not in hiding)
    for file in sorted(hiding):
        yield from (Found(file, match) for match in identify(visible(files.texts[file]), text_index()).matches)


def _nearest(copies: list[Found]) -> Found:
    return max(copies, key=lambda one: one.match.similarity)


def _altered(found: Found, title: str, files: Artifacts) -> str:
    match = found.match
    sections = ", ".join(dict.fromkeys(change.section for change in match.changes))
    where = files.place(found.file, match.lines[0])
    return f"{where} is no unaltered copy of the {title}; it differs in {sections or 'its words'}"


def _addresses(key: str | None, asked: Asked, files: Artifacts) -> tuple[str, ...]:
    """Where the address of a license stands in one paragraph with the name of each model that it is for.

    Notices about the missing warranty stand in the text alone, so clauses that keep them want the text.
    """
    address = address_of(key, asked.catalog)
    if address is None or asked.clause.rule != "license-copy":
        return ()
    places = []
    for model in asked.models:

        def is_told(found: Paragraph, names: tuple[str, ...] = model.names, at: str = address) -> bool:
            return tells_license(found.text, at) and names_any(found.text, names)

        places.append(paragraph(files, is_told))
    return tuple(dict.fromkeys(places)) if all(places) else ()
