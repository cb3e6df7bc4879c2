"""Looking at repositories for the lock file: on a hub, or offline at what is kept of it."""

from collections.abc import Callable

from license_audit.model.evidence import Origin
from license_audit.model.repository import Contents, Look, Repository, Unavailable
from license_audit.readers.assembly import Files, is_wanted
from license_audit.readers.folder import headers_in
from license_audit.readers.hub import Hub
from license_audit.readers.hub_cache import HubCache
from license_audit.readers.store import Described, Kind, Store

GUESSED = (
    "README.md",
    "LICENSE",
    "LICENSE.txt",
    "LICENSE.md",
    "NOTICE",
    "USE_POLICY.md",
    "config.json",
    "adapter_config.json",
    "model_index.json",
    "mergekit_config.yml",
)
"""Names to ask for where a hub does not list files."""


class HubLooker:
    """Asks a hub, and keeps what it says. Threads may share it."""

    def __init__(self, hub: Hub, store: Store, now: Callable[[], str]) -> None:
        self._hub, self._store, self._now = hub, store, now

    def model(self, name: str, revision: str | None, known: str | None) -> Look:
        """A model by one request, and one for each file where its commit is not the `known` one."""
        answer = self._hub.describe(name, revision)
        at = self._kept("models", name, revision, answer)
        if isinstance(answer, Repository) and answer.is_disabled:
            return Look(Unavailable("access to it is disabled", "disabled"), at)
        if isinstance(answer, Unavailable) or answer.commit == known:
            return Look(answer, at)
        names = GUESSED if answer.files is None else tuple(filter(is_wanted, answer.files))
        contents = self._store.contents("models", answer)
        if contents is None or (answer.files is not None and not contents.files.keys() >= set(names)):
            contents = self._hub.read(answer, names)
            if contents.unreachable:
                return Look(Unavailable(contents.unreachable, "unreachable"), at)
            self._store.keep_contents("models", answer, contents)
        return Look(answer, at, contents=contents)

    def dataset(self, name: str) -> Look:
        """A data set by one request. What the hub read from its card is all that is asked for."""
        answer = self._hub.describe_dataset(name)
        return Look(answer, self._kept("datasets", name, None, answer))

    def _kept(self, kind: Kind, name: str, revision: str | None, answer: Repository | Unavailable) -> str:
        """Keep an answer; gives when it was first given as it is, so that a second run writes the same lock file."""
        before = self._store.described(kind, name, revision)
        if before is not None and before.answer == answer:
            return before.at
        at = self._now()
        self._store.keep_answer(kind, name, revision, Described(answer, at))
        return at


class OfflineLooker:
    """Asks nobody: looks at what an earlier run kept, then at the Hub's own cache."""

    def __init__(self, store: Store | None, cache: HubCache | None) -> None:
        self._store, self._cache = store, cache

    def model(self, name: str, revision: str | None, known: str | None) -> Look:
        """A model as it was when somebody last looked."""
        described = self._store.described("models", name, revision) if self._store is not None else None
        if self._store is not None and described is not None:
            answer = described.answer
            if isinstance(answer, Unavailable) or answer.commit == known:
                return Look(answer, described.at, is_kept=True)
            contents = self._store.contents("models", answer)
            if contents is not None:
                return Look(answer, described.at, contents=contents, is_kept=True)
        return self._cached(name, revision, known)

    def dataset(self, name: str) -> Look:
        """A data set as it was when somebody last looked."""
        described = self._store.described("datasets", name, None) if self._store is not None else None
        if described is None:
            return Look(Unavailable("nothing is kept of it, and nobody is asked offline", "offline"), None)
        return Look(described.answer, described.at, is_kept=True)

    def _cached(self, name: str, revision: str | None, known: str | None) -> Look:
        if self._cache is None:
            return Look(Unavailable("nothing is kept of it, and nobody is asked offline", "offline"), None)
        cached = self._cache.repository(name, is_wanted, revision)
        if isinstance(cached, Unavailable):
            return Look(Unavailable(f"offline, and {cached.reason}", "offline"), None, "cache")
        if cached.repository.commit == known:
            return Look(cached.repository, None, "cache", remarks=cached.remarks)
        return Look(
            cached.repository,
            None,
            "cache",
            cached.contents,
            remarks=cached.remarks,
            snapshot=cached.snapshot,
            absent=cached.absent,
        )


def files_of_cache(cache: HubCache, name: str, revision: str | None) -> Files | None:
    """What the Hub's cache holds of a model; None when it holds nothing of it."""
    look = OfflineLooker(None, cache).model(name, revision, None)
    return files_of(name, look) if isinstance(look.answer, Repository) else None


def files_of(name: str, look: Look) -> Files:
    """The files of a repository that was read."""
    repository, contents = look.answer, look.contents or Contents()
    if isinstance(repository, Unavailable):
        raise TypeError(f"{name} was not read")
    return Files(
        model=name,
        shown=name,
        contents=contents.files,
        listing=repository.files,
        refused=contents.refused,
        absent=look.absent,
        origin=Origin(source=look.source, commit=repository.commit, at=look.at),
        repository=repository,
        headers=tuple(headers_in(look.snapshot, name)) if look.snapshot is not None else (),
        remarks=look.remarks,
    )
