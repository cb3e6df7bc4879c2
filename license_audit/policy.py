"""The organization's own lists of what it denies and what it allows, held against a model and its ancestors."""

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from license_audit.engine.lineage import Resolved
from license_audit.lapses import lineage
from license_audit.model.catalog import Catalog, KnownName
from license_audit.model.evidence import Evidence
from license_audit.model.manifest import ModelEntry
from license_audit.model.profile import Policy, PolicyList
from license_audit.model.report import Finding
from license_audit.model.words import Openness


class _Seen(NamedTuple):
    """What a list is held against."""

    names: frozenset[str]
    """The model and its ancestors by every name they have, lower case."""
    own: frozenset[str]
    """Names that are certainly those of the model itself."""
    publisher: str | None
    provider: str
    licenses: tuple[str, ...]
    is_known: bool
    openness: Openness | None


@dataclass
class PolicyLists:
    """Decides for one policy. What is denied reaches whatever is made of it; what is allowed, the model alone."""

    policy: Policy
    catalog: Catalog
    _denials: dict[_Seen, tuple[Finding, ...]] = field(default_factory=dict)

    def denials(self, entry: ModelEntry, evidence: Evidence, resolved: Resolved) -> tuple[Finding, ...]:
        """A finding for each entry of `deny` that is met, and one when `allow` names things and none of them is met."""
        deny, allow = self.policy.deny, self.policy.allow
        if PolicyList() == deny == allow:
            return ()
        seen = self._seen(entry, evidence, resolved)
        if seen not in self._denials:
            texts = [f"the organization's policy denies {what}" for what in self._met(deny, seen)]
            if allow != PolicyList() and not self._passes(allow, seen):
                texts.append("the organization's policy allows only what it lists, and this is not listed")
            self._denials[seen] = tuple(Finding(kind="policy-denied", level="error", message=text) for text in texts)
        return self._denials[seen]

    def _seen(self, entry: ModelEntry, evidence: Evidence, resolved: Resolved) -> _Seen:
        catalog = self.catalog
        bare = (entry.id or "").lower()
        renamed = {one.renamed.lower() for one in lineage(evidence) if one.renamed}
        path = _plain(entry.path) if entry.path else ""
        # The path of a folder may look like anybody's model: then it names none.
        own = {path} if path and (evidence.is_named or catalog.publisher_of(path) is None) else set()
        if evidence.is_named:
            own |= {entry.name.lower(), (evidence.renamed or entry.name).lower()}
        publisher = catalog.publisher_of(evidence.renamed or entry.id or "") if evidence.is_named else None
        provider = catalog.provider(evidence.provider) if evidence.provider else None
        if publisher is None and provider is not None and catalog.publisher(provider.title) == provider.title:
            publisher = provider.title
        return _Seen(
            frozenset({*resolved.terms.names, *renamed, *own, path, bare} - {""}),
            frozenset(own),
            publisher,
            provider.name if provider is not None else evidence.provider,
            resolved.licenses,
            resolved.is_known,
            resolved.openness,
        )

    def _met(self, listed: PolicyList, seen: _Seen) -> Iterable[str]:
        """What of a list of what is denied is met, by the model or by an ancestor."""
        degrees = {self.catalog.openness(key) for key in seen.licenses} | {seen.openness}
        licenses = self._keys(listed)
        yield from (key for key in seen.licenses if key in licenses)
        yield from (degree for degree in listed.openness if degree in degrees)
        publishers = {seen.publisher, *map(self.catalog.publisher_of, seen.names)} - {None}
        for name in listed.publishers:
            provider = self.catalog.provider(name) if seen.provider else None
            if self.catalog.publisher(name) in publishers or (provider is not None and provider.name == seen.provider):
                yield name
        yield from (name for name in listed.models if not seen.names.isdisjoint((name.lower(), _plain(name))))

    def _passes(self, listed: PolicyList, seen: _Seen) -> bool:
        """Whether a list of what is allowed names a model, its publisher, or all of its terms."""
        named = {spelling for name in listed.models for spelling in (name.lower(), _plain(name))}
        publishers = {self.catalog.publisher(name) for name in listed.publishers} - {None}
        if not seen.own.isdisjoint(named) or seen.publisher in publishers or seen.openness in listed.openness:
            return True
        licenses = self._keys(listed)
        fitting = (key in licenses or self.catalog.openness(key) in listed.openness for key in seen.licenses)
        return seen.is_known and all(fitting)

    def _keys(self, listed: PolicyList) -> set[str]:
        meanings = (self.catalog.named(name) for name in listed.licenses)
        return {meaning.key for meaning in meanings if isinstance(meaning, KnownName)}


def _plain(path: str) -> str:
    """A path as it is compared: `./models/x/` is `models/x`."""
    return posixpath.normpath(path).lower()
