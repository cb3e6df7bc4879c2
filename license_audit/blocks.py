"""From what was read of one model to its block of the lock file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from license_audit.engine.identify.outline import outline
from license_audit.engine.own_terms import Moment, entry_of, own_terms
from license_audit.known import text_index
from license_audit.model.evidence import Evidence, FoundText
from license_audit.model.lock import Block, How, LockedParent, LockedText
from license_audit.readers.assembly import Files, assemble, is_notice, new_name
from license_audit.readers.catalog import PackagedCatalog
from license_audit.recognition import recognize


@dataclass(frozen=True)
class Found:
    """One model as it was read: what is judged, and what is locked of it."""

    evidence: Evidence
    block: Block
    texts: dict[str, LockedText]
    """By digest."""


def found_in(files: Files, catalog: PackagedCatalog, on: date, revision: str | None = None) -> Found:
    """Evidence and block of a model from its files."""
    folder = assemble(files, catalog)
    seen = recognize(folder.texts, catalog, text_index()) if folder.texts else ()
    evidence = folder.evidence.model_copy(update={"texts": seen if files.is_searched or seen else None})
    digests = {name: sha256(raw).hexdigest() for name, raw in files.contents.items()}
    texts = _texts(files, folder.texts, seen, digests)
    return Found(evidence, _block(files, evidence, digests, revision, catalog, on), texts)


def _texts(
    files: Files, texts: Mapping[str, str], seen: tuple[FoundText, ...], digests: dict[str, str]
) -> dict[str, LockedText]:
    found: dict[str, LockedText] = {}
    for name, digest in digests.items():
        shown = f"{files.shown}/{name}"
        known = tuple(_plain(text) for text in seen if text.file == shown)
        if known:
            found[digest] = LockedText(found=known, sections=outline(texts[shown]))
        elif is_notice(name):
            found[digest] = LockedText(sections=outline(files.contents[name].decode("utf-8", "replace")))
    return found


def _plain(text: FoundText) -> FoundText:
    """Without name of file and quotations: several files may hold the text, and a lock file quotes nothing."""
    changes = tuple(change.model_copy(update={"quote": ""}) for change in text.changes)
    passages = tuple(passage.model_copy(update={"quote": ""}) for passage in text.passages)
    return text.model_copy(update={"file": "", "changes": changes, "passages": passages})


def _block(
    files: Files,
    evidence: Evidence,
    digests: dict[str, str],
    revision: str | None,
    catalog: PackagedCatalog,
    on: date,
) -> Block:
    origin, repository = evidence.origin, files.repository
    keys, how = _concluded(evidence, catalog, on)
    start = len(files.shown) + 1
    return Block(
        source=origin.source if origin else "folder",
        revision=revision,
        commit=origin.commit if origin else None,
        renamed=new_name(repository) if repository else None,
        at=origin.at if origin else None,
        gate=evidence.gate,
        declared=evidence.declared,
        found=evidence.found,
        concluded=keys,
        how=how,
        files=digests,
        texts=None if evidence.texts is None else tuple(dict.fromkeys(text.file[start:] for text in evidence.texts)),
        notice_file=evidence.notice_file,
        stated=evidence.stated,
        hints=evidence.hints,
        unread=evidence.unread,
        license_link=evidence.license_link,
        parents=tuple(
            LockedParent(
                model=parent.evidence.model,
                relation=parent.relation,
                basis=parent.basis,
                contested=parent.contested,
                where=parent.where,
            )
            for parent in evidence.parents
        ),
        data=evidence.data,
        data_disclosed=evidence.data_disclosed,
        weights=sha256("\n".join(repository.weights).encode()).hexdigest() if repository and repository.weights else "",
        remarks=evidence.remarks,
    )


def _concluded(evidence: Evidence, catalog: PackagedCatalog, on: date) -> tuple[tuple[str, ...], How]:
    """The model's own licenses today, and what the conclusion rests on."""
    entry = entry_of(evidence, catalog)
    keys = tuple(key for key, _ in own_terms(evidence, entry, catalog, Moment(on, None)).windows)
    if not keys:
        return (), "nothing"
    if any(text.status == "unaltered" for text in evidence.texts or ()):
        return keys, "text"
    return keys, "catalog" if entry is not None else "card"
