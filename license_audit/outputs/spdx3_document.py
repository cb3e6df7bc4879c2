"""A bill of materials as SPDX 3.0.1 elements. Slow to import: only the writer does, when it is called."""

import datetime as dt
from typing import Any

from spdx_python_model import v3_0_1 as spdx

from license_audit.outputs.bom import COPYRIGHT, TOOL, Bom, Component
from license_audit.outputs.bom_licenses import LIST_VERSION, Licensing, slug

SPACE = "https://spdx.org/spdxdocs"
VERSION = "3.0.1"
_R = spdx.RelationshipType


def objects(bom: Bom) -> Any:
    """The whole set of elements. Its name in the world comes from what is in it."""
    return _Writing(bom).all()


class _Writing:
    """One document in the making."""

    def __init__(self, bom: Bom) -> None:
        self.bom = bom
        self.space = f"{SPACE}/{TOOL}-{bom.digest}#"
        self.found = spdx.SHACLObjectSet()
        self.elements: list[Any] = []
        self.agents: dict[str, Any] = {}
        self.expressions: dict[str, Any] = {}
        self.texts: dict[str, Any] = {}
        created = dt.datetime.combine(bom.on, dt.time(), tzinfo=dt.UTC)
        self.info = spdx.CreationInfo(specVersion=VERSION, created=created)

    def all(self) -> Any:
        bom = self.bom
        self.found.add(self.info)
        self.info.createdUsing.append(self._new(spdx.Tool, "Tool", name=f"{TOOL}-{bom.tool_version}"))
        maker = self._maker()
        self.info.createdBy.append(maker)
        for terms in bom.terms:
            self.texts[terms.id] = self._new(
                spdx.simplelicensing_SimpleLicensingText,
                f"Terms-{terms.id}",
                name=terms.title,
                simplelicensing_licenseText=terms.said,
            )
        packages: dict[str | None, Any] = {one.ref: self._package(one) for one in bom.components}
        packages[None] = self._root(maker)
        for one in bom.components:
            self._links(one, packages)
            self._judgements(one, packages[one.ref])
        for number, (ref, other) in enumerate(bom.needs(), start=1):
            self._relation(f"Needs-{number}", packages[ref], _R.dependsOn, packages[other])
        self._document(packages[None])
        return self.found

    def _new(self, kind: Any, ref: str, **values: Any) -> Any:
        made = kind(spdxId=self.space + ref, creationInfo=self.info, **values)
        self.found.add(made)
        self.elements.append(made)
        return made

    def _maker(self) -> Any:
        """Whoever answers for the document: the organization, else nobody but the tool."""
        if self.bom.organization:
            return self._new(spdx.Organization, "Organization", name=self.bom.organization)
        return self._new(spdx.SoftwareAgent, "Agent", name=f"{TOOL}-{self.bom.tool_version}")

    def _root(self, maker: Any) -> Any:
        bom = self.bom
        whose = {"suppliedBy": maker} if bom.organization else {}
        root = self._new(
            spdx.software_Package,
            "Manifest",
            name=bom.manifest,
            description=bom.told,
            software_packageVersion=bom.on.isoformat(),
            software_primaryPurpose=spdx.software_SoftwarePurpose.manifest,
            software_copyrightText=COPYRIGHT,
            **whose,
        )
        self._licensing("Manifest", root, Licensing(), Licensing())
        return root

    def _package(self, one: Component) -> Any:
        known = {
            "software_packageVersion": one.version,
            "software_packageUrl": one.purl,
            "software_downloadLocation": one.address,
            "comment": "\n".join(one.remarks),
        }
        values: dict[str, Any] = {key: value for key, value in known.items() if value}
        if one.supplier:
            values["suppliedBy"] = self._supplier(one.supplier)
        kind: Any
        if one.kind == "data":
            kind, purpose = spdx.dataset_DatasetPackage, spdx.software_SoftwarePurpose.data
            values["dataset_datasetType"] = [spdx.dataset_DatasetType.noAssertion]
        else:
            kind, purpose = spdx.ai_AIPackage, spdx.software_SoftwarePurpose.model
        made = self._new(
            kind,
            one.ref,
            name=one.name,
            software_primaryPurpose=purpose,
            software_copyrightText=COPYRIGHT,
            **values,
        )
        self._licensing(one.ref, made, one.declared, one.concluded)
        return made

    def _supplier(self, name: str) -> Any:
        """An account of a hub may be a person or an organization, so it is said to be neither."""
        if name not in self.agents:
            self.agents[name] = self._new(spdx.Agent, f"Supplier-{slug(name)}", name=name)
        return self.agents[name]

    def _licensing(self, ref: str, package: Any, declared: Licensing, concluded: Licensing) -> None:
        for word, kind, found in (
            ("Declared", _R.hasDeclaredLicense, declared),
            ("Concluded", _R.hasConcludedLicense, concluded),
        ):
            self._relation(f"{word}-{ref}", package, kind, self._license(found), found.note)

    def _license(self, found: Licensing) -> Any:
        if found.state == "open":
            return spdx.expandedlicensing_IndividualLicensingInfo.NoAssertionLicense
        if found.state == "none":
            return spdx.expandedlicensing_IndividualLicensingInfo.NoneLicense
        return self._expression(found.expression, found.ids)

    def _expression(self, expression: str, ids: tuple[str, ...]) -> Any:
        if expression not in self.expressions:
            made = self._new(
                spdx.simplelicensing_LicenseExpression,
                f"License-{slug(expression)}",
                simplelicensing_licenseExpression=expression,
                simplelicensing_licenseListVersion=f"{LIST_VERSION}.0",
            )
            for id_ in ids:
                if id_ in self.texts:
                    entry = spdx.DictionaryEntry(key=id_, value=self.texts[id_].spdxId)
                    made.simplelicensing_customIdToUri.append(entry)
            self.expressions[expression] = made
        return self.expressions[expression]

    def _links(self, one: Component, packages: dict[str | None, Any]) -> None:
        for number, link in enumerate(one.links, start=1):
            kind = _R.trainedOn if link.relation == "data" else _R.descendantOf
            self._relation(f"Origin-{one.ref}-{number}", packages[one.ref], kind, packages[link.ref], link.told)

    def _judgements(self, one: Component, package: Any) -> None:
        for number, found in enumerate(one.judgements, start=1):
            self._new(
                spdx.Annotation,
                f"Verdict-{one.ref}-{number}",
                annotationType=spdx.AnnotationType.review,
                subject=package,
                statement=found.told,
            )

    def _relation(self, name: str, one: Any, kind: str, other: Any, comment: str = "") -> None:
        said = {"comment": comment} if comment else {}
        self._new(spdx.Relationship, name, from_=one, to=[other], relationshipType=kind, **said)

    def _document(self, root: Any) -> None:
        """The bill, and the document around it.

        Both use classes of the profiles for AI and data, and conform to neither: these ask for the time of release of
        every model, which nobody here knows.
        """
        license_ = self._expression("CC0-1.0", ())
        profiles = spdx.ProfileIdentifierType
        conforms = [profiles.core, profiles.software, profiles.simpleLicensing]
        everything = list(self.elements)
        bill = self._new(
            spdx.software_Sbom,
            "Bill",
            name=self.bom.manifest,
            profileConformance=conforms,
            rootElement=[root],
            element=everything,
            software_sbomType=[spdx.software_SbomType.source],
        )
        self._new(
            spdx.SpdxDocument,
            "Document",
            name=self.bom.manifest,
            comment=self.bom.told,
            profileConformance=conforms,
            rootElement=[bill],
            element=[*everything, bill],
            dataLicense=license_,
        )
