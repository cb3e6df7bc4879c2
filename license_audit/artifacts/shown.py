"""From what folders show to duties that count as done, or as owed whatever the profile says.

Once a folder is named for a use, it decides about every duty that a file can show: a record in the profile that the
folder contradicts does not count. Duties that no file can show stay as the profile has them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from license_audit.artifacts.asked import Asked, Look
from license_audit.artifacts.assigned import Assigned
from license_audit.artifacts.duties import is_checked, look
from license_audit.artifacts.sources import Source, Sources
from license_audit.lapses import lineage
from license_audit.model.evidence import Evidence
from license_audit.model.profile import Fulfilment, Use
from license_audit.model.record import Record
from license_audit.model.report import Assessment, ClauseResult, Edge, Finding
from license_audit.model.words import Level
from license_audit.readers.catalog import PackagedCatalog

LOOKED_FOR = ("owed", "fulfilled", "open")
"""Outcomes of a duty that a folder may have something to say about."""
Concluded = Callable[[Evidence], tuple[str, ...]]
"""Gives the own licenses of a model."""


class Seen(Record):
    """What a folder shows of the duties of one model in one use."""

    use: Use
    """The use with the duties done that are shown done, and without those that are shown not to be."""
    shown_by: Mapping[str, tuple[str, ...]]
    """Files with lines, by clause id."""
    findings: tuple[Finding, ...]

    def marked(self, assessment: Assessment) -> Assessment:
        """The assessment with the files beside the duties that they show."""
        clauses = tuple(
            clause.model_copy(update={"shown_by": self.shown_by[clause.clause]})
            if clause.clause in self.shown_by
            else clause
            for clause in assessment.clauses
        )
        return assessment.model_copy(update={"clauses": clauses})


class Recorded(Record):
    """What the profile records of one duty."""

    is_done: bool
    tokens: frozenset[str]


@dataclass
class Distribution:
    """What is handed out, beside what it was made from."""

    assigned: Assigned
    sources: Sources
    catalog: PackagedCatalog

    def __post_init__(self) -> None:
        """What is handed out is none of the texts that came with a model, even where it lies in its folder."""
        self.sources.apart += tuple(Path(files.shown) for files in self.assigned.folders.values())

    def seen(
        self,
        evidence: Evidence,
        edges: tuple[Edge, ...],
        use_name: str,
        use: Use,
        assessment: Assessment,
        concluded: Concluded,
    ) -> Seen | None:
        """What the folder of a use shows; None where there is none for it."""
        if use_name in self.assigned.absent:
            text = f"{self.assigned.absent[use_name]}; nothing was looked for"
            return Seen(use, {}, (_finding("artifact-unclear", "note", text, ()),))
        files = self.assigned.folders.get(use_name)
        if files is None:
            return None
        models = came_with(evidence, edges, self.sources, concluded)
        asked = duties(assessment, models, edges, use, self.catalog)
        looks = [(one.clause, look(one, files, _recorded(one.clause, use).tokens), is_checked(one)) for one in asked]
        denied = {clause.clause for clause, found, _ in looks if found.status == "missing"}
        shown = {clause.clause: found.by for clause, found, _ in looks if found.status == "shown"}
        told = [_finding("artifact-unclear", "note", f"{files.shown}/{text}; not read", ()) for text in files.left_out]
        for clause, found, checked in looks:
            told += _told(clause, found, _recorded(clause, use), is_checked=checked)
        fulfils = _fulfils(use, assessment.clauses, shown, denied, self.catalog)
        return Seen(use.model_copy(update={"fulfils": fulfils}), shown, tuple(told))


def came_with(evidence: Evidence, edges: Iterable[Edge], sources: Sources, concluded: Concluded) -> tuple[Source, ...]:
    """The files of a model and of its ancestors, those among them that only the catalog names."""
    known = {model.model.lower(): model for model in lineage(evidence)}
    for edge in edges:
        known.setdefault(edge.parent.lower(), Evidence(model=edge.parent))
    return tuple(sources.of(model, concluded(model)) for model in known.values())


def duties(
    assessment: Assessment, models: tuple[Source, ...], edges: Iterable[Edge], use: Use, catalog: PackagedCatalog
) -> tuple[Asked, ...]:
    """The duties of an assessment that bite or may, each with the models that its license is for.

    The model itself is the first of `models`.
    """
    above: dict[str, list[str]] = {}
    for edge in edges:
        above.setdefault(edge.child.lower(), []).append(edge.parent.lower())
    return tuple(
        Asked(
            clause=clause,
            models=tuple(one for one in models if clause.license in one.keys) or models[:1],
            originals=tuple(_originals(clause.license, models, above)) or models[:1],
            use=use,
            catalog=catalog,
        )
        for clause in assessment.clauses
        if clause.kind == "duty" and clause.outcome in LOOKED_FOR
    )


def _originals(key: str, models: tuple[Source, ...], above: Mapping[str, list[str]]) -> Iterator[Source]:
    """The first models under a license on each way up; a folder that nobody named is a changed model itself."""
    known = {one.model.lower(): one for one in models}
    waiting, seen = [models[0].model.lower()], set[str]()
    while waiting:
        name = waiting.pop(0)
        model = known.get(name)
        if name in seen or model is None:
            continue
        seen.add(name)
        if key in model.keys and not model.is_folder:
            yield model
        else:
            waiting += above.get(name, ())


def is_recorded(clause: ClauseResult, use: Use) -> bool:
    """Whether the profile records a duty as done."""
    return _recorded(clause, use).is_done


def recorded_tokens(clause: ClauseResult, use: Use) -> frozenset[str]:
    """Parts of a duty that the profile records as done."""
    return _recorded(clause, use).tokens


def _recorded(clause: ClauseResult, use: Use) -> Recorded:
    records = [one for one in use.fulfils or () if one.licenses is None or clause.license in one.licenses]
    tokens = frozenset(clause.fulfilled_by)
    if any(one.clause == clause.clause for one in records):
        return Recorded(is_done=True, tokens=tokens)
    done = tokens & {one.duty for one in records}
    return Recorded(is_done=bool(tokens) and done == tokens, tokens=frozenset(done))


def _told(clause: ClauseResult, found: Look, record: Recorded, *, is_checked: bool) -> Iterator[Finding]:
    name = f"{clause.clause} ({clause.title})"
    if found.status == "missing" and record.is_done:
        text = f"{name} is recorded as done, and counts as owed: {found.told}"
        yield _finding("artifact-contradicts", "warning", text, (clause.clause,))
    elif found.status == "missing" and clause.outcome == "owed":
        yield _finding("artifact-missing", "note", f"{name}: {found.told}", (clause.clause,))
    elif found.status == "unsure" and is_checked and clause.outcome == "owed":
        yield _finding("artifact-unclear", "note", f"{name} is not shown: {found.told}", (clause.clause,))


def _fulfils(
    use: Use,
    clauses: Iterable[ClauseResult],
    shown: Mapping[str, tuple[str, ...]],
    denied: set[str],
    catalog: PackagedCatalog,
) -> tuple[Fulfilment, ...]:
    """The records of a use with what is shown, and without what is denied.

    A record may speak for many clauses of many licenses. For those of this assessment it is taken apart, clause by
    clause; for all others it stays.
    """
    added = tuple(Fulfilment(clause=name) for name in shown)
    listed = [clause for clause in clauses if clause.kind == "duty"]
    if not any(clause.clause in denied and _recorded(clause, use).is_done for clause in listed):
        return (*(use.fulfils or ()), *added)
    here = {clause.license for clause in listed}
    others = tuple(key for key in catalog.license_keys() if key not in here)
    kept = [
        Fulfilment(clause=clause.clause)
        for clause in listed
        if clause.clause not in denied and _recorded(clause, use).is_done
    ]
    elsewhere = [
        one.model_copy(update={"licenses": tuple(key for key in others if one.licenses is None or key in one.licenses)})
        for one in use.fulfils or ()
        if one.duty is not None
    ]
    return (*kept, *elsewhere, *added)


def _finding(kind: str, level: Level, message: str, clauses: tuple[str, ...]) -> Finding:
    return Finding(kind=kind, level=level, message=message, clauses=clauses)
