"""Two licenses, models, profiles or reports side by side: what A and B are, and which comparison that makes."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from license_audit.auditor import Auditor
from license_audit.compare_licenses import compare_licenses
from license_audit.compare_models import compare_models
from license_audit.compare_profiles import Listed, compare_profiles, compare_reports
from license_audit.errors import AuditError, Problem
from license_audit.gathering import Gatherer
from license_audit.model.comparison import Comparison
from license_audit.model.evidence import Evidence
from license_audit.model.manifest import ModelEntry, check_model_id
from license_audit.model.profile import Profile
from license_audit.naming import unknown_names
from license_audit.readers.catalog import PackagedCatalog
from license_audit.readers.documents import read_profile
from license_audit.readers.lock import read_lock
from license_audit.readers.strict_yaml import nearest

if TYPE_CHECKING:
    from license_audit.readers.hub_cache import HubCache

Kind = Literal["license", "model", "profile", "report"]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: dict[Kind, str] = {
    "license": "a license",
    "model": "a model",
    "profile": "a profile",
    "report": "a report in JSON",
}
FILES = (".yaml", ".yml", ".json")
"""Endings of profiles and reports. A name that ends so is no model."""
HEAD = 4096
"""Bytes in which a file of JSON shows that it is one."""


class MismatchError(Exception):
    """A and B cannot be compared with each other, or with what was given beside them. Carries what to do instead."""


class Ask(NamedTuple):
    """What is to be compared, and with what beside it."""

    a: str
    b: str
    on: date
    kind: Kind | None = None
    """What A and B are, where it is not to be found out."""
    profile: Path | None = None
    """For two models: the profile in whose uses they are judged."""
    manifest: Path | None = None
    """For two profiles: the models that are judged under each."""
    lock: Path | None = None
    uses: tuple[str, ...] = ()
    """Names of the uses looked at; all, when it is empty."""
    cache: "HubCache | None" = None


def compare(ask: Ask, catalog: PackagedCatalog) -> Comparison:
    """The comparison. MismatchError when A and B are of different kinds; AuditError when something cannot be read."""
    kind = _common(ask, catalog)
    _check(ask, kind)
    compared: dict[Kind, Callable[[], Comparison]] = {
        "license": lambda: compare_licenses(ask.a, ask.b, catalog),
        "model": lambda: _models(ask, catalog),
        "profile": lambda: _profiles(ask, catalog),
        "report": lambda: compare_reports(Path(ask.a), Path(ask.b), catalog, ask.uses),
    }
    return compared[kind]()


def kinds_of(name: str, catalog: PackagedCatalog) -> tuple[Kind, ...]:
    """Everything that a name may stand for: a file by what it holds, a license or a model by its name."""
    found: list[Kind] = []
    path = Path(name)
    if path.is_dir():
        found.append("model")
    elif path.is_file():
        found.append("report" if _is_json(path) else "profile")
    if catalog.named(name) is not None:
        found.append("license")
    is_id = "/" in name and path.suffix not in FILES and _is_id(name)
    if "model" not in found and (catalog.model(name) is not None or (is_id and not found)):
        found.append("model")
    return tuple(found)


def _is_json(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")


def _is_id(name: str) -> bool:
    try:
        check_model_id(name)
    except ValueError:
        return False
    return True


def _common(ask: Ask, catalog: PackagedCatalog) -> Kind:
    """The kind that A and B share."""
    if ask.kind is not None:
        return ask.kind
    found_a, found_b = (kinds_of(name, catalog) for name in (ask.a, ask.b))
    problems = [
        Problem(name, 0, 0, _unknown(name, catalog))
        for name, found in ((ask.a, found_a), (ask.b, found_b))
        if not found
    ]
    if problems:
        raise AuditError(list(dict.fromkeys(problems)))
    both = [kind for kind in KINDS if kind in found_a and kind in found_b]
    if not both:
        raise MismatchError(
            f"{ask.a} is {_or(found_a)}, and {ask.b} is {_or(found_b)}; name two of one kind, e.g. two licenses. "
            "`license-audit explain MODEL` tells the license of a model"
        )
    if len(both) > 1:
        raise MismatchError(f"{ask.a} and {ask.b} can both be {_or(both)}; say which with --kind {' or '.join(both)}")
    return both[0]


def _or(kinds: "tuple[Kind, ...] | list[Kind]") -> str:
    return " or ".join(NAMES[kind] for kind in kinds)


def _unknown(name: str, catalog: PackagedCatalog) -> str:
    known = [*(known.key for known in catalog.known()), *(model.id for model in catalog.models())]
    near = nearest(name, known)
    hint = f"; did you mean {near}?" if near else ""
    return f"is no file or folder, and no license or model is called that{hint}"


def _check(ask: Ask, kind: Kind) -> None:
    """Options that would be without effect are mistakes."""
    models_only = kind == "model"
    wrong = {
        "--profile": ask.profile is not None and not models_only,
        "--manifest": ask.manifest is not None and kind != "profile",
        "--lock": ask.lock is not None and not models_only and ask.manifest is None,
        "--use": bool(ask.uses) and (kind == "license" or (models_only and ask.profile is None)),
    }
    for option, is_wrong in wrong.items():
        if is_wrong:
            needs = {
                "--profile": "is for two models",
                "--manifest": "is for two profiles",
                "--lock": "is for two models, or for two profiles with --manifest",
                "--use": "is for two models with --profile, for two profiles, or for two reports",
            }
            raise MismatchError(f"{option} {needs[option]}; here, {ask.a} and {ask.b} are compared as {kind}s")


def _profiles(ask: Ask, catalog: PackagedCatalog) -> Comparison:
    listed = None if ask.manifest is None else Listed(ask.manifest, ask.lock, ask.cache)
    return compare_profiles(Path(ask.a), Path(ask.b), catalog, ask.on, listed, ask.uses)


def _models(ask: Ask, catalog: PackagedCatalog) -> Comparison:
    profile = _profile(ask, catalog)
    lock = None if ask.lock is None else read_lock(ask.lock)
    gatherer = Gatherer(Path(), catalog, ask.on, lock, ask.cache)
    first, second = (_evidence(name, gatherer) for name in (ask.a, ask.b))
    uses = {name: use for name, use in profile.uses.items() if not ask.uses or name in ask.uses}
    return compare_models(first, second, Auditor(profile, catalog, ask.on), uses)


def _profile(ask: Ask, catalog: PackagedCatalog) -> Profile:
    """The profile that was named; one that declares nothing, when none was."""
    if ask.profile is None:
        return Profile.model_validate({"schema": "1"})
    profile, places = read_profile(ask.profile)
    problems = unknown_names(profile, places, catalog)
    problems += [
        Problem(str(ask.profile), 0, 0, f"has no use {name!r}; it has {', '.join(profile.uses) or 'no uses'}")
        for name in ask.uses
        if name not in profile.uses
    ]
    if problems:
        raise AuditError(problems)
    return profile


def _evidence(name: str, gatherer: Gatherer) -> Evidence:
    """What is known of a model: a folder by what it holds, all else by its name. AuditError for what is no model."""
    where = {"path": name} if Path(name).is_dir() else {"id": name}
    try:
        entry = ModelEntry.model_validate({**where, "use": ["compared"]})
    except ValueError:
        raise AuditError([Problem(name, 0, 0, "is no folder, and no Hub id such as org/name")]) from None
    return gatherer.evidence(entry)
