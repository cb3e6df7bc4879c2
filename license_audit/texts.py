"""The index of known texts: made from texts that lie elsewhere, none of which is kept."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from license_audit.engine.identify.draft import Draft, draft
from license_audit.engine.identify.index import Index, pack
from license_audit.engine.identify.matching import compared
from license_audit.engine.identify.reference import Identity, Known
from license_audit.engine.identify.words import Words, digest
from license_audit.errors import AuditError, Problem
from license_audit.model.catalog import KnownName
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.files import read_text
from license_audit.spdx_list import Listed, read_list


def catalog_entries(folder: Path, catalog: PackagedCatalog) -> list[Known]:
    """Entries of the texts in a folder, `KEY.txt` each. AuditError for a text that the catalog has no name for."""
    problems = []
    found = []
    for path in sorted(folder.glob("*.txt")):
        name = catalog.named(path.stem)
        if isinstance(name, KnownName) and name.key == path.stem:
            text = read_text(path, path.name)
            found.append(_entry(draft(text), text, Identity(name.key, (name.spdx,), name.title, name.version or "")))
        else:
            problems.append(Problem(path.name, 0, 0, "names no license of licenses/names.yaml; expected KEY.txt"))
    if problems:
        raise AuditError(problems)
    return found


def list_entries(texts: Path, markup: Path, catalog: PackagedCatalog) -> list[Known]:
    """Entries of the SPDX list. Ids with one and the same text share an entry."""
    groups: dict[str, list[Listed]] = {}
    for listed in read_list(texts, markup):
        groups.setdefault("".join(Words(listed.text).words), []).append(listed)
    families = {listed.id: sorted(group, key=_preferred) for group in groups.values() for listed in group}
    known = {name.spdx: name for name in catalog.known() if not name.spdx.startswith("LicenseRef-")}
    return [
        entry for group in groups.values() for entry in _list_entries(sorted(group, key=_preferred), families, known)
    ]


def _list_entries(
    group: list[Listed], families: dict[str, list[Listed]], known: dict[str, KnownName]
) -> Iterator[Known]:
    """An old id such as `GPL-2.0+`, whose copy differs by a word, goes with the id that took its place."""
    first = group[0]
    successor = f"{first.id.removesuffix('+')}-or-later"
    family = families[successor] if first.deprecated and first.id.endswith("+") and successor in families else group
    ids = tuple(dict.fromkeys(listed.id for listed in (*family, *group)))
    name = next((known[id_] for id_ in ids if id_ in known), None)
    title = family[0].name.removesuffix(" only").removesuffix(" or later")
    version = name.version or "" if name else ""
    identity = Identity(name.key if name else family[0].id, ids, title, version, listed=True)
    marked = _entry(first.draft, first.text, identity)
    yield marked
    comparison = compared(marked, Words(first.text))
    if comparison is None or comparison.changes():
        # The list's plain text is not always what its markup says.
        yield _entry(draft(first.text), first.text, identity)


def _preferred(listed: Listed) -> tuple[bool, str]:
    return listed.deprecated, listed.id


def _entry(made: Draft, text: str, identity: Identity) -> Known:
    return made.known(identity, digest(Words(text).words))


def merged(held: Index | None, texts: Iterable[Known], listed: Iterable[Known] | None) -> bytes:
    """An index with the entries of some texts in place of what it held of them. The same entries give the same bytes.

    `listed` takes the place of everything that came from the SPDX list; None keeps it.
    """
    made = list(texts)
    keys = {known.identity.key for known in made}
    for text in held.texts() if held else ():
        replaced = listed is not None if text.identity.listed else text.identity.key in keys
        if not replaced:
            made.append(text.known())
    return pack([*made, *(listed or ())])
