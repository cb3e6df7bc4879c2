"""profile.yaml and models.yaml."""

from pathlib import Path
from typing import TypeVar

from license_audit.errors import AuditError, Problem
from license_audit.model.manifest import Manifest
from license_audit.model.profile import Profile
from license_audit.model.value import Value
from license_audit.readers.files import read_text
from license_audit.readers.strict_yaml import Document, load, nearest, validate

V = TypeVar("V", bound=Value)


def read_profile(path: Path) -> tuple[Profile, Document]:
    """The profile and where its values stand. AuditError with every problem."""
    return _read(Profile, path)


def read_manifest(path: Path) -> tuple[Manifest, Document]:
    """The manifest and where its values stand. AuditError with every problem."""
    return _read(Manifest, path)


def _read(kind: type[V], path: Path) -> tuple[V, Document]:
    document = load(read_text(path, str(path)), str(path))
    if document.data is None:
        raise AuditError([Problem(str(path), 1, 1, "is empty; expected a mapping that starts with schema: 1")])
    return validate(kind, document), document


def cross_check(manifest: Manifest, where: Document, profile: Profile) -> list[Problem]:
    """Uses that the manifest names and the profile does not hold."""
    problems = []
    for number, entry in enumerate(manifest.models):
        for use in entry.use:
            if use not in profile.uses:
                near = nearest(use, list(profile.uses))
                hint = f"; did you mean {near}?" if near else f"; it has {', '.join(profile.uses) or 'no uses'}"
                problems.append(where.problem(("models", number, "use"), f"the profile has no use {use!r}{hint}"))
    return problems
