"""What goes into a kit: license copies, notices, credits, notes of changes, and terms for recipients."""

import re
from collections.abc import Iterable, Iterator

from license_audit.artifacts.asked import Asked, address_of
from license_audit.artifacts.copies import copied_license, license_copy
from license_audit.artifacts.credits import HUB
from license_audit.artifacts.folder import Artifacts, artifacts_of
from license_audit.artifacts.names import safe
from license_audit.artifacts.notices import as_artifacts, copyright_lines, kept_notices
from license_audit.artifacts.sources import Source
from license_audit.artifacts.words import Worded, words_of
from license_audit.model.profile import Use
from license_audit.model.record import Record
from license_audit.outputs.kit import (
    ATTRIBUTION,
    CHANGES,
    LICENSES,
    NOTICE,
    PASS_ON,
    Change,
    Copy,
    Credit,
    PassedOn,
    Wanted,
    attribution_text,
    changes_text,
    notice_text,
    pass_on_text,
)
from license_audit.readers.catalog import PackagedCatalog

PASSES_ON = ("terms-flowdown", "hosting-flowdown", "base-terms-kept", "no-added-restrictions")
"""Duties that are about terms for recipients."""
_PLACE = re.compile(r"\[[^\]]*\]")
Parts = list[tuple[str, str]]


class Material(Record):
    """The files of a kit before its checklist is made."""

    files: dict[str, bytes]
    copies: tuple[Copy, ...]


def material(asked: tuple[Asked, ...], sources: Iterable[Source], use: Use, catalog: PackagedCatalog) -> Material:
    """Every file that goes out, by name."""
    held = list(_copies(sources, catalog))
    files = {copy.file: raw for copy, raw in held}
    copies = tuple(copy for copy, _ in held)
    texts = {
        ATTRIBUTION: attribution_text(_credits(asked, catalog), _sentences(asked, use)),
        CHANGES: changes_text(_changes(asked, use)),
        PASS_ON: pass_on_text(dict.fromkeys(_passed_on(asked, copies, catalog))),
    }
    files |= {name: text.encode() for name, text in texts.items() if text}
    notice = notice_text(_notices(asked, artifacts_of("", files)))
    if notice:
        files[NOTICE] = notice.encode(errors="replace")
    return Material(files, copies)


def wanted_texts(asked: Iterable[Asked], files: Artifacts) -> tuple[Wanted, ...]:
    """License texts that are owed to recipients and are not among the files, each once."""
    found: dict[Wanted, None] = {}
    for one in asked:
        if "license-copy" in one.clause.fulfilled_by and license_copy(one, files).status != "shown":
            found |= dict.fromkeys(_wanted(one))
    return tuple(found)


def _wanted(asked: Asked) -> Iterator[Wanted]:
    key = copied_license(asked) or asked.clause.license
    title = asked.catalog.title(key)
    known = {
        Wanted(title, model.model, text.file, model.commit or "", model.digests[text.file]): None
        for model in asked.models
        for text in model.texts
        if text.key == key and text.status == "unaltered" and text.file in model.digests
    }
    yield from known or (Wanted(title, asked.models[0].model, "", "", ""),)


def _copies(sources: Iterable[Source], catalog: PackagedCatalog) -> Iterator[tuple[Copy, bytes]]:
    """The license texts of each model. A card is copied only where it alone holds one."""
    taken: set[str] = set()
    for source in sources:
        by_file: dict[str, list[tuple[str, str]]] = {}
        for text in source.texts:
            by_file.setdefault(text.file, []).append((text.key, text.status))
        others = {key for name, found in by_file.items() if not _is_card(name) for key, _ in found}
        for name, found in by_file.items():
            if name not in source.files or (_is_card(name) and {key for key, _ in found} <= others):
                continue
            file = f"{LICENSES}/{safe(source.model)}/{safe(name)}"
            while file.lower() in taken:  # the same model at another commit, or names that differ in capitals alone
                file = f"{file}-"
            taken.add(file.lower())
            title = ", ".join(dict.fromkeys(catalog.title(key) for key, _ in found if key))
            whole = all(status == "unaltered" for _, status in found)
            yield Copy(source.model, name, file, title, whole), source.files[name]


def _is_card(name: str) -> bool:
    return name.lower() == "readme.md"


def _credits(asked: Iterable[Asked], catalog: PackagedCatalog) -> Iterator[Credit]:
    found: dict[Credit, None] = {}
    for one in asked:
        key = one.clause.license
        has_address = one.clause.rule == "license-copy" and address_of(key, catalog) is not None
        is_meant = "credit" in one.clause.fulfilled_by or has_address
        for model in one.models if is_meant else ():
            if not model.is_folder and "/" in model.model:
                found[_credit(model, key, catalog)] = None
    yield from found


