"""What moved since the lock file was written, and which decisions of persons it takes with it."""

from collections.abc import Iterable, Iterator

from license_audit.model.evidence import TERMS_MOVED, Evidence, Move
from license_audit.model.profile import Acceptance, Waiver
from license_audit.model.report import Finding
from license_audit.model.words import Level

MOVED = "terms-moved"
"""The kind of finding that fails the gate until somebody looked."""
_KINDS: dict[str, tuple[str, Level]] = {
    "gate": ("gate-changed", "warning"),
    "renamed": ("repository-renamed", "warning"),
    "data": ("data-moved", "note"),
}


def moved(evidence: Evidence) -> Iterator[Finding]:
    """A finding for each thing that moved, in the model itself and in its ancestors."""
    for model in lineage(evidence):
        for move in model.moves:
            kind, level = _KINDS.get(move.kind, (MOVED, "error"))
            yield Finding(kind=kind, level=level, message=move.message, clauses=move.clauses)


def acceptance(evidence: Evidence, accepted: Acceptance | None) -> Iterator[Finding]:
    """Whether somebody with authority accepted the terms behind a gate, and whether they are still those terms."""
    if evidence.gate in ("auto", "manual") and accepted is None:
        text = f"{evidence.model} is handed out to whoever accepts its terms; accepted names nobody who did"
        yield Finding(kind="gate-not-accepted", level="note", message=text)
    if accepted is not None:
        reason = _since_then(evidence, accepted.on.isoformat() if accepted.on else None)
        if reason:
            text = f"{evidence.model}: what {accepted.by} accepted were other terms: {reason}"
            yield Finding(kind="acceptance-lapsed", level="warning", message=text)


def lapsed(waiver: Waiver, evidence: Evidence) -> str:
    """Why a waiver no longer counts; empty when it does. Its last day is not looked at here."""
    if waiver.text is not None and not any(digest.startswith(waiver.text) for digest in _digests(waiver, evidence)):
        return f"it was given for a text that starts with {waiver.text}, and the text is another"
    commit = evidence.origin.commit if evidence.origin else None
    if waiver.revision is not None and not (commit or "").startswith(waiver.revision):
        return f"it was given for revision {waiver.revision}, and this is {commit or 'none'}"
    day = waiver.on.isoformat() if waiver.on else None
    if waiver.finding == MOVED:
        return _moved_again(evidence, day, is_bound=waiver.text is not None)
    if waiver.text is not None and not _pending(evidence):
        return ""
    return _since_then(evidence, day)


def _moved_again(evidence: Evidence, day: str | None, *, is_bound: bool) -> str:
    """Whether terms moved after somebody let them pass as moved; that holds for the moves up to that day.

    What moved in a folder is noted nowhere, so only who names the text that lies there now can let it pass.
    """
    later = [move for move in _pending(evidence) if not (move.on <= (day or "") if move.on else is_bound)]
    if not later:
        return ""
    told = f"given on {day}" if day else "given on no day that is recorded"
    return f"{later[0].message}; it was {told}"


def _since_then(evidence: Evidence, day: str | None) -> str:
    """What became of the terms after a day; empty when nothing did. No day is before every day."""
    pending = _pending(evidence)
    if pending:
        return pending[0].message
    changed = max((model.terms_since for model in lineage(evidence) if model.terms_since), default=None)
    if changed is not None and (day is None or day < changed):
        told = f"given on {day}" if day else "given on no day that is recorded"
        return f"the terms changed on {changed}; it was {told}"
    return ""


def _pending(evidence: Evidence) -> list[Move]:
    """Moves of terms that nobody took over into the lock file."""
    return [move for model in lineage(evidence) for move in model.moves if move.kind in TERMS_MOVED]


def _digests(waiver: Waiver, evidence: Evidence) -> Iterable[str]:
    """Digests of texts that a waiver can be about: of the license that its clause stands in, else the model's own."""
    key = waiver.finding.partition("/")[0]
    holders = [model for model in lineage(evidence) if any(text.key == key for text in model.texts or ())]
    return (digest for model in holders or [evidence] for digest in model.digests)


def lineage(evidence: Evidence) -> Iterator[Evidence]:
    """A model and its ancestors, each once."""
    waiting, seen = [evidence], set[str]()
    while waiting:
        model = waiting.pop(0)
        if model.model not in seen:
            seen.add(model.model)
            yield model
            waiting += [parent.evidence for parent in model.parents]
