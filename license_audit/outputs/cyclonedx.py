"""CycloneDX 1.6 as JSON: a bill of materials for models, with model cards and verdicts as properties."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from license_audit.model.catalog import Catalog
from license_audit.model.report import Report
from license_audit.outputs.bom import TOOL, Bom, Component
from license_audit.outputs.bom_gathering import gather
from license_audit.outputs.bom_licenses import Licensing, Terms

ROOT = "Manifest"
_TYPES = {"model": "machine-learning-model", "folder": "machine-learning-model", "data": "data"}


def render(report: Report, titles: Catalog, *, color: bool) -> str:
    """The bill of materials of a report."""
    del color
    return write_bom(gather(report, titles))


def write_bom(bom: Bom) -> str:
    """The bill as CycloneDX 1.6 in JSON."""
    terms = {one.id: one for one in bom.terms}
    by_ref = {one.ref: one for one in bom.components}
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": uuid5(NAMESPACE_URL, f"{TOOL}:{bom.digest}").urn,
        "version": 1,
        "metadata": _metadata(bom),
        "components": [_component(one, terms, by_ref) for one in bom.components if one.kind != "hosted"],
        "services": [_service(one, terms) for one in bom.components if one.kind == "hosted"],
        "dependencies": list(_dependencies(bom)),
    }
    return json.dumps(_filled(document), indent=2, ensure_ascii=False) + "\n"


def _metadata(bom: Bom) -> dict[str, Any]:
    return {
        "timestamp": f"{bom.on}T00:00:00Z",
        "tools": {"components": [{"type": "application", "name": TOOL, "version": bom.tool_version}]},
        "component": {
            "type": "application",
            "bom-ref": ROOT,
            "supplier": _who(bom.organization or ""),
            "name": bom.manifest,
            "version": bom.on.isoformat(),
            "description": bom.told,
        },
    }


def _component(one: Component, terms: dict[str, Terms], by_ref: dict[str, Component]) -> dict[str, Any]:
    return {
        "type": _TYPES[one.kind],
        "bom-ref": one.ref,
        "supplier": _who(one.supplier),
        "name": one.name,
        "version": one.version,
        "description": " ".join(one.remarks),
        "licenses": list(_licenses(one, terms)),
        "purl": one.purl,
        "pedigree": _pedigree(one, by_ref),
        "externalReferences": list(_references(one)),
        "modelCard": {} if one.kind == "data" else _card(one),
        "properties": list(_properties(one)),
    }


def _service(one: Component, terms: dict[str, Terms]) -> dict[str, Any]:
    return {
        "bom-ref": one.ref,
        "provider": _who(one.supplier),
        "name": one.name,
        "version": one.version,
        "description": " ".join(one.remarks),
        "licenses": list(_licenses(one, terms)),
        "properties": list(_properties(one)),
    }


def _who(name: str) -> dict[str, Any]:
    return {"name": name} if name else {}


def _licenses(one: Component, terms: dict[str, Terms]) -> Iterator[dict[str, Any]]:
    """What is declared and what is concluded, one by one: a list may hold one expression alone."""
    for word, found in (("declared", one.declared), ("concluded", one.concluded)):
        for id_ in _listed(word, found):
            yield {"license": {**_license(id_, terms), "acknowledgement": word}}


def _listed(word: str, found: Licensing) -> tuple[str, ...]:
    """Candidates are listed where a card lists them; what is concluded holds, or is not said."""
    return found.ids if found.state == "known" or word == "declared" else ()


def _license(id_: str, terms: dict[str, Terms]) -> dict[str, Any]:
    if id_ not in terms:
        return {"id": id_}
    found = terms[id_]
    return {
        "name": id_,
        "text": {"contentType": "text/plain", "content": found.said},
        "url": found.page,
    }


def _pedigree(one: Component, by_ref: dict[str, Component]) -> dict[str, Any]:
    """Whom it descends from. Each ancestor has a component of its own, so only what names it stands here."""
    above = [link for link in one.links if link.relation != "data"]
    ancestors = [by_ref[ref] for ref in dict.fromkeys(link.ref for link in above)]
    return {
        "ancestors": [
            {"type": _TYPES[other.kind], "name": other.name, "version": other.version, "purl": other.purl}
            for other in ancestors
        ],
        "notes": "; ".join(link.told for link in above),
    }


def _references(one: Component) -> Iterator[dict[str, Any]]:
    if not one.address:
        return
    yield {"type": "distribution", "url": one.address}
    if one.kind == "model":
        page = one.address.replace("/tree/", "/blob/") if one.is_pinned else f"{one.address}/blob/main"
        yield {"type": "model-card", "url": f"{page}/README.md"}


def _card(one: Component) -> dict[str, Any]:
    """What is known of a model that has a place in a model card."""
    uses = [f"{found.use}: {found.verdict}" for found in one.judgements]
    data = dict.fromkeys(link.ref for link in one.links if link.relation == "data")
    return {
        "modelParameters": {"datasets": [{"ref": ref} for ref in data]},
        "considerations": {"useCases": uses},
        "properties": list(_facts(one)),
    }


def _facts(one: Component) -> Iterator[dict[str, str]]:
    disclosed = {True: "yes", False: "no", None: ""}
    yield from _property("openness", one.openness or "")
    yield from _property("hub-gate", one.hub_gate or "")
    yield from _property("training-data-named", disclosed[one.data_disclosed])


def _properties(one: Component) -> Iterator[dict[str, str]]:
    yield from _property("listed", "yes" if one.is_listed else "no")
    yield from _property("license-declared", one.declared.expression)
    yield from _property("license-declared-note", one.declared.note)
    yield from _property("license-concluded", one.concluded.expression)
    yield from _property("license-concluded-note", one.concluded.note)
    yield from _property("own-licenses", ", ".join(one.own))
    for link in one.links:
        yield from _property("trained-on" if link.relation == "data" else f"lineage:{link.relation}", link.told)
    for digest in one.digests:
        yield from _property("text-sha256", digest)
    for found in one.judgements:
        yield from _property(f"verdict:{found.use}", found.verdict)
        yield from _property(f"gate:{found.use}", found.gate)
        yield from _property(f"decided-by:{found.use}", ", ".join(found.decided_by))
        yield from _property(f"owed:{found.use}", ", ".join(found.owed))
        yield from _property(f"open:{found.use}", ", ".join(found.questions))
        yield from _property(f"told:{found.use}", found.told)


def _property(name: str, value: str) -> Iterator[dict[str, str]]:
    if value:
        yield {"name": f"{TOOL}:{name}", "value": value}


def _dependencies(bom: Bom) -> Iterator[dict[str, Any]]:
    found: dict[str, list[str]] = {ref: [] for ref in (ROOT, *(one.ref for one in bom.components))}
    for one, other in bom.needs():
        found[one or ROOT].append(other)
    yield from ({"ref": ref, "dependsOn": others} for ref, others in found.items())


def _filled(value: Any) -> Any:
    """Without what is empty: the schema knows no empty names, and readers take an empty list for a statement."""
    if isinstance(value, dict):
        kept = ((key, _filled(part)) for key, part in value.items())
        return {key: part for key, part in kept if part not in ("", [], {})}
    return [_filled(part) for part in value] if isinstance(value, list) else value