def _credit(model: Source, key: str, catalog: PackagedCatalog) -> Credit:
    address = address_of(key, catalog)
    return Credit(
        name=model.title,
        author=catalog.publisher_of(model.model) or model.model.partition("/")[0],
        address=f"https://{HUB}/{model.model}",
        license=catalog.title(key),
        license_address=f"https://{address}/" if address else "",
        kept=tuple(dict.fromkeys(one.text for one in copyright_lines(as_artifacts(model)))),
    )


def _sentences(asked: Iterable[Asked], use: Use) -> Iterator[tuple[str, str]]:
    """Sentences that have to be shown elsewhere than in a NOTICE file, with the name of the changed model in them."""
    name = use.derivative.name or "[fill in: name of the model]"
    found: dict[tuple[str, str], None] = {}
    for one in asked:
        clause = one.clause
        if clause.wording is not None and "notice-file" not in clause.fulfilled_by:
            about = f"{clause.title} ({one.catalog.title(clause.license)}, section {clause.section}):"
            found[about, _PLACE.sub(lambda _: name, clause.wording)] = None
    yield from found


def _changes(asked: Iterable[Asked], use: Use) -> Iterator[Change]:
    found: dict[Change, None] = {}
    for one in asked:
        if "change-notices" in one.clause.fulfilled_by:
            for model in one.originals:
                found[Change(use.derivative.name or "", model.model)] = None
    yield from found


def _passed_on(asked: Iterable[Asked], copies: tuple[Copy, ...], catalog: PackagedCatalog) -> Iterator[PassedOn]:
    for one in asked:
        clause = one.clause
        if any(token in PASSES_ON for token in clause.fulfilled_by):
            places = tuple(_passages(one, clause.clause, copies))
            title = catalog.title(clause.license)
            yield PassedOn(title, clause.section, clause.gist, clause.remedy, places)
            for part in catalog.license(clause.license).incorporates if "terms-flowdown" in clause.fulfilled_by else ():
                places = tuple(_passages(one, f"{part.key}/", copies))
                gist = f"The {catalog.title(part.key)} is part of the license."
                yield PassedOn(title, part.by, gist, "Hand its text out as well.", places[:1])


def _passages(asked: Asked, clause: str, copies: tuple[Copy, ...]) -> Iterator[str]:
    """Where a clause, or any of a policy, stands in the copied texts."""
    files = {(copy.model, copy.original): copy.file for copy in copies}
    for model in asked.models:
        for text in model.texts:
            file = files.get((model.model, text.file))
            for passage in text.passages if file else ():
                if passage.clause == clause or (clause.endswith("/") and passage.clause.startswith(clause)):
                    yield f"{file}:{passage.lines[0]}"


def _notices(asked: Iterable[Asked], files: Artifacts) -> Parts:
    """What no other file of the kit holds, each once."""
    listed = list(asked)
    parts = [*_wordings(listed), *_contents(listed)]
    held = [Worded(text) for _, text in parts]
    for one in listed:
        if _keeps_notices(one):
            for model in one.models:
                kept = list(_kept(model, files, held))
                parts += kept
                held += [Worded(text) for _, text in kept]
    return parts


def _keeps_notices(asked: Asked) -> bool:
    return "attribution-notices" in asked.clause.fulfilled_by and asked.clause.rule != "notices-in-copies"


def _wordings(asked: Iterable[Asked]) -> Parts:
    models: dict[str, list[str]] = {}
    for one in asked:
        if one.clause.rule != "notice-contents" and "notice-file" in one.clause.fulfilled_by and one.clause.wording:
            models.setdefault(one.clause.wording, []).extend(model.model for model in one.models)
    return [(f"For {', '.join(dict.fromkeys(names))}:", wording) for wording, names in models.items()]


def _contents(asked: Iterable[Asked]) -> Parts:
    """What the NOTICE files of the originals hold, letter for letter but for what ends their lines."""
    found: dict[tuple[str, str], None] = {}
    for one in asked:
        for model in one.models if one.clause.rule == "notice-contents" or _keeps_notices(one) else ():
            for name in model.notices:
                text = "\n".join(model.text(name).splitlines()).strip("\n") if name in model.files else ""
                if words_of(text):
                    found[f"From {name} of {model.model}:", text] = None
    return list(found)


def _kept(model: Source, files: Artifacts, held: list[Worded]) -> Iterator[tuple[str, str]]:
    by_file: dict[str, list[str]] = {}
    for notice in kept_notices(model.whole) if model.whole is not None else ():
        words = words_of(notice.text)
        others = (files.worded(name) for name in files.texts)
        is_held = any(text.find_lines(words) for text in (*others, *held))
        if not is_held and notice.text not in by_file.get(notice.file, ()):
            by_file.setdefault(notice.file, []).append(notice.text)
    yield from ((f"Kept from {file} of {model.model}:", "\n".join(lines)) for file, lines in by_file.items())
