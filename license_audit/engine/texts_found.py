"""What follows from the texts that lie with a model: which license they are, and what is odd about them."""

from collections.abc import Iterable
from typing import NamedTuple

from license_audit.model.catalog import Catalog, KnownName
from license_audit.model.evidence import UNREAD, FoundText, TextChange
from license_audit.model.report import Finding


class Texts(NamedTuple):
    """The texts of one model, sorted into licenses and the policies beside them."""

    licenses: tuple[FoundText, ...]
    policies: tuple[FoundText, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Licenses whose text is as published, each once."""
        return tuple(dict.fromkeys(text.key for text in self.licenses if text.status == "unaltered"))

    @property
    def is_unsure(self) -> bool:
        """Whether a text is there that is not as published."""
        return any(text.status != "unaltered" for text in (*self.licenses, *self.policies))


def sort_texts(texts: Iterable[FoundText], catalog: Catalog) -> Texts:
    """Licenses, and policies that are part of one."""
    listed = list(texts)
    policies = tuple(text for text in listed if _is(text.key, catalog, kind="policy"))
    return Texts(tuple(text for text in listed if text not in policies), policies)


def text_findings(model: str, texts: Texts, declared: tuple[str, ...], catalog: Catalog) -> Iterable[Finding]:
    """What is odd about the texts, and between them and the license that the card declares."""
    for text in (*texts.licenses, *texts.policies):
        if text.status == "unknown":
            yield _warning("unknown-text", _unknown(text))
        elif text.status != "unaltered":
            yield _warning("text-altered", _altered(text), tuple(_touched(text, catalog)))
        if text.lost:
            message = f"{text.file}: the words of {', '.join(text.lost)} are not in the text"
            yield _warning("passage-not-found", message, text.lost)
    keys = tuple(dict.fromkeys(text.key for text in texts.licenses))
    if len(keys) > 1:
        named = ", ".join(f"{text.key or 'a text nobody knows'} ({text.file})" for text in texts.licenses)
        yield _warning("several-licenses", f"{model}: texts of {named}")
    if declared and texts.licenses and not set(declared) <= set(texts.keys):
        found = ", ".join(key or "a text nobody knows" for key in keys)
        yield _warning(
            "declared-differs-from-text", f"{model}: declared {', '.join(declared)}, but the text is that of {found}"
        )


def code_license_only(texts: Texts, declared: tuple[str, ...], catalog: Catalog) -> tuple[str, ...]:
    """Licenses declared for the model where the texts are licenses for code alone; the texts then say too little."""
    if not texts.keys or not all(_is(text.key, catalog, made_for="code") for text in texts.licenses):
        return ()
    return tuple(key for key in declared if not _is(key, catalog, made_for="code"))


def code_license_finding(texts: Texts, stated: tuple[str, ...]) -> Finding:
    """That a license for code lies beside weights that come under another."""
    files = ", ".join(f"{text.key} ({text.file})" for text in texts.licenses)
    message = f"{files}: a license for code, while {', '.join(stated)} is declared for the model; both are applied"
    return _warning("code-license-on-weights", message)


def _is(key: str, catalog: Catalog, *, kind: str | None = None, made_for: str | None = None) -> bool:
    name = catalog.named(key)
    if not isinstance(name, KnownName):
        return False
    return (kind is None or name.kind == kind) and (made_for is None or name.made_for == made_for)


def _warning(kind: str, message: str, clauses: tuple[str, ...] = ()) -> Finding:
    return Finding(kind=kind, level="warning", message=message, clauses=clauses)


def _unknown(text: FoundText) -> str:
    if not text.similarity and text.file.lower().endswith(UNREAD):
        return f"{text.file}: a document of this kind is not read; a person has to, or its text saved as plain text is"
    if not text.nearest:
        return f"{text.file}: no known license text"
    return (
        f"{text.file}: no known license text; the nearest is {text.nearest}, of whose words {text.similarity:.0%} agree"
    )


def _altered(text: FoundText) -> str:
    told = "; ".join(map(_told, text.changes))
    alike = f"; it could as well be {', '.join(text.alike)}" if text.alike else ""
    what = "only a part of" if text.status == "partial" else "an altered copy of"
    return f"{text.file}: {what} {text.key}: {told}{alike}"


def _told(change: TextChange) -> str:
    first, last = change.lines
    lines = f"line {first}" if first == last else f"lines {first} to {last}"
    if change.section in ("before", "after"):
        return f"terms added {change.section} the text ({lines})"
    place = f"would stand at line {first}" if change.kind == "removed" else lines
    return f"{change.section} {'added to' if change.kind == 'added' else change.kind} ({place})"


def _touched(text: FoundText, catalog: Catalog) -> Iterable[str]:
    """Ids of encoded clauses that lie in sections which are not as published."""
    try:
        license_ = catalog.license(text.key)
    except KeyError:
        return
    sections = {change.section for change in text.changes}
    for clause in license_.clauses:
        section = clause.id.partition("/")[0]
        if any(section == name or section.startswith(f"{name}.") for name in sections):
            yield f"{text.key}/{clause.id}"
