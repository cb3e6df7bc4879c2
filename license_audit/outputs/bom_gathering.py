"""Gathers a bill of materials from a report, or from models whose files were read."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath, PureWindowsPath

from license_audit.model.catalog import Catalog
from license_audit.model.evidence import DataSource, Evidence
from license_audit.model.manifest import check_model_id
from license_audit.model.report import Edge, ModelUse, Report
from license_audit.model.words import Openness
from license_audit.outputs.bom import Bom, Component, Judgement, Link, is_commit
from license_audit.outputs.bom_data import data_component, data_ref
from license_audit.outputs.bom_licenses import Licensing, Register, clean, is_stand_in, slug
from license_audit.outputs.bom_subjects import Subject, merged, subjects_of
from license_audit.outputs.lineage import RELATIONS

HUB = "https://huggingface.co"
PURL = "pkg:huggingface"
_NAMES = {"model": "Model", "folder": "Folder", "hosted": "Service"}
_GATES = {
    "none": "",
    "auto": "The Hub hands out its files to whoever asks and agrees.",
    "manual": "The Hub hands out its files after a person agreed.",
}
_TEXTS = {"altered": "an altered copy of {}", "partial": "only a part of {}", "unknown": "a text that nobody knows"}
MAX_FINDINGS = 20
"""Warnings told in one annotation."""


def gather(report: Report, catalog: Catalog, subjects: Iterable[Subject] | None = None) -> Bom:
    """The bill of a report. `subjects` are the models with all that was read of them; without, the report alone."""
    known = subjects_of(report) if subjects is None else merged(subjects)
    return _Gathering(report, catalog, known).bom()


class _Gathering:
    """One bill in the making."""

    def __init__(self, report: Report, catalog: Catalog, subjects: tuple[Subject, ...]) -> None:
        self.report, self.catalog = report, catalog
        # Two ancestors that nobody can name are not one; whoever comes from them says so.
        named = (one for one in subjects if one.is_listed or not is_stand_in(one.evidence.model))
        self.subjects = tuple(_without(frozenset(catalog.house_policies()), one) for one in named)
        self.register = Register(catalog)
        self.refs = {one.key: f"{_NAMES[one.kind]}-{slug(shown(one), *one.key)}" for one in self.subjects}
        self.by_name: dict[str, str] = {}
        for one in self.subjects:
            if one.kind == "model":
                self.by_name.setdefault(one.evidence.model.lower(), self.refs[one.key])

    def bom(self) -> Bom:
        components = [self._component(one) for one in self.subjects]
        components += self._data()
        report = self.report
        return Bom(
            tool_version=report.tool_version,
            on=report.on,
            manifest=clean(report.manifest) or "manifest",
            organization=clean(report.organization) if report.organization else None,
            profile=clean(report.profile),
            components=tuple(components),
            terms=self.register.terms(),
        )

    def _component(self, one: Subject) -> Component:
        evidence = one.evidence
        hub_id = _hub_id(one)
        return Component(
            ref=self.refs[one.key],
            kind=one.kind,
            name=clean(shown(one)) or "unnamed",
            is_listed=one.is_listed,
            version=clean(one.version),
            purl=_purl(hub_id, one.version),
            address="" if evidence.unavailable or not hub_id else _address(hub_id, one.version),
            supplier=clean(self._supplier(evidence, hub_id)),
            declared=self._declared(one),
            concluded=self._concluded(one),
            own=self.register.concluded(one.own),
            links=tuple(self._links(one)),
            judgements=tuple(self._judgement(one, use) for use in one.uses),
            openness=_openness(one),
            hub_gate=evidence.gate,
            data_disclosed=evidence.data_disclosed,
            digests=evidence.digests,
            remarks=tuple(said(one, text) for text in _remarks(one)),
        )

    def _supplier(self, evidence: Evidence, hub_id: str) -> str:
        """Who offers it; empty for a folder, and for a name that no account of the Hub stands before."""
        if evidence.provider:
            provider = self.catalog.provider(evidence.provider)
            return provider.title if provider is not None else evidence.provider
        name = evidence.renamed or hub_id
        entry = self.catalog.model(name) if hub_id else None
        publisher = entry.publisher if entry is not None else self.catalog.publisher_of(name)
        account, slash, _ = name.partition("/")
        return publisher or (account if slash else "")

    def _declared(self, one: Subject) -> Licensing:
        evidence = one.evidence
        if evidence.declared is None:
            card = "A hosted model has no card here." if evidence.provider else "No card of it was read."
            return Licensing(note=card)
        return self.register.card(evidence.declared, shown(one), evidence.license_link)

    def _concluded(self, one: Subject) -> Licensing:
        ids = tuple(id_ for key in one.licenses for id_ in self.register.concluded((key,), *_places(one, key)))
        if not ids:
            return Licensing(note="Its terms are not known.")
        if not one.is_settled:
            return Licensing(ids=ids, note=f"Not settled. These may be in force: {', '.join(ids)}.")
        own = self.register.concluded(one.own)
        others = [id_ for id_ in ids if id_ not in own]
        note = f"Its own terms: {', '.join(own) or 'none'}."
        note += f" From its ancestors: {', '.join(others)}." if others else ""
        return Licensing(ids=ids, state="known", note=note)

    def _links(self, one: Subject) -> Iterator[Link]:
        for edge in _parents(one):
            ref = self.by_name.get(edge.parent.lower())
            if ref is not None:
                yield Link(ref=ref, relation=edge.relation, told=said(one, _descent(edge)))
        for source in one.evidence.data:
            yield Link(ref=data_ref(source, self.catalog), relation="data", told=said(one, _trained(source)))

    def _data(self) -> Iterator[Component]:
        """Each data set once, as whoever knows most of it says."""
        found: dict[str, DataSource] = {}
        for one in self.subjects:
            for source in one.evidence.data:
                ref = data_ref(source, self.catalog)
                if _weight(source) > _weight(found.setdefault(ref, source)):
                    found[ref] = source
        yield from (data_component(source, self.register, self.catalog) for source in found.values())

    def _judgement(self, one: Subject, use: ModelUse) -> Judgement:
        found = use.assessment
        for clause in found.clauses:
            if clause.clause in (*found.decisive, *found.owed):
                self.register.cite(clause.license, clause.section)
        return Judgement(
            use=clean(use.use),
            verdict=found.verdict,
            gate=use.gate,
            told="\n".join(said(one, line) for line in _judged(use)),
            decided_by=tuple(map(clean, found.decisive)),
            owed=found.owed,
            questions=tuple(question.path for question in found.questions),
        )


def shown(one: Subject) -> str:
    """The name of a subject. The path of a folder that starts at the root of a machine is nobody's business."""
    path = one.evidence.model
    if one.kind != "folder" or not _is_of_machine(path):
        return path
    return PureWindowsPath(path).name or "folder"


