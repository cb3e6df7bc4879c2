"""Which folder is handed out in which use."""

import json
import os
from collections.abc import Iterable
from pathlib import Path

from license_audit.artifacts.folder import Artifacts, read_artifacts
from license_audit.artifacts.names import safe
from license_audit.errors import AuditError, Problem
from license_audit.model.manifest import Manifest
from license_audit.model.profile import Profile
from license_audit.model.record import Record
from license_audit.model.words import Act
from license_audit.outputs.kit import SUMMARY
from license_audit.readers.files import read_bytes

HANDS_OUT: tuple[Act, ...] = ("distribute-weights", "distribute-derivative", "distribute-product", "publish-outputs")
"""Acts by which others get something."""


class Assigned(Record):
    """Folders by the names of uses."""

    folders: dict[str, Artifacts]
    absent: dict[str, str]
    """Uses that have no folder among those of the other uses, each with what was found instead."""


def handing_out(manifest: Manifest, profile: Profile) -> tuple[str, ...]:
    """The uses of the manifest in which something is handed to others, in its order."""
    names = dict.fromkeys(name for entry in manifest.models for name in entry.use)
    return tuple(name for name in names if hands_out(profile, name))


def hands_out(profile: Profile, use: str) -> bool:
    """Whether others get something in a use."""
    acts = profile.uses[use].acts
    return acts is not None and any(act in HANDS_OUT for act in acts.items)


def assigned(given: Iterable[str], manifest: Manifest, profile: Profile) -> Assigned:
    """Read the folders given as `DIR` or `USE=DIR`. AuditError with every problem."""
    uses = handing_out(manifest, profile)
    chosen: dict[str, str] = {}
    general: list[str] = []
    problems: list[Problem] = []
    for text in given:
        use, separator, folder = text.partition("=")
        if not separator or use not in profile.uses:
            general.append(text)
            continue
        wrong = _wrong(use, folder, uses, chosen)
        if wrong:
            problems.append(Problem(folder or text, 0, 0, wrong))
        else:
            chosen[use] = folder
    problems += [Problem(folder, 0, 0, "is the second folder for all uses; expected one") for folder in general[1:]]
    if general and not uses:
        problems.append(Problem(general[0], 0, 0, "is for nothing: no use of this manifest hands anything out"))
    absent: dict[str, str] = {}
    try:
        for use, inner in _shared(general[:1], uses):
            if inner is None:
                absent[use] = f"{general[0]} holds folders for other uses and none for {use}"
            elif use not in chosen and _is_of_another(inner, use):
                absent[use] = f"{inner} is the kit of {kit_of(Path(inner))} and not of {use}"
            else:
                chosen.setdefault(use, inner)
    except AuditError as error:
        problems += error.problems
    return Assigned(_read(chosen, problems), {use: told for use, told in absent.items() if use not in chosen})


def _wrong(use: str, folder: str, uses: Iterable[str], chosen: Iterable[str]) -> str:
    """What is wrong with a folder for a use; empty where nothing is."""
    if use not in uses:
        return f"is given for {use}, in which this manifest hands nothing out"
    if not folder:
        return "names no folder; expected USE=DIR"
    if _is_of_another(folder, use):
        return f"is the kit of {kit_of(Path(folder))}; expected one of {use}"
    return f"is the second folder for {use}; expected one" if use in chosen else ""


def kit_of(folder: Path) -> str | None:
    """The use that the kit in a folder says to be for; None where there is no kit."""
    path = folder / SUMMARY
    try:
        use = json.loads(read_bytes(path, str(path)))["use"]
    except (AuditError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return str(use)


def _is_of_another(folder: str, use: str) -> bool:
    return kit_of(Path(folder)) not in (None, use)


def _shared(general: list[str], uses: tuple[str, ...]) -> Iterable[tuple[str, str | None]]:
    """Each use with the folder within a folder that is called like it; with the whole where none is for any use."""
    for folder in general:
        try:
            with os.scandir(folder) as entries:
                inner = {entry.name: entry.is_symlink() for entry in entries if entry.is_dir()}
        except (OSError, ValueError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise AuditError([Problem(folder, 0, 0, f"cannot be read: {reason}")]) from None
        names = {use: safe(use) for use in uses}
        own = [name for name, is_link in inner.items() if not is_link and not name.startswith(".")]
        divided = any(name in inner for name in names.values()) or any(kit_of(Path(folder, name)) for name in own)
        for use, name in names.items():
            within = str(Path(folder, name)) if name in inner else None
            yield use, within if divided else folder


def _read(chosen: dict[str, str], problems: list[Problem]) -> dict[str, Artifacts]:
    read: dict[str, Artifacts] = {}
    for folder in dict.fromkeys(chosen.values()):
        try:
            read[folder] = read_artifacts(Path(folder), str(Path(folder)))
        except AuditError as error:
            problems += error.problems
    if problems:
        raise AuditError(problems)
    return {use: read[folder] for use, folder in chosen.items()}
