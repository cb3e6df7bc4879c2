"""A bill of materials as an SPDX 2.3 document. Slow to import: only the two writers do, when they are called."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from spdx_tools.common.spdx_licensing import spdx_licensing  # type: ignore[import-untyped]  # that part has no types
from spdx_tools.spdx.model.actor import Actor, ActorType
from spdx_tools.spdx.model.annotation import Annotation, AnnotationType
from spdx_tools.spdx.model.document import CreationInfo, Document
from spdx_tools.spdx.model.extracted_licensing_info import ExtractedLicensingInfo
from spdx_tools.spdx.model.package import (
    ExternalPackageRef,
    ExternalPackageRefCategory,
    Package,
    PackagePurpose,
)
from spdx_tools.spdx.model.relationship import Relationship, RelationshipType
from spdx_tools.spdx.model.spdx_no_assertion import SpdxNoAssertion
from spdx_tools.spdx.model.spdx_none import SpdxNone
from spdx_tools.spdx.model.version import Version
from spdx_tools.spdx.parser.tagvalue.lexer import SPDXLexer

from license_audit.outputs.bom import TOOL, Bom, Component
from license_audit.outputs.bom_licenses import LIST_VERSION, Licensing

SPACE = "https://spdx.org/spdxdocs"
DOCUMENT = "SPDXRef-DOCUMENT"
ROOT = "SPDXRef-Manifest"
_VALUE = re.compile(r"(?:Tool|Organization|Person|SHA[\d-]+|MD\d|BLAKE\S*|ADLER32):|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
"""What tags and values take for an actor, a checksum or a time."""


def document(bom: Bom) -> Document:
    """The whole document. Its name in the world comes from what is in it."""
    # Without a zone: the library takes it as UTC, and gives it back like that.
    created = dt.datetime.combine(bom.on, dt.time())
    tool = Actor(ActorType.TOOL, f"{TOOL}-{bom.tool_version}")
    whose = [_organization(bom.organization)] if bom.organization else []
    major, minor = map(int, LIST_VERSION.split("."))
    return Document(
        CreationInfo(
            spdx_version="SPDX-2.3",
            spdx_id=DOCUMENT,
            name=_line(bom.manifest),
            document_namespace=f"{SPACE}/{TOOL}-{bom.digest}",
            creators=[tool, *whose],
            created=created,
            license_list_version=Version(major, minor),
            document_comment=bom.told,
        ),
        packages=[_root(bom), *map(_package, bom.components)],
        relationships=list(_relationships(bom)),
        annotations=list(_annotations(bom, tool, created)),
        extracted_licensing_info=[
            ExtractedLicensingInfo(
                license_id=terms.id,
                extracted_text=terms.said,
                license_name=_line(terms.title),
                cross_references=[terms.page] if terms.page else [],
            )
            for terms in bom.terms
        ],
    )


def _root(bom: Bom) -> Package:
    return Package(
        spdx_id=ROOT,
        name=_line(bom.manifest),
        download_location=SpdxNoAssertion(),
        version=bom.on.isoformat(),
        supplier=_organization(bom.organization) if bom.organization else SpdxNoAssertion(),
        files_analyzed=False,
        license_concluded=SpdxNoAssertion(),
        license_declared=SpdxNoAssertion(),
        copyright_text=SpdxNoAssertion(),
        description=bom.told,
        primary_package_purpose=PackagePurpose.OTHER,
    )


def _package(component: Component) -> Package:
    reference = ExternalPackageRef(ExternalPackageRefCategory.PACKAGE_MANAGER, "purl", component.purl)
    return Package(
        spdx_id=_id(component.ref),
        name=_line(component.name),
        download_location=_download(component),
        version=_line(component.version) or None,
        supplier=_organization(component.supplier) if component.supplier else SpdxNoAssertion(),
        files_analyzed=False,
        license_concluded=_license(component.concluded),
        license_declared=_license(component.declared),
        license_comment=f"Declared: {component.declared.note}\nConcluded: {component.concluded.note}",
        copyright_text=SpdxNoAssertion(),
        description=_KINDS[component.kind],
        comment="\n".join(component.remarks) or None,
        external_references=[reference] if component.purl else [],
        primary_package_purpose=PackagePurpose.OTHER,
    )


_KINDS = {
    "model": "A model of the Hugging Face Hub.",
    "folder": "A model in a local folder.",
    "hosted": "A model behind an API; there are no weights.",
    "data": "Data that models were trained on.",
}


def _line(text: str) -> str:
    """A name that stands alone on a line; in quotes where it would be read as a word of the format."""
    return f"“{text}”" if text in SPDXLexer.reserved or _VALUE.match(text) else text


def _download(component: Component) -> str | SpdxNoAssertion:
    if not component.address:
        return SpdxNoAssertion()
    page, tree, commit = component.address.partition("/tree/")
    return f"git+{page}@{commit}" if tree else page


def _organization(name: str) -> Actor:
    # What stands in parentheses would be read as an address.
    return Actor(ActorType.ORGANIZATION, name.translate(str.maketrans("()", "[]")))


def _license(found: Licensing) -> Any:
    if found.state == "open":
        return SpdxNoAssertion()
    return SpdxNone() if found.state == "none" else spdx_licensing.parse(found.expression)


def _id(ref: str | None) -> str:
    return ROOT if ref is None else f"SPDXRef-{ref}"


def _relationships(bom: Bom) -> Iterator[Relationship]:
    yield Relationship(DOCUMENT, RelationshipType.DESCRIBES, ROOT)
    for one, other in bom.needs():
        yield Relationship(_id(one), RelationshipType.DEPENDS_ON, _id(other))
    for component in bom.components:
        for link in component.links:
            # This version has no word for training.
            kind = RelationshipType.OTHER if link.relation == "data" else RelationshipType.DESCENDANT_OF
            yield Relationship(_id(component.ref), kind, _id(link.ref), comment=link.told)


def _annotations(bom: Bom, tool: Actor, created: dt.datetime) -> Iterator[Annotation]:
    for component in bom.components:
        for found in component.judgements:
            yield Annotation(_id(component.ref), AnnotationType.REVIEW, tool, created, found.told)