def said(one: Subject, text: str) -> str:
    """A text about a subject on one line, with its name as it is shown."""
    return clean(text.replace(one.evidence.model, shown(one)))


def _is_of_machine(path: str) -> bool:
    return path.startswith("~") or PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).anchor)


def _hub_id(one: Subject) -> str:
    """The id of a model of the Hub; empty for what cannot be one."""
    try:
        return check_model_id(one.evidence.model) if one.kind == "model" else ""
    except ValueError:
        return ""


def _purl(hub_id: str, version: str) -> str:
    if not hub_id:
        return ""
    return f"{PURL}/{hub_id}@{version.lower()}" if is_commit(version) else f"{PURL}/{hub_id}"


def _address(hub_id: str, version: str) -> str:
    return f"{HUB}/{hub_id}/tree/{version}" if is_commit(version) else f"{HUB}/{hub_id}"


def _places(one: Subject, key: str) -> Iterator[str]:
    """Where the text of one of its own licenses can be read, as far as that is known."""
    if key not in one.own:
        return
    files = [f"{text.file} ({text.status})" for text in one.evidence.texts or () if text.key == key]
    hub_id = _hub_id(one)
    if files:
        digests = ", ".join(one.evidence.digests)
        printed = f" SHA-256 of the texts there: {digests}." if digests else ""
        yield said(one, f"Found in {', '.join(files)}.{printed}")
    else:
        certain = "It is" if one.is_settled else "It may be"
        where = f", to be read at {_address(hub_id, one.version)}" if hub_id else ""
        yield said(one, f"{certain} in force for {one.evidence.model}{where}.")


