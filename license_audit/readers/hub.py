"""A hub of models and data sets: what it says of a repository, and its small files at exactly one commit."""

from collections.abc import Callable, Iterable
from typing import Literal
from urllib.parse import quote

from license_audit.model.repository import Contents, Repository, Unavailable
from license_audit.readers.files import MAX_BYTES
from license_audit.readers.hub_description import is_large, repository
from license_audit.readers.hub_failures import Failure
from license_audit.readers.hub_headers import Answer, flaw
from license_audit.readers.hub_quota import Quota
from license_audit.readers.hub_transport import Limits, Request, Transport

_MOST_OF_A_DESCRIPTION = 64_000_000
"""Bytes; some repositories list a hundred thousand files."""
_SCHEMES = ("http://", "https://")
_LASTING = ("unreachable", "offline")
"""Kinds of failure that will meet the next file as well."""
_Kind = Literal["model", "dataset"]


class Hub:
    """A hub, asked through huggingface_hub: the public one, a mirror, or whichever HF_ENDPOINT names.

    Threads may share it. Weights are never downloaded. No token and no address is ever shown.
    """

    def __init__(
        self,
        *,
        wait: Callable[[float], None],
        clock: Callable[[], float],
        told: Callable[[str], None],
        endpoint: str | None = None,
        token: str | bool | None = None,
        workers: int = 8,
        timeout: float = 30.0,
        patience: float = 120.0,
        longest_wait: float = 330.0,
        attempts: int = 4,
    ) -> None:
        """Asks nothing yet. ValueError when the endpoint is no address or a number is out of range.

        `wait` sleeps for so many seconds, and `clock` gives seconds that never go back. `told` is given a sentence when
        there is something to wait for. `endpoint` None is what the library takes, and so is `token` None; True must
        find a stored token, and False sends none. At most `workers` threads ask at once. A step of a request may take
        `timeout` seconds, an answer `patience` seconds; a wait of more than `longest_wait` seconds, about one window of
        the public Hub's quota, is not waited. Nothing is asked more than `attempts` times.
        """
        if endpoint is not None and not endpoint.startswith(_SCHEMES):
            raise ValueError("expected an endpoint that begins with https:// or http://")
        if workers < 1 or attempts < 1:
            raise ValueError("expected at least one worker and one attempt")
        self._endpoint = endpoint.rstrip("/") if endpoint else None
        limits = Limits(timeout, patience, attempts)
        self._transport = Transport(token=token, limits=limits, wait=wait, clock=clock, told=told)
        # Files have a quota of their own.
        self._calls, self._files = (
            Quota(workers=workers, longest=longest_wait, wait=wait, clock=clock, told=told) for _ in range(2)
        )

    @property
    def requests(self) -> int:
        """How many requests were sent so far; one more for every redirect that was followed."""
        return self._transport.requests

    def describe(self, model_id: str, revision: str | None = None) -> Repository | Unavailable:
        """What the hub says of a model, by one request. Its id is another than was asked for when it was renamed."""
        # The only form of the request that tells the digests of weights. Parents come as tags with it.
        return self._describe("model", model_id, revision, {"blobs": "true"})

    def describe_dataset(self, dataset_id: str, revision: str | None = None) -> Repository | Unavailable:
        """What the hub says of a data set, by one request."""
        asked = ["sha", "cardData", "gated", "tags", "siblings", "disabled"]
        return self._describe("dataset", dataset_id, revision, {"expand": asked})

    def read(self, found: Repository, names: Iterable[str], limit: int = MAX_BYTES) -> Contents:
        """The named files of a model at its commit, by one request each.

        Names that the repository does not list are not asked for. A file is refused when it holds more than `limit`
        bytes, or when what came is not what the hub says it is.
        """
        files: dict[str, bytes] = {}
        refused: dict[str, str] = {}
        lasting = ""
        for name in dict.fromkeys(names):
            if reason := lasting or _unfit(name):
                refused[name] = reason
            elif found.files is None or name in found.files:
                outcome = self._file(found, name, limit)
                if isinstance(outcome, Answer):
                    files[name] = outcome.body
                elif outcome.kind != "entry" or found.files is not None:
                    refused[name] = outcome.reason
                    lasting = outcome.reason if outcome.kind in _LASTING else ""
        return Contents(files, refused, lasting)

    def _describe(
        self, kind: _Kind, asked: str, revision: str | None, parameters: dict[str, str | list[str]]
    ) -> Repository | Unavailable:
        from huggingface_hub import constants  # noqa: PLC0415  # only who asks a hub waits for it
        from huggingface_hub.errors import HFValidationError  # noqa: PLC0415  # the same

        # Its names are listed in a way that the type checker cannot read.
        from huggingface_hub.utils import validate_repo_id  # type: ignore[attr-defined]  # noqa: PLC0415

        try:
            validate_repo_id(asked)
        except HFValidationError:
            return Unavailable("this is no id that the Hub could know", "refused")
        address = f"{self._endpoint or constants.ENDPOINT}/api/{kind}s/{asked}"
        if revision is not None:
            address += f"/revision/{quote(revision, safe='')}"
        request = Request(address, parameters, _MOST_OF_A_DESCRIPTION)
        outcome = self._transport.get(request, self._calls, lambda _: None)
        if isinstance(outcome, Failure):
            known = outcome.kind != "entry"
            return Unavailable(outcome.reason, outcome.kind if known else "refused")
        described = repository(asked, revision, outcome.body)
        try:
            validate_repo_id(asked if isinstance(described, str) else described.id)
        except HFValidationError:
            return Unavailable("the Hub's answer names a repository that cannot be one", "refused")
        return Unavailable(described, "refused") if isinstance(described, str) else described

    def _file(self, found: Repository, name: str, limit: int) -> Answer | Failure:
        from huggingface_hub import hf_hub_url  # noqa: PLC0415  # as above

        address = hf_hub_url(found.id, name, revision=found.commit, endpoint=self._endpoint)
        return self._transport.get(Request(address, {}, limit), self._files, lambda answer: flaw(answer, found.commit))


def _unfit(name: str) -> str:
    """Why a file is not asked for; empty when it is."""
    if is_large(name):
        return "holds weights or data by its name; none are downloaded"
    if not name.isprintable() or any(step in ("", ".", "..") for step in name.split("/")):
        return "has a name that leads elsewhere or cannot be shown"
    return ""
