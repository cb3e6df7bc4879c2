"""What every bill of materials holds, whatever its format: models, ancestors, data, licenses and verdicts."""

import datetime as dt
from collections.abc import Iterator
from hashlib import sha256
from typing import Literal

from license_audit.model.report import State
from license_audit.model.value import Value
from license_audit.model.words import Gate, Openness, Relation, Verdict
from license_audit.outputs.bom_licenses import Licensing, Terms

TOOL = "license-audit"
COPYRIGHT = "NOASSERTION"
"""Nobody here looks for copyright notices."""
_COMMIT = 40


class Link(Value):
    """From a model to a parent, or to data that it was trained on."""

    ref: str
    """Of the other component."""
    relation: Relation | Literal["data"]
    told: str
    """One sentence."""


class Judgement(Value):
    """The verdict on a model in one use."""

    use: str
    verdict: Verdict
    gate: State
    told: str
    """Several lines."""
    decided_by: tuple[str, ...] = ()
    """Clauses, or acts that no clause grants."""
    owed: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    """Facts that nobody declared."""


class Component(Value):
    """A model or a set of data."""

    ref: str
    """Id in the document: letters, digits, points and hyphens."""
    kind: Literal["model", "folder", "hosted", "data"]
    name: str
    is_listed: bool = False
    """Whether the manifest lists it."""
    version: str = ""
    """Commit or revision; empty when nobody knows it."""
    purl: str = ""
    address: str = ""
    """Its page on the public Hub; empty for what does not stand there."""
    supplier: str = ""
    declared: Licensing
    concluded: Licensing
    own: tuple[str, ...] = ()
    """Ids of its own licenses, without those of its ancestors."""
    links: tuple[Link, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    openness: Openness | None = None
    hub_gate: Gate | None = None
    data_disclosed: bool | None = None
    digests: tuple[str, ...] = ()
    """SHA-256 of its license and policy texts."""
    remarks: tuple[str, ...] = ()
    """Sentences on evidence and terms."""

    @property
    def is_pinned(self) -> bool:
        """Whether its version is a commit and not a name that may move."""
        return is_commit(self.version)


class Bom(Value):
    """The whole bill."""

    tool_version: str
    on: dt.date
    manifest: str
    organization: str | None
    profile: str
    """File of the profile; empty where nobody judged."""
    components: tuple[Component, ...]
    terms: tuple[Terms, ...]
    """References to licenses, each with what may be said of it."""

    @property
    def digest(self) -> str:
        """SHA-256 of all that is in it, hexadecimal: two bills with the same content have the same name."""
        return sha256(self.model_dump_json().encode()).hexdigest()

    @property
    def told(self) -> str:
        """What this is, in two sentences."""
        whose = f" of {self.organization}" if self.organization else ""
        judged = f"judged against {self.profile} for {self.on}" if self.profile else "judged by nobody"
        return f"The models that {self.manifest}{whose} lists, {judged}. No legal advice."

    def needs(self) -> Iterator[tuple[str | None, str]]:
        """Who needs whom, by reference; None is the manifest. Whatever is in the bill is reached from there."""
        yield from ((None, component.ref) for component in self.components if component.is_listed)
        for component in self.components:
            others = dict.fromkeys(link.ref for link in component.links)
            yield from ((component.ref, other) for other in others if other != component.ref)


def is_commit(version: str) -> bool:
    """Whether this is a full commit, which names one state for ever."""
    return len(version) == _COMMIT and all(one in "0123456789abcdef" for one in version.lower())
