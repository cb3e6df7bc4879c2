"""Models of a bill of materials before they are put into words: what was read of each, and which terms hold."""

from collections.abc import Iterable, Iterator
from typing import Literal

from license_audit.model.evidence import Evidence, Origin
from license_audit.model.report import Edge, ModelUse, Report
from license_audit.model.value import Value

Kind = Literal["model", "folder", "hosted"]


class Subject(Value):
    """A model of the manifest, or an ancestor of one."""

    evidence: Evidence
    own: tuple[str, ...] = ()
    """Keys of its own licenses."""
    licenses: tuple[str, ...] = ()
    """Keys of all licenses in force for it, own ones first."""
    is_settled: bool = False
    """Whether these are all, and all of them hold for certain."""
    revision: str | None = None
    """What the manifest asks for."""
    lineage: tuple[Edge, ...] = ()
    uses: tuple[ModelUse, ...] = ()
    """Its results; none for an ancestor, and none where nobody judged."""
    is_listed: bool = True
    """Whether the manifest lists it."""

    @property
    def kind(self) -> Kind:
        """What it is: a repository of the Hub, a local folder, or a model behind an API."""
        origin = self.evidence.origin
        if self.evidence.provider:
            return "hosted"
        return "folder" if origin is not None and origin.source == "folder" else "model"

    @property
    def version(self) -> str:
        """The commit that was read, else what the manifest asks for; empty when neither is known."""
        commit = self.evidence.origin.commit if self.evidence.origin is not None else None
        return commit or self.revision or ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from all others. The Hub does not tell capitals apart."""
        name = self.evidence.model
        return (self.kind, name if self.kind == "folder" else name.lower(), self.version)


def merged(subjects: Iterable[Subject]) -> tuple[Subject, ...]:
    """Each subject once, listed ones first. What is listed twice has the results of both lines."""
    found: dict[tuple[str, str, str], Subject] = {}
    for subject in sorted(subjects, key=lambda one: not one.is_listed):
        first = found.get(subject.key)
        found[subject.key] = subject if first is None else _joined(first, subject)
    versions = {key[:2] for key in found if key[2]}
    # Of an ancestor often nothing but the name is known, while the manifest says which version of it is meant.
    return tuple(one for key, one in found.items() if key[2] or one.is_listed or key[:2] not in versions)


def _joined(first: Subject, second: Subject) -> Subject:
    if not second.is_listed:
        return first
    uses = (*first.uses, *(use for use in second.uses if use not in first.uses))
    same = first.licenses == second.licenses and first.is_settled and second.is_settled
    return first.model_copy(update={"uses": uses, "is_settled": same})


def subjects_of(report: Report) -> tuple[Subject, ...]:
    """The models of a report, and their ancestors by name.

    The report says less of ancestors than their files do: neither what they declare nor what they were trained on.
    """
    listed = [_listed(use) for use in report.uses]
    above = (_ancestor(edge, use) for use in report.uses for edge in use.lineage)
    return merged((*listed, *above))


def _listed(use: ModelUse) -> Subject:
    keys = dict.fromkeys((*use.concluded, *use.assessment.terms))
    return Subject(
        evidence=Evidence(
            model=use.model,
            declared=use.declared,
            texts=use.texts if use.found is not None else None,
            stated=use.stated,
            data_disclosed=use.data_disclosed,
            provider=use.model.partition(":")[0] if use.source == "provider" else "",
            origin=_origin(use),
            # Where there are ancestors, the report holds the digests of all of them together.
            digests=() if use.lineage else use.digests,
        ),
        own=use.concluded,
        licenses=tuple(keys),
        is_settled=_is_settled(use),
        lineage=use.lineage,
        uses=(use,),
    )


def _origin(use: ModelUse) -> Origin | None:
    match use.source:
        case "catalog" | "provider":
            return None
        case "folder":
            return Origin(source="folder")
        case _:
            return Origin(source="cache" if use.source == "cache" else "hub", commit=use.commit)


def _is_settled(use: ModelUse) -> bool:
    """Whether the report leaves no doubt about which licenses are in force."""
    is_one = len(use.concluded) == 1 or bool(use.concluded and use.texts)
    edges = all(edge.basis == "declared" and len(edge.concluded) == 1 for edge in use.lineage)
    kinds = {finding.kind for finding in use.findings}
    return use.openness is not None and is_one and edges and "parent-terms-unknown" not in kinds


def _ancestor(edge: Edge, use: ModelUse) -> Subject:
    above = tuple(_above(edge.parent, use.lineage))
    keys = {key for one in (edge, *above) for key in one.concluded}
    return Subject(
        evidence=Evidence(model=edge.parent),
        own=edge.concluded,
        licenses=edge.concluded,
        is_settled=_is_settled(use) and keys == set(edge.concluded),
        lineage=above,
        is_listed=False,
    )


def _above(model: str, lineage: tuple[Edge, ...]) -> Iterator[Edge]:
    """The edges that lead up from a model."""
    waiting, seen = [model.lower()], {model.lower()}
    while waiting:
        child = waiting.pop()
        for edge in lineage:
            if edge.child.lower() == child:
                yield edge
                if edge.parent.lower() not in seen:
                    seen.add(edge.parent.lower())
                    waiting.append(edge.parent.lower())
