"""Models in bills of materials: components, packages and files that a CycloneDX or SPDX document calls models."""

import re
from collections.abc import Iterator

from license_audit.model.reference import Hit
from license_audit.readers.scan.commands_values import address
from license_audit.readers.scan.names import is_bare, is_hub_id, is_path
from license_audit.readers.scan.structured import Mapping, Node, Scalar, Sequence

_HUB = "pkg:huggingface/"
_LINKS = (
    "distribution", "website", "vcs", "model-card", "other", "distribution-intake", "documentation",
    "source-distribution",
)  # fmt: skip
_NESTED = (
    "components", "component", "services", "@graph", "packages", "files", "elements", "pedigree", "ancestors",
    "variants", "descendants", "metadata", "snippets", "spdxDocument",
)  # fmt: skip
_ADDRESSES = (
    "software_packageUrl", "packageUrl", "software_downloadLocation", "downloadLocation", "software_homePage",
    "homepage", "software_sourceInfo",
)  # fmt: skip


_OWN = re.compile(r"(?:Tool: )?license-audit(?:-\d[\w.+]*)?")
"""How this tool signs its bills."""


def in_bill(root: Node) -> Iterator[Hit]:
    """Models of a bill of materials, at the values that name them. Our own bills repeat the manifest, and name none."""
    if not _is_ours(root):
        yield from _within(root)


def _is_ours(root: Node) -> bool:
    """Whether this tool, and no other one, made a bill."""
    makers = list(_makers(root)) if isinstance(root, Mapping) else []
    return bool(makers) and all(_OWN.fullmatch(name) for name in makers)


def _makers(root: Mapping) -> Iterator[str]:
    """The tools that say they made a bill, in CycloneDX, SPDX 2 and SPDX 3."""
    metadata, creation, graph = (root.get(key) for key in ("metadata", "creationInfo", "@graph"))
    tools = metadata.get("tools") if isinstance(metadata, Mapping) else None
    for made_by in (tools.get("components") if isinstance(tools, Mapping) else tools, graph):
        for item in made_by.items if isinstance(made_by, Sequence) else ():
            if isinstance(item, Mapping) and (made_by is not graph or item.text("type") == "Tool"):
                yield item.text("name")
    creators = creation.get("creators") if isinstance(creation, Mapping) else None
    for item in creators.items if isinstance(creators, Sequence) else ():
        if isinstance(item, Scalar) and item.text.startswith("Tool:"):
            yield item.text


def _within(root: Node) -> Iterator[Hit]:
    if isinstance(root, Sequence):
        for item in root.items:
            yield from _within(item)
    elif isinstance(root, Mapping):
        yield from _entry(root)
        for key, value in root.pairs:
            if key.text in _NESTED:
                yield from _within(value)


def _entry(entry: Mapping) -> Iterator[Hit]:
    """One component, package or file."""
    kind = entry.text("type", "@type")
    if kind == "machine-learning-model" or _has_model_purl(entry):
        yield from _component(entry)
    elif kind.endswith(("ai_AIPackage", "AIPackage")) or _is_model(entry):
        yield from _package(entry)
    yield from _external(entry)


def _is_model(entry: Mapping) -> bool:
    """Whether an entry of SPDX says that its purpose is that of a model."""
    purpose = entry.get("software_primaryPurpose", "primaryPurpose", "primaryPackagePurpose")
    return isinstance(purpose, Scalar) and purpose.text.lower() == "model"


def _has_model_purl(entry: Mapping) -> bool:
    return entry.text("purl").lower().startswith(_HUB)


def _component(entry: Mapping) -> Iterator[Hit]:
    """A component of CycloneDX: by its package URLs, else by group and name, and by the addresses beside them."""
    found: set[str] = set()
    for name in ("purl", "bom-ref"):
        node = entry.get(name)
        known = address(node.text) if isinstance(node, Scalar) and node.text.lower().startswith(_HUB) else None
        if isinstance(node, Scalar) and known is not None:
            found.add(known.id)
            yield Hit(node.line, node.column, known.id, "hub", "package URL", "certain", known.revision)
    name_node = entry.get("name")
    if not found and isinstance(name_node, Scalar):
        yield from _by_name(entry, name_node)
    references = entry.get("externalReferences")
    for reference in references.items if isinstance(references, Sequence) else ():
        link = reference.get("url") if isinstance(reference, Mapping) and reference.text("type") in _LINKS else None
        if isinstance(link, Scalar):
            yield from _link(link)


def _by_name(entry: Mapping, node: Scalar) -> Iterator[Hit]:
    group = entry.text("group")
    model = f"{group}/{node.text}" if group and "/" not in node.text else node.text
    if is_hub_id(model):
        yield Hit(node.line, node.column, model, "hub", "component", "likely")
    elif is_bare(node.text) and entry.get("purl") is None:
        yield Hit(node.line, node.column, node.text, "path" if is_path(node.text) else "name", "component", "likely")


def _package(entry: Mapping) -> Iterator[Hit]:
    """A package or file of SPDX that is a model."""
    found = False
    for name in _ADDRESSES:
        node = entry.get(name)
        for hit in _link(node) if isinstance(node, Scalar) else ():
            found = True
            yield hit
    node = entry.get("name", "fileName")
    if found or not isinstance(node, Scalar):
        return
    if is_hub_id(node.text):
        yield Hit(node.line, node.column, node.text, "hub", "package", "likely")
    elif is_path(node.text) or entry.text("type").endswith("File") or entry.get("fileName") is not None:
        yield Hit(node.line, node.column, node.text, "path", "file", "likely")
    elif is_bare(node.text):
        yield Hit(node.line, node.column, node.text, "name", "package", "likely")


def _external(entry: Mapping) -> Iterator[Hit]:
    """Package URLs among the references of a package of SPDX 2, and identifiers of one of SPDX 3."""
    for name, key in (("externalRefs", "referenceLocator"), ("externalIdentifier", "identifier")):
        references = entry.get(name)
        for reference in references.items if isinstance(references, Sequence) else ():
            node = reference.get(key) if isinstance(reference, Mapping) else None
            if isinstance(node, Scalar) and node.text.lower().startswith(_HUB):
                yield from _link(node)


def _link(node: Scalar) -> Iterator[Hit]:
    known = address(node.text.removeprefix("git+"))
    if known is not None:
        yield Hit(node.line, node.column, known.id, known.kind, "address", "certain", known.revision)
