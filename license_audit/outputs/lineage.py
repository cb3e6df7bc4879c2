"""Lineage and openness in words, for every output that tells them."""

from collections.abc import Iterable, Iterator, Mapping

from license_audit.model.report import Edge
from license_audit.model.words import Openness, Relation

RELATIONS: Mapping[Relation, str] = {
    "fine-tune": "fine-tune of",
    "adapter": "adapter for",
    "merge": "merge that holds",
    "quantize": "conversion or quantization of",
    "distill": "student of",
    "train-on-outputs": "model trained on outputs of",
    "component": "pipeline that contains",
    "copy": "copy of",
}
OPENNESS: Mapping[Openness, str] = {
    "open": "open: a license that the OSI approved",
    "permissive": "permissive: free for any purpose, not approved by the OSI",
    "community": "community license: limits on use, users or revenue",
    "non-commercial": "non-commercial",
    "research-only": "research only",
    "api": "hosted behind an API, no weights",
}


def told(edges: Iterable[Edge]) -> Iterator[str]:
    """One sentence for each edge."""
    for edge in edges:
        place = f" at {edge.where}" if edge.where else ""
        contested = ", contested" if edge.contested else ""
        terms = ", ".join(edge.concluded) or "terms not known"
        yield f"{edge.child}: {RELATIONS[edge.relation]} {edge.parent} ({edge.basis}{place}{contested}; {terms})"