def _parents(one: Subject) -> Iterator[Edge]:
    """The steps that start at the subject itself, each once."""
    name = one.evidence.model.lower()
    yield from (edge for edge in dict.fromkeys(one.lineage) if edge.child.lower() == name)


def _descent(edge: Edge) -> str:
    where = f" at {edge.where}" if edge.where else ""
    contested = ", contested" if edge.contested else ""
    return f"{RELATIONS[edge.relation]} {edge.parent} ({edge.basis}{where}{contested})"


def _weight(source: DataSource) -> tuple[bool, bool]:
    """How much is known of a data set: what its own card says, then its id."""
    return source.declared is not None, "/" in source.name


def _trained(source: DataSource) -> str:
    through = source.where.startswith("through ")
    where = f" {source.where}" if through else f" at {source.where}" if source.where else ""
    return f"trained on {source.name} ({source.basis}{where})"


def _openness(one: Subject) -> Openness | None:
    found = {use.openness for use in one.uses}
    return next(iter(found)) if len(found) == 1 else None


def _remarks(one: Subject) -> Iterator[str]:
    evidence = one.evidence
    if evidence.unavailable:
        yield f"It could not be read: {evidence.unavailable}."
    if evidence.renamed:
        yield f"The Hub calls it {evidence.renamed} now."
    if gate := _GATES[evidence.gate or "none"]:
        yield gate
    if evidence.data_disclosed is not None:
        yield "Its card names training data." if evidence.data_disclosed else "Its card names no training data."
    for edge in _parents(one):
        if is_stand_in(edge.parent):
            yield f"It has an ancestor that nobody can name: {_descent(edge)}."
    for text in evidence.texts or ():
        if text.status != "unaltered":
            yield f"{text.file} is {_TEXTS[text.status].format(text.key)}."


def _judged(use: ModelUse) -> Iterator[str]:
    """A verdict in lines."""
    found = use.assessment
    scale = f" (best {found.best}, worst {found.worst})" if found.verdict == "undetermined" else ""
    yield f"For the use {use.use}: {found.verdict}{scale}."
    yield found.reason
    if found.decisive:
        yield f"Decided by: {', '.join(found.decisive)}."
    if found.owed:
        yield f"Owed: {', '.join(found.owed)}."
    if found.questions:
        yield f"Open: {', '.join(question.path for question in found.questions)}."
    yield {
        "passes": "The gate passes.",
        "fails": "The gate fails.",
        "waived": "The gate is waived.",
        "known": "The gate fails, as it did in the baseline.",
    }[use.gate]
    told = [finding for finding in use.findings if finding.level != "note"]
    for finding in told[:MAX_FINDINGS]:
        # Who waived it and why stays in the house: bills are handed on.
        waived = " (waived)" if finding.waived else ""
        yield f"{finding.level}: {finding.kind}: {finding.message}{waived}"
    if len(told) > MAX_FINDINGS:
        yield f"and {len(told) - MAX_FINDINGS} more"


def _without(policies: frozenset[str], subject: Subject) -> Subject:
    """A subject without the organization's own policies, which hold for every model and are no license of any."""
    kept = tuple(key for key in subject.licenses if key not in policies)
    return subject if kept == subject.licenses else subject.model_copy(update={"licenses": kept})
